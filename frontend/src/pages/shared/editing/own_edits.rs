//! Own edits over the sheet: what was done here shows at once, while it is being kept and until the plan is read anew. So two quick taps
//! never work on the same old state, and undo never takes another edit than the last.

use std::rc::Rc;

use futures::channel::oneshot::{Receiver, Sender, channel};
use opstap_core::merge::overlay;
use opstap_core::{Change, CircleId, Edit, EditName, Millis, Record, Seen, Stamp};
use opstap_view::prelude::*;
use send_wrapper::SendWrapper;

use super::work::Worked;
use super::writers::OWN;

/// An edit that the last reading may not hold.
#[derive(Clone, PartialEq)]
struct Own {
    n: u32,
    changes: Vec<Change>,
    /// As which of all it was kept; none as long as it is being kept.
    kept: Option<u32>,
}

/// The edits of this editor that are not read yet. They are kept one after the other, in the order in which they were made.
#[derive(Clone, Copy)]
pub struct OwnEdits {
    list: RwSignal<Vec<Own>>,
    last: StoredValue<u32>,
    kept: StoredValue<u32>,
    before: StoredValue<Option<SendWrapper<Rc<Waiting>>>>,
}

/// What the next edit waits for.
type Waiting = std::cell::Cell<Option<Receiver<()>>>;

/// An edit that is laid over the sheet and has its turn to be kept.
pub struct Begun {
    pub n: u32,
    before: Option<Receiver<()>>,
    // The next edit goes on once this is dropped.
    _done: Option<Sender<()>>,
}

impl Begun {
    /// Waits until the edits before it are kept.
    pub async fn turn(&mut self) {
        if let Some(before) = self.before.take() {
            // It says nothing: that it is gone is enough.
            let _ = before.await;
        }
    }
}

impl OwnEdits {
    pub fn new() -> Self {
        let waiting = SendWrapper::new(Rc::new(Waiting::default()));
        Self {
            list: RwSignal::new(Vec::new()),
            last: StoredValue::new(0),
            kept: StoredValue::new(0),
            before: StoredValue::new(Some(waiting)),
        }
    }

    /// How many were kept so far: a reading that begins now holds them.
    pub fn kept(self) -> u32 {
        self.kept.try_get_value().unwrap_or_default()
    }

    /// Lays an edit over the sheet. `read` is how many the sheet's reading holds.
    pub fn begin(self, changes: &[Change], read: u32) -> Begun {
        let n = self.last.try_update_value(|last| {
            *last += 1;
            *last
        });
        let n = n.unwrap_or_default();
        let own = Own { n, changes: changes.to_vec(), kept: None };
        let _ = self.list.try_update(|list| {
            list.retain(|own| !own.is_read(read));
            list.push(own);
        });
        let (done, next) = channel();
        let before =
            self.before.try_with_value(|waiting| waiting.as_ref().and_then(|waiting| waiting.replace(Some(next))));
        Begun { n, before: before.flatten(), _done: Some(done) }
    }

    /// It was kept, or else it is taken off the sheet again.
    pub fn end(self, n: u32, is_kept: bool) {
        let kept = self.kept.try_update_value(|kept| {
            *kept += u32::from(is_kept);
            *kept
        });
        let _ = self.list.try_update(|list| match is_kept {
            true => list.iter_mut().filter(|own| own.n == n).for_each(|own| own.kept = kept),
            false => list.retain(|own| own.n != n),
        });
    }

    /// The sheet of a reading that holds `read` of them, with the others over it.
    pub fn over<S: Worked>(self, sheet: &S, read: u32) -> S {
        let mut sheet = sheet.clone();
        let _ = self.list.try_with(|list| {
            let not_read = list.iter().filter(|own| !own.is_read(read));
            not_read.for_each(|own| lay(&mut sheet, &own.changes));
        });
        sheet
    }
}

impl Own {
    fn is_read(&self, read: u32) -> bool {
        self.kept.is_some_and(|kept| kept <= read)
    }
}

/// Lays changes over a sheet, as the device does over what the server confirmed.
pub fn lay(sheet: &mut impl Worked, changes: &[Change]) {
    for change in changes {
        let now = sheet.now();
        let record = sheet.take(change.record());
        let edit = edit((sheet.seen(), now), record.as_ref(), change);
        if let Some(record) = overlay(record, change.record(), [&edit]) {
            sheet.put(record);
        }
    }
    sheet.sort();
}

/// The change as an edit that is later than all it meets.
fn edit((seen, now): (Seen, Millis), record: Option<&Record>, change: &Change) -> Edit {
    let stamps = record.into_iter().flat_map(|record| record.cells.values()).map(|cell| cell.stamp.millis.0);
    let millis = Millis(stamps.max().map_or(0, |latest| latest + 1)).max(now);
    Edit {
        name: EditName { device: OWN, n: 0 },
        stamp: Stamp { millis, counter: 0, device: OWN },
        circle: CircleId([0; 16]),
        seen,
        beside: None,
        changes: vec![change.clone()],
    }
}

#[cfg(test)]
mod tests {
    use opstap_core::model::{Choice, Days, Model, Step, delete, restore, set};
    use opstap_core::{RecordId, Value};

    use super::*;
    use crate::pages::shared::plan_editor::{Sheet, sheet_of};

    const STEP: RecordId = RecordId([1; 16]);

    fn texts(sheet: &Sheet) -> Vec<&str> {
        sheet.steps.iter().map(|step| step.value.text.as_str()).collect()
    }

    fn two() -> Sheet {
        sheet_of(&[("Pak je tas.", "B"), ("Ga.", "C")])
    }

    #[test]
    fn what_was_done_here_stands_at_once_until_a_reading_holds_it() {
        let own = OwnEdits::new();
        let read = two();
        let days = set(read.plan.id, "days", Days::of([5]));
        let first = own.begin(&[set(STEP, "text", "Pak alles.")], 0);
        let second = own.begin(&[days], 0);
        let now = own.over(&read, own.kept());
        assert_eq!(texts(&now), ["Pak alles.", "Ga."]);
        assert_eq!(now.plan.value.days, Days::of([5]));
        own.end(first.n, true);
        assert_eq!(texts(&own.over(&read, 0)), ["Pak alles.", "Ga."], "the reading began before it was kept");
        assert_eq!(texts(&own.over(&read, own.kept())), ["Pak je tas.", "Ga."], "somebody changed it after that");
        own.end(second.n, false);
        assert_eq!(own.over(&read, own.kept()), read, "what was not kept is taken off again");
    }

    #[test]
    fn steps_and_choices_that_are_made_moved_removed_and_put_back_find_their_places() {
        let mut sheet = two();
        let (new, choice) = (RecordId([8; 16]), RecordId([9; 16]));
        let bus = Choice { order: "B".into(), text: "Met de bus".into(), picture: None, to: None };
        let made = [Step::saying("BV", "Doe je jas aan.").make_below(new, sheet.plan.id), bus.make_below(choice, new)];
        lay(&mut sheet, &made);
        assert_eq!(texts(&sheet), ["Pak je tas.", "Doe je jas aan.", "Ga."]);
        assert_eq!(sheet.choices_at(new).count(), 1);
        lay(&mut sheet, &[set(STEP, "order", "D"), delete(choice)]);
        assert_eq!(texts(&sheet), ["Doe je jas aan.", "Ga.", "Pak je tas."]);
        assert_eq!(sheet.choices_at(new).count(), 0);
        assert!(sheet.record(choice).is_some_and(Record::is_deleted), "it can be put back");
        lay(&mut sheet, &[delete(STEP), restore(choice)]);
        assert_eq!((texts(&sheet), sheet.removed.len()), (vec!["Doe je jas aan.", "Ga."], 1));
        assert_eq!(sheet.choices_at(new).count(), 1);
        lay(&mut sheet, &[restore(STEP)]);
        assert_eq!((texts(&sheet).len(), sheet.removed.len()), (3, 0));
        assert_eq!(sheet.record(STEP).and_then(|step| step.value("text")), Some(&Value::from("Pak je tas.")));
    }

    #[test]
    fn edits_are_kept_in_the_order_in_which_they_were_made() {
        use futures::FutureExt;
        let own = OwnEdits::new();
        let (mut first, mut second) = (own.begin(&[], 0), own.begin(&[], 0));
        assert!(first.turn().now_or_never().is_some());
        assert!(second.turn().now_or_never().is_none(), "the first is still being kept");
        let mut third = own.begin(&[], 0);
        drop(first);
        drop(second);
        assert!(third.turn().now_or_never().is_some());
    }
}
