//! `GET /api/lists/{file}`: a list as text between commas or a spreadsheet, such as `hours.csv` or `goals.xlsx`: for a professional, of what
//! they may read at that moment, logged for the clients as a pull is.

use std::sync::Arc;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use opstap_core::CircleId;
use opstap_core::access::Section;
use opstap_core::model::OrganisationRole;
use opstap_sync_server::Clock as _;
use opstap_sync_server::service::{CircleRead, Reach, Session};
use serde::Deserialize;

use crate::http::asked::{days, language};
use crate::http::error::Problem;
use crate::http::programme::{XLSX, file};
use crate::http::signed_in::SignedIn;
use crate::http::state::App;
use crate::lists::{Asked, Cell, Circle, List, Period, Words, facts, sort_by_client};
use crate::world::SystemClock;

const EXPECTED: &str = "from and until as YYYY-MM-DD, from not after until, language nl or en, circle as an id";
const NO_PERIOD: &str = "no from and no until, since this list is about now";

/// What of the list, and in which language.
#[derive(Deserialize)]
pub struct Wanted {
    from: Option<String>,
    until: Option<String>,
    language: Option<String>,
    circle: Option<String>,
}

/// The rows of a circle, under the name of its client.
type Rows = (String, Vec<Vec<Cell>>);

/// Gives the file.
#[utoipa::path(
    get,
    path = "/api/lists/{file}",
    responses((status = 200, description = "The list, as text between commas (csv) or a spreadsheet (xlsx)", body = Vec<u8>, content_type = "application/octet-stream")),
    params(("from" = Option<String>, Query, description = "From which day on, YYYY-MM-DD"), ("until" = Option<String>, Query, description = "Up to which day, YYYY-MM-DD"), ("language" = Option<String>, Query, description = "nl or en"), ("circle" = Option<String>, Query, description = "Of one circle alone"))
)]
pub async fn get(
    State(app): State<App>,
    SignedIn { session, .. }: SignedIn,
    Path(name): Path<String>,
    wanted: Result<Query<Wanted>, QueryRejection>,
) -> Result<Response, Problem> {
    if session.person.role < OrganisationRole::Professional {
        return Err(Problem::NotAllowed);
    }
    let (name, form) = name.rsplit_once('.').ok_or(Problem::NoSuchAddress)?;
    let list = List::named(name).filter(|_| ["csv", "xlsx"].contains(&form)).ok_or(Problem::NoSuchAddress)?;
    let Query(wanted) = wanted.map_err(|_| Problem::BodyNotUnderstood(EXPECTED))?;
    let period = period(&wanted, list)?;
    let words = Arc::new(Words::of(language(wanted.language.as_deref(), EXPECTED)?).map_err(Problem::trouble)?);
    let reach = match &wanted.circle {
        Some(circle) => Reach::Circle(circle.parse().map_err(|_| Problem::NoSuchCircle)?),
        None => Reach::All,
    };
    let mut grid = list.empty(&words);
    let (mut rows, given) = rows_of(&app, session, reach, list, (words, period)).await?;
    sort_by_client(&mut rows);
    grid.rows = rows.into_iter().flat_map(|(_, rows)| rows).collect();
    app.service.note_read(session, given).await?;
    let name = format!("opstap-{}", list.name);
    if form == "csv" {
        return Ok(file(&name, "csv", "text/csv; charset=utf-8", grid.as_csv().into_bytes()));
    }
    let made = tokio::task::spawn_blocking(move || grid.as_spreadsheet()).await.map_err(Problem::trouble)?;
    Ok(file(&name, "xlsx", XLSX, made.map_err(Problem::trouble)?))
}

fn period(wanted: &Wanted, list: &List) -> Result<Period, Problem> {
    let period = days(wanted.from.as_deref(), wanted.until.as_deref(), EXPECTED)?;
    if !list.has_period && period != Period::default() {
        return Err(Problem::BodyNotUnderstood(NO_PERIOD));
    }
    Ok(period)
}

/// The rows of each circle, and what is given of it. A circle is read at a time, and made into rows beside what serves others: a year of a
/// client is thousands of records.
async fn rows_of(
    app: &App,
    session: Session,
    reach: Reach,
    list: &'static List,
    (words, period): (Arc<Words>, Period),
) -> Result<(Vec<Rows>, Vec<(CircleId, Section)>), Problem> {
    let circles = app.service.read_circles(session, reach, &[]).await?;
    if circles.is_empty() && reach != Reach::All {
        return Err(Problem::NoSuchCircle);
    }
    let facts = Arc::new(facts(&app.service, session).await?);
    let instruments = app.instruments().await?;
    let (mut all, mut given) = (Vec::new(), Vec::new());
    for circle in circles.into_iter().filter(|circle| circle.kind == list.of) {
        let reads = app.service.read_circles(session, Reach::Circle(circle.circle), list.kinds).await?;
        let (words, facts, instruments) = (Arc::clone(&words), Arc::clone(&facts), instruments.clone());
        let made = tokio::task::spawn_blocking(move || {
            let (me, now) = (session.person.id, SystemClock.now());
            let asked = Asked { words: &words, period, me, now, facts: &facts, instruments: &instruments };
            reads.iter().map(|read| made_of(read, list, &asked)).collect::<Vec<_>>()
        });
        for (rows, parts) in made.await.map_err(Problem::trouble)? {
            all.push(rows);
            given.extend(parts);
        }
    }
    Ok((all, given))
}

fn made_of(read: &CircleRead, list: &List, asked: &Asked<'_>) -> (Rows, Vec<(CircleId, Section)>) {
    let circle = Circle::new(read);
    let rows = list.rows(&circle, asked);
    let given = list.given(read, rows.len());
    ((circle.client(), rows), given)
}
