//! The adventure plan: what whoever travels along must know, what is asked, and the route there and back with what is learned on it.

use leptos::task::spawn_local;
use opstap_core::model::{Goal, Model, Part, Picture as Drawn, Relation, Route, set};
use opstap_core::{CircleId, RecordId, order};
use opstap_view::prelude::*;

use super::consent::why_shut;
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
use crate::words::{Text, Word, training};

/// The plan of one trajectory.
pub fn adventure(circle: CircleId, course: Course, id: RecordId) -> AnyView {
    let cell = cells_of(id);
    view! {
        <section class="stack form">
            <h2>{training::PART_PLAN}</h2>
            {words(course.work, cell("asks", training::ASKS), false)}
            {words(course.work, cell("parent_asks", training::PARENT_ASKS), false)}
            {words(course.work, cell("attention", training::ATTENTION), false)}
            {people(course)}
            {words(course.work, cell("details", training::DETAILS), false)}
        </section>
        {why_shut(course)}
        <div class="ways">
            {way(circle, course, cell("route", training::WAY_THERE))}
            {way(circle, course, cell("way_back", training::WAY_BACK))}
        </div>
    }
    .into_any()
}

/// Who it is about, who practises and who becomes the OV-coach, each with the number by which they can be called, as the circle knows them.
fn people(course: Course) -> AnyView {
    changing(move || {
        let members = course.members();
        let of = course.told(|story| (story.trajectory.volunteer, story.trajectory.coach));
        let (volunteer, coach) = of.unwrap_or_default();
        let client = members.iter().find(|one| one.value.relation == Relation::Client).map(|one| one.value.person);
        let all = [(training::PARTICIPANT, client), (training::VOLUNTEER, volunteer), (training::COACH, coach)];
        let rows = all.map(|(what, person)| {
            let member = members.iter().find(|one| Some(one.value.person) == person).map(|one| &one.value);
            let name = member.map_or_else(|| Text::from(training::NOBODY_YET), |one| Text::from(one.name.clone()));
            let phone = member.and_then(|one| one.phone.clone()).filter(|phone| !phone.is_empty());
            let phone = phone.map(|phone| {
                let call = ["tel:", &phone].concat();
                view! { ", " <a href=call>{phone}</a> }
            });
            view! { <dt>{what}</dt><dd>{name}{phone}</dd> }
        });
        view! { <dl class="facts">{rows.into_iter().collect_view()}</dl> }.into_any()
    })
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
    // Who sees no journeys of the client reads of none that it is not there, and can make none.
    let sees = Memo::new(move |_| course.i_see_travel());
    view! {
        <section class="stack">
            <h2>{cell.label}</h2>
            {changing(move || match sees.get() {
                true => one_of(course.work, cell, training::NO_ROUTE_YET, routes),
                false => view! { <p class="soft">{if route.get().is_some() { training::HAS_ROUTE } else { training::NO_ROUTE_YET }}</p> }.into_any(),
            })}
            {changing(move || match (route.get(), sees.get()) {
                (Some(_), false) => ().into_any(),
                (None, false) if course.is_handed_over() => ().into_any(),
                (None, false) => view! { <div class="row"><Button text=training::MAKE_ROUTE icon=Icon::PLUS disabled=true tap=|| {} /></div> }.into_any(),
                (Some(route), true) => parts_view(circle, course, route),
                (None, true) => new_route(circle, course, cell),
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
    let goals = goals.into_iter().map(|goal| {
        let rule = training::mastery_times(goal.times_in_a_row());
        view! { <li>{goal.text} <span class="soft line">{rule}</span></li> }.into_any()
    });
    let goals = goals.collect_view();
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
        // So that it has a picture on the phone before somebody chose one.
        let picture = Some(Drawn::Pictogram("world-map".to_owned()));
        let route = Route { title, picture, order };
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

/// Keeps a new route as the one of this direction, and opens it once it is kept.
fn take(circle: CircleId, course: Course, cell: Cell, what: Word, made: (RecordId, Vec<opstap_core::Change>)) {
    let (route, mut changes) = made;
    changes.push(set(cell.record, cell.cell, route));
    let kept = course.work.keep(what, changes, None);
    spawn_local(async move {
        if kept.await {
            go_to(DeskPlace::EditRoute(circle, route));
        }
    });
}
