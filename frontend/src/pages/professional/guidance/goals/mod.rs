//! Goals and measurements of one client: per domain of an instrument the first and the later level with their days, the goal and what became
//! of it, and beside them the goal itself with its actions. There is no total.

mod action;
mod domains;
mod evidence;
mod goal;
mod groups;
mod measured;
mod plot;
mod told;

pub use domains::{aim_word, most_allowed};
pub use measured::{replaced, when_and_how};
pub use told::{Told, first_instrument, look_at};

use opstap_core::CircleId;
use opstap_core::instrument::{Instrument, Mark};
use opstap_core::plan_format::Name;
use opstap_view::prelude::*;

use super::super::client_head::{ClientPage, ClientPart};
use crate::components::desk::{Columns, Foot, Pane, SidePane};
use crate::components::{Appearance, Bones, Button, Card, Icon, LoadingBones, Select, Size, Tone, changing};
use crate::event::Tap;
use crate::pages::professional::DeskPlace;
use crate::pages::shared::editing::UndoWork;
use crate::pages::shared::to_keep::lists_to_keep;
use crate::stories::instruments;
use crate::words::{Word, desk, guidance, to_keep};

/// What is looked at: an instrument, and of it a domain.
#[derive(Clone, Copy)]
struct Looked {
    /// None as long as nobody chose another.
    instrument: RwSignal<Option<String>>,
    domain: RwSignal<Option<Name>>,
}

/// The lists of this page.
const LISTS: [(Word, &str); 2] = [(to_keep::GOALS, "goals"), (to_keep::MEASUREMENTS, "measurements")];

/// The page.
pub fn goals(circle: CircleId) -> AnyView {
    view! { <GoalsPage circle /> }.into_any()
}

#[component]
fn GoalsPage(circle: CircleId) -> impl IntoView {
    let told = Told::open(circle);
    let looked = Looked { instrument: RwSignal::new(None), domain: RwSignal::new(None) };
    let instrument = Memo::new(move |_| match looked.instrument.get() {
        Some(id) => instruments::one(&id),
        None => told.with(first_instrument).flatten(),
    });
    view! {
        <ClientPage circle part=ClientPart::Goals>
            <Columns>
                <Pane>
                    {changing(move || match instrument.get() {
                        Some(instrument) => of_instrument(told, looked, instrument),
                        None => view! { <LoadingBones shape=Bones::Rows(8) /> }.into_any(),
                    })}
                    {groups::of_client(told)}
                </Pane>
                <SidePane>
                    {changing(move || match (instrument.get(), looked.domain.get()) {
                        (Some(instrument), Some(domain)) => goal::of_domain(told, &instrument, &domain),
                        _ => view! { <p class="soft">{guidance::CHOOSE_A_DOMAIN}</p> }.into_any(),
                    })}
                </SidePane>
            </Columns>
            <Foot><span>{desk::KEPT_BY_ITSELF}</span></Foot>
        </ClientPage>
    }
}

fn of_instrument(told: Told, looked: Looked, instrument: Instrument) -> AnyView {
    let id = instrument.id.to_string();
    let about = instrument.about.as_ref().map(instruments::said);
    let in_pictures = instrument.marks.contains(&Mark::InPictures);
    let source = instruments::said(&instrument.source);
    view! {
        {tools(told, looked, id)}
        {about.map(|about| view! { <p class="soft">{about}</p> })}
        {domains::table(told, looked, instrument.clone())}
        <p class="soft small">{guidance::NO_TOTAL}{in_pictures.then(|| view! { " " {guidance::CAN_BE_IN_PICTURES} })} " " {guidance::source(source.get())}</p>
        {measured::list(told, instrument)}
        {changing(move || told.writes.get().then(|| lists_to_keep(to_keep::TO_KEEP, &LISTS, Some(told.work.circle))).into_any())}
    }
    .into_any()
}

/// Which instrument, and what can be done.
fn tools(told: Told, looked: Looked, id: String) -> AnyView {
    let circle = told.work.circle;
    let choices = instruments::all().iter().map(|one| (one.id.to_string(), instruments::title(one))).collect();
    let choose = move |id: String| {
        look_at(&id);
        looked.domain.set(None);
        looked.instrument.set(Some(id));
    };
    let chosen = id.clone();
    let measure = changing(move || {
        let id = id.clone();
        let tap = move || {
            look_at(&id);
            crate::navigation::go_to(DeskPlace::Measure(circle, None));
        };
        let button = told.writes.get().then(
            || view! { <Button text=guidance::NEW_MEASUREMENT icon=Icon::PLUS appearance=Appearance::Primary tap /> },
        );
        button.into_any()
    });
    let evaluation = Tap::to(DeskPlace::Evaluation(circle, None));
    view! {
        <div class="row goal-tools">
            <div class="fill"><Select label=guidance::INSTRUMENT choices chosen on_choose=choose /></div>
            <UndoWork work=told.work />
            <Button text=guidance::EVALUATION icon=Icon::PRINTER size=Size::Normal tap=evaluation />
            {measure}
        </div>
    }
    .into_any()
}

/// A sentence that stands where this person may read and not write.
pub fn only_reads(told: Told) -> AnyView {
    changing(move || {
        let says = (!told.writes.get()).then(|| view! { <Card tone=Tone::Quiet><p>{guidance::ONLY_READS}</p></Card> });
        says.into_any()
    })
}
