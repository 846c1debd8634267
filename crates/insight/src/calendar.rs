//! Plans as a calendar file, so that the calendar of a phone reminds when the app cannot. The form is iCalendar (RFC 5545), the part of it
//! that every calendar reads.

use std::fmt::Write;

use opstap_core::RecordId;
use opstap_core::model::Days;

/// The days of the week as the format names them, from Monday on.
const DAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
/// The longest line of the format, in bytes.
const LONGEST_LINE: usize = 75;

/// Something to be reminded of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminder {
    /// The plan: a file that is taken in again replaces what it brought.
    pub plan: RecordId,
    /// What the calendar shows.
    pub title: String,
    /// When, in minutes since midnight.
    pub minutes: u32,
    /// On which days; every day without them.
    pub days: Option<Days>,
    /// It rings on days off too.
    pub always: bool,
}

/// A day of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Date {
    /// The year.
    pub year: u32,
    /// 1 to 12.
    pub month: u32,
    /// 1 to 31.
    pub day: u32,
    /// Monday (0) to Sunday (6).
    pub weekday: usize,
}

/// The file. `off` are the days off from today on, on which it rings only for what goes on anyway. `today` is the first day that counts; times are those of the clock on the wall, wherever the phone is. `after` gives the day
/// so many days after today, for a plan whose first day is not today.
#[must_use]
pub fn calendar(reminders: &[Reminder], off: &[Date], today: Date, after: impl Fn(usize) -> Date) -> String {
    let mut file = begin();
    for (place, reminder) in reminders.iter().enumerate() {
        // A plan with two times stands there twice, and each replaces itself.
        let before = reminders.iter().take(place).filter(|other| other.plan == reminder.plan).count();
        let name = if before == 0 { reminder.plan.to_string() } else { format!("{}-{before}", reminder.plan) };
        let waits = (0..7).find(|wait| reminder.days.is_none_or(|days| days.has((today.weekday + wait) % 7)));
        let first = waits.filter(|wait| *wait > 0).map_or(today, &after);
        let off = if reminder.always { &[] } else { off };
        event(&mut file, &name, reminder, off, (today, first));
    }
    end(&mut file);
    file
}

/// A file with one thing to do on the first day of every month, from the month after this one on. `name` is the same each time it is made:
/// a file that is taken in again replaces what it brought.
#[must_use]
pub fn every_month(name: &str, title: &str, minutes: u32, today: Date) -> String {
    let (year, month) = if today.month < 12 { (today.year, today.month + 1) } else { (today.year + 1, 1) };
    let first = Date { year, month, day: 1, ..today };
    let mut file = begin();
    begin_event(&mut file, name, minutes, (today, first));
    put(&mut file, "RRULE:FREQ=MONTHLY;BYMONTHDAY=1");
    end_event(&mut file, title);
    end(&mut file);
    file
}

pub(crate) fn begin() -> String {
    let mut file = String::new();
    for line in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Opstap//Opstap//NL", "CALSCALE:GREGORIAN"] {
        put(&mut file, line);
    }
    file
}

pub(crate) fn end(file: &mut String) {
    put(file, "END:VCALENDAR");
}

fn day(date: Date) -> String {
    format!("{:04}{:02}{:02}", date.year, date.month, date.day)
}

fn time(minutes: u32) -> String {
    format!("T{:02}{:02}00", minutes / 60 % 24, minutes % 60)
}

fn begin_event(file: &mut String, name: &str, minutes: u32, (today, first): (Date, Date)) {
    put(file, "BEGIN:VEVENT");
    put(file, &format!("UID:{name}@opstap"));
    put(file, &format!("DTSTAMP:{}T000000Z", day(today)));
    put(file, &format!("DTSTART:{}{}", day(first), time(minutes)));
    put(file, "DURATION:PT15M");
}

fn end_event(file: &mut String, title: &str) {
    let title = escaped(title);
    put(file, &format!("SUMMARY:{title}"));
    put(file, "BEGIN:VALARM");
    put(file, "ACTION:DISPLAY");
    put(file, "TRIGGER:PT0S");
    put(file, &format!("DESCRIPTION:{title}"));
    put(file, "END:VALARM");
    put(file, "END:VEVENT");
}

fn event(file: &mut String, name: &str, reminder: &Reminder, off: &[Date], days: (Date, Date)) {
    begin_event(file, name, reminder.minutes, days);
    match reminder.days {
        None => put(file, "RRULE:FREQ=DAILY"),
        Some(days) => {
            let names: Vec<_> = days.each().filter_map(|day| DAYS.get(day).copied()).collect();
            put(file, &format!("RRULE:FREQ=WEEKLY;BYDAY={}", names.join(",")));
        }
    }
    // A day on which it would not ring anyway need not be left out.
    for date in off.iter().filter(|date| reminder.days.is_none_or(|days| days.has(date.weekday))) {
        put(file, &format!("EXDATE:{}{}", day(*date), time(reminder.minutes)));
    }
    end_event(file, &reminder.title);
}

/// Text in a value: what separates values is written with a backslash before it.
pub(crate) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for sign in text.chars().filter(|sign| *sign != '\u{ad}') {
        match sign {
            '\\' | ';' | ',' => {
                escaped.push('\\');
                escaped.push(sign);
            }
            '\n' => escaped.push_str("\\n"),
            sign if sign.is_control() => {}
            sign => escaped.push(sign),
        }
    }
    escaped
}

/// A line, folded where it is too long, never within a letter.
pub(crate) fn put(file: &mut String, line: &str) {
    let mut room = LONGEST_LINE;
    for sign in line.chars() {
        if sign.len_utf8() > room {
            file.push_str("\r\n ");
            room = LONGEST_LINE - 1;
        }
        room -= sign.len_utf8();
        let _ = file.write_char(sign);
    }
    file.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A Sunday.
    const TODAY: Date = Date { year: 2026, month: 11, day: 29, weekday: 6 };

    fn after(days: usize) -> Date {
        let day = 29 + u32::try_from(days).unwrap();
        if day > 30 { Date { month: 12, day: day - 30, ..TODAY } } else { Date { day, ..TODAY } }
    }

    fn reminder(title: &str, minutes: u32, days: Option<Days>) -> Reminder {
        Reminder { plan: RecordId([7; 16]), title: title.to_owned(), minutes, days, always: false }
    }

    #[test]
    fn what_is_done_every_month_rings_on_its_first_day_from_the_next_month_on() {
        let file = every_month("travel-card", "Pas opladen", 600, TODAY);
        for line in [
            "UID:travel-card@opstap",
            "DTSTART:20261201T100000",
            "RRULE:FREQ=MONTHLY;BYMONTHDAY=1",
            "SUMMARY:Pas opladen",
        ] {
            assert!(file.contains(&format!("{line}\r\n")), "{line} in {file}");
        }
        let december = Date { month: 12, ..TODAY };
        assert!(every_month("travel-card", "", 600, december).contains("DTSTART:20270101T100000\r\n"));
    }

    #[test]
    fn a_plan_of_every_day_begins_today_and_rings_at_its_time() {
        let file = calendar(&[reminder("Opstaan", 450, None)], &[], TODAY, after);
        for line in [
            "DTSTART:20261129T073000",
            "RRULE:FREQ=DAILY",
            "SUMMARY:Opstaan",
            "TRIGGER:PT0S",
            "DTSTAMP:20261129T000000Z",
        ] {
            assert!(file.contains(&format!("{line}\r\n")), "{line} in {file}");
        }
        assert!(file.starts_with("BEGIN:VCALENDAR\r\n") && file.ends_with("END:VCALENDAR\r\n"));
    }

    #[test]
    fn a_plan_of_some_days_begins_on_the_first_of_them() {
        let file = calendar(&[reminder("Koken", 1_050, Days::of([1, 3]))], &[], TODAY, after);
        assert!(file.contains("DTSTART:20261201T173000\r\n") && file.contains("RRULE:FREQ=WEEKLY;BYDAY=TU,TH\r\n"));
        let today = calendar(&[reminder("Koken", 1_050, Days::of([6]))], &[], TODAY, after);
        assert!(today.contains("DTSTART:20261129T173000\r\n"), "{today}");
    }

    #[test]
    fn a_plan_with_two_times_stands_there_twice_by_names_of_its_own() {
        let twice = [reminder("Opstaan", 450, Days::of(0..5)), reminder("Opstaan", 600, Days::of([5, 6]))];
        let file = calendar(&twice, &[], TODAY, after);
        let id = RecordId([7; 16]);
        assert!(
            file.contains(&format!("UID:{id}@opstap\r\n")) && file.contains(&format!("UID:{id}-1@opstap\r\n")),
            "{file}"
        );
        assert!(file.contains("T073000\r\n") && file.contains("T100000\r\n"), "{file}");
    }

    #[test]
    fn it_does_not_ring_on_days_off_but_for_what_goes_on_anyway() {
        let off = [Date { month: 12, day: 24, weekday: 3, ..TODAY }, Date { month: 12, day: 25, weekday: 4, ..TODAY }];
        let file = |reminder| calendar(&[reminder], &off, TODAY, after);
        let every_day = file(reminder("Opstaan", 450, None));
        assert!(every_day.contains("EXDATE:20261224T073000\r\nEXDATE:20261225T073000\r\n"), "{every_day}");
        let fridays = file(reminder("Koken", 1_050, Days::of([4])));
        assert!(fridays.contains("EXDATE:20261225T173000\r\n") && fridays.matches("EXDATE").count() == 1, "{fridays}");
        assert!(!file(Reminder { always: true, ..reminder("Medicijnen", 480, None) }).contains("EXDATE"));
    }

    #[test]
    fn a_title_ends_no_line_and_long_ones_are_folded_between_letters() {
        let file = calendar(&[reminder("Brood; melk, kaas\\\nEND:VEVENT\r", 60, None)], &[], TODAY, after);
        assert!(file.contains("SUMMARY:Brood\\; melk\\, kaas\\\\\\nEND:VEVENT\r\n"), "{file}");
        let long = calendar(&[reminder(&"é".repeat(200), 60, None)], &[], TODAY, after);
        assert!(long.split("\r\n").all(|line| line.len() <= LONGEST_LINE));
        assert!(long.replace("\r\n ", "").contains(&"é".repeat(200)));
    }

    #[test]
    fn without_anything_to_remember_it_is_an_empty_calendar() {
        assert_eq!(calendar(&[], &[], TODAY, after).matches("BEGIN").count(), 1);
    }
}
