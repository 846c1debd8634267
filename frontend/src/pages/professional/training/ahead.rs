//! Beside what is settled: what is still needed, and leading the training on, back, or to its end.

use opstap_core::CircleId;
use opstap_core::model::Stage;
use opstap_insight::Need;
use opstap_view::prelude::*;

use super::course::Course;
use super::leading::{Leading, leading};
use super::named;
use super::stopping::{ended, stopping};
use crate::components::desk::RailHead;
use crate::components::{Appearance, Button, Icon, Size, changing, icon};
use crate::event::Tap;
use crate::pages::professional::place::DeskPlace;
use crate::pages::shared::editing::UndoWork;
use crate::words::{Text, desk, plan_editor, training};

/// The pane.
pub fn ahead(circle: CircleId, course: Course) -> AnyView {
    let has_ended = Memo::new(move |_| course.told(|story| !story.goes_on()).unwrap_or_default());
    let work = course.work;
    view! {
        <div class="row"><span class="soft small fill">{desk::KEPT_BY_ITSELF}</span><UndoWork work /></div>
        {changing(move || if has_ended.get() { ended(course) } else { goes_on(circle, course) })}
        {happened(course)}
    }
    .into_any()
}

fn goes_on(circle: CircleId, course: Course) -> AnyView {
    let needs = Memo::new(move |_| {
        let practised = course.practised();
        course.told(|story| story.needs(practised)).unwrap_or_default()
    });
    let next = Memo::new(move |_| course.told(opstap_insight::TrajectoryStory::next).flatten());
    let led = RwSignal::new(None::<Leading>);
    let list = changing(move || {
        let needs = needs.get();
        if next.get().is_none() {
            return view! { <p class="soft">{training::LAST_STAGE}</p> }.into_any();
        }
        if needs.is_empty() {
            return view! { <p class="row">{icon(Icon::CHECK)}<span class="fill">{training::NOTHING_NEEDED}</span></p> }
                .into_any();
        }
        // Nobody makes or counts what they may not see.
        let shut = needs.iter().any(|need| matches!(need, Need::Route | Need::Practice)) && !course.i_see_travel();
        let shut = shut.then(|| view! { <li>{training::need_travel(course.client())}</li> });
        let rows = needs.into_iter().map(|need| need_row(circle, course, need)).collect_view();
        view! { <ul class="needs">{shut}{rows}</ul> }.into_any()
    });
    let waits = Signal::derive(move || needs.with(|needs| !needs.is_empty()));
    let on = changing(move || {
        let on = next.get().map(|stage| {
            view! { <Button text=named::go_to(stage) icon=Icon::FORWARD appearance=Appearance::Primary wide=true disabled=waits tap=move || led.set(Some(Leading::On)) /> }
        });
        on.into_any()
    });
    let can_go_back = Memo::new(move |_| course.told(|story| story.behind().count() > 0).unwrap_or_default());
    let back = changing(move || {
        let back = can_go_back.get().then(|| view! { <Button text=training::GO_BACK icon=Icon::BACK size=Size::Tool tap=move || led.set(Some(Leading::Back)) /> });
        back.into_any()
    });
    let can_stop = Memo::new(move |_| course.told(opstap_insight::TrajectoryStory::can_stop).unwrap_or_default());
    let stop = changing(move || if can_stop.get() { stopping(course) } else { ().into_any() });
    view! {
        <section class="stack">
            <h2>{training::STILL_NEEDED}</h2>
            {list}
            <div class="row">{on}</div>
            <div class="row">{back} {stop}</div>
        </section>
        {leading(course, led)}
    }
    .into_any()
}

fn need_row(circle: CircleId, course: Course, need: Need) -> AnyView {
    let (word, part) = named::need(need);
    let tap = match (part, need) {
        (Some(part), _) => Some(Tap::to(DeskPlace::Training(circle, Some(part)))),
        (None, Need::Practice) => {
            let route = course.told(|story| story.trajectory.route).flatten();
            Some(Tap::to(DeskPlace::Travel(circle, route)))
        }
        _ => None,
    };
    let word = Text::from(word);
    match tap {
        Some(tap) => view! { <li><Button text=word appearance=Appearance::Plain tap /></li> }.into_any(),
        None => view! { <li>{word}</li> }.into_any(),
    }
}

/// What happened so far, the last above, which can be taken back.
fn happened(course: Course) -> AnyView {
    let entries = Memo::new(move |_| {
        let entries = course.told(|story| story.entries.iter().rev().cloned().collect::<Vec<_>>());
        entries.unwrap_or_default()
    });
    changing(move || {
        let entries = entries.get();
        if entries.is_empty() {
            return ().into_any();
        }
        let last = entries.first().map(|(id, _)| *id);
        let goes_on = course.told(opstap_insight::TrajectoryStory::goes_on).unwrap_or_default();
        let rows = entries.into_iter().map(|(id, entry)| {
            let who = entry.responsible.map(|person| course.name(person)).filter(|name| !name.is_empty());
            let who = who.map(|name| view! { <span class="soft">{name}</span> });
            let reason = entry.reason.map(|reason| view! { <span class="soft">"“" {reason} "”"</span> });
            let day = crate::dates::day_and_month(crate::dates::on_day(entry.on));
            // That somebody was registered is not a step that can be taken back.
            let is_last = last == Some(id) && goes_on && entry.stage != Stage::Registration;
            let back = is_last.then(|| {
                let said = Text::from(training::STEP_TAKEN_BACK);
                let tap = move || {
                    let records = course.work.with_now(|records| records.all().to_vec()).unwrap_or_default();
                    let changes = course.told_now(|story| story.step_taken_back(id, &records)).unwrap_or_default();
                    course.work.say_what_was_done(plan_editor::DONE_REMOVED, changes, said.clone(), Some(id));
                };
                view! { <Button text=training::TAKE_BACK icon=Icon::UNDO size=Size::Tool tap /> }
            });
            view! { <li class="row"><b>{named::stage(entry.stage)}</b><span>{day}</span>{who}{reason}<span class="push">{back}</span></li> }.into_any()
        });
        view! { <section class="stack"><RailHead text=training::HAPPENED /><ol class="happened">{rows.collect_view()}</ol></section> }
            .into_any()
    })
}
