//! The time that was spent in a circle: practices, by whoever practised, and what professionals wrote down for a stage.

use opstap_core::access::Section;
use opstap_core::model::{Member, Model, OrganisationRole, Person, PracticeEnd, TimeRole, TimeSpent};
use opstap_core::{Day, Kind, RecordId, Value};
use opstap_insight::{SpentOn, SpentTime, TrajectoryStory, role_of, times_spent};

use crate::device::{self, Reader};
use crate::stories;

/// Time, as far as this desk sees it.
pub(super) struct Spent {
    pub all: Vec<SpentTime>,
    /// Whether all practices are seen: with the handover a desk loses sight of them, and what was counted stays.
    pub is_all: bool,
}

pub(super) async fn spent(reader: &Reader, stories: &[TrajectoryStory]) -> Spent {
    let old = device::minutes_before(reader.circle()).await;
    let is_all = old.is_some() && sees_travel(reader).await;
    let (before, old) = old.unwrap_or((Day(0), Vec::new()));
    let mut all = practised(reader, stories, before).await;
    // Of old practices nobody knows any more who practised: it mostly is the volunteer.
    all.extend(old.into_iter().map(|(month, route, minutes)| SpentTime {
        on: month.begins(),
        what: SpentOn::Route(route),
        role: TimeRole::Volunteer,
        minutes,
    }));
    all.extend(written_down(reader).await);
    Spent { all, is_all }
}

async fn sees_travel(reader: &Reader) -> bool {
    let (Some(me), Some(access)) = (device::me(), reader.access().await) else { return false };
    // In a client's circle the organisation role gives nothing.
    let me = Person { id: me.id, role: OrganisationRole::Participant };
    access.view(me, device::now()).covers(Section::Travel)
}

/// The practices since a day: what was brought back by the month is in the figures already.
async fn practised(reader: &Reader, stories: &[TrajectoryStory], before: Day) -> Vec<SpentTime> {
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
        Some(SpentTime { on: Day::of(end.value.at), what, role, minutes: end.value.minutes? })
    });
    told.collect()
}

/// What professionals wrote down for a stage.
async fn written_down(reader: &Reader) -> Vec<SpentTime> {
    let mut all = reader.all::<TimeSpent>().await;
    all.sort_by_key(|one| (one.made, one.id));
    let counts = times_spent(all.into_iter().map(|one| (one.id, one.value))).into_iter();
    let told = counts.filter_map(|one| {
        let TimeSpent { on, minutes, stage, .. } = one.time;
        Some(SpentTime { on, what: SpentOn::Stage(stage?), role: TimeRole::Professional, minutes })
    });
    told.collect()
}
