//! How a measurement begins: with which instrument, on which day, with the client or not. The same corrects one.

use leptos::task::spawn_local;
use opstap_core::model::{Measurement, Model};
use opstap_core::{Change, RecordId};
use opstap_insight::MeasurementStory;
use opstap_view::prelude::*;

use super::super::goals::{Told, first_instrument, look_at, replaced};
use crate::components::{Appearance, Button, Field, Icon, Select, Switch, changing};
use crate::dates::{as_date, from_date};
use crate::device;
use crate::navigation::replace;
use crate::pages::professional::DeskPlace;
use crate::pages::professional::training::today;
use crate::stories::instruments;
use crate::words::{Text, Word, guidance, shared};

/// What is said of a measurement besides its answers.
#[derive(Clone, Copy)]
struct Form {
    on: RwSignal<String>,
    together: RwSignal<bool>,
    by: RwSignal<String>,
    word: RwSignal<String>,
}

impl Form {
    fn of(measurement: Option<&Measurement>) -> Self {
        let text = |text: Option<&String>| RwSignal::new(text.cloned().unwrap_or_default());
        Self {
            on: RwSignal::new(as_date(measurement.map_or_else(today, |one| one.on))),
            together: RwSignal::new(measurement.is_none_or(|one| one.together == Some(true))),
            by: text(measurement.and_then(|one| one.by.as_ref())),
            word: text(measurement.and_then(|one| one.word.as_ref())),
        }
    }

    /// The measurement with this instrument; none while its day is none, or has yet to come.
    fn measurement(self, instrument: String) -> Option<Measurement> {
        let on = from_date(&self.on.get()).filter(|on| *on <= today())?;
        let words = |typed: String| Some(typed.trim().to_owned()).filter(|typed| !typed.is_empty());
        Some(Measurement {
            instrument,
            on,
            together: Some(self.together.get()),
            by: words(self.by.get()),
            word: words(self.word.get()),
            replaces: None,
            import: None,
        })
    }

    fn fields(self, told: Told) -> AnyView {
        let together = Text::live(move || guidance::together_with(told.name.get()).get());
        view! {
            <div class="pairs">
                <Field label=guidance::ON_DAY kind="date" value=self.on on_change=move |day| self.on.set(day) />
                <Field label=guidance::BY_WHOM value=self.by on_input=move |by| self.by.set(by) hint=guidance::BY_WHOM_MORE />
            </div>
            <Switch text=together on=self.together on_change=move |on| self.together.set(on) />
            <Field label=guidance::A_WORD value=self.word on_input=move |word| self.word.set(word) />
        }
        .into_any()
    }
}

/// A new measurement.
pub fn begin(told: Told) -> AnyView {
    let form = Form::of(None);
    let chosen = RwSignal::new(None::<String>);
    let id = Memo::new(move |_| {
        let first = || told.with(first_instrument).flatten().map(|one| one.id.to_string());
        chosen.get().or_else(first)
    });
    let choose = move |id: String| {
        look_at(&id);
        chosen.set(Some(id));
    };
    let which = changing(move || {
        let choices = instruments::all().iter().map(|one| (one.id.to_string(), instruments::title(one))).collect();
        let about = id.get().and_then(|id| instruments::one(&id));
        let about = about.and_then(|one| one.about.as_ref().map(instruments::said));
        view! {
            <Select label=guidance::INSTRUMENT choices chosen=id.get().unwrap_or_default() on_choose=choose />
            {about.map(|about| view! { <p class="soft small">{about}</p> })}
        }
        .into_any()
    });
    let not_yet = Signal::derive(move || id.get().and_then(|id| form.measurement(id)).is_none());
    let busy = StoredValue::new(false);
    let begin = move || {
        let Some(measurement) = untrack(|| id.get().and_then(|id| form.measurement(id))) else { return };
        if busy.get_value() {
            return;
        }
        busy.set_value(true);
        let id = device::new_id();
        keep_and_fill_in(told, guidance::DONE_MEASUREMENT, id, vec![measurement.make(id)], busy);
    };
    view! {
        <section class="stack form sheet">
            <h2>{guidance::NEW_MEASUREMENT}</h2>
            {which}
            {form.fields(told)}
            <p class="soft">{guidance::HALF_IS_FINE}</p>
            <div class="row"><Button text=guidance::BEGIN icon=Icon::FORWARD appearance=Appearance::Primary disabled=not_yet tap=begin /></div>
        </section>
    }
    .into_any()
}

/// Says day, company or words of a measurement better: another takes its place, with all its answers.
pub fn correct(told: Told, story: MeasurementStory, open: RwSignal<bool>) -> AnyView {
    let form = Form::of(Some(&story.measurement));
    let of = story.measurement.instrument.clone();
    let not_yet = {
        let of = of.clone();
        Signal::derive(move || form.measurement(of.clone()).is_none())
    };
    let busy = StoredValue::new(false);
    let keep = move || {
        let Some(measurement) = untrack(|| form.measurement(of.clone())) else { return };
        if busy.get_value() {
            return;
        }
        busy.set_value(true);
        let (id, changes) = replaced(&story, measurement, device::new_id);
        keep_and_fill_in(told, guidance::DONE_CORRECTED, id, changes, busy);
    };
    view! {
        <section class="stack form sheet">
            {form.fields(told)}
            <div class="row">
                <Button text=guidance::KEEP icon=Icon::CHECK appearance=Appearance::Primary disabled=not_yet tap=keep />
                <Button text=shared::CANCEL appearance=Appearance::Plain tap=move || open.set(false) />
            </div>
        </section>
    }
    .into_any()
}

/// Once it is on the device it is there to be filled in.
fn keep_and_fill_in(told: Told, what: Word, id: RecordId, changes: Vec<Change>, busy: StoredValue<bool>) {
    let circle = told.work.circle;
    let kept = told.work.keep(what, changes, None);
    spawn_local(async move {
        if kept.await {
            replace(DeskPlace::Measure(circle, Some(id)));
        }
        let _ = busy.try_update_value(|busy| *busy = false);
    });
}
