//! A session of a group in few taps: the day, how long, and of each who takes part whether they were there. The same screen corrects it later.

use leptos::task::spawn_local;
use opstap_core::model::Presence;
use opstap_core::{CircleId, RecordId};
use opstap_insight::GroupStory;
use opstap_view::prelude::*;

use super::reading::Told;
use super::session_sheet::Entered;
use crate::components::desk::{Bar, Columns, Foot, Pane};
use crate::components::{
    Appearance, Bones, Button, Choice, EmptyState, Field, Icon, LoadingBones, Person, Segments, Size, changing,
};
use crate::dates::{full_day, on_day};
use crate::device;
use crate::event::Tap;
use crate::navigation::{go_to, stays};
use crate::pages::professional::attendance::presence_word;
use crate::pages::professional::place::DeskPlace;
use crate::pages::shared::care::keep_in_circles;
use crate::stories;
use crate::words::{Text, desk, groups};

/// The page.
#[component]
pub(in super::super) fn Session(circle: CircleId, group: RecordId, id: Option<RecordId>) -> impl IntoView {
    let told = Told::open(circle);
    let story = told.one(group);
    // Drawn once: what is being tapped must not be drawn anew when a circle moves.
    let there = Memo::new(move |_| {
        let is_there = |story: &GroupStory| id.is_none_or(|id| story.sessions.iter().any(|one| one.id == id));
        story.with(|story| story.as_ref().map(|story| story.as_ref().is_some_and(is_there)))
    });
    let now = Memo::new(move |_| story.get().flatten());
    let body = changing(move || match there.get() {
        None => view! { <LoadingBones shape=Bones::Rows(5) /> }.into_any(),
        // Taken away just now, or never there.
        Some(false) => view! { <EmptyState picture="busts-in-silhouette" sentence=desk::NOT_THERE /> }.into_any(),
        Some(true) => {
            let entered = untrack(|| Entered::open(circle, group, id, now));
            sheet(told, entered, group, now)
        }
    });
    let named = Memo::new(move |_| now.with(|now| now.as_ref().map(|now| now.group.name.clone())).unwrap_or_default());
    let day = Memo::new(move |_| {
        let session = id?;
        now.with(|now| now.as_ref()?.sessions.iter().find(|one| one.id == session).map(|one| one.session.on))
    });
    let title = Text::live(move || match day.get() {
        Some(day) => groups::session_of(full_day(on_day(day)).get()).get(),
        None if id.is_some() => groups::SESSION.get().to_owned(),
        None => groups::NEW_SESSION.get().to_owned(),
    });
    let back = Tap::to(DeskPlace::Group(group));
    let back =
        view! { <Button text=Text::live(move || named.get()) icon=Icon::BACK appearance=Appearance::Plain tap=back /> };
    view! {
        <Bar title lead=back.into_any() />
        {told.readers()}
        <Columns><Pane><div class="sheet stack">{body}</div></Pane></Columns>
        <Foot><span>{groups::FIGURES_HERE}</span></Foot>
    }
}

fn sheet(told: Told, entered: Entered, group: RecordId, now: Memo<Option<GroupStory>>) -> AnyView {
    let busy = RwSignal::new(false);
    let keep = move || {
        let (Ok(sheet), Some(story)) = untrack(|| (entered.sheet(), now.get())) else { return };
        let edits = stories::groups::session_edits(told.programme, &story, &sheet, device::new_id);
        let (registered, attended) = sheet.figures();
        busy.set(true);
        let stays = stays();
        spawn_local(async move {
            let is_kept = edits.is_empty() || keep_in_circles(edits, groups::so_many_there(attended, registered)).await;
            let _ = busy.try_set(false);
            if is_kept {
                entered.done();
                if stays() {
                    go_to(DeskPlace::Group(group));
                }
            }
        });
    };
    let lacking = Signal::derive(move || busy.get() || entered.sheet().is_err());
    let Entered { day, minutes, .. } = entered;
    view! {
        <div class="row session-when">
            <Field label=groups::DAY kind="date" value=day on_change=move |typed| day.set(typed) />
            <Field label=groups::MINUTES kind="number" value=minutes on_input=move |typed| minutes.set(typed) />
        </div>
        {presence(told, entered)}
        {others(entered)}
        <p role="status">{says(entered)}</p>
        <div class="row">
            <Button text=groups::KEEP icon=Icon::CHECK appearance=Appearance::Primary disabled=lacking tap=keep />
            {removing(told, entered, group, now)}
        </div>
    }
    .into_any()
}

/// How many were there, or what is to be looked at first.
fn says(entered: Entered) -> Text {
    Text::live(move || match entered.sheet() {
        Err(word) => word.get().to_owned(),
        Ok(sheet) => {
            let (registered, attended) = sheet.figures();
            let unsaid = sheet.presence.iter().filter(|(_, presence)| presence.is_none()).count();
            let unsaid = (unsaid > 0).then(|| groups::not_said(unsaid).get());
            let there = groups::so_many_there(attended, registered).get();
            [there].into_iter().chain(unsaid).collect::<Vec<_>>().join(" ")
        }
    })
}

/// A row for each who could be there, and one tap for all of whom nothing was said.
fn presence(told: Told, entered: Entered) -> AnyView {
    let list = Memo::new(move |_| {
        let mut list: Vec<(String, CircleId)> =
            entered.list().into_iter().map(|circle| (told.name(circle), circle)).collect();
        list.sort();
        list
    });
    let unsaid = move || {
        let mut list = list.get();
        list.retain(|(_, circle)| entered.presence(*circle).is_none());
        list
    };
    let all = move || {
        for (_, circle) in untrack(unsaid) {
            entered.say(circle, Presence::Present);
        }
    };
    let none_left = Signal::derive(move || unsaid().is_empty());
    let text = Text::live(move || {
        let nothing_said = unsaid().len() == list.with(Vec::len);
        if nothing_said { groups::EVERYBODY.get() } else { groups::THE_REST.get() }.to_owned()
    });
    let some = Memo::new(move |_| !list.with(Vec::is_empty));
    let head = changing(move || {
        if some.get() {
            let text = text.clone();
            view! { <Button text icon=Icon::CHECK size=Size::Tool disabled=none_left tap=all /> }.into_any()
        } else {
            view! { <p class="soft">{groups::NOBODY}</p> }.into_any()
        }
    });
    view! {
        <section class="stack">
            <div class="row presence-head"><h2 class="fill">{groups::WHO_WAS_THERE}</h2>{head}</div>
            <ul class="list presence">
                <For each=move || list.get() key=|(_, circle)| circle.to_string() children=move |one| row(entered, one) />
            </ul>
        </section>
    }
    .into_any()
}

fn row(entered: Entered, (name, circle): (String, CircleId)) -> AnyView {
    let choices = Presence::ALL.iter().map(|one| Choice::new(Some(*one), presence_word(*one))).collect();
    let chosen = Signal::derive(move || entered.presence(circle));
    let choose = move |presence: Option<Presence>| {
        if let Some(presence) = presence {
            entered.say(circle, presence);
        }
    };
    view! {
        <li class="row">
            <Person name=name.clone() />
            <b class="fill">{name.clone()}</b>
            <Segments label=groups::presence_of(name) choices chosen on_choose=choose />
        </li>
    }
    .into_any()
}

/// In figures alone: those who are not on the list.
fn others(entered: Entered) -> AnyView {
    let Entered { others_registered: registered, others_attended: attended, .. } = entered;
    let open = untrack(|| !registered.with(String::is_empty)).then_some("");
    view! {
        <details open=open>
            <summary>{groups::OTHERS}</summary>
            <div class="stack">
                <p class="soft">{groups::OTHERS_MORE}</p>
                <div class="row session-when">
                    <Field label=groups::OTHERS_REGISTERED kind="number" value=registered on_input=move |typed| registered.set(typed) />
                    <Field label=groups::OTHERS_ATTENDED kind="number" value=attended on_input=move |typed| attended.set(typed) />
                </div>
            </div>
        </details>
    }
    .into_any()
}

/// The way to take it away again, should it be a mistake.
fn removing(told: Told, entered: Entered, group: RecordId, now: Memo<Option<GroupStory>>) -> AnyView {
    let is_kept = Memo::new(move |_| {
        now.with(|now| now.as_ref().is_some_and(|now| now.sessions.iter().any(|one| one.id == entered.id)))
    });
    changing(move || {
        if !is_kept.get() {
            return ().into_any();
        }
        let tap = move || {
            let Some(story) = now.get_untracked() else { return };
            let edits = stories::groups::without_session(told.programme, &story, entered.id);
            entered.done();
            let stays = stays();
            spawn_local(async move {
                keep_in_circles(edits, groups::SESSION_REMOVED.into()).await;
                if stays() {
                    go_to(DeskPlace::Group(group));
                }
            });
        };
        view! { <span class="push"><Button text=groups::REMOVE_SESSION icon=Icon::TRASH size=Size::Tool tap /></span> }
            .into_any()
    })
}
