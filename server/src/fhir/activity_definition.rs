//! `ActivityDefinition`: a step plan, of a client or of the library. Its steps are told in the description, one a line, since the resource
//! has no place for them.

use opstap_core::Record;
use opstap_core::model::{Plan, Step};
use serde_json::json;

use super::element::{identifier, own_coding};
use super::{Around, Made, ResourceType};

pub fn all(around: &Around<'_>) -> Vec<Made> {
    around.of::<Plan>().map(|(record, plan)| made(around, record, &plan)).collect()
}

fn made(around: &Around<'_>, record: &Record, plan: &Plan) -> Made {
    let mut steps: Vec<(&Record, Step)> = around.below::<Step>(record.id).collect();
    steps.sort_by(|(one, first), (other, second)| (&first.order, one.id).cmp(&(&second.order, other.id)));
    let lines: Vec<String> = (1..).zip(&steps).map(|(n, (_, step))| format!("{n}. {}", step.text)).collect();
    let theme = plan.theme.as_ref().map(|theme| json!({ "coding": [own_coding("theme", theme, None)], "text": theme }));
    let body = json!({
        "language": plan.language,
        "url": address(around.base, record),
        "identifier": [identifier(record.id.0)],
        "version": record.number.to_string(),
        "title": plan.title,
        "status": if plan.unfinished == Some(true) { "draft" } else { "active" },
        "description": lines.join("\n"),
        "topic": theme.map(|theme| [theme]),
    });
    let records: Vec<&Record> = [record].into_iter().chain(steps.iter().map(|(step, _)| *step)).collect();
    Made::new(ResourceType::ActivityDefinition, record.id, around, &records, body)
}

/// The address by which a plan is known.
pub fn address(base: &str, plan: &Record) -> String {
    format!("{base}/ActivityDefinition/{}", plan.id)
}
