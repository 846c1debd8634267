//! A file is imported: first what it would write row by row, and each line that is not as it should be; one tap then writes it.

use leptos::task::spawn_local;
use opstap_core::CircleId;
use opstap_view::prelude::*;
use send_wrapper::SendWrapper;
use web_sys::File;

use super::expected::{beside, expected, in_words};
use crate::components::desk::Table;
use crate::components::{Appearance, Button, FileInput, Icon, Toast, changing, show_toast};
use crate::device::{self, Asked, CellToBe, Checked, Imported};
use crate::words::{Text, programme, shared};

/// How far it is.
#[derive(Clone, PartialEq)]
enum Stage {
    /// No file was chosen.
    None,
    /// The server reads it.
    Looking,
    /// It would write this.
    Shown(Checked),
    /// It is being written.
    Writing,
}

/// Choosing a file, and what comes of it.
#[component]
pub(super) fn Import(circle: CircleId, moved: RwSignal<()>) -> impl IntoView {
    let stage = RwSignal::new(Stage::None);
    let file = RwSignal::new(None::<SendWrapper<File>>);
    let look = move |chosen: File| {
        file.set(Some(SendWrapper::new(chosen.clone())));
        look(circle, chosen, stage);
    };
    let name = move || file.with(|file| file.as_ref().map(|file| file.name()));
    let write = move |checked: Checked| {
        if let Some(file) = file.get_untracked() {
            stage.set(Stage::Writing);
            write(circle, file.take(), checked, (stage, moved));
        }
    };
    view! {
        <section class="stack">
            <h2>{programme::IMPORT}</h2>
            <p>{programme::IMPORT_MORE}</p>
            <div class="row">
                <FileInput text=programme::CHOOSE_FILE accept=".csv,.xlsx,text/csv" on_file=look />
                <b>{name}</b>
            </div>
            <div role="status" class="stack">
                {changing(move || match stage.get() {
                    Stage::None => ().into_any(),
                    Stage::Looking => view! { <p class="soft">{programme::LOOKING}</p> }.into_any(),
                    Stage::Shown(checked) => shown(&checked, stage, write),
                    Stage::Writing => view! { <p class="soft">{programme::WRITING}</p> }.into_any(),
                })}
            </div>
        </section>
    }
}

fn look(circle: CircleId, file: File, stage: RwSignal<Stage>) {
    stage.set(Stage::Looking);
    spawn_local(async move {
        let now = match device::check_import(circle, &file).await {
            Asked::Told(checked) => Stage::Shown(checked),
            Asked::NotThere | Asked::NotNow => {
                show_toast(Toast::new(shared::ONLY_ONLINE));
                Stage::None
            }
        };
        let _ = stage.try_set(now);
    });
}

fn write(circle: CircleId, file: File, checked: Checked, (stage, moved): (RwSignal<Stage>, RwSignal<()>)) {
    spawn_local(async move {
        match device::import(circle, &file, &checked.plan).await {
            Asked::Told(Imported::Rows(rows)) => {
                let _ = stage.try_set(Stage::None);
                show_toast(Toast::new(programme::is_imported(rows)));
            }
            Asked::Told(Imported::Part(rows)) => {
                show_toast(Toast::new(programme::part_imported(rows)));
                look(circle, file, stage);
            }
            Asked::Told(Imported::OtherThanShown) => {
                show_toast(Toast::new(programme::CHANGED_MEANWHILE));
                look(circle, file, stage);
            }
            Asked::NotThere | Asked::NotNow => {
                let _ = stage.try_set(Stage::Shown(checked));
                show_toast(Toast::new(shared::ONLY_ONLINE));
            }
        }
        let _ = moved.try_set(());
    });
}

fn shown(checked: &Checked, stage: RwSignal<Stage>, write: impl Fn(Checked) + 'static) -> AnyView {
    let cancel = move || stage.set(Stage::None);
    if checked.all_faults > 0 {
        return faults(checked);
    }
    let count = checked.new + checked.changed;
    if count == 0 {
        return view! { {lines(checked)}<p>{programme::NOTHING_TO_IMPORT}</p> }.into_any();
    }
    let all = checked.clone();
    let tap = move || write(all.clone());
    view! {
        {lines(checked)}
        <div class="row">
            <Button text=programme::import_rows(count) icon=Icon::CHECK appearance=Appearance::Primary tap />
            <Button text=shared::CANCEL tap=cancel />
        </div>
    }
    .into_any()
}

/// How many rows there are, and folded below it the first of them with what becomes of each. What changes of rows that are there is in sight.
fn lines(checked: &Checked) -> AnyView {
    let Checked { rows, new, changed, unchanged, .. } = *checked;
    let told = checked.lines.iter().map(|row| {
        let becomes: Text = match row.becomes.as_str() {
            "new" => programme::ROW_NEW.into(),
            "changed" => programme::ROW_CHANGED.into(),
            _ => programme::ROW_SAME.into(),
        };
        let cells = row.cells.iter().map(|cell| view! { <span class="line">{cell_in_words(cell)}</span> }.into_any());
        view! {
            <tr>
                <th scope="row" class="n">{row.line.to_string()}</th>
                <td>{row.row.clone()}</td>
                <td>{becomes}</td>
                <td>{cells.collect_view()}</td>
            </tr>
        }
        .into_any()
    });
    let more = rows.saturating_sub(checked.lines.len());
    let (told, open) = (told.collect_view(), changed > 0);
    view! {
        <p class="strong">{programme::would_write(rows, new, changed, unchanged)}</p>
        <details open=open>
            <summary>{programme::ROWS_OF_FILE}</summary>
            <Table caption=programme::ROWS_OF_FILE quiet_caption=true>
                <thead>
                    <tr>
                        <th scope="col" class="n">{programme::LINE}</th>
                        <th scope="col">{programme::REGISTRATION}</th>
                        <th scope="col">{programme::BECOMES}</th>
                        <th scope="col">{programme::STANDS_THERE}</th>
                    </tr>
                </thead>
                <tbody>{told}</tbody>
            </Table>
            {(more > 0).then(|| view! { <p class="soft">{programme::and_more(more)}</p> })}
        </details>
    }
    .into_any()
}

/// "Via: School", or of a row that is there "Via: School → Consulent".
fn cell_in_words(cell: &CellToBe) -> Text {
    let or_nothing = |code: &str| if code.is_empty() { "–".to_owned().into() } else { in_words(code) };
    let was = (!cell.was.is_empty()).then(|| in_words(&cell.was));
    let (column, says) = (in_words(&cell.column), or_nothing(&cell.says));
    Text::live(move || {
        let was = was.as_ref().map(|was| was.get() + " → ").unwrap_or_default();
        [&column.get(), ": ", &was, &says.get()].concat()
    })
}

/// What is not as it should be, by line and column, and that the rest is.
fn faults(checked: &Checked) -> AnyView {
    let rows = checked.faults.iter().map(|fault| {
        let line = if fault.line == 0 { "–".to_owned() } else { fault.line.to_string() };
        let found =
            if fault.found.is_empty() { programme::NOTHING_THERE.into() } else { Text::from(fault.found.clone()) };
        view! {
            <tr>
                <th scope="row" class="n">{line}</th>
                <td>{beside(&fault.column)}</td>
                <td>{expected(fault)}</td>
                <td class="found">{found}</td>
            </tr>
        }
        .into_any()
    });
    let more = checked.all_faults - checked.faults.len();
    let rows = rows.collect_view();
    let rest = (checked.rows > 0).then(|| view! { <p>{programme::REST_IS_RIGHT}</p>{lines(checked)} }.into_any());
    view! {
        <p class="strong">{programme::faults(checked.all_faults)}</p>
        <Table caption=programme::FAULTS_BY_LINE quiet_caption=true>
            <thead>
                <tr>
                    <th scope="col" class="n">{programme::LINE}</th>
                    <th scope="col">{programme::COLUMN}</th>
                    <th scope="col">{programme::EXPECTED}</th>
                    <th scope="col">{programme::STANDS_THERE}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </Table>
        {(more > 0).then(|| view! { <p class="soft">{programme::and_more(more)}</p> })}
        <p>{programme::FAULTS_MORE}</p>
        {rest}
    }
    .into_any()
}
