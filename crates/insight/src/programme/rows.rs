//! The rows of a programme, read from its records, and what each of them says by itself.

use opstap_core::model::{
    Model, ProgrammeSettings, Registration, RegistrationFollowUp, RegistrationTime, Stage, TimeRole, TrajectoryOutcome,
};
use opstap_core::{Day, Record, RecordId};

/// A registration with what stands below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgrammeRow {
    /// Its record.
    pub id: RecordId,
    /// The row itself.
    pub registration: Registration,
    /// What follow-up enquiries found, the first asked first; each enquiry once.
    pub follow_ups: Vec<RegistrationFollowUp>,
    /// The time that its stages took, each stage once for whoever it was of.
    pub times: Vec<RegistrationTime>,
}

/// Where a row stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Registered, and practice did not begin yet.
    Waiting,
    /// Not taken on, since they live outside the area that is served.
    Outside,
    /// Ended before practice began.
    Withdrew,
    /// Practising.
    Running,
    /// Ended after practice began.
    Stopped,
    /// Travels alone.
    Completed,
}

impl ProgrammeRow {
    /// When practice began. A row that was completed did begin: where nothing says when, that day stands for it.
    #[must_use]
    pub fn started(&self) -> Option<Day> {
        self.registration.started.or(self.registration.completed)
    }

    /// Where it stands. By the days more than by the word with which it ended: whoever withdrew after practice had begun stopped. What was
    /// completed stays so, whatever came of it: that somebody does not travel any more is for the follow-up to tell.
    #[must_use]
    pub fn standing(&self) -> Standing {
        let Registration { outcome, completed, .. } = self.registration;
        match (self.started(), outcome) {
            _ if completed.is_some() => Standing::Completed,
            (None, None) => Standing::Waiting,
            (None, Some(TrajectoryOutcome::Outside)) => Standing::Outside,
            (None, Some(TrajectoryOutcome::Withdrew | TrajectoryOutcome::Stopped)) => Standing::Withdrew,
            (Some(_), Some(_)) => Standing::Stopped,
            (Some(_), None) => Standing::Running,
        }
    }

    /// When it was completed.
    #[must_use]
    pub fn completed(&self) -> Option<Day> {
        self.registration.completed
    }

    /// How many minutes the stages that fit took of one role.
    pub(super) fn minutes(&self, role: TimeRole, fits: impl Fn(Stage) -> bool) -> u64 {
        let of_it = self.times.iter().filter(|time| time.role == role && fits(time.stage));
        of_it.map(|time| u64::from(time.minutes)).sum()
    }

    /// The follow-up that counts: the latest.
    #[must_use]
    pub fn latest_follow_up(&self) -> Option<&RegistrationFollowUp> {
        self.follow_ups.last()
    }
}

/// The rows of a programme, the first registered first. What is deleted is passed over, and what stands below it.
#[must_use]
pub fn programme_rows(records: &[Record]) -> Vec<ProgrammeRow> {
    let kept: Vec<&Record> = records.iter().filter(|record| !record.is_deleted()).collect();
    // What two desks wrote before they heard of each other counts once: the record with the lowest id, which is the one kept in step.
    let mut follow_ups = below::<RegistrationFollowUp>(&kept);
    follow_ups.sort_by_key(|(record, found)| (record.parent, found.months, record.id));
    follow_ups.dedup_by(|(next, later), (record, first)| {
        later.months.is_some() && (next.parent, later.months) == (record.parent, first.months)
    });
    // Of two of one day the one that was written last is the latest.
    follow_ups.sort_by_key(|(record, found)| (record.parent, found.on, record.made(), record.id));
    let mut times = below::<RegistrationTime>(&kept);
    let of_what = |time: &RegistrationTime| (time.stage, time.role);
    times.sort_by_key(|(record, time)| (record.parent, of_what(time), record.id));
    times.dedup_by(|(next, later), (record, first)| (next.parent, of_what(later)) == (record.parent, of_what(first)));
    let mut rows: Vec<ProgrammeRow> = kept
        .iter()
        .filter_map(|record| {
            let registration = Registration::from_record(record)?;
            Some(ProgrammeRow {
                id: record.id,
                registration,
                follow_ups: of(&follow_ups, record.id),
                times: of(&times, record.id),
            })
        })
        .collect();
    rows.sort_by_key(|row| (row.registration.registered, row.id));
    rows
}

/// How a programme is set up: of several the one with the lowest id counts.
#[must_use]
pub fn programme_settings(records: &[Record]) -> Option<ProgrammeSettings> {
    let kept = records.iter().filter(|record| !record.is_deleted());
    let settings = kept.filter_map(|record| Some((record.id, ProgrammeSettings::from_record(record)?)));
    settings.min_by_key(|(id, _)| *id).map(|(_, settings)| settings)
}

fn below<'a, M: Model>(kept: &[&'a Record]) -> Vec<(&'a Record, M)> {
    kept.iter().filter_map(|record| Some((*record, M::from_record(record)?))).collect()
}

/// Those below one record; they are in order of what is above them.
fn of<M: Clone>(all: &[(&Record, M)], parent: RecordId) -> Vec<M> {
    let from = all.partition_point(|(record, _)| record.parent < Some(parent));
    let of_it = all.iter().skip(from).take_while(|(record, _)| record.parent == Some(parent));
    of_it.map(|(_, model)| model.clone()).collect()
}
