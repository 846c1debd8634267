//! What stands in a mail: the same for everybody, in Dutch and then in English, and a link.

use std::sync::LazyLock;

use serde::Deserialize;

/// The words of mails in one language.
#[derive(Deserialize, Default)]
struct Words {
    news_subject: String,
    news_text: String,
    digest_subject: String,
    digest_text: String,
    confirm_subject: String,
    confirm_text: String,
    confirm_end: String,
}

static DUTCH: LazyLock<Words> = LazyLock::new(|| read(include_str!("../../locales/nl/mail.json")));
static ENGLISH: LazyLock<Words> = LazyLock::new(|| read(include_str!("../../locales/en/mail.json")));

/// A test holds both files to the fields above.
fn read(catalogue: &str) -> Words {
    serde_json::from_str(catalogue).unwrap_or_default()
}

/// A mail without its address.
pub(super) struct Letter {
    /// Its subject.
    pub(super) subject: String,
    /// Its text.
    pub(super) text: String,
}

/// There is something new, to be read behind this link.
pub(super) fn news(link: &str) -> Letter {
    Letter { subject: DUTCH.news_subject.clone(), text: in_both(&DUTCH.news_text, &ENGLISH.news_text, link) }
}

/// So much asks for attention, to be seen behind this link: a number, and of nobody.
pub(super) fn digest(count: usize, link: &str) -> Letter {
    let with_count = |text: &str| text.replace("{count}", &count.to_string());
    let text = in_both(&with_count(&DUTCH.digest_text), &with_count(&ENGLISH.digest_text), link);
    Letter { subject: DUTCH.digest_subject.clone(), text }
}

fn in_both(dutch: &str, english: &str, link: &str) -> String {
    format!("{dutch}\r\n\r\n{link}\r\n\r\n--\r\n\r\n{english}\r\n\r\n{link}\r\n")
}

/// Whether the address is theirs, to be said behind this link.
pub(super) fn confirm(link: &str) -> Letter {
    let part = |words: &Words| format!("{}\r\n\r\n{link}\r\n\r\n{}\r\n", words.confirm_text, words.confirm_end);
    let subject = DUTCH.confirm_subject.clone();
    Letter { subject, text: format!("{}\r\n--\r\n\r\n{}", part(&DUTCH), part(&ENGLISH)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_every_word_of_a_mail() {
        for words in [&*DUTCH, &*ENGLISH] {
            let news = [&words.news_subject, &words.news_text, &words.digest_subject, &words.digest_text];
            for word in news.into_iter().chain([&words.confirm_subject, &words.confirm_text, &words.confirm_end]) {
                assert!(word.len() > 20, "{word}");
            }
            assert!(words.digest_text.contains("{count}"));
        }
    }

    #[test]
    fn a_mail_is_plain_letters_that_every_program_shows() {
        let desk = "https://opstap.example/desk";
        for letter in [news(desk), digest(12, desk), confirm("https://opstap.example/mail/confirm#ABC")] {
            assert!(letter.subject.is_ascii() && letter.text.is_ascii(), "{}", letter.text);
            assert!(letter.text.lines().all(|line| line.len() < 200), "{}", letter.text);
        }
    }
}
