//! A trajectory told from its records: where it stands, what must be there to go on, and which follow-up is due.

use opstap_core::model::{
    FOLLOW_UP_MONTHS, FollowUp, FollowUpAnswer, Handover, HandoverPoint, Intake, Learnability, Model, Stage,
    StageEntry, Trajectory, TrajectoryEnd,
};
use opstap_core::{Day, PersonId, Record, RecordId, Stamp};

/// A trajectory with everything below it that the reader may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrajectoryStory {
    /// Its record.
    pub id: RecordId,
    /// What is settled.
    pub trajectory: Trajectory,
    /// The intake; only professionals and the participant see one.
    pub intake: Option<(RecordId, Intake)>,
    /// The stages it came to, in the order in which that was written.
    pub entries: Vec<(RecordId, StageEntry)>,
    /// How it ended otherwise than by travelling alone.
    pub end: Option<(RecordId, TrajectoryEnd)>,
    /// The handover, once there is one.
    pub handover: Option<(RecordId, Handover)>,
    /// Its points, in their order.
    pub points: Vec<(RecordId, HandoverPoint)>,
    /// The follow-up enquiries, the first due first.
    pub follow_ups: Vec<FollowUpStory>,
}

/// A follow-up enquiry with the answer that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowUpStory {
    /// Its record.
    pub id: RecordId,
    /// When it is due.
    pub follow_up: FollowUp,
    /// What it found.
    pub answer: Option<(RecordId, FollowUpAnswer)>,
}

/// A stage on the line of a trajectory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OnTheLine {
    /// Which.
    pub stage: Stage,
    /// Since when it stands there, or when it came there last.
    pub since: Option<Day>,
    /// Who is responsible.
    pub responsible: Option<PersonId>,
    /// Where it is seen from now.
    pub when: When,
}

/// Whether a stage is behind, now or to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Behind.
    Past,
    /// Now.
    Now,
    /// To come.
    Ahead,
}

/// What must be there before a trajectory can go on to its next stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Where the participant lives.
    Municipality,
    /// What the participant wants.
    Motivation,
    /// How the route is to be learned.
    Mode,
    /// That it can be learned.
    Learnability,
    /// That the parents have the information.
    ParentsInformed,
    /// A volunteer.
    Volunteer,
    /// The day on which all met.
    Meeting,
    /// The goals that were set down there.
    Goals,
    /// The route.
    Route,
    /// Who becomes the OV-coach.
    Coach,
    /// At least one practice.
    Practice,
    /// The day of the handover.
    HandoverDay,
    /// That each point of the handover is clear.
    HandoverPoints,
    /// That the OV-coach takes it on.
    Accepted,
    /// That the participant agrees.
    Agreed,
}

/// The trajectories among records, the first registered first.
#[must_use]
pub fn trajectories(records: &[Record]) -> Vec<TrajectoryStory> {
    let kept: Vec<&Record> = records.iter().filter(|record| !record.is_deleted()).collect();
    let mut stories: Vec<TrajectoryStory> = all::<Trajectory>(&kept, None)
        .into_iter()
        .map(|(_, id, trajectory)| {
            let handover = last(all::<Handover>(&kept, Some(id)));
            let mut points = handover.as_ref().map(|(id, _)| all(&kept, Some(*id))).unwrap_or_default();
            points.sort_by(|a: &Made<HandoverPoint>, b| (&a.2.order, a.1).cmp(&(&b.2.order, b.1)));
            let mut follow_ups: Vec<FollowUpStory> = all::<FollowUp>(&kept, Some(id))
                .into_iter()
                .map(|(_, id, follow_up)| FollowUpStory { id, follow_up, answer: answer(&kept, id) })
                .collect();
            follow_ups.sort_by_key(|one| (one.follow_up.due, one.id));
            TrajectoryStory {
                id,
                intake: last(all(&kept, Some(id))),
                entries: without_stamps(all(&kept, Some(id))),
                end: last(all(&kept, Some(id))),
                handover,
                points: without_stamps(points),
                follow_ups,
                trajectory,
            }
        })
        .collect();
    stories.sort_by_key(|story| (story.trajectory.registered, story.id));
    stories
}

type Made<M> = (Option<Stamp>, RecordId, M);

/// The records of a kind below another, or at the top, in the order in which they were made.
fn all<M: Model>(records: &[&Record], parent: Option<RecordId>) -> Vec<Made<M>> {
    let of_it = records.iter().filter(|record| record.kind == M::KIND && record.parent == parent);
    let mut made: Vec<Made<M>> =
        of_it.filter_map(|record| Some((record.made(), record.id, M::from_record(record)?))).collect();
    made.sort_by_key(|(stamp, id, _)| (*stamp, *id));
    made
}

fn without_stamps<M>(made: Vec<Made<M>>) -> Vec<(RecordId, M)> {
    made.into_iter().map(|(_, id, model)| (id, model)).collect()
}

fn last<M>(made: Vec<Made<M>>) -> Option<(RecordId, M)> {
    made.into_iter().next_back().map(|(_, id, model)| (id, model))
}

/// The answer that counts: the last that no other replaces.
fn answer(records: &[&Record], follow_up: RecordId) -> Option<(RecordId, FollowUpAnswer)> {
    let answers = all::<FollowUpAnswer>(records, Some(follow_up));
    let replaced: Vec<RecordId> = answers.iter().filter_map(|(_, _, answer)| answer.replaces).collect();
    last(answers.into_iter().filter(|(_, id, _)| !replaced.contains(id)).collect())
}

impl TrajectoryStory {
    /// One of which nothing is known but that it was registered.
    #[cfg(test)]
    pub(crate) fn begun(id: RecordId, trajectory: Trajectory) -> Self {
        let (entries, points, follow_ups) = (Vec::new(), Vec::new(), Vec::new());
        Self { id, trajectory, intake: None, entries, end: None, handover: None, points, follow_ups }
    }

    /// Where it stands: at the stage it came to last.
    #[must_use]
    pub fn stage(&self) -> Stage {
        self.entries.last().map_or(Stage::Registration, |(_, entry)| entry.stage)
    }

    /// Whether it goes on: it did not end otherwise than by travelling alone.
    #[must_use]
    pub const fn goes_on(&self) -> bool {
        self.end.is_none()
    }

    /// When practice began, the first time.
    #[must_use]
    pub fn started(&self) -> Option<Day> {
        self.entries.iter().find(|(_, entry)| entry.stage == Stage::Practice).map(|(_, entry)| entry.on)
    }

    /// When it was handed over: the day on which the OV-coach took it on and the participant agreed, the later of both.
    #[must_use]
    pub fn handed_over(&self) -> Option<Day> {
        let (_, handover) = self.handover.as_ref()?;
        Some(Day::of(handover.accepted?.max(handover.agreed?)))
    }

    /// When it was completed: the day on which it was handed over. Once it was led on to travelling alone it stays so, whoever becomes the
    /// OV-coach later; what ended before that was not.
    #[must_use]
    pub fn completed(&self) -> Option<Day> {
        let led_on = self
            .entries
            .iter()
            .fold(None, |since, (_, entry)| if entry.stage < Stage::Alone { None } else { since.or(Some(entry.on)) });
        match (self.handed_over(), led_on) {
            (Some(said), Some(led_on)) => Some(said.min(led_on)),
            (said, led_on) => led_on.or(said.filter(|_| self.goes_on())),
        }
    }

    /// The whole of it as a line, from registration to follow-up.
    #[must_use]
    pub fn line(&self) -> Vec<OnTheLine> {
        let now = self.stage();
        let on_the_line = |stage: Stage| {
            let entry = self.entries.iter().rev().map(|(_, entry)| entry).find(|entry| entry.stage == stage);
            let registered = (stage == Stage::Registration).then_some(self.trajectory.registered);
            let when = match stage.cmp(&now) {
                std::cmp::Ordering::Less => When::Past,
                std::cmp::Ordering::Equal => When::Now,
                std::cmp::Ordering::Greater => When::Ahead,
            };
            OnTheLine {
                stage,
                // What it was led back from has no day of its own until it comes there again.
                since: entry.map(|entry| entry.on).or(registered).filter(|_| when != When::Ahead),
                responsible: entry.and_then(|entry| entry.responsible),
                when,
            }
        };
        Stage::ALL.iter().copied().map(on_the_line).collect()
    }

    /// What is still to come before it can go on from where it stands. `practised`: how often the route was practised.
    #[must_use]
    pub fn needs(&self, practised: usize) -> Vec<Need> {
        let Trajectory { municipality, mode, volunteer, met, goals, route, coach, .. } = &self.trajectory;
        let intake = self.intake.as_ref().map(|(_, intake)| intake);
        let handover = self.handover.as_ref().map(|(_, handover)| handover);
        let all: &[(Need, bool)] = match self.stage() {
            Stage::Registration => &[(Need::Municipality, municipality.is_some())],
            Stage::Intake => &[
                (Need::Motivation, intake.is_some_and(|intake| intake.motivation.is_some())),
                (Need::Mode, mode.is_some()),
                (Need::Learnability, intake.is_some_and(|intake| intake.learnability == Some(Learnability::Yes))),
                (Need::ParentsInformed, intake.is_some_and(|intake| intake.informed.is_some())),
            ],
            Stage::Matching => &[
                (Need::Volunteer, volunteer.is_some()),
                (Need::Meeting, met.is_some()),
                (Need::Goals, goals.is_some()),
                (Need::Route, route.is_some()),
            ],
            Stage::Practice => &[(Need::Practice, practised > 0), (Need::Coach, coach.is_some())],
            Stage::Handover => &[
                (Need::HandoverDay, handover.is_some_and(|handover| handover.on.is_some())),
                (Need::HandoverPoints, self.points.iter().all(|(_, point)| point.done.is_some())),
                (Need::Accepted, handover.is_some_and(|handover| handover.accepted.is_some())),
                (Need::Agreed, handover.is_some_and(|handover| handover.agreed.is_some())),
            ],
            Stage::Alone | Stage::FollowUp => &[],
        };
        all.iter().filter(|(_, there)| !there).map(|(need, _)| *need).collect()
    }

    /// The follow-up enquiries that are due on a day and have no answer yet, the longest waiting first. Where it ended nobody is asked any more.
    pub fn due(&self, today: Day) -> impl Iterator<Item = &FollowUpStory> {
        let open = self.follow_ups.iter().filter(|one| self.goes_on() && one.answer.is_none());
        open.filter(move |one| one.follow_up.due <= today)
    }
}

/// The follow-up enquiries of a trajectory that was completed on a day.
#[must_use]
pub fn follow_ups_after(completed: Day) -> [FollowUp; 4] {
    FOLLOW_UP_MONTHS.map(|months| FollowUp { months, due: completed.after_months(months) })
}

#[cfg(test)]
#[path = "trajectory_tests.rs"]
mod tests;
