//! `GET /api/calendar.ics`.

use opstap_core::model::{Appointment, Model, set};
use opstap_core::protocol::Verdict;
use opstap_core::{Change, RecordId};
use opstap_sync_server::Clock as _;

use crate::http::caller::{Caller, new_id};
use crate::http::stage::Stage;

async fn does(stage: &Stage, who: &mut Caller, changes: Vec<Change>) {
    stage.clock.forward(1_000);
    let edit = who.edit(stage.circle, stage.clock.now(), changes);
    assert!(matches!(who.verdict(&edit).await, Verdict::Accepted { .. }));
}

/// Marloes comes tomorrow, and was there last year.
async fn arranged(stage: &Stage, marloes: &mut Caller) -> RecordId {
    let [comes, was] = std::array::from_fn(|_| new_id(stage.clock.now()));
    let tomorrow = Appointment {
        with: stage.person("Marloes"),
        at: stage.clock.now().plus(86_400_000),
        minutes: 60,
        title: Some("Samen koken".into()),
        place: None,
        picture: None,
        route: None,
        cancelled: None,
    };
    let long_ago = opstap_core::Millis(stage.clock.now().0 - 365 * 86_400_000);
    let last_year = Appointment { at: long_ago, title: Some("Kennismaken".into()), ..tomorrow.clone() };
    does(stage, marloes, vec![tomorrow.make(comes), last_year.make(was)]).await;
    comes
}

async fn file(who: &Caller) -> String {
    let reply = who.get("/api/calendar.ics").await.expect(200);
    assert_eq!(reply.header("content-type"), Some("text/calendar; charset=utf-8"));
    assert_eq!(reply.header("content-disposition"), Some("attachment; filename=\"opstap.ics\""));
    assert_eq!(reply.header("cache-control"), Some("private, no-store"));
    String::from_utf8(reply.body.to_vec()).unwrap()
}

#[tokio::test]
async fn whoever_may_read_an_appointment_has_it_in_a_file_with_the_others_who_come() {
    let stage = Stage::set().await;
    let mut marloes = stage.as_professional().await;
    let id = arranged(&stage, &mut marloes).await;
    let (sem, youssef) = (stage.as_client().await, stage.as_volunteer().await);
    let of_sem = file(&sem).await;
    assert!(of_sem.contains(&format!("UID:{id}@opstap\r\n")) && of_sem.contains("SUMMARY:Samen koken (Marloes)\r\n"));
    assert!(!of_sem.contains("Kennismaken"), "what was long ago is not in it");
    assert!(file(&marloes).await.contains("SUMMARY:Samen koken (Sem)\r\n"));
    assert!(file(&youssef).await.contains("SUMMARY:Samen koken (Sem\\, Marloes)\r\n"));
    // Karin has no consent for plans, with which appointments are seen.
    for other in [stage.as_carer().await, stage.as_stranger().await] {
        assert!(!file(&other).await.contains("VEVENT"));
    }
    stage.as_nobody().get("/api/calendar.ics").await.expect_problem(401, "not-signed-in");
}

#[tokio::test]
async fn what_was_called_off_is_said_to_be_and_the_client_reads_who_fetched_it() {
    let stage = Stage::set().await;
    let mut marloes = stage.as_professional().await;
    let id = arranged(&stage, &mut marloes).await;
    let sem = stage.as_client().await;
    assert!(file(&sem).await.contains("STATUS:CONFIRMED\r\n"));
    does(&stage, &mut marloes, vec![set(id, "cancelled", stage.clock.now())]).await;
    assert!(file(&sem).await.contains("STATUS:CANCELLED\r\n"));
    let count = async || {
        let all = sem.get(&format!("/api/deliveries/{}", stage.circle)).await.expect(200).json();
        let youssef = stage.person("Youssef").to_string();
        let his =
            all.as_array().unwrap().iter().filter(|one| one["person"] == youssef && one["section"] == "appointments");
        his.map(|one| one["records"].as_u64().unwrap()).sum::<u64>()
    };
    let before = count().await;
    file(&stage.as_volunteer().await).await;
    assert_eq!(count().await, before + 1);
}
