//! The goal in one domain: what is worked towards, in the client's own words and picture, and what is done for it.

use opstap_core::instrument::Instrument;
use opstap_core::model::{Aim, DomainGoal, GoalAction, Model, Picture, set};
use opstap_core::plan_format::Name;
use opstap_core::{Change, Kind, RecordId};
use opstap_view::prelude::*;

use super::action::action;
use super::domains::aim_word;
use super::only_reads;
use super::told::Told;
use crate::components::{Appearance, Button, Icon, Size, changing};
use crate::dates::{as_date, near_today, on_day};
use crate::device;
use crate::pages::professional::training::today;
use crate::pages::shared::editing::AddWords;
use crate::pages::shared::editing::fields::{cells_of, code, day, words};
use crate::pages::shared::plan_editor::picture_button;
use crate::stories::instruments;
use crate::words::{Text, guidance, plan_editor};

/// What stands beside the table.
pub fn of_domain(told: Told, instrument: &Instrument, code: &Name) -> AnyView {
    let Some(domain) = instrument.domain(code) else { return ().into_any() };
    let (id, title) = (instrument.id.to_string(), instruments::domain_title(instrument, domain));
    let (of, of_domain) = (id.clone(), code.as_str().to_owned());
    let goal = Memo::new(move |_| told.with(|guidance| guidance.goal(&of, &of_domain, None).cloned()).flatten());
    // The goal itself may change at each key; what stands here is drawn anew only for another one.
    let stands = Memo::new(move |_| goal.with(|goal| goal.as_ref().map(|(id, goal)| (*id, goal.ended))));
    let domain = code.as_str().to_owned();
    view! {
        <h2>{title}</h2>
        {only_reads(told)}
        {changing(move || match stands.get() {
            None => choose_aim(told, &id, &domain, guidance::NO_GOAL_YET.into()),
            Some((goal, None)) => sheet(told, goal),
            Some((goal, Some(ended))) => {
                let day = near_today(on_day(ended));
                let says = Text::live(move || guidance::goal_closed(day.get()).get());
                view! { {choose_aim(told, &id, &domain, says)} {open_again(told, goal)} }.into_any()
            }
        })}
    }
    .into_any()
}

/// There is no goal: it begins with what is worked towards.
fn choose_aim(told: Told, instrument: &str, domain: &str, says: Text) -> AnyView {
    let (instrument, domain) = (instrument.to_owned(), domain.to_owned());
    let buttons = changing(move || {
        if !told.writes.get() {
            return ().into_any();
        }
        let buttons = [Aim::Progress, Aim::Stable, Aim::Decline, Aim::None].map(|aim| {
            let (instrument, domain) = (instrument.clone(), domain.clone());
            let tap = move || {
                let goal = DomainGoal {
                    instrument: instrument.clone(),
                    domain: domain.clone(),
                    aim,
                    words: None,
                    picture: None,
                    from: Some(today()),
                    ended: None,
                    import: None,
                };
                told.work.change(guidance::DONE_GOAL, vec![goal.make(device::new_id())]);
            };
            view! { <Button text=aim_word(aim) tap /> }.into_any()
        });
        view! { <p class="strong">{guidance::WHAT_IS_THE_GOAL}</p><div class="row">{buttons.into_iter().collect_view()}</div> }
            .into_any()
    });
    view! { <section class="stack"><p>{says}</p>{buttons}</section> }.into_any()
}

fn open_again(told: Told, goal: RecordId) -> AnyView {
    let tap = move || told.work.change(guidance::DONE_OPENED, vec![set(goal, "ended", None::<opstap_core::Day>)]);
    changing(move || {
        let button = told.writes.get().then(|| view! { <div class="row"><Button text=guidance::OPEN_AGAIN icon=Icon::UNDO appearance=Appearance::Plain tap /></div> });
        button.into_any()
    })
}

fn sheet(told: Told, goal: RecordId) -> AnyView {
    changing(move || if told.writes.get() { written(told, goal) } else { read(told, goal) })
}

fn written(told: Told, goal: RecordId) -> AnyView {
    let cell = cells_of(goal);
    let aims = [Aim::Progress, Aim::Stable, Aim::Decline, Aim::None].map(|aim| (aim.code(), aim_word(aim))).into();
    let close = move || {
        told.work.say_what_was_done(
            guidance::DONE_CLOSED,
            vec![set(goal, "ended", today())],
            guidance::IS_CLOSED.into(),
            None,
        );
    };
    let own_words = told.name;
    view! {
        <section class="stack form">
            {code(told.work, cell("aim", guidance::GOAL), None, aims)}
            <div class="row goal-words">
                {picture(told, goal)}
                <div class="fill">{words(told.work, cell("words", guidance::IN_OWN_WORDS), false)}</div>
            </div>
            <p class="soft small">{Text::live(move || guidance::own_words_more(own_words.get()).get())}</p>
            {day(told.work, cell("from", guidance::SINCE))}
        </section>
        {actions(told, goal)}
        <div class="row"><Button text=guidance::CLOSE_GOAL icon=Icon::CHECK size=Size::Tool tap=close /></div>
    }
    .into_any()
}

fn read(told: Told, goal: RecordId) -> AnyView {
    let of = Memo::new(move |_| told.work.with(|records| records.one::<DomainGoal>(goal)).flatten());
    let says = changing(move || {
        let Some(DomainGoal { aim, words, from, .. }) = of.get() else { return ().into_any() };
        let from = from.map(|from| view! { <p class="soft small">{guidance::SINCE} " " {as_date(from)}</p> });
        view! { <p class="strong">{aim_word(aim)}</p>{words.map(|words| view! { <p>{words}</p> })}{from} }.into_any()
    });
    view! { <section class="stack">{says}</section>{actions(told, goal)} }.into_any()
}

/// The picture of the goal is the button that changes it.
fn picture(told: Told, goal: RecordId) -> AnyView {
    let now = Memo::new(move |_| told.work.with(|records| records.one::<DomainGoal>(goal)).flatten());
    let of = Memo::new(move |_| now.with(|goal| goal.as_ref().and_then(|goal| goal.picture.clone())));
    let words =
        move || now.with_untracked(|goal| goal.as_ref().and_then(|goal| goal.words.clone())).unwrap_or_default();
    let choose = move |picture: Option<Picture>| {
        told.work.change(plan_editor::DONE_PICTURE, vec![set(goal, "picture", picture)]);
    };
    picture_button(told.work.circle, guidance::PICTURE_OF_GOAL, of, words, choose)
}

/// What is done for it, in order.
fn actions(told: Told, goal: RecordId) -> AnyView {
    let rows = Memo::new(move |_| {
        told.work
            .with(|records| records.places(Kind::GoalAction, goal))
            .unwrap_or_default()
            .into_iter()
            .map(|(id, _)| id)
            .collect::<Vec<_>>()
    });
    let add = move |title: String| {
        let made = added(told, goal, title);
        told.work.change(guidance::DONE_ACTION, made);
    };
    let more = changing(move || {
        let add = told.writes.get().then(|| {
            view! { <AddWords label=guidance::NEW_ACTION button=guidance::ADD_ACTION flushed=told.work.flushed on_add=add /> }
        });
        add.into_any()
    });
    view! {
        <section class="stack">
            <h3>{guidance::ACTIONS}</h3>
            <ul class="actions">
                <For each=move || rows.get() key=ToString::to_string children=move |id| action(told, goal, id) />
            </ul>
            {more}
        </section>
    }
    .into_any()
}

fn added(told: Told, goal: RecordId, title: String) -> Vec<Change> {
    let order = told.work.with_now(|records| records.place_behind(Kind::GoalAction, goal));
    let Some(order) = order else { return Vec::new() };
    let action = GoalAction { order, title, person: None, plan: None, route: None, done: None };
    vec![action.make_below(device::new_id(), goal)]
}
