//! The stores on this browser: several people may share a phone, each with a store and a session of their own.

use js_sys::{Array, JSON};
use opstap_core::model::{OrganisationRole, Person};
use opstap_core::{DeviceId, PersonId};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Storage, Window};

use crate::asked_file::drop_files;
use crate::promise::{object, property};
use crate::rings::ring_by;
use crate::store::Store;

/// A store on this browser.
#[derive(Clone, PartialEq, Eq)]
pub struct KnownStore {
    /// The id it was paired with.
    pub id: DeviceId,
    /// Whose it is, as told when it was paired.
    pub person: Person,
    /// Their name, to choose by.
    pub name: String,
}

/// The name stays out of logs.
impl std::fmt::Debug for KnownStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KnownStore").field("id", &self.id).finish_non_exhaustive()
    }
}

const STORES: &str = "opstap-stores";
const CURRENT: &str = "opstap-current";

/// Whether the browser keeps even a list of stores: where it is told to keep nothing, there is none of it.
#[must_use]
pub fn keeps_notes() -> bool {
    local().is_some()
}

/// Every store on this browser, the one paired last at the end.
#[must_use]
pub fn stores() -> Vec<KnownStore> {
    let text = local().and_then(|local| local.get_item(STORES).ok().flatten());
    let list = text.and_then(|text| JSON::parse(&text).ok()).and_then(|list| list.dyn_into::<Array>().ok());
    list.map(|list| list.iter().filter_map(|row| read(&row)).collect()).unwrap_or_default()
}

/// Notes a store. A person has one on a browser: an earlier one of theirs is named no more, but not thrown away.
pub fn remember(store: &KnownStore) {
    let mut all = stores();
    all.retain(|known| known.person.id != store.person.id);
    all.push(store.clone());
    write(&all);
}

/// The store to open: the one this tab works with, or else the one chosen last on this browser, or else the only one.
#[must_use]
pub fn current() -> Option<KnownStore> {
    let all = stores();
    let chosen = |storage: Storage| storage.get_item(CURRENT).ok().flatten();
    let ids = [session().and_then(chosen), local().and_then(chosen)];
    let mut found = ids.iter().flatten().filter_map(|id| all.iter().find(|known| known.id.to_string() == *id));
    found.next().or(all.last()).cloned()
}

/// Makes a store the current one, in this tab and for the next start.
pub fn choose(id: DeviceId) {
    for storage in [session(), local()].into_iter().flatten() {
        // A full or forbidden storage costs a choice at the next start, no more.
        let _ = storage.set_item(CURRENT, &id.to_string());
    }
}

/// Throws a store away, with all that is in it and was not sent. Only for when the person or the server says so.
pub async fn forget(id: DeviceId) {
    let mut all = stores();
    all.retain(|known| known.id != id);
    write(&all);
    drop_files().await;
    // It names plans of whoever was signed in.
    ring_by(None);
    Store::delete(id).await;
}

fn write(all: &[KnownStore]) {
    let rows: Array = all
        .iter()
        .map(|store| {
            object([
                ("id", store.id.to_string().into()),
                ("person", store.person.id.to_string().into()),
                ("role", (store.person.role as u8).into()),
                ("name", store.name.as_str().into()),
            ])
        })
        .collect();
    if let (Some(local), Ok(text)) = (local(), JSON::stringify(&rows)) {
        // As above.
        let _ = local.set_item(STORES, &String::from(text));
    }
}

fn read(row: &JsValue) -> Option<KnownStore> {
    let text = |name| property(row, name).as_string();
    let person: PersonId = text("person")?.parse().ok()?;
    let role = property(row, "role").as_f64()?;
    let role = (0..=u8::MAX).find(|code| f64::from(*code) == role).and_then(OrganisationRole::from_code)?;
    Some(KnownStore { id: text("id")?.parse().ok()?, person: Person { id: person, role }, name: text("name")? })
}

pub fn local() -> Option<Storage> {
    web_sys::window().as_ref().map(Window::local_storage)?.ok()?
}

fn session() -> Option<Storage> {
    web_sys::window().as_ref().map(Window::session_storage)?.ok()?
}
