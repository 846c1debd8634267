//! When a plan comes besides its time: at which other time on some days, after which other plan, who reminds of it, and whether it goes on during days off.

use opstap_core::model::{Days, Plan, set};
use opstap_core::{PersonId, RecordId};
use opstap_view::prelude::*;

use super::editor::Editor;
use super::head::{as_time, day_buttons, from_time};
use crate::components::{Field, Select, Switch, Toast, changing, show_toast};
use crate::words::{Text, care};

/// The choices that a list offers, each by its id in text.
type Choices = Vec<(String, Text)>;

/// Folded away: most plans need none of it. In the library, where there is nobody, it is not there.
#[component]
pub(super) fn Schedule(editor: Editor) -> impl IntoView {
    let people = Memo::new(move |_| editor.with(|sheet| sheet.people.clone()).unwrap_or_default());
    let always = Signal::derive(move || editor.with(|sheet| sheet.plan.value.always == Some(true)).unwrap_or(false));
    let turn = move |on: bool| editor.change(care::DONE_SCHEDULE, vec![set(editor.plan, "always", on.then_some(true))]);
    changing(move || {
        if people.with(Vec::is_empty) {
            return ().into_any();
        }
        view! {
            <details class="schedule">
                <summary>{care::SCHEDULE}</summary>
                <div class="stack">
                    {other_time(editor)}
                    {after(editor)}
                    {reminder(editor, people)}
                    <Switch text=care::ALWAYS on=always on_change=turn />
                </div>
            </details>
        }
        .into_any()
    })
}

/// Another time on some of the plan's days.
fn other_time(editor: Editor) -> AnyView {
    let of_plan =
        move |of: fn(&Plan) -> Option<Days>| Memo::new(move |_| editor.with(|sheet| of(&sheet.plan.value)).flatten());
    let (days, others) = (of_plan(|plan| plan.days), of_plan(|plan| plan.other_days));
    let minutes = Memo::new(move |_| editor.with(|sheet| sheet.plan.value.other_minutes).flatten());
    let is_on = move |place| others.get().is_some_and(|days| days.has(place));
    let toggle = move |place| {
        let on = others.get_untracked().map_or(0, |days| Days::sum(Some(days))) ^ (1_u8 << place);
        if keeps_its_time(days.get_untracked(), on) {
            editor.change(care::DONE_OTHER_TIME, vec![set(editor.plan, "other_days", Days::from_sum(on))]);
        } else {
            show_toast(Toast::new(care::ONE_DAY_KEEPS_IT));
        }
    };
    let time = move |time: String| {
        let minutes_now = from_time(&time);
        if minutes_now != minutes.get_untracked() {
            editor.change(care::DONE_OTHER_TIME, vec![set(editor.plan, "other_minutes", minutes_now)]);
        }
    };
    let buttons = changing(move || {
        let days = days.get();
        let shown = (0..7).filter(move |day| days.is_none_or(|days| days.has(*day)));
        day_buttons(care::OTHER_TIME_ON, shown, is_on, toggle)
    });
    let field = changing(move || {
        let field = || {
            let value = Signal::derive(move || as_time(minutes.get()));
            view! { <Field label=care::OTHER_TIME kind="time" value on_change=time /> }
        };
        others.with(Option::is_some).then(field).into_any()
    });
    view! { {buttons} {field} }.into_any()
}

/// Whether a plan of these days has one left at its own time, with the other time on the days of this sum: else its own would say what is
/// never so.
const fn keeps_its_time(days: Option<Days>, others: u8) -> bool {
    Days::sum(days) & !others != 0
}

fn after(editor: Editor) -> AnyView {
    let others = Memo::new(move |_| editor.with(|sheet| sheet.others.clone()).unwrap_or_default());
    let chosen = Memo::new(move |_| editor.with(|sheet| sheet.plan.value.after).flatten());
    changing(move || {
        let choices = [(String::new(), Text::from(care::AFTER_NOTHING))].into_iter();
        let choices = choices.chain(others.get().into_iter().map(|(id, title)| (id.to_string(), Text::from(title))));
        let choose = move |id: String| {
            let id: Option<RecordId> = id.parse().ok();
            editor.change(care::DONE_SCHEDULE, vec![set(editor.plan, "after", id)]);
        };
        list(care::AFTER.into(), choices.collect(), named(chosen.get()), choose)
    })
}

fn reminder(editor: Editor, people: Memo<Vec<(PersonId, String)>>) -> AnyView {
    let chosen = Memo::new(move |_| editor.with(|sheet| sheet.plan.value.reminder).flatten());
    let can = Memo::new(move |_| editor.with(|sheet| sheet.remind.clone()).unwrap_or_default());
    changing(move || {
        let choices = can.with(|can| reminders(people.get(), can, chosen.get()));
        let choose = move |id: String| {
            let id: Option<PersonId> = id.parse().ok();
            editor.change(care::DONE_SCHEDULE, vec![set(editor.plan, "reminder", id)]);
        };
        list(care::WHO_REMINDS.into(), choices, named(chosen.get()), choose)
    })
}

/// Who can remind: the phone, those round the client who see the plans, and who is to but cannot, so that it is seen that the phone does.
fn reminders(people: Vec<(PersonId, String)>, can: &[PersonId], chosen: Option<PersonId>) -> Choices {
    let gone = chosen.filter(|chosen| people.iter().all(|(id, _)| id != chosen));
    let people = people.into_iter().filter(|(id, _)| can.contains(id) || chosen == Some(*id)).map(|(id, name)| {
        let text = if can.contains(&id) { Text::from(name) } else { care::reminder_sees_no_plans(name) };
        (id.to_string(), text)
    });
    let gone = gone.map(|id| (id.to_string(), Text::from(care::REMINDER_IS_GONE)));
    [(String::new(), Text::from(care::PHONE_REMINDS))].into_iter().chain(people).chain(gone).collect()
}

fn named(id: Option<impl ToString>) -> String {
    id.map(|id| id.to_string()).unwrap_or_default()
}

fn list(label: Text, choices: Choices, chosen: String, choose: impl Fn(String) + 'static) -> AnyView {
    view! { <Select label choices chosen on_choose=choose /> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_its_days_keeps_the_time_of_the_plan() {
        let (weekend, saturday) = (Days::of([5, 6]), 1 << 5);
        assert!(keeps_its_time(weekend, saturday) && !keeps_its_time(weekend, Days::sum(weekend)));
        assert!(keeps_its_time(None, Days::sum(weekend)) && !keeps_its_time(None, Days::sum(None)));
    }

    #[test]
    fn who_reminds_and_left_the_circle_is_a_choice_of_its_own_and_not_the_phone() {
        let (karin, tim, gone) = (PersonId([3; 16]), PersonId([5; 16]), PersonId([4; 16]));
        let says = |chosen| {
            let choices = reminders(vec![(karin, "Karin".to_owned()), (tim, "Tim".to_owned())], &[karin], chosen);
            choices.into_iter().map(|(_, text)| text.get()).collect::<Vec<_>>()
        };
        assert_eq!(says(Some(karin)), ["de telefoon", "Karin"], "Tim sees no plans");
        assert_eq!(says(Some(tim)), ["de telefoon", "Karin", "Tim mag de plannen niet zien"]);
        assert_eq!(says(Some(gone)), ["de telefoon", "Karin", "iemand die niet meer in deze kring is"]);
    }
}
