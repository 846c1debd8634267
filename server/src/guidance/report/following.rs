//! The report on following: in which weeks anybody looked at what asked for attention, and who of the professionals did. It counts the work of
//! colleagues and names no client.

use std::collections::{BTreeMap, HashSet};

use opstap_core::model::{AttentionAct, AttentionMark, CircleKind, Member, Model, OrganisationRole, Relation};
use opstap_core::{Day, Kind, OrganisationId, PersonId, Record};
use opstap_insight::following::{Deed, Used, used_by_week};
use opstap_insight::{Period, Week};
use opstap_sync_server::storage::Snapshot;
use opstap_sync_server::{Service, Storage, StorageError};
use serde_json::{Value, json};

use super::words::Words;
use crate::exchange::write::between_commas;
use crate::lists::Local;
use crate::settings::ReportFormat;
use crate::sheet::{Sheet, Table};

const CSV: [&str; 9] = ["week", "from", "people", "days", "clients", "looked", "put_off", "done", "last"];
/// As far back as weeks are told: three years.
const MOST_WEEKS: u32 = 156;

/// A professional of the organisation.
#[derive(Debug, Clone)]
struct Colleague {
    name: String,
    /// In how many circles of clients they are as a professional now.
    follows: usize,
}

/// What stands about following in the circles of an organisation.
#[derive(Debug, Clone, Default)]
pub struct Followed {
    colleagues: BTreeMap<PersonId, Colleague>,
    deeds: Vec<Deed>,
}

/// Reads it: who follows whom, and what they did with what asked.
///
/// # Errors
/// When the database fails.
pub async fn followed<S: Storage>(
    service: &Service<S>,
    organisation: OrganisationId,
) -> Result<Followed, StorageError> {
    let read = service.storage().read(move |snapshot| {
        let mut found = Followed::default();
        for person in
            snapshot.persons(organisation)?.into_iter().filter(|one| one.role >= OrganisationRole::Professional)
        {
            found.colleagues.insert(person.id, Colleague { name: person.name, follows: 0 });
        }
        let (mut owners, mut seen) = (BTreeMap::new(), HashSet::new());
        for circle in snapshot.circles_of_organisation(organisation, CircleKind::Client)? {
            let members = snapshot.records_of_kind(circle, Kind::Member)?;
            for member in members.iter().filter(|record| !record.is_deleted()).filter_map(Member::from_record) {
                let follows = member.relation.is_professional() && member.relation != Relation::NeighbourhoodCoach;
                if follows && let Some(colleague) = found.colleagues.get_mut(&member.person) {
                    colleague.follows += 1;
                }
            }
            for record in snapshot.records_of_kind(circle, Kind::AttentionMark)? {
                let Some(mark) = AttentionMark::from_record(&record).filter(|_| !record.is_deleted()) else { continue };
                let (by, on) = (owner(snapshot, &record, &mut owners)?, Local::of(mark.at).day);
                // Put off until that same day, it was brought back: that is no putting off.
                let is_back = mark.act == AttentionAct::Later && mark.until.is_some_and(|until| until <= on);
                // Whoever has two windows open may have looked in both.
                let again = mark.act == AttentionAct::Looked && !seen.insert((by, circle, mark.rule, mark.about, on));
                if !is_back && !again {
                    found.deeds.push(Deed { by, circle, on, act: mark.act });
                }
            }
        }
        Ok(found)
    });
    read.await
}

/// Whose the device is that made a record; `known` keeps what was asked before.
fn owner(
    snapshot: &dyn Snapshot,
    record: &Record,
    known: &mut BTreeMap<opstap_core::DeviceId, Option<PersonId>>,
) -> Result<Option<PersonId>, StorageError> {
    let Some(device) = record.made().map(|made| made.device) else { return Ok(None) };
    if let Some(owner) = known.get(&device) {
        return Ok(*owner);
    }
    let owner = snapshot.device(device)?.map(|row| row.person);
    known.insert(device, owner);
    Ok(owner)
}

/// The report.
#[derive(Debug, Clone)]
pub struct FollowingReport<'a> {
    organisation: &'a str,
    period: Period,
    weeks: Vec<(Week, Used)>,
    colleagues: Vec<(&'a Colleague, Used)>,
    all: Used,
}

impl<'a> FollowingReport<'a> {
    /// The report over the weeks of a period; without a begin from the first in which somebody did anything, and no further than today. Of
    /// single days it would tell on which one a client asked for somebody.
    #[must_use]
    pub fn of(organisation: &'a str, read: &'a Followed, period: (Option<Day>, Option<Day>), today: Day) -> Self {
        let to = Week::of(period.1.unwrap_or(today).min(today)).sunday().min(today);
        let first = period.0.or_else(|| read.deeds.iter().map(|deed| deed.on).min()).unwrap_or(to).min(to);
        let from = Week::of(first.max(to.back(MOST_WEEKS * 7))).monday();
        let period = Period { from, to };
        let deeds: Vec<Deed> = read.deeds.iter().filter(|deed| period.has(deed.on)).copied().collect();
        let colleague = |(person, colleague): (&PersonId, &'a Colleague)| {
            let used = Used::of(deeds.iter().filter(|deed| deed.by == Some(*person)));
            // Who follows nobody and did nothing has no row.
            (colleague.follows > 0 || used.last.is_some()).then_some((colleague, used))
        };
        let mut colleagues: Vec<_> = read.colleagues.iter().filter_map(colleague).collect();
        colleagues.sort_by(|(one, _), (other, _)| one.name.cmp(&other.name));
        let (weeks, all) = (used_by_week(&deeds, from, to), Used::of(deeds.iter()));
        Self { organisation, period, weeks, colleagues, all }
    }

    /// The report as it is asked for; as a table between commas the weeks.
    #[must_use]
    pub fn written(&self, format: ReportFormat, words: &Words) -> String {
        match format {
            ReportFormat::Text => self.sheet(words).as_text(),
            ReportFormat::Html => self.sheet(words).as_page(words.code()),
            ReportFormat::Csv => self.as_csv(),
            ReportFormat::Json => format!("{:#}\n", self.as_json()),
        }
    }

    fn as_csv(&self) -> String {
        let line = |(week, used): &(Week, Used)| {
            let Used { people, days, clients, looked, later, done, last, .. } = used;
            let counts = [people, days, clients, looked, later, done].map(ToString::to_string);
            let [people, days, clients, looked, later, done] = counts;
            let last = last.map(Day::written).unwrap_or_default();
            [week.written(), week.monday().written(), people, days, clients, looked, later, done, last]
        };
        between_commas(std::iter::once(CSV.map(str::to_owned)).chain(self.weeks.iter().map(line)))
    }

    fn as_json(&self) -> Value {
        let counts = |used: &Used| {
            let Used { people, days, weeks, clients, looked, later, done, last } = used;
            let last = last.map(Day::written);
            json!({ "people": people, "days": days, "weeks": weeks, "clients": clients, "looked": looked, "put_off": later, "done": done, "last": last })
        };
        let week = |(week, used): &(Week, Used)| json!({ "week": week.written(), "from": week.monday().written(), "used": counts(used) });
        let colleague = |(colleague, used): &(&Colleague, Used)| json!({ "name": colleague.name, "follows": colleague.follows, "used": counts(used) });
        json!({
            "organisation": self.organisation,
            "from": self.period.from.written(),
            "to": self.period.to.written(),
            "weeks": self.weeks.iter().map(week).collect::<Vec<_>>(),
            "colleagues": self.colleagues.iter().map(colleague).collect::<Vec<_>>(),
            "all": counts(&self.all),
        })
    }

    /// The report as tables.
    #[must_use]
    pub fn sheet(&self, words: &Words) -> Sheet {
        let (from, to) = (self.period.from.written(), self.period.to.written());
        let places = [("organisation", self.organisation), ("from", from.as_str()), ("to", to.as_str())];
        Sheet {
            title: words.word("following-title", &places),
            about: words.words(["following-about", "following-once"]),
            tables: vec![self.by_week(words), self.by_colleague(words)],
        }
    }

    fn by_week(&self, words: &Words) -> Table {
        let line = |name: String, used: &Used| {
            let counts = [used.people, used.clients, used.looked, used.later, used.done].map(|count| count.to_string());
            [vec![name], counts.into()].concat()
        };
        Table {
            caption: words.word("following-weeks", &[]),
            head: words.words(["week", "who-looked", "clients", "looked", "put-off", "dealt-with"]),
            rows: self.weeks.iter().map(|(week, used)| line(week.written(), used)).collect(),
            overall: Some(line(words.word("all-together", &[]), &self.all)),
            is_numbers: true,
            ..Table::default()
        }
    }

    fn by_colleague(&self, words: &Words) -> Table {
        let all = self.weeks.len().to_string();
        let line = |(colleague, used): &(&Colleague, Used)| {
            let weeks = words.word("so-many-of", &[("count", &used.weeks.to_string()), ("all", &all)]);
            let counts = [used.looked, used.later, used.done].map(|count| count.to_string());
            let last = used.last.map_or_else(|| words.word("none", &[]), Day::written);
            [vec![colleague.name.clone(), colleague.follows.to_string(), weeks], counts.into(), vec![last]].concat()
        };
        Table {
            caption: words.word("following-colleagues", &[]),
            head: words.words(["colleague", "follows", "weeks-looked", "looked", "put-off", "dealt-with", "last-time"]),
            rows: self.colleagues.iter().map(line).collect(),
            is_numbers: true,
            ..Table::default()
        }
    }
}
