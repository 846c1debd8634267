//! A file that an operator brought in, as screens choose from it: on this device so that it is there offline, asked for again as it is used, at
//! most once an hour; where there was none yet, once a minute, so that what was brought in just now is there.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::task::spawn_local;
use opstap_browser::{AskedFile, FileTold, KeptFile, keep_file, kept_file};
use opstap_core::{DeviceId, Millis};
use opstap_view::prelude::*;

use super::engine::DeviceEngine;
use super::runtime::{self, Link};

/// A file, read as `T`.
pub(super) struct FileHere<T: Send + Sync + 'static> {
    file: AskedFile,
    read: fn(&str) -> T,
    here: ArcRwSignal<T>,
    /// For whom it was read in this window.
    read_for: Cell<Option<DeviceId>>,
    /// What is kept, as it was read or came.
    kept: RefCell<Option<KeptFile>>,
    /// Several parts of a screen may ask at once; the server is asked once.
    looking: Cell<bool>,
}

impl<T: Clone + PartialEq + Send + Sync + 'static> FileHere<T> {
    /// A file that `read` reads; an empty text where there is none. Until it was looked for it is `first`.
    pub fn new(file: AskedFile, read: fn(&str) -> T, first: T) -> Rc<Self> {
        Rc::new(Self {
            file,
            read,
            here: ArcRwSignal::new(first),
            read_for: Cell::default(),
            kept: RefCell::default(),
            looking: Cell::default(),
        })
    }

    /// What it is; it comes by itself once it is read, and anew when there is another.
    pub fn here(&self) -> ArcRwSignal<T> {
        self.here.clone()
    }

    /// Looks for it, on this device and then at the server where that is to be done.
    pub fn look(self: &Rc<Self>) {
        if let Some(engine) = runtime::engine()
            && !self.looking.replace(true)
        {
            let file = Rc::clone(self);
            spawn_local(async move {
                file.look_with(&engine).await;
                file.looking.set(false);
            });
        }
    }

    async fn look_with(&self, engine: &DeviceEngine) {
        let id = engine.store_id();
        if self.read_for.replace(Some(id)) != Some(id) {
            self.kept.replace(kept_file(self.file, id).await);
        }
        let now = minute(engine.now());
        let kept = self.kept.borrow().clone();
        let link = runtime::link().get_untracked();
        let asks = asks(kept.as_ref(), now, link);
        // While it is not known whether there is a network, something may come that is not here yet.
        if kept.is_some() || !(asks || link == Link::Unknown) {
            self.show(kept.as_ref());
        }
        if !asks {
            return;
        }
        let tag = kept.as_ref().map(|kept| kept.tag.as_str()).unwrap_or_default();
        let told = engine.transport().file(self.file, tag).await.ok();
        let Some(told) = kept_now(told, kept.clone(), now) else { return self.show(kept.as_ref()) };
        keep_file(self.file, id, &told).await;
        self.show(Some(&told));
        self.kept.replace(Some(told));
    }

    fn show(&self, kept: Option<&KeptFile>) {
        let now = (self.read)(kept.map(|kept| kept.text.as_str()).unwrap_or_default());
        if self.here.get_untracked() != now {
            self.here.set(now);
        }
    }
}

/// A moment in minutes.
fn minute(at: Millis) -> u32 {
    u32::try_from(at.0 / 60_000).unwrap_or(u32::MAX)
}

/// Whether the server is to be asked: once an hour, or a minute while it had none, and only when it can be reached.
fn asks(kept: Option<&KeptFile>, now: u32, link: Link) -> bool {
    let rests = |kept: &KeptFile| if is_none(&kept.text) { 1 } else { 60 };
    // A clock that was put back asks once more, rather than never again.
    link == Link::Online && kept.is_none_or(|kept| now.abs_diff(kept.asked) >= rests(kept))
}

/// Whether a file says that there is nothing: none, or an empty list.
fn is_none(text: &str) -> bool {
    matches!(text, "" | "[]")
}

/// What to keep after what the server said; nothing while it said nothing of use: what is here stays until it is known better.
fn kept_now(told: Option<FileTold>, kept: Option<KeptFile>, now: u32) -> Option<KeptFile> {
    match told? {
        FileTold::None => Some(KeptFile { asked: now, tag: String::new(), text: String::new() }),
        FileTold::This { text, tag } => Some(KeptFile { asked: now, tag, text }),
        FileTold::Unchanged => kept.map(|kept| KeptFile { asked: now, ..kept }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(asked: u32, tag: &str) -> KeptFile {
        KeptFile { asked, tag: tag.to_owned(), text: "here".to_owned() }
    }

    fn none(asked: u32, text: &str) -> KeptFile {
        KeptFile { asked, tag: "a".to_owned(), text: text.to_owned() }
    }

    #[test]
    fn the_server_is_asked_once_an_hour_or_a_minute_while_it_had_none_and_only_when_it_can_be_reached() {
        for (kept, link, asked) in [
            (None, Link::Online, true),
            (Some(kept(440, "a")), Link::Online, true),
            (Some(kept(441, "a")), Link::Online, false),
            (Some(none(499, "")), Link::Online, true),
            (Some(none(499, "[]")), Link::Online, true),
            (Some(none(500, "")), Link::Online, false),
            (Some(kept(560, "a")), Link::Online, true),
            (None, Link::Offline, false),
            (Some(kept(7, "a")), Link::Unknown, false),
            (Some(kept(7, "a")), Link::SignedOut, false),
        ] {
            assert_eq!(asks(kept.as_ref(), 500, link), asked, "{kept:?} {link:?}");
        }
    }

    #[test]
    fn what_is_here_stays_until_the_server_says_otherwise() {
        let here = || Some(kept(7, "a"));
        let other = FileTold::This { text: "there".to_owned(), tag: "b".to_owned() };
        let it = KeptFile { asked: 8, tag: "b".to_owned(), text: "there".to_owned() };
        assert_eq!(kept_now(Some(other.clone()), here(), 8), Some(it.clone()));
        assert_eq!(kept_now(Some(other), None, 8), Some(it));
        assert_eq!(kept_now(Some(FileTold::Unchanged), here(), 8), Some(kept(8, "a")), "asked now, and the same");
        assert_eq!(kept_now(None, here(), 8), None, "it was not reached: asked again another time");
        let none = KeptFile { asked: 8, tag: String::new(), text: String::new() };
        assert_eq!(kept_now(Some(FileTold::None), here(), 8), Some(none), "it has none any more");
    }
}
