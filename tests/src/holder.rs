//! A device without a screen that knows its circle: it finds records by what they say, and writes what people would.

use std::io;

use opstap_core::model::{
    Choice, Ending, Face, Member, Model, Picture, Plan, Practice, PracticeEnd, Relation, Run, RunEnd, RunFace,
    Step as PlanStep, StepEvent, StepOutcome,
};
use opstap_core::{Change, CircleId, Kind, Millis, Record, RecordId, order};

use crate::browser::Server;
use crate::device::{Device, Held, now};

/// A device of somebody, and what it holds of the circle of the demonstration's client.
pub struct Holder {
    /// The device.
    pub device: Device,
    /// What it held when it came.
    pub held: Held,
}

/// The client of the demonstration.
const CLIENT: &str = "Sem";

/// Of several circles that of the demonstration's client; one of a programme that was imported may have been there for longer.
fn first_circle(device: &mut Device) -> io::Result<Held> {
    let is_of_the_client = |held: &Held| {
        let mut members = held.records.iter().filter_map(Member::from_record);
        members.any(|member| member.relation == Relation::Client && member.name == CLIENT)
    };
    let first = device.held()?.into_iter().min_by_key(|held| (!is_of_the_client(held), held.circle));
    first.ok_or_else(|| io::Error::other("no circle"))
}

impl Holder {
    /// Somebody with one more device, of which `seed` tells what ids it makes.
    ///
    /// # Errors
    /// When the server does not answer, or refuses.
    pub fn of(server: &Server, name: &str, seed: u64) -> io::Result<Self> {
        let mut device = Device::pair(&server.new_link(name).map_err(io::Error::other)?, seed)?;
        let held = first_circle(&mut device)?;
        Ok(Self { device, held })
    }

    /// The circle.
    #[must_use]
    pub fn circle(&self) -> CircleId {
        self.held.circle
    }

    /// The first record of a kind that says this in a cell.
    ///
    /// # Errors
    /// When nothing says so.
    pub fn one(&self, kind: Kind, cell: &str, says: &str) -> io::Result<RecordId> {
        let found = |record: &&Record| record.kind == kind && record.value(cell) == Some(&says.into());
        let record = self.held.records.iter().find(found);
        record.map(|record| record.id).ok_or_else(|| io::Error::other(format!("nothing says {says}")))
    }

    /// The steps of a plan, in order.
    #[must_use]
    pub fn steps(&self, plan: RecordId) -> Vec<RecordId> {
        let below = |record: &&Record| record.kind == Kind::Step && record.parent == Some(plan);
        let mut steps: Vec<_> = self
            .held
            .records
            .iter()
            .filter(below)
            .filter_map(|record| Some((PlanStep::from_record(record)?.order, record.id)))
            .collect();
        steps.sort();
        steps.into_iter().map(|(_, id)| id).collect()
    }

    /// Writes an edit and hands it in.
    ///
    /// # Errors
    /// When the server does not answer, or refuses.
    pub fn write(&mut self, at: Millis, changes: Vec<Change>) -> io::Result<()> {
        let circle = self.circle();
        self.device.write(circle, at, changes);
        self.device.hand_in()
    }

    /// A run from beginning to end, with a tap for each step.
    ///
    /// # Errors
    /// When it is refused.
    pub fn run(&mut self, plan: RecordId, at: Millis) -> io::Result<RecordId> {
        let [run, end, face] = [0; 3].map(|_| self.device.id(at));
        let done = at.plus(600_000);
        if self.steps(plan).is_empty() {
            // It was made by somebody else since.
            self.held = first_circle(&mut self.device)?;
        }
        let mut changes = vec![Run::begins(plan, at).make(run)];
        for step in self.steps(plan) {
            let tapped = StepEvent::of(step, StepOutcome::Done, at);
            changes.push(tapped.make_below(self.device.id(at), run));
        }
        changes.push(RunEnd { how: Ending::Done, at: done }.make_below(end, run));
        changes.push(RunFace { face: Face::Good, at: done }.make_below(face, run));
        self.write(at, changes)?;
        Ok(run)
    }

    /// A practice from beginning to end.
    ///
    /// # Errors
    /// When it is refused.
    pub fn practice(&mut self, route: RecordId, at: Millis) -> io::Result<()> {
        let [practice, end] = [0; 2].map(|_| self.device.id(at));
        let done = PracticeEnd {
            face: Some(Face::Good),
            word: Some("Druk op de halte.".to_owned()),
            minutes: Some(45),
            at: at.plus(45 * 60_000),
            said: None,
        };
        self.write(at, vec![Practice { route, at }.make(practice), done.make_below(end, practice)])
    }

    /// The route that is practised.
    ///
    /// # Errors
    /// When there is none.
    pub fn route(&self) -> io::Result<RecordId> {
        self.one(Kind::Route, "title", "Naar school")
    }

    /// A plan with its steps, which get their places here. Gives the plan and the steps.
    ///
    /// # Errors
    /// When it is refused.
    pub fn plan(&mut self, plan: &Plan, steps: Vec<PlanStep>) -> io::Result<(RecordId, Vec<RecordId>)> {
        let (at, places) = (now(), order::first(steps.len()));
        let id = self.device.id(at);
        let ids: Vec<_> = steps.iter().map(|_| self.device.id(at)).collect();
        let below = steps.into_iter().zip(places).zip(&ids);
        let below = below.map(|((step, order), own)| PlanStep { order, ..step }.make_below(*own, id));
        let changes = std::iter::once(plan.make(id)).chain(below).collect();
        self.write(at, changes)?;
        Ok((id, ids))
    }

    /// Choices at a step, each with its picture and the step it leads to.
    ///
    /// # Errors
    /// When they are refused.
    pub fn choices(&mut self, step: RecordId, choices: &[(&str, &str, Option<RecordId>)]) -> io::Result<()> {
        let at = now();
        let mut changes = Vec::new();
        for ((text, picture, to), order) in choices.iter().zip(order::first(choices.len())) {
            let picture = Some(Picture::Pictogram((*picture).to_owned()));
            let choice = Choice { order, text: (*text).to_owned(), picture, to: *to };
            changes.push(choice.make_below(self.device.id(at), step));
        }
        self.write(at, changes)
    }

    /// A run that is at a step, where these things happened.
    ///
    /// # Errors
    /// When it is refused.
    pub fn under_way(&mut self, plan: RecordId, step: RecordId, happened: &[StepOutcome]) -> io::Result<RecordId> {
        let at = now();
        let run = self.device.id(at);
        let mut changes = vec![Run::begins(plan, at).make(run)];
        for what in happened {
            changes.push(StepEvent::of(step, *what, at).make_below(self.device.id(at), run));
        }
        self.write(at, changes)?;
        Ok(run)
    }
}
