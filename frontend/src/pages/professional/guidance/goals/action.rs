//! One action of a goal: whether it was done, who sees to it, its small steps, and what shows how it goes.

use opstap_core::model::{GoalAction, GoalStep, Model, Plan, Route, set};
use opstap_core::{Kind, Millis, RecordId};
use opstap_view::prelude::*;

use super::evidence;
use super::told::Told;
use crate::components::{Button, Icon, Size, changing, icon};
use crate::device;
use crate::pages::shared::editing::AddWords;
use crate::pages::shared::editing::fields::{cells_of, one_of, people, words};
use crate::pages::shared::editing::places::{moves, one_place};
use crate::stories;
use crate::words::{Text, guidance};

/// A box to tick beside a title, and what else there is to it.
pub fn action(told: Told, goal: RecordId, id: RecordId) -> AnyView {
    let of = Memo::new(move |_| told.work.with(|records| records.one::<GoalAction>(id)).flatten());
    let title = Text::live(move || of.with(|of| of.as_ref().map(|of| of.title.clone())).unwrap_or_default());
    let done = Signal::derive(move || of.with(|of| of.as_ref().is_some_and(|of| of.done.is_some())));
    let who = changing(move || {
        let person = of.with(|of| of.as_ref().and_then(|of| of.person));
        let name = person.and_then(|person| told.work.with(|records| stories::name_of(&records.members, person)));
        name.filter(|name| !name.is_empty()).map(|name| view! { <span class="soft small">{name}</span> }).into_any()
    });
    let steps = Memo::new(move |_| {
        let all = told.actions(goal).into_iter().find(|action| action.id == id);
        all.map(|action| (action.steps_done(), action.steps.len())).unwrap_or_default()
    });
    let counted = changing(move || {
        let (done, all) = steps.get();
        (all > 0).then(|| view! { <span class="soft small">{guidance::steps_done(done, all)}</span> }).into_any()
    });
    let shows = Memo::new(move |_| of.with(|of| of.as_ref().map(|of| (of.plan, of.route))).unwrap_or_default());
    let evidence = changing(move || {
        let (plan, route) = shows.get();
        view! {
            {plan.map(|plan| evidence::of_plan(told.work.circle, plan))}
            {route.map(|route| evidence::of_route(told.work.circle, route))}
        }
        .into_any()
    });
    let more = changing(move || if told.writes.get() { sheet(told, goal, id) } else { read_steps(told, id) });
    view! {
        <li class="action stack">
            {tick(told, id, title, done)}
            <div class="row">{who}{counted}</div>
            {evidence}
            {more}
        </li>
    }
    .into_any()
}

/// Whether it was done; for whoever reads only, as a mark.
fn tick(told: Told, id: RecordId, title: Text, done: Signal<bool>) -> AnyView {
    let checked = move || if done.get() { "true" } else { "false" };
    let turn = move |_| {
        let now: Option<Millis> = (!done.get_untracked()).then(device::now);
        if told.writes.get_untracked() {
            told.work.change(guidance::DONE_DONE, vec![set(id, "done", now)]);
        }
    };
    view! {
        <button type="button" role="checkbox" class="tick" aria-checked=checked on:click=turn>
            <i aria-hidden="true">{icon(Icon::CHECK)}</i>
            <span class="fill">{title}</span>
        </button>
    }
    .into_any()
}

fn sheet(told: Told, goal: RecordId, id: RecordId) -> AnyView {
    let cell = cells_of(id);
    let plans = move || titled::<Plan>(told, |plan| plan.title.clone());
    let routes = move || titled::<Route>(told, |route| route.title.clone());
    let away = move || told.work.remove(id, guidance::ACTION_REMOVED.into());
    view! {
        <details>
            <summary>{guidance::MORE_OF_ACTION}</summary>
            <div class="stack form">
                {words(told.work, cell("title", guidance::ACTION), true)}
                {one_of(told.work, cell("person", guidance::WHO_SEES_TO_IT), guidance::NOBODY_YET, move || people(told.people()))}
                {one_of(told.work, cell("plan", guidance::PLAN_SHOWS), guidance::NO_PLAN, plans)}
                {one_of(told.work, cell("route", guidance::ROUTE_SHOWS), guidance::NO_ROUTE, routes)}
                {steps(told, id)}
                <div class="row">
                    {mover(told, Kind::GoalAction, goal, id)}
                    <Button text=guidance::REMOVE_ACTION icon=Icon::TRASH mark_only=true size=Size::Tool tap=away />
                </div>
            </div>
        </details>
    }
    .into_any()
}

fn titled<M: Model>(told: Told, title: impl Fn(&M) -> String) -> Vec<([u8; 16], String)> {
    let all = told.work.with(|records| records.below::<M>(None)).unwrap_or_default();
    all.iter().map(|(id, one)| (id.0, title(one))).collect()
}

/// Up and down among those it stands with.
fn mover(told: Told, kind: Kind, parent: RecordId, id: RecordId) -> AnyView {
    let go = move |up: bool| {
        let changes = told.work.with_now(|records| moves(one_place(&records.places(kind, parent), id, up)));
        if let Some(changes) = changes.filter(|changes| !changes.is_empty()) {
            told.work.change(guidance::DONE_ORDER, changes);
        }
    };
    view! {
        <Button text=guidance::MOVE_UP icon=Icon::UP mark_only=true size=Size::Tool tap=move || go(true) />
        <Button text=guidance::MOVE_DOWN icon=Icon::DOWN mark_only=true size=Size::Tool tap=move || go(false) />
    }
    .into_any()
}

fn step_ids(told: Told, action: RecordId) -> Memo<Vec<RecordId>> {
    Memo::new(move |_| {
        let places = told.work.with(|records| records.places(Kind::GoalStep, action)).unwrap_or_default();
        places.into_iter().map(|(id, _)| id).collect()
    })
}

/// The small steps, in order.
fn steps(told: Told, action: RecordId) -> AnyView {
    let rows = step_ids(told, action);
    let add = move |title: String| {
        let Some(order) = told.work.with_now(|records| records.place_behind(Kind::GoalStep, action)) else { return };
        let step = GoalStep { order, title, done: None };
        told.work.change(guidance::DONE_STEP, vec![step.make_below(device::new_id(), action)]);
    };
    let row = move |id: RecordId| {
        let away = move || told.work.remove(id, guidance::STEP_REMOVED.into());
        view! {
            <li class="row">
                <div class="fill">{step(told, id)}</div>
                {mover(told, Kind::GoalStep, action, id)}
                <Button text=guidance::REMOVE_STEP icon=Icon::TRASH mark_only=true size=Size::Tool tap=away />
            </li>
        }
    };
    view! {
        <h4>{guidance::SMALL_STEPS}</h4>
        <ul class="actions"><For each=move || rows.get() key=ToString::to_string children=row /></ul>
        <AddWords label=guidance::NEW_STEP button=guidance::ADD_STEP flushed=told.work.flushed on_add=add />
    }
    .into_any()
}

fn read_steps(told: Told, action: RecordId) -> AnyView {
    let rows = step_ids(told, action);
    let row = move |id: RecordId| view! { <li>{step(told, id)}</li> };
    view! { <ul class="actions"><For each=move || rows.get() key=ToString::to_string children=row /></ul> }.into_any()
}

fn step(told: Told, id: RecordId) -> AnyView {
    let of = Memo::new(move |_| told.work.with(|records| records.one::<GoalStep>(id)).flatten());
    let title = Text::live(move || of.with(|of| of.as_ref().map(|of| of.title.clone())).unwrap_or_default());
    let done = Signal::derive(move || of.with(|of| of.as_ref().is_some_and(|of| of.done.is_some())));
    tick(told, id, title, done)
}
