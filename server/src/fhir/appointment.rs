//! Appointment: that somebody comes to the client.

use opstap_core::Record;
use opstap_core::model::Appointment;
use serde_json::json;

use super::element::{identifier, instant};
use super::moment::Span;
use super::{Around, Made, ResourceType};

pub fn all(around: &Around<'_>) -> Vec<Made> {
    around.of::<Appointment>().filter_map(|(record, appointment)| made(around, record, &appointment)).collect()
}

fn made(around: &Around<'_>, record: &Record, appointment: &Appointment) -> Option<Made> {
    let end = appointment.at.plus(u64::from(appointment.minutes) * 60_000);
    let coming = |who| json!({ "actor": who, "status": "accepted" });
    let place = appointment.place.as_ref().map(|place| coming(json!({ "type": "Location", "display": place })));
    let body = json!({
        "identifier": [identifier(record.id.0)],
        "status": if appointment.cancelled.is_some() { "cancelled" } else { "booked" },
        "description": appointment.title,
        "start": instant(appointment.at),
        "end": instant(end),
        "minutesDuration": Some(appointment.minutes).filter(|minutes| *minutes > 0),
        "created": record.made().map(|stamp| instant(stamp.millis)),
        "participant": [coming(around.patient()?), coming(around.person(appointment.with)), place],
    });
    let made = Made::new(ResourceType::Appointment, record.id, around, &[record], body);
    Some(made.when(Span::between(appointment.at, Some(end))))
}
