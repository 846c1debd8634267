//! The minute after a practice: what was practised, what was hard, the participant's own face, the time together. Tapping before typing. The
//! same on the phone and, for a practice that is written down afterwards, at the desk.

use opstap_core::model::{Face, Model, PracticeEnd, PracticeSituation, Situation};
use opstap_core::{Change, Millis, RecordId};
use opstap_view::prelude::*;

use crate::components::{Appearance, Button, Faces, Icon, Size, TextArea, Tile, Tiles};
use crate::entered::Form;
use crate::pages::supporter::situations;
use crate::words::{Text, practice};

/// A quarter of an hour, the step of the time together.
pub const QUARTER: u32 = 15;

/// What is filled in; all of it may stay empty.
#[derive(Clone, Copy)]
pub struct AfterPractice {
    situations: RwSignal<Vec<Situation>>,
    word: RwSignal<String>,
    face: RwSignal<Option<Face>>,
    /// The time together, once somebody said it.
    minutes: RwSignal<Option<u32>>,
    /// The time together as it is proposed.
    proposed: Signal<u32>,
}

impl AfterPractice {
    /// Begins with what was filled in before.
    #[must_use]
    pub fn open(form: &Form, proposed: Signal<u32>) -> Self {
        let said = form.get("situations").unwrap_or_default();
        let after = Self {
            situations: RwSignal::new(said.split(' ').filter_map(Situation::from_code).collect()),
            word: RwSignal::new(form.get("word").unwrap_or_default()),
            face: RwSignal::new(form.get("face").and_then(|code| Face::from_code(&code))),
            minutes: RwSignal::new(form.get("minutes").and_then(|minutes| minutes.parse().ok())),
            proposed,
        };
        form.follow("situations", move || {
            let codes: Vec<_> = after.situations.get().into_iter().map(Situation::code).collect();
            codes.join(" ")
        });
        form.follow("word", move || after.word.get());
        form.follow("face", move || after.face.get().map(Face::code).unwrap_or_default().to_owned());
        form.follow("minutes", move || after.minutes.get().map(|minutes| minutes.to_string()).unwrap_or_default());
        after
    }

    fn minutes(self) -> u32 {
        self.minutes.get().unwrap_or_else(|| self.proposed.get())
    }

    /// What keeps it below a practice, which ends at this moment.
    pub fn changes(self, practice: RecordId, at: Millis, new_id: impl FnMut() -> RecordId) -> Vec<Change> {
        untrack(move || {
            let word = self.word.get().trim().to_owned();
            let end = PracticeEnd {
                at,
                minutes: Some(self.minutes()),
                word: (!word.is_empty()).then_some(word),
                face: self.face.get(),
            };
            changes(practice, &self.situations.get(), &end, new_id)
        })
    }
}

fn changes(
    practice: RecordId,
    situations: &[Situation],
    end: &PracticeEnd,
    mut new_id: impl FnMut() -> RecordId,
) -> Vec<Change> {
    let situations = situations.iter().map(|situation| PracticeSituation { situation: *situation, word: None });
    let mut changes: Vec<_> = situations.map(|situation| situation.make_below(new_id(), practice)).collect();
    changes.push(end.make_below(new_id(), practice));
    changes
}

/// The fields.
#[component]
pub fn AfterPracticeFields(
    after: AfterPractice,
    /// What is asked above the faces.
    question: Text,
) -> impl IntoView {
    let AfterPractice { word, face, .. } = after;
    view! {
        {situation_tiles(after)}
        <TextArea label=practice::WHAT_HARD value=word on_input=move |text| word.set(text) rows=3 />
        <div class="stack">
            <Faces chosen=face on_choose=move |one| face.set(Some(one)) question />
        </div>
        {time_together(after)}
    }
}

fn situation_tiles(after: AfterPractice) -> AnyView {
    let all = after.situations;
    let tiles = Situation::ALL.iter().copied().map(move |situation| {
        let chosen = Signal::derive(move || all.get().contains(&situation));
        let toggle = move || {
            all.update(|chosen| {
                if chosen.contains(&situation) {
                    chosen.retain(|other| *other != situation);
                } else {
                    chosen.push(situation);
                }
            });
        };
        view! { <Tile text=situations::word(situation) picture=situations::pictogram(situation) tap=toggle chosen /> }
    });
    view! { <h2 class="strong">{practice::WHAT_PRACTISED}</h2> <Tiles three=true>{tiles.collect_view()}</Tiles> }
        .into_any()
}

fn time_together(after: AfterPractice) -> AnyView {
    let shown = move || {
        let all = after.minutes();
        if all < 60 {
            practice::minutes_number(usize::try_from(all).unwrap_or_default()).get()
        } else {
            practice::hours_and_minutes((all / 60).to_string(), format!("{:02}", all % 60)).get()
        }
    };
    let set = move |to: fn(u32) -> u32| {
        let now = untrack(move || after.minutes());
        after.minutes.set(Some(to(now).clamp(QUARTER, 24 * 60)));
    };
    let less = move || set(|now| now.saturating_sub(QUARTER));
    let more = move || set(|now| now.saturating_add(QUARTER));
    view! {
        <div class="row">
            <span class="fill strong">{practice::TIME_TOGETHER}</span>
            <Button text=practice::LESS_TIME tap=less appearance=Appearance::Quiet size=Size::Tool icon=Icon::MINUS mark_only=true />
            <b class="number" role="status">{shown}</b>
            <Button text=practice::MORE_TIME tap=more appearance=Appearance::Quiet size=Size::Tool icon=Icon::PLUS mark_only=true />
        </div>
    }
    .into_any()
}
