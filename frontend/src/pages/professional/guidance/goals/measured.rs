//! The measurements with an instrument, the latest first: to go on with, to correct, or to take back.

use leptos::task::spawn_local;
use opstap_core::instrument::Instrument;
use opstap_core::model::{DomainAnswer, Measurement, Model, delete};
use opstap_core::{Change, RecordId};
use opstap_insight::MeasurementStory;
use opstap_view::prelude::*;

use super::look_at;
use super::told::Told;
use crate::components::{Appearance, Button, Icon, Size, changing};
use crate::dates::{near_today, on_day};
use crate::device;
use crate::event::Tap;
use crate::navigation::go_to;
use crate::pages::professional::DeskPlace;
use crate::words::{Text, guidance};

/// "vandaag, samen met Sem".
pub fn when_and_how(measurement: &Measurement, name: Signal<String>) -> Text {
    let day = near_today(on_day(measurement.on));
    let (together, by) = (measurement.together == Some(true), measurement.by.clone());
    Text::live(move || {
        let together = together.then(|| guidance::together_with(name.get()).get());
        let by = by.as_ref().map(|by| guidance::by_somebody(by).get());
        [day.get()].into_iter().chain(together).chain(by).collect::<Vec<_>>().join(", ")
    })
}

/// A measurement that takes the place of another, with all its answers, to be said better; gives its id.
pub fn replaced(
    story: &MeasurementStory,
    with: Measurement,
    mut new_id: impl FnMut() -> RecordId,
) -> (RecordId, Vec<Change>) {
    let id = new_id();
    let measurement = Measurement { replaces: Some(story.id), import: None, ..with };
    let mut changes = vec![measurement.make(id)];
    let last = |answer: &&DomainAnswer| {
        let mut of_domain = story.answers.iter().filter(|one| one.domain == answer.domain);
        of_domain.next_back() == Some(*answer)
    };
    changes.extend(story.answers.iter().filter(last).map(|answer| answer.make_below(new_id(), id)));
    (id, changes)
}

/// The list.
pub fn list(told: Told, instrument: Instrument) -> AnyView {
    let id = instrument.id.to_string();
    let stories = Memo::new(move |_| {
        let of_it = |story: &&MeasurementStory| story.measurement.instrument == id;
        told.with(|guidance| guidance.measurements.iter().rev().filter(of_it).cloned().collect::<Vec<_>>())
            .unwrap_or_default()
    });
    let all = instrument.domains.len();
    changing(move || {
        let stories = stories.get();
        if stories.is_empty() {
            return view! { <p class="soft">{guidance::NOT_MEASURED}</p> }.into_any();
        }
        let rows = stories.into_iter().map(|story| row(told, story, all)).collect_view();
        view! { <section class="stack"><h3>{guidance::MEASUREMENTS}</h3><ul class="list">{rows}</ul></section> }
            .into_any()
    })
}

fn answered(story: &MeasurementStory) -> usize {
    let mut domains: Vec<&str> = story.answers.iter().map(|answer| answer.domain.as_str()).collect();
    domains.sort_unstable();
    domains.dedup();
    domains.len()
}

fn row(told: Told, story: MeasurementStory, all: usize) -> AnyView {
    let circle = told.work.circle;
    let given = answered(&story);
    let more = if given < all { guidance::so_many_filled_in(given, all) } else { guidance::ALL_FILLED_IN.into() };
    let text = when_and_how(&story.measurement, told.name);
    let of = story.measurement.instrument.clone();
    let word = story.measurement.word.clone();
    let (again, gone) = (story.clone(), story.clone());
    let id = story.id;
    let go_on = Tap::from(move || {
        look_at(&of);
        go_to(DeskPlace::Measure(circle, Some(id)));
    });
    let correct = Tap::from(move || {
        look_at(&again.measurement.instrument);
        let (id, changes) = replaced(&again, again.measurement.clone(), device::new_id);
        let kept = told.work.keep(guidance::DONE_CORRECTED, changes, None);
        spawn_local(async move {
            if kept.await {
                go_to(DeskPlace::Measure(circle, Some(id)));
            }
        });
    });
    let take_back = Tap::from(move || {
        let all = gone.corrected.iter().chain([&gone.id]).map(|id| delete(*id)).collect();
        told.work.say_what_was_done(guidance::DONE_TAKEN_BACK, all, guidance::TAKEN_BACK.into(), Some(gone.id));
    });
    let tools = changing(move || {
        if !told.writes.get() {
            return ().into_any();
        }
        let (go_on, correct, take_back) = (go_on.clone(), correct.clone(), take_back.clone());
        let go_on = (given < all).then(|| view! { <Button text=guidance::GO_ON size=Size::Tool tap=go_on /> });
        view! {
            {go_on}
            <Button text=guidance::CORRECT icon=Icon::PENCIL size=Size::Tool appearance=Appearance::Quiet mark_only=true tap=correct />
            <Button text=guidance::TAKE_BACK icon=Icon::UNDO size=Size::Tool mark_only=true tap=take_back />
        }
        .into_any()
    });
    let corrected =
        (!story.corrected.is_empty()).then(|| view! { <span class="soft small">{guidance::WAS_CORRECTED}</span> });
    view! {
        <li class="list-row">
            <span class="words"><b>{text}</b><span class="soft small">{more}</span>{corrected}{word.map(|word| view! { <span class="small">{word}</span> })}</span>
            {tools}
        </li>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use opstap_core::Day;
    use opstap_core::instrument::Level;

    use super::*;

    #[test]
    fn a_correction_names_what_it_replaces_and_takes_the_last_answers_along() {
        let measurement = Measurement {
            instrument: "zrm.1".to_owned(),
            on: Day(5),
            together: Some(true),
            by: None,
            word: None,
            replaces: None,
            import: Some("x".to_owned()),
        };
        let answer = |domain: &str, level| DomainAnswer {
            domain: domain.to_owned(),
            level: Level::new(level),
            yes: None,
            word: None,
        };
        let answers = vec![answer("adl", 2), answer("housing", 4), answer("adl", 3)];
        let story = MeasurementStory { id: RecordId([1; 16]), measurement, answers, corrected: Vec::new() };
        let mut n = 1;
        let other_day = Measurement { on: Day(4), ..story.measurement.clone() };
        let (id, changes) = replaced(&story, other_day, || {
            n += 1;
            RecordId([n; 16])
        });
        let expected = Measurement { on: Day(4), replaces: Some(story.id), import: None, ..story.measurement.clone() };
        let answers = [
            answer("housing", 4).make_below(RecordId([3; 16]), id),
            answer("adl", 3).make_below(RecordId([4; 16]), id),
        ];
        assert_eq!(changes, [vec![expected.make(id)], answers.into()].concat());
        assert_eq!(answered(&story), 2);
    }
}
