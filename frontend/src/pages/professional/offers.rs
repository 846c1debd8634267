//! What a copy and its template have to say to each other: what became of the template, to take over or leave, and a client's plan as a
//! template of one's own.

use leptos::task::spawn_local;
use opstap_core::model::{Exits, Plan, Step, ToCell};
use opstap_core::{Change, CircleId, Kind, RecordId, Value};
use opstap_view::prelude::*;

use super::copy::{as_template, carried};
use super::example::{make_and_go, read};
use super::examples::library;
use super::frame::client_name;
use super::place::DeskPlace;
use crate::components::{Button, Card, Icon, Picture, Size, Toast, Well, changing, show_toast};
use crate::device::{self, Reader};
use crate::language::language;
use crate::pages::shared::care::keep;
use crate::pages::shared::value_view;
use crate::stories::{
    self,
    offers::{Choices, Differs, Looks, Moved, Offer, What, Whole, offers},
};
use crate::words::{Text, Word, care, step};

async fn whole(reader: Reader, plan: RecordId) -> Option<Whole> {
    let plan = reader.one::<Plan>(plan).await?;
    let steps = stories::steps(&reader, plan.id).await;
    let removed = reader.deleted_below::<Step>(plan.id).await;
    let choices = stories::choices(&reader, &steps).await;
    let removed_choices = reader.deleted(Kind::Choice).await;
    Some(Whole { plan, steps, removed, choices, removed_choices })
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
    let Offer { what, take, leave } = offer;
    let (says, sides, yes, no) = told(circle, library, what);
    let busy = RwSignal::new(false);
    let answer = move |changes: &[Change]| {
        let changes = changes.to_vec();
        spawn_local(async move {
            // What the template shows and says stands in the library: the client's circle gets its own.
            match carried(library, circle, changes).await {
                // The card goes once it is read anew; a second tap until then is no second answer.
                Some(changes) => keep(circle, changes, care::NOTED.into()),
                None => {
                    show_toast(Toast::new(care::NEEDS_INTERNET));
                    let _ = busy.try_set(false);
                }
            }
        });
    };
    let once = move |changes: &[Change]| {
        if !busy.try_update(|busy| std::mem::replace(busy, true)).unwrap_or(true) {
            answer(changes);
        }
    };
    let (taken, left) = (move || once(&take), move || once(&leave));
    view! {
        <Card>
            <p class="strong">{says}</p>
            {sides}
            <div class="row">
                <Button text=yes icon=Icon::CHECK size=Size::Tool disabled=busy tap=taken />
                <Button text=no size=Size::Tool disabled=busy tap=left />
            </div>
        </Card>
    }
    .into_any()
}

/// What a card says and shows, and its two answers.
fn told(circle: CircleId, library: CircleId, what: What) -> (Word, AnyView, Word, Word) {
    let name = client_name(circle);
    let here = Text::live(move || care::here_it_is(name.get()).get());
    let there = Text::from(care::IN_EXAMPLE);
    let both = |differs: Differs| {
        let Differs { cell, template, own } = differs;
        let (theirs, ours) = (value(library, cell, &template), value(circle, cell, &own));
        view! { {named(cell)} {side(care::IN_EXAMPLE.into(), theirs)} {side(here.clone(), ours)} }.into_any()
    };
    match what {
        What::Plan(differs) => (care::PLAN_CHANGED, both(differs), care::TAKE_IT_OVER, care::KEEP_OWN),
        What::Changed { own, cells, choices, moved } => {
            // Which step it is about, where its sentence is not what changed.
            let about = cells.iter().all(|differs| differs.cell != "text").then(|| looks(circle, own));
            let cells = cells.into_iter().map(&both).collect_view();
            let choices = choices.map(|Choices { template, own }| {
                view! { {side(there, choices_view(library, template))} {side(here.clone(), choices_view(circle, own))} }
            });
            let moved = moved.map(|Moved { behind, .. }| match behind {
                Some(step) => side(care::COMES_BEHIND.into(), looks(circle, step)),
                None => view! { <p>{care::COMES_FIRST}</p> }.into_any(),
            });
            let sides = view! { {about} {moved} {cells} {choices} }.into_any();
            (care::STEP_CHANGED, sides, care::TAKE_IT_OVER, care::KEEP_OWN)
        }
        What::New { step, more, choices } => {
            let more = more.into_iter().map(|(cell, held)| {
                view! { {named(cell)} {value(library, cell, &held)} }
            });
            let more = more.collect_view();
            let choices = (!choices.is_empty()).then(|| choices_view(library, choices));
            let sides = view! { {side(there, looks(library, step))} {more} {choices} }.into_any();
            (care::STEP_NEW, sides, care::PUT_IT_IN, care::LEAVE_IT_OUT)
        }
        What::Removed(step) => {
            (care::STEP_REMOVED, side(here, looks(circle, step)), care::REMOVE_HERE, care::KEEP_IT_IN)
        }
    }
}

/// What a cell holds, or that it holds nothing.
fn value(circle: CircleId, cell: &str, held: &Value) -> AnyView {
    match (cell, held) {
        ("exits", Value::Nothing) => value_view(circle, cell, &Exits::USUAL.to_cell()),
        (_, Value::Nothing) => view! { <p class="soft">{care::NOW_NOTHING}</p> }.into_any(),
        (_, held) => value_view(circle, cell, held),
    }
}

/// What a cell is called, where what it holds does not say so by itself.
fn named(cell: &str) -> Option<AnyView> {
    let name = match cell {
        "voice" => step::VOICE,
        "video" => step::FILM,
        "timer" => step::TIMER,
        "exits" => step::EXITS,
        "other_way" => step::OTHER_WAY,
        "other_picture" => step::OTHER_PICTURE,
        _ => return None,
    };
    Some(view! { <p class="small strong">{name}</p> }.into_any())
}

fn side(label: Text, content: AnyView) -> AnyView {
    view! { <div class="row"><span class="soft small">{label}</span><div class="fill">{content}</div></div> }.into_any()
}

fn looks(circle: CircleId, looks: Looks) -> AnyView {
    view! {
        <div class="row">
            <Picture source=device::picture(circle, looks.picture) well=Well::Small />
            <span class="fill">{looks.text}</span>
        </div>
    }
    .into_any()
}

fn choices_view(circle: CircleId, choices: Vec<Looks>) -> AnyView {
    if choices.is_empty() {
        return value(circle, "", &Value::Nothing);
    }
    let rows = choices.into_iter().map(|choice| view! { <li>{looks(circle, choice)}</li> }).collect_view();
    view! { <p class="small soft">{step::CHOICES}</p><ul class="stack">{rows}</ul> }.into_any()
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
