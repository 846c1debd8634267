//! Telling a run: its steps, its times, its help, and where it goes on.

use super::*;
use StepOutcome::{Back, Chosen, Done, HelpAsked, Later, NotManaged, Shown};

fn step(n: u8) -> RecordId {
    RecordId([n; 16])
}

fn events(log: &[(u8, StepOutcome, u64)]) -> Vec<StepEvent> {
    log.iter().map(|(n, what, at)| StepEvent::of(step(*n), *what, Millis(*at * 1_000))).collect()
}

const RUN: Run = Run::begins(RecordId([9; 16]), Millis(0));

#[test]
fn a_run_goes_on_at_the_step_it_was_put_away_at() {
    let log = events(&[(1, Shown, 0), (1, Done, 5), (2, Shown, 5), (2, Later, 9)]);
    assert_eq!(place_in_run(&[step(1), step(2), step(3)], &log), Place::At(step(2)));
}

#[test]
fn a_run_that_never_began_is_at_the_first_step_and_one_with_all_done_is_finished() {
    assert_eq!(place_in_run(&[step(1)], &[]), Place::At(step(1)));
    assert_eq!(place_in_run(&[step(1)], &events(&[(1, Shown, 0), (1, Done, 1)])), Place::Finished);
}

#[test]
fn going_back_shows_the_step_before_again_and_it_is_to_be_done_again() {
    let log = events(&[(1, Shown, 0), (1, Done, 5), (2, Shown, 5), (2, Back, 6), (1, Shown, 6)]);
    assert_eq!(place_in_run(&[step(1), step(2)], &log), Place::At(step(1)));
}

#[test]
fn a_step_taken_out_of_the_plan_during_the_run_does_not_hold_it_up() {
    let log = events(&[(1, Shown, 0), (1, Done, 5), (2, Shown, 5)]);
    assert_eq!(place_in_run(&[step(1), step(3)], &log), Place::At(step(3)));
}

#[test]
fn after_a_step_comes_the_next_that_is_not_done_and_what_was_passed_over_does_not_come_back() {
    let (two, three) = ([step(1), step(2)], [step(1), step(2), step(3)]);
    assert_eq!(next_after(&two, &events(&[(1, Shown, 0), (1, Done, 1)]), step(1)), Place::At(step(2)));
    assert_eq!(next_after(&two, &events(&[(1, Done, 1), (2, Done, 2)]), step(2)), Place::Finished);
    let passed = events(&[(1, Shown, 0), (1, NotManaged, 1), (2, Shown, 1), (2, Done, 2)]);
    assert_eq!(next_after(&three, &passed, step(2)), Place::At(step(3)));
    let back = events(&[(1, Done, 0), (2, Done, 1), (3, Back, 2), (2, Shown, 2), (2, Back, 3), (1, Done, 4)]);
    assert_eq!(next_after(&three, &back, step(1)), Place::At(step(2)), "both are done again");
    assert_eq!(next_after(&[step(2), step(3)], &events(&[(1, Done, 1)]), step(1)), Place::At(step(2)));
}

#[test]
fn the_time_of_a_step_leaves_out_what_the_run_was_put_away() {
    let log =
        events(&[(1, Shown, 0), (1, Later, 10), (1, Shown, 100), (1, HelpAsked, 110), (1, Done, 130), (2, Shown, 130)]);
    let story = run_story(&RUN, &[step(1), step(2)], &log, None, None);
    assert_eq!(story.steps[0].on_screen, 40_000);
    assert_eq!(story.steps[0].help_asked, 1);
    assert!(story.steps[0].done && !story.steps[0].by_oneself());
    assert!(!story.steps[1].done);
}

#[test]
fn a_choice_that_leads_back_is_a_round_and_one_that_leads_on_passes_over() {
    use StepOutcome::Chosen;
    let steps = [step(1), step(2), step(3), step(4)];
    let until_three =
        [(1, Shown, 0), (1, Done, 1), (2, Shown, 1), (2, Done, 2), (3, Shown, 2), (3, Chosen, 3), (3, Done, 3)];
    let back = [until_three.as_slice(), &[(1, Shown, 3), (1, Done, 4)]].concat();
    assert_eq!(place_in_run(&steps, &events(&back)), Place::At(step(2)));
    let on = events(&[(1, Shown, 0), (1, Chosen, 1), (1, Done, 1), (4, Shown, 1), (4, Done, 2), (4, Later, 3)]);
    assert_eq!(place_in_run(&steps, &on[..4]), Place::At(step(4)));
    assert_eq!(place_in_run(&steps, &on), Place::Finished, "what the choice led past does not come after it");
    assert_eq!(place_in_run(&[1, 2, 3, 4, 5].map(step), &on), Place::At(step(5)));
}

#[test]
fn a_step_that_was_passed_over_is_not_gone_back_to() {
    let steps = [step(1), step(2), step(3)];
    let log = events(&[(1, Shown, 0), (1, NotManaged, 1), (2, Shown, 2), (2, Done, 3), (3, Shown, 3), (3, Done, 4)]);
    assert_eq!(place_in_run(&steps, &log), Place::Finished);
    // The step it was at left the plan.
    assert_eq!(place_in_run(&[step(1), step(3)], &log[..3]), Place::At(step(3)));
}

#[test]
fn the_taps_suggest_how_much_help_it_took() {
    use opstap_core::model::HelpLevel::{ByOneself, Hint, Told};
    let log = events(&[
        (1, Shown, 0),
        (1, Done, 1),
        (2, Shown, 1),
        (2, NotManaged, 2),
        (2, Done, 3),
        (3, Shown, 3),
        (3, HelpAsked, 4),
        (3, Done, 5),
        (4, Shown, 5),
    ]);
    let story = run_story(&RUN, &[1, 2, 3, 4].map(step), &log, None, None);
    let suggested: Vec<_> = story.steps.iter().map(StepStory::suggests).collect();
    assert_eq!(suggested, [Some(ByOneself), Some(Hint), Some(Told), None]);
}

#[test]
fn the_word_of_a_supporter_goes_before_the_taps_and_the_latest_word_counts() {
    use opstap_core::model::HelpLevel::{ByOneself, Hint, Together};
    let said = |n: u8, of: u8, help, at, replaces: Option<u8>| {
        let replaces = replaces.map(step);
        (step(n), StepHelp { step: step(of), help, at: Millis(at), replaces })
    };
    let log = events(&[(1, Shown, 0), (1, HelpAsked, 1), (1, Done, 5), (2, Shown, 5), (2, Done, 6)]);
    let words = [
        said(21, 1, Together, 9, None),
        // Corrected on a phone whose clock is behind: the word it replaces does not count all the same.
        said(22, 1, ByOneself, 3, Some(21)),
        said(23, 2, Together, 8, None),
        said(24, 2, Hint, 9, None),
        said(25, 3, Together, 9, None),
    ];
    let story = run_story(&RUN, &[1, 2, 3, 4].map(step), &log, None, None).with_help(&words);
    let levels: Vec<_> = story.steps.iter().map(StepStory::level).collect();
    assert_eq!(levels, [Some(ByOneself), Some(Hint), Some(Together), None]);
    assert!(story.steps[2].done && !story.steps[3].done);
    assert_eq!(story.done_by_oneself(), 1);
}

#[test]
fn a_word_about_a_step_that_is_not_shown_counts_in_a_run_on_the_screen_and_in_one_on_paper() {
    use opstap_core::model::HelpLevel::{ByOneself, Together};
    let said = |n: u8, help| (step(20 + n), StepHelp { step: step(n), help, at: Millis(9), replaces: None });
    let end = RunEnd { how: Ending::Done, at: Millis(9) };
    let log = events(&[(1, Shown, 0), (1, Done, 5)]);
    let told = |log: &[StepEvent], words: &[_]| run_story(&RUN, &[step(1)], log, Some(&end), None).with_help(words);
    let screen = told(&log, &[said(2, Together)]);
    assert_eq!(screen.steps.iter().map(StepStory::level).collect::<Vec<_>>(), [Some(ByOneself), Some(Together)]);
    assert!(told(&log, &[]).went_by_oneself() && !screen.went_by_oneself());
    assert!(!told(&[], &[said(1, ByOneself), said(2, Together)]).went_by_oneself());
    assert!(told(&[], &[said(1, ByOneself), said(2, ByOneself)]).went_by_oneself());
}

#[test]
fn a_step_that_did_not_go_is_not_by_oneself_even_when_done_later() {
    let log = events(&[(1, Shown, 0), (1, NotManaged, 3), (1, Done, 9)]);
    let story = run_story(&RUN, &[step(1)], &log, None, None);
    assert_eq!((story.done_by_oneself(), story.steps[0].not_managed), (0, 1));
}

#[test]
fn not_managed_that_is_taken_back_at_once_does_not_count() {
    let back = events(&[(1, Shown, 0), (1, NotManaged, 5), (1, Back, 6), (1, Shown, 6), (1, Done, 9)]);
    let told = |log: &[StepEvent]| run_story(&RUN, &[step(1), step(2)], log, None, None).steps[0];
    assert!(told(&back).by_oneself() && told(&back).not_managed == 0);
    let once_more = events(&[(1, Shown, 0), (1, NotManaged, 5), (1, Done, 9)]);
    assert!(!told(&once_more).by_oneself());
    let to_the_one_before = events(&[(2, Shown, 0), (2, NotManaged, 5), (2, Back, 6), (1, Shown, 6)]);
    assert_eq!(run_story(&RUN, &[step(1), step(2)], &to_the_one_before, None, None).steps[1].not_managed, 1);
}

#[test]
fn what_a_choice_led_past_is_no_part_of_a_run_that_was_done() {
    let steps = [step(1), step(2), step(3)];
    let led = events(&[(1, Shown, 0), (1, Chosen, 1), (1, Done, 1), (3, Shown, 1), (3, Done, 2)]);
    let end = RunEnd { how: Ending::Done, at: Millis(2_000) };
    let done = run_story(&RUN, &steps, &led, Some(&end), None);
    assert!(done.is_whole());
    assert_eq!((done.length(), done.done_by_oneself()), (2, 2));
    let passed = events(&[(1, Shown, 0), (1, NotManaged, 1), (2, Shown, 1), (2, Done, 2), (3, Shown, 2), (3, Done, 3)]);
    let passed = run_story(&RUN, &steps, &passed, Some(&end), None);
    assert!(!passed.is_whole());
    assert_eq!((passed.length(), passed.done_by_oneself()), (3, 2));
    let stopped = run_story(&RUN, &steps, &events(&[(1, Shown, 0), (1, Done, 1)]), None, None);
    assert_eq!(stopped.length(), 3);
}
