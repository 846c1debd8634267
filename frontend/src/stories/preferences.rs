//! How the companion is for one client.

use opstap_core::CircleId;
use opstap_core::model::Preferences;
use opstap_view::prelude::*;

use crate::device::{self, Entry, Reader};

/// The record that counts. Of two that were made apart all devices take the same.
pub async fn one(reader: &Reader) -> Option<Entry<Preferences>> {
    reader.all::<Preferences>().await.into_iter().min_by_key(|entry| entry.id)
}

/// What it says now; the app as it is for everybody until that is read, and where nothing was settled on.
pub fn watch(circle: CircleId) -> Memo<Preferences> {
    let read = device::watch(circle, |reader| async move { one(&reader).await.map(|entry| entry.value) });
    Memo::new(move |_| read.get().flatten().unwrap_or(Preferences::NONE))
}
