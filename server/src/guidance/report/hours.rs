//! The report on hours: for each client the row of tables 4 and 5 of the effect study of combined guidance (RIBW AVV, Arnhem, 2020–21), the
//! row over all clients, and use against grant by week.

use std::collections::BTreeSet;

use opstap_core::CircleId;
use opstap_insight::{ByRole, ClientHours, Granted, Period, ShownHours, Tenths, TimeByKind, WeekUse, overall};
use serde_json::{Value, json};

use super::clients::{Client, span};
use super::words::Words;
use crate::exchange::write::between_commas;
use crate::settings::ReportFormat;
use crate::sheet::{Sheet, Table};

const CSV: [&str; 13] = [
    "client",
    "weeks",
    "pb_hours_per_week",
    "mb_hours_per_week",
    "total_hours_per_week",
    "pb_percent",
    "mb_percent",
    "granted_specialist",
    "granted_basic",
    "granted_total",
    "use_pb",
    "use_mb",
    "use_total",
];
const WEEKS_CSV: [&str; 8] = [
    "client",
    "week",
    "from",
    "pb_minutes",
    "mb_minutes",
    "granted_specialist_minutes",
    "granted_basic_minutes",
    "whole_week_granted",
];

/// The report.
#[derive(Debug, Clone)]
pub struct HoursReport<'a> {
    organisation: &'a str,
    period: Option<Period>,
    rows: Vec<Row<'a>>,
    /// Whether it is for somebody in the app, who may not see this of all clients.
    is_for_one: bool,
}

#[derive(Debug, Clone)]
struct Row<'a> {
    circle: CircleId,
    client: &'a str,
    hours: ClientHours,
    weeks: Vec<WeekUse>,
    /// Minutes of which it is not known whose they were.
    of_neither: u64,
}

impl<'a> HoursReport<'a> {
    /// The report over a period; where it has no begin or end, from the first or to the last day that is granted or on which there was time.
    /// Clients for whom there is nothing in it have no row.
    #[must_use]
    pub fn of(
        organisation: &'a str,
        clients: &'a [Client],
        period: (Option<opstap_core::Day>, Option<opstap_core::Day>),
    ) -> Self {
        let known = span(clients);
        let from = period.0.or(known.map(|known| known.from));
        let to = period.1.or(known.map(|known| known.to));
        let period = from.zip(to).map(|(from, to)| Period { from, to });
        let row = |client: &'a Client| {
            let period = period?;
            let (hours, weeks) = (client.guidance.hours(period), client.guidance.weeks(period));
            let of_neither = client.guidance.of_neither.iter().filter(|story| period.has(story.time.on));
            let of_neither = of_neither.map(|story| u64::from(story.time.minutes)).sum();
            let is_something = !weeks.is_empty() || hours.outside > 0 || of_neither > 0;
            is_something.then_some(Row { circle: client.circle, client: &client.name, hours, weeks, of_neither })
        };
        Self { organisation, period, rows: clients.iter().filter_map(row).collect(), is_for_one: false }
    }

    /// The report for somebody who may not see this of all clients; it says over how many of them it is.
    #[must_use]
    pub fn for_one(self) -> Self {
        Self { is_for_one: true, ..self }
    }

    /// The circles of whom it tells anything.
    #[must_use]
    pub fn circles(&self) -> BTreeSet<CircleId> {
        self.rows.iter().map(|row| row.circle).collect()
    }

    fn overall(&self) -> Option<ShownHours> {
        overall(&self.rows.iter().map(|row| row.hours).collect::<Vec<_>>())
    }

    /// The report as it is asked for, with the weeks of each client where they are.
    #[must_use]
    pub fn written(&self, format: ReportFormat, words: &Words, weeks: bool) -> String {
        match format {
            ReportFormat::Text => self.sheet(words, weeks).as_text(),
            ReportFormat::Html => self.sheet(words, weeks).as_page(words.code()),
            ReportFormat::Csv if weeks => self.weeks_as_csv(),
            ReportFormat::Csv => self.as_csv(),
            ReportFormat::Json => format!("{:#}\n", self.as_json()),
        }
    }

    fn as_csv(&self) -> String {
        let line = |row: &Row<'_>| {
            let Some(shown) = row.hours.shown() else {
                let mut empty = [const { String::new() }; 13];
                empty[0] = row.client.to_owned();
                "0".clone_into(&mut empty[1]);
                return empty;
            };
            let long = |of: ByRole<Tenths>| [of.supervisor, of.support_worker, of.both].map(|one| one.written('.'));
            let short =
                |of: ByRole<Tenths>| [of.supervisor, of.support_worker, of.both].map(|one| one.written_short('.'));
            let share = |share: Option<i64>| share.map(|share| share.to_string()).unwrap_or_default();
            let [pb, mb, both] = long(shown.used);
            let [specialist, basic, granted] = short(shown.granted);
            let [over_pb, over_mb, over] = long(shown.over);
            let shares = (share(shown.shares.map(|both| both.0)), share(shown.shares.map(|both| both.1)));
            let weeks = shown.weeks.written_short('.');
            let client = row.client.to_owned();
            [client, weeks, pb, mb, both, shares.0, shares.1, specialist, basic, granted, over_pb, over_mb, over]
        };
        between_commas(std::iter::once(CSV.map(str::to_owned)).chain(self.rows.iter().map(line)))
    }

    fn weeks_as_csv(&self) -> String {
        let line = |client: &str, week: &WeekUse| {
            let whole = if week.is_granted() { "yes" } else { "no" };
            [
                client.to_owned(),
                week.week.written(),
                week.week.monday().written(),
                week.used.supervisor.to_string(),
                week.used.support_worker.to_string(),
                minutes(week.granted.specialist).to_string(),
                minutes(week.granted.basic).to_string(),
                whole.to_owned(),
            ]
        };
        let lines = self.rows.iter().flat_map(|row| row.weeks.iter().map(|week| line(row.client, week)));
        between_commas(std::iter::once(WEEKS_CSV.map(str::to_owned)).chain(lines))
    }

    fn as_json(&self) -> Value {
        let client = |row: &Row<'_>| {
            let TimeByKind { direct, indirect, travel, unplanned } = row.hours.by_kind;
            json!({
                "client": row.client,
                "row": row.hours.shown().map(|shown| figures(&shown)),
                "minutes": {
                    "supervisor": row.hours.used.supervisor,
                    "support_worker": row.hours.used.support_worker,
                    "direct": direct,
                    "indirect": indirect,
                    "travel": travel,
                    "unplanned": unplanned,
                    "outside_whole_weeks": row.hours.outside,
                    "of_neither": row.of_neither,
                },
                "weeks": row.weeks.iter().map(in_json).collect::<Vec<_>>(),
            })
        };
        json!({
            "organisation": self.organisation,
            "from": self.period.map(|period| period.from.written()),
            "to": self.period.map(|period| period.to.written()),
            "clients": self.rows.iter().map(client).collect::<Vec<_>>(),
            "overall": self.overall().map(|shown| figures(&shown)),
        })
    }

    /// The report as tables, with the weeks of each client where they are asked for.
    #[must_use]
    pub fn sheet(&self, words: &Words, weeks: bool) -> Sheet {
        let Some(period) = self.period.filter(|_| !self.rows.is_empty()) else {
            return Sheet { title: words.word("nobody", &[]), ..Sheet::default() };
        };
        let (from, to) = (period.from.written(), period.to.written());
        let places = [("organisation", self.organisation), ("from", &from), ("to", &to)];
        let mut tables = vec![self.table(words), self.by_kind(words)];
        if weeks {
            tables.extend(self.rows.iter().filter(|row| !row.weeks.is_empty()).map(|row| week_table(row, words)));
        }
        let mut about = words.words(["hours-about", "hours-rounding", "overall-about"]);
        about.extend(
            self.is_for_one.then(|| words.word("hours-over-clients", &[("count", &self.circles().len().to_string())])),
        );
        Sheet { title: words.word("hours-title", &places), about, tables }
    }

    fn by_kind(&self, words: &Words) -> Table {
        let line = |name: &str, by_kind: TimeByKind| {
            let TimeByKind { direct, indirect, travel, unplanned } = by_kind;
            let times = [direct, indirect, travel, direct + indirect + travel, unplanned].map(hours_and_minutes);
            [vec![name.to_owned()], times.into()].concat()
        };
        let all = self.rows.iter().fold(TimeByKind::default(), |all, row| all.with(row.hours.by_kind));
        Table {
            caption: words.word("kinds-caption", &[]),
            head: words.words(["client", "direct", "indirect", "travel", "sum", "unplanned"]),
            rows: self.rows.iter().map(|row| line(row.client, row.hours.by_kind)).collect(),
            overall: Some(line(&words.word("all-together", &[]), all)),
            is_numbers: true,
            ..Table::default()
        }
    }

    fn table(&self, words: &Words) -> Table {
        let line = |name: &str, shown: Option<ShownHours>| {
            let mut cells = vec![name.to_owned()];
            match shown {
                Some(shown) => cells.extend(in_words(&shown, words)),
                None => cells.extend(std::iter::repeat_n(words.word("none", &[]), CSV.len() - 1)),
            }
            cells
        };
        let mut notes = Vec::new();
        for row in &self.rows {
            for (word, minutes) in [("outside", row.hours.outside), ("of-neither", row.of_neither)] {
                if minutes > 0 {
                    let time = hours_and_minutes(minutes);
                    notes.push(words.word(word, &[("client", row.client), ("time", &time)]));
                }
            }
        }
        let group = |name, count| (words.word(name, &[]), count);
        Table {
            caption: words.word("hours-caption", &[]),
            groups: vec![
                (String::new(), 2),
                group("used", 3),
                group("shares", 2),
                group("granted", 3),
                group("over", 3),
            ],
            head: words.words([
                "client",
                "weeks",
                "supervisor",
                "support-worker",
                "both",
                "supervisor-share",
                "support-worker-share",
                "specialist",
                "basic",
                "both",
                "supervisor",
                "support-worker",
                "both",
            ]),
            rows: self.rows.iter().map(|row| line(row.client, row.hours.shown())).collect(),
            overall: self.overall().map(|shown| line(&words.word("overall", &[]), Some(shown))),
            notes,
            is_numbers: true,
        }
    }
}

fn hours_and_minutes(minutes: u64) -> String {
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

fn week_table(row: &Row<'_>, words: &Words) -> Table {
    let line = |week: &WeekUse| {
        let Some(shown) = of_week(week) else { return Vec::new() };
        let long =
            |of: ByRole<Tenths>| [of.supervisor, of.support_worker, of.both].map(|one| one.written(words.point()));
        let is_whole = words.word(if week.is_granted() { "yes" } else { "no" }, &[]);
        [vec![week.week.written()], long(shown.used).into(), long(shown.granted).into(), vec![is_whole]].concat()
    };
    let group = |name, count| (words.word(name, &[]), count);
    Table {
        caption: words.word("weeks-caption", &[("client", row.client)]),
        groups: vec![(String::new(), 1), group("used", 3), group("granted", 3), (String::new(), 1)],
        head: words.words([
            "week",
            "supervisor",
            "support-worker",
            "both",
            "specialist",
            "basic",
            "both",
            "whole-week",
        ]),
        rows: row.weeks.iter().map(line).collect(),
        overall: None,
        notes: Vec::new(),
        is_numbers: true,
    }
}

/// A week as a row, so that it is rounded as rows are.
fn of_week(week: &WeekUse) -> Option<ShownHours> {
    ClientHours { weeks: 1, used: week.used, granted: week.granted, ..ClientHours::default() }.shown()
}

/// Sevenths of a minute as minutes, to the hundredth.
fn minutes(sevenths: u64) -> f64 {
    let hundredths = sevenths.saturating_mul(200).saturating_add(Granted::IN_A_MINUTE) / (2 * Granted::IN_A_MINUTE);
    f64::from(u32::try_from(hundredths).unwrap_or(u32::MAX)) / 100.0
}

fn in_json(week: &WeekUse) -> Value {
    json!({
        "week": week.week.written(),
        "from": week.week.monday().written(),
        "used_minutes": { "supervisor": week.used.supervisor, "support_worker": week.used.support_worker },
        "granted_minutes": { "specialist": minutes(week.granted.specialist), "basic": minutes(week.granted.basic) },
        "whole_week_granted": week.is_granted(),
    })
}

/// The figures of a row by the names of the table's columns.
fn figures(shown: &ShownHours) -> Value {
    let tenths = |tenths: Tenths| i32::try_from(tenths.0).map(|tenths| f64::from(tenths) / 10.0).ok();
    json!({
        "weeks": tenths(shown.weeks),
        "pb_hours_per_week": tenths(shown.used.supervisor),
        "mb_hours_per_week": tenths(shown.used.support_worker),
        "total_hours_per_week": tenths(shown.used.both),
        "pb_percent": shown.shares.map(|shares| shares.0),
        "mb_percent": shown.shares.map(|shares| shares.1),
        "granted_specialist": tenths(shown.granted.supervisor),
        "granted_basic": tenths(shown.granted.support_worker),
        "granted_total": tenths(shown.granted.both),
        "use_pb": tenths(shown.over.supervisor),
        "use_mb": tenths(shown.over.support_worker),
        "use_total": tenths(shown.over.both),
    })
}

/// The cells of a row after its name, as people write them: what is over or under always has its sign.
fn in_words(shown: &ShownHours, words: &Words) -> Vec<String> {
    let point = words.point();
    let all = |of: ByRole<Tenths>| [of.supervisor, of.support_worker, of.both];
    let share = |share: Option<i64>| share.map_or_else(|| words.word("none", &[]), |share| share.to_string());
    let signed = |tenths: Tenths| match tenths.0 {
        0 => tenths.written(point),
        1.. => format!("+{}", tenths.written(point)),
        _ => tenths.written(point).replace('-', "−"),
    };
    let mut cells = vec![shown.weeks.written_short(point)];
    cells.extend(all(shown.used).map(|one| one.written(point)));
    cells.extend([share(shown.shares.map(|both| both.0)), share(shown.shares.map(|both| both.1))]);
    cells.extend(all(shown.granted).map(|one| one.written_short(point)));
    cells.extend(all(shown.over).map(signed));
    cells
}
