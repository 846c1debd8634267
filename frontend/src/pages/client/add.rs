//! Something for the book apart from any plan: a photo, words spoken or typed. It is one's own until it is shown.

use leptos::task::spawn_local;
use opstap_core::model::{BookEntry, Model, delete};
use opstap_core::{BlobRef, Change, CircleId, RecordId};
use opstap_view::prelude::*;

use super::ClientPlace;
use super::draft::{Draft, Said};
use super::frame::Frame;
use super::intake::{Intake, Keeping};
use super::keepsake::words;
use super::result::{say, somebody_sees_photos};
use crate::companion::CompanionPlace;
use crate::components::{
    Appearance, Button, Icon, PhotoInput, Picture, Sentence, Source, TextArea, Toast, VoiceRecorder, Well, changing,
    clear_toast, show_toast,
};
use crate::device;
use crate::navigation::{go_back, replace};
use crate::pages::shared::undoing::take_back;
use crate::words::{client, shared};

fn entry(id: RecordId, _: RecordId, said: Said) -> Change {
    let Said { photo, voice, text, .. } = said;
    let text = Some(text).filter(|text| !text.is_empty());
    BookEntry { at: device::now(), text, photo, voice, audience: Vec::new() }.make(id)
}

/// The screen, and what of it is in the book.
#[derive(Clone)]
struct Adding {
    circle: CircleId,
    draft: Draft,
    shown: RwSignal<Said>,
    saved: StoredValue<bool>,
    intake: Intake,
}

impl Adding {
    fn set(&self, change: impl FnOnce(&mut Said)) {
        let mut now = Said::default();
        self.draft.set(|entry| {
            change(entry);
            now = entry.clone();
        });
        // On a screen that is gone nothing waits for "Bewaar".
        if !self.shown.try_set(now) {
            self.draft.keep_soon();
        }
    }

    /// Takes in a photo or recording once it is on this device.
    fn take(&self, kept: Keeping, into: fn(&mut Said, BlobRef)) {
        clear_toast();
        let adding = self.clone();
        self.intake.take(async move {
            match kept.await {
                Ok(blob) => adding.set(|entry| into(entry, blob)),
                Err(why) => say(why),
            }
        });
    }

    /// "Bewaar": asks whom to show it to, where there is anybody.
    async fn save(self) -> bool {
        clear_toast();
        if !self.draft.keep().await {
            return false;
        }
        let Some(id) = self.draft.record() else { return false };
        let _ = self.saved.try_update_value(|saved| *saved = true);
        if somebody_sees_photos(&device::Reader::new(self.circle)).await {
            replace(CompanionPlace::from(ClientPlace::Share(id)));
        } else {
            show_toast(Toast::new(client::IN_YOUR_BOOK));
            go_back();
        }
        device::send_what_waits();
        true
    }

    /// Whoever leaves without "Bewaar" finds it in the book all the same, and can take it away.
    fn leave(self) {
        if self.saved.try_get_value() == Some(true) {
            return;
        }
        let Self { circle, draft, .. } = self;
        spawn_local(async move {
            if draft.keep().await && draft.record().is_some() {
                let undo = move || take_back(circle, draft.record().map(delete).into_iter().collect());
                show_toast(Toast::new(client::IN_YOUR_BOOK).with_undo(undo));
            }
        });
    }
}

/// A photo, a voice, a few typed words.
#[component]
pub fn Add(circle: CircleId) -> impl IntoView {
    let adding = Adding {
        circle,
        draft: Draft::below(circle, RecordId([0; 16]), entry),
        shown: RwSignal::new(Said::default()),
        saved: StoredValue::new(false),
        intake: Intake::here(),
    };
    adding.draft.keep_when_put_away();
    let leaving = adding.clone();
    on_cleanup(move || leaving.leave());
    let shown = adding.shown;
    let photo = Memo::new(move |_| shown.with(|entry| entry.photo));
    let takes = adding.clone();
    let photo = changing(move || {
        let (photo, takes) = (photo.get(), takes.clone());
        let source = photo.map_or_else(|| Source::from("camera"), |photo| Source::Photo(device::photo(circle, photo)));
        let text = if photo.is_some() { shared::NEW_PHOTO } else { shared::TAKE_PHOTO };
        let on_photo = move |file| {
            takes.take(Box::pin(device::keep_photo(circle, file)), |entry, photo| entry.photo = Some(photo));
        };
        view! {
            <Picture source well=Well::Large />
            <PhotoInput text wide=true on_photo />
        }
        .into_any()
    });
    let voice = Memo::new(move |_| shown.with(|entry| entry.voice));
    let voice = changing(move || words(circle, voice.get(), None));
    let (speaks, types) = (adding.clone(), adding.clone());
    let speak = move |voice| {
        speaks.take(Box::pin(device::keep_recording(circle, voice)), |entry, voice| entry.voice = Some(voice));
    };
    let text = Signal::derive(move || shown.with(|entry| entry.text.clone()));
    let write = move |text: String| {
        let text = if text.trim().is_empty() { String::new() } else { text };
        types.set(|entry| entry.text = text);
    };
    let intake = adding.intake;
    let main = view! {
        {photo}
        <VoiceRecorder text=client::SPEAK_IN wide=true recorder=intake.recorder on_voice=speak />
        {voice}
        <TextArea label=client::OR_TYPE value=text on_input=write rows=2 />
    };
    let empty = Signal::derive(move || shown.with(|entry| *entry == Said::default()) && !intake.takes());
    let save = move || {
        let adding = adding.clone();
        intake.go_on(adding.save());
    };
    let floor = view! {
        <Button text=shared::SAVE icon=Icon::CHECK appearance=Appearance::Primary disabled=empty tap=save />
    };
    let frame = Frame { floor: Some(floor), ..Frame::default() };
    frame.around(client::ADD.into(), view! { <Sentence text=client::ADD title=true /> {main} }.into_any())
}
