//! Who did what, with what stood there before and after.

use opstap_core::CircleId;
use opstap_core::history::{PastCell, PastChange};
use opstap_view::prelude::*;

use crate::components::{Icon, Person, PersonSize, icon};
use crate::pages::shared::plan_editor::value_view;
use crate::stories::deeds::{Deed, Names};
use crate::words::past;
use opstap_core::PersonId;

/// The sentences of an edit below the face of who made it; nothing when there is nothing to say.
pub(super) fn deeds_view(
    circle: CircleId,
    names: &Names,
    by: Option<PersonId>,
    changes: &[PastChange],
) -> Option<AnyView> {
    let who = names.who(by);
    let deeds = names.deeds(changes);
    if deeds.is_empty() {
        return None;
    }
    let told = deeds.into_iter().map(|deed| deed_view(circle, &who, deed)).collect_view();
    let face = view! { <Person name=who size=PersonSize::Small /> };
    Some(view! { <div class="row">{face}<div class="fill stack">{told}</div></div> }.into_any())
}

fn deed_view(circle: CircleId, who: &str, deed: Deed) -> AnyView {
    let values = deed.cell.as_ref().map(|cell| values(circle, cell));
    view! { <p class="strong">{deed.says(who.to_owned())}</p>{values} }.into_any()
}

fn values(circle: CircleId, cell: &PastCell) -> AnyView {
    let value = |value| value_view(circle, &cell.name, value);
    let before = (!cell.was.is_nothing()).then(|| {
        view! {
            <span class="for-voice">{past::BEFORE}</span>
            {value(&cell.was)}
            {icon(Icon::FORWARD)}
            <span class="for-voice">{past::AFTER}</span>
        }
    });
    view! { <div class="row">{before}{value(&cell.set)}</div> }.into_any()
}
