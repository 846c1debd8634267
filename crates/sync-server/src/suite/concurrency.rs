//! Real threads at once: the tests run on a runtime with several, and each writer is a task of its own.

use std::collections::BTreeMap;
use std::sync::Arc;

use opstap_core::RecordId;
use opstap_core::model::{Model, set};
use opstap_core::protocol::{Delivery, Verdict};

use super::phone::Phone;
use super::world::{World, plan, run};
use crate::Storage;
use crate::service::Pairing;

const WRITERS: usize = 6;
const ROUNDS: usize = 15;

/// Writes a run and a new title, again and again; gives the numbers that its runs got.
async fn write<S: Storage>(world: Arc<World<S>>, mut phone: Phone, plan_id: RecordId) -> BTreeMap<RecordId, u64> {
    let mut numbers = BTreeMap::new();
    for round in 0..ROUNDS {
        let run_id = world.id();
        let edits = vec![
            phone.edit(&world, vec![run(plan_id).make(run_id)]),
            phone.edit(&world, vec![set(plan_id, "title", format!("ronde {round}"))]),
        ];
        let verdicts = phone.sends(&world, edits).await.verdicts;
        let Verdict::Accepted { number, .. } = verdicts[0].1 else { panic!("accepted") };
        numbers.insert(run_id, number);
    }
    numbers
}

pub async fn writers_at_once_lose_nothing_and_a_follower_sees_each_edit_once<S: Storage>(storage: S) {
    let (world, mut sem) = World::with_consents(storage).await;
    let plan_id = world.id();
    sem.does(&world, vec![plan("Koken").make(plan_id)]).await;
    let base = world.counter().await;
    let mut phones = Vec::new();
    for _ in 0..WRITERS {
        phones.push(world.phone(world.sem).await);
    }
    let world = Arc::new(world);
    let writers: Vec<_> =
        phones.into_iter().map(|phone| tokio::spawn(write(Arc::clone(&world), phone, plan_id))).collect();

    // The follower pulls all the while. A run is one record that never changes, so it must come exactly once.
    let mut seen: BTreeMap<RecordId, u64> = BTreeMap::new();
    while seen.len() < WRITERS * ROUNDS {
        let answer = sem.asks(&world, Vec::new()).await.unwrap();
        for circle in &answer.circles {
            let Delivery::Changes { records, .. } = &circle.delivery else { panic!("changes") };
            assert!(records.iter().map(|record| record.number).is_sorted());
            for record in records.iter().filter(|record| record.id != plan_id) {
                assert!(seen.insert(record.id, record.number).is_none(), "a run came twice");
            }
        }
        sem.take_in(&answer);
        tokio::task::yield_now().await;
    }
    let mut written = BTreeMap::new();
    for writer in writers {
        written.extend(writer.await.unwrap());
    }
    assert_eq!(seen, written);
    let edits = u64::try_from(WRITERS * ROUNDS * 2).unwrap();
    assert_eq!(world.counter().await, base + edits, "every edit has a number of its own");
    sem.pulls(&world).await;
    let mut late = world.phone(world.sem).await;
    late.pulls(&world).await;
    assert!(late.records().eq(sem.records()), "who followed and who came late hold the same");
}

pub async fn one_name_sent_twice_at_once_counts_once<S: Storage>(storage: S) {
    let (world, mut sem) = World::with_consents(storage).await;
    let base = world.counter().await;
    let edits: Vec<_> = (0..20).map(|_| sem.edit(&world, vec![plan("Koken").make(world.id())])).collect();
    let world = Arc::new(world);
    let sendings: Vec<_> = (0..4)
        .map(|_| {
            let (world, phone, edits) = (Arc::clone(&world), sem.clone(), edits.clone());
            tokio::spawn(async move { phone.asks(&world, edits).await.unwrap().verdicts })
        })
        .collect();
    let mut verdicts = Vec::new();
    for sending in sendings {
        verdicts.push(sending.await.unwrap());
    }
    assert!(verdicts.windows(2).all(|pair| pair[0] == pair[1]));
    assert_eq!(world.counter().await, base + 20);
}

pub async fn one_code_used_twice_at_once_pairs_once<S: Storage>(storage: S) {
    let world = Arc::new(World::new(storage).await);
    let invitation = world.service.invite(world.sem, 1_000).await.unwrap();
    let pairings: Vec<_> =
        [invitation.short, invitation.long, world.service.invite(world.sem, 1_000).await.unwrap().short]
            .into_iter()
            .map(|code| {
                let world = Arc::clone(&world);
                tokio::spawn(async move { world.service.pair(code.reveal(), world.device()).await.unwrap() })
            })
            .collect();
    let mut outcomes = Vec::new();
    for pairing in pairings {
        outcomes.push(pairing.await.unwrap());
    }
    let paired = |outcome: &Pairing| matches!(outcome, Pairing::Paired { .. });
    assert!(paired(&outcomes[2]), "another code does not mind");
    assert_eq!(outcomes[..2].iter().filter(|outcome| paired(outcome)).count(), 1);
    assert!(outcomes[..2].contains(&Pairing::Used));
}
