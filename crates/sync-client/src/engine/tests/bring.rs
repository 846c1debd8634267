//! What the server brings: changes, loads beside what is shown, views that narrow, circles that end.

use std::task::{Context, Waker};

use futures::executor::block_on;
use opstap_core::access::{Section, View};
use opstap_core::model::{CircleKind, Model, Run, set};
use opstap_core::protocol::{Answer, Delivery, Verdict};
use opstap_core::{Epoch, Kind, Millis, RecordId};

use super::stage::{
    KRING, NOON, PLAN, STEP, Saying, Stage, answer, circle, consent, last_page, page, plan, record_at, step, view,
};
use crate::engine::{Outcome, Query};
use crate::store::LocalStore;

#[test]
fn the_first_load_is_shown_as_it_comes() {
    let stage = Stage::empty();
    let mut pages = circle();
    let last = pages.split_off(3);
    stage.server.says(answer().loads_part(pages, 4));
    assert_eq!(stage.sync(), Outcome::Offline);
    assert_eq!((stage.titles(), stage.texts()), (vec!["Was doen".to_owned()], Vec::<String>::new()));
    assert!(!block_on(stage.device.circles()).unwrap()[0].complete);
    stage.server.says(answer().brings(view(), last_page(last, &circle(), 4)));
    stage.server.says(answer());
    assert!(matches!(stage.sync(), Outcome::Done(_)));
    assert_eq!(stage.texts(), ["Pak een kar"]);
    assert!(block_on(stage.device.circles()).unwrap()[0].complete);
    let sent: Vec<_> = stage.server.requests().iter().map(|request| request.cursors.clone()).collect();
    assert_eq!((sent[0].len(), sent[1][0].cursor.load.unwrap().1.number, sent[3][0].cursor.number), (0, 4, 4));
}

#[test]
fn a_later_load_lies_beside_what_is_shown_until_it_is_whole() {
    let stage = Stage::with_circle();
    let run = record_at(RecordId([7; 16]), None, &Run::begins(PLAN, NOON), 5);
    stage.server.says(answer().changes(vec![run], 5));
    stage.sync();
    let wider = View(view().0 + (1 << 32));
    let mut pages = vec![circle()[0].clone(), record_at(PLAN, None, &plan("Nieuw"), 6)];
    stage.server.says(answer().brings(wider, page(pages.clone(), 6, 1, PLAN)));
    assert_eq!(stage.sync(), Outcome::Offline);
    assert_eq!((stage.titles(), stage.texts()), (vec!["Was doen".to_owned()], vec!["Pak een kar".to_owned()]));
    let last = record_at(STEP, Some(PLAN), &step("V", "Nieuw"), 6);
    pages.push(last.clone());
    stage.server.says(answer().brings(wider, last_page(vec![last], &pages, 6)));
    stage.server.says(answer());
    assert!(matches!(stage.sync(), Outcome::Done(_)));
    assert_eq!((stage.titles(), stage.texts()), (vec!["Nieuw".to_owned()], vec!["Nieuw".to_owned()]));
    // What the load did not bring is dropped with the old generation.
    assert!(block_on(stage.device.read(KRING, Query::all(Kind::Run))).unwrap().is_empty());
}

#[test]
fn a_load_from_which_something_is_missing_begins_again_and_drops_nothing() {
    let wider = View(view().0 + (1 << 32));
    let records = vec![circle()[0].clone()];
    let short = last_page(records.clone(), &circle()[..2], 6);
    // As many as there should be, and one of them is another.
    let mut other = records.clone();
    other[0].id = RecordId([77; 16]);
    let wrong = last_page(other, &records, 6);
    for lost in [short, wrong] {
        let stage = Stage::with_circle();
        let asked = stage.server.requests().len();
        for _ in 0..4 {
            stage.server.says(answer().brings(wider, lost.clone()));
        }
        assert!(matches!(stage.sync(), Outcome::Later { .. } | Outcome::Done(_)));
        assert_eq!((stage.titles(), stage.texts()), (vec!["Was doen".to_owned()], vec!["Pak een kar".to_owned()]));
        assert!(stage.server.requests().len() - asked <= 4);
    }
}

#[test]
fn what_changed_while_the_pages_came_does_not_break_the_load() {
    let stage = Stage::empty();
    let mut pages = circle();
    let last = pages.split_off(2);
    stage.server.says(answer().loads_part(pages, 4));
    // One of the first page has a higher number by now: it is in the load and comes once more.
    stage.server.says(answer().brings(view(), last_page(last, &circle(), 4)));
    stage.server.says(answer().changes(vec![circle()[1].clone()], 5));
    assert!(matches!(stage.sync(), Outcome::Done(_)));
    assert_eq!(stage.texts(), ["Pak een kar"]);
}

#[test]
fn what_may_no_longer_be_seen_goes_at_once_and_own_edits_stay() {
    let stage = Stage::with_circle();
    stage.edit(vec![plan("Van mij").make(stage.device.new_id())]);
    let narrower = View::of(1, Section::Circle.bit() | Section::Progress.bit());
    let first = page(vec![circle()[0].clone()], 6, 0, RecordId([1; 16]));
    stage.server.says(answer().brings(narrower, first));
    assert_eq!(stage.sync(), Outcome::Offline);
    assert_eq!((stage.titles(), stage.texts()), (vec!["Van mij".to_owned()], Vec::<String>::new()));
    assert_eq!(stage.counts(), (1, 0));
}

#[test]
fn a_load_under_one_view_is_never_finished_with_pages_of_another() {
    let stage = Stage::with_circle();
    let wider = View(view().0 + (1 << 32));
    let first = vec![circle()[0].clone(), circle()[2].clone()];
    stage.server.says(answer().brings(wider, page(first, 6, 1, PLAN)));
    assert_eq!(stage.sync(), Outcome::Offline);
    // By now only how plans went may be seen, and what there is of it happens to come after the place of the first load.
    let narrower = View::of(1, Section::Progress.bit());
    let run = record_at(RecordId([7; 16]), None, &Run::begins(PLAN, NOON), 5);
    let page = last_page(vec![run.clone()], &[run], 6);
    stage.server.says(answer().brings(narrower, page));
    stage.sync();
    assert!(block_on(stage.device.read(KRING, Query::all(Kind::Plan).with_deleted())).unwrap().is_empty());
    assert_eq!(block_on(stage.device.read(KRING, Query::all(Kind::Run))).unwrap().len(), 1);
}

#[test]
fn a_record_that_is_gone_goes_with_all_below_it() {
    let stage = Stage::with_circle();
    stage
        .server
        .says(answer().brings(view(), Delivery::Changes { records: Vec::new(), gone: vec![PLAN], to: 5, more: false }));
    stage.sync();
    let all = Query::all(Kind::Step).with_deleted();
    assert!(block_on(stage.device.read(KRING, all)).unwrap().is_empty());
}

#[test]
fn a_circle_that_was_left_goes_from_the_phone_and_its_outbox_is_still_handed_in() {
    let stage = Stage::with_circle();
    let n = stage.edit(vec![set(PLAN, "title", "De was doen")]);
    let mut left = answer();
    left.left = vec![KRING];
    stage.server.says(left);
    stage.sync();
    assert!(block_on(stage.device.circles()).unwrap().is_empty());
    assert!(stage.titles().is_empty());
    assert_eq!(stage.counts(), (1, 0));
    stage.server.says(answer().judges(n, Verdict::Quarantined));
    stage.sync();
    assert_eq!(stage.server.requests().last().unwrap().edits.len(), 1);
    assert_eq!(stage.counts(), (0, 0));
}

#[test]
fn a_server_that_promises_more_and_brings_nothing_is_not_asked_for_ever() {
    let stage = Stage::with_circle();
    for _ in 0..5 {
        let nothing = Delivery::Changes { records: Vec::new(), gone: Vec::new(), to: 4, more: true };
        stage.server.says(answer().brings(view(), nothing));
    }
    assert!(matches!(stage.sync(), Outcome::Done(_)));
    assert_eq!(stage.server.requests().len(), 2);
}

#[test]
fn pages_of_changes_are_asked_for_until_there_are_no_more() {
    let stage = Stage::with_circle();
    let page = |title: &str, to, more| {
        let records = vec![record_at(PLAN, None, &plan(title), to)];
        answer().brings(view(), Delivery::Changes { records, gone: Vec::new(), to, more })
    };
    stage.server.says(page("a", 5, true));
    stage.server.says(page("b", 6, false));
    stage.sync();
    assert_eq!(stage.titles(), ["b"]);
    assert_eq!(block_on(stage.store.circles()).unwrap()[0].value.number, 6);
}

#[test]
fn the_clock_follows_the_servers_also_after_a_restart() {
    let stage = Stage::with_circle();
    stage.clock.0.set(NOON.0 - 600_000);
    stage.server.says(answer());
    stage.sync();
    assert_eq!(stage.device.now(), NOON);
    assert_eq!(stage.restarted().now(), NOON);
    stage.clock.0.set(NOON.0);
    assert_eq!(stage.device.now(), Millis(NOON.0 + 600_000));
}

#[test]
fn a_library_comes_without_members_and_is_read_by_role() {
    let stage = Stage::empty();
    let mut library = answer();
    library.brings_library();
    stage.server.says(library);
    stage.sync();
    let circles = block_on(stage.device.circles()).unwrap();
    assert_eq!((circles[0].kind, circles[0].relation), (CircleKind::Library, None));
    assert_eq!(stage.titles(), ["Was doen"]);
}

trait Library {
    fn brings_library(&mut self);
}

impl Library for Answer {
    fn brings_library(&mut self) {
        let records = vec![circle()[2].clone()];
        *self = self.clone().loads(records, 1);
        self.circles[0].kind = CircleKind::Library;
    }
}

#[test]
fn a_consent_that_comes_in_is_in_the_access_that_screens_ask() {
    let stage = Stage::with_circle();
    stage.server.says(answer().changes(vec![consent(9, Section::Plans)], 5));
    stage.sync();
    let access = block_on(stage.device.access(KRING)).unwrap();
    assert_eq!(access.consents(super::stage::YOUSSEF, NOON).count(), 1);
}

#[test]
fn an_answer_that_another_tab_overtook_takes_nothing_back() {
    let stage = Stage::with_circle();
    let second_tab = stage.restarted();
    stage.server.says(answer().changes(vec![record_at(PLAN, None, &plan("Ouder"), 5)], 5));
    stage.server.dawdles();
    let mut slow = Box::pin(stage.device.sync_once());
    assert!(slow.as_mut().poll(&mut nobody()).is_pending());
    stage.server.says(answer().changes(vec![record_at(PLAN, None, &plan("Nieuwer"), 6)], 6));
    assert!(matches!(block_on(second_tab.sync_once()).unwrap(), Outcome::Done(_)));
    stage.server.says(answer());
    assert!(matches!(block_on(slow).unwrap(), Outcome::Done(_)));
    assert_eq!(stage.titles(), ["Nieuwer"]);
    let asked: Vec<u64> =
        stage.server.requests().iter().filter_map(|asked| asked.cursors.first()).map(|of| of.cursor.number).collect();
    assert_eq!(asked, [4, 4, 6]);
}

#[test]
fn a_verdict_of_a_life_of_the_server_that_is_over_counts_for_nothing() {
    let stage = Stage::with_circle();
    let second_tab = stage.restarted();
    let n = stage.edit(vec![set(PLAN, "title", "Van mij")]);
    stage.server.says(answer().judges(n, Verdict::Accepted { number: 5, restamped: None }));
    stage.server.dawdles();
    let mut slow = Box::pin(stage.device.sync_once());
    assert!(slow.as_mut().poll(&mut nobody()).is_pending());
    let restored = || Answer { epoch: Epoch(2), ..answer() };
    stage.server.says(restored().judges(n, Verdict::Later).loads(circle(), 4));
    assert!(matches!(block_on(second_tab.sync_once()).unwrap(), Outcome::Later { .. }));
    stage.server.says(restored().judges(n, Verdict::Accepted { number: 5, restamped: None }));
    assert!(matches!(block_on(slow).unwrap(), Outcome::Done(_)));
    let sent: Vec<_> = stage.server.requests().iter().skip(1).map(|request| request.edits.len()).collect();
    assert_eq!((sent, stage.counts()), (vec![1, 1, 1], (0, 0)));
    assert_eq!(block_on(stage.store.device()).unwrap().unwrap().value.epoch, Some(Epoch(2)));
}

#[test]
fn a_cursor_of_the_servers_life_before_that_looks_the_same_is_not_taken_for_the_present_one() {
    let stage = Stage::with_circle();
    let second_tab = stage.restarted();
    let restored = || Answer { epoch: Epoch(2), ..answer() };
    // Asked under the old life at number 4, answered by the new one before it had everything again.
    stage.server.says(restored().loads(circle(), 3));
    stage.server.dawdles();
    let mut slow = Box::pin(stage.device.sync_once());
    assert!(slow.as_mut().poll(&mut nobody()).is_pending());
    let mut whole = circle();
    whole.push(record_at(RecordId([7; 16]), None, &plan("Teruggekomen"), 4));
    stage.server.says(restored().loads(whole, 4));
    assert!(matches!(block_on(second_tab.sync_once()).unwrap(), Outcome::Done(_)));
    stage.server.says(restored());
    assert!(matches!(block_on(slow).unwrap(), Outcome::Done(_)));
    assert_eq!(stage.titles(), ["Was doen", "Teruggekomen"]);
}

/// Somebody who polls by hand.
fn nobody() -> Context<'static> {
    Context::from_waker(Waker::noop())
}
