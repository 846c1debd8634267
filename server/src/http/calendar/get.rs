//! `GET /api/calendar.ics`: the appointments of all circles of which somebody may read them, as a calendar file to keep. What was more than
//! ninety days ago is not in it.

use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use opstap_core::access::Section;
use opstap_core::model::{Appointment, Member, Model};
use opstap_core::{CircleId, Day, Kind, PersonId};
use opstap_insight::{Visit, visits};
use opstap_sync_server::Clock as _;
use opstap_sync_server::service::{CircleRead, Reach};

use crate::http::error::Problem;
use crate::http::signed_in::SignedIn;
use crate::http::state::App;
use crate::world::SystemClock;

/// Gives the file.
#[utoipa::path(
    get,
    path = "/api/calendar.ics",
    responses((status = 200, description = "A calendar file", body = String, content_type = "text/calendar"))
)]
pub async fn get(State(app): State<App>, SignedIn { session, .. }: SignedIn) -> Result<Response, Problem> {
    let read = app.service.read_circles(session, Reach::All, &[Kind::Member, Kind::Appointment]).await?;
    let since = Day::of(SystemClock.now()).back(Day::LOGS_STAY);
    let mut found: Vec<(CircleId, Visit)> = read.iter().flat_map(|read| of_circle(read, session.person.id)).collect();
    found.retain(|(_, visit)| Day::of(visit.appointment.at) >= since);
    found.sort_by_key(|(_, visit)| (visit.appointment.at, visit.id));
    let given = found.iter().map(|(circle, _)| (*circle, Section::Appointments)).collect();
    app.service.note_read(session, given).await?;
    let all: Vec<Visit> = found.into_iter().map(|(_, visit)| visit).collect();
    let headers = [
        (CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"opstap.ics\""),
        (CACHE_CONTROL, "private, no-store"),
    ];
    Ok((headers, visits(&all)).into_response())
}

fn of_circle(read: &CircleRead, whose: PersonId) -> Vec<(CircleId, Visit)> {
    let members: Vec<Member> = read.records.iter().filter_map(Member::from_record).collect();
    let name =
        |person: PersonId| members.iter().find(|member| member.person == person).map(|member| member.name.clone());
    let mut found = Vec::new();
    for record in &read.records {
        let (Some(appointment), Some(changed)) = (Appointment::from_record(record), record.latest()) else { continue };
        let others = [read.client, Some(appointment.with)].into_iter().flatten().filter(|person| *person != whose);
        let who = others.filter_map(name).collect();
        found.push((read.circle, Visit { id: record.id, appointment, who, changed, number: record.number }));
    }
    found
}
