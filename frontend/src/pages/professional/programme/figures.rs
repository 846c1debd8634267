//! What the programme comes to: every figure with its definition and the rows behind it, from the records alone.

mod behind;

use leptos::task::spawn_local;
use opstap_core::CircleId;
use opstap_core::model::TimeRole;
use opstap_insight::{
    Amount, Amounts, Breakdown, BreakdownKey, CohortState, FigureKey, Programme as Figures, ProgrammeRow, Quarter,
    minutes_per_completed,
};
use opstap_view::prelude::*;

use self::behind::{Behind, opens};
use super::read::{Programme, read_rows};
use super::volunteers::today;
use super::{Shown, parts, read};
use crate::components::desk::{Bar, Columns, Foot, Pane, Table};
use crate::components::{Bones, Button, Choice, Icon, LoadingBones, Segments, Size, changing};
use crate::dates::{on_day, whole_date};
use crate::device::{self, Asked};
use crate::words::{Text, Word, of_report, paper, programme};

/// What is read for it.
#[derive(Clone, PartialEq)]
struct Told {
    programme: Programme,
    rows: Vec<ProgrammeRow>,
}

/// For whom the figures are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum For {
    Us,
    Outside,
}

/// The page.
#[component]
pub(super) fn FiguresPage(circle: CircleId) -> impl IntoView {
    let told = device::watch(circle, |reader| async move {
        Told { programme: read::read(reader).await, rows: read_rows(&reader).await }
    });
    super::in_step::keep_in_step(circle);
    let (whom, behind): (RwSignal<For>, Behind) = (RwSignal::new(For::Us), RwSignal::new(None));
    let choices = vec![Choice::new(For::Us, programme::FOR_US), Choice::new(For::Outside, programme::FOR_OUTSIDE)];
    let body = changing(move || match told.get() {
        None => view! { <LoadingBones shape=Bones::Rows(6) /> }.into_any(),
        Some(told) if told.rows.is_empty() => view! { <p class="soft">{programme::NO_FIGURES}</p> }.into_any(),
        Some(told) => all(&told, whom.get(), behind),
    });
    view! {
        <Bar title=programme::PROGRAMME>
            <Segments label=programme::FOR_WHOM choices chosen=whom on_choose=move |one| whom.set(one) />
            <Button text=paper::PRINT icon=Icon::PRINTER size=Size::Tool tap=crate::paper::print />
        </Bar>
        {parts(Shown::Figures)}
        <Columns><Pane>{on_paper(circle, whom)}{body}</Pane></Columns>
        <Foot><span>{programme::FROM_RECORDS}</span></Foot>
        {behind::dialog(told, behind)}
    }
}

/// What a printed sheet says above the figures: whose they are, of which day and for whom.
fn on_paper(circle: CircleId, whom: RwSignal<For>) -> AnyView {
    let organisation = RwSignal::new(String::new());
    spawn_local(async move {
        if let Asked::Told(name) = device::organisation(circle).await {
            let _ = organisation.try_set(name);
        }
    });
    let more = move || match whom.get() {
        For::Us => programme::REPORT_FOR_US.get(),
        For::Outside => programme::REPORT_OUTSIDE.get(),
    };
    let day = whole_date(on_day(today()));
    view! {
        <header class="on-paper">
            <h2>{Text::live(move || programme::figures_of(day.get()).get())}</h2>
            <p class="strong">{move || organisation.get()}</p>
            <p>{more}</p>
        </header>
    }
    .into_any()
}

fn all(told: &Told, whom: For, behind: Behind) -> AnyView {
    let figures = Figures::of(&told.rows, told.programme.settings.as_ref(), today());
    let amounts = if whom == For::Outside { figures.masked() } else { figures.amounts() };
    let show = (whom == For::Us).then_some(behind);
    let cohort = |one: &&Breakdown| matches!(one.key, BreakdownKey::Cohort(..) | BreakdownKey::CompletedByQuarter(_));
    let tables = figures.breakdowns.iter().filter(|one| !cohort(one)).map(|one| breakdown(one, &amounts, show));
    let tables = tables.collect::<Vec<_>>().into_iter().collect_view();
    view! {
        {totals(&figures, &amounts, show)}
        <div class="figures">{tables}</div>
        {cohorts(&figures, &amounts, show)}
    }
    .into_any()
}

/// The few that tell most, with targets and time for a completed trajectory.
fn totals(figures: &Figures, amounts: &Amounts, behind: Option<Behind>) -> AnyView {
    let keys = [FigureKey::Registered, FigureKey::Started, FigureKey::Completed, FigureKey::Running];
    let lines = keys.map(|key| line(key, amounts, behind)).into_iter().collect_view();
    let means = TimeRole::ALL.iter().map(|role| {
        let (known, minutes) = (FigureKey::HoursKnown(*role), minutes_per_completed(amounts, *role));
        let hidden = [known, FigureKey::HoursOfCompleted(*role)].iter().any(|key| amounts.get(key) == Some(&None));
        let told: Text = match minutes {
            Some(minutes) => hours(minutes).into(),
            None if hidden => programme::NOT_SHOWN.into(),
            None => programme::NOT_YET_KNOWN.into(),
        };
        let word = match role {
            TimeRole::Volunteer => programme::VOLUNTEER_PER_COMPLETED,
            TimeRole::Professional => programme::PROFESSIONAL_PER_COMPLETED,
        };
        let told = opens(told, Key::Figure(known), behind.filter(|_| minutes.is_some()));
        view! { <tr><th scope="row">{word}</th><td class="n">{told}</td></tr> }.into_any()
    });
    let targets = figures.targets.iter().flat_map(|target| {
        let year = target.year;
        [
            (target.started, FigureKey::StartedIn(year), programme::target_started as fn(u32) -> Text),
            (target.completed, FigureKey::CompletedIn(year), programme::target_completed as fn(u32) -> Text),
        ]
        .into_iter()
        .filter_map(move |(aim, key, word)| Some((word(year), aim?, key)))
    });
    let targets = targets.map(|(word, aim, key)| {
        let came = counted(key, amounts, behind);
        view! { <tr><th scope="row">{word}</th><td class="n">{came} " / " {aim.to_string()}</td></tr> }.into_any()
    });
    let (means, targets): (Vec<_>, Vec<_>) = (means.collect(), targets.collect());
    view! {
        <Table caption=programme::IN_SHORT>
            <tbody>{lines}{targets.into_iter().collect_view()}{means.into_iter().collect_view()}</tbody>
        </Table>
    }
    .into_any()
}

/// A figure taken apart, with how it is counted.
fn breakdown(one: &Breakdown, amounts: &Amounts, behind: Option<Behind>) -> AnyView {
    let lines = one.groups.iter().map(|key| line(*key, amounts, behind)).collect::<Vec<_>>();
    let key = Key::Breakdown(one.key);
    let said = definition(&key);
    view! {
        <section class="stack">
            <Table caption=title(&key)><tbody>{lines.into_iter().collect_view()}</tbody></Table>
            <p class="small soft">{said}</p>
        </section>
    }
    .into_any()
}

fn line(key: FigureKey, amounts: &Amounts, behind: Option<Behind>) -> AnyView {
    let said = definition(&Key::Figure(key));
    view! {
        <tr>
            <th scope="row">{title(&Key::Figure(key))}<span class="small soft definition">{said}</span></th>
            <td class="n">{counted(key, amounts, behind)}</td>
        </tr>
    }
    .into_any()
}

/// What a figure comes to; it opens its rows where there are any.
fn counted(key: FigureKey, amounts: &Amounts, behind: Option<Behind>) -> AnyView {
    let shown = match amounts.get(&key) {
        Some(shown) => *shown,
        None => Some(Amount::Count(0)),
    };
    let some = matches!(shown, Some(Amount::Count(1..) | Amount::Minutes(1..)));
    opens(amount(shown).into(), Key::Figure(key), behind.filter(|_| some))
}

/// Who was completed in a quarter, and of them who still travels after so many months.
fn cohorts(figures: &Figures, amounts: &Amounts, behind: Option<Behind>) -> AnyView {
    const MONTHS: [u32; 4] = opstap_core::model::FOLLOW_UP_MONTHS;
    let mut quarters: Vec<Quarter> = Vec::new();
    for (key, figure) in figures.figures() {
        if let FigureKey::CompletedInQuarter(quarter) = key
            && !figure.rows.is_empty()
        {
            quarters.push(quarter);
        }
    }
    if quarters.is_empty() {
        return ().into_any();
    }
    let rows = quarters.into_iter().map(|quarter| {
        let cells = MONTHS.map(|months| {
            let key = Key::Breakdown(BreakdownKey::Cohort(quarter, months));
            let told = cohort(amounts, quarter, months);
            let behind = behind.filter(|_| told.is_some());
            view! { <td class="n">{opens(told.unwrap_or_else(|| "–".to_owned().into()), key, behind)}</td> }
        });
        let head = FigureKey::CompletedInQuarter(quarter);
        let count = counted(head, amounts, behind);
        view! {
            <tr><th scope="row">{title(&Key::Figure(head))}</th><td class="n">{count}</td>{cells.into_iter().collect_view()}</tr>
        }
    });
    let rows = rows.collect::<Vec<_>>().into_iter().collect_view();
    let heads =
        MONTHS.map(|months| view! { <th scope="col" class="n">{programme::after_months(months as usize)}</th> });
    view! {
        <section class="stack">
            <Table caption=programme::STILL_TRAVELS>
                <thead>
                    <tr>
                        <th scope="col">{programme::COMPLETED_IN}</th>
                        <th scope="col" class="n">{programme::PARTICIPANTS}</th>
                        {heads.into_iter().collect_view()}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </Table>
            <p class="small soft">{programme::COHORT_MEANS}</p>
        </section>
    }
    .into_any()
}

/// "5 van 5, 1 niet bereikt, 2 niet gevraagd", for a cohort after so many months; none where nobody is in it.
fn cohort(amounts: &Amounts, quarter: Quarter, months: u32) -> Option<Text> {
    let of = |state| match amounts.get(&FigureKey::Cohort(quarter, months, state)).copied() {
        Some(Some(Amount::Count(count))) => Some(count),
        None => Some(0),
        Some(_) => None,
    };
    let asked: Option<u64> = CohortState::ASKED.iter().map(|state| of(*state)).sum();
    let others = [CohortState::NotReached, CohortState::NotAsked, CohortState::NotDue].map(of);
    let (Some(travels), Some(asked), [Some(missed), Some(forgotten), Some(ahead)]) =
        (of(CohortState::Travels), asked, others)
    else {
        return Some(programme::NOT_SHOWN.into());
    };
    let mut told: Vec<Text> = Vec::new();
    if asked > 0 {
        told.push(programme::so_many_of(travels, asked));
    }
    if missed > 0 {
        told.push(programme::not_reached(missed));
    }
    if forgotten > 0 {
        told.push(programme::not_asked(forgotten));
    }
    if ahead > 0 {
        told.push(programme::not_due(ahead));
    }
    let some = !told.is_empty();
    some.then(|| Text::live(move || told.iter().map(Text::get).collect::<Vec<_>>().join(", ")))
}

/// A figure, or how one is taken apart.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Key {
    Figure(FigureKey),
    Breakdown(BreakdownKey),
}

fn said(key: &Key) -> Option<(Word, Word)> {
    match key {
        Key::Figure(key) => of_report("figures", &key.word()),
        Key::Breakdown(key) => of_report("breakdowns", &key.word()),
    }
}

fn title(key: &Key) -> Text {
    filled(said(key).map(|(title, _)| title), key)
}

fn definition(key: &Key) -> Text {
    filled(said(key).map(|(_, definition)| definition), key)
}

/// The words with year, quarter and months in their places.
fn filled(word: Option<Word>, key: &Key) -> Text {
    let (year, quarter, months) = match key {
        Key::Figure(FigureKey::StartedIn(year) | FigureKey::CompletedIn(year))
        | Key::Breakdown(BreakdownKey::CompletedByQuarter(year)) => (Some(*year), None, None),
        Key::Figure(FigureKey::CompletedInQuarter(quarter)) => (Some(quarter.year), Some(quarter.of_year), None),
        Key::Figure(FigureKey::Cohort(quarter, months, _)) | Key::Breakdown(BreakdownKey::Cohort(quarter, months)) => {
            (Some(quarter.year), Some(quarter.of_year), Some(*months))
        }
        Key::Figure(_) | Key::Breakdown(_) => (None, None, None),
    };
    let places = [("{year}", year), ("{quarter}", quarter), ("{months}", months)];
    Text::live(move || {
        let text = word.map(|word| word.get().to_owned()).unwrap_or_default();
        places.iter().fold(text, |text, (place, number)| match number {
            Some(number) => text.replace(place, &number.to_string()),
            None => text,
        })
    })
}

fn amount(amount: Option<Amount>) -> String {
    match amount {
        Some(Amount::Count(count)) => count.to_string(),
        Some(Amount::Minutes(minutes)) => hours(minutes),
        None => programme::NOT_SHOWN.get().to_owned(),
    }
}

/// Hours and minutes: "31:05".
fn hours(minutes: u64) -> String {
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_figure_has_a_title_and_a_cohort_is_told_in_words() {
        assert_eq!(title(&Key::Figure(FigureKey::Registered)).get(), "Aanmeldingen");
        assert_eq!(title(&Key::Figure(FigureKey::StartedIn(2026))).get(), "Gestart in 2026");
        let quarter = Quarter { year: 2026, of_year: 3 };
        let of = |state, count| (FigureKey::Cohort(quarter, 3, state), Some(Amount::Count(count)));
        let (travels, missed) = (of(CohortState::Travels, 5), of(CohortState::NotReached, 1));
        let amounts = Amounts::from([travels, missed, of(CohortState::NotAsked, 2)]);
        let said = |amounts: &Amounts| cohort(amounts, quarter, 3).map(|told| told.get());
        assert_eq!(said(&amounts).as_deref(), Some("5 van 5, 1 niet bereikt, 2 niet gevraagd"));
        assert_eq!(said(&Amounts::new()), None, "nothing is told of nobody, and nothing opens");
        let hidden = Amounts::from([(FigureKey::Cohort(quarter, 3, CohortState::Travels), None)]);
        assert_eq!(said(&hidden).as_deref(), Some("niet getoond"));
        assert_eq!((hours(5), hours(1_865)), ("0:05".to_owned(), "31:05".to_owned()));
    }
}
