//! Pairing a device: a code that works once, for a short while, and gives the device a session.

use opstap_core::model::Person;
use opstap_core::{DeviceId, Millis, PersonId};

use super::{Secret, Service, ServiceError, secret};
use crate::storage::{DeviceRow, InvitationRow, SessionRow, Storage};

/// An invitation on its way to whom it is for: either code pairs one device, once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Eight characters, to type.
    pub short: Secret,
    /// Thirty-two characters, for the link behind a QR code.
    pub long: Secret,
    /// From when it no longer works.
    pub expires: Millis,
}

/// What came of a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pairing {
    /// The device has a session.
    Paired {
        /// The session's token, for the cookie.
        token: Secret,
        /// Whose it is.
        person: Person,
    },
    /// The code was used before.
    Used,
    /// The code came too late.
    Expired,
    /// There is no such code.
    Unknown,
}

/// What the job found, before it is told to anybody.
enum Found {
    Person(Person),
    Used,
    Expired,
    Unknown,
    ForeignDevice,
}

impl<S: Storage> Service<S> {
    /// How long an invitation works unless somebody says otherwise: ten minutes.
    pub const PAIRING_VALID: u64 = 10 * 60 * 1_000;

    /// How long a link works for somebody of another organisation: a week, since it is sent and not shown.
    pub const LINK_VALID: u64 = 7 * 24 * 60 * 60 * 1_000;

    /// Invites a person to pair a device within `valid_for` milliseconds.
    ///
    /// # Errors
    /// [`ServiceError::UnknownPerson`], or when the storage fails.
    pub async fn invite(&self, person: PersonId, valid_for: u64) -> Result<Invitation, ServiceError> {
        self.draw(person, valid_for, Self::secret::<5>).await
    }

    /// Invites a person by a link alone, for a week. In so long a time what can be typed could be guessed: in the place of the short code
    /// stands one that is as long as the link's, and that nobody is told.
    ///
    /// # Errors
    /// As [`invite`](Self::invite).
    pub async fn invite_by_link(&self, person: PersonId) -> Result<Invitation, ServiceError> {
        self.draw(person, Self::LINK_VALID, Self::secret::<20>).await
    }

    async fn draw(
        &self,
        person: PersonId,
        valid_for: u64,
        short: fn(&Self) -> Secret,
    ) -> Result<Invitation, ServiceError> {
        loop {
            let invitation =
                Invitation { short: short(self), long: self.secret::<20>(), expires: self.now().plus(valid_for) };
            let row = InvitationRow {
                short: invitation.short.hash(),
                long: invitation.long.hash(),
                person,
                expires: invitation.expires,
                used: None,
            };
            let (known, free) = self
                .storage
                .write(move |txn| {
                    let known = txn.person(person)?.is_some();
                    let free = txn.invitation(&row.short)?.is_none();
                    if known && free {
                        txn.add_invitation(&row)?;
                    }
                    Ok((known, free))
                })
                .await?;
            match (known, free) {
                (false, _) => return Err(ServiceError::UnknownPerson),
                (true, true) => return Ok(invitation),
                // Forty bits are drawn twice once in a very long while: draw again.
                (true, false) => {}
            }
        }
    }

    /// Gives a device a session for a code, short or long, as it was typed or scanned.
    ///
    /// # Errors
    /// [`ServiceError::ForeignDevice`] when the device id belongs to another person (the code can still be used), or when the storage
    /// fails.
    pub async fn pair(&self, code: &str, device: DeviceId) -> Result<Pairing, ServiceError> {
        self.pair_store(code, device, None).await
    }

    /// The same for a device that holds somebody's store already, and so is no other's, even where the server does not know it (any
    /// more).
    ///
    /// # Errors
    /// As above; [`ServiceError::ForeignDevice`] also when the code is for another person than the store's.
    pub async fn pair_store(
        &self,
        code: &str,
        device: DeviceId,
        whose: Option<PersonId>,
    ) -> Result<Pairing, ServiceError> {
        let code = secret::hash(code);
        let token = self.secret::<32>();
        let (hash, now) = (token.hash(), self.now());
        let found = self
            .storage
            .write(move |txn| {
                let Some(invitation) = txn.invitation(&code)? else {
                    return Ok(Found::Unknown);
                };
                if invitation.used.is_some() {
                    return Ok(Found::Used);
                }
                if now >= invitation.expires {
                    return Ok(Found::Expired);
                }
                let Some(person) = txn.person(invitation.person)? else {
                    return Ok(Found::Unknown);
                };
                if whose.is_some_and(|whose| whose != person.id) {
                    return Ok(Found::ForeignDevice);
                }
                let row = match txn.device(device)? {
                    Some(row) if row.person != person.id => return Ok(Found::ForeignDevice),
                    Some(row) => DeviceRow { revoked: None, heard: now, ..row },
                    None => DeviceRow::first_seen(device, person.id, now),
                };
                txn.put_device(&row)?;
                txn.use_invitation(&invitation, now)?;
                txn.add_session(&SessionRow { token: hash, person: person.id, device, since: now, revoked: false })?;
                Ok(Found::Person(Person { id: person.id, role: person.role }))
            })
            .await?;
        Ok(match found {
            Found::Person(person) => Pairing::Paired { token, person },
            Found::Used => Pairing::Used,
            Found::Expired => Pairing::Expired,
            Found::Unknown => Pairing::Unknown,
            Found::ForeignDevice => return Err(ServiceError::ForeignDevice),
        })
    }
}
