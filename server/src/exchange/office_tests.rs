//! Importing, importing again and taking back, on a service of its own in memory.

use std::sync::Arc;

use opstap_core::model::{Channel, Model, RegistrationTime, Stage, TimeRole, set};
use opstap_core::{Day, Millis};
use opstap_insight::{FigureKey, Programme, ProgrammeRow, programme_rows};
use opstap_sync_server::memory::MemoryStorage;

use super::*;
use crate::exchange::form::FileRow;
use crate::exchange::undo::{names, undo_plan};
use crate::exchange::{grid, plan, read};
use crate::world::{OsRandomness, SystemClock};

const FIXTURE: &str = include_str!("../../../tests/fixtures/travel-programme.csv");

type TestService = Service<MemoryStorage>;

async fn service() -> TestService {
    let service = Service::open(MemoryStorage::default(), Arc::new(SystemClock), Arc::new(OsRandomness), Arc::new(()))
        .await
        .unwrap();
    let organisation = service.create_organisation("De Brug").await.unwrap();
    service.add_person(organisation, OrganisationRole::Professional, "Marloes").await.unwrap();
    service.add_person(organisation, OrganisationRole::Coordinator, "Tim").await.unwrap();
    service.add_person(organisation, OrganisationRole::Administrator, "Fatma").await.unwrap();
    service
}

fn rows_of(text: &str) -> Vec<(u64, FileRow)> {
    read::held(&grid::lines(text.as_bytes()).unwrap()).all().unwrap()
}

async fn write(office: &Office<'_, MemoryStorage>, acts: Vec<Vec<Change>>) {
    let held = office.holdings().await.unwrap();
    let author = office.author(None).await.unwrap();
    office.write((&SystemClock, &OsRandomness), author, &held, acts).await.unwrap();
}

/// Imports a text and gives how many rows were (new, changed, unchanged).
async fn import(office: &Office<'_, MemoryStorage>, text: &str, name: &str) -> (usize, usize, usize) {
    let held = office.holdings().await.unwrap();
    let plan = plan::plan(office.organisation.id, &rows_of(text), &held.now(), name);
    write(office, plan.acts).await;
    (plan.new.len(), plan.changed_rows, plan.unchanged)
}

/// Takes an import back and gives how many rows (went, were put back, stayed).
async fn undo(office: &Office<'_, MemoryStorage>, name: &str) -> (usize, usize, usize) {
    let plan = undo_plan(&office.holdings().await.unwrap().records, name);
    write(office, plan.acts).await;
    (plan.gone, plan.put_back, plan.stay.len())
}

async fn held(office: &Office<'_, MemoryStorage>) -> Vec<ProgrammeRow> {
    programme_rows(&office.records().await.unwrap())
}

fn numbered<'a>(rows: &'a [ProgrammeRow], number: &str) -> &'a ProgrammeRow {
    rows.iter().find(|row| row.registration.number.as_deref() == Some(number)).unwrap()
}

#[tokio::test]
async fn importing_twice_changes_nothing_and_taking_it_back_leaves_nothing() {
    let service = service().await;
    let office = Office::of(&service, None).await.unwrap();
    assert_eq!(import(&office, FIXTURE, "first").await, (62, 0, 0));
    let before = held(&office).await;
    assert_eq!(import(&office, FIXTURE, "second").await, (0, 0, 62));
    assert_eq!(held(&office).await, before);
    assert_eq!(undo(&office, "first").await, (62, 0, 0));
    assert!(held(&office).await.is_empty());
    assert_eq!(undo(&office, "first").await, (0, 0, 0), "nothing of it stands any more");
    assert_eq!(import(&office, FIXTURE, "third").await, (62, 0, 0));
    assert_eq!(held(&office).await.len(), 62);
}

#[tokio::test]
async fn of_a_row_that_differs_only_the_differing_cells_are_set_and_put_back() {
    let service = service().await;
    let office = Office::of(&service, None).await.unwrap();
    import(&office, FIXTURE, "first").await;
    let before = held(&office).await;
    // R009 is completed and asked; R003 was through another channel.
    let later = FIXTURE
        .replace(
            "practising,school transport,public transport,2013-12-15,,,,,",
            "completed,school transport,public transport,2013-12-15,2014-02-20,2014-03-31,yes,no,none",
        )
        .replace("R003,2013-04-11,school", "R003,2013-04-11,MEE consultant")
        // A follow-up of another day is another follow-up; the earlier one stays.
        .replace("2013-07-11,2013-08-29,2014-01-31,yes,yes,none", "2013-07-11,2013-08-29,2014-08-29,no,yes,as before");
    assert_eq!(import(&office, &later, "second").await, (0, 3, 59));
    let after = held(&office).await;
    assert_eq!(numbered(&after, "R003").registration.channel, Channel::Consultant);
    assert_eq!(numbered(&after, "R009").registration.completed, Day::parse("2014-02-20"));
    assert_eq!(numbered(&after, "R001").follow_ups.len(), 2);
    assert_eq!(import(&office, &later, "again").await, (0, 0, 62));
    assert_eq!(undo(&office, "second").await, (0, 3, 0));
    assert_eq!(held(&office).await, before);
    // What put the name of the first import back is no part of it.
    assert_eq!(undo(&office, "first").await, (62, 0, 0));
    assert!(held(&office).await.is_empty());
    let all = names(&office.holdings().await.unwrap().records);
    assert_eq!(Vec::from_iter(all), ["first", "second"]);
}

#[tokio::test]
async fn what_somebody_went_on_with_stays_when_an_import_is_taken_back() {
    let service = service().await;
    let office = Office::of(&service, None).await.unwrap();
    import(&office, FIXTURE, "first").await;
    let rows = held(&office).await;
    let (changed, timed) = (numbered(&rows, "R009").id, numbered(&rows, "R010").id);
    let time = RegistrationTime { stage: Stage::Practice, role: TimeRole::Volunteer, minutes: 90 };
    let below = RecordId::new(Millis(1), [7; 10]);
    write(&office, vec![vec![set(changed, "area", "Noord"), time.make_below(below, timed)]]).await;
    assert_eq!(undo(&office, "first").await, (60, 0, 2));
    let left: Vec<_> = held(&office).await.into_iter().map(|row| row.id).collect();
    assert_eq!(left.len(), 2);
    assert!(left.contains(&changed) && left.contains(&timed));
}

#[tokio::test]
async fn what_was_written_after_an_import_is_not_put_back() {
    let service = service().await;
    let office = Office::of(&service, None).await.unwrap();
    import(&office, FIXTURE, "first").await;
    let second = FIXTURE.replace("R003,2013-04-11,school", "R003,2013-04-10,MEE consultant");
    import(&office, &second, "second").await;
    let row = numbered(&held(&office).await, "R003").id;
    write(&office, vec![vec![set(row, "channel", Channel::Care)]]).await;
    assert_eq!(undo(&office, "second").await, (0, 1, 0));
    let after = held(&office).await;
    let row = &numbered(&after, "R003").registration;
    assert_eq!((row.channel, row.registered), (Channel::Care, Day::parse("2013-04-11").unwrap()));
}

/// So many rows, each with a follow-up, under names that begin like this.
fn many(rows: usize, name: &str) -> String {
    let header = FIXTURE.lines().next().unwrap();
    let rows: String = (0..rows)
        .map(|n| {
            format!(
                "{name}{n},2013-01-02,school,completed,none yet,bicycle,2013-02-01,2013-03-01,2013-09-01,yes,no,none\n"
            )
        })
        .collect();
    format!("{header}\n{rows}")
}

/// How many edits stand in the programme.
async fn edits(office: &Office<'_, MemoryStorage>) -> u64 {
    office.holdings().await.unwrap().circle.map_or(0, |circle| circle.counter)
}

#[tokio::test]
async fn what_fits_in_an_edit_is_one_and_what_does_not_goes_in_several() {
    let service = service().await;
    let office = Office::of(&service, None).await.unwrap();
    assert_eq!(import(&office, &many(500, "A"), "one").await, (500, 0, 0));
    assert_eq!(edits(&office).await, 1);
    assert_eq!(import(&office, &many(1_500, "N"), "many").await, (1_500, 0, 0));
    assert_eq!(edits(&office).await, 4);
    let rows = held(&office).await;
    let programme = Programme::of(&rows, None, Day::parse("2014-01-01").unwrap());
    assert_eq!(programme.count(FigureKey::Later), 2_000);
    assert_eq!(undo(&office, "many").await, (1_500, 0, 0));
    assert_eq!(held(&office).await.len(), 500);
}

#[tokio::test]
async fn rows_with_long_names_are_imported_in_edits_that_the_service_takes() {
    let service = service().await;
    let office = Office::of(&service, None).await.unwrap();
    let header = FIXTURE.lines().next().unwrap();
    let name = "名".repeat(60);
    let rows: String = (0..1_000).map(|n| format!("{name}{n},2013-01-02,school,registered,,,,,,,,\n")).collect();
    assert_eq!(import(&office, &format!("{header}\n{rows}"), &"x".repeat(64)).await, (1_000, 0, 0));
    assert_eq!((held(&office).await.len(), edits(&office).await), (1_000, 2));
}

#[tokio::test]
async fn where_another_writes_in_a_row_at_the_same_moment_the_others_are_written_under_one_name_and_taken_back_at_once()
{
    let service = service().await;
    let office = Office::of(&service, None).await.unwrap();
    import(&office, &many(1, "before"), "before").await;
    let seen = office.holdings().await.unwrap();
    let author = office.author(None).await.unwrap();
    let text = many(1_500, "N");
    let plan = |text: &str, name| plan::plan(office.organisation.id, &rows_of(text), &seen.now(), name).acts;
    let ports: (&dyn Clock, &dyn Randomness) = (&SystemClock, &OsRandomness);
    let others: String =
        text.lines().filter(|line| line.starts_with("reg") || line.starts_with("N700,")).collect::<Vec<_>>().join("\n");
    office.write(ports, author, &seen, plan(&others.replace("school", "care organisation"), "other")).await.unwrap();

    let told = office.write(ports, author, &seen, plan(&text, "many")).await.unwrap_err();
    assert!(matches!(told, ExchangeError::PartWritten { written: 1_499, left: 1 }), "{told}");
    assert!(told.to_string().starts_with("part was written: 1499 rows are, and 1 not"), "{told}");
    let rows = held(&office).await;
    assert_eq!((rows.len(), numbered(&rows, "N700").registration.channel), (1_501, Channel::Care));
    let again = plan::plan(office.organisation.id, &rows_of(&text), &office.holdings().await.unwrap().now(), "again");
    assert_eq!((again.new.len(), again.changed_rows, again.unchanged), (0, 1, 1_499), "it is shown what is left");
    assert_eq!(undo(&office, "many").await, (1_499, 0, 0));
    assert_eq!(held(&office).await.len(), 2);
}

#[tokio::test]
async fn two_who_import_the_same_at_once_make_each_row_once() {
    let service = service().await;
    let office = Office::of(&service, None).await.unwrap();
    // The programme is there, and neither has seen what the other is about to write.
    import(&office, &FIXTURE.lines().take(2).map(|line| format!("{line}\n")).collect::<String>(), "before").await;
    let seen = office.holdings().await.unwrap();
    let author = office.author(None).await.unwrap();
    let plan = |name| plan::plan(office.organisation.id, &rows_of(FIXTURE), &seen.now(), name).acts;
    let ports: (&dyn Clock, &dyn Randomness) = (&SystemClock, &OsRandomness);
    office.write(ports, author, &seen, plan("one")).await.unwrap();
    let refused = office.write(ports, author, &seen, plan("other")).await;
    assert!(matches!(refused, Err(ExchangeError::NotWritten(_))), "{refused:?}");
    assert_eq!(held(&office).await.len(), 62);
    assert_eq!(import(&office, FIXTURE, "other").await, (0, 0, 62));
}

#[tokio::test]
async fn only_an_administrator_or_coordinator_writes_and_the_first_administrator_unless_said() {
    let service = service().await;
    let office = Office::of(&service, Some("de brug")).await.unwrap();
    assert_eq!(office.author(None).await.unwrap().1, OrganisationRole::Administrator);
    assert_eq!(office.author(Some("tim")).await.unwrap().1, OrganisationRole::Coordinator);
    assert!(matches!(office.author(Some("Marloes")).await, Err(ExchangeError::NotTheirs(_))));
    assert!(matches!(Office::of(&service, Some("De Sluis")).await, Err(ExchangeError::WhichOrganisation(_))));
    service.create_organisation("De Sluis").await.unwrap();
    assert!(matches!(Office::of(&service, None).await, Err(ExchangeError::WhichOrganisation(_))));
}

#[tokio::test]
async fn a_row_without_a_number_is_exported_under_its_id_and_recognised_by_it() {
    let service = service().await;
    let office = Office::of(&service, None).await.unwrap();
    import(&office, FIXTURE, "first").await;
    let row = numbered(&held(&office).await, "R002").id;
    write(&office, vec![vec![set(row, "number", None::<String>)]]).await;
    let rows = crate::exchange::holdings::file_rows(&held(&office).await);
    let exported = crate::exchange::write::as_text(&rows);
    assert!(exported.contains(&row.to_string()));
    assert_eq!(import(&office, &exported, "again").await, (0, 0, 62));
}
