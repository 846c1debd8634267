//! Who may do what in a circle, by relation, consent and audience.

use super::*;
use crate::id::DeviceId;
use crate::model::{Message, ToCell};
use crate::record::Cell;
use crate::stamp::Stamp;

const SEM: PersonId = PersonId([1; 16]);
const YOUSSEF: PersonId = PersonId([2; 16]);
const MARLOES: PersonId = PersonId([3; 16]);
const JORIS: PersonId = PersonId([4; 16]);
const NOON: Millis = Millis(1_790_000_000_000);

fn record(n: u8, model: &impl Model) -> Record {
    record_of(n, model)
}

fn record_of<M: Model>(n: u8, model: &M) -> Record {
    let mut record = Record::new(RecordId([n; 16]), M::KIND, None);
    let stamp = Stamp { millis: NOON, counter: 0, device: DeviceId([9; 16]) };
    record.cells.extend(model.cells().into_iter().map(|(name, value)| (name, Cell { value, stamp, number: 1 })));
    record
}

fn member(n: u8, person: PersonId, relation: Relation) -> Record {
    record(n, &Member { person, relation, name: "naam".into(), called: None, phone: None, face: None, order: None })
}

fn consent(n: u8, person: PersonId, section: Section, until: Option<Millis>) -> Record {
    record(n, &Consent { act: ConsentAct::Given, person, section, from: Millis(0), until, ends: None })
}

fn withdrawn(n: u8, ends: u8, person: PersonId, section: Section) -> Record {
    let ends = Some(RecordId([ends; 16]));
    record(n, &Consent { act: ConsentAct::Withdrawn, person, section, from: Millis(0), until: None, ends })
}

fn circle() -> Vec<Record> {
    vec![
        member(1, SEM, Relation::Client),
        member(2, YOUSSEF, Relation::Volunteer),
        member(3, MARLOES, Relation::Supervisor),
        consent(4, YOUSSEF, Section::Plans, None),
        consent(5, MARLOES, Section::Photos, None),
    ]
}

fn ask(records: &[Record], who: PersonId, kind: Kind, action: Action<'_>) -> Decision {
    let subject = Subject { kind, audience: None, author: None };
    let person = Person { id: who, role: OrganisationRole::Participant };
    CircleAccess::new(CircleKind::Client, records).decide(person, NOON, &subject, action)
}

#[test]
fn a_volunteer_sees_and_changes_plans_only_by_consent() {
    let mut records = circle();
    assert_eq!(ask(&records, YOUSSEF, Kind::Step, Action::Make), Decision::Allowed(Ground::Consent(RecordId([4; 16]))));
    assert_eq!(ask(&records, YOUSSEF, Kind::Run, Action::Read), Decision::Refused(NotAllowed::NoConsent));
    records.push(withdrawn(6, 4, YOUSSEF, Section::Plans));
    assert_eq!(ask(&records, YOUSSEF, Kind::Step, Action::Read), Decision::Refused(NotAllowed::NoConsent));
}

#[test]
fn a_consent_ends_by_time() {
    let records = [
        member(1, SEM, Relation::Client),
        member(2, YOUSSEF, Relation::Volunteer),
        consent(3, YOUSSEF, Section::Plans, Some(NOON)),
    ];
    assert_eq!(ask(&records, YOUSSEF, Kind::Plan, Action::Read), Decision::Refused(NotAllowed::NoConsent));
}

#[test]
fn only_the_client_writes_consents() {
    let records = circle();
    assert!(ask(&records, SEM, Kind::Consent, Action::Make).is_allowed());
    assert_eq!(ask(&records, MARLOES, Kind::Consent, Action::Make), Decision::Refused(NotAllowed::NotTheirs));
    assert_eq!(ask(&records, YOUSSEF, Kind::Consent, Action::Make), Decision::Refused(NotAllowed::NotTheirs));
}

#[test]
fn a_consent_is_never_changed_or_deleted_not_even_by_the_client() {
    let deleted = [(CellName::from(DELETED), true.to_cell())];
    assert_eq!(
        ask(&circle(), SEM, Kind::Consent, Action::Change(&deleted)),
        Decision::Refused(NotAllowed::WrittenOnce)
    );
}

#[test]
fn a_stranger_sees_nothing_at_all() {
    let records = circle();
    let access = CircleAccess::new(CircleKind::Client, &records);
    let joris = Person { id: JORIS, role: OrganisationRole::Administrator };
    assert_eq!(access.view(joris, NOON), View::NOTHING);
    for kind in Kind::all() {
        assert_eq!(ask(&records, JORIS, kind, Action::Read), Decision::Refused(NotAllowed::NotInTheCircle));
    }
}

#[test]
fn a_photo_is_the_clients_own_until_shared() {
    let records = circle();
    let access = CircleAccess::new(CircleKind::Client, &records);
    let marloes = Person { id: MARLOES, role: OrganisationRole::Professional };
    let photo = |audience| Subject { kind: Kind::RunPhoto, audience: Some(audience), author: Some(SEM) };
    assert_eq!(
        access.decide(marloes, NOON, &photo(vec![]), Action::Read),
        Decision::Refused(NotAllowed::NotInTheAudience)
    );
    assert!(access.decide(marloes, NOON, &photo(vec![MARLOES]), Action::Read).is_allowed());
    let shared = [(CellName::from(AUDIENCE), vec![MARLOES].to_cell())];
    let sem = Person { id: SEM, role: OrganisationRole::Participant };
    assert!(access.decide(sem, NOON, &photo(vec![]), Action::Change(&shared)).is_allowed());
    let marloes_shares = access.decide(marloes, NOON, &photo(vec![MARLOES]), Action::Change(&shared));
    assert_eq!(marloes_shares, Decision::Refused(NotAllowed::NotTheirs));
}

#[test]
fn a_log_is_written_once() {
    let cells = [(CellName::from("at"), Value::Int(3))];
    assert_eq!(ask(&circle(), SEM, Kind::Run, Action::Change(&cells)), Decision::Refused(NotAllowed::WrittenOnce));
}

#[test]
fn a_view_changes_with_every_consent_and_back_again() {
    let mut records = circle();
    let youssef = Person { id: YOUSSEF, role: OrganisationRole::Participant };
    let before = CircleAccess::new(CircleKind::Client, &records).view(youssef, NOON);
    records.push(consent(7, YOUSSEF, Section::Travel, None));
    let with_travel = CircleAccess::new(CircleKind::Client, &records).view(youssef, NOON);
    assert_ne!(before, with_travel);
    records.push(withdrawn(8, 7, YOUSSEF, Section::Travel));
    assert_eq!(CircleAccess::new(CircleKind::Client, &records).view(youssef, NOON), before);
}

#[test]
fn the_library_is_for_professionals_and_not_for_volunteers() {
    let access = CircleAccess::new(CircleKind::Library, []);
    let subject = Subject { kind: Kind::Plan, audience: None, author: None };
    let professional = Person { id: MARLOES, role: OrganisationRole::Professional };
    let volunteer = Person { id: YOUSSEF, role: OrganisationRole::Participant };
    assert_eq!(access.decide(professional, NOON, &subject, Action::Make), Decision::Allowed(Ground::Role));
    assert!(!access.decide(volunteer, NOON, &subject, Action::Read).is_allowed());
    assert_eq!(access.view(volunteer, NOON), View::NOTHING);
}

#[test]
fn a_message_is_for_whom_it_is_to_also_where_it_names_nobody_and_for_others_only_where_it_names_them() {
    let mut records = circle();
    records.push(consent(40, YOUSSEF, Section::Messages, None));
    records.push(consent(41, MARLOES, Section::Messages, None));
    let access = CircleAccess::new(CircleKind::Client, &records);
    let reads = |person, message: &Record| {
        let subject = Subject::of(message, Some(YOUSSEF));
        access
            .decide(Person { id: person, role: OrganisationRole::Participant }, NOON, &subject, Action::Read)
            .is_allowed()
    };
    let mut message = record(50, &Message::saying(SEM, "Tot morgen.", NOON));
    assert!(reads(SEM, &message) && reads(YOUSSEF, &message), "the client and whoever wrote it");
    assert!(!reads(MARLOES, &message), "others with a consent for messages do not read along");
    message.cells.extend([(CellName::from("to"), cell(MARLOES.to_cell()))]);
    assert!(reads(MARLOES, &message));
    message.cells.extend([(AUDIENCE.into(), cell(Vec::<PersonId>::new().to_cell()))]);
    assert!(reads(MARLOES, &message), "whomever it is to reads it, whatever it names");
    message.cells.extend([("to".into(), cell(SEM.to_cell())), (AUDIENCE.into(), cell(vec![MARLOES].to_cell()))]);
    assert!(reads(MARLOES, &message) && reads(YOUSSEF, &message));
}

fn cell(value: Value) -> Cell {
    Cell { value, stamp: Stamp { millis: NOON, counter: 0, device: DeviceId([9; 16]) }, number: 1 }
}

#[test]
fn the_course_of_a_training_is_a_record_of_care_and_a_volunteer_sees_it_with_what_else_is_travel() {
    let mut records = circle();
    let marloes = |records: &[Record], kind| ask(records, MARLOES, kind, Action::Make);
    assert_eq!(marloes(&records, Kind::Trajectory), Decision::Allowed(Ground::RecordOfCare));
    assert_eq!(marloes(&records, Kind::Route), Decision::Refused(NotAllowed::NoConsent));
    assert_eq!(ask(&records, YOUSSEF, Kind::Trajectory, Action::Read), Decision::Refused(NotAllowed::NoConsent));
    records.push(consent(60, YOUSSEF, Section::Travel, None));
    let by_travel = Decision::Allowed(Ground::Consent(RecordId([60; 16])));
    assert_eq!(ask(&records, YOUSSEF, Kind::Handover, Action::Make), by_travel);
    assert!(
        !ask(&records, YOUSSEF, Kind::Intake, Action::Read).is_allowed(),
        "what was said at the intake is not theirs"
    );
    assert!(ask(&records, SEM, Kind::Intake, Action::Read).is_allowed());
}

#[test]
fn a_neighbourhood_coach_sees_of_the_record_of_care_what_the_client_agreed_to_and_never_the_notes() {
    let mut records = circle();
    records.push(member(6, JORIS, Relation::NeighbourhoodCoach));
    let reads = |records: &[Record], kind| ask(records, JORIS, kind, Action::Read);
    for kind in [Kind::Measurement, Kind::DomainGoal, Kind::Grant, Kind::Appointment, Kind::Plan, Kind::Member] {
        assert_eq!(reads(&records, kind), Decision::Refused(NotAllowed::NoConsent), "{kind:?}");
    }
    records.push(consent(7, JORIS, Section::Measurements, None));
    records.push(consent(8, JORIS, Section::Hours, Some(NOON)));
    records.push(consent(9, JORIS, Section::Notes, None));
    assert_eq!(reads(&records, Kind::DomainAnswer), Decision::Allowed(Ground::Consent(RecordId([7; 16]))));
    assert!(reads(&records, Kind::Member).is_allowed(), "as long as they see anything they see who measured");
    assert_eq!(reads(&records, Kind::TimeSpent), Decision::Refused(NotAllowed::NoConsent), "its time is over");
    assert_eq!(reads(&records, Kind::Note), Decision::Refused(NotAllowed::NotTheirs));
    let writes = ask(&records, JORIS, Kind::Measurement, Action::Make);
    assert_eq!(writes, Decision::Refused(NotAllowed::NotTheirs));
}

#[test]
fn tasks_and_appointments_are_for_the_duo_by_law_and_for_others_with_the_plans() {
    let mut records = circle();
    for (who, relation) in [(7, Relation::SupportWorker), (8, Relation::Carer)] {
        records.push(member(who, PersonId([who; 16]), relation));
    }
    for kind in [Kind::Task, Kind::TaskHandover, Kind::Appointment] {
        let makes = |who| ask(&records, who, kind, Action::Make);
        assert_eq!(makes(PersonId([7; 16])), Decision::Allowed(Ground::RecordOfCare), "{kind:?}");
        assert_eq!(makes(YOUSSEF), Decision::Allowed(Ground::Consent(RecordId([4; 16]))), "{kind:?}");
        assert_eq!(makes(PersonId([8; 16])), Decision::Refused(NotAllowed::NoConsent), "{kind:?}");
        assert_eq!(makes(SEM), Decision::Allowed(Ground::Own), "{kind:?}");
    }
}

#[test]
fn goals_and_the_own_view_are_the_clients_too_and_hours_and_notes_are_not_theirs_to_write() {
    let records = circle();
    for kind in [Kind::GoalStep, Kind::Measurement, Kind::DomainAnswer] {
        assert!(ask(&records, SEM, kind, Action::Make).is_allowed(), "{kind:?}");
        assert_eq!(ask(&records, YOUSSEF, kind, Action::Read), Decision::Refused(NotAllowed::NotTheirs), "{kind:?}");
    }
    for kind in [Kind::Grant, Kind::TimeSpent, Kind::Note, Kind::AttentionMark] {
        assert!(ask(&records, SEM, kind, Action::Read).is_allowed(), "{kind:?}");
        assert_eq!(ask(&records, SEM, kind, Action::Make), Decision::Refused(NotAllowed::NotTheirs), "{kind:?}");
    }
}
