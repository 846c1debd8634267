//! Who may see what: a face, pictures, switches. Giving and withdrawing are both one tap and work at once.

use leptos::task::spawn_local;
use opstap_core::access::Section;
use opstap_core::model::{Consent, ConsentAct, Model, Relation};
use opstap_core::{Change, CircleId, Day, Millis, PersonId, RecordId};
use opstap_view::prelude::*;

use super::handover::to_agreed;
use crate::components::{
    Appearance, Bones, Button, Choice, EmptyState, Icon, LoadingBones, PersonTile, Segments, Source, Switch, Toast,
    changing, clear_toast, show_toast,
};
use crate::dates::{day_and_month, moment};
use crate::device::{self, Reader};
use crate::pages::client::frame::Frame;
use crate::pages::client::people::{self, Supporter};
use crate::pages::client::say_not_kept;
use crate::pages::shared::undoing::take_back;
use crate::stories;
use crate::words::{Text, Word, client};

/// A consent in force.
#[derive(Clone, PartialEq)]
struct Given {
    id: RecordId,
    person: PersonId,
    section: Section,
    from: Millis,
    until: Option<Millis>,
}

/// Everybody round the client, and what is given to them.
#[derive(Clone, PartialEq)]
struct Consented {
    supporters: Vec<Supporter>,
    given: Vec<Given>,
    /// Who of them sees nothing by law, and other things than those who help.
    coaches: Vec<PersonId>,
}

async fn read(reader: Reader) -> Consented {
    let mut supporters = people::supporters(&reader).await;
    supporters.retain(|supporter| !supporter.decides);
    let now = device::now();
    let mut given = Vec::new();
    if let Some(access) = reader.access().await {
        for supporter in &supporters {
            given.extend(access.consents(supporter.person, now).map(|(id, consent)| Given {
                id,
                person: supporter.person,
                section: consent.section,
                from: consent.from,
                until: consent.until,
            }));
        }
    }
    let members = stories::members(&reader).await.into_iter().map(|member| member.value);
    let coaches = members.filter(|member| member.relation == Relation::NeighbourhoodCoach);
    Consented { supporters, given, coaches: coaches.map(|member| member.person).collect() }
}

fn give(person: PersonId, section: Section, from: Millis, until: Option<Millis>) -> Change {
    Consent { act: ConsentAct::Given, person, section, from, until, ends: None }.make(device::new_id())
}

/// Ends a consent by name, so that it wins from whichever clock it comes.
fn withdraw(given: &Given, from: Millis) -> Change {
    let Given { id, person, section, .. } = *given;
    Consent { act: ConsentAct::Withdrawn, person, section, from, until: None, ends: Some(id) }.make(device::new_id())
}

/// The word and the pictogram of a section.
pub fn shown_as(section: Section) -> (Word, &'static str) {
    match section {
        Section::Plans | Section::Appointments => (client::SECTION_PLANS, "memo"),
        Section::Progress => (client::SECTION_PROGRESS, "check-mark-button"),
        Section::Photos => (client::SECTION_PHOTOS, "camera"),
        Section::Travel | Section::Training => (client::SECTION_TRAVEL, "metro"),
        Section::Messages => (client::SECTION_MESSAGES, "speech-balloon"),
        Section::Circle => (client::SECTION_CIRCLE, "handshake"),
        Section::Goals => (client::SECTION_GOALS, "checklist"),
        Section::Measurements => (client::SECTION_MEASUREMENTS, "thermometer"),
        Section::Hours => (client::SECTION_HOURS, "clock"),
        Section::Notes => (client::SECTION_CARE, "open-book"),
    }
}

/// Who is round the client, and whose switches are shown.
#[derive(Clone, Copy)]
struct Shown {
    circle: CircleId,
    read: Signal<Option<Consented>>,
    /// By name alone: a switch that is turned must not draw the screen anew and lose focus.
    people: Memo<Option<Vec<(PersonId, String)>>>,
    picked: RwSignal<Option<PersonId>>,
    /// For how long something is opened to a coach.
    lasting: RwSignal<Lasting>,
}

/// How long a neighbourhood coach sees something.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lasting {
    FourWeeks,
    TwelveWeeks,
    UntilOff,
}

impl Lasting {
    fn until(self, now: Millis) -> Option<Millis> {
        let weeks = match self {
            Self::FourWeeks => 4,
            Self::TwelveWeeks => 12,
            Self::UntilOff => return None,
        };
        // To the end of the day: nobody thinks of a consent as ending at ten past two.
        Some(Day::of(now).on(7 * weeks + 1).begins())
    }
}

impl Shown {
    /// The person whose switches are shown: the one tapped, or the first.
    fn person(self) -> Option<(PersonId, String)> {
        let picked = self.picked.get();
        self.people.with(|people| {
            let people = people.as_ref()?;
            people.iter().find(|(person, _)| Some(*person) == picked).or_else(|| people.first()).cloned()
        })
    }

    /// Whether that person is a neighbourhood coach.
    fn is_coach(self) -> bool {
        let person = self.person().map(|(person, _)| person);
        self.read.with(|read| read.iter().any(|read| person.is_some_and(|person| read.coaches.contains(&person))))
    }

    /// What is given to that person, of one section or of all.
    fn given(self, section: Option<Section>) -> Vec<Given> {
        let Some((person, _)) = self.person() else { return Vec::new() };
        let theirs = |given: &&Given| given.person == person && section.is_none_or(|section| section == given.section);
        self.read.with(|read| read.iter().flat_map(|read| read.given.iter().filter(theirs).cloned()).collect())
    }
}

/// Who may see what.
#[component]
pub fn Consents(circle: CircleId) -> impl IntoView {
    let read = device::watch(circle, read);
    let people = Memo::new(move |_| {
        read.with(|read| {
            let people = &read.as_ref()?.supporters;
            Some(people.iter().map(|person| (person.person, person.name.clone())).collect())
        })
    });
    let shown =
        Shown { circle, read, people, picked: RwSignal::new(None), lasting: RwSignal::new(Lasting::TwelveWeeks) };
    let nothing_on = Signal::derive(move || shown.given(None).is_empty());
    let all_off = move || {
        if let Some((_, name)) = untrack(move || shown.person()) {
            end(circle, untrack(move || shown.given(None)), client::sees_nothing_now(name));
        }
    };
    let body = changing(move || match people.with(|people| people.as_ref().map(Vec::is_empty)) {
        None => view! { <LoadingBones shape=Bones::Rows(4) /> }.into_any(),
        Some(true) => view! { <EmptyState picture="locked" sentence=client::NOBODY_ROUND_YOU /> }.into_any(),
        Some(false) => view! { {faces(shown)} {switches(shown)} }.into_any(),
    });
    let floor = view! {
        <Button
            text=client::ALL_OFF
            icon=Icon::CROSS
            appearance=Appearance::Danger
            disabled=nothing_on
            tap=all_off
        />
    };
    // With the word on the handover others see the journeys no longer: it is taken back where that is decided.
    let body = view! { {to_agreed(circle)} {body} }.into_any();
    Frame { floor: Some(floor), ..Frame::default() }.below(client::WHO_MAY_SEE, body)
}

fn faces(shown: Shown) -> AnyView {
    let tile = |(id, name): (PersonId, String)| {
        let chosen = Signal::derive(move || shown.person().is_some_and(|(person, _)| person == id));
        let tap = move || {
            clear_toast();
            shown.picked.set(Some(id));
        };
        view! { <PersonTile name chosen tap /> }.into_any()
    };
    let tiles: Vec<_> = shown.people.get().unwrap_or_default().into_iter().map(tile).collect();
    view! { <div class="people">{tiles}</div> }.into_any()
}

fn switches(shown: Shown) -> AnyView {
    let is_coach = Memo::new(move |_| shown.is_coach());
    let rows = changing(move || {
        let sections: &[Section] = if is_coach.get() { &Section::FOR_COACH } else { &Section::BY_CONSENT };
        sections.iter().map(|section| switch(shown, *section)).collect_view()
    });
    let lasting = changing(move || if is_coach.get() { how_long(shown) } else { ().into_any() });
    let may_see = Text::live(move || client::may_see(shown.person().map(|(_, name)| name).unwrap_or_default()).get());
    let since = Text::live(move || {
        let last = shown.given(None).iter().map(|one| one.from).max();
        last.map(|last| client::you_chose_on(day_and_month(moment(last)).get()).get()).unwrap_or_default()
    });
    view! {
        <div class="card">
            <h2>{may_see}</h2>
            {lasting}
            <ul>{rows}</ul>
        </div>
        <p class="small soft">{since}</p>
        <p class="small soft">{client::OFF_WORKS_AT_ONCE}</p>
    }
    .into_any()
}

/// For how long what is turned on now can be seen, and until when what is on can be.
fn how_long(shown: Shown) -> AnyView {
    let choices = vec![
        Choice::new(Lasting::FourWeeks, client::FOUR_WEEKS),
        Choice::new(Lasting::TwelveWeeks, client::TWELVE_WEEKS),
        Choice::new(Lasting::UntilOff, client::UNTIL_OFF),
    ];
    let until = Text::live(move || {
        let last = shown.given(None).iter().filter_map(|one| one.until).max();
        // The last day that is seen, and not the midnight after it.
        let day = last.map(|last| day_and_month(moment(Millis(last.0.saturating_sub(1)))));
        day.map(|day| client::sees_until(day.get()).get()).unwrap_or_default()
    });
    view! {
        <Segments label=client::HOW_LONG choices chosen=shown.lasting on_choose=move |lasting| shown.lasting.set(lasting) />
        <p class="small soft">{until}</p>
    }
    .into_any()
}

fn switch(shown: Shown, section: Section) -> AnyView {
    let (text, picture) = shown_as(section);
    let on = Signal::derive(move || !shown.given(Some(section)).is_empty());
    let change = move |to: bool| {
        let Some((person, name)) = untrack(move || shown.person()) else { return };
        let what = text.now();
        if to {
            let until = untrack(move || shown.is_coach().then(|| shown.lasting.get().until(device::now())).flatten());
            begin(shown.circle, person, (section, until), client::sees_from_now(name, what));
        } else {
            end(shown.circle, untrack(move || shown.given(Some(section))), client::no_longer_sees(name, what));
        }
    };
    view! { <li><Switch text on on_change=change picture=Source::from(picture) /></li> }.into_any()
}

fn begin(circle: CircleId, person: PersonId, (section, until): (Section, Option<Millis>), says: Text) {
    let change = give(person, section, device::now(), until);
    let given = Given { id: change.record(), person, section, from: device::now(), until };
    keep(circle, vec![change], says, move || take_back(circle, vec![withdraw(&given, device::now())]));
}

fn end(circle: CircleId, given: Vec<Given>, says: Text) {
    let now = device::now();
    let changes = given.iter().map(|one| withdraw(one, now)).collect();
    keep(circle, changes, says, move || {
        let now = device::now();
        let mut again: Vec<_> = given.iter().map(|one| (one.person, one.section, one.until)).collect();
        again.dedup();
        let again = again.into_iter().map(|(person, section, until)| give(person, section, now, until));
        take_back(circle, again.collect());
    });
}

/// Keeps it, then says what is so from now on, with the way back.
fn keep(circle: CircleId, changes: Vec<Change>, says: Text, undo: impl Fn() + 'static) {
    clear_toast();
    spawn_local(async move {
        match device::edit(circle, changes).await {
            Ok(()) => show_toast(Toast::new(says).with_undo(undo)),
            Err(why) => say_not_kept(why),
        }
    });
}
