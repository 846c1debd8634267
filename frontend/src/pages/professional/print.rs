//! What the desk prints: a plan as cards, the week of a client, and the card with which somebody signs a device in.

use leptos::task::spawn_local;
use opstap_core::model::Member;
use opstap_core::{CircleId, Millis, RecordId};
use opstap_view::prelude::*;

use super::frame::{Page, Part, back_to_plans, client_name};
use super::joining::joining;
use super::place::DeskPlace;
use crate::components::desk::{Bar, Columns, Foot, Pane};
use crate::components::{Appearance, Bones, Button, Card, Icon, LoadingBones, Tone, changing};
use crate::dates::{clock_time, full_day, moment};
use crate::device::{self, Asked, Entry, Invitation};
use crate::event::Tap;
use crate::pages::shared::not_now;
use crate::pages::shared::print::{cards, print_button, sheets, week};
use crate::stories;
use crate::words::{Text, desk, paper, shared};

/// A plan as cards.
pub(super) fn plan(circle: CircleId, plan: RecordId) -> AnyView {
    let back = Tap::to(DeskPlace::Plan(circle, plan));
    let back = view! { <Button text=shared::BACK icon=Icon::BACK appearance=Appearance::Plain tap=back /> };
    page(paper::PRINT.into(), back.into_any(), Signal::stored(true), cards(circle, plan))
}

/// The week of a client.
pub(super) fn of_week(circle: CircleId) -> AnyView {
    page(paper::WEEK.into(), back_to_plans(circle), Signal::stored(true), week(circle, client_name(circle)))
}

/// `ready` says whether there is something to print.
fn page(title: Text, lead: AnyView, ready: Signal<bool>, sheets: AnyView) -> AnyView {
    let print = changing(move || if ready.get() { print_button() } else { ().into_any() });
    view! {
        <Page title=title.clone() part=Part::Clients>
            <Bar title lead>{print}</Bar>
            <Columns><Pane>{sheets}</Pane></Columns>
            <Foot><span>{paper::AS_PRINTED}</span></Foot>
        </Page>
    }
    .into_any()
}

/// The card with which somebody of a circle signs a device in. It is made when it is asked for, as it works for minutes only.
pub(super) fn pairing(circle: CircleId) -> AnyView {
    let members = device::watch(circle, |reader| async move { stories::members(&reader).await });
    let made = RwSignal::new(None::<(String, Asked<Invitation>)>);
    let make = move |member: Entry<Member>| {
        spawn_local(async move {
            let asked = device::invite(circle, member.value.person).await;
            made.set(Some((member.value.name, asked)));
        });
    };
    let choices = changing(move || match members.get() {
        None => view! { <LoadingBones shape=Bones::Rows(2) /> }.into_any(),
        Some(members) => {
            let buttons = members.into_iter().map(|member| {
                let name = Text::from(member.value.name.clone());
                view! { <Button text=name icon=Icon::KEY tap=Tap::from(move || make(member.clone())) /> }
            });
            view! { <div class="row before-print">{buttons.collect_view()}</div> }.into_any()
        }
    });
    let card = changing(move || match made.get() {
        None => ().into_any(),
        Some((name, Asked::Told(invitation))) => pairing_card(name, invitation),
        Some((_, Asked::NotThere)) => view! { <Card tone=Tone::Problem><p>{paper::NOT_YOURS}</p></Card> }.into_any(),
        Some((_, Asked::NotNow)) => not_now(move || made.set(None)),
    });
    let body = view! {
        <h2 class="before-print">{paper::FOR_WHOM}</h2>
        {choices}
        <div role="status">{card}</div>
        {joining(circle)}
    };
    let back = Tap::to(DeskPlace::Client(circle));
    let back = view! { <Button text=desk::OVERVIEW icon=Icon::BACK appearance=Appearance::Plain tap=back /> };
    let ready = Signal::derive(move || made.with(|made| matches!(made, Some((_, Asked::Told(_))))));
    page(paper::PAIRING_CARD.into(), back.into_any(), ready, body.into_any())
}

/// For somebody of another organisation: a link to send, which works on one device.
fn link_alone(name: String, link: String, expires: Millis) -> AnyView {
    let until = full_day(moment(expires));
    let until = Text::live(move || paper::link_once(until.get()).get());
    view! {
        <section class="stack sheet">
            <h2>{paper::link_for(name)}</h2>
            <p>{paper::SEND_LINK}</p>
            <p class="code link">{link}</p>
            <p>{until}</p>
            <p>{paper::CLIENT_DECIDES}</p>
        </section>
    }
    .into_any()
}

fn pairing_card(name: String, invitation: Invitation) -> AnyView {
    let Invitation { code, link, expires, qr } = invitation;
    let Some(code) = code else { return link_alone(name, link, expires) };
    let address = link.split_once('#').map_or(link.as_str(), |(address, _)| address).to_owned();
    let qr = qr.map(|(size, path)| {
        // Scanners need four light squares round a code.
        let grid = format!("-4 -4 {0} {0}", size + 8);
        view! { <svg class="qr" viewBox=grid role="img" aria-label=paper::QR><path d=path /></svg> }
    });
    let content = view! {
        <div class="pairing">
            {qr}
            <ol>
                <li>{paper::PAIR_CAMERA}</li>
                <li>{paper::PAIR_POINT}</li>
                <li>{paper::PAIR_LINK}</li>
            </ol>
            <p>{paper::pair_by_hand(address)}</p>
            <p class="code">{code}</p>
            <p>{paper::pair_once(clock_time(moment(expires)).get())}</p>
            <p>{paper::PAIR_KEEP}</p>
        </div>
    };
    sheets(paper::card_for(name), vec![content.into_any()])
}
