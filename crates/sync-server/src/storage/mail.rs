//! The part of the storage that says who wants to hear by e-mail that there is something new, and of what they are to hear.

use opstap_core::{CircleId, Millis, PersonId, RecordId};

use super::StorageError;

/// Where a person wants to hear of something new, and how far telling them is. A person has one at most.
#[derive(Clone, PartialEq, Eq)]
pub struct MailRow {
    /// Who.
    pub person: PersonId,
    /// The address, as they typed it.
    pub address: String,
    /// When they asked for it.
    pub asked: Millis,
    /// The SHA-256 of the secret in the mail that asks whether the address is theirs.
    pub secret: [u8; 32],
    /// When they said that it is. Nothing goes to an address before.
    pub confirmed: Option<Millis>,
    /// When the last mail went that told of something new.
    pub told: Option<Millis>,
    /// When the next is to be tried; `None` while there is nothing to tell.
    pub next: Option<Millis>,
    /// How often it was tried.
    pub tries: u32,
    /// When they are to hear next how much asks for attention; `None` where they do not want it.
    pub digest: Option<Millis>,
}

/// Without the address and the secret: they stay out of logs.
impl std::fmt::Debug for MailRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MailRow")
            .field("person", &self.person)
            .field("confirmed", &self.confirmed)
            .field("next", &self.next)
            .field("tries", &self.tries)
            .finish_non_exhaustive()
    }
}

/// Reading who wants mail.
pub trait ReadMail {
    /// Where a person wants it.
    ///
    /// # Errors
    /// When the storage fails; so with all below.
    fn mail(&self, person: PersonId) -> Result<Option<MailRow>, StorageError>;

    /// Whose secret has this hash.
    fn mail_of_secret(&self, secret: &[u8; 32]) -> Result<Option<MailRow>, StorageError>;

    /// Of those for whom a mail is to be tried at this moment, who waited longest.
    fn mail_to_try(&self, at: Millis) -> Result<Option<MailRow>, StorageError>;

    /// Of those who are to hear at this moment how much asks for attention, who waited longest.
    fn mail_to_sum_up(&self, at: Millis) -> Result<Option<MailRow>, StorageError>;

    /// The records a person is to hear of, in order of circle and record.
    fn mail_news(&self, person: PersonId) -> Result<Vec<(CircleId, RecordId)>, StorageError>;
}

/// Writing it.
pub trait WriteMail: ReadMail {
    /// Writes where a person wants mail over what it was.
    ///
    /// # Errors
    /// When the storage fails; so with all below.
    fn put_mail(&mut self, row: &MailRow) -> Result<(), StorageError>;

    /// Forgets where a person wanted mail, and what they were to hear of. The bytes are to be gone from the disk, as with
    /// [`WriteCircle::forget`](super::WriteCircle::forget).
    fn end_mail(&mut self, person: PersonId) -> Result<(), StorageError>;

    /// A person is to hear of a record; told twice, it counts once.
    fn add_mail_news(&mut self, person: PersonId, circle: CircleId, record: RecordId) -> Result<(), StorageError>;

    /// A person is not to hear of a record any more.
    fn drop_mail_news(&mut self, person: PersonId, circle: CircleId, record: RecordId) -> Result<(), StorageError>;

    /// Nobody is to hear of anything that came until now, nor on mornings: who took that back since may not have it back.
    fn drop_all_mail_news(&mut self) -> Result<(), StorageError>;
}
