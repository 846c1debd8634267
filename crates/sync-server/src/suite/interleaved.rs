//! Jobs that are under way at the same moment, and a reader who follows while many write. The tests run on several real threads.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use opstap_core::model::{CircleKind, Model};
use opstap_core::protocol::{Delivery, Verdict};
use opstap_core::{CircleId, OrganisationId, PersonId, RecordId};

use super::phone::Phone;
use super::world::{World, plan, run};
use crate::Storage;
use crate::service::{Limits, Service};
use crate::storage::{CircleRow, StorageError, Txn};

const CIRCLE: CircleId = CircleId([1; 16]);
const SEM: PersonId = PersonId([1; 16]);
const MARLOES: PersonId = PersonId([2; 16]);

/// Where two jobs wait for each other in their first run, so that each has read before the other writes. A storage that runs one after
/// another never brings them together: then each goes on alone after a while.
#[derive(Default)]
struct Meeting {
    came: Mutex<usize>,
    changed: Condvar,
    /// How many runs there were, of both.
    runs: AtomicUsize,
}

impl Meeting {
    fn come(&self) {
        if self.runs.fetch_add(1, Ordering::SeqCst) >= 2 {
            return;
        }
        let mut came = self.came.lock().unwrap();
        *came += 1;
        self.changed.notify_all();
        drop(self.changed.wait_timeout_while(came, Duration::from_millis(200), |came| *came < 2).unwrap());
    }
}

/// Runs two jobs at once that meet half-way; gives how many runs it took.
async fn at_once<S: Storage>(
    storage: &S,
    job: impl Fn(&mut dyn Txn, usize, &Meeting) -> Result<(), StorageError> + Copy + Send + 'static,
) -> usize {
    let meeting = Arc::new(Meeting::default());
    let two = [0, 1].map(|which| {
        let (storage, meeting) = (storage.clone(), Arc::clone(&meeting));
        tokio::spawn(async move { storage.write(move |txn| job(txn, which, &meeting)).await })
    });
    for one in two {
        one.await.unwrap().unwrap();
    }
    meeting.runs.load(Ordering::SeqCst)
}

async fn with_circle<S: Storage>(storage: &S) {
    let organisation = OrganisationId([5; 16]);
    let row = CircleRow { id: CIRCLE, organisation, kind: CircleKind::Client, counter: 0, restored: 0 };
    storage.write(move |txn| txn.add_circle(&row)).await.unwrap();
}

/// Two jobs that count one up from what they read, without a lock. Gives how many runs it took.
pub async fn two_count_up<S: Storage>(storage: &S) -> usize {
    with_circle(storage).await;
    let runs = at_once(storage, |txn, _, meeting| {
        let counter = txn.circle(CIRCLE)?.map_or(0, |row| row.counter);
        meeting.come();
        txn.move_counter(CIRCLE, counter + 1)
    });
    let runs = runs.await;
    let counter = storage.read(|snapshot| snapshot.circle(CIRCLE)).await.unwrap().unwrap().counter;
    assert_eq!(counter, 2, "neither overwrote what it had not seen");
    runs
}

/// Two jobs that each write a row only if the other's is not there. Gives how many runs it took.
pub async fn two_look_for_each_other<S: Storage>(storage: &S) -> usize {
    let runs = at_once(storage, |txn, which, meeting| {
        let (own, others) = if which == 0 { (SEM, MARLOES) } else { (MARLOES, SEM) };
        let is_first = txn.memberships(others)?.is_empty();
        meeting.come();
        if is_first { txn.put_membership(own, CIRCLE, true) } else { Ok(()) }
    });
    let runs = runs.await;
    let first = storage.read(|snapshot| Ok(snapshot.memberships(SEM)?.len() + snapshot.memberships(MARLOES)?.len()));
    assert_eq!(first.await, Ok(1), "they did as if one had come after the other");
    runs
}

/// Two jobs that lock one circle after they have read. Gives how many runs it took.
pub async fn two_lock_one_circle<S: Storage>(storage: &S) -> usize {
    with_circle(storage).await;
    let runs = at_once(storage, |txn, which, meeting| {
        let own = if which == 0 { SEM } else { MARLOES };
        txn.memberships(own)?;
        meeting.come();
        let counter = txn.lock_circle(CIRCLE)?.map_or(0, |row| row.counter);
        txn.put_membership(own, CIRCLE, true)?;
        txn.move_counter(CIRCLE, counter + 1)
    });
    let runs = runs.await;
    let counter = storage.read(|snapshot| snapshot.circle(CIRCLE)).await.unwrap().unwrap().counter;
    assert_eq!(counter, 2);
    runs
}

pub async fn two_jobs_that_count_up_what_they_read_both_count<S: Storage>(storage: S) {
    two_count_up(&storage).await;
}

pub async fn two_jobs_that_look_for_each_other_do_not_both_come_first<S: Storage>(storage: S) {
    two_look_for_each_other(&storage).await;
}

pub async fn two_jobs_that_lock_one_circle_late_both_count<S: Storage>(storage: S) {
    two_lock_one_circle(&storage).await;
}

const WRITERS: usize = 32;
const ROUNDS: usize = 16;
/// Edits in one request.
const TOGETHER: usize = 20;
/// How often a busy server is asked once more.
const MOST_TRIES: usize = 20;

/// Sends runs, again and again; gives the number each got.
async fn write<S: Storage>(
    world: Arc<World<S>>,
    service: Service<S>,
    mut phone: Phone,
    plan_id: RecordId,
) -> BTreeMap<RecordId, u64> {
    let mut numbers = BTreeMap::new();
    for _ in 0..ROUNDS {
        let ids: Vec<RecordId> = (0..TOGETHER).map(|_| world.id()).collect();
        let edits: Vec<_> = ids.iter().map(|id| phone.edit(&world, vec![run(plan_id).make(*id)])).collect();
        let mut answer = service.sync(phone.session, phone.request(edits.clone())).await.unwrap();
        // A server that is busy says so, and a phone sends the same again.
        for _ in 0..MOST_TRIES {
            if answer.verdicts.iter().all(|(_, verdict)| *verdict != Verdict::Later) {
                break;
            }
            answer = service.sync(phone.session, phone.request(edits.clone())).await.unwrap();
        }
        assert_eq!(answer.verdicts.len(), TOGETHER);
        for (id, (_, verdict)) in ids.into_iter().zip(answer.verdicts) {
            let Verdict::Accepted { number, .. } = verdict else { panic!("accepted, not {verdict:?}") };
            numbers.insert(id, number);
        }
    }
    numbers
}

pub async fn a_reader_who_follows_32_writers_of_10_000_edits_misses_none_and_sees_none_twice<S: Storage>(storage: S) {
    let (world, mut follower) = World::with_consents(storage).await;
    let plan_id = world.id();
    follower.does(&world, vec![plan("Koken").make(plan_id)]).await;
    let base = world.counter().await;
    let mut phones = Vec::new();
    for _ in 0..WRITERS {
        phones.push(world.phone(world.sem).await);
    }
    // The writers do not look at what the others did.
    let taking_in = world.service.clone().with_limits(Limits { records: 0, bytes: 0 });
    let world = Arc::new(world);
    let writers: Vec<_> = phones
        .into_iter()
        .map(|phone| tokio::spawn(write(Arc::clone(&world), taking_in.clone(), phone, plan_id)))
        .collect();

    let total = WRITERS * ROUNDS * TOGETHER;
    let mut seen: BTreeMap<RecordId, u64> = BTreeMap::new();
    loop {
        // Looked at before asking: what was written by then is in the answer, or was missed.
        let all_written = writers.iter().all(tokio::task::JoinHandle::is_finished);
        let answer = follower.asks(&world, Vec::new()).await.unwrap();
        for circle in &answer.circles {
            let Delivery::Changes { records, .. } = &circle.delivery else { panic!("changes") };
            for record in records {
                assert!(seen.insert(record.id, record.number).is_none(), "a run came twice");
            }
        }
        follower.take_in(&answer);
        if all_written && answer.circles.is_empty() {
            break;
        }
        // As a phone that is told of news would; without a pause it would mostly keep the writers waiting.
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let mut written = BTreeMap::new();
    for writer in writers {
        written.extend(writer.await.unwrap());
    }
    assert_eq!(written.len(), total);
    assert!(seen == written, "what was followed is what was written, each under the number it was given");
    let mut numbers: Vec<u64> = seen.into_values().collect();
    numbers.sort_unstable();
    assert!(numbers.into_iter().eq((base + 1..).take(total)), "without gaps or doubles");
    assert_eq!(world.counter().await, base + u64::try_from(total).unwrap());
}
