//! The plans of one client, and where to take another.

use opstap_core::CircleId;
use opstap_core::model::{Plan, Step};
use opstap_view::prelude::*;

use super::client_head::{ClientPage, ClientPart};
use super::frame::unsent;
use super::place::DeskPlace;
use crate::components::desk::{Columns, Foot, Pane};
use crate::components::{
    Appearance, Bones, Button, EmptyState, Icon, ListRow, LoadingBones, Picture, Well, changing, icon,
};
use crate::dates::on_the_clock;
use crate::device::{self, Entry, Reader};
use crate::event::Tap;
use crate::language::language;
use crate::pages::shared::care::alone_since;
use crate::stories::{self, crossed::is_plan_crossed};
use crate::words::{Text, care, desk, new_plan, paper, past, plan_editor};

/// A plan with what the list says of it.
#[derive(Clone, PartialEq)]
struct Told {
    plan: Entry<Plan>,
    steps: usize,
    /// Two people changed the same somewhere in it.
    crossed: bool,
}

async fn read(reader: Reader) -> Vec<Told> {
    let mut told = Vec::new();
    let choices = reader.all().await;
    for plan in stories::plans(&reader).await {
        let steps: Vec<Entry<Step>> = stories::steps(&reader, plan.id).await;
        let crossed = is_plan_crossed(&plan, &steps, &choices);
        told.push(Told { plan, steps: steps.len(), crossed });
    }
    told
}

/// The page.
#[component]
pub(super) fn Plans(circle: CircleId) -> impl IntoView {
    let plans = device::watch(circle, read);
    view! {
        <ClientPage circle part=ClientPart::Plans>
            <Columns><Pane>{list(circle, plans)}</Pane></Columns>
            <Foot><span>{desk::PLANS_GO_BY_THEMSELVES}</span></Foot>
        </ClientPage>
    }
}

fn list(circle: CircleId, plans: Signal<Option<Vec<Told>>>) -> AnyView {
    changing(move || {
        match plans.get() {
        None => view! { <LoadingBones shape=Bones::Rows(5) /> }.into_any(),
        Some(plans) if plans.is_empty() => {
            view! { <EmptyState picture="memo" sentence=desk::NO_PLANS>{to_new(circle)}{to_others(circle)}</EmptyState> }.into_any()
        }
        Some(plans) => {
            let (resting, plans): (Vec<_>, Vec<_>) =
                plans.into_iter().partition(|told| told.plan.value.mastered().is_some());
            let resting = (!resting.is_empty())
                .then(|| view! { <h2>{care::ALONE}</h2><ul class="list">{rows(circle, resting)}</ul> });
            view! {
                <div class="row">{to_new(circle)}{to_others(circle)}</div>
                <ul class="list">{rows(circle, plans)}</ul>
                {resting}
            }
            .into_any()
        }
    }
    })
}

fn rows(circle: CircleId, plans: Vec<Told>) -> Vec<AnyView> {
    plans.into_iter().map(|plan| view! { <li>{row(circle, plan)}</li> }.into_any()).collect()
}

fn to_new(circle: CircleId) -> AnyView {
    view! {
        <Button
            text=new_plan::NEW_PLAN
            icon=Icon::PLUS
            appearance=Appearance::Primary
            tap=Tap::to(DeskPlace::NewPlan(circle))
        />
    }
    .into_any()
}

/// How the app is for the client, the week on paper, and what was removed.
fn to_others(circle: CircleId) -> AnyView {
    let week = Tap::to(DeskPlace::PrintWeek(circle));
    let (app, removed) = (Tap::to(DeskPlace::Preferences(circle)), Tap::to(DeskPlace::Removed(circle)));
    view! {
        <Button text=plan_editor::APP_TITLE icon=Icon::SETTINGS appearance=Appearance::Plain tap=app />
        <Button text=paper::WEEK icon=Icon::PRINTER appearance=Appearance::Plain tap=week />
        <Button text=care::DAYS_OFF icon=Icon::CLOCK appearance=Appearance::Plain tap=Tap::to(DeskPlace::DaysOff(circle)) />
        <Button text=past::GONE icon=Icon::TRASH appearance=Appearance::Plain tap=removed />
    }
    .into_any()
}

fn row(circle: CircleId, Told { plan, steps, crossed }: Told) -> AnyView {
    let alone = alone_since(&plan.value);
    let Entry { id, value: Plan { title, picture, minutes, .. }, saved, .. } = plan;
    let count = desk::steps(steps);
    let more = Text::live(move || match minutes {
        Some(minutes) => desk::steps_at(count.get(), on_the_clock(language(), minutes / 60, minutes % 60)).get(),
        None => count.get(),
    });
    let more = alone.unwrap_or(more);
    let lead = view! { <Picture source=device::picture(circle, picture) well=Well::Small /> }.into_any();
    let crossed = crossed.then(
        || view! { <span class="chip problem">{icon(Icon::SPLIT)}<span>{plan_editor::TWO_VERSIONS}</span></span> },
    );
    view! {
        <ListRow text=Text::from(title) more lead tap=Tap::to(DeskPlace::Plan(circle, id))>
            {crossed} {unsent(saved)} {icon(Icon::FORWARD)}
        </ListRow>
    }
    .into_any()
}
