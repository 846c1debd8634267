//! A programme to and from files: the server writes and reads them, and tells in JSON what a file would change.

use js_sys::{Array, encode_uri_component};
use opstap_core::{CircleId, Millis};
use opstap_sync_client::TransportError;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, File};

use crate::http::{Call, Http};
use crate::promise::{property, settled};

/// What is asked of a large file may take this long, in milliseconds.
pub(crate) const PATIENCE: u32 = 60_000;

/// What importing a file would write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// How many rows of it are as they should be.
    pub rows: usize,
    /// How many of them are new.
    pub new: usize,
    /// How many would be changed.
    pub changed: usize,
    /// How many stand there as in the file.
    pub unchanged: usize,
    /// What becomes of those rows: the first of them.
    pub lines: Vec<RowToBe>,
    /// The first things in it that are not as they should be; nothing is imported when there are any.
    pub faults: Vec<FileFault>,
    /// How many those are.
    pub all_faults: usize,
    /// By which exactly this can be asked for.
    pub plan: String,
}

/// A row of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowToBe {
    /// The line of the file.
    pub line: usize,
    /// The name of the row.
    pub row: String,
    /// A code for what becomes of it: `changed`, `new` or `same`.
    pub becomes: String,
    /// What a new row says, and what changes of one that is there.
    pub cells: Vec<CellToBe>,
}

/// A cell of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellToBe {
    /// The column.
    pub column: String,
    /// What stands there; nothing in a new row.
    pub was: String,
    /// What the file says.
    pub says: String,
}

/// Something in a file that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileFault {
    /// The line, from 1; 0 for the file as a whole.
    pub line: usize,
    /// The column; empty for the line as a whole.
    pub column: String,
    /// A code for what was expected.
    pub expected: String,
    /// What belongs to that.
    pub with: Vec<String>,
    /// What stands there.
    pub found: String,
}

/// An import there was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastImport {
    /// Its name.
    pub name: String,
    /// When.
    pub at: Millis,
    /// By whom, by the name of the account.
    pub by: String,
    /// How many rows it made or changed.
    pub rows: usize,
    /// What taking it back would do.
    pub back: TakenBack,
}

/// What taking an import back does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TakenBack {
    /// How many rows go.
    pub gone: usize,
    /// How many are put back as they were.
    pub put_back: usize,
    /// How many stay, since somebody went on with them.
    pub stay: usize,
}

/// What came of importing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Imported {
    /// So many rows were written.
    Rows(usize),
    /// So many rows were written, and the others not: somebody changed them meanwhile.
    Part(usize),
    /// It would write something else by now than was shown.
    OtherThanShown,
}

impl Http {
    /// The name of the organisation whose programme it is.
    ///
    /// # Errors
    /// When the server could not be asked.
    pub async fn organisation(&self, programme: CircleId) -> Result<String, TransportError> {
        let call = Call::new("GET", &["/api/programme/", &programme.to_string()].concat()).of(self.id());
        text(&call.send().await?.good().await?.json().await?, "organisation").ok_or(TransportError::Unreadable)
    }

    /// A file that the server makes, by its address.
    ///
    /// # Errors
    /// When the server could not be asked, or does not give it.
    pub async fn made_file(&self, address: &str) -> Result<Blob, TransportError> {
        let call = Call::new("GET", address).of(self.id()).patience(PATIENCE);
        let made = call.send().await?.good().await?.blob()?;
        settled(made).await.map_err(|_| TransportError::Offline)
    }

    /// What importing this file would write. A file that is too large is one with one fault.
    ///
    /// # Errors
    /// When the server could not be asked.
    pub async fn check_import(&self, programme: CircleId, file: &File) -> Result<Checked, TransportError> {
        let reply = self.sent(programme, "imports/check", file).await?;
        if reply.status() == 413 {
            return Ok(too_large());
        }
        checked(&reply.good().await?.json().await?).ok_or(TransportError::Unreadable)
    }

    /// Imports a file as it was shown.
    ///
    /// # Errors
    /// When the server could not be asked.
    pub async fn import(&self, programme: CircleId, file: &File, plan: &str) -> Result<Imported, TransportError> {
        let name = file.name();
        let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
        let below = ["imports?plan=", plan, "&file=", &encoded(stem)].concat();
        let reply = self.sent(programme, &below, file).await?;
        if reply.status() == 409 {
            return Ok(Imported::OtherThanShown);
        }
        let told = reply.good().await?.json().await?;
        let how = if count(&told, "left").is_some_and(|left| left > 0) { Imported::Part } else { Imported::Rows };
        count(&told, "rows").map(how).ok_or(TransportError::Unreadable)
    }

    /// The imports there were, the newest first.
    ///
    /// # Errors
    /// When the server could not be asked.
    pub async fn imports(&self, programme: CircleId) -> Result<Vec<PastImport>, TransportError> {
        let told =
            Call::new("GET", &address(programme, "imports")).of(self.id()).send().await?.good().await?.json().await?;
        list(&told, past).ok_or(TransportError::Unreadable)
    }

    /// Takes an import back.
    ///
    /// # Errors
    /// When the server could not be asked.
    pub async fn undo_import(&self, programme: CircleId, name: &str) -> Result<TakenBack, TransportError> {
        let below = ["imports/", &encoded(name)].concat();
        let call = Call::new("DELETE", &address(programme, &below)).of(self.id()).patience(PATIENCE);
        back(&call.send().await?.good().await?.json().await?).ok_or(TransportError::Unreadable)
    }

    async fn sent(&self, programme: CircleId, below: &str, file: &File) -> Result<crate::http::Reply, TransportError> {
        Call::new("POST", &address(programme, below)).of(self.id()).patience(PATIENCE).body(file).send().await
    }
}

fn address(programme: CircleId, below: &str) -> String {
    ["/api/programme/", &programme.to_string(), "/", below].concat()
}

fn encoded(text: &str) -> String {
    encode_uri_component(text).into()
}

fn too_large() -> Checked {
    let fault = FileFault {
        line: 0,
        column: String::new(),
        expected: "a-smaller-file".to_owned(),
        with: Vec::new(),
        found: String::new(),
    };
    Checked {
        rows: 0,
        new: 0,
        changed: 0,
        unchanged: 0,
        lines: Vec::new(),
        faults: vec![fault],
        all_faults: 1,
        plan: String::new(),
    }
}

fn checked(told: &JsValue) -> Option<Checked> {
    Some(Checked {
        rows: count(told, "rows")?,
        new: count(told, "new")?,
        changed: count(told, "changed")?,
        unchanged: count(told, "unchanged")?,
        lines: list(&property(told, "lines"), |one| {
            let cells = list(&property(one, "cells"), |cell| {
                Some(CellToBe { column: text(cell, "column")?, was: text(cell, "was")?, says: text(cell, "says")? })
            })?;
            Some(RowToBe { line: count(one, "line")?, row: text(one, "row")?, becomes: text(one, "becomes")?, cells })
        })?,
        faults: list(&property(told, "faults"), |one| {
            Some(FileFault {
                line: count(one, "line")?,
                column: text(one, "column")?,
                expected: text(one, "expected")?,
                with: list(&property(one, "with"), JsValue::as_string)?,
                found: text(one, "found")?,
            })
        })?,
        all_faults: count(told, "all_faults")?,
        plan: text(told, "plan")?,
    })
}

fn past(told: &JsValue) -> Option<PastImport> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "`as` saturates, and a moment is whole"
    )]
    let at = Millis(property(told, "at").as_f64()? as u64);
    Some(PastImport {
        name: text(told, "name")?,
        at,
        by: text(told, "by")?,
        rows: count(told, "rows")?,
        back: back(told)?,
    })
}

fn back(told: &JsValue) -> Option<TakenBack> {
    Some(TakenBack { gone: count(told, "gone")?, put_back: count(told, "put_back")?, stay: count(told, "stay")? })
}

pub(crate) fn text(told: &JsValue, name: &str) -> Option<String> {
    property(told, name).as_string()
}

pub(crate) fn count(told: &JsValue, name: &str) -> Option<usize> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "`as` saturates, and the server counts"
    )]
    property(told, name).as_f64().map(|count| count as usize)
}

pub(crate) fn list<T>(told: &JsValue, read: impl Fn(&JsValue) -> Option<T>) -> Option<Vec<T>> {
    let told: &Array = told.dyn_ref()?;
    let mut all = Vec::new();
    for one in told.iter() {
        all.push(read(&one)?);
    }
    Some(all)
}
