//! The help each part took, drawn as stairs that go down: the lower the bar, the more by oneself. A dot on the ground is by oneself.

use opstap_core::Millis;
use opstap_core::model::HelpLevel;
use opstap_view::prelude::*;

use crate::components::{help_letter, help_word};
use crate::dates::{day_and_month, moment};
use crate::words::{Text, Word, desk};

/// The help that the parts of a route or the steps of a plan took, time after time.
#[derive(Clone, PartialEq)]
pub(super) struct HelpShown {
    /// What the rows are.
    pub column: Word,
    /// What the table says.
    pub caption: Word,
    /// When it was done, the oldest first.
    pub times: Vec<Millis>,
    /// The parts or steps.
    pub rows: Vec<HelpRow>,
}

/// A part or a step, and how much help it took each time that it came up.
#[derive(Clone, PartialEq)]
pub(super) struct HelpRow {
    /// Its title.
    pub title: String,
    /// Time after time.
    pub help: Vec<Option<HelpLevel>>,
    /// The same of what it consists of.
    pub parts: Vec<(String, Vec<Option<HelpLevel>>)>,
}

/// Across, one practice, and the least of it in which a letter can be read.
const STEP: usize = 22;
const NARROW: usize = 14;
/// Up, one level of help.
const RISE: usize = 12;
/// Above the highest bar.
const TOP: usize = 4;
/// The ground the bars stand on.
const GROUND: usize = TOP + 4 * RISE;
/// Below the ground: the letters.
const BELOW: usize = 18;
/// Left: the words of the scale.
const LEFT: usize = 66;
/// The fewest practices there is room for, so that all figures have one scale.
const LEAST: usize = 8;

/// Across, one practice: narrower where there are many, so that figures stay as wide as they are.
fn across(practices: usize) -> usize {
    (LEAST * STEP / practices.max(LEAST)).max(NARROW)
}

/// How many levels of help it is above the ground.
pub(super) const fn height(level: HelpLevel) -> usize {
    match level {
        HelpLevel::ByOneself => 0,
        HelpLevel::Hint => 1,
        HelpLevel::Told => 2,
        HelpLevel::Shown => 3,
        HelpLevel::Together => 4,
    }
}

/// The class by which a level has its colour.
pub(super) const fn colour(level: HelpLevel) -> &'static str {
    match level {
        HelpLevel::ByOneself => "self",
        HelpLevel::Hint => "hint",
        HelpLevel::Told => "told",
        HelpLevel::Shown => "shown",
        HelpLevel::Together => "together",
    }
}

/// The help of the last practice in which the part came up.
pub(super) fn last_level(row: &[Option<HelpLevel>]) -> Option<HelpLevel> {
    row.iter().rev().flatten().next().copied()
}

/// How many of the last practices in a row went by oneself.
pub(super) fn in_a_row(row: &[Option<HelpLevel>]) -> usize {
    row.iter().rev().flatten().take_while(|level| **level == HelpLevel::ByOneself).count()
}

/// "3× zelf" or "nu: hint".
pub(super) fn now(row: &[Option<HelpLevel>]) -> Text {
    match (last_level(row), in_a_row(row)) {
        (None, _) => desk::NOT_YET.into(),
        (Some(_), count @ 1..) => desk::by_oneself_in_a_row(count),
        (Some(level), 0) => Text::live(move || desk::now_level(help_word(level).get()).get()),
    }
}

/// One small figure for each part.
#[component]
pub(super) fn HelpPlot(shown: HelpShown) -> impl IntoView {
    let HelpShown { times, rows, .. } = shown;
    let figures = rows.iter().enumerate().map(|(at, row)| figure(at + 1, row, times.len())).collect_view();
    let first = times.first().map(|at| day_and_month(moment(*at)));
    let last = times.last().map(|at| day_and_month(moment(*at)));
    let period = Text::live(move || match (&first, &last) {
        (Some(first), Some(last)) if first.get() == last.get() => first.get(),
        (Some(first), Some(last)) => desk::from_to(first.get(), last.get()).get(),
        _ => String::new(),
    });
    view! { <div class="plots">{figures}</div><p class="small soft">{period}</p> }
}

fn figure(number: usize, row: &HelpRow, practices: usize) -> AnyView {
    let (step, title) = (across(practices), row.title.clone());
    let width = LEFT + (practices * step).max(LEAST * STEP);
    let bars = row.help.iter().enumerate().map(|(at, level)| bar(LEFT + at * step, step, *level)).collect_view();
    let says = {
        let (title, levels) = (title.clone(), row.help.clone());
        let now = now(&row.help);
        Text::live(move || {
            let words: Vec<&str> = levels.iter().flatten().map(|level| help_word(*level).get()).collect();
            desk::plot_says(title.clone(), words.join(", "), now.get()).get()
        })
    };
    view! {
        <figure class="plot">
            <figcaption class="row"><b class="fill">{format!("{number}. {title}")}</b><span class="small">{now(&row.help)}</span></figcaption>
            <svg width=width height=GROUND + BELOW viewBox=format!("0 0 {width} {}", GROUND + BELOW) role="img" aria-label=says>
                <line class="scale" x1=LEFT y1=TOP x2=width y2=TOP />
                <line class="ground" x1=LEFT y1=GROUND x2=width y2=GROUND />
                <text class="axis" x=LEFT - 6 y=TOP + 8>{help_word(HelpLevel::Together)}</text>
                <text class="axis" x=LEFT - 6 y=GROUND>{help_word(HelpLevel::ByOneself)}</text>
                {bars}
            </svg>
        </figure>
    }
    .into_any()
}

fn bar(x: usize, step: usize, level: Option<HelpLevel>) -> AnyView {
    let middle = x + step / 2;
    let Some(level) = level else {
        return view! { <text class="letter-below" x=middle y=GROUND + 14>"–"</text> }.into_any();
    };
    let rise = height(level) * RISE;
    let mark = if rise == 0 {
        view! { <circle class="by-oneself" cx=middle cy=GROUND - 4 r="3.5" /> }.into_any()
    } else {
        view! { <rect class=colour(level) x=x + 2 y=GROUND - rise width=step - 4 height=rise /> }.into_any()
    };
    view! { {mark} <text class="letter-below" x=middle y=GROUND + 14>{help_letter(level)}</text> }.into_any()
}

#[cfg(test)]
mod tests {
    use HelpLevel::{ByOneself, Hint, Together};

    use super::*;

    #[test]
    fn the_end_of_a_row_says_what_it_is_now_and_how_often_in_a_row_it_went_by_oneself() {
        assert_eq!(now(&[None]).get(), "nog niet");
        assert_eq!(now(&[Some(Together), Some(Hint), None]).get(), "nu: hint");
        assert_eq!(now(&[Some(Hint), Some(ByOneself), None, Some(ByOneself)]).get(), "2× zelf");
    }

    #[test]
    fn many_times_stand_closer_together_and_few_have_room() {
        assert_eq!((across(0), across(8), across(12), across(40)), (STEP, STEP, NARROW, NARROW));
    }

    #[test]
    fn more_help_stands_higher() {
        let heights: Vec<usize> = HelpLevel::ALL.iter().map(|level| height(*level)).collect();
        assert_eq!(heights, [0, 1, 2, 3, 4]);
    }
}
