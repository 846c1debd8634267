//! One part of a route in the editor: its number, picture and title, and what there is more to it once it is open.

use opstap_core::model::{Means, Part, Picture, Position, set};
use opstap_core::{Kind, RecordId, Value};
use opstap_insight::rides;
use opstap_view::prelude::*;

use super::by_timetable::by_timetable;
use super::editor::RouteEditor;
use super::items::Items;
use crate::components::{Appearance, Button, Icon, Picture as Shown, Size, Source, Well, changing, icon};
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
    // On foot there is no line to choose; what stands there all the same can be taken away.
    let on_a_line = Memo::new(move |_| {
        let of = work.with(|records| records.one::<Part>(part)).flatten();
        of.is_some_and(|of| rides(of.means) || of.line.is_some() || of.direction.is_some())
    });
    view! {
        <div class="part-more stack">
            {code(work, cell("means", training::MEANS), None, all)}
            {changing(move || if on_a_line.get() { by_timetable(editor, part) } else { ().into_any() })}
            <div class="pairs">
                {changing(move || {
                    let cell = cells_of(part);
                    let line = || view! {
                        {words(work, cell("line", training::VEHICLE_LINE), true)}
                        {words(work, cell("direction", training::DIRECTION), true)}
                    };
                    on_a_line.get().then(line).into_any()
                })}
                {words(work, cell("from", training::FROM), true)}
                {words(work, cell("to", training::TO), true)}
                {words(work, cell("landmark", training::LANDMARK), true)}
            </div>
            {position(editor, part)}
            {changing(move || on_a_line.get().then(|| view! { <Items editor part kind=Kind::Stop /> }).into_any())}
            <Items editor part kind=Kind::Goal />
        </div>
    }
    .into_any()
}

/// Where it was made, to be seen and taken away again by whoever may change it.
fn position(editor: RouteEditor, part: RecordId) -> AnyView {
    let work = editor.work;
    let kept = Memo::new(move |_| {
        let position = work.with(|records| records.one::<Part>(part)).flatten().and_then(|of| of.position);
        position.map(|position| position.to_string()).unwrap_or_default()
    });
    let away = move || work.change(training::HERE, vec![set(part, "position", None::<Position>)]);
    changing(move || {
        let position = kept.get();
        if position.is_empty() {
            return ().into_any();
        }
        view! {
            <div class="row">
                {icon(Icon::FLAG)}
                // The numbers tell nothing to whoever practises; the style of the desk shows them, where they can be looked up.
                <span class="fill">{training::POSITION_KEPT} " " <span class="numbers soft small">{position}</span></span>
                <Button text=training::REMOVE_POSITION icon=Icon::TRASH mark_only=true size=Size::Tool tap=away />
            </div>
        }
        .into_any()
    })
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
