//! Hearing by e-mail that there is feedback: an address that was confirmed, who hears of what, and how often.

use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};

use opstap_core::access::Section;
use opstap_core::model::{Consent, Feedback, FeedbackRead, Member, Model, Practice, Route, delete};
use opstap_core::{CircleId, Millis, PersonId, RecordId};

use super::offers::restored;
use super::phone::Phone;
use super::world::{HOUR, NOON, World, consent, withdrawal};
use crate::Storage;
use crate::journal::{Entry, Journal};
use crate::service::{Confirming, Mail, MailAddress, Service};
use crate::storage::{MailRow, StorageError};

const MINUTE: u64 = 60_000;
const SEM: PersonId = PersonId([8; 16]);
const KARIN: PersonId = PersonId([9; 16]);
const CIRCLE: CircleId = CircleId([1; 16]);

pub async fn every_row_of_mail_comes_back_as_it_was<S: Storage>(storage: S) {
    let (one, other) = (RecordId([1; 16]), RecordId([2; 16]));
    let of_sem = MailRow {
        person: SEM,
        address: "sem@example.nl".into(),
        asked: Millis(5),
        secret: [1; 32],
        confirmed: Some(Millis(6)),
        told: Some(Millis(7)),
        next: Some(Millis(8)),
        tries: 3,
        digest: Some(Millis(10)),
    };
    let bare = MailRow {
        person: KARIN,
        secret: [2; 32],
        confirmed: None,
        told: None,
        next: None,
        digest: None,
        ..of_sem.clone()
    };
    let (s, k) = (of_sem.clone(), bare.clone());
    let written = storage.write(move |txn| {
        txn.put_mail(&MailRow { address: "ander@example.nl".into(), ..s.clone() })?;
        txn.put_mail(&s)?;
        txn.put_mail(&k)?;
        for (person, record) in [(SEM, other), (SEM, one), (SEM, one), (KARIN, one)] {
            txn.add_mail_news(person, CIRCLE, record)?;
        }
        Ok(())
    });
    written.await.unwrap();
    let (s, k) = (of_sem.clone(), bare.clone());
    let read = storage.read(move |snapshot| {
        assert_eq!((snapshot.mail(SEM)?, snapshot.mail(KARIN)?), (Some(s.clone()), Some(k.clone())));
        assert_eq!((snapshot.mail_of_secret(&[2; 32])?.as_ref(), snapshot.mail_of_secret(&[3; 32])?), (Some(&k), None));
        assert_eq!((snapshot.mail_to_try(Millis(7))?, snapshot.mail_to_try(Millis(8))?.as_ref()), (None, Some(&s)));
        let due = [Millis(9), Millis(10)].map(|at| snapshot.mail_to_sum_up(at));
        assert_eq!(due, [Ok(None), Ok(Some(s.clone()))], "who does not want it is not due");
        assert_eq!(snapshot.mail_news(SEM)?, [(CIRCLE, one), (CIRCLE, other)]);
        Ok(())
    });
    read.await.unwrap();
    let earlier = MailRow { next: Some(Millis(2)), ..bare };
    let (later, expected) = (earlier.clone(), earlier);
    let changed = storage.write(move |txn| {
        txn.put_mail(&later)?;
        assert_eq!(txn.mail_to_try(Millis(9))?, Some(later.clone()), "who waited longest");
        txn.drop_mail_news(SEM, CIRCLE, other)?;
        assert_eq!(txn.mail_news(SEM)?, [(CIRCLE, one)]);
        txn.end_mail(SEM)?;
        assert_eq!((txn.mail(SEM)?, txn.mail_news(SEM)?), (None, Vec::new()));
        assert_eq!(txn.mail_news(KARIN)?, [(CIRCLE, one)]);
        txn.drop_all_mail_news()?;
        Ok((txn.mail(KARIN)?, txn.mail_news(KARIN)?, txn.mail_to_try(Millis(u64::MAX))?))
    });
    let left = Some(MailRow { next: None, tries: 0, ..expected });
    assert_eq!(changed.await, Ok((left, Vec::new(), None)));
}

pub async fn an_address_counts_once_its_link_was_followed_in_time<S: Storage>(storage: S) {
    let world = World::new(storage).await;
    let service = &world.service;
    let at = |address: &str, confirmed| Ok(Some(MailAddress { address: address.into(), confirmed, digest: false }));
    let asks = async |address: &str| service.ask_for_mail(world.marloes, address.to_owned()).await.unwrap();
    assert_eq!(service.mail(world.marloes).await, Ok(None));
    let first = asks("marloes@example.nl").await.unwrap();
    assert_eq!(service.mail(world.marloes).await, at("marloes@example.nl", false));
    let second = asks("m@example.nl").await.unwrap();
    assert_eq!(service.confirm_mail(first.reveal()).await, Ok(Confirming::Unknown), "another took its place");
    assert_eq!(service.confirm_mail("onzin").await, Ok(Confirming::Unknown));
    world.later(Service::<S>::MAIL_VALID);
    assert_eq!(service.confirm_mail(second.reveal()).await, Ok(Confirming::Expired));
    let third = asks("m@example.nl").await.unwrap();
    assert_eq!(service.confirm_mail(third.reveal()).await, Ok(Confirming::Confirmed));
    assert_eq!(service.confirm_mail(third.reveal()).await, Ok(Confirming::Used));
    assert_eq!(service.mail(world.marloes).await, at("m@example.nl", true));
    assert_eq!(asks("m@example.nl").await, None, "it is confirmed already");
    assert_eq!(service.mail(world.sem).await, Ok(None));
    service.end_mail(world.marloes).await.unwrap();
    assert_eq!(service.mail(world.marloes).await, Ok(None));
    assert_eq!(service.confirm_mail(third.reveal()).await, Ok(Confirming::Unknown));
}

/// Youssef practises with Sem; Marloes and he may read of it, and both want mail, as does Sem himself.
struct Practising<S> {
    world: World<S>,
    sem: Phone,
    youssef: Phone,
    practice: RecordId,
}

async fn wants_mail<S: Storage>(world: &World<S>, person: PersonId, name: &str) {
    let secret = world.service.ask_for_mail(person, format!("{name}@example.nl")).await.unwrap().unwrap();
    assert_eq!(world.service.confirm_mail(secret.reveal()).await, Ok(Confirming::Confirmed));
}

async fn practising<S: Storage>(storage: S) -> Practising<S> {
    let (world, mut sem) = World::with_consents(storage).await;
    let given = [world.youssef, world.marloes].map(|person| consent(person, Section::Travel).make(world.id()));
    sem.does(&world, given.to_vec()).await;
    let (route, practice) = (world.id(), world.id());
    let begins = Practice { route, at: NOON };
    let route = Route { title: "Naar school".into(), picture: None, order: None }.make(route);
    world.phone(world.marloes).await.does(&world, vec![route]).await;
    let mut youssef = world.phone(world.youssef).await;
    youssef.does(&world, vec![begins.make(practice)]).await;
    for (person, name) in [(world.sem, "sem"), (world.marloes, "marloes"), (world.youssef, "youssef")] {
        wants_mail(&world, person, name).await;
    }
    Practising { world, sem, youssef, practice }
}

impl<S: Storage> Practising<S> {
    /// Youssef writes feedback, perhaps in the place of another.
    async fn writes(&mut self, replaces: Option<RecordId>) -> RecordId {
        let id = self.world.id();
        let feedback = Feedback { text: "Het ging goed.".into(), at: self.world.now(), replaces };
        self.youssef.does(&self.world, vec![feedback.make_below(id, self.practice)]).await;
        id
    }

    /// The mails that are to go now, in order of address.
    async fn takes(&self) -> Vec<Mail> {
        let mut taken = Vec::new();
        while let Some(mail) = self.world.service.take_mail().await.unwrap() {
            taken.push(mail);
        }
        taken.sort_by(|one, other| one.address.cmp(&other.address));
        taken
    }

    /// All that are to go now go; gives where to.
    async fn sends(&self) -> Vec<String> {
        let taken = self.takes().await;
        for mail in &taken {
            self.world.service.mail_went(mail).await.unwrap();
        }
        taken.into_iter().map(|mail| mail.address).collect()
    }
}

const BOTH: [&str; 2] = ["marloes@example.nl", "sem@example.nl"];

pub async fn feedback_is_told_of_to_each_who_may_read_it_when_the_mail_goes<S: Storage>(storage: S) {
    let mut all = practising(storage).await;
    all.writes(None).await;
    assert_eq!(all.world.heard.3.load(Ordering::SeqCst), 1, "somebody is told that a mail is to go");
    assert_eq!(all.sends().await, BOTH, "and not its author");
    assert_eq!(all.sends().await, [""; 0], "once");
    all.world.later(HOUR);
    all.writes(None).await;
    let hers = |consent: &Consent| consent.person == all.world.marloes && consent.section == Section::Travel;
    all.sem.pulls(&all.world).await;
    let given = all.sem.records().find(|record| Consent::from_record(record).as_ref().is_some_and(hers)).unwrap().id;
    all.sem.does(&all.world, vec![withdrawal(all.world.marloes, Section::Travel, given).make(all.world.id())]).await;
    assert_eq!(all.sends().await, ["sem@example.nl"], "she may not read it any more");
    all.world.later(HOUR);
    all.sem.does(&all.world, vec![consent(all.world.marloes, Section::Travel).make(all.world.id())]).await;
    all.writes(None).await;
    let is_hers = |member: &Member| member.person == all.world.marloes;
    let member = all.sem.records().find(|record| Member::from_record(record).as_ref().is_some_and(is_hers)).unwrap().id;
    let mut marloes = all.world.phone(all.world.marloes).await;
    marloes.pulls(&all.world).await;
    marloes.does(&all.world, vec![delete(member)]).await;
    all.world.service.end_mail(all.world.sem).await.unwrap();
    assert_eq!(all.sends().await, [""; 0], "she left, and he wants none any more");
}

pub async fn what_is_gone_or_was_read_already_is_no_news<S: Storage>(storage: S) {
    let mut all = practising(storage).await;
    let first = all.writes(None).await;
    all.youssef.does(&all.world, vec![delete(first)]).await;
    assert_eq!(all.sends().await, [""; 0], "it was taken back");
    let second = all.writes(None).await;
    let read = FeedbackRead { feedback: second, at: all.world.now() };
    all.sem.pulls(&all.world).await;
    all.sem.does(&all.world, vec![read.make_below(all.world.id(), all.practice)]).await;
    assert_eq!(all.sends().await, ["marloes@example.nl"], "he has read it");
    all.world.later(HOUR);
    all.writes(None).await;
    all.youssef.does(&all.world, vec![delete(all.practice)]).await;
    assert_eq!(all.sends().await, [""; 0], "it went with its practice");
}

pub async fn a_person_gets_one_mail_an_hour_however_much_comes<S: Storage>(storage: S) {
    let mut all = practising(storage).await;
    all.writes(None).await;
    all.writes(None).await;
    let under_way = all.takes().await;
    assert_eq!(under_way.len(), 2, "one each");
    all.writes(None).await;
    assert_eq!(all.takes().await, [], "one is under way");
    for mail in &under_way {
        all.world.service.mail_went(mail).await.unwrap();
    }
    all.world.later(HOUR - 1);
    all.writes(None).await;
    assert_eq!(all.sends().await, [""; 0]);
    all.world.later(1);
    assert_eq!(all.sends().await, BOTH, "of both that came meanwhile");
    all.world.later(3 * HOUR);
    assert_eq!(all.sends().await, [""; 0]);
}

pub async fn a_mail_that_does_not_go_is_tried_again_after_growing_pauses_and_given_up<S: Storage>(storage: S) {
    let mut all = practising(storage).await;
    all.world.service.end_mail(all.world.sem).await.unwrap();
    all.writes(None).await;
    let mut pause = MINUTE;
    for tries in 1..=7 {
        let taken = all.takes().await;
        assert_eq!((taken.len(), taken[0].tries, taken[0].is_last_try()), (1, tries, tries == 7));
        all.world.later(pause - 1);
        assert_eq!(all.takes().await, [], "after try {tries}");
        all.world.later(1);
        pause *= 4;
    }
    assert_eq!(all.takes().await, [], "it was given up");
    all.writes(None).await;
    let taken = all.takes().await;
    assert_eq!((taken.len(), taken[0].tries), (1, 1), "the next is tried like the first");
    all.world.service.mail_refused(&taken[0]).await.unwrap();
    all.world.later(HOUR);
    assert_eq!(all.takes().await, [], "it will not be taken");
}

pub async fn of_two_servers_over_one_database_one_sends_a_mail<S: Storage>(storage: S) {
    let mut all = practising(storage).await;
    all.world.service.end_mail(all.world.sem).await.unwrap();
    for _ in 0..8 {
        all.writes(None).await;
        let takes = || {
            let service = all.world.service.clone();
            tokio::spawn(async move { service.take_mail().await })
        };
        let tasks: Vec<_> = (0..4).map(|_| takes()).collect();
        let mut taken = Vec::new();
        for task in tasks {
            // A database that has too many at once says so, and the next look finds what is left.
            taken.extend(task.await.unwrap().ok().flatten());
        }
        taken.extend(all.takes().await);
        assert_eq!(taken.len(), 1);
        all.world.service.mail_went(&taken[0]).await.unwrap();
        all.world.later(HOUR);
    }
}

pub async fn a_correction_of_what_was_just_told_is_no_news<S: Storage>(storage: S) {
    let mut all = practising(storage).await;
    let first = all.writes(None).await;
    let second = all.writes(Some(first)).await;
    assert_eq!(all.sends().await, BOTH);
    let third = all.writes(Some(second)).await;
    all.world.later(HOUR);
    assert_eq!(all.sends().await, [""; 0]);
    all.writes(Some(third)).await;
    assert_eq!(all.sends().await, BOTH, "of one that is longer ago they hear");
}

/// A journal as bytes, like on a disk.
#[derive(Default)]
struct Kept(Mutex<Vec<Vec<u8>>>);

impl Journal for Kept {
    fn keep(&self, entry: &Entry) -> Result<(), StorageError> {
        self.0.lock().unwrap().push(entry.to_bytes());
        Ok(())
    }
}

pub async fn mail_that_was_taken_back_does_not_come_back_with_a_backup_and_nobody_hears_twice<S: Storage>(storage: S) {
    let mut all = practising(storage).await;
    all.writes(None).await;
    // What the backup has, a moment before it is taken back.
    let (sem, marloes) = (all.world.sem, all.world.marloes);
    let rows = all.world.service.storage().read(move |snapshot| Ok((snapshot.mail(sem)?, snapshot.mail(marloes)?)));
    let (of_sem, of_marloes) = rows.await.unwrap();
    let journal = Arc::new(Kept::default());
    let service = all.world.service.clone().with_journal(journal.clone());
    all.world.later(1);
    service.end_mail(sem).await.unwrap();
    service.end_mail(all.world.joris).await.unwrap();
    service.ask_for_mail(marloes, "anders@example.nl".to_owned()).await.unwrap();
    let (now, after) = (all.world.now(), service.mail(marloes).await);
    let mut entries: Vec<_> = journal.0.lock().unwrap().iter().filter_map(|bytes| Entry::from_bytes(bytes)).collect();
    // A job that runs more than once tells more than once.
    entries.dedup();
    let entry = |person, at| Entry::NoMail { person, at };
    assert_eq!(entries, [entry(sem, now), entry(marloes, Millis(now.0 - 1))], "Joris had none");
    let service = service.begin_epoch(entries.clone()).await.unwrap();
    assert_eq!(service.mail(marloes).await, after, "a backup of after it has her new address");
    let back = all.world.service.storage().write(move |txn| {
        let rows = [&of_sem, &of_marloes];
        rows.into_iter().flatten().try_for_each(|row| txn.put_mail(row))
    });
    back.await.unwrap();
    let service = service.begin_epoch(entries).await.unwrap();
    assert_eq!((service.mail(sem).await, service.mail(marloes).await), (Ok(None), Ok(None)));
    // Of what came in the life before nobody hears in this one.
    wants_mail(&all.world, sem, "sem").await;
    all.writes(None).await;
    let world = restored(World { service, ..all.world }).await;
    let all = Practising { world, ..all };
    assert_eq!(all.sends().await, [""; 0]);
}

pub async fn how_much_asks_is_told_on_the_mornings_of_working_days<S: Storage>(storage: S) {
    let world = World::new(storage).await;
    let service = &world.service;
    // From hour to hour up to the next mail, over a weekend too.
    let next = async || {
        for _ in 0..4 * 24 {
            world.later(HOUR);
            if let Some(digest) = service.take_digest().await.unwrap() {
                return Some(digest);
            }
        }
        None
    };
    assert_eq!(
        service.want_digest(world.marloes, true).await,
        Ok(false),
        "without an address there is nothing to send"
    );
    let asks = async || service.ask_for_mail(world.marloes, "marloes@example.nl".into()).await.unwrap().unwrap();
    asks().await;
    assert_eq!(service.want_digest(world.marloes, true).await, Ok(true));
    assert_eq!(next().await, None, "nothing goes to an address that nobody confirmed");
    let code = asks().await;
    assert!(service.mail(world.marloes).await.unwrap().unwrap().digest, "asked once more it stays wanted");
    assert_eq!(service.confirm_mail(code.reveal()).await, Ok(Confirming::Confirmed));
    let taken = next().await.unwrap();
    assert_eq!((taken.person.id, taken.organisation), (world.marloes, world.organisation));
    assert_eq!(service.take_digest().await, Ok(None), "once a morning");
    assert_eq!(world.now().0 / HOUR % 24, 6);
    assert!(!matches!(world.now().0 / (24 * HOUR) % 7, 2 | 3), "not in a weekend");
    world.later(7 * 24 * HOUR + 5 * HOUR);
    assert_eq!(service.take_digest().await, Ok(None), "what was due long ago is not sent at another hour");
    assert!(next().await.is_some());
    assert_eq!(service.want_digest(world.marloes, false).await, Ok(true));
    assert_eq!(next().await, None, "who no longer wants it hears nothing");
}
