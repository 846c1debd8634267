//! What stands in a file that somebody chose or that comes with the app, read as JSON by the browser: it has a reader, and a second would be
//! loaded for nothing.

use std::collections::BTreeMap;
use std::sync::Arc;

use js_sys::{Array, Object, Reflect};
use opstap_core::instrument::{self, Instrument};
use opstap_core::plan_format::{PlanFile, PlanFileError, Tree, check_size, parse_tree};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Why a file gives no plan.
pub enum NotOpened {
    /// The device can not read it.
    Unreadable,
    /// It is no plan.
    NoPlan(PlanFileError),
}

/// Reads a file as a plan.
///
/// # Errors
/// Why it gives none; nothing of it is used then.
pub async fn open_plan_file(file: &web_sys::File) -> Result<PlanFile, NotOpened> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a file has a whole number of bytes, from 0 on"
    )]
    check_size(file.size() as usize).map_err(NotOpened::NoPlan)?;
    let text = JsFuture::from(file.text()).await.map_err(|_| NotOpened::Unreadable)?;
    let damaged = PlanFileError::Damaged { line: 0, column: 0 };
    let json = js_sys::JSON::parse(&text.as_string().unwrap_or_default()).map_err(|_| NotOpened::NoPlan(damaged))?;
    parse_tree(Json(json)).map_err(NotOpened::NoPlan)
}

/// Reads an instrument that comes with the app; nothing where it does not hold.
#[must_use]
pub fn instrument(bytes: &[u8]) -> Option<Instrument> {
    let json = js_sys::JSON::parse(std::str::from_utf8(bytes).ok()?).ok()?;
    instrument::parse_tree(Json(json)).ok()
}

/// Reads a list of instruments; those that do not hold are left out.
#[must_use]
pub fn instruments(text: &str) -> Arc<[Instrument]> {
    let list = js_sys::JSON::parse(text).ok().and_then(|list| Json(list).list()).unwrap_or_default();
    list.into_iter().filter_map(|one| instrument::parse_tree(one).ok()).collect()
}

/// A value as the browser read it.
struct Json(JsValue);

impl Tree for Json {
    type Fields = Object;

    fn fields(self) -> Option<Object> {
        let is_object = self.0.is_object() && !Array::is_array(&self.0);
        is_object.then(|| self.0.unchecked_into())
    }

    fn take(fields: &mut Object, name: &str) -> Option<Self> {
        let name = JsValue::from_str(name);
        let value = Reflect::get(fields, &name).ok().filter(|value| !value.is_undefined())?;
        let _ = Reflect::delete_property(fields, &name);
        Some(Self(value))
    }

    fn text(self) -> Option<String> {
        self.0.as_string()
    }

    fn list(self) -> Option<Vec<Self>> {
        Array::is_array(&self.0).then(|| self.0.unchecked_into::<Array>().iter().map(Self).collect())
    }

    fn whole(&self) -> Option<u64> {
        let number = self.0.as_f64().filter(|number| *number >= 0.0 && number.fract() == 0.0)?;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is whole and not below 0")]
        Some(number as u64)
    }

    fn others(fields: Object) -> Option<BTreeMap<String, String>> {
        Object::values(&fields).iter().all(|text| text.is_string()).then(BTreeMap::new)
    }

    fn extra(_: Object) -> opstap_core::plan_format::Extra {
        opstap_core::plan_format::Extra::default()
    }
}
