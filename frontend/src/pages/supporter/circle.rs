//! One client, as a volunteer or parent sees them: the newest report to read, the routes to practise, the plans to tune.

use leptos::task::spawn_local;
use opstap_core::access::Section;
use opstap_core::model::{Consent, ConsentAct, Model, Plan, Route};
use opstap_core::{CircleId, Millis, RecordId, order};
use opstap_view::prelude::*;

use super::SupporterPlace;
use super::arranged::to_arranged;
use super::arrivals::arrivals;
use super::guide::{offer, rows};
use super::look_back::{WaysBack, to};
use super::messages::to_messages;
use super::newest::{Newest, newest_of, newest_view};
use super::training::{Training, training_of, training_view};
use crate::components::{
    Bones, Button, Icon, ListRow, LoadingBones, Main, Person, PersonSize, Picture, Saved, Screen, StateChip, StateMark,
    TopBar, Well, icon,
};
use crate::dates::{day_and_month, moment};
use crate::device::{self, Entry, Reader, watch};
use crate::event::Tap;
use crate::navigation::go_to;
use crate::pages::shared::care::{Reminding, alone_since};
use crate::pages::shared::{BookEntries, SharedPlace, is_locked, locked};
use crate::stories::{self, crossed::is_plan_crossed, run::under_way};
use crate::words::{Text, care, new_plan, paper, plan_editor, practice, shared, training};

/// What a supporter may see of the circle now.
#[derive(Clone, PartialEq, Eq)]
struct Told {
    plans: Option<Vec<PlanTold>>,
    routes: Option<Vec<RouteTold>>,
    /// Until when the journeys could be seen, where that ended.
    saw_until: Option<Millis>,
    newest: Newest,
    training: Option<Training>,
    messages: bool,
    /// A run under way.
    now: Option<RecordId>,
}

#[derive(Clone, PartialEq, Eq)]
struct PlanTold {
    plan: Entry<Plan>,
    steps: usize,
    /// Two people changed the same somewhere in it.
    crossed: bool,
}

#[derive(Clone, PartialEq, Eq)]
struct RouteTold {
    id: RecordId,
    title: String,
    picture: Option<opstap_core::model::Picture>,
    order: Option<String>,
    practices: usize,
}

async fn tell(reader: Reader) -> Told {
    let me = device::me();
    let access = reader.access().await;
    let may = |section: Section| match (&access, me) {
        (Some(access), Some(me)) => access.view(me, device::now()).0 & section.bit() != 0,
        _ => false,
    };
    let mut plans = None;
    if may(Section::Plans) {
        let mut told = Vec::new();
        let choices = reader.all().await;
        for plan in stories::plans(&reader).await {
            let steps = stories::steps(&reader, plan.id).await;
            let crossed = is_plan_crossed(&plan, &steps, &choices);
            told.push(PlanTold { plan, steps: steps.len(), crossed });
        }
        plans = Some(told);
    }
    let mut routes = None;
    if may(Section::Travel) {
        let mut told = Vec::new();
        for route in stories::route::routes(&reader).await {
            told.push(RouteTold {
                id: route.id,
                practices: stories::route::practices(&reader, route.id).await.len(),
                title: route.value.title,
                picture: route.value.picture,
                order: route.value.order,
            });
        }
        routes = Some(told);
    }
    let ended = |consent: &Consent| {
        consent.act == ConsentAct::Withdrawn
            && consent.section == Section::Travel
            && me.is_some_and(|me| me.id == consent.person)
    };
    let ends = reader.all::<Consent>().await.into_iter().map(|consent| consent.value).filter(ended);
    let saw_until = ends.map(|consent| consent.from).max();
    let now = if may(Section::Progress) { under_way(&reader, device::now()).await } else { None };
    let (newest, training) = (newest_of(&reader).await, training_of(&reader).await);
    Told { plans, routes, saw_until, newest, training, messages: may(Section::Messages), now }
}

/// The first name of the client of a circle; empty while it is not known.
pub fn name_in(circle: CircleId) -> Memo<String> {
    let circles = device::circles();
    Memo::new(move |_| {
        let all = circles.get().unwrap_or_default();
        all.into_iter().find(|known| known.id == circle).map(|known| known.name).unwrap_or_default()
    })
}

/// The circle of one client.
#[component]
pub fn CirclePage(circle: CircleId, #[prop(optional)] only: bool) -> impl IntoView {
    let told = watch(circle, tell);
    let name = name_in(circle);
    let back = (!only).then(|| Tap::to(SupporterPlace::Home));
    let lead =
        only.then(|| view! { <Person name=Signal::derive(move || name.get()) size=PersonSize::Small /> }.into_any());
    let is_locked = is_locked(circle);
    let content = move || match told.get() {
        _ if is_locked.get() => locked(),
        None => view! { <LoadingBones shape=Bones::Rows(4) /> }.into_any(),
        Some(told) => view! {
            <Reminding circle name=Signal::derive(move || name.get()) />
            {arrivals(circle, name)}
            {told.now.map(|now| goes_on(circle, now))}
            {told.plans.is_some().then(|| to_arranged(circle))}
            {told.messages.then(|| to_messages(circle))}
            {newest_view(circle, &told.newest)}
            <h2 class="title">{practice::TRAVELLING}</h2>
            {told.training.map(|training| training_view(circle, &training, Signal::derive(move || name.get())))}
            {routes(circle, told.routes, told.saw_until, name.get())}
            <h2 class="title">{practice::PLANS}</h2>
            {plans(circle, told.plans.clone(), name.get())}
            {told.plans.is_some().then(|| view! {
                <Button text=new_plan::NEW_PLAN icon=Icon::PLUS tap=Tap::to(SupporterPlace::NewPlan(circle)) />
                <ul class="list">
                    {to_preferences(circle)}
                    {to(care::DAYS_OFF.into(), SupporterPlace::DaysOff(circle))}
                    {to(paper::WEEK.into(), SupporterPlace::PrintWeek(circle))}
                </ul>
            })}
            <BookEntries circle />
        }
        .into_any(),
    };
    let settings = SupporterPlace::Shared(SharedPlace::Language);
    let data = SupporterPlace::Shared(SharedPlace::DataUse);
    view! {
        <Screen title=Text::live(move || name.get())>
            {top_bar(back, lead)}
            <Main>
                <h1 class="title">{move || name.get()}</h1>
                {offer()}
                {content}
                <ul class="list">
                    {rows()}
                    {move || (!is_locked.get()).then(|| view! { <WaysBack circle /> })}
                    <li><ListRow text=shared::NOTICES tap=Tap::to(SupporterPlace::Notices)>{icon(Icon::FORWARD)}</ListRow></li>
                    <li><ListRow text=shared::DATA_USE tap=Tap::to(data)>{icon(Icon::FORWARD)}</ListRow></li>
                    <li><ListRow text=shared::LANGUAGE_AND_COLOURS tap=Tap::to(settings)>{icon(Icon::FORWARD)}</ListRow></li>
                </ul>
            </Main>
        </Screen>
    }
}

/// A run that goes on now, to follow it.
fn goes_on(circle: CircleId, run: RecordId) -> AnyView {
    let tap = Tap::to(SupporterPlace::Run(circle, run));
    view! {
        <ul class="list"><li><ListRow text=shared::NOW_BUSY more=shared::WATCH_ALONG tap>{icon(Icon::EYE)}</ListRow></li></ul>
    }
    .into_any()
}

fn to_preferences(circle: CircleId) -> AnyView {
    to(plan_editor::APP_TITLE.into(), SupporterPlace::Preferences(circle))
}

fn top_bar(back: Option<Tap>, lead: Option<AnyView>) -> AnyView {
    let state = || {
        view! { <StateChip state=device::state() tap=Tap::to(SupporterPlace::Shared(SharedPlace::NotSent)) /> }
    };
    match (back, lead) {
        (Some(back), _) => view! { <TopBar back>{state()}</TopBar> }.into_any(),
        (None, Some(lead)) => view! { <TopBar lead>{state()}</TopBar> }.into_any(),
        (None, None) => view! { <TopBar>{state()}</TopBar> }.into_any(),
    }
}

fn routes(circle: CircleId, routes: Option<Vec<RouteTold>>, saw_until: Option<Millis>, name: String) -> AnyView {
    let Some(routes) = routes else {
        // The client agreed to a handover, or turned it off: either way it is no fault of whoever looked along.
        let until = saw_until.map(|until| {
            let day = day_and_month(moment(until));
            Text::live(move || training::saw_until(day.get()).get())
        });
        return view! { <p class="soft">{practice::no_travel_here(name)} " " {until}</p> }.into_any();
    };
    let none = routes.is_empty().then(|| view! { <p class="soft">{practice::NO_ROUTES_YET}</p> });
    let last = routes.iter().filter_map(|route| route.order.clone()).max();
    let make = move || {
        let title = training::NEW_ROUTE.now().to_owned();
        let (id, order) = (device::new_id(), Some(order::between(last.as_deref(), None)));
        let route = Route { title, picture: None, order }.make(id);
        spawn_local(async move {
            if device::edit(circle, vec![route]).await.is_ok() {
                go_to(SupporterPlace::EditRoute(circle, id));
            }
        });
    };
    let rows = routes.into_iter().map(|route| {
        let lead = view! { <Picture source=device::picture(circle, route.picture) well=Well::Small /> }.into_any();
        let tap = Tap::to(SupporterPlace::Route(circle, route.id));
        let more = match route.practices {
            0 => practice::NO_PRACTICES_YET.into(),
            count => practice::practice_number(count.to_string()),
        };
        view! { <li><ListRow text=Text::from(route.title) more lead tap>{icon(Icon::FORWARD)}</ListRow></li> }
    });
    view! {
        {none}
        <ul class="list">{rows.collect_view()}</ul>
        <Button text=training::MAKE_ROUTE icon=Icon::PLUS tap=make />
    }
    .into_any()
}

/// The state of a row, where there is something to say: that the rest is sent stands at the top of the screen.
fn unsent(saved: Saved) -> Option<AnyView> {
    (saved != Saved::Sent).then(|| view! { <StateMark saved /> }.into_any())
}

fn plans(circle: CircleId, plans: Option<Vec<PlanTold>>, name: String) -> AnyView {
    let Some(plans) = plans else {
        return view! { <p class="soft">{practice::no_plans_here(name)}</p> }.into_any();
    };
    if plans.is_empty() {
        return view! { <p class="soft">{practice::NO_PLANS_YET}</p> }.into_any();
    }
    let (resting, plans): (Vec<_>, Vec<_>) = plans.into_iter().partition(|told| told.plan.value.mastered().is_some());
    let resting = (!resting.is_empty()).then(|| {
        let rows = resting.into_iter().map(|plan| plan_row(circle, plan)).collect_view();
        view! { <h2 class="title">{care::ALONE}</h2><ul class="list">{rows}</ul> }
    });
    let rows = plans.into_iter().map(|plan| plan_row(circle, plan)).collect_view();
    view! { <ul class="list">{rows}</ul>{resting} }.into_any()
}

fn plan_row(circle: CircleId, PlanTold { plan, steps, crossed }: PlanTold) -> AnyView {
    let more = alone_since(&plan.value).unwrap_or_else(|| practice::steps_count(steps));
    let lead = view! { <Picture source=device::picture(circle, plan.value.picture) well=Well::Small /> }.into_any();
    let tap = Tap::to(SupporterPlace::Plan(circle, plan.id));
    let crossed = crossed.then(|| {
        view! { <span class="chip problem">{icon(Icon::SPLIT)}<span>{plan_editor::TWO_VERSIONS}</span></span> }
    });
    view! {
        <li>
            <ListRow text=Text::from(plan.value.title) more lead tap>
                {crossed}
                {unsent(plan.saved)}
                {icon(Icon::FORWARD)}
            </ListRow>
        </li>
    }
    .into_any()
}
