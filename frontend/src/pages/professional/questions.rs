//! Messages of the client, and which of them still wait for somebody.

use opstap_core::model::{Member, Message, Relation, StepEvent, StepOutcome};
use opstap_core::{Millis, PersonId, RecordId};

use crate::device::{Entry, Reader};
use crate::stories;
use crate::stories::messages::{About, about};

/// A question that nobody answered is open for a day; after that it is history.
const OPEN_FOR: u64 = 24 * 60 * 60 * 1_000;

/// A message of the client with what it is about.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Question {
    /// The message.
    pub message: Message,
    /// The first name of whom it is for.
    pub to: String,
    /// The step it is about, as far as it may be seen.
    pub step: Option<About>,
    /// It still waits: the step was not done since, and it is of the last day.
    pub open: bool,
}

/// The messages of the client, newest first.
pub(super) async fn questions(reader: &Reader, members: &[Entry<Member>], now: Millis) -> Vec<Question> {
    let client =
        members.iter().find(|member| member.value.relation == Relation::Client).map(|member| member.value.person);
    let mut messages = reader.all::<Message>().await;
    messages.retain(|message| client.is_some() && message.author == client);
    messages.sort_by_key(|message| std::cmp::Reverse((message.value.at, message.id)));
    let done = match messages.iter().any(|message| is_fresh(message.value.at, now)) {
        true => done_steps(reader).await,
        false => Vec::new(),
    };
    let mut questions = Vec::with_capacity(messages.len());
    for Entry { value: message, .. } in messages {
        let step = match message.step {
            Some(step) => about(reader, step).await,
            None => None,
        };
        let open = is_open(&message, &done, now);
        let to = stories::name_of(members, message.to);
        questions.push(Question { message, to, step, open });
    }
    questions
}

async fn done_steps(reader: &Reader) -> Vec<(RecordId, Millis)> {
    let events = reader.all::<StepEvent>().await.into_iter().map(|event| event.value);
    events.filter(|event| event.what == StepOutcome::Done).map(|event| (event.step, event.at)).collect()
}

const fn is_fresh(at: Millis, now: Millis) -> bool {
    now.0.saturating_sub(at.0) < OPEN_FOR
}

fn is_open(message: &Message, done: &[(RecordId, Millis)], now: Millis) -> bool {
    let since = done.iter().any(|(step, at)| Some(*step) == message.step && *at >= message.at);
    is_fresh(message.at, now) && !since
}

/// Whether a message is for this person.
pub(super) fn is_for(question: &Question, person: Option<PersonId>) -> bool {
    Some(question.message.to) == person
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEP: RecordId = RecordId([5; 16]);
    const HOUR: u64 = 3_600_000;

    fn message(step: Option<RecordId>) -> Message {
        Message { step, ..Message::saying(PersonId([1; 16]), "Ik kom er niet uit.", Millis(100 * HOUR)) }
    }

    #[test]
    fn a_question_waits_until_its_step_is_done() {
        let now = Millis(101 * HOUR);
        assert!(is_open(&message(Some(STEP)), &[], now));
        assert!(is_open(&message(Some(STEP)), &[(STEP, Millis(99 * HOUR))], now));
        assert!(!is_open(&message(Some(STEP)), &[(STEP, Millis(100 * HOUR + 1))], now));
    }

    #[test]
    fn a_question_without_a_step_waits_for_a_day() {
        assert!(is_open(&message(None), &[(STEP, Millis(100 * HOUR + 1))], Millis(123 * HOUR)));
        assert!(!is_open(&message(None), &[], Millis(124 * HOUR)));
    }
}
