//! What asks is said as people say it.

use std::sync::Arc;

use opstap_core::Millis;
use opstap_core::model::Relation;
use opstap_insight::following::{Asks, Failing, GivenUp, HoursAside, Share, Source, Summary, Teammate};
use opstap_insight::{ByRole, ShownHours, Week};

use super::*;

const PLAN: RecordId = RecordId([1; 16]);
const STEP: RecordId = RecordId([2; 16]);
const SEM: PersonId = PersonId([3; 16]);
const AT: Millis = Millis(1_000);

fn client() -> Client {
    let nothing = Source {
        records: &[],
        person_of: &|_| None,
        says_stuck: &|_| false,
        me: PersonId([9; 16]),
        now: AT,
        refused: None,
        is_crossed: &|_| false,
    };
    let sem = Teammate { person: SEM, relation: Relation::Client, name: "Sem".to_owned(), phone: true };
    let titles = vec![(PLAN, "Naar bed".to_owned()), (STEP, "Pincode intoetsen".to_owned())];
    let summary = Summary { team: vec![sem], titles, ..Summary::of(&nothing) };
    Client { circle: CircleId([4; 16]), name: "Sem".to_owned(), summary: Arc::new(summary) }
}

fn asking(rule: AttentionRule, what: What, action: Action) -> Asking {
    let asks = Asks { rule, group: Group::Today, since: AT, about: None, what, action, looked: None };
    Asking { client: client(), asks, until: None }
}

fn said(what: What) -> String {
    super::what(&asking(AttentionRule::GivenUp, what, Action::ShowClient)).get()
}

#[test]
fn it_says_what_the_person_did_with_the_words_of_the_plan() {
    let given_up = GivenUp { plan: PLAN, run: STEP, at: AT, step: None, place: (3, 6), face: None };
    assert_eq!(said(What::GivenUp(given_up)), "stopte halverwege met ‘Naar bed’");
    let failing = Failing { step: STEP, plan: PLAN, times: 3, last: AT, stopped: true };
    assert_eq!(said(What::StepFails(failing)), "loopt steeds vast op ‘Pincode intoetsen’");
    let unknown = GivenUp { plan: RecordId([7; 16]), ..given_up };
    assert_eq!(said(What::GivenUp(unknown)), "stopte halverwege met ‘Een plan’", "a plan that may not be seen");
    let nothing = |days| What::NoPractice { route: None, days, last: None, with: None };
    assert_eq!((said(nothing(1)), said(nothing(9))), ("deed 1 dag geen plan".into(), "deed 9 dagen geen plan".into()));
}

#[test]
fn more_help_and_steps_that_fail_are_told_in_numbers() {
    let share = |by_oneself| Share { by_oneself, all: 8 };
    let less = What::Less { of: PLAN, is_route: false, was: share(6), is: share(3), weeks: (Week(1), Week(8)) };
    let less = more(&asking(AttentionRule::LessIndependent, less, Action::ShowCourse(PLAN)));
    assert_eq!(less.get(), "van 75 naar 38 procent zelf, in acht weken");
    let failing = What::StepFails(Failing { step: STEP, plan: PLAN, times: 3, last: AT, stopped: true });
    let failing = more(&asking(AttentionRule::StepFails, failing, Action::ShowClient));
    assert_eq!(failing.get(), "3 keer achter elkaar niet gelukt, steeds daarna gestopt");
}

#[test]
fn hours_are_said_with_their_sign_and_a_comma() {
    assert_eq!([over(Tenths(5)), over(Tenths(-10)), over(Tenths(0))], ["+0,5", "−1,0", "0,0"]);
    let hours = |both| ByRole { supervisor: Tenths(0), support_worker: Tenths(0), both: Tenths(both) };
    let shown = ShownHours { weeks: Tenths(40), used: hours(39), shares: None, granted: hours(30), over: hours(9) };
    let asking = asking(AttentionRule::HoursOver, What::Hours(HoursAside { shown, per_cent: 30 }), Action::OpenHours);
    assert_eq!(what(&asking).get(), "gebruikt meer uren dan toegekend");
    assert_eq!(more(&asking).get(), "3,9 van 3,0 uur per week, +30 procent");
}

#[test]
fn only_a_person_who_asks_for_help_is_yellow() {
    let yellow: Vec<_> = AttentionRule::ALL.iter().filter(|rule| mark(**rule).1 == "help").collect();
    assert_eq!(yellow, [&AttentionRule::HelpUnanswered]);
}

#[test]
fn each_thing_has_one_verb() {
    let verb = |act| action(&asking(AttentionRule::GivenUp, What::Silent { days: 4 }, act)).0.get();
    assert_eq!(verb(Action::Call(SEM)), "Bel Sem");
    assert_eq!(verb(Action::SendMessage(SEM)), "Stuur bericht");
    assert_eq!(verb(Action::ShowClient), "Open Sem");
}
