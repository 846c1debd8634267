//! The records of a circle from which its summary is made, read by kind.

use opstap_core::model::{CircleKind, Member, Model, Relation};
use opstap_core::{DeviceId, Kind, Millis, PersonId, Record, RecordId, Stamp};

use super::summary::Piled;

/// A circle as a device holds it.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// The records of [`Source::KINDS`] that the reader may see; what is deleted, or below something deleted, is left out.
    pub records: &'a [Record],
    /// Whose a device is, as far as that is known.
    pub person_of: &'a dyn Fn(DeviceId) -> Option<PersonId>,
    /// Whether the words of a message are those with which the app asks for help.
    pub says_stuck: &'a dyn Fn(&str) -> bool,
    /// Who reads.
    pub me: PersonId,
    /// Now. Only what is long ago, or an appointment that is over, goes by it.
    pub now: Millis,
    /// The reader's own edits in this circle that were refused, where the device knows.
    pub refused: Option<Piled>,
    /// Whether two people changed a record at once, so that somebody is to look at it.
    pub is_crossed: &'a dyn Fn(&Record) -> bool,
}

/// A record as it is read.
#[derive(Debug, Clone)]
pub(super) struct Known<M> {
    pub(super) id: RecordId,
    pub(super) parent: Option<RecordId>,
    pub(super) made: Option<Stamp>,
    pub(super) author: Option<PersonId>,
    pub(super) value: M,
}

impl Source<'_> {
    /// All that a summary is made of.
    pub const KINDS: [Kind; 32] = [
        Kind::Member,
        Kind::Consent,
        Kind::Plan,
        Kind::Step,
        Kind::DaysOff,
        Kind::Run,
        Kind::StepEvent,
        Kind::RunEnd,
        Kind::RunFace,
        Kind::StepHelp,
        Kind::Message,
        Kind::Route,
        Kind::Part,
        Kind::Goal,
        Kind::Practice,
        Kind::GoalHelp,
        Kind::Arrival,
        Kind::Trajectory,
        Kind::StageEntry,
        Kind::TrajectoryEnd,
        Kind::Handover,
        Kind::HandoverPoint,
        Kind::FollowUp,
        Kind::FollowUpAnswer,
        Kind::TimeSpent,
        Kind::Grant,
        Kind::Task,
        Kind::TaskHandover,
        Kind::Appointment,
        Kind::AttentionMark,
        Kind::AttentionSettings,
        // Of these it is only told whether two people changed them at once.
        Kind::Choice,
    ];

    /// Who made a record, as far as that is known.
    pub(super) fn author(&self, record: &Record) -> Option<PersonId> {
        record.made().and_then(|made| (self.person_of)(made.device))
    }

    /// The records of a kind by what is above them, and then in the order in which they were made.
    pub(super) fn all<M: Model>(&self) -> Vec<Known<M>> {
        let of_kind = self.records.iter().filter(|record| record.kind == M::KIND && !record.is_deleted());
        let mut all: Vec<Known<M>> = of_kind
            .filter_map(|record| {
                let value = M::from_record(record)?;
                let (made, author) = (record.made(), self.author(record));
                Some(Known { id: record.id, parent: record.parent, made, author, value })
            })
            .collect();
        all.sort_by_key(|known| (known.parent, known.made, known.id));
        all
    }

    /// Who is in the circle: the client first, then in the circle's order.
    pub(super) fn members(&self) -> Vec<Member> {
        let mut members = self.all::<Member>();
        members.sort_by(|a, b| {
            let key = |one: &Known<Member>| (one.value.relation != Relation::Client, one.value.order.clone(), one.id);
            key(a).cmp(&key(b))
        });
        members.into_iter().map(|known| known.value).collect()
    }

    pub(super) fn access(&self) -> opstap_core::access::CircleAccess {
        opstap_core::access::CircleAccess::new(CircleKind::Client, self.records)
    }
}

/// Those right below a record, of what [`Source::all`] gave.
pub(super) fn below<M>(all: &[Known<M>], parent: RecordId) -> &[Known<M>] {
    let from = all.partition_point(|known| known.parent < Some(parent));
    let to = all.partition_point(|known| known.parent <= Some(parent));
    all.get(from..to).unwrap_or_default()
}
