//! What the numbers in cells stand for, so that an export says days, moments and names in their place.

use opstap_core::Kind;

/// What a whole number in a cell stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// Itself.
    Number,
    /// A day.
    Day,
    /// A moment.
    Moment,
    /// Some of these, as a sum.
    Some(&'static [&'static str]),
    /// A place on earth.
    Position,
}

const WEEK: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const PARTS_OF_A_WEEK: [&str; 21] = [
    "monday-morning",
    "monday-midday",
    "monday-evening",
    "tuesday-morning",
    "tuesday-midday",
    "tuesday-evening",
    "wednesday-morning",
    "wednesday-midday",
    "wednesday-evening",
    "thursday-morning",
    "thursday-midday",
    "thursday-evening",
    "friday-morning",
    "friday-midday",
    "friday-evening",
    "saturday-morning",
    "saturday-midday",
    "saturday-evening",
    "sunday-morning",
    "sunday-midday",
    "sunday-evening",
];
const EXITS: [&str; 5] = ["once-more", "other-way", "choose", "ask-help", "pass-over"];
const REASONS: [&str; 7] = ["not-wanted", "parents", "not-learnable", "no-volunteer", "health", "moved", "other"];
const WHY: [&str; 5] = ["weather", "dark", "tired", "elsewhere", "afraid"];
const FEARS: [&str; 5] = ["busy", "dark", "late", "lost", "people"];
const COACH: [&str; 5] = ["calls", "along", "card", "plans", "nothing"];
const TRAINED: [&str; 3] = ["public-transport", "bicycle", "on-foot"];
const RULES: [&str; 13] = [
    "help-unanswered",
    "given-up",
    "step-fails",
    "less-independent",
    "no-practice",
    "handover-due",
    "follow-up-due",
    "consent-ends",
    "phone-silent",
    "edits-refused",
    "conflict",
    "hours-over",
    "hours-under",
];

/// What a number in this cell of such a record stands for.
#[must_use]
pub fn stands_for(kind: Kind, cell: &str) -> Stands {
    match (kind, cell) {
        (_, "at")
        | (Kind::Consent, "from" | "until")
        | (Kind::Plan, "mastered_by_client" | "mastered_by_supporter")
        | (Kind::Handover, "accepted" | "agreed")
        | (Kind::HandoverPoint | Kind::GoalAction | Kind::GoalStep, "done")
        | (Kind::Evaluation, "ready" | "agreed")
        | (Kind::Task, "ended")
        | (Kind::Appointment, "cancelled") => Stands::Moment,
        (_, "on" | "from" | "to" | "until" | "registered" | "due" | "ended" | "started" | "completed")
            if kind != Kind::GroupSession || cell == "on" =>
        {
            Stands::Day
        }
        (Kind::Trajectory, "met") | (Kind::Intake, "informed") | (Kind::Volunteer, "certificate") => Stands::Day,
        (Kind::Plan, "days" | "other_days") => Stands::Some(&WEEK),
        (Kind::Step, "exits") => Stands::Some(&EXITS),
        (_, "available") => Stands::Some(&PARTS_OF_A_WEEK),
        (_, "reasons") => Stands::Some(&REASONS),
        (_, "why_chosen") => Stands::Some(&WHY),
        (_, "fears_chosen") => Stands::Some(&FEARS),
        (_, "coach_chosen") => Stands::Some(&COACH),
        (_, "trained") => Stands::Some(&TRAINED),
        (_, "off") => Stands::Some(&RULES),
        (Kind::Part, "position") => Stands::Position,
        _ => Stands::Number,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cells of a kind as docs/protocol.md tells them: each with what is said of it.
    fn documented() -> Vec<(Kind, String, String)> {
        let page = include_str!("../../../docs/protocol.md");
        let rows = page.lines().skip_while(|line| *line != "### Kinds and their cells");
        let rows = rows.take_while(|line| !line.starts_with("## Who may"));
        let mut found = Vec::new();
        for row in rows.filter(|line| line.starts_with("| ")) {
            let parts: Vec<&str> = row.trim_matches('|').splitn(4, " | ").map(str::trim).collect();
            let [code, name, _, cells] = parts.as_slice() else { continue };
            let Ok(code) = code.parse::<u16>() else { continue };
            let kind = Kind::from_code(code);
            assert_eq!(format!("{kind:?}"), *name);
            for cell in cells.split("; ") {
                let Some((names, said)) = cell.rsplit_once('`') else { continue };
                let said = said.trim_matches(['*', ' ']);
                // A text or an id stands for itself, whatever its cell is called.
                if said.starts_with("text") || said.starts_with("id") {
                    continue;
                }
                let is_name = |name: &&str| {
                    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
                };
                let names = names.split('`').filter(is_name);
                found.extend(names.map(|name| (kind, name.to_owned(), said.to_owned())));
            }
        }
        found
    }

    #[test]
    fn every_cell_that_the_protocol_calls_a_day_or_a_moment_is_one_and_no_other() {
        let all = documented();
        assert!(all.len() > 150, "{}", all.len());
        for (kind, cell, said) in &all {
            let stands = stands_for(*kind, cell);
            let is_day = said.starts_with("day")
                || said.starts_with("number: a day")
                || said.starts_with("number: the last day");
            assert_eq!(stands == Stands::Day, is_day, "{kind:?} {cell}: {said}");
            assert_eq!(stands == Stands::Moment, said.starts_with("moment"), "{kind:?} {cell}: {said}");
        }
    }

    #[test]
    fn every_cell_that_the_protocol_calls_a_sum_is_told_by_names() {
        for (kind, cell, said) in documented() {
            if said.contains("the sum of") || said.contains("such a number") || said.contains("as in Trajectory") {
                assert!(matches!(stands_for(kind, &cell), Stands::Some(_)), "{kind:?} {cell}: {said}");
            }
        }
    }

    #[test]
    fn the_names_of_a_sum_are_the_codes_in_their_order() {
        use opstap_core::model::{AttentionRule, CoachHelp, Fear, SpecialReason, StopReason};
        assert!(REASONS.into_iter().eq(StopReason::ALL.iter().map(|one| one.code())));
        assert!(WHY.into_iter().eq(SpecialReason::ALL.iter().map(|one| one.code())));
        assert!(FEARS.into_iter().eq(Fear::ALL.iter().map(|one| one.code())));
        assert!(COACH.into_iter().eq(CoachHelp::ALL.iter().map(|one| one.code())));
        assert!(RULES.into_iter().eq(AttentionRule::ALL.iter().map(|one| one.code())));
    }
}
