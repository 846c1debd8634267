//! What is chosen in pictures in a follow-up enquiry, each with its word and picture, by its place in the cell: in the app where it is asked,
//! at the desk where it is read in the language of whoever reads.

use opstap_core::model::InPictures;

use crate::words::{Word, way};

/// Things to choose from.
pub type Pictured = [(Word, &'static str); 5];

/// Why special transport is used, in the order of `SpecialReason`.
pub const REASONS: Pictured = [
    (way::BECAUSE_WEATHER, "cloud-with-rain"),
    (way::BECAUSE_DARK, "crescent-moon"),
    (way::BECAUSE_TIRED, "tired-face"),
    (way::BECAUSE_ELSEWHERE, "round-pushpin"),
    (way::BECAUSE_AFRAID, "face-hard"),
];

/// What an OV-coach does, in the order of `CoachHelp`.
pub const COACH: Pictured = [
    (way::COACH_CALLS, "telephone-receiver"),
    (way::COACH_ALONG, "busts-in-silhouette"),
    (way::COACH_CARD, "travel-card"),
    (way::COACH_PLANS, "world-map"),
    (way::COACH_NOTHING, "person-walking"),
];

/// What can be frightening, in the order of `Fear`.
pub const FEARS: Pictured = [
    (way::FEAR_BUSY, "busts-in-silhouette"),
    (way::FEAR_DARK, "crescent-moon"),
    (way::FEAR_LATE, "alarm-clock"),
    (way::FEAR_LOST, "world-map"),
    (way::FEAR_PEOPLE, "angry-face"),
];

/// What was chosen and what was said besides, in the language of now; nothing where there is neither.
#[must_use]
pub fn in_words(of: &Pictured, chosen: Option<InPictures>, own: Option<&String>) -> Option<String> {
    let chosen = of.iter().enumerate().filter(|(place, _)| chosen.is_some_and(|chosen| chosen.has(*place)));
    let mut all: Vec<&str> = chosen.map(|(_, (word, _))| word.get()).collect();
    all.extend(own.map(String::as_str));
    (!all.is_empty()).then(|| all.join(", "))
}

#[cfg(test)]
mod tests {
    use opstap_core::model::{CoachHelp, Fear, SpecialReason};

    use super::*;

    #[test]
    fn what_was_chosen_is_told_in_words_before_what_was_said_and_nothing_is_nothing() {
        assert_eq!(in_words(&FEARS, None, None), None);
        let chosen = InPictures::of([1]);
        assert_eq!(in_words(&FEARS, chosen, Some(&"honden".to_owned())).as_deref(), Some("het donker, honden"));
        assert_eq!(in_words(&COACH, InPictures::of([0, 2]), None).as_deref(), Some("bellen, de pas opladen"));
    }

    #[test]
    fn every_code_has_its_word() {
        assert_eq!([Fear::ALL.len(), SpecialReason::ALL.len(), CoachHelp::ALL.len()], [FEARS.len(); 3]);
    }
}
