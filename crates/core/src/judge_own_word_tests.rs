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

#[test]
fn who_keeps_the_overall_direction_leads_a_handover_back_and_lets_the_volunteer_go() {
    const MARLOES: PersonId = PersonId([6; 16]);
    const MB: PersonId = PersonId([7; 16]);
    let [trajectory, handover, point, follow_up, entry] = [30, 31, 32, 33, 34].map(|n| RecordId([n; 16]));
    let closed = || {
        let mut circle = circle();
        let member = |person, relation| {
            let member =
                Member { person, relation, name: "naam".into(), called: None, phone: None, face: None, order: None };
            record(RecordId(person.0), Kind::Member, member.cells())
        };
        let below = |id, kind, parent, cells| Record { parent: Some(parent), ..record(id, kind, cells) };
        let said = |cell: &'static str| (cell.into(), NOW.to_cell());
        for one in [
            member(MARLOES, Relation::Supervisor),
            member(MB, Relation::SupportWorker),
            record(trajectory, Kind::Trajectory, vec![]),
            below(handover, Kind::Handover, trajectory, vec![said("accepted"), said("agreed")]),
            below(point, Kind::HandoverPoint, handover, vec![said("done")]),
            below(follow_up, Kind::FollowUp, trajectory, vec![]),
        ] {
            circle.0.insert(one.id, one);
        }
        circle
    };
    let comes_to = |stage| {
        let entry_of = model::StageEntry { stage, on: crate::Day(200), responsible: None, reason: None };
        entry_of.make_below(entry, trajectory)
    };
    let back = vec![
        comes_to(model::Stage::Practice),
        model::set(handover, "accepted", None::<Millis>),
        model::set(handover, "agreed", None::<Millis>),
        model::set(point, "done", None::<Millis>),
        model::delete(follow_up),
    ];
    assert_eq!(ruling_in(closed(), MARLOES, back.clone()), Ruling::Allowed);
    assert_eq!(ruling_in(closed(), MB, back), Ruling::Allowed);

    let closes = vec![comes_to(model::Stage::Alone), model::delete(RecordId(YOUSSEF.0))];
    assert_eq!(ruling_in(closed(), MARLOES, closes.clone()), Ruling::Allowed);
    let not_theirs = Ruling::Refused(Reason::NotAllowed(NotAllowed::NotTheirs));
    assert_eq!(ruling_in(closed(), MB, closes), not_theirs, "who is in the circle is not up to a support worker");
}

#[test]
fn only_the_client_agrees_to_an_evaluation_and_whoever_wrote_it_takes_that_back_with_a_new_text() {
    const MARLOES: PersonId = PersonId([6; 16]);
    let evaluation = RecordId([40; 16]);
    let with_evaluation = || {
        let mut circle = circle();
        let member = Member {
            person: MARLOES,
            relation: Relation::Supervisor,
            name: "Marloes".into(),
            called: None,
            phone: None,
            face: None,
            order: None,
        };
        let records =
            [record(RecordId([4; 16]), Kind::Member, member.cells()), record(evaluation, Kind::Evaluation, vec![])];
        circle.0.extend(records.into_iter().map(|one| (one.id, one)));
        circle
    };
    let says = |author, changes| ruling_in(with_evaluation(), author, changes);
    let not_theirs = Ruling::Refused(Reason::NotAllowed(NotAllowed::NotTheirs));
    assert_eq!(says(SEM, vec![model::set(evaluation, "agreed", NOW)]), Ruling::Allowed);
    assert_eq!(says(SEM, vec![model::set(evaluation, "said", "Klopt.")]), Ruling::Allowed);
    assert_eq!(says(MARLOES, vec![model::set(evaluation, "agreed", NOW)]), not_theirs);
    assert_eq!(says(MARLOES, vec![model::set(evaluation, "said", "Klopt.")]), not_theirs);
    let emptied = vec![("agreed".into(), Value::Nothing), ("words".into(), Value::from("Anders."))];
    assert_eq!(says(MARLOES, vec![Change::Set { id: evaluation, cells: emptied }]), Ruling::Allowed);
}
