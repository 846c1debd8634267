//! A client on the way with the own phone, and what is asked of them in a travel training.

use std::io;

use opstap_core::model::{Arrival, FollowUpAnswer, Model, SpecialTransport, set};
use opstap_core::{Day, Kind, RecordId};
use serde_json::json;

use super::{Album, Screen};
use crate::browser::{Missed, Stage, Step, Window};
use crate::device::now;
use crate::going_alone::{GoingAlone, set_up};
use crate::holder::Holder;

/// Sem once more, who travels to school and is asked something. There are three things to be asked, one after the other, and then
/// something to be proud of.
pub async fn prepare(stage: &mut Stage, asked: usize) -> Step<Album> {
    let screens = fill(stage, asked).map_err(|cause| Missed::new(format!("the journey was not filled: {cause}")))?;
    let sem = stage.person("Sem", Window::Phone);
    sem.open("/").await?;
    if asked < 3 {
        sem.see("Een vraag voor jou").await?;
    } else {
        sem.see_no("Een vraag voor jou").await?;
    }
    sem.when("everything to be sent", "return all('.top-bar .chip.sent').length > 0;", vec![]).await?;
    Ok(Album { person: sem, screens })
}

fn fill(stage: &Stage, asked: usize) -> io::Result<Vec<Screen>> {
    let seed = 60 + 3 * u64::try_from(asked).unwrap_or_default();
    let mut marloes = Holder::of(&stage.server, "Marloes", seed)?;
    match asked {
        0 => {
            let told = set_up(&mut marloes)?;
            let mut sem = Holder::of(&stage.server, "Sem", seed + 1)?;
            let id = sem.device.id(now());
            sem.write(now(), vec![Arrival { route: told.route, at: now() }.make(id)])?;
            let mut screens = on_the_way(&marloes, told)?;
            screens.push(Screen::at("asked-click", "/way/asked"));
            Ok(screens)
        }
        1 => {
            let mut karin = Holder::of(&stage.server, "Karin", seed + 1)?;
            let told = known(&marloes)?;
            marloes.write(now(), vec![set(told.trajectory, "click_participant", true)])?;
            told.hand_over(&mut marloes, &mut karin)?;
            Ok(vec![Screen::at("asked-handover", "/way/asked"), Screen::at("today-asked", "/")])
        }
        2 => {
            let mut sem = Holder::of(&stage.server, "Sem", seed + 1)?;
            sem.write(now(), vec![set(one(&sem, Kind::Handover)?, "agreed", now())])?;
            known(&marloes)?.follow_up(&mut marloes)?;
            let on = |name, taps: &[Option<usize>]| Screen::at(name, "/way/asked").after(tapping(taps));
            let (first, second) = (Some(0), Some(1));
            Ok(vec![
                Screen::at("asked-travels", "/way/asked"),
                on("asked-special", &[first, first]),
                on("asked-why-special", &[first, first, second, first]),
                on("asked-how-helps", &[first, first, first, first]),
                on("asked-fears", &[first, first, first, None, second]),
            ])
        }
        _ => {
            let mut sem = Holder::of(&stage.server, "Sem", seed + 1)?;
            let answer = FollowUpAnswer {
                travels: Some(true),
                other_routes: Some(false),
                special: Some(SpecialTransport::NotAnyMore),
                ..FollowUpAnswer::asked_on(Day::of(now()))
            };
            let id = sem.device.id(now());
            sem.write(now(), vec![answer.make_below(id, one(&marloes, Kind::FollowUp)?)])?;
            Ok(vec![Screen::at("agreed", "/way/asked")])
        }
    }
}

fn one(holder: &Holder, kind: Kind) -> io::Result<RecordId> {
    let found = holder.held.records.iter().find(|record| record.kind == kind && !record.is_deleted());
    found.map(|record| record.id).ok_or_else(|| io::Error::other(format!("no {kind:?}")))
}

/// The trajectory that an earlier turn made.
fn known(holder: &Holder) -> io::Result<GoingAlone> {
    let (trajectory, route) = (one(holder, Kind::Trajectory)?, holder.route()?);
    Ok(GoingAlone { trajectory, route, bus: route, stop: route })
}

/// A script that taps these one after the other: a tile by its place, or what the floor goes on with.
fn tapping(taps: &[Option<usize>]) -> &'static str {
    let script = format!(
        "const taps = {};
        const on = () => {{
            if (taps.length === 0) return;
            const floor = document.querySelector('.button.way');
            const thing = taps[0] === null ? floor : document.querySelectorAll('.tile')[taps[0]];
            if (thing) taps.shift();
            thing?.click();
            setTimeout(on, 400);
        }};
        on();",
        json!(taps)
    );
    script.leak()
}

/// Every screen of a route; those of a journey at the step that is kept beside the store.
fn on_the_way(marloes: &Holder, told: GoingAlone) -> io::Result<Vec<Screen>> {
    let GoingAlone { route, bus, stop, .. } = told;
    let goal = |says| marloes.one(Kind::Goal, "text", says);
    let walk = marloes.one(Kind::Part, "title", "Loop naar de halte")?;
    let at = |screen: &str| format!("/way/{route}{screen}");
    let mut screens = vec![Screen::at("way", at("")), Screen::at("way-parts", at("/parts"))];
    for (name, step) in [
        ("way-walk", format!("{walk} {} a", goal("Steek over bij het zebrapad")?)),
        ("way-board", format!("{bus} {bus} b")),
        ("way-ride", format!("{bus} {stop} r")),
        ("way-press", format!("{bus} {bus} p")),
        ("way-off", format!("{bus} {bus} o")),
        ("way-end", "end".to_owned()),
    ] {
        screens.push(Screen::at(name, at("/go")).after(standing(route, &step)));
    }
    for (name, screen) in [
        ("way-wrong", "/wrong"),
        ("way-wrong-stop", "/wrong-stop"),
        ("way-not-running", "/not-running"),
        ("way-lost", "/lost"),
        ("way-afraid", "/afraid"),
        ("way-card-fails", "/card"),
        ("way-there", "/there"),
        ("way-ask", "/ask"),
    ] {
        screens.push(Screen::at(name, at(screen)));
    }
    let others = "[...document.querySelectorAll('.floor button')].at(-1).click();";
    screens.push(Screen::at("way-ask-another", at("/ask")).after(others));
    Ok(screens)
}

/// A script that puts a journey along a route at a step. Scripts of screens stand as long as the album.
fn standing(route: RecordId, step: &str) -> &'static str {
    let kept = json!(format!("{route} {} {step}", now().0));
    let script = format!(
        "if (localStorage.getItem('opstap-way') !== {kept}) {{
            localStorage.setItem('opstap-way', {kept});
            location.reload();
        }}"
    );
    script.leak()
}
