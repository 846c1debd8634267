//! A client in the caseload: who, what asks, the line of twelve weeks with its word, and how this week goes.

use opstap_core::letters::in_small;
use opstap_core::model::Relation;
use opstap_core::{CircleId, Millis};
use opstap_insight::following::{CaseRow, Share, Travels, Trend, What};
use opstap_view::prelude::*;

use super::super::glance::{News, news};
use super::super::place::DeskPlace;
use super::super::run_line::when;
use super::super::training::stage_word;
use super::client::{Client, facts, me};
use super::row::mark_of;
use super::said;
use crate::components::{Icon, ListRow, Person, changing, icon};
use crate::dates::{near_today, on_day};
use crate::device::{self, Circle, Reader};
use crate::event::Tap;
use crate::words::{Text, Word, desk, feedback, following, shared, training};

/// A client, as far as anything is known here.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct CaseOf {
    /// The circle.
    pub circle: CircleId,
    /// The name.
    pub name: String,
    /// The others round the client, without whoever reads.
    pub team: String,
    /// What is searched in: the name and the plans.
    pub words: String,
    /// The rest; none where there is no summary.
    pub row: Option<CaseRow>,
    /// When a phone of the client was last heard of, where that is known.
    pub heard: Option<Millis>,
    /// For how many days it was not, where that asks.
    pub days_still: Option<u32>,
    /// Whether nothing of it is shown now.
    pub locked: bool,
}

impl CaseOf {
    /// With what its summary says.
    pub fn of(circle: &Circle, client: &Client, row: CaseRow) -> Self {
        let around =
            client.summary.team.iter().filter(|one| one.relation != Relation::Client && Some(one.person) != me());
        let team: Vec<&str> = around.map(|one| one.name.as_str()).collect();
        let titles: Vec<&str> = client.summary.titles.iter().map(|(_, title)| title.as_str()).collect();
        let silent = row.asks.iter().find_map(|asks| match asks.what {
            What::Silent { days } => Some(days),
            _ => None,
        });
        let words = in_small(&[client.name.as_str(), &titles.join(" ")].join(" "));
        let heard = facts(client.circle).heard;
        let (name, team) = (client.name.clone(), team.join(", "));
        Self { circle: circle.id, name, team, words, row: Some(row), heard, days_still: silent, locked: circle.locked }
    }

    /// Of whom there is no summary, or none that may be shown.
    pub fn unknown(circle: &Circle) -> Self {
        let Circle { id, name, locked, .. } = circle.clone();
        let words = in_small(&name);
        Self { circle: id, name, team: String::new(), words, row: None, heard: None, days_still: None, locked }
    }
}

/// The row of a circle. It stands as long as the client is in the list, with the focus on it, whatever changes in it.
pub(super) fn case_view(circle: CircleId, all: Memo<Option<Vec<CaseOf>>>, tells: Memo<bool>) -> AnyView {
    let case = Memo::new(move |_| all.with(|all| all.iter().flatten().find(|case| case.circle == circle).cloned()));
    let told = move |tell: fn(&CaseOf) -> &str| {
        case.with(|case| case.as_ref().map(|case| tell(case).to_owned()).unwrap_or_default())
    };
    let name = Signal::derive(move || told(|case| &case.name));
    let team = Text::live(move || told(|case| &case.team));
    let lead = view! { <Person name /> }.into_any();
    let cells = changing(move || case.get().map(|case| cells(case, tells.get())).into_any());
    view! {
        <tr data-row="" data-client=circle.to_string()>
            <th scope="row"><ListRow text=Text::from(name) more=team lead tap=Tap::to(DeskPlace::Client(circle)) /></th>
            {cells}
        </tr>
    }
    .into_any()
}

fn cells(case: CaseOf, tells: bool) -> AnyView {
    let Some(row) = case.row else {
        let says = if case.locked { shared::LOCKED } else { desk::ON_ITS_WAY };
        return view! { <td class="soft" colspan="6">{says}</td> }.into_any();
    };
    let over = match row.hours_over {
        Some(over) => Text::live(move || said::over(over)).into_any(),
        None => "–".into_any(),
    };
    view! {
        <td>{asks(&row)}</td>
        <td class="wide">{fading(&row)}</td>
        <td class="n wide">{plans(&row)}</td>
        <td class="wide">{travels(case.circle, &row)}</td>
        {tells.then(|| phone_cell(case.heard, case.days_still))}
        <td class="n wide">{over}</td>
    }
    .into_any()
}

fn asks(row: &CaseRow) -> AnyView {
    match row.asks.first() {
        Some(first) => {
            view! { <span class="row">{mark_of(first.rule)}<span>{said::said_short(&first.what)}</span></span> }
                .into_any()
        }
        None => view! { <span class="soft">{following::ASKS_NOTHING}</span> }.into_any(),
    }
}

fn plans(row: &CaseRow) -> AnyView {
    match row.this_week {
        (_, 0) => "–".into_any(),
        (done, begun) => following::done_of(done, begun).into_any(),
    }
}

fn phone_cell(heard: Option<Millis>, days_still: Option<u32>) -> AnyView {
    let says = match (heard, days_still) {
        (_, Some(days)) => {
            let still = following::days_still(usize::try_from(days).unwrap_or(usize::MAX));
            view! { <span class="row">{icon(Icon::OFFLINE)}<b>{still}</b></span> }.into_any()
        }
        (Some(heard), None) => when(heard).into_any(),
        (None, None) => "–".into_any(),
    };
    view! { <td class="wide">{says}</td> }.into_any()
}

/// Where the training stands, and what is new in its correspondence. That is no part of a summary: it is read for the rows that are drawn.
fn travels(circle: CircleId, row: &CaseRow) -> AnyView {
    let Some(travels) = row.travels else { return "–".into_any() };
    let says = match travels {
        Travels::Before(stage) => stage_word(stage).into(),
        Travels::Practises(number) => following::practice(number),
        Travels::HandsOver(None) => following::SHORT_HANDOVER.into(),
        Travels::HandsOver(Some(day)) => {
            let day = near_today(on_day(day));
            Text::live(move || following::handover_on(day.get()).get())
        }
        Travels::Alone(None) => following::ALONE.into(),
        Travels::Alone(Some((months, _))) => following::follow_up_after(months),
    };
    let told = device::watch(circle, |reader: Reader| async move { news(&reader).await });
    let chips = changing(move || {
        let told = told.get().unwrap_or_default();
        // A row has room for one.
        told.first().map(|news| view! { <span class="chip outline">{said_of(news)}</span> }).into_any()
    });
    view! { <span class="travels"><span class="row">{icon(Icon::METRO)}<span>{says}</span></span>{chips}</span> }
        .into_any()
}

fn said_of(news: &News) -> Text {
    match news {
        News::ToClose => training::BOTH_SAID_SO.into(),
        News::DoesNotClick => desk::DOES_NOT_CLICK.into(),
        News::Reports(count) => feedback::new_reports(*count),
        News::Asks(name) => desk::asks_you(name),
    }
}

/// The word of a trend and its mark.
pub(super) const fn trend_word(trend: Option<Trend>) -> (Option<Icon>, Word) {
    match trend {
        Some(Trend::More) => (Some(Icon::RISING), following::TREND_MORE),
        Some(Trend::Equal) => (Some(Icon::EQUAL), following::TREND_EQUAL),
        Some(Trend::Less) => (Some(Icon::FALLING), following::TREND_LESS),
        None => (None, following::TREND_NONE),
    }
}

/// Across, a week; the height of nothing to everything by oneself.
const WEEK: usize = 8;
const HIGH: usize = 24;

/// The points of the line, of the weeks in which anything was done.
fn points(shares: &[Option<Share>]) -> Vec<(usize, usize)> {
    let point = |(week, share): (usize, &Option<Share>)| {
        let per_cent = usize::try_from((*share)?.per_cent()?).unwrap_or_default().min(100);
        Some((2 + week * WEEK, 2 + HIGH - per_cent * HIGH / 100))
    };
    shares.iter().enumerate().filter_map(point).collect()
}

/// The line of twelve weeks, from nothing to everything by oneself, with its word.
fn fading(row: &CaseRow) -> AnyView {
    let points = points(&row.fading);
    let (mark, word) = trend_word(row.trend);
    let shares = row.fading.clone();
    let says = Text::live(move || {
        let share = |share: &Option<Share>| {
            share.and_then(Share::per_cent).map_or_else(|| "–".to_owned(), |per_cent| format!("{per_cent} %"))
        };
        following::share_says(shares.iter().map(share).collect::<Vec<_>>().join(", ")).get()
    });
    let (wide, high) = (row.fading.len() * WEEK + 4, HIGH + 4);
    let end = points.last().map(|(x, y)| view! { <circle cx=*x cy=*y r="3" /> });
    let line: Vec<String> = points.iter().map(|(x, y)| format!("{x},{y}")).collect();
    view! {
        <span class="row spark">
            <svg width=wide height=high viewBox=format!("0 0 {wide} {high}") role="img" aria-label=says>
                <path class="scale" d=format!("M2 2h{}M2 {}h{}", wide - 4, HIGH + 2, wide - 4) />
                <polyline points=line.join(" ") />
                {end}
            </svg>
            {mark.map(icon)} <span class="small">{word}</span>
        </span>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_by_oneself_is_the_top_of_the_line_and_a_week_of_nothing_is_left_out() {
        let share = |by_oneself, all| Some(Share { by_oneself, all });
        assert_eq!(points(&[share(0, 4), None, share(4, 4)]), [(2, 2 + HIGH), (2 + 2 * WEEK, 2)]);
    }
}
