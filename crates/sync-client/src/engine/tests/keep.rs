//! Keeping and reading, without any network.

use std::cell::RefCell;
use std::rc::Rc;

use futures::executor::block_on;
use opstap_core::access::NotAllowed;
use opstap_core::model::{Model, Plan, Step, delete, restore, set};
use opstap_core::protocol::Reason;
use opstap_core::{CircleId, Kind, RecordId};

use super::stage::{KRING, NOON, PLAN, SEM, STEP, Stage, YOUSSEF, answer, circle, member, plan, stamp, step, titles};
use super::stage::{Saying, record_at};
use crate::engine::{MovedBy, NotKept, Pick, Query, RecordState};
use crate::store::LocalStore;

#[test]
fn what_a_person_did_is_there_after_a_cold_start_without_a_network() {
    let stage = Stage::with_circle();
    stage.edit(vec![set(PLAN, "title", "De was doen")]);
    let made = stage.device.new_id();
    stage.edit(vec![plan("Boodschappen").make(made), step("V", "Pak je tas").make_below(stage.device.new_id(), made)]);
    assert_eq!(titles(&stage.restarted()), ["Boodschappen", "De was doen"]);
    assert_eq!(stage.counts(), (2, 0));
}

#[test]
fn only_what_waits_is_marked_as_being_on_this_device() {
    let stage = Stage::with_circle();
    stage.edit(vec![set(PLAN, "title", "De was doen")]);
    let state = |id| block_on(stage.device.read_one::<Plan>(KRING, id)).unwrap().unwrap().entry.state;
    let steps = block_on(stage.device.read_as::<Step>(KRING, Pick::All)).unwrap();
    assert_eq!((state(PLAN), steps[0].entry.state), (RecordState::OnDevice, RecordState::Sent));
}

#[test]
fn the_author_of_a_record_is_known_by_the_device_that_made_it() {
    let stage = Stage::with_circle();
    stage.edit(vec![plan("Boodschappen").make(stage.device.new_id())]);
    let plans = block_on(stage.device.read_as::<Plan>(KRING, Pick::All)).unwrap();
    let authors: Vec<_> = plans.iter().map(|plan| plan.entry.author).collect();
    assert_eq!(authors, [Some(SEM), Some(YOUSSEF)]);
}

#[test]
fn a_deleted_plan_takes_its_steps_off_the_screen_and_restoring_brings_them_back() {
    let stage = Stage::with_circle();
    stage.edit(vec![delete(PLAN)]);
    assert!(stage.titles().is_empty());
    assert!(block_on(stage.device.read(KRING, Query::all(Kind::Step))).unwrap().is_empty());
    assert!(stage.texts().is_empty());
    assert_eq!(block_on(stage.device.read(KRING, Query::one(Kind::Step, STEP))).unwrap(), []);
    let all = block_on(stage.device.read(KRING, Query::all(Kind::Step).with_deleted())).unwrap();
    assert_eq!(all.len(), 1);
    stage.edit(vec![restore(PLAN)]);
    assert_eq!(stage.texts(), ["Pak een kar"]);
}

#[test]
fn steps_come_in_the_order_of_their_list() {
    let stage = Stage::with_circle();
    stage.edit(vec![
        step("k", "Voor").make_below(RecordId([9; 16]), PLAN),
        step("B", "Eerst").make_below(RecordId([8; 16]), PLAN),
    ]);
    assert_eq!(stage.texts(), ["Eerst", "Pak een kar", "Voor"]);
    stage.edit(vec![set(STEP, "order", "z")]);
    assert_eq!(stage.texts(), ["Eerst", "Voor", "Pak een kar"]);
}

#[test]
fn what_the_server_would_refuse_is_not_kept_in_the_first_place() {
    let stage = Stage::with_circle();
    let kept = |changes| block_on(stage.device.edit(KRING, changes, None));
    assert_eq!(kept(vec![set(RecordId([77; 16]), "title", "x")]), Err(NotKept::Refused(Reason::UnknownRecord)));
    let not_theirs = Reason::NotAllowed(NotAllowed::NotTheirs);
    let member = opstap_core::model::Member::from_record(&member(1, SEM, opstap_core::model::Relation::Client));
    assert_eq!(kept(vec![member.unwrap().make(stage.device.new_id())]), Err(NotKept::Refused(not_theirs)));
    assert_eq!(kept(vec![plan("x").make(PLAN)]), Err(NotKept::Refused(Reason::RecordExists)));
    let elsewhere = block_on(stage.device.edit(CircleId([1; 16]), vec![delete(PLAN)], None));
    assert_eq!(elsewhere, Err(NotKept::UnknownCircle));
    assert_eq!((stage.titles(), stage.counts()), (vec!["Was doen".to_owned()], (0, 0)));
}

#[test]
fn a_stamp_is_later_than_all_that_is_known_however_far_behind_the_clock_is() {
    let stage = Stage::with_circle();
    let mut moved = record_at(PLAN, None, &plan("Van morgen"), 5);
    moved.cells.get_mut("title").unwrap().stamp = stamp(60_000);
    stage.server.says(answer().changes(vec![moved], 5));
    stage.sync();
    stage.clock.0.set(NOON.0 - 3_600_000);
    stage.edit(vec![set(PLAN, "title", "Van mij")]);
    stage.edit(vec![set(PLAN, "title", "Weer van mij")]);
    assert_eq!(stage.titles(), ["Weer van mij"]);
    let stamps: Vec<_> = block_on(stage.store.pending()).unwrap().iter().map(|pending| pending.edit.stamp).collect();
    assert!(stamps[0] > stamp(60_000) && stamps[1] > stamps[0]);
}

#[test]
fn two_tabs_that_write_at_the_same_time_never_use_a_number_twice() {
    // In one circle, and in two, which know nothing of each other.
    for circle_of_the_other in [KRING, CircleId([0xc9; 16])] {
        let stage = Stage::empty();
        let mut both = answer().loads(circle(), 4).loads(circle(), 4);
        both.circles[1].circle = CircleId([0xc9; 16]);
        stage.server.says(both);
        stage.sync();
        let other = stage.restarted();
        let mine = stage.device.edit(KRING, vec![set(PLAN, "title", "a")], None);
        let theirs = other.edit(circle_of_the_other, vec![set(STEP, "text", "b")], None);
        let (mine, theirs) = block_on(async { futures::join!(mine, theirs) });
        assert_ne!(mine.unwrap().n, theirs.unwrap().n);
        assert_eq!((stage.titles(), stage.counts().0), (vec!["a".to_owned()], 2));
        let step = block_on(stage.device.read_one::<Step>(circle_of_the_other, STEP)).unwrap().unwrap();
        assert_eq!(step.model.text, "b");
    }
}

#[test]
fn ids_sort_in_the_order_in_which_they_were_made_also_within_a_millisecond() {
    let stage = Stage::empty();
    let mut ids: Vec<RecordId> = (0..600).map(|_| stage.device.new_id()).collect();
    stage.clock.0.set(NOON.0 - 5_000);
    ids.extend((0..3).map(|_| stage.device.new_id()));
    assert!(ids.is_sorted_by(|one, next| one < next));
}

#[test]
fn listeners_hear_what_moved_until_they_are_let_go() {
    let stage = Stage::with_circle();
    let heard = Rc::new(RefCell::new(Vec::new()));
    let listening = Rc::clone(&heard);
    let listener = stage.device.on_moved(move |moved| listening.borrow_mut().push((moved.circle, moved.by)));
    stage.edit(vec![delete(STEP)]);
    stage.device.heard(KRING);
    stage.device.forget(listener);
    stage.edit(vec![restore(STEP)]);
    assert_eq!(*heard.borrow(), [(KRING, MovedBy::Here), (KRING, MovedBy::AnotherTab)]);
}

#[test]
fn a_circle_says_whose_it_is_and_what_the_person_is_in_it() {
    let stage = Stage::with_circle();
    let circles = block_on(stage.device.circles()).unwrap();
    assert_eq!(circles.len(), 1);
    assert_eq!(circles[0].client_name.as_deref(), Some("Sem"));
    assert_eq!((circles[0].client, circles[0].complete), (Some(SEM), true));
    assert_eq!(circles[0].relation, Some(opstap_core::model::Relation::Client));
    assert_eq!(block_on(stage.device.access(KRING)).unwrap().client(), Some(SEM));
}
