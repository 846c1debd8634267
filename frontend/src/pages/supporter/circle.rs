//! One client, as a volunteer or parent sees them: the newest report to read, the routes to practise, the plans to tune.

use opstap_core::access::Section;
use opstap_core::model::Plan;
use opstap_core::{CircleId, RecordId};
use opstap_view::prelude::*;

use super::SupporterPlace;
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
use crate::device::{self, Entry, Reader, watch};
use crate::event::Tap;
use crate::pages::shared::care::{Reminding, alone_since};
use crate::pages::shared::{BookEntries, SharedPlace, is_locked, locked};
use crate::stories::{self, crossed::is_plan_crossed, run::under_way};
use crate::words::{Text, care, new_plan, paper, plan_editor, practice, shared};

/// What a supporter may see of the circle now.
#[derive(Clone, PartialEq, Eq)]
struct Told {
    plans: Option<Vec<PlanTold>>,
    routes: Option<Vec<RouteTold>>,
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
            });
        }
        routes = Some(told);
    }
    let now = if may(Section::Progress) { under_way(&reader, device::now()).await } else { None };
    let (newest, training) = (newest_of(&reader).await, training_of(&reader).await);
    Told { plans, routes, newest, training, messages: may(Section::Messages), now }
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
            {told.messages.then(|| to_messages(circle))}
            {newest_view(circle, &told.newest)}
            <h2 class="title">{practice::TRAVELLING}</h2>
            {told.training.map(|training| training_view(circle, &training, Signal::derive(move || name.get())))}
            {routes(circle, told.routes, name.get())}
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

fn routes(circle: CircleId, routes: Option<Vec<RouteTold>>, name: String) -> AnyView {
    let Some(routes) = routes else {
        return view! { <p class="soft">{practice::no_travel_here(name)}</p> }.into_any();
    };
    if routes.is_empty() {
        return view! { <p class="soft">{practice::NO_ROUTES_YET}</p> }.into_any();
    }
    let rows = routes.into_iter().map(|route| {
        let lead = view! { <Picture source=device::picture(circle, route.picture) well=Well::Small /> }.into_any();
        let tap = Tap::to(SupporterPlace::Route(circle, route.id));
        let more = match route.practices {
            0 => practice::NO_PRACTICES_YET.into(),
            count => practice::practice_number(count.to_string()),
        };
        view! { <li><ListRow text=Text::from(route.title) more lead tap>{icon(Icon::FORWARD)}</ListRow></li> }
    });
    view! { <ul class="list">{rows.collect_view()}</ul> }.into_any()
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
