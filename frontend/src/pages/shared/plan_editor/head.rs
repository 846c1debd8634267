//! The plan itself: its title, its picture, the time of day and the days, and removing it.

use opstap_core::model::{Days, set};
use opstap_view::prelude::*;

use super::editor::Editor;
use super::new_plan::Unfinished;
use super::schedule::Schedule;
use super::step_row::changing_picture;
use super::versions::Versions;
use crate::components::{Appearance, Button, Confirm, Field, Icon, Saved, Size, StateMark, Well, changing};
use crate::dates::day_of_week;
use crate::pages::shared::editing::{CellText, TextCell};
use crate::words::{Word, plan_editor};

/// Minutes since midnight as a field for times writes them.
pub(super) fn as_time(minutes: Option<u32>) -> String {
    minutes.map(|minutes| format!("{:02}:{:02}", minutes / 60, minutes % 60)).unwrap_or_default()
}

/// Minutes since midnight from such a field; none when it is empty or half filled.
pub(super) fn from_time(time: &str) -> Option<u32> {
    let (hours, rest) = time.split_once(':')?;
    let minutes = rest.get(..2)?;
    let (hours, minutes) = (hours.parse::<u32>().ok()?, minutes.parse::<u32>().ok()?);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

/// Title, picture, time, remove.
#[component]
pub(super) fn PlanHead(editor: Editor) -> impl IntoView {
    let plan = editor.plan;
    let picture = Memo::new(move |_| editor.with(|sheet| sheet.plan.value.picture.clone()).flatten());
    let saved = Memo::new(move |_| editor.with(|sheet| sheet.plan.saved).unwrap_or(Saved::Sent));
    let cell = TextCell { record: plan, cell: "title", what: plan_editor::DONE_TITLE, optional: false };
    // A template is for no day: who copies it chooses.
    let of_client = Memo::new(move |_| editor.with(|sheet| !sheet.people.is_empty()).unwrap_or(true));
    view! {
        <Unfinished editor />
        <div class="plan-head">
            <button
                type="button"
                class="picture-button"
                aria-label=plan_editor::PICTURE_OF_PLAN
                on:click=move |_| editor.choosing.set(Some(plan.into()))
            >
                {changing_picture(editor.circle, picture.into(), Well::Wide)}
            </button>
            <div class="plan-title">
                <CellText work=editor.work cell label=plan_editor::TITLE held=editor.title() line=true />
            </div>
            {changing(move || if of_client.get() { time_of_day(editor) } else { ().into_any() })}
            <div class="plan-state"><StateMark saved /></div>
            <RemovePlan editor />
        </div>
        {changing(move || if of_client.get() { view! { <DaysOfPlan editor /> }.into_any() } else { ().into_any() })}
        <Schedule editor />
        <Versions editor record=plan what=plan_editor::THIS_PLAN />
    }
}

/// When it is to be done.
fn time_of_day(editor: Editor) -> AnyView {
    let plan = editor.plan;
    let minutes = Memo::new(move |_| editor.with(|sheet| sheet.plan.value.minutes).flatten());
    let time = move |time: String| {
        let minutes_now = from_time(&time);
        if minutes_now != minutes.get_untracked() {
            editor.change(plan_editor::DONE_TIME, vec![set(plan, "minutes", minutes_now)]);
        }
    };
    view! {
        <Field
            label=plan_editor::TIME_OF_DAY
            kind="time"
            value=Signal::derive(move || as_time(minutes.get()))
            on_change=time
        />
    }
    .into_any()
}

/// On which days the plan is to be done: a button for each, all pressed where nothing is said.
#[component]
fn DaysOfPlan(editor: Editor) -> impl IntoView {
    let days = Memo::new(move |_| editor.with(|sheet| sheet.plan.value.days).flatten());
    let is_on = move |place| days.get().is_none_or(|days| days.has(place));
    let toggle = move |place| {
        // The last day stays: a plan for no day would be gone without a word.
        let on = (0..7).filter(|day| untrack(move || is_on(*day)) != (*day == place));
        let on: Vec<_> = on.collect();
        if !on.is_empty() {
            editor.change(plan_editor::DONE_DAYS, vec![set(editor.plan, "days", Days::of(on))]);
        }
    };
    day_buttons(plan_editor::DAYS, 0..7, is_on, toggle)
}

/// A button for each of these days.
pub(super) fn day_buttons(
    label: Word,
    days: impl Iterator<Item = usize>,
    is_on: impl Fn(usize) -> bool + Copy + Send + Sync + 'static,
    toggle: impl Fn(usize) + Copy + 'static,
) -> AnyView {
    let buttons = days
        .map(|place| {
            let pressed = move || if is_on(place) { "true" } else { "false" };
            let name = day_of_week(place, false);
            view! {
                <button
                    type="button"
                    class="day-button"
                    aria-pressed=pressed
                    aria-label=move || name.get()
                    on:click=move |_| toggle(place)
                >
                    {day_of_week(place, true)}
                </button>
            }
            .into_any()
        })
        .collect_view();
    view! { <div class="days-of-plan" role="group" aria-label=label><span class="label">{label}</span>{buttons}</div> }
        .into_any()
}

#[component]
fn RemovePlan(editor: Editor) -> impl IntoView {
    let asked = RwSignal::new(false);
    let remove = move |()| {
        asked.set(false);
        editor.remove(editor.plan, plan_editor::PLAN_REMOVED.into());
    };
    view! {
        <Button
            text=plan_editor::REMOVE_PLAN
            icon=Icon::TRASH
            size=Size::Tool
            appearance=Appearance::Plain
            tap=move || asked.set(true)
        />
        <Confirm
            open=asked
            question=plan_editor::REMOVE_PLAN_QUESTION
            yes=plan_editor::REMOVE_PLAN
            on_yes=remove
            on_no=move |()| asked.set(false)
        />
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_of_day_survives_being_shown_and_read() {
        for minutes in [0, 5, 480, 23 * 60 + 59] {
            assert_eq!(from_time(&as_time(Some(minutes))), Some(minutes));
        }
        assert_eq!(from_time("08:30:00"), Some(510));
    }

    #[test]
    fn a_time_that_is_none_empties_the_cell() {
        for time in ["", "8", "25:00", "08:7", "acht"] {
            assert_eq!(from_time(time), None, "{time}");
        }
        assert_eq!(as_time(None), "");
    }
}
