//! Agreeing to the handover: what changes is said before, volunteer and professional step back in the same edit, and it can be taken back.

use leptos::task::spawn_local;
use opstap_core::access::Section;
use opstap_core::model::{
    Consent, ConsentAct, HANDOVER_AGREED, Handover, Member, Model, Part, Picture, Trajectory, set,
};
use opstap_core::{Change, CircleId, Millis, PersonId, RecordId};
use opstap_insight::steps_back;
use opstap_view::prelude::*;

use super::WayPlace;
use crate::companion::{CompanionPlace, HOME};
use crate::components::{
    Appearance, Bones, Button, Icon, LoadingBones, Picture as Shown, ProudStairs, SayButton, Sentence, Source, Well,
    changing, clear_toast,
};
use crate::day::today;
use crate::device::{self, Entry, Reader};
use crate::event::Tap;
use crate::navigation::{go_back, replace};
use crate::pages::client::frame::Frame;
use crate::pages::client::people::names;
use crate::stories;
use crate::words::{Text, shared, way};

/// A consent to see the journeys, and whose it is.
#[derive(Clone, PartialEq)]
struct Sees {
    consent: RecordId,
    person: PersonId,
    name: String,
}

/// What a handover is about.
#[derive(Clone, PartialEq)]
struct Told {
    coach: String,
    /// Whether the client agreed.
    agreed: bool,
    /// Who steps back, or stepped back with the client's word.
    leave: Vec<Sees>,
    /// A picture for each part of the route.
    treads: Vec<String>,
}

async fn read(reader: Reader, handover: RecordId) -> Option<Told> {
    let found = reader.one::<Handover>(handover).await?;
    let trajectory = reader.one::<Trajectory>(found.parent?).await?.value;
    let members = stories::members(&reader).await;
    let coach = trajectory.coach;
    let leave = match found.value.agreed {
        Some(agreed) => left(&reader, &members, agreed).await,
        None => leaves(&reader, &members, coach).await?,
    };
    let mut treads = Vec::new();
    if let Some(route) = trajectory.route {
        for told in stories::route::parts(&reader, route).await {
            treads.push(pictogram(&told.part.value));
        }
    }
    let coach = coach.map(|coach| stories::name_of(&members, coach)).unwrap_or_default();
    Some(Told { coach, agreed: found.value.agreed.is_some(), leave, treads })
}

/// Who sees the journeys now and steps back, with the consents that let them.
async fn leaves(reader: &Reader, members: &[Entry<Member>], coach: Option<PersonId>) -> Option<Vec<Sees>> {
    let access = reader.access().await?;
    let now = device::now();
    let given = |person| access.consents(person, now).filter(|(_, consent)| consent.section == Section::Travel);
    let back = steps_back(members.iter().map(|member| &member.value), coach, |person| given(person).next().is_some());
    let mut leave = Vec::new();
    for member in back {
        let sees = |(consent, _)| Sees { consent, person: member.person, name: member.name.clone() };
        leave.extend(given(member.person).map(sees));
    }
    Some(leave)
}

/// Who stepped back with the client's word: their consents were withdrawn in the same edit, at the same moment.
async fn left(reader: &Reader, members: &[Entry<Member>], agreed: Millis) -> Vec<Sees> {
    let with_it = |consent: &Consent| {
        (consent.act, consent.section, consent.from) == (ConsentAct::Withdrawn, Section::Travel, agreed)
    };
    let all = reader.all::<Consent>().await.into_iter().map(|consent| consent.value).filter(with_it);
    let sees = |Consent { person, ends, .. }: Consent| {
        // Who left the circle meanwhile is let see nothing again.
        let name = Some(stories::name_of(members, person)).filter(|name| !name.is_empty())?;
        Some(Sees { consent: ends?, person, name })
    };
    all.filter_map(sees).collect()
}

/// A day, in milliseconds.
const DAY: u64 = 24 * 60 * 60 * 1_000;

/// A handover that the client agreed to, the day itself and the day after: to be proud of, and to take back.
pub async fn agreed_lately(reader: Reader, today: Millis) -> Option<RecordId> {
    let since = Millis(today.0.saturating_sub(DAY));
    let all = reader.all::<Handover>().await;
    all.into_iter().find(|handover| handover.value.agreed.is_some_and(|agreed| agreed >= since)).map(|found| found.id)
}

/// The way back to it, for as long as it can be taken back.
pub fn to_agreed(circle: CircleId) -> AnyView {
    let agreed = device::watch(circle, |reader| agreed_lately(reader, today()));
    let tap = Tap::to(CompanionPlace::from(WayPlace::Agreed));
    changing(move || {
        let row = || view! { <Button text=way::NOT_ALONE_AFTER_ALL icon=Icon::UNDO wide=true tap=tap.clone() /> };
        agreed.get().flatten().map(|_| row()).into_any()
    })
}

fn pictogram(part: &Part) -> String {
    match &part.picture {
        Some(Picture::Pictogram(name)) => name.clone(),
        _ => "round-pushpin".to_owned(),
    }
}

/// The client's word, and with it that those who step back see the journeys no longer: one edit, whole or not at all.
fn agreed(handover: RecordId, leave: &[Sees], now: Millis) -> Vec<Change> {
    let ends = |sees: &Sees| {
        let ends = Some(sees.consent);
        let (act, section) = (ConsentAct::Withdrawn, Section::Travel);
        Consent { act, person: sees.person, section, from: now, until: None, ends }.make(device::new_id())
    };
    std::iter::once(set(handover, HANDOVER_AGREED, now)).chain(leave.iter().map(ends)).collect()
}

/// "Toch niet": the word is taken back, and they see the journeys again.
fn not_after_all(handover: RecordId, left: &[Sees], now: Millis) -> Vec<Change> {
    let mut people: Vec<PersonId> = left.iter().map(|sees| sees.person).collect();
    people.dedup();
    let again = people.into_iter().map(|person| {
        let (act, section) = (ConsentAct::Given, Section::Travel);
        Consent { act, person, section, from: now, until: None, ends: None }.make(device::new_id())
    });
    std::iter::once(set(handover, HANDOVER_AGREED, None::<Millis>)).chain(again).collect()
}

/// Once a name, however many consents there are.
fn once(leave: &[Sees]) -> Vec<String> {
    let mut all: Vec<String> = leave.iter().map(|sees| sees.name.clone()).collect();
    all.dedup();
    all
}

/// The question, and the celebration.
#[component]
pub fn Agree(circle: CircleId, handover: RecordId) -> impl IntoView {
    let read = device::watch(circle, move |reader| read(reader, handover));
    changing(move || match read.get() {
        None => waits(view! { <LoadingBones shape=Bones::Step /> }.into_any()),
        Some(Some(told)) if told.agreed => celebrates(circle, handover, told),
        Some(Some(told)) => asks(circle, handover, told),
        Some(None) => {
            replace(HOME);
            ().into_any()
        }
    })
}

fn waits(main: AnyView) -> AnyView {
    Frame { way: true, ..Frame::default() }.around(way::A_QUESTION.into(), main)
}

fn keep(circle: CircleId, changes: Vec<Change>, then: impl FnOnce() + 'static) {
    clear_toast();
    spawn_local(async move {
        match device::edit(circle, changes).await {
            Ok(()) => then(),
            Err(why) => crate::pages::client::say_not_kept(why),
        }
    });
}

fn asks(circle: CircleId, handover: RecordId, told: Told) -> AnyView {
    let coach = told.coach.clone();
    let asked = Text::live(move || match coach.as_str() {
        "" => way::YOU_TRAVEL_ALONE.get().to_owned(),
        coach => way::is_your_coach(coach).get(),
    });
    let after = (!told.leave.is_empty()).then(|| {
        let who = once(&told.leave);
        let says: fn(String) -> Text = if who.len() > 1 { way::see_no_more } else { way::sees_no_more };
        let names = names(who);
        let after = Text::live(move || says(names.get()).get());
        view! { <p>{after}</p> }
    });
    let agree = move || keep(circle, agreed(handover, &told.leave, device::now()), || {});
    let main = view! {
        <Shown source=Source::from("handshake") well=Well::Large />
        <Sentence text=asked.clone() title=true />
        <p>{way::COACH_HELPS}</p>
        {after}
        <p>{way::YOU_CAN_TAKE_IT_BACK}</p>
    };
    let floor = view! {
        <Button text=way::I_AGREE icon=Icon::CHECK appearance=Appearance::Way tap=agree />
        <Button text=shared::LATER icon=Icon::CLOCK tap=Tap::from(go_back) />
    };
    Frame { way: true, floor: Some(floor.into_any()), ..Frame::default() }.around(asked, main.into_any())
}

fn celebrates(circle: CircleId, handover: RecordId, told: Told) -> AnyView {
    let pictograms = told.treads.clone();
    let coach = told.coach.clone();
    let helps = Text::live(move || if coach.is_empty() { String::new() } else { way::stays_your_coach(&coach).get() });
    let back = move || {
        let changes = not_after_all(handover, &told.leave, device::now());
        keep(circle, changes, || replace(HOME));
    };
    let main = view! {
        <div class="pride grow">
            <ProudStairs pictograms label=way::YOU_TRAVEL_ALONE />
            <div class="stack">
                <div class="say">
                    <h1 class="big strong">{way::YOU_TRAVEL_ALONE}</h1>
                    <SayButton text=way::YOU_TRAVEL_ALONE whole=true />
                </div>
                <p class="told">{helps}</p>
            </div>
        </div>
    };
    let floor = view! {
        <Button text=way::TO_TODAY icon=Icon::FORWARD appearance=Appearance::Proud tap=Tap::to(HOME) />
        <Button text=way::NOT_AFTER_ALL icon=Icon::UNDO tap=back />
    };
    Frame { floor: Some(floor.into_any()), ..Frame::default() }.around(way::YOU_TRAVEL_ALONE.into(), main.into_any())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sees(n: u8, name: &str) -> Sees {
        Sees { consent: RecordId([n; 16]), person: PersonId([n; 16]), name: name.to_owned() }
    }

    #[test]
    fn names_stand_once_also_where_somebody_has_two_consents() {
        let all = [sees(1, "Youssef"), sees(1, "Youssef"), sees(2, "Marloes")];
        assert_eq!(once(&all), ["Youssef", "Marloes"]);
    }
}
