//! What waits because its author had lost the right: who may read it, and what letting it in or turning it away does.

use opstap_core::access::Section;
use opstap_core::model::{self, Consent, Member, Model};
use opstap_core::protocol::{Reason, Verdict};
use opstap_core::record::AUDIENCE;
use opstap_core::{Edit, RecordId};

use super::phone::Phone;
use super::world::{World, plan, plan_with_step, step, withdrawal};
use crate::Storage;
use crate::service::QuarantineOutcome as Outcome;

/// Youssef was removed while a plan and a step of his were on the way: both wait.
struct Waiting {
    sem: Phone,
    marloes: Phone,
    youssef: Phone,
    plan: RecordId,
    step: RecordId,
    edits: Vec<Edit>,
}

async fn waiting<S: Storage>(world: &World<S>, mut sem: Phone) -> Waiting {
    let (mut marloes, mut youssef) = (world.phone(world.marloes).await, world.phone(world.youssef).await);
    marloes.pulls(world).await;
    youssef.pulls(world).await;
    let (plan_id, step_id) = (world.id(), world.id());
    let edits = vec![
        youssef.edit(world, vec![plan("Koken").make(plan_id)]),
        youssef.edit(world, vec![step("Pak een pan").make_below(step_id, plan_id)]),
    ];
    let is_his = |record: &&opstap_core::Record| {
        Member::from_record(record).is_some_and(|member| member.person == world.youssef)
    };
    let member = marloes.records().find(is_his).unwrap().id;
    marloes.does(world, vec![model::delete(member)]).await;
    let verdicts = youssef.sends(world, edits.clone()).await.verdicts;
    assert!(verdicts.iter().all(|(_, verdict)| *verdict == Verdict::Quarantined));
    sem.pulls(world).await;
    Waiting { sem, marloes, youssef, plan: plan_id, step: step_id, edits }
}

impl Waiting {
    async fn rules<S: Storage>(&self, world: &World<S>, who: &Phone, which: usize, let_in: bool) -> Outcome {
        let name = self.edits[which].name;
        world.service.rule_on_quarantined(who.session, world.circle, name, let_in).await.unwrap()
    }

    async fn listed<S: Storage>(&self, world: &World<S>, who: &Phone) -> usize {
        world.service.quarantined(who.session, world.circle).await.unwrap().len()
    }
}

pub async fn what_is_let_in_counts_as_its_authors_and_its_phone_hears_so<S: Storage>(storage: S) {
    let (world, sem) = World::with_consents(storage).await;
    let mut waiting = waiting(&world, sem).await;
    let counter = world.counter().await;
    assert_eq!(waiting.listed(&world, &waiting.sem).await, 2);
    world.heard.0.lock().unwrap().clear();
    assert_eq!(waiting.rules(&world, &waiting.sem, 0, true).await, Outcome::LetIn { number: counter + 1 });
    assert_eq!(waiting.rules(&world, &waiting.marloes, 1, true).await, Outcome::LetIn { number: counter + 2 });
    assert_eq!(*world.heard.0.lock().unwrap(), [world.circle; 2]);
    assert_eq!(waiting.rules(&world, &waiting.sem, 0, false).await, Outcome::NotTheirs, "it was ruled on");
    waiting.sem.pulls(&world).await;
    let (plan, step) = (waiting.sem.record(waiting.plan).unwrap(), waiting.sem.record(waiting.step).unwrap());
    assert_eq!((plan.made().unwrap().device, step.number), (waiting.youssef.device, counter + 2));
    let again = waiting.youssef.sends(&world, waiting.edits.clone()).await.verdicts;
    let accepted = |number| Verdict::Accepted { number, restamped: None };
    assert_eq!(again.iter().map(|(_, verdict)| *verdict).collect::<Vec<_>>(), [1, 2].map(|n| accepted(counter + n)));
    assert_eq!(world.counter().await, counter + 2);
}

pub async fn who_reads_what_waits_is_in_what_the_client_can_look_up<S: Storage>(storage: S) {
    let (world, sem) = World::with_consents(storage).await;
    let waiting = waiting(&world, sem).await;
    let plans = async || {
        let log = world.service.deliveries(waiting.sem.session, world.circle).await.unwrap();
        let of_plans = log.iter().filter(|one| one.person == world.marloes && one.section == Section::Plans);
        of_plans.map(|one| one.records).sum::<u64>()
    };
    let before = plans().await;
    assert_eq!(waiting.listed(&world, &waiting.marloes).await, 2);
    assert_eq!(plans().await, before + 2);
    let log = world.service.deliveries(waiting.sem.session, world.circle).await.unwrap();
    assert_eq!(waiting.listed(&world, &waiting.sem).await, 2);
    let after = world.service.deliveries(waiting.sem.session, world.circle).await.unwrap();
    assert_eq!(after, log, "what the client reads is not logged");
}

pub async fn what_is_turned_away_stays_to_be_read_and_does_not_count<S: Storage>(storage: S) {
    let (world, sem) = World::with_consents(storage).await;
    let mut waiting = waiting(&world, sem).await;
    let counter = world.counter().await;
    assert_eq!(waiting.rules(&world, &waiting.sem, 0, false).await, Outcome::TurnedAway);
    assert_eq!(world.counter().await, counter);
    let kept = world.service.quarantined(waiting.sem.session, world.circle).await.unwrap();
    let ruled: Vec<_> = kept.iter().map(|kept| kept.ruled.map(|ruled| (ruled.by, ruled.let_in))).collect();
    assert_eq!(ruled, [Some((world.sem, false)), None]);
    assert_eq!(kept[0].edit, waiting.edits[0]);
    let again = waiting.youssef.sends(&world, waiting.edits.clone()).await.verdicts;
    assert!(again.iter().all(|(_, verdict)| *verdict == Verdict::Quarantined));
}

pub async fn what_builds_on_something_that_was_not_let_in_waits<S: Storage>(storage: S) {
    let (world, sem) = World::with_consents(storage).await;
    let waiting = waiting(&world, sem).await;
    let wrong = Outcome::CannotBe(Reason::WrongParent);
    assert_eq!(waiting.rules(&world, &waiting.sem, 1, true).await, wrong);
    assert!(matches!(waiting.rules(&world, &waiting.sem, 0, true).await, Outcome::LetIn { .. }));
    assert!(matches!(waiting.rules(&world, &waiting.sem, 1, true).await, Outcome::LetIn { .. }));
}

pub async fn nobody_reads_or_lets_in_more_than_they_might_do_themselves<S: Storage>(storage: S) {
    let (world, sem) = World::with_consents(storage).await;
    let mut waiting = waiting(&world, sem).await;
    let joris = world.phone(world.joris).await;
    for stranger in [&joris, &waiting.youssef] {
        assert_eq!(waiting.listed(&world, stranger).await, 0);
        assert_eq!(waiting.rules(&world, stranger, 0, true).await, Outcome::NotTheirs);
    }
    assert_eq!(waiting.listed(&world, &waiting.marloes).await, 2);
    let is_hers = |consent: &Consent| consent.person == world.marloes && consent.section == Section::Plans;
    let given = waiting.sem.records().find(|record| Consent::from_record(record).as_ref().is_some_and(is_hers));
    let ends = given.unwrap().id;
    waiting.sem.does(&world, vec![withdrawal(world.marloes, Section::Plans, ends).make(world.id())]).await;
    assert_eq!(waiting.listed(&world, &waiting.marloes).await, 0);
    assert_eq!(waiting.rules(&world, &waiting.marloes, 0, true).await, Outcome::NotTheirs);
    let row_counts = waiting.listed(&world, &waiting.sem).await;
    assert_eq!(row_counts, 2);
}

pub async fn what_waits_below_something_that_is_not_for_somebody_is_not_for_them_either<S: Storage>(storage: S) {
    let (world, mut sem) = World::with_consents(storage).await;
    let (mut marloes, mut youssef) = (world.phone(world.marloes).await, world.phone(world.youssef).await);
    let (plan_id, step_id, own_plan) = (world.id(), world.id(), world.id());
    sem.does(&world, plan_with_step(plan_id, step_id)).await;
    sem.does(&world, vec![model::set(plan_id, AUDIENCE, vec![world.youssef])]).await;
    marloes.pulls(&world).await;
    youssef.pulls(&world).await;
    // Of a plan that Marloes may not see, and of one that is itself only waiting.
    let edits = vec![
        youssef.edit(&world, vec![model::set(step_id, "text", "Pak een tas")]),
        youssef.edit(&world, vec![plan("Koken").make(own_plan)]),
        youssef.edit(&world, vec![model::set(own_plan, AUDIENCE, vec![world.sem])]),
        youssef.edit(&world, vec![step("Pak een pan").make_below(world.id(), own_plan)]),
        youssef.edit(&world, vec![plan("Afwassen").make(world.id())]),
    ];
    let is_his = |record: &&opstap_core::Record| {
        Member::from_record(record).is_some_and(|member| member.person == world.youssef)
    };
    let member = marloes.records().find(is_his).unwrap().id;
    marloes.does(&world, vec![model::delete(member)]).await;
    let verdicts = youssef.sends(&world, edits.clone()).await.verdicts;
    assert!(verdicts.iter().all(|(_, verdict)| *verdict == Verdict::Quarantined));
    let names = |kept: Vec<crate::storage::QuarantinedEdit>| kept.into_iter().map(|kept| kept.edit.name.n).collect();
    let hers: Vec<u64> = names(world.service.quarantined(marloes.session, world.circle).await.unwrap());
    assert_eq!(hers, [edits[4].name.n]);
    let his: Vec<u64> = names(world.service.quarantined(sem.session, world.circle).await.unwrap());
    assert_eq!(his, edits.iter().map(|edit| edit.name.n).collect::<Vec<_>>());
}
