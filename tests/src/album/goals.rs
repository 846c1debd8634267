//! Goals, two measurements, the client's own view, granted hours and time, and an evaluation that is ready to be read.

use std::io;

use opstap_core::instrument::Level;
use opstap_core::model::{
    Aim, Circumstances, DomainAnswer, DomainGoal, DuoRole, Evaluation, GoalAction, GoalStep, Grant, Measurement, Model,
    Picture, TimeKind, TimeSpent,
};
use opstap_core::{Change, Day, Kind, Millis, RecordId};

use super::{Screen, groups};
use crate::browser::Server;
use crate::device::now;
use crate::holder::Holder;

const DAY: u64 = 24 * 60 * 60 * 1_000;

/// The levels of the ZRM, its domains in order, at the first and at the second measurement; and the goal.
const ZRM: [(&str, u8, u8, Option<Aim>); 11] = [
    ("finances", 2, 3, Some(Aim::Progress)),
    ("daytime-activity", 3, 3, Some(Aim::Progress)),
    ("housing", 4, 4, Some(Aim::Stable)),
    ("domestic-relations", 4, 4, None),
    ("mental-health", 3, 4, Some(Aim::Stable)),
    ("physical-health", 5, 5, None),
    ("addiction", 3, 4, None),
    ("adl", 3, 4, Some(Aim::Progress)),
    ("social-network", 3, 3, Some(Aim::None)),
    ("community-participation", 4, 4, None),
    ("justice", 4, 3, Some(Aim::Stable)),
];

/// Writes it down as Marloes.
///
/// # Errors
/// When it is refused.
pub fn fill(server: &Server) -> io::Result<()> {
    let mut marloes = Holder::of(server, "Marloes", 36)?;
    let today = now();
    let day = |before: u64| Day(u32::try_from(today.0 / DAY - before).unwrap_or_default());
    let mut changes = Vec::new();
    let guarded = Circumstances { financial_guardianship: Some(true) };
    changes.push(guarded.make(marloes.device.id(today)));
    changes.extend(measured(&mut marloes, "zrm.1", day(150), &ZRM.map(|(code, first, ..)| (code, first))));
    changes.extend(measured(&mut marloes, "zrm.1", day(3), &ZRM.map(|(code, _, second, _)| (code, second))));
    changes.extend(measured(&mut marloes, "iroc-selection.1", day(3), &[("life-skills", 2)]));
    changes.extend(own_view(&mut marloes, day(3)));
    for (code, _, _, aim) in ZRM {
        if let Some(aim) = aim {
            changes.extend(goal(&mut marloes, code, aim, day(150), today)?);
        }
    }
    changes.push(Grant::of(day(200), Day(day(0).0 + 200), 120, 60).make(marloes.device.id(today)));
    for weeks in 1..=20 {
        let (specialist, basic) = (day(7 * weeks), day(7 * weeks + 1));
        let of = |role, on, minutes| TimeSpent { role: Some(role), ..TimeSpent::of(on, minutes, TimeKind::Direct) };
        changes.push(of(DuoRole::Supervisor, specialist, 105).make(marloes.device.id(today)));
        changes.push(of(DuoRole::SupportWorker, basic, 75).make(marloes.device.id(today)));
    }
    changes.extend(groups::in_a_circle(&mut marloes, day));
    let evaluation = Evaluation {
        from: day(150),
        to: day(0),
        words: Some("Sem opent nu zelf zijn post. Hij staat vaker zelf op.".to_owned()),
        ready: Some(today),
        agreed: None,
        said: None,
    };
    changes.push(evaluation.make(marloes.device.id(today)));
    marloes.write(today, changes)
}

fn measured(marloes: &mut Holder, instrument: &str, on: Day, levels: &[(&str, u8)]) -> Vec<Change> {
    let at = now();
    let id = marloes.device.id(at);
    let mut changes = vec![measurement(instrument, on).make(id)];
    for (domain, level) in levels {
        let answer = DomainAnswer { domain: (*domain).to_owned(), level: Level::new(*level), yes: None, word: None };
        changes.push(answer.make_below(marloes.device.id(at), id));
    }
    changes
}

fn own_view(marloes: &mut Holder, on: Day) -> Vec<Change> {
    let at = now();
    let id = marloes.device.id(at);
    let mut changes = vec![measurement("own-view.1", on).make(id)];
    for (domain, word) in [("reached", "Mijn post openen"), ("worked", "Tim belt elke maandag")] {
        let answer = DomainAnswer { domain: domain.to_owned(), level: None, yes: None, word: Some(word.to_owned()) };
        changes.push(answer.make_below(marloes.device.id(at), id));
    }
    changes
}

fn measurement(instrument: &str, on: Day) -> Measurement {
    let instrument = instrument.to_owned();
    Measurement { instrument, on, together: Some(true), by: None, word: None, replaces: None, import: None }
}

/// A goal; that of the finances with words, a picture, and an action that a plan shows.
fn goal(marloes: &mut Holder, domain: &str, aim: Aim, from: Day, at: Millis) -> io::Result<Vec<Change>> {
    let id = marloes.device.id(at);
    let whole = domain == "finances";
    let goal = DomainGoal {
        instrument: "zrm.1".to_owned(),
        domain: domain.to_owned(),
        aim,
        words: whole.then(|| "Ik wil zelf mijn post openen".to_owned()),
        picture: whole.then(|| Picture::Pictogram("envelope".to_owned())),
        from: Some(from),
        ended: None,
        import: None,
    };
    let mut changes = vec![goal.make(id)];
    if whole {
        changes.extend(actions(marloes, id, at)?);
    }
    Ok(changes)
}

fn actions(marloes: &mut Holder, goal: RecordId, at: Millis) -> io::Result<Vec<Change>> {
    let plan = marloes.one(Kind::Plan, "title", "Medicijnen innemen")?;
    let [first, second] = [0; 2].map(|_| marloes.device.id(at));
    let action = |order: &str, title: &str, plan, done| GoalAction {
        order: order.to_owned(),
        title: title.to_owned(),
        person: None,
        plan,
        route: None,
        done,
    };
    let mut changes = vec![
        action("B", "Elke maandag samen de post", None, Some(at)).make_below(first, goal),
        action("C", "Een vaste plek voor de post", Some(plan), None).make_below(second, goal),
    ];
    for (order, title, done) in [("B", "Een bakje kopen", Some(at)), ("C", "Bakje bij de deur", None)] {
        let step = GoalStep { order: order.to_owned(), title: title.to_owned(), done };
        changes.push(step.make_below(marloes.device.id(at), second));
    }
    Ok(changes)
}

/// What the client sees of it.
pub(super) fn of_the_client() -> [Screen; 3] {
    [
        Screen::at("evaluation-read", "/way/evaluation"),
        Screen::at("evaluation-goal", "/way/evaluation").after(NEXT),
        Screen::at("evaluation-agree", "/way/evaluation").after(TO_THE_END),
    ]
}

/// What the desk sees of it.
///
/// # Errors
/// When what was filled is not there.
pub(super) fn at_the_desk(server: &Server) -> io::Result<Vec<Screen>> {
    let marloes = Holder::of(server, "Marloes", 37)?;
    let (circle, half) = (marloes.circle(), marloes.one(Kind::Measurement, "instrument", "iroc-selection.1")?);
    let whole = marloes.one(Kind::Measurement, "instrument", "zrm.1")?;
    let evaluation = format!("/desk/guidance/evaluation/{circle}");
    Ok(vec![
        Screen::at("goals", format!("/desk/guidance/goals/{circle}")).after(FIRST_ROW),
        Screen::at("measure-new", format!("/desk/guidance/measure/{circle}")),
        Screen::at("measure", format!("/desk/guidance/measure/{circle}/{whole}")),
        Screen::at("measure-together", format!("/desk/guidance/measure/{circle}/{half}/together")),
        Screen::at("evaluations", evaluation.as_str()),
        Screen::at("evaluation", evaluation).after(FIRST_EVALUATION),
    ])
}

const NEXT: &str = "document.querySelector('.floor button.primary')?.click();";
const TO_THE_END: &str = "const on = () => {
        const button = document.querySelector('.floor button.primary');
        if (!button) return;
        button.click();
        setTimeout(on, 50);
    };
    on();";
const FIRST_ROW: &str = "document.querySelector('.domains .row-name').click();
    setTimeout(() => document.querySelectorAll('.action details')[1]?.setAttribute('open', ''), 100);";
const FIRST_EVALUATION: &str = "document.querySelector('main .list a')?.click();";
