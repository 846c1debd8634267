//! Which weeks there are, what they are called and which of a period are whole.

use proptest::prelude::*;

use super::*;

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

#[test]
fn a_week_is_called_by_the_year_of_its_thursday() {
    for (monday, sunday, name) in [
        ("2019-11-25", "2019-12-01", "2019-W48"),
        ("2019-12-30", "2020-01-05", "2020-W01"),
        ("2020-03-23", "2020-03-29", "2020-W13"),
        ("2020-12-28", "2021-01-03", "2020-W53"),
        ("2021-01-04", "2021-01-10", "2021-W01"),
        ("1970-01-05", "1970-01-11", "1970-W02"),
    ] {
        let week = Week::of(day(monday));
        assert_eq!((week, week.written().as_str()), (Week::of(day(sunday)), name));
        assert_eq!((week.monday(), week.sunday()), (day(monday), day(sunday)));
    }
}

#[test]
fn the_first_week_has_no_day_before_1970_and_is_never_whole() {
    assert_eq!((Week(0).monday(), Week(0).sunday(), Week(0).written().as_str()), (Day(0), Day(3), "1970-W01"));
    assert_eq!(Period { from: Day(0), to: Day(10) }.whole_weeks(), 1..2);
}

#[test]
fn a_week_that_is_partly_in_a_period_is_none_of_its_whole_weeks() {
    let weeks = |from, to| Period { from: day(from), to: day(to) }.whole_weeks().count();
    assert_eq!(weeks("2019-11-25", "2020-03-29"), 18);
    assert_eq!(weeks("2019-11-26", "2020-03-29"), 17);
    assert_eq!(weeks("2019-11-26", "2020-03-28"), 16);
    assert_eq!(weeks("2020-01-01", "2020-01-05"), 0);
    assert_eq!(weeks("2020-01-07", "2020-01-18"), 0, "twelve days with a week in neither");
    assert_eq!(weeks("2020-03-29", "2019-11-25"), 0, "no period at all");
}

proptest! {
    #[test]
    fn a_whole_week_of_a_period_is_one_with_all_its_days_in_it(from in 0_u32..30_000, length in 0_u32..60) {
        let period = Period { from: Day(from), to: Day(from + length) };
        for week in (Week::of(period.from).0..=Week::of(period.to).0).filter(|week| *week > 0) {
            let has_all = (Week(week).monday().0..=Week(week).sunday().0).all(|day| period.has(Day(day)));
            prop_assert_eq!(period.whole_weeks().contains(&week), has_all);
        }
    }

    #[test]
    fn every_day_is_in_one_week_and_the_number_grows_by_one_or_begins_anew(day in 0_u32..1_000_000) {
        let week = Week::of(Day(day));
        prop_assert!(week.monday() <= Day(day) && Day(day) <= week.sunday());
        let ((year, number), (next_year, next)) = (week.number(), Week(week.0 + 1).number());
        prop_assert!((next_year, next) == (year, number + 1) || number >= 52 && (next_year, next) == (year + 1, 1));
    }
}
