//! `GET /api/deliveries/{circle}`.

use crate::http::stage::Stage;

#[tokio::test]
async fn the_client_reads_what_came_on_whose_device_and_nobody_else_does() {
    let stage = Stage::set().await;
    let (sem, youssef) = (stage.as_client().await, stage.as_volunteer().await);
    youssef.sees().await;
    let address = format!("/api/deliveries/{}", stage.circle);
    let listed = sem.get(&address).await.expect(200).json();
    let today = opstap_sync_server::Clock::now(&stage.clock).0 / 86_400_000;
    let his = |section: &str| {
        let all = listed.as_array().unwrap().iter();
        let mut his = all.filter(|one| one["person"] == stage.person("Youssef").to_string() && one["day"] == today);
        his.find(|one| one["section"] == section).is_some_and(|one| one["records"].as_u64().unwrap() > 0)
    };
    assert!(his("plans") && his("travel"), "{listed}");
    assert!(!his("photos"), "that was not given to him");
    for other in [youssef, stage.as_professional().await, stage.as_carer().await, stage.as_stranger().await] {
        assert_eq!(other.get(&address).await.expect(200).json(), serde_json::json!([]));
    }
}

#[tokio::test]
async fn whoever_is_not_signed_in_reads_nothing_and_a_circle_has_an_id() {
    let stage = Stage::set().await;
    let address = format!("/api/deliveries/{}", stage.circle);
    stage.as_nobody().get(&address).await.expect_problem(401, "not-signed-in");
    stage.as_client().await.get("/api/deliveries/sem").await.expect_problem(404, "no-such-circle");
}
