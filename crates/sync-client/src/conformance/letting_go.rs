//! Letting go: for age, for erasing, and that it is told.

#![expect(clippy::expect_used, reason = "a case fails by panicking, as a test does")]

use opstap_core::access::View;
use opstap_core::model::{Model, Practice, Run};
use opstap_core::protocol::{Figure, Figures, LetGo, Reason, What};
use opstap_core::record::DELETED;
use opstap_core::{Cell, Change, Day, Kind, Millis, Month, Value};

use super::samples::{CIRCLE, OTHER, circle, edit, id, ids, just, put, record, stamp};
use crate::held::{RefusedEdit, SentEdit};
use crate::store::{LocalStore, Op, Wanted};

/// A record with a cell that was set at the begin of a day.
fn made_on(day: u32, n: u16, kind: Kind, parent: Option<u16>) -> opstap_core::Record {
    let mut made = record(n, kind, parent);
    made.cells.values_mut().for_each(|cell| cell.stamp.millis = Day(day).begins());
    made
}

/// Logs go by the age of the run they are of, consents and plans do not go for their age, what was deleted goes after its time.
pub async fn what_is_too_old_goes_with_all_below_it_and_the_rest_stays<S: LocalStore>(open: impl AsyncFn() -> S) {
    let store = open().await;
    let deleted_on = |day: u32, n: u16| {
        let mut gone = made_on(1, n, Kind::Plan, None);
        let stamp = opstap_core::Stamp { millis: Day(day).begins(), ..stamp(0) };
        gone.cells.insert(DELETED.into(), Cell { value: Value::Bool(true), stamp, number: 8 });
        gone
    };
    let records = [
        made_on(9, 1, Run::KIND, None),
        made_on(10, 2, Run::KIND, None),
        made_on(50, 3, Kind::StepEvent, Some(1)),
        made_on(9, 4, Kind::StepEvent, Some(2)),
        made_on(9, 5, Practice::KIND, None),
        made_on(9, 6, Kind::Message, None),
        made_on(9, 7, Kind::Consent, None),
        made_on(9, 8, Kind::Plan, None),
        deleted_on(29, 20),
        deleted_on(30, 21),
        made_on(9, 22, Kind::Step, Some(20)),
    ];
    let mut ops = vec![Op::PutCircle(circle(CIRCLE, 1)), Op::PutCircle(circle(OTHER, 1))];
    ops.extend(records.map(|record| put(CIRCLE, 1, record)));
    ops.push(put(OTHER, 1, made_on(9, 1, Run::KIND, None)));
    just(&store, ops).await;
    just(&store, vec![Op::DropOld { circle: CIRCLE, generation: 1, logs: Day(10), deleted: Day(30) }]).await;
    let every: Vec<Wanted> = Kind::all().map(Wanted::Kind).collect();
    assert_eq!(ids(&store, CIRCLE, &every).await, [2, 4, 7, 8, 21].map(id));
    assert_eq!(ids(&store, OTHER, &every).await, [id(1)]);
}

/// Of what was erased no own edit is kept, in whatever state.
pub async fn sent_and_refused_edits_about_a_record_are_forgotten_with_it<S: LocalStore>(open: impl AsyncFn() -> S) {
    let store = open().await;
    let about = |n: u64, change: Change, of| opstap_core::Edit { changes: vec![change], ..edit(n, of) };
    let sets = |n| Change::Set { id: id(n), cells: vec![("text".into(), "weg".into())] };
    let makes = |n, parent| Change::Make { id: id(n), kind: Kind::Step, parent: Some(id(parent)), cells: Vec::new() };
    let edits =
        [about(1, sets(1), CIRCLE), about(2, makes(9, 1), CIRCLE), about(3, sets(2), CIRCLE), about(4, sets(1), OTHER)];
    let (at, reason) = (Millis(5), Reason::UnknownRecord);
    let sent = edits.iter().cloned().map(|edit| Op::PutSent(SentEdit { edit, at }));
    let refused = edits.iter().cloned().map(|edit| Op::PutRefused(RefusedEdit { edit, reason, at }));
    just(&store, sent.chain(refused).collect()).await;
    just(&store, vec![Op::DropEditsOn { circle: CIRCLE, records: vec![id(1), id(7)] }]).await;
    let store = open().await;
    let sent: Vec<u64> = store.sent().await.expect("the store works").iter().map(|sent| sent.edit.name.n).collect();
    let tray = store.refused().await.expect("the store works");
    let refused: Vec<u64> = tray.iter().map(|refused| refused.edit.name.n).collect();
    assert_eq!((sent, refused), (vec![3, 4], vec![3, 4]));
}

/// What was let go of waits to be told, also after a restart and when the circle is gone.
pub async fn what_was_let_go_of_is_noted_until_the_server_knows<S: LocalStore>(open: impl AsyncFn() -> S) {
    let store = open().await;
    let note = |at| LetGo { circle: CIRCLE, view: View(u64::MAX), at: Millis(at) };
    just(&store, vec![Op::PutCircle(circle(CIRCLE, 1)), Op::PutLetGo(note(2)), Op::PutLetGo(note(1))]).await;
    just(&store, vec![Op::PurgeCircle(CIRCLE), Op::PutLetGo(note(2))]).await;
    assert_eq!(open().await.let_go().await, Ok(vec![note(1), note(2)]));
    just(&store, vec![Op::DropLetGo(note(1)), Op::DropLetGo(note(9))]).await;
    assert_eq!(store.let_go().await, Ok(vec![note(2)]));
}

/// Figures stand in the place of old logs, and go with their circle.
pub async fn the_figures_of_a_circle_are_kept_over_what_they_were_until_it_is_purged<S: LocalStore>(
    open: impl AsyncFn() -> S,
) {
    let store = open().await;
    let figures = |count| Figures {
        before: Day(20_000),
        rows: vec![
            Figure { month: Month(650), of: id(1), what: What::Runs, count },
            Figure { month: Month(651), of: id(1), what: What::Unknown(900), count: u64::MAX },
        ],
    };
    let keeps = |circle, count| Op::PutFigures { circle, figures: figures(count) };
    just(&store, vec![Op::PutCircle(circle(CIRCLE, 1)), keeps(CIRCLE, 1), keeps(OTHER, 5), keeps(CIRCLE, 3)]).await;
    let store = open().await;
    assert_eq!(store.figures(CIRCLE).await, Ok(Some(figures(3))));
    just(&store, vec![Op::PurgeCircle(CIRCLE)]).await;
    assert_eq!((store.figures(CIRCLE).await, store.figures(OTHER).await), (Ok(None), Ok(Some(figures(5)))));
}
