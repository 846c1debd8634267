//! Keeping an edit, said in a sentence with a way back.

use leptos::task::spawn_local;
use opstap_core::{Change, CircleId};

use crate::components::{Toast, show_toast};
use crate::device;
use crate::pages::shared::not_kept;
use crate::words::{Text, past};

/// Keeps an edit. The message gives a way back, which keeps `back`.
pub fn keep(circle: CircleId, changes: Vec<Change>, back: Vec<Change>, said: Text) {
    spawn_local(async move {
        let toast = match device::edit(circle, changes).await {
            Err(why) => Toast::new(not_kept(why)),
            Ok(()) => Toast::new(said).with_undo(move || put_back(circle, back.clone())),
        };
        show_toast(toast);
    });
}

fn put_back(circle: CircleId, back: Vec<Change>) {
    spawn_local(async move {
        let says = match device::edit(circle, back).await {
            Ok(()) => past::IS_PUT_BACK,
            Err(why) => not_kept(why),
        };
        show_toast(Toast::new(says));
    });
}
