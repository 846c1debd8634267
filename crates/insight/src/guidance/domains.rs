//! The domains of an instrument as they are shown side by side: what was answered on which day, the goal, and what became of it.

use std::collections::BTreeMap;

use opstap_core::instrument::Instrument;
use opstap_core::model::{DomainAnswer, DomainGoal};
use opstap_core::plan_format::Name;
use opstap_core::{Day, RecordId};

use super::{Change, Guidance, Period};

/// One domain of a client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DomainStory {
    /// Which domain.
    pub domain: Name,
    /// The goal that counts, with its id.
    pub goal: Option<(RecordId, DomainGoal)>,
    /// What was answered, from the first day on. Of two measurements on one day the later made counts.
    pub said: Vec<(Day, DomainAnswer)>,
    /// What became of the level; none where the domain is not answered with one, or not twice.
    pub change: Option<Change>,
    /// Whether the goal was reached; none where [there is nothing to reach](Change::reaches) or nothing to see it by.
    pub is_reached: Option<bool>,
}

impl DomainStory {
    /// The first answer.
    #[must_use]
    pub fn first(&self) -> Option<&(Day, DomainAnswer)> {
        self.said.first()
    }

    /// The answer that is set beside the first: the latest of those after it.
    #[must_use]
    pub fn later(&self) -> Option<&(Day, DomainAnswer)> {
        self.said.get(1..)?.last()
    }
}

impl Guidance {
    /// Every domain of an instrument, in its order. In a period only what was measured in it counts, and the goals of that time.
    #[must_use]
    pub fn domains(&self, instrument: &Instrument, period: Option<Period>) -> Vec<DomainStory> {
        let id = instrument.id.to_string();
        let effects = self.effects(instrument, period);
        let story = |domain: &opstap_core::instrument::Domain| {
            let effect = effects.iter().find(|effect| effect.domain == domain.code);
            DomainStory {
                domain: domain.code.clone(),
                goal: self.goal(&id, domain.code.as_str(), period).cloned(),
                said: self.said_of(&id, domain.code.as_str(), period),
                change: effect.and_then(super::Effect::change),
                is_reached: effect.and_then(super::Effect::is_reached),
            }
        };
        instrument.domains.iter().map(story).collect()
    }

    fn said_of(&self, instrument: &str, domain: &str, period: Option<Period>) -> Vec<(Day, DomainAnswer)> {
        let of_it = self.measurements.iter().filter(|story| {
            story.measurement.instrument == instrument && period.is_none_or(|period| period.has(story.measurement.on))
        });
        let answers = of_it.filter_map(|story| {
            let last = story.answers.iter().rfind(|answer| answer.domain == domain && says_something(answer))?;
            Some((story.measurement.on, last.clone()))
        });
        answers.collect::<BTreeMap<_, _>>().into_iter().collect()
    }
}

fn says_something(answer: &DomainAnswer) -> bool {
    answer.level.is_some() || answer.yes.is_some() || answer.word.is_some()
}

#[cfg(test)]
#[path = "domains_tests.rs"]
mod tests;
