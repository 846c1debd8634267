//! Grants, a line each: columns `client`, `from`, `to`, `specialist_minutes_per_week` and `basic_minutes_per_week`; `prior_situation` and
//! `number` where they are known. And how what a municipality decides goes beside what it decided before.

use opstap_core::model::{Grant, Model, ToCell};
use opstap_core::{Change, Day, RecordId};

use super::table::Form;
use super::{Fault, Parties, Plan, Planned, Read, Spot};
use crate::exchange::grid::Line;
use crate::exchange::plan::{Becomes, IMPORT};

/// As much as a week has.
pub const MOST_MINUTES_A_WEEK: u32 = 7 * 24 * 60;
const SPECIALIST: &str = "specialist_minutes_per_week";
const BASIC: &str = "basic_minutes_per_week";
const FORM: Form =
    Form { needed: &["client", "from", "to", SPECIALIST, BASIC], optional: &["prior_situation", "number"] };

/// A line of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrantRow {
    /// The client, as the file calls them.
    pub client: String,
    /// What is granted.
    pub grant: Grant,
}

/// The rows of a file.
#[must_use]
pub fn read_grants(lines: &[Line]) -> Read<GrantRow> {
    FORM.read(lines, |cells| {
        let (client, from, to) = (cells.client(), cells.day("from"), cells.day("to"));
        if let (Some(from), Some(to)) = (from, to)
            && to < from
        {
            cells.fault("to", format!("a day not before {} (from)", from.written()));
        }
        let specialist = cells.number(SPECIALIST, (0, MOST_MINUTES_A_WEEK), "minutes a week");
        let basic = cells.number(BASIC, (0, MOST_MINUTES_A_WEEK), "minutes a week");
        let filled = |column| cells.filled(column).map(str::to_owned);
        let (situation, number) = (filled("prior_situation"), filled("number"));
        let grant = Grant { situation, number, ..Grant::of(from?, to?, specialist?, basic?) };
        Some(GrantRow { client: client?, grant })
    })
}

/// A grant as it is to stand.
struct Standing {
    /// Its record; none of one that is new.
    id: Option<RecordId>,
    was: Option<Grant>,
    grant: Grant,
    /// The line of the file that says it.
    spot: Option<Spot>,
}

impl Standing {
    /// Whether a line of a file is about this grant: by the number of both, else by first day and what it is for.
    fn is(&self, other: &Grant) -> bool {
        match (&self.grant.number, &other.number) {
            (Some(one), Some(other)) => one == other,
            _ => self.grant.from == other.from && share(&self.grant, other),
        }
    }

    fn say(&mut self, grant: &Grant, spot: &Spot) {
        let held = self.grant.clone();
        self.grant = Grant {
            situation: grant.situation.clone().or(held.situation),
            number: grant.number.clone().or(held.number),
            import: held.import,
            ..grant.clone()
        };
        self.spot = Some(spot.clone());
    }

    /// Whether another, which begins later, takes its place from then on. What has numbers of its own the municipality ends itself.
    fn is_ended_by(&self, later: &Self) -> bool {
        let told = self.spot.is_some() || later.spot.is_some();
        told && self.runs_into(&later.grant) && (self.grant.number.is_none() || later.grant.number.is_none())
    }

    fn runs_into(&self, later: &Grant) -> bool {
        self.grant.from < later.from && later.from <= self.grant.to && share(&self.grant, later)
    }
}

/// Whether two grants are for the same guidance: one of specialist and one of basic guidance go beside each other.
const fn share(one: &Grant, other: &Grant) -> bool {
    let nothing = one.specialist == 0 && one.basic == 0 || other.specialist == 0 && other.basic == 0;
    nothing || one.specialist > 0 && other.specialist > 0 || one.basic > 0 && other.basic > 0
}

/// What importing them would write, under the name of an import. A line is about the grant of the same number, else about that of the same
/// first day; what begins later ends what began before it.
#[must_use]
pub fn plan_grants(rows: &[(Spot, GrantRow)], parties: &mut Parties, name: &str) -> Plan {
    let mut plan = Plan::default();
    for place in 0..parties.all().len() {
        let own = rows.iter().filter(|(_, row)| parties.place(&row.client) == Some(place));
        let own: Vec<&(Spot, GrantRow)> = own.collect();
        let Some(party) = parties.all().get(place) else { continue };
        let (client, guidance) = (party.name.clone(), party.guidance());
        let there = guidance.grants.into_iter();
        let there = there.map(|(id, grant)| Standing { id: Some(id), was: Some(grant.clone()), grant, spot: None });
        let mut standing: Vec<Standing> = there.collect();
        let mut places = Vec::new();
        for (spot, row) in &own {
            let at = standing.iter().position(|one| one.is(&row.grant)).unwrap_or_else(|| {
                standing.push(Standing { id: None, was: None, grant: row.grant.clone(), spot: None });
                standing.len() - 1
            });
            let Some(one) = standing.get_mut(at) else { continue };
            if let Some(earlier) = one.spot.as_ref().filter(|_| !says(&one.grant, &row.grant)) {
                plan.faults.push(Fault::of_line(
                    spot,
                    format!("one grant for a number, or for a first day, ({earlier} says another)"),
                ));
            }
            one.say(&row.grant, spot);
            places.push((spot, row, at));
        }
        end(&mut standing, &client, &mut plan.notes);
        let becomes = standing.iter().map(|one| {
            let (becomes, act) = written(one, parties, place, name);
            plan.acts.extend(act.map(|act| (place, act)));
            becomes
        });
        let becomes: Vec<Becomes> = becomes.collect();
        for (spot, row, at) in places {
            let (Some(one), Some(becomes)) = (standing.get(at), becomes.get(at).copied()) else { continue };
            let (spot, client, says) = (spot.clone(), row.client.clone(), told(&one.grant, one.was.as_ref()));
            plan.rows.push(Planned { spot, client, becomes, says });
        }
    }
    plan.rows.sort_by(|a, b| a.spot.cmp(&b.spot));
    plan.faults.sort_by(|a, b| a.spot.cmp(&b.spot));
    plan
}

/// Ends what another takes the place of, and says so.
fn end(standing: &mut [Standing], client: &str, notes: &mut Vec<String>) {
    let next =
        |one: &Standing| standing.iter().filter(|later| one.is_ended_by(later)).map(|later| later.grant.from).min();
    let ends: Vec<Option<Day>> = standing.iter().map(|one| next(one).map(|from| from.back(1))).collect();
    for (one, to) in standing.iter().zip(&ends) {
        for later in standing.iter().filter(|later| one.runs_into(&later.grant) && !one.is_ended_by(later)) {
            if let (Some(one), Some(later)) = (&one.grant.number, &later.grant.number)
                && to.is_none()
            {
                notes.push(format!("{client}: {one} and {later} run at the same time, and both count"));
            }
        }
    }
    for (one, to) in standing.iter_mut().zip(ends) {
        let Some(to) = to else { continue };
        if one.was.as_ref().is_none_or(|was| was.to != to) {
            let (from, to, new) = (one.grant.from.written(), to.written(), to.on(1).written());
            notes.push(format!("{client}: the grant from {from} ends on {to}, as another begins on {new}"));
        }
        one.grant.to = to;
    }
}

fn written(one: &Standing, parties: &mut Parties, place: usize, name: &str) -> (Becomes, Option<Vec<Change>>) {
    let Grant { from, to, specialist, basic, .. } = &one.grant;
    let (Some(id), Some(was)) = (one.id, &one.was) else {
        let number = one.grant.number.as_deref().unwrap_or_default();
        let id =
            parties.free_id(place, "grant", format!("{}|{specialist}|{basic}|{number}", from.written()).as_bytes());
        let grant = Grant { import: Some(name.to_owned()), ..one.grant.clone() };
        return (Becomes::New, Some(vec![grant.make(id)]));
    };
    let cells = [
        ("from", was.from.to_cell(), from.to_cell()),
        ("to", was.to.to_cell(), to.to_cell()),
        ("specialist", was.specialist.to_cell(), specialist.to_cell()),
        ("basic", was.basic.to_cell(), basic.to_cell()),
        ("situation", was.situation.to_cell(), one.grant.situation.to_cell()),
        ("number", was.number.to_cell(), one.grant.number.to_cell()),
    ];
    let cells = cells.into_iter().filter(|(_, was, now)| was != now);
    let mut cells: Vec<_> = cells.map(|(cell, _, now)| (cell.into(), now)).collect();
    if cells.is_empty() {
        return (Becomes::Same, None);
    }
    cells.push((IMPORT.into(), name.to_cell()));
    (Becomes::Changed, Some(vec![Change::Set { id, cells }]))
}

/// Whether two lines say the same grant.
fn says(one: &Grant, other: &Grant) -> bool {
    (one.from, one.to, one.specialist, one.basic) == (other.from, other.to, other.specialist, other.basic)
}

fn told(grant: &Grant, was: Option<&Grant>) -> String {
    let one = |grant: &Grant| {
        let Grant { from, to, specialist, basic, .. } = grant;
        format!("{} to {}, specialist {specialist} and basic {basic} minutes a week", from.written(), to.written())
    };
    let number = grant.number.as_deref().map(|number| format!("number {number}, ")).unwrap_or_default();
    let now = format!("{number}{}", one(grant));
    match was {
        Some(was) if !says(was, grant) => format!("{now}, and was {}", one(was)),
        _ => now,
    }
}

#[cfg(test)]
#[path = "grants_tests.rs"]
mod tests;
