//! What of a circle's records counts, whoever corrected it and in whatever order it comes.

use opstap_core::instrument::{SHIPPED, parse};
use opstap_core::model::{TimeKind, ToCell};
use opstap_core::record::DELETED;
use opstap_core::{Cell, Change, DeviceId, Millis, Stamp};

use super::*;
use crate::guidance::Change as Went;

const PB: PersonId = PersonId([1; 16]);
const MB: PersonId = PersonId([2; 16]);

fn id(n: u8) -> RecordId {
    RecordId([n; 16])
}

/// A record made at a moment by the device of a person.
fn made(at: u64, by: PersonId, change: &Change) -> Record {
    let Change::Make { id, kind, parent, cells } = change else { panic!("it makes nothing") };
    let stamp = Stamp::next(Millis(at), None, DeviceId(by.0));
    let mut record = Record::new(*id, *kind, *parent);
    for (name, value) in cells {
        record.cells.insert(name.clone(), Cell { value: value.clone(), stamp, number: at });
    }
    record
}

fn time(n: u8, by: PersonId, minutes: u32, replaces: Option<u8>) -> (u8, PersonId, TimeSpent) {
    (n, by, TimeSpent { replaces: replaces.map(id), ..TimeSpent::of(Day(100), minutes, TimeKind::Direct) })
}

fn told(records: &[Record]) -> Guidance {
    let members = [(PB, Relation::Supervisor), (MB, Relation::SupportWorker)];
    guidance_of(records, |record| duo_role(record.made().map(|made| PersonId(made.device.0)), &members))
}

fn roles(times: &[(u8, PersonId, TimeSpent)]) -> Vec<(DuoRole, u32)> {
    let records: Vec<_> = times.iter().map(|(n, by, time)| made(u64::from(*n), *by, &time.make(id(*n)))).collect();
    told(&records).times.iter().map(|time| (time.role, time.minutes)).collect()
}

#[test]
fn time_is_of_the_role_it_names_and_else_of_its_authors() {
    let named = |mut of: (u8, PersonId, TimeSpent), role| {
        of.2.role = Some(role);
        of
    };
    let all = [time(1, PB, 10, None), time(2, MB, 20, None), named(time(3, MB, 30, None), DuoRole::Supervisor)];
    let (pb, mb) = (DuoRole::Supervisor, DuoRole::SupportWorker);
    assert_eq!(roles(&all), [(pb, 10), (mb, 20), (pb, 30)]);
    let corrected = [named(time(1, PB, 10, None), mb), time(2, PB, 15, Some(1))];
    assert_eq!(roles(&corrected), [(mb, 15)], "a correction says how much, not whose");
    assert_eq!(roles(&[time(1, MB, 10, None), time(2, PB, 15, Some(1))]), [(mb, 15)]);
}

#[test]
fn time_of_somebody_who_is_not_of_the_duo_is_told_apart() {
    let (_, _, of_another) = time(1, PB, 25, None);
    let guidance = told(&[made(1, PersonId([9; 16]), &of_another.make(id(1)))]);
    assert_eq!((guidance.times.len(), guidance.of_neither.len()), (0, 1));
    assert_eq!(guidance.recorded(), Some(Period { from: Day(100), to: Day(100) }));
}

#[test]
fn what_was_deleted_or_corrected_counts_no_more() {
    let mut gone = made(1, PB, &TimeSpent::of(Day(3), 60, TimeKind::Direct).make(id(1)));
    gone.cells.insert(
        DELETED.into(),
        Cell { value: true.to_cell(), stamp: Stamp::next(Millis(5), None, DeviceId(PB.0)), number: 5 },
    );
    let grant = made(2, PB, &Grant::of(Day(10), Day(40), 180, 60).make(id(2)));
    let guidance = told(&[gone, grant]);
    assert_eq!(guidance.times, []);
    assert_eq!((guidance.recorded(), guidance.span()), (None, Some(Period { from: Day(10), to: Day(40) })));
}

fn measurement(n: u8, on: u32, levels: &[(&str, u8)], replaces: Option<u8>) -> Vec<Record> {
    let measurement = Measurement {
        instrument: "zrm.1".to_owned(),
        on: Day(on),
        together: None,
        by: None,
        word: None,
        replaces: replaces.map(id),
        import: None,
    };
    let mut records = vec![made(u64::from(n), PB, &measurement.make(id(n)))];
    for (place, (domain, level)) in (1_u8..).zip(levels) {
        let answer = DomainAnswer { domain: (*domain).to_owned(), level: Level::new(*level), yes: None, word: None };
        records.push(made(u64::from(n), PB, &answer.make_below(id(n + place), id(n))));
    }
    records
}

fn goal(n: u8, aim: Aim, from: u32, ended: Option<u32>) -> Record {
    let goal = DomainGoal {
        instrument: "zrm.1".to_owned(),
        domain: "adl".to_owned(),
        aim,
        words: None,
        picture: None,
        from: Some(Day(from)),
        ended: ended.map(Day),
        import: None,
    };
    made(u64::from(n), PB, &goal.make(id(n)))
}

fn adl(guidance: &Guidance, period: Option<Period>) -> Effect<Name, Level> {
    let zrm = SHIPPED.into_iter().map(|bytes| parse(bytes).unwrap()).find(|one| one.id.to_string() == "zrm.1").unwrap();
    let effects = guidance.effects(&zrm, period);
    assert_eq!(effects.len(), 11);
    effects.into_iter().find(|effect| effect.domain.as_str() == "adl").unwrap()
}

#[test]
fn a_correction_takes_the_place_of_a_measurement_with_all_its_answers() {
    let mut records = measurement(10, 50, &[("adl", 2), ("housing", 5)], None);
    records.extend(measurement(20, 90, &[("adl", 4)], None));
    records.extend(measurement(30, 90, &[("adl", 3)], Some(20)));
    records.reverse();
    let guidance = told(&records);
    let effect = adl(&guidance, None);
    assert_eq!((effect.change(), effect.measured.len()), (Some(Went::Up), 2));
    assert_eq!(effect.second().map(|(_, level)| level.number()), Some(3));
    assert_eq!(guidance.measurements.last().map(|story| story.corrected.clone()), Some(vec![id(20)]));
}

#[test]
fn the_goal_of_a_domain_is_the_last_without_an_end_and_in_a_period_one_of_its_time() {
    let records =
        [goal(1, Aim::Stable, 10, Some(60)), goal(2, Aim::Progress, 61, None), goal(3, Aim::Decline, 20, Some(30))];
    let guidance = told(&records);
    let aim = |period| adl(&guidance, period).goal;
    assert_eq!(aim(None), Aim::Progress);
    assert_eq!(aim(Some(Period { from: Day(40), to: Day(60) })), Aim::Stable);
    assert_eq!(aim(Some(Period { from: Day(0), to: Day(9) })), Aim::None);
    assert_eq!(adl(&told(&records[..1]), None).goal, Aim::Stable, "what was reached and ended was worked towards");
}

#[test]
fn of_a_period_only_what_was_measured_in_it_counts() {
    let mut records = measurement(10, 50, &[("adl", 2)], None);
    records.extend(measurement(20, 90, &[("adl", 4)], None));
    let guidance = told(&records);
    assert_eq!(adl(&guidance, Some(Period { from: Day(50), to: Day(89) })).measured.len(), 1);
    assert_eq!(adl(&guidance, Some(Period { from: Day(50), to: Day(90) })).measured.len(), 2);
}

#[test]
fn of_two_circumstances_made_apart_the_lower_id_counts() {
    let guarded = |n: u8, is_so| {
        let circumstances = Circumstances { financial_guardianship: Some(is_so) };
        made(u64::from(n), PB, &circumstances.make(id(n)))
    };
    assert_eq!(told(&[guarded(2, false), guarded(1, true)]).circumstances, [Circumstance::FinancialGuardianship]);
    assert_eq!(told(&[guarded(1, false), guarded(2, true)]).circumstances, []);
}
