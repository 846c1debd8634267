//! How a goal goes, as a figure: the practices from left to right with their days, the five levels of help from the ground up, and a quiet
//! mark at the practice after which it usually goes. Each level has a mark of its own, so that nothing rests on colour alone.

use opstap_core::model::HelpLevel;
use opstap_insight::{CurvePoint, LearningCurve, USUAL_PRACTICES};
use opstap_view::prelude::*;

use super::help_plot::{colour, height};
use crate::components::help_word;
use crate::dates::{day_and_month, day_of, day_of_month, moment, short_month};
use crate::words::{Text, desk};

/// Left: the words of the levels.
const LEFT: usize = 80;
/// Above the highest level: the name of the mark.
const TOP: usize = 24;
/// Up, one level of help.
const RISE: usize = 20;
/// By oneself.
const GROUND: usize = TOP + 4 * RISE;
/// To below the numbers, the days and the months.
const HEIGHT: usize = GROUND + 56;
/// What a telephone shows without moving it aside.
const WIDTH: usize = 316;
/// The fewest practices there is room for, so that the usual number always stands in the figure.
const LEAST: usize = 6;
/// The least room between two practices in which their numbers can be read.
const NARROW: usize = 20;

/// Across, one practice, and how wide the whole is.
fn across(practices: usize) -> (usize, usize) {
    let practices = practices.max(LEAST);
    let step = ((WIDTH - LEFT) / practices).max(NARROW);
    (step, (LEFT + practices * step).max(WIDTH))
}

/// The mark of a level, round its own middle.
const fn mark(level: HelpLevel) -> &'static str {
    match level {
        HelpLevel::ByOneself => "M-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0",
        HelpLevel::Hint => "M0-7L7 0 0 7-7 0z",
        HelpLevel::Told => "M-5.5-5.5h11v11h-11z",
        HelpLevel::Shown => "M0-7L7 5.5H-7z",
        HelpLevel::Together => "M-6-2h4v-4h4v4h4v4h-4v4h-4v-4h-4z",
    }
}

/// The figure of one curve, and the same as a table for whoever hears it. `practices` is how many the longest of all curves beside it has,
/// so that they have one scale.
pub(super) fn curve_plot(curve: &LearningCurve, practices: usize) -> AnyView {
    let (step, width) = across(practices);
    let x = move |place: usize| LEFT + place * step + step / 2;
    let y = |level: HelpLevel| GROUND - height(level) * RISE;
    let levels = HelpLevel::ALL.iter().map(|level| {
        let (at, class) = (y(*level), if height(*level) == 0 { "ground" } else { "scale" });
        view! {
            <line class=class x1=LEFT y1=at x2=width y2=at />
            <text class="axis" x=LEFT - 8 y=at + 4>{help_word(*level)}</text>
        }
        .into_any()
    });
    let line = curve.points.iter().enumerate().map(|(place, point)| format!("{},{}", x(place), y(point.help)));
    let line: Vec<String> = line.collect();
    let marks = curve.points.iter().enumerate().map(|(place, point)| {
        let at = format!("translate({},{})", x(place), y(point.help));
        view! { <path class=colour(point.help) d=mark(point.help) transform=at /> }.into_any()
    });
    let days = curve.points.iter().enumerate().map(|(place, point)| {
        let before = place.checked_sub(1).and_then(|before| curve.points.get(before));
        day(x(place), place + 1, point, before)
    });
    let usual = x(USUAL_PRACTICES - 1);
    view! {
        <svg width=width height=HEIGHT viewBox=format!("0 0 {width} {HEIGHT}") aria-hidden="true">
            {levels.collect_view()}
            <line class="usual" x1=usual y1=TOP - 8 x2=usual y2=GROUND />
            <text x=usual y=TOP - 13>{desk::RULE_OF_THUMB}</text>
            <polyline class="curve-line" points=line.join(" ") />
            {marks.collect_view()}
            {days.collect_view()}
        </svg>
        {as_table(&curve.points)}
    }
    .into_any()
}

/// Below a practice: its number, its day, and its month where that is another than before.
fn day(x: usize, number: usize, point: &CurvePoint, before: Option<&CurvePoint>) -> AnyView {
    let (day, month) = (day_of_month(moment(point.at)), short_month(moment(point.at)));
    let same = before.is_some_and(|before| day_of(moment(before.at)).month() == day_of(moment(point.at)).month());
    let month = (!same).then(|| view! { <text x=x y=GROUND + 49>{month}</text> });
    view! {
        <text class="strong" x=x y=GROUND + 20>{number}</text>
        <text x=x y=GROUND + 35>{day}</text>
        {month}
    }
    .into_any()
}

fn as_table(points: &[CurvePoint]) -> AnyView {
    let rows = points.iter().enumerate().map(|(place, point)| {
        let (practice, on) = (desk::practice_number(place + 1), day_and_month(moment(point.at)));
        let practice = Text::live(move || [practice.get(), on.get()].join(", "));
        view! { <tr><th scope="row">{practice}</th><td>{help_word(point.help)}</td></tr> }.into_any()
    });
    view! { <table class="for-voice"><tbody>{rows.collect_view()}</tbody></table> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_practices_as_a_training_takes_fit_on_a_telephone_and_more_stay_readable() {
        for practices in 0..=11 {
            let (step, width) = across(practices);
            assert!(step >= NARROW && width == WIDTH, "{practices} practices take {width}");
        }
        assert_eq!(across(30), (NARROW, LEFT + 30 * NARROW));
        let (step, width) = across(0);
        assert!(LEFT + USUAL_PRACTICES * step <= width, "the mark stands in an empty figure too");
    }

    #[test]
    fn each_level_has_a_mark_of_its_own() {
        let marks: Vec<_> = HelpLevel::ALL.iter().map(|level| mark(*level)).collect();
        assert!(marks.iter().enumerate().all(|(at, one)| !marks[..at].contains(one)));
    }
}
