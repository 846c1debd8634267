//! The table of an instrument: a row for each domain with its first and later answer, its goal, and what became of it.

use opstap_core::Day;
use opstap_core::instrument::{Answer, Circumstance, Domain, Instrument, Level};
use opstap_core::model::{Aim, DomainAnswer};
use opstap_insight::{Change, DomainStory, Guidance};
use opstap_view::prelude::*;

use super::Looked;
use super::plot;
use super::told::Told;
use crate::components::desk::Table;
use crate::components::{Icon, changing, icon};
use crate::dates::{day_and_month, on_day};
use crate::stories::instruments;
use crate::words::{Text, Word, guidance};

/// What is worked towards, as it is called.
pub const fn aim_word(aim: Aim) -> Word {
    match aim {
        Aim::Progress => guidance::PROGRESS,
        Aim::Stable => guidance::STABLE,
        Aim::Decline => guidance::DECLINE,
        Aim::None => guidance::NO_GOAL,
    }
}

/// The highest level that is allowed now in a domain, where a rule holds.
pub fn most_allowed(instrument: &Instrument, domain: &Domain, circumstances: &[Circumstance]) -> Option<Level> {
    let rules = instrument.rules.iter().filter(|rule| rule.domain == domain.code);
    rules.filter(|rule| circumstances.contains(&rule.when)).map(|rule| rule.most).min()
}

/// The table.
pub(super) fn table(told: Told, looked: Looked, instrument: Instrument) -> AnyView {
    let stories = {
        let instrument = instrument.clone();
        Memo::new(move |_| {
            let read = |guidance: &Guidance| (guidance.domains(&instrument, None), guidance.circumstances.clone());
            told.with(read).unwrap_or_default()
        })
    };
    let with_plot = matches!(instrument.answer, Answer::Level);
    let (title, count) = (instruments::title(&instrument), instrument.domains.len());
    let is_of_life = matches!(instrument.answer, Answer::Level | Answer::Stage);
    let caption =
        Text::live(move || if is_of_life { guidance::of_domains(count, title.get()).get() } else { title.get() });
    let domain = if is_of_life { guidance::DOMAIN } else { guidance::QUESTION };
    let head = if with_plot {
        let levels = instrument.levels.len();
        view! { <th scope="col" class="scale">{plot::scale(levels)}<span class="for-voice">{guidance::ON_THE_SCALE}</span></th> }.into_any()
    } else {
        ().into_any()
    };
    let rows = changing(move || {
        let (stories, circumstances) = stories.get();
        let rows = stories.into_iter().filter_map(|story| {
            let domain = instrument.domain(&story.domain)?;
            let most = most_allowed(&instrument, domain, &circumstances);
            Some(row(looked, &instrument, domain, &story, with_plot.then_some(most)))
        });
        rows.collect::<Vec<_>>().into_iter().collect_view().into_any()
    });
    view! {
        {with_plot.then(|| plot::legend(guidance::FIRST, guidance::LATER))}
        <div class="domains">
            <Table caption>
                <thead>
                    <tr>
                        <th scope="col">{domain}</th>
                        <th scope="col">{guidance::FIRST}</th>
                        {head}
                        <th scope="col">{guidance::LATER}</th>
                        <th scope="col">{guidance::GOAL_AND_OUTCOME}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </Table>
        </div>
    }
    .into_any()
}

/// `plotted`: whether there is a figure, and the highest level allowed in it.
fn row(
    looked: Looked,
    instrument: &Instrument,
    domain: &Domain,
    story: &DomainStory,
    plotted: Option<Option<Level>>,
) -> AnyView {
    let code = domain.code.clone();
    let selected = {
        let code = code.clone();
        move || if looked.domain.with(|domain| domain.as_ref() == Some(&code)) { "true" } else { "false" }
    };
    let open = move |_| {
        looked.domain.set(Some(code.clone()));
        request_animation_frame(to_what_came);
    };
    let level = |said: Option<&(Day, DomainAnswer)>| said.and_then(|(_, answer)| answer.level);
    let figure = plotted.map(|most| {
        let drawn = plot::levels(instrument.levels.len(), most, level(story.first()), level(story.later()));
        view! { <td class="scale">{drawn}</td> }
    });
    let aim = story.goal.as_ref().map(|(_, goal)| goal.aim);
    view! {
        <tr aria-selected=selected>
            <th scope="row"><button type="button" class="row-name" on:click=open>{instruments::domain_title(instrument, domain)}</button></th>
            {said(instrument, domain, story.first(), guidance::FIRST)}
            {figure}
            {said(instrument, domain, story.later(), guidance::LATER)}
            <td data-label=guidance::GOAL_AND_OUTCOME>
                <span class="said">
                    {aim.map_or_else(nothing, |aim| view! { <span>{aim_word(aim)}</span> }.into_any())}
                    {outcome(story)}
                </span>
            </td>
        </tr>
    }
    .into_any()
}

/// In a narrow window the goal stands below the table, where it would not be seen that anything came.
fn to_what_came() {
    let Some(side) = document().query_selector(".side-pane").ok().flatten() else { return };
    let below =
        |table: web_sys::Element| side.get_bounding_client_rect().top() >= table.get_bounding_client_rect().bottom();
    if document().query_selector(".domains").ok().flatten().is_some_and(below) {
        side.scroll_into_view();
    }
}

fn nothing() -> AnyView {
    view! { <span class="soft">"–"</span> }.into_any()
}

fn said(instrument: &Instrument, domain: &Domain, said: Option<&(Day, DomainAnswer)>, label: Word) -> AnyView {
    let Some((on, answer)) = said else { return view! { <td data-label=label>{nothing()}</td> }.into_any() };
    let text = instruments::answered(instrument, domain, answer);
    let word = answer.word.clone().filter(|_| answer.level.is_some() || answer.yes.is_some());
    view! {
        <td data-label=label>
            <span class="said">
                <b>{text}</b>
                <span class="soft small">{day_and_month(on_day(*on))}</span>
                {word.map(|word| view! { <span class="small">{word}</span> })}
            </span>
        </td>
    }
    .into_any()
}

/// What became of it: up, down or the same, and whether the goal was reached.
fn outcome(story: &DomainStory) -> AnyView {
    let Some(change) = story.change else { return ().into_any() };
    let (mark, went) = (change_mark(change), went(story, change));
    let reached = story.is_reached.map(|is_reached| {
        let (mark, says) =
            if is_reached { (Icon::CHECK, guidance::REACHED) } else { (Icon::CLOCK, guidance::NOT_REACHED) };
        view! { <b class="row tight">{icon(mark)}{says}</b> }
    });
    view! { <span class="row tight soft">{icon(mark)}{went}</span>{reached} }.into_any()
}

/// The mark of a change.
pub const fn change_mark(change: Change) -> Icon {
    match change {
        Change::Up => Icon::UP,
        Change::Stayed => Icon::FORWARD,
        Change::Down => Icon::DOWN,
    }
}

/// "1 omhoog".
fn went(story: &DomainStory, change: Change) -> Text {
    let level = |said: Option<&(Day, DomainAnswer)>| said.and_then(|(_, answer)| answer.level).map(Level::number);
    let by = level(story.first()).zip(level(story.later())).map_or(0, |(first, later)| first.abs_diff(later));
    match change {
        Change::Up => guidance::up(usize::from(by)),
        Change::Stayed => guidance::SAME.into(),
        Change::Down => guidance::down(usize::from(by)),
    }
}
