//! Law: what stands below a record that is not for somebody is not for them either, to read or to write in, on the phone as on the server.

use crate::access::{Action, CircleAccess, Decision, Ground, NotAllowed, Subject};
use crate::id::{PersonId, RecordId};
use crate::model::Person;
use crate::record::Record;
use crate::stamp::Millis;

/// A circle is at most a few records deep; a ring, which no edit can make, would not be followed for ever.
const DEEPEST: usize = 16;

/// A record above another, as far as it says who may read what stands below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Above {
    /// The persons it names as its audience.
    pub audience: Option<Vec<PersonId>>,
    /// Who made it, where known.
    pub author: Option<PersonId>,
    /// The record above it.
    pub parent: Option<RecordId>,
}

impl Above {
    /// What a record says.
    #[must_use]
    pub fn of(record: &Record, author: Option<PersonId>) -> Self {
        Self { audience: record.audience(), author, parent: record.parent }
    }
}

impl CircleAccess {
    /// Decides whether a person may read a record below `parent`: by itself, and by the audience of each record above it, which
    /// `above` looks up. One that is not there says nothing: from a device what is not for its person went with all below.
    ///
    /// # Errors
    /// When the looking up fails.
    pub fn sight<E>(
        &self,
        person: Person,
        now: Millis,
        subject: &Subject,
        parent: Option<RecordId>,
        mut above: impl FnMut(RecordId) -> Result<Option<Above>, E>,
    ) -> Result<Decision, E> {
        let own = self.decide(person, now, subject, Action::Read);
        if own == Decision::Allowed(Ground::Own) {
            return Ok(own);
        }
        let mut next = parent;
        let mut steps = DEEPEST;
        while let (true, Some(id), 1..) = (own.is_allowed(), next, steps) {
            let Some(Above { audience, author, parent }) = above(id)? else { break };
            if audience.is_some() {
                let as_if_own = Subject { kind: subject.kind, audience, author };
                if !self.decide(person, now, &as_if_own, Action::Read).is_allowed() {
                    return Ok(Decision::Refused(NotAllowed::NotInTheAudience));
                }
            }
            next = parent;
            steps -= 1;
        }
        Ok(own)
    }
}
