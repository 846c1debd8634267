//! Who did what, with what stood there before and after.

use opstap_core::history::{PastCell, PastChange};
use opstap_core::{CircleId, PersonId, RecordId};
use opstap_view::prelude::*;

use crate::components::{Icon, Person, PersonSize, icon};
use crate::device;
use crate::pages::shared::value_view;
use crate::stories::deeds::{self, Names};
use crate::words::past;

/// What sentences about these records need, anew whenever they or the circle change.
pub(super) fn names_of(circle: CircleId, about: Signal<Vec<RecordId>>) -> Signal<Option<Names>> {
    device::watch(circle, move |reader| deeds::names(reader, about.get()))
}

/// The sentences of an edit beside the face of who made it; nothing when there is nothing to say.
pub(super) fn deeds_view(
    circle: CircleId,
    names: &Names,
    by: Option<PersonId>,
    changes: &[PastChange],
) -> Option<AnyView> {
    let who = names.who(by);
    let mut told = Vec::new();
    for deed in names.deeds(changes) {
        let says = deed.says(&who);
        told.push(view! { <p class="strong">{says}</p> }.into_any());
        told.extend(deed.cell.map(|cell| values(circle, &cell)));
    }
    if told.is_empty() {
        return None;
    }
    let face = view! { <Person name=names.name(by) size=PersonSize::Small /> };
    Some(view! { <div class="row deeds">{face}<div class="fill stack">{told}</div></div> }.into_any())
}

fn values(circle: CircleId, cell: &PastCell) -> AnyView {
    let now = value_view(circle, &cell.name, &cell.set);
    if cell.was.is_nothing() {
        return now;
    }
    view! {
        <div class="row">
            <span class="for-voice">{past::BEFORE}</span>
            {value_view(circle, &cell.name, &cell.was)}
            <div class="row after">{icon(Icon::FORWARD)} <span class="for-voice">{past::AFTER}</span> {now}</div>
        </div>
    }
    .into_any()
}
