//! Advice on the words of a plan while a person edits it: figures only, the sentences for people are the screen's.

use super::{Language, two_actions};
use crate::letters::is_in_word;

/// From which figure on advice is given.
pub mod limits {
    /// The most words in a sentence.
    pub const SENTENCE_WORDS: usize = 12;
    /// The most words in a title.
    pub const TITLE_WORDS: usize = 6;
    /// The fewest steps in a plan.
    pub const STEPS_LEAST: usize = 4;
    /// The most steps in a plan.
    pub const STEPS_MOST: usize = 12;
    /// The most letters on end without a hyphen.
    pub const WORD_LETTERS: usize = 15;
}

/// A step as it stands in the editor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DraftStep<'a> {
    /// The text in one language.
    pub text: &'a str,
    /// What names the picture: a pictogram's name or a photo's hash; none while there is no picture.
    pub picture: Option<&'a str>,
    /// Whether a choice at this step has no picture yet.
    pub bare_choice: bool,
}

/// One piece of advice. Steps count from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Advice {
    /// The title is still empty.
    EmptyTitle,
    /// The title has more than [`limits::TITLE_WORDS`] words.
    LongTitle {
        /// How many it has.
        words: usize,
    },
    /// A word of the title has more than [`limits::WORD_LETTERS`] letters.
    LongTitleWord {
        /// How many it has.
        letters: usize,
    },
    /// The plan has fewer than [`limits::STEPS_LEAST`] steps.
    FewSteps {
        /// How many it has.
        steps: usize,
    },
    /// The plan has more than [`limits::STEPS_MOST`] steps.
    ManySteps {
        /// How many it has.
        steps: usize,
    },
    /// The step has no text.
    EmptyText {
        /// Which step.
        step: usize,
    },
    /// A sentence of the step has more than [`limits::SENTENCE_WORDS`] words.
    LongSentence {
        /// Which step.
        step: usize,
        /// How many words its longest sentence has.
        words: usize,
    },
    /// The step asks for two actions; [`two_actions`] gives them as two sentences.
    TwoActions {
        /// Which step.
        step: usize,
    },
    /// A word of the step has more than [`limits::WORD_LETTERS`] letters.
    LongWord {
        /// Which step.
        step: usize,
        /// How many letters its longest word has.
        letters: usize,
    },
    /// A word of the step may be rare; [`super::rare_word`] gives it. Only whoever knows the words of the app can say so, so [`lint`] does not.
    RareWord {
        /// Which step.
        step: usize,
    },
    /// The step has no picture.
    NoPicture {
        /// Which step.
        step: usize,
    },
    /// The step has the picture of an earlier step.
    SamePicture {
        /// Which step.
        step: usize,
        /// The first step with that picture.
        earlier: usize,
    },
    /// A choice at the step has no picture.
    BareChoice {
        /// Which step.
        step: usize,
    },
}

/// All advice on a plan: first on the plan as a whole, then step by step. It never blocks anything.
#[must_use]
pub fn lint(title: &str, steps: &[DraftStep<'_>], language: Language) -> Vec<Advice> {
    let mut advice = Vec::new();
    lint_title(title, &mut advice);
    if steps.len() < limits::STEPS_LEAST {
        advice.push(Advice::FewSteps { steps: steps.len() });
    }
    if steps.len() > limits::STEPS_MOST {
        advice.push(Advice::ManySteps { steps: steps.len() });
    }
    for (index, step) in steps.iter().enumerate() {
        lint_text(index, step.text, language, &mut advice);
        match step.picture {
            None => advice.push(Advice::NoPicture { step: index }),
            Some(picture) => {
                let earlier = steps.iter().take(index).position(|other| other.picture == Some(picture));
                if let Some(earlier) = earlier {
                    advice.push(Advice::SamePicture { step: index, earlier });
                }
            }
        }
        if step.bare_choice {
            advice.push(Advice::BareChoice { step: index });
        }
    }
    advice
}

fn lint_title(title: &str, advice: &mut Vec<Advice>) {
    let words = count_words(title);
    if words == 0 {
        advice.push(Advice::EmptyTitle);
    }
    if words > limits::TITLE_WORDS {
        advice.push(Advice::LongTitle { words });
    }
    let letters = longest_word(title);
    if letters > limits::WORD_LETTERS {
        advice.push(Advice::LongTitleWord { letters });
    }
}

fn lint_text(step: usize, text: &str, language: Language, advice: &mut Vec<Advice>) {
    let words = sentences(text).map(count_words).max().unwrap_or(0);
    if words == 0 {
        advice.push(Advice::EmptyText { step });
        return;
    }
    if words > limits::SENTENCE_WORDS {
        advice.push(Advice::LongSentence { step, words });
    }
    if two_actions(text, language).is_some() {
        advice.push(Advice::TwoActions { step });
    }
    let letters = longest_word(text);
    if letters > limits::WORD_LETTERS {
        advice.push(Advice::LongWord { step, letters });
    }
}

/// The sentences of a text. A mark ends one only before a space, so "8.30 uur" stays whole.
pub(super) fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let start = rest.trim_start();
        if start.is_empty() {
            return None;
        }
        let end = sentence_end(start);
        let (sentence, after) = start.split_at_checked(end)?;
        rest = after;
        Some(sentence)
    })
}

/// The length in bytes of the first sentence, with its mark and a closing quote.
fn sentence_end(text: &str) -> usize {
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        if letter == '\n' {
            return at + 1;
        }
        if !matches!(letter, '.' | '!' | '?' | '…') {
            continue;
        }
        while let Some((_, '.' | '!' | '?' | '"' | '\'' | '”' | '’' | ')')) = letters.peek() {
            letters.next();
        }
        match letters.peek() {
            None => return text.len(),
            Some((next, letter)) if letter.is_whitespace() => return *next,
            Some(_) => {}
        }
    }
    text.len()
}

fn count_words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.contains(is_in_word)).count()
}

/// Letters on end: a hyphen, soft hyphen or anything else that is no letter gives the reader a place to rest.
fn longest_word(text: &str) -> usize {
    text.split(|letter: char| !is_in_word(letter)).map(|word| word.chars().count()).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps<'a>(texts: &[&'a str]) -> Vec<DraftStep<'a>> {
        texts.iter().map(|text| DraftStep { text, picture: Some(text), bare_choice: false }).collect()
    }

    #[test]
    fn a_good_plan_gets_no_advice() {
        let steps = steps(&["Pak je tas.", "Loop naar de winkel.", "Betaal.", "Ga naar huis."]);
        assert_eq!(lint("Boodschappen doen", &steps, Language::Dutch), []);
    }

    #[test]
    fn every_rule_names_the_step_and_the_figure() {
        let mut draft = steps(&[
            "Een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien.",
            "Pak de tas en doe hem dicht.",
            "  ",
            "Maak een boodschappenlijstje.",
        ]);
        draft.push(DraftStep { text: "Ga.", picture: None, bare_choice: true });
        draft.push(DraftStep { text: "Kom.", picture: Some("  "), bare_choice: false });
        let title = "Dit is een veel te lange titel";
        assert_eq!(
            lint(title, &draft, Language::Dutch),
            [
                Advice::LongTitle { words: 7 },
                Advice::LongSentence { step: 0, words: 13 },
                Advice::TwoActions { step: 1 },
                Advice::EmptyText { step: 2 },
                Advice::LongWord { step: 3, letters: 19 },
                Advice::NoPicture { step: 4 },
                Advice::BareChoice { step: 4 },
                Advice::SamePicture { step: 5, earlier: 2 },
            ]
        );
    }

    #[test]
    fn the_number_of_steps_is_advised_from_four_to_twelve() {
        let texts: Vec<String> = (0..13).map(|n| format!("Stap {n}.")).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        for count in 0..=13 {
            let draft: Vec<DraftStep<'_>> = steps(&texts).into_iter().take(count).collect();
            let advice = lint("Titel", &draft, Language::Dutch);
            match count {
                0..4 => assert_eq!(advice, [Advice::FewSteps { steps: count }]),
                4..=12 => assert_eq!(advice, []),
                _ => assert_eq!(advice, [Advice::ManySteps { steps: count }]),
            }
        }
    }

    #[test]
    fn exactly_twelve_words_and_six_in_the_title_are_fine_and_a_hyphen_is_a_rest() {
        let draft = steps(&[
            "Een twee drie vier vijf zes zeven acht negen tien elf twaalf. Dertien.",
            "Bel om 8.30 uur - niet later.",
            "Pak het boodschappen-lijstje.",
            "Ga.",
        ]);
        assert_eq!(lint("Een twee drie vier vijf zes", &draft, Language::Dutch), []);
        assert_eq!(lint(" ", &draft, Language::Dutch), [Advice::EmptyTitle]);
    }
}
