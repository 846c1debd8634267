//! Days and languages as addresses ask for them.

use opstap_core::Day;

use crate::http::error::Problem;
use crate::lists::Period;
use crate::settings::Language;

/// From and up to which day; `expected` is said where a day is none, or the first is the later.
pub fn days(from: Option<&str>, until: Option<&str>, expected: &'static str) -> Result<Period, Problem> {
    let day = |text: Option<&str>| match text {
        Some(text) => Day::parse(text).map(Some).ok_or(Problem::BodyNotUnderstood(expected)),
        None => Ok(None),
    };
    let period = Period { from: day(from)?, until: day(until)? };
    match period.from.zip(period.until) {
        Some((from, until)) if from > until => Err(Problem::BodyNotUnderstood(expected)),
        _ => Ok(period),
    }
}

/// The language; Dutch where none is asked for.
pub fn language(asked: Option<&str>, expected: &'static str) -> Result<Language, Problem> {
    match asked {
        None | Some("nl") => Ok(Language::Nl),
        Some("en") => Ok(Language::En),
        Some(_) => Err(Problem::BodyNotUnderstood(expected)),
    }
}
