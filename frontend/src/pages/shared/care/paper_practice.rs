//! On paper, at the desk: a practice of a route that somebody did without a phone. When it was, how much help each goal took, and what is
//! asked after every practice; all of it one edit.

use opstap_core::model::{GoalHelp, HelpLevel, Model, Practice, Route};
use opstap_core::{Change, CircleId, Millis, RecordId};
use opstap_view::prelude::*;

use super::after_practice::{AfterPractice, AfterPracticeFields, QUARTER};
use super::paper::{PaperWhen, save, when_it_was};
use crate::components::{
    Appearance, Bones, Button, EmptyState, HelpChoice, HelpLegend, Icon, LoadingBones, changing, help_word,
};
use crate::device::{self, Entry, Reader};
use crate::entered::Form;
use crate::stories::{self, route::PartOfRoute};
use crate::words::{Text, care, practice};

/// A goal with the help it took; nothing where it was not practised.
type Taken = (RecordId, RwSignal<Option<HelpLevel>>);

/// The route with its parts.
type Read = Option<(Entry<Route>, Vec<PartOfRoute>)>;

/// A practice, written down.
#[component]
pub fn PaperPractice(circle: CircleId, route: RecordId) -> impl IntoView {
    let read = device::watch(circle, move |reader| read(reader, route));
    // Drawn once: what was chosen must not go when the circle moves.
    let once = Memo::new(move |before: Option<&Option<Read>>| match before {
        Some(Some(read)) => Some(read.clone()),
        _ => read.get(),
    });
    changing(move || match once.get() {
        None => view! { <LoadingBones shape=Bones::Rows(6) /> }.into_any(),
        Some(None) => view! { <EmptyState picture="world-map" sentence=practice::NOT_FOUND /> }.into_any(),
        Some(Some((route, parts))) => form(circle, &route, &parts),
    })
}

async fn read(reader: Reader, route: RecordId) -> Read {
    let route = reader.one::<Route>(route).await?;
    let parts = stories::route::parts(&reader, route.id).await;
    Some((route, parts))
}

fn form(circle: CircleId, route: &Entry<Route>, parts: &[PartOfRoute]) -> AnyView {
    let form = Form::of("practice", circle, route.id);
    let at = when_it_was(&form);
    let after = AfterPractice::open(&form, Signal::stored(QUARTER));
    let goals = parts.iter().flat_map(|part| &part.goals);
    let taken: Vec<Taken> = goals.map(|goal| (goal.id, level(&form, goal.id))).collect();
    let rows = parts.iter().map(|part| part_view(part, &taken)).collect_view();
    let id = route.id;
    let busy = StoredValue::new(false);
    let keep = move || {
        let Some(at) = at.get_untracked() else { return };
        let helped: Vec<_> = taken.iter().filter_map(|(goal, level)| Some((*goal, level.get_untracked()?))).collect();
        let practice = device::new_id();
        let mut changes = begun(practice, id, at, &helped, device::new_id);
        changes.extend(after.changes(practice, at, device::new_id));
        save(circle, changes, form.clone(), busy);
    };
    let not_yet = Signal::derive(move || at.get().is_none());
    view! {
        <h1 class="title">{route.value.title.clone()}</h1>
        <p class="soft">{care::PAPER_MORE}</p>
        <PaperWhen at />
        <h2 class="title">{care::HELP_PER_GOAL}</h2>
        <HelpLegend />
        {rows}
        <AfterPracticeFields after question=care::FACE_ON_PAPER.into() />
        <div class="row">
            <Button text=care::KEEP_PAPER icon=Icon::CHECK appearance=Appearance::Primary disabled=not_yet tap=keep />
        </div>
    }
    .into_any()
}

/// How much help something took, as it was filled in before.
fn level(form: &Form, goal: RecordId) -> RwSignal<Option<HelpLevel>> {
    let field = goal.to_string();
    let level = RwSignal::new(form.get(&field).and_then(|code| HelpLevel::from_code(&code)));
    form.follow(field, move || level.get().map(HelpLevel::code).unwrap_or_default().to_owned());
    level
}

fn part_view(part: &PartOfRoute, taken: &[Taken]) -> AnyView {
    let rows = part.goals.iter().filter_map(|goal| {
        let (_, level) = taken.iter().find(|(id, _)| *id == goal.id)?;
        let (level, text) = (*level, goal.value.text.clone());
        let said = move || level.get().map_or_else(|| practice::NOT_PRACTISED.get(), |level| help_word(level).get());
        Some(view! {
            <li class="stack">
                <span>{text.clone()} " " <b class="small">{said}</b></span>
                <HelpChoice label=Text::from(text) chosen=level on_choose=move |help| level.set(Some(help)) />
            </li>
        })
    });
    let rows = rows.collect_view();
    view! { <section class="stack"><h3>{part.part.value.title.clone()}</h3><ul class="list help-steps">{rows}</ul></section> }
        .into_any()
}

/// The practice, and how much help its goals took.
fn begun(
    practice: RecordId,
    route: RecordId,
    at: Millis,
    helped: &[(RecordId, HelpLevel)],
    mut new_id: impl FnMut() -> RecordId,
) -> Vec<Change> {
    let mut changes = vec![Practice { route, at }.make(practice)];
    for (goal, help) in helped {
        let said = GoalHelp { goal: *goal, help: *help, at, replaces: None };
        changes.push(said.make_below(new_id(), practice));
    }
    changes
}

#[cfg(test)]
mod tests {
    use opstap_core::model::check_make;

    use super::*;

    #[test]
    fn a_practice_on_paper_is_one_edit_with_the_help_of_the_goals_that_were_practised() {
        let mut last = 0;
        let ids = move || {
            last += 1;
            RecordId([last; 16])
        };
        let (practice, goal) = (RecordId([90; 16]), RecordId([91; 16]));
        let changes = begun(practice, RecordId([92; 16]), Millis(50), &[(goal, HelpLevel::Told)], ids);
        assert_eq!((changes.len(), changes[0].record()), (2, practice));
        for change in &changes {
            let Change::Make { kind, parent, cells, .. } = change else { panic!("writing down only makes") };
            assert_eq!(check_make(*kind, cells), Ok(()));
            assert!(change.record() == practice || *parent == Some(practice));
        }
    }
}
