//! Where a step leads other than on: its ways out, its choices and its other way. Pure, from the step and what happened in the run.

use opstap_core::model::{Choice, Exit, Exits, Step, StepEvent, StepOutcome};
use opstap_core::{Millis, RecordId};
use opstap_insight::{Place, next_after};

use super::going::Tapped;
use crate::stories::chooses_at_once;

/// The ways out of a step, in order. One that leads nowhere is left out, and there is always one.
pub fn exits(step: &Step, choices: usize, on_other_way: bool) -> Vec<Exit> {
    let set = step.exits.unwrap_or(Exits::USUAL);
    let leads = |exit: &Exit| match exit {
        Exit::OtherWay => !on_other_way && step.other_way.as_ref().is_some_and(|way| !way.is_empty()),
        Exit::Choose => choices > 0 && !chooses_at_once(step, choices),
        Exit::OnceMore | Exit::AskHelp | Exit::PassOver => true,
    };
    let mut exits: Vec<_> = Exit::ALL.into_iter().filter(|exit| set.has(*exit) && leads(exit)).collect();
    if exits.is_empty() {
        exits.push(Exit::OnceMore);
    }
    exits
}

/// Whether a step is on its other way: taken, and neither left nor gone back on. Help, "later" and a restart leave it as it is.
pub fn on_other_way(events: &[StepEvent], step: RecordId) -> bool {
    let (mut other, mut before) = (false, None);
    for event in events {
        other = match (event.step == step, event.what) {
            (true, StepOutcome::OtherWay) => true,
            // "Lukt niet" was taken back, and not the way.
            (true, StepOutcome::Back) if before == Some(StepOutcome::NotManaged) => other,
            (true, StepOutcome::Done | StepOutcome::Back | StepOutcome::Chosen) | (false, StepOutcome::Shown) => false,
            _ => other,
        };
        // Help is asked beside it, and takes nothing back.
        if event.what != StepOutcome::HelpAsked {
            before = Some(event.what);
        }
    }
    other
}

/// A step with the words and the picture of its other way. Film and recording are of the first.
pub fn on_its_other_way(mut step: Step) -> Step {
    step.text = step.other_way.take().unwrap_or(step.text);
    step.picture = step.other_picture.take().or(step.picture);
    (step.video, step.voice) = (None, None);
    step
}

/// The step at which a choice led to this one, if that is how it came on the screen.
pub fn chosen_from(events: &[StepEvent], step: RecordId) -> Option<RecordId> {
    let mut before = events.iter().rev().skip_while(|event| event.step == step);
    let (done, chosen) = (before.next()?, before.next()?);
    let led_here = done.what == StepOutcome::Done && chosen.what == StepOutcome::Chosen && chosen.step == done.step;
    led_here.then_some(chosen.step)
}

/// Where a choice leads: to its step, or on where that is not there.
pub fn leads_to(choice: &Choice, steps: &[RecordId], events: &[StepEvent], step: RecordId) -> Place {
    match choice.to.filter(|to| steps.contains(to)) {
        Some(to) => Place::At(to),
        None => next_after(steps, events, step),
    }
}

/// A choice made at a step, which is done with it, and where that leads: one edit.
pub fn chosen(step: RecordId, choice: RecordId, to: Place, at: Millis) -> Tapped {
    Tapped::chosen(step, choice, at).then(to, at)
}

#[cfg(test)]
mod tests {
    use StepOutcome::{Back, Chosen, Done, HelpAsked, Later, NotManaged, OtherWay, Shown};

    use super::*;

    fn id(n: u8) -> RecordId {
        RecordId([n; 16])
    }

    fn log(events: &[(u8, StepOutcome)]) -> Vec<StepEvent> {
        events.iter().map(|(n, what)| StepEvent::of(id(*n), *what, Millis(1))).collect()
    }

    #[test]
    fn a_step_has_the_ways_out_that_were_set_and_that_lead_somewhere() {
        use Exit::{AskHelp, Choose, OnceMore, PassOver};
        let step = |exits: &[Exit]| Step { exits: Exits::of(exits.to_vec()), ..Step::saying("A", "Pak brood.") };
        assert_eq!(exits(&step(&[]), 0, false), [OnceMore, AskHelp, PassOver]);
        assert_eq!(exits(&step(&[AskHelp, Choose]), 2, false), [Choose, AskHelp]);
        assert_eq!(exits(&step(&[Choose, Exit::OtherWay]), 0, false), [OnceMore]);
        let other = Step { other_way: Some("Vraag het.".into()), ..step(&[]) };
        assert_eq!(exits(&other, 3, false), [OnceMore, Exit::OtherWay, AskHelp, PassOver]);
        assert_eq!(exits(&other, 0, true), [OnceMore, AskHelp, PassOver]);
    }

    #[test]
    fn choices_stand_at_the_step_itself_unless_they_are_a_way_out() {
        let step = |exits| Step { exits, ..Step::saying("A", "Kies.") };
        assert!(chooses_at_once(&step(None), 2) && !chooses_at_once(&step(None), 0));
        assert!(!chooses_at_once(&step(Exits::of([Exit::Choose])), 2));
        assert!(chooses_at_once(&step(Exits::of([Exit::AskHelp])), 2));
    }

    #[test]
    fn the_other_way_stays_until_the_step_is_left_or_gone_back_on() {
        let taken = [(1, Shown), (1, OtherWay), (1, HelpAsked), (1, Later), (1, Shown)];
        assert!(on_other_way(&log(&taken), id(1)));
        let stuck_taken_back = [taken.as_slice(), &[(1, NotManaged), (1, Back), (1, Shown)]].concat();
        assert!(on_other_way(&log(&stuck_taken_back), id(1)), "the tap is taken back, and not the way");
        let help_between = [taken.as_slice(), &[(1, NotManaged), (1, HelpAsked), (1, Back), (1, Shown)]].concat();
        assert!(on_other_way(&log(&help_between), id(1)), "help was asked in between");
        for left in [[(1, Back), (1, Shown)], [(1, Done), (2, Shown)]] {
            assert!(!on_other_way(&log(&[taken.as_slice(), &left].concat()), id(1)), "{left:?}");
        }
    }

    #[test]
    fn a_choice_is_done_and_leads_to_its_step_or_on_where_that_is_gone() {
        let steps = [id(1), id(2), id(3)];
        let to = |to| Choice { order: "A".into(), text: "Met de bus".into(), picture: None, to };
        let lead = |choice: &Choice| leads_to(choice, &steps, &log(&[(1, Shown)]), id(1));
        assert_eq!(lead(&to(Some(id(3)))), Place::At(id(3)));
        assert_eq!(lead(&to(Some(id(9)))), Place::At(id(2)));
        assert_eq!(lead(&to(None)), Place::At(id(2)));
        let tapped = chosen(id(1), id(7), Place::At(id(3)), Millis(5));
        assert_eq!(tapped.events.iter().map(|event| event.what).collect::<Vec<_>>(), [Chosen, Done, Shown]);
        assert_eq!((tapped.events[0].choice, tapped.ends), (Some(id(7)), false));
        assert!(chosen(id(1), id(7), Place::Finished, Millis(5)).ends);
    }

    #[test]
    fn the_way_back_from_where_a_choice_led_is_the_choice() {
        let led = [(1, Shown), (1, Chosen), (1, Done), (4, Shown)];
        assert_eq!(chosen_from(&log(&led), id(4)), Some(id(1)));
        let again = [led.as_slice(), &[(4, HelpAsked), (4, Shown)]].concat();
        assert_eq!(chosen_from(&log(&again), id(4)), Some(id(1)));
        assert_eq!(chosen_from(&log(&[(1, Shown), (1, Done), (2, Shown)]), id(2)), None);
        assert_eq!(chosen_from(&log(&[(1, Shown)]), id(1)), None);
    }
}
