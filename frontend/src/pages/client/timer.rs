//! How long a step takes, as a disc that grows smaller. It begins at a tap, takes nothing away, and says quietly when it is over.

use std::cell::Cell;
use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;
use leptos::task::spawn_local;
use opstap_core::{Millis, RecordId};
use opstap_view::prelude::*;

use super::number;
use crate::beside;
use crate::components::{Button, Icon, changing};
use crate::words::{Text, client};

/// Where the timer that was started last is kept on this device: whoever asks for help meanwhile, or whose phone closes the app, finds it
/// going on.
const KEPT: &str = "opstap-timer";

/// When the timer of this step of this run was started, if it was.
fn started_at(of: &str) -> Option<Millis> {
    let kept = beside::read(KEPT)?;
    let (which, at) = kept.rsplit_once(' ')?;
    (which == of).then(|| at.parse().ok().map(Millis))?
}

fn keep(of: &str, at: Millis) {
    beside::note(KEPT, &[of, " ", &at.0.to_string()].concat());
}

/// The clock of this device as it is: what the server says of the time must not make a timer jump.
fn clock() -> Millis {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` saturates")]
    Millis(js_sys::Date::now() as u64)
}

/// How much of a timer is left, in seconds.
fn left(seconds: u32, started: Millis, now: Millis) -> u32 {
    let gone = now.0.saturating_sub(started.0) / 1_000;
    seconds.saturating_sub(u32::try_from(gone).unwrap_or(u32::MAX))
}

/// "Nog drie minuten"; what is begun of a minute counts as one.
fn words(seconds: u32, started: bool) -> Text {
    let minutes = usize::try_from(seconds.div_ceil(60)).unwrap_or(usize::MAX);
    let of = |short: crate::words::Word, long: fn(usize, String) -> Text| {
        if seconds < 60 {
            return short.into();
        }
        Text::live(move || long(minutes, number(minutes).to_ascii_lowercase()).get())
    };
    match (started, seconds) {
        (false, _) => of(client::TAKES_SHORT, client::takes_minutes),
        (true, 0) => client::TIME_IS_UP.into(),
        (true, _) => of(client::LEFT_SHORT, client::minutes_left),
    }
}

/// The timer of a step of a run.
pub fn timer(run: RecordId, step: RecordId, seconds: u32) -> AnyView {
    let of = [run.to_string(), step.to_string()].join(" ");
    let (started, now) = (RwSignal::new(started_at(&of)), RwSignal::new(clock()));
    let alive = Rc::new(Cell::new(true));
    let here = send_wrapper::SendWrapper::new(Rc::clone(&alive));
    on_cleanup(move || here.set(false));
    // The screen looks at the clock once a second, and only while something runs.
    Effect::new(move |_| {
        let Some(at) = started.get() else { return };
        let alive = Rc::clone(&alive);
        spawn_local(async move {
            while alive.get() && started.try_get_untracked() == Some(Some(at)) && left(seconds, at, clock()) > 0 {
                TimeoutFuture::new(1_000).await;
                let _ = now.try_set(clock());
            }
        });
    });
    let start = move || {
        let at = clock();
        keep(&of, at);
        now.set(at);
        started.set(Some(at));
    };
    let remains = Memo::new(move |_| started.get().map_or(seconds, |at| left(seconds, at, now.get())));
    let is_started = Memo::new(move |_| started.get().is_some());
    let told = Text::live(move || words(remains.get(), is_started.get()).get());
    // A screen reader hears the beginning and the end, and what is left when it comes by.
    let said = move || match (is_started.get(), remains.get()) {
        (false, _) => "",
        (true, 0) => client::TIME_IS_UP.get(),
        (true, _) => client::TIME_RUNS.get(),
    };
    // In seconds, as the length of the circle is: a number with a point would bring much code along.
    let part = move || format!("{} {seconds}", remains.get());
    // While it runs there is nothing to tap: no tap can take away what ran.
    let runs = Memo::new(move |_| is_started.get() && remains.get() > 0);
    let button = changing(move || {
        let (text, icon) =
            if is_started.get() { (client::TIMER_AGAIN, Icon::AGAIN) } else { (client::START, Icon::CLOCK) };
        (!runs.get()).then(|| view! { <Button text icon tap=start.clone() /> }).into_any()
    });
    view! {
        <div class="timer">
            <svg viewBox="0 0 48 48" aria-hidden="true">
                <circle class="whole" cx="24" cy="24" r="22" />
                <circle class="left" cx="24" cy="24" r="11" pathLength=seconds.to_string() stroke-dasharray=part />
            </svg>
            <p class="strong">{told}</p>
            {button}
            <p class="for-voice" role="status">{said}</p>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_is_told_in_minutes_and_never_runs_below_nothing() {
        let at = Millis(1_000_000);
        let after = |seconds: u64| left(180, at, Millis(at.0 + seconds * 1_000));
        assert_eq!([0, 1, 179, 180, 40_000].map(after), [180, 179, 1, 0, 0]);
        assert_eq!(left(180, at, Millis(0)), 180);
    }

    #[test]
    fn the_words_say_no_seconds() {
        let said = |seconds, started| words(seconds, started).get();
        assert_eq!(said(120, false), "Dit duurt twee minuten.");
        assert_eq!(said(20, false), "Dit duurt minder dan één minuut.");
        assert_eq!(said(61, true), "Nog twee minuten.");
        assert_eq!(said(60, true), "Nog één minuut.");
        assert_eq!(said(59, true), "Nog minder dan één minuut.");
        assert_eq!(said(0, true), "De tijd is om.");
    }
}
