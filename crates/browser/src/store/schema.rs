//! What stands in the database, and the steps by which it came to be. A step is never edited once an app with it has gone out.

use indexed_db_futures::KeyPath;
use indexed_db_futures::database::Database;
use indexed_db_futures::prelude::Build;

/// The version of the database: the number of steps.
pub const VERSION: u8 = 1;

/// One row, under the key `device`: `r` the revision, `b` its bytes.
pub const DEVICE: &str = "device";
/// By circle: `r` the revision, `b` its bytes.
pub const CIRCLES: &str = "circles";
/// By (circle, generation, id): `c`, `g`, `k` the kind's code, `p` the parent if it has one, `b` its bytes.
pub const RECORDS: &str = "records";
/// By n: `c` the circle, `b` its bytes.
pub const PENDING: &str = "pending";
/// By n: `c` the circle, `t` when the verdict came, `b` its bytes.
pub const SENT: &str = "sent";
/// By n: `c` the circle, `b` its bytes.
pub const REFUSED: &str = "refused";
/// By device: `b` its bytes.
pub const OWNERS: &str = "owners";
/// By (circle, hash): `c`, `s` the state's code, `b` its bytes, which are not the blob's own.
pub const BLOBS: &str = "blobs";
/// By (circle, hash): the blob's own bytes.
pub const BYTES: &str = "bytes";

/// Every object store.
pub const ALL: [&str; 9] = [DEVICE, CIRCLES, RECORDS, PENDING, SENT, REFUSED, OWNERS, BLOBS, BYTES];

/// Of records: (circle, generation, kind).
pub const BY_KIND: &str = "kind";
/// Of records: (circle, generation, parent).
pub const BY_PARENT: &str = "parent";
/// Of edits and blobs: the circle.
pub const BY_CIRCLE: &str = "circle";
/// Of sent edits: when the verdict came.
pub const BY_TIME: &str = "time";
/// Of blobs: the state.
pub const BY_STATE: &str = "state";

/// Brings a database of an earlier version to this one, step by step.
pub fn upgrade(database: &Database, from: u32) -> indexed_db_futures::Result<()> {
    if from < 1 {
        first(database)?;
    }
    Ok(())
}

/// Version 1.
fn first(database: &Database) -> indexed_db_futures::Result<()> {
    for name in ALL {
        let store = database.create_object_store(name).build()?;
        let index = |name: &'static str, path: KeyPath<&'static str>| store.create_index(name, path).build().map(drop);
        match name {
            RECORDS => {
                index(BY_KIND, KeyPath::from(["c", "g", "k"]))?;
                index(BY_PARENT, KeyPath::from(["c", "g", "p"]))?;
            }
            PENDING | REFUSED => index(BY_CIRCLE, KeyPath::One("c"))?,
            SENT => {
                index(BY_CIRCLE, KeyPath::One("c"))?;
                index(BY_TIME, KeyPath::One("t"))?;
            }
            BLOBS => {
                index(BY_CIRCLE, KeyPath::One("c"))?;
                index(BY_STATE, KeyPath::One("s"))?;
            }
            _ => {}
        }
    }
    Ok(())
}
