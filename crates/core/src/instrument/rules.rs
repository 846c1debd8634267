//! Which answers an instrument does not allow, and why: values for a screen to explain, since whoever fills it in did nothing wrong.

use std::collections::BTreeMap;

use super::{Answer, Circumstance, Instrument, Level};
use crate::plan_format::Name;

/// An answer that is not allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAllowed {
    /// The code of the domain it was given for.
    pub domain: Name,
    /// The level that was given.
    pub given: Level,
    /// Why it is not allowed.
    pub why: WhyNot,
}

/// Why an answer is not allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhyNot {
    /// The instrument has no such domain.
    NoSuchDomain,
    /// The domain is answered with this, and not with a level or a stage.
    AnsweredWith(Answer),
    /// The instrument has only so many levels.
    NoSuchLevel {
        /// How many it has.
        levels: usize,
    },
    /// By a rule it is at most this level in a circumstance that the client is in.
    Above {
        /// The highest level allowed.
        most: Level,
        /// In which circumstance.
        when: Circumstance,
    },
}

impl Instrument {
    /// The answers that are not allowed for a client in these circumstances, in the order of the domains, those of no domain last; each
    /// with every reason. Empty when all are. Domains without an answer are no matter: an instrument may be filled in bit by bit.
    #[must_use]
    pub fn not_allowed(&self, answers: &BTreeMap<Name, Level>, circumstances: &[Circumstance]) -> Vec<NotAllowed> {
        let mut found: Vec<NotAllowed> = answers
            .iter()
            .flat_map(|(domain, given)| {
                let why = self.why_not(domain, *given, circumstances);
                why.into_iter().map(|why| NotAllowed { domain: domain.clone(), given: *given, why })
            })
            .collect();
        found.sort_by_key(|one| self.domains.iter().position(|domain| domain.code == one.domain).unwrap_or(usize::MAX));
        found
    }

    fn why_not(&self, code: &Name, given: Level, circumstances: &[Circumstance]) -> Vec<WhyNot> {
        let Some(domain) = self.domain(code) else {
            return vec![WhyNot::NoSuchDomain];
        };
        let answer = self.answer_of(domain);
        if !matches!(answer, Answer::Level | Answer::Stage) {
            return vec![WhyNot::AnsweredWith(answer)];
        }
        if self.level_name(given).is_none() {
            return vec![WhyNot::NoSuchLevel { levels: self.levels.len() }];
        }
        let rules = self.rules.iter().filter(|rule| rule.domain == *code && circumstances.contains(&rule.when));
        let broken = rules.filter(|rule| given > rule.most);
        broken.map(|rule| WhyNot::Above { most: rule.most, when: rule.when }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{SHIPPED, parse};
    use super::*;

    fn instrument(id: &str) -> Instrument {
        let mut all = SHIPPED.into_iter().map(|bytes| parse(bytes).unwrap());
        all.find(|instrument| instrument.id.to_string() == id).unwrap()
    }

    fn answers(given: &[(&str, u8)]) -> BTreeMap<Name, Level> {
        given.iter().map(|(code, level)| (Name::new(code).unwrap(), Level::new(*level).unwrap())).collect()
    }

    fn refused(id: &str, given: &[(&str, u8)], circumstances: &[Circumstance]) -> Vec<(String, u8, WhyNot)> {
        let found = instrument(id).not_allowed(&answers(given), circumstances);
        found.into_iter().map(|one| (one.domain.as_str().to_owned(), one.given.number(), one.why)).collect()
    }

    #[test]
    fn under_financial_guardianship_finances_are_at_most_three() {
        let guarded = [Circumstance::FinancialGuardianship];
        let why = WhyNot::Above { most: Level::new(3).unwrap(), when: guarded[0] };
        for id in ["zrm.1", "zrm.2017"] {
            for level in 1..=3 {
                assert_eq!(refused(id, &[("finances", level), ("housing", 5)], &guarded), []);
            }
            for level in 4..=5 {
                let found = refused(id, &[("finances", level), ("housing", 5)], &guarded);
                assert_eq!(found, [("finances".to_owned(), level, why)]);
                assert_eq!(refused(id, &[("finances", level)], &[]), []);
            }
        }
    }

    #[test]
    fn an_answer_that_the_instrument_does_not_have_is_told_with_the_reason() {
        let given = [("adl", 6), ("finances", 10), ("hope", 1)];
        let no_level = WhyNot::NoSuchLevel { levels: 5 };
        let told = refused("zrm.1", &given, &[Circumstance::FinancialGuardianship]);
        let expected = [("finances", 10, no_level), ("adl", 6, no_level), ("hope", 1, WhyNot::NoSuchDomain)];
        assert_eq!(told, expected.map(|(domain, level, why)| (domain.to_owned(), level, why)));
        let told = refused("follow-up.1", &[("travels", 1), ("special-transport", 3)], &[]);
        assert_eq!(told, [("travels".to_owned(), 1, WhyNot::AnsweredWith(Answer::YesNo))]);
    }

    #[test]
    fn an_instrument_that_is_half_filled_in_is_allowed() {
        assert_eq!(refused("zrm.1", &[], &[Circumstance::FinancialGuardianship]), []);
        assert_eq!(refused("iroc-selection.1", &[("hope", 4)], &[Circumstance::FinancialGuardianship]), []);
        assert_eq!(refused("nah.1", &[("participation", 3)], &[]), []);
    }
}
