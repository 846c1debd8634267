//! A route with its parts and goals, how much help each took last time, and the button to practise it.

use leptos::task::spawn_local;
use opstap_core::model::{HelpLevel, Model, Practice, Route};
use opstap_core::{CircleId, PersonId, RecordId};
use opstap_view::prelude::*;

use super::look_back::to;
use super::{SupporterPlace, means};
use crate::components::{
    Appearance, Bones, Button, EmptyState, Floor, HelpMark, Icon, ListRow, LoadingBones, Main, Picture, Saved, Screen,
    StateChip, StateMark, TopBar, Well, icon,
};
use crate::dates::{moment, near_day};
use crate::device::{self, Reader, watch};
use crate::event::Tap;
use crate::navigation::go_to;
use crate::pages::shared::brought;
use crate::stories::{
    self,
    route::{PartOfRoute, PracticeTold},
};
use crate::words::{Text, care, past, practice, training};

#[derive(Clone, PartialEq, Eq)]
struct Told {
    route: Route,
    parts: Vec<PartOfRoute>,
    /// The most help each part took in the last practice that reached it.
    help: Vec<Option<HelpLevel>>,
    practices: Vec<PracticeTold>,
    brought: Option<PersonId>,
}

async fn tell(reader: Reader, route: RecordId) -> Option<Told> {
    let found = reader.one::<Route>(route).await?;
    let parts = stories::route::parts(&reader, route).await;
    let practices = stories::route::practices(&reader, route).await;
    let table = stories::route::help(&parts, &practices);
    let help = table.parts.iter().map(|part| part.help.iter().rev().flatten().next().copied()).collect();
    let brought = stories::route::brought_by(&found, &parts);
    Some(Told { route: found.value, parts, help, practices, brought })
}

/// A practice that is still going on: begun by me, not ended.
fn open(told: &Told) -> Option<RecordId> {
    let me = device::me()?.id;
    let open = |practice: &&PracticeTold| practice.end.is_none() && practice.practice.author == Some(me);
    told.practices.iter().find(open).map(|practice| practice.practice.id)
}

/// A route.
#[component]
pub fn RoutePage(circle: CircleId, route: RecordId) -> impl IntoView {
    let told = watch(circle, move |reader| tell(reader, route));
    let title = Text::live(move || told.get().flatten().map(|told| told.route.title).unwrap_or_default());
    let content = move || match told.get() {
        None => view! { <Main><LoadingBones shape=Bones::Rows(5) /></Main> }.into_any(),
        Some(None) => view! { <Main><EmptyState picture="world-map" sentence=practice::NOT_FOUND /></Main> }.into_any(),
        Some(Some(told)) => filled(circle, route, told),
    };
    let up = Tap::to(SupporterPlace::Circle(circle));
    view! {
        <Screen title way=true>
            <TopBar back=up><StateChip state=device::state() /></TopBar>
            {content}
        </Screen>
    }
}

fn filled(circle: CircleId, route: RecordId, told: Told) -> AnyView {
    let parts = told.parts.iter().zip(&told.help).map(|(part, help)| part_row(circle, part, *help)).collect_view();
    let all = told.practices.len();
    let practices = told.practices.iter().enumerate().map(|(place, told)| practice_row(circle, told, all - place));
    let history = if all == 0 {
        view! { <p class="soft">{practice::NO_PRACTICES_YET}</p> }.into_any()
    } else {
        let practices = practices.collect_view();
        view! { <ul class="list">{practices}</ul> }.into_any()
    };
    let begin = begin_button(circle, route, open(&told), all);
    view! {
        <Main>
            <h1 class="title">{told.route.title}</h1>
            {brought(circle, told.brought)}
            <ul class="list">{parts}</ul>
            <h2 class="title">{practice::PRACTICES}</h2>
            {history}
            <ul class="list">
                {to(care::WRITE_PRACTICE_DOWN.into(), SupporterPlace::PaperPractice(circle, route))}
                {to(training::CHANGE_ROUTE.into(), SupporterPlace::EditRoute(circle, route))}
                {to(past::HISTORY.into(), SupporterPlace::History(circle, route))}
            </ul>
        </Main>
        <Floor>{begin}</Floor>
    }
    .into_any()
}

fn begin_button(circle: CircleId, route: RecordId, open: Option<RecordId>, all: usize) -> AnyView {
    let place = move |id| SupporterPlace::Practice(circle, id);
    match open {
        Some(id) => {
            let tap = Tap::to(place(id));
            view! { <Button text=practice::GO_ON_PRACTICE tap appearance=Appearance::Way icon=Icon::FORWARD /> }
                .into_any()
        }
        None => {
            let begin = move || {
                spawn_local(async move {
                    let id = device::new_id();
                    let begun = Practice { route, at: device::now() }.make(id);
                    if device::edit(circle, vec![begun]).await.is_ok() {
                        go_to(place(id));
                    }
                });
            };
            let text = practice::start_practice((all + 1).to_string());
            view! { <Button text tap=begin appearance=Appearance::Way icon=Icon::FORWARD /> }.into_any()
        }
    }
}

fn part_row(circle: CircleId, part: &PartOfRoute, help: Option<HelpLevel>) -> AnyView {
    let of = &part.part.value;
    let source = match of.picture.clone() {
        Some(picture) => device::picture(circle, Some(picture)),
        None => means::pictogram(of.means).into(),
    };
    let lead = view! { <Picture source well=Well::Small /> }.into_any();
    let goals = part.goals.iter().map(|goal| view! { <li>{goal.value.text.clone()}</li> }).collect_view();
    let title = Text::from(of.title.clone());
    let row = match means::more(of) {
        Some(more) => view! { <ListRow text=title more lead><HelpMark level=help /></ListRow> }.into_any(),
        None => view! { <ListRow text=title lead><HelpMark level=help /></ListRow> }.into_any(),
    };
    view! { <li>{row}<ul class="goals soft small">{goals}</ul></li> }.into_any()
}

fn practice_row(circle: CircleId, told: &PracticeTold, number: usize) -> AnyView {
    let id = told.practice.id;
    let place =
        if told.end.is_some() { SupporterPlace::Report(circle, id) } else { SupporterPlace::Practice(circle, id) };
    let day = near_day(moment(told.practice.value.at), moment(device::now()));
    let more = if told.end.is_some() { day } else { practice::UNDER_WAY.into() };
    let tap = Tap::to(place);
    let saved = told.practice.saved;
    view! {
        <li>
            <ListRow text=practice::practice_number(number.to_string()) more tap>
                {(saved != Saved::Sent).then(|| view! { <StateMark saved /> })}
                {icon(Icon::FORWARD)}
            </ListRow>
        </li>
    }
    .into_any()
}
