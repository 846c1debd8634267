//! The row of the programme that belongs to a trajectory: days and codes alone, kept in step with the circle.

use std::collections::BTreeMap;

use opstap_core::model::{FollowUpAnswer, Registration, RegistrationFollowUp, ToCell, Trajectory};
use opstap_core::{CellName, Value};

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

/// What the follow-up enquiries of a trajectory found, as the programme keeps it: in codes alone. Of two after as many months, since it was
/// handed over twice, the later counts.
#[must_use]
pub fn follow_ups_of(story: &TrajectoryStory) -> Vec<RegistrationFollowUp> {
    let answered = story.follow_ups.iter().filter_map(|one| Some((one.follow_up.months, &one.answer.as_ref()?.1)));
    answered
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

#[cfg(test)]
mod tests {
    use opstap_core::model::{
        Channel, FollowUp, Handover, Indication, Stage, StageEntry, StopReasons, TrajectoryEnd, TrajectoryOutcome,
        TravelMode,
    };
    use opstap_core::{CircleId, Day, RecordId};

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

    #[test]
    fn of_two_enquiries_after_as_many_months_the_later_counts() {
        let asked = |due, on| {
            let answer = FollowUpAnswer { travels: Some(true), ..FollowUpAnswer::asked_on(Day(on)) };
            let follow_up = FollowUp { months: 1, due: Day(due) };
            FollowUpStory { id: RecordId([9; 16]), follow_up, answer: Some((RecordId([10; 16]), answer)) }
        };
        let twice = TrajectoryStory { follow_ups: vec![asked(170, 171), asked(290, 295)], ..story() };
        let found: Vec<_> = follow_ups_of(&twice).iter().map(|one| (one.months, one.on)).collect();
        assert_eq!(found, [(Some(1), Day(295))]);
    }
}
