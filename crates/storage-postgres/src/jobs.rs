//! How a job is run: on a connection and a thread of its own, again when another came in between or the connection was lost, and
//! not for ever.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use deadpool_postgres::{ClientWrapper, Object, Pool};
use opstap_sync_server::storage::{Snapshot, StorageError, Txn};
use tokio::runtime::Handle;
use tokio::time::{Instant, sleep, timeout_at};

use crate::connection::connection;
use crate::outcome::{Mark, Marks};
use crate::rows::Rows;
use crate::transaction::{End, Transaction};
use crate::trouble::Trouble;
use crate::turns::{Held, Turns, Wanted};

const READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY";
const WRITE: &str = "BEGIN ISOLATION LEVEL SERIALIZABLE";
/// After so many runs a row that is there already is no race.
const MOST_TAKEN: u32 = 5;
/// After so many lost races a job runs while no other of this server writes: it might lose for ever.
const MOST_RACES: u32 = 4;
/// Between two runs at least and at most so long, so that those who got in each other's way do not meet again.
const PAUSE: (Duration, Duration) = (Duration::from_millis(1), Duration::from_millis(200));

/// Takes what was erased out of the tables too, where it lies dead until then.
const CLEAR: &str = "VACUUM record, history, quarantine";

/// What jobs are run with.
pub(crate) struct Jobs {
    pub(crate) pool: Pool,
    pub(crate) turns: Arc<Turns>,
    pub(crate) marks: Marks,
    /// How long a job may wait: for its turn, for a connection, for a run that nobody disturbs.
    pub(crate) patience: Duration,
}

/// How one run ended.
enum Run<R> {
    /// Its result counts.
    Done(Result<R, StorageError>),
    /// Nothing of it counts.
    Undone(Trouble),
    /// The connection was lost before the answer to the commit. The result counts if the mark is there.
    Unknown(R, Mark),
    /// The job panicked.
    Stopped,
}

impl Jobs {
    pub(crate) async fn read<R: Send + 'static>(
        &self,
        mut job: impl FnMut(&dyn Snapshot) -> Result<R, StorageError> + Send + 'static,
    ) -> Result<R, StorageError> {
        let mut patience = Patience::new(self.patience);
        loop {
            let connection = match connection(&self.pool).await {
                Ok(connection) => connection,
                Err(trouble) => {
                    patience.after(trouble).await?;
                    continue;
                }
            };
            let (run, _, again) = on_a_thread(connection, self.turns.none(), move |client, handle, turns| {
                (read_once(client, handle, turns, &mut job), job)
            })
            .await?;
            job = again;
            match run {
                Run::Done(result) => return result,
                Run::Undone(trouble) => patience.after(trouble).await?,
                Run::Unknown(..) | Run::Stopped => return Err(stopped()),
            }
        }
    }

    pub(crate) async fn write<R: Send + 'static>(
        &self,
        mut job: impl FnMut(&mut dyn Txn) -> Result<R, StorageError> + Send + 'static,
    ) -> Result<R, StorageError> {
        let mut patience = Patience::new(self.patience);
        let mut wanted = Wanted::default();
        let erased = Arc::new(AtomicBool::new(false));
        loop {
            // The turns first: who waits for one must not keep a connection from others.
            let held = timeout_at(patience.ends, self.turns.take(wanted.clone(), patience.races >= MOST_RACES));
            let held = held.await.map_err(|_| StorageError::TryAgain)?;
            let connection = match connection(&self.pool).await {
                Ok(connection) => connection,
                Err(trouble) => {
                    patience.after(trouble).await?;
                    continue;
                }
            };
            let mark = self.marks.next()?;
            let erases = Arc::clone(&erased);
            let (run, asked, again) = on_a_thread(connection, held, move |client, handle, turns| {
                (write_once(client, handle, turns, &erases, mark, &mut job), job)
            })
            .await?;
            job = again;
            wanted = asked;
            match run {
                Run::Done(result) => {
                    self.marks.sweep(&self.pool, mark);
                    self.clear(&erased);
                    return result;
                }
                Run::Undone(trouble) => patience.after(trouble).await?,
                Run::Unknown(result, mark) => {
                    if mark.counts(&self.pool, self.patience).await? {
                        self.clear(&erased);
                        return Ok(result);
                    }
                    patience.after(Trouble::Lost).await?;
                }
                Run::Stopped => return Err(stopped()),
            }
        }
    }

    /// After a job that erased something, beside the work: large tables take their time.
    fn clear(&self, erased: &AtomicBool) {
        if erased.load(Ordering::Relaxed) {
            let pool = self.pool.clone();
            tokio::spawn(async move {
                if let Ok(connection) = connection(&pool).await {
                    // What a database cannot do at once it does by and by, as it always clears up.
                    let _ = connection.batch_execute(CLEAR).await;
                }
            });
        }
    }
}

/// Runs something that waits for its statements one by one on a thread where waiting holds nobody up. There are never more of these
/// threads than connections. Whoever dropped the future of a job has no say any more: it runs to its end.
async fn on_a_thread<R: Send + 'static, J: Send + 'static>(
    connection: Object,
    mut turns: Held,
    run: impl FnOnce(&ClientWrapper, &Handle, &mut Held) -> (Run<R>, J) + Send + 'static,
) -> Result<(Run<R>, Wanted, J), StorageError> {
    let handle = Handle::current();
    let thread = tokio::task::spawn_blocking(move || {
        let (run, job) = run(&connection, &handle, &mut turns);
        if matches!(run, Run::Undone(Trouble::Lost) | Run::Unknown(..)) {
            // In what state it is nobody knows: it does not go back to the pool.
            drop(Object::take(connection));
        }
        (run, turns.end(), job)
    });
    thread.await.map_err(|_| stopped())
}

fn read_once<R>(
    client: &ClientWrapper,
    handle: &Handle,
    turns: &mut Held,
    job: &mut impl FnMut(&dyn Snapshot) -> Result<R, StorageError>,
) -> Run<R> {
    let rows = Rows { transaction: Transaction::begin(client, handle, READ), turns, erased: &AtomicBool::new(false) };
    // A panic in one job must not leave a transaction open on a connection that others get.
    let result = catch_unwind(AssertUnwindSafe(|| job(&rows)));
    match (result, rows.transaction.undo()) {
        (Err(_), _) => Run::Stopped,
        (Ok(Ok(result)), None) => Run::Done(Ok(result)),
        (Ok(Err(error)), None) => Run::Done(Err(error)),
        (Ok(_), Some(trouble)) => Run::Undone(trouble),
    }
}

fn write_once<R>(
    client: &ClientWrapper,
    handle: &Handle,
    turns: &mut Held,
    erased: &AtomicBool,
    mark: Mark,
    job: &mut impl FnMut(&mut dyn Txn) -> Result<R, StorageError>,
) -> Run<R> {
    let mut rows = Rows { transaction: Transaction::begin(client, handle, WRITE), turns, erased };
    let result = catch_unwind(AssertUnwindSafe(|| job(&mut rows)));
    let transaction = rows.transaction;
    match result {
        Err(_) => {
            transaction.undo();
            Run::Stopped
        }
        Ok(Err(error)) => transaction.undo().map_or(Run::Done(Err(error)), Run::Undone),
        Ok(Ok(result)) => {
            // Last, so that it is on its way together with the commit.
            let _ = mark.leave(&transaction);
            match transaction.commit() {
                End::Committed => Run::Done(Ok(result)),
                End::Undone(trouble) => Run::Undone(trouble),
                End::Unknown => Run::Unknown(result, mark),
            }
        }
    }
}

fn stopped() -> StorageError {
    StorageError::Unavailable("the job was stopped half-way and left nothing".to_owned())
}

/// What a job may still wait.
struct Patience {
    ends: Instant,
    pause: Duration,
    taken: u32,
    races: u32,
}

impl Patience {
    fn new(patience: Duration) -> Self {
        Self { ends: Instant::now() + patience, pause: PAUSE.0, taken: 0, races: 0 }
    }

    /// Waits a little before the next run, or says what to tell instead of running again.
    async fn after(&mut self, trouble: Trouble) -> Result<(), StorageError> {
        self.taken += u32::from(trouble == Trouble::Taken);
        self.races += u32::from(trouble == Trouble::Race);
        let is_over = Instant::now() + self.pause >= self.ends || self.taken >= MOST_TAKEN;
        if is_over || matches!(trouble, Trouble::Failed(_)) {
            return Err(trouble.in_the_end());
        }
        sleep(self.pause + self.pause.mul_f64(chance())).await;
        self.pause = (self.pause * 2).min(PAUSE.1);
        Ok(())
    }
}

/// Somewhere from 0 to 1. That it is drawn well does not matter, only that two jobs draw differently.
fn chance() -> f64 {
    let mut drawn = [0];
    // Without randomness all wait alike.
    let _ = getrandom::fill(&mut drawn);
    let [drawn] = drawn;
    f64::from(drawn) / f64::from(u8::MAX)
}
