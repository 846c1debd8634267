//! What is too old to be on a phone: figures in its place, the logs themselves by the month; and what devices say they let go of.

use opstap_core::access::View;
use opstap_core::model::{self, BookEntry, Message, Model, Run, StepEvent, StepOutcome};
use opstap_core::protocol::{
    AskedMonth, Cursor, CursorOf, Delivery, LetGo, LoadPosition, Request, What, decode_request, encode_request,
};
use opstap_core::{Day, Millis, Month, RecordId};

use super::phone::Phone;
use super::world::{World, plan_with_step};
use crate::Storage;
use crate::service::Limits;
use crate::storage::LetGoRow;

const DAY: u64 = 86_400_000;

/// A run of a plan that begins now, with a step that is done.
fn a_run<S: Storage>(world: &World<S>, plan: RecordId, step: RecordId) -> (RecordId, Vec<opstap_core::Change>) {
    let (run, at) = (world.id(), world.now());
    let done = StepEvent::of(step, StepOutcome::Done, at);
    (run, vec![Run::begins(plan, at).make(run), done.make_below(world.id(), run)])
}

/// A circle with a run of 100 days ago and one of now.
struct Old {
    sem: Phone,
    plan: RecordId,
    step: RecordId,
    old: RecordId,
    new: RecordId,
    began: Millis,
}

async fn old<S: Storage>(world: &World<S>, mut sem: Phone) -> Old {
    let (plan, step) = (world.id(), world.id());
    sem.does(world, plan_with_step(plan, step)).await;
    let began = world.now();
    let (old, changes) = a_run(world, plan, step);
    sem.does(world, changes).await;
    world.later(100 * DAY);
    let (new, changes) = a_run(world, plan, step);
    sem.does(world, changes).await;
    Old { sem, plan, step, old, new, began }
}

fn count(phone: &Phone, what: What) -> u64 {
    let figures = phone.held[&phone.circle].figures.as_ref().expect("figures came with the load");
    figures.rows.iter().filter(|row| row.what == what).map(|row| row.count).sum()
}

pub async fn a_device_gets_logs_of_ninety_days_and_figures_over_the_rest<S: Storage>(storage: S) {
    let (world, sem) = World::with_consents(storage).await;
    let of = old(&world, sem).await;
    let mut fresh = world.phone(world.sem).await;
    fresh.pulls(&world).await;
    assert!(fresh.record(of.old).is_none() && fresh.record(of.new).is_some());
    assert!(fresh.records().all(|record| record.parent != Some(of.old)), "what is below it stays behind too");
    assert_eq!((count(&fresh, What::Runs), count(&fresh, What::StepsDone)), (1, 1));
    let figures = fresh.held[&world.circle].figures.clone().unwrap();
    assert_eq!(figures.before, Day::of(world.now()).back(90));
    assert_eq!((figures.rows[0].of, figures.rows[0].month), (of.plan, Day::of(of.began).month()));
    // Of what somebody may not see there are no figures either.
    let mut youssef = world.phone(world.youssef).await;
    youssef.pulls(&world).await;
    assert_eq!(count(&youssef, What::Runs), 0);
    // Also in pages the load adds up.
    let limits = Limits { records: 3, ..Limits::default() };
    let world = World { service: world.service.clone().with_limits(limits), ..world };
    let mut slow = world.phone(world.sem).await;
    slow.pulls(&world).await;
    assert!(slow.record(of.old).is_none());
    assert_eq!(count(&slow, What::Runs), 1);
}

pub async fn figures_come_again_when_logs_have_become_old<S: Storage>(storage: S) {
    let (world, sem) = World::with_consents(storage).await;
    let of = old(&world, sem).await;
    let mut phone = world.phone(world.sem).await;
    phone.pulls(&world).await;
    world.later(6 * DAY);
    assert!(phone.sends(&world, Vec::new()).await.circles.is_empty(), "not every day");
    world.later(90 * DAY);
    let answer = phone.sends(&world, Vec::new()).await;
    let circle = answer.circles.iter().find(|circle| circle.circle == world.circle).unwrap();
    assert!(matches!(&circle.delivery, Delivery::Changes { records, .. } if records.is_empty()));
    assert_eq!(count(&phone, What::Runs), 2);
    assert!(phone.sends(&world, Vec::new()).await.circles.is_empty(), "once is enough");
    assert!(phone.record(of.new).is_some(), "it is the device that lets go");
}

pub async fn a_request_with_a_day_or_month_at_the_end_of_time_is_answered<S: Storage>(storage: S) {
    let (world, sem) = World::with_consents(storage).await;
    let mut of = old(&world, sem).await;
    of.sem.pulls(&world).await;
    let plain = of.sem.request(Vec::new());
    let cursor = plain.cursors[0].cursor;
    let at = |since| LoadPosition { number: cursor.number, need: 0, id: RecordId([0; 16]), since };
    for last in [u32::MAX, u32::MAX - 1, u32::MAX / 2] {
        let month = AskedMonth { circle: world.circle, month: Month(last), after: None };
        let since = Cursor { since: Day(last), ..cursor };
        let loads = Cursor { load: Some((cursor.view, at(Day(last)))), ..since };
        for cursor in [since, loads] {
            let cursors = vec![CursorOf { circle: world.circle, cursor }];
            // As it comes from elsewhere: in bytes.
            let body = encode_request(&Request { cursors, asked: vec![month], ..plain.clone() });
            let answer = world.service.sync(of.sem.session, decode_request(&body).unwrap()).await.unwrap();
            let nothing = |delivery: &Delivery| matches!(delivery, Delivery::Month { records, next: None, .. } if records.is_empty());
            assert!(answer.circles.iter().any(|circle| nothing(&circle.delivery)), "{last}");
        }
    }
}

pub async fn old_logs_come_by_the_month_when_asked_in_pages<S: Storage>(storage: S) {
    let (world, sem) = World::with_consents(storage).await;
    let mut of = old(&world, sem).await;
    let (also, changes) = a_run(&world, of.plan, of.step);
    of.sem.does(&world, changes).await;
    let limits = Limits { records: 1, ..Limits::default() };
    let world = World { service: world.service.clone().with_limits(limits), ..world };
    let mut phone = world.phone(world.sem).await;
    phone.pulls(&world).await;
    let month = Day::of(of.began).month();
    let mut after = None;
    for _ in 0..10 {
        let mut request = phone.request(Vec::new());
        request.asked = vec![AskedMonth { circle: world.circle, month, after }];
        let answer = world.service.sync(phone.session, request).await.unwrap();
        phone.take_in(&answer);
        after = answer.circles.iter().find_map(|circle| match circle.delivery {
            Delivery::Month { next, .. } => next,
            _ => None,
        });
        if after.is_none() {
            break;
        }
    }
    let came: Vec<RecordId> = phone.held[&world.circle].month.iter().map(|record| record.id).collect();
    assert_eq!(came.len(), 2, "the run and what happened in it");
    assert!(came.contains(&of.old) && !came.contains(&of.new) && !came.contains(&also));
    let mut youssef = world.phone(world.youssef).await;
    let mut request = youssef.request(Vec::new());
    request.asked = vec![AskedMonth { circle: world.circle, month, after: None }];
    let answer = world.service.sync(youssef.session, request).await.unwrap();
    youssef.take_in(&answer);
    assert!(youssef.held[&world.circle].month.is_empty(), "who may not see how plans go gets no old logs either");
}

pub async fn a_month_with_only_the_book_and_messages_can_be_found_and_brought_back<S: Storage>(storage: S) {
    let (world, mut sem) = World::with_consents(storage).await;
    let (entry, message, at) = (world.id(), world.id(), world.now());
    let book = BookEntry { at, text: Some("Gelukt!".into()), photo: None, voice: None, audience: Vec::new() };
    let said = Message::saying(world.marloes, "Ik was er.", at);
    sem.does(&world, vec![book.make(entry), said.make(message)]).await;
    world.later(100 * DAY);
    let mut fresh = world.phone(world.sem).await;
    fresh.pulls(&world).await;
    assert!(fresh.record(entry).is_none() && fresh.record(message).is_none());
    assert_eq!((count(&fresh, What::BookEntries), count(&fresh, What::Messages)), (1, 1));
    let month = fresh.held[&world.circle].figures.as_ref().unwrap().rows[0].month;
    let mut request = fresh.request(Vec::new());
    request.asked = vec![AskedMonth { circle: world.circle, month, after: None }];
    let answer = world.service.sync(fresh.session, request).await.unwrap();
    fresh.take_in(&answer);
    let came: Vec<RecordId> = fresh.held[&world.circle].month.iter().map(|record| record.id).collect();
    assert!(came.contains(&entry) && came.contains(&message));
    // What stays in the client's own book is no figure to others.
    let mut marloes = world.phone(world.marloes).await;
    marloes.pulls(&world).await;
    assert_eq!(count(&marloes, What::BookEntries), 0);
}

pub async fn what_was_written_down_a_month_late_comes_with_the_month_that_counts_it<S: Storage>(storage: S) {
    let (world, mut sem) = World::with_consents(storage).await;
    let (run, step) = (world.id(), world.id());
    let happened = Millis(world.now().0 - 31 * DAY);
    let late = Run::begins(world.id(), happened).make(run);
    sem.does(&world, vec![late, StepEvent::of(step, StepOutcome::Done, happened).make_below(world.id(), run)]).await;
    world.later(100 * DAY);
    let mut fresh = world.phone(world.sem).await;
    fresh.pulls(&world).await;
    let month = fresh.held[&world.circle].figures.as_ref().unwrap().rows[0].month;
    assert_eq!(month, Day::of(happened).month());
    let mut request = fresh.request(Vec::new());
    request.asked = vec![AskedMonth { circle: world.circle, month, after: None }];
    let answer = world.service.sync(fresh.session, request).await.unwrap();
    fresh.take_in(&answer);
    assert_eq!(fresh.held[&world.circle].month.len(), 2, "with what stands below it");
}

pub async fn an_app_of_version_1_gets_everything<S: Storage>(storage: S) {
    let (world, sem) = World::with_consents(storage).await;
    let of = old(&world, sem).await;
    let phone = world.phone(world.sem).await;
    let mut request = phone.request(Vec::new());
    request.wire = 1;
    let answer = world.service.sync(phone.session, request).await.unwrap();
    let circle = answer.circles.iter().find(|circle| circle.circle == world.circle).unwrap();
    assert!(circle.delivery.records().iter().any(|record| record.id == of.old));
    assert_eq!(circle.figures, None);
}

pub async fn what_was_deleted_a_month_ago_is_no_longer_loaded_and_comes_whole_when_it_is_back<S: Storage>(storage: S) {
    let (world, mut sem) = World::with_consents(storage).await;
    let (plan, step) = (world.id(), world.id());
    sem.does(&world, plan_with_step(plan, step)).await;
    sem.does(&world, vec![model::delete(plan)]).await;
    let mut before = world.phone(world.sem).await;
    before.pulls(&world).await;
    assert!(before.record(plan).is_some(), "it can be put back");
    world.later(32 * DAY);
    let mut fresh = world.phone(world.sem).await;
    fresh.pulls(&world).await;
    assert!(fresh.record(plan).is_none() && fresh.record(step).is_none());
    before.does(&world, vec![model::restore(plan)]).await;
    fresh.pulls(&world).await;
    assert!(fresh.record(plan).is_some() && fresh.record(step).is_some());
}

pub async fn what_devices_let_go_of_is_noted_once_with_who_and_when<S: Storage>(storage: S) {
    let (world, sem) = World::with_consents(storage).await;
    let youssef = world.phone(world.youssef).await;
    let joris = world.phone(world.joris).await;
    let (view, at, circle) = (View::NOTHING, world.now(), world.circle);
    world.later(5_000);
    for phone in [&youssef, &youssef, &joris] {
        let mut request = phone.request(Vec::new());
        request.let_go = vec![LetGo { circle, view, at }];
        world.service.sync(phone.session, request).await.unwrap();
    }
    let noted = world.service.let_go(sem.session, circle).await.unwrap();
    let (person, device, told) = (world.youssef, youssef.device, world.now());
    assert_eq!(noted, [LetGoRow { device, person, view, at, told }], "a stranger has nothing to tell");
    assert_eq!(world.service.let_go(youssef.session, circle).await.unwrap(), [], "it is for the client to read");
}

pub async fn an_answer_says_the_lease_of_the_organisation<S: Storage>(storage: S) {
    let (world, mut sem) = World::with_consents(storage).await;
    assert_eq!(sem.sends(&world, Vec::new()).await.lease, 14);
    world.service.set_lease(world.organisation, 3).await.unwrap();
    assert_eq!(sem.sends(&world, Vec::new()).await.lease, 3);
}
