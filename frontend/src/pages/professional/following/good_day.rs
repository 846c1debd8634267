//! A good day: nobody waits. What that rests on, and what went well this week.

use opstap_core::{CircleId, Millis};
use opstap_insight::Week;
use opstap_insight::following::{Clock, Share, Trend};
use opstap_view::prelude::*;

use super::super::frame::link_says;
use super::super::place::DeskPlace;
use super::client::{Client, facts};
use crate::components::{Icon, ListRow, Person, changing, icon};
use crate::event::Tap;
use crate::words::{Text, following};

/// A day, in milliseconds: a phone that was here since then is not silent.
const A_DAY: u64 = 86_400_000;
/// As many as one reads with pleasure.
const MOST: usize = 5;

/// What it rests on: of all phones where each is known to have been here, else of what is on this laptop.
fn rests_on(clients: &[Client], now: Millis, heard: impl Fn(CircleId) -> Option<Millis>) -> Text {
    let here = |client: &Client| heard(client.circle).is_some_and(|heard| heard.plus(A_DAY) >= now);
    match clients.iter().all(here) && !clients.is_empty() {
        true => following::all_phones(clients.len()),
        false => following::RESTS_ON.into(),
    }
}

/// In the place of the list.
pub(super) fn good_day(clients: Memo<Option<Vec<Client>>>, clock: Memo<Clock>) -> AnyView {
    let heard = |circle| facts(circle).heard;
    let rests = Text::live(move || {
        clients.with(|all| rests_on(all.as_deref().unwrap_or_default(), clock.get().now, heard).get())
    });
    let path = "M20 76h40v-20h40v-20h40";
    view! {
        <div class="empty grow good-day">
            <svg viewBox="0 0 180 90" aria-hidden="true">
                <circle class="sun" cx="142" cy="20" r="13" />
                <path class="ground" d="M8 78h164" />
                <path class="stairs" d=path />
                <path class="walker" d="M120 12a4 4 0 1 0 .1 0M120 20v9M113 25l7-4 7 4M116 36l4-7 4 7" />
            </svg>
            <h2 class="sentence">{following::NOBODY_WAITS}</h2>
            <p>{following::GOOD_DAY} " " {rests}</p>
            <p class="small soft">{link_says()}</p>
        </div>
    }
    .into_any()
}

/// What went well with a client this week.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Well {
    /// More goes by oneself, from so many per cent in the first week that is known to so many in the last.
    More(u32, u32),
    /// So many plans were done to the end.
    Plans(u32),
    /// It was practised so often.
    Practised(u32),
}

/// What went well with a client, the best of it.
fn went_well(client: &Client, this: Week) -> Option<Well> {
    let shares: Vec<u32> = client.summary.fading(this).into_iter().flatten().filter_map(Share::per_cent).collect();
    if client.summary.trend(this) == Some(Trend::More)
        && let [first, .., last] = shares.as_slice()
    {
        return Some(Well::More(*first, *last));
    }
    let week = client.summary.weeks.iter().find(|week| week.week == this)?;
    match (week.done, week.practices) {
        (0, 0) => None,
        (0, practices) => Some(Well::Practised(practices)),
        (done, _) => Some(Well::Plans(done)),
    }
}

/// Beside it: what went well, those who do more by themselves first.
pub(super) fn good_news(clients: Memo<Option<Vec<Client>>>, clock: Memo<Clock>) -> AnyView {
    let found = Memo::new(move |_| {
        let this = Week::of(clock.get().today);
        let well = |client: &Client| Some((client.circle, client.name.clone(), went_well(client, this)?));
        let mut all: Vec<_> = clients.with(|all| all.iter().flatten().filter_map(well).collect());
        let rank = |well: &Well| match well {
            Well::More(..) => 0,
            Well::Plans(_) => 1,
            Well::Practised(_) => 2,
        };
        crate::stories::sort_by(&mut all, |(_, _, one), (_, _, other)| rank(one) > rank(other));
        all.truncate(MOST);
        all
    });
    let rows = changing(move || {
        let found = found.get();
        if found.is_empty() {
            return view! { <p class="soft">{following::NOTHING_YET}</p> }.into_any();
        }
        let row = |(circle, name, well): (CircleId, String, Well)| {
            let count = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
            let lead = view! { <Person name=Signal::stored(name.clone()) /> }.into_any();
            let (text, more, mark) = match well {
                Well::More(was, now) => {
                    (following::more_by_oneself(name), following::share_now(was, now), Icon::RISING)
                }
                Well::Plans(done) => (following::plans_done(count(done), name), Text::default(), Icon::STAIRS),
                Well::Practised(times) => (following::practised(count(times), name), Text::default(), Icon::METRO),
            };
            let end = view! { <span class="ask-mark proud">{icon(mark)}</span> };
            view! { <li><ListRow text more lead tap=Tap::to(DeskPlace::Client(circle))>{end}</ListRow></li> }.into_any()
        };
        let rows = found.into_iter().map(row).collect_view();
        view! { <ul class="list">{rows}</ul> }.into_any()
    });
    view! { <section class="stack"><h2>{following::WENT_WELL}</h2>{rows}</section> }.into_any()
}

#[cfg(test)]
#[path = "good_day_tests.rs"]
mod tests;
