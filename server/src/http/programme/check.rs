//! `POST /api/programme/{circle}/imports/check`: what importing a file would write, row by row, and each fault in it by line and column.
//! Nothing is written.

use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, State};
use opstap_core::BlobHash;
use serde::Serialize;
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

use crate::exchange::acts::without_name;
use crate::exchange::grid::{MOST_LINES, Unreadable};
use crate::exchange::plan::{ImportPlan, plan};
use crate::exchange::read::{FileFault, Held};
use crate::exchange::shown::{MOST_SHOWN, Row, rows_shown};
use crate::http::error::Problem;
use crate::http::programme::{office, rows_of};
use crate::http::signed_in::SignedIn;
use crate::http::state::App;

/// What importing the file would do.
#[derive(Default, Serialize, ToSchema)]
pub struct Checked {
    /// How many rows of it are as they should be.
    rows: usize,
    /// How many would be made.
    new: usize,
    /// How many would be changed.
    changed: usize,
    /// How many stand there as in the file.
    unchanged: usize,
    /// What becomes of each of those rows: the first of what changes, then of what is new, then of what stays.
    lines: Vec<Row>,
    /// What is not as it should be; the first of it. When there is any, nothing of the file is imported.
    faults: Vec<Told>,
    /// How many faults those are.
    all_faults: usize,
    /// By which the import can be asked for: exactly what was shown is written.
    plan: String,
}

/// A fault.
#[derive(Serialize, ToSchema)]
struct Told {
    /// The line of the file, from 1; 0 for a fault of the file as a whole.
    line: u64,
    /// The column; empty for a fault of the line as a whole.
    column: &'static str,
    /// A code for what was expected.
    expected: &'static str,
    /// What belongs to that.
    with: Vec<String>,
    /// What stands there.
    found: String,
}

/// Checks it.
#[utoipa::path(
    post,
    path = "/api/programme/{circle}/imports/check",
    request_body(content = Vec<u8>, content_type = "application/octet-stream", description = "The file"),
    responses((status = 200, body = Checked))
)]
pub async fn post(
    State(app): State<App>,
    signed_in: SignedIn,
    Path(circle): Path<String>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<Checked>, Problem> {
    let office = office(&app, signed_in.session, &circle).await?;
    let held = match rows_of(body).await? {
        Ok(held) => held,
        Err(why) => return Ok(Json(Checked { faults: vec![whole(&why)], all_faults: 1, ..Checked::default() })),
    };
    let records = office.records().await?;
    let Held { rows, faults, .. } = held.beside(&records);
    let plan = plan(office.organisation.id, &rows, &records, "");
    Ok(Json(Checked {
        rows: rows.len(),
        new: plan.new.len(),
        changed: plan.changed_rows,
        unchanged: plan.unchanged,
        lines: rows_shown(&rows, &plan),
        faults: faults.iter().take(MOST_SHOWN).map(told).collect(),
        all_faults: faults.len(),
        // Nothing of a file with a fault can be asked for.
        plan: if faults.is_empty() { digest(&plan) } else { String::new() },
    }))
}

fn told(fault: &FileFault) -> Told {
    Told {
        line: fault.line,
        column: fault.column.unwrap_or_default(),
        expected: fault.expected.code(),
        with: fault.expected.with(),
        found: fault.found.clone(),
    }
}

/// A file that is not read at all.
fn whole(why: &Unreadable) -> Told {
    let (line, expected, with) = match why {
        Unreadable::NotText(line) => (*line, "text", Vec::new()),
        Unreadable::Spreadsheet(_) => (0, "a-spreadsheet", Vec::new()),
        Unreadable::TooMuchUnpacked => (0, "a-smaller-file", Vec::new()),
        Unreadable::TooLong => (0, "fewer-lines", vec![MOST_LINES.to_string()]),
    };
    Told { line, column: "", expected, with, found: String::new() }
}

/// What stands for all that an import would do, and for what is there before: when somebody wrote in the programme since it was shown, or the
/// file is another, it may be another.
pub fn digest(plan: &ImportPlan) -> String {
    let mut hash = Sha256::new();
    let mut add = |bytes: &[u8]| {
        hash.update((bytes.len() as u64).to_be_bytes());
        hash.update(bytes);
    };
    // Under which name it is written comes out only then.
    plan.acts.iter().for_each(|act| add(&without_name(act)));
    for cell in &plan.changed {
        [&cell.number, cell.column, &cell.was, &cell.becomes].into_iter().for_each(|text| add(text.as_bytes()));
    }
    BlobHash(hash.finalize().into()).to_string()
}
