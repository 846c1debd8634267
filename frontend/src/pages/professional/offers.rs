//! What a copy and its template have to say to each other: what became of the template, to take over or leave, and a client's plan as a
//! template of one's own.

use leptos::task::spawn_local;
use opstap_core::model::{Plan, Step};
use opstap_core::{Change, CircleId, RecordId};
use opstap_view::prelude::*;

use super::copy::as_template;
use super::example::{make_and_go, read};
use super::examples::library;
use super::frame::client_name;
use super::place::DeskPlace;
use crate::components::{Button, Card, Icon, Picture, Size, Well, changing};
use crate::device::{self, Reader};
use crate::language::language;
use crate::pages::shared::care::keep;
use crate::stories::{
    self,
    offers::{Looks, Offer, What, Whole, offers},
};
use crate::words::{Text, care};

async fn whole(reader: Reader, plan: RecordId) -> Option<Whole> {
    let plan = reader.one::<Plan>(plan).await?;
    let steps = stories::steps(&reader, plan.id).await;
    let removed = reader.deleted_below::<Step>(plan.id).await;
    Some(Whole { plan, steps, removed })
}

/// What the template became, a card for each step; nothing for a plan that is no copy.
#[component]
pub(super) fn Offers(circle: CircleId, plan: RecordId) -> impl IntoView {
    let copy = device::watch(circle, move |reader| whole(reader, plan));
    let origin = Memo::new(move |_| copy.with(|copy| copy.as_ref()?.as_ref()?.plan.value.origin));
    let library = library();
    let template = Memo::new(move |_| {
        let (library, origin) = (library.get().flatten()?, origin.get()?);
        Some((library, origin))
    });
    changing(move || {
        let Some((library, origin)) = template.get() else { return ().into_any() };
        let template = device::watch(library, move |reader| whole(reader, origin));
        changing(move || {
            let (Some(Some(copy)), Some(Some(template))) = (copy.get(), template.get()) else { return ().into_any() };
            let cards = offers(&copy, &template, device::new_id);
            let cards = cards.into_iter().map(|offer| card((circle, library), offer)).collect_view();
            view! { <div class="stack offers">{cards}</div> }.into_any()
        })
    })
}

fn card((circle, library): (CircleId, CircleId), offer: Offer) -> AnyView {
    let name = client_name(circle);
    let Offer { what, take, leave } = offer;
    let (says, sides, yes, no) = match what {
        What::Changed { template, own } => {
            let here = Text::live(move || care::here_it_is(name.get()).get());
            let sides = view! { {side(library, care::IN_EXAMPLE.into(), template)} {side(circle, here, own)} };
            (care::STEP_CHANGED, sides.into_any(), care::TAKE_IT_OVER, care::KEEP_OWN)
        }
        What::New(step) => {
            (care::STEP_NEW, side(library, care::IN_EXAMPLE.into(), step), care::PUT_IT_IN, care::LEAVE_IT_OUT)
        }
        What::Removed(step) => {
            let here = Text::live(move || care::here_it_is(name.get()).get());
            (care::STEP_REMOVED, side(circle, here, step), care::REMOVE_HERE, care::KEEP_IT_IN)
        }
    };
    let answer = move |changes: &[Change]| keep(circle, changes.to_vec(), care::NOTED.into());
    let (taken, left) = (move || answer(&take), move || answer(&leave));
    view! {
        <Card>
            <p class="strong">{says}</p>
            {sides}
            <div class="row">
                <Button text=yes icon=Icon::CHECK size=Size::Tool tap=taken />
                <Button text=no size=Size::Tool tap=left />
            </div>
        </Card>
    }
    .into_any()
}

fn side(circle: CircleId, label: Text, looks: Looks) -> AnyView {
    view! {
        <div class="row">
            <span class="soft small">{label}</span>
            <Picture source=device::picture(circle, looks.picture) well=Well::Small />
            <span class="fill">{looks.text}</span>
        </div>
    }
    .into_any()
}

/// Makes a template of one's own from a client's plan.
#[component]
pub(super) fn AsTemplate(circle: CircleId, plan: RecordId) -> impl IntoView {
    let library = library();
    let make = move |library| {
        spawn_local(async move {
            let (Some(me), Some(from)) = (device::me(), read(Reader::new(circle), plan).await) else { return };
            let (id, changes) = as_template(&from, language().tag(), Some(vec![me.id]), device::new_id);
            make_and_go(library, changes, DeskPlace::Example(circle, id));
        });
    };
    changing(move || {
        let library = library.get().flatten();
        let button = library.map(|library| {
            view! { <Button text=care::MAKE_MY_EXAMPLE icon=Icon::COPY tap=move || make(library) /> }.into_any()
        });
        button.into_any()
    })
}
