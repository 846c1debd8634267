//! Putting off what asks: until when, and why, which colleagues read. What is done already can be said here too.

use opstap_core::Day;
use opstap_view::prelude::*;

use super::client::Asking;
use super::row::Rows;
use super::{focus_row, marks};
use crate::components::{Appearance, Button, Choice, Dialog, Field, Icon, Segments};
use crate::dates::{as_date, day_of, from_date, moment};
use crate::device;
use crate::words::{Text, following};

/// Until when.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Until {
    Tomorrow,
    Week,
    Day,
}

fn today() -> Day {
    day_of(moment(device::now()))
}

/// The place of the row that stands beside.
fn place() -> Option<usize> {
    super::rows().iter().position(|row| row.has_attribute("data-chosen"))
}

/// The focus goes on to the row that takes the place of one that goes.
fn and_on_to_the_next(place: Option<usize>) {
    let Some(place) = place else { return };
    leptos::task::spawn_local(async move {
        // By then the dialog gave the focus back and the row went.
        gloo_timers::future::TimeoutFuture::new(300).await;
        focus_row(place);
    });
}

/// It is done: the row goes.
pub(super) fn done(asking: &Asking) {
    let place = place();
    marks::done(asking);
    and_on_to_the_next(place);
}

/// The dialog, open as long as something is being put off.
pub(super) fn putting_off(rows: Rows) -> AnyView {
    let shown = rows.putting_off;
    let open = Signal::derive(move || shown.with(Option::is_some));
    let title = Text::live(move || {
        let name = shown.with(|shown| shown.as_ref().map(|asking| asking.client.name.clone()));
        following::later_of(name.unwrap_or_default()).get()
    });
    view! {
        <Dialog open title on_close=move |()| shown.set(None)>
            {untrack(|| shown.get()).map(|asking| sheet(asking, shown))}
        </Dialog>
    }
    .into_any()
}

fn sheet(asking: Asking, shown: RwSignal<Option<Asking>>) -> AnyView {
    let until = RwSignal::new(Until::Tomorrow);
    let (day, why) = (RwSignal::new(as_date(today().on(2))), RwSignal::new(String::new()));
    let place = place();
    let chosen_day = move || match until.get() {
        Until::Tomorrow => Some(today().on(1)),
        Until::Week => Some(today().on(7)),
        Until::Day => from_date(&day.get()).filter(|day| *day > today()),
    };
    let ready = move || chosen_day().filter(|_| !why.with(|why| why.trim().is_empty()));
    let not_yet = Signal::derive(move || ready().is_none());
    let name = asking.client.name.clone();
    let of_done = asking.clone();
    let is_done = move || {
        shown.set(None);
        marks::done(&of_done);
        and_on_to_the_next(place);
    };
    let put_off = move || {
        let Some(until) = untrack(ready) else { return };
        shown.set(None);
        marks::put_off(&asking, until, why.get_untracked().trim().to_owned());
        and_on_to_the_next(place);
    };
    let choices = vec![
        Choice::new(Until::Tomorrow, following::TOMORROW),
        Choice::new(Until::Week, following::IN_A_WEEK),
        Choice::new(Until::Day, following::ON_A_DAY),
    ];
    let date = move || {
        (until.get() == Until::Day).then(|| {
            view! { <Field label=following::WHICH_DAY kind="date" value=day on_input=move |typed| day.set(typed) /> }
        })
    };
    view! {
        <div class="stack">
            <Segments label=following::LATER_QUESTION choices chosen=until on_choose=move |chosen| until.set(chosen) />
            {date}
            <Field label=following::WHY value=why on_input=move |typed| why.set(typed) hint=following::why_more(name) />
            <Button text=following::PUT_IT_OFF appearance=Appearance::Primary wide=true disabled=not_yet tap=put_off />
            <Button text=following::IS_DONE icon=Icon::CHECK wide=true tap=is_done />
        </div>
    }
    .into_any()
}
