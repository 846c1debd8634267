//! Keeping an edit, said in a sentence with a way back.

use leptos::task::spawn_local;
use opstap_core::{Change, CircleId};

use crate::components::{Toast, show_toast};
use crate::device;
use crate::pages::shared::{not_kept, undoing};
use crate::words::Text;

/// Keeps an edit. The message gives a way back to what the records held before.
pub fn keep(circle: CircleId, changes: Vec<Change>, said: Text) {
    spawn_local(async move {
        let did = undoing::about_to(circle, &changes).await;
        let toast = match device::edit(circle, changes).await {
            Err(why) => Toast::new(not_kept(why)),
            Ok(()) => Toast::new(said).with_undo(move || spawn_local(undoing::put_back(circle, did.clone()))),
        };
        show_toast(toast);
    });
}
