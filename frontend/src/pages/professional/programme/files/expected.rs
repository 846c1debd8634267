//! What was expected where something else stands in a file, in words, and what the words of files are called here. The codes are those of
//! the server.

use opstap_core::Day;

use crate::dates::{day_and_month, on_day};
use crate::device::FileFault;
use crate::words::{Text, Word, of_report, programme, shared};

/// The words; of a newer server that knows more than this app, the code.
pub(super) fn expected(fault: &FileFault) -> Text {
    let with = |at: usize| fault.with.get(at).cloned().unwrap_or_default();
    let beside = |at: usize| beside(&with(at)).get();
    let all = || fault.with.iter().map(|code| self::beside(code).get()).collect::<Vec<_>>().join(", ");
    match fault.expected.as_str() {
        "a-column" => programme::expected_a_column(all()),
        "each-once" => programme::EXPECTED_EACH_ONCE.into(),
        "this-column" => programme::EXPECTED_THIS_COLUMN.into(),
        "nothing-beside" => programme::expected_nothing_beside(with(0)),
        "a-name" => programme::EXPECTED_A_NAME.into(),
        "a-short-name" => programme::EXPECTED_A_SHORT_NAME.into(),
        "a-name-of-its-own" => programme::expected_a_name_of_its_own(with(0)),
        "a-day" => programme::EXPECTED_A_DAY.into(),
        "the-day-of-it" => programme::EXPECTED_THE_DAY_OF_IT.into(),
        "one-of" => programme::expected_one_of(all()),
        "not-before" => programme::expected_not_before(with(0), beside(1)),
        "a-day-as" => programme::expected_a_day_as(beside(0)),
        "nothing-as" => programme::expected_nothing_as(beside(0)),
        "text" => programme::EXPECTED_TEXT.into(),
        "a-spreadsheet" => programme::EXPECTED_A_SPREADSHEET.into(),
        "fewer-lines" => programme::expected_fewer_lines(with(0)),
        "a-smaller-file" => programme::EXPECTED_A_SMALLER_FILE.into(),
        code => code.to_owned().into(),
    }
}

/// "Leerlingenvervoer (school transport)": what a column or a word of a file is called here, with what has to stand in the file.
pub(super) fn beside(code: &str) -> Text {
    let (word, code) = (called(code), code.to_owned());
    Text::live(move || match word {
        Some(word) => [word.get(), " (", &code, ")"].concat(),
        None => code.clone(),
    })
}

/// The same without the code; a day as a day.
pub(super) fn in_words(code: &str) -> Text {
    match (called(code), Day::parse(code)) {
        (Some(word), _) => word.into(),
        (None, Some(day)) => day_and_month(on_day(day)),
        (None, None) => code.to_owned().into(),
    }
}

/// What a column, or a word that stands in one, is called on the screens of the programme and in its figures.
fn called(code: &str) -> Option<Word> {
    let figure = match code {
        "registration" => return Some(programme::REGISTRATION),
        "registered_on" => return Some(programme::REGISTERED),
        "channel" => return Some(programme::CHANNEL),
        "outcome" => return Some(programme::STANDS),
        "transport_indication" => return Some(programme::INDICATION),
        "mode" => return Some(programme::MODE),
        "special_transport" => return of_report("breakdowns", "by-special-transport").map(|(title, _)| title),
        "yes" => return Some(shared::YES),
        "no" => return Some(shared::NO),
        "started_on" => "started",
        "completed_on" => "completed",
        "followed_up_on" => "followed-up",
        "still_travels_route" => "travels-yes",
        "travels_other_routes" => "other-routes-yes",
        "self or parent" => "through-own",
        "MEE consultant" => "through-consultant",
        "individual provisions" => "through-provisions",
        "sheltered workplace" => "through-workplace",
        "care organisation" => "through-care",
        "school" => "through-school",
        "registered" => "waiting",
        "outside area" => "outside",
        "withdrew after intake" => "withdrew",
        "practising" => "running",
        "stopped" => "stopped",
        "completed" => "completed",
        "school transport" => "indication-school",
        "AWBZ transport" => "indication-awbz",
        "WSW transport" => "indication-wsw",
        "none yet" => "indication-none-yet",
        "public transport" => "mode-public-transport",
        "bicycle" => "mode-bicycle",
        "on foot" => "mode-on-foot",
        "none" => "special-none",
        "less often" => "special-less-often",
        "as before" => "special-as-before",
        _ => return None,
    };
    of_report("figures", figure).map(|(title, _)| title)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_expected_is_said_with_all_that_belongs_to_it() {
        let said = |expected: &str, with: &[&str]| {
            let with = with.iter().map(|one| (*one).to_owned()).collect();
            let fault =
                FileFault { line: 2, column: String::new(), expected: expected.to_owned(), with, found: String::new() };
            super::expected(&fault).get()
        };
        assert_eq!(said("a-day", &[]), "een dag als JJJJ-MM-DD");
        let not_before = "een dag niet vóór 2013-03-01, de dag bij Klaar (completed_on)";
        assert_eq!(said("not-before", &["2013-03-01", "completed_on"]), not_before);
        assert_eq!(said("one-of", &["yes", "no"]), "een van: Ja (yes), Nee (no)");
        assert_eq!(said("a-dance", &[]), "a-dance");
    }

    #[test]
    fn every_word_of_a_file_is_called_something_here() {
        const FILE: &str = include_str!("../../../../../../tests/fixtures/travel-programme.csv");
        let days_and_names = |word: &str| word.is_empty() || word.starts_with('R') || word.starts_with("20");
        for word in FILE.split([',', '\r', '\n']).filter(|word| !days_and_names(word)) {
            assert!(called(word).is_some(), "{word}");
        }
    }
}
