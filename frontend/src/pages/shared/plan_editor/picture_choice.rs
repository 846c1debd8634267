//! Choosing a picture: a pictogram found by Dutch or English words, or a photo from the camera or the album.

use std::cell::OnceCell;
use std::rc::Rc;

use leptos::task::spawn_local;
use opstap_core::CircleId;
use opstap_core::letters::is_in_word;
use opstap_core::model::{Picture, set};
use opstap_core::pictograms::{self, Pictograms};
use opstap_core::plan_format::Language;
use opstap_view::prelude::*;

use super::editor::{Editor, PictureCell, language_of, no_photo};
use crate::components::{Appearance, Button, Dialog, Field, Icon, PhotoInput, Toast, changing, show_toast};
use crate::device;
use crate::event::Handler;
use crate::pictograms::pictogram_address;
use crate::words::{Text, plan_editor, shared, step};

/// As many as a person looks through; another word finds others.
const MOST: usize = 30;
/// Shorter words ("de", "je") find what they do not mean.
const LETTERS: usize = 4;

thread_local! {
    static TABLE: OnceCell<Rc<Pictograms>> = const { OnceCell::new() };
}

/// The table of pictograms, as the build wrote it.
const LINES: &str = include_str!(concat!(env!("OUT_DIR"), "/pictograms.txt"));

/// The table is read once, when it is first needed. It is part of the program, and a test below reads it.
fn table() -> Option<Rc<Pictograms>> {
    TABLE.with(|known| {
        if known.get().is_none()
            && let Some(read) = pictograms::parse_lines(LINES)
        {
            let _ = known.set(Rc::new(read));
        }
        known.get().cloned()
    })
}

/// Whether there is a pictogram of this name.
pub(super) fn is_pictogram(name: &str) -> bool {
    LINES.lines().any(|line| line.split('\t').next() == Some(name))
}

/// The names and labels that a query finds. Without one: what the words of the step find, then the rest of the table.
fn found(table: &Pictograms, query: &str, step: &str, language: Language) -> Vec<(String, String)> {
    let mut found = if query.trim().is_empty() { suggested(table, step, language) } else { Vec::new() };
    for one in table.search(query, language) {
        if !found.contains(&one) {
            found.push(one);
        }
    }
    found.into_iter().take(MOST).map(|one| (one.name.as_str().to_owned(), one.label(language).to_owned())).collect()
}

fn suggested<'a>(table: &'a Pictograms, step: &str, language: Language) -> Vec<&'a pictograms::Pictogram> {
    let mut suggested = Vec::new();
    for word in step.split(|letter: char| !is_in_word(letter)).filter(|word| word.chars().count() >= LETTERS) {
        for one in table.search(word, language).into_iter().take(4) {
            if !suggested.contains(&one) {
                suggested.push(one);
            }
        }
    }
    suggested
}

/// The pictograms that the words of a sentence find: their names and labels, at most so many.
#[must_use]
pub fn suggestions(sentence: &str, language: Language, most: usize) -> Vec<(String, String)> {
    let Some(table) = table() else { return Vec::new() };
    let found = suggested(&table, sentence, language).into_iter().take(most);
    found.map(|one| (one.name.as_str().to_owned(), one.label(language).to_owned())).collect()
}

/// The dialog, open while a picture is being chosen.
#[component]
pub(super) fn PictureChoice(editor: Editor) -> impl IntoView {
    let open = Signal::derive(move || editor.choosing.get().is_some());
    let title = Text::live(move || match editor.choosing.get() {
        Some(PictureCell { cell: "other_picture", .. }) => step::OTHER_PICTURE.get().to_owned(),
        Some(PictureCell { record, .. }) if record == editor.plan => plan_editor::PICTURE_OF_PLAN.get().to_owned(),
        Some(PictureCell { record, .. }) => match untrack(|| editor.number(record).get()) {
            0 => step::PICTURE_OF_CHOICE.get().to_owned(),
            number => plan_editor::picture_of_step(number).get(),
        },
        None => String::new(),
    });
    view! {
        <Dialog open title on_close=move |()| editor.choosing.set(None)>
            {changing(move || {
                editor.choosing.get().map(|picture| view! { <Choices editor picture /> }.into_any()).into_any()
            })}
        </Dialog>
    }
}

#[component]
fn Choices(editor: Editor, picture: PictureCell) -> impl IntoView {
    let PictureCell { record, cell } = picture;
    let words = untrack(|| match cell {
        "picture" => editor.words(record),
        _ => editor.with(|sheet| sheet.step(record)?.value.other_way.clone()).flatten().unwrap_or_default(),
    });
    let language = untrack(|| editor.with(language_of)).unwrap_or(Language::Dutch);
    let choose = move |picture: Option<Picture>| {
        editor.change(plan_editor::DONE_PICTURE, vec![set(record, cell, picture)]);
    };
    let close = move |()| editor.choosing.set(None);
    view! { <PictureTiles circle=editor.circle words language on_choose=choose on_close=close /> }
}

/// What there is to choose from: what the words find, what another word finds, a photo, or nothing.
#[component]
pub fn PictureTiles(
    /// The circle that a photo is kept in.
    circle: CircleId,
    /// The words the picture is for.
    words: String,
    /// The language they are in.
    language: Language,
    /// What was chosen.
    #[prop(into)]
    on_choose: Handler<Option<Picture>>,
    /// It is over, whether something was chosen or not; a photo comes after that.
    #[prop(into)]
    on_close: Handler<()>,
) -> impl IntoView {
    let query = RwSignal::new(String::new());
    let over = on_close.clone();
    let of_photo = on_choose.clone();
    let choose = Handler::from(move |picture| {
        over.run(());
        on_choose.run(picture);
    });
    let (pick, without) = (choose.clone(), choose);
    let results = changing(move || {
        let found = table().map(|table| found(&table, &query.get(), &words, language)).unwrap_or_default();
        let none = found.is_empty().then(|| view! { <p>{plan_editor::NO_PICTURES}</p> });
        let tiles = found
            .into_iter()
            .map(|(name, label)| {
                let (address, on_choose) = (pictogram_address(&name), pick.clone());
                let pick = move |_| on_choose.run(Some(Picture::Pictogram(name.clone())));
                view! {
                    <button type="button" class="picture-tile" on:click=pick>
                        <img src=address alt="" loading="lazy" />
                        <span>{label}</span>
                    </button>
                }
            })
            .collect_view();
        view! { {none} <div class="picture-tiles">{tiles}</div> }.into_any()
    });
    let (close, closed) = (on_close.clone(), on_close);
    let photo = move |file| {
        close.run(());
        spawn_local(keep_photo(circle, file, of_photo.clone()));
    };
    view! {
        <Field label=plan_editor::SEARCH_PICTURE kind="search" value=query on_input=move |text| query.set(text) />
        {results}
        <div class="row">
            <PhotoInput text=shared::PICK_PHOTO from_album=true on_photo=photo />
            <Button text=plan_editor::WITHOUT_PICTURE icon=Icon::MINUS tap=move || without.run(None) />
            <Button text=shared::CLOSE appearance=Appearance::Plain tap=move || closed.run(()) />
        </div>
    }
}

/// Keeps a photo and hands it on; where it is none, that is said.
pub async fn keep_photo(circle: CircleId, file: web_sys::File, on_choose: Handler<Option<Picture>>) {
    match device::keep_photo(circle, file).await {
        Ok(blob) => on_choose.run(Some(Picture::Photo(blob))),
        Err(why) => show_toast(Toast::new(no_photo(why))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(query: &str, step: &str) -> Vec<String> {
        found(&table().unwrap(), query, step, Language::Dutch).into_iter().map(|(name, _)| name).collect()
    }

    #[test]
    fn the_table_in_the_app_is_that_of_the_library() {
        let file = pictograms::parse(opstap_core::library::PICTOGRAMS).unwrap();
        assert_eq!(*table().unwrap(), file);
    }

    #[test]
    fn a_word_finds_its_pictogram_in_either_language() {
        for query in ["wekker", "alarm clock"] {
            assert_eq!(names(query, "").first().map(String::as_str), Some("alarm-clock"), "{query}");
        }
    }

    #[test]
    fn without_a_word_the_sentence_of_the_step_finds_its_pictures_first() {
        assert_eq!(names("", "Zet de wekker uit.").first().map(String::as_str), Some("alarm-clock"));
        assert_eq!(names("", "").len(), MOST);
    }

    #[test]
    fn a_word_that_nothing_is_called_finds_nothing() {
        assert!(names("xyzzy", "Zet de wekker uit.").is_empty());
    }
}
