//! What holds of every instrument, wherever it came from: reading and writing both ask it, so that what is written can be read.

use std::collections::BTreeSet;

use super::parse::{LABEL, LEVELS};
use super::{
    Answer, Domain, Editable, Instrument, InstrumentFileError, LEAST_LEVELS, Label, Level, MOST_ALSO, MOST_DOMAINS,
    MOST_LEVELS, MOST_NAME, MOST_RULES, Mark, Place, Rule, label,
};
use crate::letters::in_small;

const SHORT: &str = "at most 300 bytes in each language";
const NO_LEVELS: &str = "none where no domain is answered with a level or a stage";
const ALSO: &str = "texts of 1 to 300 bytes on one line, each without white space around it";
const PICTURE: &str = "the name of a pictogram on every domain of an instrument that is marked in-pictures";
const RULED: &str = "the code of a domain that is answered with a level";
const MOST: &str = "a level of this instrument below its highest";

type Checked = Result<(), InstrumentFileError>;

impl Instrument {
    pub(super) fn check(&self) -> Checked {
        let whole = Place::Instrument;
        count(whole, "domains", self.domains.len(), 1, MOST_DOMAINS)?;
        count(whole, "rules", self.rules.len(), 0, MOST_RULES)?;
        short(whole, &self.name)?;
        self.check_levels()?;
        for (index, domain) in self.domains.iter().enumerate() {
            self.check_domain(Place::Domain(index), domain)?;
        }
        distinct("code", &self.domains, Place::Domain, |domain| [domain.code.as_str().to_owned()].into())?;
        distinct("name", &self.domains, Place::Domain, |domain| domain.names().collect())?;
        distinct("name", &self.levels, Place::Level, |level| level.all().map(in_small).collect())?;
        self.rules.iter().enumerate().try_for_each(|(index, rule)| self.check_rule(Place::Rule(index), rule))
    }

    fn check_levels(&self) -> Checked {
        let place = Place::Instrument;
        let asked = self.domains.iter().any(|domain| matches!(self.answer_of(domain), Answer::Level | Answer::Stage));
        match (asked, self.levels.is_empty()) {
            (true, true) => Err(InstrumentFileError::Missing { place, field: "levels", expected: LEVELS }),
            (false, false) => Err(InstrumentFileError::Unusable { place, field: "levels", expected: NO_LEVELS }),
            (false, true) => Ok(()),
            (true, false) => {
                count(place, "levels", self.levels.len(), LEAST_LEVELS, MOST_LEVELS)?;
                self.levels.iter().enumerate().try_for_each(|(index, level)| short(Place::Level(index), level))
            }
        }
    }

    fn check_domain(&self, place: Place, domain: &Domain) -> Checked {
        match &domain.name {
            Some(name) => short(place, name)?,
            None if self.editable.contains(&Editable::DomainNames) => {}
            None => return Err(InstrumentFileError::Missing { place, field: "name", expected: LABEL }),
        }
        count(place, "also", domain.also.len(), 0, MOST_ALSO)?;
        let holds = |text: &String| text.len() <= MOST_NAME && label::line(text).as_ref() == Some(text);
        if !domain.also.iter().all(holds) {
            return Err(InstrumentFileError::Unusable { place, field: "also", expected: ALSO });
        }
        if domain.picture.is_none() && self.marks.contains(&Mark::InPictures) {
            return Err(InstrumentFileError::Missing { place, field: "picture", expected: PICTURE });
        }
        Ok(())
    }

    fn check_rule(&self, place: Place, rule: &Rule) -> Checked {
        let answered = self.domain(&rule.domain).map(|domain| self.answer_of(domain));
        if answered != Some(Answer::Level) {
            return Err(InstrumentFileError::Unusable { place, field: "domain", expected: RULED });
        }
        // A rule that allows the highest level allows all of them, and was meant otherwise.
        if Level::among(u64::from(rule.most.number()) + 1, self.levels.len()).is_none() {
            return Err(InstrumentFileError::Unusable { place, field: "most", expected: MOST });
        }
        Ok(())
    }
}

const fn count(place: Place, field: &'static str, found: usize, least: usize, most: usize) -> Checked {
    if found < least || found > most {
        return Err(InstrumentFileError::Count { place, field, found, least, most });
    }
    Ok(())
}

fn short(place: Place, name: &Label) -> Checked {
    if !name.fits(MOST_NAME) {
        return Err(InstrumentFileError::Unusable { place, field: "name", expected: SHORT });
    }
    Ok(())
}

/// That nothing in a list is called as an earlier one. One thing may have the same name in two languages.
fn distinct<T>(
    field: &'static str,
    list: &[T],
    place: fn(usize) -> Place,
    called: fn(&T) -> BTreeSet<String>,
) -> Checked {
    let mut seen = BTreeSet::new();
    for (index, one) in list.iter().enumerate() {
        for name in called(one) {
            if !seen.insert(name) {
                return Err(InstrumentFileError::Twice { place: place(index), field });
            }
        }
    }
    Ok(())
}
