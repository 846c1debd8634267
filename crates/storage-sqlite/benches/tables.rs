//! What the tables cost: the chosen layout beside the others that were weighed, and the whole way through the service.
//! `cargo bench -p opstap-storage-sqlite` prints a table; docs/adr/0002-tables.md quotes it.

#![expect(clippy::print_stdout, reason = "a benchmark prints its table")]

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use opstap_core::model::{CircleKind, Member, Model, OrganisationRole, Plan, Relation, Run, StepEvent, StepOutcome};
use opstap_core::protocol::{Request, encode_edit, encode_record};
use opstap_core::{Cell, Change, CircleId, DeviceId, Edit, EditName, Millis, PersonId, Record, RecordId, Seen, Stamp};
use opstap_storage_sqlite::SqliteStorage;
use opstap_sync_server::service::{Limits, Pairing, Service, Session};
use opstap_sync_server::{Clock, Randomness};
use rusqlite::{Connection, params};

const EDITS: u64 = 10_000;
const TOGETHER: u64 = 100;
/// So that taking in is what is measured.
const NOTHING_BACK: Limits = Limits { records: 0, bytes: 0 };
const START: Millis = Millis(1_790_000_000_000);
const SCHEMA: &str = include_str!("../migrations/0001_start.sql");

struct Fixed;

impl Clock for Fixed {
    fn now(&self) -> Millis {
        START.plus(EDITS * 60_000)
    }
}

/// Random enough to be as incompressible as real ids.
struct Drawn(std::sync::atomic::AtomicU64);

impl Randomness for Drawn {
    fn fill(&self, bytes: &mut [u8]) {
        use sha2::Digest;
        let draw = self.0.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        let drawn = sha2::Sha256::digest(draw.to_be_bytes());
        bytes.iter_mut().zip(drawn).for_each(|(to, from)| *to = from);
    }
}

impl Drawn {
    fn id(&self, nth: u64) -> RecordId {
        let mut random = [0; 10];
        self.fill(&mut random);
        RecordId::new(START.plus(nth * 7_000), random)
    }
}

struct Times {
    began: Instant,
    processor: Duration,
}

impl Times {
    fn begin() -> Self {
        Self { began: Instant::now(), processor: processor() }
    }

    fn print(&self, what: &str, bytes: Option<u64>) {
        let (wall, busy) = (self.began.elapsed(), processor().saturating_sub(self.processor));
        let bytes = bytes.map_or_else(String::new, |bytes| format!("{:>6} B", bytes / EDITS));
        println!("{what:<52} {:>6.2} s {:>6.2} s {bytes}", wall.as_secs_f64(), busy.as_secs_f64());
    }
}

/// Processor time of this process so far, in user and system; nothing where the system does not tell.
fn processor() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks: u64 = after_name.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 10)
}

fn stamp(nth: u64, device: DeviceId) -> Stamp {
    Stamp { millis: START.plus(nth * 7_000), counter: 0, device }
}

fn event(step: RecordId, nth: u64) -> StepEvent {
    StepEvent::of(step, StepOutcome::Done, START.plus(nth * 7_000))
}

fn edit(circle: CircleId, device: DeviceId, nth: u64, changes: Vec<Change>) -> Edit {
    let name = EditName { device, n: nth + 1 };
    Edit { name, stamp: stamp(nth, device), circle, seen: Seen::default(), beside: None, changes }
}

/// One way to lay out the tables: what differs from the schema, and what is written for an edit.
struct Layout {
    name: &'static str,
    schema: String,
    full_edit: bool,
    row_per_cell: bool,
    counter_per_edit: bool,
}

fn layouts() -> Vec<Layout> {
    let base = |name| Layout {
        name,
        schema: SCHEMA.to_owned(),
        full_edit: false,
        row_per_cell: false,
        counter_per_edit: false,
    };
    let with_rowid = SCHEMA
        .replace("    PRIMARY KEY (circle, id)\n) STRICT, WITHOUT ROWID;", "    PRIMARY KEY (circle, id)\n) STRICT;");
    assert_ne!(with_rowid, SCHEMA, "the schema has a record table without rowid");
    vec![
        base("record and slim edit row (chosen)"),
        Layout { schema: with_rowid, ..base("  the record table with rowid") },
        Layout { counter_per_edit: true, ..base("  the counter moved with every edit") },
        Layout {
            schema: format!(
                "{SCHEMA} CREATE TABLE copy (circle BLOB, device BLOB, n INTEGER, body BLOB, PRIMARY KEY (circle, device, n)) WITHOUT ROWID;"
            ),
            full_edit: true,
            ..base("record and full edit")
        },
        Layout {
            schema: format!(
                "{SCHEMA} CREATE TABLE cell (circle BLOB, record BLOB, name TEXT, stamp BLOB, number INTEGER, value BLOB, PRIMARY KEY (circle, record, name)) WITHOUT ROWID;"
            ),
            row_per_cell: true,
            ..base("a row for each cell and slim edit row")
        },
    ]
}

impl Layout {
    fn measure(&self, path: &Path) -> rusqlite::Result<()> {
        let connection = Connection::open(path)?;
        connection.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;")?;
        connection.execute_batch(&self.schema)?;
        let drawn = Drawn(0.into());
        let (circle, device, run) = (CircleId([1; 16]), DeviceId([2; 16]), drawn.id(0));
        connection.execute("INSERT INTO circle VALUES (?1, ?1, 1, 0, 0)", [circle.0])?;
        let times = Times::begin();
        for batch in 0..EDITS / TOGETHER {
            connection.execute_batch("BEGIN IMMEDIATE")?;
            for nth in batch * TOGETHER..(batch + 1) * TOGETHER {
                let change = event(run, nth).make_below(drawn.id(nth), run);
                self.write(&connection, &edit(circle, device, nth, vec![change]), nth)?;
            }
            if !self.counter_per_edit {
                move_counter(&connection, circle, (batch + 1) * TOGETHER)?;
            }
            connection.execute_batch("COMMIT")?;
        }
        connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")?;
        times.print(self.name, std::fs::metadata(path).ok().map(|file| file.len()));
        Ok(())
    }

    fn write(&self, connection: &Connection, edit: &Edit, nth: u64) -> rusqlite::Result<()> {
        let (circle, number) = (edit.circle.0, i64::try_from(nth + 1).unwrap_or(i64::MAX));
        for change in &edit.changes {
            let Change::Make { id, kind, parent, cells } = change else { continue };
            let mut record = Record::new(*id, *kind, *parent);
            record.number = nth + 1;
            for (name, value) in cells {
                if self.row_per_cell {
                    connection.prepare_cached("INSERT INTO cell VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?.execute(params![
                        circle,
                        id.0,
                        name.as_ref(),
                        [7_u8; 28],
                        number,
                        value.to_bytes()
                    ])?;
                } else {
                    let cell = Cell { value: value.clone(), stamp: edit.stamp, number: nth + 1 };
                    record.cells.insert(name.clone(), cell);
                }
            }
            let body = if self.row_per_cell { Vec::new() } else { encode_record(&record) };
            connection.prepare_cached("INSERT INTO record VALUES (?1, ?2, ?3, ?3, ?4, ?5, ?6, ?7)")?.execute(
                params![circle, id.0, number, kind.code(), kind.need(), parent.map(|parent| parent.0), body],
            )?;
        }
        let (device, digest) = (edit.name.device.0, [8_u8; 16]);
        connection.prepare_cached("INSERT INTO edit VALUES (?1, ?2, ?3, ?3, 0, ?2, ?4, 0, ?5)")?.execute(params![
            circle,
            device,
            number,
            number * 7_000,
            digest
        ])?;
        if self.full_edit {
            connection.prepare_cached("INSERT INTO copy VALUES (?1, ?2, ?3, ?4)")?.execute(params![
                circle,
                device,
                number,
                encode_edit(edit)
            ])?;
        }
        if self.counter_per_edit {
            move_counter(connection, edit.circle, nth + 1)?;
        }
        Ok(())
    }
}

fn move_counter(connection: &Connection, circle: CircleId, to: u64) -> rusqlite::Result<()> {
    let to = i64::try_from(to).unwrap_or(i64::MAX);
    connection.prepare_cached("UPDATE circle SET counter = ?2 WHERE circle = ?1")?.execute(params![circle.0, to])?;
    Ok(())
}

type Failure = Box<dyn std::error::Error>;

/// A service with one client and a session of theirs.
async fn open(path: &Path) -> Result<(Arc<Service<SqliteStorage>>, Session, CircleId), Failure> {
    let storage = SqliteStorage::open(path)?;
    let drawn = Arc::new(Drawn(0.into()));
    let service = Service::open(storage, Arc::new(Fixed), drawn, Arc::new(())).await?;
    let organisation = service.create_organisation("De Brug").await?;
    let person: PersonId = service.add_person(organisation, OrganisationRole::Participant, "Sem").await?;
    let name = "Sem".to_owned();
    let sem = Member { person, relation: Relation::Client, name, called: None, phone: None, face: None, order: None };
    let circle = service.create_circle(organisation, CircleKind::Client, &[sem]).await?;
    let invitation = service.invite(person, 60_000).await?;
    let paired = service.pair(invitation.long.reveal(), DeviceId([3; 16])).await?;
    let Pairing::Paired { token, .. } = paired else { return Err("a fresh code pairs".into()) };
    let session = service.session(token.reveal()).await?.ok_or("a new session is found")?;
    Ok((Arc::new(service), session, circle))
}

fn request(session: &Session, edits: Vec<Edit>) -> Request {
    let device = edits.first().map_or(session.device, |edit| edit.name.device);
    Request { edits, ..Request::of(device) }
}

async fn through_the_service(path: &Path) -> Result<(), Failure> {
    let (service, session, circle) = open(path).await?;
    let (drawn, device) = (Drawn(1_000_000.into()), session.device);
    let (plan_id, run_id) = (drawn.id(0), drawn.id(0));
    let plan = Plan::titled("Koken");
    let begin = vec![plan.make(plan_id), Run::begins(plan_id, START).make(run_id)];
    service.sync(session, request(&session, vec![edit(circle, device, 0, begin)])).await?;
    let taking_in = Service::clone(&service).with_limits(NOTHING_BACK);
    let times = Times::begin();
    for batch in 0..EDITS / TOGETHER {
        let edits = (batch * TOGETHER + 1..=(batch + 1) * TOGETHER)
            .map(|nth| edit(circle, device, nth, vec![event(plan_id, nth).make_below(drawn.id(nth), run_id)]));
        taking_in.sync(session, request(&session, edits.collect())).await?;
    }
    times.print("through the service: judged, merged, 100 a request", None);
    let times = Times::begin();
    let loading = Service::clone(&service).with_limits(Limits { records: 20_000, bytes: 20_000_000 });
    let answer = loading.sync(session, request(&session, Vec::new())).await?;
    let records: usize = answer.circles.iter().map(|circle| circle.delivery.records().len()).sum();
    times.print(&format!("  and loaded in one answer ({records} records)"), None);
    Ok(())
}

/// One edit a request, from so many devices at once: what group commit is for.
async fn at_once(path: &Path, devices: u8) -> Result<(), Failure> {
    const REQUESTS: u64 = 800;
    let (service, session, circle) = open(path).await?;
    let times = Times::begin();
    let mut tasks = Vec::new();
    for device in 0..devices {
        let (service, device) = (Service::clone(&service).with_limits(NOTHING_BACK), DeviceId([10 + device; 16]));
        tasks.push(tokio::spawn(async move {
            let drawn = Drawn((u64::from(device.0[0]) * 1_000_000).into());
            let plan = RecordId([4; 16]);
            for nth in 0..REQUESTS / u64::from(devices) {
                let change = Run::begins(plan, START).make(drawn.id(nth));
                let edits = vec![edit(circle, device, nth, vec![change])];
                service.sync(session, request(&session, edits)).await?;
            }
            Ok::<(), opstap_sync_server::ServiceError>(())
        }));
    }
    for task in tasks {
        task.await??;
    }
    times.print(&format!("{REQUESTS} requests of one edit, {devices} device(s) at once"), None);
    Ok(())
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    println!("{EDITS} step events, {TOGETHER} to a commit, synchronous = FULL");
    println!("{:<52} {:>8} {:>8} {:>8}", "", "wall", "CPU", "a record");
    let folder = tempfile::tempdir()?;
    for (nth, layout) in layouts().iter().enumerate() {
        layout.measure(&folder.path().join(format!("layout{nth}.db")))?;
    }
    through_the_service(&folder.path().join("service.db")).await?;
    for devices in [1, 8, 32] {
        at_once(&folder.path().join(format!("at-once-{devices}.db")), devices).await?;
    }
    Ok(())
}
