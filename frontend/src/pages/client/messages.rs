//! Messages of a client: with one person, a face for each, and on today only that something is new.

use opstap_core::access::Section;
use opstap_core::model::{Member, Relation};
use opstap_core::{CircleId, PersonId};
use opstap_view::prelude::*;

use super::ClientPlace;
use super::frame::Frame;
use super::people::{self, names};
use crate::companion::CompanionPlace;
use crate::components::{Bones, EmptyState, Icon, ListRow, LoadingBones, Person, SayButton, changing, icon};
use crate::device::{self, Entry, Reader};
use crate::event::Tap;
use crate::pages::shared::conversation::{Conversation, Parties};
use crate::stories::messages::{News, news};
use crate::stories::{members, name_of};
use crate::words::{Text, client, shared};

/// Everybody to whom a message can go, with how much is new.
#[component]
pub fn Messages(circle: CircleId) -> impl IntoView {
    let people = device::watch(circle, |reader| async move { people::supporters(&reader).await });
    let news = news(circle);
    let body = changing(move || {
        let Some(mut people) = people.get() else { return view! { <LoadingBones shape=Bones::Rows(3) /> }.into_any() };
        people.retain(|one| one.sees(Section::Messages));
        if people.is_empty() {
            return view! { <EmptyState picture="speech-balloon" sentence=client::NOBODY_TO_WRITE more=client::YOU_CHOOSE /> }
                .into_any();
        }
        let rows = people.into_iter().map(|one| {
            let tap = Tap::to(CompanionPlace::from(ClientPlace::Messages(Some(one.person))));
            let lead = view! { <Person name=one.name.clone() /> }.into_any();
            let more = new_from(news, one.person);
            view! { <li><ListRow text=Text::from(one.name) more lead tap>{icon(Icon::FORWARD)}</ListRow></li> }
        });
        view! { <ul class="list">{rows.collect_view()}</ul> }.into_any()
    });
    Frame::default().below(client::MESSAGES, body)
}

fn new_from(news: Signal<Option<Vec<News>>>, person: PersonId) -> Text {
    Text::live(move || {
        let count = news.with(|news| news.iter().flatten().find(|one| one.with == person).map(|one| one.count));
        count.map(|count| shared::new_messages(count).get()).unwrap_or_default()
    })
}

/// The conversation with one person.
#[component]
pub fn MessagesWith(circle: CircleId, with: PersonId) -> impl IntoView {
    let name = device::watch(circle, move |reader| async move { name_of(&members(&reader).await, with) });
    let name = Signal::derive(move || name.get().unwrap_or_default());
    let title = Text::from(name);
    let parties = Parties { circle, with, theirs: false };
    let readers = device::watch(circle, move |reader| readers(reader, with));
    let only_both = Text::live(move || client::only_both_read(names(readers.get().unwrap_or_default()).get()).get());
    let main = view! {
        <div class="row">
            <Person name />
            <h1 class="title fill">{title.clone()}</h1>
        </div>
        <div class="say"><p class="soft">{only_both.clone()}</p><SayButton text=only_both whole=true /></div>
        <Conversation parties />
    };
    Frame::default().around(title, main.into_any())
}

/// Who reads it beside the client: the other, and whoever decides for the client.
async fn readers(reader: Reader, with: PersonId) -> Vec<String> {
    let members = members(&reader).await;
    let decides =
        |member: &&Entry<Member>| member.value.relation == Relation::Representative && member.value.person != with;
    let mut readers = vec![name_of(&members, with)];
    readers.extend(members.iter().filter(decides).map(|member| member.value.name.clone()));
    readers
}

/// "Karin heeft iets gestuurd", for as long as it was not read.
pub fn something_new(circle: CircleId) -> AnyView {
    let news = news(circle);
    let news = Memo::new(move |_| news.get().unwrap_or_default());
    changing(move || {
        let mut who = news.get();
        let Some(first) = who.pop() else { return ().into_any() };
        let (with, text) = if who.is_empty() {
            (Some(first.with), client::sent_something(first.name.clone()))
        } else {
            let all: Vec<_> = who.into_iter().map(|one| one.name).chain([first.name.clone()]).collect();
            let all = names(all);
            (None, Text::live(move || client::sent_something_together(all.get()).get()))
        };
        let lead = view! { <Person name=first.name /> }.into_any();
        let tap = Tap::to(CompanionPlace::from(ClientPlace::Messages(with)));
        view! { <ListRow text lead tap>{icon(Icon::MESSAGE)}</ListRow> }.into_any()
    })
}
