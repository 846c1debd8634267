//! Leading a training on to its next stage, or back to an earlier one with the reason.

use opstap_core::model::{Model, Relation, Stage, StageEntry};
use opstap_core::{Day, PersonId};
use opstap_view::prelude::*;

use super::course::{Course, today};
use super::named;
use crate::components::{Appearance, Button, Dialog, Field, Icon, Select, TextArea, changing};
use crate::dates::{as_date, from_date};
use crate::device;
use crate::words::{Text, shared, training};

/// Which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leading {
    /// To the next stage.
    On,
    /// To an earlier one.
    Back,
}

/// What is filled in before it is led anywhere.
#[derive(Clone, Copy)]
struct Sheet {
    stage: RwSignal<Option<Stage>>,
    on: RwSignal<String>,
    responsible: RwSignal<Option<PersonId>>,
    reason: RwSignal<String>,
}

/// The question, open as long as `led` says which way.
pub fn leading(course: Course, led: RwSignal<Option<Leading>>) -> AnyView {
    let open = Signal::derive(move || led.get().is_some());
    let title = Text::live(move || match led.get() {
        Some(Leading::On) => {
            let next = course.told(opstap_insight::TrajectoryStory::next).flatten();
            next.map(|stage| named::go_to(stage).get().to_owned()).unwrap_or_default()
        }
        Some(Leading::Back) => training::GO_BACK.get().to_owned(),
        None => String::new(),
    });
    view! {
        <Dialog open title on_close=move |()| led.set(None)>
            {changing(move || led.get().map(|way| sheet(course, led, way)).into_any())}
        </Dialog>
    }
    .into_any()
}

fn sheet(course: Course, led: RwSignal<Option<Leading>>, way: Leading) -> AnyView {
    let stage = untrack(|| match way {
        Leading::On => course.told(opstap_insight::TrajectoryStory::next).flatten(),
        Leading::Back => course.told(|story| story.behind().last()).flatten(),
    });
    let sheet = Sheet {
        stage: RwSignal::new(stage),
        on: RwSignal::new(as_date(today())),
        responsible: RwSignal::new(stage.and_then(|stage| untrack(|| usual(course, stage)))),
        reason: RwSignal::new(String::new()),
    };
    let back = way == Leading::Back;
    let not_yet = Signal::derive(move || {
        from_date(&sheet.on.get()).is_none() || back && sheet.reason.with(|reason| reason.trim().is_empty())
    });
    let go = move || {
        let Some(on) = from_date(&sheet.on.get_untracked()) else { return };
        // What is on the sheet goes with it.
        lead(course, sheet, way, on);
        led.set(None);
    };
    let yes = if back { training::GO_BACK } else { training::LEAD_ON };
    view! {
        {back.then(|| which(course, sheet))}
        <Field label=training::ON_DAY kind="date" value=sheet.on on_change=move |day| sheet.on.set(day) />
        {who(course, sheet)}
        {back.then(|| view! { <TextArea label=training::WHY_BACK value=sheet.reason on_input=move |reason| sheet.reason.set(reason) /> })}
        <Button text=yes icon=Icon::CHECK appearance=Appearance::Primary wide=true disabled=not_yet tap=go />
        <Button text=shared::CANCEL wide=true tap=move || led.set(None) />
    }
    .into_any()
}

fn lead(course: Course, sheet: Sheet, way: Leading, on: Day) {
    let responsible = sheet.responsible.get_untracked();
    let changes = match (way, sheet.stage.get_untracked()) {
        (Leading::On, _) => course.told_now(|story| story.lead_on(on, responsible, device::new_id)),
        (Leading::Back, Some(stage)) => course.told_now(|story| {
            let reason = Some(sheet.reason.get_untracked().trim().to_owned());
            vec![StageEntry { stage, on, responsible, reason }.make_below(device::new_id(), story.id)]
        }),
        (Leading::Back, None) => None,
    };
    let Some(changes) = changes.filter(|changes| !changes.is_empty()) else { return };
    let said = sheet.stage.get_untracked().map(|stage| training::is_at(named::stage(stage).now()));
    course.work.say_what_was_done(training::DONE_STAGE, changes, said.unwrap_or_default(), None);
}

/// The stages it can go back to.
fn which(course: Course, sheet: Sheet) -> AnyView {
    let behind = untrack(|| course.told(|story| story.behind().collect::<Vec<_>>())).unwrap_or_default();
    let choices = behind.iter().map(|stage| (stage.code().to_owned(), Text::from(named::stage(*stage)))).collect();
    let chosen = sheet.stage.get_untracked().map(Stage::code).unwrap_or_default();
    let choose = move |code: String| sheet.stage.set(Stage::from_code(&code));
    view! { <Select label=training::BACK_TO choices chosen on_choose=choose /> }.into_any()
}

fn who(course: Course, sheet: Sheet) -> AnyView {
    let members = untrack(|| course.members());
    let round = members.iter().filter(|member| member.value.relation != Relation::Client);
    let nobody = (String::new(), Text::from(training::NOBODY_YET));
    let named = round.map(|member| (member.value.person.to_string(), Text::from(member.value.name.clone())));
    let choices = [nobody].into_iter().chain(named).collect();
    let chosen = sheet.responsible.get_untracked().map(|person| person.to_string()).unwrap_or_default();
    let choose = move |person: String| sheet.responsible.set(person.parse().ok());
    view! { <Select label=training::RESPONSIBLE choices chosen on_choose=choose /> }.into_any()
}

/// Who mostly answers for a stage: the effort moves from the professional to the volunteer to the network.
fn usual(course: Course, stage: Stage) -> Option<PersonId> {
    let me = device::me().map(|me| me.id);
    let named = course.told(|story| match stage {
        Stage::Practice | Stage::Handover => story.trajectory.volunteer,
        Stage::Alone => story.trajectory.coach,
        Stage::Registration | Stage::Intake | Stage::Matching | Stage::FollowUp => None,
    });
    named.flatten().or(me)
}
