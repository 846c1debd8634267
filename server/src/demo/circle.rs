//! The circle round the client: who is in it, and what the client lets them see.

use opstap_core::access::Section;
use opstap_core::model::{CircleKind, Consent, ConsentAct, Member, Model, OrganisationRole, Relation};
use opstap_core::{CircleId, PersonId, RecordId, order};
use opstap_sync_server::Storage;

use super::past::days_before;
use super::story::{self, MemberStory};
use super::{Account, Cast};
use crate::first_start::{FirstStartError, Pen, Start};

/// The circle once it stands.
pub struct Round {
    /// The circle.
    pub circle: CircleId,
    /// Its client.
    pub client: PersonId,
    /// How many days before the first start it began. All that is told happened later.
    pub began: u64,
    /// The consents that the client gave: to whom, for what, and under which id.
    pub consents: Vec<(PersonId, Section, RecordId)>,
}

impl Round {
    /// A device of one of the people, writing in the circle.
    pub fn pen<'a, S: Storage>(&self, start: &'a Start<'a, S>, cast: &Cast, account: &Account) -> Pen<'a, S> {
        Pen::new(start, cast.organisation, (account.person, account.role), self.circle)
    }
}

/// Opens the circle, lets its members in and writes the client's consents.
pub async fn gather<S: Storage>(
    start: &Start<'_, S>,
    cast: &Cast,
    told: &story::Circle,
    days_ago: u64,
) -> Result<Round, FirstStartError> {
    let began = days_before(start.clock.now(), days_ago);
    let mut members = Vec::new();
    for (member, place) in told.members.iter().zip(order::first(told.members.len())) {
        members.push(as_record(cast, member, place)?);
    }
    let beginner = cast.find(&told.begun_by)?;
    let (first, others): (Vec<_>, Vec<_>) =
        members.iter().cloned().partition(|member| member.person == beginner.person);
    let circle = start.service.create_circle(cast.organisation, CircleKind::Client, &first).await?;
    let mut pen = Pen::new(start, cast.organisation, (beginner.person, beginner.role), circle);
    for member in others {
        let id = pen.id();
        pen.write(began, None, vec![member.make(id)]);
    }
    pen.hand_in().await?;

    let client = members.iter().find(|member| member.relation == Relation::Client);
    let client = client.ok_or_else(|| FirstStartError::NotThere("client".to_owned()))?.person;
    let mut pen = Pen::new(start, cast.organisation, (client, OrganisationRole::Participant), circle);
    let mut all = Vec::new();
    for consents in &told.consents {
        let person = cast.find(&consents.person)?.person;
        for section in &consents.sections {
            let given =
                Consent { act: ConsentAct::Given, person, section: section.0, from: began, until: None, ends: None };
            let id = pen.id();
            all.push((person, section.0, id));
            pen.write(began, None, vec![given.make(id)]);
        }
    }
    pen.hand_in().await?;
    Ok(Round { circle, client, began: days_ago, consents: all })
}

fn as_record(cast: &Cast, told: &MemberStory, place: String) -> Result<Member, FirstStartError> {
    let account = cast.find(&told.person)?;
    Ok(Member {
        person: account.person,
        relation: told.relation.0,
        name: account.name.clone(),
        called: told.called.clone(),
        phone: told.phone.clone(),
        face: None,
        order: Some(place),
    })
}
