//! What may be read of one circle, as its lists need it: records as what they are, people by their names.

use opstap_core::model::{Member, Model, Relation};
use opstap_core::{PersonId, Record, RecordId};
use opstap_sync_server::service::CircleRead;

/// One circle.
pub struct Circle<'a> {
    /// What may be read of it.
    pub read: &'a CircleRead,
    members: Vec<Member>,
}

impl<'a> Circle<'a> {
    /// What may be read of a circle.
    #[must_use]
    pub fn new(read: &'a CircleRead) -> Self {
        let members = read.records.iter().filter_map(Member::from_record).collect();
        Self { read, members }
    }

    /// The name of the client; empty where there is none.
    #[must_use]
    pub fn client(&self) -> String {
        let client = self.members.iter().find(|member| member.relation == Relation::Client);
        client.map(|client| client.name.clone()).unwrap_or_default()
    }

    /// What somebody is in the circle.
    #[must_use]
    pub fn relation(&self, person: PersonId) -> Option<Relation> {
        self.members.iter().find(|member| member.person == person).map(|member| member.relation)
    }

    /// The name of somebody, where the circle knows them.
    #[must_use]
    pub fn name(&self, person: PersonId) -> Option<String> {
        self.members.iter().find(|member| member.person == person).map(|member| member.name.clone())
    }

    /// The name of whoever made a record.
    #[must_use]
    pub fn author(&self, record: &Record) -> Option<String> {
        self.name(self.read.author(record)?)
    }

    /// Who is in the circle, and as what.
    #[must_use]
    pub fn relations(&self) -> Vec<(PersonId, Relation)> {
        self.members.iter().map(|member| (member.person, member.relation)).collect()
    }

    /// The records of a kind, the first made first.
    #[must_use]
    pub fn all<M: Model>(&self) -> Vec<(&'a Record, M)> {
        let records = self.read.records.iter().filter(|record| record.kind == M::KIND);
        let mut all: Vec<(&Record, M)> = records.filter_map(|record| Some((record, M::from_record(record)?))).collect();
        all.sort_by_key(|(record, _)| (record.made(), record.id));
        all
    }

    /// The records of a kind in order of what they stand below, for [`below`].
    #[must_use]
    pub fn by_parent<M: Model>(&self) -> Vec<(&'a Record, M)> {
        let mut all = self.all::<M>();
        all.sort_by_key(|(record, _)| record.parent);
        all
    }
}

/// Those right below a record, of what [`Circle::by_parent`] gave.
#[must_use]
pub fn below<'s, 'a, M>(all: &'s [(&'a Record, M)], parent: RecordId) -> &'s [(&'a Record, M)] {
    let from = all.partition_point(|(record, _)| record.parent < Some(parent));
    let to = all.partition_point(|(record, _)| record.parent <= Some(parent));
    all.get(from..to).unwrap_or_default()
}
