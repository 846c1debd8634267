//! The row of the programme that belongs to a trajectory: days and codes alone, kept in step with the circle.

use std::collections::BTreeMap;

use opstap_core::model::{FollowUpAnswer, Registration, RegistrationFollowUp, ToCell, Trajectory};
use opstap_core::{CellName, Day, Value};

use crate::trajectory::TrajectoryStory;

/// What the row of a trajectory holds now. What the programme alone knows, as the row has it, stays.
#[must_use]
pub fn row_of(story: &TrajectoryStory, known: &Registration) -> Registration {
    let Trajectory { registered, channel, area, indication, mode, available, .. } = story.trajectory.clone();
    let end = story.end.as_ref().map(|(_, end)| end);
    Registration {
        registered,
        channel,
        area,
        indication,
        mode,
        outcome: end.map(|end| end.how),
        reasons: end.and_then(|end| end.reasons),
        ended: end.map(|end| end.on),
        started: story.started(),
        completed: story.completed(),
        available,
        ..known.clone()
    }
}

/// The cells to set in a row that stands as `known`, so that it says what `now` says.
#[must_use]
pub fn differing(known: &Registration, now: &Registration) -> Vec<(CellName, Value)> {
    let cells = |row: &Registration| {
        [
            ("registered", row.registered.to_cell()),
            ("channel", row.channel.to_cell()),
            ("area", row.area.to_cell()),
            ("indication", row.indication.to_cell()),
            ("mode", row.mode.to_cell()),
            ("outcome", row.outcome.to_cell()),
            ("reasons", row.reasons.to_cell()),
            ("ended", row.ended.to_cell()),
            ("started", row.started.to_cell()),
            ("completed", row.completed.to_cell()),
            ("available", row.available.to_cell()),
            ("volunteer", row.volunteer.to_cell()),
        ]
    };
    let both = cells(known).into_iter().zip(cells(now));
    both.filter(|((_, before), (_, now))| before != now).map(|(_, (name, value))| (name.into(), value)).collect()
}

/// What the follow-up enquiries of a trajectory found, as the programme keeps it: in codes alone. Of two after as many months the later
/// counts, and what was found before a handover that was led back not at all.
#[must_use]
pub fn follow_ups_of(story: &TrajectoryStory) -> Vec<RegistrationFollowUp> {
    let answered = story.follow_ups.iter().filter_map(|one| Some((one.follow_up.months, &one.answer.as_ref()?.1)));
    answered
        .filter(|(_, answer)| is_of(story.completed(), answer.on))
        .collect::<BTreeMap<_, _>>()
        .into_iter()
        .map(|(months, answer)| {
            let FollowUpAnswer { on, travels, other_routes, special, .. } = answer;
            RegistrationFollowUp {
                on: *on,
                months: Some(months),
                travels: *travels,
                other_routes: *other_routes,
                special: *special,
            }
        })
        .collect()
}

/// Whether what a row says was found on a day is no more of its trajectory: it was led back since.
#[must_use]
pub fn is_found_before(story: &TrajectoryStory, found: &RegistrationFollowUp) -> bool {
    found.months.is_some() && !is_of(story.completed(), found.on)
}

/// Whether what was found on a day is of this completion.
fn is_of(completed: Option<Day>, on: Day) -> bool {
    completed.is_some_and(|completed| on >= completed)
}

#[cfg(test)]
mod tests {
    use opstap_core::model::{
        Channel, FollowUp, Handover, Indication, Stage, StageEntry, StopReasons, TrajectoryEnd, TrajectoryOutcome,
        TravelMode,
    };
    use opstap_core::{CircleId, RecordId};

    use super::*;
    use crate::trajectory::FollowUpStory;

    const CIRCLE: CircleId = CircleId([8; 16]);

    fn row() -> Registration {
        Registration {
            circle: Some(CIRCLE),
            volunteer: Some(RecordId([7; 16])),
            ..Registration::of(Day(100), Channel::School)
        }
    }

    fn story() -> TrajectoryStory {
        let trajectory = Trajectory {
            municipality: Some("Rotterdam".into()),
            area: Some("Zuid".into()),
            indication: Some(Indication::School),
            mode: Some(TravelMode::PublicTransport),
            goals: Some("zelf naar school".into()),
            ..Trajectory::of(Day(100), Channel::School)
        };
        let practice = StageEntry { stage: Stage::Practice, on: Day(120), responsible: None, reason: None };
        TrajectoryStory {
            id: RecordId([1; 16]),
            trajectory,
            intake: None,
            entries: vec![(RecordId([2; 16]), practice)],
            end: None,
            handover: None,
            points: Vec::new(),
            follow_ups: Vec::new(),
        }
    }

    #[test]
    fn a_row_takes_days_and_codes_from_its_trajectory_and_keeps_what_the_programme_knows() {
        let now = row_of(&story(), &row());
        assert_eq!(
            (now.started, now.mode, now.volunteer),
            (Some(Day(120)), Some(TravelMode::PublicTransport), row().volunteer)
        );
        let names: Vec<_> = differing(&row(), &now).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["area", "indication", "mode", "started"]);
        assert!(differing(&now, &row_of(&story(), &now)).is_empty(), "a second time changes nothing");
    }

    #[test]
    fn what_was_taken_back_in_the_circle_is_emptied_in_the_row() {
        let end = TrajectoryEnd {
            how: TrajectoryOutcome::Stopped,
            on: Day(130),
            reasons: StopReasons::of([1, 4]),
            word: Some("de ouders waren bang".into()),
        };
        let stopped = TrajectoryStory { end: Some((RecordId([3; 16]), end)), ..story() };
        let told = row_of(&stopped, &row());
        assert_eq!((told.outcome, told.ended), (Some(TrajectoryOutcome::Stopped), Some(Day(130))));
        let back = differing(&told, &row_of(&story(), &told));
        assert_eq!(back, ["outcome", "reasons", "ended"].map(|name| (name.into(), Value::Nothing)));
    }

    #[test]
    fn a_row_is_completed_when_coach_and_participant_both_said_so() {
        let with = |agreed| {
            let handover = Handover { on: None, outing: None, accepted: Some(Day(140).begins()), agreed };
            row_of(&TrajectoryStory { handover: Some((RecordId([4; 16]), handover)), ..story() }, &row()).completed
        };
        assert_eq!((with(None), with(Some(Day(141).begins()))), (None, Some(Day(141))));
    }

    fn handed_over(day: u32, follow_ups: Vec<FollowUpStory>) -> TrajectoryStory {
        let said = Some(Day(day).begins());
        let handover = Handover { on: None, outing: None, accepted: said, agreed: said };
        TrajectoryStory { handover: Some((RecordId([4; 16]), handover)), follow_ups, ..story() }
    }

    fn asked(due: u32, on: u32) -> FollowUpStory {
        let answer = FollowUpAnswer { travels: Some(true), ..FollowUpAnswer::asked_on(Day(on)) };
        let follow_up = FollowUp { months: 1, due: Day(due) };
        FollowUpStory { id: RecordId([9; 16]), follow_up, answer: Some((RecordId([10; 16]), answer)) }
    }

    #[test]
    fn what_was_found_before_a_handover_that_was_led_back_is_not_of_the_next() {
        let again = handed_over(200, vec![asked(170, 171)]);
        assert_eq!(follow_ups_of(&again), []);
        let found = |on| RegistrationFollowUp {
            on: Day(on),
            months: Some(1),
            travels: Some(true),
            other_routes: None,
            special: None,
        };
        assert!(is_found_before(&again, &found(171)) && !is_found_before(&again, &found(230)));
        assert!(is_found_before(&story(), &found(171)), "it was led back, and is to be handed over");
        assert!(!is_found_before(&again, &RegistrationFollowUp { months: None, ..found(171) }), "nobody asked it here");
    }

    #[test]
    fn of_two_enquiries_after_as_many_months_the_later_counts() {
        let found: Vec<_> = follow_ups_of(&handed_over(140, vec![asked(170, 171), asked(290, 295)]))
            .iter()
            .map(|one| (one.months, one.on))
            .collect();
        assert_eq!(found, [(Some(1), Day(295))]);
    }
}
