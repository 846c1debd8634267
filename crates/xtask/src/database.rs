//! A PostgreSQL of one's own for a test: in a temporary folder, on a socket in that folder. It is started again whenever it stops, and ends
//! with this tool, whatever that ends by.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{self as processes, Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::failure::Failure;
use crate::process;

/// What keeps the server running. Its input is a pipe from this tool that nobody writes to: it ends when this tool does.
const KEEPER: &str = r#"
programs=$1 folder=$2 fsync=$3 quick=
[ "$fsync" = on ] || quick="-c full_page_writes=off -c synchronous_commit=off -c autovacuum=off -c jit=off"
while [ ! -e "$folder/stop" ]; do
    "$programs/postgres" -D "$folder/data" -k "$folder" -c listen_addresses= -c max_connections=200 -c fsync=$fsync $quick </dev/null >>"$folder/log" 2>&1
    sleep 0.2
done &
keeper=$!
cat >/dev/null
touch "$folder/stop"
kill -QUIT "$(head -n 1 "$folder/data/postmaster.pid")" 2>/dev/null
wait $keeper
cd / && rm -rf "$folder"
"#;

/// How long a server may take to come up.
const PATIENCE: Duration = Duration::from_secs(60);

/// What a test needs of the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disk {
    /// Everything is on it when it was said to be, also when the power goes.
    Durable,
    /// Nobody takes the power away, so it need not be waited for.
    Quick,
}

/// A running database server.
pub struct Database {
    folder: PathBuf,
    keeper: Child,
}

impl Database {
    /// Makes and starts one with the programs in this folder.
    pub fn start(programs: &Path, disk: Disk) -> Result<Self, Failure> {
        let folder = env::temp_dir().join(format!("opstap-postgres-{}", processes::id()));
        fs::create_dir_all(&folder).map_err(|cause| cannot("make a folder for the database", &cause))?;
        let user = User::fit_to_run_it()?;
        process::run(Command::new("chmod").arg("700").arg(&folder), "chmod")?;
        user.gets(&folder)?;
        let mut make = user.runs(programs.join("initdb"));
        make.args(["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C", "--pgdata"]);
        make.arg(folder.join("data")).stdout(Stdio::null()).current_dir(&folder);
        process::run(&mut make, "initdb")?;
        let mut keeper = user.runs("sh");
        keeper.args(["-c", KEEPER, "keeper"]).arg(programs).arg(&folder).current_dir(&folder);
        keeper.arg(if disk == Disk::Durable { "on" } else { "off" });
        let keeper = keeper.stdin(Stdio::piped()).spawn().map_err(|cause| cannot("start PostgreSQL", &cause))?;
        let database = Self { folder, keeper };
        database.wait()?;
        Ok(database)
    }

    /// Where tests find it.
    pub fn address(&self) -> String {
        let folder = self.folder.display().to_string().replace('/', "%2F");
        format!("postgres://postgres@{folder}/postgres")
    }

    fn wait(&self) -> Result<(), Failure> {
        let begun = Instant::now();
        // The last line of this file says that it takes connections.
        let ready = || {
            fs::read_to_string(self.folder.join("data/postmaster.pid"))
                .is_ok_and(|text| text.lines().nth(7).is_some_and(|line| line.trim() == "ready"))
        };
        while !ready() {
            if begun.elapsed() > PATIENCE {
                let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
                return Err(Failure::new(format!("PostgreSQL did not start. It says:\n{log}")));
            }
            thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        let _ = self.keeper.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Who runs it: PostgreSQL does not want to be run by root.
enum User {
    /// Whoever runs this tool.
    Oneself,
    /// Another, since this is root.
    Named(&'static str),
}

impl User {
    fn fit_to_run_it() -> Result<Self, Failure> {
        if !is_root() {
            return Ok(Self::Oneself);
        }
        let exists = |name: &&str| process::succeeds(Command::new("id").arg(name));
        let named = ["postgres", "nobody"].into_iter().find(exists).map(Self::Named);
        named.ok_or_else(|| Failure::new("PostgreSQL does not run as root, and there is no user postgres or nobody."))
    }

    /// A command as this user.
    fn runs(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        match self {
            Self::Oneself => Command::new(program),
            Self::Named(name) => {
                let mut command = Command::new("setpriv");
                command.args(["--reuid", name, "--regid"]).arg(group(name)).args(["--clear-groups", "--"]);
                command.arg(program);
                command
            }
        }
    }

    fn gets(&self, folder: &Path) -> Result<(), Failure> {
        match self {
            Self::Oneself => Ok(()),
            Self::Named(name) => process::run(Command::new("chown").arg(name).arg(folder), "chown"),
        }
    }
}

pub fn is_root() -> bool {
    printed(Command::new("id").arg("-u")) == "0"
}

fn group(user: &str) -> String {
    printed(Command::new("id").args(["-g", user]))
}

fn printed(command: &mut Command) -> String {
    let printed = command.output().map(|output| output.stdout).unwrap_or_default();
    String::from_utf8_lossy(&printed).trim().to_owned()
}

fn cannot(what: &str, cause: &std::io::Error) -> Failure {
    Failure::new(format!("cannot {what}: {cause}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_socket_in_a_folder_is_part_of_the_address() {
        let keeper = Command::new("true").stdin(Stdio::piped()).spawn().unwrap();
        let database = Database { folder: PathBuf::from("/tmp/opstap-none"), keeper };
        assert_eq!(database.address(), "postgres://postgres@%2Ftmp%2Fopstap-none/postgres");
    }
}
