//! Lists to keep: what may be read of circles as rows, for a spreadsheet program. Each list knows which records it is made of; what of them
//! somebody may read is decided where they are read.

mod arranged;
mod asking;
mod circle;
mod clock;
mod doing;
mod following;
mod grid;
mod guidance;
mod made;
mod programme;
mod words;

use opstap_core::access::Section;
use opstap_core::letters::in_small;
use opstap_core::model::CircleKind;
use opstap_core::{CircleId, Day, Kind, Millis, PersonId};
use opstap_insight::following::Source;
use opstap_sync_server::service::CircleRead;

use crate::guidance::instruments::Instruments;

pub use asking::{Facts, facts, how_much_asks};
pub use circle::Circle;
pub use clock::Local;
pub use grid::{Cell, Grid};
pub use words::Words;

/// From and to which day something is wanted, both wanted too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Period {
    /// From this day on; from the first without it.
    pub from: Option<Day>,
    /// Up to this day; to the last without it.
    pub until: Option<Day>,
}

impl Period {
    /// Whether a day is in it.
    #[must_use]
    pub fn has(self, day: Day) -> bool {
        self.meets(Some(day), Some(day))
    }

    /// Whether a moment is in it.
    #[must_use]
    pub fn has_moment(self, at: Millis) -> bool {
        self.has(Local::of(at).day)
    }

    /// Whether a stretch of days has a day in it. Without a begin or an end it always was, or goes on.
    #[must_use]
    pub fn meets(self, from: Option<Day>, until: Option<Day>) -> bool {
        let begins_in_time = self.until.is_none_or(|last| from.is_none_or(|from| from <= last));
        begins_in_time && self.from.is_none_or(|first| until.is_none_or(|until| until >= first))
    }
}

/// For whom a list is, and what of it.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The words of their language.
    pub words: &'a Words,
    /// Of which days.
    pub period: Period,
    /// Who asks.
    pub me: PersonId,
    /// Now.
    pub now: Millis,
    /// What the server knows of circles beside their records.
    pub facts: &'a Facts,
    /// The instruments it knows.
    pub instruments: &'a Instruments,
}

/// A list that can be had.
#[derive(Clone, Copy)]
pub struct List {
    /// Its name, by which it is asked for.
    pub name: &'static str,
    /// In which kind of circle what it tells of stands.
    pub of: CircleKind,
    /// Whether it is about days, so that some can be left out; one that is not is about now.
    pub has_period: bool,
    /// The kinds of record that it is made of.
    pub kinds: &'static [Kind],
    /// The kind of record that each row is; without it a row rests on all of them.
    row: Option<Kind>,
    columns: &'static [&'static str],
    rows: fn(&Circle<'_>, &Asked<'_>) -> Vec<Vec<Cell>>,
}

impl List {
    /// The list of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        LISTS.iter().find(|list| list.name == name)
    }

    /// The list without rows.
    #[must_use]
    pub fn empty(&self, words: &Words) -> Grid {
        let head = self.columns.iter().map(|column| words.word(column)).collect();
        Grid { title: words.word(self.name), head, rows: Vec::new() }
    }

    /// Its rows of one circle.
    #[must_use]
    pub fn rows(&self, circle: &Circle<'_>, asked: &Asked<'_>) -> Vec<Vec<Cell>> {
        if circle.read.kind == self.of { (self.rows)(circle, asked) } else { Vec::new() }
    }

    /// Whether it tells what is there for one reader to look at, more than of the circle itself.
    #[must_use]
    pub const fn is_about_a_reader(&self) -> bool {
        self.row.is_none()
    }

    /// What is given of a circle with so many of its rows: the section of each row, and once each other that they rest on.
    #[must_use]
    pub fn given(&self, read: &CircleRead, rows: usize) -> Vec<(CircleId, Section)> {
        if rows == 0 {
            return Vec::new();
        }
        let own = self.row.map(Section::of);
        let beside = |section: &Section| Some(*section) != own && (own.is_none() || *section != Section::Circle);
        let mut sections: Vec<Section> = read.records.iter().map(|record| Section::of(record.kind)).collect();
        sections.sort_unstable();
        sections.dedup();
        let of_rows = own.into_iter().flat_map(|own| std::iter::repeat_n(own, rows));
        of_rows.chain(sections.into_iter().filter(beside)).map(|section| (read.circle, section)).collect()
    }
}

/// Puts the rows of several circles in one order: by the name of the client, and within one as the list has them.
pub fn sort_by_client(rows: &mut [(String, Vec<Vec<Cell>>)]) {
    rows.sort_by_cached_key(|(name, _)| in_small(name));
}

const fn of_client(
    name: &'static str,
    row: Kind,
    kinds: &'static [Kind],
    columns: &'static [&'static str],
    rows: fn(&Circle<'_>, &Asked<'_>) -> Vec<Vec<Cell>>,
) -> List {
    List { name, of: CircleKind::Client, has_period: true, kinds, row: Some(row), columns, rows }
}

const fn of_now(
    name: &'static str,
    columns: &'static [&'static str],
    rows: fn(&Circle<'_>, &Asked<'_>) -> Vec<Vec<Cell>>,
) -> List {
    List { name, of: CircleKind::Client, has_period: false, kinds: &Source::KINDS, row: None, columns, rows }
}

const fn of_programme(list: List, has_period: bool) -> List {
    List { of: CircleKind::Programme, has_period, ..list }
}

/// Every list.
pub static LISTS: [List; 19] = [
    of_now("attention", &following::ATTENTION, following::attention),
    of_now("caseload", &following::CASELOAD, following::caseload),
    of_client("hours", Kind::TimeSpent, &[Kind::Member, Kind::TimeSpent], &guidance::HOURS, guidance::hours),
    of_client("grants", Kind::Grant, &[Kind::Member, Kind::Grant], &guidance::GRANTS, guidance::grants),
    of_client(
        "goals",
        Kind::DomainGoal,
        &[Kind::Member, Kind::DomainGoal, Kind::GoalAction],
        &guidance::GOALS,
        guidance::goals,
    ),
    of_client(
        "measurements",
        Kind::DomainAnswer,
        &[Kind::Member, Kind::Measurement, Kind::DomainAnswer],
        &guidance::MEASUREMENTS,
        guidance::measurements,
    ),
    of_client("tasks", Kind::Task, &[Kind::Member, Kind::Task, Kind::TaskHandover], &arranged::TASKS, arranged::tasks),
    of_client(
        "appointments",
        Kind::Appointment,
        &[Kind::Member, Kind::Appointment],
        &arranged::APPOINTMENTS,
        arranged::appointments,
    ),
    of_client("notes", Kind::Note, &[Kind::Member, Kind::Note], &arranged::NOTES, arranged::notes),
    of_client(
        "attendance",
        Kind::Attendance,
        &[Kind::Member, Kind::GroupEnrolment, Kind::Attendance],
        &arranged::ATTENDANCE,
        arranged::attendance,
    ),
    of_client(
        "practices",
        Kind::Practice,
        &[Kind::Member, Kind::Route, Kind::Practice, Kind::GoalHelp, Kind::PracticeEnd],
        &doing::PRACTICES,
        doing::practices,
    ),
    of_client(
        "runs",
        Kind::Run,
        &[Kind::Member, Kind::Plan, Kind::Run, Kind::StepEvent, Kind::StepHelp, Kind::RunEnd, Kind::RunFace],
        &doing::RUNS,
        doing::runs,
    ),
    of_client(
        "plans",
        Kind::Plan,
        &[Kind::Member, Kind::Plan, Kind::Step, Kind::Run, Kind::RunEnd],
        &made::PLANS,
        made::plans,
    ),
    of_client(
        "routes",
        Kind::Route,
        &[Kind::Member, Kind::Route, Kind::Part, Kind::Goal, Kind::Practice, Kind::PracticeEnd],
        &made::ROUTES,
        made::routes,
    ),
    of_client(
        "evaluations",
        Kind::Evaluation,
        &[Kind::Member, Kind::Evaluation],
        &made::EVALUATIONS,
        made::evaluations,
    ),
    of_client(
        "follow-ups",
        Kind::FollowUp,
        &[Kind::Member, Kind::FollowUp, Kind::FollowUpAnswer],
        &made::FOLLOW_UPS,
        made::follow_ups,
    ),
    of_programme(
        of_client(
            "registrations",
            Kind::Registration,
            &[Kind::Registration, Kind::RegistrationFollowUp, Kind::Volunteer],
            &programme::REGISTRATIONS,
            programme::registrations,
        ),
        true,
    ),
    of_programme(
        of_client(
            "volunteers",
            Kind::Volunteer,
            &[Kind::Registration, Kind::Volunteer],
            &programme::VOLUNTEERS,
            programme::volunteers,
        ),
        false,
    ),
    of_programme(
        of_client("groups", Kind::Group, &[Kind::Group, Kind::GroupSession], &programme::GROUPS, programme::groups),
        true,
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Language;

    #[test]
    fn every_list_and_every_column_has_a_word_in_both_languages() {
        for words in [Language::Nl, Language::En].map(|language| Words::of(language).unwrap()) {
            for list in &LISTS {
                let grid = list.empty(&words);
                assert!(!grid.title.is_empty() && grid.title.chars().count() <= 31, "{}: {}", list.name, grid.title);
                assert!(grid.head.iter().all(|name| !name.is_empty()), "{}: {:?}", list.name, grid.head);
            }
        }
    }

    #[test]
    fn a_period_has_both_its_days_and_what_goes_on_in_it() {
        let period = Period { from: Some(Day(10)), until: Some(Day(20)) };
        assert!(period.has(Day(10)) && period.has(Day(20)) && !period.has(Day(9)) && !period.has(Day(21)));
        assert!(period.meets(None, None) && period.meets(Some(Day(1)), None) && period.meets(None, Some(Day(10))));
        assert!(!period.meets(Some(Day(21)), None) && !period.meets(None, Some(Day(9))));
        assert!(Period::default().has(Day(0)));
    }
}
