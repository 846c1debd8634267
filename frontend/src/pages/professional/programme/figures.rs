//! What the programme comes to: every figure with its definition and the rows behind it, from the records alone.

use opstap_core::model::TimeRole;
use opstap_core::{CircleId, RecordId};
use opstap_insight::{
    Amount, Amounts, Breakdown, BreakdownKey, CohortState, FigureKey, Programme as Figures, ProgrammeRow, Quarter,
    minutes_per_completed,
};
use opstap_view::prelude::*;

use super::read::{Programme, name_of, read_rows};
use super::volunteers::today;
use super::{Shown, parts, read};
use crate::components::desk::{Bar, Columns, Foot, Pane, Table};
use crate::components::{Appearance, Bones, Button, Choice, Dialog, LoadingBones, Segments, Size, changing};
use crate::device;
use crate::words::{Text, Word, of_report, programme, shared};

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

/// A figure whose rows are shown.
type Behind = RwSignal<Option<FigureKey>>;

/// The page.
#[component]
pub(super) fn FiguresPage(circle: CircleId) -> impl IntoView {
    let told = device::watch(circle, |reader| async move {
        Told { programme: read::read(reader).await, rows: read_rows(&reader).await }
    });
    super::in_step::keep_in_step(circle, Signal::derive(move || told.get().map(|told| told.programme)));
    let (whom, behind): (RwSignal<For>, Behind) = (RwSignal::new(For::Us), RwSignal::new(None));
    let choices = vec![Choice::new(For::Us, programme::FOR_US), Choice::new(For::Outside, programme::FOR_OUTSIDE)];
    let body = changing(move || match told.get() {
        None => view! { <LoadingBones shape=Bones::Rows(6) /> }.into_any(),
        Some(told) if told.rows.is_empty() => view! { <p class="soft">{programme::NO_FIGURES}</p> }.into_any(),
        Some(told) => all(&told, whom.get(), behind),
    });
    let rows = move || told.with(|told| told.as_ref().map(|told| rows_behind(told, behind.get())).unwrap_or_default());
    let title = Text::live(move || behind.get().map(|key| title(&Key::Figure(key)).get()).unwrap_or_default());
    view! {
        <Bar title=programme::PROGRAMME>
            <Segments label=programme::FOR_WHOM choices chosen=whom on_choose=move |one| whom.set(one) />
        </Bar>
        {parts(Shown::Figures)}
        <Columns><Pane>{body}</Pane></Columns>
        <Foot><span>{programme::FROM_RECORDS}</span></Foot>
        <Dialog open=Signal::derive(move || behind.get().is_some()) title on_close=move |()| behind.set(None)>
            <ul class="list">{move || rows().into_iter().map(|name| view! { <li>{name}</li> }).collect_view()}</ul>
            <Button text=shared::CLOSE wide=true tap=move || behind.set(None) />
        </Dialog>
    }
}

/// The names of the rows behind a figure.
fn rows_behind(told: &Told, key: Option<FigureKey>) -> Vec<Text> {
    let Some(key) = key else { return Vec::new() };
    let settings = told.programme.settings.as_ref();
    let ids: Vec<RecordId> = Figures::of(&told.rows, settings, today()).figure(key).rows;
    let found = ids.iter().filter_map(|id| told.rows.iter().find(|row| row.id == *id));
    found.map(|row| name_of(&row.registration)).collect()
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
    let means = TimeRole::ALL.iter().filter_map(|role| {
        let minutes = minutes_per_completed(amounts, *role)?;
        let word = match role {
            TimeRole::Volunteer => programme::VOLUNTEER_PER_COMPLETED,
            TimeRole::Professional => programme::PROFESSIONAL_PER_COMPLETED,
        };
        Some(view! { <tr><th scope="row">{word}</th><td class="n">{hours(minutes)}</td></tr> })
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
        let came = amount(amounts.get(&key).copied().flatten());
        view! { <tr><th scope="row">{word}</th><td class="n">{came} " / " {aim.to_string()}</td></tr> }
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
    let shown = amounts.get(&key).copied().flatten();
    let told = amount(shown);
    let said = definition(&Key::Figure(key));
    let count = match behind.filter(|_| matches!(shown, Some(Amount::Count(1..)))) {
        Some(behind) => {
            let tap = move || behind.set(Some(key));
            view! { <Button text=Text::from(told) appearance=Appearance::Plain size=Size::Tool tap /> }.into_any()
        }
        None => Text::from(told).into_any(),
    };
    view! {
        <tr>
            <th scope="row">{title(&Key::Figure(key))}<span class="small soft definition">{said}</span></th>
            <td class="n">{count}</td>
        </tr>
    }
    .into_any()
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
            let told = cohort(amounts, quarter, months);
            view! { <td class="n">{told}</td> }
        });
        let head = FigureKey::CompletedInQuarter(quarter);
        let count = amount(amounts.get(&head).copied().flatten());
        let count = match behind {
            Some(behind) => {
                let tap = move || behind.set(Some(head));
                view! { <Button text=Text::from(count) appearance=Appearance::Plain size=Size::Tool tap /> }.into_any()
            }
            None => Text::from(count).into_any(),
        };
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

/// "5 van 5, 1 niet bereikt", for a cohort after so many months.
fn cohort(amounts: &Amounts, quarter: Quarter, months: u32) -> Text {
    let of = |state| match amounts.get(&FigureKey::Cohort(quarter, months, state)).copied() {
        Some(Some(Amount::Count(count))) => Some(count),
        None => Some(0),
        Some(_) => None,
    };
    let asked: Option<u64> = CohortState::ASKED.iter().map(|state| of(*state)).sum();
    let (travels, missed, ahead) = (of(CohortState::Travels), of(CohortState::NotReached), of(CohortState::NotDue));
    let (Some(travels), Some(asked), Some(missed), Some(ahead)) = (travels, asked, missed, ahead) else {
        return programme::NOT_SHOWN.into();
    };
    let mut told: Vec<Text> = Vec::new();
    if asked > 0 {
        told.push(programme::so_many_of(travels, asked));
    }
    if missed > 0 {
        told.push(programme::not_reached(missed));
    }
    if ahead > 0 {
        told.push(programme::not_due(ahead));
    }
    if told.is_empty() {
        return "–".to_owned().into();
    }
    Text::live(move || told.iter().map(Text::get).collect::<Vec<_>>().join(", "))
}

/// A figure, or how one is taken apart.
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
        let amounts = Amounts::from([of(CohortState::Travels, 5), of(CohortState::NotReached, 1)]);
        assert_eq!(cohort(&amounts, quarter, 3).get(), "5 van 5, 1 niet bereikt");
        assert_eq!(cohort(&Amounts::new(), quarter, 3).get(), "–");
        let hidden = Amounts::from([(FigureKey::Cohort(quarter, 3, CohortState::Travels), None)]);
        assert_eq!(cohort(&hidden, quarter, 3).get(), "niet getoond");
        assert_eq!((hours(5), hours(1_865)), ("0:05".to_owned(), "31:05".to_owned()));
    }
}
