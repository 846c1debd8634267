//! Whatever a programme holds, what is exported of it can be imported again, and comes to the same figures.

use opstap_core::model::{
    Channel, Indication, Model, Registration, RegistrationFollowUp, SpecialTransport, TrajectoryOutcome, TravelMode,
};
use opstap_core::{Cell, Change, Day, DeviceId, Millis, OrganisationId, Record, RecordId, Stamp};
use opstap_insight::{Programme, programme_rows};
use proptest::prelude::*;

use super::acts::after;
use super::form::FileRow;
use super::holdings::file_rows;
use super::plan::{ImportPlan, plan};
use super::{grid, read, write};

const ORGANISATION: OrganisationId = OrganisationId([3; 16]);

fn record(change: Change) -> Record {
    let Change::Make { id, kind, parent, cells } = change else { unreachable!("a record is made") };
    let stamp = Stamp { millis: Millis(1), counter: 0, device: DeviceId([9; 16]) };
    let mut record = Record::new(id, kind, parent);
    record.cells = cells.into_iter().map(|(name, value)| (name, Cell { value, stamp, number: 1 })).collect();
    record
}

/// The registrations with what was found at most once of each.
fn records(rows: &[(Registration, Option<RegistrationFollowUp>)]) -> Vec<Record> {
    let rows = (1_u8..).zip(rows);
    let made = rows.flat_map(|(n, (registration, found))| {
        let (id, below) = (RecordId([n; 16]), RecordId([n + 100; 16]));
        let found = found.as_ref().map(|found| found.make_below(below, id));
        std::iter::once(registration.make(id)).chain(found)
    });
    made.map(record).collect()
}

fn exported(records: &[Record]) -> read::Held {
    let rows = file_rows(&programme_rows(records));
    read::held(&grid::lines(write::as_text(&rows).as_bytes()).unwrap())
}

fn figures(records: &[Record]) -> Vec<(String, usize)> {
    let programme = Programme::of(&programme_rows(records), None, Day(16_500));
    programme.figures().map(|(key, figure)| (format!("{key:?}"), figure.rows.len())).collect()
}

/// What a file writes in a programme that holds nothing yet.
fn written(rows: &[(u64, FileRow)]) -> Vec<Record> {
    plan(ORGANISATION, rows, &[], "elsewhere").acts.into_iter().flatten().map(record).collect()
}

fn any_row() -> impl Strategy<Value = (Registration, Option<RegistrationFollowUp>)> {
    let day = || proptest::option::weighted(0.6, (15_700_u32..16_400).prop_map(Day));
    let place = |many: usize| proptest::option::of(0..many);
    let answers = (proptest::option::of(any::<bool>()), proptest::option::of(any::<bool>()), place(3));
    let days = (15_700_u32..16_400, day(), day(), day());
    let number = proptest::option::of(prop_oneof![Just("A"), Just("B"), Just("=1+1"), Just(" C")]);
    (number, days, (0..Channel::ALL.len(), place(4), place(3), place(3)), answers).prop_map(
        |(number, days, cells, answers)| {
            let ((registered, started, completed, asked), (channel, indication, mode, outcome)) = (days, cells);
            let registration = Registration {
                number: number.map(str::to_owned),
                indication: indication.map(|place| Indication::ALL[place]),
                mode: mode.map(|place| TravelMode::ALL[place]),
                outcome: outcome.map(|place| TrajectoryOutcome::ALL[place]),
                started,
                completed,
                ..Registration::of(Day(registered), Channel::ALL[channel])
            };
            let (travels, other_routes, special) = answers;
            let special = special.map(|place| SpecialTransport::ALL[place]);
            let found = asked.map(|on| RegistrationFollowUp { on, months: None, travels, other_routes, special });
            (registration, found)
        },
    )
}

/// The same with its days in the order in which they should come.
fn in_order(
    (mut row, mut found): (Registration, Option<RegistrationFollowUp>),
) -> (Registration, Option<RegistrationFollowUp>) {
    let mut days: Vec<Day> = [Some(row.registered), row.started, row.completed].into_iter().flatten().collect();
    days.extend(found.as_ref().map(|found| found.on));
    days.sort();
    let mut days = days.into_iter();
    row.registered = days.next().unwrap_or_default();
    for day in [&mut row.started, &mut row.completed].into_iter().flatten() {
        *day = days.next().unwrap_or_default();
    }
    if let (Some(found), Some(day)) = (&mut found, days.next()) {
        found.on = day;
    }
    (row, found)
}

proptest! {
    #[test]
    fn an_export_is_taken_by_the_programme_that_it_is_of_and_changes_nothing(
        rows in proptest::collection::vec(any_row(), 0..12),
    ) {
        let records = records(&rows);
        let held = exported(&records).beside(&records);
        prop_assert_eq!(&held.faults, &vec![]);
        let plan = plan(ORGANISATION, &held.rows, &records, "again");
        prop_assert_eq!((plan.unchanged, plan.acts), (rows.len(), vec![]));
    }

    #[test]
    fn an_export_gives_the_same_figures_in_another_programme(
        rows in proptest::collection::vec(any_row().prop_map(in_order), 0..12),
    ) {
        let records = records(&rows);
        let held = exported(&records);
        prop_assert_eq!(&held.faults, &vec![]);
        prop_assert_eq!(figures(&written(&held.rows)), figures(&records));
    }
}

/// The records after an import of rows.
fn after_import(rows: &[(u64, FileRow)], records: &[Record], name: &str) -> (ImportPlan, Vec<Record>) {
    let plan = plan(ORGANISATION, rows, records, name);
    let act: Vec<Change> = plan.acts.iter().flatten().cloned().collect();
    let after = after(&records.iter().collect::<Vec<_>>(), &act);
    (plan, after)
}

proptest! {
    #[test]
    fn of_an_export_in_which_one_column_was_edited_that_one_is_written_and_a_second_import_writes_nothing(
        rows in proptest::collection::vec(any_row(), 1..6),
        others in proptest::collection::vec(any_row(), 1..6),
        column in 0..7_usize,
    ) {
        let records = records(&rows);
        let mut held = file_rows(&programme_rows(&records)).into_iter().map(|row| (1, row)).collect::<Vec<_>>();
        let before = held.clone();
        for ((_, row), (other, _)) in held.iter_mut().zip(&others) {
            match column {
                0 => row.registered = other.registered,
                1 => row.channel = other.channel,
                2 => row.indication = other.indication,
                3 => row.mode = other.mode,
                4 => row.started = other.started,
                5 => row.completed = other.completed,
                _ => row.follow_up = None,
            }
        }
        let (first, after) = after_import(&held, &records, "first");
        let edited = held.iter().zip(&before).filter(|(now, before)| now != before).count();
        prop_assert!(first.acts.len() <= edited, "{first:?}");
        if column < 4 {
            prop_assert_eq!(first.changed.len(), edited, "{:?}", first);
        }
        let (second, _) = after_import(&held, &after, "second");
        prop_assert!(second.acts.is_empty(), "{:?}", second);
    }
}

/// The one row of a programme, as text, with something of it edited; gives the cells that importing it sets.
fn sets(row: Registration, edit: impl Fn(&str) -> String) -> Vec<String> {
    let records = records(&[(row, None)]);
    let text = edit(&write::as_text(&file_rows(&programme_rows(&records))));
    let rows = read::held(&grid::lines(text.as_bytes()).unwrap()).beside(&records).all().unwrap();
    let plan = plan(ORGANISATION, &rows, &records, "edited");
    let cells = plan.acts.iter().flatten().flat_map(Change::cells).map(|(name, _)| name.to_string());
    cells.filter(|name| name != "import").collect()
}

#[test]
fn what_an_export_infers_is_not_written_when_another_column_of_the_row_is_edited() {
    let day = |text| Day::parse(text).unwrap();
    let registered = || Registration::of(day("2013-01-10"), Channel::School);
    let to_care = |text: &str| text.replace("school", "care organisation");
    let completed = Registration { completed: Some(day("2013-06-01")), ..registered() };
    assert_eq!(sets(completed.clone(), to_care), ["channel"], "no day on which it started");
    let stopped = Registration { outcome: Some(TrajectoryOutcome::Stopped), ..registered() };
    assert_eq!(
        sets(stopped, to_care),
        ["channel"],
        "it stopped before practice began, and is not written as withdrawn"
    );
    // The day on which it started was that of its completion, and is said to be the same: now it would follow that one.
    let later = |text: &str| text.replace("2013-06-01,2013-06-01", "2013-06-01,2013-07-01");
    assert_eq!(sets(completed, later), ["started", "completed"]);
}

#[test]
fn who_stopped_after_travelling_alone_is_exported_with_all_days_and_imported_again() {
    let day = |text| Day::parse(text).unwrap();
    let stopped = Registration {
        outcome: Some(TrajectoryOutcome::Stopped),
        started: Some(day("2013-02-01")),
        completed: Some(day("2013-06-01")),
        ..Registration::of(day("2013-01-10"), Channel::School)
    };
    let found = RegistrationFollowUp {
        on: day("2013-09-01"),
        months: None,
        travels: Some(false),
        other_routes: None,
        special: None,
    };
    let outside = Registration { outcome: Some(TrajectoryOutcome::Outside), completed: None, ..stopped.clone() };
    let records = records(&[(stopped, Some(found)), (outside, None)]);
    let rows = file_rows(&programme_rows(&records));
    let text = write::as_text(&rows);
    assert!(text.contains(",stopped,,,2013-02-01,2013-06-01,2013-09-01,no,,"), "{text}");
    assert!(text.contains(",outside area,,,2013-02-01,,,,,"), "{text}");
    assert_eq!(exported(&records).all().map(|rows| rows.len()), Ok(2));
}

#[test]
fn days_out_of_order_are_at_fault_only_where_they_are_new() {
    let day = |text| Day::parse(text).unwrap();
    // Registered here long after practice had begun.
    let late = Registration {
        number: Some("R1".to_owned()),
        started: Some(day("2013-02-01")),
        ..Registration::of(day("2013-03-10"), Channel::School)
    };
    let records = records(&[(late, None)]);
    let held = exported(&records);
    assert_eq!((held.rows.len(), held.faults.len()), (0, 1));
    let rows = file_rows(&programme_rows(&records));
    let read = |text: &str| read::held(&grid::lines(text.as_bytes()).unwrap()).beside(&records);
    let text = write::as_text(&rows);
    assert_eq!(read(&text.replace("school", "self or parent")).all().map(|rows| rows.len()), Ok(1));
    assert_eq!(read(&text.replace("2013-02-01", "2013-02-02")).faults.len(), 1);
    let twice = format!("{text}{}", text.lines().next_back().unwrap());
    let twice = read(&twice);
    assert_eq!((twice.rows.len(), twice.faults.len()), (1, 1), "the name stands there twice");
}
