//! Attention, the first screen of the desk: what deserves a person today over all clients, each with why and one thing to do. Empty is a good
//! day, and says what it rests on.

use opstap_core::Millis;
use opstap_insight::following::Group;
use opstap_view::prelude::*;

use super::super::frame::{Page, Part, clients, is_coach};
use super::super::place::DeskPlace;
use super::beside::beside;
use super::client::{Asking, asking_and_later, followed, me};
use super::good_day::{good_day, good_news};
use super::later::{done, putting_off};
use super::put_off::put_off;
use super::row::{Rows, row};
use super::{foot, rows_by_key, said};
use crate::beside as notes;
use crate::components::desk::{Bar, Columns, Foot, KeyHint, Pane, SidePane};
use crate::components::{Bones, Choice, EmptyState, LoadingBones, Segments, changing};
use crate::dates::{full_day, moment, near_moment, on_day};
use crate::device;
use crate::event::Tap;
use crate::keys::on_key;
use crate::navigation::replace;
use crate::pages::shared::guide::offer;
use crate::pages::shared::locked;
use crate::pages::shared::to_keep::list_to_keep;
use crate::stories;
use crate::stories::following::clock;
use crate::words::{Text, desk, following};

/// Which of it is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum View {
    Mine,
    PutOff,
}

/// After so long away, what is new is new anew.
const AWAY: u64 = 30 * 60_000;

/// The screen.
#[component]
pub(in super::super) fn Attention() -> impl IntoView {
    // Whoever follows nobody comes to what is shared with them.
    let coach = is_coach();
    Effect::new(move |_| {
        if coach.get() {
            replace(DeskPlace::SharedWithMe);
        }
    });
    let (clients, clock) = (followed(), clock());
    let rows = Rows { chosen: RwSignal::new(None), putting_off: RwSignal::new(None) };
    let view = RwSignal::new(View::Mine);
    let (mine, off) = asking_and_later();
    let shown = Memo::new(move |_| {
        let all = match view.get() {
            View::Mine => mine.get().unwrap_or_default(),
            View::PutOff => off.get(),
        };
        let chosen = rows.chosen.get();
        let of_row = all.iter().find(|one| chosen.as_ref() == Some(&one.key()));
        of_row.or(all.first()).cloned()
    });
    // The row that stands beside is marked, also before anybody chose one.
    Effect::new(move |_| {
        let key = shown.with(|shown| shown.as_ref().map(Asking::key));
        if rows.chosen.get_untracked() != key {
            rows.chosen.set(key);
        }
    });
    by_keys(view, rows, shown);
    let here = here(mine);
    let body = changing(move || match (here.get(), view.get()) {
        (Here::Locked, _) => locked(),
        (Here::NoClients, _) => {
            view! { <EmptyState picture="busts-in-silhouette" sentence=desk::NO_CLIENTS more=desk::NO_CLIENTS_MORE /> }
                .into_any()
        }
        (Here::NotYet, _) => view! { <div class="pane"><LoadingBones shape=Bones::Rows(5) /></div> }.into_any(),
        (_, View::PutOff) => put_off(off, rows),
        (Here::Nothing, View::Mine) => good_day(clients, clock),
        (Here::Something, View::Mine) => {
            let groups = [Group::Now, Group::Today, Group::ThisWeek].map(|one| group(one, mine, rows));
            view! { {groups.into_iter().collect_view()} <div class="pane">{list_to_keep("attention", None)}</div> }
                .into_any()
        }
    });
    let aside = changing(move || match (here.get(), view.get()) {
        (Here::Nothing, View::Mine) => good_news(clients, clock),
        (Here::Nothing | Here::Something, _) => beside(shown, rows),
        _ => ().into_any(),
    });
    let head = Text::live(move || {
        let day = full_day(on_day(clock.get().today)).get();
        let count = clients.with(|all| all.as_ref().map_or(0, Vec::len));
        following::clients_of_yours(count, day).get()
    });
    view! {
        <Page title=following::ATTENTION part=Part::Attention>
            <Bar title=following::ATTENTION more=head>{views(view, mine, off)}</Bar>
            {offer(Tap::to(DeskPlace::Tour))}
            <Columns>
                <Pane flush=true>{digest(mine)}{body}</Pane>
                <SidePane>{aside}</SidePane>
            </Columns>
            <Foot>
                <KeyHint keys=&["J", "K"] text=following::KEY_ROW />
                <KeyHint keys=&["Enter"] text=following::KEY_DO />
                <KeyHint keys=&["S"] text=following::KEY_LATER />
                <KeyHint keys=&["E"] text=following::KEY_DONE />
                <KeyHint keys=&["1", "2"] text=following::KEY_VIEW />
                <span>{foot()}</span>
            </Foot>
            {putting_off(rows)}
        </Page>
    }
}

/// What there is to show.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Here {
    /// Nobody is followed.
    NoClients,
    /// Of some clients nothing is shown, so that nobody can say that nothing asks.
    Locked,
    /// Of some clients it is not known yet.
    NotYet,
    /// Nothing asks.
    Nothing,
    /// Something asks.
    Something,
}

/// A good day is one of which all is known.
fn here(mine: Memo<Option<Vec<Asking>>>) -> Memo<Here> {
    let circles = device::circles();
    let to_come = stories::following::to_come(stories::following::following());
    Memo::new(move |_| {
        let Some(asks) = mine.with(|mine| mine.as_ref().map(|mine| !mine.is_empty())) else { return Here::NotYet };
        let clients = circles.with(|all| clients(all.clone().unwrap_or_default()));
        match () {
            () if asks => Here::Something,
            () if clients.is_empty() => Here::NoClients,
            () if clients.iter().any(|one| one.locked) => Here::Locked,
            () if to_come.get() > 0 || clients.iter().any(|one| !one.complete) => Here::NotYet,
            () => Here::Nothing,
        }
    })
}

fn by_keys(view: RwSignal<View>, rows: Rows, shown: Memo<Option<Asking>>) {
    rows_by_key();
    on_key("1", move || view.set(View::Mine));
    on_key("2", move || view.set(View::PutOff));
    let of_mine = move || untrack(|| shown.get()).filter(|one| one.until.is_none());
    on_key("s", move || rows.putting_off.set(of_mine()));
    on_key("e", move || {
        if let Some(asking) = of_mine() {
            done(&asking);
        }
    });
}

fn views(view: RwSignal<View>, mine: Memo<Option<Vec<Asking>>>, off: Memo<Vec<Asking>>) -> AnyView {
    let of_mine = move || mine.with(|mine| mine.as_ref().map_or(0, Vec::len));
    let choices = vec![
        Choice::new(View::Mine, Text::live(move || following::mine(of_mine()).get())),
        Choice::new(View::PutOff, Text::live(move || following::put_off(off.with(Vec::len)).get())),
    ];
    view! { <div class="views"><Segments label=following::VIEWS choices chosen=view on_choose=move |chosen| view.set(chosen) /></div> }
        .into_any()
}

/// What asks this soon.
fn group(group: Group, all: Memo<Option<Vec<Asking>>>, rows: Rows) -> AnyView {
    let own = Memo::new(move |_| {
        let own =
            |all: &Option<Vec<Asking>>| all.iter().flatten().filter(|one| one.asks.group == group).cloned().collect();
        all.with(own)
    });
    let any = Memo::new(move |_| own.with(|own: &Vec<Asking>| !own.is_empty()));
    let (title, more) = said::group_words(group);
    changing(move || {
        if !any.get() {
            return ().into_any();
        }
        let more = match more {
            Some(more) => Text::from(more),
            None => Text::live(move || own.with(Vec::len).to_string()),
        };
        view! {
            <section class="asking" aria-label=title>
                <h2>{title} " " <span class="soft small">{more}</span></h2>
                <ul class="list">
                    <For each=move || own.get() key=Asking::key children=move |one| row(one, rows, None) />
                </ul>
            </section>
        }
        .into_any()
    })
}

/// What is new since this person looked here last; on the first day there is nothing to say.
fn digest(mine: Memo<Option<Vec<Asking>>>) -> AnyView {
    let last = last_look(&device::now());
    changing(move || {
        let Some(last) = last else { return ().into_any() };
        let new = mine.with(|mine| mine.as_ref().map(|mine| mine.iter().filter(|one| one.asks.since > last).count()));
        let Some(new) = new else { return ().into_any() };
        let at = near_moment(moment(last), moment(device::now()));
        let says = Text::live(move || match new {
            0 => following::nothing_new(at.get()).get(),
            new => following::new_since(new, at.get()).get(),
        });
        view! { <p class="digest soft">{says}</p> }.into_any()
    })
}

/// When this person looked here last, on this device. Whoever comes back within half an hour is still in the same look.
fn last_look(now: &Millis) -> Option<Millis> {
    let who = me()?.to_string();
    let [last, before] = ["opstap-looked-", "opstap-looked-before-"].map(|name| [name, &who].concat());
    let read = |name: &str| notes::read(name).and_then(|at| at.parse().ok()).map(Millis);
    let looked = read(&last);
    if looked.is_some_and(|looked| now.0.saturating_sub(looked.0) >= AWAY) {
        notes::note(&before, &notes::read(&last).unwrap_or_default());
    }
    notes::note(&last, &now.0.to_string());
    read(&before)
}
