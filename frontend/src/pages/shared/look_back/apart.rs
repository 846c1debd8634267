//! What came in when its author no longer had the right: whoever has a say lets it count or not.

use std::rc::Rc;

use leptos::task::spawn_local;
use opstap_core::EditName;

use super::list::{Doubt, Look, Looking, Question, Row, Said, button};
use crate::components::{Appearance, Icon, Toast, show_toast};
use crate::device::{self, Asked, Ruled};
use crate::stories::deeds;
use crate::words::{Text, past, shared};

/// What was set apart in a circle.
pub fn apart() -> Look {
    Look {
        read: Rc::new(|circle| Box::pin(device::set_apart(circle))),
        row,
        means: past::SET_APART_MEANS,
        none: past::NOTHING_APART,
        question: Some(Question { question: past::LET_NOT_COUNT_QUESTION, yes: past::LET_NOT_COUNT, act: turn_away }),
    }
}

fn row(Row { looking, told, at, edit, names, when }: Row<'_>) -> Option<Said> {
    let name = EditName { device: edit.stamp.device, n: *told.ns.get(at)? };
    let mut changes = edit.changes.clone();
    deeds::complete(&mut changes, names);
    let here = looking.clone();
    let counts = button(past::LET_COUNT, Icon::CHECK, Appearance::Quiet, move || rule(&here, name, true));
    let buttons = vec![counts, looking.doubting((past::LET_NOT_COUNT, Icon::CROSS), Doubt::Edit(name))];
    let more = Text::live(move || past::came(when.get()).get());
    Some(Said { more, buttons, changes: Some(changes) })
}

fn turn_away(looking: &Looking, about: Doubt) {
    if let Doubt::Edit(name) = about {
        rule(looking, name, false);
    }
}

fn rule(looking: &Looking, name: EditName, let_in: bool) {
    let looking = looking.clone();
    spawn_local(async move {
        let says = match (device::rule(looking.circle, name, let_in).await, let_in) {
            (Asked::Told(Ruled::Done), true) => past::COUNTS_NOW,
            (Asked::Told(Ruled::Done), false) => past::COUNTS_NOT,
            (Asked::Told(Ruled::CannotBe), _) => past::CANNOT_COUNT_YET,
            (Asked::Told(Ruled::NotThere) | Asked::NotThere, _) => past::ALREADY_DECIDED,
            (Asked::NotNow, _) => shared::ONLY_ONLINE,
        };
        show_toast(Toast::new(says));
        looking.ask();
    });
}
