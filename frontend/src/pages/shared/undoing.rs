//! What an edit changed, and the way back: as in the history, only what still is as that edit left it is put back, so that nobody's work
//! since is written over.

use opstap_core::history::{PastCell, PastChange, PastEdit, undo};
use opstap_core::model::{EVALUATION_AGREED, EVALUATION_SAID, HANDOVER_ACCEPTED, HANDOVER_AGREED};
use opstap_core::{Change, CircleId, DeviceId, Kind, Millis, Record, RecordId, Stamp};

use crate::components::{Toast, show_toast};
use crate::device::{self, Made, NotKept, Reader};
use crate::pages::shared::not_kept;
use crate::words::past;

/// An edit that is undone here has this stamp only to be found by: it is the only one there is.
const THE_ONE: Stamp = Stamp { millis: Millis(0), counter: 0, device: DeviceId([0; 16]) };

/// What these changes do to records as they are now.
#[must_use]
pub fn done<'a>(changes: &[Change], held: impl Fn(RecordId) -> Option<&'a Record>) -> Vec<PastChange> {
    let with_before = |change: &Change| {
        let mut past = PastChange::of(change);
        if !past.made {
            let record = held(past.record)?;
            for PastCell { name, was, .. } in &mut past.cells {
                *was = record.value(name).cloned().unwrap_or_default();
            }
        }
        Some(past)
    };
    changes.iter().filter_map(with_before).collect()
}

/// The same by somebody who says nothing for OV-coach and participant: a yes to a handover, or a word on an evaluation, that went with what
/// was done is said again by whoever said it, and never put back.
#[must_use]
pub fn done_beside<'a>(changes: &[Change], held: impl Fn(RecordId) -> Option<&'a Record>) -> Vec<PastChange> {
    let mut done = done(changes, &held);
    for past in &mut done {
        let own: &[&str] = match held(past.record).map(|record| record.kind) {
            Some(Kind::Handover) => &[HANDOVER_ACCEPTED, HANDOVER_AGREED],
            Some(Kind::Evaluation) => &[EVALUATION_AGREED, EVALUATION_SAID],
            _ => &[],
        };
        past.cells.retain(|cell| !own.contains(&cell.name.as_ref()));
    }
    done.retain(|past| past.made || !past.cells.is_empty());
    done
}

/// Takes back what a message tells of, and says so once that is on the device.
pub fn take_back(circle: CircleId, changes: Vec<Change>) {
    device::keep_and(circle, changes, || show_toast(Toast::new(past::IS_PUT_BACK)));
}

/// What was done in two edits, one after the other, as if it had been one.
pub fn go_on(before: &mut Vec<PastChange>, then: &[PastChange]) {
    for change in then {
        let Some(known) = before.iter_mut().find(|known| known.record == change.record) else {
            before.push(change.clone());
            continue;
        };
        for cell in &change.cells {
            match known.cells.iter_mut().find(|known| known.name == cell.name) {
                Some(known) => known.set = cell.set.clone(),
                None => known.cells.push(cell.clone()),
            }
        }
    }
}

/// The changes that undo it, given the records as they are now; none when nothing of it stands any more.
#[must_use]
pub fn back<'a>(done: &[PastChange], now: impl Fn(RecordId) -> Option<&'a Record>) -> Vec<Change> {
    let edits = [PastEdit { stamp: THE_ONE, by: None, changes: done.to_vec() }];
    undo(&edits, THE_ONE, now)
}

/// What these changes are about to do in a circle.
pub async fn about_to(circle: CircleId, changes: &[Change]) -> Vec<PastChange> {
    let records = records(Reader::new(circle), changes.iter().map(Change::record)).await;
    done(changes, |id| records.iter().find(|record| record.id == id))
}

async fn records(reader: Reader, ids: impl Iterator<Item = RecordId>) -> Vec<Record> {
    let mut records = Vec::new();
    for id in ids {
        records.extend(reader.record(id).await);
    }
    records
}

/// Puts back what was done in a circle, and says so. It needs nothing of the screen that did it, which may be gone.
pub async fn put_back(circle: CircleId, done: Vec<PastChange>) {
    show_toast(Toast::new(match put_back_now(circle, &done).await {
        Ok(true) => past::IS_PUT_BACK,
        Ok(false) => past::CHANGED_SINCE,
        Err(why) => not_kept(why),
    }));
}

/// The same of what was done in several circles, said once: of all of it, or that somebody went on with a part.
pub async fn put_back_in_circles(done: Vec<(CircleId, Vec<PastChange>)>) {
    let mut says = past::IS_PUT_BACK;
    for (circle, done) in done {
        match put_back_now(circle, &done).await {
            Ok(true) => {}
            Ok(false) => says = past::CHANGED_SINCE,
            Err(why) => says = not_kept(why),
        }
    }
    show_toast(Toast::new(says));
}

/// Tells whether anything of it still stood.
async fn put_back_now(circle: CircleId, done: &[PastChange]) -> Result<bool, NotKept> {
    let reader = Reader::new(circle);
    // Before the records themselves: what comes in between crosses the undoing instead of being written over.
    let as_of = reader.seen().await;
    let records = records(reader, done.iter().map(|change| change.record)).await;
    let changes = back(done, |id| records.iter().find(|record| record.id == id));
    if changes.is_empty() {
        return Ok(false);
    }
    device::edit_made(circle, changes, Made { beside: None, as_of }).await?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use opstap_core::model::{Model, Picture, Step, delete, restore, set};
    use opstap_core::{Cell, Kind, Value};

    use super::*;

    const ID: RecordId = RecordId([1; 16]);

    fn record(cells: &[(&'static str, Value)]) -> Record {
        let mut record = Record::new(ID, Kind::Step, None);
        for (name, value) in cells {
            record.cells.insert((*name).into(), Cell { value: value.clone(), stamp: THE_ONE, number: 1 });
        }
        record
    }

    fn then(record: &Record, changes: &[Change]) -> Record {
        let mut record = record.clone();
        for (name, value) in changes.iter().flat_map(Change::cells) {
            record.cells.insert(name.clone(), Cell { value: value.clone(), stamp: THE_ONE, number: 2 });
        }
        record
    }

    fn bag() -> Record {
        record(&[("text", "Pak je tas.".into()), ("order", "V".into())])
    }

    #[test]
    fn a_changed_sentence_gets_back_what_it_said_and_a_new_picture_goes() {
        let changes = [set(ID, "text", "Pak alles."), set(ID, "picture", Picture::Pictogram("bag".to_owned()))];
        let before = bag();
        let done = done(&changes, |_| Some(&before));
        let now = then(&before, &changes);
        let back = back(&done, |_| Some(&now));
        assert_eq!(back, [set(ID, "text", "Pak je tas."), set(ID, "picture", None::<Picture>)]);
    }

    #[test]
    fn what_somebody_wrote_since_is_left_and_the_rest_is_put_back() {
        let before = bag();
        let changes = [set(ID, "text", "Pak alles."), set(ID, "order", "B")];
        let done = done(&changes, |_| Some(&before));
        let now = then(&then(&before, &changes), &[set(ID, "text", "Pak je rode tas.")]);
        assert_eq!(back(&done, |_| Some(&now)), [set(ID, "order", "V")]);
        let all = then(&now, &[set(ID, "order", "C")]);
        assert_eq!(back(&done, |_| Some(&all)), []);
    }

    #[test]
    fn another_coach_is_undone_without_a_yes_that_was_said_on_another_phone() {
        let at = Some(Millis(5));
        let coach = record(&[("coach", Value::Id([3; 16]))]);
        let mut handover = Record { kind: Kind::Handover, ..record(&[("accepted", Value::Int(5))]) };
        handover.id = RecordId([2; 16]);
        let changes = [set(ID, "coach", RecordId([4; 16])), set(handover.id, "accepted", None::<Millis>)];
        let held = |id| if id == ID { Some(&coach) } else { Some(&handover) };
        let after = then(&coach, &changes[..1]);
        let emptied = then(&handover, &changes[1..]);
        let now = |id| if id == ID { Some(&after) } else { Some(&emptied) };
        let put_back = set(ID, "coach", RecordId([3; 16]));
        assert_eq!(back(&done_beside(&changes, held), now), std::slice::from_ref(&put_back));
        assert_eq!(back(&done(&changes, held), now), [put_back, set(handover.id, "accepted", at)]);
    }

    #[test]
    fn a_step_that_was_made_goes_and_one_that_was_removed_comes_back() {
        let made = [Step::saying("V", "Ga.").make(ID)];
        let done_made = done(&made, |_| None);
        let now = then(&record(&[]), &made);
        assert_eq!(back(&done_made, |_| Some(&now)), [delete(ID)]);
        let before = bag();
        let removed = [delete(ID)];
        let done_removed = done(&removed, |_| Some(&before));
        let gone = then(&before, &removed);
        assert_eq!(back(&done_removed, |_| Some(&gone)), [restore(ID)]);
        assert_eq!(back(&done_removed, |_| Some(&before)), [], "somebody put it back already");
    }

    #[test]
    fn a_step_that_was_made_stays_once_somebody_went_on_with_it() {
        let made = [Step::saying("V", "Ga.").make(ID)];
        let done = done(&made, |_| None);
        let now = then(&then(&record(&[]), &made), &[set(ID, "text", "Ga naar buiten.")]);
        assert_eq!(back(&done, |_| Some(&now)), []);
    }

    #[test]
    fn two_edits_of_one_cell_are_undone_as_one() {
        let before = bag();
        let first = [set(ID, "text", "Pak")];
        let between = then(&before, &first);
        let second = [set(ID, "text", "Pak alles.")];
        let mut all = done(&first, |_| Some(&before));
        go_on(&mut all, &done(&second, |_| Some(&between)));
        let now = then(&between, &second);
        assert_eq!(back(&all, |_| Some(&now)), [set(ID, "text", "Pak je tas.")]);
    }
}
