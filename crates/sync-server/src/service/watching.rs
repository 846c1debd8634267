//! Watching a run as it goes: who may, and that the client can read afterwards who did.

use opstap_core::access::Section;
use opstap_core::age::Day;
use opstap_core::model::{CircleKind, Relation};
use opstap_core::{CircleId, Kind, PersonId, RecordId};

use super::circles::{circle_in, is_decided_by};
use super::reader::{Reader, Sight};
use super::{Service, ServiceError, Session};
use crate::storage::{Delivered, Storage};

impl<S: Storage> Service<S> {
    /// Who is watched when this person watches a run: the client, and who decides for them. `None` when they may not see how it goes,
    /// or it is their own circle.
    ///
    /// # Errors
    /// When the storage fails; so with all below.
    pub async fn watched_by(
        &self,
        session: Session,
        circle: CircleId,
        run: RecordId,
    ) -> Result<Option<Vec<PersonId>>, ServiceError> {
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
            let members = snapshot.records_of_kind(circle, Kind::Member)?;
            let people =
                members.iter().filter_map(<opstap_core::model::Member as opstap_core::model::Model>::from_record);
            let watched = people.map(|member| member.person);
            let mut watched: Vec<_> = watched
                .filter(|person| access.relation(*person).is_some_and(|relation| own.contains(&relation)))
                .collect();
            watched.sort_unstable();
            watched.dedup();
            Ok(Some(watched))
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
