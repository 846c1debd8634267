//! What people did to a record and to what is below it.

use std::rc::Rc;

use opstap_core::history::undo;
use opstap_core::record::DELETED;
use opstap_core::{CellName, Change, RecordId, Value};

use super::list::{Look, Row, Said};
use crate::components::Icon;
use crate::device;
use crate::words::{past, shared};

/// The history of a record.
pub fn history(record: RecordId) -> Look {
    Look {
        read: Rc::new(move |circle| Box::pin(device::history(circle, record))),
        row,
        means: past::HISTORY_MEANS,
        none: past::NO_HISTORY,
        question: None,
    }
}

fn row(Row { looking, told, edit, names, when, .. }: Row<'_>) -> Option<Said> {
    let back = undo(&told.edits, edit.stamp, |id| names.records.get(&id));
    // What was made goes and what was put back goes again: then the button says so.
    let deletes = |(name, value): &(CellName, Value)| name == DELETED && *value == Value::Bool(true);
    let goes = back.iter().flat_map(Change::cells).any(deletes);
    let says = if goes { (shared::LET_GO, Icon::TRASH) } else { (past::UNDO, Icon::UNDO) };
    let buttons = if back.is_empty() { Vec::new() } else { vec![looking.keeping(says, back, past::IS_PUT_BACK)] };
    Some(Said { more: when, buttons, changes: None })
}
