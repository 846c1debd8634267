//! One part of a route in the editor: its number, picture and title, and what there is more to it once it is open.

use opstap_core::model::{Means, Part, Picture};
use opstap_core::{Kind, RecordId, Value};
use opstap_view::prelude::*;

use super::by_timetable::by_timetable;
use super::editor::RouteEditor;
use super::items::Items;
use crate::components::{Appearance, Button, Icon, Picture as Shown, Size, Source, Well, changing};
use crate::device;
use crate::pages::shared::editing::Worked;
use crate::pages::shared::editing::fields::{cells_of, code, words};
use crate::pages::supporter::means;
use crate::words::{Text, training};

/// The row.
#[component]
pub fn PartRow(editor: RouteEditor, part: RecordId) -> impl IntoView {
    let number =
        Memo::new(move |_| editor.rows.with(|rows| rows.iter().position(|row| *row == part)).map_or(0, |at| at + 1));
    let named = move |word: fn(usize) -> Text| Text::live(move || word(number.get()).get());
    let first = Signal::derive(move || number.get() <= 1);
    let last = Signal::derive(move || editor.rows.with(Vec::len) <= number.get());
    let is_open = Memo::new(move |_| editor.open.get() == Some(part));
    let go = move |up| editor.move_one(Kind::Part, part, up);
    let away = move || editor.work.remove(part, training::PART_REMOVED.into());
    let toggle = move || editor.open.set((!is_open.get_untracked()).then_some(part));
    let more = Memo::new(move |_| editor.work.with(|records| records.one::<Part>(part)).flatten());
    let summary = changing(move || {
        if is_open.get() {
            return ().into_any();
        }
        let more = more.with(|part| part.as_ref().and_then(means::more));
        more.map(|more| view! { <span class="soft small">{more}</span> }).into_any()
    });
    let more_or_less = Text::live(move || {
        let word = if is_open.get() { training::less_of_part } else { training::more_of_part };
        word(number.get()).get()
    });
    let cell = cells_of(part);
    view! {
        <li class="part-row" data-part=part.to_string()>
            {picture_button(editor, part, named(training::picture_of_part))}
            <div class="part-words">{words(editor.work, cell("title", training::PART_TITLE), true)}{summary}</div>
            <div class="step-tools">
                <Button text=named(training::up_of_part) icon=Icon::UP mark_only=true size=Size::Tool disabled=first tap=move || go(true) />
                <Button text=named(training::down_of_part) icon=Icon::DOWN mark_only=true size=Size::Tool disabled=last tap=move || go(false) />
                <Button text=named(training::remove_part) icon=Icon::TRASH mark_only=true size=Size::Tool tap=away />
                <Button text=more_or_less icon=Icon::MORE mark_only=true size=Size::Tool appearance=Appearance::Plain tap=toggle />
            </div>
            {changing(move || if is_open.get() { details(editor, part) } else { ().into_any() })}
        </li>
    }
}

/// What there is more to a part: how, what stands on the vehicle, from where to where, the stops between, and what is learned.
fn details(editor: RouteEditor, part: RecordId) -> AnyView {
    let cell = cells_of(part);
    let all = Means::ALL.iter().map(|one| (one.code(), means::word(*one))).collect();
    let work = editor.work;
    view! {
        <div class="part-more stack">
            {by_timetable(editor, part)}
            <div class="pairs">
                {code(work, cell("means", training::MEANS), None, all)}
                {words(work, cell("line", training::VEHICLE_LINE), true)}
                {words(work, cell("direction", training::DIRECTION), true)}
                {words(work, cell("from", training::FROM), true)}
                {words(work, cell("to", training::TO), true)}
            </div>
            <Items editor part kind=Kind::Stop />
            <Items editor part kind=Kind::Goal />
        </div>
    }
    .into_any()
}

/// The picture of a part or the route is the button that changes it. A part without one shows how it is travelled.
pub fn picture_button(editor: RouteEditor, record: RecordId, label: Text) -> AnyView {
    let shown = Memo::new(move |_| {
        let of = editor.work.with(|records| {
            let record = records.record(record)?;
            let picture = match record.value("picture") {
                Some(Value::Text(name)) => Some(Picture::Pictogram(name.clone())),
                Some(Value::Blob(blob)) => Some(Picture::Photo(*blob)),
                _ => None,
            };
            let means = match record.value("means") {
                Some(Value::Text(code)) => Means::from_code(code),
                _ => None,
            };
            Some((picture, means))
        });
        of.flatten().unwrap_or_default()
    });
    let drawn = changing(move || {
        let source = match shown.get() {
            (None, Some(means)) => Source::from(means::pictogram(means)),
            (picture, _) => device::picture(editor.circle, picture),
        };
        view! { <Shown source well=Well::Wide /> }.into_any()
    });
    view! {
        <button type="button" class="picture-button" aria-label=label on:click=move |_| editor.choosing.set(Some(record))>
            {drawn}
        </button>
    }
    .into_any()
}
