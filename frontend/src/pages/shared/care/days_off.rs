//! Days off of the client: a list, each with a way to take it away, and room for one more.

use opstap_core::age::Day;
use opstap_core::model::{DaysOff, Model, delete, restore};
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
    let away = move || keep(circle, vec![delete(id)], vec![restore(id)], care::DAYS_OFF_GONE.into());
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
    let days = move || between(from_date(&from.get())?, from_date(&until.get())?);
    let none = Signal::derive(move || days().is_none());
    let add = move || {
        let Some((from, until)) = untrack(days) else { return };
        let (id, said) = (device::new_id(), word.get_untracked().trim().to_owned());
        let off = DaysOff { from, until, word: (!said.is_empty()).then_some(said) };
        keep(circle, vec![off.make(id)], vec![delete(id)], care::DAYS_OFF_KEPT.into());
        word.set(String::new());
    };
    view! {
        <div class="stack">
            <h2 class="title">{care::ANOTHER_DAYS_OFF}</h2>
            <Field label=care::FIRST_DAY kind="date" value=from on_change=move |day| from.set(day) />
            <Field label=care::LAST_DAY kind="date" value=until on_change=move |day| until.set(day) />
            <Field label=care::CALLED value=word on_input=move |said| word.set(said) />
            <div class="row"><Button text=care::ADD_DAYS_OFF icon=Icon::PLUS disabled=none tap=add /></div>
        </div>
    }
}

/// The first and the last day, whichever was filled in where; nothing for more than a year, which is a slip of the hand.
fn between(one: Day, other: Day) -> Option<(Day, Day)> {
    let (from, until) = (one.min(other), one.max(other));
    (until.0 - from.0 <= 366).then_some((from, until))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_that_were_filled_in_the_wrong_way_round_are_turned_and_a_slip_of_years_is_not_taken() {
        assert_eq!(between(Day(12), Day(10)), Some((Day(10), Day(12))));
        assert_eq!(between(Day(12), Day(12)), Some((Day(12), Day(12))));
        assert_eq!(between(Day(12), Day(12 + 800)), None);
    }
}
