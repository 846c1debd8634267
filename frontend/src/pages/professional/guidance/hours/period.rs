//! The period over which hours are told.

use opstap_core::Day;
use opstap_insight::{Period, Week};
use opstap_view::prelude::*;

use super::super::super::training::today;
use crate::components::{Choice, Field, Segments, changing};
use crate::dates::from_date;
use crate::words::hours;

/// Which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Span {
    /// From the first to the last day of which there is anything.
    All,
    /// The last twelve whole weeks.
    Quarter,
    /// This year up to today.
    Year,
    /// From a day to another.
    Own,
}

/// What is chosen.
#[derive(Clone, Copy, PartialEq)]
pub(in super::super) struct Chosen {
    span: RwSignal<Span>,
    from: RwSignal<String>,
    to: RwSignal<String>,
}

/// How many weeks a quarter of a year has, or nearly.
const WEEKS: u32 = 12;

impl Chosen {
    /// All, until somebody chooses.
    pub(in super::super) fn all() -> Self {
        Self { span: RwSignal::new(Span::All), from: RwSignal::new(String::new()), to: RwSignal::new(String::new()) }
    }

    /// The days that are chosen: `None` while one is to be filled in, and within that none where it is over all time.
    pub(in super::super) fn days(self) -> Option<Option<Period>> {
        match self.span.get() {
            Span::All => Some(None),
            _ => self.period(None).filter(|period| period.from <= period.to).map(Some),
        }
    }

    /// The days that are chosen, given those of which there is anything; none where there is nothing, or no day was filled in.
    pub(super) fn period(self, all: Option<Period>) -> Option<Period> {
        let own = || Some(Period { from: from_date(&self.from.get())?, to: from_date(&self.to.get())? });
        match self.span.get() {
            Span::All => all,
            Span::Own => own(),
            span => Some(fixed(span, today())),
        }
    }
}

fn fixed(span: Span, today: Day) -> Period {
    let this_week = Week::of(today).monday();
    match span {
        Span::Quarter => Period { from: this_week.back(7 * WEEKS), to: this_week.back(1) },
        _ => Period { from: year_begins(today), to: today },
    }
}

/// The first of January of the year of a day.
fn year_begins(day: Day) -> Day {
    let month = day.month();
    opstap_core::Month(month.0.saturating_sub(month.of_year() - 1)).begins()
}

/// The choice.
pub(in super::super) fn choose(chosen: Chosen) -> AnyView {
    let choices = vec![
        Choice::new(Span::All, hours::ALL_TIME),
        Choice::new(Span::Quarter, hours::QUARTER),
        Choice::new(Span::Year, hours::THIS_YEAR),
        Choice::new(Span::Own, hours::OWN_PERIOD),
    ];
    let fields = changing(move || {
        let fields = (chosen.span.get() == Span::Own).then(|| {
            view! {
                <div class="row">
                    <Field label=hours::FROM kind="date" value=chosen.from on_change=move |day| chosen.from.set(day) />
                    <Field label=hours::TO kind="date" value=chosen.to on_change=move |day| chosen.to.set(day) />
                </div>
            }
        });
        fields.into_any()
    });
    view! {
        <div class="before-print stack">
            <Segments label=hours::PERIOD choices chosen=chosen.span on_choose=move |span| chosen.span.set(span) />
            {fields}
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_is_the_last_twelve_whole_weeks_and_a_year_begins_with_january() {
        let day = |text| Day::parse(text).unwrap();
        let wednesday = day("2026-12-02");
        let quarter = fixed(Span::Quarter, wednesday);
        assert_eq!((quarter.from, quarter.to), (day("2026-09-07"), day("2026-11-29")));
        assert_eq!(quarter.to.0 + 1 - quarter.from.0, 12 * 7);
        let year = fixed(Span::Year, wednesday);
        assert_eq!((year.from, year.to), (day("2026-01-01"), wednesday));
    }
}
