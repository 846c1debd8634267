//! A measurement: an instrument filled in on a day, domain by domain. Each answer is kept at once, so that it can be left half done.

mod answer;
mod bars;
mod begin;
mod together;

pub use together::together;

use opstap_core::instrument::{Circumstance, Instrument, Mark};
use opstap_core::{CircleId, RecordId};
use opstap_insight::MeasurementStory;
use opstap_view::prelude::*;

use super::goals::{Told, look_at, only_reads, when_and_how};
use crate::components::desk::{Columns, Foot, Pane};
use crate::components::{Appearance, Bones, Button, EmptyState, Icon, LoadingBones, Switch, changing};
use crate::event::Tap;
use crate::pages::professional::DeskPlace;
use crate::pages::professional::client_head::{ClientPage, ClientPart};
use crate::pages::shared::editing::UndoWork;
use crate::stories::instruments;
use crate::words::{Text, desk, guidance, shared};

/// The page: a measurement to begin, or one to fill in.
pub fn measure(circle: CircleId, id: Option<RecordId>) -> AnyView {
    view! { <MeasurePage circle id /> }.into_any()
}

#[component]
fn MeasurePage(circle: CircleId, id: Option<RecordId>) -> impl IntoView {
    let told = Told::open(circle);
    view! {
        <ClientPage circle part=ClientPart::Goals>
            <Columns>
                <Pane>
                    {match id {
                        None => begin::begin(told),
                        Some(id) => filled_in(told, id),
                    }}
                </Pane>
            </Columns>
            <Foot><span>{desk::KEPT_BY_ITSELF}</span></Foot>
        </ClientPage>
    }
}

/// A measurement as it counts now, with its instrument.
fn story(told: Told, id: RecordId) -> Memo<Option<Option<(MeasurementStory, Instrument)>>> {
    Memo::new(move |_| {
        let found = told.with(|guidance| {
            let story = guidance.measurements.iter().find(|story| story.id == id)?;
            Some((story.clone(), instruments::one(&story.measurement.instrument)?))
        });
        // It may be one of the organisation's own, for which is being looked.
        found.filter(|found| found.is_some() || instruments::looked_for().is_some())
    })
}

fn filled_in(told: Told, id: RecordId) -> AnyView {
    let story = story(told, id);
    // The answers change at each tap; the page is drawn anew only for another instrument or when it goes.
    let of =
        Memo::new(move |_| story.with(|story| story.as_ref().map(|story| story.as_ref().map(|(_, of)| of.clone()))));
    changing(move || match of.get() {
        None => view! { <LoadingBones shape=Bones::Rows(8) /> }.into_any(),
        Some(None) => view! { <EmptyState picture="checklist" sentence=guidance::NO_SUCH_MEASUREMENT /> }.into_any(),
        Some(Some(instrument)) => sheet(told, id, instrument, story),
    })
}

fn sheet(
    told: Told,
    id: RecordId,
    instrument: Instrument,
    story: Memo<Option<Option<(MeasurementStory, Instrument)>>>,
) -> AnyView {
    look_at(&instrument.id.to_string());
    let correcting = RwSignal::new(false);
    let head = changing(move || {
        let Some((story, _)) = story.get().flatten() else { return ().into_any() };
        if correcting.get() {
            return begin::correct(told, story, correcting);
        }
        let says = when_and_how(&story.measurement, told.name);
        let word = story.measurement.word.map(|word| view! { <span>{word}</span> });
        let correct = move || correcting.set(true);
        view! {
            <div class="row">
                <span class="soft">{says}</span>{word}
                <Button text=guidance::CORRECT_DAY icon=Icon::PENCIL appearance=Appearance::Plain tap=correct />
            </div>
        }
        .into_any()
    });
    let with_client = instrument.marks.contains(&Mark::InPictures).then(|| {
        let tap = Tap::to(DeskPlace::MeasureTogether(told.work.circle, id));
        view! { <Button text=guidance::FILL_IN_TOGETHER icon=Icon::PEOPLE tap /> }
    });
    let rows: Vec<AnyView> =
        instrument.domains.iter().map(|domain| answer::row(told, id, instrument.clone(), domain.clone())).collect();
    let done = Tap::to(DeskPlace::Goals(told.work.circle));
    view! {
        <div class="row">
            <h2 class="fill">{instruments::title(&instrument)}</h2>
            {with_client}
            <UndoWork work=told.work />
        </div>
        {head}
        {only_reads(told)}
        {guarded(told, &instrument)}
        <ol class="answers">{rows.into_iter().collect_view()}</ol>
        <div class="row"><Button text=shared::DONE icon=Icon::CHECK appearance=Appearance::Primary tap=done /></div>
    }
    .into_any()
}

/// Whether somebody else looks after the money, where the instrument has a rule for it.
fn guarded(told: Told, instrument: &Instrument) -> AnyView {
    let when = Circumstance::FinancialGuardianship;
    if instrument.rules.iter().all(|rule| rule.when != when) {
        return ().into_any();
    }
    let on = Signal::derive(move || told.with(|guidance| guidance.circumstances.contains(&when)).unwrap_or_default());
    let text = Text::live(move || guidance::guarded(told.name.get()).get());
    changing(move || {
        let text = text.clone();
        let turn = move |is_so: bool| told.work.change(guidance::DONE_GUARDED, told.guarded(is_so));
        let switch = told.writes.get().then(|| view! { <div class="sheet"><Switch text on on_change=turn /></div> });
        switch.into_any()
    })
}
