//! Plays a history: each action through the real engine and the real service.

use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use futures::executor::block_on;
use opstap_core::model::Model;
use opstap_core::{Change, CircleId, Day, EditName, Media, Seen};
use opstap_sync_client::NotKept;
use opstap_sync_server::service::Limits;

use crate::deeds::{self, Screen};
use crate::history::{Action, Deed, History};
use crate::oracles::cursors::Cursors;
use crate::oracles::ledger::Ledger;
use crate::oracles::{end, erased, forged, photos};
use crate::phone::Phone;
use crate::planted::Bug;
use crate::world::{Server, owner_of};

/// The most phones, twins included.
const MOST_PHONES: usize = 10;
const HOUR: u64 = 3_600_000;
const DAY: u64 = 24 * HOUR;

type Keeping = Pin<Box<dyn Future<Output = Result<EditName, NotKept>>>>;

/// Something that is being kept while other things happen.
struct HalfDone {
    at: usize,
    tab: usize,
    circle: CircleId,
    changes: Vec<Change>,
    word: String,
    keeping: Keeping,
}

/// A history that is being played.
struct Play {
    server: Rc<Server>,
    phones: Vec<Phone>,
    ledger: Ledger,
    cursors: Cursors,
    half_done: Vec<HalfDone>,
    words: u32,
    cloned: bool,
    restored: bool,
    backup: Option<crate::world::Backup>,
    /// Words that somebody put in another's mouth.
    forged: Vec<String>,
    /// What each tab had seen when it last looked, for words typed since then.
    looked: Vec<(usize, Seen)>,
}

/// Plays a history to its end and looks at everything; the reason why it is wrong, if it is.
pub fn play(history: &History, bug: Option<Bug>) -> Result<(), String> {
    let limits = Limits { records: usize::from(history.page), bytes: 1_000_000 };
    let server = Rc::new(Server::open(limits, bug));
    let mut play = Play {
        phones: Vec::new(),
        server,
        ledger: Ledger::default(),
        cursors: Cursors::default(),
        half_done: Vec::new(),
        words: 0,
        cloned: false,
        restored: false,
        backup: None,
        forged: Vec::new(),
        looked: Vec::new(),
    };
    play.begin(history);
    for action in &history.actions {
        play.act(action);
        play.cursors.check(&play.phones)?;
        if let Some(wrong) = play.server.wrong.borrow().clone() {
            return Err(wrong);
        }
    }
    play.end()
}

impl Play {
    fn begin(&mut self, history: &History) {
        for place in 0..usize::from(history.phones) {
            let tabs = 1 + usize::from(history.second_tabs >> place & 1);
            self.phones.push(Phone::new(
                &self.server,
                owner_of(self.server.people, place),
                tabs,
                history.old_apps >> place & 1 == 1,
            ));
        }
        for (place, changes) in deeds::first_consents(&self.server, history.consents) {
            if let Some(phone) = self.phones.get(place) {
                let circle = self.server.circles[usize::from(place != 0)];
                block_on(phone.tabs[0].device.edit(circle, changes, None)).unwrap();
            }
        }
        for phone in &mut self.phones {
            phone.syncs_well(0);
        }
    }

    /// The phone and tab a number chooses.
    fn tab(&self, number: u8) -> (usize, usize) {
        let all: Vec<_> = self
            .phones
            .iter()
            .enumerate()
            .flat_map(|(at, phone)| (0..phone.tabs.len()).map(move |tab| (at, tab)))
            .collect();
        all[usize::from(number) % all.len()]
    }

    fn act(&mut self, action: &Action) {
        self.server.time.forward(1_000);
        match *action {
            Action::Does { tab, what, pick, other, slowly } => self.does(tab, what, (pick, other), slowly),
            Action::Syncs { tab, fate, rank } => {
                let (phone, tab) = self.tab(tab);
                self.finish(Some((phone, tab)));
                self.look(phone);
                self.phones[phone].begin_sync(tab, fate, rank);
            }
            Action::GoesOn { tab, polls } => {
                let (phone, tab) = self.tab(tab);
                self.phones[phone].go_on(tab, usize::from(polls));
            }
            Action::Killed { tab } => {
                let (phone, tab) = self.tab(tab);
                self.half_done.retain(|one| (one.at, one.tab) != (phone, tab));
                self.phones[phone].kill(tab);
            }
            Action::Strays { pick } => self.stray(pick),
            Action::Wiped { phone } => self.wipe(phone),
            Action::Cloned { phone } => self.clone_phone(phone),
            Action::Skewed { phone, by } => {
                let by = [0, -300_000, 299_000, 3_600_000, -86_400_000, 40_000_000_000, -1_700_000_000_000]
                    [usize::from(by) % 7];
                let phone = usize::from(phone) % self.phones.len();
                self.phones[phone].time.wrong_by.set(by);
            }
            Action::Waits { long } => {
                self.server
                    .time
                    .forward([60_000, HOUR, 8 * HOUR, DAY, 3 * DAY, 7 * DAY, 20 * DAY, 100 * DAY][usize::from(long)]);
            }
            Action::ShutOut { phone } => {
                let phone = usize::from(phone) % self.phones.len();
                let device = self.phones[phone].tabs[0].device.store_id();
                let paired = self.phones[phone].paired_device();
                block_on(self.server.service().revoke(paired.unwrap_or(device))).unwrap();
                self.mark_shut_out();
                if self.restored {
                    // What only it held of others, and had not brought yet, is gone with it.
                    self.ledger.excuse_what_nobody_has(&self.server, &self.phones);
                }
            }
            Action::Tray { tab, again } => self.tray(tab, again),
            Action::Rules { phone, pick, let_in } => self.rule(phone, pick, let_in),
            Action::AsksMonth { tab, back } => self.asks_month(tab, back),
            Action::Forges { phone, other } => self.forges(phone, other),
            Action::BackedUp => self.backup = Some(self.server.back_up()),
            Action::Restored => self.restore(),
        }
    }

    fn does(&mut self, tab: u8, what: Deed, (pick, other): (u16, u16), slowly: bool) {
        let (at, tab) = self.tab(tab);
        self.finish(Some((at, tab)));
        let held = self.phones[at].circles();
        let Some(circle) = held.get(usize::from(other) % held.len().max(1)).copied() else { return };
        self.words += 1;
        let word = format!("woord {}", self.words);
        let device = Rc::clone(&self.phones[at].tabs[tab].device);
        let screen = Screen { device: &device, circle, people: self.server.people, word: &word, pick, other };
        let changes = screen.changes(what);
        for blob in changes.iter().flat_map(Change::cells).filter_map(|(_, value)| value.blob()) {
            // The bytes are kept before the edit, as the app does it.
            let kept = block_on(device.put_blob(circle, word.as_bytes().to_vec(), Media::Photo));
            assert_eq!(kept.unwrap(), blob);
        }
        if changes.is_empty() {
            return;
        }
        let looked = self.looked.iter().rev().find(|(phone, _)| *phone == at).map(|(_, seen)| *seen);
        let as_of = looked.filter(|_| what == Deed::TextAsOfBefore);
        let (writer, doing) = (Rc::clone(&device), changes.clone());
        let mut keeping: Keeping = Box::pin(async move {
            match as_of {
                Some(seen) => writer.edit_as_of(circle, doing, None, seen).await,
                None => writer.edit(circle, doing, None).await,
            }
        });
        let mut context = Context::from_waker(Waker::noop());
        let kept = match keeping.as_mut().poll(&mut context) {
            Poll::Ready(kept) => kept,
            Poll::Pending if slowly => {
                self.half_done.push(HalfDone { at, tab, circle, changes, word, keeping });
                return;
            }
            Poll::Pending => block_on(keeping),
        };
        if self.confirms(circle, &changes, &word, kept) && !screen.shows(&changes) {
            self.server.say_wrong(format!("the screen does not show what was just done: {changes:?}"));
        }
    }

    /// What was begun slowly on a tab, or anywhere, is kept now.
    fn finish(&mut self, on: Option<(usize, usize)>) {
        let (now, later) = self.half_done.drain(..).partition(|one| on.is_none_or(|on| on == (one.at, one.tab)));
        self.half_done = later;
        let now: Vec<HalfDone> = now;
        for HalfDone { circle, changes, word, keeping, .. } in now {
            let kept = block_on(keeping);
            self.confirms(circle, &changes, &word, kept);
        }
    }

    /// Notes what a screen says is kept.
    fn confirms(&mut self, circle: CircleId, changes: &[Change], word: &str, kept: Result<EditName, NotKept>) -> bool {
        match kept {
            Ok(_) => self.ledger.add(circle, changes, word),
            Err(NotKept::Refused(_) | NotKept::UnknownCircle) => {}
            Err(NotKept::Store(error)) => panic!("the store works: {error}"),
        }
        kept.is_ok()
    }

    fn look(&mut self, phone: usize) {
        let device = &self.phones[phone].tabs[0].device;
        if let Some(circle) = self.phones[phone].circles().first()
            && let Ok(seen) = block_on(device.seen(*circle))
        {
            self.looked.push((phone, seen));
        }
    }

    fn stray(&mut self, pick: u16) {
        let strays = self.server.strays.borrow().clone();
        if let Some(sent) = strays.get(usize::from(pick) % strays.len().max(1)) {
            // Its session may have ended meanwhile.
            let _ = self.server.answer(sent);
        }
    }

    fn wipe(&mut self, phone: u8) {
        let at = usize::from(phone) % self.phones.len();
        self.half_done.retain(|one| one.at != at);
        self.phones[at].wipe();
        self.cursors.forget(at);
        self.ledger.excuse_what_nobody_has(&self.server, &self.phones);
        self.looked.retain(|(phone, _)| *phone != at);
    }

    fn clone_phone(&mut self, phone: u8) {
        if self.phones.len() < MOST_PHONES {
            let at = usize::from(phone) % self.phones.len();
            let twin = self.phones[at].twin();
            self.phones.push(twin);
            self.cloned = true;
        }
    }

    /// Whoever shares the session is shut out with it.
    fn mark_shut_out(&mut self) {
        for phone in &mut self.phones {
            phone.shut_out = phone.is_revoked() || (phone.shut_out && phone.paired_device().is_none());
        }
    }

    fn tray(&mut self, tab: u8, again: bool) {
        let (at, tab) = self.tab(tab);
        let device = Rc::clone(&self.phones[at].tabs[tab].device);
        let Some(first) = block_on(device.refused()).unwrap().into_iter().next() else { return };
        let n = first.edit.name.n;
        if again {
            let _ = block_on(device.retry(n));
        } else {
            block_on(device.discard(n)).unwrap();
            self.ledger.excuse(&[first.edit]);
        }
    }

    fn rule(&mut self, phone: u8, pick: u16, let_in: bool) {
        let phone = &self.phones[usize::from(phone) % self.phones.len()];
        let circle = self.server.circles[usize::from(pick) % 2];
        phone.rules(circle, usize::from(pick) / 2, let_in);
    }

    fn asks_month(&mut self, tab: u8, back: u8) {
        let (at, tab) = self.tab(tab);
        let held = self.phones[at].circles();
        let Some(circle) = held.first().copied() else { return };
        let month = Day::of(self.phones[at].tabs[tab].device.now()).back(u32::from(back)).month();
        self.phones[at].asks_month(tab, circle, month);
    }

    fn forges(&mut self, phone: u8, other: u8) {
        let (at, of) = (usize::from(phone) % self.phones.len(), usize::from(other) % self.phones.len());
        if self.phones[at].person == self.phones[of].person {
            return;
        }
        self.words += 1;
        let word = format!("vals {}", self.words);
        let id = self.phones[at].tabs[0].device.new_id();
        let of = self.phones[of].tabs[0].device.store_id();
        self.phones[at].forges(of, self.server.circles[0], vec![deeds::plan(&word).make(id)]);
        self.forged.push(word);
    }

    fn restore(&mut self) {
        let Some(backup) = &self.backup else { return };
        self.server.restore(backup);
        self.phones.iter_mut().for_each(Phone::pair_again_if_unknown);
        self.restored = true;
        self.ledger.excuse_what_nobody_has(&self.server, &self.phones);
        self.mark_shut_out();
    }

    fn end(mut self) -> Result<(), String> {
        self.finish(None);
        end::settle(&mut self.phones)?;
        self.cursors.check(&self.phones)?;
        if let Some(wrong) = self.server.wrong.borrow().clone() {
            return Err(wrong);
        }
        end::agree(&self.server, &self.phones)?;
        end::merged(&self.server, self.restored)?;
        self.ledger.check(&self.server, &self.phones)?;
        erased::nothing_is_left(&self.server, &self.phones)?;
        erased::is_told(&self.server, &self.phones, self.restored)?;
        photos::are_where_they_belong(&self.server, &self.phones)?;
        forged::is_marked(&self.server, &self.forged)?;
        if self.server.names_taken.get() > 0 && !self.cloned && !self.restored {
            return Err("a name was taken although no phone was cloned".to_owned());
        }
        Ok(())
    }
}
