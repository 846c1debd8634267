//! A summary as bytes. They are a cache: a version that is not known, or anything else that is no summary, is none, and it is made anew.

use opstap_core::model::{AttentionSettings, Grant};

use super::bytes::{In, Kept, Out};
use super::summary::{
    Failing, GivenUp, HandoverNow, HelpAsked, HoursHeld, LastRun, Line, LineWeek, Mark, NextAppointment, Piled,
    Summary, TaskWaits, Teammate, Travel, WeekDone, WeekMinutes,
};

/// Raise it with every change below, or of what is in a summary and how it is counted.
const VERSION: u8 = 1;

macro_rules! kept {
    ($type:ident { $($field:ident),+ }) => {
        impl Kept for $type {
            fn keep(&self, out: &mut Out) {
                $(self.$field.keep(out);)+
            }

            fn read(from: &mut In<'_>) -> Option<Self> {
                Some(Self { $($field: Kept::read(from)?),+ })
            }
        }
    };
}

kept!(Summary {
    made,
    team,
    titles,
    weeks,
    lines,
    last_run,
    faces,
    help,
    given_up,
    failing,
    travel,
    tasks,
    consents,
    hours,
    next,
    days_off,
    marks,
    settings,
    refused,
    conflicts
});
kept!(Teammate { person, relation, name, phone });
kept!(WeekDone { week, begun, done, stopped, all, by_oneself, practices });
kept!(Line { of, is_route, weeks });
kept!(LineWeek { week, times, all, by_oneself });
kept!(LastRun { run, plan, began, ended, reached, steps, by_oneself, face });
kept!(HelpAsked { message, to, at, step, plan, place });
kept!(GivenUp { plan, run, at, step, place, face });
kept!(Failing { step, plan, times, last, stopped });
kept!(Travel { trajectory, stage, route, volunteer, practices, last, weekly, handover, follow_ups });
kept!(HandoverNow { since, on, points, open, to_close });
kept!(TaskWaits { task, by, to, at, due });
kept!(HoursHeld { weeks, grants });
kept!(WeekMinutes { week, supervisor, support_worker });
kept!(NextAppointment { id, with, at, minutes });
kept!(Mark { rule, about, act, at, until, by });
kept!(Piled { count, latest });
kept!(AttentionSettings { off, quiet_days, failures, silent_days, hours_percent });

impl Kept for Grant {
    fn keep(&self, out: &mut Out) {
        ((self.from, self.to), (self.specialist, self.basic)).keep(out);
    }

    fn read(from: &mut In<'_>) -> Option<Self> {
        let ((from, to), (specialist, basic)) = Kept::read(from)?;
        Some(Self::of(from, to, specialist, basic))
    }
}

impl Summary {
    /// Its bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Out::default();
        out.bytes.push(VERSION);
        self.keep(&mut out);
        out.bytes
    }

    /// Reads it back; none for what another version wrote, or what is no summary.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (version, rest) = bytes.split_first()?;
        if *version != VERSION {
            return None;
        }
        let mut from = In::of(rest);
        let summary = Self::read(&mut from)?;
        from.is_at_the_end().then_some(summary)
    }
}

#[cfg(test)]
#[path = "kept_tests.rs"]
mod tests;
