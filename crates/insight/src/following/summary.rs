//! All that attention and caseload need of one circle: facts with their moments. What they mean today the rules say when it is read, so that
//! a summary of yesterday is true today.

use opstap_core::access::Section;
use opstap_core::model::{
    AttentionAct, AttentionRule, AttentionSettings, Ending, Face, Grant, HandoverTopic, Relation, Stage,
};
use opstap_core::{Day, Millis, PersonId, RecordId};

use crate::Week;

/// The summary of a circle for one reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// When it was made. What was long ago then is not in it.
    pub made: Millis,
    /// Who is in the circle, the client first.
    pub team: Vec<Teammate>,
    /// The titles of plans, routes and tasks and the sentences of steps that the rest speaks of.
    pub titles: Vec<(RecordId, String)>,
    /// The weeks in which anything was done, the newest first.
    pub weeks: Vec<WeekDone>,
    /// What was done of late, week by week, what was done last first.
    pub lines: Vec<Line>,
    /// The last run.
    pub last_run: Option<LastRun>,
    /// The faces picked last, the newest first.
    pub faces: Vec<(Millis, Face)>,
    /// Help that was asked and that nobody answered, the newest first.
    pub help: Vec<HelpAsked>,
    /// Plans of which the last time was given up.
    pub given_up: Vec<GivenUp>,
    /// Steps that did not go the last times.
    pub failing: Vec<Failing>,
    /// Trajectories that go on and routes that are practised without one.
    pub travel: Vec<Travel>,
    /// Tasks that somebody was asked to take on and did not answer.
    pub tasks: Vec<TaskWaits>,
    /// What the reader sees by a consent that ends: which consent, what, and when.
    pub consents: Vec<(RecordId, (Section, Millis))>,
    /// Hours used and granted.
    pub hours: HoursHeld,
    /// The next appointments, the first first.
    pub next: Vec<NextAppointment>,
    /// Days on which plans rest: from the first to the last.
    pub days_off: Vec<(Day, Day)>,
    /// What was done with what asked.
    pub marks: Vec<Mark>,
    /// What is different for this client in what asks.
    pub settings: AttentionSettings,
    /// The reader's own edits that were refused, where the device knows.
    pub refused: Option<Piled>,
    /// Records that two people changed at once.
    pub conflicts: Option<Piled>,
}

/// Somebody in the circle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Teammate {
    /// Who.
    pub person: PersonId,
    /// What they are to the client.
    pub relation: Relation,
    /// Their first name.
    pub name: String,
    /// Whether they can be called.
    pub phone: bool,
}

/// What was done in a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WeekDone {
    /// Which week.
    pub week: Week,
    /// Runs that began.
    pub begun: u32,
    /// Of these, done to the end.
    pub done: u32,
    /// Of these, given up.
    pub stopped: u32,
    /// Steps of runs that are over and goals of practices, and how many of them went by oneself.
    pub all: u32,
    /// How many of them went by oneself.
    pub by_oneself: u32,
    /// Practices.
    pub practices: u32,
}

/// A plan or a route, week by week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Which.
    pub of: RecordId,
    /// Whether it is a route.
    pub is_route: bool,
    /// The weeks in which it was done, the newest first.
    pub weeks: Vec<LineWeek>,
}

/// A week of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineWeek {
    /// Which week.
    pub week: Week,
    /// How often it was done or practised.
    pub times: u32,
    /// Its steps or goals in these times together.
    pub all: u32,
    /// How many of them went by oneself.
    pub by_oneself: u32,
}

/// The last run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LastRun {
    /// The run.
    pub run: RecordId,
    /// Its plan.
    pub plan: RecordId,
    /// When it began.
    pub began: Millis,
    /// How and when it ended, if it did.
    pub ended: Option<(Ending, Millis)>,
    /// The number of the step it came to, from 1.
    pub reached: u32,
    /// How many steps it has.
    pub steps: u32,
    /// How many went by oneself.
    pub by_oneself: u32,
    /// The face picked after it.
    pub face: Option<Face>,
}

/// Help that was asked and that nobody round the client answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HelpAsked {
    /// The message.
    pub message: RecordId,
    /// Whom.
    pub to: PersonId,
    /// When.
    pub at: Millis,
    /// The step it is about.
    pub step: Option<RecordId>,
    /// The plan of that step.
    pub plan: Option<RecordId>,
    /// The number of the step and how many there are, where the plan has it.
    pub place: Option<(u32, u32)>,
}

/// A plan that was given up half-way and not done since.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GivenUp {
    /// The plan.
    pub plan: RecordId,
    /// The run.
    pub run: RecordId,
    /// When.
    pub at: Millis,
    /// The step at which it was given up.
    pub step: Option<RecordId>,
    /// Its number and how many there are.
    pub place: (u32, u32),
    /// The face picked then.
    pub face: Option<Face>,
}

/// A step that did not go the last times that it came up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Failing {
    /// The step.
    pub step: RecordId,
    /// Its plan.
    pub plan: RecordId,
    /// How often in a row.
    pub times: u32,
    /// When it was so last.
    pub last: Millis,
    /// Whether each of these runs was given up.
    pub stopped: bool,
}

/// A trajectory that goes on, or a route that is practised without one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Travel {
    /// The trajectory.
    pub trajectory: Option<RecordId>,
    /// Where it stands.
    pub stage: Option<Stage>,
    /// The route.
    pub route: Option<RecordId>,
    /// Who practises it with the client.
    pub volunteer: Option<PersonId>,
    /// How many practices there are on the device.
    pub practices: u32,
    /// When it was practised, or travelled by oneself, last.
    pub last: Option<Millis>,
    /// Since when it is to be practised every week.
    pub weekly: Option<Day>,
    /// The handover, where it stands at that stage or waits to be closed.
    pub handover: Option<HandoverNow>,
    /// Follow-up enquiries without an answer, the first due first: which, after how many months, and when it is due.
    pub follow_ups: Vec<(RecordId, (u32, Day))>,
}

/// How it stands with a handover.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandoverNow {
    /// Since when it stands at this stage.
    pub since: Day,
    /// The day that was settled.
    pub on: Option<Day>,
    /// How many points it has.
    pub points: u32,
    /// What those are about that are still open.
    pub open: Vec<HandoverTopic>,
    /// When both had said yes and it waits to be closed.
    pub to_close: Option<Day>,
}

/// A task that somebody was asked to take on and that waits for an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TaskWaits {
    /// The task.
    pub task: RecordId,
    /// Who asked, as far as that is known.
    pub by: Option<PersonId>,
    /// Who was asked.
    pub to: PersonId,
    /// When.
    pub at: Millis,
    /// By when it is to be done.
    pub due: Option<Day>,
}

/// Hours used of late and grants that may still be in force.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HoursHeld {
    /// The weeks in which time was spent, the newest first.
    pub weeks: Vec<WeekMinutes>,
    /// What is granted, without the words.
    pub grants: Vec<Grant>,
}

/// Minutes of a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WeekMinutes {
    /// Which week.
    pub week: Week,
    /// Of supervisors.
    pub supervisor: u32,
    /// Of support workers.
    pub support_worker: u32,
}

/// An appointment to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NextAppointment {
    /// Which.
    pub id: RecordId,
    /// With whom.
    pub with: PersonId,
    /// When it begins.
    pub at: Millis,
    /// How long it takes, in minutes.
    pub minutes: u32,
}

/// What somebody did with what asked for attention.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// Why it asked.
    pub rule: AttentionRule,
    /// What it was about.
    pub about: Option<RecordId>,
    /// What they did.
    pub act: AttentionAct,
    /// When.
    pub at: Millis,
    /// Until which day it is put off.
    pub until: Option<Day>,
    /// Who.
    pub by: Option<PersonId>,
}

/// So many of something, and when the newest came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Piled {
    /// How many.
    pub count: u32,
    /// When the newest came.
    pub latest: Millis,
}

impl Summary {
    /// For how many days a summary of which nothing moved is as good as a new one; afterwards appointments may be missing in it.
    pub const FRESH: u32 = 7;

    /// Whether it is to be made anew, although nothing of the circle moved.
    #[must_use]
    pub fn is_stale(&self, today: Day) -> bool {
        Day::of(self.made).on(Self::FRESH) <= today
    }

    /// The client.
    #[must_use]
    pub fn client(&self) -> Option<&Teammate> {
        self.team.iter().find(|one| one.relation == Relation::Client)
    }

    /// The name of the client; empty where it is not known.
    #[must_use]
    pub fn client_name(&self) -> &str {
        self.client().map_or("", |client| &client.name)
    }

    /// Somebody in the circle.
    #[must_use]
    pub fn teammate(&self, person: PersonId) -> Option<&Teammate> {
        self.team.iter().find(|one| one.person == person)
    }

    /// The title of a plan, route or task, or the sentence of a step; empty where it is not known.
    #[must_use]
    pub fn title(&self, of: RecordId) -> &str {
        self.titles.iter().find(|(id, _)| *id == of).map_or("", |(_, title)| title)
    }
}
