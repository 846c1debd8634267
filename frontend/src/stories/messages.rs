//! Conversations between a client and each person around them, and what in them is new.

use opstap_core::model::{Member, Message, Plan, Relation, Step};
use opstap_core::{CircleId, Millis, PersonId, RecordId};
use opstap_view::prelude::*;

use crate::components::Saved;
use crate::device::{self, Entry, Reader};
use crate::last_read::{follow_reading, last_read};
use crate::stories::{members, sort_by};

/// A step that a message is about, as far as the reader may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// Which.
    pub id: RecordId,
    /// Its picture and sentence, also when it left the plan since.
    pub step: Step,
    /// The title of its plan; empty where that is not here.
    pub plan: String,
}

/// One message of a conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Which.
    pub id: RecordId,
    /// What it says.
    pub message: Message,
    /// Whether the person around the client said it; the client, or who decides for them, said the others.
    pub by_them: bool,
    /// When, in the order all devices agree on.
    pub when: Millis,
    /// Whether it is sent.
    pub saved: Saved,
    /// The step it is about.
    pub about: Option<About>,
}

/// What was said between the client and this person, oldest first.
pub async fn conversation(reader: &Reader, with: PersonId) -> Vec<Said> {
    let mut said = Vec::new();
    for entry in between(reader.all::<Message>().await, with) {
        let about = match entry.value.step {
            Some(step) => about(reader, step).await,
            None => None,
        };
        said.push(Said {
            id: entry.id,
            by_them: entry.author == Some(with),
            when: when(&entry),
            saved: entry.saved,
            about,
            message: entry.value,
        });
    }
    said
}

/// A step with the title of its plan.
pub async fn about(reader: &Reader, id: RecordId) -> Option<About> {
    let step = reader.one_even_deleted::<Step>(id).await?;
    let plan = match step.parent {
        Some(plan) => reader.one_even_deleted::<Plan>(plan).await.map(|plan| plan.value.title),
        None => None,
    };
    Some(About { id, step: step.value, plan: plan.unwrap_or_default() })
}

/// By stamp, as a phone may have a clock of its own.
fn between(mut all: Vec<Entry<Message>>, with: PersonId) -> Vec<Entry<Message>> {
    all.retain(|entry| entry.value.to == with || entry.author == Some(with));
    sort_by(&mut all, |a, b| (a.made, a.id) > (b.made, b.id));
    all
}

fn when(entry: &Entry<Message>) -> Millis {
    entry.made.map_or(entry.value.at, |made| made.millis)
}

/// How many came since the conversation was last read here. Whoever answered has read what was there, on whichever device.
fn new_in(said: &[(bool, Millis)], read_by_them: bool, until: Millis) -> usize {
    let mine = |by_them: &bool| *by_them == read_by_them;
    let answered = said.iter().rposition(|(by_them, _)| mine(by_them)).map_or(0, |place| place + 1);
    said.iter().skip(answered).filter(|(_, when)| *when > until).count()
}

/// Somebody of whom something is new, and how much.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// Who is around the client in that conversation.
    pub with: PersonId,
    /// Their name.
    pub name: String,
    /// How many messages.
    pub count: usize,
}

/// What is new for whoever reads this device: for a client of everybody around them, for others of the client.
#[must_use]
pub fn news(circle: CircleId) -> Signal<Option<Vec<News>>> {
    device::watch(circle, move |reader| {
        follow_reading();
        read_news(reader, circle)
    })
}

async fn read_news(reader: Reader, circle: CircleId) -> Vec<News> {
    let Some(me) = device::me().map(|me| me.id) else { return Vec::new() };
    let members = members(&reader).await;
    let all = reader.all::<Message>().await;
    if all.is_empty() {
        return Vec::new();
    }
    let around = members.into_iter().map(|member| member.value).filter(|member| !is_own(member));
    let around: Vec<Member> = around.collect();
    let i_am_around = around.iter().any(|member| member.person == me);
    let mut news = Vec::new();
    for Member { person, name, .. } in around {
        if i_am_around && person != me {
            continue;
        }
        let said: Vec<_> =
            between(all.clone(), person).iter().map(|entry| (entry.author == Some(person), when(entry))).collect();
        let count = new_in(&said, i_am_around, last_read(circle, person));
        if count > 0 {
            news.push(News { with: person, name, count });
        }
    }
    news
}

/// The client, and who decides for them: the circle is theirs.
#[must_use]
pub const fn is_own(member: &Member) -> bool {
    matches!(member.relation, Relation::Client | Relation::Representative)
}

#[cfg(test)]
mod tests {
    use super::*;

    const THEM: bool = true;
    const CLIENT: bool = false;

    fn new(said: &[(bool, u64)], read_by_them: bool, until: u64) -> usize {
        let said: Vec<_> = said.iter().map(|(by, when)| (*by, Millis(*when))).collect();
        new_in(&said, read_by_them, Millis(until))
    }

    #[test]
    fn what_came_since_it_was_last_read_is_new() {
        let said = [(THEM, 10), (THEM, 20), (THEM, 30)];
        assert_eq!(new(&said, CLIENT, 0), 3);
        assert_eq!(new(&said, CLIENT, 20), 1);
        assert_eq!(new(&said, CLIENT, 30), 0);
    }

    #[test]
    fn ones_own_messages_are_never_new() {
        assert_eq!(new(&[(CLIENT, 10), (CLIENT, 20)], CLIENT, 0), 0);
        assert_eq!(new(&[(THEM, 10)], THEM, 0), 0);
    }

    #[test]
    fn whoever_answered_on_another_device_has_read_what_was_there() {
        assert_eq!(new(&[(THEM, 10), (CLIENT, 20)], CLIENT, 0), 0);
        assert_eq!(new(&[(THEM, 10), (CLIENT, 20), (THEM, 30)], CLIENT, 0), 1);
    }
}
