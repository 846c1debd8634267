//! The app on the levels that supporter and client settle on: today and nothing else with one picture, pictures without words, words without
//! pictures and steps in numbers.

use std::io;

use opstap_core::model::{Model, Preferences, UpTo};
use opstap_core::{Change, Kind};

use super::{Album, Screen, rare::sent};
use crate::browser::{Missed, Stage, Step, Window};
use crate::device::now;
use crate::holder::Holder;

/// Sem's app as simple as it can be, then as full of words; after that it is as it was for everybody.
pub async fn prepare(stage: &mut Stage, turn: usize) -> Step<Album> {
    let seed = 80 + u64::try_from(turn).unwrap_or_default();
    let screens = Holder::of(&stage.server, "Marloes", seed).and_then(|mut marloes| settle(&mut marloes, turn));
    let screens = screens.map_err(|cause| Missed::new(format!("the level was not settled: {cause}")))?;
    let sem = stage.person("Sem", Window::Phone);
    sem.open("/").await?;
    sent(&sem).await?;
    match turn {
        0 => sem.when("one picture", "return all('.tile, .next-up').length === 1;", vec![]).await?,
        _ => sem.see("Al mijn plannen").await?,
    }
    Ok(Album { person: sem, screens })
}

/// Puts the app back as it is for everybody.
///
/// # Errors
/// When the server does not take it.
pub fn clear(stage: &Stage) -> Step {
    let cleared = Holder::of(&stage.server, "Marloes", 89).and_then(|mut marloes| write(&mut marloes, &normal()));
    cleared.map_err(|cause| Missed::new(format!("the level stayed: {cause}")))
}

/// Every switch as it is when nobody touched it, said aloud so that it counts over what was said before.
fn normal() -> Preferences {
    Preferences {
        pictures: UpTo::of(5),
        wordless: Some(false),
        pictureless: Some(false),
        aloud: Some(false),
        counted: Some(false),
        no_later: Some(false),
        no_not_managed: Some(false),
        closed: Some(false),
    }
}

/// A circle has one record of it.
fn write(marloes: &mut Holder, preferences: &Preferences) -> io::Result<()> {
    let there = marloes.held.records.iter().find(|record| record.kind == Kind::Preferences).map(|record| record.id);
    let change = match there {
        Some(id) => Change::Set { id, cells: preferences.cells() },
        None => preferences.make(marloes.device.id(now())),
    };
    marloes.write(now(), vec![change])
}

fn settle(marloes: &mut Holder, turn: usize) -> io::Result<Vec<Screen>> {
    let plan = marloes.one(Kind::Plan, "title", "Tanden poetsen")?;
    let walk = |name, part: &str| Screen::at(name, format!("/plan/{plan}{part}"));
    if turn == 0 {
        let simple = Preferences {
            pictures: UpTo::of(1),
            wordless: Some(true),
            no_later: Some(true),
            no_not_managed: Some(true),
            closed: Some(true),
            ..normal()
        };
        write(marloes, &simple)?;
        return Ok(vec![
            Screen::at("closed-today", "/"),
            walk("closed-plan", ""),
            walk("closed-step", "/step"),
            Screen::at("closed-help", "/help"),
        ]);
    }
    write(marloes, &Preferences { pictureless: Some(true), counted: Some(true), aloud: Some(true), ..normal() })?;
    Ok(vec![
        Screen::at("words-today", "/"),
        Screen::at("words-plans", "/plans"),
        walk("words-plan", ""),
        walk("words-step", "/step"),
        walk("words-exits", "/not-managed"),
        walk("words-choose", "/choose"),
    ])
}
