//! The handover of a training of the demonstration: by the rules by which a desk leads it on, from the records as they are by then.

use opstap_core::access::Section;
use opstap_core::model::{Consent, ConsentAct, Handover, HandoverPoint, Member, Model, OrganisationRole, delete, set};
use opstap_core::{Change, Day, Millis, PersonId, Record, RecordId, Stamp};
use opstap_insight::{TrajectoryStory, steps_back, trajectories};
use opstap_sync_server::Storage;
use opstap_sync_server::service::ServiceError;
use opstap_sync_server::storage::{CircleRow, Snapshot};

use super::Cast;
use super::circle::Round;
use super::past::HOUR;
use super::training_story::Alone;
use crate::first_start::{FirstStartError, Pen, Start};

/// The handover with its points, the word of both with which the others step back, and the enquiries and the leave with which it is closed.
pub async fn hand_over<S: Storage>(
    start: &Start<'_, S>,
    cast: &Cast,
    round: &Round,
    told: &Alone,
    on: Day,
) -> Result<(), FirstStartError> {
    let at = on.begins().plus(16 * HOUR);
    let (volunteer, coach) = (cast.find(&told.about.volunteer)?.person, cast.find(&told.about.coach)?);
    let desk = cast.find(&told.about.responsible)?;
    let now = Now::of(start, round).await?;
    let mut pen = now.seen_by(round.pen(start, cast, desk));
    let story = now.training()?;
    let handover = pen.id();
    let planned = Handover { on: Some(on), outing: Some(told.outing.clone()), accepted: None, agreed: None };
    let phone = now.members().into_iter().find(|(_, member)| member.person == coach.person);
    let phone = phone.and_then(|(_, member)| member.phone);
    let mut changes = story.lead_on(on.back(7), Some(volunteer), || pen.id());
    changes.push(planned.make_below(handover, story.id));
    for point in story.points_to_make(phone.as_deref()) {
        changes.push(HandoverPoint { done: Some(at), ..point }.make_below(pen.id(), handover));
    }
    pen.write(on.back(7).begins().plus(9 * HOUR), None, changes);
    pen.hand_in().await?;

    let mut theirs = round.pen(start, cast, coach);
    theirs.write(at, None, vec![set(handover, "accepted", at)]);
    theirs.hand_in().await?;
    agrees(start, cast, round, (&now, coach.person), (handover, at)).await?;

    let now = Now::of(start, round).await?;
    let mut pen = now.seen_by(round.pen(start, cast, desk));
    let mut changes = now.training()?.lead_on(on, Some(coach.person), || pen.id());
    changes.extend(now.leaves()?);
    pen.write(at.plus(HOUR), None, changes);
    pen.hand_in().await
}

/// The participant agrees, and in the same edit those who helped see the journeys no longer.
async fn agrees<S: Storage>(
    start: &Start<'_, S>,
    cast: &Cast,
    round: &Round,
    (now, coach): (&Now, PersonId),
    (handover, at): (RecordId, Millis),
) -> Result<(), FirstStartError> {
    let given = |person: PersonId| {
        round.consents.iter().filter(move |(to, section, _)| (*to, *section) == (person, Section::Travel))
    };
    let members: Vec<Member> = now.members().into_iter().map(|(_, member)| member).collect();
    let leave = steps_back(&members, Some(coach), |person| given(person).next().is_some());
    let mut pen = Pen::new(start, cast.organisation, (round.client, OrganisationRole::Participant), round.circle);
    let mut changes: Vec<Change> = vec![set(handover, "agreed", at)];
    for (person, section, consent) in leave.into_iter().flat_map(|member| given(member.person)).copied() {
        let act = ConsentAct::Withdrawn;
        let withdrawn = Consent { act, person, section, from: at, until: None, ends: Some(consent) };
        changes.push(withdrawn.make(pen.id()));
    }
    pen.write(at, None, changes);
    pen.hand_in().await
}

/// A circle as it is at this point of the story.
struct Now {
    row: Option<CircleRow>,
    records: Vec<Record>,
}

impl Now {
    async fn of<S: Storage>(start: &Start<'_, S>, round: &Round) -> Result<Self, FirstStartError> {
        let circle = round.circle;
        let read = start.service.storage().read(move |snapshot: &dyn Snapshot| {
            let mut records = Vec::new();
            for kind in opstap_core::Kind::all() {
                records.extend(snapshot.records_of_kind(circle, kind)?);
            }
            Ok(Self { row: snapshot.circle(circle)?, records })
        });
        Ok(read.await.map_err(ServiceError::from)?)
    }

    /// A device that has seen it: what is not seen is not ended.
    fn seen_by<'a, S: Storage>(&self, pen: Pen<'a, S>) -> Pen<'a, S> {
        let latest: Option<Stamp> = self.records.iter().filter_map(Record::latest).max();
        pen.having_seen(self.row.map_or(0, |row| row.counter), latest)
    }

    fn training(&self) -> Result<TrajectoryStory, FirstStartError> {
        trajectories(&self.records)
            .pop()
            .ok_or_else(|| FirstStartError::NotThere("the training to hand over".to_owned()))
    }

    fn members(&self) -> Vec<(RecordId, Member)> {
        let kept = self.records.iter().filter(|record| !record.is_deleted());
        kept.filter_map(|record| Some((record.id, Member::from_record(record)?))).collect()
    }

    /// The change with which whoever practised leaves the circle.
    fn leaves(&self) -> Result<Option<Change>, FirstStartError> {
        let leaves = self.training()?.who_leaves(&trajectories(&self.records));
        let member = self.members().into_iter().find(|(_, member)| Some(member.person) == leaves);
        Ok(member.map(|(id, _)| delete(id)))
    }
}

#[cfg(test)]
#[path = "handover_tests.rs"]
mod tests;
