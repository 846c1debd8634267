//! One group: its sessions, who takes part, and what it is.

use opstap_core::model::set;
use opstap_core::{CircleId, RecordId};
use opstap_insight::{GroupStory, SessionStory};
use opstap_view::prelude::*;

use super::super::list::kept_foot;
use super::super::volunteers::today;
use super::about::about;
use super::list::says;
use super::reading::Told;
use super::taking_part::taking_part;
use crate::components::desk::{Bar, Columns, Pane, SidePane, Table};
use crate::components::{Appearance, Bones, Button, Card, EmptyState, Icon, LoadingBones, Size, Tone, changing};
use crate::dates::{full_day, on_day};
use crate::event::Tap;
use crate::pages::professional::place::DeskPlace;
use crate::pages::shared::care::{keep, keep_in_circles};
use crate::stories;
use crate::words::{Text, desk, groups};

/// The page.
#[component]
pub(in super::super) fn GroupPage(circle: CircleId, id: RecordId) -> impl IntoView {
    let told = Told::open(circle);
    let story = told.one(id);
    let title = Text::live(move || {
        story.with(|story| story.iter().flatten().next().map(|story| story.group.name.clone())).unwrap_or_default()
    });
    let more = Text::live(move || {
        let told = story.with(|story| story.iter().flatten().next().map(says)).unwrap_or_default();
        told.iter().map(Text::get).collect::<Vec<_>>().join(", ")
    });
    // Drawn once: a field that keeps itself must not be drawn anew while somebody goes on typing.
    let there = Memo::new(move |_| story.with(|story| story.as_ref().map(Option::is_some)));
    let now = Memo::new(move |_| story.get().flatten());
    let body = changing(move || match there.get() {
        None => view! { <Columns><Pane><LoadingBones shape=Bones::Rows(5) /></Pane></Columns> }.into_any(),
        Some(false) => view! { <EmptyState picture="busts-in-silhouette" sentence=desk::NOT_THERE /> }.into_any(),
        Some(true) => view! {
            <Columns>
                <Pane>{full(now)}{sessions(id, now)}{taking_part(told, now)}</Pane>
                <SidePane><h2>{groups::ABOUT}</h2>{about(circle, id, now)}{ending(told, now)}</SidePane>
            </Columns>
        }
        .into_any(),
    });
    let goes_on = Memo::new(move |_| now.with(|now| now.as_ref().is_some_and(|now| now.group.ended.is_none())));
    let new = changing(move || {
        let tap = Tap::to(DeskPlace::GroupSession(id, None));
        let new = goes_on
            .get()
            .then(|| view! { <Button text=groups::NEW_SESSION icon=Icon::PLUS appearance=Appearance::Primary tap /> });
        new.into_any()
    });
    let back = Tap::to(DeskPlace::Groups);
    let back = view! { <Button text=groups::GROUPS icon=Icon::BACK appearance=Appearance::Plain tap=back /> };
    view! {
        <Bar title more lead=back.into_any()>{new}</Bar>
        {told.readers()}
        {body}
        {kept_foot()}
    }
}

fn full(now: Memo<Option<GroupStory>>) -> AnyView {
    let full = Memo::new(move |_| {
        now.with(|now| now.as_ref().is_some_and(|now| now.group.ended.is_none() && now.places_left(today()) == Some(0)))
    });
    let card = changing(move || {
        let card = full.get().then(|| view! { <Card tone=Tone::Quiet><p>{groups::FULL_MORE}</p></Card> });
        card.into_any()
    });
    view! { <div role="status">{card}</div> }.into_any()
}

fn sessions(id: RecordId, now: Memo<Option<GroupStory>>) -> AnyView {
    let all = Memo::new(move |_| now.with(|now| now.as_ref().map(|now| now.sessions.clone())).unwrap_or_default());
    let body = changing(move || {
        let all = all.get();
        if all.is_empty() {
            return view! { <h2>{groups::SESSIONS}</h2><p class="soft">{groups::NO_SESSIONS}</p> }.into_any();
        }
        let rows = all.iter().map(|one| line(id, one)).collect_view();
        view! {
            <h2>{groups::SESSIONS}</h2>
            <Table caption=groups::SESSIONS quiet_caption=true>
                <thead>
                    <tr>
                        <th scope="col">{groups::DAY}</th>
                        <th scope="col" class="n">{groups::MINUTES}</th>
                        <th scope="col" class="n">{groups::REGISTERED}</th>
                        <th scope="col" class="n">{groups::ATTENDED}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </Table>
        }
        .into_any()
    });
    view! { <section class="stack">{body}</section> }.into_any()
}

fn line(group: RecordId, SessionStory { id, session, .. }: &SessionStory) -> AnyView {
    let number = |number: Option<u32>| number.map_or_else(|| "–".to_owned(), |number| number.to_string());
    let tap = Tap::to(DeskPlace::GroupSession(group, Some(*id)));
    view! {
        <tr>
            <th scope="row"><Button text=full_day(on_day(session.on)) appearance=Appearance::Plain size=Size::Tool tap /></th>
            <td class="n">{number(session.minutes)}</td>
            <td class="n">{number(session.registered)}</td>
            <td class="n">{number(session.attended)}</td>
        </tr>
    }
    .into_any()
}

/// Ending the group for all, or going on with it.
fn ending(told: Told, now: Memo<Option<GroupStory>>) -> AnyView {
    let ended = Memo::new(move |_| now.with(|now| now.as_ref().is_some_and(|now| now.group.ended.is_some())));
    let tap = move || {
        let Some(story) = now.get_untracked() else { return };
        if story.group.ended.is_some() {
            keep(told.programme, vec![set(story.id, "ended", None::<opstap_core::Day>)], groups::GOES_ON.into());
        } else {
            let edits = stories::groups::ends(told.programme, &story, today());
            leptos::task::spawn_local(async move {
                keep_in_circles(edits, groups::IS_ENDED.into()).await;
            });
        }
    };
    let button = changing(move || {
        let (text, icon) = if ended.get() { (groups::GO_ON, Icon::AGAIN) } else { (groups::END_GROUP, Icon::CHECK) };
        view! { <Button text icon size=Size::Tool tap /> }.into_any()
    });
    view! { <div class="row">{button}</div> }.into_any()
}
