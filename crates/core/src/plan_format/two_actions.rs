//! Finds a step that asks for two actions. It is cautious: it speaks only where a second command is plain to see,
//! because advice that is often wrong is advice that nobody reads.

use super::Language;
use super::lint::sentences;
use super::verbs::{Grammar, grammar};
use crate::letters::{capital, in_small, is_in_word};

/// The two sentences that a step with two actions could become, or nothing when it has one.
///
/// A second action is a second sentence that commands, or a command after "en", "dan", "and", "then" or a comma.
/// "Pak je tas en je pas" is one action: after "en" comes no verb.
#[must_use]
pub fn two_actions(text: &str, language: Language) -> Option<(String, String)> {
    let grammar = grammar(language);
    let mut found = Vec::new();
    let mut quoted = false;
    for sentence in sentences(text) {
        let words = words_of(sentence, &mut quoted);
        let commands = commands(&words, grammar);
        if starts_with_condition(&words, grammar) || commands.first() != Some(&true) {
            continue;
        }
        if let Some((end, start)) = second_command(&words, &commands, grammar) {
            let first = sentence.get(..end)?;
            let second = sentence.get(start..)?;
            return Some((as_sentence(first), as_sentence(second)));
        }
        found.push(sentence);
    }
    match found.as_slice() {
        [first, second, ..] => Some((as_sentence(first), as_sentence(second))),
        _ => None,
    }
}

/// A word of a sentence in small letters, with what the rule needs to know of its surroundings.
struct Word {
    text: String,
    start: usize,
    end: usize,
    comma_after: bool,
    /// Inside quotation marks or after a colon: words to say, no command.
    said: bool,
}

/// The words of a sentence; `quoted` tells whether it begins, and afterwards whether it ends, inside quotation marks.
fn words_of(sentence: &str, quoted: &mut bool) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut after_colon = false;
    let mut inside: Option<usize> = None;
    for (at, letter) in sentence.char_indices().chain([(sentence.len(), ' ')]) {
        let part_of_word = is_in_word(letter) || (inside.is_some() && matches!(letter, '-' | '\u{ad}'));
        match (part_of_word, inside) {
            (true, None) => inside = Some(at),
            (false, Some(start)) => {
                inside = None;
                words.push(Word {
                    text: in_small(sentence.get(start..at).unwrap_or_default()),
                    start,
                    end: at,
                    comma_after: false,
                    said: *quoted || after_colon,
                });
            }
            _ => {}
        }
        if matches!(letter, ',' | ';')
            && let Some(last) = words.last_mut()
        {
            last.comma_after = true;
        }
        match letter {
            '"' => *quoted = !*quoted,
            '“' | '„' => *quoted = true,
            '”' => *quoted = false,
            ':' => after_colon = true,
            _ => {}
        }
    }
    words
}

/// "Als de bel gaat, …" and "If …" say when, not what.
fn starts_with_condition(words: &[Word], grammar: &Grammar) -> bool {
    words.first().is_some_and(|word| grammar.conditions.contains(&word.text.as_str()))
}

/// For each word whether a command begins there, after words such as "eerst" or "then". From the last word back, so that each
/// is looked at once however long the text is.
fn commands(words: &[Word], grammar: &Grammar) -> Vec<bool> {
    let mut commands = Vec::with_capacity(words.len());
    let mut begins = false;
    for (index, word) in words.iter().enumerate().rev() {
        let opens = grammar.openers.contains(&word.text.as_str());
        begins = !word.said && if opens { begins } else { is_verb(words, index, grammar) };
        commands.push(begins);
    }
    commands.reverse();
    commands
}

fn is_verb(words: &[Word], index: usize, grammar: &Grammar) -> bool {
    let Some(word) = words.get(index) else {
        return false;
    };
    let text = word.text.as_str();
    if grammar.verbs.contains(&text) {
        return true;
    }
    if !grammar.doubtful_verbs.contains(&text) {
        return false;
    }
    // At the very start there is no noun without an article, so a word that can be either is the verb.
    index == 0
        || words.get(index + 1).is_some_and(|next| {
            let next = next.text.as_str();
            grammar.objects.contains(&next) || grammar.phrases.contains(&(text, next))
        })
}

/// Where the first command ends and the second one starts, in bytes of the sentence.
fn second_command(words: &[Word], commands: &[bool], grammar: &Grammar) -> Option<(usize, usize)> {
    let mut joined_to = 0;
    words.iter().enumerate().skip(1).find_map(|(index, word)| {
        let joins = grammar.joiners.contains(&word.text.as_str()) && !word.said;
        let before = words.get(index - 1)?;
        let next = if joins {
            // Several in a row lead to the same word, which begins no command.
            if index < joined_to {
                return None;
            }
            joined_to = skip_joiners(words, index, grammar);
            joined_to
        } else if before.comma_after {
            index
        } else {
            return None;
        };
        let start = words.get(next)?.start;
        commands.get(next)?.then_some((before.end, start))
    })
}

fn skip_joiners(words: &[Word], from: usize, grammar: &Grammar) -> usize {
    words
        .iter()
        .skip(from)
        .position(|word| !grammar.joiners.contains(&word.text.as_str()))
        .map_or(words.len(), |count| from + count)
}

/// Begins with a capital and ends in a mark.
fn as_sentence(part: &str) -> String {
    let part = part.trim();
    let mut letters = part.chars();
    let mut sentence: String =
        letters.next().map(|first| [capital(first)].into_iter().chain(letters).collect()).unwrap_or_default();
    if !sentence.ends_with(['.', '!', '?']) {
        sentence.push('.');
    }
    sentence
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_commands_become_two_sentences() {
        for (language, text, first, second) in [
            (
                Language::Dutch,
                "Pak eerst het bruine brood en leg het daarna in de kar.",
                "Pak eerst het bruine brood.",
                "Leg het daarna in de kar.",
            ),
            (Language::Dutch, "Doe het licht uit, daarna sluit je de deur", "Doe het licht uit.", "Sluit je de deur."),
            (Language::Dutch, "Zet de pan op tafel. Was je handen.", "Zet de pan op tafel.", "Was je handen."),
            (Language::Dutch, "Pak je tas en bel je moeder.", "Pak je tas.", "Bel je moeder."),
            (
                Language::English,
                "Take the bread and then put it in the trolley.",
                "Take the bread.",
                "Put it in the trolley.",
            ),
            (Language::English, "Turn off the light, lock the door.", "Turn off the light.", "Lock the door."),
        ] {
            let split = two_actions(text, language);
            assert_eq!(split, Some((first.into(), second.into())), "{text}");
        }
    }

    /// A pasted text can be as long as it likes: the advice neither runs out of stack nor takes for ever.
    #[test]
    fn a_very_long_text_gets_its_advice() {
        for words in ["dan ", "eerst ", "eerst dan ", "pak, ", "en dan, "] {
            let text = words.repeat(200_000 / words.len());
            let _ = two_actions(&text, Language::Dutch);
        }
    }

    #[test]
    fn one_command_is_left_alone() {
        for (language, text) in [
            (Language::Dutch, "Pak je tas en je pas."),
            (Language::Dutch, "Leg de borstel en kam in de kast."),
            (Language::Dutch, "Snijd tomaten, komkommer en sla."),
            (Language::Dutch, "Zeg: \"Hallo, pak de tas en ga. Wacht!\""),
            (Language::Dutch, "Als het water kookt, zet je het vuur laag."),
            (Language::Dutch, "Adem drie keer rustig in en uit."),
            (Language::Dutch, "De pan is heet. Pak de ovenwanten."),
            (Language::Dutch, "Neem niet meer dan twee."),
            (Language::English, "Get your bag and phone."),
            (Language::English, "Keep it clean and dry."),
            (Language::English, "If it rings, pick up the phone."),
            (Language::English, "Find the number, name and post code."),
        ] {
            assert_eq!(two_actions(text, language), None, "{text}");
        }
    }
}
