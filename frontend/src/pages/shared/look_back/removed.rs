//! "Weggehaald": the plans and routes, and parts of them, that somebody removed and that can still be put back.

use opstap_core::history::restorable;
use opstap_core::model::restore;
use opstap_core::{CircleId, Kind, Millis, PersonId, RecordId};
use opstap_view::prelude::*;

use super::history::put_back;
use crate::components::{Bones, Button, EmptyState, Icon, LoadingBones, Size, changing};
use crate::dates::{day_and_month, moment, near_moment};
use crate::device::{self, Reader};
use crate::stories::deeds::{self, Names};
use crate::words::{Text, past};

/// What can be removed on the screens of today.
const KINDS: [Kind; 5] = [Kind::Plan, Kind::Step, Kind::Route, Kind::Part, Kind::Goal];

/// Something that was removed.
#[derive(Clone, PartialEq)]
pub struct Gone {
    id: RecordId,
    parent: Option<RecordId>,
    by: Option<PersonId>,
    at: Millis,
    until: Millis,
}

/// What can be put back, removed last first. What lies in something that was removed itself comes back with it.
pub async fn gone(reader: Reader) -> Vec<Gone> {
    let now = device::now();
    let mut found = Vec::new();
    for kind in KINDS {
        for record in reader.deleted(kind).await {
            let Some((stamp, until)) = restorable(&record, now) else { continue };
            let above = match record.parent {
                Some(parent) => reader.record(parent).await,
                None => None,
            };
            if above.is_none_or(|above| !above.is_deleted()) {
                let by = reader.person_of(stamp).await;
                found.push(Gone { id: record.id, parent: record.parent, by, at: stamp.millis, until });
            }
        }
    }
    found.sort_by_key(|gone| std::cmp::Reverse(gone.at));
    found
}

async fn read(reader: Reader) -> (Vec<Gone>, Names) {
    let gone = gone(reader).await;
    let about = gone.iter().flat_map(|gone| [Some(gone.id), gone.parent]).flatten();
    let names = deeds::names(&reader, about).await;
    (gone, names)
}

/// The list.
#[component]
pub fn Removed(circle: CircleId) -> impl IntoView {
    let read = device::watch(circle, read);
    changing(move || match read.get() {
        None => view! { <LoadingBones shape=Bones::Rows(3) /> }.into_any(),
        Some((gone, _)) if gone.is_empty() => {
            view! { <EmptyState picture="memo" sentence=past::NOTHING_GONE more=past::NOTHING_GONE_MORE /> }.into_any()
        }
        Some((gone, names)) => {
            let rows = gone.into_iter().map(|gone| row(circle, gone, &names)).collect_view();
            view! { <ul class="stack">{rows}</ul> }.into_any()
        }
    })
}

fn row(circle: CircleId, gone: Gone, names: &Names) -> AnyView {
    let Gone { id, parent, by, at, until } = gone;
    let (who, what) = (names.who(by), names.what(id, None).text());
    let says = Text::live(move || past::removed(who.clone(), what.get()).get());
    let (when, day) = (near_moment(moment(at), moment(device::now())), day_and_month(moment(until)));
    let within = parent.map(|parent| names.what(parent, None).text());
    let more = Text::live(move || match &within {
        Some(within) => past::restorable_within(when.get(), within.get(), day.get()).get(),
        None => past::restorable_until(when.get(), day.get()).get(),
    });
    // What else can be done with what was removed stands beside this one button.
    view! {
        <li class="version" data-gone=id.to_string()>
            <p class="strong">{says}</p>
            <p class="small soft">{more}</p>
            <div class="row">
                <Button text=past::UNDO icon=Icon::UNDO size=Size::Tool tap=move || put_back(circle, vec![restore(id)]) />
            </div>
        </li>
    }
    .into_any()
}
