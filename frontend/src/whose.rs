//! Whose a phone is, and with that which bundle belongs on it. Both bundles of a phone read the same store, so whoever
//! opens the address of the other is sent on.

use opstap_core::model::{CircleKind, Relation};
use opstap_view::prelude::*;

use crate::device::{self, Circle};
use crate::pages::client::Own;

/// Where the bundle of clients begins.
pub const OF_CLIENTS: &str = "/";
/// Where the bundle of supporters begins.
pub const OF_SUPPORTERS: &str = "/support";

/// Whom this device belongs to, as far as screens care. One store gives one answer, whichever bundle asks: were it
/// otherwise, the two could send somebody to and fro.
#[derive(Clone, PartialEq, Eq)]
pub enum Whose {
    /// Still being read, or still coming in.
    Unknown,
    /// Somebody in no circle, as everybody is until the first sync.
    InNoCircle,
    /// The client of this circle, or who decides for them.
    Client(Own),
    /// Somebody who supports one or more clients.
    Supporter,
}

/// Whose this device is now. One more circle that is still coming in changes nothing of what was known.
#[must_use]
pub fn owner() -> Memo<Whose> {
    let circles = device::circles();
    Memo::new(move |known: Option<&Whose>| match (whose(circles.get()), known) {
        (Whose::Unknown, Some(known)) => known.clone(),
        (now, _) => now,
    })
}

fn whose(circles: Option<Vec<Circle>>) -> Whose {
    let Some(circles) = circles else { return Whose::Unknown };
    let own = |relation| circles.iter().find(|circle| circle.relation == Some(relation));
    if let Some(circle) = own(Relation::Client).or_else(|| own(Relation::Representative)) {
        return Whose::Client(Own { circle: circle.id, name: circle.name.clone() });
    }
    let mut clients = circles.iter().filter(|circle| circle.kind == CircleKind::Client).peekable();
    if clients.peek().is_none() {
        Whose::InNoCircle
    } else if clients.all(|circle| circle.complete || circle.relation.is_some()) {
        Whose::Supporter
    } else {
        // The members of a circle come with its first page: until then it may be this person's own.
        Whose::Unknown
    }
}

#[cfg(test)]
mod tests {
    use opstap_core::CircleId;

    use super::*;

    fn circle(n: u8, kind: CircleKind, relation: Option<Relation>) -> Circle {
        let complete = relation.is_some();
        Circle { id: CircleId([n; 16]), kind, relation, client: None, name: "Sem".to_owned(), complete, locked: false }
    }

    fn of(relations: &[Option<Relation>]) -> Whose {
        let circles = (1..).zip(relations).map(|(n, relation)| circle(n, CircleKind::Client, *relation));
        whose(Some(circles.collect()))
    }

    #[test]
    fn the_owner_of_a_circle_is_a_client_and_a_carer_a_supporter() {
        assert!(of(&[Some(Relation::Carer)]) == Whose::Supporter);
        assert!(of(&[Some(Relation::Volunteer), Some(Relation::Carer)]) == Whose::Supporter);
        let both = of(&[Some(Relation::Carer), Some(Relation::Client)]);
        assert!(matches!(both, Whose::Client(own) if own.circle == CircleId([2; 16])));
        assert!(matches!(of(&[Some(Relation::Representative)]), Whose::Client(_)));
    }

    #[test]
    fn nobody_is_sent_on_before_their_circles_are_here() {
        assert!(whose(None) == Whose::Unknown);
        assert!(of(&[]) == Whose::InNoCircle);
        assert!(of(&[Some(Relation::Carer), None]) == Whose::Unknown);
    }

    #[test]
    fn the_library_is_nobodys_circle() {
        let library = circle(1, CircleKind::Library, None);
        assert!(whose(Some(vec![library.clone()])) == Whose::InNoCircle);
        assert!(whose(Some(vec![library, circle(2, CircleKind::Client, Some(Relation::Carer))])) == Whose::Supporter);
    }
}
