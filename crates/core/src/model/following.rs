//! Following from a distance: notes of professionals, and what was done with what asked for attention.

use crate::age::Day;
use crate::id::RecordId;
use crate::model::{Picked, codes, model};
use crate::stamp::Millis;
use crate::value::BlobRef;

codes! {
    /// For whom a note is.
    NoteFor {
        /// For the file.
        File = "file",
        /// For colleagues, as they work.
        Colleagues = "colleagues",
    }
}

model! {
    /// A note of a professional, typed or spoken. A correction names what it replaces.
    Note {
        /// For whom.
        whom: NoteFor,
        /// When.
        at: Millis,
        /// What it says.
        text: Option<String>,
        /// What it says, spoken.
        voice: Option<BlobRef>,
        /// The goal it is about.
        goal: Option<RecordId>,
        /// The note that this corrects.
        replaces: Option<RecordId>,
    }
}

codes! {
    /// Why a client may deserve a person today, the most urgent first.
    AttentionRule {
        /// Help was asked and nobody answered.
        HelpUnanswered = "help-unanswered",
        /// A plan was given up half-way.
        GivenUp = "given-up",
        /// A step fails again and again.
        StepFails = "step-fails",
        /// More help is needed than before.
        LessIndependent = "less-independent",
        /// A week went by without practice.
        NoPractice = "no-practice",
        /// A handover is due, or a task that was asked waits for an answer.
        HandoverDue = "handover-due",
        /// A follow-up enquiry is due.
        FollowUpDue = "follow-up-due",
        /// A consent ends soon.
        ConsentEnds = "consent-ends",
        /// A phone has not been heard of.
        PhoneSilent = "phone-silent",
        /// Edits were refused or set apart.
        EditsRefused = "edits-refused",
        /// Two people wrote in the same place.
        Conflict = "conflict",
        /// More hours are used than granted.
        HoursOver = "hours-over",
        /// Fewer hours are used than granted.
        HoursUnder = "hours-under",
    }
}

codes! {
    /// What somebody did with what asked for attention.
    AttentionAct {
        /// They looked.
        Looked = "looked",
        /// They put it off, for a reason that colleagues can read.
        Later = "later",
        /// It is done.
        Done = "done",
    }
}

model! {
    /// What somebody did with what asked for attention. By it others know that it was seen.
    AttentionMark {
        /// Why it asked.
        rule: AttentionRule,
        /// What they did.
        act: AttentionAct,
        /// When.
        at: Millis,
        /// What it was about: the message, the plan, the step.
        about: Option<RecordId>,
        /// Until which day it is put off; it asks again on that day.
        until: Option<Day>,
        /// Why it is put off, or what was done.
        word: Option<String>,
    }
}

/// How many rules there are to switch off.
const RULES: u8 = 13;

/// Rules that are switched off, by the place of each in [`AttentionRule::ALL`].
pub type RulesOff = Picked<RULES>;

model! {
    /// What is different for this client in what asks for attention. One for a circle: of two that were made apart the lower id counts.
    AttentionSettings {
        /// The rules that are switched off.
        off: Option<RulesOff>,
        /// After how many days without practice somebody is asked to look; a week without it.
        quiet_days: Option<u32>,
        /// How often in a row a step has to fail.
        failures: Option<u32>,
        /// After how many days a phone that was not heard of is told.
        silent_days: Option<u32>,
        /// By how many per cent hours may run over or under what is granted.
        hours_percent: Option<u32>,
    }
}
