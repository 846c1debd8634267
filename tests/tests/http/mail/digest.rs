//! `PUT /api/mail/digest`, and the mail of a working day's morning.

use std::time::Duration;

use axum::body::Body;
use axum::http::Method;
use axum::http::header::CONTENT_TYPE;
use opstap_core::model::{Message, Model};
use opstap_server::mail::{Pace, sum_up_when_due};
use opstap_sync_server::Clock;
use serde_json::json;

use super::put::{confirms, stage};
use super::smtp::MailServer;
use crate::http::caller::{Caller, Reply, new_id};
use crate::http::stage::Stage;

const DAY: u64 = 24 * 60 * 60 * 1_000;

async fn wants(caller: &Caller, wanted: bool) -> Reply {
    let request = caller.request(Method::PUT, "/api/mail/digest").header(CONTENT_TYPE, "application/json");
    caller.send(request.body(Body::from(json!({ "wanted": wanted }).to_string())).unwrap()).await
}

/// To half past six of the next working day, in UTC.
fn to_the_next_morning(stage: &Stage) {
    let now = stage.clock.now().0;
    let days = (now / DAY..).filter(|day| !matches!(day % 7, 2 | 3));
    let morning = days.map(|day| day * DAY + DAY / 4).find(|at| *at > now).unwrap();
    stage.clock.forward(morning + DAY / 48 - now);
}

#[tokio::test]
async fn how_much_asks_comes_by_mail_as_a_number_and_of_nobody() {
    let mut server = MailServer::answering(&[]).await;
    let stage = stage(&server.url()).await;
    let marloes = stage.as_professional().await;
    wants(&marloes, true).await.expect_problem(422, "not-an-address");
    confirms(&stage, &mut server, &marloes, "marloes@example.test").await;
    assert_eq!(wants(&marloes, true).await.expect(200).json()["digest"], true);
    let mut sem = stage.as_client().await;
    let at = stage.clock.now();
    let message = Message::saying(stage.person("Marloes"), "Ik kom er niet uit.", at);
    let edit = sem.edit(stage.circle, at, vec![message.make(new_id(at))]);
    sem.verdict(&edit).await;
    let pace = Pace { look: Duration::from_millis(50), again: Duration::from_millis(50) };
    let (service, mailer) = (stage.app.service.clone(), stage.app.mailer.clone().unwrap());
    tokio::spawn(sum_up_when_due(service, mailer, stage.clock.clone(), pace));
    server.gets_nothing().await;
    to_the_next_morning(&stage);
    let mail = server.gets().await;
    assert_eq!(mail.behind("Subject: "), "Opstap: zo veel vraagt vandaag om aandacht");
    let said = mail.behind("Vandaag vraagt in Opstap om aandacht: ");
    let count: usize = said.split('.').next().unwrap().parse().unwrap();
    assert!(count > 0 && mail.content.contains("http://opstap.test/desk\n"), "{}", mail.content);
    for word in ["Sem", "Marloes", "uit", &stage.circle.to_string(), &stage.person("Sem").to_string()] {
        assert!(!mail.content.contains(word), "{word}: {}", mail.content);
    }
    server.gets_nothing().await;
    assert_eq!(wants(&marloes, false).await.expect(200).json()["digest"], false);
    to_the_next_morning(&stage);
    server.gets_nothing().await;
}

#[tokio::test]
async fn who_follows_nobody_can_not_want_to_hear_how_much_asks() {
    let server = MailServer::answering(&[]).await;
    let stage = stage(&server.url()).await;
    wants(&stage.as_client().await, true).await.expect_problem(403, "not-allowed");
    wants(&stage.as_nobody(), true).await.expect_problem(401, "not-signed-in");
}
