//! The guide as its file has it: a line of the tour begins with `*`, one of the coordinator's own tour with `+`, the head of a chapter with `#`, each with its picture before a bar;
//! every other line is a paragraph of the chapter above.

/// The guide of one role in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Guide {
    /// The cards of the tour.
    pub tour: Vec<Card>,
    /// Those of the tour for a coordinator, where they have one of their own.
    pub of_coordinator: Vec<Card>,
    /// The chapters.
    pub chapters: Vec<Chapter>,
}

/// A card of the tour: a picture and a sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Card {
    /// A pictogram.
    pub picture: String,
    /// One or two short sentences.
    pub text: String,
}

/// A chapter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chapter {
    /// Its picture and its title.
    pub head: Card,
    /// What it says.
    pub text: String,
}

/// Reads a file.
#[must_use]
pub fn parse(file: &str) -> Guide {
    let mut guide = Guide::default();
    for line in file.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if let Some(line) = line.strip_prefix('*') {
            guide.tour.push(card(line));
        } else if let Some(line) = line.strip_prefix('+') {
            guide.of_coordinator.push(card(line));
        } else if let Some(line) = line.strip_prefix('#') {
            guide.chapters.push(Chapter { head: card(line), text: String::new() });
        } else if let Some(chapter) = guide.chapters.last_mut() {
            if !chapter.text.is_empty() {
                chapter.text.push(' ');
            }
            chapter.text.push_str(line);
        }
    }
    guide
}

fn card(line: &str) -> Card {
    let (picture, text) = line.split_once('|').unwrap_or(("", line));
    Card { picture: picture.trim().to_owned(), text: text.trim().to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILES: [(&str, &str, &str); 3] = [
        (
            "companion",
            include_str!("../../public/guide/companion.nl.txt"),
            include_str!("../../public/guide/companion.en.txt"),
        ),
        (
            "supporter",
            include_str!("../../public/guide/supporter.nl.txt"),
            include_str!("../../public/guide/supporter.en.txt"),
        ),
        ("desk", include_str!("../../public/guide/desk.nl.txt"), include_str!("../../public/guide/desk.en.txt")),
    ];

    fn sentences(text: &str) -> Vec<&str> {
        text.split_inclusive(['.', '?', '!']).map(str::trim).filter(|sentence| !sentence.is_empty()).collect()
    }

    fn pictures(guide: &Guide) -> Vec<&str> {
        let tour = guide.tour.iter().chain(&guide.of_coordinator).map(|card| card.picture.as_str());
        tour.chain(guide.chapters.iter().map(|chapter| chapter.head.picture.as_str())).collect()
    }

    #[test]
    fn cards_chapters_and_paragraphs_are_told_apart() {
        let guide = parse("* sun | Dit is vandaag.\n+ key | Zo begint iemand.\n\n# memo | Plannen\nEen.\nTwee.\n");
        assert_eq!(guide.tour, [Card { picture: "sun".to_owned(), text: "Dit is vandaag.".to_owned() }]);
        assert_eq!(guide.of_coordinator[0].text, "Zo begint iemand.");
        assert_eq!(guide.chapters[0].head.text, "Plannen");
        assert_eq!(guide.chapters[0].text, "Een. Twee.");
    }

    #[test]
    fn a_tour_has_at_most_six_cards_and_a_chapter_three_to_six_sentences() {
        for (role, nl, en) in FILES {
            for guide in [parse(nl), parse(en)] {
                assert!((3..=6).contains(&guide.tour.len()), "{role}");
                assert!(guide.of_coordinator.len() <= 6, "{role}");
                assert!(guide.chapters.len() >= 5, "{role}");
                for Chapter { head, text } in &guide.chapters {
                    assert!((3..=6).contains(&sentences(text).len()), "{role}: {}: {text}", head.text);
                    assert!(head.text.split_whitespace().count() <= 6, "{role}: {}", head.text);
                }
            }
        }
    }

    #[test]
    fn no_sentence_is_longer_than_twelve_words() {
        for (role, nl, en) in FILES {
            for guide in [parse(nl), parse(en)] {
                let cards = guide.tour.iter().chain(&guide.of_coordinator).map(|card| &card.text);
                for text in cards.chain(guide.chapters.iter().map(|chapter| &chapter.text)) {
                    for sentence in sentences(text) {
                        assert!(sentence.split_whitespace().count() <= 12, "{role}: {sentence}");
                    }
                }
            }
        }
    }

    #[test]
    fn both_languages_have_the_same_pictures_and_every_picture_is_there() {
        for (role, nl, en) in FILES {
            let (nl, en) = (parse(nl), parse(en));
            assert_eq!(pictures(&nl), pictures(&en), "{role}");
            for picture in pictures(&nl) {
                let file = format!("{}/public/pictograms/{picture}.svg", env!("CARGO_MANIFEST_DIR"));
                assert!(std::path::Path::new(&file).exists(), "{role}: {picture}");
            }
        }
    }

    #[test]
    fn a_device_keeps_the_pictures_of_its_guide_before_it_is_opened() {
        for (role, root) in [
            ("companion", include_str!("../companion.rs")),
            ("supporter", include_str!("../supporter.rs")),
            ("desk", include_str!("../desk.rs")),
        ] {
            let (_, nl, _) = FILES.into_iter().find(|file| file.0 == role).unwrap();
            for picture in pictures(&parse(nl)) {
                assert!(root.contains(&format!("    \"{picture}\",")), "{role} does not keep {picture}");
            }
        }
    }
}
