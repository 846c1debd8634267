//! Something for the book apart from any plan: a photo, words spoken or typed. It is one's own until it is shown.

use leptos::prelude::LocalStorage;
use leptos::task::spawn_local;
use opstap_core::model::{BookEntry, Model, delete};
use opstap_core::{BlobRef, CircleId};
use opstap_view::prelude::*;

use super::ClientPlace;
use super::frame::Frame;
use super::keepsake::words;
use super::result::{say, somebody_sees_photos};
use crate::companion::CompanionPlace;
use crate::components::{
    Appearance, Button, Icon, PhotoInput, Picture, Sentence, Source, TextArea, Toast, VoiceRecorder, Well, changing,
    clear_toast, show_toast,
};
use crate::device;
use crate::navigation::{go_back, replace};
use crate::words::{client, shared};

/// What is on the screen and not in the book yet.
#[derive(Clone, Copy)]
struct Draft {
    circle: CircleId,
    photo: RwSignal<Option<BlobRef>>,
    voice: RwSignal<Option<BlobRef>>,
    text: RwSignal<String>,
    kept: StoredValue<bool, LocalStorage>,
}

impl Draft {
    /// What goes into the book; `None` while there is nothing, or once it is in.
    fn take(self) -> Option<BookEntry> {
        if self.kept.try_get_value()? {
            return None;
        }
        let (photo, voice) = (self.photo.try_get_untracked()?, self.voice.try_get_untracked()?);
        let text = Some(self.text.try_get_untracked()?.trim().to_owned()).filter(|text| !text.is_empty());
        (photo.is_some() || voice.is_some() || text.is_some()).then(|| {
            self.kept.set_value(true);
            BookEntry { at: device::now(), text, photo, voice, audience: Vec::new() }
        })
    }

    fn is_empty(self) -> bool {
        self.photo.with(Option::is_none)
            && self.voice.with(Option::is_none)
            && self.text.with(|text| text.trim().is_empty())
    }

    /// Puts it in the book, and asks whom to show it to where there is anybody.
    fn save(self) {
        let Some(entry) = self.take() else { return };
        let (circle, id) = (self.circle, device::new_id());
        clear_toast();
        spawn_local(async move {
            if let Err(why) = device::edit(circle, vec![entry.make(id)]).await {
                let _ = self.kept.try_update_value(|kept| *kept = false);
                return super::say_not_kept(why);
            }
            if somebody_sees_photos(&device::Reader::new(circle)).await {
                replace(CompanionPlace::from(ClientPlace::Share(id)));
            } else {
                show_toast(Toast::new(client::IN_YOUR_BOOK));
                go_back();
            }
        });
    }

    /// Whoever leaves without "Bewaar" finds it in the book all the same, and can take it away.
    fn leave(self) {
        let Some(entry) = self.take() else { return };
        let (circle, id) = (self.circle, device::new_id());
        device::keep(circle, vec![entry.make(id)]);
        show_toast(Toast::new(client::IN_YOUR_BOOK).with_undo(move || device::keep(circle, vec![delete(id)])));
    }
}

/// A photo, a voice, a few typed words.
#[component]
pub fn Add(circle: CircleId) -> impl IntoView {
    let draft = Draft {
        circle,
        photo: RwSignal::new(None),
        voice: RwSignal::new(None),
        text: RwSignal::new(String::new()),
        kept: StoredValue::new_local(false),
    };
    on_cleanup(move || draft.leave());
    let photo = changing(move || {
        let photo = draft.photo.get();
        let source = photo.map_or_else(|| Source::from("camera"), |photo| Source::Photo(device::photo(circle, photo)));
        let text = if photo.is_some() { shared::NEW_PHOTO } else { shared::TAKE_PHOTO };
        view! {
            <Picture source well=Well::Large />
            <PhotoInput text wide=true on_photo=move |file| keep(draft.photo, device::keep_photo(circle, file)) />
        }
        .into_any()
    });
    let voice = changing(move || words(circle, draft.voice.get(), None));
    let speak = move |voice| keep(draft.voice, device::keep_recording(circle, voice));
    let main = view! {
        {photo}
        <VoiceRecorder text=client::SPEAK_IN wide=true on_voice=speak />
        {voice}
        <TextArea label=client::OR_TYPE value=Signal::from(draft.text) on_input=move |text| draft.text.set(text) rows=2 />
    };
    let empty = Signal::derive(move || draft.is_empty());
    let save = move || draft.save();
    let floor = view! {
        <Button text=shared::SAVE icon=Icon::CHECK appearance=Appearance::Primary disabled=empty tap=save />
    };
    let frame = Frame { floor: Some(floor), ..Frame::default() };
    frame.around(client::ADD.into(), view! { <Sentence text=client::ADD title=true /> {main} }.into_any())
}

/// Takes in a photo or recording once it is on this device.
fn keep(into: RwSignal<Option<BlobRef>>, kept: impl Future<Output = Result<BlobRef, device::NoPhoto>> + 'static) {
    clear_toast();
    spawn_local(async move {
        match kept.await {
            Ok(blob) => drop(into.try_set(Some(blob))),
            Err(why) => say(why),
        }
    });
}
