//! Messages of the client, and which of them still wait for somebody.

use opstap_core::model::{Member, Message, Relation, StepEvent, StepOutcome};
use opstap_core::{Millis, RecordId};

use crate::device::{Entry, Reader};
use crate::language::Language;
use crate::stories;
use crate::stories::messages::{About, about, is_own};
use crate::words::client;

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
    /// It asks for help and waits: nobody answered, the step was not done since, and it is of the last day.
    pub open: bool,
}

/// A message with when it was sent, by the stamps all devices agree on.
#[derive(Clone, Debug, PartialEq)]
struct Sent {
    message: Message,
    when: Millis,
    /// The client, or who decides for them, sent it.
    own: bool,
}

/// The messages of the client, newest first.
pub(super) async fn questions(reader: &Reader, members: &[Entry<Member>], now: Millis) -> Vec<Question> {
    let person = |entry: &Entry<Message>| members.iter().find(|member| Some(member.value.person) == entry.author);
    let mut all = Vec::new();
    let mut of_client = Vec::new();
    for entry in reader.all::<Message>().await {
        let author = person(&entry);
        let when = entry.made.map_or(entry.value.at, |made| made.millis);
        let sent = Sent { own: author.is_some_and(|author| is_own(&author.value)), when, message: entry.value };
        if author.is_some_and(|author| author.value.relation == Relation::Client) {
            of_client.push((entry.id, sent.clone()));
        }
        all.push(sent);
    }
    of_client.sort_by_key(|(id, sent)| std::cmp::Reverse((sent.when, *id)));
    let done = match of_client.iter().any(|(_, sent)| is_fresh(sent.when, now)) {
        true => done_steps(reader).await,
        false => Vec::new(),
    };
    let mut questions = Vec::with_capacity(of_client.len());
    for (_, sent) in of_client {
        let step = match sent.message.step {
            Some(step) => about(reader, step).await,
            None => None,
        };
        let open = is_open(&sent, &all, &done, now);
        let to = stories::name_of(members, sent.message.to);
        questions.push(Question { message: sent.message, to, step, open });
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

/// Whether a message asks for help: it says "Ik kom er niet uit", or it begins to speak about a step. What is said on about that step
/// is a conversation.
fn asks(sent: &Sent, all: &[Sent]) -> bool {
    let Message { text, step, .. } = &sent.message;
    let is_before = |other: &&Sent| other.when < sent.when && is_fresh(other.when, sent.when);
    let stuck = [Language::Dutch, Language::English]
        .iter()
        .any(|language| client::STUCK.within(*language) == text.trim_end_matches('.'));
    stuck || step.is_some() && all.iter().filter(is_before).all(|other| other.message.step != *step)
}

fn is_open(sent: &Sent, all: &[Sent], done: &[(RecordId, Millis)], now: Millis) -> bool {
    let is_done = done.iter().any(|(step, at)| Some(*step) == sent.message.step && *at >= sent.message.at);
    // Whoever around the client answered: they do not stand alone with it any more.
    let is_answered = all.iter().any(|other| !other.own && other.when > sent.when);
    asks(sent, all) && is_fresh(sent.when, now) && !is_done && !is_answered
}

#[cfg(test)]
mod tests {
    use opstap_core::PersonId;

    use super::*;

    const STEP: RecordId = RecordId([5; 16]);
    const HOUR: u64 = 3_600_000;
    const NOW: Millis = Millis(101 * HOUR);

    fn sent(hour: u64, own: bool, text: &str, step: Option<RecordId>) -> Sent {
        let when = Millis(hour * HOUR);
        Sent { message: Message { step, ..Message::saying(PersonId([1; 16]), text, when) }, when, own }
    }

    fn stuck(hour: u64, step: Option<RecordId>) -> Sent {
        sent(hour, true, "Ik kom er niet uit.", step)
    }

    /// Which of these are open now, the oldest first.
    fn open(all: &[Sent]) -> Vec<bool> {
        all.iter().map(|sent| is_open(sent, all, &[], NOW)).collect()
    }

    #[test]
    fn a_question_waits_until_its_step_is_done() {
        let question = stuck(100, Some(STEP));
        let is_open = |done: &[(RecordId, Millis)]| is_open(&question, std::slice::from_ref(&question), done, NOW);
        assert!(is_open(&[]) && is_open(&[(STEP, Millis(99 * HOUR))]));
        assert!(!is_open(&[(STEP, Millis(100 * HOUR + 1))]));
    }

    #[test]
    fn a_question_without_a_step_waits_for_a_day() {
        let question = [stuck(100, None)];
        assert!(is_open(&question[0], &question, &[(STEP, NOW)], Millis(123 * HOUR)));
        assert!(!is_open(&question[0], &question, &[], Millis(124 * HOUR)));
    }

    #[test]
    fn only_what_asks_waits_and_not_every_message() {
        let hello = sent(99, true, "Hoi!", None);
        let voice = sent(100, true, "", None);
        let about = sent(100, true, "", Some(STEP));
        assert_eq!(open(&[hello, voice, about]), [false, false, true]);
    }

    #[test]
    fn an_answer_of_anybody_around_the_client_closes_it_and_thanks_do_not_open_it_again() {
        let answer = sent(100, false, "Ik help je zo.", None);
        let thanks = sent(101, true, "Dank je.", Some(STEP));
        assert_eq!(open(&[stuck(99, Some(STEP)), answer.clone(), thanks]), [false, false, false]);
        assert_eq!(open(&[stuck(99, Some(STEP)), answer, stuck(101, Some(STEP))]), [false, false, true]);
        let earlier = sent(98, false, "Tot straks.", None);
        assert_eq!(open(&[earlier, stuck(99, None)]), [false, true]);
    }
}
