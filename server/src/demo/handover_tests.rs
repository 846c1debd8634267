//! What the demonstration tells of somebody who travels alone.

use std::sync::Arc;

use opstap_core::Kind;
use opstap_core::model::{CircleKind, FollowUp, Relation, Stage};
use opstap_insight::follow_ups_after;
use opstap_sync_server::memory::MemoryStorage;
use opstap_sync_server::{Clock as _, Service};

use super::*;
use crate::demo::Telling;
use crate::first_start::with_demo;
use crate::world::{OsRandomness, SystemClock};

#[tokio::test]
async fn of_who_travels_alone_the_volunteer_left_and_the_enquiries_are_there_once() {
    let service = Service::open(MemoryStorage::default(), Arc::new(SystemClock), Arc::new(OsRandomness), Arc::new(()));
    let service = service.await.unwrap();
    let start = Start { service: &service, clock: &SystemClock, randomness: &OsRandomness };
    with_demo(&start, Telling::Whole).await.unwrap();
    let organisation = service.organisations().await.unwrap()[0].id;
    let mut alone = Vec::new();
    for circle in service.circles_of_organisation(organisation, CircleKind::Client).await.unwrap() {
        let round = Round { circle, client: PersonId([0; 16]), began: 0, consents: Vec::new() };
        let now = Now::of(&start, &round).await.unwrap();
        if now.training().unwrap().stage() == Stage::Alone {
            alone.push(now);
        }
    }
    let [alone] = alone.as_slice() else { panic!("one travels alone") };
    let story = alone.training().unwrap();
    let completed = Day(Day::of(SystemClock.now()).0 - 41);
    assert_eq!(story.completed(), Some(completed));
    let due: Vec<FollowUp> = story.follow_ups.iter().map(|one| one.follow_up.clone()).collect();
    assert_eq!(due, follow_ups_after(completed));
    let stages: Vec<Stage> = story.entries.iter().map(|(_, entry)| entry.stage).collect();
    assert_eq!(stages, Stage::ALL.iter().copied().filter(|stage| *stage < Stage::FollowUp).collect::<Vec<_>>());

    let members = alone.members();
    assert!(members.iter().all(|(_, member)| member.relation != Relation::Volunteer), "whoever practised has left");
    assert_eq!(members.len(), 3, "client, OV-coach and coordinator");
    let ended = alone.records.iter().filter(|record| record.kind == Kind::Member && record.is_deleted());
    assert_eq!(ended.count(), 1);
}
