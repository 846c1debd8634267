//! The time that was spent in a circle: practices, by whoever practised, and what professionals wrote down for a stage.

use opstap_core::access::Section;
use opstap_core::model::{Member, Model, PracticeEnd, RegistrationTime, TimeRole, TimeSpent};
use opstap_core::{Day, Kind, RecordId, Stamp, Value};
use opstap_insight::{SpentOn, SpentTime, TrajectoryStory, role_of, times_in_row, times_spent};

use crate::device::{self, Entry, Reader};
use crate::stories;
use crate::stories::reminders::sees;

/// Time, as far as this desk sees it.
pub(super) struct Spent {
    /// Practices of which it is known whose they were, with the edit by which each was written.
    practised: Vec<(Option<Stamp>, SpentTime)>,
    /// What professionals wrote down for a stage.
    written: Vec<Entry<TimeSpent>>,
    /// Old practices, of which only figures are left, and those by who left long ago.
    unsure: Vec<SpentTime>,
    /// Whether all practices are seen: with the handover a desk loses sight of them, and what was counted stays.
    pub is_all: bool,
}

impl Spent {
    pub(super) async fn read(reader: &Reader, stories: &[TrajectoryStory]) -> Self {
        let old = device::minutes_before(reader.circle()).await;
        let is_all = old.is_some() && sees_travel(reader).await;
        let (before, old) = old.unwrap_or((Day(0), Vec::new()));
        let (practised, mut unsure) = practised(reader, stories, before).await;
        unsure.extend(old.into_iter().map(|(month, route, minutes)| SpentTime {
            on: month.begins(),
            what: SpentOn::Route(route),
            role: TimeRole::Volunteer,
            minutes,
        }));
        let mut written = reader.all::<TimeSpent>().await;
        written.sort_by_key(|one| (one.made, one.id));
        Self { practised, written, unsure, is_all }
    }

    /// The time of one of the trajectories as its row is to say it, which has this of it now.
    pub(super) fn in_row(
        &self,
        stories: &[TrajectoryStory],
        of: usize,
        row: &[Entry<RegistrationTime>],
    ) -> Vec<RegistrationTime> {
        let mut row: Vec<_> = row.iter().collect();
        // Of two that were made apart the one with the lowest id counts.
        row.sort_by_key(|one| one.id);
        let said = row.into_iter().filter_map(|one| Some((one.value.clone(), one.record.cells.get("minutes")?.stamp)));
        times_in_row(stories, of, &said.collect::<Vec<_>>(), &self.unsure, |by| self.sure(by))
    }

    /// What is known whose it was, or what of it there was by an edit.
    fn sure(&self, by: Option<Stamp>) -> Vec<SpentTime> {
        let then = |made: Option<Stamp>| by.is_none() || made < by;
        let practised = self.practised.iter().filter(|(made, _)| then(*made)).map(|(_, time)| *time);
        let written = self.written.iter().filter(|one| then(one.made)).map(|one| (one.id, one.value.clone()));
        let written = times_spent(written).into_iter().filter_map(|one| {
            let TimeSpent { on, minutes, stage, .. } = one.time;
            Some(SpentTime { on, what: SpentOn::Stage(stage?), role: TimeRole::Professional, minutes })
        });
        practised.chain(written).collect()
    }
}

async fn sees_travel(reader: &Reader) -> bool {
    let (Some(me), Some(access)) = (device::me(), reader.access().await) else { return false };
    sees(&access, me.id, Section::Travel)
}

/// A practice by whom it is known whose it was, and the others.
type Practised = (Vec<(Option<Stamp>, SpentTime)>, Vec<SpentTime>);

/// The practices since a day: what was brought back by the month is in the figures already.
async fn practised(reader: &Reader, stories: &[TrajectoryStory], before: Day) -> Practised {
    let ends = reader.all::<PracticeEnd>().await;
    let practices = reader.records(Kind::Practice, None).await;
    let route = |practice: Option<RecordId>| {
        let practice = practices.iter().find(|(record, _)| Some(record.id) == practice);
        match practice?.0.value("route") {
            Some(Value::Id(route)) => Some(RecordId(*route)),
            _ => None,
        }
    };
    // Whoever left the circle practised all the same.
    let left = reader.deleted(Kind::Member).await;
    let left = left.iter().filter_map(Member::from_record);
    let here = stories::members(reader).await.into_iter().map(|member| member.value);
    let mut members: Vec<_> = here.chain(left).map(|member| (member.person, member.relation)).collect();
    let volunteers = stories.iter().filter_map(|story| story.trajectory.volunteer);
    members.extend(volunteers.map(|volunteer| (volunteer, opstap_core::model::Relation::Volunteer)));
    let of_now = ends.into_iter().filter(|end| !end.is_older_than(before));
    let told = of_now.filter_map(|end| {
        let role = role_of(end.author, &members)?;
        let what = SpentOn::Route(route(end.parent)?);
        let time = SpentTime { on: Day::of(end.value.at), what, role, minutes: end.value.minutes? };
        Some((members.iter().any(|(person, _)| Some(*person) == end.author), end.made, time))
    });
    let (known, gone): (Vec<_>, Vec<_>) = told.partition(|(is_known, ..)| *is_known);
    let known = known.into_iter().map(|(_, made, time)| (made, time)).collect();
    (known, gone.into_iter().map(|(.., time)| time).collect())
}
