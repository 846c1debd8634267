//! The outbox: what becomes of edits that are sent, and of those that are not.

use std::rc::Rc;

use futures::FutureExt;
use futures::executor::block_on;
use opstap_core::access::NotAllowed;
use opstap_core::model::{Model, delete, set};
use opstap_core::protocol::{Delivery, Reason, Verdict};
use opstap_core::{Epoch, PersonId, ServerId};

use super::stage::{
    KRING, PHONE, PLAN, Saying, Stage, accepted, answer, at_once, person, plan, record_at, stamp, titles, view,
};
use crate::engine::{NotKept, Outcome, RecordState};
use crate::store::LocalStore;
use crate::transport::TransportError;

#[test]
fn an_edit_waits_for_as_long_as_there_is_no_network() {
    let stage = Stage::with_circle();
    stage.edit(vec![set(PLAN, "title", "De was doen")]);
    for (error, outcome) in [
        (TransportError::Offline, Outcome::Offline),
        (TransportError::SignedOut, Outcome::SignedOut),
        (TransportError::TooOld, Outcome::TooOld),
        (TransportError::Later { after: Some(9) }, Outcome::Later { after: Some(9) }),
    ] {
        stage.server.will(move |_| Err(error));
        assert_eq!(stage.sync(), outcome);
        assert_eq!((stage.titles(), stage.counts()), (vec!["De was doen".to_owned()], (1, 0)));
    }
}

#[test]
fn a_refused_edit_leaves_the_screen_as_if_it_had_not_been_and_lies_in_the_tray() {
    let stage = Stage::with_circle();
    let n = stage.edit(vec![set(PLAN, "title", "De was doen")]);
    let made = stage.edit(vec![plan("Nieuw").make(stage.device.new_id())]);
    let reason = Reason::NotAllowed(NotAllowed::NoConsent);
    stage.server.says(answer().judges(n, Verdict::Refused(reason)).judges(made, Verdict::Refused(reason)));
    let Outcome::Done(synced) = stage.sync() else { panic!("it went through") };
    assert_eq!((synced.refused, synced.moved), (2, vec![KRING]));
    assert_eq!((stage.titles(), stage.counts()), (vec!["Was doen".to_owned()], (0, 2)));
    let tray = block_on(stage.device.refused()).unwrap();
    assert_eq!((tray[0].edit.name.n, tray[0].reason), (n, reason));
    let entry = block_on(stage.device.read_one::<opstap_core::model::Plan>(KRING, PLAN)).unwrap().unwrap().entry;
    assert_eq!(entry.state, RecordState::Problem);
    assert!(block_on(stage.device.export(n)).unwrap().unwrap().contains("title\tDe was doen"));
}

#[test]
fn an_edit_in_the_tray_is_done_once_more_or_let_go() {
    let stage = Stage::with_circle();
    let first = stage.edit(vec![set(PLAN, "title", "De was doen")]);
    let second = stage.edit(vec![set(PLAN, "minutes", 540_u32)]);
    let refused = Verdict::Refused(Reason::BuildsOnRefused);
    stage.server.says(answer().judges(first, refused).judges(second, refused));
    stage.sync();
    let again = block_on(stage.device.retry(first)).unwrap().unwrap();
    assert!(again.n > second);
    block_on(stage.device.discard(second)).unwrap();
    assert_eq!((stage.titles(), stage.counts()), (vec!["De was doen".to_owned()], (1, 0)));
    assert_eq!(block_on(stage.device.retry(first)), Ok(None));
}

#[test]
fn what_would_be_refused_again_stays_in_the_tray() {
    let stage = Stage::with_circle();
    let n = stage.edit(vec![plan("Nieuw").make(stage.device.new_id())]);
    stage.server.says(answer().judges(n, Verdict::Refused(Reason::TooLarge)));
    stage.sync();
    let mut gone = answer();
    gone.left = vec![KRING];
    stage.server.says(gone);
    stage.sync();
    assert_eq!(block_on(stage.device.retry(n)), Err(NotKept::UnknownCircle));
    assert_eq!(stage.counts(), (0, 1));
}

#[test]
fn a_quarantined_edit_leaves_the_phone() {
    let stage = Stage::with_circle();
    let n = stage.edit(vec![set(PLAN, "title", "De was doen")]);
    stage.server.says(answer().judges(n, Verdict::Quarantined));
    let Outcome::Done(synced) = stage.sync() else { panic!("it went through") };
    assert_eq!((synced.quarantined, stage.counts(), stage.titles()), (1, (0, 0), vec!["Was doen".to_owned()]));
}

#[test]
fn an_edit_that_is_asked_for_later_stays_in_the_outbox() {
    let stage = Stage::with_circle();
    let n = stage.edit(vec![set(PLAN, "title", "De was doen")]);
    stage.server.says(answer().judges(n, Verdict::Later));
    assert_eq!(stage.sync(), Outcome::Later { after: None });
    assert_eq!(stage.counts(), (1, 0));
}

#[test]
fn an_accepted_edit_stays_on_the_screen_until_the_records_that_hold_it_have_come() {
    let stage = Stage::with_circle();
    let n = stage.edit(vec![set(PLAN, "title", "De was doen")]);
    stage.server.says(answer().judges(n, accepted(9)));
    stage.sync();
    assert_eq!((stage.titles(), stage.counts()), (vec!["De was doen".to_owned()], (0, 0)));
    assert_eq!(block_on(stage.store.sent()).unwrap().len(), 0);
    stage.server.says(answer().changes(vec![record_at(PLAN, None, &plan("De was doen"), 9)], 9));
    stage.sync();
    assert_eq!(stage.titles(), ["De was doen"]);
    assert_eq!((block_on(stage.store.pending()).unwrap().len(), block_on(stage.store.sent()).unwrap().len()), (0, 1));
}

#[test]
fn an_edit_is_shown_under_the_stamp_the_server_gave_it_and_sent_again_as_it_was_made() {
    let stage = Stage::with_circle();
    stage.clock.0.set(stage.clock.0.get() + 86_400_000);
    let n = stage.edit(vec![set(PLAN, "title", "Van morgen")]);
    let made = block_on(stage.store.pending()).unwrap()[0].edit.clone();
    let restamped = Some(stamp(70));
    stage.server.says(answer().judges(n, Verdict::Accepted { number: 9, restamped }));
    stage.sync();
    let shown = block_on(stage.device.read_one::<opstap_core::model::Plan>(KRING, PLAN)).unwrap().unwrap();
    assert_eq!(shown.entry.record.cells.get("title").map(|cell| cell.stamp), restamped);
    let mut restored = answer().loads(super::stage::circle(), 4);
    restored.epoch = Epoch(2);
    stage.server.says(restored);
    stage.sync();
    assert_eq!(stage.server.requests().last().unwrap().edits, [made]);
}

#[test]
fn an_edit_made_while_the_answer_was_on_its_way_is_kept() {
    let stage = Stage::with_circle();
    let n = stage.edit(vec![set(PLAN, "title", "De was doen")]);
    let device = Rc::clone(&stage.device);
    stage.server.will(move |_| {
        at_once(device.edit(KRING, vec![set(PLAN, "minutes", 540_u32)], None)).unwrap();
        Ok(answer().judges(n, accepted(9)).changes(vec![record_at(PLAN, None, &plan("De was doen"), 9)], 9))
    });
    stage.server.says(answer().judges(n + 1, Verdict::Refused(Reason::TooLarge)));
    stage.sync();
    let requests = stage.server.requests();
    assert_eq!(requests.last().unwrap().edits.iter().map(|edit| edit.name.n).collect::<Vec<_>>(), [n + 1]);
    assert_eq!((stage.titles(), stage.counts()), (vec!["De was doen".to_owned()], (0, 1)));
}

#[test]
fn an_answer_that_was_lost_leads_to_the_same_request_once_more() {
    let stage = Stage::with_circle();
    let n = stage.edit(vec![set(PLAN, "title", "De was doen")]);
    stage.server.will(|_| Err(TransportError::Offline));
    stage.sync();
    stage.server.says(answer().judges(n, accepted(9)).changes(vec![record_at(PLAN, None, &plan("De was doen"), 9)], 9));
    stage.sync();
    let requests = stage.server.requests();
    let [.., lost, repeated] = requests.as_slice() else { panic!("two requests") };
    assert_eq!(lost, repeated);
    assert_eq!((stage.titles(), stage.counts()), (vec!["De was doen".to_owned()], (0, 0)));
}

#[test]
fn a_cloned_phone_takes_a_new_id_and_sends_again() {
    let stage = Stage::with_circle();
    let (one, two) = (stage.edit(vec![set(PLAN, "title", "a")]), stage.edit(vec![set(PLAN, "title", "b")]));
    let taken = Verdict::Refused(Reason::NameTaken);
    stage.server.says(answer().judges(one, taken).judges(two, taken));
    stage.server.says(answer().judges(one, accepted(5)).judges(two, accepted(6)));
    stage.sync();
    let requests = stage.server.requests();
    let [.., first, second] = requests.as_slice() else { panic!("two requests") };
    assert_eq!((first.device, second.edits.len()), (PHONE, 2));
    assert_ne!(second.device, PHONE);
    assert!(second.edits.iter().all(|edit| edit.name.device == second.device && edit.stamp.device == second.device));
    assert_eq!((stage.titles(), stage.counts(), stage.device.store_id()), (vec!["b".to_owned()], (0, 0), PHONE));
    assert!(stage.edit(vec![set(PLAN, "title", "c")]) > two);
}

#[test]
fn more_edits_than_fit_in_one_request_go_in_several_and_in_order() {
    let stage = Stage::with_circle();
    for minutes in 0..501_u32 {
        stage.edit(vec![set(PLAN, "minutes", minutes)]);
    }
    for _ in 0..2 {
        stage.server.will(|request| {
            Ok(request.edits.iter().fold(answer(), |answer, edit| answer.judges(edit.name.n, accepted(edit.name.n))))
        });
    }
    assert!(matches!(stage.sync(), Outcome::Done(_)));
    let sizes: Vec<_> = stage.server.requests().iter().map(|request| (request.edits.len(), request.waiting)).collect();
    assert_eq!(sizes, [(0, 0), (500, 501), (1, 1)]);
    assert_eq!(stage.counts(), (0, 0));
}

#[test]
fn nothing_of_another_person_or_another_server_is_stored() {
    let stage = Stage::with_circle();
    let n = stage.edit(vec![set(PLAN, "title", "De was doen")]);
    let mut other_person = answer().judges(n, accepted(9));
    other_person.person = person(PersonId([9; 16]));
    let mut other_server = answer().judges(n, accepted(9));
    other_server.server = ServerId([9; 16]);
    for foreign in [other_person, other_server] {
        stage.server.says(foreign);
        assert_eq!(stage.sync(), Outcome::NotThisStore);
        assert_eq!(stage.counts(), (1, 0));
    }
}

#[test]
fn after_a_restore_of_the_server_the_own_edits_go_once_more_under_their_old_names() {
    let stage = Stage::with_circle();
    let n = stage.edit(vec![set(PLAN, "title", "De was doen")]);
    let own = block_on(stage.store.pending()).unwrap()[0].edit.stamp;
    let mut held = record_at(PLAN, None, &plan("De was doen"), 9);
    held.cells.values_mut().for_each(|cell| cell.stamp = own);
    stage.server.says(answer().judges(n, accepted(9)).changes(vec![held.clone()], 9));
    stage.sync();
    let mut restored = answer().loads(super::stage::circle(), 4);
    restored.epoch = Epoch(2);
    stage.server.says(restored.clone());
    restored.circles.clear();
    let delivery = Delivery::Changes { records: vec![held], gone: Vec::new(), to: 5, more: false };
    stage.server.says(restored.judges(n, accepted(5)).brings(view(), delivery));
    stage.sync();
    let requests = stage.server.requests();
    assert_eq!(requests.last().unwrap().edits.iter().map(|edit| edit.name.n).collect::<Vec<_>>(), [n]);
    assert_eq!((stage.titles(), stage.counts()), (vec!["De was doen".to_owned()], (0, 0)));
}

#[test]
fn a_crash_between_the_answer_and_the_commit_costs_nothing() {
    let stage = Stage::with_circle();
    let n = stage.edit(vec![delete(PLAN)]);
    // The app is killed when the server has taken the edit in and the answer is on its way.
    stage.server.says(answer().judges(n, accepted(9)));
    stage.server.dawdles();
    assert!(stage.device.sync_once().now_or_never().is_none());
    assert_eq!(stage.server.requests().last().unwrap().edits.len(), 1);
    let restarted = stage.restarted();
    stage.server.says(answer().judges(n, accepted(9)));
    assert!(matches!(block_on(restarted.sync_once()), Ok(Outcome::Done(_))));
    assert!(titles(&restarted).is_empty());
    assert_eq!(block_on(restarted.counts()).unwrap().on_device, 0);
}
