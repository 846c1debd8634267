//! The minute after a practice: the participant's own face and word, what was practised, what was hard, the time together. Tapping before typing. The
//! same on the phone and, for a practice that is written down afterwards, at the desk.

use opstap_core::model::{Face, Model, PracticeEnd, PracticeSituation, Situation};
use opstap_core::{Change, Millis, RecordId};
use opstap_view::prelude::*;

use crate::components::{Appearance, Button, Faces, Field, Icon, Size, TextArea, Tile, Tiles, changing};
use crate::entered::Form;
use crate::pages::supporter::situations;
use crate::words::{Text, feedback, practice};

/// A quarter of an hour, the step of the time together.
pub const QUARTER: u32 = 15;

/// How many kinds of situations there are.
const SITUATIONS: usize = Situation::ALL.len();

/// What is filled in; all of it may stay empty.
#[derive(Clone, Copy)]
pub struct AfterPractice {
    situations: RwSignal<Vec<Situation>>,
    /// What was hard about a situation and how it was solved, or what one of their own was.
    words: [(Situation, RwSignal<String>); SITUATIONS],
    word: RwSignal<String>,
    face: RwSignal<Option<Face>>,
    /// The participant's own word.
    said: RwSignal<String>,
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
            words: std::array::from_fn(|place| word_of(form, place)),
            word: RwSignal::new(form.get("word").unwrap_or_default()),
            face: RwSignal::new(form.get("face").and_then(|code| Face::from_code(&code))),
            said: RwSignal::new(form.get("said").unwrap_or_default()),
            minutes: RwSignal::new(form.get("minutes").and_then(|minutes| minutes.parse().ok())),
            proposed,
        };
        form.follow("situations", move || {
            let codes: Vec<_> = after.situations.get().into_iter().map(Situation::code).collect();
            codes.join(" ")
        });
        form.follow("word", move || after.word.get());
        form.follow("said", move || after.said.get());
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
            let end = PracticeEnd {
                at,
                minutes: Some(self.minutes()),
                word: typed(self.word),
                face: self.face.get(),
                said: typed(self.said),
            };
            let word = |situation| {
                let (_, word) = self.words.iter().find(|(of, _)| *of == situation)?;
                typed(*word)
            };
            let situations = self.situations.get().into_iter();
            let situations: Vec<_> =
                situations.map(|situation| PracticeSituation { situation, word: word(situation) }).collect();
            changes(practice, &situations, &end, new_id)
        })
    }
}

fn typed(word: RwSignal<String>) -> Option<String> {
    let word = word.get().trim().to_owned();
    (!word.is_empty()).then_some(word)
}

/// The words about the situation at a place, as they were filled in before.
fn word_of(form: &Form, place: usize) -> (Situation, RwSignal<String>) {
    let situation = Situation::ALL.get(place).copied().unwrap_or(Situation::Other);
    let field = ["word-", situation.code()].concat();
    let word = RwSignal::new(form.get(&field).unwrap_or_default());
    form.follow(field, move || word.get());
    (situation, word)
}

fn changes(
    practice: RecordId,
    situations: &[PracticeSituation],
    end: &PracticeEnd,
    mut new_id: impl FnMut() -> RecordId,
) -> Vec<Change> {
    let mut changes: Vec<_> = situations.iter().map(|situation| situation.make_below(new_id(), practice)).collect();
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
    let AfterPractice { word, face, said, .. } = after;
    view! {
        <div class="stack">
            <h2 class="strong">{question.clone()}</h2>
            <Faces chosen=face on_choose=move |one| face.set(Some(one)) question />
            <Field label=practice::OWN_WORD value=said on_input=move |text| said.set(text) />
        </div>
        {time_together(after)}
        {situation_tiles(after)}
        {situation_words(after)}
        <TextArea label=practice::WHAT_HARD value=word on_input=move |text| word.set(text) rows=3 />
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

/// A line for each situation that was chosen: what one of their own was, or how it went. It may stay empty.
fn situation_words(after: AfterPractice) -> AnyView {
    let fields = after.words.map(|(situation, word)| {
        let chosen = Memo::new(move |_| after.situations.get().contains(&situation));
        let label = if situation == Situation::Other {
            feedback::OWN_SITUATION_WORD.into()
        } else {
            let name = situations::word(situation);
            Text::live(move || feedback::situation_word(name.get()).get())
        };
        changing(move || {
            let label = label.clone();
            let shown = chosen.get().then(|| view! { <Field label value=word on_input=move |text| word.set(text) /> });
            shown.into_any()
        })
    });
    view! { {fields.into_iter().collect_view()} }.into_any()
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

#[cfg(test)]
mod tests {
    use opstap_core::model::check_make;

    use super::*;

    #[test]
    fn each_situation_is_kept_below_the_practice_with_its_own_words() {
        let mut last = 0;
        let ids = move || {
            last += 1;
            RecordId([last; 16])
        };
        let practice = RecordId([90; 16]);
        let situations = [
            PracticeSituation { situation: Situation::Disruption, word: None },
            PracticeSituation { situation: Situation::Other, word: Some("Een kaartje kopen.".to_owned()) },
        ];
        let end = PracticeEnd { at: Millis(9), minutes: Some(45), word: None, face: Some(Face::Good), said: None };
        let changes = changes(practice, &situations, &end, ids);
        assert_eq!(changes.len(), 3);
        for change in &changes {
            let Change::Make { kind, parent, cells, .. } = change else { panic!("it only makes") };
            assert_eq!((check_make(*kind, cells), *parent), (Ok(()), Some(practice)));
        }
        let words =
            |change: &Change| change.cells().iter().find(|(name, _)| name == "word").map(|(_, word)| word.clone());
        assert_eq!((words(&changes[0]), words(&changes[1])), (None, Some("Een kaartje kopen.".into())));
    }
}
