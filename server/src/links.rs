//! Sign-in links: what they look like, in text and as a QR code in a terminal.

use std::fmt::Write as _;
use std::io::{self, Write};

use opstap_core::access::CircleAccess;
use opstap_core::model::{OrganisationRole, Person, Relation};
use opstap_core::{Kind, PersonId};
use opstap_sync_server::service::Secret;
use opstap_sync_server::storage::Snapshot;
use opstap_sync_server::{Storage, StorageError};
use qrcode::render::unicode::Dense1x2;
use qrcode::{Color, QrCode};
use serde::Serialize;

/// The bundle of the app that is for somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bundle {
    /// For clients and those who decide for them.
    Companion,
    /// For volunteers, carers and parents.
    Supporter,
    /// For professionals and coordinators.
    Desk,
}

impl Bundle {
    /// The bundle for whoever has this role in the organisation and is this in circles. In no circle yet they may still become a client,
    /// who pays for every byte; the app sends on whom it is not for.
    #[must_use]
    pub fn of(role: OrganisationRole, relations: &[Relation]) -> Self {
        let own = |relation: &Relation| matches!(relation, Relation::Client | Relation::Representative);
        match role {
            OrganisationRole::Professional | OrganisationRole::Coordinator | OrganisationRole::Administrator => {
                Self::Desk
            }
            OrganisationRole::Participant if relations.is_empty() || relations.iter().any(own) => Self::Companion,
            OrganisationRole::Participant if is_coach(relations) => Self::Desk,
            OrganisationRole::Participant => Self::Supporter,
        }
    }

    const fn path(self) -> &'static str {
        match self {
            Self::Companion => "",
            Self::Supporter => "/support",
            Self::Desk => "/desk",
        }
    }
}

/// Whether somebody who is this in circles is a neighbourhood coach and nothing else: of another organisation, at a desk.
fn is_coach(relations: &[Relation]) -> bool {
    !relations.is_empty() && relations.iter().all(|relation| *relation == Relation::NeighbourhoodCoach)
}

/// Whether somebody takes part as a neighbourhood coach alone.
///
/// # Errors
/// When the storage fails.
pub async fn comes_by_link<S: Storage>(storage: &S, person: Person) -> Result<bool, StorageError> {
    let relations = storage.read(move |snapshot| relations_of(snapshot, person.id)).await?;
    Ok(person.role == OrganisationRole::Participant && is_coach(&relations))
}

/// The bundle for somebody, by what they are in their circles now.
///
/// # Errors
/// When the storage fails.
pub async fn bundle_of<S: Storage>(storage: &S, person: Person) -> Result<Bundle, StorageError> {
    let relations = storage.read(move |snapshot| relations_of(snapshot, person.id)).await?;
    Ok(Bundle::of(person.role, &relations))
}

fn relations_of(snapshot: &dyn Snapshot, person: PersonId) -> Result<Vec<Relation>, StorageError> {
    let mut relations = Vec::new();
    for (circle, _) in snapshot.memberships(person)?.into_iter().filter(|(_, present)| *present) {
        let Some(row) = snapshot.circle(circle)? else { continue };
        let members = snapshot.records_of_kind(circle, Kind::Member)?;
        relations.extend(CircleAccess::new(row.kind, &members).relation(person));
    }
    Ok(relations)
}

/// The address that signs somebody in. The code stands behind the `#`, which browsers do not send and no server logs.
#[must_use]
pub fn address(base: &str, bundle: Bundle, code: &Secret) -> String {
    format!("{base}{}/pair#{}", bundle.path(), code.reveal())
}

/// The address at which the app begins for somebody.
#[must_use]
pub fn home(base: &str, bundle: Bundle) -> String {
    match bundle {
        Bundle::Companion => format!("{base}/"),
        bundle => format!("{base}{}", bundle.path()),
    }
}

/// A QR code as a drawing on a grid: so many squares wide and high, and the path of the dark ones as SVG has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Drawing {
    size: usize,
    path: String,
}

/// Draws an address as a QR code, without the quiet edge that it needs around it; nothing for one that is too long.
#[must_use]
pub fn drawing(address: &str) -> Option<Drawing> {
    let code = QrCode::new(address).ok()?;
    let size = code.width();
    let mut path = String::new();
    for (y, row) in code.to_colors().chunks(size).enumerate() {
        let mut x = 0;
        // Squares that touch are one piece, which is shorter and prints without hairlines between them.
        for run in row.chunk_by(|one, next| one == next) {
            if run.first() == Some(&Color::Dark) {
                let wide = run.len();
                let _ = write!(path, "M{x} {y}h{wide}v1h-{wide}z");
            }
            x += run.len();
        }
    }
    Some(Drawing { size, path })
}

/// Writes a link for somebody, with a QR code where that is asked for.
///
/// # Errors
/// When the terminal is gone.
pub fn write(to: &mut impl Write, name: &str, address: &str, with_qr: bool) -> io::Result<()> {
    writeln!(to, "{name:<10} {address}")?;
    if !with_qr {
        return Ok(());
    }
    match QrCode::new(address) {
        // Light modules are drawn and dark ones left out: that reads right on a dark terminal, and scanners take both.
        Ok(code) => {
            let drawn = code.render::<Dense1x2>().dark_color(Dense1x2::Light).light_color(Dense1x2::Dark).build();
            writeln!(to, "{drawn}\n")
        }
        Err(_) => writeln!(to, "(too long for a QR code)"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_leads_to_the_bundle_of_whom_it_is_for() {
        let participant = |relations: &[Relation]| Bundle::of(OrganisationRole::Participant, relations);
        assert_eq!(participant(&[Relation::Client]), Bundle::Companion);
        assert_eq!(participant(&[Relation::Carer, Relation::Representative]), Bundle::Companion);
        assert_eq!(participant(&[Relation::Volunteer]), Bundle::Supporter);
        assert_eq!(participant(&[Relation::Carer, Relation::Volunteer]), Bundle::Supporter);
        assert_eq!(participant(&[]), Bundle::Companion);
        assert_eq!(participant(&[Relation::NeighbourhoodCoach, Relation::NeighbourhoodCoach]), Bundle::Desk);
        assert_eq!(participant(&[Relation::NeighbourhoodCoach, Relation::Carer]), Bundle::Supporter);
        assert_eq!(Bundle::of(OrganisationRole::Coordinator, &[]), Bundle::Desk);
        assert_eq!(Bundle::of(OrganisationRole::Professional, &[Relation::Client]), Bundle::Desk);
    }

    #[test]
    fn a_drawing_has_the_three_corners_by_which_a_camera_finds_it() {
        let Drawing { size, path } = drawing("http://127.0.0.1:8080/pair#ABC").unwrap();
        assert!(path.starts_with("M0 0h7v1h-7z"), "{path}");
        assert!(path.contains(&format!("M{} 0h7v1h-7z", size - 7)));
        assert!(
            path.ends_with(&format!("M0 {}h7v1h-7z", size - 1)) || path.contains(&format!("M0 {}h7v1h-7z", size - 1))
        );
        assert_eq!(drawing(&"x".repeat(10_000)), None);
    }

    #[test]
    fn a_link_stands_on_one_line_with_its_name_and_the_qr_code_below() {
        let mut written = Vec::new();
        write(&mut written, "Sem", "http://127.0.0.1:8080/pair#ABC", true).unwrap();
        let written = String::from_utf8(written).unwrap();
        let (first, rest) = written.split_once('\n').unwrap();
        assert_eq!(first, "Sem        http://127.0.0.1:8080/pair#ABC");
        assert!(rest.lines().count() > 10, "{rest}");
    }
}
