//! A route practised for weeks, as records: goals that go by themselves, one that took help again, one that takes longer than usual.

use std::io;

use opstap_core::model::{Face, GoalHelp, HelpLevel, Model, Practice, PracticeEnd};
use opstap_core::{Kind, Millis};

use crate::device::now;
use crate::holder::Holder;

use HelpLevel::{ByOneself, Hint, Shown, Together, Told};

/// How many days ago each practice was. That of the demonstration came after them.
const DAYS_AGO: [u64; 4] = [33, 26, 19, 12];

/// Goals with the help they took at each, and, last, at the practice of the demonstration.
pub const HELP: [(&str, [HelpLevel; 5]); 3] = [
    ("Steek over bij het zebrapad", [Told, Hint, ByOneself, ByOneself, ByOneself]),
    ("Zoek de goede halte", [ByOneself, ByOneself, ByOneself, ByOneself, Hint]),
    ("Kijk of het bus 32 is", [Together, Shown, Told, Hint, Hint]),
];

/// Writes the practices before that of the demonstration down.
///
/// # Errors
/// When they are refused, or the circle is not the one of the demonstration.
pub fn practise(youssef: &mut Holder) -> io::Result<()> {
    let route = youssef.route()?;
    for (place, days) in DAYS_AGO.into_iter().enumerate() {
        let at = Millis(now().0.saturating_sub(days * 24 * 60 * 60_000));
        let [practice, end] = [0; 2].map(|_| youssef.device.id(at));
        let mut changes = vec![Practice { route, at }.make(practice)];
        for (goal, levels) in HELP {
            let help = levels.get(place).copied().unwrap_or(Together);
            let said = GoalHelp { goal: youssef.one(Kind::Goal, "text", goal)?, help, at, replaces: None };
            changes.push(said.make_below(youssef.device.id(at), practice));
        }
        let done =
            PracticeEnd { at: at.plus(3_600_000), minutes: Some(60), word: None, face: Some(Face::Good), said: None };
        changes.push(done.make_below(end, practice));
        youssef.write(now(), changes)?;
    }
    Ok(())
}
