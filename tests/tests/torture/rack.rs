//! Eight writers round one server, blows, and what is looked at after each.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use opstap_core::model::{Model, Plan};
use opstap_core::protocol::Verdict;
use opstap_core::{CircleId, Edit, EditName, RecordId, Seen, Stamp};
use opstap_tests::browser::Server;

use super::dice::Dice;
use super::inspect::Inspected;
use super::ledger::{Found, Ledger};
use super::phone::{Phone, now, random};
use super::writer::Writer;

const WRITERS: usize = 8;
/// How long a server may take to answer again after a blow to its database.
const PATIENCE: Duration = Duration::from_secs(30);

/// What is struck.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blow {
    /// The server program is killed.
    Server,
    /// A process of the database that serves one connection is killed.
    Connection,
    /// The database stops at once, without cleaning up.
    Database,
    /// The database and the server program.
    Both,
}

pub struct Rack {
    server: Server,
    database: Inspected,
    writers: Vec<Writer>,
    circle: CircleId,
    before: u64,
    ledger: Ledger,
    dice: Dice,
    blows: usize,
    since: Instant,
}

impl Rack {
    /// Starts a server with its demonstration and pairs the writers, all of them devices of the client.
    pub fn set(folder: &Path, database: Inspected, mut dice: Dice) -> Self {
        let program = std::env::var_os("OPSTAP_BIN").map(PathBuf::from);
        let program = program.expect("OPSTAP_BIN names the server; `cargo xtask torture` builds it");
        let server = Server::start_on(&program, folder, database.address()).unwrap();
        let address = server.base().trim_start_matches("http://").to_owned();
        let mut phones: Vec<Phone> = (0..=WRITERS)
            .map(|_| {
                let link = server.new_link("Sem").unwrap();
                let mut phone = Phone::pair(&address, link.split_once('#').unwrap().1, &mut dice);
                phone.pulls().unwrap();
                phone
            })
            .collect();
        let mut first = phones.remove(0);
        let circle = first.circle.unwrap();
        let plan = make_plan(&mut first, circle, &mut dice);
        let before = first.cursor.unwrap().number;
        let writers = phones.into_iter().map(|phone| Writer::new(phone, plan, dice.another())).collect();
        let ledger = Ledger::default();
        Self { server, database, writers, circle, before, ledger, dice, blows: 0, since: Instant::now() }
    }

    /// Strikes at a random moment under load, and looks whether all is well.
    pub fn strike(&mut self, blow: Blow) {
        self.load_and_strike(blow);
        let wrong = self.what_is_wrong();
        let first = wrong.get(..5).unwrap_or(&wrong).join("\n");
        assert!(
            wrong.is_empty(),
            "after {} blows, the last to {blow:?}, {} things are wrong:\n{first}",
            self.blows,
            wrong.len()
        );
    }

    /// Strikes, and puts the copy of the database from before the load in its place. Gives what is found to be wrong then.
    pub fn strike_and_forget(&mut self, folder: &Path) -> Vec<String> {
        let data = folder.join("data");
        self.server.kill().unwrap();
        let copies: Vec<(PathBuf, Vec<u8>)> = ["opstap.db", "opstap.db-wal", "opstap.db-shm"]
            .iter()
            .map(|name| data.join(name))
            .filter_map(|path| fs::read(&path).ok().map(|bytes| (path, bytes)))
            .collect();
        self.server.start_again().unwrap();
        self.load(Duration::from_millis(500), |rack| rack.server.kill().unwrap());
        for (path, bytes) in copies {
            fs::write(path, bytes).unwrap();
        }
        self.server.start_again().unwrap();
        self.what_is_wrong()
    }

    /// Says what was endured.
    pub fn tell(&self, name: &str) {
        let seconds = self.since.elapsed().as_secs_f64();
        println!("{name}: {} blows, {} edits acknowledged, none lost; {seconds:.0} s", self.blows, self.ledger.len());
    }

    fn load_and_strike(&mut self, blow: Blow) {
        self.blows += 1;
        let moment = self.dice.millis(50, 1_000);
        self.load(moment, |rack| match blow {
            Blow::Server => rack.server.kill().unwrap(),
            // The server goes on: for a while its devices see what it makes of that.
            Blow::Connection | Blow::Database => {
                rack.database.kill_database(blow == Blow::Database);
                thread::sleep(Duration::from_millis(700));
            }
            Blow::Both => {
                rack.database.kill_database(true);
                rack.server.kill().unwrap();
            }
        });
        if matches!(blow, Blow::Server | Blow::Both) {
            self.server.start_again().unwrap();
        }
    }

    /// Lets the writers write for a while, and then does something while they still do.
    fn load(&mut self, moment: Duration, strike: impl FnOnce(&mut Self)) {
        let stop = AtomicBool::new(false);
        let mut writers = std::mem::take(&mut self.writers);
        thread::scope(|scope| {
            for writer in &mut writers {
                scope.spawn(|| writer.work(&stop));
            }
            thread::sleep(moment);
            strike(self);
            stop.store(true, Ordering::SeqCst);
        });
        self.writers = writers;
    }

    fn what_is_wrong(&mut self) -> Vec<String> {
        let mut wrong = self.wait_for_an_answer();
        let mut found = Found { before: self.before, ..Found::default() };
        for writer in &mut self.writers {
            if !writer.hand_in() {
                wrong.push("an outbox does not get empty".to_owned());
            }
            wrong.append(&mut writer.wrong);
            wrong.extend(self.ledger.take_in(&writer.ledger));
        }
        let mut anew = self.writers[0].phone.emptied();
        wrong.extend(anew.pulls().err());
        found.loaded = anew.held;
        for writer in &mut self.writers {
            wrong.extend(writer.phone.pulls().err());
            found.followed.push(writer.phone.held.clone());
        }
        // Last of all, since it would bring back what was lost.
        for writer in &mut self.writers {
            match writer.repeat() {
                Ok(said) => found.repeated.extend(said),
                Err(error) => wrong.push(format!("a repeat was not answered: {error}")),
            }
        }
        let contents = self.database.contents(self.circle, self.before);
        (found.counter, found.numbers, found.complaints) = (contents.counter, contents.numbers, contents.complaints);
        wrong.extend(self.ledger.check(&found));
        wrong
    }

    fn wait_for_an_answer(&mut self) -> Vec<String> {
        let since = Instant::now();
        loop {
            match self.writers[0].phone.sync(Vec::new()) {
                Ok(_) => return Vec::new(),
                Err(error) if since.elapsed() > PATIENCE => {
                    return vec![format!("no answer any more: {error}\n{}", self.server.log())];
                }
                Err(_) => thread::sleep(Duration::from_millis(50)),
            }
        }
    }
}

/// A plan for the runs that the writers write.
fn make_plan(phone: &mut Phone, circle: CircleId, dice: &mut Dice) -> RecordId {
    let id = RecordId::new(now(), random(dice));
    let plan = Plan::titled("Koken");
    let name = EditName { device: phone.device, n: 1 };
    let stamp = Stamp::next(now(), None, phone.device);
    let edit = Edit { name, stamp, circle, seen: Seen::default(), beside: None, changes: vec![plan.make(id)] };
    let answer = phone.sync(vec![edit]).unwrap();
    assert!(matches!(answer.verdicts[..], [(1, Verdict::Accepted { .. })]), "the plan was not made");
    phone.pulls().unwrap();
    id
}
