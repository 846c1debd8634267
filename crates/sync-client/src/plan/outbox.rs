//! The request: where the device is, and as many of its edits as fit.

use opstap_core::protocol::{Cursor, CursorOf, Request};
use opstap_core::{Edit, Value};

use super::Holding;
use crate::held::{HeldCircle, Pending, PendingState};

/// About how many bytes of edits go in one request: what a weak network carries before it breaks off.
const MOST_BYTES: usize = 512 * 1024;

/// What the device sends now.
pub fn request(holding: &Holding) -> Request {
    let waiting = || holding.pending.iter().filter(|pending| pending.state == PendingState::Waiting);
    // A request speaks for one device. After a restore, edits from before the store took a new id go under the old one.
    let device = waiting().next().map_or(holding.device.value.device, |first| first.edit.name.device);
    let mut bytes = 0;
    let edits = waiting()
        .filter(|pending| pending.edit.name.device == device)
        .take(Request::MOST_EDITS)
        .take_while(|pending| {
            let fits = bytes == 0 || bytes + weight(&pending.edit) <= MOST_BYTES;
            bytes += weight(&pending.edit);
            fits
        })
        .map(|Pending { edit, .. }| edit.clone());
    Request {
        epoch: holding.device.value.epoch,
        edits: edits.collect(),
        cursors: holding.circles.iter().map(|held| cursor(&held.value)).collect(),
        waiting: u32::try_from(waiting().count()).unwrap_or(u32::MAX),
        refused: holding.refused,
        ..Request::of(device)
    }
}

pub(super) fn cursor(held: &HeldCircle) -> CursorOf {
    CursorOf {
        circle: held.circle,
        cursor: Cursor {
            view: held.view,
            number: held.number,
            since: held.since,
            load: held.load.map(|load| (load.view, load.position)),
        },
    }
}

/// About how many bytes an edit takes on the wire.
fn weight(edit: &Edit) -> usize {
    let of_value = |value: &Value| match value {
        Value::Text(text) => text.len(),
        Value::Ids(ids) => ids.len() * 16,
        Value::Blob(_) => 40,
        Value::Nothing | Value::Bool(_) | Value::Int(_) | Value::Id(_) => 16,
    };
    let cells = edit.changes.iter().flat_map(opstap_core::Change::cells);
    64 + cells.map(|(name, value)| name.len() + of_value(value)).sum::<usize>()
}
