//! The pool of connections, each with the settings that the contract needs.

use std::str::FromStr;
use std::time::Duration;

use deadpool_postgres::{Hook, HookError, Manager, ManagerConfig, Object, Pool, PoolError, RecyclingMethod, Runtime};
use opstap_sync_server::storage::StorageError;
use tokio_postgres::{Config, NoTls};

use crate::trouble::Trouble;

/// What every connection is told once.
///
/// A commit is on the database's disk when it is answered, whatever the database was set to; a stronger setting stays. Whoever waits
/// for a lock, or holds one and has stopped, does not do so for ever. Whole tables are not read where an index would do: what a
/// serialisable transaction has read of a table, no other may write meanwhile.
const SETTINGS: &str = "\
    SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') IN ('off', 'local'); \
    SET lock_timeout = '5s'; \
    SET idle_in_transaction_session_timeout = '60s'; \
    SET default_transaction_isolation = 'read committed'; \
    SET enable_seqscan = off";

/// Reads an address, `postgres://…` or the keyword form.
pub(crate) fn read_address(address: &str) -> Result<Config, StorageError> {
    // What is wrong with it is not passed on: it may be the password.
    Config::from_str(address)
        .map_err(|_| StorageError::Unavailable("the address of the database is not understood".to_owned()))
}

pub(crate) fn pool(mut config: Config, connections: usize, patience: Duration) -> Result<Pool, StorageError> {
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(patience);
    }
    if config.get_application_name().is_none() {
        config.application_name("opstap");
    }
    let manager = Manager::from_config(config, NoTls, ManagerConfig { recycling_method: RecyclingMethod::Fast });
    let settle = Hook::async_fn(|client: &mut deadpool_postgres::ClientWrapper, _| {
        Box::pin(async move { client.batch_execute(SETTINGS).await.map_err(HookError::Backend) })
    });
    Pool::builder(manager)
        .max_size(connections)
        .runtime(Runtime::Tokio1)
        .wait_timeout(Some(patience))
        .create_timeout(Some(patience))
        .post_create(settle)
        .build()
        .map_err(|_| StorageError::Unavailable("no pool of connections".to_owned()))
}

/// A connection that works, as far as is known.
pub(crate) async fn connection(pool: &Pool) -> Result<Object, Trouble> {
    pool.get().await.map_err(|error| match error {
        PoolError::Backend(error) | PoolError::PostCreateHook(HookError::Backend(error)) => Trouble::of(&error),
        // All are at work, and stayed so.
        PoolError::Timeout(deadpool_postgres::TimeoutType::Wait) => Trouble::Race,
        _ => Trouble::Lost,
    })
}
