//! Watching a run as it goes: who may, and that the client can read afterwards who did.

use std::collections::BTreeSet;

use opstap_core::access::Section;
use opstap_core::age::Day;
use opstap_core::model::{CircleKind, Member, Model, Relation};
use opstap_core::{CircleId, Kind, PersonId, RecordId};

use super::circles::{circle_in, is_decided_by};
use super::reader::{Reader, Sight};
use super::{Service, ServiceError, Session};
use crate::storage::{Delivered, Storage};

/// Who is watched when somebody watches a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watched {
    /// The client.
    pub client: Option<PersonId>,
    /// Who is told: the client, and who decides for them.
    pub people: BTreeSet<PersonId>,
}

impl<S: Storage> Service<S> {
    /// Who is watched when this person watches a run. `None` when they may not see how it goes, or it is their own circle.
    ///
    /// # Errors
    /// When the storage fails; so with all below.
    pub async fn watched_by(
        &self,
        session: Session,
        circle: CircleId,
        run: RecordId,
    ) -> Result<Option<Watched>, ServiceError> {
        let now = self.now();
        let read = self.storage.read(move |snapshot| {
            let Some(row) = circle_in(snapshot, circle, &session)?.filter(|row| row.kind == CircleKind::Client) else {
                return Ok(None);
            };
            let mut reader = Reader::new(snapshot, &row, session.person, now)?;
            let record =
                snapshot.record(circle, run)?.filter(|record| record.kind == Kind::Run && !record.is_deleted());
            let Some(record) = record else { return Ok(None) };
            if reader.sight(&record)? != Sight::Readable || is_decided_by(snapshot, circle, &session)? {
                return Ok(None);
            }
            let access = reader.access();
            let own = [Relation::Client, Relation::Representative];
            let is_own = |person: &PersonId| access.relation(*person).is_some_and(|relation| own.contains(&relation));
            let members = snapshot.records_of_kind(circle, Kind::Member)?;
            let people = members.iter().filter_map(Member::from_record).map(|member| member.person);
            Ok(Some(Watched { client: access.client(), people: people.filter(is_own).collect() }))
        });
        Ok(read.await?)
    }

    /// Notes that somebody watched, for the client to read, before they see anything of it.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn note_watched(&self, person: PersonId, circle: CircleId) -> Result<(), ServiceError> {
        let Day(day) = Day::of(self.now());
        let line = Delivered { person, section: Section::Progress, day, records: 0, live: 1 };
        self.note_delivered(vec![(circle, line)]).await
    }

    /// Whether whoever asks is the client of a circle, or decides for them: they are told who watches.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn decides(&self, session: Session, circle: CircleId) -> Result<bool, ServiceError> {
        Ok(self.storage.read(move |snapshot| is_decided_by(snapshot, circle, &session)).await?)
    }
}
