//! The handover to the OV-coach: whose work is then done.

use opstap_core::PersonId;
use opstap_core::model::{Member, Relation};

/// Who sees the travelling no longer after a handover, of those who `see` it now: the volunteers and the professionals. The client, who
/// decides for them, carers and the OV-coach stay as they are.
pub fn steps_back<'a>(
    members: impl IntoIterator<Item = &'a Member>,
    coach: Option<PersonId>,
    sees: impl Fn(PersonId) -> bool,
) -> Vec<&'a Member> {
    let withdraws = |member: &&Member| {
        let at_work = member.relation == Relation::Volunteer || member.relation.is_professional();
        at_work && Some(member.person) != coach && sees(member.person)
    };
    members.into_iter().filter(withdraws).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(n: u8, relation: Relation) -> Member {
        let person = PersonId([n; 16]);
        Member { person, relation, name: n.to_string(), called: None, phone: None, face: None, order: None }
    }

    #[test]
    fn volunteer_and_professionals_step_back_and_the_family_and_the_coach_stay() {
        let all = [
            member(1, Relation::Client),
            member(2, Relation::Carer),
            member(3, Relation::Volunteer),
            member(4, Relation::Supervisor),
            member(5, Relation::SupportWorker),
            member(6, Relation::Representative),
            member(7, Relation::Volunteer),
        ];
        let who = |coach: Option<u8>, blind: u8| {
            let steps = steps_back(&all, coach.map(|n| PersonId([n; 16])), |person| person != PersonId([blind; 16]));
            steps.into_iter().map(|member| member.name.clone()).collect::<Vec<_>>()
        };
        assert_eq!(who(Some(2), 0), ["3", "4", "5", "7"]);
        assert_eq!(who(Some(2), 5), ["3", "4", "7"], "who sees nothing now loses nothing");
        assert_eq!(who(Some(7), 0), ["3", "4", "5"], "a buddy can become the coach");
    }
}
