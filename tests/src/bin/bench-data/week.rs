//! The week as it is played. How often somebody opens the app in a week nobody has published; this is a busy client, so that the table
//! says at most what it will be: three plans a day from begin to end, help asked every day, and a look at the book.

use std::time::Duration;

use opstap_core::RecordId;
use opstap_tests::browser::{Missed, Person, Step};
use opstap_tests::measured::wire::Wire;

use crate::FASTER;
use crate::around::Around;

const DAYS: usize = 7;
/// Plans a day.
const RUNS: usize = 3;
/// How long a step takes a client, in seconds.
const STEP: u32 = 40;
/// How long the app stands open in all, at each opening, in minutes: what the live line has to be kept for.
const OPEN: usize = 6;
/// The days on which a plan is changed.
const CHANGES: [usize; 2] = [1, 4];
/// The day of a practice of the route.
const PRACTICE: usize = 2;
/// How many seconds lie between two signs of life.
const SIGN: usize = 25;

/// What was played.
#[derive(Default)]
pub struct Played {
    openings: usize,
    runs: usize,
    taps: usize,
    asked: usize,
    received: usize,
    changes: usize,
    practices: usize,
}

impl Played {
    /// In words.
    pub fn told(&self) -> [String; 4] {
        [
            format!("the app opened {} times, {OPEN} minutes each", self.openings),
            format!("{} plans followed, {} taps, a face after each", self.runs, self.taps),
            format!("help asked {} times, {} messages came", self.asked, self.received),
            format!("a plan changed on {} days, {} practice of a route came", self.changes, self.practices),
        ]
    }

    /// How many signs of life the live line gave in that time.
    pub const fn signs_of_life(&self) -> usize {
        self.openings * OPEN * 60 / SIGN
    }
}

type Plans = [(RecordId, Vec<RecordId>)];

/// Plays it.
pub async fn play(sem: &Person, wire: &Wire, plans: &Plans, around: &mut Around) -> Step<Played> {
    let mut played = Played::default();
    let mut next = plans.iter().cycle();
    for day in 0..DAYS {
        eprintln!("Day {} of {DAYS}", day + 1);
        for nth in 0..RUNS {
            let Some((plan, steps)) = next.next() else { return Err(Missed::new("there are no plans".to_owned())) };
            open(sem, &format!("/plan/{plan}"), "Begin", &mut played).await?;
            if nth == 0 && CHANGES.contains(&day) {
                around.change(steps, day).map_err(missed)?;
                played.changes += 1;
            }
            run(sem, steps.len(), nth == 0, &mut played).await?;
            close(sem, wire).await?;
        }
        open(sem, "/", "Mijn boek", &mut played).await?;
        around.write().map_err(missed)?;
        played.received += 1;
        if day == PRACTICE {
            around.practise().map_err(missed)?;
            played.practices += 1;
        }
        sem.tap("Mijn boek").await?;
        wait(STEP).await;
        close(sem, wire).await?;
    }
    Ok(played)
}

#[expect(clippy::needless_pass_by_value, reason = "the shape that map_err wants")]
fn missed(cause: std::io::Error) -> Missed {
    Missed::new(format!("what others did was not taken: {cause}"))
}

async fn wait(seconds: u32) {
    tokio::time::sleep(Duration::from_secs(u64::from(seconds)) / FASTER).await;
}

async fn open(sem: &Person, place: &str, sees: &str, played: &mut Played) -> Step {
    sem.go(place).await?;
    played.openings += 1;
    sem.see(sees).await
}

/// The client puts the phone away: what waits is sent or stays for the next time.
async fn close(sem: &Person, wire: &Wire) -> Step {
    wait(STEP).await;
    wire.until_quiet().await;
    sem.go("about:blank").await
}

/// A plan from begin to end, and a face.
async fn run(sem: &Person, steps: usize, asks: bool, played: &mut Played) -> Step {
    tap(sem, "Begin", played).await?;
    for nth in 0..steps {
        wait(STEP).await;
        if asks && nth == 1 {
            tap(sem, "Hulp", played).await?;
            wait(STEP / 4).await;
            tap(sem, "Stuur: “Ik kom er niet uit”", played).await?;
            played.asked += 1;
            wait(STEP).await;
            tap(sem, "Terug", played).await?;
        }
        tap(sem, "Klaar", played).await?;
    }
    wait(STEP / 4).await;
    tap(sem, "goed", played).await?;
    tap(sem, "Bewaar", played).await?;
    played.runs += 1;
    Ok(())
}

async fn tap(sem: &Person, what: &str, played: &mut Played) -> Step {
    played.taps += 1;
    sem.tap(what).await
}
