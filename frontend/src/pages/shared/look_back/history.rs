//! The history of a record and of what is below it: per edit who did what when, and one tap that undoes it.

use leptos::task::spawn_local;
use opstap_core::history::{PastEdit, undo};
use opstap_core::{Change, CircleId, RecordId};
use opstap_view::prelude::*;

use super::deed_view::deeds_view;
use crate::components::{Bones, Button, EmptyState, Icon, LoadingBones, Size, Toast, changing, show_toast};
use crate::dates::{moment, near_moment};
use crate::device::{self, Asked};
use crate::pages::shared::not_now;
use crate::pages::shared::plan_editor::not_kept;
use crate::stories::deeds::{self, Names};
use crate::words::past;

/// The list. The server is asked when it opens, and again once what was done here is sent.
#[component]
pub fn History(circle: CircleId, record: RecordId) -> impl IntoView {
    let asked = RwSignal::new(None::<Asked<Vec<PastEdit>>>);
    let ask = move || {
        spawn_local(async move {
            let answer = device::history(circle, record).await;
            let _ = asked.try_update(|asked| match (&asked, &answer) {
                // What was told stays true while the network is gone.
                (Some(Asked::Told(_)), Asked::NotNow) => {}
                _ => *asked = Some(answer),
            });
        });
    };
    let state = device::state();
    let all_sent = Memo::new(move |_| state.get().waiting == 0);
    Effect::new(move |_| {
        all_sent.track();
        ask();
    });
    let names = device::watch(circle, move |reader| {
        let about: Vec<RecordId> = match asked.get() {
            Some(Asked::Told(edits)) => edits.iter().flat_map(|edit| &edit.changes).map(|one| one.record).collect(),
            _ => Vec::new(),
        };
        async move { deeds::names(&reader, about.into_iter()).await }
    });
    changing(move || match (asked.get(), names.get()) {
        (None, _) | (Some(_), None) => view! { <LoadingBones shape=Bones::Rows(5) /> }.into_any(),
        (Some(Asked::NotNow), _) => not_now(ask),
        (Some(Asked::NotThere), _) => view! { <EmptyState picture="memo" sentence=past::NOT_THERE /> }.into_any(),
        (Some(Asked::Told(edits)), Some(names)) => list(circle, &edits, &names),
    })
}

fn list(circle: CircleId, edits: &[PastEdit], names: &Names) -> AnyView {
    let rows: Vec<AnyView> = edits.iter().filter_map(|edit| row(circle, edit, edits, names)).collect();
    if rows.is_empty() {
        return view! { <EmptyState picture="memo" sentence=past::NO_HISTORY /> }.into_any();
    }
    view! { <p class="soft">{past::HISTORY_MEANS}</p><ul class="stack">{rows}</ul> }.into_any()
}

fn row(circle: CircleId, edit: &PastEdit, edits: &[PastEdit], names: &Names) -> Option<AnyView> {
    let deeds = deeds_view(circle, names, edit.by, &edit.changes)?;
    let back = undo(edits, edit.stamp, |id| names.records.get(&id));
    let button = (!back.is_empty()).then(|| {
        view! { <Button text=past::UNDO icon=Icon::UNDO size=Size::Tool tap=move || put_back(circle, back.clone()) /> }
    });
    let when = near_moment(moment(edit.stamp.millis), moment(device::now()));
    Some(
        view! {
            <li class="version" data-past="">
                {deeds}
                <div class="row"><span class="fill soft small">{when}</span>{button}</div>
            </li>
        }
        .into_any(),
    )
}

/// Keeps the edit that puts something back, and says so.
pub(super) fn put_back(circle: CircleId, changes: Vec<Change>) {
    spawn_local(async move {
        let says = match device::edit(circle, changes).await {
            Ok(()) => past::IS_PUT_BACK,
            Err(why) => not_kept(why),
        };
        show_toast(Toast::new(says));
    });
}
