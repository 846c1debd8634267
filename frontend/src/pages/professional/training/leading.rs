//! Leading a training on to its next stage, or back to an earlier one with the reason.

use opstap_core::model::{Model, Relation, Stage, StageEntry, TimeKind, TimeSpent, delete};
use opstap_core::{Day, PersonId, RecordId};
use opstap_insight::trajectories;
use opstap_view::prelude::*;

use super::course::{Course, today};
use super::named;
use crate::components::{Appearance, Button, Dialog, Field, Icon, Select, TextArea, changing};
use crate::dates::{as_date, day_and_month, from_date, on_day};
use crate::device;
use crate::pages::professional::hours::minutes_of;
use crate::words::{Text, hours, training};

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
    minutes: RwSignal<String>,
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
        minutes: RwSignal::new(String::new()),
    };
    let back = way == Leading::Back;
    let leaves = (!back && stage == Some(Stage::Alone)).then(|| untrack(|| who_leaves(course))).flatten();
    let is_others = leaves.is_some() && !untrack(|| may_let_go(course));
    let said = leaves.as_ref().map(|leaving| leaves_view(course, leaving.name.clone(), is_others));
    let time = move || sheet.minutes.with(|typed| time_on(typed, from_date(&sheet.on.get()), today()));
    let not_yet = Signal::derive(move || {
        is_others
            || from_date(&sheet.on.get()).is_none()
            || time().is_none()
            || back && sheet.reason.with(|reason| reason.trim().is_empty())
    });
    let no_such_time = move || time().is_none().then(|| view! { <p class="advice">{hours::NO_SUCH_TIME}</p> });
    let go = move || {
        let Some(on) = from_date(&sheet.on.get_untracked()) else { return };
        lead(course, sheet, way, (on, untrack(time).flatten()), leaves.as_ref());
        led.set(None);
    };
    let yes = Text::live(move || match (back, sheet.stage.get()) {
        (true, Some(stage)) => training::back_to_stage(named::stage(stage).get()).get(),
        (false, Some(Stage::Alone)) => training::COMPLETE_NOW.get().to_owned(),
        _ => training::LEAD_ON.get().to_owned(),
    });
    let minutes = untrack(|| course.told(opstap_insight::TrajectoryStory::stage)).unwrap_or(Stage::Registration);
    let minutes = training::your_minutes(named::stage(minutes).now());
    view! {
        {back.then(|| which(course, sheet))}
        {is_early(course, stage)}
        {said}
        {back.then(|| begins_anew(course, sheet))}
        <Field label=training::ON_DAY kind="date" value=sheet.on on_change=move |day| sheet.on.set(day) />
        {who(course, sheet)}
        <Field label=minutes kind="number" value=sheet.minutes on_input=move |typed| sheet.minutes.set(typed) />
        <div role="status">{no_such_time}</div>
        {back.then(|| view! { <TextArea label=training::WHY_BACK value=sheet.reason on_input=move |reason| sheet.reason.set(reason) /> })}
        <Button text=yes icon=Icon::CHECK appearance=Appearance::Primary wide=true disabled=not_yet tap=go />
        <Button text=training::STAY wide=true tap=move || led.set(None) />
    }
    .into_any()
}

/// Says so where the handover is still to come and it would be closed already.
fn is_early(course: Course, stage: Option<Stage>) -> Option<AnyView> {
    let planned = untrack(|| course.told(|story| story.handover.as_ref().and_then(|(_, handover)| handover.on)));
    let later = planned.flatten().filter(|on| stage == Some(Stage::Alone) && *on > today())?;
    let day = day_and_month(on_day(later));
    let says = Text::live(move || training::handover_is_later(day.get()).get());
    Some(view! { <p class="advice">{says}</p> }.into_any())
}

/// Who leaves the circle when the handover is closed.
struct Leaving {
    member: RecordId,
    name: String,
}

fn who_leaves(course: Course) -> Option<Leaving> {
    let all = course.work.with(|records| trajectories(records.all()))?;
    let person = all.last()?.who_leaves(&all)?;
    let is_theirs = |relation| relation == Relation::Volunteer;
    let mut members = course.members().into_iter();
    let member = members.find(|member| member.value.person == person && is_theirs(member.value.relation))?;
    Some(Leaving { member: member.id, name: member.value.name })
}

/// Whether whoever is at this desk says who is in the circle.
fn may_let_go(course: Course) -> bool {
    let me = device::me().map(|me| me.id);
    let mine = course.members().into_iter().find(|member| Some(member.value.person) == me);
    mine.is_some_and(|member| matches!(member.value.relation, Relation::Supervisor | Relation::Coordinator))
}

/// What becomes of who practised, before it is tapped; to whom it is not up, who does it.
fn leaves_view(course: Course, name: String, is_others: bool) -> AnyView {
    let says = if is_others {
        training::closing_is_theirs(name)
    } else {
        training::volunteer_leaves(name, untrack(|| course.client()))
    };
    view! { <p class="advice">{says}</p> }.into_any()
}

/// Says so where somebody said yes already to the handover, and will be asked anew.
fn begins_anew(course: Course, sheet: Sheet) -> AnyView {
    let said = untrack(|| course.told(|story| !story.yes_taken_back().is_empty())).unwrap_or_default();
    changing(move || {
        let anew = said && sheet.stage.get().is_some_and(|stage| stage < Stage::Alone);
        anew.then(|| view! { <p class="advice">{training::HANDOVER_AGAIN}</p> }).into_any()
    })
}

/// The minutes on the sheet, if any were typed; none at all where they cannot have been spent on its day.
fn time_on(typed: &str, on: Option<Day>, today: Day) -> Option<Option<u32>> {
    match on {
        Some(on) if !typed.trim().is_empty() => minutes_of(typed, on, today).map(Some),
        _ => Some(None),
    }
}

/// Leads it on or back. The time that it took, at the stage that it leaves, is in the same edit: what is undone or refused leaves no time behind.
fn lead(course: Course, sheet: Sheet, way: Leading, (on, time): (Day, Option<u32>), leaves: Option<&Leaving>) {
    let responsible = sheet.responsible.get_untracked();
    let changes = match (way, sheet.stage.get_untracked()) {
        (Leading::On, _) => course.told_now(|story| {
            let mut changes = story.lead_on(on, responsible, device::new_id);
            changes.extend(leaves.map(|leaving| delete(leaving.member)));
            changes
        }),
        (Leading::Back, Some(stage)) => course.told_now(|story| {
            let reason = Some(sheet.reason.get_untracked().trim().to_owned());
            story.lead_back(&StageEntry { stage, on, responsible, reason }, device::new_id())
        }),
        (Leading::Back, None) => None,
    };
    let Some(mut changes) = changes.filter(|changes| !changes.is_empty()) else { return };
    changes.extend(time.map(|minutes| {
        let stage = course.told_now(opstap_insight::TrajectoryStory::stage);
        let spent = TimeSpent { stage, ..TimeSpent::of(on, minutes, TimeKind::Direct) };
        spent.make(device::new_id())
    }));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_time_is_fine_and_time_that_cannot_be_is_never_dropped_unsaid() {
        let on = |typed, day| time_on(typed, Some(Day(day)), Day(9));
        assert_eq!((on("", 12), on(" 90 ", 9)), (Some(None), Some(Some(90))));
        assert_eq!((on("99999", 9), on("90", 12), on("veel", 9)), (None, None, None));
    }
}
