//! What a day shows, and in which order.

use opstap_core::model::MOST_PICTURES as MOST;

use super::*;

const MONDAY: usize = 0;

fn plan(n: u8, minutes: Option<u32>, standing: Standing) -> Thing {
    let what = What::Plan(RecordId([n; 16]));
    Thing { what, title: n.to_string(), picture: None, minutes, days: None, after: None, always: false, standing }
}

/// On a day that is not off.
fn arrange(things: Vec<Thing>, most: usize, weekday: usize) -> Day {
    super::arrange(things, most, weekday, false)
}

fn after(n: u8, thing: Thing) -> Thing {
    Thing { after: Some(RecordId([n; 16])), ..thing }
}

fn done(at: u64, by_oneself: bool) -> Standing {
    Standing::Done { at: Millis(at), by_oneself }
}

fn titles(things: &[Thing]) -> Vec<&str> {
    things.iter().map(|thing| thing.title.as_str()).collect()
}

#[test]
fn what_is_under_way_comes_first_even_when_something_earlier_is_to_be_done() {
    let day = arrange(
        vec![
            plan(1, Some(480), Standing::ToDo),
            plan(2, Some(600), Standing::UnderWay(Millis(7))),
            plan(3, Some(900), Standing::ToDo),
        ],
        MOST,
        MONDAY,
    );
    assert_eq!(day.now.unwrap().title, "2");
    assert_eq!(titles(&day.tiles), ["1", "3"]);
    assert!(!day.more && !day.all_done);
}

#[test]
fn at_most_five_pictures_and_what_is_to_be_done_before_what_is_done() {
    let mut things: Vec<_> = (1..=3).map(|n| plan(n, Some(u32::from(n)), done(u64::from(n), true))).collect();
    things.extend((4..=7).map(|n| plan(n, Some(u32::from(n)), Standing::ToDo)));
    let day = arrange(things, MOST, MONDAY);
    assert_eq!(day.now.unwrap().title, "4");
    assert_eq!(titles(&day.tiles), ["5", "6", "7", "3"]);
    assert!(day.more);
    assert_eq!(titles(&day.done), ["1", "2", "3"]);
}

#[test]
fn a_plan_for_other_days_is_left_out_and_can_be_done_all_the_same() {
    let wednesday = |standing| Thing { days: Days::of([2]), ..plan(1, None, standing) };
    let day = arrange(vec![wednesday(Standing::ToDo), plan(2, None, Standing::ToDo)], MOST, MONDAY);
    assert_eq!((day.now.unwrap().title.as_str(), day.tiles.len(), day.more), ("2", 0, true));
    assert_eq!(arrange(vec![wednesday(Standing::ToDo)], MOST, 2).now.unwrap().title, "1");
    assert!(arrange(vec![wednesday(Standing::UnderWay(Millis(1)))], MOST, MONDAY).now.is_some());
    let done = arrange(vec![wednesday(done(1, true)), plan(2, None, done(2, true))], MOST, MONDAY);
    assert_eq!(done.done.len(), 2);
}

#[test]
fn what_has_another_time_on_this_day_stands_where_that_time_is() {
    let late = plan(1, Some(600), Standing::ToDo);
    let mut things = vec![late, plan(2, Some(480), Standing::ToDo), plan(3, None, Standing::ToDo)];
    in_time(&mut things);
    let day = arrange(things, MOST, MONDAY);
    assert_eq!((day.now.unwrap().title.as_str(), titles(&day.tiles)), ("2", vec!["1", "3"]));
}

#[test]
fn whoever_oversees_one_picture_has_what_comes_now() {
    let things = || vec![plan(1, Some(1), Standing::ToDo), plan(2, Some(2), Standing::ToDo)];
    let day = arrange(things(), 1, MONDAY);
    assert_eq!((day.now.unwrap().title.as_str(), day.tiles.len(), day.more), ("1", 0, true));
    assert_eq!(arrange(things(), 2, MONDAY).tiles.len(), 1);
}

#[test]
fn the_day_is_done_when_every_plan_with_a_time_is_and_counts_what_went_by_oneself() {
    let day = arrange(
        vec![plan(1, Some(480), done(9, true)), plan(2, Some(600), done(5, false)), plan(3, None, Standing::ToDo)],
        MOST,
        MONDAY,
    );
    assert!(day.all_done);
    assert_eq!(titles(&day.done), ["2", "1"]);
    assert_eq!((day.done.len(), day.by_oneself), (2, 1));
}

#[test]
fn a_day_without_plans_is_empty_and_not_done() {
    assert!(!arrange(Vec::new(), MOST, MONDAY).all_done);
}

#[test]
fn a_plan_begun_again_is_under_way_and_the_day_not_done() {
    let day =
        arrange(vec![plan(1, Some(1), done(3, true)), plan(2, None, Standing::UnderWay(Millis(9)))], MOST, MONDAY);
    assert!(!day.all_done);
}

#[test]
fn a_route_is_a_tile_and_never_what_comes_now() {
    let mut route = plan(9, None, Standing::ToDo);
    route.what = What::Route(RecordId([9; 16]));
    let day = arrange(vec![route.clone(), plan(1, None, Standing::ToDo)], MOST, MONDAY);
    assert_eq!((day.now.unwrap().title.as_str(), titles(&day.tiles)), ("1", vec!["9"]));
    assert_eq!(arrange(vec![route], MOST, MONDAY).now, None);
}

#[test]
fn a_run_goes_on_through_its_day_and_a_little_past_midnight() {
    let hour = 3_600_000;
    let midnight = Millis(100 * hour);
    assert!(goes_on(Millis(101 * hour), midnight, Millis(120 * hour)));
    assert!(goes_on(Millis(99 * hour), midnight, Millis(101 * hour)));
    assert!(!goes_on(Millis(90 * hour), midnight, Millis(101 * hour)));
}

#[test]
fn a_plan_that_comes_after_another_waits_for_it_and_then_stands_in_its_place() {
    let things = |first| {
        let waits = after(1, plan(3, None, Standing::ToDo));
        vec![plan(1, Some(1), first), plan(2, Some(2), Standing::ToDo), waits]
    };
    let waiting = arrange(things(Standing::ToDo), MOST, MONDAY);
    assert_eq!((waiting.now.unwrap().title.as_str(), titles(&waiting.tiles), waiting.more), ("1", vec!["2"], true));
    let under_way = arrange(things(Standing::UnderWay(Millis(1))), MOST, MONDAY);
    assert_eq!(titles(&under_way.tiles), ["2"]);
    let next = arrange(things(done(5, true)), MOST, MONDAY);
    assert_eq!((next.now.unwrap().title.as_str(), titles(&next.tiles), next.more), ("3", vec!["2", "1"], false));
}

#[test]
fn a_plan_after_one_that_is_not_for_today_or_that_goes_round_is_there_as_usual() {
    let other_day = Thing { days: Days::of([2]), ..plan(1, None, Standing::ToDo) };
    let day = arrange(vec![other_day, after(1, plan(2, None, Standing::ToDo))], MOST, MONDAY);
    assert_eq!(day.now.unwrap().title, "2");
    assert_eq!(arrange(vec![after(9, plan(2, None, Standing::ToDo))], MOST, MONDAY).now.unwrap().title, "2");
    let round = vec![after(2, plan(1, None, Standing::ToDo)), after(1, plan(2, None, Standing::ToDo))];
    let day = arrange(round, MOST, MONDAY);
    assert_eq!((day.now.unwrap().title.as_str(), titles(&day.tiles)), ("1", vec!["2"]));
    assert_eq!(arrange(vec![after(1, plan(1, None, Standing::ToDo))], MOST, MONDAY).now.unwrap().title, "1");
}

#[test]
fn the_day_is_not_done_before_what_comes_after_its_last_plan_is() {
    let things =
        |then| vec![plan(1, Some(1), done(5, true)), after(1, plan(2, None, then)), plan(3, None, Standing::ToDo)];
    assert!(!arrange(things(Standing::ToDo), MOST, MONDAY).all_done);
    assert!(arrange(things(done(6, true)), MOST, MONDAY).all_done);
}

#[test]
fn on_a_day_off_plans_rest_but_for_those_that_always_go_on_and_those_begun_all_the_same() {
    let always = Thing { always: true, ..plan(2, Some(2), Standing::ToDo) };
    let things = vec![plan(1, Some(1), Standing::ToDo), always, plan(3, None, Standing::UnderWay(Millis(1)))];
    let day = super::arrange(things.clone(), MOST, MONDAY, true);
    assert_eq!((day.now.unwrap().title.as_str(), titles(&day.tiles), day.more), ("3", vec!["2"], true));
    let resting = super::arrange(things[..1].to_vec(), MOST, MONDAY, true);
    assert!(resting.now.is_none() && resting.tiles.is_empty() && !resting.all_done);
}
