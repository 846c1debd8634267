//! Rows that tests make, and programmes of them that are drawn.

use opstap_core::model::{
    Channel, Indication, Registration, RegistrationFollowUp, RegistrationTime, SpecialTransport, Stage, StopReasons,
    TimeRole, TrajectoryOutcome, TravelMode,
};
use opstap_core::{Day, RecordId};
use proptest::prelude::*;

use super::{Programme, ProgrammeRow};

pub(super) fn id(n: u16) -> RecordId {
    let mut bytes = [0; 16];
    bytes[..2].copy_from_slice(&n.to_be_bytes());
    RecordId(bytes)
}

pub(super) fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

pub(super) fn registration() -> Registration {
    Registration::of(day("2013-01-10"), Channel::School)
}

pub(super) fn row(n: u16, registration: Registration) -> ProgrammeRow {
    ProgrammeRow { id: id(n), registration, follow_ups: Vec::new(), times: Vec::new() }
}

pub(super) fn completed(n: u16, on: &str) -> ProgrammeRow {
    row(n, Registration { started: Some(day("2013-02-01")), completed: Some(day(on)), ..registration() })
}

pub(super) fn asked(on: &str, travels: Option<bool>) -> RegistrationFollowUp {
    RegistrationFollowUp { on: day(on), months: None, travels, other_routes: None, special: None }
}

pub(super) fn on(rows: &[ProgrammeRow], today: &str) -> Programme {
    Programme::of(rows, None, day(today))
}

pub(super) fn any_day() -> impl Strategy<Value = Option<Day>> {
    let days = (0_u32..700).prop_map(|days| day("2013-01-01").on(days));
    proptest::option::weighted(0.7, days)
}

pub(super) fn any_row() -> impl Strategy<Value = ProgrammeRow> {
    let place = |many: usize| proptest::option::weighted(0.8, 0..many);
    let reasons = proptest::collection::vec(0_usize..7, 0..3);
    let cells = (0..Channel::ALL.len(), place(4), place(3), proptest::option::weighted(0.2, 0_usize..3), reasons);
    let answer = (any_day(), proptest::option::of(any::<bool>()), proptest::option::of(any::<bool>()), place(3));
    let time = (0..Stage::ALL.len(), any::<bool>(), 0_u32..200);
    let below = (proptest::collection::vec(answer, 0..3), proptest::collection::vec(time, 0..4));
    (cells, any_day(), any_day(), below).prop_map(|(cells, started, completed, (answers, times))| {
        let (channel, indication, mode, outcome, reasons) = cells;
        let registration = Registration {
            channel: Channel::ALL[channel],
            indication: indication.map(|place| Indication::ALL[place]),
            mode: mode.map(|place| TravelMode::ALL[place]),
            outcome: outcome.map(|place| TrajectoryOutcome::ALL[place]),
            reasons: StopReasons::of(reasons),
            started,
            completed,
            ..registration()
        };
        let mut row = row(0, registration);
        row.follow_ups = answers
            .into_iter()
            .map(|(on, travels, other_routes, special)| RegistrationFollowUp {
                on: on.unwrap_or_default(),
                months: None,
                travels,
                other_routes,
                special: special.map(|place| SpecialTransport::ALL[place]),
            })
            .collect();
        row.follow_ups.sort_by_key(|found| found.on);
        let times = times.into_iter();
        row.times = times
            .map(|(stage, volunteer, minutes)| RegistrationTime {
                stage: Stage::ALL[stage],
                role: if volunteer { TimeRole::Volunteer } else { TimeRole::Professional },
                minutes,
            })
            .collect();
        row
    })
}

/// A row that withdrew or stopped, of which few are drawn otherwise.
fn ended(mut row: ProgrammeRow) -> ProgrammeRow {
    let Registration { started, outcome, .. } = row.registration;
    // About half of them before practice began.
    row.registration.started = started.filter(|day| day.0 % 2 == 0);
    row.registration.outcome = outcome.or(Some(TrajectoryOutcome::Withdrew));
    row.registration.completed = None;
    row
}

pub(super) fn any_rows() -> impl Strategy<Value = Vec<ProgrammeRow>> {
    // A few rows many times over make groups of every size.
    let seed = prop_oneof![any_row(), any_row().prop_map(ended)];
    let seeds = proptest::collection::vec((seed, 1_usize..12), 0..12);
    seeds.prop_map(|seeds| {
        let rows = seeds.into_iter().flat_map(|(row, times)| std::iter::repeat_n(row, times));
        (0..).zip(rows).map(|(n, row)| ProgrammeRow { id: id(n), ..row }).collect()
    })
}
