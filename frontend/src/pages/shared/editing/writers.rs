//! Who wrote what on a screen, as the reader calls them.

use opstap_core::{DeviceId, PersonId, Record, Sorted, Stamp};

use crate::device::{self, Reader};
use crate::words::{Text, plan_editor};

/// Who wrote what was laid over a sheet on this screen: no device, and the person it belongs to.
pub const OWN: DeviceId = DeviceId([0xff; 16]);

/// Whose devices are whose, and what the circle calls people.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Writers {
    by: Sorted<[u8; 16], PersonId>,
    names: Vec<(PersonId, String)>,
}

impl Writers {
    /// Those who wrote in these records.
    pub async fn of(reader: &Reader, records: impl Iterator<Item = &Record>, names: Vec<(PersonId, String)>) -> Self {
        let mut by: Sorted<[u8; 16], PersonId> = device::me().map(|me| (OWN.0, me.id)).into_iter().collect();
        for stamp in records.flat_map(stamps) {
            if !by.contains_key(&stamp.device.0)
                && let Some(person) = reader.person_of(stamp).await
            {
                by.insert(stamp.device.0, person);
            }
        }
        Self { by, names }
    }

    /// Whether this was written by the person this device belongs to.
    #[must_use]
    pub fn is_mine(&self, stamp: Stamp) -> bool {
        let writer = self.by.get(&stamp.device.0).copied();
        writer.is_some() && writer == device::me().map(|me| me.id)
    }

    /// Whose device it is that wrote with this stamp.
    #[must_use]
    pub fn person(&self, stamp: Stamp) -> Option<PersonId> {
        self.by.get(&stamp.device.0).copied()
    }

    /// Who wrote with this stamp, as the reader calls them.
    #[must_use]
    pub fn name(&self, stamp: Stamp) -> Text {
        if self.is_mine(stamp) {
            return plan_editor::YOU.into();
        }
        let person = self.person(stamp);
        let name =
            person.and_then(|person| self.names.iter().find(|(id, _)| *id == person)).map(|(_, name)| name.clone());
        name.filter(|name| !name.is_empty()).map_or_else(|| plan_editor::SOMEBODY.into(), Text::from)
    }

    /// One writer with a name, for tests.
    #[cfg(test)]
    pub fn known(device: [u8; 16], person: PersonId, name: &str) -> Self {
        Self { by: Sorted::from([(device, person)]), names: vec![(person, name.to_owned())] }
    }
}

fn stamps(record: &Record) -> impl Iterator<Item = Stamp> + '_ {
    record.cells.values().map(|cell| cell.stamp).chain(record.kept.iter().map(|kept| kept.stamp))
}
