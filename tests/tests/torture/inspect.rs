//! The database behind the server's back: whether it is whole, and which numbers it gave.

use std::path::{Path, PathBuf};

use opstap_core::CircleId;
use tokio_postgres::{Client, NoTls};

/// The database of the server under torture.
pub enum Inspected {
    Sqlite(PathBuf),
    Postgres(String),
}

/// What stands in it.
pub struct Contents {
    pub counter: u64,
    pub numbers: Vec<u64>,
    pub complaints: Vec<String>,
}

impl Inspected {
    pub fn sqlite(folder: &Path) -> Self {
        Self::Sqlite(folder.join("data").join("opstap.db"))
    }

    pub fn postgres(address: &str) -> Self {
        Self::Postgres(address.to_owned())
    }

    /// What the server is told of it.
    pub fn address(&self) -> Option<&str> {
        match self {
            Self::Sqlite(_) => None,
            Self::Postgres(address) => Some(address),
        }
    }

    pub fn contents(&self, circle: CircleId, before: u64) -> Contents {
        match self {
            Self::Sqlite(path) => in_sqlite(path, circle, before),
            Self::Postgres(address) => asked(address, async |client| in_postgres(client, circle, before).await),
        }
    }

    /// Kills one connection of the server in the database, or all of the database's processes, as a crash does.
    pub fn kill_database(&self, whole: bool) {
        let Self::Postgres(address) = self else { return };
        let pid = asked(address, async move |client| {
            let of_a_connection = "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' \
                                   AND pid <> pg_backend_pid() ORDER BY random() LIMIT 1";
            let of_all = "SELECT split_part(pg_read_file('postmaster.pid'), chr(10), 1)::int";
            let rows = client.query(if whole { of_all } else { of_a_connection }, &[]).await.unwrap();
            rows.first().map(|row| row.get::<_, i32>(0))
        });
        // To the first process of a database QUIT means: stop at once, clean nothing up.
        let signal = if whole { "-QUIT" } else { "-KILL" };
        let Some(pid) = pid else { return };
        let _ = std::process::Command::new("kill").args([signal, &pid.to_string()]).status();
    }
}

fn in_sqlite(path: &Path, circle: CircleId, before: u64) -> Contents {
    let connection = rusqlite::Connection::open(path).unwrap();
    let told: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    let counter = "SELECT counter FROM circle WHERE circle = ?1";
    let counter: i64 = connection.query_row(counter, [circle.0], |row| row.get(0)).unwrap();
    let numbers = "SELECT number FROM edit WHERE circle = ?1 AND number > ?2 ORDER BY number";
    let mut numbers = connection.prepare(numbers).unwrap();
    let before = before.cast_signed();
    let numbers = numbers.query_map((circle.0, before), |row| row.get::<_, i64>(0)).unwrap();
    Contents {
        counter: counter.cast_unsigned(),
        numbers: numbers.map(|number| number.unwrap().cast_unsigned()).collect(),
        complaints: if told == "ok" { Vec::new() } else { vec![told] },
    }
}

async fn in_postgres(client: &Client, circle: CircleId, before: u64) -> Contents {
    let circle = circle.0.as_slice();
    let counter = client.query_one("SELECT counter FROM circle WHERE circle = $1", &[&circle]).await.unwrap();
    let numbers = "SELECT number FROM edit WHERE circle = $1 AND number > $2 ORDER BY number";
    let numbers = client.query(numbers, &[&circle, &before.cast_signed()]).await.unwrap();
    Contents {
        counter: counter.get::<_, i64>(0).cast_unsigned(),
        numbers: numbers.iter().map(|row| row.get::<_, i64>(0).cast_unsigned()).collect(),
        complaints: complaints(client).await,
    }
}

/// What `amcheck` finds in tables and indexes, where the machine's PostgreSQL has it.
async fn complaints(client: &Client) -> Vec<String> {
    if client.batch_execute("CREATE EXTENSION IF NOT EXISTS amcheck SCHEMA public").await.is_err() {
        return Vec::new();
    }
    let ours = "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = current_schema()";
    // It raises an error where an index is not as its table.
    let indexes = format!("SELECT count(public.bt_index_check(c.oid, true)) {ours} AND c.relkind = 'i'");
    let mut found: Vec<String> =
        client.query_one(&indexes, &[]).await.err().map(|error| error.to_string()).into_iter().collect();
    let tables = format!(
        "SELECT c.relname::text, v.msg FROM (SELECT c.oid, c.relname {ours} AND c.relkind = 'r') c, \
         LATERAL public.verify_heapam(c.oid) v"
    );
    let rows = client.query(&tables, &[]).await.unwrap();
    found.extend(rows.iter().map(|row| format!("{}: {}", row.get::<_, String>(0), row.get::<_, String>(1))));
    found
}

/// Asks a database something, waiting while it comes up again.
fn asked<T>(address: &str, question: impl AsyncFnOnce(&Client) -> T) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        for _ in 0..300 {
            if let Ok((client, connection)) = tokio_postgres::connect(address, NoTls).await {
                let carrying = tokio::spawn(connection);
                let answer = question(&client).await;
                drop(client);
                let _ = carrying.await;
                return answer;
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        panic!("the database does not come up again");
    })
}
