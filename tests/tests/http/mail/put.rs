//! `/api/mail`: feedback reaches those who want it by e-mail, from their address and the link in the first mail to the mail that arrives at
//! a real SMTP server, which says nothing of anybody.

use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::Method;
use axum::http::header::CONTENT_TYPE;
use opstap_core::access::Section;
use opstap_core::model::{Consent, ConsentAct, Feedback, Model, Practice};
use opstap_core::protocol::Verdict;
use opstap_core::{PersonId, RecordId};
use opstap_server::mail::{Pace, send_when_due};
use opstap_sync_server::Clock;
use serde_json::json;
use tokio::net::TcpListener;

use super::smtp::{Got, MailServer};
use crate::http::caller::{Caller, Reply, new_id};
use crate::http::stage::Stage;

const MINUTE: u64 = 60_000;
const HOUR: u64 = 60 * MINUTE;
const SAYS: &str = "Sem vroeg bij Sloterdijk zelf de weg aan een mevrouw.";

/// A server that sends mail, in a hurry.
pub async fn stage(url: &str) -> Stage {
    let stage = Stage::set_with_mail(url).await;
    let pace = Pace { look: Duration::from_millis(50), again: Duration::from_millis(50) };
    let mailer = stage.app.mailer.clone().unwrap();
    tokio::spawn(send_when_due(stage.app.service.clone(), stage.app.hints.clone(), mailer, pace));
    stage
}

async fn wants(caller: &Caller, address: &str) -> Reply {
    let request = caller.request(Method::PUT, "/api/mail").header(CONTENT_TYPE, "application/json");
    caller.send(request.body(Body::from(json!({ "address": address }).to_string())).unwrap()).await
}

async fn wants_none(caller: &Caller) {
    let request = caller.request(Method::DELETE, "/api/mail").body(Body::empty()).unwrap();
    caller.send(request).await.expect(204);
}

/// Somebody asks for mail and follows the link in the first one, in another browser.
pub async fn confirms(stage: &Stage, server: &mut MailServer, caller: &Caller, address: &str) -> Got {
    let told = wants(caller, address).await.expect(200).json();
    assert_eq!(told, json!({ "address": address, "confirmed": false, "digest": false }));
    let mail = server.gets().await;
    assert_eq!(mail.to, address);
    follows(stage, &mail).await.expect(204);
    assert_eq!(caller.get("/api/mail").await.json(), json!({ "address": address, "confirmed": true, "digest": false }));
    mail
}

async fn follows(stage: &Stage, mail: &Got) -> Reply {
    let code = mail.content.split("http://opstap.test/mail/confirm#").nth(1).unwrap().lines().next().unwrap();
    stage.as_nobody().post("/api/mail/confirm", &json!({ "code": code })).await
}

/// Youssef writes feedback on a practice, by a sync; gives its id.
async fn writes(stage: &Stage, youssef: &mut Caller) -> RecordId {
    let at = stage.clock.now();
    let (practice, id) = (new_id(at), new_id(at));
    let feedback = Feedback { text: SAYS.to_owned(), at, replaces: None };
    let begins = Practice { route: new_id(at), at };
    let edit = youssef.edit(stage.circle, at, vec![begins.make(practice), feedback.make_below(id, practice)]);
    let verdict = youssef.verdict(&edit).await;
    assert!(matches!(verdict, Verdict::Accepted { .. }), "{verdict:?}");
    id
}

/// The next two mails, in order of address.
async fn two(server: &mut MailServer) -> [Got; 2] {
    let mut two = [server.gets().await, server.gets().await];
    two.sort_by(|one, other| one.to.cmp(&other.to));
    two
}

#[tokio::test]
async fn feedback_comes_by_mail_with_a_link_and_nothing_of_anybody() {
    let mut server = MailServer::answering(&[]).await;
    let stage = stage(&server.url()).await;
    let (karin, marloes) = (stage.as_carer().await, stage.as_professional().await);
    let first = confirms(&stage, &mut server, &karin, "een@example.test").await;
    confirms(&stage, &mut server, &marloes, "twee@example.test").await;
    let mut youssef = stage.as_volunteer().await;
    let feedback = writes(&stage, &mut youssef).await;
    let [hers, at_the_desk] = two(&mut server).await;
    assert_eq!((hers.to.as_str(), at_the_desk.to.as_str()), ("een@example.test", "twee@example.test"));
    assert_eq!(hers.behind("Subject: "), "Er staat iets nieuws in Opstap");
    assert_eq!(hers.behind("From: "), "Opstap <opstap@example.test>");
    assert_eq!(hers.behind("To: "), "een@example.test");
    assert_eq!(hers.behind("Auto-Submitted: "), "auto-generated");
    assert!(hers.content.contains("http://opstap.test/support\n"), "{}", hers.content);
    assert!(at_the_desk.content.contains("http://opstap.test/desk\n"), "{}", at_the_desk.content);
    let ids = ["Sem", "Karin", "Youssef", "Marloes"].map(|name| stage.person(name).to_string());
    let ids = ids.into_iter().chain([stage.circle.to_string(), feedback.to_string(), youssef.device.to_string()]);
    let words =
        ["Sem", "Karin", "Youssef", "Marloes", "Fatma", "voorbeeld", "Sloterdijk", "weg", "mevrouw", "feedback"];
    for word in words.into_iter().map(str::to_owned).chain(ids) {
        for mail in [&first, &hers, &at_the_desk] {
            assert!(!mail.content.contains(&word), "{word}: {}", mail.content);
        }
    }
    server.gets_nothing().await;
}

#[tokio::test]
async fn an_address_gets_nothing_before_its_owner_tapped_the_button_and_the_link_works_once() {
    let mut server = MailServer::answering(&[]).await;
    let stage = stage(&server.url()).await;
    let (karin, mut youssef) = (stage.as_carer().await, stage.as_volunteer().await);
    assert_eq!(
        karin.get("/api/mail").await.expect(200).json(),
        json!({ "address": null, "confirmed": false, "digest": false })
    );
    wants(&karin, "een@example.test").await.expect(200);
    let mail = server.gets().await;
    // A program that looks through mail fetches every link, without what stands behind the #.
    for path in ["/mail/confirm", "/mail/confirm.js", "/mail/confirm.css"] {
        stage.as_nobody().get(path).await.expect(200);
    }
    stage.as_nobody().get("/api/mail/confirm").await.expect_problem(405, "method-not-allowed");
    writes(&stage, &mut youssef).await;
    server.gets_nothing().await;
    follows(&stage, &mail).await.expect(204);
    follows(&stage, &mail).await.expect_problem(410, "link-used");
    stage.as_nobody().post("/api/mail/confirm", &json!({ "code": "x" })).await.expect_problem(404, "link-unknown");
    writes(&stage, &mut youssef).await;
    assert_eq!(server.gets().await.to, "een@example.test");
    let told = wants(&karin, "drie@example.test").await.expect(200).json();
    assert_eq!(told, json!({ "address": "drie@example.test", "confirmed": false, "digest": false }));
    let mail = server.gets().await;
    assert_eq!(mail.to, "drie@example.test");
    stage.clock.forward(3 * 24 * HOUR);
    follows(&stage, &mail).await.expect_problem(410, "link-expired");
}

#[tokio::test]
async fn who_wants_none_any_more_or_may_not_read_it_gets_none_and_its_author_neither() {
    let mut server = MailServer::answering(&[]).await;
    let stage = stage(&server.url()).await;
    let (karin, marloes, fatma) = (stage.as_carer().await, stage.as_professional().await, stage.as_coordinator().await);
    let (mut sem, mut youssef) = (stage.as_client().await, stage.as_volunteer().await);
    for (caller, address) in [
        (&karin, "karin@example.test"),
        (&marloes, "marloes@example.test"),
        (&fatma, "fatma@example.test"),
        (&youssef, "youssef@example.test"),
    ] {
        confirms(&stage, &mut server, caller, address).await;
    }
    wants_none(&karin).await;
    assert_eq!(
        karin.get("/api/mail").await.expect(200).json(),
        json!({ "address": null, "confirmed": false, "digest": false })
    );
    withdraws(&stage, &mut sem, stage.person("Marloes")).await;
    writes(&stage, &mut youssef).await;
    assert_eq!(server.gets().await.to, "fatma@example.test");
    server.gets_nothing().await;
}

/// Sem takes back that somebody may see how he travels.
async fn withdraws(stage: &Stage, sem: &mut Caller, person: PersonId) {
    let is_it = |consent: &Consent| consent.person == person && consent.section == Section::Travel;
    let seen = sem.sees().await;
    let given = seen.values().find(|record| Consent::from_record(record).as_ref().is_some_and(is_it)).unwrap().id;
    let at = stage.clock.now();
    let act = ConsentAct::Withdrawn;
    let back = Consent { act, person, section: Section::Travel, from: at, until: None, ends: Some(given) };
    let edit = sem.edit(stage.circle, at, vec![back.make(new_id(at))]);
    assert!(matches!(sem.verdict(&edit).await, Verdict::Accepted { .. }));
}

#[tokio::test]
async fn a_mail_server_that_is_busy_gets_it_again_and_one_that_says_no_for_good_does_not() {
    let mut server = MailServer::answering(&[250, 451, 452]).await;
    let stage = stage(&server.url()).await;
    let (karin, mut youssef) = (stage.as_carer().await, stage.as_volunteer().await);
    confirms(&stage, &mut server, &karin, "een@example.test").await;
    writes(&stage, &mut youssef).await;
    server.gets_nothing().await;
    stage.clock.forward(MINUTE);
    server.gets_nothing().await;
    stage.clock.forward(4 * MINUTE);
    assert_eq!(server.gets().await.to, "een@example.test");
    // Within the hour, so that nothing of it is told at once; and then the address is no more.
    let mut refusing = MailServer::answering(&[250, 550]).await;
    let stage = self::stage(&refusing.url()).await;
    let (karin, mut youssef) = (stage.as_carer().await, stage.as_volunteer().await);
    confirms(&stage, &mut refusing, &karin, "een@example.test").await;
    writes(&stage, &mut youssef).await;
    refusing.gets_nothing().await;
    stage.clock.forward(48 * HOUR);
    refusing.gets_nothing().await;
}

#[tokio::test]
async fn a_mail_server_that_is_down_or_silent_holds_up_no_sync_and_gets_it_when_it_is_back() {
    let mut server = MailServer::answering(&[]).await;
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let place = silent.local_addr().unwrap();
    let stage = stage(&format!("smtp://{place}")).await;
    let (karin, mut youssef) = (stage.as_carer().await, stage.as_volunteer().await);
    // The address is confirmed behind the back of a server that reaches nobody.
    let service = &stage.app.service;
    let code = service.ask_for_mail(stage.person("Karin"), "een@example.test".to_owned()).await.unwrap().unwrap();
    stage.as_nobody().post("/api/mail/confirm", &json!({ "code": code.reveal() })).await.expect(204);
    let began = Instant::now();
    writes(&stage, &mut youssef).await;
    assert!(karin.sees().await.values().any(|record| Feedback::from_record(record).is_some()));
    assert!(began.elapsed() < Duration::from_secs(2), "it answers nobody, and nobody waits for it");
    let (connection, _) = silent.accept().await.unwrap();
    drop((connection, silent));
    writes(&stage, &mut youssef).await;
    server.gets_nothing().await;
    let mut back = MailServer::at(place, &[]).await;
    stage.clock.forward(24 * HOUR);
    assert_eq!(back.gets().await.to, "een@example.test");
    back.gets_nothing().await;
}

#[tokio::test]
async fn more_than_one_an_hour_is_one() {
    let mut server = MailServer::answering(&[]).await;
    let stage = stage(&server.url()).await;
    let (karin, mut youssef) = (stage.as_carer().await, stage.as_volunteer().await);
    confirms(&stage, &mut server, &karin, "een@example.test").await;
    writes(&stage, &mut youssef).await;
    server.gets().await;
    writes(&stage, &mut youssef).await;
    writes(&stage, &mut youssef).await;
    server.gets_nothing().await;
    stage.clock.forward(HOUR);
    server.gets().await;
    server.gets_nothing().await;
}

#[tokio::test]
async fn where_the_organisation_sends_no_mail_it_says_so_and_an_address_can_still_be_taken_back() {
    let stage = Stage::set().await;
    let karin = stage.as_carer().await;
    karin.get("/api/mail").await.expect_problem(404, "no-mail");
    wants(&karin, "een@example.test").await.expect_problem(404, "no-mail");
    let service = &stage.app.service;
    service.ask_for_mail(stage.person("Karin"), "een@example.test".to_owned()).await.unwrap();
    wants_none(&karin).await;
    assert_eq!(service.mail(stage.person("Karin")).await, Ok(None));
}

#[tokio::test]
async fn what_is_no_address_is_told_so_and_nobody_has_mail_sent_by_the_dozen() {
    let server = MailServer::answering(&[]).await;
    let stage = stage(&server.url()).await;
    let karin = stage.as_carer().await;
    let long = format!("{}@example.test", "a".repeat(250));
    for wrong in ["", "karin", "a b@example.test", "een@example.test\r\nBcc: twee@example.test", "<een@x.nl>", &long] {
        wants(&karin, wrong).await.expect_problem(422, "not-an-address");
    }
    let request = karin.request(Method::PUT, "/api/mail").body(Body::from("{}")).unwrap();
    karin.send(request).await.expect_problem(400, "body-not-understood");
    for n in 0..6 {
        wants(&karin, &format!("een{n}@example.test")).await.expect(200);
    }
    let reply = wants(&karin, "zeven@example.test").await;
    assert_eq!(reply.header("retry-after"), Some("600"));
    reply.expect_problem(429, "too-many-attempts");
    let nobody = stage.as_nobody();
    let mut last = 0;
    for _ in 0..=crate::http::stage::PAIR_TRIES {
        last = nobody.post("/api/mail/confirm", &json!({ "code": "x" })).await.status.as_u16();
    }
    assert_eq!(last, 429, "nobody finds a code by trying");
}
