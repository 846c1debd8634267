//! Syncing at the right moments: soon after something was made, when the network is back, and not before the server wants it.

use leptos::task::spawn_local;
use opstap_core::Millis;
use opstap_sync_client::{Outcome, Pace};

use super::runtime::{AFTER_THE_ANSWER, Link, engine, keep_pictograms, now, refresh, report, with};
use super::{data_use, engine, watching};

/// Syncs as soon as may be; what comes while a sync is under way is taken up right after it.
pub(super) fn sync_soon() {
    spawn_local(sync());
}

/// Syncs once the tap that made something to send is answered.
pub(super) fn sync_after_the_answer() {
    spawn_local(async {
        gloo_timers::future::TimeoutFuture::new(AFTER_THE_ANSWER).await;
        sync().await;
    });
}

/// How long something may wait for what follows it, so that the two are sent together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Haste {
    /// Nobody waits for it: five minutes.
    None,
    /// Somebody should hear of it, and most often more follows at once, such as the face after a plan: a quarter of a minute.
    Some,
}

impl Haste {
    const fn millis(self) -> u32 {
        match self {
            Self::None => 300_000,
            Self::Some => 15_000,
        }
    }
}

/// Syncs within the time that fits the haste, unless a sync before that took everything along; at once where somebody follows what happens
/// here.
pub(super) fn sync_in_time(haste: Haste) {
    if watching::somebody_watches() {
        return sync_after_the_answer();
    }
    let due = engine::device_clock().plus(haste.millis().into());
    let goes_before = |waits: Option<Millis>| waits.is_some_and(|waits| waits <= due);
    if with(|runtime| goes_before(runtime.gathers.get())) {
        return;
    }
    with(|runtime| runtime.gathers.set(Some(due)));
    spawn_local(async move {
        gloo_timers::future::TimeoutFuture::new(haste.millis()).await;
        if with(|runtime| runtime.gathers.get() == Some(due)) {
            sync().await;
        }
    });
}

/// Sends what is still here, when the app goes out of sight or somebody is done: nothing follows soon. Whoever has nothing to send pays
/// nothing.
pub fn send_what_waits() {
    if with(|runtime| runtime.gathers.get().is_some() || runtime.state.get_untracked().waiting > 0) {
        sync_soon();
    }
}

/// How long the live stream may take to open at the start, in milliseconds.
const STREAM_OPENS: u32 = 2_500;

/// The first sync comes when the live stream opens: nothing slips between the two, and it is one request rather than two. Where the stream
/// stays away, or another tab has it, it comes all the same.
pub(super) fn sync_at_the_start() {
    spawn_local(async {
        gloo_timers::future::TimeoutFuture::new(STREAM_OPENS).await;
        if with(|runtime| runtime.link.get_untracked() == Link::Unknown) {
            sync().await;
        }
    });
}

/// Tries to send and fetch now: nobody needs it, but waiting is easier with a button.
pub fn sync_now() {
    with_pace(Pace::begin_anew);
    sync_soon();
}

/// The browser knows that there is no network.
pub(super) fn link_is_gone() {
    link_is(Link::Offline);
}

fn link_is(link: Link) {
    with(|runtime| {
        runtime.link.set(link);
        if link == Link::Online {
            runtime.last_contact.set(Some(now()));
        }
    });
}

/// How it went in the tab that syncs for this one too.
pub(super) fn heard_how_it_went(how: char) {
    let all = [Link::Online, Link::Offline, Link::SignedOut, Link::TooOld];
    if let Some(link) = all.into_iter().find(|link| letter(*link) == how) {
        link_is(link);
        spawn_local(refresh());
    }
}

/// What the tabs say to each other for it.
const fn letter(link: Link) -> char {
    match link {
        Link::Unknown => '?',
        Link::Online => 'o',
        Link::Offline => 'n',
        Link::SignedOut => 's',
        Link::TooOld => 't',
    }
}

fn with_pace<T>(change: impl FnOnce(&mut Pace) -> T) -> T {
    with(|runtime| {
        let mut pace = runtime.pace.get();
        let changed = change(&mut pace);
        runtime.pace.set(pace);
        changed
    })
}

async fn sync() {
    let Some(engine) = engine() else { return };
    if !engine::may_sync() {
        // Another tab syncs for this store; it hears by the channel that something waits, but a photo in memory is here alone.
        engine::ask_the_other_tab();
        if with(|runtime| runtime.in_memory.get()) > 0 {
            carry_blobs().await;
        }
        return;
    }
    // The server asked for patience; the wait for it is running.
    if !with_pace(|pace| pace.may_ask(engine::device_clock())) {
        return;
    }
    with(|runtime| runtime.gathers.set(None));
    match engine.sync_text().await {
        Ok(Outcome::Busy) => with(|runtime| runtime.again.set(true)),
        Ok(outcome) => after_sync(outcome).await,
        Err(error) => report(error),
    }
}

/// Brings photos and sound over, in their own time: text never waits for them.
async fn carry_blobs() {
    if data_use::photos_wait() {
        return;
    }
    let Some(engine) = engine() else { return };
    match engine.sync_blobs().await {
        Ok(None) => {
            data_use::note_what_passed();
            refresh().await;
        }
        Ok(Some(outcome)) => Box::pin(after_sync(outcome)).await,
        Err(error) => report(error),
    }
}

async fn after_sync(outcome: Outcome) {
    data_use::note_what_passed();
    let link = match outcome {
        Outcome::Done(_) => Link::Online,
        Outcome::SignedOut | Outcome::NotThisStore => Link::SignedOut,
        Outcome::TooOld => Link::TooOld,
        Outcome::Later { .. } | Outcome::Offline | Outcome::Refused | Outcome::Busy => Link::Offline,
    };
    if link == Link::Online {
        // At once: others hear of the text now, and look for its photos.
        spawn_local(carry_blobs());
    }
    refresh().await;
    if let Outcome::Done(synced) = &outcome {
        keep_pictograms(&synced.moved).await;
    }
    let again = with(|runtime| runtime.again.take());
    link_is(link);
    engine::tell_how_it_went(letter(link));
    if link == Link::Online {
        with_pace(Pace::went_well);
        if with(|runtime| runtime.aside.take())
            && let Some(engine) = engine()
        {
            let left = engine::take_what_was_laid_aside(&engine).await;
            with(|runtime| runtime.aside.set(left));
        }
        if again {
            sync_soon();
        }
    } else if link == Link::Offline {
        try_again_later(if let Outcome::Later { after } = outcome { after } else { None }).await;
    }
}

async fn try_again_later(asked: Option<u32>) {
    let wait = with_pace(|pace| engine::wait_before_trying_again(pace, asked));
    let mine = with(|runtime| {
        let mine = runtime.newest_wait.get().wrapping_add(1);
        runtime.newest_wait.set(mine);
        mine
    });
    gloo_timers::future::TimeoutFuture::new(wait).await;
    // Something else may have brought it round meanwhile.
    if with(|runtime| runtime.newest_wait.get() == mine && runtime.link.get_untracked() == Link::Offline) {
        sync_soon();
    }
}
