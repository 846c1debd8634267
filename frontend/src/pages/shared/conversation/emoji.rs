//! A small, calm set of emoji. In a message they are text, on the screen a picture with a word.

use crate::words::{Word, shared};

/// An emoji that can be sent at one tap.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Emoji {
    /// What stands in the message.
    pub text: &'static str,
    /// The pictogram it is shown with.
    pub pictogram: &'static str,
    /// What it says, for a screen reader and for the voice.
    pub word: Word,
}

/// As many as stand beside each other on the smallest phone.
pub const EMOJI: [Emoji; 5] = [
    Emoji { text: "👍", pictogram: "thumbs-up", word: shared::EMOJI_GOOD },
    Emoji { text: "😊", pictogram: "smiling-face-with-smiling-eyes", word: shared::EMOJI_GLAD },
    Emoji { text: "❤️", pictogram: "red-heart", word: shared::EMOJI_DEAR },
    Emoji { text: "🤔", pictogram: "thinking-face", word: shared::EMOJI_PUZZLED },
    Emoji { text: "😫", pictogram: "tired-face", word: shared::EMOJI_TIRED },
];

/// The emoji that is all of a message.
pub fn emoji_of(text: &str) -> Option<Emoji> {
    let text = text.trim();
    EMOJI.into_iter().find(|emoji| emoji.text == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_message_that_is_one_emoji_is_shown_as_its_picture() {
        assert!(emoji_of(" 👍 ").is_some_and(|emoji| emoji.pictogram == "thumbs-up"));
        assert!(emoji_of("Goed zo 👍").is_none());
        assert!(emoji_of("").is_none());
    }

    #[test]
    fn every_emoji_has_its_picture() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/public/pictograms/");
        for emoji in EMOJI {
            assert!(std::path::Path::new(&format!("{folder}{}.svg", emoji.pictogram)).exists(), "{}", emoji.pictogram);
        }
    }
}
