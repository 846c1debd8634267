//! A route as a sheet to work on: its title and picture, its parts in their order, one more part, and the way back.

use opstap_core::model::{Means, Picture, Trajectory, set};
use opstap_core::plan_format::Language;
use opstap_core::{Change, RecordId};
use opstap_view::prelude::*;

use super::editor::RouteEditor;
use super::part::{PartRow, picture_button};
use super::turning::{named_back, way_back_of};
use crate::components::{Appearance, Bones, Button, Confirm, Dialog, EmptyState, Icon, LoadingBones, Size, changing};
use crate::event::Tap;
use crate::language;
use crate::pages::shared::editing::fields::{cells_of, words};
use crate::pages::shared::editing::{AddWords, Records, Worked};
use crate::pages::shared::plan_editor::PictureTiles;
use crate::words::{plan_editor, training};

/// What there is of the route.
#[derive(Clone, Copy, PartialEq)]
enum There {
    Reading,
    Unknown,
    Removed,
    Yes,
}

/// The route and its parts, to be changed. The frame around it is the screen's.
#[component]
pub fn RouteSheet(
    /// The open route.
    editor: RouteEditor,
    /// Where another route is changed: that of a way back that was made here.
    to_route: impl Fn(RecordId) -> Tap + Copy + 'static,
) -> impl IntoView {
    let there = Memo::new(move |_| {
        let of = |records: &Records| match records.record(editor.route) {
            None => There::Unknown,
            Some(route) if route.is_deleted() => There::Removed,
            Some(_) => There::Yes,
        };
        editor.work.sheet.with(|sheet| match sheet {
            None => There::Reading,
            Some(None) => There::Unknown,
            Some(Some(records)) => of(records),
        })
    });
    changing(move || match there.get() {
        There::Reading => view! { <LoadingBones shape=Bones::Rows(6) /> }.into_any(),
        There::Unknown => view! { <EmptyState picture="world-map" sentence=training::NO_SUCH_ROUTE /> }.into_any(),
        There::Removed => {
            let restored = move || vec![opstap_core::model::restore(editor.route)];
            let back = move || editor.work.change(plan_editor::DONE_PUT_BACK, restored());
            view! {
                <EmptyState picture="world-map" sentence=training::ROUTE_REMOVED>
                    <Button text=plan_editor::PUT_BACK icon=Icon::UNDO appearance=Appearance::Primary tap=back />
                </EmptyState>
            }
            .into_any()
        }
        There::Yes => sheet(editor, to_route),
    })
}

fn sheet(editor: RouteEditor, to_route: impl Fn(RecordId) -> Tap + Copy + 'static) -> AnyView {
    let route = editor.route;
    let cell = cells_of(route);
    let add = move |title| {
        editor.add_part(Means::Walk, title, None);
    };
    let none = Memo::new(move |_| editor.rows.with(Vec::is_empty));
    view! {
        <div class="plan-editor route-editor">
            <div class="plan-head">
                {picture_button(editor, route, training::PICTURE_OF_ROUTE.into())}
                <div class="plan-title">{words(editor.work, cell("title", training::ROUTE_TITLE), true)}</div>
            </div>
            {changing(move || none.get().then(|| view! { <p class="soft">{training::NO_PARTS_YET}</p> }).into_any())}
            <ol class="step-rows">
                <For each=move || editor.rows.get() key=ToString::to_string children=move |part| view! { <PartRow editor part /> } />
            </ol>
            <AddWords label=training::NEW_PART button=training::ADD_PART flushed=editor.work.flushed on_add=add />
            <div class="row">{turn(editor, to_route)}{remove(editor)}</div>
            {picture_choice(editor)}
        </div>
    }
    .into_any()
}

/// Makes the way back. Where this is the way there of the training, it becomes its way back.
fn turn(editor: RouteEditor, to_route: impl Fn(RecordId) -> Tap + Copy + 'static) -> AnyView {
    let back = move || {
        editor.work.out_of_the_field();
        let made = editor.work.with_now(|records| {
            let title = named_back(&records.words(editor.route, "title"));
            let (id, mut changes) = way_back_of(records, editor.route, title)?;
            changes.extend(is_way_back(records, editor.route, id));
            Some((id, changes))
        });
        if let Some((id, changes)) = made.flatten() {
            let said = training::LOOK_AT_WAY_BACK.into();
            editor.work.say_what_was_done(training::MAKE_WAY_BACK, changes, said, None);
            to_route(id).run();
        }
    };
    view! { <Button text=training::MAKE_WAY_BACK icon=Icon::AGAIN tap=back /> }.into_any()
}

fn is_way_back(records: &Records, there: RecordId, back: RecordId) -> Option<Change> {
    let trajectories = records.below::<Trajectory>(None).into_iter();
    let mut without = trajectories.filter(|(_, one)| one.route == Some(there) && one.way_back.is_none());
    without.next_back().map(|(id, _)| set(id, "way_back", back))
}

fn remove(editor: RouteEditor) -> AnyView {
    let asked = RwSignal::new(false);
    let yes = move |()| {
        asked.set(false);
        editor.work.remove(editor.route, training::ROUTE_REMOVED.into());
    };
    view! {
        <Button text=training::REMOVE_ROUTE icon=Icon::TRASH size=Size::Tool appearance=Appearance::Plain tap=move || asked.set(true) />
        <Confirm
            open=asked
            question=training::REMOVE_ROUTE_QUESTION
            yes=training::REMOVE_ROUTE
            on_yes=yes
            on_no=move |()| asked.set(false)
        />
    }
    .into_any()
}

/// The dialog, open while a picture is being chosen.
fn picture_choice(editor: RouteEditor) -> AnyView {
    let open = Signal::derive(move || editor.choosing.get().is_some());
    view! {
        <Dialog open title=training::CHOOSE_PICTURE on_close=move |()| editor.choosing.set(None)>
            {changing(move || editor.choosing.get().map(|record| tiles(editor, record)).into_any())}
        </Dialog>
    }
    .into_any()
}

fn tiles(editor: RouteEditor, record: RecordId) -> AnyView {
    let words = editor.work.with_now(|records| records.words(record, "title")).unwrap_or_default();
    let language = match untrack(language::language) {
        language::Language::Dutch => Language::Dutch,
        language::Language::English => Language::English,
    };
    let choose = move |picture: Option<Picture>| {
        editor.work.change(plan_editor::DONE_PICTURE, vec![set(record, "picture", picture)]);
    };
    let close = move |()| editor.choosing.set(None);
    view! { <PictureTiles circle=editor.circle words language on_choose=choose on_close=close /> }.into_any()
}
