//! The people round the client, and what each of them sees now.

use opstap_core::PersonId;
use opstap_core::access::{CircleAccess, Section};
use opstap_core::model::Relation;

use crate::device::{self, Reader};
use crate::stories;
use crate::stories::reminders::sees;
use crate::words::{Text, client};

/// Somebody who supports the client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Supporter {
    /// Who.
    pub person: PersonId,
    /// Their first name.
    pub name: String,
    /// What the client calls them.
    pub called: Option<String>,
    /// Their telephone number.
    pub phone: Option<String>,
    /// The sections they see now by consent; none of one who decides for the client.
    pub sees: Vec<Section>,
    /// They decide for the client: nothing is given to them, and they can be called.
    pub decides: bool,
}

impl Supporter {
    /// Whether they see a section now.
    pub fn sees(&self, section: Section) -> bool {
        self.sees.contains(&section)
    }
}

/// Everybody else round the client, in the circle's order.
pub async fn supporters(reader: &Reader) -> Vec<Supporter> {
    let me = device::me().map(|me| me.id);
    let Some(access) = reader.access().await else { return Vec::new() };
    let members = stories::members(reader).await;
    let others = members
        .into_iter()
        .map(|member| member.value)
        .filter(|member| member.relation != Relation::Client && Some(member.person) != me);
    others
        .map(|member| (member.relation == Relation::Representative, member))
        .map(|(decides, member)| Supporter {
            sees: if decides { Vec::new() } else { sections(&access, member.person) },
            decides,
            person: member.person,
            name: member.name,
            called: member.called,
            phone: member.phone.filter(|phone| !phone.is_empty()),
        })
        .collect()
}

/// The sections that need consent and that the person may read now: asked of the one function that decides.
fn sections(access: &CircleAccess, person: PersonId) -> Vec<Section> {
    Section::BY_CONSENT.into_iter().filter(|section| sees(access, person, *section)).collect()
}

/// "Karin", "Karin en Youssef", "Karin, Youssef en Marloes".
pub fn names(names: Vec<String>) -> Text {
    Text::live(move || match names.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, others)) => client::names_and(others.join(", "), last).get(),
    })
}

/// The address that calls a number; only what a telephone can dial is left.
pub fn dial(phone: &str) -> String {
    let digits = phone.chars().filter(|sign| sign.is_ascii_digit() || *sign == '+');
    "tel:".chars().chain(digits).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_joined_as_people_say_them() {
        let three = ["Karin", "Youssef", "Marloes"].map(str::to_owned);
        assert_eq!(names(three[..1].to_vec()).get(), "Karin");
        assert_eq!(names(three[..2].to_vec()).get(), "Karin en Youssef");
        assert_eq!(names(three.to_vec()).get(), "Karin, Youssef en Marloes");
    }

    #[test]
    fn a_number_is_dialled_without_its_spaces() {
        assert_eq!(dial("+31 (6) 0000-0012"), "tel:+31600000012");
    }
}
