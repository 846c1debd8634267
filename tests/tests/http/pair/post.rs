//! `POST /api/pair`: a link works once, in time, and no more often than a person would try.

use opstap_server::http::state::LiveService;
use serde_json::json;

use crate::http::stage::{PAIR_TRIES, Stage};

#[tokio::test]
async fn a_link_signs_a_browser_in_and_says_who_it_is() {
    let stage = Stage::set().await;
    let invitation = stage.app.service.invite(stage.person("Sem"), LiveService::PAIRING_VALID).await.unwrap();
    let mut browser = stage.as_nobody();
    let reply = browser.pair(invitation.long.reveal()).await.expect(200);
    assert_eq!(reply.json()["name"], "Sem");
    assert_eq!(reply.json()["role"], "participant");
    let cookie = reply.header("set-cookie").unwrap();
    assert!(cookie.starts_with(&format!("__Host-opstap-{}=", &browser.device.to_string()[..16])), "{cookie}");
    for word in ["HttpOnly", "Secure", "SameSite=Strict", "Path=/"] {
        assert!(cookie.contains(word), "{cookie}");
    }
    browser.get("/api/me").await.expect(200);
}

#[tokio::test]
async fn a_code_may_be_typed_as_people_type() {
    let stage = Stage::set().await;
    let invitation = stage.app.service.invite(stage.person("Sem"), LiveService::PAIRING_VALID).await.unwrap();
    let typed = format!(" {} ", invitation.short.in_halves().to_lowercase());
    stage.as_nobody().pair(&typed).await.expect(200);
}

#[tokio::test]
async fn a_used_link_signs_nobody_in() {
    let stage = Stage::set().await;
    let invitation = stage.app.service.invite(stage.person("Sem"), LiveService::PAIRING_VALID).await.unwrap();
    stage.as_nobody().pair(invitation.long.reveal()).await.expect(200);
    let mut second = stage.as_nobody();
    for code in [invitation.long.reveal(), invitation.short.reveal()] {
        let problem = second.pair(code).await.expect_problem(410, "link-used");
        assert_eq!(problem["sentence"]["nl"], "Deze link is al gebruikt. Vraag een nieuwe.");
    }
    assert_eq!(second.cookie, None);
}

#[tokio::test]
async fn a_link_that_is_too_old_signs_nobody_in() {
    let stage = Stage::set().await;
    let invitation = stage.app.service.invite(stage.person("Sem"), LiveService::PAIRING_VALID).await.unwrap();
    stage.clock.forward(LiveService::PAIRING_VALID);
    let mut browser = stage.as_nobody();
    browser.pair(invitation.long.reveal()).await.expect_problem(410, "link-expired");
    assert_eq!(browser.cookie, None);
}

#[tokio::test]
async fn a_link_that_nobody_made_signs_nobody_in() {
    let stage = Stage::set().await;
    stage.as_nobody().pair("ABCD-EFGH").await.expect_problem(404, "link-unknown");
    stage.as_nobody().pair("").await.expect_problem(404, "link-unknown");
}

#[tokio::test]
async fn a_device_of_somebody_else_is_not_taken_over_and_the_link_still_works() {
    let stage = Stage::set().await;
    let sem = stage.as_client().await;
    let invitation = stage.app.service.invite(stage.person("Youssef"), LiveService::PAIRING_VALID).await.unwrap();
    let mut thief = stage.as_nobody();
    thief.device = sem.device;
    thief.pair(invitation.long.reveal()).await.expect_problem(409, "device-taken");
    stage.as_nobody().pair(invitation.long.reveal()).await.expect(200);
}

/// As after a restore from before the phone was paired: what waits on it goes under the new session.
#[tokio::test]
async fn a_phone_that_the_server_does_not_know_goes_on_with_its_store_and_no_code_of_another_takes_it_over() {
    let stage = Stage::set().await;
    let sem = stage.person("Sem");
    let phone = stage.as_nobody();
    let pair = async |name: &str| {
        let invitation = stage.app.service.invite(stage.person(name), LiveService::PAIRING_VALID).await.unwrap();
        let (code, device) = (invitation.long.reveal(), phone.device.to_string());
        phone.post("/api/pair", &json!({ "code": code, "device": device, "person": sem.to_string() })).await
    };
    pair("Youssef").await.expect_problem(409, "device-taken");
    assert_eq!(pair("Sem").await.expect(200).json()["name"], "Sem");
    let nobody = json!({ "code": "A", "device": phone.device.to_string(), "person": "Sem" });
    phone.post("/api/pair", &nobody).await.expect_problem(400, "body-not-understood");
}

#[tokio::test]
async fn a_body_that_is_no_code_is_told_what_was_expected() {
    let stage = Stage::set().await;
    let nobody = stage.as_nobody();
    for body in
        [json!({}), json!([]), json!({ "code": "ABCD-EFGH", "device": "phone" }), json!({ "code": 3, "device": 4 })]
    {
        let problem = nobody.post("/api/pair", &body).await.expect_problem(400, "body-not-understood");
        assert!(problem["detail"].as_str().unwrap().contains("code"), "{problem}");
    }
}

#[tokio::test]
async fn codes_cannot_be_guessed_by_trying() {
    let stage = Stage::set().await;
    let mut guesser = stage.as_nobody();
    for _ in 0..PAIR_TRIES {
        guesser.pair("AAAA-AAAA").await.expect_problem(404, "link-unknown");
    }
    let reply = guesser.pair("AAAA-AAAA").await;
    assert_eq!(reply.header("retry-after"), Some("60"));
    reply.expect_problem(429, "too-many-attempts");
}
