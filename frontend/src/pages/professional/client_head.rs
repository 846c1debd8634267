//! What stands above every page of one client: their face and name, who is round them, and the parts.

use opstap_core::access::Section;
use opstap_core::model::{Member, Relation};
use opstap_core::{CircleId, PersonId};
use opstap_view::prelude::*;

use super::consents::permissions;
use super::frame::{Page, Part, client_name, is_coach, known};
use super::messages::messages_and_new;
use super::place::DeskPlace;
use crate::components::desk::{Bar, Foot, Tab, Tabs};
use crate::components::{Bones, Button, EmptyState, Icon, LoadingBones, Person, PersonSize, changing};
use crate::device::{self, Entry};
use crate::event::Tap;
use crate::pages::shared::{is_locked, locked};
use crate::stories;
use crate::words::{Text, arranged, desk, guidance, hours};

/// The parts of a client's pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ClientPart {
    Overview,
    Plans,
    Travel,
    Goals,
    Arranged,
    Hours,
    Messages,
}

/// A page of one client: head, tabs, and the children. A circle that is not here says so, in the words for any that does not exist.
#[component]
pub(super) fn ClientPage(circle: CircleId, part: ClientPart, children: ChildrenFn) -> impl IntoView {
    let name = client_name(circle);
    let (known, is_locked) = (known(circle), is_locked(circle));
    view! {
        <Page title=Text::from(name) part=Part::Clients>
            {changing(move || match known.get() {
                None => view! { <Bar title=Text::from(name) /><LoadingBones shape=Bones::Rows(5) /><Foot>""</Foot> }.into_any(),
                Some(false) => view! {
                    <Bar title=desk::CLIENTS />
                    <EmptyState picture="bust-in-silhouette" sentence=desk::NOT_THERE more=desk::NOT_THERE_MORE />
                    <Foot>""</Foot>
                }
                .into_any(),
                Some(true) if is_locked.get() => view! { <Head circle name />{locked()}<Foot>""</Foot> }.into_any(),
                Some(true) => view! { <Head circle name /><Parts circle part />{children()} }.into_any(),
            })}
        </Page>
    }
}

#[component]
fn Head(circle: CircleId, name: Signal<String>) -> impl IntoView {
    let members = device::watch(circle, |reader| async move { stories::members(&reader).await });
    let team = Text::live(move || members.with(|members| members.as_deref().map(team).unwrap_or_default()));
    let phone = Memo::new(move |_| members.with(|members| members.as_deref().and_then(phone)));
    let lead = view! { <Person name size=PersonSize::Large /> }.into_any();
    let call = changing(move || {
        let call = phone.get().map(|phone| {
            let text = Text::live(move || desk::call(name.get()).get());
            view! { <Button text icon=Icon::PHONE tap=Tap::out(phone) /> }.into_any()
        });
        call.into_any()
    });
    view! { <Bar title=Text::from(name) more=team lead>{call}</Bar> }
}

/// "Karin (mijn moeder), Youssef en jij".
fn team(members: &[Entry<Member>]) -> String {
    let me = device::me().map(|me| me.id);
    let others = members.iter().filter(|member| member.value.relation != Relation::Client);
    let (mine, others): (Vec<_>, Vec<_>) = others.partition(|member| Some(member.value.person) == me);
    let mut names: Vec<String> = others
        .into_iter()
        .map(|member| match &member.value.called {
            Some(called) => format!("{} ({called})", member.value.name),
            None => member.value.name.clone(),
        })
        .collect();
    if !mine.is_empty() {
        names.push(desk::YOU.get().to_owned());
    }
    names.join(", ")
}

fn phone(members: &[Entry<Member>]) -> Option<String> {
    let client = members.iter().find(|member| member.value.relation == Relation::Client)?;
    call_number(members, client.value.person)
}

/// The address under which a telephone calls somebody, where their number is known.
pub(super) fn call_number(members: &[Entry<Member>], person: PersonId) -> Option<String> {
    let member = members.iter().find(|member| member.value.person == person)?;
    let digits = member.value.phone.as_deref()?.chars().filter(|c| c.is_ascii_digit() || *c == '+');
    Some("tel:".chars().chain(digits).collect())
}

#[component]
fn Parts(circle: CircleId, part: ClientPart) -> impl IntoView {
    let tab = move |word: Text, own: ClientPart, place: DeskPlace| {
        view! { <Tab text=word tap=Tap::to(place) current=Signal::derive(move || part == own) /> }
    };
    let coach = is_coach();
    let given = device::watch(circle, |reader| async move { permissions(&reader).await });
    let of_coach = move || {
        let sees = |section: Section| given.with(|given| given.iter().flatten().any(|one| one.is_of(section)));
        let goals = sees(Section::Goals) || sees(Section::Measurements);
        view! {
            {goals.then(|| tab(guidance::GOALS.into(), ClientPart::Goals, DeskPlace::Goals(circle)))}
            {sees(Section::Hours).then(|| tab(hours::HOURS.into(), ClientPart::Hours, DeskPlace::ClientHours(circle)))}
            {sees(Section::Plans).then(|| tab(desk::PLANS.into(), ClientPart::Plans, DeskPlace::Plans(circle)))}
            {sees(Section::Travel).then(|| tab(desk::TRAVEL.into(), ClientPart::Travel, DeskPlace::Travel(circle, None)))}
        }
        .into_any()
    };
    let of_team = move || {
        view! {
            {tab(desk::OVERVIEW.into(), ClientPart::Overview, DeskPlace::Client(circle))}
            {tab(desk::PLANS.into(), ClientPart::Plans, DeskPlace::Plans(circle))}
            {tab(desk::TRAVEL.into(), ClientPart::Travel, DeskPlace::Travel(circle, None))}
            {tab(guidance::GOALS.into(), ClientPart::Goals, DeskPlace::Goals(circle))}
            {tab(arranged::ARRANGED.into(), ClientPart::Arranged, DeskPlace::Arranged(circle))}
            {tab(hours::HOURS.into(), ClientPart::Hours, DeskPlace::ClientHours(circle))}
            {tab(messages_and_new(circle), ClientPart::Messages, DeskPlace::Messages(circle))}
        }
        .into_any()
    };
    let tabs = changing(move || if coach.get() { of_coach() } else { of_team() });
    view! { <Tabs label=desk::PARTS>{tabs}</Tabs> }
}
