//! What people were told is kept: each thing that a screen confirmed can be found somewhere, as long as a copy of it is left.

use futures::executor::block_on;
use opstap_core::{Change, CircleId, Edit, Kind, Record, RecordId, Value};
use opstap_sync_client::{LocalStore, Wanted};

use super::truth;
use crate::phone::Phone;
use crate::world::Server;

/// By what a thing is found again: words that nobody else wrote, or the record it made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    Word(String),
    Made(RecordId),
}

impl Mark {
    /// The marks of what somebody did.
    pub fn of(changes: &[Change], word: &str) -> Vec<Self> {
        let made = changes.iter().filter_map(|change| match change {
            Change::Make { id, .. } => Some(Self::Made(*id)),
            Change::Set { .. } => None,
        });
        let says = |change: &Change| change.cells().iter().any(|(_, value)| *value == Value::from(word));
        made.chain(changes.iter().any(says).then(|| Self::Word(word.to_owned()))).collect()
    }

    pub fn is_in_edit(&self, edit: &Edit) -> bool {
        edit.changes.iter().any(|change| match self {
            Self::Made(id) => matches!(change, Change::Make { id: made, .. } if made == id),
            Self::Word(word) => change.cells().iter().any(|(_, value)| *value == Value::from(word.as_str())),
        })
    }

    fn is_in_record(&self, record: &Record) -> bool {
        let word = match self {
            Self::Made(id) => return record.id == *id,
            Self::Word(word) => Value::from(word.as_str()),
        };
        record.cells.values().any(|cell| cell.value == word) || record.kept.iter().any(|kept| kept.value == word)
    }
}

/// Something that a screen confirmed.
#[derive(Clone, Debug)]
pub struct Confirmed {
    pub circle: CircleId,
    pub mark: Mark,
    /// The records it was about: when one of them is erased, so is it.
    pub about: Vec<RecordId>,
    /// No copy was left of it, or its author let it go.
    pub excused: bool,
}

/// Everything that screens confirmed.
#[derive(Default)]
pub struct Ledger(pub Vec<Confirmed>);

impl Ledger {
    pub fn add(&mut self, circle: CircleId, changes: &[Change], word: &str) {
        let marks = Mark::of(changes, word);
        // What is made below an erased record goes the same way.
        let parents = changes.iter().filter_map(|change| match change {
            Change::Make { parent, .. } => *parent,
            Change::Set { .. } => None,
        });
        let about: Vec<RecordId> = changes.iter().map(Change::record).chain(parents).collect();
        self.0.extend(marks.into_iter().map(|mark| Confirmed { circle, mark, about: about.clone(), excused: false }));
    }

    /// What is in these edits is gone, unless it is elsewhere too.
    pub fn excuse(&mut self, edits: &[Edit]) {
        for confirmed in &mut self.0 {
            confirmed.excused |= edits.iter().any(|edit| confirmed.mark.is_in_edit(edit));
        }
    }

    /// After a wipe or a restore: what the server does not have, and no phone has as an edit of its own or of others, is gone.
    pub fn excuse_what_nobody_has(&mut self, server: &Server, phones: &[Phone]) {
        let own: Vec<Edit> = phones.iter().flat_map(own_edits).collect();
        let places = Places::of(server);
        // Whoever is not heard brings nothing, and an old app does not know how.
        let brings = |phone: &&Phone| !phone.shut_out && !phone.is_old && phone.paired_device().is_some();
        let held_by_others: Vec<(CircleId, Record)> = phones.iter().filter(brings).flat_map(held).collect();
        for confirmed in &mut self.0 {
            let by_others = held_by_others
                .iter()
                .any(|(circle, record)| *circle == confirmed.circle && confirmed.mark.is_in_record(record));
            let held = own.iter().any(|edit| confirmed.mark.is_in_edit(edit)) || places.have(confirmed) || by_others;
            confirmed.excused |= !held;
        }
    }

    /// Looks for everything.
    pub fn check(&self, server: &Server, phones: &[Phone]) -> Result<(), String> {
        let own: Vec<Edit> = phones.iter().flat_map(tray_and_outbox).collect();
        let places = Places::of(server);
        let lost = self
            .0
            .iter()
            .filter(|confirmed| !confirmed.excused && !places.are_erased(&confirmed.about))
            .find(|confirmed| !places.have(confirmed) && !own.iter().any(|edit| confirmed.mark.is_in_edit(edit)));
        lost.map_or(Ok(()), |lost| Err(format!("lost: {lost:?}")))
    }
}

/// What a phone has of its own that has no verdict yet, or a bad one.
pub fn tray_and_outbox(phone: &Phone) -> Vec<Edit> {
    let pending = block_on(phone.store.pending()).unwrap().into_iter().map(|pending| pending.edit);
    let refused = block_on(phone.store.refused()).unwrap().into_iter().map(|refused| refused.edit);
    pending.chain(refused).collect()
}

/// What the server has confirmed to a phone.
fn held(phone: &Phone) -> Vec<(CircleId, Record)> {
    let every: Vec<Wanted> = Kind::all().map(Wanted::Kind).collect();
    let of = |circle| block_on(phone.store.load(circle, &every)).unwrap().records;
    phone.circles().into_iter().flat_map(|circle| of(circle).into_iter().map(move |one| (circle, one))).collect()
}

fn own_edits(phone: &Phone) -> Vec<Edit> {
    let sent = block_on(phone.store.sent()).unwrap().into_iter().map(|sent| sent.edit);
    tray_and_outbox(phone).into_iter().chain(sent).collect()
}

/// All places of the server where something can be.
struct Places {
    records: Vec<(CircleId, Record)>,
    before: Vec<(CircleId, Value)>,
    quarantined: Vec<(CircleId, Edit)>,
}

impl Places {
    fn of(server: &Server) -> Self {
        let each = || server.circles.iter().copied();
        let in_circle = |circle| move |one| (circle, one);
        Self {
            records: each().flat_map(|id| truth::records(server, id).into_iter().map(in_circle(id))).collect(),
            before: each()
                .flat_map(|id| truth::history(server, id).into_iter().map(move |before| (id, before.value.value)))
                .collect(),
            quarantined: each()
                .flat_map(|id| truth::quarantine(server, id).into_iter().map(move |held| (id, held.edit)))
                .collect(),
        }
    }

    /// Whether any of these records is erased: the edit that was about them is gone with it.
    fn are_erased(&self, about: &[RecordId]) -> bool {
        let all = || self.records.iter().map(|(_, record)| record);
        let of = |id: RecordId| all().find(|record| record.id == id);
        about.iter().any(|id| {
            let with_above = std::iter::successors(of(*id), |record| record.parent.and_then(of));
            with_above.take(8).any(Record::is_purged)
        })
    }

    fn have(&self, confirmed: &Confirmed) -> bool {
        let of = |circle: &CircleId| *circle == confirmed.circle;
        let said = |value: &Value| matches!(&confirmed.mark, Mark::Word(word) if *value == Value::from(word.as_str()));
        self.records.iter().any(|(circle, record)| of(circle) && confirmed.mark.is_in_record(record))
            || self.before.iter().any(|(circle, value)| of(circle) && said(value))
            || self.quarantined.iter().any(|(circle, edit)| of(circle) && confirmed.mark.is_in_edit(edit))
    }
}
