//! Edits that the store could not take, as when a newer app has taken it over: laid aside in the browser's other storage, so that
//! whoever starts the app again has lost no letter.

use js_sys::{Array, Object};
use opstap_core::protocol::{decode_edit, encode_edit};
use opstap_core::{DeviceId, Edit};

use crate::stores::local;

/// Before the store's id; behind it comes the moment, so that they stay in order, and something drawn.
const ASIDE: &str = "opstap-aside-";

/// Lays an edit aside; says whether it could be.
#[must_use]
pub fn put_aside(store: DeviceId, edit: &Edit) -> bool {
    let key = [&of(store), &*edit.name.device.to_string()].concat();
    let text: String = encode_edit(edit).iter().map(|byte| char::from(*byte)).collect();
    local().is_some_and(|local| local.set_item(&key, &text).is_ok())
}

/// The keys of what was laid aside for a store, oldest first.
#[must_use]
pub fn laid_aside(store: DeviceId) -> Array {
    let aside = Array::new();
    if let Some(local) = local() {
        let of_this = of(store);
        for key in Object::keys(&local).sort().iter() {
            if key.as_string().is_some_and(|key| key.starts_with(&of_this)) {
                aside.push(&key);
            }
        }
    }
    aside
}

/// What was laid aside under a key; `None` if it cannot be read, and then it stays where it is.
#[must_use]
pub fn read_aside(key: &str) -> Option<Edit> {
    let text = local()?.get_item(key).ok()??;
    let bytes: Option<Vec<u8>> = text.chars().map(|one| u8::try_from(u32::from(one)).ok()).collect();
    decode_edit(&bytes?).ok()
}

/// The store has it now.
pub fn let_go_of(key: &str) {
    if let Some(local) = local() {
        let _ = local.remove_item(key);
    }
}

fn of(store: DeviceId) -> String {
    [ASIDE, &store.to_string(), "-"].concat()
}
