//! An evaluation as one readable document: what stands out, the goals with the first and the later level, what was done, how the client sees
//! it, and the hours. In words that the client can follow, with pictures, and without a total.

use opstap_core::Day;
use opstap_core::instrument::{Domain, Instrument};
use opstap_core::model::{DomainAnswer, DomainGoal, Evaluation};
use opstap_insight::{DomainStory, EvaluatedPart, EvaluationStory, ShownHours, Tenths};
use opstap_view::prelude::*;

use super::super::goals::{Told, aim_word};
use super::{over_days, period};
use crate::components::desk::Table;
use crate::components::{Icon, Picture, Well, changing, icon};
use crate::dates::{day_and_month, moment, on_day};
use crate::device;
use crate::language::decimal_point;
use crate::stories::instruments;
use crate::words::{Text, Word, guidance};

/// The document; on the screen it looks as it comes out of the printer.
pub fn document(told: Told, one: Memo<Option<Option<Evaluation>>>) -> AnyView {
    let story = Memo::new(move |_| {
        let evaluation = one.get().flatten()?;
        told.with(|guidance| guidance.evaluation(&instruments::all(), period(&evaluation)))
    });
    let title = Text::live(move || guidance::evaluation_of(told.name.get()).get());
    let days = changing(move || {
        let days = one.with(|one| one.as_ref().and_then(Option::as_ref).map(period));
        days.map(|days| view! { <p>{over_days(days)}</p> }).into_any()
    });
    let words = changing(move || {
        let words = one.with(|one| one.as_ref().and_then(Option::as_ref).and_then(|one| one.words.clone()));
        words
            .map(|words| section(guidance::STANDS_OUT.into(), view! { <p class="own-words">{words}</p> }.into_any()))
            .into_any()
    });
    let body = changing(move || match story.get() {
        None => ().into_any(),
        Some(story) => view! { {goals(told, &story)} {own_view(told, &story)} {hours(told, &story)} }.into_any(),
    });
    view! {
        <article class="document">
            <header class="stack"><h2>{title}</h2>{days}</header>
            {words}
            {body}
            {changing(move || said(told, one.get().flatten()))}
        </article>
    }
    .into_any()
}

fn section(title: Text, content: AnyView) -> AnyView {
    view! { <section class="stack"><h3>{title}</h3>{content}</section> }.into_any()
}

/// That there is nothing of it. Whoever reads by consent may not see it at all: to tell them that nobody asked would be untrue.
fn nothing_of(told: Told, title: Text, says: Word) -> AnyView {
    if told.writes.get() { section(title, view! { <p>{says}</p> }.into_any()) } else { ().into_any() }
}

fn goals(told: Told, story: &EvaluationStory) -> AnyView {
    if story.parts.is_empty() {
        return section(guidance::GOALS.into(), view! { <p>{guidance::NOTHING_TO_EVALUATE}</p> }.into_any());
    }
    let (all, reached) = story.reached();
    let says = (all > 0).then(|| view! { <p>{guidance::goals_reached(all, reached)}</p> });
    let parts = story.parts.iter().filter_map(|part| {
        let instrument = instruments::one(&part.instrument.to_string())?;
        Some(of_part(told, &instrument, part))
    });
    let parts = parts.collect::<Vec<_>>().into_iter().collect_view();
    section(
        guidance::GOALS.into(),
        view! { {says}{parts}<p class="small">{guidance::LOOKING_NOT_JUDGING}</p> }.into_any(),
    )
}

fn of_part(told: Told, instrument: &Instrument, part: &EvaluatedPart) -> AnyView {
    let rows =
        part.domains.iter().filter_map(|story| Some(row(told, instrument, instrument.domain(&story.domain)?, story)));
    let rows = rows.collect::<Vec<_>>().into_iter().collect_view();
    view! {
        <Table caption=instruments::title(instrument)>
            <thead>
                <tr>
                    <th scope="col">{guidance::DOMAIN}</th>
                    <th scope="col">{guidance::FIRST}</th>
                    <th scope="col">{guidance::LATER}</th>
                    <th scope="col">{guidance::GOAL}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </Table>
    }
    .into_any()
}

fn row(told: Told, instrument: &Instrument, domain: &Domain, story: &DomainStory) -> AnyView {
    let goal = story.goal.as_ref().map(|(id, goal)| of_goal(told, *id, goal, story));
    view! {
        <tr>
            <th scope="row">{instruments::domain_title(instrument, domain)}</th>
            <td data-label=guidance::FIRST>{answer(instrument, domain, story.first())}</td>
            <td data-label=guidance::LATER>{answer(instrument, domain, story.later())}</td>
            <td data-label=guidance::GOAL>{goal.unwrap_or_else(|| "–".into_any())}</td>
        </tr>
    }
    .into_any()
}

fn answer(instrument: &Instrument, domain: &Domain, said: Option<&(Day, DomainAnswer)>) -> AnyView {
    let Some((on, answer)) = said else { return "–".into_any() };
    let word = answer.word.clone().filter(|_| answer.level.is_some() || answer.yes.is_some());
    view! {
        <span class="said">
            <b>{instruments::answered(instrument, domain, answer)}</b>
            <span class="small">{day_and_month(on_day(*on))}</span>
            {word.map(|word| view! { <span class="small">{word}</span> })}
        </span>
    }
    .into_any()
}

/// What was worked towards, in the client's words, whether it was reached, and what was done for it.
fn of_goal(told: Told, id: opstap_core::RecordId, goal: &DomainGoal, story: &DomainStory) -> AnyView {
    let picture = goal.picture.clone().map(|picture| {
        let source = device::picture(told.work.circle, Some(picture));
        view! { <Picture source well=Well::Small /> }
    });
    let reached = story.is_reached.map(|is_reached| {
        let (mark, says) =
            if is_reached { (Icon::CHECK, guidance::REACHED) } else { (Icon::CLOCK, guidance::NOT_REACHED) };
        view! { <b class="row tight">{icon(mark)}{says}</b> }
    });
    let done = told.actions(id).into_iter().filter(|action| action.action.done.is_some());
    let done: Vec<_> = done
        .map(|action| {
            view! { <li class="row tight">{icon(Icon::CHECK)}<span class="fill">{action.action.title}</span></li> }
                .into_any()
        })
        .collect();
    let done = (!done.is_empty()).then(|| view! { <ul class="small plain">{done.into_iter().collect_view()}</ul> });
    view! {
        <span class="row goal-told">
            {picture}
            <span class="said fill">
                <span>{aim_word(goal.aim)}</span>
                {goal.words.clone().map(|words| view! { <span>"‘"{words}"’"</span> })}
                {reached}
                {done}
            </span>
        </span>
    }
    .into_any()
}

/// The three questions, with what the client answered last.
fn own_view(told: Told, story: &EvaluationStory) -> AnyView {
    let title = Text::live(move || guidance::how_they_see_it(told.name.get()).get());
    if story.own_view.is_empty() {
        return nothing_of(told, title, guidance::OWN_VIEW_NOT_ASKED);
    }
    let own = instruments::all()
        .iter()
        .filter(|one| one.id.instrument.as_str() == opstap_insight::OWN_VIEW)
        .cloned()
        .collect::<Vec<_>>();
    let rows = story.own_view.iter().filter_map(|(code, _, answer)| {
        let (instrument, domain) = own.iter().find_map(|one| Some((one, one.domain(code)?)))?;
        let question = instruments::domain_title(instrument, domain);
        Some(
            view! { <dt>{question}</dt><dd class="own-words">{instruments::answered(instrument, domain, answer)}</dd> }
                .into_any(),
        )
    });
    let rows = rows.collect::<Vec<_>>().into_iter().collect_view();
    section(title, view! { <dl>{rows}</dl> }.into_any())
}

fn hours(told: Told, story: &EvaluationStory) -> AnyView {
    let Some(shown) = story.hours.shown() else {
        return nothing_of(told, guidance::HOURS.into(), guidance::NO_HOURS);
    };
    let ShownHours { weeks, used, granted, .. } = shown;
    let says = Text::live(move || {
        let short = |tenths: Tenths| tenths.written_short(decimal_point());
        guidance::hours_a_week(told.name.get(), short(used.both), short(granted.both)).get()
    });
    let long = |tenths: Tenths| Text::live(move || tenths.written(decimal_point()));
    let row = move |who: Word, used: Tenths, granted: Tenths| {
        view! {
            <tr>
                <th scope="row">{who}</th>
                <td class="n" data-label=guidance::USED>{long(used)}</td>
                <td class="n" data-label=guidance::GRANTED>{long(granted)}</td>
            </tr>
        }
        .into_any()
    };
    let table = view! {
        <p>{says}</p>
        <Table caption=Text::live(move || guidance::mean_over(weeks.written_short(decimal_point())).get())>
            <thead>
                <tr>
                    <th scope="col">{guidance::WHOSE_HOURS}</th>
                    <th scope="col" class="n">{guidance::USED}</th>
                    <th scope="col" class="n">{guidance::GRANTED}</th>
                </tr>
            </thead>
            <tbody>
                {row(guidance::OF_SUPERVISOR, used.supervisor, granted.supervisor)}
                {row(guidance::OF_SUPPORT_WORKER, used.support_worker, granted.support_worker)}
                {row(guidance::OF_BOTH, used.both, granted.both)}
            </tbody>
        </Table>
    };
    section(guidance::HOURS.into(), table.into_any())
}

/// What the client says of it.
fn said(told: Told, one: Option<Evaluation>) -> AnyView {
    let Some(Evaluation { agreed, said, .. }) = one else { return ().into_any() };
    if agreed.is_none() && said.is_none() {
        return ().into_any();
    }
    let agreed = agreed.map(|at| {
        let day = day_and_month(moment(at));
        let says = Text::live(move || guidance::agreed_on(told.name.get(), day.get()).get());
        view! { <p class="row tight">{icon(Icon::CHECK)}<span class="fill">{says}</span></p> }
    });
    let title = Text::live(move || guidance::says(told.name.get()).get());
    section(title, view! { {agreed}{said.map(|said| view! { <p class="own-words">{said}</p> })} }.into_any())
}
