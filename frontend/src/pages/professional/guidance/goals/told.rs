//! What is read for the goals of one client while a page on them is open: the records, and what they say together.

use opstap_core::instrument::Instrument;
use opstap_core::model::{Circumstances, Member, Model, Relation, set};
use opstap_core::{Change, CircleId, Kind, PersonId, Record, RecordId};
use opstap_insight::{ActionStory, GUIDANCE_KINDS, Guidance, PARTICIPATION_KINDS, duo_role, goal_actions, guidance_of};
use opstap_view::prelude::*;

use crate::device::{self, Entry};
use crate::pages::professional::frame::client_name;
use crate::pages::professional::hours::writes;
use crate::pages::shared::editing::{Records, Work, Worked};
use crate::stories;

/// An open page. Copy it freely; open it once.
#[derive(Clone, Copy)]
pub struct Told {
    /// What is read, written and can be undone.
    pub work: Work<Records>,
    /// What the records say; none while they are being read.
    pub guidance: Memo<Option<Guidance>>,
    /// Whether this person writes here: a neighbourhood coach reads.
    pub writes: Memo<bool>,
    /// The first name of the client.
    pub name: Signal<String>,
}

impl Told {
    /// Opens it.
    pub fn open(circle: CircleId) -> Self {
        Self::beside(circle, None)
    }

    /// The same with somebody beside whoever writes.
    pub fn beside(circle: CircleId, beside: Option<PersonId>) -> Self {
        let work = Work::open(circle, beside, |reader| {
            let more = [Kind::GoalAction, Kind::GoalStep, Kind::Evaluation, Kind::Plan, Kind::Route];
            Records::read(reader, GUIDANCE_KINDS.into_iter().chain(more).chain(PARTICIPATION_KINDS))
        });
        let guidance = Memo::new(move |_| work.with(told));
        Self { work, guidance, writes: writes(circle), name: client_name(circle) }
    }

    /// Reads from what the records say; nothing while they are being read.
    pub fn with<T>(self, read: impl FnOnce(&Guidance) -> T) -> Option<T> {
        self.guidance.with(|guidance| guidance.as_ref().map(read))
    }

    /// The same, without following it.
    pub fn with_now<T>(self, read: impl FnOnce(&Guidance) -> T) -> Option<T> {
        self.guidance.with_untracked(|guidance| guidance.as_ref().map(read))
    }

    /// The actions of a goal, in order.
    pub fn actions(self, goal: RecordId) -> Vec<ActionStory> {
        let all = self.work.with(|records| goal_actions(records.all())).unwrap_or_default();
        all.into_iter().filter(|action| action.goal == goal).collect()
    }

    /// Those who can see to something: all round the client, and the client.
    pub fn people(self) -> Vec<(PersonId, String)> {
        let named = |member: &Entry<Member>| (member.value.person, member.value.name.clone());
        self.work.with(|records| records.members.iter().map(named).collect()).unwrap_or_default()
    }

    /// Says whether somebody else looks after the client's money. There is one such record for a circle.
    pub fn guarded(self, is_so: bool) -> Vec<Change> {
        let known = self.work.with_now(|records| records.below::<Circumstances>(None)).unwrap_or_default();
        match known.into_iter().map(|(id, _)| id).min() {
            Some(id) => vec![set(id, "financial_guardianship", is_so)],
            None => vec![Circumstances { financial_guardianship: Some(is_so) }.make(device::new_id())],
        }
    }
}

/// What the records say. Time without a role is of its author.
fn told(records: &Records) -> Guidance {
    let members: Vec<(PersonId, Relation)> =
        records.members.iter().map(|member| (member.value.person, member.value.relation)).collect();
    let author = |record: &Record| record.made().and_then(|made| records.writers().person(made));
    guidance_of(records.all(), |record| duo_role(author(record), &members))
}

thread_local! {
    /// The instrument that was looked at last, so that one comes back to where one was.
    static LOOKED_AT: std::cell::RefCell<Option<String>> = const { std::cell::RefCell::new(None) };
}

/// The instrument to show first: the one looked at last, else that of the last measurement, else the first there is.
pub fn first_instrument(guidance: &Guidance) -> Option<Instrument> {
    let looked_at = LOOKED_AT.with_borrow(Clone::clone);
    let levelled = |id: &String| stories::instruments::one(id).is_some_and(|one| !one.levels.is_empty());
    let measured = guidance.measurements.iter().rev().map(|story| story.measurement.instrument.clone()).find(levelled);
    let is_on_its_way = |id: &String| stories::instruments::one(id).is_none();
    let mut wanted =
        looked_at.iter().chain(guidance.measurements.iter().rev().map(|story| &story.measurement.instrument));
    if stories::instruments::looked_for().is_none() && wanted.any(is_on_its_way) {
        return None;
    }
    let ids = looked_at.into_iter().chain(measured).chain([FIRST.to_owned()]);
    ids.into_iter().find_map(|id| stories::instruments::one(&id))
}

/// What is shown where nothing was measured yet.
const FIRST: &str = "zrm.1";

/// Remembers what is looked at.
pub fn look_at(id: &str) {
    LOOKED_AT.replace(Some(id.to_owned()));
}
