//! One transaction as a job on a thread of its own sees it: questions wait for their answer; writes are sent at once and heard of
//! with the next answer, so that a job costs a round trip a question and one for its end.

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;

use deadpool_postgres::ClientWrapper;
use futures::TryStreamExt;
use futures::future::{FutureExt, join};
use opstap_sync_server::storage::StorageError;
use tokio::runtime::Handle;
use tokio_postgres::{Error, Row};

use crate::column::Column;
use crate::trouble::Trouble;

type Sent<'a> = Pin<Box<dyn Future<Output = Result<(), Error>> + 'a>>;

/// How a transaction ended.
pub(crate) enum End {
    /// It counts, and is on the database's disk.
    Committed,
    /// Nothing of it counts.
    Undone(Trouble),
    /// The connection was lost before the answer: only the database knows.
    Unknown,
}

/// A transaction that is open on a connection.
pub(crate) struct Transaction<'a> {
    client: &'a ClientWrapper,
    handle: &'a Handle,
    state: RefCell<State<'a>>,
}

struct State<'a> {
    /// What was sent and not yet heard of, in order.
    sent: Vec<Sent<'a>>,
    /// Whether the transaction is known to have begun. No write is sent before: it would stand alone.
    begun: bool,
    /// Why nothing of the transaction will count.
    trouble: Option<Trouble>,
}

impl<'a> Transaction<'a> {
    /// Begins a transaction; `begin` is the statement for it.
    pub(crate) fn begin(client: &'a ClientWrapper, handle: &'a Handle, begin: &'static str) -> Self {
        let transaction =
            Self { client, handle, state: RefCell::new(State { sent: Vec::new(), begun: false, trouble: None }) };
        transaction.post(Box::pin(client.batch_execute(begin)));
        transaction
    }

    /// Asks and waits for the answer.
    pub(crate) fn ask(&self, sql: &str, columns: Vec<Column>) -> Result<Vec<Row>, StorageError> {
        self.go_on()?;
        let sent = self.take_sent();
        let answer = self.handle.block_on(async {
            let statement = match self.client.prepare_cached(sql).await {
                Ok(statement) => statement,
                // Often only because a write before it failed.
                Err(error) => return hear(sent).await.and(Err(error)),
            };
            let question = async { self.client.query_raw(&statement, columns).await?.try_collect().await };
            // The question goes out before the writes are heard of; the answers come in order.
            let (earlier, rows) = join(hear(sent), question).await;
            earlier.and(rows)
        });
        self.state.borrow_mut().begun = true;
        answer.map_err(|error| self.give_up(Trouble::of(&error)))
    }

    /// Sends a write. That it failed is told by whatever comes next, at the latest by the end.
    pub(crate) fn send(&self, sql: &str, columns: Vec<Column>) -> Result<(), StorageError> {
        self.go_on()?;
        if !self.state.borrow().begun {
            let sent = self.take_sent();
            self.handle.block_on(hear(sent)).map_err(|error| self.give_up(Trouble::of(&error)))?;
            self.state.borrow_mut().begun = true;
        }
        // Known statements are there at once; to prepare a new one while writes are on their way keeps the order all the same.
        let statement = match self.handle.block_on(self.client.prepare_cached(sql)) {
            Ok(statement) => statement,
            Err(error) => {
                let cause = self.handle.block_on(hear(self.take_sent())).err().unwrap_or(error);
                return Err(self.give_up(Trouble::of(&cause)));
            }
        };
        let client = self.client;
        self.post(Box::pin(async move { client.execute_raw(&statement, columns).await.map(|_| ()) }));
        Ok(())
    }

    /// Says that nothing of this transaction will count, and gives what the job is told.
    pub(crate) fn give_up(&self, trouble: Trouble) -> StorageError {
        // The first trouble is the cause of those that follow.
        let mut state = self.state.borrow_mut();
        state.trouble.get_or_insert(trouble).clone().in_the_end()
    }

    /// Commits, unless there was trouble that the job kept to itself.
    pub(crate) fn commit(self) -> End {
        if self.state.borrow().trouble.is_some() {
            return End::Undone(self.undo().unwrap_or(Trouble::Lost));
        }
        let sent = self.take_sent();
        // After a write that failed, COMMIT undoes: it can be sent before the writes are heard of.
        let (earlier, committed) =
            self.handle.block_on(async { join(hear(sent), self.client.batch_execute("COMMIT")).await });
        match earlier.and(committed).map_err(|error| Trouble::of(&error)) {
            Ok(()) => End::Committed,
            Err(Trouble::Lost) => End::Unknown,
            Err(trouble) => End::Undone(trouble),
        }
    }

    /// Takes everything back; gives the trouble there was, also that of writes nobody had heard of.
    pub(crate) fn undo(self) -> Option<Trouble> {
        let sent = self.take_sent();
        let (earlier, undone) =
            self.handle.block_on(async { join(hear(sent), self.client.batch_execute("ROLLBACK")).await });
        let late = earlier.and(undone).err().map(|error| Trouble::of(&error));
        self.state.into_inner().trouble.or(late)
    }

    fn go_on(&self) -> Result<(), StorageError> {
        self.state.borrow().trouble.clone().map_or(Ok(()), |trouble| Err(trouble.in_the_end()))
    }

    fn take_sent(&self) -> Vec<Sent<'a>> {
        std::mem::take(&mut self.state.borrow_mut().sent)
    }

    /// Puts a statement on its way: the first poll sends it.
    fn post(&self, mut statement: Sent<'a>) {
        let sent: Sent<'a> = match statement.as_mut().now_or_never() {
            Some(outcome) => Box::pin(std::future::ready(outcome)),
            None => statement,
        };
        self.state.borrow_mut().sent.push(sent);
    }
}

/// Hears of everything that was sent; gives the first error.
async fn hear(sent: Vec<Sent<'_>>) -> Result<(), Error> {
    for statement in sent {
        statement.await?;
    }
    Ok(())
}
