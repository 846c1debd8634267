//! The last twelve weeks of a client, as a table with marks: rows are what was done, columns weeks, and the present week stands on paper.

use opstap_insight::Week;
use opstap_view::prelude::*;

use super::lately::{Lately, WeekTold};
use crate::components::desk::Table;
use crate::components::{FaceMark, Icon, face_word, icon};
use crate::words::{Word, following};

/// The table.
pub(super) fn weeks(lately: &Lately, this: Week) -> AnyView {
    let weeks = lately.weeks(this);
    let heads = weeks.iter().map(|(week, _)| {
        let now = (*week == this).then_some("date");
        view! { <th scope="col" class="c" aria-current=now>{week.number().1.to_string()}</th> }.into_any()
    });
    let heads = heads.collect_view();
    let row = |word: Word, cell: fn(&WeekTold) -> AnyView| {
        let cells = weeks.iter().map(|(week, told)| {
            let now = (*week == this).then_some("date");
            view! { <td class="c" aria-current=now>{cell(told)}</td> }.into_any()
        });
        view! { <tr><th scope="row">{word}</th>{cells.collect_view()}</tr> }.into_any()
    };
    let rows = [
        row(following::ROW_PLANS, plans),
        row(following::ROW_ONESELF, oneself),
        row(following::ROW_HELP, |told| counted(told.help, Icon::HAND, told.plans.1 > 0)),
        row(following::ROW_PRACTICES, |told| counted(told.practised, Icon::METRO, false)),
        row(following::ROW_ALONE, |told| counted(told.alone, Icon::WALK, false)),
        row(following::ROW_FACES, face),
        row(following::ROW_PHOTOS, |told| counted(told.photos, Icon::CAMERA, told.plans.1 > 0)),
    ];
    let rows = rows.into_iter().collect_view();
    view! {
        <div class="weeks">
            <Table caption=following::TWELVE_WEEKS quiet_caption=true>
                <thead><tr><th scope="col">{following::WEEK}</th>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </Table>
        </div>
    }
    .into_any()
}

/// "3/6" above a bar as high as how many were done; nothing was begun: a dash.
fn plans(told: &WeekTold) -> AnyView {
    let (done, all) = told.plans;
    if all == 0 {
        return "–".into_any();
    }
    let high = 2 * done.min(8);
    let bar = view! { <svg class="bar-of" width="18" height=high.to_string() aria-hidden="true"><rect width="18" height=high.to_string() /></svg> };
    view! { {following::done_slash(done, all)} {bar} }.into_any()
}

/// "80%" of the steps; a dash where of none it is known.
fn oneself(told: &WeekTold) -> AnyView {
    let (own, all) = told.oneself;
    let share = own.saturating_mul(100).checked_div(all);
    share.map_or_else(|| "–".into_any(), |share| [share.to_string().as_str(), "%"].concat().into_any())
}

/// A mark with how often. Where something could have been and was not, it is a zero.
fn counted(count: usize, mark: Icon, could_be: bool) -> AnyView {
    match (count, could_be) {
        (0, true) => "0".into_any(),
        (0, false) => "–".into_any(),
        (count, _) => view! { <span class="counted">{icon(mark)}{count}</span> }.into_any(),
    }
}

fn face(told: &WeekTold) -> AnyView {
    told.face.map_or_else(
        || "–".into_any(),
        |face| view! { <span title=face_word(face)><FaceMark face alone=true /></span> }.into_any(),
    )
}
