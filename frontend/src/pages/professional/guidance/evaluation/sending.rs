//! What stands beside the document: the words to be written, asking the client's own view, and sending it.

use opstap_core::Millis;
use opstap_core::RecordId;
use opstap_core::model::{EVALUATION_AGREED, EVALUATION_SAID, Evaluation, set};
use opstap_view::prelude::*;

use super::super::goals::{Told, look_at, only_reads};
use super::period;
use crate::components::{Appearance, Button, Card, Icon, Size, Tone, changing, icon};
use crate::dates::{moment, near_today};
use crate::device;
use crate::navigation::go_to;
use crate::pages::professional::DeskPlace;
use crate::pages::shared::editing::UndoWork;
use crate::pages::shared::editing::fields::{cells_of, day, words};
use crate::stories::instruments;
use crate::words::{Text, guidance};

/// The side pane.
pub fn sending(told: Told, id: RecordId, one: Memo<Option<Option<Evaluation>>>) -> AnyView {
    let ready = Memo::new(move |_| one.with(|one| one.as_ref().and_then(Option::as_ref).and_then(|one| one.ready)));
    let agreed = Memo::new(move |_| one.with(|one| one.as_ref().and_then(Option::as_ref).and_then(|one| one.agreed)));
    let body = changing(move || match (told.writes.get(), ready.get()) {
        (false, _) => only_reads(told),
        (true, None) => written(told, id, one),
        (true, Some(at)) => sent(told, id, at, agreed),
    });
    view! { <div class="stack before-print">{body}</div> }.into_any()
}

/// Still being written.
fn written(told: Told, id: RecordId, one: Memo<Option<Option<Evaluation>>>) -> AnyView {
    let cell = cells_of(id);
    let send = move || {
        let said = Text::live(move || guidance::is_ready_for(told.name.get()).get());
        told.work.say_what_was_done(guidance::DONE_READY, vec![set(id, "ready", device::now())], said, None);
    };
    let text = Text::live(move || guidance::ready_for(told.name.get()).get());
    view! {
        <section class="stack form">
            <div class="row"><h2 class="fill">{guidance::WRITE_IT}</h2><UndoWork work=told.work /></div>
            {day(told.work, cell("from", guidance::FROM_DAY))}
            {day(told.work, cell("to", guidance::TO_DAY))}
            {words(told.work, cell("words", guidance::STANDS_OUT), false)}
            <p class="soft small">{guidance::STANDS_OUT_MORE}</p>
        </section>
        {ask_own_view(told, one)}
        <div class="row"><Button text icon=Icon::SEND appearance=Appearance::Primary tap=send /></div>
        <p class="soft small">{Text::live(move || guidance::ready_more(told.name.get()).get())}</p>
    }
    .into_any()
}

/// Where the client's own view was not asked in these days, the way to it.
fn ask_own_view(told: Told, one: Memo<Option<Option<Evaluation>>>) -> AnyView {
    let lacks = Memo::new(move |_| {
        let days = one.with(|one| one.as_ref().and_then(Option::as_ref).map(period))?;
        told.with(|guidance| guidance.evaluation(&instruments::all(), days).own_view.is_empty())
    });
    changing(move || {
        if lacks.get() != Some(true) {
            return ().into_any();
        }
        let ask = move || {
            look_at("own-view.1");
            go_to(DeskPlace::Measure(told.work.circle, None));
        };
        let text = Text::live(move || guidance::ask_own_view(told.name.get()).get());
        view! {
            <Card tone=Tone::Quiet>
                <p>{guidance::OWN_VIEW_NOT_ASKED}</p>
                <div class="row"><Button text icon=Icon::MESSAGE size=Size::Tool tap=ask /></div>
            </Card>
        }
        .into_any()
    })
}

/// The client can read it: what it says is changed no more without taking it back.
fn sent(told: Told, id: RecordId, at: Millis, agreed: Memo<Option<Millis>>) -> AnyView {
    let day = near_today(moment(at));
    let says = Text::live(move || guidance::ready_since(told.name.get(), day.get()).get());
    let answered = changing(move || {
        let says = Text::live(move || match agreed.get() {
            Some(_) => guidance::says_it_is_so(told.name.get()).get(),
            None => guidance::says_nothing_yet(told.name.get()).get(),
        });
        let mark = if agreed.get().is_some() { Icon::CHECK } else { Icon::CLOCK };
        view! { <p class="row tight">{icon(mark)}<span class="fill">{says}</span></p> }.into_any()
    });
    // What was agreed to was this text and no other.
    let back = move || {
        let mut changes = vec![set(id, "ready", None::<Millis>)];
        let is_said = told.work.with_now(|records| records.one::<Evaluation>(id)).flatten();
        if let Some(one) = is_said {
            changes.extend(one.agreed.map(|_| set(id, EVALUATION_AGREED, None::<Millis>)));
            changes.extend(one.said.map(|_| set(id, EVALUATION_SAID, None::<String>)));
        }
        told.work.say_what_was_done(guidance::DONE_NOT_READY, changes, guidance::IS_TAKEN_BACK.into(), None);
    };
    view! {
        <p>{says}</p>
        {answered}
        <div class="row"><Button text=guidance::CHANGE_IT icon=Icon::PENCIL size=Size::Tool tap=back /></div>
        <p class="soft small">{guidance::CHANGE_IT_MORE}</p>
    }
    .into_any()
}
