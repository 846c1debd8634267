//! The network breaks off at the worst moments.

use std::collections::BTreeSet;

use futures::FutureExt;
use opstap_core::Kind;
use opstap_core::access::Section;
use opstap_core::model::{Ending, Model, Run, RunEnd, StepEvent, StepOutcome, set};
use opstap_sync_client::{LocalStore, Outcome};

use super::stage::{Network, Phone, Stage, plan};

fn sent(phone: &Phone) -> usize {
    futures::executor::block_on(phone.store.sent()).unwrap().len()
}

#[test]
fn an_answer_that_was_lost_makes_nothing_happen_twice() {
    let stage = Stage::set();
    let sem = stage.open_circle(&[Section::Plans]);
    let (id, steps) = sem.make_plan("Was doen", &["Sorteer", "Was"]);
    sem.line.network.set(Network::LosesAnswers);
    for _ in 0..3 {
        assert_eq!(sem.sync(), Outcome::Offline);
        sem.edit(vec![set(steps[0], "text", "Sorteer de was")]);
    }
    assert_eq!(sem.waiting(), 4);
    sem.line.network.set(Network::There);
    assert!(matches!(sem.sync(), Outcome::Done(_)));
    assert_eq!((sem.waiting(), sem.texts(id)), (0, vec!["Sorteer de was".into(), "Was".into()]));
    let marloes = stage.phone(stage.marloes);
    let ids: BTreeSet<_> = marloes.all(&[Kind::Plan, Kind::Step]).iter().map(|record| record.id).collect();
    assert_eq!((ids.len(), marloes.all(&[Kind::Plan, Kind::Step]).len()), (3, 3));
    assert!(marloes.all(&[Kind::Step]).iter().all(|step| step.kept.is_empty()));
}

#[test]
fn an_app_that_is_killed_between_the_answer_and_the_commit_goes_on_where_it_was() {
    let stage = Stage::set();
    let sem = stage.open_circle(&[Section::Plans]);
    let before = sent(&sem);
    sem.make_plan("Was doen", &["Sorteer"]);
    sem.line.network.set(Network::Hangs);
    // The server has taken it in; the answer never arrives, and the app is killed.
    assert!(sem.engine.sync_once().now_or_never().is_none());
    sem.line.network.set(Network::There);
    let sem = sem.restarted();
    assert_eq!((sem.waiting(), sem.titles()), (1, vec!["Was doen".into()]));
    sem.sync();
    assert_eq!((sem.waiting(), sent(&sem) - before), (0, 1));
    assert_eq!(sem.all(&[Kind::Plan]).len(), 1);
}

#[test]
fn a_cloned_phone_and_its_twin_both_keep_what_was_done_on_them() {
    let stage = Stage::set();
    let sem = stage.open_circle(&[Section::Plans]);
    // The backup of a phone, put on another: the same id and the same next number.
    let twin = stage.phone(stage.sem);
    let device = futures::executor::block_on(sem.store.device()).unwrap().unwrap();
    let twins = futures::executor::block_on(twin.store.device()).unwrap().unwrap();
    let clone = opstap_sync_client::HeldDevice { store: twins.value.store, ..device.value };
    let batch = opstap_sync_client::Batch {
        ops: vec![opstap_sync_client::Op::PutDevice(clone)],
        ..opstap_sync_client::Batch::default()
    };
    let _ = futures::executor::block_on(twin.store.commit(&batch)).unwrap();
    let twin = twin.restarted();
    sem.edit(vec![plan("van de ene").make(sem.engine.new_id())]);
    twin.edit(vec![plan("van de andere").make(twin.engine.new_id())]);
    sem.sync();
    assert!(matches!(twin.sync(), Outcome::Done(_)));
    sem.sync();
    assert_eq!((sem.waiting(), twin.waiting()), (0, 0));
    assert_eq!((sem.titles(), twin.titles()), (vec!["van de ene".into(), "van de andere".to_string()], sem.titles()));
}

#[test]
fn a_phone_that_was_wiped_and_paired_again_has_everything_back() {
    let stage = Stage::set();
    let sem = stage.open_circle(&[Section::Plans]);
    sem.make_plan("Was doen", &["Sorteer", "Was"]);
    sem.sync();
    let again = stage.phone(stage.sem);
    let kinds = [Kind::Member, Kind::Consent, Kind::Plan, Kind::Step];
    assert_eq!(again.all(&kinds), sem.all(&kinds));
}

#[test]
fn a_first_sync_of_twenty_plans_and_sixty_runs_takes_one_round_trip() {
    let stage = Stage::set();
    let sem = stage.open_circle(&[Section::Plans]);
    let texts = ["a", "b", "c", "d", "e", "f", "g", "h"];
    let mut plans = Vec::new();
    for n in 0..20 {
        plans.push(sem.make_plan(&format!("Plan {n}"), &texts));
    }
    for n in 0..60 {
        let (plan, steps) = &plans[n % plans.len()];
        let (run, at) = (sem.engine.new_id(), sem.engine.now());
        let mut changes = vec![Run::begins(*plan, at).make(run)];
        for step in steps {
            let event = StepEvent::of(*step, StepOutcome::Done, at);
            changes.push(event.make_below(sem.engine.new_id(), run));
        }
        changes.push(RunEnd { how: Ending::Done, at }.make_below(sem.engine.new_id(), run));
        sem.edit(changes);
    }
    sem.sync();
    let again = stage.phone(stage.sem);
    assert_eq!(again.line.round_trips.get(), 1);
    let kinds = [Kind::Plan, Kind::Step, Kind::Run, Kind::StepEvent, Kind::RunEnd];
    assert_eq!(again.all(&kinds).len(), 20 + 160 + 60 + 480 + 60);
}
