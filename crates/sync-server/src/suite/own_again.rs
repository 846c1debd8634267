//! An author's own edit that comes again to a restored server counts whole, whoever brought part of it, or sent theirs, before.

use opstap_core::model::{self, Member, Model};
use opstap_core::protocol::Verdict;
use opstap_core::{Edit, Millis, Record, RecordId, Seen, Stamp};

use super::offers::{Three, brought, restored, three, verdict};
use super::world::{HOUR, World, plan, run};
use crate::Storage;
use crate::service::QuarantineOutcome;

fn counts(verdict: &Verdict) -> bool {
    matches!(verdict, Verdict::Accepted { .. })
}

pub async fn it_counts_whole_when_the_mark_went_with_anothers_edit<S: Storage>(storage: S) {
    let (world, mut all) = three(storage).await;
    let (seen_by_all, his_alone) = (world.id(), world.id());
    let makes = vec![plan("Koken").make(seen_by_all), plan("Was doen").make(his_alone)];
    let y1 = all.youssef.edit(&world, makes);
    world.later(1_000);
    let t1 = Edit { seen: all.seen, ..all.sem.edit(&world, vec![model::set(seen_by_all, "title", "Bakken")]) };
    let world = restored(world).await;
    // As Marloes held it: the title is Sem's by now.
    let offers = [
        Edit { changes: vec![plan("Bakken").make(seen_by_all)], ..y1.clone() },
        Edit { changes: t1.changes.clone(), ..t1.clone() },
    ];
    for offer in offers {
        let offer = brought(&world, &mut all.marloes, &offer, all.seen);
        assert!(counts(&verdict(&world, &mut all.marloes, offer).await));
    }
    assert!(counts(&verdict(&world, &mut all.sem, t1).await));
    all.sem.pulls(&world).await;
    assert_eq!(all.sem.record(seen_by_all).unwrap().brought_by(), None);
    let own = verdict(&world, &mut all.youssef, y1).await;
    assert!(counts(&own), "{own:?}");
    all.sem.pulls(&world).await;
    assert_eq!(all.sem.value(seen_by_all, "title"), Some(&"Bakken".into()));
    assert_eq!(all.sem.value(his_alone, "title"), Some(&"Was doen".into()));
}

/// A run that Sem's phone began with its clock two hours ahead, and the stamp that the server gave it.
fn ahead<S: Storage>(world: &World<S>, all: &mut Three, id: RecordId) -> (Edit, Stamp) {
    let edit = Edit { seen: all.seen, ..all.sem.edit(world, vec![run(world.id()).make(id)]) };
    let stamp = Stamp { millis: Millis(edit.stamp.millis.0 + 2 * HOUR), ..edit.stamp };
    (Edit { stamp, ..edit.clone() }, edit.stamp)
}

pub async fn a_log_that_had_got_another_stamp_counts_under_it<S: Storage>(storage: S) {
    let (world, mut all) = three(storage).await;
    let id = world.id();
    let (sent, counted) = ahead(&world, &mut all, id);
    let world = restored(world).await;
    let as_held = Edit { stamp: counted, ..sent.clone() };
    let offer = brought(&world, &mut all.marloes, &as_held, all.seen);
    assert!(counts(&verdict(&world, &mut all.marloes, offer).await));
    // Also once its own stamp is not ahead any more.
    world.later(3 * HOUR);
    let own = verdict(&world, &mut all.sem, sent.clone()).await;
    assert!(matches!(own, Verdict::Accepted { restamped: Some(stamp), .. } if stamp == counted), "{own:?}");
    assert_eq!(verdict(&world, &mut all.sem, sent).await, own, "a repeat gets the same verdict");
    all.marloes.pulls(&world).await;
    let here = all.marloes.record(id).unwrap();
    assert_eq!((here.brought_by(), here.made(), here.kept.len()), (None, Some(counted), 0));
}

pub async fn what_a_device_holds_of_its_own_under_another_stamp_is_no_second_record<S: Storage>(storage: S) {
    let (world, mut all) = three(storage).await;
    let id = world.id();
    let (sent, counted) = ahead(&world, &mut all, id);
    let world = restored(world).await;
    world.later(3 * HOUR);
    let name = all.sem.edit(&world, Vec::new()).name;
    let as_held = Edit { name, stamp: counted, ..sent.clone() };
    let verdicts = all.sem.sends(&world, vec![sent, as_held]).await.verdicts;
    assert!(verdicts.iter().all(|(_, verdict)| counts(verdict)), "{verdicts:?}");
    assert_eq!(verdicts[0].1, Verdict::Accepted { number: world.counter().await, restamped: None });
}

async fn removes_youssef<S: Storage>(world: &World<S>, all: &mut Three) {
    all.marloes.pulls(world).await;
    let is_his = |record: &&Record| Member::from_record(record).is_some_and(|member| member.person == world.youssef);
    let member = all.marloes.records().find(is_his).unwrap().id;
    all.marloes.does(world, vec![model::delete(member)]).await;
}

/// Youssef's edit makes two plans, one of which Marloes holds too; he is no longer in the circle when it comes, so that it waits.
async fn it_waits_and_is_let_in<S: Storage>(storage: S, she_comes_first: bool) {
    let (world, mut all) = three(storage).await;
    let (held, his_alone) = (world.id(), world.id());
    let own = all.youssef.edit(&world, vec![plan("Koken").make(held), plan("Was doen").make(his_alone)]);
    let world = restored(world).await;
    let both = if she_comes_first { own.changes[..1].to_vec() } else { own.changes.clone() };
    let offer = brought(&world, &mut all.marloes, &Edit { changes: both, ..own.clone() }, all.seen);
    if she_comes_first {
        assert!(counts(&verdict(&world, &mut all.marloes, offer.clone()).await));
    }
    removes_youssef(&world, &mut all).await;
    assert_eq!(verdict(&world, &mut all.youssef, own.clone()).await, Verdict::Quarantined);
    if !she_comes_first {
        assert!(counts(&verdict(&world, &mut all.marloes, offer).await));
    }
    let outcome = world.service.rule_on_quarantined(all.sem.session, world.circle, own.name, true).await.unwrap();
    assert!(matches!(outcome, QuarantineOutcome::LetIn { .. }), "{outcome:?}");
    all.sem.pulls(&world).await;
    for id in [held, his_alone] {
        assert_eq!(all.sem.record(id).map(Record::brought_by), Some(None));
    }
    let QuarantineOutcome::LetIn { number } = outcome else { return };
    let again = verdict(&world, &mut all.youssef, own).await;
    assert_eq!(again, Verdict::Accepted { number, restamped: None }, "and its phone hears so");
}

pub async fn nobody_is_named_as_who_brought_it_once_it_is_let_in<S: Storage>(storage: S) {
    it_waits_and_is_let_in(storage, true).await;
}

pub async fn nobody_is_named_either_when_all_of_it_came_while_it_waited<S: Storage>(storage: S) {
    it_waits_and_is_let_in(storage, false).await;
}

pub async fn what_is_made_twice_in_one_life_is_a_record_that_exists<S: Storage>(storage: S) {
    let (world, mut all) = three(storage).await;
    let id = world.id();
    all.sem.does(&world, vec![plan("Koken").make(id)]).await;
    let seen = Seen { epoch: world.service.server().epoch, ..all.seen };
    let twice = Edit { seen, ..all.sem.edit(&world, vec![plan("Bakken").make(id)]) };
    let exists = Verdict::Refused(opstap_core::protocol::Reason::RecordExists);
    assert_eq!(verdict(&world, &mut all.sem, twice).await, exists);
}
