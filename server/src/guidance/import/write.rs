//! Writing what was planned: the circles of new clients are opened, and the acts are handed in as edits of one device, in one request as far as
//! they fit.

use opstap_core::model::{OrganisationRole, Person, Relation};
use opstap_core::protocol::{Reason, Request, Verdict};
use opstap_core::{Change, DeviceId, Edit, EditName, OrganisationId, PersonId, Seen, Stamp};
use opstap_sync_server::service::{Joined, Opened, Session};
use opstap_sync_server::{Clock, Randomness, Service, ServiceError, Storage};

use super::{Parties, Party};
use crate::exchange::ExchangeError;
use crate::exchange::acts::packed;
use crate::first_start::FirstStartError;

/// Writes acts in the circles of these clients, in the name of an author of an organisation.
///
/// # Errors
/// [`ExchangeError::NotWritten`], [`ExchangeError::PartWritten`] where somebody else wrote in the same records at that moment, or when the
/// database fails.
pub async fn write<S: Storage>(
    service: &Service<S>,
    (clock, randomness): (&dyn Clock, &dyn Randomness),
    (organisation, author): (OrganisationId, (PersonId, OrganisationRole)),
    parties: &Parties,
    acts: Vec<(usize, Vec<Change>)>,
) -> Result<(), ExchangeError> {
    let mut bytes = opstap_core::id::Randomness::default();
    randomness.fill(&mut bytes);
    let device = DeviceId::new(clock.now(), bytes);
    let person = Person { id: author.0, role: author.1 };
    let session = Session { person, organisation, device, revoked: false };
    let all = acts.len();
    let mut edits: Vec<(usize, Edit)> = Vec::new();
    for (place, party) in parties.all().iter().enumerate() {
        let own = acts.iter().filter(|(of, _)| *of == place).map(|(_, changes)| changes.clone());
        let own: Vec<Vec<Change>> = own.collect();
        if own.is_empty() {
            continue;
        }
        enter(service, session, party).await?;
        let (number, mut last) = party.seen();
        for (rows, changes) in in_edits(own) {
            let stamp = Stamp::next(clock.now(), last, device);
            last = Some(stamp);
            let name = EditName { device, n: edits.len() as u64 + 1 };
            let seen = Seen { epoch: service.server().epoch, number };
            edits.push((rows, Edit { name, stamp, circle: party.circle, seen, beside: None, changes }));
        }
    }
    match hand_in(service, session, &edits).await? {
        (written, None) if written == all => Ok(()),
        (0, Some(why)) => Err(FirstStartError::NotAccepted(why).into()),
        (written, _) => Err(ExchangeError::PartWritten { written, left: all - written }),
    }
}

/// The changes of acts in as few edits as may be, each with how many acts are in it.
fn in_edits(acts: Vec<Vec<Change>>) -> Vec<(usize, Vec<Change>)> {
    let mut sizes = acts.iter().map(Vec::len).collect::<Vec<_>>().into_iter();
    let count = |changes: Vec<Change>| {
        let (mut count, mut left) = (0, changes.len());
        while left > 0
            && let Some(size) = sizes.next()
        {
            left = left.saturating_sub(size);
            count += 1;
        }
        (count, changes)
    };
    packed(acts).into_iter().map(count).collect()
}

/// Hands edits in, and says of how many acts they were accepted, and why others were not, where it is known.
async fn hand_in<S: Storage>(
    service: &Service<S>,
    session: Session,
    edits: &[(usize, Edit)],
) -> Result<(usize, Option<Option<Reason>>), ExchangeError> {
    let (mut written, mut why) = (0, None);
    for part in edits.chunks(Request::MOST_EDITS) {
        let edits = part.iter().map(|(_, edit)| edit.clone()).collect();
        let verdicts = match service.sync(session, Request { edits, ..Request::of(session.device) }).await {
            Ok(answer) => answer.verdicts,
            Err(cause) if written == 0 => return Err(cause.into()),
            Err(cause) => {
                tracing::info!(%cause, "of an import a part was written");
                break;
            }
        };
        // One for each edit, in order.
        for ((acts, _), (_, verdict)) in part.iter().zip(verdicts) {
            match verdict {
                Verdict::Accepted { .. } => written += acts,
                Verdict::Refused(reason) => why = Some(Some(reason)),
                Verdict::Quarantined | Verdict::Later => why = why.or(Some(None)),
            }
        }
    }
    Ok((written, why))
}

/// Opens the circle of a client who is new, and lets the author into one where they are not.
async fn enter<S: Storage>(service: &Service<S>, session: Session, party: &Party) -> Result<(), ExchangeError> {
    let entered = if party.is_new {
        matches!(service.open_circle(session, party.circle, &party.name).await?, Opened::Person(_))
    } else if party.joins {
        match service.join(session.person.id, party.circle).await? {
            Joined::Now => true,
            Joined::Before(relation) => Relation::is_professional(relation),
            Joined::NotTheirs => false,
        }
    } else {
        true
    };
    if entered { Ok(()) } else { Err(ServiceError::UnknownPerson.into()) }
}
