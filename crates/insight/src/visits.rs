//! Appointments as a calendar file, for the calendar that somebody has already. Other than a plan, which is done by the clock on the wall
//! wherever the phone is, an appointment is a moment: it is written in UTC, and every calendar shows it by its own clock.

use opstap_core::model::Appointment;
use opstap_core::stamp::{Millis, Stamp};
use opstap_core::{Day, RecordId};

use crate::calendar::{begin, end, escaped, put};

/// An appointment in a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// Its record: a file that is taken in again replaces what it brought.
    pub id: RecordId,
    /// What is arranged.
    pub appointment: Appointment,
    /// Who comes together, by name; whoever the file is for need not be among them.
    pub who: Vec<String>,
    /// The last edit of it.
    pub changed: Stamp,
    /// The number of that edit: a calendar takes the higher for the newer.
    pub number: u64,
}

/// The file, in the order in which the appointments are given. What was called off stands there too, as called off: what is merely left out
/// of a file stays in a calendar that has it.
#[must_use]
pub fn visits(all: &[Visit]) -> String {
    let mut file = begin();
    all.iter().for_each(|visit| event(&mut file, visit));
    end(&mut file);
    file
}

fn event(file: &mut String, visit: &Visit) {
    let Visit { id, appointment, who, changed, number } = visit;
    put(file, "BEGIN:VEVENT");
    put(file, &format!("UID:{id}@opstap"));
    put(file, &format!("DTSTAMP:{}", moment(changed.millis)));
    put(file, &format!("SEQUENCE:{}", number.min(&u64::from(u32::MAX >> 1))));
    put(file, &format!("DTSTART:{}", moment(appointment.at)));
    if appointment.minutes > 0 {
        put(file, &format!("DURATION:PT{}M", appointment.minutes));
    }
    put(file, &format!("SUMMARY:{}", escaped(&summary(appointment, who))));
    if let Some(place) = &appointment.place {
        put(file, &format!("LOCATION:{}", escaped(place)));
    }
    put(file, if appointment.cancelled.is_some() { "STATUS:CANCELLED" } else { "STATUS:CONFIRMED" });
    put(file, "END:VEVENT");
}

/// What it is for and who are there; one of the two where there is no other.
fn summary(appointment: &Appointment, who: &[String]) -> String {
    let (title, names) = (appointment.title.as_deref().unwrap_or_default().trim(), who.join(", "));
    match (title.is_empty(), names.is_empty()) {
        (false, false) => format!("{title} ({names})"),
        (false, true) => title.to_owned(),
        (true, _) => names,
    }
}

/// A moment, in UTC and to the second. A year has four digits.
fn moment(at: Millis) -> String {
    const LAST: Millis = Millis(253_402_300_799_999);
    let at = at.min(LAST);
    let day = Day::of(at).written().replace('-', "");
    let seconds = at.0 / 1_000 % 86_400;
    format!("{day}T{:02}{:02}{:02}Z", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use opstap_core::{DeviceId, PersonId};

    const AT: Millis = Millis(1_790_000_000_000);

    fn visit() -> Visit {
        let appointment = Appointment {
            with: PersonId([1; 16]),
            at: AT,
            minutes: 45,
            title: Some("Samen de post; en koffie".into()),
            place: Some("Bibliotheek, boven".into()),
            picture: None,
            route: None,
            cancelled: None,
        };
        let changed = Stamp { millis: Millis(AT.0 - 86_400_000), counter: 0, device: DeviceId([2; 16]) };
        Visit { id: RecordId([7; 16]), appointment, who: vec!["Sem".into(), "Marloes".into()], changed, number: 12 }
    }

    #[test]
    fn an_appointment_stands_there_at_its_moment_with_who_comes_and_where() {
        let file = visits(&[visit()]);
        for line in [
            "UID:07070707070707070707070707070707@opstap",
            "DTSTAMP:20260920T141320Z",
            "SEQUENCE:12",
            "DTSTART:20260921T141320Z",
            "DURATION:PT45M",
            "SUMMARY:Samen de post\\; en koffie (Sem\\, Marloes)",
            "LOCATION:Bibliotheek\\, boven",
            "STATUS:CONFIRMED",
        ] {
            assert!(file.contains(&format!("{line}\r\n")), "{line} in {file}");
        }
        assert!(file.starts_with("BEGIN:VCALENDAR\r\n") && file.ends_with("END:VCALENDAR\r\n"));
    }

    #[test]
    fn what_was_called_off_is_said_to_be_under_the_same_name() {
        let before = visit();
        let mut off = visit();
        off.appointment.cancelled = Some(AT);
        let name = |file: &str| file.lines().find(|line| line.starts_with("UID:")).map(str::to_owned);
        let file = visits(&[off]);
        assert!(file.contains("STATUS:CANCELLED\r\n") && !file.contains("CONFIRMED"), "{file}");
        assert_eq!(name(&file), name(&visits(&[before])));
    }

    #[test]
    fn without_a_title_it_is_called_by_who_comes_and_without_a_place_none_is_said() {
        let mut bare = visit();
        (bare.appointment.title, bare.appointment.place) = (Some("  ".into()), None);
        let file = visits(&[bare]);
        assert!(file.contains("SUMMARY:Sem\\, Marloes\r\n") && !file.contains("LOCATION"), "{file}");
    }

    #[test]
    fn a_moment_from_nowhere_breaks_no_file_and_a_name_ends_no_line() {
        let mut strange = visit();
        (strange.appointment.at, strange.appointment.minutes) = (Millis(u64::MAX), 0);
        strange.who = vec!["Sem\r\nEND:VEVENT".into()];
        let file = visits(&[strange]);
        assert!(file.contains("DTSTART:99991231T235959Z\r\n") && !file.contains("DURATION"), "{file}");
        assert_eq!(file.matches("\r\nEND:VEVENT").count(), 1, "{file}");
        assert_eq!(visits(&[]).matches("BEGIN").count(), 1);
    }
}
