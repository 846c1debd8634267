//! The words of lists: their names, their columns and what codes are called. They stand beside those of reports.

use std::collections::BTreeMap;

use opstap_core::plan_format;
use serde::Deserialize;

use crate::settings::Language;

const NL: &str = include_str!("../../../frontend/locales/report/nl.json");
const EN: &str = include_str!("../../../frontend/locales/report/en.json");
/// Of the app's words for a client the one by which help is asked.
const CLIENT: [&str; 2] = [
    include_str!("../../../frontend/locales/nl/client.json"),
    include_str!("../../../frontend/locales/en/client.json"),
];

/// The words in one language.
#[derive(Debug)]
pub struct Words {
    language: Language,
    words: BTreeMap<String, String>,
    stuck: Vec<String>,
}

#[derive(Deserialize)]
struct File {
    lists: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct Asking {
    stuck: String,
}

impl Words {
    /// The words of a language.
    ///
    /// # Errors
    /// When they are not as they should be, which a test sees.
    pub fn of(language: Language) -> Result<Self, serde_json::Error> {
        let file: File = serde_json::from_str(if language == Language::Nl { NL } else { EN })?;
        let stuck = CLIENT.iter().map(|words| Ok(serde_json::from_str::<Asking>(words)?.stuck));
        Ok(Self { language, words: file.lists, stuck: stuck.collect::<Result<_, serde_json::Error>>()? })
    }

    /// A word.
    #[must_use]
    pub fn word(&self, name: &str) -> String {
        self.words.get(name).cloned().unwrap_or_default()
    }

    /// What a code is called; the code itself where there is no word for it.
    #[must_use]
    pub fn code(&self, of: &str, code: &str) -> String {
        self.words.get(&[of, "-", code].concat()).cloned().unwrap_or_else(|| code.to_owned())
    }

    /// Yes or no.
    #[must_use]
    pub fn yes(&self, is_so: bool) -> String {
        self.word(if is_so { "yes" } else { "no" })
    }

    /// Whether a message is the one by which the app asks for help, in either language.
    #[must_use]
    pub fn says_stuck(&self, text: &str) -> bool {
        let said = text.trim_end_matches('.');
        self.stuck.iter().any(|words| words == said)
    }

    /// The language, as instruments know it.
    #[must_use]
    pub const fn language(&self) -> plan_format::Language {
        match self.language {
            Language::Nl => plan_format::Language::Dutch,
            Language::En => plan_format::Language::English,
        }
    }
}

#[cfg(test)]
mod tests {
    use opstap_core::model::{
        Aim, AttentionRule, Channel, DuoRole, Ending, Face, Indication, Presence, Stage, StopReason, TimeKind,
        TravelMode,
    };

    use super::*;

    fn both() -> [Words; 2] {
        [Language::Nl, Language::En].map(|language| Words::of(language).unwrap())
    }

    #[test]
    fn both_languages_have_every_word() {
        let [nl, en] = both();
        assert!(!nl.words.is_empty() && nl.words.keys().eq(en.words.keys()));
        assert!(nl.words.values().chain(en.words.values()).all(|word| !word.is_empty()));
    }

    #[test]
    fn every_code_that_a_list_shows_has_a_word() {
        let [nl, _] = both();
        let has = |of: &str, codes: Vec<&str>| {
            for code in codes {
                assert!(nl.words.contains_key(&[of, "-", code].concat()), "{of}-{code}");
            }
        };
        has("time", TimeKind::ALL.iter().map(|one| one.code()).collect());
        has("role", DuoRole::ALL.iter().map(|one| one.code()).collect());
        has("stage", Stage::ALL.iter().map(|one| one.code()).collect());
        has("aim", Aim::ALL.iter().map(|one| one.code()).collect());
        has("ending", Ending::ALL.iter().map(|one| one.code()).collect());
        has("face", Face::ALL.iter().map(|one| one.code()).collect());
        has("presence", Presence::ALL.iter().map(|one| one.code()).collect());
        has("rule", AttentionRule::ALL.iter().map(|one| one.code()).collect());
        has("channel", Channel::ALL.iter().map(|one| one.code()).collect());
        has("indication", Indication::ALL.iter().map(|one| one.code()).collect());
        has("mode", TravelMode::ALL.iter().map(|one| one.code()).collect());
        has("reason", StopReason::ALL.iter().map(|one| one.code()).collect());
        has("standing", vec!["waiting", "outside", "withdrew", "running", "stopped", "completed"]);
        has("soon", vec!["now", "today", "this-week"]);
        has("trend", vec!["less", "equal", "more"]);
        has("trained", vec!["public-transport", "bicycle", "on-foot"]);
    }

    #[test]
    fn asking_for_help_is_known_in_either_language() {
        let [nl, _] = both();
        assert!(nl.says_stuck("Ik kom er niet uit.") && nl.says_stuck("I am stuck"));
        assert!(!nl.says_stuck("Ik kom er wel uit"));
    }
}
