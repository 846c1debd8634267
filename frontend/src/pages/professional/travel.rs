//! Travel training of one client: the route with its parts and goals, the help it took over the practices, and what was said of each.

use opstap_core::model::{Goal, Member, Route};
use opstap_core::{CircleId, PersonId, RecordId};
use opstap_insight::{PartRow, RouteHelp};
use opstap_view::prelude::*;

use super::client_head::{ClientPage, ClientPart};
use super::frame::client_name;
use super::help_plot::{HelpPlot, HelpRow, HelpShown};
use super::help_table::HelpTable;
use super::place::DeskPlace;
use super::practices::practices_view;
use super::training::{line_view, who_sees_travel};
use crate::components::desk::{Columns, Foot, Pane, SidePane, Tab, Tabs};
use crate::components::{
    Bones, Button, Choice, EmptyState, HelpMark, Icon, LoadingBones, Picture, Segments, Size, Source, Well, changing,
    help_word,
};
use crate::device::{self, Entry, Reader};
use crate::event::Tap;
use crate::pages::shared::{OlderMonths, brought};
use crate::pages::supporter::means;
use crate::stories;
use crate::stories::route::{PartOfRoute, PracticeTold};
use crate::words::{Text, Word, care, desk, past, training};

/// The route shown, with everything below it.
#[derive(Clone, PartialEq)]
pub(super) struct Seen {
    routes: Vec<Entry<Route>>,
    pub shown: Option<Shown>,
}

/// One route.
#[derive(Clone, PartialEq)]
pub(super) struct Shown {
    route: RecordId,
    pub parts: Vec<PartOfRoute>,
    pub practices: Vec<PracticeTold>,
    pub help: RouteHelp,
    pub members: Vec<Entry<Member>>,
    brought: Option<PersonId>,
}

async fn read(reader: Reader, wanted: Option<RecordId>) -> Seen {
    let routes = stories::route::routes(&reader).await;
    let route =
        routes.iter().find(|route| Some(route.id) == wanted).or_else(|| routes.first().filter(|_| wanted.is_none()));
    let shown = match route {
        Some(found) => {
            let route = found.id;
            let parts = stories::route::parts(&reader, route).await;
            let brought = stories::route::brought_by(found, &parts);
            let practices = stories::route::practices(&reader, route).await;
            let help = stories::route::help(&parts, &practices);
            Some(Shown { route, parts, practices, help, members: stories::members(&reader).await, brought })
        }
        None => None,
    };
    Seen { routes, shown }
}

/// The help of each part and its goals, over the practices.
fn help_shown(shown: &Shown) -> HelpShown {
    let row = |(at, row): (usize, &PartRow)| {
        let part = shown.parts.get(at);
        let goal = |place: usize| {
            let goal = part.and_then(|part| part.goals.get(place));
            goal.map(|goal| goal.value.text.clone()).unwrap_or_default()
        };
        HelpRow {
            title: part.map(|part| part.part.value.title.clone()).unwrap_or_default(),
            help: row.help.clone(),
            parts: row.goals.iter().enumerate().map(|(place, row)| (goal(place), row.help.clone())).collect(),
        }
    };
    HelpShown {
        column: desk::PART_AND_GOAL,
        caption: desk::HELP_TABLE_CAPTION,
        times: shown.help.practices.iter().map(|(_, at)| *at).collect(),
        rows: shown.help.parts.iter().enumerate().map(row).collect(),
    }
}

/// The figure or the same as a table.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Form {
    Plot,
    Table,
}

/// The page.
#[component]
pub(super) fn Travel(circle: CircleId, route: Option<RecordId>) -> impl IntoView {
    let seen = device::watch(circle, move |reader| read(reader, route));
    let form = RwSignal::new(Form::Plot);
    view! {
        <ClientPage circle part=ClientPart::Travel>
            <Course circle />
            {changing(move || match seen.get() {
                None => view! { <Columns><Pane><LoadingBones shape=Bones::Rows(6) /></Pane></Columns> }.into_any(),
                Some(Seen { shown: None, .. }) => {
                    view! { <NoRoute circle /> }.into_any()
                }
                Some(Seen { routes, shown: Some(shown) }) => {
                    let (help, practices) = (help_over_practices(circle, &shown, form), practices_view(circle, &shown));
                    let route = route_view(circle, &shown);
                    view! {
                        {route_tabs(circle, &routes, shown.route)}
                        <Columns><Pane>{help} {practices} <OlderMonths circle /></Pane><SidePane>{route}</SidePane></Columns>
                    }
                    .into_any()
                }
            })}
            <Foot><span>{desk::HELP_MEANS}</span></Foot>
        </ClientPage>
    }
}

/// Why no route stands here: there is none yet, the client did not let this person see it, or it was handed over.
#[component]
fn NoRoute(circle: CircleId) -> impl IntoView {
    let told = device::watch(circle, |reader| async move {
        let sees = who_sees_travel(&reader).await;
        let last = stories::trajectory::of_circle(&reader).await.pop();
        let coach = last.filter(|last| last.completed().is_some()).map(|last| last.trajectory.coach);
        let members = stories::members(&reader).await;
        let coach = coach.map(|coach| coach.map(|coach| stories::name_of(&members, coach)).unwrap_or_default());
        (device::me().is_some_and(|me| !sees.contains(&me.id)), coach)
    });
    let name = client_name(circle);
    changing(move || {
        let name = name.get();
        let (sentence, more) = match told.get() {
            None => return ().into_any(),
            Some((true, Some(coach))) => {
                let coach = if coach.is_empty() { training::COACH.get().to_owned() } else { coach };
                (training::handed_over(name), training::handed_over_more(coach))
            }
            Some((true, None)) => (training::you_see_no_travel(&name), training::ask_for_travel(name)),
            Some((false, _)) => (desk::NO_ROUTE.into(), desk::NO_ROUTE_MORE.into()),
        };
        view! { <EmptyState picture="world-map" sentence more /> }.into_any()
    })
}

/// The line of the training and the way to all of it, or the way to begin one.
#[component]
fn Course(circle: CircleId) -> impl IntoView {
    let trajectory = device::watch(circle, |reader| async move {
        let members = stories::members(&reader).await;
        (stories::trajectory::of_circle(&reader).await.pop(), members)
    });
    let tap = Tap::to(DeskPlace::Training(circle, None));
    changing(move || {
        match trajectory.get() {
        None => ().into_any(),
        Some((None, _)) => {
            view! { <div class="row course"><Button text=training::BEGIN icon=Icon::PLUS size=Size::Tool tap=tap.clone() /></div> }
                .into_any()
        }
        Some((Some(story), members)) => {
            let line = line_view(&story, |person| stories::name_of(&members, person));
            view! {
                {line}
                <div class="row course"><Button text=training::COURSE icon=Icon::FLAG size=Size::Tool tap=tap.clone() /></div>
            }
            .into_any()
        }
    }
    })
}

fn route_tabs(circle: CircleId, routes: &[Entry<Route>], shown: RecordId) -> Option<AnyView> {
    let tabs = routes
        .iter()
        .map(|route| {
            let (id, title) = (route.id, route.value.title.clone());
            view! { <Tab text=Text::from(title) tap=Tap::to(DeskPlace::Travel(circle, Some(id))) current=Signal::derive(move || id == shown) /> }
        })
        .collect_view();
    (routes.len() > 1).then(|| view! { <Tabs label=desk::ROUTES>{tabs}</Tabs> }.into_any())
}

fn help_over_practices(circle: CircleId, shown: &Shown, form: RwSignal<Form>) -> AnyView {
    let count = shown.help.practices.len();
    let head = view! {
        <h2>{desk::HELP_PER_PART}</h2>
        <span class="soft">{desk::practices(count)}</span>
    };
    if count == 0 {
        return view! { <section class="stack"><div class="row">{head}</div><p>{desk::NOT_PRACTISED}</p></section> }
            .into_any();
    }
    let curves = Tap::to(DeskPlace::Curves(circle, shown.route));
    let below = view! {
        <div class="row"><Button text=desk::LEARNING_CURVES icon=Icon::CHART size=Size::Tool tap=curves /></div>
    };
    help_figure((head.into_any(), desk::HELP_PER_PART), help_shown(shown), form, below.into_any())
}

/// Help over the times that something was done: its head and name, the figure or the same as a table, what the letters mean, and what stands below.
pub(super) fn help_figure(
    (head, label): (AnyView, Word),
    shown: HelpShown,
    form: RwSignal<Form>,
    below: AnyView,
) -> AnyView {
    let choices = vec![Choice::new(Form::Plot, desk::PLOT), Choice::new(Form::Table, desk::TABLE)];
    let figure = changing(move || match form.get() {
        Form::Plot => view! { <HelpPlot shown=shown.clone() /> }.into_any(),
        Form::Table => view! { <HelpTable shown=shown.clone() /> }.into_any(),
    });
    view! {
        <section class="stack">
            <div class="row">
                {head}
                <span class="push"><Segments label choices chosen=form on_choose=move |chosen| form.set(chosen) /></span>
            </div>
            {figure}
            {legend()}
            {below}
        </section>
    }
    .into_any()
}

/// The five levels with their letters, always in view.
fn legend() -> AnyView {
    let levels = opstap_core::model::HelpLevel::ALL
        .iter()
        .map(|level| view! { <span class="row"><HelpMark level=Some(*level) letter=true /> <span>{help_word(*level)}</span></span> })
        .collect_view();
    view! { <div class="row legend small">{levels}<span class="soft push">{desk::LOWER_IS_MORE}</span></div> }
        .into_any()
}

/// The route in its parts, each with what is learned there and how it went last.
fn route_view(circle: CircleId, shown: &Shown) -> AnyView {
    let parts = shown
        .parts
        .iter()
        .map(|PartOfRoute { part, goals }| {
            let source = match &part.value.picture {
                Some(picture) => device::picture(circle, Some(picture.clone())),
                None => Source::from(means::pictogram(part.value.means)),
            };
            let goals = goals.iter().map(|goal| goal_row(goal, shown)).collect_view();
            view! {
                <li class="stack">
                    <div class="row">
                        <Picture source well=Well::Small />
                        <span class="fill">
                            <b>{part.value.title.clone()}</b>
                            {means::more(&part.value).map(|more| view! { <span class="soft small line">{more}</span> })}
                        </span>
                    </div>
                    <ul class="goals">{goals}</ul>
                </li>
            }
        })
        .collect_view();
    let history = Tap::to(DeskPlace::History(circle, shown.route));
    let change = Tap::to(DeskPlace::EditRoute(circle, shown.route));
    let paper = Tap::to(DeskPlace::PaperPractice(circle, shown.route));
    view! {
        <section class="stack">
            <h2>{desk::ROUTE}</h2>
            {brought(circle, shown.brought)}
            <ol class="stack">{parts}</ol>
            <div class="row">
                <Button text=training::CHANGE_ROUTE icon=Icon::PENCIL size=Size::Tool tap=change />
                <Button text=care::WRITE_PRACTICE_DOWN icon=Icon::PENCIL size=Size::Tool tap=paper />
                <Button text=past::HISTORY icon=Icon::CLOCK size=Size::Tool tap=history />
            </div>
        </section>
    }
    .into_any()
}

fn goal_row(goal: &Entry<Goal>, shown: &Shown) -> AnyView {
    let rows = shown.help.parts.iter().flat_map(|part| &part.goals);
    let last = rows.filter(|row| row.goal == goal.id).find_map(|row| row.help.iter().rev().flatten().next().copied());
    let mark = last.map_or_else(
        || view! { <span class="soft">"–"</span> }.into_any(),
        |level| view! { <HelpMark level=Some(level) letter=true /> }.into_any(),
    );
    view! { <li class="row">{mark}<span class="fill">{goal.value.text.clone()}</span></li> }.into_any()
}
