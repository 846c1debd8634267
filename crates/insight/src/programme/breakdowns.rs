//! From registration to follow-up: how many, taken apart.

use std::collections::BTreeSet;

use opstap_core::Day;
use opstap_core::model::{Channel, Indication, ProgrammeSettings, SpecialTransport, StopReason, TravelMode};

use super::{
    Breakdown, BreakdownKey, Figure, FigureKey, Programme, ProgrammeRow, Quarter, Standing, THREE_MONTHS, Target,
};

/// Adds what is counted.
pub(super) fn add(programme: &mut Programme, rows: &[ProgrammeRow], settings: Option<&ProgrammeSettings>, today: Day) {
    let all = Figure { rows: rows.iter().map(|row| row.id).collect(), minutes: None };
    programme.figures.insert(FigureKey::Registered, all);
    registered(programme, rows);
    started(programme, rows);
    completed(programme, rows);
    years(programme, rows, settings, today);
}

fn registered(programme: &mut Programme, rows: &[ProgrammeRow]) {
    let channels = Channel::ALL.iter().copied().map(FigureKey::Through);
    programme.part(rows, (BreakdownKey::Channels, FigureKey::Registered), channels, |row| {
        FigureKey::Through(row.registration.channel)
    });
    let courses = [FigureKey::Waiting, FigureKey::Outside, FigureKey::Withdrew, FigureKey::Started];
    programme.part(rows, (BreakdownKey::Courses, FigureKey::Registered), courses, |row| match row.standing() {
        Standing::Waiting => FigureKey::Waiting,
        Standing::Outside => FigureKey::Outside,
        Standing::Withdrew => FigureKey::Withdrew,
        Standing::Running | Standing::Stopped | Standing::Completed => FigureKey::Started,
    });
    reasons(programme, rows, (BreakdownKey::WithdrewReasons, FigureKey::Withdrew), FigureKey::WithdrewFor);
}

fn started(programme: &mut Programme, rows: &[ProgrammeRow]) {
    let indications = Indication::ALL.iter().copied().map(|indication| FigureKey::WithIndication(Some(indication)));
    programme.part(rows, (BreakdownKey::Indications, FigureKey::Started), indications, |row| {
        FigureKey::WithIndication(row.registration.indication)
    });
    let modes = TravelMode::ALL.iter().copied().map(|mode| FigureKey::ByMode(Some(mode)));
    programme
        .part(rows, (BreakdownKey::Modes, FigureKey::Started), modes, |row| FigureKey::ByMode(row.registration.mode));
    let standings = [FigureKey::Running, FigureKey::Stopped, FigureKey::Completed];
    programme.part(rows, (BreakdownKey::Standings, FigureKey::Started), standings, |row| match row.standing() {
        Standing::Completed => FigureKey::Completed,
        Standing::Running => FigureKey::Running,
        // The others did not start.
        Standing::Stopped | Standing::Waiting | Standing::Outside | Standing::Withdrew => FigureKey::Stopped,
    });
    reasons(programme, rows, (BreakdownKey::StopReasons, FigureKey::Stopped), FigureKey::StoppedFor);
}

/// Takes apart by reasons, of which several may hold.
fn reasons(
    programme: &mut Programme,
    rows: &[ProgrammeRow],
    (key, of): (BreakdownKey, FigureKey),
    group: impl Fn(Option<StopReason>) -> FigureKey,
) {
    let ended: Vec<&ProgrammeRow> = programme.rows_of(rows, of).collect();
    let said = |row: &ProgrammeRow, place| row.registration.reasons.is_some_and(|reasons| reasons.has(place));
    let mut groups = Vec::new();
    let places = StopReason::ALL.iter().copied().enumerate().map(|(place, reason)| (Some(place), Some(reason)));
    for (place, reason) in places.chain([(None, None)]) {
        let holds = |row: &&&ProgrammeRow| match place {
            Some(place) => said(row, place),
            None => row.registration.reasons.is_none(),
        };
        let found: Vec<_> = ended.iter().filter(holds).map(|row| row.id).collect();
        // What was not written down is only told of where it happened.
        if reason.is_some() || !found.is_empty() {
            groups.push(group(reason));
            programme.figures.insert(group(reason), Figure { rows: found, minutes: None });
        }
    }
    programme.breakdowns.push(Breakdown { key, of, groups, overlap: true });
}

fn completed(programme: &mut Programme, rows: &[ProgrammeRow]) {
    let asked = [FigureKey::FollowedUp, FigureKey::NotFollowedUp];
    programme.part(rows, (BreakdownKey::FollowUps, FigureKey::Completed), asked, |row| {
        if row.latest_follow_up().is_some() { FigureKey::FollowedUp } else { FigureKey::NotFollowedUp }
    });
    let delays = [FigureKey::WithinThreeMonths, FigureKey::Later];
    programme.part(rows, (BreakdownKey::FollowUpDelay, FigureKey::FollowedUp), delays, |row| {
        let asked = row.latest_follow_up().map(|found| found.on);
        let until = row.completed().map(|completed| completed.on(THREE_MONTHS));
        if asked <= until { FigureKey::WithinThreeMonths } else { FigureKey::Later }
    });
    let travels = [true, false].map(|said| FigureKey::Travels(Some(said)));
    programme.part(rows, (BreakdownKey::Travelling, FigureKey::FollowedUp), travels, |row| {
        FigureKey::Travels(row.latest_follow_up().and_then(|found| found.travels))
    });
    let others = [true, false].map(|said| FigureKey::OtherRoutes(Some(said)));
    programme.part(rows, (BreakdownKey::OtherRoutes, FigureKey::FollowedUp), others, |row| {
        FigureKey::OtherRoutes(row.latest_follow_up().and_then(|found| found.other_routes))
    });
    let special = SpecialTransport::ALL.iter().copied().map(|special| FigureKey::Special(Some(special)));
    programme.part(rows, (BreakdownKey::SpecialTransport, FigureKey::FollowedUp), special, |row| {
        FigureKey::Special(row.latest_follow_up().and_then(|found| found.special))
    });
}

/// By calendar year, beside the targets, and by quarter. The targets are those of now: they hold for this year, and for the one before, over
/// which whoever pays is told in the year after it.
fn years(programme: &mut Programme, rows: &[ProgrammeRow], settings: Option<&ProgrammeSettings>, today: Day) {
    let year = |day: Option<Day>| day.unwrap_or_default().month().year();
    let began: BTreeSet<u32> = rows.iter().filter_map(ProgrammeRow::started).map(|day| year(Some(day))).collect();
    let ended: BTreeSet<u32> = rows.iter().filter_map(ProgrammeRow::completed).map(|day| year(Some(day))).collect();
    let mut all: BTreeSet<u32> = began.union(&ended).copied().collect();
    let (started, completed) =
        settings.map_or((None, None), |settings| (settings.target_started, settings.target_completed));
    let now = today.month().year();
    if started.or(completed).is_some() {
        all.insert(now);
    }
    let started_in = all.iter().copied().map(FigureKey::StartedIn);
    programme.part(rows, (BreakdownKey::StartedByYear, FigureKey::Started), started_in, |row| {
        FigureKey::StartedIn(year(row.started()))
    });
    let completed_in = all.iter().copied().map(FigureKey::CompletedIn);
    programme.part(rows, (BreakdownKey::CompletedByYear, FigureKey::Completed), completed_in, |row| {
        FigureKey::CompletedIn(year(row.completed()))
    });
    for of in ended {
        let quarters = (1..=4).map(|of_year| FigureKey::CompletedInQuarter(Quarter { year: of, of_year }));
        programme.part(rows, (BreakdownKey::CompletedByQuarter(of), FigureKey::CompletedIn(of)), quarters, |row| {
            FigureKey::CompletedInQuarter(Quarter::of(row.completed().unwrap_or_default()))
        });
    }
    let held = all.into_iter().filter(|year| (now.saturating_sub(1)..=now).contains(year));
    programme.targets = held.map(|year| Target { year, started, completed }).collect();
}
