//! What was put off: until when, by whom and why, to be brought back.

use opstap_core::model::{AttentionAct, AttentionMark};
use opstap_view::prelude::*;

use super::client::Asking;
use super::marks;
use super::row::{Rows, row};
use crate::components::{Button, EmptyState, Icon, Size, changing};
use crate::dates::{near_today, on_day};
use crate::device::{self, Reader};
use crate::stories;
use crate::words::{Text, following};

/// The list.
pub(super) fn put_off(all: Memo<Vec<Asking>>, rows: Rows) -> AnyView {
    let none = Memo::new(move |_| all.with(Vec::is_empty));
    changing(move || {
        if none.get() {
            return view! { <EmptyState picture="check-mark-button" sentence=following::NOTHING_PUT_OFF /> }.into_any();
        }
        view! {
            <ul class="list">
                <For each=move || all.get() key=|one| [one.key(), one.until.map(|day| day.0.to_string()).unwrap_or_default()].concat() children=move |one| put_off_row(one, rows) />
            </ul>
        }
        .into_any()
    })
}

fn put_off_row(asking: Asking, rows: Rows) -> AnyView {
    let until = asking.until.map(|until| near_today(on_day(until)));
    let until = Text::live(move || until.as_ref().map(|day| following::until_day(day.get()).get()).unwrap_or_default());
    let reason = reason(&asking);
    let back = asking.clone();
    let end = view! {
        <span class="ask-reason">
            <b>{until}</b> " " {reason}
        </span>
        <Button text=following::BRING_BACK icon=Icon::UNDO size=Size::Tool tap=move || marks::bring_back(&back) />
    };
    row(asking, rows, Some(end.into_any()))
}

/// Why, in the words of whoever put it off.
fn reason(asking: &Asking) -> Text {
    let (rule, about) = (asking.asks.rule, asking.asks.about);
    let said = device::watch(asking.client.circle, move |reader: Reader| async move {
        let all = reader.all::<AttentionMark>().await.into_iter();
        let of_it = all.filter(|mark| {
            let mark = &mark.value;
            (mark.rule, mark.about, mark.act) == (rule, about, AttentionAct::Later)
        });
        let newest = of_it.max_by_key(|mark| mark.value.at)?;
        let members = stories::members(&reader).await;
        let by = newest.author.map(|author| stories::name_of(&members, author)).unwrap_or_default();
        Some((by, newest.value.word?))
    });
    Text::live(move || match said.get().flatten() {
        Some((by, why)) if by.is_empty() => following::reason_from(why).get(),
        Some((by, why)) => following::reason_of(by, why).get(),
        None => String::new(),
    })
}
