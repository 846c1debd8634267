//! What a cell holds, as people read it: a sentence, a picture, a time of day, a voice.

use opstap_core::model::{Days, Exit, Exits, FromCell, Picture, Prompt};
use opstap_core::{BlobRef, CircleId, Value};
use opstap_view::prelude::*;

use crate::components::{HearButton, Picture as PictureView, Well, changing};
use crate::dates::names_of_days;
use crate::device;
use crate::words::{Text, Word, step};

/// The value of a cell.
pub fn value_view(circle: CircleId, cell: &str, value: &Value) -> AnyView {
    let picture =
        |picture| view! { <PictureView source=device::picture(circle, Some(picture)) well=Well::Wide /> }.into_any();
    let words = |words: Text| view! { <p class="words">{words}</p> }.into_any();
    match (cell, value) {
        ("voice", Value::Blob(voice)) => view! { <HearButton voice=device::photo(circle, *voice) /> }.into_any(),
        ("video", Value::Blob(video)) => film(circle, *video),
        (_, Value::Blob(blob)) => picture(Picture::Photo(*blob)),
        ("picture" | "other_picture", Value::Text(name)) => picture(Picture::Pictogram(name.clone())),
        ("prompt", code) => words(prompt_word(Prompt::from_cell(Some(code)).unwrap_or(Prompt::Full)).into()),
        (_, Value::Text(text)) => words(text.clone().into()),
        ("days" | "other_days", sum) => words(names_of_days(Days::from_cell(Some(sum)))),
        ("exits", sum) => words(names_of_exits(Exits::from_cell(Some(sum)).unwrap_or(Exits::USUAL))),
        ("timer", Value::Int(seconds)) => words(lasts(u32::try_from(*seconds).unwrap_or_default())),
        (_, Value::Int(minutes)) => words(format!("{:02}:{:02}", minutes / 60, minutes % 60).into()),
        (_, Value::Nothing | Value::Bool(_) | Value::Id(_) | Value::Ids(_)) => {
            view! { <p class="soft">"–"</p> }.into_any()
        }
    }
}

/// A short film, to be played by whoever taps it; nothing as long as it is not on this device.
pub fn film(circle: CircleId, video: BlobRef) -> AnyView {
    let address = device::photo(circle, video);
    changing(move || {
        address
            .get()
            .map(|address| {
                view! { <video class="step-film" src=address controls=true playsinline=true></video> }.into_any()
            })
            .into_any()
    })
}

/// "5 min".
pub fn lasts(seconds: u32) -> Text {
    if seconds.is_multiple_of(60) { step::minutes(seconds / 60) } else { step::seconds(seconds) }
}

/// What a way out is called for those around the client.
pub const fn exit_word(exit: Exit) -> Word {
    match exit {
        Exit::OnceMore => step::EXIT_ONCE_MORE,
        Exit::OtherWay => step::EXIT_OTHER_WAY,
        Exit::Choose => step::EXIT_CHOOSE,
        Exit::AskHelp => step::EXIT_ASK_HELP,
        Exit::PassOver => step::EXIT_PASS_OVER,
    }
}

/// How much of a step is still shown, in words.
pub const fn prompt_word(prompt: Prompt) -> Word {
    match prompt {
        Prompt::Full => step::SHOWN_FULL,
        Prompt::Picture => step::SHOWN_PICTURE,
        Prompt::Gone => step::SHOWN_GONE,
    }
}

fn names_of_exits(exits: Exits) -> Text {
    Text::live(move || {
        let names = Exit::ALL.into_iter().filter(|exit| exits.has(*exit)).map(|exit| exit_word(exit).get());
        names.collect::<Vec<_>>().join(", ")
    })
}
