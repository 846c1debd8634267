//! `GET /api/devices`.

use crate::http::stage::Stage;

#[tokio::test]
async fn somebody_sees_their_own_devices_and_which_one_asks() {
    let stage = Stage::set().await;
    let (phone, tablet) = (stage.as_client().await, stage.as_client().await);
    let youssef = stage.as_volunteer().await;
    let listed = phone.get("/api/devices").await.expect(200).json();
    let listed = listed.as_array().unwrap();
    let find = |id: opstap_core::DeviceId| listed.iter().find(|device| device["id"] == id.to_string());
    assert_eq!(find(phone.device).unwrap()["this"], true);
    assert_eq!(find(tablet.device).unwrap()["this"], false);
    assert!(find(youssef.device).is_none());
}
