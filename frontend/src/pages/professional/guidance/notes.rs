//! Notes of professionals: for the file, or to each other as they work. Typed or spoken; a note is written once, and corrected by one that
//! names it.

use leptos::task::spawn_local;
use opstap_core::model::{Member, Model, Note, NoteFor};
use opstap_core::{CircleId, PersonId, RecordId};
use opstap_view::prelude::*;
use web_sys::Blob;

use super::super::frame::client_name;
use crate::components::{
    Appearance, Bones, Button, Choice, HearButton, Icon, LoadingBones, Segments, Size, TextArea, VoiceRecorder,
    changing,
};
use crate::dates::{clock_time, moment, near_today};
use crate::device::{self, Entry, Reader};
use crate::pages::shared::care::keep;
use crate::pages::shared::conversation::say_why;
use crate::stories;
use crate::words::{Text, arranged, shared};

/// A note that counts, with whose it is.
#[derive(Clone, PartialEq)]
struct Told {
    id: RecordId,
    note: Note,
    by: String,
    mine: bool,
}

/// As many as stand in sight.
const IN_SIGHT: usize = 20;

/// The notes that no other corrects, the latest first.
async fn read(reader: Reader) -> Vec<Told> {
    let members = stories::members(&reader).await;
    let all = reader.all::<Note>().await;
    let corrected: Vec<RecordId> = all.iter().filter_map(|note| note.value.replaces).collect();
    let me = device::me().map(|me| me.id);
    let stands = all.into_iter().filter(|note| !corrected.contains(&note.id));
    let mut told: Vec<_> = stands.map(|note| told(note, &members, me)).collect();
    told.reverse();
    stories::sort_by(&mut told, |one, other| one.note.at < other.note.at);
    told
}

fn told(entry: Entry<Note>, members: &[Entry<Member>], me: Option<PersonId>) -> Told {
    let by = entry.author.map(|author| stories::name_of(members, author)).unwrap_or_default();
    Told { id: entry.id, mine: entry.author.is_some() && entry.author == me, note: entry.value, by }
}

/// What is written before it is kept.
#[derive(Clone, Copy)]
struct Sheet {
    whom: RwSignal<NoteFor>,
    text: RwSignal<String>,
    correcting: RwSignal<Option<RecordId>>,
}

impl Sheet {
    fn note(self) -> Option<Note> {
        let text = self.text.get().trim().to_owned();
        let (at, replaces) = (device::now(), self.correcting.get());
        (!text.is_empty()).then(|| Note {
            whom: self.whom.get(),
            at,
            text: Some(text),
            voice: None,
            goal: None,
            replaces,
        })
    }

    fn clear(self) {
        self.text.set(String::new());
        self.correcting.set(None);
    }
}

/// The sheet, and below it the notes for whom is chosen.
#[component]
pub(super) fn Notes(circle: CircleId) -> impl IntoView {
    let all = device::watch(circle, read);
    let sheet = Sheet {
        whom: RwSignal::new(NoteFor::Colleagues),
        text: RwSignal::new(String::new()),
        correcting: RwSignal::new(None),
    };
    let list = changing(move || {
        let whom = sheet.whom.get();
        match all.with(|all| {
            all.as_ref().map(|all| all.iter().filter(|one| one.note.whom == whom).cloned().collect::<Vec<_>>())
        }) {
            None => view! { <LoadingBones shape=Bones::Rows(2) /> }.into_any(),
            Some(own) if own.is_empty() => view! { <p class="soft">{arranged::NO_NOTES}</p> }.into_any(),
            Some(own) => {
                let rows = own.into_iter().take(IN_SIGHT).map(|told| row(circle, sheet, told)).collect_view();
                view! { <ul class="list">{rows}</ul> }.into_any()
            }
        }
    });
    view! {
        <section class="stack notes">
            <h2 class="title">{arranged::NOTES}</h2>
            {form(circle, sheet)}
            {list}
        </section>
    }
}

fn form(circle: CircleId, sheet: Sheet) -> AnyView {
    let name = client_name(circle);
    let choices = vec![
        Choice::new(NoteFor::Colleagues, arranged::FOR_COLLEAGUES),
        Choice::new(NoteFor::File, arranged::FOR_FILE),
    ];
    let choose = move |whom| {
        sheet.whom.set(whom);
        sheet.correcting.set(None);
    };
    let more = Text::live(move || match sheet.whom.get() {
        NoteFor::File => arranged::for_file_more(name.get()).get(),
        NoteFor::Colleagues => arranged::for_colleagues_more(name.get()).get(),
    });
    let not_yet = Signal::derive(move || sheet.note().is_none());
    let add = move || {
        let Some(note) = untrack(|| sheet.note()) else { return };
        let said = if note.replaces.is_some() { arranged::NOTE_CORRECTED } else { arranged::NOTE_ADDED };
        keep(circle, vec![note.make(device::new_id())], said.into());
        sheet.clear();
    };
    let correcting = changing(move || {
        let back = sheet.correcting.get().map(|_| {
            view! {
                <div class="row">
                    <span class="advice fill">{arranged::CORRECTING_NOTE}</span>
                    <Button text=shared::CANCEL size=Size::Tool appearance=Appearance::Plain tap=move || sheet.clear() />
                </div>
            }
        });
        back.into_any()
    });
    view! {
        <Segments label=arranged::NOTES choices chosen=sheet.whom on_choose=choose />
        <p class="soft small">{more}</p>
        {correcting}
        <TextArea label=arranged::NEW_NOTE value=sheet.text on_input=move |typed| sheet.text.set(typed) />
        <div class="row">
            <Button text=arranged::ADD_NOTE icon=Icon::CHECK disabled=not_yet tap=add />
            <VoiceRecorder text=shared::SPEAK_IT on_voice=move |recorded| speak(circle, sheet, recorded) />
        </div>
    }
    .into_any()
}

/// Keeps what was spoken as a note, at once: on the way there is no time to say it twice.
fn speak(circle: CircleId, sheet: Sheet, recorded: Blob) {
    let whom = sheet.whom.get_untracked();
    spawn_local(async move {
        match device::keep_recording(circle, recorded).await {
            Ok(voice) => {
                let note = Note { whom, at: device::now(), text: None, voice: Some(voice), goal: None, replaces: None };
                keep(circle, vec![note.make(device::new_id())], arranged::NOTE_ADDED.into());
            }
            Err(why) => say_why(why),
        }
    });
}

fn row(circle: CircleId, sheet: Sheet, Told { id, note, by, mine }: Told) -> AnyView {
    let (day, time) = (near_today(moment(note.at)), clock_time(moment(note.at)));
    let by = if by.is_empty() { arranged::SOMEBODY.into() } else { Text::from(by) };
    let more = Text::live(move || [by.get(), day.get(), time.get()].join(", "));
    let voice = note.voice.map(|voice| {
        let voice = device::photo(circle, voice);
        view! { <div class="row"><span>{arranged::SPOKEN_NOTE}</span><HearButton voice /></div> }
    });
    let text = note.text.clone();
    let words = text.clone().map(|text| view! { <p class="said">{text}</p> });
    // What was spoken is corrected by speaking anew; only words can be put on the sheet again.
    let correct = text.filter(|_| mine).map(|text| {
        let tap = move || {
            sheet.text.set(text.clone());
            sheet.correcting.set(Some(id));
        };
        view! { <Button text=arranged::CORRECT_NOTE icon=Icon::PENCIL size=Size::Tool mark_only=true tap /> }
    });
    view! {
        <li class="list-row">
            <span class="words">{words}{voice}<span class="soft small">{more}</span></span>
            {correct}
        </li>
    }
    .into_any()
}
