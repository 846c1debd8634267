//! What a device lets go of, that it says so, and what a lease locks.

use futures::executor::block_on;
use opstap_core::access::{Section, View};
use opstap_core::model::{Member, Model, Relation, Run, RunPhoto, purge};
use opstap_core::protocol::{Answer, Delivery, Figure, Figures, LetGo, Reason, Request, Verdict, What};
use opstap_core::record::PURGED;
use opstap_core::{BlobRef, Cell, Day, Kind, Media, Millis, Month, RecordId, Value};

use super::stage::{
    KRING, NOON, PLAN, SEM, STEP, Saying, Stage, accepted, answer, hash, page, plan, record_at, stamp, step, view,
};
use crate::engine::{BlobOutcome, Outcome, Query};
use crate::held::BlobState;
use crate::store::{Batch, CommitOutcome, Expected, LocalStore, Op};

const RUN: RecordId = RecordId([7; 16]);
const PHOTO: RecordId = RecordId([8; 16]);
const DAY: u64 = 86_400_000;

fn bare(record: &opstap_core::Record) -> opstap_core::Record {
    record.purged(Cell { value: Value::Bool(true), stamp: stamp(99), number: 9 })
}

fn photo() -> BlobRef {
    BlobRef { hash: hash(b"foto"), media: Media::Photo, size: 4 }
}

/// A stage with a run, its photo with the bytes, and Sem's own edits about it in every state.
fn with_a_photo() -> Stage {
    let stage = Stage::with_circle();
    let shown = RunPhoto { photo: photo(), at: NOON, audience: Vec::new() };
    let records = vec![record_at(RUN, None, &Run::begins(PLAN, NOON), 5), record_at(PHOTO, Some(RUN), &shown, 6)];
    stage.server.says(answer().changes(records, 6));
    stage.server.has_blob(photo().hash, b"foto");
    stage.sync();
    assert!(matches!(block_on(stage.device.fetch_blob(KRING, photo())), Ok(BlobOutcome::Here(_))));
    stage
}

fn blobs(stage: &Stage) -> usize {
    let count = |state| block_on(stage.store.blobs(state)).unwrap().len();
    BlobState::ALL.into_iter().map(count).sum()
}

#[test]
fn of_what_was_erased_no_byte_stays_on_the_device() {
    let stage = with_a_photo();
    let n = stage.edit(vec![step("K", "Van mij").make_below(RecordId([20; 16]), PLAN)]);
    stage.server.says(answer().judges(n, Verdict::Refused(Reason::TooLarge)));
    stage.sync();
    stage.edit(vec![step("M", "Nog een").make_below(RecordId([21; 16]), PLAN)]);
    assert_eq!(stage.counts(), (1, 1));
    let gone = [
        bare(&record_at(PLAN, None, &plan("x"), 9)),
        bare(&record_at(STEP, Some(PLAN), &step("V", "x"), 9)),
        bare(&record_at(RUN, None, &Run::begins(PLAN, NOON), 9)),
        bare(&opstap_core::Record::new(PHOTO, Kind::RunPhoto, Some(RUN))),
    ];
    stage.server.says(answer().changes(gone.to_vec(), 9));
    stage.sync();
    assert_eq!((stage.counts(), blobs(&stage)), ((0, 0), 0));
    assert!(stage.titles().is_empty() && stage.texts().is_empty());
    let left = block_on(stage.device.read(KRING, Query::all(Kind::Step).with_deleted())).unwrap();
    assert!(left.iter().all(|entry| entry.record.is_purged() && entry.record.cells.len() == 1));
    let told = stage.server.requests().pop().unwrap().let_go;
    assert_eq!(told, block_on(stage.store.let_go()).unwrap(), "it is told at once, and known only when an answer came");
    assert!(matches!(told.as_slice(), [LetGo { circle: KRING, .. }]));
}

#[test]
fn a_plan_that_is_erased_goes_from_the_screen_at_once_and_its_edit_stays_until_it_counts() {
    let stage = Stage::with_circle();
    let n = stage.edit(vec![purge(PLAN)]);
    assert!(stage.titles().is_empty() && stage.texts().is_empty());
    let left = bare(&record_at(PLAN, None, &plan("x"), 9));
    stage.server.says(answer().changes(vec![left.clone()], 8));
    stage.sync();
    assert_eq!(stage.counts(), (1, 0), "what only erases still wants its verdict");
    stage.server.says(answer().judges(n, accepted(9)).changes(vec![left], 9));
    stage.sync();
    assert_eq!(stage.counts(), (0, 0));
    assert!(
        block_on(stage.store.load(KRING, &[crate::Wanted::One(PLAN)])).unwrap().records[0].cells.contains_key(PURGED)
    );
}

#[test]
fn an_edit_about_what_was_erased_does_not_lie_in_the_tray() {
    let stage = Stage::with_circle();
    let n = stage.edit(vec![opstap_core::model::set(PLAN, "title", "Te laat")]);
    stage.server.says(answer().judges(n, Verdict::Refused(Reason::Purged)));
    stage.sync();
    assert_eq!(stage.counts(), (0, 0));
}

#[test]
fn a_narrower_view_takes_the_photos_along_and_is_told_until_the_server_knows() {
    let stage = with_a_photo();
    let narrower = View::of(1, Section::Circle.bit() | Section::Plans.bit());
    stage.server.says(answer().brings(narrower, page(Vec::new(), 6, 0, RecordId([0; 16]))));
    assert_eq!(stage.sync(), Outcome::Offline);
    stage.server.says(answer().brings(narrower, super::stage::last_page(Vec::new(), &[], 6)));
    assert_eq!(stage.sync(), Outcome::Offline);
    assert_eq!(blobs(&stage), 0, "{:?}", block_on(stage.store.blobs(BlobState::Here)));
    let told = stage.server.requests().pop().unwrap().let_go;
    assert!(matches!(told.as_slice(), [LetGo { circle: KRING, view, .. }] if *view == narrower), "{told:?}");
    stage.server.says(answer());
    stage.sync();
    assert_eq!(block_on(stage.store.let_go()).unwrap(), []);
}

#[test]
fn a_circle_that_was_left_is_told_too() {
    let stage = Stage::with_circle();
    stage.server.says(Answer { left: vec![KRING], ..answer() });
    stage.server.says(answer());
    stage.sync();
    stage.sync();
    let told: Vec<LetGo> = stage.server.requests().into_iter().flat_map(|request| request.let_go).collect();
    assert!(told.iter().all(|let_go| let_go.circle == KRING && let_go.view == View::NOTHING) && !told.is_empty());
}

#[test]
fn figures_take_the_place_of_old_logs_and_an_old_month_comes_back_for_a_week() {
    let stage = Stage::with_circle();
    let today = Day::of(NOON);
    let old = Millis(NOON.0 - 100 * DAY);
    let mut run = record_at(RUN, None, &Run::begins(PLAN, old), 5);
    run.cells.values_mut().for_each(|cell| cell.stamp.millis = old);
    stage.server.says(answer().changes(vec![run.clone()], 5));
    stage.sync();
    let runs = |stage: &Stage| block_on(stage.device.read(KRING, Query::all(Kind::Run))).unwrap().len();
    assert_eq!(runs(&stage), 1);
    let month = Day::of(old).month();
    let figures =
        Figures { before: today.back(90), rows: vec![Figure { month, of: PLAN, what: What::Runs, count: 1 }] };
    let with_figures = |time: Millis, figures: &Figures| {
        let mut answer = Answer { time, ..answer() }.changes(Vec::new(), 5);
        answer.circles[0].figures = Some(figures.clone());
        answer
    };
    stage.server.says(with_figures(NOON, &figures));
    stage.sync();
    assert_eq!((runs(&stage), block_on(stage.device.figures(KRING)).unwrap()), (0, Some(figures.clone())));
    assert_eq!(block_on(stage.store.circles()).unwrap()[0].value.since, figures.before);
    // In two pages.
    let part = |records, next| Delivery::Month { records, month, next };
    stage.server.says(answer().brings(view(), part(Vec::new(), Some((4, RecordId([1; 16]))))));
    stage.server.says(answer().brings(view(), part(vec![run], None)));
    block_on(stage.device.ask_month(KRING, month)).unwrap();
    let asked: Vec<_> = stage.server.requests().into_iter().flat_map(|request| request.asked).collect();
    assert_eq!(asked.iter().map(|asked| asked.after).collect::<Vec<_>>(), [None, Some((4, RecordId([1; 16])))]);
    assert_eq!(runs(&stage), 1);
    stage.server.says(with_figures(NOON.plus(3 * DAY), &figures));
    stage.sync();
    assert_eq!(runs(&stage), 1, "three days later it is still here");
    stage.server.says(with_figures(NOON.plus(8 * DAY), &figures));
    stage.sync();
    assert_eq!(runs(&stage), 0);
}

#[test]
fn whoever_asks_or_tells_more_than_one_request_may_hold_does_so_in_several() {
    let stage = Stage::with_circle();
    let months = 0..u32::try_from(Request::MOST_ASKED).unwrap() + 6;
    for month in months.clone() {
        // Without a network each stays to be asked for.
        assert_eq!(block_on(stage.device.ask_month(KRING, Month(month))).unwrap(), Outcome::Offline);
    }
    let told = (0..=Request::MOST_LET_GO).map(|at| {
        let at = Millis(u64::try_from(at).unwrap());
        Op::PutLetGo(LetGo { circle: KRING, view: View::NOTHING, at })
    });
    let batch = Batch { expected: Expected::default(), ops: told.collect() };
    assert_eq!(block_on(stage.store.commit(&batch)).unwrap(), CommitOutcome::Committed);
    let all_asked = |request: &Request| {
        let mut answer = answer();
        for asked in &request.asked {
            let month = Delivery::Month { records: Vec::new(), month: asked.month, next: None };
            answer = answer.brings(view(), month);
        }
        Ok(answer)
    };
    let before = stage.server.requests().len();
    stage.server.will(all_asked);
    stage.server.will(all_asked);
    stage.sync();
    let requests = stage.server.requests().split_off(before);
    let asked: Vec<u32> = requests.iter().flat_map(|request| &request.asked).map(|asked| asked.month.0).collect();
    assert_eq!(asked, months.collect::<Vec<_>>());
    let counts: Vec<_> = requests.iter().map(|request| (request.asked.len(), request.let_go.len())).collect();
    assert_eq!(counts, [(Request::MOST_ASKED, Request::MOST_LET_GO), (6, 1)]);
    assert_eq!(block_on(stage.store.let_go()).unwrap(), []);
}

#[test]
fn a_members_copy_is_locked_when_it_was_not_in_touch_for_long_and_the_clients_own_never_is() {
    for (relation, locks) in [(Relation::Client, false), (Relation::Representative, true)] {
        let stage = Stage::empty();
        let member =
            Member { person: SEM, relation, name: "Sem".into(), called: None, phone: None, face: None, order: None };
        let mut records = super::stage::circle();
        records[0] = record_at(RecordId([1; 16]), None, &member, 1);
        stage.server.says(Answer { lease: 14, ..answer() }.loads(records, 4));
        stage.sync();
        let locked = |stage: &Stage| block_on(stage.device.circles()).unwrap()[0].locked;
        let shown = |stage: &Stage| block_on(stage.device.read(KRING, Query::all(Kind::Plan))).unwrap().len();
        stage.clock.0.set(NOON.0 + 14 * DAY - 1_000);
        assert_eq!((locked(&stage), shown(&stage)), (false, 1));
        stage.clock.0.set(NOON.0 + 14 * DAY + 7_200_000);
        assert_eq!((locked(&stage), shown(&stage)), (locks, usize::from(!locks)), "{relation:?}");
        // What its person does all the same is kept and waits.
        stage.edit(vec![plan("Van mij").make(stage.device.new_id())]);
        assert_eq!(stage.counts().0, 1);
        stage.server.says(Answer { lease: 14, time: NOON.plus(15 * DAY), ..answer() });
        stage.sync();
        assert_eq!((locked(&stage), shown(&stage)), (false, 2));
    }
}
