//! Following from a distance, as screens of professionals tell it: whom they follow, what asks for attention, and the rows of the caseload.
//! From summaries alone, so that two hundred clients are there at once.

use std::sync::Arc;

use gloo_timers::future::TimeoutFuture;
use leptos::task::spawn_local;
use opstap_core::model::{AttentionAct, AttentionMark, CircleKind, Relation};
use opstap_core::{CircleId, Day, Millis, PersonId};
use opstap_insight::following::{
    Asks, CaseRow, Clock, DeviceFacts, Piled, Source, Summary, attention, case_row, put_off, sort_asks,
};
use opstap_view::prelude::*;

use crate::dates::{day_of, moment};
use crate::day::today;
use crate::device::{self, Circle, Summaries, ToSumUp};
use crate::language::Language;
use crate::stories::crossed::is_crossed;
use crate::words::client;

/// A client with the summary of their circle.
pub type Followed = (Circle, Arc<Summary>);

/// How often what asks is looked at anew, in milliseconds: help waits for minutes.
const A_MINUTE: u32 = 60_000;

/// Whether this person follows a circle: a client's, for which they work, that is here and may be shown.
#[must_use]
pub fn is_followed(circle: &Circle) -> bool {
    circle.kind == CircleKind::Client
        && circle.relation.is_some_and(Relation::is_professional)
        && circle.complete
        && !circle.locked
}

/// The clients that this person follows, by name, as far as their circles are summed up; none until the store was read.
#[must_use]
pub fn following() -> Memo<Option<Vec<Followed>>> {
    let summaries = device::following(is_followed, sum_up);
    let circles = device::circles();
    Memo::new(move |_| {
        let circles = circles.get()?;
        summaries.with(|summaries| summaries.as_ref().map(|summaries| joined(circles, summaries)))
    })
}

fn joined(circles: Vec<Circle>, summaries: &Summaries) -> Vec<Followed> {
    let with_summary = |circle: Circle| {
        let (_, summary) = summaries.iter().find(|(of, _)| *of == circle.id)?;
        Some((circle, Arc::clone(summary)))
    };
    circles.into_iter().filter(is_followed).filter_map(with_summary).collect()
}

/// How many clients are not summed up yet.
#[must_use]
pub fn to_come(following: Memo<Option<Vec<Followed>>>) -> Memo<usize> {
    let circles = device::circles();
    Memo::new(move |_| {
        let all = circles.with(|all| all.iter().flatten().filter(|circle| is_followed(circle)).count());
        all.saturating_sub(following.with(|here| here.as_ref().map_or(0, Vec::len)))
    })
}

/// Now, looked at again each minute while the screen that asks stands.
#[must_use]
pub fn clock() -> Memo<Clock> {
    let now = RwSignal::new(device::now());
    spawn_local(async move {
        loop {
            TimeoutFuture::new(A_MINUTE).await;
            if !now.try_set(device::now()) {
                return;
            }
        }
    });
    Memo::new(move |_| Clock { now: now.get(), today: day_of(moment(today())) })
}

/// What asks for attention, over all that are followed, the most urgent first. `facts` tells what is known of a client's phones.
#[must_use]
pub fn asking(
    following: Memo<Option<Vec<Followed>>>,
    clock: Memo<Clock>,
    facts: impl Fn(CircleId) -> DeviceFacts + 'static,
) -> Memo<Option<Vec<(Circle, Asks)>>> {
    Memo::new(move |_| {
        let clock = clock.get();
        // First what tells when it changes: who this is, is not known before the store was read, and does not tell.
        let me = following.with(|all| all.as_ref().and(device::me()))?.id;
        let of_one = |(circle, summary): &Followed| {
            let asks = attention(summary, &facts(circle.id), clock, me);
            asks.into_iter().map(|asks| (circle.clone(), asks)).collect::<Vec<_>>()
        };
        let mut all: Vec<_> = following.with(|all| Some(all.as_ref()?.iter().flat_map(of_one).collect()))?;
        sort_asks(&mut all);
        Some(all)
    })
}

/// What was put off, and until which day.
#[must_use]
pub fn later(
    following: Memo<Option<Vec<Followed>>>,
    clock: Memo<Clock>,
    facts: impl Fn(CircleId) -> DeviceFacts + 'static,
) -> Memo<Option<Vec<(Circle, Asks, Day)>>> {
    Memo::new(move |_| {
        let clock = clock.get();
        let me = following.with(|all| all.as_ref().and(device::me()))?.id;
        let of_one = |(circle, summary): &Followed| {
            let put_off = put_off(summary, &facts(circle.id), clock, me);
            put_off.into_iter().map(|(asks, until)| (circle.clone(), asks, until)).collect::<Vec<_>>()
        };
        following.with(|all| Some(all.as_ref()?.iter().flat_map(of_one).collect()))
    })
}

/// The rows of the caseload, by name.
#[must_use]
pub fn rows(
    following: Memo<Option<Vec<Followed>>>,
    clock: Memo<Clock>,
    facts: impl Fn(CircleId) -> DeviceFacts + 'static,
) -> Memo<Option<Vec<(Circle, CaseRow)>>> {
    Memo::new(move |_| {
        let clock = clock.get();
        let me = following.with(|all| all.as_ref().and(device::me()))?.id;
        let row = |(circle, summary): &Followed| (circle.clone(), case_row(summary, &facts(circle.id), clock, me));
        following.with(|all| Some(all.as_ref()?.iter().map(row).collect()))
    })
}

/// What is written down when somebody looked at what asks, put it off or did it.
#[must_use]
pub fn mark(asks: &Asks, act: AttentionAct, at: Millis, until: Option<Day>, word: Option<String>) -> AttentionMark {
    AttentionMark { rule: asks.rule, act, at, about: asks.about, until, word }
}

/// Makes the summary of a circle.
fn sum_up(of: &ToSumUp, me: PersonId, now: Millis) -> Summary {
    let refused = of
        .refused
        .iter()
        .max()
        .map(|latest| Piled { count: u32::try_from(of.refused.len()).unwrap_or(u32::MAX), latest: *latest });
    Summary::of(&Source {
        records: &of.records,
        person_of: &|device| of.person_of(device),
        says_stuck: &says_stuck,
        me,
        now,
        refused,
        is_crossed: &is_crossed,
    })
}

/// Whether a message says "Ik kom er niet uit", in whichever language it was tapped.
fn says_stuck(text: &str) -> bool {
    let said = text.trim_end_matches('.');
    [Language::Dutch, Language::English].iter().any(|language| client::STUCK.within(*language) == said)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn circle(relation: Relation) -> Circle {
        Circle {
            id: CircleId([1; 16]),
            kind: CircleKind::Client,
            relation: Some(relation),
            client: None,
            name: "Sem".to_owned(),
            complete: true,
            locked: false,
        }
    }

    #[test]
    fn a_professional_follows_a_whole_circle_that_may_be_shown_and_nobody_else_does() {
        assert!(is_followed(&circle(Relation::Supervisor)) && is_followed(&circle(Relation::Coordinator)));
        assert!(!is_followed(&circle(Relation::Volunteer)) && !is_followed(&circle(Relation::NeighbourhoodCoach)));
        assert!(!is_followed(&Circle { complete: false, ..circle(Relation::Supervisor) }));
        assert!(!is_followed(&Circle { locked: true, ..circle(Relation::Supervisor) }));
        assert!(!is_followed(&Circle { kind: CircleKind::Library, ..circle(Relation::Supervisor) }));
    }

    #[test]
    fn asking_for_help_is_known_in_either_language_with_or_without_its_point() {
        assert!(says_stuck("Ik kom er niet uit") && says_stuck("I am stuck."));
        assert!(!says_stuck("Ik kom er wel uit"));
    }
}
