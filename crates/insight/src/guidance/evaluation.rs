//! The evaluation of a period as one document, for the client, the duo and the neighbourhood coach alike: per instrument the domains with
//! their goal and their first and later level, the client's own view, and the hours used against those granted. It holds no total and no
//! mean of levels.

use opstap_core::Day;
use opstap_core::instrument::{Answer, Instrument, InstrumentId};
use opstap_core::model::{Aim, DomainAnswer};
use opstap_core::plan_format::Name;

use super::{ClientHours, DomainStory, Guidance, Period};

/// The instrument in which the client's own view is asked, in whatever version.
pub const OWN_VIEW: &str = "own-view";

/// The document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvaluationStory {
    /// Over which days.
    pub period: Period,
    /// The instruments of which there is something to tell: those with goals first, else in the order they were handed in.
    pub parts: Vec<EvaluatedPart>,
    /// The client's own view, question by question: the code of the instrument's domain, the day and the answer that was given last.
    pub own_view: Vec<(Name, Day, DomainAnswer)>,
    /// The time of the duo over the period.
    pub hours: ClientHours,
}

/// One instrument in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvaluatedPart {
    /// Which version of which instrument.
    pub instrument: InstrumentId,
    /// The domains that were measured or have a goal, in the instrument's order.
    pub domains: Vec<DomainStory>,
}

impl EvaluationStory {
    /// How many goals there are to reach, and how many of them were reached.
    #[must_use]
    pub fn reached(&self) -> (usize, usize) {
        let known = self.parts.iter().flat_map(|part| &part.domains).filter_map(|domain| domain.is_reached);
        known.fold((0, 0), |(all, reached), is_reached| (all + 1, reached + usize::from(is_reached)))
    }
}

impl Guidance {
    /// The document over a period. Lists that are answered in words or with yes and no are for those who fill them in: of them only domains
    /// with a goal are told.
    #[must_use]
    pub fn evaluation(&self, instruments: &[Instrument], period: Period) -> EvaluationStory {
        let is_own = |instrument: &&Instrument| instrument.id.instrument.as_str() == OWN_VIEW;
        let parts = instruments.iter().filter(|instrument| !is_own(instrument)).filter_map(|instrument| {
            let told = |story: &DomainStory| {
                let has_goal = story.goal.as_ref().is_some_and(|(_, goal)| goal.aim != Aim::None);
                let answer = instrument.domain(&story.domain).map(|domain| instrument.answer_of(domain));
                has_goal || (matches!(answer, Some(Answer::Level | Answer::Stage)) && !story.said.is_empty())
            };
            let domains: Vec<_> = self.domains(instrument, Some(period)).into_iter().filter(told).collect();
            (!domains.is_empty()).then(|| EvaluatedPart { instrument: instrument.id.clone(), domains })
        });
        let own = instruments.iter().filter(is_own).flat_map(|instrument| self.domains(instrument, Some(period)));
        let own_view = own.filter_map(|story| {
            let (on, answer) = story.said.last()?;
            Some((story.domain.clone(), *on, answer.clone()))
        });
        let mut parts: Vec<EvaluatedPart> = parts.collect();
        parts.sort_by_key(|part| part.domains.iter().all(|domain| domain.goal.is_none()));
        EvaluationStory { period, parts, own_view: own_view.collect(), hours: self.hours(period) }
    }

    /// The days that a new evaluation looks back on: from the day on which the last one ended, else from the first measurement or goal, to
    /// `today`. The day itself is in both, as what was measured then is the first level of the next.
    #[must_use]
    pub fn to_look_back_on(&self, last: Option<Day>, today: Day) -> Period {
        let measured = self.measurements.iter().map(|story| story.measurement.on);
        let begun = self.goals.iter().filter_map(|(_, goal)| goal.from);
        let from = last.or_else(|| measured.chain(begun).min()).unwrap_or(today);
        Period { from: from.min(today), to: today }
    }
}

#[cfg(test)]
#[path = "evaluation_tests.rs"]
mod tests;
