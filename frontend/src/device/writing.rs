//! Writing: an edit is judged by the rules and on disk before this returns; sending follows by itself.

use std::cell::Cell;

use gloo_timers::future::TimeoutFuture;
use leptos::task::spawn_local;
use opstap_core::{Change, CircleId, PersonId, Seen};
use opstap_sync_client::{NotKept, StoreError};

use super::syncing::{self, Haste};
use super::{engine, runtime};

/// Keeps an edit.
///
/// # Errors
/// Why it could not be kept; then nothing changed.
pub async fn edit(circle: CircleId, changes: Vec<Change>) -> Result<(), NotKept> {
    edit_made(circle, changes, Made::default()).await
}

/// Keeps an edit that may wait a while, such as the taps along a plan: it is sent together with those that follow, and as soon as something
/// more urgent is sent, somebody follows the run, or the app goes out of sight. Each on its own would cost a prepaid bundle a kilobyte.
///
/// # Errors
/// Why it could not be kept; then nothing changed.
pub async fn edit_in_time(circle: CircleId, changes: Vec<Change>, haste: Haste) -> Result<(), NotKept> {
    keep_made(circle, changes, Made::default()).await?;
    syncing::sync_in_time(haste);
    Ok(())
}

/// How an edit came about, where there is more to say than who made it.
#[derive(Clone, Copy, Default)]
pub struct Made {
    /// Who sat at the author's side, such as the client with whom a volunteer changes a plan.
    pub beside: Option<PersonId>,
    /// What the author had seen when they began, where more came in while they went on.
    pub as_of: Option<Seen>,
}

/// Keeps an edit that was made in a way of its own.
///
/// # Errors
/// Why it could not be kept; then nothing changed.
pub async fn edit_made(circle: CircleId, changes: Vec<Change>, made: Made) -> Result<(), NotKept> {
    keep_made(circle, changes, made).await?;
    syncing::sync_after_the_answer();
    Ok(())
}

async fn keep_made(circle: CircleId, changes: Vec<Change>, made: Made) -> Result<(), NotKept> {
    let Some(engine) = runtime::engine() else { return Err(NotKept::Store(StoreError::Gone)) };
    let _under_way = UnderWay::begin();
    match engine.edit_as_of(circle, changes.clone(), made.beside, made.as_of).await {
        // Not a letter is lost: it lies beside the store until the app is started again, and the root says what to do.
        Err(NotKept::Store(error)) if engine::put_aside(&engine, circle, changes, made) => runtime::report(error),
        kept => drop(kept?),
    }
    Ok(())
}

thread_local! {
    /// How many edits are on their way to the disk.
    static UNDER_WAY: Cell<u32> = const { Cell::new(0) };
}

/// An edit, or the photo or recording it will name, on its way to the disk; it has come, or will not come, once this is dropped.
pub struct UnderWay;

impl UnderWay {
    /// One more.
    pub fn begin() -> Self {
        UNDER_WAY.set(UNDER_WAY.get() + 1);
        Self
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        UNDER_WAY.set(UNDER_WAY.get() - 1);
    }
}

/// Waits until every edit that was begun is on the disk: a page that goes takes with it what is not.
pub async fn all_kept() {
    const MILLIS: u32 = 10;
    loop {
        // Also before the first look: a tap that takes the focus out of a field begins its edit now, and one edit begins as another ends.
        TimeoutFuture::new(MILLIS).await;
        if UNDER_WAY.get() == 0 {
            return;
        }
    }
}

/// Keeps an edit without waiting for it; should it not be kept, the root says so.
pub fn keep(circle: CircleId, changes: Vec<Change>) {
    keep_and(circle, changes, || ());
}

/// The same, and goes on once it is on the device: what is said of it is true then.
pub fn keep_and(circle: CircleId, changes: Vec<Change>, then: impl FnOnce() + 'static) {
    let then: Box<dyn FnOnce()> = Box::new(then);
    spawn_local(async move {
        match edit(circle, changes).await {
            Ok(()) => then(),
            Err(why) => runtime::report_not_kept(why),
        }
    });
}
