//! What a device lacks: per circle of its person a load or the changes above its cursor, and only what the person may read now.

mod changes;
mod load;
mod month;
pub(super) mod own;

use std::collections::{BTreeMap, BTreeSet};

use opstap_core::access::{Section, View};
use opstap_core::age::Day;
use opstap_core::protocol::{CircleAnswer, Cursor, DeviceOwner, Figures, LackedBlob, Request};
use opstap_core::{CircleId, DeviceId, Millis, Record};

use self::own::Own;
use super::circles::circles_for;
use super::delivered::{delivered, section_of};
use super::reader::Reader;
use super::{Limits, Session};
use crate::storage::{CircleRow, Delivered, ServerRow, Snapshot, StorageError};

/// How many records are read from the storage at a time.
const CHUNK: usize = 500;
/// The most blobs asked for in one answer; whoever sends some is asked for more.
const MOST_LACKING: usize = 200;
/// How many days a device may hold logs beyond their time before it gets figures in their place: once a week is often enough.
const DAYS_BEYOND: u32 = 7;

/// What a pull found.
#[derive(Default)]
pub(super) struct Pulled {
    pub(super) lease: u32,
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

/// Who asks, when, and under what.
pub(super) struct Asked {
    pub(super) server: ServerRow,
    pub(super) session: Session,
    pub(super) now: Millis,
    pub(super) limits: Limits,
    /// What the device has since its own edits made it.
    pub(super) own: Own,
}

pub(super) fn pull(snapshot: &dyn Snapshot, asked: &Asked, request: &Request) -> Result<Pulled, StorageError> {
    let Asked { server, session, now, limits, own } = asked;
    let now = *now;
    // Cursors of another life of the data count for nothing.
    let cursors: BTreeMap<CircleId, Cursor> = request
        .cursors
        .iter()
        .filter(|_| request.epoch == Some(server.epoch))
        .map(|of| (of.circle, of.cursor))
        .collect();
    let organisations = snapshot.organisations()?;
    let theirs = organisations.into_iter().find(|row| row.id == session.organisation);
    let mut pulled = Pulled { lease: theirs.map_or(0, |row| row.lease), ..Pulled::default() };
    let mut budget = Budget { left: *limits, is_whole: true };
    let mut seen = BTreeSet::new();
    let mut devices = BTreeMap::new();
    if !own.is_empty() {
        devices.insert(request.device, Some(session.person.id));
    }
    for row in circles_for(snapshot, session.person.id, session.organisation)? {
        let mut reader = Reader::new(snapshot, &row, session.person, now)?;
        if reader.view() == View::NOTHING {
            continue;
        }
        seen.insert(row.id);
        let cursor = cursors.get(&row.id).copied();
        let asking = Asking { server, now, request, cursor, own };
        let mut answers = Vec::from_iter(circle(snapshot, &row, &mut reader, &asking, &mut budget)?);
        for asked in request.asked.iter().filter(|asked| asked.circle == row.id) {
            let (view, kind) = (reader.view(), row.kind);
            let delivery = month::page(snapshot, &row, &mut reader, asked, &mut budget)?;
            answers.push(CircleAnswer { circle: row.id, kind, view, delivery, figures: None });
        }
        for answer in answers {
            note_owners(&mut reader, answer.delivery.records(), &mut devices)?;
            let records = answer.delivery.records().iter().map(|record| Section::of(record.kind));
            let figures = answer.figures.iter().flat_map(|figures| &figures.rows).map(|row| section_of(row.what));
            pulled.delivered.extend(delivered(&row, &reader, session.person.id, now, records.chain(figures)));
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

/// Who asks for a circle, and how.
struct Asking<'a> {
    server: &'a ServerRow,
    now: Millis,
    request: &'a Request,
    cursor: Option<Cursor>,
    own: &'a Own,
}

impl Asking<'_> {
    /// The day from which on a device has logs now. An app that speaks version 1 knows no figures: it gets everything.
    fn since(&self) -> Day {
        if self.request.wire < 2 { Day(0) } else { Day::of(self.now).back(Day::LOGS_STAY) }
    }

    /// The number up to which the server has what the life before gave, for a device that comes out of that life. One that slept
    /// through a whole life may hold what two restores lost.
    fn restored(&self, row: &CircleRow) -> u64 {
        if self.request.epoch == Some(self.server.before) { row.restored } else { 0 }
    }
}

/// What one circle brings; `None` when there is nothing new.
fn circle(
    snapshot: &dyn Snapshot,
    row: &CircleRow,
    reader: &mut Reader<'_>,
    asking: &Asking<'_>,
    budget: &mut Budget,
) -> Result<Option<CircleAnswer>, StorageError> {
    let view = reader.view();
    let answer = |delivery, figures| Some(CircleAnswer { circle: row.id, kind: row.kind, view, delivery, figures });
    let from = match asking.cursor {
        Some(Cursor { load: Some((under, position)), .. }) if under == view && position.number <= row.counter => {
            Ok(position)
        }
        Some(cursor) if cursor.view == view && cursor.number <= row.counter => {
            let figures = overdue_figures(snapshot, row, reader, asking, cursor.since)?;
            if cursor.number == row.counter && figures.is_none() {
                return Ok(None);
            }
            return Ok(answer(changes::page(snapshot, row, reader, (cursor.number, asking.own), budget)?, figures));
        }
        _ => Err(asking.since()),
    };
    let page = load::page(snapshot, row, reader, from, asking.restored(row), budget)?;
    let figures = page.behind.filter(|(since, _)| *since > Day(0));
    Ok(answer(page.delivery, figures.map(|(since, logs)| figures_over(&logs, since))))
}

/// Figures in the place of logs that are on a device beyond their time.
fn overdue_figures(
    snapshot: &dyn Snapshot,
    row: &CircleRow,
    reader: &mut Reader<'_>,
    asking: &Asking<'_>,
    held_since: Day,
) -> Result<Option<Figures>, StorageError> {
    let since = asking.since();
    if since.0 < held_since.0.saturating_add(DAYS_BEYOND) {
        return Ok(None);
    }
    let logs = load::logs_before(snapshot, row, reader, since)?;
    Ok(Some(figures_over(&logs, since)))
}

fn figures_over(logs: &[Record], before: Day) -> Figures {
    Figures { before, rows: opstap_insight::figures(logs) }
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
