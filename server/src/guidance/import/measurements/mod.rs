//! Measurements with their goal, a line a domain of a client: columns `client`, `domain`, `first`, `goal` and `second`. The file has no days:
//! the first measurement is of the first day that is granted, the second of the last, unless somebody says otherwise.

use std::collections::BTreeMap;

use opstap_core::Day;
use opstap_core::instrument::{Answer, Instrument, Level, WhyNot};
use opstap_core::letters::in_small;
use opstap_core::model::Aim;
use opstap_core::plan_format::{Language, Name};
use opstap_insight::Guidance;

use super::table::Form;
use super::{Fault, Parties, Plan, Read, Spot};
use crate::exchange::grid::Line;

mod client;

const FORM: Form = Form { needed: &["client", "domain", "first", "goal", "second"], optional: &[] };
const AIMS: [(&str, Aim); 10] = [
    ("Vooruitgang", Aim::Progress),
    ("progress", Aim::Progress),
    ("Stabiel blijven", Aim::Stable),
    ("stay stable", Aim::Stable),
    ("Begeleide achteruitgang", Aim::Decline),
    ("accompanied decline", Aim::Decline),
    ("Geen doelen", Aim::None),
    ("Geen doel", Aim::None),
    ("no goal", Aim::None),
    ("none", Aim::None),
];

/// A line of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeasuredRow {
    /// The client, as the file calls them.
    pub client: String,
    /// The domain.
    pub domain: Name,
    /// How it stood first.
    pub first: Level,
    /// What was worked towards; none where the file says nothing.
    pub goal: Option<Aim>,
    /// How it stood later; none where it was not measured again.
    pub second: Option<Level>,
}

/// What measurements are read with.
#[derive(Debug, Clone, Copy)]
pub struct Measuring<'a> {
    /// The instrument.
    pub instrument: &'a Instrument,
    /// The day of the first measurement, where it is said.
    pub first: Option<Day>,
    /// The day of the second, where it is said.
    pub second: Option<Day>,
    /// The last day on which anything can have been measured.
    pub today: Day,
}

/// The domains that a file names, to see which version of an instrument it is of.
#[must_use]
pub fn domains_named(lines: &[Line]) -> Vec<&str> {
    let Some((header, body)) = lines.split_first() else { return Vec::new() };
    let place = header.cells.iter().position(|name| name.eq_ignore_ascii_case("domain"));
    let Some(place) = place else { return Vec::new() };
    body.iter().filter_map(|line| Some(line.cells.get(place)?.as_str())).collect()
}

/// The rows of a file that was measured with an instrument.
#[must_use]
pub fn read_measurements(lines: &[Line], instrument: &Instrument) -> Read<MeasuredRow> {
    let id = instrument.id.to_string();
    let is_leveled = |domain: &&opstap_core::instrument::Domain| {
        matches!(instrument.answer_of(domain), Answer::Level | Answer::Stage)
    };
    let mut read = FORM.read(lines, |cells| {
        let client = cells.client();
        let domain = instrument.domain_called(cells.text("domain")).filter(is_leveled);
        if domain.is_none() {
            let known = instrument.domains.iter().filter(is_leveled).filter_map(|domain| domain.name.as_ref());
            let known = known.map(|name| name.get(Language::Dutch)).collect::<Vec<_>>().join(", ");
            cells.fault("domain", format!("a domain of {id} ({known})"));
        }
        let has_second = cells.filled("second").is_some();
        let mut level = |column| {
            let level = instrument.level_called(cells.text(column));
            if level.is_none() {
                let names = (1..).zip(&instrument.levels).map(|(n, name)| format!("{n} {}", name.get(Language::Dutch)));
                cells.fault(column, format!("a level of {id} ({})", names.collect::<Vec<_>>().join(", ")));
            }
            level
        };
        let first = level("first");
        let second = if has_second { Some(level("second")) } else { None };
        let goal = cells.filled("goal").map(|_| {
            let named = "Vooruitgang, Stabiel blijven, Begeleide achteruitgang or Geen doelen";
            cells.word("goal", &AIMS, named)
        });
        let (second, goal) =
            (second.map_or(Some(None), |level| level.map(Some))?, goal.map_or(Some(None), |aim| aim.map(Some))?);
        Some(MeasuredRow { client: client?, domain: domain?.code.clone(), first: first?, goal, second })
    });
    let mut seen: BTreeMap<(String, Name), Spot> = BTreeMap::new();
    for (spot, row) in &read.rows {
        let earlier = seen.entry((in_small(&row.client), row.domain.clone())).or_insert_with(|| spot.clone());
        if earlier != spot {
            read.faults.push(Fault::of_line(spot, format!("each domain of a client once ({earlier} has it too)")));
        }
    }
    read.faults.sort_by(|a, b| a.spot.cmp(&b.spot));
    read
}

/// What importing them would write, under the name of an import.
#[must_use]
pub fn plan_measurements(
    rows: &[(Spot, MeasuredRow)],
    parties: &mut Parties,
    name: &str,
    measuring: Measuring<'_>,
) -> Plan {
    let mut plan = Plan::default();
    for place in 0..parties.all().len() {
        let own = rows.iter().filter(|(_, row)| parties.place(&row.client) == Some(place));
        let own: Vec<&(Spot, MeasuredRow)> = own.collect();
        let (Some(party), Some((spot, _))) = (parties.all().get(place), own.first().copied()) else { continue };
        let guidance = party.guidance();
        plan.faults.extend(own.iter().flat_map(|(spot, row)| not_allowed(spot, row, measuring.instrument, &guidance)));
        let has_second = own.iter().any(|(_, row)| row.second.is_some());
        match days(measuring, &guidance, has_second) {
            Ok(days) => {
                client::plan(&mut plan, parties, (place, name), (measuring.instrument, days), (&own, &guidance));
            }
            Err(expected) => plan.faults.push(Fault::of_line(spot, format!("{}: {expected}", party.name))),
        }
    }
    plan.rows.sort_by(|a, b| a.spot.cmp(&b.spot));
    plan.faults.sort_by(|a, b| a.spot.cmp(&b.spot));
    plan
}

/// The days of both measurements of a client, or what was expected where they cannot be.
fn days(measuring: Measuring<'_>, guidance: &Guidance, has_second: bool) -> Result<(Day, Day), String> {
    let granted = guidance.grants.iter().map(|(_, grant)| (grant.from, grant.to));
    let granted = granted.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)));
    let known = granted.or_else(|| guidance.recorded().map(|period| (period.from, period.to)));
    let first = measuring.first.or(known.map(|known| known.0));
    let second = measuring.second.or(known.map(|known| known.1));
    let neither = "a grant or time that says on which days was measured, or --first DATE and --second DATE,";
    let first = first.ok_or(neither)?;
    let second = if has_second { second.ok_or(neither)? } else { first.on(1) };
    let told = |day: Day| day.written();
    if second <= first {
        return Err(format!("a second measurement after the first of {} (--first and --second say when)", told(first)));
    }
    let last = if has_second { second } else { first };
    if last > measuring.today {
        return Err(format!("a measurement up to today, and not of {} (--first and --second say when),", told(last)));
    }
    Ok((first, second))
}

fn not_allowed(spot: &Spot, row: &MeasuredRow, instrument: &Instrument, guidance: &Guidance) -> Vec<Fault> {
    let levels = [("first", Some(row.first)), ("second", row.second)];
    let of_level = |(column, level): (&'static str, Option<Level>)| {
        let level = level?;
        let answers = BTreeMap::from([(row.domain.clone(), level)]);
        let refused = instrument.not_allowed(&answers, &guidance.circumstances);
        let why = refused.first()?.why;
        let expected = match why {
            WhyNot::Above { most, .. } => {
                format!("at most {}, as somebody else looks after the client's money,", most.number())
            }
            _ => "a level that the instrument has".to_owned(),
        };
        Some(Fault::in_column(spot, column, expected, &level.number().to_string()))
    };
    levels.into_iter().filter_map(of_level).collect()
}
