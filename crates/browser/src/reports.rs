//! Reports that the server makes, as tables to be shown.

use opstap_sync_client::TransportError;
use wasm_bindgen::JsValue;

use crate::exchange::{PATIENCE, count, list, text};
use crate::http::{Call, Http};
use crate::promise::property;

/// A report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportSheet {
    /// What it is called.
    pub title: String,
    /// What is to be known before the tables.
    pub about: Vec<String>,
    /// The tables.
    pub tables: Vec<ReportTable>,
}

/// A table of a report. The first cell of a row says what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportTable {
    /// What it shows.
    pub caption: String,
    /// What stands over several columns, each with over how many; empty where nothing does.
    pub groups: Vec<(String, usize)>,
    /// The names of the columns.
    pub head: Vec<String>,
    /// The rows, each with as many cells as there are columns.
    pub rows: Vec<Vec<String>>,
    /// The row over all others; empty where there is none.
    pub overall: Vec<String>,
    /// What is to be known of it.
    pub notes: Vec<String>,
    /// Whether the cells after the first are numbers.
    pub is_numbers: bool,
}

impl Http {
    /// A report, by the address of its tables.
    ///
    /// # Errors
    /// When the server could not be asked, or does not give it.
    pub async fn report(&self, address: &str) -> Result<ReportSheet, TransportError> {
        let call = Call::new("GET", address).of(self.id()).patience(PATIENCE);
        sheet(&call.send().await?.good().await?.json().await?).ok_or(TransportError::Unreadable)
    }
}

fn sheet(told: &JsValue) -> Option<ReportSheet> {
    let tables = list(&property(told, "tables"), table)?;
    Some(ReportSheet { title: text(told, "title")?, about: texts(told, "about")?, tables })
}

fn table(told: &JsValue) -> Option<ReportTable> {
    let group = |one: &JsValue| Some((text(one, "0")?, count(one, "1")?));
    Some(ReportTable {
        caption: text(told, "caption")?,
        groups: list(&property(told, "groups"), group)?,
        head: texts(told, "head")?,
        rows: list(&property(told, "rows"), |row| list(row, JsValue::as_string))?,
        overall: texts(told, "overall").unwrap_or_default(),
        notes: texts(told, "notes")?,
        is_numbers: property(told, "is_numbers").as_bool()?,
    })
}

fn texts(told: &JsValue, name: &str) -> Option<Vec<String>> {
    list(&property(told, name), JsValue::as_string)
}
