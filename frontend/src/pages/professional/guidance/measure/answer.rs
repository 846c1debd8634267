//! The answer for one domain, as the instrument has it: a level or stage, yes or no, or words; and a word beside it.

use opstap_core::instrument::{Answer, Circumstance, Domain, Instrument, Level};
use opstap_core::model::{DomainAnswer, Model, delete};
use opstap_core::plan_format::Name;
use opstap_core::{Change, RecordId};
use opstap_view::prelude::*;

use super::super::goals::{Told, most_allowed};
use crate::components::{Choice, Segments, TextArea, changing};
use crate::device;
use crate::stories::instruments;
use crate::words::{Text, Word, guidance};

/// What was answered last for a domain; none where nothing was.
pub fn given(told: Told, measurement: RecordId, domain: &Name) -> Memo<Option<DomainAnswer>> {
    let domain = domain.as_str().to_owned();
    Memo::new(move |_| {
        told.with(|guidance| {
            let story = guidance.measurements.iter().find(|story| story.id == measurement)?;
            story.answers.iter().rfind(|answer| answer.domain == domain).cloned()
        })
        .flatten()
    })
}

/// An answer to which nothing was said yet.
pub fn empty(domain: &Name) -> DomainAnswer {
    DomainAnswer { domain: domain.as_str().to_owned(), level: None, yes: None, word: None }
}

/// Keeps an answer; one that says nothing takes away what was answered.
pub fn give(told: Told, measurement: RecordId, answer: &DomainAnswer) {
    let changes = if answer.level.is_none() && answer.yes.is_none() && answer.word.is_none() {
        taken_away(told, measurement, &answer.domain)
    } else {
        vec![answer.make_below(device::new_id(), measurement)]
    };
    if !changes.is_empty() {
        told.work.change(guidance::DONE_ANSWER, changes);
    }
}

fn taken_away(told: Told, measurement: RecordId, domain: &str) -> Vec<Change> {
    let all = told.work.with_now(|records| records.below::<DomainAnswer>(Some(measurement))).unwrap_or_default();
    all.into_iter().filter(|(_, answer)| answer.domain == domain).map(|(id, _)| delete(id)).collect()
}

/// The levels there are to choose from now: under a rule not those above it.
pub fn choosable(instrument: &Instrument, domain: &Domain, circumstances: &[Circumstance]) -> Vec<Level> {
    let most = most_allowed(instrument, domain, circumstances);
    let all = (1..=instrument.levels.len()).filter_map(|number| Level::new(u8::try_from(number).ok()?));
    all.filter(|level| most.is_none_or(|most| *level <= most)).collect()
}

/// "Onder bewind is 3 hier het hoogste."
pub fn rule_says(told: Told, instrument: &Instrument, domain: &Domain) -> Memo<Option<u8>> {
    let (instrument, domain) = (instrument.clone(), domain.clone());
    Memo::new(move |_| {
        let most = told.with(|guidance| most_allowed(&instrument, &domain, &guidance.circumstances)).flatten();
        most.map(Level::number)
    })
}

/// A row of the form.
pub fn row(told: Told, measurement: RecordId, instrument: Instrument, domain: Domain) -> AnyView {
    let title = instruments::domain_title(&instrument, &domain);
    let given = given(told, measurement, &domain.code);
    let code = domain.code.clone();
    let rule = rule_says(told, &instrument, &domain);
    let says = changing(move || {
        let Some(most) = rule.get() else { return ().into_any() };
        let above =
            given.with(|given| given.as_ref().and_then(|given| given.level)).is_some_and(|level| level.number() > most);
        let class = if above { "advice" } else { "soft small" };
        view! { <p class=class>{guidance::guarded_most(most)}</p> }.into_any()
    });
    let answer = instrument.answer_of(&domain);
    let body = match answer {
        Answer::Level | Answer::Stage => levels(told, measurement, instrument, domain, given),
        Answer::YesNo => yes_or_no(told, measurement, &domain, title.clone(), given),
        Answer::Open => ().into_any(),
    };
    let label = if answer == Answer::Open { guidance::IN_WORDS } else { guidance::A_WORD_BESIDE };
    let word = changing({
        let code = code.clone();
        move || if told.writes.get() { words(told, measurement, &code, label, given) } else { only_words(given) }
    });
    view! { <li class="stack"><h3>{title}</h3>{body}{says}{word}</li> }.into_any()
}

fn only_words(given: Memo<Option<DomainAnswer>>) -> AnyView {
    changing(move || given.get().and_then(|given| given.word).map(|word| view! { <p>{word}</p> }).into_any())
}

fn levels(
    told: Told,
    measurement: RecordId,
    instrument: Instrument,
    domain: Domain,
    given: Memo<Option<DomainAnswer>>,
) -> AnyView {
    let title = instruments::domain_title(&instrument, &domain);
    let answer = instrument.answer_of(&domain);
    let chosen = Memo::new(move |_| given.with(|given| given.as_ref().and_then(|given| given.level)));
    let known = {
        let (instrument, domain) = (instrument.clone(), domain.clone());
        Memo::new(move |_| {
            let circumstances = told.with(|guidance| guidance.circumstances.clone()).unwrap_or_default();
            choosable(&instrument, &domain, &circumstances)
        })
    };
    changing(move || {
        let mut levels = known.get();
        // One that was answered before the rule held stays in sight, with what the rule says below it.
        levels.extend(chosen.get_untracked().filter(|chosen| !levels.contains(chosen)));
        let choices =
            levels.into_iter().map(|level| Choice::new(Some(level), instruments::level(&instrument, answer, level)));
        let choices = choices.chain([Choice::new(None, guidance::NOT_FILLED_IN)]).collect();
        let code = domain.code.clone();
        let choose = move |level: Option<Level>| {
            if told.writes.get_untracked() {
                let before = given.get_untracked().unwrap_or_else(|| empty(&code));
                give(told, measurement, &DomainAnswer { level, ..before });
            }
        };
        view! { <Segments label=title.clone() choices chosen on_choose=choose /> }.into_any()
    })
}

fn yes_or_no(
    told: Told,
    measurement: RecordId,
    domain: &Domain,
    title: Text,
    given: Memo<Option<DomainAnswer>>,
) -> AnyView {
    let chosen = Memo::new(move |_| given.with(|given| given.as_ref().and_then(|given| given.yes)));
    let choices = vec![
        Choice::new(Some(true), guidance::YES),
        Choice::new(Some(false), guidance::NO),
        Choice::new(None, guidance::NOT_FILLED_IN),
    ];
    let code = domain.code.clone();
    let choose = move |yes: Option<bool>| {
        if told.writes.get_untracked() {
            let before = given.get_untracked().unwrap_or_else(|| empty(&code));
            give(told, measurement, &DomainAnswer { yes, ..before });
        }
    };
    view! { <Segments label=title choices chosen on_choose=choose /> }.into_any()
}

/// Words, kept when one leaves the field, puts the window away or leaves the screen.
pub fn words(
    told: Told,
    measurement: RecordId,
    code: &Name,
    label: Word,
    given: Memo<Option<DomainAnswer>>,
) -> AnyView {
    let held = move || given.try_get_untracked().flatten().and_then(|given| given.word).unwrap_or_default();
    let draft = RwSignal::new(held());
    let known = StoredValue::new(held());
    let code = code.clone();
    let keep = move || {
        let Some(typed) = draft.try_get_untracked().map(|draft| draft.trim().to_owned()) else { return };
        if known.try_get_value().is_none_or(|known| known == typed) {
            return;
        }
        known.set_value(typed.clone());
        let before = given.try_get_untracked().flatten().unwrap_or_else(|| empty(&code));
        give(told, measurement, &DomainAnswer { word: Some(typed).filter(|typed| !typed.is_empty()), ..before });
    };
    // What undoing brings back, or another wrote, stands here unless something else is being typed.
    Effect::new(move |_| {
        let held = given.get().and_then(|given| given.word).unwrap_or_default();
        let untouched = untrack(|| draft.with(|draft| draft.trim() == known.get_value()));
        if untouched && held != known.get_value() {
            known.set_value(held.clone());
            draft.set(held);
        }
    });
    let (left, away) = (keep.clone(), keep.clone());
    on_cleanup(left);
    Effect::new(move |_| {
        told.work.flushed.track();
        untrack(&away);
    });
    view! { <TextArea label value=draft rows=1 on_input=move |text| draft.set(text) on_change=move |_| keep() /> }
        .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn under_financial_guardianship_no_level_above_three_can_be_chosen_for_finances_alone() {
        let zrm = instruments::one("zrm.1").unwrap();
        let guarded = [Circumstance::FinancialGuardianship];
        let highest = |place: usize, circumstances: &[Circumstance]| {
            choosable(&zrm, &zrm.domains[place], circumstances).last().map(|level| level.number())
        };
        assert_eq!((highest(0, &guarded), highest(0, &[]), highest(1, &guarded)), (Some(3), Some(5), Some(5)));
    }
}
