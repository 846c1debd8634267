//! What choosing together is about: the steps as they stand when one comes on the screen, the words that carry a sentence, and the change
//! that keeps a choice.

use opstap_core::model::{Picture as Shown, Prompt, Relation, Step, ToCell};
use opstap_core::plan_format::Language;
use opstap_core::{Change, PersonId, RecordId, Seen, Value};

use crate::device::{Entry, Reader};
use crate::language;
use crate::stories;

/// How much there is to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wording {
    Whole,
    Short,
    PictureOnly,
}

/// What is read when a step comes on the screen: under their fingers nothing changes.
#[derive(Clone, PartialEq)]
pub(super) struct Told {
    /// What an edit made from this has seen: what others change meanwhile crosses it, and is not written over.
    pub seen: Seen,
    pub steps: Vec<Entry<Step>>,
    pub client: PersonId,
    pub name: String,
    pub language: Language,
}

pub(super) async fn read(reader: Reader, plan: RecordId) -> Option<Told> {
    let seen = reader.seen().await?;
    let plan = reader.one::<opstap_core::model::Plan>(plan).await?;
    let steps = stories::steps(&reader, plan.id).await;
    let client = stories::members(&reader).await.into_iter().next()?.value;
    let language = match (plan.value.language.as_deref(), language::language()) {
        (Some("en"), _) | (None, language::Language::English) => Language::English,
        _ => Language::Dutch,
    };
    let told = Told { seen, steps, client: client.person, name: client.name, language };
    (client.relation == Relation::Client).then_some(told)
}

/// The steps with the one at hand; behind the last all are chosen.
#[derive(Clone, PartialEq)]
pub(super) struct At {
    pub told: Told,
    pub at: usize,
}

impl At {
    pub fn step(&self) -> Option<&Entry<Step>> {
        self.told.steps.get(self.at)
    }

    /// The place so many steps on from where one was, as the steps stand now: others may have moved, made and removed some.
    pub fn place(&self, now: &[Entry<Step>], on: isize) -> usize {
        let here = self.step().and_then(|step| now.iter().position(|other| other.id == step.id));
        // Where the step itself is gone, the next has its place.
        let (here, on) = here.map_or((self.at, on.min(0)), |here| (here, on));
        here.saturating_add_signed(on).min(now.len())
    }
}

/// The words of a sentence that carry it: without articles, small words and the stop.
pub(super) fn short(sentence: &str) -> String {
    const LIGHT: [&str; 14] =
        ["de", "het", "een", "je", "jouw", "dan", "even", "nu", "weer", "the", "a", "an", "your", "then"];
    let words = sentence.trim_end_matches(['.', '!', '?']).split_whitespace();
    let kept: Vec<_> = words.filter(|word| !LIGHT.iter().any(|light| word.eq_ignore_ascii_case(light))).collect();
    kept.join(" ")
}

/// The change that keeps a choice; nothing where all is as it was.
pub(super) fn changes(step: &Entry<Step>, picture: Option<Shown>, wording: Wording, short: &str) -> Option<Change> {
    let mut cells = Vec::new();
    if picture != step.value.picture {
        cells.push(("picture".into(), picture.to_cell()));
    }
    if wording == Wording::Short && !short.trim().is_empty() && short != step.value.text {
        cells.push(("text".into(), short.trim().to_cell()));
        // A voice would go on saying the whole sentence.
        if step.value.voice.is_some() {
            cells.push(("voice".into(), Value::Nothing));
        }
    }
    let prompt = if wording == Wording::PictureOnly { Prompt::Picture } else { Prompt::Full };
    // A step that is not shown any more stays so until somebody gives its help back.
    if step.value.shows() != prompt && step.value.shows() != Prompt::Gone {
        cells.push(("prompt".into(), prompt.to_cell()));
    }
    (!cells.is_empty()).then_some(Change::Set { id: step.id, cells })
}

#[cfg(test)]
mod tests {
    use opstap_core::model::{Model, set};
    use opstap_core::{BlobHash, BlobRef, Media, Record};

    use super::*;
    use crate::components::Saved;

    fn step(prompt: Option<Prompt>) -> Entry<Step> {
        let value = Step { prompt, ..Step::saying("V", "Zet de wekker uit.") };
        let record = Record::new(RecordId([1; 16]), Step::KIND, None);
        Entry { id: record.id, parent: None, value, saved: Saved::Sent, author: None, made: None, record }
    }

    #[test]
    fn short_words_leave_out_what_carries_nothing() {
        assert_eq!(short("Zet de wekker uit."), "Zet wekker uit");
        assert_eq!(short("Turn off the alarm."), "Turn off alarm");
        assert_eq!(short(""), "");
    }

    #[test]
    fn what_is_chosen_is_one_change_of_what_is_another_and_nothing_where_all_stays() {
        let whole = step(None);
        assert_eq!(changes(&whole, None, Wording::Whole, "Wekker uit"), None);
        let short = changes(&whole, None, Wording::Short, "Wekker uit");
        assert_eq!(short, Some(set(whole.id, "text", "Wekker uit")));
        let bell = || Some(Shown::Pictogram("bell".into()));
        let only = changes(&whole, bell(), Wording::PictureOnly, "").unwrap();
        assert_eq!(only.cells(), [("picture".into(), bell().to_cell()), ("prompt".into(), Prompt::Picture.to_cell())]);
        let more = changes(&step(Some(Prompt::Picture)), None, Wording::Whole, "");
        assert_eq!(more, Some(set(whole.id, "prompt", Prompt::Full)));
    }

    #[test]
    fn short_words_take_the_voice_of_the_whole_sentence_away() {
        let mut spoken = step(None);
        spoken.value.voice = Some(BlobRef { hash: BlobHash([1; 32]), size: 9, media: Media::Recording });
        let short = changes(&spoken, None, Wording::Short, "Wekker uit").unwrap();
        assert_eq!(short.cells(), [("text".into(), "Wekker uit".to_cell()), ("voice".into(), Value::Nothing)]);
        let only = changes(&spoken, None, Wording::PictureOnly, "").unwrap();
        assert_eq!(only, set(spoken.id, "prompt", Prompt::Picture), "the same sentence keeps its voice");
    }

    #[test]
    fn the_next_step_is_the_one_behind_where_one_was_whatever_others_moved_meanwhile() {
        let step = |n: u8| Entry { id: RecordId([n; 16]), ..step(None) };
        let told = Told {
            seen: Seen::default(),
            steps: vec![step(1), step(2), step(3)],
            client: PersonId([1; 16]),
            name: "Sem".to_owned(),
            language: Language::Dutch,
        };
        let at = |at| At { told: told.clone(), at };
        let same = told.steps.clone();
        assert_eq!([at(0).place(&same, 1), at(2).place(&same, 1), at(3).place(&same, -1)], [1, 3, 2]);
        let moved = [step(9), step(2), step(1), step(3)];
        assert_eq!([at(1).place(&moved, 1), at(1).place(&moved, -1)], [2, 0]);
        let gone = [step(1), step(3)];
        assert_eq!([at(1).place(&gone, 1), at(1).place(&gone, -1)], [1, 0]);
    }

    #[test]
    fn a_step_that_is_not_shown_any_more_stays_so() {
        assert_eq!(changes(&step(Some(Prompt::Gone)), None, Wording::Whole, ""), None);
    }
}
