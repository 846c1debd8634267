//! A server that came back from a backup: what others made and the device still holds is offered; what it may no longer hold goes.

use futures::executor::block_on;
use opstap_core::model::{Run, set};
use opstap_core::protocol::{Answer, Delivery, Reason, Verdict};
use opstap_core::record::Kept;
use opstap_core::{CircleId, DeviceId, Epoch, RecordId, Seen, Stamp};

use super::stage::{KRING, NOON, PLAN, Saying, Stage, accepted, answer, circle, plan, record_at, view};
use crate::engine::Outcome;
use crate::store::LocalStore;

/// A stage whose device holds a plan of another that the restored server lacks.
fn with_a_plan_of_another() -> (Stage, RecordId) {
    let (stage, id) = (Stage::with_circle(), RecordId([9; 16]));
    stage.server.says(answer().changes(vec![record_at(id, None, &plan("Van Youssef"), 7)], 7));
    stage.sync();
    (stage, id)
}

fn restored() -> Answer {
    Answer { epoch: Epoch(2), ..answer().loads(circle(), 4) }
}

#[test]
fn what_another_made_and_the_restored_server_lacks_is_offered_and_stays_on_the_screen() {
    let (stage, id) = with_a_plan_of_another();
    stage.server.says(restored());
    assert_eq!(stage.sync(), Outcome::Offline);
    assert!(stage.titles().contains(&"Van Youssef".to_owned()), "nothing disappears meanwhile");
    let last = stage.server.requests().pop().unwrap();
    let [offer] = last.edits.as_slice() else { panic!("one stamp, one edit: {:?}", last.edits) };
    assert_ne!(offer.stamp.device, offer.name.device);
    assert_eq!((offer.changes[0].record(), offer.seen), (id, Seen { epoch: Epoch(1), number: 7 }));
    // Once it counts, it is no edit of this person's own.
    let came = Delivery::Changes {
        records: vec![record_at(id, None, &plan("Van Youssef"), 5)],
        gone: Vec::new(),
        to: 5,
        more: false,
    };
    let taken = Answer { epoch: Epoch(2), ..answer() }.judges(offer.name.n, accepted(5)).brings(view(), came);
    stage.server.says(taken);
    stage.sync();
    assert_eq!((stage.counts(), block_on(stage.store.sent()).unwrap().len()), ((0, 0), 0));
    assert!(stage.titles().contains(&"Van Youssef".to_owned()));
}

#[test]
fn what_lost_a_conflict_is_offered_as_having_seen_nothing_behind_what_stands() {
    let (stage, id) = (Stage::with_circle(), RecordId([9; 16]));
    let mut record = record_at(id, None, &plan("Van Youssef"), 7);
    let winner = record.cells.get("title").unwrap().stamp;
    let lost = Stamp { device: DeviceId([8; 16]), ..winner };
    record.kept.push(Kept { cell: "title".into(), value: "Van Joris".into(), stamp: lost, number: 7 });
    stage.server.says(answer().changes(vec![record], 7));
    stage.sync();
    stage.server.says(restored());
    assert_eq!(stage.sync(), Outcome::Offline);
    assert!(stage.titles().contains(&"Van Youssef".to_owned()), "what lost does not come up meanwhile");
    let edits = stage.server.requests().pop().unwrap().edits;
    let told: Vec<_> = edits.iter().map(|edit| (edit.stamp, edit.seen, edit.brings_what_lost())).collect();
    let seen = |number| Seen { epoch: Epoch(1), number };
    assert_eq!(told, [(winner, seen(7), false), (lost, seen(0), true)]);
}

#[test]
fn an_offer_that_is_refused_or_set_apart_leaves_nothing_behind() {
    for verdict in [Verdict::Refused(Reason::UnknownRecord), Verdict::Quarantined] {
        let (stage, _) = with_a_plan_of_another();
        stage.server.says(restored());
        stage.sync();
        let n = stage.server.requests().pop().unwrap().edits[0].name.n;
        stage.server.says(Answer { epoch: Epoch(2), ..answer() }.judges(n, verdict));
        stage.sync();
        assert_eq!(stage.counts(), (0, 0));
        assert!(!stage.titles().contains(&"Van Youssef".to_owned()), "it is not this person's to keep");
    }
}

#[test]
fn an_own_edit_that_was_set_apart_goes_once_more_to_a_server_that_lost_it() {
    let stage = Stage::with_circle();
    let n = stage.edit(vec![set(PLAN, "title", "De was doen")]);
    stage.server.says(answer().judges(n, Verdict::Quarantined));
    stage.sync();
    assert_eq!((stage.counts(), stage.titles()), ((0, 0), vec!["Was doen".to_owned()]));
    stage.server.says(restored());
    assert_eq!(stage.sync(), Outcome::Offline);
    let again = stage.server.requests().pop().unwrap().edits;
    assert!(again.iter().any(|edit| edit.name.n == n && edit.stamp.device == edit.name.device));
}

#[test]
fn what_a_narrower_view_takes_away_is_offered_first() {
    let stage = Stage::with_circle();
    let run = record_at(RecordId([9; 16]), None, &Run::begins(PLAN, NOON), 7);
    stage.server.says(answer().changes(vec![run], 7));
    stage.sync();
    stage.server.says(Answer { epoch: Epoch(2), left: vec![KRING], ..answer() });
    assert_eq!(stage.sync(), Outcome::Offline);
    assert!(block_on(stage.device.circles()).unwrap().is_empty());
    let edits = stage.server.requests().pop().unwrap().edits;
    assert!(edits.iter().any(|edit| edit.changes.iter().any(|change| change.record() == RecordId([9; 16]))));
    assert!(edits.iter().all(|edit| edit.circle == KRING && edit.circle != CircleId([0; 16])));
}
