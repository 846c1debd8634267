//! A conversation between a client and one person around them, on every device the same: newest below, then the ways to answer.

mod answer;
mod emoji;
mod line;

use opstap_core::access::Section;
use opstap_core::model::{OrganisationRole, Person};
use opstap_core::{CircleId, Millis, PersonId};
use opstap_view::prelude::*;

pub use answer::say_why;
use answer::{Answering, answer};
pub use line::about_step;

use crate::components::{Bones, Button, LoadingBones, changing};
use crate::device::{self, Reader};
use crate::last_read::note_read;
use crate::stories::messages::{About, Said, conversation};
use crate::stories::{members, name_of};
use crate::words::{Text, shared};

/// As many messages as are drawn at first, and more at each tap.
const DRAWN: usize = 50;
/// For how long what is said goes on about the same step, in milliseconds.
const SAME_STEP_FOR: u64 = 3_600_000;

/// Between whom, in which circle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parties {
    /// The circle.
    pub circle: CircleId,
    /// The person around the client.
    pub with: PersonId,
    /// Whether this device is that person's; otherwise it is the client's, or of who decides for them.
    pub theirs: bool,
}

#[derive(Clone, PartialEq)]
struct Talk {
    said: Vec<Said>,
    /// The name of the person around the client, and that of the client.
    names: [String; 2],
    /// For whom an answer is; nobody where messages are not for that person now.
    to: Option<PersonId>,
}

async fn read(reader: Reader, Parties { with, theirs, .. }: Parties) -> Talk {
    let members = members(&reader).await;
    let access = reader.access().await;
    let client = access.as_ref().and_then(opstap_core::access::CircleAccess::client);
    // In a client's circle the organisation role gives nothing.
    let person = Person { id: with, role: OrganisationRole::Participant };
    let reads = access.is_some_and(|access| access.view(person, device::now()).0 & Section::Messages.bit() != 0);
    let to = if theirs { client } else { Some(with) };
    Talk {
        said: conversation(&reader, with).await,
        names: [name_of(&members, with), client.map(|client| name_of(&members, client)).unwrap_or_default()],
        to: to.filter(|_| reads),
    }
}

/// The conversation, without the frame around it.
#[component]
pub fn Conversation(
    /// Between whom.
    parties: Parties,
    /// Whether words can be typed without a tap for it.
    #[prop(optional)]
    typing: bool,
) -> impl IntoView {
    let talk = device::watch(parties.circle, move |reader| read(reader, parties));
    let drawn = RwSignal::new(DRAWN);
    let about = RwSignal::new(None::<About>);
    let sent = StoredValue::new((String::new(), Millis(0)));
    follow(parties, talk, about);
    // Memos, so that a message that comes leaves what is being typed as it stands.
    let stands = Memo::new(move |_| talk.with(|talk| talk.as_ref().map(|talk| talk.to)));
    let empty = Memo::new(move |_| talk.with(|talk| talk.as_ref().is_some_and(|talk| talk.said.is_empty())));
    let nothing = move || empty.get().then(|| view! { <p class="soft">{shared::NO_MESSAGES_YET}</p> });
    let lines = move || {
        view! {
            {changing(move || earlier(talk, drawn))}
            <div role="log" aria-label=shared::CONVERSATION><ol class="talk">
                <For
                    each=move || shown(talk, drawn.get())
                    key=|(said, ..)| format!("{}{}", said.id, said.saved as u8)
                    children=move |(said, by, same)| {
                        let mine = said.by_them == parties.theirs;
                        let by = if mine { Text::from(shared::YOU) } else { Text::from(by) };
                        line::line(parties.circle, said, by, mine, same)
                    }
                />
            </ol></div>
        }
    };
    changing(move || match stands.get() {
        None => view! { <LoadingBones shape=Bones::Rows(3) /> }.into_any(),
        Some(to) => {
            let answer = match to {
                Some(to) => answer(Answering { parties, to, about, sent }, typing),
                None if parties.theirs => view! { <p class="soft">{shared::NO_MESSAGES_NOW}</p> }.into_any(),
                None => view! { <p class="soft">{shared::MY_MESSAGES_ARE_OFF}</p> }.into_any(),
            };
            view! { {nothing} {lines()} {answer} }.into_any()
        }
    })
}

/// Notes what was read, goes to the newest message when it comes, and keeps the step that is spoken about.
fn follow(parties: Parties, talk: Signal<Option<Talk>>, about: RwSignal<Option<About>>) {
    let newest = Memo::new(move |_| {
        let now = device::now();
        talk.with(|talk| {
            let said = talk.as_ref()?.said.last()?;
            let goes_on = now.0.saturating_sub(said.when.0) < SAME_STEP_FOR;
            Some((said.id, said.about.clone().filter(|_| goes_on)))
        })
    });
    Effect::new(move |_| {
        let of_other = talk.with(|talk| {
            let said = talk.as_ref()?.said.iter();
            said.filter(|said| said.by_them != parties.theirs).map(|said| said.when).max()
        });
        if let Some(until) = of_other {
            note_read(parties.circle, parties.with, until);
        }
    });
    Effect::new(move |_| {
        if let Some((_, spoken_about)) = newest.get() {
            about.set(spoken_about);
            to_the_end();
        }
    });
}

/// The newest stands below: it comes in sight, with the ways to answer under it, once the screen is drawn and has gone to its top.
fn to_the_end() {
    leptos::task::spawn_local(async {
        gloo_timers::future::TimeoutFuture::new(120).await;
        let document = web_sys::window().and_then(|window| window.document());
        let newest = document.and_then(|document| document.query_selector(".talk > :last-child").ok().flatten());
        if let Some(newest) = newest {
            newest.scroll_into_view();
        }
    });
}

/// The newest messages, each with the name of who said it and whether the one before was about the same step.
fn shown(talk: Signal<Option<Talk>>, most: usize) -> Vec<(Said, String, bool)> {
    talk.with(|talk| {
        let Some(Talk { said, names: [with, client], .. }) = talk else { return Vec::new() };
        let from = said.len().saturating_sub(most);
        let mut before = None;
        let mut shown = Vec::new();
        for said in said.iter().skip(from) {
            let step = said.about.as_ref().map(|about| about.id);
            let name = if said.by_them { with } else { client };
            shown.push((said.clone(), name.clone(), step.is_some() && step == before));
            before = step;
        }
        shown
    })
}

fn earlier(talk: Signal<Option<Talk>>, drawn: RwSignal<usize>) -> AnyView {
    let more = talk.with(|talk| talk.as_ref().is_some_and(|talk| talk.said.len() > drawn.get()));
    let tap = move || drawn.update(|drawn| *drawn += DRAWN);
    more.then(|| view! { <Button text=shared::EARLIER_MESSAGES wide=true tap /> }).into_any()
}
