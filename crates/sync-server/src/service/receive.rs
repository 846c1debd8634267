//! What a request does to the database: its device is noted and its edits are taken in, circle by circle.

use std::collections::BTreeMap;

use opstap_core::protocol::{LetGo, Reason, Request, Verdict};
use opstap_core::{CircleId, Edit, Millis};

use super::Session;
use super::inbox::{Inbox, News};
use crate::journal::Shared;
use crate::storage::{DeviceRow, LetGoRow, ServerRow, Snapshot, StorageError, Txn};

/// What came of it.
pub(super) enum Received {
    /// A verdict per edit, in order of n, the circles whose counter moved, whether something was erased for good, and who is to hear
    /// of what.
    Done { verdicts: Vec<(u64, Verdict)>, moved: Vec<CircleId>, purged: bool, news: News },
    /// The device belongs to another person; nothing was done.
    ForeignDevice,
}

/// Whether there is anything to write for this request.
pub(super) fn brings_something(
    snapshot: &dyn Snapshot,
    session: &Session,
    request: &Request,
    now: Millis,
) -> Result<bool, StorageError> {
    if !request.edits.is_empty() || !request.let_go.is_empty() || request.device != session.device {
        return Ok(true);
    }
    let row = snapshot.device(request.device)?;
    Ok(row.is_none_or(|row| {
        let counts = (row.waiting, row.refused) != (request.waiting, request.refused);
        row.person != session.person.id || counts || row.is_heard_anew(now)
    }))
}

/// Under what a request is taken in.
#[derive(Clone, Copy)]
pub(super) struct Taking {
    pub(super) server: ServerRow,
    pub(super) session: Session,
    pub(super) now: Millis,
}

pub(super) fn receive(
    txn: &mut dyn Txn,
    taking: &Taking,
    journal: &Shared,
    request: &Request,
) -> Result<Received, StorageError> {
    let Taking { session, now, .. } = *taking;
    if !note_device(txn, &session, now, request)? {
        return Ok(Received::ForeignDevice);
    }
    let mut by_circle: BTreeMap<CircleId, Vec<&Edit>> = BTreeMap::new();
    for edit in &request.edits {
        by_circle.entry(edit.circle).or_default().push(edit);
    }
    let mut verdicts = Vec::with_capacity(request.edits.len());
    let (mut moved, mut purged, mut news) = (Vec::new(), false, News::default());
    let more_waits = usize::try_from(request.waiting).unwrap_or(usize::MAX) > request.edits.len();
    note_let_go(txn, &session, now, request)?;
    // In order of circle, so that two requests never wait for each other's circles.
    for (circle, mut edits) in by_circle {
        edits.sort_by_key(|edit| edit.name.n);
        let row = txn.lock_circle(circle)?;
        let Some(row) = row.filter(|row| row.organisation == session.organisation) else {
            let unknown = Verdict::Refused(Reason::UnknownCircle);
            verdicts.extend(edits.iter().map(|edit| (edit.name.n, unknown)));
            continue;
        };
        let mut inbox = Inbox::open(&mut *txn, row, taking, journal)?;
        // What needs a record that this same request may bring further on is tried once more behind it.
        let mut again = Vec::new();
        for edit in edits {
            match inbox.take(edit, false)? {
                Some(verdict) => verdicts.push((edit.name.n, verdict)),
                None => again.push(edit),
            }
        }
        for edit in again {
            let verdict = inbox.take(edit, !more_waits)?.unwrap_or(Verdict::Later);
            verdicts.push((edit.name.n, verdict));
        }
        purged |= inbox.has_purged();
        news.add(inbox.news());
        if inbox.close()? {
            moved.push(circle);
        }
    }
    verdicts.sort_by_key(|(n, _)| *n);
    Ok(Received::Done { verdicts, moved, purged, news })
}

/// Notes what the device let go of, of circles its person is or was in.
fn note_let_go(txn: &mut dyn Txn, session: &Session, now: Millis, request: &Request) -> Result<(), StorageError> {
    let known = txn.memberships(session.person.id)?;
    for LetGo { circle, view, at } in &request.let_go {
        if known.iter().any(|(of, _)| of == circle) {
            let (device, person) = (request.device, session.person.id);
            txn.add_let_go(*circle, &LetGoRow { device, person, view: *view, at: *at, told: now })?;
        }
    }
    Ok(())
}

/// Notes the device and what it says of itself; `false` when it belongs to somebody else.
fn note_device(txn: &mut dyn Txn, session: &Session, now: Millis, request: &Request) -> Result<bool, StorageError> {
    let known = match txn.device(request.device)? {
        Some(row) if row.person != session.person.id => return Ok(false),
        Some(row) => row,
        None => DeviceRow::first_seen(request.device, session.person.id, now),
    };
    txn.put_device(&DeviceRow { heard: now, waiting: request.waiting, refused: request.refused, ..known })?;
    // A store that was made anew (a wiped phone, a name that was taken) goes on under the session of the one before.
    if request.device != session.device {
        txn.move_sessions(session.device, request.device)?;
        txn.move_push(session.device, request.device)?;
    }
    Ok(true)
}
