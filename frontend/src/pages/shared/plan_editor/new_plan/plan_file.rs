//! Plans as files in the open format: one to open as the beginning of a plan, and a plan to keep as one.

use leptos::task::spawn_local;
use opstap_core::letters::in_small;
use opstap_core::model::{Model, Picture, Plan, Step};
use opstap_core::plan_format::{
    Language, MOST_BYTES, MOST_NAME, MOST_STEPS, MOST_THINGS, Name, Part, PlanFile, PlanFileError, Theme,
};
use opstap_core::{Change, CircleId, RecordId, order};
use opstap_view::prelude::*;

use super::super::editor::{Editor, language_of};
use super::super::picture_choice::is_pictogram;
use super::super::reading::Sheet;
use super::roll::last_place;
use super::start::Ways;
use crate::components::{Button, FileInput, Icon, Toast, show_toast};
use crate::device::{self, NotKept, Reader};
use crate::language::{self, language_now};
use crate::open_file::{NotOpened, open_plan_file};
use crate::pages::shared::not_kept;
use crate::save_file::save_file;
use crate::words::{Text, new_plan, plan_editor};

/// A button that opens a file as a plan, and the sentence where it is none.
#[component]
pub(super) fn FromFile(circle: CircleId, ways: Ways) -> impl IntoView {
    let says = RwSignal::new(None::<Text>);
    let open = move |file: web_sys::File| {
        spawn_local(async move {
            let told = match read(&file).await {
                Ok(file) => match keep(circle, &file).await {
                    Ok(plan) => return (ways.editor)(circle, plan),
                    Err(why) => not_kept(why).into(),
                },
                Err(why) => why,
            };
            let _ = says.try_set(Some(told));
        });
    };
    let why = move || {
        says.get().map(|says| view! { <p class="advice">{says}</p><p class="small">{new_plan::NOTHING_CHANGED}</p> })
    };
    view! {
        <FileInput text=new_plan::FROM_FILE accept=".json,application/json" on_file=open />
        <div role="status">{why}</div>
    }
}

async fn read(file: &web_sys::File) -> Result<PlanFile, Text> {
    open_plan_file(file).await.map_err(|why| match why {
        NotOpened::Unreadable => new_plan::FILE_NOT_READ.into(),
        NotOpened::NoPlan(why) => why_not(why),
    })
}

async fn keep(circle: CircleId, file: &PlanFile) -> Result<RecordId, NotKept> {
    let last = last_place(&Reader::new(circle)).await;
    let (plan, changes) = changes(file, of_screens(), last.as_deref(), device::new_id);
    device::edit(circle, changes).await?;
    Ok(plan)
}

fn of_screens() -> Language {
    match language_now() {
        language::Language::Dutch => Language::Dutch,
        language::Language::English => Language::English,
    }
}

/// Why a file is no plan, as a sentence for people.
fn why_not(error: PlanFileError) -> Text {
    let of = |part| match part {
        Part::Plan => new_plan::IN_THE_PLAN.into(),
        Part::Step(at) => new_plan::at_step(at + 1),
        Part::Thing(at) => new_plan::at_thing(at + 1),
    };
    match error {
        PlanFileError::TooLarge { .. } => new_plan::file_too_large(MOST_BYTES / 1024),
        PlanFileError::Damaged { .. } => new_plan::FILE_DAMAGED.into(),
        PlanFileError::NotAPlan => new_plan::FILE_NO_PLAN.into(),
        PlanFileError::TooNew { .. } => new_plan::FILE_TOO_NEW.into(),
        PlanFileError::Missing { part, field } => new_plan::file_lacks(of(part).get(), field),
        PlanFileError::Unusable { part, field } => new_plan::file_does_not_fit(of(part).get(), field),
        PlanFileError::NoSteps => new_plan::FILE_NO_STEPS.into(),
        PlanFileError::TooManySteps { steps } => new_plan::file_many_steps(steps, MOST_STEPS),
        PlanFileError::TooManyThings { things } => new_plan::file_many_things(things, MOST_THINGS),
    }
}

/// The changes that make a plan of a file, in one language. What is to be taken along becomes a step each, before the others: a client's
/// plan has no other place for it.
fn changes(
    file: &PlanFile,
    language: Language,
    last: Option<&str>,
    mut new_id: impl FnMut() -> RecordId,
) -> (RecordId, Vec<Change>) {
    let picture =
        |name: &Name| Some(Picture::Pictogram(name.as_str().to_owned())).filter(|_| is_pictogram(name.as_str()));
    let plan = Plan {
        picture: picture(&file.picture),
        theme: Some(file.theme.code().to_owned()),
        language: Some(language.code().to_owned()),
        file: Some(file.id.as_str().to_owned()),
        order: Some(order::between(last, None)),
        ..Plan::titled(file.title.get(language))
    };
    let take =
        file.take.iter().map(|thing| (new_plan::take_along(thing.text.get(language)).get(), picture(&thing.picture)));
    let steps =
        file.steps.iter().map(|step| (step.text.get(language).to_owned(), step.picture.as_ref().and_then(picture)));
    let id = new_id();
    let mut changes = vec![plan.make(id)];
    let places = order::first(file.take.len() + file.steps.len());
    for ((text, picture), place) in take.chain(steps).zip(places) {
        changes.push(Step { picture, ..Step::saying(place, text) }.make_below(new_id(), id));
    }
    (id, changes)
}

/// "Bewaar als bestand".
#[component]
pub(in super::super) fn SaveAsFile(editor: Editor) -> impl IntoView {
    let save = move || {
        if let Some((name, text)) = editor.with_now(|sheet| as_file(sheet, language_of(sheet))) {
            save_file(&[&name, ".json"].concat(), "application/json", &text);
            show_toast(Toast::new(new_plan::FILE_KEPT));
        }
    };
    view! { <Button text=new_plan::AS_FILE icon=Icon::SHARE tap=save /> }
}

/// A plan as a file, with its name: words and pictograms. Photos, voices and all about a person stay behind. A step without words is
/// called by its number, since the format has none without.
fn as_file(sheet: &Sheet, language: Language) -> (String, String) {
    let Plan { title, picture, theme, file, .. } = &sheet.plan.value;
    let own = file.as_deref().filter(|name| Name::new(name).is_some());
    let name = own.map_or_else(|| slug(title), str::to_owned);
    let first = sheet.steps.iter().find_map(|step| pictogram(step.value.picture.as_ref()));
    let picture = pictogram(picture.as_ref()).or(first).unwrap_or("memo");
    let theme = theme.as_deref().and_then(Theme::from_code).unwrap_or(Theme::Home);
    let words = |text: &str| ["{ \"", language.code(), "\": ", &quoted(text), " }"].concat();
    let mut text = [
        "{\n  \"opstap-plan\": 1,\n  \"id\": ",
        &quoted(&name),
        ",\n  \"theme\": ",
        &quoted(theme.code()),
        ",\n  \"picture\": ",
        &quoted(picture),
        ",\n  \"title\": ",
        &words(title),
        ",\n  \"steps\": [\n",
    ]
    .concat();
    for (at, step) in sheet.steps.iter().enumerate() {
        let said = Some(step.value.text.trim()).filter(|said| !said.is_empty());
        let said = said.map_or_else(|| plan_editor::step_number(at + 1).get(), str::to_owned);
        text += if at == 0 { "    { \"text\": " } else { ",\n    { \"text\": " };
        text += &words(&said);
        if let Some(picture) = pictogram(step.value.picture.as_ref()) {
            text += ", \"picture\": ";
            text += &quoted(picture);
        }
        text += " }";
    }
    (name, text + "\n  ]\n}\n")
}

/// The name of a pictogram that may stand in a file.
fn pictogram(picture: Option<&Picture>) -> Option<&str> {
    match picture {
        Some(Picture::Pictogram(name)) => Some(name.as_str()).filter(|name| Name::new(name).is_some()),
        Some(Picture::Photo(_)) | None => None,
    }
}

/// A text as it stands in JSON.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            // No step of a plan needs another sign that JSON has to write apart.
            letter if letter < ' ' => quoted.push(' '),
            letter => quoted.push(letter),
        }
    }
    quoted + "\""
}

/// A title as the name of a file: letters without their marks, figures, and hyphens between them.
fn slug(title: &str) -> String {
    let bare = |letter: char| match letter {
        'à'..='å' => 'a',
        'è'..='ë' => 'e',
        'ì'..='ï' => 'i',
        'ò'..='ö' => 'o',
        'ù'..='ü' => 'u',
        other => other,
    };
    let letters: String = in_small(title).chars().map(bare).collect();
    let parts: Vec<&str> =
        letters.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let name: String = parts.join("-").chars().take(MOST_NAME).collect();
    let name = name.trim_end_matches('-');
    if name.is_empty() { "plan".to_owned() } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use opstap_core::plan_format;

    use super::super::super::reading::sheet_of;
    use super::*;

    const FILE: &[u8] = br#"{ "opstap-plan": 1, "id": "thee-zetten", "theme": "food", "picture": "teapot",
        "title": { "nl": "Thee zetten" }, "take": [{ "text": { "nl": "theezakje" }, "picture": "package" }],
        "steps": [{ "text": { "nl": "Zet de waterkoker aan." }, "picture": "no-such-picture" }] }"#;

    #[test]
    fn a_file_becomes_a_plan_with_what_to_take_first_and_no_picture_that_nobody_knows() {
        let mut last = 0;
        let (_, changes) = changes(&plan_format::parse(FILE).unwrap(), Language::Dutch, None, || {
            last += 1;
            RecordId([last; 16])
        });
        let cells: Vec<_> = changes
            .iter()
            .map(|change| {
                let cell =
                    |name: &str| change.cells().iter().find(|(cell, _)| cell == name).map(|(_, value)| value.clone());
                (cell("title").or_else(|| cell("text")), cell("picture").is_some())
            })
            .collect();
        let words = |text: &str| Some(text.into());
        assert_eq!(
            cells,
            [(words("Thee zetten"), true), (words("Pak: theezakje."), true), (words("Zet de waterkoker aan."), false)]
        );
    }

    #[test]
    fn a_plan_that_was_kept_as_a_file_is_read_back() {
        let mut sheet = sheet_of(&[("Zeg \"dag\" en c:\\.", "B"), ("", "C")]);
        sheet.steps[0].value.picture = Some(Picture::Pictogram("teapot".to_owned()));
        let (name, text) = as_file(&sheet, Language::Dutch);
        let back = plan_format::parse(text.as_bytes()).unwrap();
        assert_eq!((name.as_str(), back.id.as_str()), ("boodschappen-doen", "boodschappen-doen"));
        assert_eq!(back.title.get(Language::Dutch), "Boodschappen doen");
        let said: Vec<_> = back.steps.iter().map(|step| step.text.get(Language::Dutch)).collect();
        assert_eq!(said, ["Zeg \"dag\" en c:\\.", "Stap 2"]);
        assert_eq!(back.steps[0].picture, Name::new("teapot"));
    }

    #[test]
    fn a_title_becomes_a_name_that_is_safe_in_a_path() {
        assert_eq!(slug("Één ei koken!"), "een-ei-koken");
        assert_eq!(slug("…"), "plan");
        assert!(Name::new(&slug(&"lang ".repeat(40))).is_some());
    }

    #[test]
    fn whoever_opens_something_else_reads_what_it_is_not() {
        let says = |bytes: &[u8]| why_not(plan_format::parse(bytes).unwrap_err()).get();
        assert_eq!(says(b"{}"), "Dit bestand is geen plan van Opstap.");
        assert_eq!(says(b"{ \"opstap-plan\": 1,"), "Dit bestand is stuk.");
        assert_eq!(says(b"{ \"opstap-plan\": 1 }"), "In het plan staat geen “id”.");
    }
}
