//! The few ways to answer: an emoji, a voice, a photo, words. Each is kept on the device before the screen says so.

use std::cell::RefCell;

use leptos::task::spawn_local;
use opstap_core::model::{Message, Model, delete};
use opstap_core::{Millis, PersonId, RecordId};
use opstap_view::prelude::*;
use web_sys::Blob;

use super::Parties;
use super::emoji::EMOJI;
use super::line::about_step;
use crate::components::{
    Appearance, Button, HearButton, Icon, PhotoInput, Picture, Source, TextArea, Toast, VoiceRecorder, Well, changing,
    clear_toast, show_toast,
};
use crate::device::{self, NoPhoto};
use crate::last_read::{draft, keep_draft};
use crate::pages::shared::undoing::take_back;
use crate::stories::messages::About;
use crate::words::shared;

thread_local! {
    /// What was spoken, to whom and by whom, and neither sent nor thrown away. In memory alone: what is kept on the disk is sent.
    static SPOKEN: RefCell<Vec<(Speaking, Blob)>> = const { RefCell::new(Vec::new()) };
    static MOVED: ArcTrigger = ArcTrigger::new();
}

/// A person in a conversation: others may come after them in the same window.
type Speaking = (Parties, Option<PersonId>);

fn hold(by: Speaking, recorded: Blob) {
    SPOKEN.with_borrow_mut(|all| all.push((by, recorded)));
    MOVED.with(Clone::clone).notify();
}

/// Where the first stands that was spoken.
fn first(all: &[(Speaking, Blob)], by: Speaking) -> Option<usize> {
    all.iter().position(|(other, _)| *other == by)
}

/// Takes out what is shown, so that nothing is sent twice.
fn take(by: Speaking) -> Option<Blob> {
    let taken = SPOKEN.with_borrow_mut(|all| first(all, by).map(|at| all.remove(at).1));
    MOVED.with(Clone::clone).notify();
    taken
}

/// How soon after a tap another is the same one, in milliseconds.
const TREMBLE: u64 = 600;

/// What an answer goes with.
#[derive(Clone, Copy)]
pub struct Answering {
    /// Where, and between whom.
    pub parties: Parties,
    /// For whom it is.
    pub to: PersonId,
    /// The step it is about, as long as nobody said that it is about something else.
    pub about: RwSignal<Option<About>>,
    /// What was sent last with a tap, and when: a finger that trembles sends nothing twice.
    pub sent: StoredValue<(String, Millis)>,
}

impl Answering {
    fn step(self) -> Option<RecordId> {
        self.about.with_untracked(|about| about.as_ref().map(|about| about.id))
    }

    /// A message at this step. It asks nothing of the screen, which may be gone when a photo or a voice is ready.
    fn message(self, step: Option<RecordId>, text: String) -> Message {
        Message { step, ..Message::saying(self.to, text, device::now()) }
    }

    /// Sends what a tap says, unless it trembled.
    fn tapped(self, text: String) -> Option<Message> {
        let (now, (before, at)) = (device::now(), self.sent.get_value());
        if before == text && now.0.checked_sub(at.0).is_some_and(|since| since < TREMBLE) {
            return None;
        }
        self.sent.set_value((text.clone(), now));
        Some(self.message(self.step(), text))
    }

    /// Keeps a message, and says so with the way back. `false` where it could not be kept; the root says why.
    async fn send(self, message: Message) -> bool {
        let (circle, id) = (self.parties.circle, device::new_id());
        match device::edit(circle, vec![message.make(id)]).await {
            Ok(()) => {
                clear_toast();
                let undo = move || take_back(circle, vec![delete(id)]);
                show_toast(Toast::new(shared::MESSAGE_KEPT).with_undo(undo));
                true
            }
            Err(_) => {
                show_toast(Toast::new(shared::NOT_ALLOWED_NOW));
                false
            }
        }
    }

    fn send_soon(self, message: Message) {
        spawn_local(async move {
            self.send(message).await;
        });
    }
}

/// The ways to answer. `at_once` shows the field for words without a tap for it.
pub fn answer(answering: Answering, at_once: bool) -> AnyView {
    let typing = RwSignal::new(at_once || !draft(answering.parties.circle, answering.parties.with).is_empty());
    let emoji = EMOJI.map(|emoji| {
        let tap = move |_| {
            if let Some(message) = answering.tapped(emoji.text.to_owned()) {
                answering.send_soon(message);
            }
        };
        view! {
            <button type="button" class="button quiet emoji" aria-label=emoji.word on:click=tap>
                <Picture source=Source::from(emoji.pictogram) well=Well::Fill />
            </button>
        }
        .into_any()
    });
    let photo = move |file| {
        let message = answering.message(answering.step(), String::new());
        spawn_local(async move {
            match device::keep_photo(answering.parties.circle, file).await {
                Ok(photo) => drop(answering.send(Message { photo: Some(photo), ..message }).await),
                Err(why) => say_why(why),
            }
        });
    };
    // Nothing spoken goes without a tap for it: whoever leaves finds it again when they come back, also what the open microphone heard.
    let by = (answering.parties, device::me().map(|me| me.id));
    let voice = changing(move || {
        MOVED.with(ArcTrigger::track);
        let recorded = SPOKEN.with_borrow(|all| Some(all.get(first(all, by)?)?.1.clone()));
        match recorded {
            Some(recorded) => heard(answering, by, &recorded),
            None => {
                view! { <VoiceRecorder text=shared::SPEAK_IT on_voice=move |recorded| hold(by, recorded) wide=true /> }
                    .into_any()
            }
        }
    });
    let written = changing(move || {
        if typing.get() {
            write(answering)
        } else {
            view! { <Button text=shared::TYPE_IT icon=Icon::PENCIL wide=true tap=move || typing.set(true) /> }
                .into_any()
        }
    });
    view! {
        <section class="answer stack" aria-label=shared::ANSWER>
            {changing(move || kept_step(answering))}
            <div class="row emojis">{emoji.into_iter().collect_view()}</div>
            {voice}
            <PhotoInput text=shared::PHOTO on_photo=photo from_album=true wide=true />
            {written}
        </section>
    }
    .into_any()
}

/// What was spoken: heard again, sent, or thrown away.
fn heard(answering: Answering, by: Speaking, recorded: &Blob) -> AnyView {
    let address = web_sys::Url::create_object_url_with_blob(recorded).ok();
    let gone = address.clone();
    on_cleanup(move || drop(gone.map(|gone| web_sys::Url::revoke_object_url(&gone))));
    let voice = Signal::stored(address);
    let send = move || {
        let Some(recorded) = take(by) else { return };
        let message = answering.message(answering.step(), String::new());
        spawn_local(async move {
            let sent = match device::keep_recording(answering.parties.circle, recorded.clone()).await {
                Ok(voice) => answering.send(Message { voice: Some(voice), ..message }).await,
                Err(why) => {
                    say_why(why);
                    false
                }
            };
            if !sent {
                hold(by, recorded);
            }
        });
    };
    view! {
        <div class="card"><div class="stack">
            <div class="say"><p class="fill" role="status">{shared::SPOKEN}</p><HearButton voice /></div>
            <div class="row">
                <Button text=shared::SEND_SPOKEN icon=Icon::SEND appearance=Appearance::Primary tap=send />
                <Button text=shared::NOT_SPOKEN icon=Icon::TRASH tap=move || drop(take(by)) />
            </div>
        </div></div>
    }
    .into_any()
}

/// Says why a photo or recording is not kept.
pub fn say_why(why: NoPhoto) {
    show_toast(Toast::new(match why {
        NoPhoto::Broken | NoPhoto::TooLarge => shared::DOES_NOT_FIT,
        NoPhoto::NoStore => shared::CLOSE_AND_OPEN,
    }));
}

/// The step the answer stays with, and the way to talk of something else.
fn kept_step(answering: Answering) -> AnyView {
    let Some(about) = answering.about.get() else { return ().into_any() };
    let circle = answering.parties.circle;
    let tap = move || answering.about.set(None);
    view! {
        <div class="stack">
            <p class="small soft">{shared::ABOUT_THIS_STEP}</p>
            {about_step(circle, about)}
            <div><Button text=shared::ABOUT_SOMETHING_ELSE appearance=Appearance::Plain tap /></div>
        </div>
    }
    .into_any()
}

fn write(answering: Answering) -> AnyView {
    let Parties { circle, with, .. } = answering.parties;
    let text = RwSignal::new(draft(circle, with));
    let typed = move |now: String| {
        keep_draft(circle, with, &now);
        text.set(now);
    };
    let empty = Signal::derive(move || text.with(|text| text.trim().is_empty()));
    let send = move || {
        let words = text.get_untracked().trim().to_owned();
        let Some(message) = answering.tapped(words) else { return };
        spawn_local(async move {
            if answering.send(message).await {
                keep_draft(circle, with, "");
                let _ = text.try_set(String::new());
            }
        });
    };
    view! {
        <TextArea label=shared::YOUR_MESSAGE value=text on_input=typed rows=2 />
        <Button
            text=shared::SEND_IT
            icon=Icon::SEND
            appearance=Appearance::Primary
            wide=true
            disabled=empty
            tap=send
        />
    }
    .into_any()
}
