//! What went well is told of those with whom it did.

use std::sync::Arc;

use opstap_core::PersonId;
use opstap_insight::following::{Source, Summary, WeekDone};

use super::*;

const THIS: Week = Week(3_000);

fn client(weeks: Vec<WeekDone>) -> Client {
    let nothing = Source {
        records: &[],
        person_of: &|_| None,
        says_stuck: &|_| false,
        me: PersonId([9; 16]),
        now: Millis(0),
        refused: None,
        is_crossed: &|_| false,
    };
    let summary = Summary { weeks, ..Summary::of(&nothing) };
    Client { circle: CircleId([4; 16]), name: "Sem".to_owned(), summary: Arc::new(summary) }
}

fn week(back: u32, done: u32, by_oneself: u32, practices: u32) -> WeekDone {
    WeekDone { week: Week(THIS.0 - back), begun: done, done, stopped: 0, all: 8, by_oneself, practices }
}

#[test]
fn more_by_oneself_goes_before_what_was_done_and_that_before_practice() {
    let weeks = [7, 6, 5, 4, 3, 2, 1, 0].map(|back| week(back, 3, if back > 3 { 2 } else { 6 }, 1));
    assert_eq!(went_well(&client(weeks.to_vec()), THIS), Some(Well::More(25, 75)));
    assert_eq!(went_well(&client(vec![week(0, 3, 6, 1)]), THIS), Some(Well::Plans(3)));
    assert_eq!(went_well(&client(vec![week(0, 0, 6, 2)]), THIS), Some(Well::Practised(2)));
}

#[test]
fn a_week_in_which_nothing_was_done_is_no_news() {
    assert_eq!(went_well(&client(vec![week(0, 0, 0, 0)]), THIS), None);
    assert_eq!(went_well(&client(vec![week(1, 4, 0, 0)]), THIS), None, "that was last week");
}

#[test]
fn where_no_phone_is_known_it_rests_on_what_is_here() {
    let (client, now) = (client(Vec::new()), Millis(9 * A_DAY));
    let rests = |heard: Option<Millis>| rests_on(std::slice::from_ref(&client), now, |_| heard).get();
    assert_eq!(rests(None), following::RESTS_ON.get());
    assert_eq!(rests(Some(Millis(7 * A_DAY))), following::RESTS_ON.get(), "that phone is silent");
    assert_eq!(rests(Some(Millis(8 * A_DAY))), following::all_phones(1).get());
    assert_eq!(rests_on(&[], now, |_| Some(now)).get(), following::RESTS_ON.get());
}
