//! Help: one face in front. Calling works without internet; a message says truthfully where it is. No floor: this screen is the help.

use std::pin::Pin;

use opstap_core::access::Section;
use opstap_core::model::{Message, Model, Preferences, Step, delete};
use opstap_core::{CircleId, PersonId, RecordId};
use opstap_insight::Place;
use opstap_view::prelude::*;

use super::followed::followed;
use super::going;
use super::people::{self, Supporter};
use super::settled::settled;
use super::{ClientPlace, step_in_sight};
use crate::awake::keep_awake;
use crate::beside;
use crate::companion::CompanionPlace;
use crate::components::{
    Appearance, Bones, Button, Card, EmptyState, Icon, LoadingBones, Main, Person, PersonSize, PersonTile, Saved,
    Screen, Sentence, StateChip, Toast, Tone, TopBar, changing, show_toast,
};
use crate::device::{self, Entry, Reader};
use crate::event::Tap;
use crate::pages::shared::undoing::take_back;
use crate::stories;
use crate::words::{Text, client, shared};

/// Everybody who can be called, and the step it is about.
#[derive(Clone, PartialEq)]
struct Asked {
    supporters: Vec<Supporter>,
    step: Option<Entry<Step>>,
}

/// What tells the step at which the run of a plan is now. Whoever asks for help at no step does not bring it along.
pub type StepNow = fn(Reader, RecordId) -> Pin<Box<dyn Future<Output = Option<Entry<Step>>>>>;

async fn read(reader: Reader, at: Option<(RecordId, StepNow)>) -> Asked {
    let mut supporters = people::supporters(&reader).await;
    supporters.retain(|supporter| supporter.phone.is_some() || supporter.sees(Section::Messages));
    // Whoever can be called comes first: that works everywhere.
    stories::sort_by(&mut supporters, |a, b| a.phone.is_none() && b.phone.is_some());
    let step = match at {
        Some((plan, step_now)) => step_now(reader, plan).await,
        None => None,
    };
    Asked { supporters, step }
}

/// The step at which the run of a plan is now.
pub fn step_now(reader: Reader, plan: RecordId) -> Pin<Box<dyn Future<Output = Option<Entry<Step>>>>> {
    Box::pin(async move {
        let going = going::read(&reader, plan).await?;
        let Place::At(at) = going.run?.place else { return None };
        going.steps.into_iter().find(|step| step.id == at)
    })
}

/// Who can help; with a plan, at the step where its run is now.
#[component]
pub fn Help(circle: CircleId, at: Option<(RecordId, StepNow)>) -> impl IntoView {
    let asked = device::watch(circle, move |reader| read(reader, at));
    if at.is_some() {
        keep_awake();
    }
    let chosen = RwSignal::new(called_first(circle));
    let sent = RwSignal::new(None::<(PersonId, RecordId)>);
    let body = changing(move || match asked.get() {
        None => view! { <LoadingBones shape=Bones::Rows(2) /> }.into_any(),
        Some(Asked { supporters, step }) => {
            let front = chosen.get().and_then(|person| supporters.iter().position(|other| other.person == person));
            let mut others = supporters;
            if others.is_empty() {
                return nobody();
            }
            let front = others.remove(front.unwrap_or(0));
            view! { {in_front(circle, front, step, sent)} {choose(circle, others, chosen)} }.into_any()
        }
    });
    let settled = settled(circle);
    view! {
        <Screen title=client::WHO_TO_SPEAK>
            <TopBar back=Tap::back()>
                <StateChip state=device::state() />
            </TopBar>
            {at.is_some().then(followed)}
            <Main>
                <Sentence text=client::WHO_TO_SPEAK title=true />
                {body}
                {changing(move || settled.with(|settled| about_me(Preferences::is(settled.closed))))}
            </Main>
        </Screen>
    }
}

/// In a closed app this is the only way to what the client decides: who may see what.
fn about_me(closed: bool) -> AnyView {
    let tap = Tap::to(CompanionPlace::from(ClientPlace::Me));
    closed.then(|| view! { <Button text=client::ABOUT_ME icon=Icon::PERSON tap wide=true /> }).into_any()
}

fn nobody() -> AnyView {
    view! { <EmptyState picture="person-raising-hand" sentence=client::NOBODY_TO_CALL more=client::ASK_NEARBY /> }
        .into_any()
}

fn in_front(
    circle: CircleId,
    supporter: Supporter,
    step: Option<Entry<Step>>,
    sent: RwSignal<Option<(PersonId, RecordId)>>,
) -> AnyView {
    let message = supporter.sees(Section::Messages).then(|| message(circle, &supporter, step, sent));
    let writes = supporter.sees(Section::Messages).then(|| {
        let tap = Tap::to(CompanionPlace::from(ClientPlace::Messages(Some(supporter.person))));
        view! { <Button text=client::write_to(&supporter.name) icon=Icon::PENCIL wide=true tap /> }
    });
    let Supporter { name, called, phone, .. } = supporter;
    let call = phone.map(|phone| {
        view! {
            <Button
                text=client::call(&name)
                icon=Icon::PHONE
                appearance=Appearance::Help
                wide=true
                tap=Tap::out(people::dial(&phone))
            />
            <p class="small">{client::CALL_WORKS_OFFLINE}</p>
        }
    });
    view! {
        <Card tone=Tone::Help>
            <div class="row">
                <Person name=name.clone() size=PersonSize::Large />
                <div class="fill">
                    <h2>{name}</h2>
                    {called.map(|called| view! { <p>{called}</p> })}
                </div>
            </div>
            {call}
            {message}
            {writes}
        </Card>
    }
    .into_any()
}

/// "Ik kom er niet uit", with the step it is about when they may know it.
fn message(
    circle: CircleId,
    supporter: &Supporter,
    step: Option<Entry<Step>>,
    sent: RwSignal<Option<(PersonId, RecordId)>>,
) -> AnyView {
    let (to, name) = (supporter.person, supporter.name.clone());
    let step = step.filter(|_| supporter.sees(Section::Plans));
    let about = step.as_ref().map(|step| step.id);
    let send = move || {
        let id = device::new_id();
        let text = client::STUCK.now().to_owned();
        let message = Message { step: about, ..Message::saying(to, text, device::now()) };
        sent.set(Some((to, id)));
        let undo = move || {
            take_back(circle, vec![delete(id)]);
            sent.set(None);
        };
        device::keep_and(circle, vec![message.make(id)], move || {
            show_toast(Toast::new(shared::MESSAGE_KEPT).with_undo(undo));
        });
    };
    let mine = Memo::new(move |_| sent.get().filter(|(person, _)| *person == to).map(|(_, id)| id));
    let asks = changing(move || {
        let button = || view! { <Button text=client::SEND_STUCK icon=Icon::MESSAGE wide=true tap=send /> };
        mine.get().is_none().then(button).into_any()
    });
    let about_it = name.clone();
    let says = changing(move || mine.get().map(|id| where_it_is(circle, id, about_it.clone())).into_any());
    let shows = step.map(|step| {
        view! {
            {step_in_sight(circle, step.value)}
            <p class="small">{client::sees_this_step(&name)}</p>
        }
    });
    view! {
        {asks}
        // It is there before its words: a screen reader does not hear a region that comes with them.
        <div role="status">{says}</div>
        {shows}
    }
    .into_any()
}

/// Where the message is: kept here, sent, or for a person to look at. Never more than is so.
fn where_it_is(circle: CircleId, id: RecordId, name: String) -> AnyView {
    let message = device::watch(circle, move |reader| async move { reader.one::<Message>(id).await });
    let says = Text::live(move || match message.with(|message| message.as_ref()?.as_ref().map(|entry| entry.saved)) {
        Some(Saved::Sent) => client::sent_to(&name).get(),
        Some(Saved::Problem) => client::call_instead(&name).get(),
        Some(Saved::OnDevice) => client::SENT_LATER.get().to_owned(),
        None => String::new(),
    });
    view! { <p class="strong">{says}</p> }.into_any()
}

/// Who stands in front on this phone: whoever the client tapped last.
fn called_first(circle: CircleId) -> Option<PersonId> {
    beside::read(&note_of(circle))?.parse().ok()
}

fn note_of(circle: CircleId) -> String {
    ["opstap-help-", &circle.to_string()].concat()
}

fn choose(circle: CircleId, others: Vec<Supporter>, chosen: RwSignal<Option<PersonId>>) -> AnyView {
    if others.is_empty() {
        return ().into_any();
    }
    let tiles = others
        .into_iter()
        .map(|other| {
            let tap = move || {
                chosen.set(Some(other.person));
                beside::note(&note_of(circle), &other.person.to_string());
                if let Some(window) = web_sys::window() {
                    window.scroll_to_with_x_and_y(0.0, 0.0);
                }
            };
            view! { <PersonTile name=other.name tap /> }
        })
        .collect_view();
    view! {
        <p class="soft">{client::SOMEBODY_ELSE}</p>
        <div class="people">{tiles}</div>
        <p class="small">{client::STANDS_IN_FRONT}</p>
    }
    .into_any()
}
