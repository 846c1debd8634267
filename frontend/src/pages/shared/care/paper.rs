//! On paper: what a client did without a phone, written down by somebody else. When it was, how much help each step took, and the face.

use leptos::task::spawn_local;
use opstap_core::model::{Ending, Face, HelpLevel, Model, Plan, Run, RunEnd, RunFace, Step, StepHelp};
use opstap_core::{Change, CircleId, Millis, RecordId};
use opstap_view::prelude::*;

use super::step_levels::row;
use crate::components::{
    Appearance, Bones, Button, EmptyState, Faces, Field, HelpLegend, Icon, LoadingBones, Toast, changing, show_toast,
};
use crate::dates::{as_date, as_time, day_of, from_date_and_time, moment};
use crate::device::{self, Entry, Reader};
use crate::entered::Form;
use crate::event::Tap;
use crate::pages::shared::not_kept;
use crate::stories;
use crate::words::{Text, care, practice};

/// A step with the help it took, once somebody says it: what nobody said is not taken for having gone by itself.
type Taken = (Entry<Step>, RwSignal<Option<HelpLevel>>);

/// The plan with its steps.
type Read = Option<(Entry<Plan>, Vec<Entry<Step>>)>;

/// When it was, as it was filled in before, else now: in whole minutes, as the fields have it.
pub(super) fn when_it_was(form: &Form) -> RwSignal<Option<Millis>> {
    let before = form.get("at").and_then(|at| at.parse().ok()).map(Millis);
    let first = moment(before.unwrap_or_else(device::now));
    let at = RwSignal::new(from_date_and_time(&as_date(day_of(first)), &as_time(first)));
    form.follow("at", move || at.get().map(|at| at.0.to_string()).unwrap_or_default());
    at
}

/// When it was: a day and a time that have been. Gives the moment, or nothing while it has not been.
#[component]
pub fn PaperWhen(
    /// The moment; what stands in it stands in the fields, and now where it is empty.
    at: RwSignal<Option<Millis>>,
) -> impl IntoView {
    let first = moment(at.get_untracked().unwrap_or_else(device::now));
    let (day, time) = (RwSignal::new(as_date(day_of(first))), RwSignal::new(as_time(first)));
    let moment = Memo::new(move |_| from_date_and_time(&day.get(), &time.get()));
    Effect::new(move |_| at.set(moment.get().filter(|moment| *moment <= device::now())));
    let says = move || at.get().is_none().then(|| view! { <p class="advice">{care::NOT_BEEN_YET}</p> });
    view! {
        <div class="row when-it-was">
            <Field label=care::ON_DAY kind="date" value=day on_input=move |said| day.set(said) />
            <Field label=care::AT_TIME kind="time" value=time on_input=move |said| time.set(said) />
        </div>
        <div role="status">{says}</div>
    }
}

/// A run of a plan, written down.
#[component]
pub fn PaperRun(circle: CircleId, plan: RecordId) -> impl IntoView {
    let read = device::watch(circle, move |reader| read(reader, plan));
    // Drawn once: what was chosen must not go when the circle moves.
    let steps = Memo::new(move |before: Option<&Option<Read>>| match before {
        Some(Some(read)) => Some(read.clone()),
        _ => read.get(),
    });
    changing(move || match steps.get() {
        None => view! { <LoadingBones shape=Bones::Rows(6) /> }.into_any(),
        Some(None) => view! { <EmptyState picture="memo" sentence=practice::NOT_FOUND /> }.into_any(),
        Some(Some((plan, steps))) => form(circle, &plan, steps),
    })
}

async fn read(reader: Reader, plan: RecordId) -> Read {
    let plan = reader.one::<Plan>(plan).await?;
    let steps = stories::steps(&reader, plan.id).await;
    Some((plan, steps))
}

fn form(circle: CircleId, plan: &Entry<Plan>, steps: Vec<Entry<Step>>) -> AnyView {
    let id = plan.id;
    let form = Form::of("run", circle, id);
    let at = when_it_was(&form);
    let face = RwSignal::new(form.get("face").and_then(|code| Face::from_code(&code)));
    form.follow("face", move || face.get().map(Face::code).unwrap_or_default().to_owned());
    let taken: Vec<Taken> = steps.into_iter().map(|step| taken(&form, step)).collect();
    let rows = taken
        .iter()
        .enumerate()
        .map(|(place, (step, level))| {
            let level = *level;
            let words = (place, Text::from(step.value.text.clone()), step.value.picture.clone());
            row(circle, words, level.into(), move |help| level.set(Some(help)))
        })
        .collect_view();
    let levels: Vec<_> = taken.iter().map(|(step, level)| (step.id, *level)).collect();
    let all = levels.clone();
    let by_oneself = move || all.iter().for_each(|(_, level)| level.set(Some(HelpLevel::ByOneself)));
    let any = levels.clone();
    let nothing_said = Signal::derive(move || any.iter().all(|(_, level)| level.get().is_none()));
    let busy = StoredValue::new(false);
    let keep = move || {
        let Some(at) = at.get_untracked() else { return };
        let said = |(step, level): &(RecordId, RwSignal<_>)| Some((*step, level.get_untracked()?));
        let helped = levels.iter().filter_map(said).collect::<Vec<_>>();
        save(circle, written(id, at, &helped, face.get_untracked(), device::now(), device::new_id), form.clone(), busy);
    };
    let not_yet = Signal::derive(move || at.get().is_none() || nothing_said.get());
    view! {
        <h1 class="title">{plan.value.title.clone()}</h1>
        <p class="soft">{care::PAPER_MORE}</p>
        <PaperWhen at />
        <h2 class="title">{care::HELP_PER_STEP}</h2>
        <HelpLegend />
        <div class="row"><Button text=care::EACH_BY_ONESELF icon=Icon::CHECK tap=by_oneself /></div>
        <ol class="list help-steps">{rows}</ol>
        <Faces chosen=face on_choose=move |one| face.set(Some(one)) question=care::FACE_ON_PAPER />
        <div class="row">
            <Button text=care::KEEP_PAPER icon=Icon::CHECK appearance=Appearance::Primary disabled=not_yet tap=keep />
        </div>
    }
    .into_any()
}

/// A step with the help it took, as it was filled in before.
fn taken(form: &Form, step: Entry<Step>) -> Taken {
    let field = step.id.to_string();
    let level = RwSignal::new(form.get(&field).and_then(|code| HelpLevel::from_code(&code)));
    form.follow(field, move || level.get().map(HelpLevel::code).unwrap_or_default().to_owned());
    (step, level)
}

/// Keeps what was written down, a run or a practice, and goes back from its form. While it is `busy` a second tap writes nothing more down.
pub(super) fn save(circle: CircleId, changes: Vec<Change>, form: Form, busy: StoredValue<bool>) {
    if busy.get_value() {
        return;
    }
    busy.set_value(true);
    spawn_local(async move {
        match device::edit(circle, changes).await {
            Ok(()) => {
                form.done();
                Tap::back().run();
                show_toast(Toast::new(care::PAPER_KEPT));
            }
            Err(why) => {
                let _ = busy.try_set_value(false);
                show_toast(Toast::new(not_kept(why)));
            }
        }
    });
}

/// One edit with all of it: the run, how much help each step took, that it was done, and the face.
fn written(
    plan: RecordId,
    at: Millis,
    helped: &[(RecordId, HelpLevel)],
    face: Option<Face>,
    now: Millis,
    mut new_id: impl FnMut() -> RecordId,
) -> Vec<Change> {
    let run = new_id();
    let mut changes = vec![Run { on_paper: Some(true), ..Run::begins(plan, at) }.make(run)];
    for (step, help) in helped {
        let said = StepHelp { step: *step, help: *help, at: now, replaces: None };
        changes.push(said.make_below(new_id(), run));
    }
    changes.push(RunEnd { how: Ending::Done, at }.make_below(new_id(), run));
    changes.extend(face.map(|face| RunFace { face, at }.make_below(new_id(), run)));
    changes
}

#[cfg(test)]
mod tests {
    use opstap_core::model::check_make;

    use super::*;

    #[test]
    fn what_was_written_down_is_one_edit_of_a_run_that_is_done() {
        let mut last = 0;
        let ids = move || {
            last += 1;
            RecordId([last; 16])
        };
        let (plan, step) = (RecordId([90; 16]), RecordId([91; 16]));
        let helped = [(step, HelpLevel::Hint)];
        let changes = written(plan, Millis(50), &helped, Some(Face::Good), Millis(99), ids);
        assert_eq!(changes.len(), 4);
        let run = changes[0].record();
        for change in &changes {
            let Change::Make { kind, parent, cells, .. } = change else { panic!("writing down only makes") };
            assert_eq!(check_make(*kind, cells), Ok(()));
            assert!(change.record() == run || *parent == Some(run));
        }
        let cell = |change: &Change, name: &str| {
            change.cells().iter().find(|(cell, _)| cell == name).map(|(_, value)| value.clone())
        };
        assert_eq!(cell(&changes[0], "on_paper"), Some(opstap_core::Value::Bool(true)));
        assert_eq!(cell(&changes[0], "at"), cell(&changes[2], "at"));
        assert_eq!(cell(&changes[1], "help"), Some("hint".into()));
    }
}
