//! Circles: records, edits, history, quarantine and deliveries.

use opstap_core::access::{Section, View};
use opstap_core::model::CircleKind;
use opstap_core::protocol::{Verdict, decode_edit, encode_edit, encode_record};
use opstap_core::{CircleId, DeviceId, EditName, Kind, OrganisationId, PersonId, Record, RecordId, Stamp};
use opstap_sync_server::storage::{
    CircleRow, Delivered, Displaced, EditRow, LetGoRow, QuarantinedEdit, ReadCircle, Ruled, StorageError, Unmade,
    WriteCircle, fate_code, fate_from_code, stamp_bytes, verdict_code, verdict_from_code,
};
use tokio_postgres::Row;

use super::Rows;
use crate::column::{Column, bytes, bytes_or_none, columns, get, number, small, time};

fn circle_row(id: CircleId, row: &Row) -> Result<CircleRow, StorageError> {
    Ok(CircleRow {
        id,
        organisation: OrganisationId(bytes(row, 0)?),
        kind: CircleKind::from_code(small(row, 1)?).ok_or(StorageError::Corrupt("the kind of a circle"))?,
        counter: number(row, 2)?,
        restored: number(row, 3)?,
    })
}

fn edit_row(name: EditName, row: &Row) -> Result<EditRow, StorageError> {
    let given: Option<i64> = get(row, 0)?;
    let stamp = Stamp { millis: time(row, 3)?, counter: small(row, 4)?, device: name.device };
    Ok(EditRow {
        name,
        author: PersonId(bytes(row, 2)?),
        stamp,
        digest: bytes(row, 5)?,
        verdict: verdict_from_code(small(row, 1)?, given.map(i64::cast_unsigned), stamp)?,
    })
}

fn quarantined_edit(row: &Row) -> Result<QuarantinedEdit, StorageError> {
    let ruled = match bytes_or_none(row, 3)? {
        Some(by) => Some(Ruled { by: PersonId(by), at: time(row, 4)?, let_in: get(row, 5)? }),
        None => None,
    };
    let edit = decode_edit(get(row, 2)?).map_err(|_| StorageError::Corrupt("an edit in quarantine"))?;
    Ok(QuarantinedEdit { edit, author: PersonId(bytes(row, 0)?), at: time(row, 1)?, ruled })
}

fn delivered(row: &Row) -> Result<Delivered, StorageError> {
    let section = Section::from_code(get(row, 2)?).ok_or(StorageError::Corrupt("a section"))?;
    Ok(Delivered {
        person: PersonId(bytes(row, 1)?),
        section,
        day: small(row, 0)?,
        records: number(row, 3)?,
        live: number(row, 4)?,
    })
}

impl ReadCircle for Rows<'_> {
    fn circle(&self, circle: CircleId) -> Result<Option<CircleRow>, StorageError> {
        self.one(
            "SELECT organisation, kind, counter, restored FROM circle WHERE circle = $1",
            columns![circle.0],
            |row| circle_row(circle, row),
        )
    }

    fn circles_of_organisation(
        &self,
        organisation: OrganisationId,
        kind: CircleKind,
    ) -> Result<Vec<CircleId>, StorageError> {
        self.all(
            "SELECT circle FROM circle WHERE organisation = $1 AND kind = $2 ORDER BY circle",
            columns![organisation.0, kind as u8],
            |row| bytes(row, 0).map(CircleId),
        )
    }

    fn record(&self, circle: CircleId, id: RecordId) -> Result<Option<Record>, StorageError> {
        let records =
            self.records("SELECT body FROM record WHERE circle = $1 AND id = $2", columns![circle.0, id.0])?;
        Ok(records.into_iter().next())
    }

    fn children(&self, circle: CircleId, parent: RecordId) -> Result<Vec<RecordId>, StorageError> {
        self.all(
            "SELECT id FROM record WHERE circle = $1 AND parent = $2 ORDER BY id",
            columns![circle.0, parent.0],
            |row| bytes(row, 0).map(RecordId),
        )
    }

    fn records_of_kind(&self, circle: CircleId, kind: Kind) -> Result<Vec<Record>, StorageError> {
        self.records(
            "SELECT body FROM record WHERE circle = $1 AND need = $2 AND kind = $3 ORDER BY id",
            columns![circle.0, kind.need(), kind.code()],
        )
    }

    fn changed_after(&self, circle: CircleId, above: u64, at_most: usize) -> Result<Vec<Record>, StorageError> {
        let last = self.one(
            "SELECT number FROM record WHERE circle = $1 AND number > $2 ORDER BY number LIMIT 1 OFFSET $3",
            columns![circle.0, above, at_most.saturating_sub(1)],
            |row| get(row, 0),
        )?;
        self.records(
            "SELECT body FROM record WHERE circle = $1 AND number > $2 AND number <= $3 ORDER BY number, id",
            columns![circle.0, above, last.unwrap_or(i64::MAX)],
        )
    }

    fn load_page(
        &self,
        circle: CircleId,
        born_up_to: u64,
        after: Option<(u8, RecordId)>,
        at_most: usize,
    ) -> Result<Vec<Record>, StorageError> {
        // Before every id of the first need there is nothing: need and id begin at zero.
        let (need, id) = after.map_or((-1, RecordId([0; 16])), |(need, id)| (i64::from(need), id));
        self.records(
            "SELECT body FROM record WHERE circle = $1 AND (need, id) > ($2, $3) AND born <= $4 \
             ORDER BY need, id LIMIT $5",
            columns![circle.0, need, id.0, born_up_to, at_most],
        )
    }

    fn edit(&self, circle: CircleId, name: EditName) -> Result<Option<EditRow>, StorageError> {
        self.one(
            "SELECT number, verdict, author, millis, counter, digest FROM edit \
             WHERE circle = $1 AND device = $2 AND n = $3",
            columns![circle.0, name.device.0, name.n],
            |row| edit_row(name, row),
        )
    }

    fn stamp_before(&self, circle: CircleId, name: EditName) -> Result<Option<Stamp>, StorageError> {
        self.one(
            "SELECT millis, counter FROM edit \
             WHERE circle = $1 AND device = $2 AND n < $3 AND number IS NOT NULL ORDER BY n DESC LIMIT 1",
            columns![circle.0, name.device.0, name.n],
            |row| Ok(Stamp { millis: time(row, 0)?, counter: small(row, 1)?, device: name.device }),
        )
    }

    fn unmade(&self, circle: CircleId, id: RecordId) -> Result<Vec<Unmade>, StorageError> {
        self.all(
            "SELECT device, fate FROM unmade WHERE circle = $1 AND id = $2 ORDER BY device",
            columns![circle.0, id.0],
            |row| Ok(Unmade { id, device: DeviceId(bytes(row, 0)?), fate: fate_from_code(get(row, 1)?)? }),
        )
    }

    fn history(&self, circle: CircleId, record: RecordId) -> Result<Vec<Displaced>, StorageError> {
        let holders = self.records(
            "SELECT body FROM history WHERE circle = $1 AND record = $2 ORDER BY cell, stamp",
            columns![circle.0, record.0],
        )?;
        let cells = holders.into_iter().flat_map(|holder| holder.cells);
        Ok(cells.map(|(cell, value)| Displaced { cell, value }).collect())
    }

    fn quarantine(&self, circle: CircleId) -> Result<Vec<QuarantinedEdit>, StorageError> {
        self.all(
            "SELECT author, at, body, ruled_by, ruled_at, let_in FROM quarantine WHERE circle = $1 ORDER BY device, n",
            columns![circle.0],
            quarantined_edit,
        )
    }

    fn deliveries(&self, circle: CircleId) -> Result<Vec<Delivered>, StorageError> {
        let mut deliveries = self.all(
            "SELECT day, person, section, records, live FROM delivery WHERE circle = $1",
            columns![circle.0],
            delivered,
        )?;
        deliveries.sort_by_key(|one| (one.day, one.person, one.section));
        Ok(deliveries)
    }

    fn let_go(&self, circle: CircleId) -> Result<Vec<LetGoRow>, StorageError> {
        self.all(
            "SELECT device, person, view, at, told FROM let_go WHERE circle = $1 ORDER BY at, device, view",
            columns![circle.0],
            |row| {
                Ok(LetGoRow {
                    device: DeviceId(bytes(row, 0)?),
                    person: PersonId(bytes(row, 1)?),
                    view: View(number(row, 2)?),
                    at: time(row, 3)?,
                    told: time(row, 4)?,
                })
            },
        )
    }
}

impl WriteCircle for Rows<'_> {
    fn add_circle(&mut self, row: &CircleRow) -> Result<(), StorageError> {
        self.run(
            "INSERT INTO circle (circle, organisation, kind, counter, restored) VALUES ($1, $2, $3, $4, $5)",
            columns![row.id.0, row.organisation.0, row.kind as u8, row.counter, row.restored],
        )
    }

    fn lock_circle(&mut self, circle: CircleId) -> Result<Option<CircleRow>, StorageError> {
        self.take_turn(circle)?;
        self.one(
            "SELECT organisation, kind, counter, restored FROM circle WHERE circle = $1 FOR UPDATE",
            columns![circle.0],
            |row| circle_row(circle, row),
        )
    }

    fn move_counter(&mut self, circle: CircleId, to: u64) -> Result<(), StorageError> {
        self.run("UPDATE circle SET counter = $2 WHERE circle = $1", columns![circle.0, to])
    }

    fn mark_restored(&mut self) -> Result<(), StorageError> {
        self.run("UPDATE circle SET restored = counter", columns![])
    }

    fn put_record(&mut self, circle: CircleId, record: &Record) -> Result<(), StorageError> {
        self.run(
            "INSERT INTO record (circle, id, number, born, kind, need, parent, body) \
             VALUES ($1, $2, $3, $3, $4, $5, $6, $7) \
             ON CONFLICT (circle, id) DO UPDATE SET number = excluded.number, body = excluded.body",
            columns![
                circle.0,
                record.id.0,
                record.number,
                record.kind.code(),
                record.kind.need(),
                record.parent.map(|parent| parent.0),
                encode_record(record),
            ],
        )
    }

    fn add_edit(&mut self, circle: CircleId, row: &EditRow) -> Result<(), StorageError> {
        let given = match row.verdict {
            Verdict::Accepted { number, .. } => Some(number),
            Verdict::Refused(_) | Verdict::Quarantined | Verdict::Later => None,
        };
        let verdict = verdict_code(&row.verdict)
            .ok_or_else(|| StorageError::Unavailable("a verdict that is not remembered".to_owned()))?;
        self.run(
            "INSERT INTO edit (circle, device, n, number, verdict, author, millis, counter, digest) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            columns![
                circle.0,
                row.name.device.0,
                row.name.n,
                given,
                verdict,
                row.author.0,
                row.stamp.millis,
                row.stamp.counter,
                row.digest,
            ],
        )
    }

    fn add_displaced(&mut self, circle: CircleId, record: RecordId, displaced: &Displaced) -> Result<(), StorageError> {
        // The kind does not matter here; the record's own row has it.
        let mut holder = Record::new(record, Kind::Unknown(0), None);
        holder.cells.insert(displaced.cell.clone(), displaced.value.clone());
        self.run(
            "INSERT INTO history (circle, record, cell, stamp, body) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (circle, record, cell, stamp) DO NOTHING",
            columns![
                circle.0,
                record.0,
                displaced.cell.as_ref(),
                stamp_bytes(displaced.value.stamp),
                encode_record(&holder),
            ],
        )
    }

    fn put_unmade(&mut self, circle: CircleId, unmade: &Unmade) -> Result<(), StorageError> {
        self.run(
            "INSERT INTO unmade (circle, id, device, fate) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (circle, id, device) DO UPDATE SET fate = excluded.fate",
            columns![circle.0, unmade.id.0, unmade.device.0, fate_code(unmade.fate)],
        )
    }

    fn replace_edit(&mut self, circle: CircleId, row: &EditRow) -> Result<(), StorageError> {
        self.run(
            "DELETE FROM edit WHERE circle = $1 AND device = $2 AND n = $3",
            columns![circle.0, row.name.device.0, row.name.n],
        )?;
        self.add_edit(circle, row)
    }

    fn put_quarantined(&mut self, quarantined: &QuarantinedEdit) -> Result<(), StorageError> {
        let QuarantinedEdit { edit, ruled, .. } = quarantined;
        self.run(
            "INSERT INTO quarantine (circle, device, n, author, at, body, ruled_by, ruled_at, let_in) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (circle, device, n) DO UPDATE SET \
             ruled_by = excluded.ruled_by, ruled_at = excluded.ruled_at, let_in = excluded.let_in",
            columns![
                edit.circle.0,
                edit.name.device.0,
                edit.name.n,
                quarantined.author.0,
                quarantined.at,
                encode_edit(edit),
                ruled.map(|ruled| ruled.by.0),
                ruled.map(|ruled| ruled.at),
                ruled.map(|ruled| ruled.let_in),
            ],
        )
    }

    fn add_let_go(&mut self, circle: CircleId, row: &LetGoRow) -> Result<(), StorageError> {
        self.run(
            "INSERT INTO let_go (circle, at, device, view, person, told) VALUES ($1, $2, $3, $4, $5, $6) \
             ON CONFLICT (circle, at, device, view) DO NOTHING",
            columns![circle.0, row.at, row.device.0, row.view.0, row.person.0, row.told],
        )
    }

    fn drop_quarantined(&mut self, circle: CircleId, name: EditName) -> Result<(), StorageError> {
        self.erases();
        self.run(
            "DELETE FROM quarantine WHERE circle = $1 AND device = $2 AND n = $3",
            columns![circle.0, name.device.0, name.n],
        )
    }

    fn forget(&mut self, circle: CircleId, record: RecordId) -> Result<(), StorageError> {
        self.erases();
        self.run("DELETE FROM history WHERE circle = $1 AND record = $2", columns![circle.0, record.0])
    }

    fn add_delivery(&mut self, circle: CircleId, delivered: &Delivered) -> Result<(), StorageError> {
        self.run(
            "INSERT INTO delivery (circle, day, person, section, records, live) VALUES ($1, $2, $3, $4, $5, $6) \
             ON CONFLICT (circle, day, person, section) DO UPDATE SET \
             records = delivery.records + excluded.records, live = delivery.live + excluded.live",
            columns![
                circle.0,
                delivered.day,
                delivered.person.0,
                Column::Text(delivered.section.code()),
                delivered.records,
                delivered.live
            ],
        )
    }
}
