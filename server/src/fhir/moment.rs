//! Stretches of time, and what a search says of them: a value as `ge2026-01` is a comparison with all of that month.

use opstap_core::{Day, Millis};

/// A stretch of time, up to and without its end. Without an end it goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// When it begins.
    pub from: Millis,
    /// When it is over.
    pub to: Option<Millis>,
}

impl Span {
    /// One moment.
    #[must_use]
    pub const fn at(at: Millis) -> Self {
        Self { from: at, to: Some(at.plus(1)) }
    }

    /// From a moment on, until another where there is one.
    #[must_use]
    pub fn between(from: Millis, to: Option<Millis>) -> Self {
        Self { from, to: to.map(|to| to.max(from.plus(1))) }
    }

    /// All of a day.
    #[must_use]
    pub fn of_day(day: Day) -> Self {
        Self { from: day.begins(), to: Some(day.on(1).begins()) }
    }

    /// From a day on, until another and all of it where there is one.
    #[must_use]
    pub fn of_days(from: Day, to: Option<Day>) -> Self {
        Self::between(from.begins(), to.map(|to| to.on(1).begins()))
    }

    fn end(self) -> Millis {
        self.to.unwrap_or(Millis(u64::MAX))
    }

    /// The stretch that a text stands for: a year, a month, a day, a minute, a second or a millisecond. A moment names its zone.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        // Nothing here is of before 1970: such a time is the very begin, so that everything is after it and nothing in it.
        let year = text.get(..4).filter(|year| year.bytes().all(|digit| digit.is_ascii_digit()))?;
        if year.parse::<u32>().ok()? < 1_970 {
            let begin = Self { from: Millis(0), to: Some(Millis(0)) };
            return Self::parse(&format!("1972{}", text.get(4..)?)).map(|_| begin);
        }
        let Some((day, time)) = text.split_once('T') else { return Self::parse_days(text) };
        let day = Day::parse(day)?.begins();
        let (time, ahead) = zone(time)?;
        let (clock, fraction) = time.split_once('.').unwrap_or((time, ""));
        let mut parts = clock.split(':');
        let mut number = |most: u64| two_digits(parts.next()?, most);
        let (hours, minutes) = (number(23)?, number(59)?);
        let has_seconds = clock.len() > 5;
        let seconds = if has_seconds { number(60)? } else { 0 };
        if parts.next().is_some() || (!fraction.is_empty() && !has_seconds) {
            return None;
        }
        let millis = thousandths(fraction)?;
        let at = day.0 + ((hours * 60 + minutes) * 60 + seconds) * 1_000 + millis;
        let at = i64::try_from(at).ok()?.checked_sub(ahead * 60_000)?;
        let from = Millis(u64::try_from(at).unwrap_or_default());
        let length = match (has_seconds, fraction.is_empty()) {
            (false, _) => 60_000,
            (true, true) => 1_000,
            (true, false) => 1,
        };
        Some(Self { from, to: Some(from.plus(length)) })
    }

    fn parse_days(text: &str) -> Option<Self> {
        let months = |first: Day, months| Self { from: first.begins(), to: Some(first.after_months(months).begins()) };
        match text.len() {
            4 => Some(months(Day::parse(&format!("{text}-01-01"))?, 12)),
            7 => Some(months(Day::parse(&format!("{text}-01"))?, 1)),
            _ => Day::parse(text).map(Self::of_day),
        }
    }
}

/// A time without its zone, and how many minutes that zone is ahead of UTC. In an address a plus that nobody escaped is a blank.
fn zone(time: &str) -> Option<(&str, i64)> {
    if let Some(time) = time.strip_suffix('Z') {
        return Some((time, 0));
    }
    let place = time.rfind(['+', '-', ' '])?;
    let (time, zone) = (time.get(..place)?, time.get(place..)?);
    let (hours, minutes) = zone.get(1..)?.split_once(':')?;
    let minutes = i64::try_from(two_digits(hours, 14)? * 60 + two_digits(minutes, 59)?).ok()?;
    Some((time, if zone.starts_with('-') { -minutes } else { minutes }))
}

fn two_digits(text: &str, most: u64) -> Option<u64> {
    let holds = text.len() == 2 && text.bytes().all(|digit| digit.is_ascii_digit());
    text.parse().ok().filter(|number| holds && *number <= most)
}

/// The first three digits of a fraction, as thousandths.
fn thousandths(fraction: &str) -> Option<u64> {
    if !fraction.bytes().all(|digit| digit.is_ascii_digit()) || fraction.len() > 9 {
        return None;
    }
    let digits: String = fraction.chars().chain("000".chars()).take(3).collect();
    digits.parse().ok()
}

/// How a value of a search compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Compares {
    Within,
    NotWithin,
    Above,
    Below,
    From,
    UpTo,
    After,
    Before,
}

/// What a search asks of a stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeTest {
    how: Compares,
    with: Span,
}

impl TimeTest {
    /// The test that a value as `le2026-11-30` stands for.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (prefix, rest) = text.split_at_checked(2)?;
        let how = match prefix {
            "eq" => Compares::Within,
            "ne" => Compares::NotWithin,
            "gt" => Compares::Above,
            "lt" => Compares::Below,
            "ge" => Compares::From,
            "le" => Compares::UpTo,
            "sa" => Compares::After,
            "eb" => Compares::Before,
            _ => return Some(Self { how: Compares::Within, with: Span::parse(text)? }),
        };
        Some(Self { how, with: Span::parse(rest)? })
    }

    /// Whether a stretch of time passes, as FHIR R4 has it under "date" of its searches; `ge` and `le` take all that touches the value, so
    /// that what lasts into the day that was asked for is found. What has no end in sight goes on for ever.
    #[must_use]
    pub fn holds(self, span: Span) -> bool {
        let (with, end) = (self.with, span.end());
        let within = span.from >= with.from && end <= with.end();
        match self.how {
            Compares::Within => within,
            Compares::NotWithin => !within,
            Compares::Above => end > with.end(),
            Compares::Below => span.from < with.from,
            Compares::From => end > with.from,
            Compares::UpTo => span.from < with.end(),
            Compares::After => span.from >= with.end(),
            Compares::Before => end <= with.from,
        }
    }
}

#[cfg(test)]
#[path = "moment_tests.rs"]
mod tests;
