//! What is said for oneself alone, and for nobody else.

use super::*;

#[test]
fn a_handover_is_taken_on_by_a_carer_and_agreed_to_by_the_client_each_for_themselves() {
    const KARIN: PersonId = PersonId([4; 16]);
    const HANDOVER: RecordId = RecordId([31; 16]);
    let with_handover = || {
        let mut circle = circle();
        let member = Member {
            person: KARIN,
            relation: Relation::Carer,
            name: "Karin".into(),
            called: None,
            phone: None,
            face: None,
            order: None,
        };
        let consent = |person| Consent {
            act: ConsentAct::Given,
            person,
            section: Section::Travel,
            from: Millis(0),
            until: None,
            ends: None,
        };
        let trajectory = RecordId([30; 16]);
        let mut handover = record(HANDOVER, Kind::Handover, vec![]);
        handover.parent = Some(trajectory);
        for one in [
            record(RecordId([4; 16]), Kind::Member, member.cells()),
            record(RecordId([5; 16]), Kind::Consent, consent(KARIN).cells()),
            record(RecordId([6; 16]), Kind::Consent, consent(YOUSSEF).cells()),
            record(trajectory, Kind::Trajectory, vec![]),
            handover,
        ] {
            circle.0.insert(one.id, one);
        }
        circle
    };
    let says = |author, cell| ruling_in(with_handover(), author, vec![model::set(HANDOVER, cell, NOW)]);
    let not_theirs = Ruling::Refused(Reason::NotAllowed(NotAllowed::NotTheirs));
    assert_eq!(says(KARIN, "accepted"), Ruling::Allowed);
    assert_eq!(says(SEM, "agreed"), Ruling::Allowed);
    assert_eq!(says(SEM, "accepted"), not_theirs, "the client takes nothing on for the coach");
    assert_eq!(says(KARIN, "agreed"), not_theirs, "nor does the coach agree for the client");
    assert_eq!((says(YOUSSEF, "accepted"), says(YOUSSEF, "agreed")), (not_theirs, not_theirs));
    let taken_back = vec![Change::Set { id: HANDOVER, cells: vec![("accepted".into(), Value::Nothing)] }];
    assert_eq!(ruling_in(with_handover(), YOUSSEF, taken_back), Ruling::Allowed);
}
