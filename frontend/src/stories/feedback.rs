//! Feedback on practices as screens tell it: what is worth telling of a practice, what was sent, who read it, and what they said back.

use opstap_core::model::{Feedback, FeedbackRead, FeedbackReply, Part, Practice, PracticeEnd, Route};
use opstap_core::{Millis, PersonId, RecordId};
use opstap_insight::{PracticeLog, Saying, worth_telling};
use opstap_view::prelude::Signal;

use crate::device::{self, Entry, Reader};
use crate::stories::route::{self, PartOfRoute};
use crate::stories::{members, name_of, sort_by};

/// A practice with what is worth telling of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worth {
    /// The practice.
    pub practice: Entry<Practice>,
    /// Its number among those of its route.
    pub number: usize,
    /// The name of who practised with the client.
    pub by: String,
    /// The name of the client.
    pub client: String,
    /// What the route is called.
    pub route: String,
    /// The parts of the route.
    pub parts: Vec<PartOfRoute>,
    /// What to tell, in order.
    pub sayings: Vec<Saying>,
}

impl Worth {
    /// What the client does at a goal; empty where it is gone.
    #[must_use]
    pub fn goal(&self, id: RecordId) -> &str {
        let goals = self.parts.iter().flat_map(|part| &part.goals);
        goals.into_iter().find(|goal| goal.id == id).map_or("", |goal| goal.value.text.as_str())
    }

    /// A part of the route.
    #[must_use]
    pub fn part(&self, id: RecordId) -> Option<&Part> {
        self.parts.iter().find(|part| part.part.id == id).map(|part| &part.part.value)
    }
}

/// What is worth telling of a practice; nothing where it is not on this device.
pub async fn worth(reader: &Reader, id: RecordId) -> Option<Worth> {
    let practice = reader.one::<Practice>(id).await?;
    let members = members(reader).await;
    let all = route::practices(reader, practice.value.route).await;
    let place = all.iter().position(|told| told.practice.id == id)?;
    let parts = route::parts(reader, practice.value.route).await;
    let help = route::help(&parts, &all);
    let told = all.get(place)?;
    let means: Vec<_> = parts.iter().map(|part| (part.part.id, part.part.value.means)).collect();
    let situations: Vec<_> = told.situations.iter().map(|situation| situation.value.clone()).collect();
    let end = told.end.as_ref().map(|end| &end.value);
    let log = PracticeLog { practice: id, parts: &means, help: &help, situations: &situations, end };
    Some(Worth {
        number: all.len() - place,
        by: practice.author.map(|author| name_of(&members, author)).unwrap_or_default(),
        client: members.first().map(|member| member.value.name.clone()).unwrap_or_default(),
        route: reader.one::<Route>(practice.value.route).await.map(|route| route.value.title).unwrap_or_default(),
        sayings: worth_telling(&log),
        parts,
        practice,
    })
}

/// Feedback as it was sent last, and who read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The feedback.
    pub feedback: Entry<Feedback>,
    /// The name of who wrote it.
    pub by: String,
    /// Who read it, by name, and when; the first first.
    pub reads: Vec<(PersonId, String, Millis)>,
}

impl Letter {
    /// Whether it waits to be read by this person: not by whoever wrote it.
    #[must_use]
    pub fn waits_for(&self, person: PersonId) -> bool {
        self.feedback.author != Some(person) && !self.reads.iter().any(|(reader, ..)| *reader == person)
    }
}

/// What was said back, and by whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The reply.
    pub reply: Entry<FeedbackReply>,
    /// The name of who said it.
    pub by: String,
}

/// All that was written about a practice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The feedback, mostly one; what was corrected stands here as it is now.
    pub letters: Vec<Letter>,
    /// The replies, oldest first.
    pub replies: Vec<Reply>,
}

/// What was written about a practice.
pub async fn of_practice(reader: &Reader, practice: RecordId) -> Written {
    let members = members(reader).await;
    let name = |author: Option<PersonId>| author.map(|author| name_of(&members, author)).unwrap_or_default();
    let reads = reader.below::<FeedbackRead>(practice).await;
    let letters = current(reader.below::<Feedback>(practice).await).into_iter().map(|feedback| Letter {
        by: name(feedback.author),
        reads: readers(&feedback, &reads).into_iter().map(|(who, at)| (who, name(Some(who)), at)).collect(),
        feedback,
    });
    let mut replies = reader.below::<FeedbackReply>(practice).await;
    sort_by(&mut replies, |a, b| (a.made, a.id) > (b.made, b.id));
    let letters = letters.collect();
    let replies = replies.into_iter().map(|reply| Reply { by: name(reply.author), reply }).collect();
    Written { letters, replies }
}

/// The practice of which the newest feedback in the circle is.
pub async fn newest(reader: &Reader) -> Option<RecordId> {
    current(reader.all::<Feedback>().await).pop().and_then(|newest| newest.parent)
}

/// The practice that was ended last, by when it was.
pub async fn latest_practice(reader: &Reader) -> Option<RecordId> {
    let ends = reader.all::<PracticeEnd>().await;
    let ended = reader.all::<Practice>().await.into_iter();
    let ended = ended.filter(|practice| ends.iter().any(|end| end.parent == Some(practice.id)));
    ended.max_by_key(|practice| (practice.value.at, practice.id)).map(|practice| practice.id)
}

/// How many reports in the circle wait to be read by whoever uses this device.
#[must_use]
pub fn unread(circle: opstap_core::CircleId) -> Signal<Option<usize>> {
    device::watch(circle, |reader| async move { unread_by_me(&reader).await })
}

/// The same, read once.
pub async fn unread_by_me(reader: &Reader) -> usize {
    let Some(me) = device::me() else { return 0 };
    let reads = reader.all::<FeedbackRead>().await;
    let all = current(reader.all::<Feedback>().await);
    let waits = |feedback: &&Entry<Feedback>| {
        feedback.author != Some(me.id) && !readers(feedback, &reads).iter().any(|(who, _)| *who == me.id)
    };
    all.iter().filter(waits).count()
}

/// Who asked something about a practice that nobody else answered since, the newest question first; never this person.
pub async fn asked_of_others(reader: &Reader) -> Option<String> {
    let me = device::me().map(|me| me.id);
    let asker = unanswered(&reader.all::<FeedbackReply>().await, me)?;
    Some(name_of(&members(reader).await, asker))
}

fn unanswered(replies: &[Entry<FeedbackReply>], me: Option<PersonId>) -> Option<PersonId> {
    let is_open = |asked: &&Entry<FeedbackReply>| {
        let answers = |other: &Entry<FeedbackReply>| {
            other.parent == asked.parent && other.author != asked.author && other.made > asked.made
        };
        asked.author != me && asked.value.text.contains('?') && !replies.iter().any(answers)
    };
    replies.iter().filter(is_open).max_by_key(|asked| asked.made).and_then(|asked| asked.author)
}

/// Feedback as it counts now, oldest first: what its own author corrected is left out.
fn current(mut all: Vec<Entry<Feedback>>) -> Vec<Entry<Feedback>> {
    let corrected: Vec<_> = all.iter().filter_map(|one| Some((one.value.replaces?, one.author))).collect();
    all.retain(|one| !corrected.contains(&(one.id, one.author)));
    sort_by(&mut all, |a, b| (a.made, a.id) > (b.made, b.id));
    all
}

/// Who read this feedback and when first, besides who wrote it.
fn readers(feedback: &Entry<Feedback>, reads: &[Entry<FeedbackRead>]) -> Vec<(PersonId, Millis)> {
    let of_it = reads.iter().filter(|read| read.value.feedback == feedback.id && read.author != feedback.author);
    let mut all: Vec<_> = of_it.filter_map(|read| Some((read.author?, read.value.at))).collect();
    sort_by(&mut all, |(a, then), (b, later)| (then, a) > (later, b));
    let mut once: Vec<(PersonId, Millis)> = Vec::new();
    for (who, at) in all {
        if !once.iter().any(|(known, _)| *known == who) {
            once.push((who, at));
        }
    }
    once
}

#[cfg(test)]
mod tests {
    use opstap_core::model::Model;
    use opstap_core::{DeviceId, Kind, Record, Stamp};

    use super::*;
    use crate::components::Saved;

    const YOUSSEF: PersonId = PersonId([1; 16]);
    const KARIN: PersonId = PersonId([2; 16]);
    const FATMA: PersonId = PersonId([3; 16]);

    fn entry<M: Model>(n: u8, kind: Kind, author: PersonId, value: M) -> Entry<M> {
        let id = RecordId([n; 16]);
        let made = Some(Stamp { millis: Millis(u64::from(n)), counter: 0, device: DeviceId([9; 16]) });
        let record = Record::new(id, kind, None);
        Entry { id, parent: None, value, saved: Saved::Sent, author: Some(author), made, record }
    }

    fn feedback(n: u8, author: PersonId, replaces: Option<u8>) -> Entry<Feedback> {
        let replaces = replaces.map(|n| RecordId([n; 16]));
        entry(n, Kind::Feedback, author, Feedback { text: "Goed.".to_owned(), at: Millis(u64::from(n)), replaces })
    }

    fn read(n: u8, author: PersonId, of: u8) -> Entry<FeedbackRead> {
        let value = FeedbackRead { feedback: RecordId([of; 16]), at: Millis(u64::from(n)) };
        entry(n, Kind::FeedbackRead, author, value)
    }

    #[test]
    fn a_correction_takes_the_place_of_what_its_author_wrote_and_of_nobody_elses() {
        let ids = |all: Vec<Entry<Feedback>>| current(all).iter().map(|one| one.id.0[0]).collect::<Vec<_>>();
        assert_eq!(ids(vec![feedback(12, YOUSSEF, Some(11)), feedback(11, YOUSSEF, None)]), [12]);
        assert_eq!(ids(vec![feedback(11, YOUSSEF, None), feedback(12, KARIN, Some(11))]), [11, 12]);
        let twice = vec![feedback(11, YOUSSEF, None), feedback(12, YOUSSEF, Some(11)), feedback(13, YOUSSEF, Some(12))];
        assert_eq!(ids(twice), [13]);
    }

    #[test]
    fn somebody_who_read_it_on_two_devices_stands_there_once_with_the_first_time_and_who_wrote_it_never() {
        let all = [read(30, KARIN, 11), read(20, KARIN, 11), read(25, FATMA, 11), read(15, YOUSSEF, 11)];
        let of = |n| readers(&feedback(n, YOUSSEF, None), &all);
        assert_eq!(of(11), [(KARIN, Millis(20)), (FATMA, Millis(25))]);
        assert!(of(12).is_empty(), "a correction is read anew");
    }

    #[test]
    fn a_question_about_a_practice_stays_until_another_answers_it() {
        let reply = |n, author, text: &str| {
            let (feedback, at) = (RecordId([10; 16]), Millis(u64::from(n)));
            let value = FeedbackReply { feedback, text: text.to_owned(), at };
            entry(n, Kind::FeedbackReply, author, value)
        };
        let asked = || vec![reply(11, KARIN, "Mag hij alleen?"), reply(12, KARIN, "Alvast bedankt.")];
        assert_eq!(unanswered(&asked(), Some(FATMA)), Some(KARIN));
        assert_eq!(unanswered(&asked(), Some(KARIN)), None, "one's own question calls others");
        let answered = [asked(), vec![reply(13, YOUSSEF, "Nog niet.")]].concat();
        assert_eq!(unanswered(&answered, Some(FATMA)), None);
        assert_eq!(unanswered(&[reply(11, KARIN, "Fijn!")], Some(FATMA)), None, "not every word asks something");
    }

    #[test]
    fn feedback_waits_for_everybody_but_who_wrote_it_until_they_read_it() {
        let reads = vec![(KARIN, "Karin".to_owned(), Millis(20))];
        let letter = Letter { feedback: feedback(11, YOUSSEF, None), by: "Youssef".to_owned(), reads };
        assert!(letter.waits_for(FATMA));
        assert!(!letter.waits_for(KARIN) && !letter.waits_for(YOUSSEF));
    }
}
