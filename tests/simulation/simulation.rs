//! Everything that can happen to phones and their server, by the thousand, on the real engine, rules and service, with what must hold
//! worked out beside them. `cargo xtask simulate --histories N` runs any number; a number repeats a history.

#![cfg(test)]

mod deeds;
mod history;
mod oracles;
mod phone;
mod planted;
mod run;
mod world;

use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use history::{Action, Deed, Drawn, Fate, History};
use planted::Bug;

/// How many histories without being told otherwise.
const HISTORIES: u64 = 20_000;
/// How many a planted mistake may escape.
const TO_FIND_A_BUG: u64 = 20_000;
/// How often a failing history is tried in a smaller form.
const SHRINKS: usize = 400;

fn told(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|told| told.parse().ok()).unwrap_or(otherwise)
}

/// The lowest number from `first` whose history is wrong, among so many, found by all processors at once.
fn first_wrong(first: u64, histories: u64, bug: Option<Bug>) -> Option<u64> {
    let (next, wrong) = (AtomicU64::new(first), AtomicU64::new(u64::MAX));
    let processors = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..processors {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= first + histories || seed >= wrong.load(Ordering::Relaxed) {
                        return;
                    }
                    if is_wrong(&Drawn::of(seed).current(), bug) {
                        wrong.fetch_min(seed, Ordering::Relaxed);
                    }
                }
            });
        }
    });
    Some(wrong.into_inner()).filter(|seed| *seed != u64::MAX)
}

/// A panic inside is a failure like any other.
fn outcome(history: &History, bug: Option<Bug>) -> Result<(), String> {
    let played = std::panic::catch_unwind(|| run::play(history, bug));
    played.unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().cloned();
        Err(text.or_else(|| panic.downcast_ref::<&str>().map(ToString::to_string)).unwrap_or_default())
    })
}

fn is_wrong(history: &History, bug: Option<Bug>) -> bool {
    outcome(history, bug).is_err()
}

#[test]
fn whatever_happens_nothing_is_lost_and_all_agree() {
    let (first, histories) = (told("OPSTAP_FIRST", 1), told("OPSTAP_HISTORIES", HISTORIES));
    let Some(seed) = first_wrong(first, histories, None) else {
        println!("{histories} histories from number {first}: all hold");
        return;
    };
    let smallest = Drawn::of(seed).shrink(SHRINKS, |history| is_wrong(history, None));
    let why = outcome(&smallest, None).expect_err("it failed before");
    panic!("history {seed}: {why}\nat its smallest: {smallest:#?}");
}

#[test]
fn every_planted_mistake_is_found() {
    let escaped: Vec<Bug> = Bug::ALL
        .into_iter()
        .filter(|bug| match first_wrong(1, TO_FIND_A_BUG, Some(*bug)) {
            Some(seed) => {
                let why = outcome(&Drawn::of(seed).current(), Some(*bug)).expect_err("it failed before");
                println!("{bug:?}: history {seed}: {}", why.chars().take(100).collect::<String>());
                false
            }
            None => true,
        })
        .collect();
    assert!(escaped.is_empty(), "{escaped:?} would not be noticed");
}

/// Too many things have to come together for drawn histories to find it: two who wrote at once after a backup, and the loss of the
/// phone whose words had not won.
#[test]
fn what_had_lost_a_conflict_comes_back_to_a_restored_server_when_its_author_lost_the_phone() {
    let (sem, marloes, youssef) = (0, 1, 2);
    let made = [does(sem, Deed::MakePlan), does(sem, Deed::MakeStep), syncs(sem), syncs(marloes), syncs(youssef)];
    let apart = [does(youssef, Deed::Text), does(marloes, Deed::Text), syncs(marloes), syncs(youssef), syncs(sem)];
    let lost = [Action::Wiped { phone: marloes }, Action::Wiped { phone: youssef }, Action::Restored];
    let history = of_three(made.into_iter().chain([Action::BackedUp]).chain(apart).chain(lost).collect());
    assert_eq!(outcome(&history, None), Ok(()));
    let lost = outcome(&history, Some(Bug::LostForgotten)).expect_err("it is noticed");
    assert!(lost.starts_with("lost: "), "{lost}");
}

/// Seldom drawn too: something erased between a backup and its restore, by somebody whose phone does not erase it once more.
#[test]
fn what_was_erased_after_a_backup_stays_erased_when_whoever_did_it_lost_the_phone() {
    let (sem, marloes, youssef) = (0, 1, 2);
    let made = [does(sem, Deed::MakePlan), does(sem, Deed::MakeStep), syncs(sem), syncs(marloes), syncs(youssef)];
    let erased = [does(sem, Deed::Purge), syncs(sem), Action::Wiped { phone: sem }, Action::Restored];
    let history = of_three(made.into_iter().chain([Action::BackedUp]).chain(erased).collect());
    assert_eq!(outcome(&history, None), Ok(()));
    outcome(&history, Some(Bug::PurgeForgotten)).expect_err("it is noticed");
}

/// Seldom drawn: somebody is put out of a circle while a request of theirs is on its way, and makes something before the answer comes.
#[test]
fn what_waits_when_somebody_is_put_out_of_a_circle_stays_theirs() {
    let (sem, marloes, youssef) = (0, 1, 2);
    let made = [does(sem, Deed::MakePlan), syncs(sem), syncs(marloes), syncs(youssef)];
    let held = Action::Syncs { tab: youssef, fate: Fate::RequestHeld, rank: 0 };
    let put_out = Action::Does { tab: marloes, what: Deed::RemoveMember, pick: 3, other: 0, slowly: false };
    let comes = Action::GoesOn { tab: youssef, polls: 9 };
    let history = of_three(
        made.into_iter().chain([held, put_out, syncs(marloes), does(youssef, Deed::MakeStep), comes]).collect(),
    );
    assert_eq!(outcome(&history, None), Ok(()));
    let lost = outcome(&history, Some(Bug::LeavingTakesWhatWaits)).expect_err("it is noticed");
    assert!(lost.starts_with("lost: "), "{lost}");
}

/// Seldom drawn: a picture is erased while phones hold it.
#[test]
fn a_photo_of_what_was_erased_leaves_every_phone() {
    let (sem, marloes) = (0, 1);
    let made = [does(sem, Deed::MakePlan), does(sem, Deed::MakeStep), does(sem, Deed::Picture)];
    let erased = [syncs(sem), syncs(marloes), does(sem, Deed::Purge), syncs(sem), syncs(marloes)];
    let history = of_three(made.into_iter().chain(erased).collect());
    assert_eq!(outcome(&history, None), Ok(()));
    let kept = outcome(&history, Some(Bug::PhotosKept)).expect_err("it is noticed");
    assert!(kept.contains("keeps a photo"), "{kept}");
}

const fn does(tab: u8, what: Deed) -> Action {
    Action::Does { tab, what, pick: 0, other: 0, slowly: false }
}

const fn syncs(tab: u8) -> Action {
    Action::Syncs { tab, fate: Fate::Arrives, rank: 0 }
}

/// A history of three phones on which everybody may see everything.
const fn of_three(actions: Vec<Action>) -> History {
    History { phones: 3, second_tabs: 0, page: 9, consents: u16::MAX, old_apps: 0, actions }
}
