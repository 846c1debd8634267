//! What the records of a circle say of its client's guidance, as screens read it.

use opstap_core::model::{Appointment, Practice, PracticeEnd, TimeSpent};
use opstap_core::{Kind, Millis, PersonId, Record, RecordId};
use opstap_insight::{GUIDANCE_KINDS, Guidance, Occasion, duo_role, guidance_of, time_proposals};

use crate::dates::{day_of, moment};
use crate::device::{self, Reader};
use crate::stories;

/// Time of the duo, grants, measurements and goals.
pub async fn guidance(reader: &Reader) -> Guidance {
    let mut records = Vec::new();
    for kind in GUIDANCE_KINDS {
        records.extend(reader.records(kind, None).await.into_iter().map(|(record, _)| record));
    }
    let members: Vec<_> =
        stories::members(reader).await.iter().map(|one| (one.value.person, one.value.relation)).collect();
    // Only of time without a role the author has to be known.
    let mut authors: Vec<(RecordId, Option<PersonId>)> = Vec::new();
    let without = |record: &&Record| record.kind == Kind::TimeSpent && record.value("role").is_none();
    for record in records.iter().filter(without) {
        let author = match record.made() {
            Some(stamp) => reader.person_of(stamp).await,
            None => None,
        };
        authors.push((record.id, author));
    }
    let role = |record: &Record| {
        let (_, author) = authors.iter().find(|(id, _)| *id == record.id)?;
        duo_role(*author, &members)
    };
    guidance_of(&records, role)
}

/// For how long back runs are looked through, in milliseconds: a little longer than anything is proposed.
const RUNS_SINCE: u64 = 15 * 24 * 60 * 60 * 1_000;
/// A run that took longer, in minutes, lay open.
const RUN_LASTS: u32 = 180;

/// Time that whoever holds this device probably spent and did not write down, the latest first.
pub async fn proposals(reader: &Reader) -> Vec<TimeSpent> {
    let Some(me) = device::me().map(|me| me.id) else { return Vec::new() };
    let mut occasions = Vec::new();
    for one in reader.all::<Appointment>().await {
        let Appointment { with, at, minutes, cancelled, .. } = one.value;
        if with == me && cancelled.is_none() && at < device::now() {
            occasions.push(Occasion { id: one.id, on: day_of(moment(at)), minutes, planned: true });
        }
    }
    let ends = reader.all::<PracticeEnd>().await;
    for practice in reader.all::<Practice>().await.into_iter().filter(|practice| practice.author == Some(me)) {
        let minutes = ends.iter().find(|end| end.parent == Some(practice.id)).and_then(|end| end.value.minutes);
        let on = day_of(moment(practice.value.at));
        occasions.extend(minutes.map(|minutes| Occasion { id: practice.id, on, minutes, planned: true }));
    }
    let runs = stories::run::all_since(reader, Millis(device::now().0.saturating_sub(RUNS_SINCE))).await;
    occasions.extend(runs.iter().filter_map(|told| {
        let ((_, ended), mine) = (told.story.ended?, told.run.author == Some(me));
        let minutes = u32::try_from(ended.0.saturating_sub(told.story.began.0) / 60_000).ok()?;
        let on = day_of(moment(told.story.began));
        (mine && minutes <= RUN_LASTS).then_some(Occasion { id: told.run.id, on, minutes, planned: true })
    }));
    // What was taken back is gone with all that it corrected, so that whatever stands says that the time was written down.
    let mine = reader.all::<TimeSpent>().await.into_iter().filter(|time| time.author == Some(me));
    let written: Vec<TimeSpent> = mine.map(|time| time.value).collect();
    time_proposals(occasions, &written, day_of(moment(device::now())))
}
