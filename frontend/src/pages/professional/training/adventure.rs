//! The adventure plan: what whoever travels along must know, what is asked, and the route there and back with what is learned on it.

use opstap_core::model::{Goal, Model, Part, Route, set};
use opstap_core::{CircleId, RecordId, order};
use opstap_view::prelude::*;

use super::course::Course;
use crate::components::{Button, Icon, Picture, Size, Source, Well, changing};
use crate::device;
use crate::event::Tap;
use crate::navigation::go_to;
use crate::pages::professional::place::DeskPlace;
use crate::pages::shared::editing::Records;
use crate::pages::shared::editing::fields::{Cell, cells_of, one_of, words};
use crate::pages::shared::route_editor::{named_back, way_back_of};
use crate::pages::supporter::means;
use crate::words::{Word, training};

/// The plan of one trajectory.
pub fn adventure(circle: CircleId, course: Course, id: RecordId) -> AnyView {
    let cell = cells_of(id);
    view! {
        <section class="stack form">
            <h2>{training::PART_PLAN}</h2>
            {words(course.work, cell("asks", training::ASKS), false)}
            {words(course.work, cell("parent_asks", training::PARENT_ASKS), false)}
            {words(course.work, cell("attention", training::ATTENTION), false)}
            {words(course.work, cell("details", training::DETAILS), false)}
        </section>
        <div class="ways">
            {way(circle, course, cell("route", training::WAY_THERE))}
            {way(circle, course, cell("way_back", training::WAY_BACK))}
        </div>
    }
    .into_any()
}

/// One direction: which route it is, its parts, and making it.
fn way(circle: CircleId, course: Course, cell: Cell) -> AnyView {
    let route = Memo::new(move |_| {
        let of = |story: &opstap_insight::TrajectoryStory| match cell.cell {
            "route" => story.trajectory.route,
            _ => story.trajectory.way_back,
        };
        course.told(of).flatten()
    });
    let routes = move || {
        let all = course.work.with(|records| records.below::<Route>(None)).unwrap_or_default();
        all.into_iter().map(|(id, route)| (id.0, route.title)).collect::<Vec<_>>()
    };
    view! {
        <section class="stack">
            <h2>{cell.label}</h2>
            {one_of(course.work, cell, training::NO_ROUTE_YET, routes)}
            {changing(move || match route.get() {
                Some(route) => parts_view(circle, course, route),
                None => new_route(circle, course, cell),
            })}
        </section>
    }
    .into_any()
}

fn parts_view(circle: CircleId, course: Course, route: RecordId) -> AnyView {
    let parts = Memo::new(move |_| course.work.with(|records| of_route(records, route)).unwrap_or_default());
    let change = Tap::to(DeskPlace::EditRoute(circle, route));
    view! {
        {changing(move || {
            let parts = parts.get();
            let none = parts.is_empty().then(|| view! { <p class="soft">{training::NO_PARTS_YET}</p> });
            let rows = parts.into_iter().map(|(part, goals)| part_row(circle, part, goals)).collect_view();
            view! { {none}<ol class="stack">{rows}</ol> }.into_any()
        })}
        <div class="row"><Button text=training::CHANGE_ROUTE icon=Icon::PENCIL size=Size::Tool tap=change /></div>
    }
    .into_any()
}

fn of_route(records: &Records, route: RecordId) -> Vec<(Part, Vec<Goal>)> {
    let parts = records.in_order::<Part>(route, |part| &part.order).into_iter();
    let goals = |part| records.in_order::<Goal>(part, |goal| &goal.order).into_iter().map(|(_, goal)| goal).collect();
    parts.map(|(id, part)| (part, goals(id))).collect()
}

fn part_row(circle: CircleId, part: Part, goals: Vec<Goal>) -> AnyView {
    let source = match part.picture.clone() {
        Some(picture) => device::picture(circle, Some(picture)),
        None => Source::from(means::pictogram(part.means)),
    };
    let goals = goals.into_iter().map(|goal| view! { <li>{goal.text}</li> }.into_any()).collect_view();
    view! {
        <li class="row">
            <Picture source well=Well::Small />
            <div class="fill">
                <b>{part.title.clone()}</b>
                {means::more(&part).map(|more| view! { <span class="soft small line">{more}</span> })}
                <ul class="bullets small">{goals}</ul>
            </div>
        </li>
    }
    .into_any()
}

/// There is no route in this direction: an empty one, or the way back over the parts of the way there.
fn new_route(circle: CircleId, course: Course, cell: Cell) -> AnyView {
    let there = Memo::new(move |_| course.told(|story| story.trajectory.route).flatten());
    let make = move || {
        let title = training::NEW_ROUTE.now().to_owned();
        let last = course.work.with_now(|records| {
            let orders = records.below::<Route>(None).into_iter().filter_map(|(_, route)| route.order);
            orders.max()
        });
        let order = Some(order::between(last.flatten().as_deref(), None));
        let id = device::new_id();
        let route = Route { title, picture: None, order };
        take(circle, course, cell, training::MAKE_ROUTE, (id, vec![route.make(id)]));
    };
    let back = move || {
        let made = there.get_untracked().and_then(|there| {
            course.work.with_now(|records| {
                let title = named_back(&records.words(there, "title"));
                way_back_of(records, there, title)
            })
        });
        if let Some(made) = made.flatten() {
            take(circle, course, cell, training::MAKE_WAY_BACK, made);
        }
    };
    let can_turn = move || cell.cell == "way_back" && there.get().is_some();
    view! {
        <div class="row">
            {changing(move || can_turn().then(|| view! { <Button text=training::MAKE_WAY_BACK icon=Icon::AGAIN tap=back /> }).into_any())}
            <Button text=training::MAKE_ROUTE icon=Icon::PLUS tap=make />
        </div>
    }
    .into_any()
}

/// Keeps a new route as the one of this direction, and opens it.
fn take(circle: CircleId, course: Course, cell: Cell, what: Word, made: (RecordId, Vec<opstap_core::Change>)) {
    let (route, mut changes) = made;
    changes.push(set(cell.record, cell.cell, route));
    course.work.change(what, changes);
    go_to(DeskPlace::EditRoute(circle, route));
}
