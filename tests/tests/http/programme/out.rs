//! What goes out: all rows for the organisation itself, the figures as a report, without what tells of few people for anybody else.

use opstap_core::model::{Model, Registration, TrajectoryOutcome, set};
use opstap_server::exchange::held;

use super::{FIXTURE, import, programme};
use crate::http::stage::Stage;

#[tokio::test]
async fn what_is_exported_can_be_imported_again_and_changes_nothing() {
    let stage = Stage::set().await;
    let (fatma, circle) = (stage.as_coordinator().await, programme(&stage).await);
    import(&fatma, circle, FIXTURE).await;
    let csv = fatma.get(&format!("/api/programme/{circle}/rows/csv")).await.expect(200);
    assert_eq!(csv.header("content-type"), Some("text/csv; charset=utf-8"));
    let named = csv.header("content-disposition").unwrap();
    assert!(named.starts_with("attachment; filename=\"travel-programme-") && named.ends_with(".csv\""), "{named}");
    let xlsx = fatma.get(&format!("/api/programme/{circle}/rows/xlsx")).await.expect(200);
    assert!(xlsx.body.starts_with(b"PK"));
    let (of_csv, of_xlsx) = (held(&csv.body).unwrap(), held(&xlsx.body).unwrap());
    assert_eq!((of_csv.rows.len(), of_csv.faults.len()), (62, 0));
    assert_eq!(of_csv, of_xlsx);
    let again = super::send(&fatma, circle, "imports/check", &xlsx.body).await.expect(200).json();
    assert_eq!((&again["unchanged"], &again["new"], &again["changed"]), (&62.into(), &0.into(), &0.into()));
    fatma.get(&format!("/api/programme/{circle}/rows/pdf")).await.expect_problem(404, "no-such-address");
}

#[tokio::test]
async fn who_was_stopped_after_travelling_alone_is_exported_and_imported_again_and_counts_as_done() {
    let stage = Stage::set().await;
    let (mut fatma, circle) = (stage.as_coordinator().await, programme(&stage).await);
    import(&fatma, circle, FIXTURE).await;
    let rows = fatma.sees().await;
    let done =
        |record: &opstap_core::Record| Registration::from_record(record).is_some_and(|row| row.completed.is_some());
    let row = rows.values().find(|record| done(record)).unwrap().id;
    let later = opstap_core::Millis(stage.app_time() * 1_000 + 5_000);
    let edit = fatma.edit(circle, later, vec![set(row, "outcome", TrajectoryOutcome::Stopped)]);
    fatma.verdict(&edit).await;
    let csv = fatma.get(&format!("/api/programme/{circle}/rows/csv")).await.expect(200);
    assert!(String::from_utf8(csv.body.to_vec()).unwrap().contains(",stopped,"));
    let again = super::send(&fatma, circle, "imports/check", &csv.body).await.expect(200).json();
    assert_eq!((&again["unchanged"], &again["all_faults"]), (&62.into(), &0.into()));
    let report = fatma.get(&format!("/api/programme/{circle}/report/json?on=2014-12-31")).await.expect(200).json();
    let figures = report["figures"].as_array().unwrap();
    let of = |key: &str| &figures.iter().find(|figure| figure["key"] == key).unwrap()["amount"];
    assert_eq!((of("completed"), of("stopped")), (&24.into(), &0.into()));
}

#[tokio::test]
async fn a_group_that_is_hidden_is_not_told_by_the_reasons_either() {
    let stage = Stage::set().await;
    let (fatma, circle) = (stage.as_coordinator().await, programme(&stage).await);
    // Three of the fourteen who live outside the area stay, beside twelve who withdrew and thirty-six who began.
    let mut outside = 0;
    let kept = FIXTURE.split_inclusive('\n').filter(|line| {
        outside += usize::from(line.contains(",outside area,"));
        !line.contains(",outside area,") || outside <= 3
    });
    import(&fatma, circle, &kept.collect::<String>()).await;
    let report = fatma.get(&format!("/api/programme/{circle}/report/json?outside=true")).await.expect(200).json();
    let figures = report["figures"].as_array().unwrap();
    let of = |key: &str| &figures.iter().find(|figure| figure["key"] == key).unwrap()["amount"];
    assert_eq!((of("registered"), of("started")), (&51.into(), &36.into()));
    for hidden in ["outside", "withdrew", "withdrew-for-not-said"] {
        assert!(of(hidden).is_null(), "{hidden}");
    }
}

#[tokio::test]
async fn a_report_for_outside_tells_nothing_of_one_to_four_people() {
    let stage = Stage::set().await;
    let (fatma, circle) = (stage.as_coordinator().await, programme(&stage).await);
    import(&fatma, circle, FIXTURE).await;
    let report = async |form: &str| {
        let reply = fatma.get(&format!("/api/programme/{circle}/report/{form}")).await.expect(200);
        String::from_utf8(reply.body.to_vec()).unwrap()
    };
    let ours = report("txt?language=nl&on=2014-12-31").await;
    assert!(ours.contains("Reisbegeleiding bij") && ours.contains("2014-12-31"), "{ours}");
    assert_eq!(wsw(&ours), "1", "{ours}");
    let outside = report("txt?language=nl&outside=true&on=2014-12-31").await;
    assert_eq!(wsw(&outside), "getoond", "{outside}");
    let ours = report("csv?language=en").await;
    assert!(ours.contains("R001"), "the rows behind a figure");
    assert!(!report("csv?language=en&outside=true").await.contains("R001"));
    assert!(!report("json?outside=true").await.contains("R001"));
    let address = format!("/api/programme/{circle}/report/txt");
    for wrong in ["language=fr", "on=gisteren", "outside=ja"] {
        fatma.get(&format!("{address}?{wrong}")).await.expect_problem(400, "body-not-understood");
    }
}

/// The last word on the line about the one person with a WSW indication.
fn wsw(report: &str) -> &str {
    let line = report.lines().find(|line| line.trim_start().starts_with("Vervoer naar sociaal werk")).unwrap();
    line.split_whitespace().last().unwrap()
}

#[tokio::test]
async fn who_does_not_coordinate_the_programme_learns_nothing_of_it() {
    let stage = Stage::set().await;
    let circle = programme(&stage).await;
    let others =
        [stage.as_client().await, stage.as_volunteer().await, stage.as_professional().await, stage.as_stranger().await];
    for other in others {
        for below in ["rows/csv", "rows/xlsx", "report/txt", "report/csv?outside=true", "imports"] {
            other.get(&format!("/api/programme/{circle}/{below}")).await.expect_problem(404, "no-such-circle");
        }
        for below in ["imports/check", "imports?file=x&plan=y"] {
            super::send(&other, circle, below, FIXTURE.as_bytes()).await.expect_problem(404, "no-such-circle");
        }
        let undo = other.request(axum::http::Method::DELETE, &format!("/api/programme/{circle}/imports/x"));
        let undo = undo.body(axum::body::Body::empty()).unwrap();
        other.send(undo).await.expect_problem(404, "no-such-circle");
    }
    let fatma = stage.as_coordinator().await;
    // A circle of another kind is no programme, whoever asks.
    for circle in [stage.circle.to_string(), stage.library.to_string(), "geen".to_owned()] {
        fatma.get(&format!("/api/programme/{circle}/rows/csv")).await.expect_problem(404, "no-such-circle");
    }
}
