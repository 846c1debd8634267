//! What somebody does on a screen, as the changes of one edit: chosen among what the screen shows.

#[path = "deeds/training.rs"]
mod training;

use futures::executor::block_on;
use opstap_core::access::Section;
use opstap_core::model::{
    Consent, ConsentAct, Model, Picture, Plan, Relation, Run, RunPhoto, Step, StepEvent, StepOutcome, delete, purge,
    restore, set,
};
use opstap_core::{BlobHash, BlobRef, Change, CircleId, Kind, Media, Millis, PersonId, Record, RecordId};
use opstap_sync_client::Query;
use sha2::{Digest, Sha256};

use crate::history::Deed;
use crate::phone::Device;
use crate::world::{People, Server, member};

/// The sections a consent is about here.
const SECTIONS: [Section; 4] = [Section::Plans, Section::Progress, Section::Photos, Section::Travel];

/// What somebody sees while they do something.
pub struct Screen<'a> {
    pub device: &'a Device,
    pub circle: CircleId,
    pub people: People,
    pub word: &'a str,
    pub pick: u16,
    pub other: u16,
}

pub fn plan(title: &str) -> Plan {
    let title = title.to_owned();
    Plan::titled(title)
}

fn given(person: PersonId, section: Section, until: Option<Millis>) -> Consent {
    Consent { act: ConsentAct::Given, person, section, from: Millis(0), until, ends: None }
}

/// The consents that stand at the beginning: by the place of the phone that gives them, as a client's phone.
pub fn first_consents(server: &Server, bits: u16) -> Vec<(usize, Vec<Change>)> {
    let People { youssef, marloes, karin, .. } = server.people;
    let mut ids = (1_u8..).map(|n| RecordId([n; 16]));
    let mut of = |people: &[PersonId], bits: u16| {
        let all = people.iter().flat_map(|person| SECTIONS.map(|section| (*person, section)));
        let chosen = all.enumerate().filter(|(at, _)| bits >> (at % 16) & 1 == 1);
        chosen.map(|(_, (person, section))| given(person, section, None).make(ids.next().unwrap())).collect::<Vec<_>>()
    };
    let of_sem = of(&[youssef, marloes, karin], bits);
    let of_noor = of(&[marloes, youssef], bits.rotate_left(5));
    [(0, of_sem), (3, of_noor)].into_iter().filter(|(_, changes)| !changes.is_empty()).collect()
}

impl Screen<'_> {
    fn all(&self, kind: Kind, deleted: bool) -> Vec<Record> {
        let query = if deleted { Query::all(kind).with_deleted() } else { Query::all(kind) };
        block_on(self.device.read(self.circle, query)).unwrap().into_iter().map(|entry| entry.record).collect()
    }

    /// One of the records of a kind that are shown.
    fn one(&self, kind: Kind) -> Option<Record> {
        let mut all = self.all(kind, false);
        let at = usize::from(self.pick) % all.len().max(1);
        (at < all.len()).then(|| all.swap_remove(at))
    }

    /// One of the deleted.
    fn deleted(&self, kind: Kind) -> Option<Record> {
        let mut all = self.all(kind, true);
        all.retain(|record| record.is_deleted() && !record.is_purged());
        let at = usize::from(self.pick) % all.len().max(1);
        (at < all.len()).then(|| all.swap_remove(at))
    }

    fn people(&self) -> [PersonId; 5] {
        let People { sem, noor, youssef, marloes, karin } = self.people;
        [youssef, marloes, karin, sem, noor]
    }

    fn somebody(&self) -> PersonId {
        self.people()[usize::from(self.other) / 2 % 5]
    }

    fn now(&self) -> Millis {
        self.device.now()
    }

    /// The changes of what is done; none when there is nothing to do it to.
    pub fn changes(&self, what: Deed) -> Vec<Change> {
        let on = |record: Option<Record>, change: &dyn Fn(RecordId) -> Change| {
            record.map(|record| change(record.id)).into_iter().collect()
        };
        match what {
            Deed::MakePlan => self.make_plan(),
            Deed::MakeStep => {
                let step = self.step();
                on(self.one(Kind::Plan), &|plan| step.make_below(self.device.new_id(), plan))
            }
            Deed::Text | Deed::TextAsOfBefore => on(self.one(Kind::Step), &|step| set(step, "text", self.word)),
            Deed::Hint => on(self.one(Kind::Step), &|step| set(step, "hint", self.word)),
            Deed::Title => on(self.one(Kind::Plan), &|plan| set(plan, "title", self.word)),
            Deed::Order => on(self.one(Kind::Step), &|step| set(step, "order", "k")),
            Deed::DeleteStep => on(self.one(Kind::Step), &delete),
            Deed::RestoreStep => on(self.deleted(Kind::Step), &restore),
            Deed::DeletePlan => on(self.one(Kind::Plan), &delete),
            Deed::RestorePlan => on(self.deleted(Kind::Plan), &restore),
            Deed::Run => on(self.one(Kind::Plan), &|plan| Run::begins(plan, self.now()).make(self.device.new_id())),
            Deed::Event => self.event(),
            Deed::NameAudience => self.name_audience(),
            Deed::Consent => self.consent(),
            Deed::Withdraw => self.withdraw(),
            Deed::RemoveMember => on(self.one(Kind::Member), &delete),
            Deed::AddMember => vec![member(self.somebody(), self.relation()).make(self.device.new_id())],
            Deed::ChangeRelation => on(self.one(Kind::Member), &|id| member_with(id, self.relation())),
            Deed::Picture => on(self.one(Kind::Step), &|step| set(step, "picture", Picture::Photo(self.photo()))),
            Deed::Photo => self.photo_of_a_run(),
            Deed::Route => self.make_route(),
            Deed::Practise => self.practise(),
            Deed::Report => self.report(),
            Deed::Training => self.begin_training(),
            Deed::HandOver => self.hand_over(),
            Deed::Purge => {
                let kinds = [Kind::Plan, Kind::Step, Kind::Run, Kind::RunPhoto, Kind::Practice];
                let kind = kinds[usize::from(self.other) % kinds.len()];
                on(self.one(kind).or_else(|| self.deleted(kind)), &purge)
            }
        }
    }

    fn relation(&self) -> Relation {
        [Relation::Volunteer, Relation::Carer, Relation::SupportWorker, Relation::NeighbourhoodCoach]
            [usize::from(self.other) / 16 % 4]
    }

    fn step(&self) -> Step {
        let order = ["B", "K", "V"][usize::from(self.other) % 3].to_owned();
        Step::saying(order, self.word)
    }

    fn make_plan(&self) -> Vec<Change> {
        let id = self.device.new_id();
        let mut changes = vec![plan(self.word).make(id)];
        changes.extend((0..self.other % 4).map(|_| self.step().make_below(self.device.new_id(), id)));
        changes
    }

    fn event(&self) -> Vec<Change> {
        let (Some(run), Some(step)) = (self.one(Kind::Run), self.one(Kind::Step)) else { return Vec::new() };
        let event = StepEvent::of(step.id, StepOutcome::Done, self.now());
        vec![event.make_below(self.device.new_id(), run.id)]
    }

    /// What the camera gives: the word of this deed, as bytes.
    fn photo(&self) -> BlobRef {
        let bytes = self.word.as_bytes();
        let size = u32::try_from(bytes.len()).unwrap();
        BlobRef { hash: BlobHash(Sha256::digest(bytes).into()), media: Media::Photo, size }
    }

    fn photo_of_a_run(&self) -> Vec<Change> {
        let Some(run) = self.one(Kind::Run) else { return Vec::new() };
        let audience = if self.other.is_multiple_of(3) { vec![self.somebody()] } else { Vec::new() };
        let photo = RunPhoto { photo: self.photo(), at: self.now(), audience };
        vec![photo.make_below(self.device.new_id(), run.id)]
    }

    fn name_audience(&self) -> Vec<Change> {
        let kind = if self.other.is_multiple_of(2) { Kind::Plan } else { Kind::Run };
        let Some(record) = self.one(kind) else { return Vec::new() };
        let people: Vec<PersonId> = self
            .people()
            .into_iter()
            .enumerate()
            .filter(|(at, _)| self.other >> (at + 1) & 1 == 1)
            .map(|(_, id)| id)
            .collect();
        vec![set(record.id, "audience", people)]
    }

    fn consent(&self) -> Vec<Change> {
        let section = SECTIONS[usize::from(self.pick) % SECTIONS.len()];
        let until = self.other.is_multiple_of(3).then(|| Millis(self.now().0.saturating_add(86_400_000)));
        vec![given(self.somebody(), section, until).make(self.device.new_id())]
    }

    fn withdraw(&self) -> Vec<Change> {
        let mut all: Vec<_> = self
            .all(Kind::Consent, false)
            .iter()
            .filter_map(|record| Some((record.id, Consent::from_record(record)?)))
            .collect();
        all.retain(|(_, consent)| consent.act == ConsentAct::Given);
        let Some((id, consent)) = all.get(usize::from(self.pick) % all.len().max(1)) else { return Vec::new() };
        let from = self.now();
        let ends = Some(*id);
        let withdrawn = Consent { act: ConsentAct::Withdrawn, from, until: None, ends, ..consent.clone() };
        vec![withdrawn.make(self.device.new_id())]
    }

    /// Whether the screen has what was just done, apart from what it was deleted with.
    pub fn shows(&self, changes: &[Change]) -> bool {
        // A copy that is locked shows nothing, and keeps what is done all the same.
        if block_on(self.device.is_locked(self.circle)).unwrap() {
            return true;
        }
        changes.iter().all(|change| {
            let query = |kind| Query::one(kind, change.record()).with_deleted();
            let found =
                Kind::all().find_map(|kind| block_on(self.device.read(self.circle, query(kind))).unwrap().pop());
            let says = |record: &Record| change.cells().iter().all(|(name, value)| record.value(name) == Some(value));
            found.is_some_and(|entry| says(&entry.record))
        })
    }
}

fn member_with(id: RecordId, relation: Relation) -> Change {
    let of = member(PersonId([0; 16]), relation).make(id);
    let cells = of.cells().iter().filter(|(name, _)| name == "relation").cloned().collect();
    Change::Set { id, cells }
}
