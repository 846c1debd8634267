//! What comes in: shown first, written as one act in the name of who asks, never twice, and taken back as a whole.

use axum::body::Body;
use axum::http::Method;
use opstap_core::Kind;
use opstap_core::model::{Channel, Model, Registration, set};

use super::{FIXTURE, import, programme, send};
use crate::http::caller::{Caller, Reply};
use crate::http::stage::Stage;

async fn undo(caller: &Caller, circle: opstap_core::CircleId, name: &str) -> Reply {
    let address = format!("/api/programme/{circle}/imports/{name}");
    caller.send(caller.request(Method::DELETE, &address).body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn a_file_is_shown_before_it_is_written_and_the_second_time_changes_nothing() {
    let stage = Stage::set().await;
    let (fatma, circle) = (stage.as_coordinator().await, programme(&stage).await);
    let checked = send(&fatma, circle, "imports/check", FIXTURE.as_bytes()).await.expect(200).json();
    assert_eq!((&checked["rows"], &checked["new"], &checked["all_faults"]), (&62.into(), &62.into(), &0.into()));
    assert!(
        !fatma.sees().await.values().any(|record| record.kind == Kind::Registration),
        "nothing is written by looking"
    );

    let first = &checked["lines"][0];
    assert_eq!((&first["line"], &first["row"], &first["becomes"]), (&2.into(), &"R001".into(), &"new".into()));
    assert_eq!(&first["cells"][0]["column"], "registered_on");

    let name = import(&fatma, circle, FIXTURE).await;
    assert!(name.starts_with("aanmeldingen-"), "{name}");
    let rows: Vec<_> = fatma.sees().await.into_values().filter(|record| record.kind == Kind::Registration).collect();
    assert_eq!(rows.len(), 62);
    let listed = fatma.get(&format!("/api/programme/{circle}/imports")).await.expect(200).json();
    assert_eq!((&listed[0]["name"], &listed[0]["by"]), (&name.as_str().into(), &"Fatma".into()));
    assert_eq!((&listed[0]["rows"], &listed[0]["gone"]), (&62.into(), &62.into()));

    let other = FIXTURE.replace("R003,2013-04-11,school", "R003,2013-04-11,MEE consultant");
    let checked = send(&fatma, circle, "imports/check", other.as_bytes()).await.expect(200).json();
    let [changed, same] = [&checked["lines"][0], &checked["lines"][1]];
    let cell = serde_json::json!({ "column": "channel", "was": "school", "says": "MEE consultant" });
    assert_eq!((&changed["becomes"], &changed["cells"]), (&"changed".into(), &serde_json::json!([cell])));
    assert_eq!((&same["becomes"], &same["cells"]), (&"same".into(), &serde_json::json!([])));
    assert_eq!(import(&fatma, circle, FIXTURE).await, "", "nothing to write has no name");
    let listed = fatma.get(&format!("/api/programme/{circle}/imports")).await.expect(200).json();
    assert_eq!(listed.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn an_import_is_taken_back_as_a_whole_but_for_what_somebody_went_on_with() {
    let stage = Stage::set().await;
    let (mut fatma, circle) = (stage.as_coordinator().await, programme(&stage).await);
    let name = import(&fatma, circle, FIXTURE).await;
    let rows = fatma.sees().await;
    let row = rows.values().find(|record| Registration::from_record(record).is_some()).unwrap().id;
    let later = stage.app_time() * 1_000 + 5_000;
    let edit = fatma.edit(circle, opstap_core::Millis(later), vec![set(row, "area", "Noord")]);
    fatma.verdict(&edit).await;
    let taken = undo(&fatma, circle, &name).await.expect(200).json();
    assert_eq!((&taken["gone"], &taken["stay"]), (&61.into(), &1.into()));
    let taken = undo(&fatma, circle, &name).await.expect(200).json();
    assert_eq!((&taken["gone"], &taken["stay"]), (&0.into(), &1.into()));
    let listed = fatma.get(&format!("/api/programme/{circle}/imports")).await.expect(200).json();
    assert_eq!((&listed[0]["gone"], &listed[0]["stay"]), (&0.into(), &1.into()));
    undo(&fatma, circle, "nooit-geweest").await.expect_problem(404, "no-such-import");
}

#[tokio::test]
async fn each_wrong_line_is_named_and_nothing_of_the_file_is_written() {
    let stage = Stage::set().await;
    let (fatma, circle) = (stage.as_coordinator().await, programme(&stage).await);
    let wrong = FIXTURE.replace("R003,2013-04-11,school", "R003,11-04-2013,scool");
    let checked = send(&fatma, circle, "imports/check", wrong.as_bytes()).await.expect(200).json();
    assert_eq!((&checked["all_faults"], &checked["new"], &checked["plan"]), (&2.into(), &61.into(), &"".into()));
    assert_eq!(checked["lines"].as_array().unwrap().len(), 61, "the other rows are told of all the same");
    let [day, channel] = [&checked["faults"][0], &checked["faults"][1]];
    assert_eq!((&day["line"], &day["column"]), (&4.into(), &"registered_on".into()));
    assert_eq!((&day["expected"], &day["found"]), (&"a-day".into(), &"11-04-2013".into()));
    assert_eq!((&channel["expected"], &channel["with"][5]), (&"one-of".into(), &"school".into()));
    send(&fatma, circle, "imports?file=x&plan=", wrong.as_bytes()).await.expect_problem(400, "body-not-understood");
    assert!(!fatma.sees().await.values().any(|record| record.kind == Kind::Registration));

    for (bytes, expected, line) in [(b"\xff\xfe".as_slice(), "text", 1), (b"PK no sheet", "a-spreadsheet", 0)] {
        let told = send(&fatma, circle, "imports/check", bytes).await.expect(200).json();
        assert_eq!((&told["faults"][0]["expected"], &told["faults"][0]["line"]), (&expected.into(), &line.into()));
    }
}

#[tokio::test]
async fn what_is_written_is_what_was_shown_and_a_file_has_a_most() {
    let stage = Stage::set().await;
    let (fatma, circle) = (stage.as_coordinator().await, programme(&stage).await);
    let plan = send(&fatma, circle, "imports/check", FIXTURE.as_bytes()).await.expect(200).json()["plan"].clone();
    import(&fatma, circle, FIXTURE).await;
    let below = format!("imports?file=x&plan={}", plan.as_str().unwrap());
    // It was imported meanwhile: to write nothing is not what was shown.
    send(&fatma, circle, &below, FIXTURE.as_bytes()).await.expect_problem(409, "other-than-shown");
    let most = opstap_server::http::programme::MOST_FILE;
    for below in ["imports/check", "imports?file=x&plan=y"] {
        send(&fatma, circle, below, &vec![b'a'; most + 1]).await.expect_problem(413, "too-large");
    }
}

#[tokio::test]
async fn a_file_with_other_contents_than_were_shown_is_not_written_nor_over_what_was_not_shown() {
    let stage = Stage::set().await;
    let (mut fatma, circle) = (stage.as_coordinator().await, programme(&stage).await);
    let plan_of = async |text: &str| {
        let checked = send(&fatma, circle, "imports/check", text.as_bytes()).await.expect(200).json();
        format!("imports?file=x&plan={}", checked["plan"].as_str().unwrap())
    };
    let below = plan_of(FIXTURE).await;
    let other = FIXTURE.replace("R003,2013-04-11,school", "R003,2013-04-11,MEE consultant");
    send(&fatma, circle, &below, other.as_bytes()).await.expect_problem(409, "other-than-shown");
    assert!(!fatma.sees().await.values().any(|record| record.kind == Kind::Registration));

    import(&fatma, circle, FIXTURE).await;
    let below = plan_of(&other).await;
    let rows = fatma.sees().await;
    let numbered =
        |record: &&opstap_core::Record| record.value("number") == Some(&opstap_core::Value::Text("R003".into()));
    let row = rows.values().find(numbered).unwrap().id;
    let later = stage.app_time() * 1_000 + 5_000;
    let edit = fatma.edit(circle, opstap_core::Millis(later), vec![set(row, "channel", Channel::Care)]);
    fatma.verdict(&edit).await;
    // The file says the same still, and it is another channel that it would be written over.
    send(&fatma, circle, &below, other.as_bytes()).await.expect_problem(409, "other-than-shown");
}
