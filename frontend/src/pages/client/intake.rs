//! What a screen is still taking in: a photo that is being made smaller, a voice. Whoever goes on waits for it, and loses nothing.

use std::pin::Pin;

use gloo_timers::future::TimeoutFuture;
use leptos::task::spawn_local;
use opstap_core::BlobRef;
use opstap_view::prelude::*;

use crate::device::NoPhoto;
use crate::recorder::{Recorder, Recording};

/// How often is looked whether everything is in, in milliseconds.
const LOOK: u32 = 50;

/// A photo or recording on its way to this device.
pub type Keeping = Pin<Box<dyn Future<Output = Result<BlobRef, NoPhoto>>>>;

/// What one screen takes in.
#[derive(Clone, Copy)]
pub struct Intake {
    /// Its recorder.
    pub recorder: Recorder,
    under_way: RwSignal<usize>,
    going_on: RwSignal<bool>,
}

impl Intake {
    /// Nothing yet.
    pub fn here() -> Self {
        Self { recorder: Recorder::here(), under_way: RwSignal::new(0), going_on: RwSignal::new(false) }
    }

    /// Takes something in. It is kept also when the screen goes meanwhile.
    pub fn take(self, takes: impl Future<Output = ()> + 'static) {
        self.take_any(Box::pin(takes));
    }

    // Once in the program, whatever it is that comes in.
    fn take_any(self, takes: Pin<Box<dyn Future<Output = ()>>>) {
        let _ = self.under_way.try_update(|count| *count += 1);
        spawn_local(async move {
            takes.await;
            let _ = self.under_way.try_update(|count| *count = count.saturating_sub(1));
        });
    }

    /// Closes the microphone and goes on once everything is in. A second tap meanwhile does nothing; with `false` the screen stays, and a
    /// tap counts again.
    pub fn go_on(self, act: impl Future<Output = bool> + 'static) {
        self.go_on_any(Box::pin(act));
    }

    fn go_on_any(self, act: Pin<Box<dyn Future<Output = bool>>>) {
        if self.going_on.get_untracked() {
            return;
        }
        self.going_on.set(true);
        self.recorder.stop();
        spawn_local(async move {
            while self.is_busy() {
                TimeoutFuture::new(LOOK).await;
            }
            // Whoever went away meanwhile has what was taken in, and stays where they are.
            if self.going_on.try_get_untracked().is_none() {
                return;
            }
            if !act.await {
                let _ = self.going_on.try_set(false);
            }
        });
    }

    fn is_busy(self) -> bool {
        let hands_on = self.recorder.state.try_get_untracked() == Some(Recording::Closing);
        hands_on || self.under_way.try_get_untracked().is_some_and(|count| count > 0)
    }

    /// Whether something is on its way in.
    pub fn takes(self) -> bool {
        let records = matches!(self.recorder.state.get(), Recording::On | Recording::Closing);
        records || self.under_way.get() > 0
    }
}
