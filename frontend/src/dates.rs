//! Days and times as people say them. Names of days and months come from the browser, spoken times from the words.

use js_sys::{Date, Object, Reflect};
use opstap_core::model::Days;
use opstap_core::{Day, Millis};
use opstap_insight as calendar;
use wasm_bindgen::JsValue;

use crate::day::today;
use crate::language::{Language, language};
use crate::words::{Text, shared};

/// A time of the day as a client hears it: "om 1 uur", "om kwart over 1", "om half 2". Hours 0 to 23, minutes 0 to 59.
#[must_use]
pub fn spoken_time(hour: u32, minute: u32) -> Text {
    Text::live(move || spoken(language(), hour, minute))
}

fn spoken(language: Language, hour: u32, minute: u32) -> String {
    let this = on_the_dial(hour);
    let next = on_the_dial(hour + 1);
    // Dutch names the half hour after the hour that comes and counts round it; English does neither.
    let dutch = language == Language::Dutch;
    let text = match minute % 60 {
        0 => shared::at_hour(this),
        15 => shared::at_quarter_past(this),
        30 => shared::at_half(if dutch { next } else { this }),
        45 => shared::at_quarter_to(next),
        past @ 16..=29 if dutch => shared::at_before_half(30 - past, next),
        past @ 31..=44 if dutch => shared::at_after_half(past - 30, next),
        // Nobody says "29 to 2".
        odd if !dutch && odd % 5 > 0 => shared::at_clock(on_the_clock(language, this, odd)),
        past @ 1..=29 => shared::at_past(past, this),
        past => shared::at_to(60 - past, next),
    };
    text.within(language)
}

fn on_the_dial(hour: u32) -> u32 {
    match hour % 12 {
        0 => 12,
        hour => hour,
    }
}

/// The spoken time of a moment (milliseconds since 1970) by the clock of this device.
#[must_use]
pub fn spoken_moment(milliseconds: f64) -> Text {
    let date = date(milliseconds);
    spoken_time(date.get_hours(), date.get_minutes())
}

/// "13.00 uur", for supporters.
#[must_use]
pub fn clock_time(milliseconds: f64) -> Text {
    let date = date(milliseconds);
    let (hour, minute) = (date.get_hours(), date.get_minutes());
    Text::live(move || shared::clock(on_the_clock(language(), hour, minute)).get())
}

/// "13.00", in English "13:00".
#[must_use]
pub fn on_the_clock(language: Language, hour: u32, minute: u32) -> String {
    let mark = if language == Language::Dutch { '.' } else { ':' };
    format!("{hour}{mark}{minute:02}")
}

/// A Monday, at noon so that no change of the clock makes it another day.
const A_MONDAY: f64 = 1_704_110_400_000.0;
const DAY: f64 = 24.0 * 60.0 * 60.0 * 1_000.0;

/// A day of the week by its place from Monday (0): "dinsdag", or short "di".
#[must_use]
pub fn day_of_week(place: usize, short: bool) -> Text {
    let on = A_MONDAY + DAY * place as f64;
    if short { named(on, &[("weekday", "short")]) } else { weekday(on) }
}

/// "ma, wo, vr"; "elke dag" where nothing is said.
#[must_use]
pub fn names_of_days(days: Option<Days>) -> Text {
    Text::live(move || match days {
        None => shared::EVERY_DAY.get().to_owned(),
        Some(days) => days.each().map(|day| day_of_week(day, true).get()).collect::<Vec<_>>().join(", "),
    })
}

/// The place of a moment's day in the week, from Monday (0), by the clock of this device.
#[must_use]
pub fn place_in_week(milliseconds: f64) -> usize {
    // JavaScript begins with Sunday.
    (date(milliseconds).get_day() as usize + 6) % 7
}

/// The day so many days after a moment, by the clock of this device.
#[must_use]
pub fn calendar_day(milliseconds: f64, after: usize) -> calendar::Date {
    // From noon, so that a change of the clock makes it no other day.
    let milliseconds = midnight(milliseconds) + DAY * (after as f64 + 0.5);
    let date = date(milliseconds);
    calendar::Date {
        year: date.get_full_year(),
        month: date.get_month() + 1,
        day: date.get_date(),
        weekday: place_in_week(milliseconds),
    }
}

/// The day of a moment in the calendar where this device is.
#[must_use]
pub fn day_of(milliseconds: f64) -> Day {
    let here = milliseconds - date(milliseconds).get_timezone_offset() * 60_000.0;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "`as` saturates; a day before 1970 is a clock that was never set"
    )]
    Day((here / DAY).floor() as u32)
}

/// A moment on a day, so that it can be named.
#[must_use]
pub fn on_day(day: Day) -> f64 {
    (f64::from(day.0) + 0.5) * DAY
}

/// A day as a field for dates writes it.
#[must_use]
pub fn as_date(day: Day) -> String {
    String::from(date(on_day(day)).to_iso_string()).chars().take(10).collect()
}

/// The time of a moment as a field for times writes it, by the clock of this device.
#[must_use]
pub fn as_time(milliseconds: f64) -> String {
    let date = date(milliseconds);
    format!("{:02}:{:02}", date.get_hours(), date.get_minutes())
}

/// The minutes since midnight of a moment, by the clock of this device.
#[must_use]
pub fn minute_of_day(milliseconds: f64) -> u32 {
    let date = date(milliseconds);
    date.get_hours() * 60 + date.get_minutes()
}

/// The day in such a field; none where it is empty or half filled.
#[must_use]
pub fn from_date(text: &str) -> Option<Day> {
    let parsed = Date::parse(text);
    // A date without a time is taken as midnight in UTC, as days are counted.
    parsed.is_finite().then(|| Day::of(millis(parsed)))
}

/// The moment of a day and a time, as fields write them, by the clock of this device.
#[must_use]
pub fn from_date_and_time(day: &str, time: &str) -> Option<Millis> {
    let parsed = Date::parse(&[day, time].join("T"));
    parsed.is_finite().then(|| millis(parsed))
}

/// The midnight with which the week of a moment began, on a Monday.
#[must_use]
pub fn week_start(at: Millis) -> Millis {
    // From noon, so that a change of the clock makes it no other day.
    let noon = moment(day_start(at)) + DAY / 2.0;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "`as` saturates; a day before 1970 is a clock that was never set"
    )]
    day_start(Millis((noon - DAY * place_in_week(noon) as f64) as u64))
}

/// "dinsdag".
#[must_use]
pub fn weekday(milliseconds: f64) -> Text {
    named(milliseconds, &[("weekday", "long")])
}

/// "Dinsdag", as a title.
#[must_use]
pub fn weekday_title(milliseconds: f64) -> Text {
    let day = weekday(milliseconds);
    Text::live(move || {
        let mut day = day.get();
        begin_with_capital(&mut day);
        day
    })
}

/// Our own names of days begin with a plain letter, so the tables of every alphabet need not come along.
pub fn begin_with_capital(words: &mut str) {
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_uppercase();
    }
}

/// "24 november"; of another year than this one "24 november 2013".
#[must_use]
pub fn day_and_month(milliseconds: f64) -> Text {
    with_year(milliseconds, false)
}

/// "24 november 2026", for what is printed.
#[must_use]
pub fn whole_date(milliseconds: f64) -> Text {
    named(milliseconds, parts(false, true))
}

/// "24".
#[must_use]
pub fn day_of_month(milliseconds: f64) -> Text {
    named(milliseconds, &[("day", "numeric")])
}

/// "nov", for figures.
#[must_use]
pub fn short_month(milliseconds: f64) -> Text {
    named(milliseconds, &[("month", "short")])
}

/// "november 2026".
#[must_use]
pub fn month_and_year(milliseconds: f64) -> Text {
    named(milliseconds, &[("month", "long"), ("year", "numeric")])
}

/// "dinsdag 24 november"; of another year than this one "zondag 24 november 2013".
#[must_use]
pub fn full_day(milliseconds: f64) -> Text {
    with_year(milliseconds, true)
}

/// What is said of a date.
type Said = &'static [(&'static str, &'static str)];

/// All of a date, of which the ends may be left out.
static DATE: [(&str, &str); 4] = [("weekday", "long"), ("day", "numeric"), ("month", "long"), ("year", "numeric")];

/// A date that says its year where nobody would think of it.
fn with_year(milliseconds: f64, weekday: bool) -> Text {
    Text::live(move || {
        let year = |milliseconds| date(milliseconds).get_full_year();
        in_words(milliseconds, parts(weekday, year(milliseconds) != year(moment(today()))))
    })
}

fn parts(weekday: bool, other_year: bool) -> Said {
    DATE.get(usize::from(!weekday)..3 + usize::from(other_year)).unwrap_or(&DATE)
}

/// Such a day as it is called while the app stays open: yesterday's "vandaag" becomes "gisteren".
#[must_use]
pub fn near_today(milliseconds: f64) -> Text {
    Text::live(move || near_day(milliseconds, moment(today())).get())
}

/// "vandaag", "gisteren", "morgen", or the full day. `now` is a moment too.
#[must_use]
pub fn near_day(milliseconds: f64, now: f64) -> Text {
    let days = midnight(milliseconds) - midnight(now);
    // Days of 23 and 25 hours exist; rounding takes care of them.
    #[expect(clippy::cast_possible_truncation, reason = "`as` saturates, and a far day is named in full anyway")]
    match (days / 86_400_000.0).round() as i32 {
        0 => shared::TODAY.into(),
        -1 => shared::YESTERDAY.into(),
        1 => shared::TOMORROW.into(),
        _ => full_day(milliseconds),
    }
}

/// "vandaag 9.14 uur", for supporters.
#[must_use]
pub fn near_moment(milliseconds: f64, now: f64) -> Text {
    let (day, time) = (near_day(milliseconds, now), clock_time(milliseconds));
    Text::live(move || [day.get(), time.get()].join(" "))
}

/// A moment as this file's functions and the browser take it.
#[must_use]
pub fn moment(at: Millis) -> f64 {
    at.0 as f64
}

/// The midnight with which the day of a moment began, by the clock of this device.
#[must_use]
pub fn day_start(at: Millis) -> Millis {
    millis(midnight(moment(at)))
}

/// A moment of the browser as the device counts it.
fn millis(moment: f64) -> Millis {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "`as` saturates; a moment before 1970 is a clock that was never set"
    )]
    Millis(moment as u64)
}

fn date(milliseconds: f64) -> Date {
    Date::new(&JsValue::from_f64(milliseconds))
}

fn midnight(milliseconds: f64) -> f64 {
    let day = date(milliseconds);
    day.set_hours(0);
    day.set_minutes(0);
    day.set_seconds(0);
    day.set_milliseconds(0);
    day.get_time()
}

fn named(milliseconds: f64, parts: Said) -> Text {
    Text::live(move || in_words(milliseconds, parts))
}

fn in_words(milliseconds: f64, parts: Said) -> String {
    let options = Object::new();
    for (part, form) in parts {
        // Setting a field of a plain object of our own cannot be refused.
        let _ = Reflect::set(&options, &JsValue::from_str(part), &JsValue::from_str(form));
    }
    let tag = match language() {
        Language::Dutch => "nl-NL",
        Language::English => "en-GB",
    };
    date(milliseconds).to_locale_date_string(tag, &options).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_of_another_year_says_its_year() {
        let says = |weekday, other_year| parts(weekday, other_year).iter().map(|(part, _)| *part).collect::<Vec<_>>();
        assert_eq!(says(true, false), ["weekday", "day", "month"]);
        assert_eq!(says(true, true), ["weekday", "day", "month", "year"]);
        assert_eq!((says(false, false), says(false, true)), (vec!["day", "month"], vec!["day", "month", "year"]));
    }

    #[test]
    fn times_are_said_as_people_say_them_in_both_languages() {
        let dutch = [
            (13, 0, "om 1 uur"),
            (0, 0, "om 12 uur"),
            (13, 10, "om 10 over 1"),
            (13, 15, "om kwart over 1"),
            (13, 20, "om 10 voor half 2"),
            (13, 30, "om half 2"),
            (12, 30, "om half 1"),
            (13, 35, "om 5 over half 2"),
            (13, 45, "om kwart voor 2"),
            (13, 50, "om 10 voor 2"),
            (23, 55, "om 5 voor 12"),
        ];
        for (hour, minute, said) in dutch {
            assert_eq!(spoken(Language::Dutch, hour, minute), said);
        }
        let english = [
            (13, 0, "at 1 o’clock"),
            (13, 10, "at 10 past 1"),
            (13, 15, "at quarter past 1"),
            (13, 20, "at 20 past 1"),
            (13, 30, "at half past 1"),
            (12, 30, "at half past 12"),
            (13, 35, "at 25 to 2"),
            (13, 45, "at quarter to 2"),
            (13, 50, "at 10 to 2"),
            (13, 31, "at 1:31"),
            (0, 4, "at 12:04"),
        ];
        for (hour, minute, said) in english {
            assert_eq!(spoken(Language::English, hour, minute), said);
        }
    }
}
