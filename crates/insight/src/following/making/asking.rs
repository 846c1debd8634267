//! Help that the client asked and that nobody answered.

use opstap_core::model::{Message, Relation, StepEvent, StepOutcome};
use opstap_core::{Day, Millis, RecordId};

use super::newest;
use super::runs::PlanKnown;
use crate::following::source::Source;
use crate::following::summary::HelpAsked;

/// After a day a step is spoken of anew.
const ANEW_AFTER: u64 = 86_400_000;
/// So long ago it was asked at most.
const ASKED_WITHIN: u32 = 30;

/// A message by the stamps that all devices agree on.
struct Sent {
    id: RecordId,
    message: Message,
    when: Millis,
    /// The client, or who decides for them, sent it.
    own: bool,
}

/// Messages of the client that ask for help and wait: whoever around the client answered anything since, they do not stand alone with it any
/// more, and a step that was done since needs no help.
pub(super) fn help(source: &Source<'_>, plans: &[PlanKnown]) -> Vec<HelpAsked> {
    let own: Vec<_> = source
        .members()
        .into_iter()
        .filter(|member| matches!(member.relation, Relation::Client | Relation::Representative))
        .map(|member| member.person)
        .collect();
    let sent = source.all::<Message>().into_iter().map(|known| Sent {
        id: known.id,
        when: known.made.map_or(known.value.at, |made| made.millis),
        own: known.author.is_some_and(|author| own.contains(&author)),
        message: known.value,
    });
    let all: Vec<Sent> = sent.collect();
    let answered = all.iter().filter(|sent| !sent.own).map(|sent| sent.when).max();
    let since = Day::of(source.now).back(ASKED_WITHIN).begins().max(answered.unwrap_or_default());
    let waits = |sent: &&Sent| sent.own && sent.when >= since && Some(sent.when) != answered;
    let waiting: Vec<&Sent> = all.iter().filter(waits).filter(|sent| asks(source, sent, &all)).collect();
    if waiting.is_empty() {
        return Vec::new();
    }
    let mut events = source.all::<StepEvent>();
    events.retain(|event| event.value.what == StepOutcome::Done);
    let is_done = |sent: &Sent| {
        events.iter().any(|event| Some(event.value.step) == sent.message.step && event.value.at >= sent.message.at)
    };
    let mut help: Vec<HelpAsked> =
        waiting.into_iter().filter(|sent| !is_done(sent)).map(|sent| of_message(sent, plans)).collect();
    newest(&mut help, |one| (one.at, one.message));
    help
}

/// Whether a message asks for help: by the words of the app for it, or because it begins to speak about a step. What is said on about that
/// step is a conversation.
fn asks(source: &Source<'_>, sent: &Sent, all: &[Sent]) -> bool {
    let is_before = |other: &&Sent| other.when < sent.when && sent.when.0.saturating_sub(other.when.0) < ANEW_AFTER;
    let begins = |step| all.iter().filter(is_before).all(|other| other.message.step != Some(step));
    (source.says_stuck)(&sent.message.text) || sent.message.step.is_some_and(begins)
}

fn of_message(sent: &Sent, plans: &[PlanKnown]) -> HelpAsked {
    let step = sent.message.step;
    let found = plans.iter().find_map(|plan| {
        let place = plan.steps.iter().position(|known| Some(known.id) == step)?;
        Some((plan, place))
    });
    let count = |of: usize| u32::try_from(of).unwrap_or(u32::MAX);
    HelpAsked {
        message: sent.id,
        to: sent.message.to,
        at: sent.when,
        step,
        plan: found.map(|(plan, _)| plan.id),
        place: found.map(|(plan, place)| (count(place + 1), count(plan.steps.len()))),
    }
}
