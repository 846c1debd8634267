//! Keeping an edit, said in a sentence with a way back.

use leptos::task::spawn_local;
use opstap_core::model::delete;
use opstap_core::{Change, CircleId, PersonId, RecordId};
use opstap_view::prelude::*;

use crate::components::{Button, Icon, Size, Toast, show_toast};
use crate::device;
use crate::pages::shared::{not_kept, undoing};
use crate::words::{Text, care};

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

/// Keeps what reaches several circles, an edit for each, with one way back for all; tells whether all of it was kept. What one circle does not
/// take keeps nothing from the others.
pub async fn keep_in_circles(edits: Vec<(CircleId, Vec<Change>)>, said: Text) -> bool {
    let (mut did, mut not_all) = (Vec::new(), None);
    for (circle, changes) in edits {
        let about = undoing::about_to(circle, &changes).await;
        match device::edit(circle, changes).await {
            Ok(()) => did.push((circle, about)),
            Err(why) => not_all = Some(why),
        }
    }
    let undo = move || {
        let did = did.clone();
        spawn_local(async move { undoing::put_back_in_circles(did).await });
    };
    let toast = match not_all {
        Some(why) => Toast::new(not_kept(why)),
        None => Toast::new(said).with_undo(undo),
    };
    show_toast(toast);
    not_all.is_none()
}

/// For whoever wrote something down: the way to take it away again, should it be a mistake. `then` follows at once.
pub fn taking_away(
    circle: CircleId,
    (record, author): (RecordId, Option<PersonId>),
    then: impl Fn() + 'static,
) -> Option<AnyView> {
    let mine = author.is_some() && author == device::me().map(|me| me.id);
    mine.then(|| {
        let tap = move || {
            keep(circle, vec![delete(record)], care::WRITTEN_TAKEN_AWAY.into());
            then();
        };
        view! { <Button text=care::TAKE_AWAY icon=Icon::TRASH size=Size::Tool tap /> }.into_any()
    })
}
