//! A circle that has everything the interface tells of.

use opstap_core::access::Section;
use opstap_core::instrument::Level;
use opstap_core::model::{
    Aim, Appointment, Consent, ConsentAct, DomainAnswer, DomainGoal, GoalAction, GoalStep, HandoverAct, HelpLevel,
    Measurement, Member, Model, Plan, Relation, Run, Step, StepHelp, Task, TaskHandover,
};
use opstap_core::protocol::Verdict;
use opstap_core::{Change, CircleId, Day, Millis, PersonId, Record, RecordId};
use opstap_sync_server::Clock as _;

use crate::http::caller::{Caller, new_id};
use crate::http::stage::Stage;

/// The demonstration with goals, measurements, tasks and appointments, and a neighbourhood coach and a representative in the circle.
pub struct Everything {
    pub stage: Stage,
    pub sem: Caller,
    pub marloes: Caller,
    pub youssef: Caller,
    pub coach: Caller,
    pub coach_id: PersonId,
    pub goal: RecordId,
    pub measurement: RecordId,
    pub task: RecordId,
    pub appointment: RecordId,
}

/// The days that the records are of.
pub const FIRST: &str = "2026-03-02";
pub const SECOND: &str = "2026-09-07";

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

impl Everything {
    pub async fn set() -> Self {
        let stage = Stage::set().await;
        let (sem, youssef) = (stage.as_client().await, stage.as_volunteer().await);
        let mut marloes = stage.as_professional().await;
        let organisation = stage.app.service.organisations().await.unwrap()[0].id;
        let role = opstap_core::model::OrganisationRole::Participant;
        let coach_id = stage.app.service.add_person(organisation, role, "Wil").await.unwrap();
        let decides = stage.app.service.add_person(organisation, role, "Ans").await.unwrap();
        let coach = stage.sign_in(coach_id).await;
        let [goal, action, measurement, task, appointment] = std::array::from_fn(|_| new_id(stage.clock.now()));
        let member = |person, relation, name: &str| {
            let member =
                Member { person, relation, name: name.into(), called: None, phone: None, face: None, order: None };
            member.make(new_id(stage.clock.now()))
        };
        let joins = vec![
            member(coach_id, Relation::NeighbourhoodCoach, "Wil"),
            member(decides, Relation::Representative, "Ans"),
        ];
        does(&stage, &mut marloes, joins).await;
        let mut changes = guidance(goal, action, marloes_plan(&stage, &marloes).await.0);
        changes.extend(measured(measurement, FIRST, 2));
        changes.extend(measured(new_id(stage.clock.now()), SECOND, 3));
        changes.extend(arranged(task, appointment, stage.person("Youssef"), stage.person("Marloes")));
        does(&stage, &mut marloes, changes).await;
        let said = said_of_a_run(&stage, &marloes).await;
        does(&stage, &mut marloes, said).await;
        Self { stage, sem, marloes, youssef, coach, coach_id, goal, measurement, task, appointment }
    }

    /// The client lets somebody see a section; gives the consent.
    pub async fn consents(&mut self, person: PersonId, section: Section) -> RecordId {
        let id = new_id(self.stage.clock.now());
        let given = Consent { act: ConsentAct::Given, person, section, from: Millis(0), until: None, ends: None };
        does(&self.stage, &mut self.sem, vec![given.make(id)]).await;
        id
    }

    /// The client takes it back.
    pub async fn withdraws(&mut self, person: PersonId, section: Section, consent: RecordId) {
        let ends = Some(consent);
        let taken = Consent { act: ConsentAct::Withdrawn, person, section, from: Millis(0), until: None, ends };
        let id = new_id(self.stage.clock.now());
        does(&self.stage, &mut self.sem, vec![taken.make(id)]).await;
    }

    pub const fn circle(&self) -> CircleId {
        self.stage.circle
    }
}

/// Somebody writes in the circle.
pub async fn does(stage: &Stage, who: &mut Caller, changes: Vec<Change>) {
    let edit = who.edit(stage.circle, stage.clock.now(), changes);
    let verdict = who.verdict(&edit).await;
    assert!(matches!(verdict, Verdict::Accepted { .. }), "{verdict:?}");
}

/// A plan of the circle and its first step.
pub async fn marloes_plan(stage: &Stage, who: &Caller) -> (RecordId, Record) {
    let seen = who.sees().await;
    let records = || seen.iter().filter(|((circle, _), _)| *circle == stage.circle).map(|(_, record)| record);
    let plan = records().find(|record| Plan::from_record(record).is_some_and(|plan| plan.title == "Opstaan")).unwrap();
    let step = records().find(|record| record.kind == Step::KIND && record.parent == Some(plan.id)).unwrap();
    (plan.id, step.clone())
}

fn guidance(goal: RecordId, action: RecordId, plan: RecordId) -> Vec<Change> {
    let aimed = DomainGoal {
        instrument: "zrm.1".into(),
        domain: "finances".into(),
        aim: Aim::Progress,
        words: Some("Zelf mijn rekeningen betalen".into()),
        picture: None,
        from: Some(day(FIRST)),
        ended: None,
        import: None,
    };
    let done = GoalAction {
        order: "V".into(),
        title: "Post openen".into(),
        person: None,
        plan: Some(plan),
        route: None,
        done: None,
    };
    let small = GoalStep { order: "V".into(), title: "Een map maken".into(), done: Some(Millis(1_780_000_000_000)) };
    let ids: [RecordId; 2] = std::array::from_fn(|_| new_id(Millis(1_780_000_000_000)));
    let ended = DomainGoal {
        domain: "housing".into(),
        aim: Aim::Stable,
        words: None,
        ended: Some(day(SECOND)),
        ..aimed.clone()
    };
    vec![aimed.make(goal), done.make_below(action, goal), small.make_below(ids[0], action), ended.make(ids[1])]
}

fn measured(id: RecordId, on: &str, level: u8) -> Vec<Change> {
    let measurement = Measurement {
        instrument: "zrm.1".into(),
        on: day(on),
        together: Some(true),
        by: None,
        word: Some("Samen ingevuld".into()),
        replaces: None,
        import: None,
    };
    let answer = |domain: &str, word: Option<&str>| {
        let level = Level::new(level);
        let answer = DomainAnswer { domain: domain.into(), level, yes: None, word: word.map(str::to_owned) };
        answer.make_below(new_id(Millis(1_780_000_000_000)), id)
    };
    vec![measurement.make(id), answer("finances", Some("Er zijn schulden")), answer("housing", None)]
}

fn arranged(task: RecordId, appointment: RecordId, to: PersonId, with: PersonId) -> Vec<Change> {
    let at = Millis(1_780_000_000_000);
    let seen_to =
        Task { title: "Bellen met de gemeente".into(), picture: None, goal: None, due: Some(day(SECOND)), ended: None };
    let asked = TaskHandover { act: HandoverAct::Asked, at, to: Some(to), word: None };
    let comes = Appointment {
        with,
        at: day(SECOND).begins().plus(36_000_000),
        minutes: 45,
        title: Some("Samen de post".into()),
        place: Some("Bibliotheek".into()),
        picture: None,
        route: None,
        cancelled: None,
    };
    let off = Appointment { cancelled: Some(at), at: day(FIRST).begins(), ..comes.clone() };
    let ids: [RecordId; 2] = std::array::from_fn(|_| new_id(at));
    vec![seen_to.make(task), asked.make_below(ids[0], task), comes.make(appointment), off.make(ids[1])]
}

/// How much help a step took in a run of the demonstration, corrected once.
async fn said_of_a_run(stage: &Stage, who: &Caller) -> Vec<Change> {
    let (plan, step) = marloes_plan(stage, who).await;
    let seen = who.sees().await;
    let of_plan = |record: &&Record| Run::from_record(record).is_some_and(|run| run.plan == plan);
    let run = seen.values().find(of_plan).unwrap().id;
    let [first, second] = std::array::from_fn(|_| new_id(stage.clock.now()));
    let said = StepHelp { step: step.id, help: HelpLevel::Told, at: stage.clock.now(), replaces: None };
    let better = StepHelp { help: HelpLevel::Hint, replaces: Some(first), ..said.clone() };
    vec![said.make_below(first, run), better.make_below(second, run)]
}
