//! What the device lets go of because its person may no longer hold it, or because it was erased; each time is noted, to be told.

use opstap_core::access::{Section, View};
use opstap_core::protocol::LetGo;
use opstap_core::{CircleId, Record, RecordId};

use super::Draft;
use crate::held::HeldCircle;
use crate::memory::is_on;
use crate::store::Op;

impl Draft<'_> {
    /// Notes that something of a circle went, now.
    pub(super) fn note_let_go(&mut self, circle: CircleId, view: View) {
        self.ops.push(Op::PutLetGo(LetGo { circle, view, at: self.at }));
        self.has_to_tell = true;
    }

    /// What is no longer allowed goes at once, without waiting for the load that follows.
    pub(super) fn close_sections(&mut self, held: &HeldCircle, view: View) {
        let before = self.view_before(held);
        if before == view || !held.complete {
            return;
        }
        self.moved.push(held.circle);
        self.ops.push(Op::DropOutside { circle: held.circle, generation: held.generation, view });
        if Section::ALL.iter().any(|section| before.covers(*section) && !view.covers(*section)) {
            self.note_let_go(held.circle, view);
        }
    }

    /// The view under which a circle was held, also when another life of the server made it count for nothing.
    fn view_before(&self, held: &HeldCircle) -> View {
        let mut stored = self.holding.circles.iter().map(|stored| stored.value);
        stored.find(|stored| stored.circle == held.circle).map_or(held.view, |stored| stored.view)
    }

    /// Of what was erased the device keeps no own edit either, whatever has become of it.
    pub(super) fn erase(&mut self, held: &HeldCircle, records: &[Record]) {
        let erased: Vec<RecordId> =
            records.iter().filter(|record| record.is_purged()).map(|record| record.id).collect();
        if erased.is_empty() {
            return;
        }
        for place in 0..self.pending.len() {
            let on_erased = |edit| is_on(edit, held.circle, &erased) && !purges_only(edit);
            if self.pending.get(place).and_then(Option::as_ref).is_some_and(|pending| on_erased(&pending.edit)) {
                self.take(place);
            }
        }
        self.ops.push(Op::DropEditsOn { circle: held.circle, records: erased });
        let blobs = self.holding.erased.iter().filter(|(circle, _)| *circle == held.circle);
        self.ops.extend(blobs.map(|(circle, hash)| Op::DropBlob { circle: *circle, hash: *hash }));
        self.note_let_go(held.circle, held.view);
    }
}

/// Whether an edit only erases: it holds nothing of what it erased, and still wants its verdict.
fn purges_only(edit: &opstap_core::Edit) -> bool {
    edit.changes.iter().flat_map(opstap_core::Change::cells).all(|(name, _)| name == opstap_core::record::PURGED)
}
