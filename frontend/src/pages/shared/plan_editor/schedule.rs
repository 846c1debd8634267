//! When a plan comes besides its time: after which other plan, who reminds of it, and whether it goes on during days off.

use opstap_core::model::set;
use opstap_core::{PersonId, RecordId};
use opstap_view::prelude::*;

use super::editor::Editor;
use crate::components::{Select, Switch, changing};
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
                    {after(editor)}
                    {reminder(editor, people)}
                    <Switch text=care::ALWAYS on=always on_change=turn />
                </div>
            </details>
        }
        .into_any()
    })
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
    changing(move || {
        let choices = reminders(people.get(), chosen.get());
        let choose = move |id: String| {
            let id: Option<PersonId> = id.parse().ok();
            editor.change(care::DONE_SCHEDULE, vec![set(editor.plan, "reminder", id)]);
        };
        list(care::WHO_REMINDS.into(), choices, named(chosen.get()), choose)
    })
}

/// Who can remind: the phone, those round the client, and who is to but left the circle, so that it is seen that nobody does.
fn reminders(people: Vec<(PersonId, String)>, chosen: Option<PersonId>) -> Choices {
    let gone = chosen.filter(|chosen| people.iter().all(|(id, _)| id != chosen));
    let people = people.into_iter().map(|(id, name)| (id.to_string(), Text::from(name)));
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
    fn who_reminds_and_left_the_circle_is_a_choice_of_its_own_and_not_the_phone() {
        let (karin, gone) = (PersonId([3; 16]), PersonId([4; 16]));
        let says = |chosen| {
            let choices = reminders(vec![(karin, "Karin".to_owned())], chosen);
            choices.into_iter().map(|(_, text)| text.get()).collect::<Vec<_>>()
        };
        assert_eq!(says(Some(karin)), ["de telefoon", "Karin"]);
        assert_eq!(says(Some(gone)), ["de telefoon", "Karin", "iemand die niet meer in deze kring is"]);
    }
}
