//! A row of what asks: a mark, a face, who, what happened when, one thing to do, and later.

use opstap_core::model::AttentionRule;
use opstap_insight::following::Group;
use opstap_view::prelude::*;

use super::super::place::DeskPlace;
use super::client::Asking;
use super::{marks, said};
use crate::components::{Appearance, Button, Icon, Person, icon};
use crate::navigation::go_to;
use crate::words::{Text, following, shared};

/// What the rows of a screen share.
#[derive(Clone, Copy)]
pub(super) struct Rows {
    /// The row that is shown beside.
    pub chosen: RwSignal<Option<String>>,
    /// What is being put off.
    pub putting_off: RwSignal<Option<Asking>>,
}

/// Where there is no room beside the rows, a row leads to the page of the client.
fn is_narrow() -> bool {
    let media = web_sys::window().and_then(|window| window.match_media("(max-width: 68.75rem)").ok().flatten());
    media.is_some_and(|media| media.matches())
}

/// The mark of what asks.
pub(super) fn mark_of(rule: AttentionRule) -> AnyView {
    let (mark, tone) = said::mark(rule);
    view! { <span class=format!("ask-mark {tone}") aria-hidden="true">{icon(mark)}</span> }.into_any()
}

/// What is to be done about it; it counts as having been looked at.
pub(super) fn action(asking: &Asking, primary: bool, wide: bool) -> AnyView {
    let (text, icon, tap) = said::action(asking);
    let seen = asking.clone();
    let tap = tap.after(move || marks::looked(&seen));
    let appearance = if primary { Appearance::Primary } else { Appearance::Quiet };
    match icon {
        Some(icon) => view! { <Button text icon appearance wide tap /> }.into_any(),
        None => view! { <Button text appearance wide tap /> }.into_any(),
    }
}

/// The row. `end` stands in the place of "Later" where it was put off already.
pub(super) fn row(asking: Asking, rows: Rows, end: Option<AnyView>) -> AnyView {
    let Rows { chosen, putting_off } = rows;
    let name = asking.client.name.clone();
    let (key, of_key) = (asking.key(), asking.key());
    let is_chosen = move || chosen.with(|chosen| chosen.as_ref() == Some(&of_key)).then_some("");
    let later = end.unwrap_or_else(|| {
        let (label, asking) = (following::later_of(name.clone()), asking.clone());
        let put_off = move |_| putting_off.set(Some(asking.clone()));
        view! {
            <button type="button" class="button quiet tool later" aria-label=label on:click=put_off>
                {icon(Icon::SNOOZE)} <span>{shared::LATER}</span>
            </button>
        }
        .into_any()
    });
    let opened = asking.clone();
    let circle = asking.client.circle;
    let open = move |_| {
        marks::looked(&opened);
        if is_narrow() {
            go_to(DeskPlace::Client(circle));
        }
    };
    view! {
        <li class="ask" data-row="" data-asks=asking.asks.rule.code() data-chosen=is_chosen on:focusin=move |_| chosen.set(Some(key.clone()))>
            {mark_of(asking.asks.rule)}
            <Person name=Signal::stored(name.clone()) />
            <button type="button" class="ask-words" on:click=open>
                <span><b>{Text::from(name)}</b> " " {said::what(&asking)}</span>
                <span class="soft small">{said::more(&asking)}</span>
            </button>
            {action(&asking, asking.asks.group == Group::Now, true)}
            {later}
        </li>
    }
    .into_any()
}
