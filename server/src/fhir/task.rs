//! Task: a plan that the client does, and something that somebody round the client sees to. Its shape is that of `KT2_Task`.

use opstap_core::model::{Plan, Task, TaskHandover};
use opstap_core::{Millis, Record};
use opstap_insight::{TaskStory, TaskWord, task_story};
use serde_json::{Value, json};

use super::element::{date, identifier, instant, reference};
use super::moment::Span;
use super::{Around, Made, ResourceType};

/// The extension by which Koppeltaal 2.0 says of which activity a task is one.
const INSTANTIATES: &str = "http://vzvz.nl/fhir/StructureDefinition/instantiates";

pub fn all(around: &Around<'_>) -> Vec<Made> {
    if !around.is_of_a_client() {
        return Vec::new();
    }
    let plans = around.of::<Plan>().filter_map(|(record, plan)| of_plan(around, record, &plan));
    let tasks = around.of::<Task>().filter_map(|(record, task)| of_task(around, record, task));
    plans.chain(tasks).collect()
}

/// A plan is done again and again: it is going on until client and supporter agreed that it can rest.
fn of_plan(around: &Around<'_>, record: &Record, plan: &Plan) -> Option<Made> {
    let patient = around.patient()?;
    let status = match (plan.unfinished, plan.mastered()) {
        (Some(true), _) => "draft",
        (_, Some(_)) => "completed",
        (_, None) => "in-progress",
    };
    let instantiates = reference("ActivityDefinition", record.id, Some(&plan.title));
    let begins = record.made()?.millis;
    let mut body = common(around, record, &plan.title, status)?;
    let of_its_own = json!({
        "extension": [{ "url": INSTANTIATES, "valueReference": instantiates }],
        "owner": patient,
        "executionPeriod": { "start": instant(begins), "end": plan.mastered().map(|end| instant(end.max(begins))) },
    });
    extend(&mut body, of_its_own);
    let made = Made::new(ResourceType::Task, record.id, around, &[record], body);
    Some(made.when(Span::between(begins, plan.mastered())))
}

fn of_task(around: &Around<'_>, record: &Record, task: Task) -> Option<Made> {
    let handovers: Vec<(&Record, TaskHandover)> = around.below(record.id).collect();
    let words = handovers.iter().map(|(word, handover)| TaskWord {
        id: word.id,
        by: around.read.author(word),
        handover: handover.clone(),
    });
    let story = task_story(record.id, task, words.collect());
    let begins = record.made()?.millis;
    let mut body = common(around, record, &story.task.title, status(&story))?;
    let owner = match story.with {
        Some((person, _)) => around.person(person),
        // It is everybody's until somebody takes it on: the resource cannot do without an owner.
        None => reference("CareTeam", around.read.circle, None),
    };
    let due = story.task.due.map(date);
    let end = story.task.ended.map(|end| instant(end.max(begins)));
    extend(&mut body, json!({ "owner": owner, "executionPeriod": { "start": instant(begins), "end": end.or(due) } }));
    let records: Vec<&Record> = [record].into_iter().chain(handovers.iter().map(|(word, _)| *word)).collect();
    let made = Made::new(ResourceType::Task, record.id, around, &records, body);
    Some(made.when(Span::between(begins, ends(&story))))
}

/// When it was done, else when it has to be: what waits for a day is found on that day too.
fn ends(story: &TaskStory) -> Option<Millis> {
    story.task.ended.or_else(|| story.task.due.map(|due| due.on(1).begins()))
}

const fn status(story: &TaskStory) -> &'static str {
    match (story.task.ended, story.with, story.asked.is_empty()) {
        (Some(_), ..) => "completed",
        (None, Some(_), _) => "accepted",
        (None, None, false) => "requested",
        (None, None, true) => "ready",
    }
}

/// What both say.
fn common(around: &Around<'_>, record: &Record, title: &str, status: &str) -> Option<Value> {
    let latest = record.latest().map(|stamp| instant(stamp.millis));
    Some(json!({
        "identifier": [identifier(record.id.0)],
        "status": status,
        "intent": "order",
        "priority": "routine",
        "description": title,
        "for": around.patient()?,
        "authoredOn": record.made().map(|stamp| instant(stamp.millis)),
        "lastModified": latest,
        "requester": around.practitioner(record),
    }))
}

fn extend(body: &mut Value, with: Value) {
    if let (Value::Object(body), Value::Object(with)) = (body, with) {
        body.extend(with);
    }
}
