//! The least a device can be: it sends edits, lays what it gets beside what it has, and checks what the protocol promises on the way.

use std::collections::BTreeMap;

use opstap_core::access::View;
use opstap_core::protocol::{Answer, Cursor, CursorOf, Delivery, Figures, LoadDigest, Reason, Request, Verdict};
use opstap_core::{Change, CircleId, Day, DeviceId, Edit, EditName, Epoch, Record, RecordId, Seen, Stamp, Value};

use super::world::World;
use crate::Storage;
use crate::service::{Secret, ServiceError, Session};

/// What it holds of one circle.
#[derive(Default, Clone)]
pub struct Held {
    pub cursor: Option<Cursor>,
    pub records: BTreeMap<RecordId, Record>,
    /// What stands in the place of old logs.
    pub figures: Option<Figures>,
    /// Old logs that were asked for.
    pub month: Vec<Record>,
    /// A load under way, laid beside the rest.
    beside: BTreeMap<RecordId, Record>,
}

#[derive(Clone)]
pub struct Phone {
    pub session: Session,
    pub token: Secret,
    pub device: DeviceId,
    pub circle: CircleId,
    pub epoch: Option<Epoch>,
    pub held: BTreeMap<CircleId, Held>,
    pub n: u64,
    last: Option<Stamp>,
}

impl Phone {
    pub fn new(session: Session, token: Secret, circle: CircleId) -> Self {
        let device = session.device;
        Self { session, token, device, circle, epoch: None, held: BTreeMap::new(), n: 0, last: None }
    }

    /// The next edit of this phone in its circle.
    pub fn edit<S: Storage>(&mut self, world: &World<S>, changes: Vec<Change>) -> Edit {
        self.n += 1;
        let stamp = Stamp::next(world.now(), self.last, self.device);
        self.last = Some(stamp);
        let cursor = self.held.get(&self.circle).and_then(|held| held.cursor);
        Edit {
            name: EditName { device: self.device, n: self.n },
            stamp,
            circle: self.circle,
            seen: Seen { epoch: self.epoch.unwrap_or_default(), number: cursor.map_or(0, |cursor| cursor.number) },
            beside: None,
            changes,
        }
    }

    pub fn request(&self, edits: Vec<Edit>) -> Request {
        let cursors = self
            .held
            .iter()
            .filter_map(|(circle, held)| held.cursor.map(|cursor| CursorOf { circle: *circle, cursor }));
        Request { epoch: self.epoch, cursors: cursors.collect(), edits, ..Request::of(self.device) }
    }

    /// One round trip as it is, without taking in the answer.
    pub async fn asks<S: Storage>(&self, world: &World<S>, edits: Vec<Edit>) -> Result<Answer, ServiceError> {
        world.service.sync(self.session, self.request(edits)).await
    }

    /// One round trip; the answer is taken in.
    pub async fn sends<S: Storage>(&mut self, world: &World<S>, edits: Vec<Edit>) -> Answer {
        let answer = self.asks(world, edits).await.unwrap();
        self.take_in(&answer);
        answer
    }

    /// One edit, sent at once; gives its verdict.
    pub async fn tries<S: Storage>(&mut self, world: &World<S>, changes: Vec<Change>) -> Verdict {
        let edit = self.edit(world, changes);
        self.sends(world, vec![edit]).await.verdicts[0].1
    }

    /// One edit, sent at once, that must be accepted; gives its number.
    pub async fn does<S: Storage>(&mut self, world: &World<S>, changes: Vec<Change>) -> u64 {
        match self.tries(world, changes).await {
            Verdict::Accepted { number, .. } => number,
            other => panic!("the edit was not accepted: {other:?}"),
        }
    }

    /// Round trips without edits until there is nothing more.
    pub async fn pulls<S: Storage>(&mut self, world: &World<S>) {
        while !self.sends(world, Vec::new()).await.circles.is_empty() {}
    }

    pub fn take_in(&mut self, answer: &Answer) {
        self.epoch = Some(answer.epoch);
        for circle in &answer.left {
            self.held.remove(circle);
        }
        for brought in &answer.circles {
            let held = self.held.entry(brought.circle).or_default();
            assert_ne!(brought.view, View::NOTHING, "a circle of which nothing is seen is not brought");
            held.take_in(brought.view, &brought.delivery, brought.figures.as_ref());
        }
    }

    pub fn records(&self) -> impl Iterator<Item = &Record> {
        self.held.get(&self.circle).into_iter().flat_map(|held| held.records.values())
    }

    pub fn record(&self, id: RecordId) -> Option<&Record> {
        self.records().find(|record| record.id == id)
    }

    pub fn value(&self, id: RecordId, cell: &str) -> Option<&Value> {
        self.record(id).and_then(|record| record.value(cell))
    }
}

impl Held {
    fn take_in(&mut self, view: View, delivery: &Delivery, figures: Option<&Figures>) {
        self.figures = figures.cloned().or(self.figures.take());
        let since = figures.map(|figures| figures.before);
        match delivery {
            Delivery::Load { records, next, number, count, digest, .. } => {
                let begins = self.cursor.is_none_or(|cursor| cursor.load.is_none_or(|(under, _)| under != view));
                if begins {
                    self.beside.clear();
                }
                for record in records {
                    assert!(self.beside.insert(record.id, record.clone()).is_none(), "a load brings a record once");
                }
                let nothing = Cursor { view: View::NOTHING, number: 0, since: Day(0), load: None };
                let before = self.cursor.unwrap_or(nothing);
                self.cursor = Some(match next {
                    Some(position) => Cursor { load: Some((view, *position)), ..before },
                    None => {
                        assert_eq!(
                            *count,
                            u64::try_from(self.beside.len()).unwrap(),
                            "the server's count is the phone's"
                        );
                        let digest_here = LoadDigest::of(self.beside.keys().copied());
                        assert_eq!(*digest, digest_here, "the server's digest is the phone's");
                        self.records = std::mem::take(&mut self.beside);
                        Cursor { view, number: *number, since: since.unwrap_or_default(), load: None }
                    }
                });
            }
            Delivery::Changes { records, gone, to, .. } => {
                let cursor = self.cursor.expect("changes follow a load");
                assert_eq!(cursor.view, view, "changes come under the view the phone has");
                assert!(*to >= cursor.number, "a cursor never goes back");
                for id in gone {
                    self.records.remove(id);
                }
                for record in records {
                    assert!(record.number > cursor.number, "changes lie above the cursor");
                    self.records.insert(record.id, record.clone());
                }
                self.cursor = Some(Cursor { number: *to, since: since.unwrap_or(cursor.since), load: None, ..cursor });
            }
            Delivery::Month { records, .. } => {
                self.month.extend(records.iter().cloned());
            }
        }
    }
}

pub fn refused(reason: Reason) -> Verdict {
    Verdict::Refused(reason)
}
