//! The lists of the programme, which whoever coordinates it has and nobody else.

use opstap_core::model::{Group, GroupSession, Model, TrainedIn, Volunteer};
use opstap_core::protocol::Verdict;
use opstap_core::{Change, Day};
use opstap_sync_server::Clock as _;

use crate::http::caller::new_id;
use crate::http::programme::{FIXTURE, import, programme};
use crate::http::stage::Stage;

fn changes(stage: &Stage) -> Vec<Change> {
    let [volunteer, group, quiet, session] = std::array::from_fn(|_| new_id(stage.clock.now()));
    let helps = Volunteer {
        person: None,
        name: "Bram".into(),
        phone: Some("+31 6 12345678".into()),
        available: None,
        area: Some("Noord".into()),
        knowledge: None,
        trained: TrainedIn::of([0, 2]),
        certificate: Day::parse("2027-01-31"),
        resting: None,
    };
    let cooks =
        Group { name: "Kookgroep".into(), picture: None, meets: Some("dinsdag".into()), places: Some(8), ended: None };
    let held = GroupSession {
        on: Day::parse("2026-03-03").unwrap(),
        minutes: Some(90),
        registered: Some(7),
        attended: Some(5),
    };
    let walks = Group { name: "Wandelgroep".into(), meets: None, places: None, ..cooks.clone() };
    vec![helps.make(volunteer), cooks.make(group), walks.make(quiet), held.make_below(session, group)]
}

#[tokio::test]
async fn lists_of_registrations_volunteers_and_groups_are_for_whoever_coordinates() {
    let stage = Stage::set().await;
    let (mut fatma, circle) = (stage.as_coordinator().await, programme(&stage).await);
    import(&fatma, circle, FIXTURE).await;
    stage.clock.forward(1_000);
    let edit = fatma.edit(circle, stage.clock.now(), changes(&stage));
    assert!(matches!(fatma.verdict(&edit).await, Verdict::Accepted { .. }));
    let registrations = fatma.lists("registrations.csv").await;
    assert!(registrations.len() > 62 && registrations[1..].iter().any(|row| row.contains(",reist alleen,")));
    let early = fatma.lists("registrations.csv?until=1990-01-01").await;
    assert_eq!(early.len(), 1);
    let volunteers = fatma.lists("volunteers.csv").await;
    let bram = "Bram,'+31 6 12345678,Noord,,\"openbaar vervoer, lopen\",2027-01-31,nee,0";
    assert!(volunteers.iter().any(|row| row == bram), "{volunteers:?}");
    let groups = fatma.lists("groups.csv").await;
    assert_eq!(groups[1..], ["Kookgroep,dinsdag,8,,2026-03-03,90,7,5", "Wandelgroep,,,,,,,"]);
    // Marloes is a professional and coordinates nothing.
    let marloes = stage.as_professional().await;
    for list in ["registrations", "volunteers", "groups"] {
        assert_eq!(marloes.lists(&format!("{list}.csv")).await.len(), 1, "{list}");
    }
}
