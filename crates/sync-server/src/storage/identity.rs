//! The part of the storage that says who there is: organisations, persons, devices, sessions, invitations and memberships.

use opstap_core::model::OrganisationRole;
use opstap_core::{CircleId, DeviceId, Epoch, Millis, OrganisationId, PersonId, ServerId};

use super::StorageError;

/// The server itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ServerRow {
    /// Its id, the same over a restore.
    pub id: ServerId,
    /// The life of its data.
    pub epoch: Epoch,
    /// The life before it, out of which the backup came; 0 for a server that was never restored.
    pub before: Epoch,
}

/// An organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganisationRow {
    /// Its id.
    pub id: OrganisationId,
    /// Its name.
    pub name: String,
    /// For how many days a member's copy of a circle may be used without word from the server; 0 for ever.
    pub lease: u32,
}

impl OrganisationRow {
    /// The lease of an organisation that set none: two weeks of holidays.
    pub const LEASE: u32 = 14;
}

/// A person's account.
#[derive(Clone, PartialEq, Eq)]
pub struct PersonRow {
    /// Their id.
    pub id: PersonId,
    /// Whose account it is.
    pub organisation: OrganisationId,
    /// What they are in it.
    pub role: OrganisationRole,
    /// The name of the account, for whoever manages accounts; circles know people by their member records.
    pub name: String,
}

/// Without the name: it stays out of logs.
impl std::fmt::Debug for PersonRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PersonRow")
            .field("id", &self.id)
            .field("organisation", &self.organisation)
            .field("role", &self.role)
            .finish_non_exhaustive()
    }
}

/// One store on one device of one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeviceRow {
    /// Its id.
    pub id: DeviceId,
    /// Its person, for ever.
    pub person: PersonId,
    /// When it was first seen.
    pub since: Millis,
    /// When its sessions were ended by somebody, if they were.
    pub revoked: Option<Millis>,
    /// When it was last heard of, within [`DeviceRow::HEARD_WITHIN`].
    pub heard: Millis,
    /// How many edits waited on it at its last word.
    pub waiting: u32,
    /// How many refused edits lay in its tray at its last word.
    pub refused: u32,
}

impl DeviceRow {
    /// That a device was heard of is written once in this time, an hour in milliseconds: a pull that brings nothing stays a read.
    pub const HEARD_WITHIN: u64 = 60 * 60 * 1_000;

    /// A device seen for the first time.
    #[must_use]
    pub const fn first_seen(id: DeviceId, person: PersonId, now: Millis) -> Self {
        Self { id, person, since: now, revoked: None, heard: now, waiting: 0, refused: 0 }
    }

    /// Whether it is to be written that it was heard of now.
    #[must_use]
    pub fn is_heard_anew(&self, now: Millis) -> bool {
        self.heard.plus(Self::HEARD_WITHIN) <= now
    }
}

/// A session, by the hash of its token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionRow {
    /// The SHA-256 of the token.
    pub token: [u8; 32],
    /// Whose it is.
    pub person: PersonId,
    /// On which device.
    pub device: DeviceId,
    /// Since when.
    pub since: Millis,
    /// Whether somebody ended it.
    pub revoked: bool,
}

/// An invitation to pair a device, by the hashes of its two codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvitationRow {
    /// The SHA-256 of the short code.
    pub short: [u8; 32],
    /// The SHA-256 of the long code.
    pub long: [u8; 32],
    /// For whom.
    pub person: PersonId,
    /// From when it no longer works.
    pub expires: Millis,
    /// When it was used.
    pub used: Option<Millis>,
}

/// Reading who there is.
pub trait ReadIdentity {
    /// The server; `None` in a new database.
    ///
    /// # Errors
    /// When the storage fails; so with all below.
    fn server(&self) -> Result<Option<ServerRow>, StorageError>;

    /// Every organisation, in order of id.
    fn organisations(&self) -> Result<Vec<OrganisationRow>, StorageError>;

    /// A person's account.
    fn person(&self, person: PersonId) -> Result<Option<PersonRow>, StorageError>;

    /// The accounts of an organisation, in order of id.
    fn persons(&self, organisation: OrganisationId) -> Result<Vec<PersonRow>, StorageError>;

    /// A device.
    fn device(&self, device: DeviceId) -> Result<Option<DeviceRow>, StorageError>;

    /// The devices of a person, in order of id.
    fn devices(&self, person: PersonId) -> Result<Vec<DeviceRow>, StorageError>;

    /// The session with this hash of a token.
    fn session(&self, token: &[u8; 32]) -> Result<Option<SessionRow>, StorageError>;

    /// The invitation one of whose codes has this hash.
    fn invitation(&self, code: &[u8; 32]) -> Result<Option<InvitationRow>, StorageError>;

    /// The circles a person was ever a member of, in order of id, with whether they still are.
    fn memberships(&self, person: PersonId) -> Result<Vec<(CircleId, bool)>, StorageError>;
}

/// Writing who there is.
pub trait WriteIdentity: ReadIdentity {
    /// Writes the server's own row.
    ///
    /// # Errors
    /// When the storage fails; so with all below.
    fn put_server(&mut self, row: &ServerRow) -> Result<(), StorageError>;

    /// Writes an organisation over what it was.
    fn put_organisation(&mut self, row: &OrganisationRow) -> Result<(), StorageError>;

    /// Writes an account over what it was.
    fn put_person(&mut self, row: &PersonRow) -> Result<(), StorageError>;

    /// Writes a device over what it was.
    fn put_device(&mut self, row: &DeviceRow) -> Result<(), StorageError>;

    /// Adds a session.
    fn add_session(&mut self, row: &SessionRow) -> Result<(), StorageError>;

    /// Lets the sessions of one device go on under another (the store on it was made anew).
    fn move_sessions(&mut self, from: DeviceId, to: DeviceId) -> Result<(), StorageError>;

    /// Marks every session of a device as ended by somebody, or those that began until a moment; says whether one goes on.
    fn revoke_sessions(&mut self, device: DeviceId, until: Option<Millis>) -> Result<bool, StorageError>;

    /// Forgets a session: its person signed out.
    fn end_session(&mut self, token: &[u8; 32]) -> Result<(), StorageError>;

    /// Adds an invitation.
    fn add_invitation(&mut self, row: &InvitationRow) -> Result<(), StorageError>;

    /// Marks an invitation as used.
    fn use_invitation(&mut self, row: &InvitationRow, at: Millis) -> Result<(), StorageError>;

    /// Says whether a person is a member of a circle; who once was is remembered.
    fn put_membership(&mut self, person: PersonId, circle: CircleId, present: bool) -> Result<(), StorageError>;
}
