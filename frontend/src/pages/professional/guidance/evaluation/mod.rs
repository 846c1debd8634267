//! Evaluations of one client: which there are, a new one over a period, and one as a document that the client can follow, to print and to
//! send.

mod document;
mod sending;

use leptos::task::spawn_local;
use opstap_core::model::{Evaluation, Model};
use opstap_core::{CircleId, RecordId};
use opstap_insight::Period;
use opstap_view::prelude::*;

use super::goals::{Told, only_reads};
use crate::components::desk::{Bar, Columns, Foot, Pane, SidePane};
use crate::components::{Appearance, Bones, Button, EmptyState, Field, Icon, ListRow, LoadingBones, changing, icon};
use crate::dates::{as_date, from_date, on_day, whole_date};
use crate::device;
use crate::event::Tap;
use crate::navigation::go_to;
use crate::pages::professional::DeskPlace;
use crate::pages::professional::client_head::{ClientPage, ClientPart};
use crate::pages::professional::frame::{Page, Part};
use crate::pages::professional::training::today;
use crate::pages::shared::print::print_button;
use crate::paper;
use crate::save_file::save_file;
use crate::words::{Text, desk, guidance, shared};

/// The page: the list and a new one, or one as a document.
pub fn evaluation(circle: CircleId, id: Option<RecordId>) -> AnyView {
    match id {
        None => view! { <List circle /> }.into_any(),
        Some(id) => view! { <One circle id /> }.into_any(),
    }
}

/// "12 maart 2026 tot en met 30 november 2026".
pub fn over_days(period: Period) -> Text {
    let (from, to) = (whole_date(on_day(period.from)), whole_date(on_day(period.to)));
    Text::live(move || guidance::from_to(from.get(), to.get()).get())
}

fn period(evaluation: &Evaluation) -> Period {
    Period { from: evaluation.from, to: evaluation.to }
}

/// Whoever only reads, reads what is ready for the client too.
fn may_read(told: Told, one: &Evaluation) -> bool {
    told.writes.get() || one.ready.is_some()
}

/// None while they are being read.
type All = Memo<Option<Vec<(RecordId, Evaluation)>>>;

/// The evaluations, the last first.
fn all(told: Told) -> All {
    Memo::new(move |_| {
        let mut all = told.work.with(|records| records.below::<Evaluation>(None))?;
        all.retain(|(_, one)| may_read(told, one));
        all.sort_by_key(|(id, one)| std::cmp::Reverse((one.to, *id)));
        Some(all)
    })
}

#[component]
fn List(circle: CircleId) -> impl IntoView {
    let told = Told::open(circle);
    let all = all(told);
    view! {
        <ClientPage circle part=ClientPart::Goals>
            <Columns>
                <Pane><h2>{guidance::EVALUATIONS}</h2>{only_reads(told)}{list(told, all)}</Pane>
                <SidePane>{beside(told, all)}</SidePane>
            </Columns>
            <Foot><span>{desk::KEPT_BY_ITSELF}</span></Foot>
        </ClientPage>
    }
}

fn list(told: Told, all: All) -> AnyView {
    changing(move || {
        match all.get() {
        None => view! { <LoadingBones shape=Bones::Rows(3) /> }.into_any(),
        Some(all) if all.is_empty() => {
            view! { <EmptyState picture="page-facing-up" sentence=guidance::NO_EVALUATION more=guidance::NO_EVALUATION_MORE /> }
                .into_any()
        }
        Some(all) => {
            let rows = all.into_iter().map(|(id, one)| row(told, id, &one)).collect_view();
            view! { <ul class="list">{rows}</ul> }.into_any()
        }
    }
    })
}

fn beside(told: Told, all: All) -> AnyView {
    let is_read = Memo::new(move |_| all.with(Option::is_some) && told.guidance.with(Option::is_some));
    changing(move || if is_read.get() && told.writes.get() { new(told, all) } else { ().into_any() })
}

fn row(told: Told, id: RecordId, one: &Evaluation) -> AnyView {
    let tap = Tap::to(DeskPlace::Evaluation(told.work.circle, Some(id)));
    let (ready, agreed) = (one.ready.is_some(), one.agreed.is_some());
    let more = Text::live(move || match (ready, agreed) {
        (_, true) => guidance::says_it_is_so(told.name.get()).get(),
        (true, false) => guidance::ready_for(told.name.get()).get(),
        (false, false) => guidance::NOT_READY.get().to_owned(),
    });
    view! { <li><ListRow text=over_days(period(one)) more tap>{icon(Icon::FORWARD)}</ListRow></li> }.into_any()
}

/// A new one, over the days since the last.
fn new(told: Told, all: All) -> AnyView {
    let last = all.with_untracked(|all| all.iter().flatten().map(|(_, one)| one.to).max());
    let days = told.with_now(|guidance| guidance.to_look_back_on(last, today()));
    let days = days.unwrap_or(Period { from: today(), to: today() });
    let (from, to) = (RwSignal::new(as_date(days.from)), RwSignal::new(as_date(days.to)));
    let chosen = move || {
        let (from, to) = (from_date(&from.get())?, from_date(&to.get())?);
        (from <= to).then_some(Period { from, to })
    };
    let none = Signal::derive(move || chosen().is_none());
    let busy = StoredValue::new(false);
    let make = move || {
        let Some(Period { from, to }) = untrack(chosen).filter(|_| !busy.get_value()) else { return };
        busy.set_value(true);
        let id = device::new_id();
        let made = Evaluation { from, to, words: None, ready: None, agreed: None, said: None };
        let kept = told.work.keep(guidance::DONE_EVALUATION, vec![made.make(id)], None);
        spawn_local(async move {
            if kept.await {
                go_to(DeskPlace::Evaluation(told.work.circle, Some(id)));
            }
            let _ = busy.try_update_value(|busy| *busy = false);
        });
    };
    view! {
        <section class="stack form">
            <h2>{guidance::NEW_EVALUATION}</h2>
            <p class="soft small">{guidance::NEW_EVALUATION_MORE}</p>
            <Field label=guidance::FROM_DAY kind="date" value=from on_change=move |day| from.set(day) />
            <Field label=guidance::TO_DAY kind="date" value=to on_change=move |day| to.set(day) />
            <div class="row"><Button text=guidance::MAKE_EVALUATION icon=Icon::PLUS appearance=Appearance::Primary disabled=none tap=make /></div>
        </section>
    }
    .into_any()
}

#[component]
fn One(circle: CircleId, id: RecordId) -> impl IntoView {
    let told = Told::open(circle);
    let one = Memo::new(move |_| {
        let one = told.work.with(|records| records.one::<Evaluation>(id))?;
        Some(one.filter(|one| may_read(told, one)))
    });
    let back = Tap::to(DeskPlace::Evaluation(circle, None));
    let lead = view! { <Button text=shared::BACK icon=Icon::BACK appearance=Appearance::Plain tap=back /> }.into_any();
    let title = Text::live(move || guidance::evaluation_of(told.name.get()).get());
    let state = Memo::new(move |_| one.with(|one| one.as_ref().map(Option::is_some)));
    let body = changing(move || match state.get() {
        None => view! { <Pane><LoadingBones shape=Bones::Rows(8) /></Pane> }.into_any(),
        Some(false) => {
            view! { <Pane><EmptyState picture="page-facing-up" sentence=guidance::NO_SUCH_EVALUATION /></Pane> }
                .into_any()
        }
        Some(true) => view! {
            <Pane>{document::document(told, one)}</Pane>
            <SidePane>{sending::sending(told, id, one)}</SidePane>
        }
        .into_any(),
    });
    view! {
        <Page title=title.clone() part=Part::Clients>
            <Bar title=title.clone() lead>{to_send(state, title)} {print_button()}</Bar>
            <Columns>{body}</Columns>
            <Foot><span>{guidance::ON_A_FOUR}</span></Foot>
        </Page>
    }
}

/// The document as a file of its own, to send along or to keep: it needs no Opstap to be read.
fn to_send(state: Memo<Option<bool>>, title: Text) -> AnyView {
    changing(move || {
        let title = title.clone();
        let keep = move || {
            let title = untrack(|| title.get());
            if let Some(page) = paper::as_page("article.document", &title) {
                save_file(&["opstap-", &as_date(today()), ".html"].concat(), "text/html", &page);
            }
        };
        let is_there = state.get() == Some(true);
        is_there.then(|| view! { <Button text=guidance::AS_FILE icon=Icon::DOWN tap=keep /> }).into_any()
    })
}
