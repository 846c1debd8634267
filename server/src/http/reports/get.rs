//! `GET /api/reports/{file}`: a report such as `hours.csv` or `effect.html`. Hours and effect are over the clients of whom whoever asks may read
//! it at that moment, logged for the clients as a pull is; following, which names no client, is for coordinators and over the organisation.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use opstap_core::access::Section;
use opstap_core::model::{CircleKind, OrganisationRole};
use opstap_core::{CircleId, Day, Kind};
use opstap_sync_server::service::{CircleRead, Reach, Session};
use opstap_sync_server::{Clock as _, Storage as _};
use serde::Deserialize;

use crate::guidance::instruments::Instruments;
use crate::guidance::report::{Client, EffectReport, FollowingReport, HoursReport, Words, followed, in_order_of_name};
use crate::http::asked::{days, language};
use crate::http::error::Problem;
use crate::http::programme::file;
use crate::http::signed_in::SignedIn;
use crate::http::state::App;
use crate::lists::{Local, Period};
use crate::settings::ReportFormat;
use crate::world::SystemClock;

const EXPECTED: &str = "from and until as YYYY-MM-DD, from not after until, language nl or en";
const OF_HOURS: [Kind; 3] = [Kind::Member, Kind::TimeSpent, Kind::Grant];
const OF_EFFECT: [Kind; 4] = [Kind::Member, Kind::DomainGoal, Kind::Measurement, Kind::DomainAnswer];

/// Over which days, and in which language.
#[derive(Deserialize)]
pub struct Wanted {
    from: Option<String>,
    until: Option<String>,
    language: Option<String>,
}

/// What a report is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum On {
    Hours,
    Effect,
    Following,
}

/// How it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// As the command writes it.
    Written(ReportFormat),
    /// As the tables that it has, for the app.
    Sheet,
}

impl Form {
    fn named(name: &str) -> Option<(Self, &'static str, &'static str)> {
        Some(match name {
            "txt" => (Self::Written(ReportFormat::Text), "txt", "text/plain; charset=utf-8"),
            "csv" => (Self::Written(ReportFormat::Csv), "csv", "text/csv; charset=utf-8"),
            "json" => (Self::Written(ReportFormat::Json), "json", "application/json"),
            "html" => (Self::Written(ReportFormat::Html), "html", "text/html; charset=utf-8"),
            "sheet" => (Self::Sheet, "json", "application/json"),
            _ => return None,
        })
    }
}

/// Gives the report.
#[utoipa::path(
    get,
    path = "/api/reports/{file}",
    responses((status = 200, description = "The report hours, effect or following: as lines for people (txt), a table (csv), JSON (json), a page to print (html), or the tables that an app shows (sheet)", body = String, content_type = "text/plain")),
    params(("from" = Option<String>, Query, description = "From which day on, YYYY-MM-DD"), ("until" = Option<String>, Query, description = "Up to which day, YYYY-MM-DD"), ("language" = Option<String>, Query, description = "nl or en"))
)]
pub async fn get(
    State(app): State<App>,
    SignedIn { session, .. }: SignedIn,
    Path(name): Path<String>,
    wanted: Result<Query<Wanted>, QueryRejection>,
) -> Result<Response, Problem> {
    let (name, form) = name.rsplit_once('.').ok_or(Problem::NoSuchAddress)?;
    let role = session.person.role;
    let is_professional = role >= OrganisationRole::Professional;
    let (on, may) = match name {
        "hours" => (On::Hours, is_professional),
        "effect" => (On::Effect, is_professional),
        "following" => (On::Following, role.sees_whether_following_is_used()),
        _ => return Err(Problem::NoSuchAddress),
    };
    let (form, ending, media) = Form::named(form).ok_or(Problem::NoSuchAddress)?;
    if !may || session.revoked {
        return Err(Problem::NotAllowed);
    }
    let Query(wanted) = wanted.map_err(|_| Problem::BodyNotUnderstood(EXPECTED))?;
    let Period { from, until } = days(wanted.from.as_deref(), wanted.until.as_deref(), EXPECTED)?;
    let words = Words::of(language(wanted.language.as_deref(), EXPECTED)?).map_err(Problem::trouble)?;
    let asked = Asked { form, period: (from, until), words: Arc::new(words) };
    let told = match on {
        On::Hours | On::Effect => of_clients(&app, session, on, asked).await?,
        On::Following => of_following(&app, session, asked).await?,
    };
    Ok(file(&["opstap-", name].concat(), ending, media, told.into_bytes()))
}

/// What is asked for.
#[derive(Clone)]
struct Asked {
    form: Form,
    period: (Option<Day>, Option<Day>),
    words: Arc<Words>,
}

async fn organisation(app: &App, session: Session) -> Result<String, Problem> {
    let all = app.service.storage().read(move |snapshot| snapshot.organisations()).await.map_err(Problem::trouble)?;
    Ok(all.into_iter().find(|one| one.id == session.organisation).map(|one| one.name).unwrap_or_default())
}

/// A report over clients, a circle read at a time, and made beside what serves others: a year of a client is thousands of records.
async fn of_clients(app: &App, session: Session, on: On, asked: Asked) -> Result<String, Problem> {
    let kinds: &'static [Kind] = if on == On::Hours { &OF_HOURS } else { &OF_EFFECT };
    let name = organisation(app, session).await?;
    let (mut clients, mut sections) = (Vec::new(), BTreeMap::new());
    for circle in app.service.read_circles(session, Reach::All, &[]).await? {
        if circle.kind != CircleKind::Client {
            continue;
        }
        for read in app.service.read_circles(session, Reach::Circle(circle.circle), kinds).await? {
            sections.insert(read.circle, sections_of(&read));
            clients.push(Client::read(&read));
        }
    }
    let instruments = app.instruments().await?;
    let made = tokio::task::spawn_blocking(move || {
        in_order_of_name(&mut clients);
        told(on, &name, &clients, &instruments, &asked)
    });
    let (told, circles) = made.await.map_err(Problem::trouble)?.map_err(Problem::trouble)?;
    let given = circles.into_iter().flat_map(|circle| {
        let sections = sections.remove(&circle).unwrap_or_default();
        sections.into_iter().map(move |section| (circle, section))
    });
    let given: Vec<(CircleId, Section)> = given.collect();
    app.service.note_read(session, given).await?;
    Ok(told)
}

/// The report, and of which circles it tells anything.
fn told(
    on: On,
    organisation: &str,
    clients: &[Client],
    instruments: &Instruments,
    asked: &Asked,
) -> Result<(String, BTreeSet<CircleId>), serde_json::Error> {
    let Asked { form, period, words } = asked;
    if on == On::Hours {
        let report = HoursReport::of(organisation, clients, *period).for_one();
        let told = match form {
            Form::Written(format) => report.written(*format, words, false),
            Form::Sheet => report.sheet(words, false).as_json()?,
        };
        return Ok((told, report.circles()));
    }
    let report = EffectReport::of(organisation, clients, instruments.all(), *period).for_one();
    let told = match form {
        Form::Written(format) => report.written(*format, words),
        Form::Sheet => report.sheet(words).as_json()?,
    };
    Ok((told, report.circles()))
}

/// The sections that were read of a circle, but for who is in it.
fn sections_of(read: &CircleRead) -> BTreeSet<Section> {
    let told = read.records.iter().filter(|record| record.kind != Kind::Member);
    told.map(|record| Section::of(record.kind)).collect()
}

async fn of_following(app: &App, session: Session, asked: Asked) -> Result<String, Problem> {
    let name = organisation(app, session).await?;
    let read = followed(&app.service, session.organisation).await.map_err(Problem::trouble)?;
    let made = tokio::task::spawn_blocking(move || {
        let report = FollowingReport::of(&name, &read, asked.period, Local::of(SystemClock.now()).day);
        match asked.form {
            Form::Written(format) => Ok(report.written(format, &asked.words)),
            Form::Sheet => report.sheet(&asked.words).as_json(),
        }
    });
    made.await.map_err(Problem::trouble)?.map_err(Problem::trouble)
}
