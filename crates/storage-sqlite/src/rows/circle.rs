//! Circles: records, edits, history, quarantine and deliveries.

use opstap_core::access::{Section, View};
use opstap_core::model::CircleKind;
use opstap_core::protocol::{Verdict, decode_edit, encode_edit, encode_record};
use opstap_core::{CircleId, DeviceId, EditName, Kind, Millis, OrganisationId, PersonId, Record, RecordId, Stamp};
use opstap_sync_server::storage::{
    CircleRow, Delivered, Displaced, EditRow, LetGoRow, QuarantinedEdit, ReadCircle, Ruled, StorageError, Unmade,
    WriteCircle, fate_code, fate_from_code, stamp_bytes, verdict_code, verdict_from_code,
};
use rusqlite::{Row, params};

use super::{Rows, amount, column, number, time};

/// The records of one kind. Left to choose, SQLite goes through the whole circle by the primary key, since that gives the order.
const OF_KIND: &str = "SELECT body FROM record INDEXED BY record_by_need \
    WHERE circle = ?1 AND need = ?2 AND kind = ?3 ORDER BY id";

fn circle_row(id: CircleId, row: &Row<'_>) -> rusqlite::Result<(OrganisationId, u8, u64, u64, CircleId)> {
    Ok((OrganisationId(row.get(0)?), row.get(1)?, number(row, 2)?, number(row, 3)?, id))
}

impl ReadCircle for Rows<'_> {
    fn circle(&self, circle: CircleId) -> Result<Option<CircleRow>, StorageError> {
        let found = self.one(
            "SELECT organisation, kind, counter, restored FROM circle WHERE circle = ?1",
            [circle.0],
            |row| circle_row(circle, row),
        )?;
        let Some((organisation, kind, counter, restored, id)) = found else { return Ok(None) };
        let kind = CircleKind::from_code(kind).ok_or(StorageError::Corrupt("the kind of a circle"))?;
        Ok(Some(CircleRow { id, organisation, kind, counter, restored }))
    }

    fn circles_of_organisation(
        &self,
        organisation: OrganisationId,
        kind: CircleKind,
    ) -> Result<Vec<CircleId>, StorageError> {
        self.all(
            "SELECT circle FROM circle WHERE organisation = ?1 AND kind = ?2 ORDER BY circle",
            params![organisation.0, kind as u8],
            |row| row.get(0).map(CircleId),
        )
    }

    fn record(&self, circle: CircleId, id: RecordId) -> Result<Option<Record>, StorageError> {
        let records = self.records("SELECT body FROM record WHERE circle = ?1 AND id = ?2", [circle.0, id.0])?;
        Ok(records.into_iter().next())
    }

    fn children(&self, circle: CircleId, parent: RecordId) -> Result<Vec<RecordId>, StorageError> {
        self.all("SELECT id FROM record WHERE circle = ?1 AND parent = ?2 ORDER BY id", [circle.0, parent.0], |row| {
            row.get(0).map(RecordId)
        })
    }

    fn records_of_kind(&self, circle: CircleId, kind: Kind) -> Result<Vec<Record>, StorageError> {
        self.records(OF_KIND, params![circle.0, kind.need(), kind.code()])
    }

    fn changed_after(&self, circle: CircleId, above: u64, at_most: usize) -> Result<Vec<Record>, StorageError> {
        let last = self.one(
            "SELECT number FROM record WHERE circle = ?1 AND number > ?2 ORDER BY number LIMIT 1 OFFSET ?3",
            params![circle.0, column(above), amount(at_most.saturating_sub(1))],
            |row| row.get(0),
        )?;
        self.records(
            "SELECT body FROM record WHERE circle = ?1 AND number > ?2 AND number <= ?3 ORDER BY number, id",
            params![circle.0, column(above), last.unwrap_or(i64::MAX)],
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
            "SELECT body FROM record WHERE circle = ?1 AND (need, id) > (?2, ?3) AND born <= ?4 \
             ORDER BY need, id LIMIT ?5",
            params![circle.0, need, id.0, column(born_up_to), amount(at_most)],
        )
    }

    fn edit(&self, circle: CircleId, name: EditName) -> Result<Option<EditRow>, StorageError> {
        let found = self.one(
            "SELECT number, verdict, author, millis, counter, digest FROM edit \
             WHERE circle = ?1 AND device = ?2 AND n = ?3",
            params![circle.0, name.device.0, column(name.n)],
            |row| {
                let given: Option<i64> = row.get(0)?;
                let stamp = Stamp { millis: time(row, 3)?, counter: row.get(4)?, device: name.device };
                Ok((given.map(i64::cast_unsigned), row.get(1)?, PersonId(row.get(2)?), stamp, row.get(5)?))
            },
        )?;
        let Some((given, verdict, author, stamp, digest)) = found else { return Ok(None) };
        let verdict = verdict_from_code(verdict, given, stamp)?;
        Ok(Some(EditRow { name, author, stamp, digest, verdict }))
    }

    fn stamp_before(&self, circle: CircleId, name: EditName) -> Result<Option<Stamp>, StorageError> {
        self.one(
            "SELECT millis, counter FROM edit \
             WHERE circle = ?1 AND device = ?2 AND n < ?3 AND number IS NOT NULL ORDER BY n DESC LIMIT 1",
            params![circle.0, name.device.0, column(name.n)],
            |row| Ok(Stamp { millis: time(row, 0)?, counter: row.get(1)?, device: name.device }),
        )
    }

    fn unmade(&self, circle: CircleId, id: RecordId) -> Result<Vec<Unmade>, StorageError> {
        let found = self.all(
            "SELECT device, fate FROM unmade WHERE circle = ?1 AND id = ?2 ORDER BY device",
            [circle.0, id.0],
            |row| Ok((DeviceId(row.get(0)?), row.get(1)?)),
        )?;
        found.into_iter().map(|(device, fate)| Ok(Unmade { id, device, fate: fate_from_code(fate)? })).collect()
    }

    fn history(&self, circle: CircleId, record: RecordId) -> Result<Vec<Displaced>, StorageError> {
        let holders = self.records(
            "SELECT body FROM history WHERE circle = ?1 AND record = ?2 ORDER BY cell, stamp",
            [circle.0, record.0],
        )?;
        let cells = holders.into_iter().flat_map(|holder| holder.cells);
        Ok(cells.map(|(cell, value)| Displaced { cell, value }).collect())
    }

    fn quarantine(&self, circle: CircleId) -> Result<Vec<QuarantinedEdit>, StorageError> {
        let found = self.all(
            "SELECT author, at, body, ruled_by, ruled_at, let_in FROM quarantine WHERE circle = ?1 ORDER BY device, n",
            [circle.0],
            |row| {
                let by: Option<[u8; 16]> = row.get(3)?;
                let ruled = match by {
                    Some(by) => Some(Ruled { by: PersonId(by), at: time(row, 4)?, let_in: row.get(5)? }),
                    None => None,
                };
                let kept = (PersonId(row.get(0)?), time(row, 1)?, ruled);
                Ok((kept, decode_edit(row.get_ref(2)?.as_blob()?)))
            },
        )?;
        let whole = |((author, at, ruled), edit): ((PersonId, Millis, Option<Ruled>), Result<_, _>)| {
            let edit = edit.map_err(|_| StorageError::Corrupt("an edit in quarantine"))?;
            Ok(QuarantinedEdit { edit, author, at, ruled })
        };
        found.into_iter().map(whole).collect()
    }

    fn deliveries(&self, circle: CircleId) -> Result<Vec<Delivered>, StorageError> {
        let found = self.all(
            "SELECT day, person, section, records, live FROM delivery WHERE circle = ?1 ORDER BY day, person",
            [circle.0],
            |row| Ok((row.get(0)?, PersonId(row.get(1)?), row.get::<_, String>(2)?, number(row, 3)?, number(row, 4)?)),
        )?;
        let known = |(day, person, section, records, live): (u32, PersonId, String, u64, u64)| {
            let section = Section::from_code(&section).ok_or(StorageError::Corrupt("a section"))?;
            Ok(Delivered { person, section, day, records, live })
        };
        let mut deliveries = found.into_iter().map(known).collect::<Result<Vec<_>, _>>()?;
        deliveries.sort_by_key(|one| (one.day, one.person, one.section));
        Ok(deliveries)
    }

    fn let_go(&self, circle: CircleId) -> Result<Vec<LetGoRow>, StorageError> {
        self.all(
            "SELECT device, person, view, at, told FROM let_go WHERE circle = ?1 ORDER BY at, device, view",
            [circle.0],
            |row| {
                Ok(LetGoRow {
                    device: DeviceId(row.get(0)?),
                    person: PersonId(row.get(1)?),
                    view: View(row.get::<_, i64>(2)?.cast_unsigned()),
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
            "INSERT INTO circle (circle, organisation, kind, counter, restored) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![row.id.0, row.organisation.0, row.kind as u8, column(row.counter), column(row.restored)],
        )
    }

    fn lock_circle(&mut self, circle: CircleId) -> Result<Option<CircleRow>, StorageError> {
        // There is one writer: what it reads stays true until its job has ended.
        self.circle(circle)
    }

    fn move_counter(&mut self, circle: CircleId, to: u64) -> Result<(), StorageError> {
        self.run("UPDATE circle SET counter = ?2 WHERE circle = ?1", params![circle.0, column(to)])
    }

    fn mark_restored(&mut self) -> Result<(), StorageError> {
        self.run("UPDATE circle SET restored = counter", [])
    }

    fn put_record(&mut self, circle: CircleId, record: &Record) -> Result<(), StorageError> {
        self.run(
            "INSERT INTO record (circle, id, number, born, kind, need, parent, body) \
             VALUES (?1, ?2, ?3, ?3, ?4, ?5, ?6, ?7) \
             ON CONFLICT (circle, id) DO UPDATE SET number = excluded.number, body = excluded.body",
            params![
                circle.0,
                record.id.0,
                column(record.number),
                record.kind.code(),
                record.kind.need(),
                record.parent.map(|parent| parent.0),
                encode_record(record),
            ],
        )
    }

    fn add_edit(&mut self, circle: CircleId, row: &EditRow) -> Result<(), StorageError> {
        let given = match row.verdict {
            Verdict::Accepted { number, .. } => Some(column(number)),
            Verdict::Refused(_) | Verdict::Quarantined | Verdict::Later => None,
        };
        let verdict = verdict_code(&row.verdict)
            .ok_or_else(|| StorageError::Unavailable("a verdict that is not remembered".to_owned()))?;
        self.run(
            "INSERT INTO edit (circle, device, n, number, verdict, author, millis, counter, digest) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            params![
                circle.0,
                row.name.device.0,
                column(row.name.n),
                given,
                verdict,
                row.author.0,
                column(row.stamp.millis.0),
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
            "INSERT INTO history (circle, record, cell, stamp, body) VALUES (?1, ?2, ?3, ?4, ?5) \
             ON CONFLICT (circle, record, cell, stamp) DO NOTHING",
            params![
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
            "INSERT INTO unmade (circle, id, device, fate) VALUES (?1, ?2, ?3, ?4) \
             ON CONFLICT (circle, id, device) DO UPDATE SET fate = excluded.fate",
            params![circle.0, unmade.id.0, unmade.device.0, fate_code(unmade.fate)],
        )
    }

    fn replace_edit(&mut self, circle: CircleId, row: &EditRow) -> Result<(), StorageError> {
        self.run(
            "DELETE FROM edit WHERE circle = ?1 AND device = ?2 AND n = ?3",
            params![circle.0, row.name.device.0, column(row.name.n)],
        )?;
        self.add_edit(circle, row)
    }

    fn put_quarantined(&mut self, quarantined: &QuarantinedEdit) -> Result<(), StorageError> {
        let QuarantinedEdit { edit, ruled, .. } = quarantined;
        self.run(
            "INSERT INTO quarantine (circle, device, n, author, at, body, ruled_by, ruled_at, let_in) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (circle, device, n) DO UPDATE SET \
             ruled_by = excluded.ruled_by, ruled_at = excluded.ruled_at, let_in = excluded.let_in",
            params![
                edit.circle.0,
                edit.name.device.0,
                column(edit.name.n),
                quarantined.author.0,
                column(quarantined.at.0),
                encode_edit(edit),
                ruled.map(|ruled| ruled.by.0),
                ruled.map(|ruled| column(ruled.at.0)),
                ruled.map(|ruled| ruled.let_in),
            ],
        )
    }

    fn add_let_go(&mut self, circle: CircleId, row: &LetGoRow) -> Result<(), StorageError> {
        self.run(
            "INSERT INTO let_go (circle, at, device, view, person, told) VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
             ON CONFLICT (circle, at, device, view) DO NOTHING",
            params![
                circle.0,
                column(row.at.0),
                row.device.0,
                row.view.0.cast_signed(),
                row.person.0,
                column(row.told.0),
            ],
        )
    }

    fn drop_quarantined(&mut self, circle: CircleId, name: EditName) -> Result<(), StorageError> {
        self.erases();
        self.run(
            "DELETE FROM quarantine WHERE circle = ?1 AND device = ?2 AND n = ?3",
            params![circle.0, name.device.0, column(name.n)],
        )
    }

    fn forget(&mut self, circle: CircleId, record: RecordId) -> Result<(), StorageError> {
        self.erases();
        self.run("DELETE FROM history WHERE circle = ?1 AND record = ?2", params![circle.0, record.0])
    }

    fn add_delivery(&mut self, circle: CircleId, delivered: &Delivered) -> Result<(), StorageError> {
        self.run(
            "INSERT INTO delivery (circle, day, person, section, records, live) VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
             ON CONFLICT (circle, day, person, section) DO UPDATE SET \
             records = records + excluded.records, live = live + excluded.live",
            params![
                circle.0,
                delivered.day,
                delivered.person.0,
                delivered.section.code(),
                column(delivered.records),
                column(delivered.live),
            ],
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_in_a_circle_is_found_without_going_through_all_that_is_in_it() {
        let mut connection = rusqlite::Connection::open_in_memory().unwrap();
        crate::migrations::apply(&mut connection).unwrap();
        let mut explained = connection.prepare(&format!("EXPLAIN QUERY PLAN {OF_KIND}")).unwrap();
        let plan: Vec<String> =
            explained.query_map(params![[0_u8; 16], 0, 1], |row| row.get(3)).unwrap().map(Result::unwrap).collect();
        assert_eq!(plan, ["SEARCH record USING INDEX record_by_need (circle=? AND need=?)"]);
    }
}
