//! Who takes part in a group, with how often each was there; somebody joins, or stops.

use opstap_core::model::Model;
use opstap_core::{CircleId, RecordId};
use opstap_insight::{GroupStory, Participant};
use opstap_view::prelude::*;

use super::super::volunteers::today;
use super::reading::Told;
use crate::components::{Button, Field, Icon, ListRow, Person, Select, Size, changing};
use crate::dates::{as_date, from_date, full_day, on_day};
use crate::device;
use crate::pages::professional::attendance::how_often;
use crate::pages::shared::care::keep;
use crate::stories;
use crate::words::{Text, groups};

/// The list, and who may join.
pub(super) fn taking_part(told: Told, now: Memo<Option<GroupStory>>) -> AnyView {
    let participants =
        Memo::new(move |_| now.with(|now| now.as_ref().map(|now| now.participants.clone())).unwrap_or_default());
    let list = changing(move || {
        let mut all = participants.get();
        all.sort_by_key(|one| (told.name(one.circle), one.circle));
        let (on, before): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|one| one.part.going_on(today()).next().is_some());
        let rows = |all: Vec<Participant>| all.into_iter().map(|one| row(told, one)).collect_view();
        let nobody = on.is_empty().then(|| view! { <p class="soft">{groups::NOBODY}</p> });
        let before = (!before.is_empty()).then(|| {
            let count = before.len();
            view! { <details><summary>{groups::took_part(count)}</summary><ul class="list">{rows(before)}</ul></details> }
        });
        view! { {nobody}<ul class="list">{rows(on)}</ul>{before} }.into_any()
    });
    let goes_on = Memo::new(move |_| now.with(|now| now.as_ref().is_some_and(|now| now.group.ended.is_none())));
    let joins = changing(move || if goes_on.get() { joining(told, now) } else { ().into_any() });
    view! { <section class="stack"><h2>{groups::TAKING_PART}</h2>{list}{joins}</section> }.into_any()
}

/// "sinds 1 december, was er 3 van 4 keer", and the way to stop.
fn row(told: Told, Participant { circle, part }: Participant) -> AnyView {
    let name = told.name(circle);
    let since = part.since().map(|since| full_day(on_day(since)));
    let until = part.enrolment().and_then(|one| one.until).map(|until| full_day(on_day(until)));
    let often = how_often(&part);
    let more = Text::live(move || {
        let when = match (&until, &since) {
            (Some(until), _) => Some(groups::until(until.get()).get()),
            (None, since) => since.as_ref().map(|since| groups::since(since.get()).get()),
        };
        when.into_iter().chain([often.get()]).collect::<Vec<_>>().join(", ")
    });
    let goes_on = part.going_on(today()).next().is_some();
    let stop = goes_on.then(|| {
        let (text, said) = (groups::stop(&name), groups::stopped(&name));
        let tap = move || keep(circle, stories::groups::stops(&part, today()), said.clone());
        view! { <span class="push"><Button text icon=Icon::CROSS size=Size::Tool mark_only=true tap /></span> }
    });
    let lead = view! { <Person name=name.clone() /> }.into_any();
    view! { <li><ListRow text=Text::from(name) more lead>{stop}</ListRow></li> }.into_any()
}

/// A client of whom this person is in the circle joins from a day on.
fn joining(told: Told, now: Memo<Option<GroupStory>>) -> AnyView {
    let (chosen, day) = (RwSignal::new(String::new()), RwSignal::new(as_date(today())));
    let others = Memo::new(move |_| {
        let takes_part = now.with(|now| {
            let on = |one: &&Participant| one.part.going_on(today()).next().is_some();
            now.as_ref().map(|now| now.participants.iter().filter(on).map(|one| one.circle).collect::<Vec<CircleId>>())
        });
        let takes_part = takes_part.unwrap_or_default();
        let mut others = told.circles.get();
        others.retain(|circle| !takes_part.contains(&circle.id));
        others.sort_by(|one, other| one.name.cmp(&other.name));
        others.into_iter().map(|one| (one.id, one.name)).collect::<Vec<_>>()
    });
    let who = move || others.with_untracked(|all| all.iter().find(|(id, _)| id.to_string() == chosen.get()).cloned());
    let join = move || {
        let (Some((circle, name)), Some(from), Some(story)) = untrack(|| (who(), from_date(&day.get()), now.get()))
        else {
            return;
        };
        let id: RecordId = device::new_id();
        keep(circle, vec![stories::groups::enrolment(&story, from).make(id)], groups::joined(name));
        chosen.set(String::new());
    };
    let lacking = Signal::derive(move || chosen.with(String::is_empty) || from_date(&day.get()).is_none());
    let form = changing(move || {
        let others = others.get();
        if others.is_empty() {
            return view! { <p class="soft">{groups::NOBODY_LEFT}</p> }.into_any();
        }
        let choices = others.into_iter().map(|(id, name)| (id.to_string(), Text::from(name)));
        let choices = [(String::new(), Text::from(groups::CHOOSE))].into_iter().chain(choices).collect::<Vec<_>>();
        view! {
            <div class="row joining">
                <Select label=groups::WHO_JOINS choices chosen=untrack(|| chosen.get()) on_choose=move |id| chosen.set(id) />
                <Field label=groups::JOINS_ON kind="date" value=day on_change=move |typed| day.set(typed) />
                <Button text=groups::JOIN icon=Icon::PLUS disabled=lacking tap=join />
            </div>
            <p class="soft small">{groups::YOUR_CIRCLES}</p>
        }
        .into_any()
    });
    form.into_any()
}
