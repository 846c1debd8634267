//! Keeping an edit, said in a sentence with a way back.

use leptos::task::spawn_local;
use opstap_core::{Change, CircleId};

use crate::components::{Toast, show_toast};
use crate::device;
use crate::pages::shared::{not_kept, undoing};
use crate::words::Text;

/// Keeps an edit. The message gives a way back to what the records held before.
pub fn keep(circle: CircleId, changes: Vec<Change>, said: Text) {
    keep_or_undo(circle, changes, said, || async {});
}

/// The same; once it is taken back, `undone` follows.
pub(super) fn keep_or_undo<R: Future<Output = ()> + 'static>(
    circle: CircleId,
    changes: Vec<Change>,
    said: Text,
    undone: impl Fn() -> R + Clone + 'static,
) {
    spawn_local(async move {
        let did = undoing::about_to(circle, &changes).await;
        let undo = move || {
            let (did, undone) = (did.clone(), undone.clone());
            spawn_local(async move {
                undoing::put_back(circle, did).await;
                undone().await;
            });
        };
        let toast = match device::edit(circle, changes).await {
            Err(why) => Toast::new(not_kept(why)),
            Ok(()) => Toast::new(said).with_undo(undo),
        };
        show_toast(toast);
    });
}
