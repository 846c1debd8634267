//! The report on effect: for each domain of each client the first measurement, the goal and the second, and how many went up, stayed or went
//! down by goal. Levels are never added up.

use std::collections::BTreeSet;

use opstap_core::instrument::{Instrument, Level};
use opstap_core::model::Aim;
use opstap_core::plan_format::Name;
use opstap_core::{CircleId, Day};
use opstap_insight::{Change, Effect, GoalCounts, Period, counts_by_goal};
use serde_json::{Value, json};

use super::clients::Client;
use super::words::Words;
use crate::exchange::write::between_commas;
use crate::settings::ReportFormat;
use crate::sheet::{Sheet, Table};

const CSV: [&str; 11] =
    ["client", "instrument", "domain", "name", "first_on", "first", "goal", "second_on", "second", "change", "reached"];

/// The report.
#[derive(Debug, Clone)]
pub struct EffectReport<'a> {
    organisation: &'a str,
    period: Option<Period>,
    parts: Vec<Part<'a>>,
    /// Whether it is for somebody in the app, who may not see this of all clients.
    is_for_one: bool,
}

/// What was measured with one instrument.
#[derive(Debug, Clone)]
struct Part<'a> {
    instrument: &'a Instrument,
    clients: Vec<Measured<'a>>,
}

/// What was measured of a client.
#[derive(Debug, Clone)]
struct Measured<'a> {
    circle: CircleId,
    client: &'a str,
    effects: Vec<Effect<Name, Level>>,
}

impl Part<'_> {
    fn counts(&self) -> [GoalCounts; 4] {
        counts_by_goal(self.clients.iter().flat_map(|one| &one.effects))
    }

    fn domain(&self, code: &Name, words: &Words) -> String {
        let name = self.instrument.domain(code).and_then(|domain| domain.name.as_ref());
        name.map_or_else(|| code.as_str().to_owned(), |name| name.get(words.language()).to_owned())
    }

    fn level(&self, level: Level, words: &Words) -> String {
        let name = self.instrument.level_name(level).map(|name| name.get(words.language())).unwrap_or_default();
        format!("{} {name}", level.number())
    }
}

impl<'a> EffectReport<'a> {
    /// What was measured with these instruments. With a begin or an end only what was measured from or up to that day.
    #[must_use]
    pub fn of(
        organisation: &'a str,
        clients: &'a [Client],
        instruments: &'a [Instrument],
        period: (Option<Day>, Option<Day>),
    ) -> Self {
        let (from, to) = (period.0.unwrap_or(Day(0)), period.1.unwrap_or(Day(u32::MAX)));
        let period = (period != (None, None)).then_some(Period { from, to });
        let part = |instrument: &'a Instrument| {
            let of_client = |client: &'a Client| {
                let effects = client.guidance.effects(instrument, period);
                let is_measured = effects.iter().any(|effect| effect.first().is_some());
                is_measured.then_some(Measured { circle: client.circle, client: client.name.as_str(), effects })
            };
            let clients: Vec<_> = clients.iter().filter_map(of_client).collect();
            (!clients.is_empty()).then_some(Part { instrument, clients })
        };
        Self { organisation, period, parts: instruments.iter().filter_map(part).collect(), is_for_one: false }
    }

    /// The report for somebody who may not see this of all clients; it says over how many of them it is.
    #[must_use]
    pub fn for_one(self) -> Self {
        Self { is_for_one: true, ..self }
    }

    /// The circles of whom it tells anything.
    #[must_use]
    pub fn circles(&self) -> BTreeSet<CircleId> {
        self.parts.iter().flat_map(|part| &part.clients).map(|client| client.circle).collect()
    }

    /// The report as it is asked for.
    #[must_use]
    pub fn written(&self, format: ReportFormat, words: &Words) -> String {
        match format {
            ReportFormat::Text => self.sheet(words).as_text(),
            ReportFormat::Html => self.sheet(words).as_page(words.code()),
            ReportFormat::Csv => self.as_csv(words),
            ReportFormat::Json => format!("{:#}\n", self.as_json(words)),
        }
    }

    fn as_csv(&self, words: &Words) -> String {
        let mut lines = vec![CSV.map(str::to_owned)];
        for part in &self.parts {
            for Measured { client, effects, .. } in &part.clients {
                lines.extend(effects.iter().map(|effect| csv_line(part, client, effect, words)));
            }
        }
        between_commas(lines)
    }

    fn as_json(&self, words: &Words) -> Value {
        let measured = |part: &Part<'_>, measured: Option<(Day, Level)>| {
            measured.map(|(on, level)| {
                let name = part.instrument.level_name(level).map(|name| name.get(words.language()));
                json!({ "on": on.written(), "level": level.number(), "name": name })
            })
        };
        let domain = |part: &Part<'_>, effect: &Effect<Name, Level>| {
            json!({
                "domain": effect.domain.as_str(),
                "name": part.domain(&effect.domain, words),
                "first": measured(part, effect.first()),
                "goal": effect.goal.code(),
                "second": measured(part, effect.second()),
                "change": effect.change().map(code),
                "reached": effect.is_reached(),
            })
        };
        let part = |part: &Part<'_>| {
            let client = |Measured { client, effects, .. }: &Measured<'_>| {
                let domains: Vec<Value> = effects.iter().map(|effect| domain(part, effect)).collect();
                json!({ "client": client, "domains": domains })
            };
            let count = |counts: GoalCounts| {
                let GoalCounts { goal, up, stayed, down, unknown } = counts;
                let reached = counts.reached();
                json!({ "goal": goal.code(), "up": up, "stayed": stayed, "down": down, "unknown": unknown, "reached": reached })
            };
            json!({
                "instrument": part.instrument.id.to_string(),
                "name": part.instrument.name.get(words.language()),
                "clients": part.clients.iter().map(client).collect::<Vec<_>>(),
                "counts": part.counts().map(count),
            })
        };
        json!({
            "organisation": self.organisation,
            "from": self.period.map(|period| period.from).filter(|from| *from > Day(0)).map(Day::written),
            "to": self.period.map(|period| period.to).filter(|to| *to < Day(u32::MAX)).map(Day::written),
            "instruments": self.parts.iter().map(part).collect::<Vec<_>>(),
        })
    }

    /// The report as tables.
    #[must_use]
    pub fn sheet(&self, words: &Words) -> Sheet {
        if self.parts.is_empty() {
            return Sheet { title: words.word("nothing-measured", &[]), ..Sheet::default() };
        }
        let places = [("organisation", self.organisation)];
        let title = match self.measured() {
            Some((from, to)) => {
                let (from, to) = (from.written(), to.written());
                words.word("effect-title-period", &[places[0], ("from", &from), ("to", &to)])
            }
            None => words.word("effect-title", &places),
        };
        let mut tables = Vec::new();
        for part in &self.parts {
            // Over two hundred clients this is what is looked for first.
            tables.push(counts(part, words));
            tables.extend(part.clients.iter().map(|one| table(part, one.client, &one.effects, words)));
        }
        let mut about = words.words(["effect-about"]);
        about.extend(
            self.is_for_one.then(|| words.word("effect-over-clients", &[("count", &self.circles().len().to_string())])),
        );
        Sheet { title, about, tables }
    }

    /// From the first to the last day on which anything was measured.
    fn measured(&self) -> Option<(Day, Day)> {
        let effects = self.parts.iter().flat_map(|part| &part.clients).flat_map(|one| &one.effects);
        let days = effects.flat_map(|effect| &effect.measured).map(|(on, _)| (*on, *on));
        days.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)))
    }
}

const fn code(change: Change) -> &'static str {
    match change {
        Change::Up => "up",
        Change::Stayed => "stayed",
        Change::Down => "down",
    }
}

fn csv_line(part: &Part<'_>, client: &str, effect: &Effect<Name, Level>, words: &Words) -> [String; 11] {
    let on = |measured: Option<(Day, Level)>| measured.map(|(on, _)| on.written()).unwrap_or_default();
    let level =
        |measured: Option<(Day, Level)>| measured.map(|(_, level)| level.number().to_string()).unwrap_or_default();
    let reached = effect.is_reached().map(|is_so| if is_so { "yes" } else { "no" });
    [
        client.to_owned(),
        part.instrument.id.to_string(),
        effect.domain.as_str().to_owned(),
        part.domain(&effect.domain, words),
        on(effect.first()),
        level(effect.first()),
        effect.goal.code().to_owned(),
        on(effect.second()),
        level(effect.second()),
        effect.change().map(code).unwrap_or_default().to_owned(),
        reached.unwrap_or_default().to_owned(),
    ]
}

fn aim(aim: Aim, words: &Words) -> String {
    words.word(&format!("aim-{}", aim.code()), &[])
}

fn table(part: &Part<'_>, client: &str, effects: &[Effect<Name, Level>], words: &Words) -> Table {
    let none = || words.word("none", &[]);
    let measured = |measured: Option<(Day, Level)>| {
        measured.map_or_else(none, |(on, level)| format!("{} ({})", part.level(level, words), on.written()))
    };
    let line = |effect: &Effect<Name, Level>| {
        let change = effect.change().map_or_else(none, |change| words.word(&format!("change-{}", code(change)), &[]));
        let reached = effect.is_reached().map_or_else(none, |is_so| words.word(if is_so { "yes" } else { "no" }, &[]));
        let domain = part.domain(&effect.domain, words);
        vec![domain, measured(effect.first()), aim(effect.goal, words), measured(effect.second()), change, reached]
    };
    let name = part.instrument.name.get(words.language());
    Table {
        caption: words.word("effect-caption", &[("client", client), ("instrument", name)]),
        head: words.words(["domain", "first", "goal", "second", "change", "reached"]),
        rows: effects.iter().map(line).collect(),
        ..Table::default()
    }
}

fn counts(part: &Part<'_>, words: &Words) -> Table {
    let line = |counts: GoalCounts| {
        let reached = counts.reached().map_or_else(|| words.word("none", &[]), |reached| reached.to_string());
        let numbers = [counts.up, counts.stayed, counts.down, counts.unknown].map(|count| count.to_string());
        [vec![aim(counts.goal, words)], numbers.into(), vec![reached]].concat()
    };
    let name = part.instrument.name.get(words.language());
    Table {
        caption: words.word("counts-caption", &[("instrument", name)]),
        head: words.words(["goal", "up", "stayed", "down", "unknown", "reached"]),
        rows: part.counts().map(line).into(),
        is_numbers: true,
        ..Table::default()
    }
}
