//! Days off of the client: a list, each with a way to take it away, and room for one more.

use opstap_core::age::Day;
use opstap_core::model::{DaysOff, Model, delete};
use opstap_core::{CircleId, Millis};
use opstap_view::prelude::*;

use super::kept::keep;
use crate::components::{Bones, Button, Field, Icon, ListRow, LoadingBones, Size, changing};
use crate::dates::{as_date, day_of, from_date, full_day, moment, on_day};
use crate::device::{self, Entry};
use crate::stories;
use crate::words::{Text, care};

/// All days off that are not over.
#[component]
pub fn DaysOffSheet(circle: CircleId) -> impl IntoView {
    let all = device::watch(circle, |reader| async move { stories::days_off(&reader).await });
    let list = changing(move || match all.get() {
        None => view! { <LoadingBones shape=Bones::Rows(2) /> }.into_any(),
        Some(all) => {
            let today = today(device::now());
            let rows: Vec<_> =
                all.into_iter().filter(|off| off.value.until >= today).map(|off| row(circle, off)).collect();
            let none = rows.is_empty().then(|| view! { <p class="soft">{care::NO_DAYS_OFF}</p> });
            view! { {none} <ul class="list">{rows}</ul> }.into_any()
        }
    });
    view! { <p class="soft">{care::DAYS_OFF_MORE}</p> {list} <NewDaysOff circle /> }
}

fn today(now: Millis) -> Day {
    day_of(moment(now))
}

fn row(circle: CircleId, off: Entry<DaysOff>) -> AnyView {
    let Entry { id, value: DaysOff { from, until, word }, .. } = off;
    let (first, last) = (full_day(on_day(from)), full_day(on_day(until)));
    let days =
        Text::live(move || if from == until { first.get() } else { care::from_until(first.get(), last.get()).get() });
    let text = word.map_or_else(|| care::DAYS_OFF.into(), Text::from);
    let away = move || keep(circle, vec![delete(id)], care::DAYS_OFF_GONE.into());
    view! {
        <li>
            <ListRow text more=days>
                <Button text=care::TAKE_AWAY icon=Icon::TRASH mark_only=true size=Size::Tool tap=away />
            </ListRow>
        </li>
    }
    .into_any()
}

/// One more stretch of days off.
#[component]
fn NewDaysOff(circle: CircleId) -> impl IntoView {
    let (from, until, word) =
        (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(String::new()));
    let from_now = as_date(today(device::now()));
    from.set(from_now.clone());
    until.set(from_now);
    let first = move |day: String| {
        until.update(|last| *last = last_after(&day, last));
        from.set(day);
    };
    let days = move || Some(stretch(from_date(&from.get())?, from_date(&until.get())?));
    let none = Signal::derive(move || !matches!(days(), Some(Stretch::Days(..))));
    let says = move || days().map(|days| says(days).get());
    let add = move || {
        let Some(Stretch::Days(from, until)) = untrack(days) else { return };
        let (id, said) = (device::new_id(), word.get_untracked().trim().to_owned());
        let off = DaysOff { from, until, word: (!said.is_empty()).then_some(said) };
        keep(circle, vec![off.make(id)], care::DAYS_OFF_KEPT.into());
        word.set(String::new());
    };
    view! {
        <div class="stack">
            <h2 class="title">{care::ANOTHER_DAYS_OFF}</h2>
            <Field label=care::FIRST_DAY kind="date" value=from on_change=first />
            <Field label=care::LAST_DAY kind="date" value=until on_change=move |day| until.set(day) />
            <p role="status" class="soft">{says}</p>
            <Field label=care::CALLED value=word on_input=move |said| word.set(said) />
            <div class="row"><Button text=care::ADD_DAYS_OFF icon=Icon::PLUS disabled=none tap=add /></div>
        </div>
    }
}

/// The last day once the first is chosen, both as a field has them: it follows a first day that would come after it.
fn last_after(first: &str, last: &str) -> String {
    // Year, month and day from left to right: the later day is the higher text.
    first.max(last).to_owned()
}

/// What two days are together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stretch {
    /// The first and the last day.
    Days(Day, Day),
    /// The last day lies before the first.
    TurnedRound,
    /// Longer than a year: a slip of the hand.
    TooLong,
}

fn stretch(from: Day, until: Day) -> Stretch {
    match until.0.checked_sub(from.0) {
        None => Stretch::TurnedRound,
        Some(367..) => Stretch::TooLong,
        Some(_) => Stretch::Days(from, until),
    }
}

/// How many days it is, before anybody sets them.
fn says(days: Stretch) -> Text {
    match days {
        Stretch::Days(from, until) => care::so_many_days_off(usize::try_from(until.0 - from.0 + 1).unwrap_or_default()),
        Stretch::TurnedRound => care::LAST_DAY_IS_EARLIER.into(),
        Stretch::TooLong => care::LONGER_THAN_A_YEAR.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_day_follows_a_first_day_that_would_come_after_it() {
        assert_eq!(last_after("2026-07-20", "2026-07-03"), "2026-07-20");
        assert_eq!(last_after("2026-07-20", "2026-07-24"), "2026-07-24");
        assert_eq!(last_after("2026-07-20", ""), "2026-07-20");
    }

    #[test]
    fn days_are_counted_before_they_are_set_and_never_turned_round_in_silence() {
        assert_eq!(stretch(Day(12), Day(12)), Stretch::Days(Day(12), Day(12)));
        assert_eq!(says(stretch(Day(12), Day(12))).get(), "Dat is 1 dag vrij.");
        assert_eq!(says(stretch(Day(12), Day(16))).get(), "Dat zijn 5 dagen vrij.");
        assert_eq!(stretch(Day(12), Day(10)), Stretch::TurnedRound);
        assert_eq!(stretch(Day(12), Day(12 + 800)), Stretch::TooLong);
    }
}
