//! What a device lacks: per circle of its person a load or the changes above its cursor, and only what the person may read now.

mod changes;
mod load;

use std::collections::{BTreeMap, BTreeSet};

use opstap_core::access::{Section, View};
use opstap_core::model::CircleKind;
use opstap_core::protocol::{CircleAnswer, Cursor, Delivery, DeviceOwner, LackedBlob, Request};
use opstap_core::{CircleId, DeviceId, Millis, Record};

use super::circles::circles_for;
use super::reader::Reader;
use super::{Limits, Session};
use crate::storage::{CircleRow, Delivered, ServerRow, Snapshot, StorageError};

/// How many records are read from the storage at a time.
const CHUNK: usize = 500;
/// The most blobs asked for in one answer; whoever sends some is asked for more.
const MOST_LACKING: usize = 200;
/// Milliseconds in a day.
const DAY: u64 = 86_400_000;

/// What a pull found.
#[derive(Default)]
pub(super) struct Pulled {
    pub(super) circles: Vec<CircleAnswer>,
    pub(super) left: Vec<CircleId>,
    pub(super) owners: Vec<DeviceOwner>,
    pub(super) lacking: Vec<LackedBlob>,
    pub(super) delivered: Vec<(CircleId, Delivered)>,
}

/// What an answer can still hold.
struct Budget {
    left: Limits,
    is_whole: bool,
}

impl Budget {
    const fn is_spent(&self) -> bool {
        self.left.records == 0 || self.left.bytes == 0
    }

    /// Whether records that are not to be cut apart can come along: they fit, or they are the first.
    const fn has_room_for(&self, records: usize) -> bool {
        self.is_whole || (!self.is_spent() && records <= self.left.records)
    }

    fn take(&mut self, record: &Record) {
        self.is_whole = false;
        self.left.records = self.left.records.saturating_sub(1);
        self.left.bytes = self.left.bytes.saturating_sub(weight(record));
    }
}

/// About how many bytes a record is on the wire.
fn weight(record: &Record) -> usize {
    let value = |value: &opstap_core::Value| match value {
        opstap_core::Value::Text(text) => text.len(),
        opstap_core::Value::Ids(ids) => ids.len() * 16,
        _ => 10,
    };
    let cells = record.cells.values().map(|cell| value(&cell.value) + 20);
    let kept = record.kept.iter().map(|kept| value(&kept.value) + 20);
    40 + cells.sum::<usize>() + kept.sum::<usize>()
}

pub(super) fn pull(
    snapshot: &dyn Snapshot,
    server: &ServerRow,
    session: &Session,
    now: Millis,
    request: &Request,
    limits: Limits,
) -> Result<Pulled, StorageError> {
    // Cursors of another life of the data count for nothing.
    let cursors: BTreeMap<CircleId, Cursor> = request
        .cursors
        .iter()
        .filter(|_| request.epoch == Some(server.epoch))
        .map(|of| (of.circle, of.cursor))
        .collect();
    let mut pulled = Pulled::default();
    let mut budget = Budget { left: limits, is_whole: true };
    let mut seen = BTreeSet::new();
    let mut devices = BTreeMap::new();
    for row in circles_for(snapshot, session.person.id, session.organisation)? {
        let mut reader = Reader::new(snapshot, &row, session.person, now)?;
        if reader.view() == View::NOTHING {
            continue;
        }
        seen.insert(row.id);
        let cursor = cursors.get(&row.id).copied();
        if let Some(answer) = circle(snapshot, &row, &mut reader, cursor, &mut budget)? {
            note_owners(&mut reader, answer.delivery.records(), &mut devices)?;
            note_delivery(&row, &reader, session, now, &answer, &mut pulled);
            pulled.circles.push(answer);
        }
        lacking(snapshot, row.id, &mut reader, &mut pulled.lacking)?;
    }
    let named = request.cursors.iter().map(|of| of.circle);
    pulled.left = named.filter(|circle| !seen.contains(circle)).collect();
    pulled.owners =
        devices.into_iter().filter_map(|(device, owner)| owner.map(|person| DeviceOwner { device, person })).collect();
    Ok(pulled)
}

/// What one circle brings; `None` when there is nothing new.
fn circle(
    snapshot: &dyn Snapshot,
    row: &CircleRow,
    reader: &mut Reader<'_>,
    cursor: Option<Cursor>,
    budget: &mut Budget,
) -> Result<Option<CircleAnswer>, StorageError> {
    let view = reader.view();
    let delivery = match cursor {
        Some(Cursor { load: Some((under, position)), .. }) if under == view && position.number <= row.counter => {
            load::page(snapshot, row, reader, Some(position), budget)?
        }
        Some(cursor) if cursor.view == view && cursor.number <= row.counter => {
            if cursor.number == row.counter {
                return Ok(None);
            }
            changes::page(snapshot, row, reader, cursor.number, budget)?
        }
        _ => load::page(snapshot, row, reader, None, budget)?,
    };
    Ok(Some(CircleAnswer { circle: row.id, kind: row.kind, view, delivery }))
}

fn note_owners(
    reader: &mut Reader<'_>,
    records: &[Record],
    devices: &mut BTreeMap<DeviceId, Option<opstap_core::PersonId>>,
) -> Result<(), StorageError> {
    for record in records {
        let cells = record.cells.values().map(|cell| cell.stamp.device);
        let kept = record.kept.iter().map(|kept| kept.stamp.device);
        for device in cells.chain(kept) {
            if let std::collections::btree_map::Entry::Vacant(place) = devices.entry(device) {
                place.insert(reader.owner(device)?);
            }
        }
    }
    Ok(())
}

/// Notes what somebody other than the client receives of a client's circle, once per section.
fn note_delivery(
    row: &CircleRow,
    reader: &Reader<'_>,
    session: &Session,
    now: Millis,
    answer: &CircleAnswer,
    pulled: &mut Pulled,
) {
    if row.kind != CircleKind::Client || reader.access().client() == Some(session.person.id) {
        return;
    }
    let (Delivery::Changes { records, .. } | Delivery::Load { records, .. }) = &answer.delivery;
    let mut by_section: BTreeMap<Section, u64> = BTreeMap::new();
    for record in records {
        *by_section.entry(Section::of(record.kind)).or_default() += 1;
    }
    let day = u32::try_from(now.0 / DAY).unwrap_or(u32::MAX);
    pulled.delivered.extend(by_section.into_iter().map(|(section, records)| {
        let delivered = Delivered { person: session.person.id, section, day, records };
        (row.id, delivered)
    }));
}

fn lacking(
    snapshot: &dyn Snapshot,
    circle: CircleId,
    reader: &mut Reader<'_>,
    found: &mut Vec<LackedBlob>,
) -> Result<(), StorageError> {
    for hash in snapshot.lacking(circle)? {
        if found.len() >= MOST_LACKING {
            break;
        }
        if reader.reads_blob(&hash)? {
            found.push(LackedBlob { circle, hash });
        }
    }
    Ok(())
}
