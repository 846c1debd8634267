//! `CarePlan`: the goals of a client, what is done for them, and the plans the client does. One for a circle; there is none for whoever may
//! read neither.

use opstap_core::Record;
use opstap_core::model::{DomainGoal, GoalAction, GoalStep, Plan};
use serde_json::{Value, json};

use super::activity_definition::address;
use super::element::{identifier, instant, reference};
use super::moment::Span;
use super::{Around, Made, ResourceType};

pub fn all(around: &Around<'_>) -> Vec<Made> {
    let Some(patient) = around.patient().filter(|_| around.is_of_a_client()) else { return Vec::new() };
    let goals: Vec<&Record> = around.of::<DomainGoal>().map(|(record, _)| record).collect();
    let plans: Vec<(&Record, Plan)> = around.of::<Plan>().filter(|(_, plan)| plan.unfinished != Some(true)).collect();
    let mut records: Vec<&Record> = goals.iter().copied().chain(plans.iter().map(|(record, _)| *record)).collect();
    let Some(began) = records.iter().filter_map(|record| record.made()).map(|stamp| stamp.millis).min() else {
        return Vec::new();
    };
    let mut activities = Vec::new();
    for (record, action) in around.of::<GoalAction>() {
        let steps: Vec<(&Record, GoalStep)> = around.below(record.id).collect();
        activities.push(json!({ "detail": detail(around, record, &action, &steps) }));
        records.push(record);
        records.extend(steps.iter().map(|(step, _)| *step));
    }
    activities.extend(
        plans.iter().map(|(record, plan)| json!({ "reference": reference("Task", record.id, Some(&plan.title)) })),
    );
    let body = json!({
        "identifier": [identifier(around.read.circle.0)],
        "status": "active",
        "intent": "plan",
        "title": "Begeleidingsplan",
        "subject": patient,
        "period": { "start": instant(began) },
        "careTeam": [reference("CareTeam", around.read.circle, None)],
        "goal": goals.iter().map(|goal| reference("Goal", goal.id, None)).collect::<Vec<_>>(),
        "activity": activities,
    });
    let made = Made::new(ResourceType::CarePlan, around.read.circle, around, &records, body);
    vec![made.when(Span::between(began, None))]
}

fn detail(around: &Around<'_>, record: &Record, action: &GoalAction, steps: &[(&Record, GoalStep)]) -> Value {
    let plan = action.plan.and_then(|plan| around.find::<Plan>(plan));
    let started = steps.iter().any(|(_, step)| step.done.is_some());
    let status = match (action.done, started) {
        (Some(_), _) => "completed",
        (None, true) => "in-progress",
        (None, false) => "not-started",
    };
    let mut in_order: Vec<_> = steps.iter().collect();
    in_order.sort_by(|(one, first), (other, second)| (&first.order, one.id).cmp(&(&second.order, other.id)));
    let lines = in_order.iter().map(|(_, step)| format!("\n- {}", step.title));
    json!({
        "instantiatesCanonical": plan.map(|(plan, _)| [address(around.base, plan)]),
        "goal": record.parent.map(|goal| [reference("Goal", goal, None)]),
        "status": status,
        "description": format!("{}{}", action.title, lines.collect::<String>()),
        "performer": action.person.map(|person| [around.person(person)]),
    })
}
