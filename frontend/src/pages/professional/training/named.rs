//! What the codes of a training are called.

use opstap_core::model::{HandoverTopic, Learnability, SpecialTransport, Stage, StopReason, TrajectoryOutcome};
use opstap_insight::Need;

use crate::pages::professional::place::TrainingPart;
use crate::words::{Word, training};

/// A stage.
pub fn stage(stage: Stage) -> Word {
    match stage {
        Stage::Registration => training::STAGE_REGISTRATION,
        Stage::Intake => training::STAGE_INTAKE,
        Stage::Matching => training::STAGE_MATCHING,
        Stage::Practice => training::STAGE_PRACTICE,
        Stage::Handover => training::STAGE_HANDOVER,
        Stage::Alone => training::STAGE_ALONE,
        Stage::FollowUp => training::STAGE_FOLLOW_UP,
    }
}

/// What leads on to a stage.
pub fn go_to(stage: Stage) -> Word {
    match stage {
        Stage::Registration | Stage::Intake => training::GO_INTAKE,
        Stage::Matching => training::GO_MATCHING,
        Stage::Practice => training::GO_PRACTICE,
        Stage::Handover => training::GO_HANDOVER,
        Stage::Alone => training::GO_ALONE,
        Stage::FollowUp => training::GO_FOLLOW_UP,
    }
}

/// A part of what is settled.
pub fn part(part: TrainingPart) -> Word {
    match part {
        TrainingPart::Intake => training::PART_INTAKE,
        TrainingPart::Matching => training::PART_MATCHING,
        TrainingPart::Plan => training::PART_PLAN,
        TrainingPart::Handover => training::PART_HANDOVER,
        TrainingPart::FollowUp => training::PART_FOLLOW_UP,
    }
}

/// The part that a stage asks for.
pub fn part_of(stage: Stage) -> TrainingPart {
    match stage {
        Stage::Registration | Stage::Intake => TrainingPart::Intake,
        Stage::Matching => TrainingPart::Matching,
        Stage::Practice => TrainingPart::Plan,
        Stage::Handover => TrainingPart::Handover,
        Stage::Alone | Stage::FollowUp => TrainingPart::FollowUp,
    }
}

/// What is still needed, and the part in which it comes; none where it comes from elsewhere.
pub fn need(need: Need) -> (Word, Option<TrainingPart>) {
    use TrainingPart::{Handover, Intake, Matching, Plan};
    match need {
        Need::Municipality => (training::NEED_MUNICIPALITY, Some(Intake)),
        Need::Motivation => (training::NEED_MOTIVATION, Some(Intake)),
        Need::Mode => (training::NEED_MODE, Some(Intake)),
        Need::Learnability => (training::NEED_LEARNABILITY, Some(Intake)),
        Need::ParentsInformed => (training::NEED_INFORMED, Some(Intake)),
        Need::Volunteer => (training::NEED_VOLUNTEER, Some(Matching)),
        Need::Meeting => (training::NEED_MEETING, Some(Matching)),
        Need::Goals => (training::NEED_GOALS, Some(Matching)),
        Need::Route => (training::NEED_ROUTE, Some(Plan)),
        Need::Coach => (training::NEED_COACH, Some(Matching)),
        Need::Practice => (training::NEED_PRACTICE, None),
        Need::HandoverDay => (training::NEED_HANDOVER_DAY, Some(Handover)),
        Need::HandoverPoints => (training::NEED_HANDOVER_POINTS, Some(Handover)),
        Need::Accepted => (training::NEED_ACCEPTED, None),
        Need::Agreed => (training::NEED_AGREED, None),
    }
}

/// Whether it can be learned.
pub fn learnability(judged: Learnability) -> Word {
    match judged {
        Learnability::Yes => training::LEARNABLE_YES,
        Learnability::Later => training::LEARNABLE_LATER,
        Learnability::No => training::LEARNABLE_NO,
    }
}

/// How it ended.
pub fn outcome(outcome: TrajectoryOutcome) -> Word {
    match outcome {
        TrajectoryOutcome::Outside => training::ENDED_OUTSIDE,
        TrajectoryOutcome::Withdrew => training::ENDED_WITHDREW,
        TrajectoryOutcome::Stopped => training::ENDED_STOPPED,
    }
}

/// Why it stopped.
pub fn reason(reason: StopReason) -> Word {
    match reason {
        StopReason::NotWanted => training::REASON_NOT_WANTED,
        StopReason::Parents => training::REASON_PARENTS,
        StopReason::NotLearnable => training::REASON_NOT_LEARNABLE,
        StopReason::NoVolunteer => training::REASON_NO_VOLUNTEER,
        StopReason::Health => training::REASON_HEALTH,
        StopReason::Moved => training::REASON_MOVED,
        StopReason::Other => training::REASON_OTHER,
    }
}

/// What a handover makes clear.
pub fn topic(topic: HandoverTopic) -> Word {
    match topic {
        HandoverTopic::Card => training::TOPIC_CARD,
        HandoverTopic::Reachable => training::TOPIC_REACHABLE,
        HandoverTopic::Disruption => training::TOPIC_DISRUPTION,
        HandoverTopic::Fears => training::TOPIC_FEARS,
        HandoverTopic::NextRoute => training::TOPIC_NEXT_ROUTE,
        HandoverTopic::Other => training::TOPIC_OTHER,
    }
}

/// Whether special transport is still used.
pub fn special(special: SpecialTransport) -> Word {
    match special {
        SpecialTransport::NotAnyMore => training::SPECIAL_NONE,
        SpecialTransport::LessOften => training::SPECIAL_LESS,
        SpecialTransport::AsBefore => training::SPECIAL_AS_BEFORE,
    }
}
