//! One message: the step it is about, its photo, its voice, its words, and where it is.

use opstap_core::{CircleId, Millis};
use opstap_view::prelude::*;

use super::emoji::emoji_of;
use crate::components::{HearButton, Icon, Picture, SayButton, Source, StateMark, Well, changing, icon};
use crate::dates::{moment, near_moment};
use crate::device;
use crate::stories::messages::{About, Said};
use crate::words::{Text, shared};

/// A message on the screen. Its step is shown where it is another than that of the message before.
pub fn line(circle: CircleId, said: Said, by: Text, mine: bool, same_step: bool) -> AnyView {
    let Said { message, when, saved, about, .. } = said;
    let about = about.filter(|_| !same_step).map(|about| about_step(circle, about));
    let photo = message.photo.map(|photo| {
        let source = Source::Photo(device::photo(circle, photo));
        view! { <Picture source well=Well::Large label=shared::PHOTO_SENT /> }
    });
    let voice = message.voice.map(|voice| spoken(device::photo(circle, voice)));
    let words = words(message.text);
    let class = if mine { "said mine" } else { "said" };
    let at = near_moment(moment(Millis(when.0)), moment(device::now()));
    let head = Text::live(move || [by.get(), at.get()].join(", "));
    // What came from others is with the server by itself.
    let state = mine.then(|| view! { <StateMark saved /> });
    view! {
        <li class=class>
            <p class="small soft row">{head} {state}</p>
            <div class="words stack">{about} {photo} {voice} {words}</div>
        </li>
    }
    .into_any()
}

fn words(text: String) -> Option<AnyView> {
    if text.is_empty() {
        return None;
    }
    let shown = match emoji_of(&text) {
        Some(emoji) => view! {
            <div class="say">
                <span><Picture source=Source::from(emoji.pictogram) well=Well::Small label=emoji.word /></span>
                <SayButton text=emoji.word />
            </div>
        },
        None => view! { <div class="say"><p>{text.clone()}</p><SayButton text=Text::from(text) /></div> },
    };
    Some(shown.into_any())
}

/// A voice that can be heard once it is here.
fn spoken(voice: Signal<Option<String>>) -> AnyView {
    let says = changing(move || {
        let word = if voice.with(Option::is_some) { shared::SPOKEN } else { shared::SPOKEN_NOT_HERE };
        view! { <p class="row">{icon(Icon::MICROPHONE)} {word}</p> }.into_any()
    });
    view! { <div class="say"><div>{says}</div><HearButton voice /></div> }.into_any()
}

/// A step: its picture, its sentence, and of which plan.
pub fn about_step(circle: CircleId, About { step, plan, .. }: About) -> AnyView {
    let source = device::picture(circle, step.picture);
    let plan = (!plan.is_empty()).then(|| view! { <span class="small soft">{plan}</span> });
    let said = step.text.clone();
    view! {
        <div class="about row">
            <Picture source well=Well::Wide />
            <span class="fill"><b>{step.text}</b> {plan}</span>
            <SayButton text=Text::from(said) />
        </div>
    }
    .into_any()
}
