//! Advice in plain words under a step and under the title, from what it says and from how it went. It never refuses anything.

use opstap_core::model::{Picture, Step, set};
use opstap_core::plan_format::{Advice, DraftStep, limits, lint, rare_word, two_actions};
use opstap_core::{BlobHash, Record, RecordId, Sorted, Value};
use opstap_view::prelude::*;

use super::changes;
use super::editor::{Editor, language_of};
use super::more::voice;
use super::reading::Sheet;
use crate::components::{Button, Icon, Size, changing, icon};
use crate::device::{self, Entry};
use crate::words::{Text, plan_editor, step};

/// Which step a piece of advice is about, from 0; none when it is about the plan.
const fn step_of(advice: Advice) -> Option<usize> {
    match advice {
        Advice::EmptyTitle
        | Advice::LongTitle { .. }
        | Advice::LongTitleWord { .. }
        | Advice::FewSteps { .. }
        | Advice::ManySteps { .. } => None,
        Advice::EmptyText { step }
        | Advice::LongSentence { step, .. }
        | Advice::TwoActions { step }
        | Advice::LongWord { step, .. }
        | Advice::RareWord { step }
        | Advice::NoPicture { step }
        | Advice::SamePicture { step, .. }
        | Advice::BareChoice { step } => Some(step),
    }
}

/// Whether it is about what whoever is still making the plan has not come to yet.
const fn waits(advice: Advice) -> bool {
    matches!(
        advice,
        Advice::EmptyText { .. } | Advice::FewSteps { .. } | Advice::NoPicture { .. } | Advice::BareChoice { .. }
    )
}

/// The sentence for a piece of advice.
fn sentence(advice: Advice) -> Text {
    match advice {
        Advice::EmptyTitle => plan_editor::ADVICE_EMPTY_TITLE.into(),
        Advice::LongTitle { words } => plan_editor::advice_long_title(words, limits::TITLE_WORDS),
        Advice::LongTitleWord { letters } | Advice::LongWord { letters, .. } => plan_editor::advice_long_word(letters),
        Advice::FewSteps { steps } => plan_editor::advice_few_steps(steps, limits::STEPS_LEAST),
        Advice::ManySteps { steps } => plan_editor::advice_many_steps(steps, limits::STEPS_MOST),
        Advice::EmptyText { .. } => plan_editor::ADVICE_EMPTY_TEXT.into(),
        Advice::LongSentence { words, .. } => plan_editor::advice_long_sentence(words, limits::SENTENCE_WORDS),
        Advice::TwoActions { .. } => plan_editor::ADVICE_TWO_ACTIONS.into(),
        // Said with the word itself, where the words are at hand.
        Advice::RareWord { .. } => rare(""),
        Advice::NoPicture { .. } => plan_editor::ADVICE_NO_PICTURE.into(),
        Advice::SamePicture { earlier, .. } => plan_editor::advice_same_picture(earlier + 1),
        Advice::BareChoice { .. } => plan_editor::ADVICE_BARE_CHOICE.into(),
    }
}

/// The advice on one step, as it is typed.
#[component]
pub(super) fn StepAdvice(
    editor: Editor,
    step: RecordId,
    /// Says nothing of what is only not there yet.
    #[prop(optional)]
    calm: bool,
) -> impl IntoView {
    let mine = Memo::new(move |_| {
        let at = editor.with(|sheet| sheet.steps.iter().position(|other| other.id == step)).flatten();
        let all = editor.advice.get();
        let mine = |advice: &Advice| at.is_some() && step_of(*advice) == at;
        all.into_iter().filter(|advice| mine(advice) && !(calm && waits(*advice))).collect::<Vec<_>>()
    });
    let hard = Memo::new(move |_| {
        editor.with(|sheet| sheet.hard.iter().find(|(hard, _)| *hard == step).map(|(_, times)| *times)).flatten()
    });
    let old_voice = Memo::new(move |_| {
        !calm && editor.with(|sheet| voice_is_older(&sheet.step(step)?.record).then_some(())).flatten().is_some()
    });
    let wordless =
        move || editor.with(|sheet| sheet.step(step)?.value.text.is_empty().then_some(())).flatten().is_some();
    // Always there, so that a screen reader hears what comes.
    view! {
        <div role="status" class="advices">
            {changing(move || {
                let hard = hard.get().map(|times| told(plan_editor::advice_hard(times), Some(split_button(editor, step))));
                let mine = mine.get().into_iter().map(|advice| match advice {
                    Advice::RareWord { .. } => told(rare(&editor.words(step)), None),
                    // A photo that has no words yet: nothing stood there.
                    Advice::EmptyText { .. } if wordless() => told(step::NO_WORDS_YET.into(), None),
                    advice => line(advice, action(editor, step, advice)),
                });
                let old_voice = old_voice.get().then(|| told(step::VOICE_IS_OLDER.into(), None));
                hard.into_iter().chain(mine).chain(old_voice).collect_view().into_any()
            })}
        </div>
        // Apart: whoever is speaking is not broken off by advice that comes.
        {changing(move || old_voice.get().then(|| anew(editor, step)).into_any())}
    }
}

/// Whether the words of a step were written after its voice was spoken: the client hears the voice.
fn voice_is_older(step: &Record) -> bool {
    let written = |cell| step.cells.get(cell).filter(|cell| cell.value != Value::Nothing).map(|cell| cell.stamp);
    written("voice").zip(written("text")).is_some_and(|(voice, text)| voice < text)
}

/// The voice to hear, to speak anew or to take away, and the word that it is right as it is.
fn anew(editor: Editor, step: RecordId) -> AnyView {
    let right = move || {
        // Kept once more, it is later than the words.
        let voice = editor.with_now(|sheet| sheet.step(step)?.value.voice).flatten();
        editor.change(step::DONE_VOICE, vec![set(step, "voice", voice)]);
    };
    view! { <div class="row">{voice(editor, step)}<Button text=step::VOICE_IS_RIGHT icon=Icon::CHECK size=Size::Tool tap=right /></div> }
        .into_any()
}

/// The advice on the plan as it stands on the screen, also what is still being typed.
pub(super) fn advise(sheet: &Sheet, drafts: &Sorted<RecordId, String>) -> Vec<Advice> {
    let typed = |id, held: &str| drafts.get(&id).map_or(held, String::as_str).to_owned();
    let title = typed(sheet.plan.id, &sheet.plan.value.title);
    let texts: Vec<(String, Option<String>, bool)> = sheet
        .steps
        .iter()
        .map(|step| {
            (
                typed(step.id, &step.value.text),
                picture_name(step).or_else(|| step.value.video.map(|film| film.hash.to_string())),
                sheet.choices_at(step.id).any(|choice| choice.value.picture.is_none()),
            )
        })
        .collect();
    let drafts: Vec<DraftStep<'_>> = texts
        .iter()
        .map(|(text, picture, bare)| DraftStep { text, picture: picture.as_deref(), bare_choice: *bare })
        .collect();
    let rare = texts.iter().enumerate().filter(|(_, (text, ..))| rare_in(text).is_some());
    let rare = rare.map(|(step, _)| Advice::RareWord { step });
    lint(&title, &drafts, language_of(sheet)).into_iter().chain(rare).collect()
}

fn picture_name(step: &Entry<Step>) -> Option<String> {
    step.value.picture.as_ref().map(|picture| match picture {
        Picture::Pictogram(name) => name.clone(),
        Picture::Photo(blob) => BlobHash::to_string(&blob.hash),
    })
}

/// The long words of Opstap's own plans, pictograms and screens.
const KNOWN: &str = include_str!(concat!(env!("OUT_DIR"), "/known_words.txt"));

/// A word of a sentence that may be rare.
pub(super) fn rare_in(text: &str) -> Option<&str> {
    rare_word(text, |word| KNOWN.lines().any(|known| known == word))
}

fn rare(text: &str) -> Text {
    step::advice_rare_word(rare_in(text).unwrap_or_default())
}

/// The advice on the plan as a whole.
#[component]
pub(super) fn PlanAdvice(
    editor: Editor,
    /// Says nothing of what is only not there yet.
    #[prop(optional)]
    calm: bool,
) -> impl IntoView {
    let mine = Memo::new(move |_| {
        let mine = |advice: &Advice| step_of(*advice).is_none() && !(calm && waits(*advice));
        editor.advice.get().into_iter().filter(mine).collect::<Vec<_>>()
    });
    view! {
        <div role="status" class="advices">
            {changing(move || mine.get().into_iter().map(|advice| line(advice, None)).collect_view().into_any())}
        </div>
    }
}

fn line(advice: Advice, action: Option<AnyView>) -> AnyView {
    told(sentence(advice), action)
}

fn told(says: Text, action: Option<AnyView>) -> AnyView {
    view! {
        <div class="advice">
            {icon(Icon::INFO)}
            <span class="fill">{says}</span>
            {action}
        </div>
    }
    .into_any()
}

/// The one button that follows the advice, where there is one.
fn action(editor: Editor, step: RecordId, advice: Advice) -> Option<AnyView> {
    match advice {
        Advice::TwoActions { .. } => Some(split_button(editor, step)),
        Advice::NoPicture { .. } | Advice::SamePicture { .. } => {
            let choose = move || editor.choosing.set(Some(step.into()));
            Some(
                view! { <Button text=plan_editor::CHOOSE_PICTURE size=Size::Tool icon=Icon::PICTURE tap=choose /> }
                    .into_any(),
            )
        }
        _ => None,
    }
}

fn split_button(editor: Editor, step: RecordId) -> AnyView {
    let split = move || split(editor, step);
    view! { <Button text=plan_editor::SPLIT size=Size::Tool icon=Icon::SPLIT tap=split /> }.into_any()
}

/// Splits the sentence as it stands on the screen now. One that falls into no two gets an empty step behind it, to go on in.
fn split(editor: Editor, step: RecordId) {
    editor.work.out_of_the_field();
    let text = untrack(|| editor.words(step));
    let new = device::new_id();
    let changes = editor.with_now(|sheet| match two_actions(&text, language_of(sheet)) {
        Some(parts) => changes::split(sheet, step, parts, new),
        None => changes::part_off(sheet, step, new),
    });
    if let Some(changes) = changes {
        editor.change(plan_editor::DONE_SPLIT, changes);
        editor.chosen.set(Some(new));
    }
}

#[cfg(test)]
mod tests {
    use opstap_core::model::ToCell;
    use opstap_core::plan_format::Language;
    use opstap_core::{BlobRef, Change, Media};

    use super::super::reading::sheet_of;
    use super::*;
    use crate::pages::shared::editing::lay;

    #[test]
    fn advice_on_the_plan_stands_at_the_plan_and_advice_on_a_step_at_its_step() {
        let steps = [
            DraftStep { text: "Pak de tas.", picture: Some("bag"), bare_choice: true },
            DraftStep { text: "Pak de tas en doe hem dicht.", picture: None, bare_choice: false },
        ];
        let advice = lint("", &steps, Language::Dutch);
        let places: Vec<_> = advice.iter().map(|advice| step_of(*advice)).collect();
        assert_eq!(places, [None, None, Some(0), Some(1), Some(1)]);
    }

    #[test]
    fn a_word_of_the_library_is_known_and_a_long_one_from_nowhere_may_be_rare() {
        assert_eq!(rare_in("Doe de was in de wasmachine."), None);
        assert_eq!(rare_in("Desinfecteer de wasmachine."), Some("Desinfecteer"));
        assert_eq!(
            rare("Desinfecteer je handen.").get(),
            "Is “Desinfecteer” een bekend woord? Misschien past een gewoner woord."
        );
    }

    #[test]
    fn a_voice_from_before_the_words_is_asked_about_and_one_from_after_them_is_not() {
        let mut sheet = sheet_of(&[("Pak je tas.", "B")]);
        let id = sheet.steps[0].id;
        let voice = BlobRef { hash: BlobHash([1; 32]), size: 9, media: Media::Recording };
        let mut after = |change| {
            lay(&mut sheet, &[change]);
            voice_is_older(&sheet.steps[0].record)
        };
        assert!(!after(set(id, "hint", "Hij staat in de gang.")), "without a voice there is nothing to say");
        assert!(!after(set(id, "voice", voice)));
        assert!(after(set(id, "text", "Pak je rugzak.")));
        assert!(!after(set(id, "voice", voice)), "it was said to be right");
        let both = vec![("text".into(), "Pak alles.".into()), ("voice".into(), voice.to_cell())];
        assert!(!after(Change::Set { id, cells: both }), "what came in one go belongs together");
        assert!(after(set(id, "text", "Pak je tas.")));
        assert!(!after(set(id, "voice", None::<BlobRef>)));
    }

    #[test]
    fn advice_asks_and_never_forbids() {
        let said = sentence(Advice::LongSentence { step: 0, words: 16 }).get();
        assert_eq!(said, "Deze zin heeft 16 woorden. Kan het in 12 of minder?");
    }
}
