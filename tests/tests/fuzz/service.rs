//! Edits as the server takes them in: whatever arrives, and however often, the same edit gets the same verdict and counts once.

use std::sync::Arc;

use futures::executor::block_on;
use opstap_core::access::Section;
use opstap_core::model::{CircleKind, Consent, ConsentAct, Member, Model, OrganisationRole, Relation};
use opstap_core::protocol::{
    Answer, Delivery, Request, Verdict, decode_answer, decode_request, encode_answer, encode_request,
};
use opstap_core::{CircleId, DeviceId, Edit, Epoch, Millis, PersonId, Record, RecordId, Seen, Stamp};
use opstap_sync_server::memory::MemoryStorage;
use opstap_sync_server::service::Session;
use opstap_sync_server::{Clock, Randomness, Service};

use super::circle::{NOW, RECORDS, Words, change, make};
use super::draw::Draw;
use super::run::{fuzz, some_inputs};

struct Still;

impl Clock for Still {
    fn now(&self) -> Millis {
        NOW
    }
}

impl Randomness for Still {
    fn fill(&self, bytes: &mut [u8]) {
        use std::sync::atomic::{AtomicU64, Ordering};
        static DRAWN: AtomicU64 = AtomicU64::new(1);
        let drawn = DRAWN.fetch_add(1, Ordering::Relaxed).to_be_bytes();
        bytes.iter_mut().zip(drawn.iter().rev().cycle()).for_each(|(to, from)| *to = *from);
    }
}

struct World {
    service: Service<MemoryStorage>,
    circle: CircleId,
    /// The client, a volunteer with consent for plans, and somebody who was never there.
    sessions: [Session; 3],
}

impl World {
    fn new() -> Self {
        let still = Arc::new(Still);
        let service = block_on(Service::open(MemoryStorage::new(), still.clone(), still, Arc::new(()))).unwrap();
        let organisation = block_on(service.create_organisation("De Brug")).unwrap();
        let person = |name| block_on(service.add_person(organisation, OrganisationRole::Participant, name)).unwrap();
        let [sem, youssef, joris] = ["Sem", "Youssef", "Joris"].map(person);
        let member = |person, relation| Member {
            person,
            relation,
            name: "naam".into(),
            called: None,
            phone: None,
            face: None,
            order: None,
        };
        let members = [member(sem, Relation::Client), member(youssef, Relation::Volunteer)];
        let circle = block_on(service.create_circle(organisation, CircleKind::Client, &members)).unwrap();
        let session = |(at, person): (u8, PersonId)| Session {
            person: opstap_core::model::Person { id: person, role: OrganisationRole::Participant },
            organisation,
            device: DeviceId([at + 1; 16]),
            revoked: false,
        };
        let world = Self { service, circle, sessions: [(0, sem), (1, youssef), (2, joris)].map(session) };
        let consent = Consent {
            act: ConsentAct::Given,
            person: youssef,
            section: Section::Plans,
            from: Millis(0),
            until: None,
            ends: None,
        };
        let edit = Edit {
            name: opstap_core::EditName { device: world.sessions[0].device, n: 1 },
            stamp: Stamp { millis: Millis(NOW.0 - 900), counter: 0, device: world.sessions[0].device },
            circle,
            seen: Seen::default(),
            beside: None,
            changes: (0..RECORDS)
                .map(|place| make(place, "eerst"))
                .chain([consent.make(RecordId([0x77; 16]))])
                .collect(),
        };
        assert!(matches!(world.sync(0, vec![edit]).verdicts[..], [(1, Verdict::Accepted { .. })]));
        world
    }

    /// A round trip over the wire, with what came back as it arrives.
    fn sync(&self, who: usize, edits: Vec<Edit>) -> Answer {
        let session = self.sessions[who];
        let waiting = u32::try_from(edits.len()).unwrap();
        let request = Request { edits, waiting, ..Request::of(session.device) };
        let request = decode_request(&encode_request(&request)).unwrap();
        let answer = block_on(self.service.sync(session, request)).unwrap();
        assert_eq!(decode_answer(&encode_answer(&answer)).as_ref(), Ok(&answer));
        answer
    }

    /// Everything the client sees.
    fn records(&self) -> Vec<Record> {
        let answer = self.sync(0, Vec::new());
        answer.circles.into_iter().flat_map(|circle| circle.delivery.records().to_vec()).collect()
    }
}

fn edit(draw: &mut Draw<'_>, world: &World, who: usize, n: u64, words: &mut Words) -> Edit {
    let device = world.sessions[who].device;
    // Before and after the moment from which the server gives its own stamp.
    let millis = *draw.pick(&[NOW.0, NOW.0 + 1, NOW.0 + 299_999, NOW.0 + 300_001, 0, u64::MAX]);
    let stamp = Stamp { millis: Millis(millis), counter: u32::from(draw.byte() % 3), device };
    let seen = Seen { epoch: Epoch(u64::from(draw.byte() % 3)), number: draw.number() };
    let circle = if draw.below(16) == 0 { CircleId([8; 16]) } else { world.circle };
    let count = if draw.below(4) == 0 { draw.below(4) } else { 1 };
    let changes = (0..count).map(|_| change(draw, words)).collect();
    Edit { name: opstap_core::EditName { device, n }, stamp, circle, seen, beside: None, changes }
}

/// What arrives at the server, one after another; says how much was accepted.
fn arrivals(bytes: &[u8]) -> usize {
    let mut draw = Draw::new(&bytes[..bytes.len().min(160)]);
    let (world, mut words) = (World::new(), Words::default());
    let mut sent: Vec<(usize, Edit, Verdict)> = Vec::new();
    let mut records = world.records();
    let mut n = 1;
    while !draw.is_over() {
        if draw.below(4) == 0 && !sent.is_empty() {
            let (who, edit, verdict) = draw.pick(&sent).clone();
            assert_eq!(world.sync(who, vec![edit.clone()]).verdicts, [(edit.name.n, verdict)], "sent again");
            assert_eq!(world.records(), records, "an edit counts once");
            continue;
        }
        n += 1;
        let who = *draw.pick(&[0, 0, 0, 1, 1, 1, 2]);
        let edit = edit(&mut draw, &world, who, n, &mut words);
        let answer = world.sync(who, vec![edit.clone()]);
        let (of, verdict) = answer.verdicts[0];
        assert_eq!((of, answer.verdicts.len()), (n, 1), "one verdict for one edit");
        let after = world.records();
        let accepted = matches!(verdict, Verdict::Accepted { .. });
        assert!(accepted || after == records, "{verdict:?} changes nothing");
        assert!(who < 2 || (!accepted && answer.circles.is_empty()), "a stranger writes and reads nothing");
        records = after;
        sent.push((who, edit, verdict));
    }
    let ahead = NOW.plus(Millis::AHEAD_ALLOWED);
    for latest in records.iter().filter_map(Record::latest) {
        assert!(latest.millis <= ahead, "nothing is dated in the future");
    }
    sent.iter().filter(|(_, _, verdict)| matches!(verdict, Verdict::Accepted { .. })).count()
}

#[test]
fn whatever_arrives_and_however_often_an_edit_has_one_verdict_and_counts_once() {
    fuzz!(|bytes| {
        arrivals(bytes);
    });
}

#[test]
fn of_what_is_drawn_the_server_accepts_something() {
    let accepted: usize = some_inputs().map(|bytes| arrivals(&bytes)).sum();
    assert!(accepted > 100, "{accepted}");
}
