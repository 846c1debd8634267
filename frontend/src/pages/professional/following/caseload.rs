//! The caseload: every client in one table that is drawn as it scrolls, found by name or plan, filtered in words and sorted. It is read from
//! the summaries alone, so that two hundred are there at once and offline too.

use opstap_core::letters::in_small;
use opstap_insight::following::{CaseRow, SortBy, Wanted, is_wanted, sort_rows};
use opstap_view::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::super::frame::{Page, Part, clients};
use super::caseload_row::{CaseOf, case_view};
use super::client::{Client, facts, followed};
use super::{foot, rows_by_key};
use crate::components::desk::{Bar, Columns, Foot, KeyHint, Pane};
use crate::components::{Bones, Choice, EmptyState, Field, LoadingBones, Segments, changing};
use crate::device;
use crate::pages::shared::to_keep::list_to_keep;
use crate::stories;
use crate::words::{Text, Word, desk, following};

/// How high a row is, in CSS pixels; the style sheet says the same.
const ROW: usize = 52;
/// So many rows are drawn at a time. The window moves by half of it, so that a row is drawn before it is seen.
const DRAWN: usize = 60;
const MOVES_BY: usize = DRAWN / 3;

/// Which clients are shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Chosen {
    These(Wanted),
    /// Those of whose phones nothing was heard.
    Still,
}

impl Chosen {
    fn has(self, case: &CaseOf) -> bool {
        let still = || case.days_still.is_some();
        match self {
            Self::These(Wanted::All) => true,
            Self::These(wanted) => case.row.as_ref().is_some_and(|row| is_wanted(row, wanted)),
            Self::Still => still(),
        }
    }
}

/// What the table is made of: what is shown, and how.
#[derive(Clone, Copy)]
struct Table {
    all: Memo<Option<Vec<CaseOf>>>,
    chosen: RwSignal<Chosen>,
    sort: RwSignal<SortBy>,
    query: RwSignal<String>,
    /// The first row that is drawn.
    from: RwSignal<usize>,
}

/// The screen.
#[component]
pub(in super::super) fn Caseload() -> impl IntoView {
    rows_by_key();
    let table = Table {
        all: all_cases(),
        chosen: RwSignal::new(Chosen::These(Wanted::All)),
        sort: RwSignal::new(SortBy::Name),
        query: RwSignal::new(String::new()),
        from: RwSignal::new(0),
    };
    let shown = Memo::new(move |_| table.shown());
    let count = Text::live(move || {
        let all = table.all.with(|all| all.as_ref().map(Vec::len));
        all.map_or_else(String::new, |all| desk::clients_shown(shown.with(Vec::len), all).get())
    });
    let nobody = Memo::new(move |_| table.all.with(|all| all.as_ref().map(Vec::is_empty)));
    let body = changing(move || match nobody.get() {
        None => view! { <div class="pane"><LoadingBones shape=Bones::Rows(5) /></div> }.into_any(),
        Some(true) => {
            view! { <EmptyState picture="busts-in-silhouette" sentence=desk::NO_CLIENTS more=desk::NO_CLIENTS_MORE /> }
                .into_any()
        }
        Some(false) => view! { {filters(table)} {table_view(table, shown)} }.into_any(),
    });
    let rows = Text::live(move || match shown.with(Vec::len) {
        0 => String::new(),
        shown => following::rows_shown(1, shown, table.all.with(|all| all.as_ref().map_or(0, Vec::len))).get(),
    });
    view! {
        <Page title=desk::CLIENTS part=Part::Clients>
            <Bar title=desk::CLIENTS more=count>
                <Field label=following::NAME_OR_PLAN kind="search" value=table.query on_input=move |text| table.find(text) />
            </Bar>
            <Columns><Pane flush=true>{body}</Pane></Columns>
            <Foot>
                <KeyHint keys=&["J", "K"] text=following::KEY_ROW />
                <KeyHint keys=&["Enter"] text=following::KEY_OPEN />
                <span>{rows}</span>
                <span>{foot()}</span>
            </Foot>
        </Page>
    }
}

/// Every client, those too of whom there is no summary yet or who are locked.
fn all_cases() -> Memo<Option<Vec<CaseOf>>> {
    let (circles, with_summary) = (device::circles(), followed());
    let rows = stories::following::rows(stories::following::following(), stories::following::clock(), facts);
    Memo::new(move |_| {
        let circles = clients(circles.get()?);
        let of = |circle: device::Circle| {
            let row = rows.with(|rows| rows.iter().flatten().find(|(of, _)| of.id == circle.id).cloned());
            let summary = |all: &Option<Vec<Client>>| all.iter().flatten().find(|one| one.circle == circle.id).cloned();
            match (row, with_summary.with(summary)) {
                (Some((_, row)), Some(client)) => CaseOf::of(&circle, &client, row),
                _ => CaseOf::unknown(&circle),
            }
        };
        Some(circles.into_iter().map(of).collect())
    })
}

impl Table {
    /// The clients that are wanted, in order.
    fn shown(self) -> Vec<CaseOf> {
        let (chosen, query) = (self.chosen.get(), in_small(self.query.get().trim()));
        let wanted = |case: &&CaseOf| chosen.has(case) && case.words.contains(&query);
        let found = self.all.with(|all| all.iter().flatten().filter(wanted).cloned().collect::<Vec<_>>());
        sorted(found, self.sort.get())
    }

    fn find(self, text: String) {
        self.query.set(text);
        self.from.set(0);
    }

    fn count(self, chosen: Chosen) -> usize {
        self.all.with(|all| all.iter().flatten().filter(|case| chosen.has(case)).count())
    }
}

/// In this order; those of whom nothing is known yet come last. By name they have their place from the first: a row that moves when its
/// summary comes would be under the finger of whoever taps another.
fn sorted(mut found: Vec<CaseOf>, by: SortBy) -> Vec<CaseOf> {
    if by == SortBy::Name {
        found.sort_by_cached_key(|case| in_small(&case.name));
        return found;
    }
    let (mut known, mut unknown) = (Vec::<(CaseOf, CaseRow)>::new(), Vec::new());
    for case in found {
        match case.row.clone() {
            Some(row) => known.push((case, row)),
            None => unknown.push(case),
        }
    }
    sort_rows(&mut known, by);
    known.into_iter().map(|(case, _)| case).chain(unknown).collect()
}

fn filters(table: Table) -> AnyView {
    let chip = move |chosen: Chosen, say: fn(usize) -> Text| {
        Choice::new(chosen, Text::live(move || say(table.count(chosen)).get()))
    };
    // Where no phone was ever heard of by this laptop, nothing can be said of silent ones.
    let tells = Memo::new(move |_| table.all.with(|all| all.iter().flatten().any(|case| case.heard.is_some())));
    changing(move || {
        let mut choices = vec![
            chip(Chosen::These(Wanted::All), following::all),
            chip(Chosen::These(Wanted::Asks), following::asking),
            chip(Chosen::These(Wanted::Less), following::less_by_oneself),
            chip(Chosen::These(Wanted::Travels), following::travelling),
        ];
        if tells.get() {
            choices.push(chip(Chosen::Still, following::still_phones));
        }
        let choose = move |chosen| {
            table.chosen.set(chosen);
            table.from.set(0);
        };
        view! {
            <div class="views filters">
                <Segments label=following::WHICH_CLIENTS choices chosen=table.chosen on_choose=choose />
                {list_to_keep("caseload", None)}
            </div>
        }
        .into_any()
    })
}

/// The rows that are drawn where it was scrolled so far.
const fn first_drawn(scrolled: usize) -> usize {
    let row = scrolled / ROW;
    (row / MOVES_BY).saturating_sub(1) * MOVES_BY
}

fn table_view(table: Table, shown: Memo<Vec<CaseOf>>) -> AnyView {
    let scrolls = move |event: leptos::ev::Event| {
        let Some(by) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
        let first = first_drawn(usize::try_from(by.scroll_top()).unwrap_or_default());
        if table.from.get_untracked() != first {
            table.from.set(first);
        }
    };
    let all = Memo::new(move |_| shown.with(Vec::len));
    let drawn = Memo::new(move |_| {
        let from = table.from.get();
        shown.with(|shown| shown.iter().skip(from).take(DRAWN).map(|case| case.circle).collect::<Vec<_>>())
    });
    let room = |rows: usize| (rows * ROW).to_string();
    let above = move || room(table.from.get().min(all.get()));
    let below = move || room(all.get().saturating_sub(table.from.get() + DRAWN));
    let none = changing(move || {
        (all.get() == 0).then(|| view! { <p class="pane soft" role="status">{following::NOBODY_FOUND}</p> }).into_any()
    });
    let head = |word: Word, class: &'static str| view! { <th scope="col" class=class>{word}</th> }.into_any();
    let tells = Memo::new(move |_| table.all.with(|all| all.iter().flatten().any(|case| case.heard.is_some())));
    view! {
        <div class="case-scroll" on:scroll=scrolls tabindex="-1">
            <table class="table caseload" aria-rowcount=move || all.get().to_string()>
                <caption><span class="for-voice">{desk::CLIENTS}</span></caption>
                <thead>
                    <tr>
                        {sorts(table, SortBy::Name, following::CLIENT_COLUMN)}
                        {sorts(table, SortBy::Asks, following::ASKS_COLUMN)}
                        {head(following::OWN_COLUMN, "wide")}
                        {head(following::PLANS_COLUMN, "n wide")}
                        {head(following::TRAVEL_COLUMN, "wide")}
                        {changing(move || tells.get().then(|| head(following::PHONE_COLUMN, "wide")).into_any())}
                        {head(following::HOURS_COLUMN, "n wide")}
                    </tr>
                </thead>
                <tbody>
                    <tr class="room" aria-hidden="true"><td height=above></td></tr>
                    <For each=move || drawn.get() key=ToString::to_string children=move |circle| case_view(circle, table.all, tells) />
                    <tr class="room" aria-hidden="true"><td height=below></td></tr>
                </tbody>
            </table>
            {none}
        </div>
    }
    .into_any()
}

/// The head of a column by which rows are sorted.
fn sorts(table: Table, by: SortBy, word: Word) -> AnyView {
    let is = move || table.sort.get() == by;
    let label = Text::live(move || following::sort_by(word.get()).get());
    view! {
        <th scope="col" aria-sort=move || is().then_some("ascending")>
            <button type="button" class="sort" title=label on:click=move |_| table.sort.set(by)>
                {word} {move || is().then(|| view! { <span aria-hidden="true">" ↓"</span> })}
            </button>
        </th>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_name_a_client_has_their_place_before_their_summary_is_there() {
        let circle = |n: u8, name: &str| device::Circle {
            id: opstap_core::CircleId([n; 16]),
            name: name.to_owned(),
            kind: opstap_core::model::CircleKind::Client,
            relation: None,
            client: None,
            complete: true,
            locked: false,
        };
        let found = ["Sem", "jordi", "Aïsha"].iter().zip(1..).map(|(name, n)| CaseOf::unknown(&circle(n, name)));
        let names: Vec<_> = sorted(found.collect(), SortBy::Name).into_iter().map(|case| case.name).collect();
        assert_eq!(names, ["Aïsha", "jordi", "Sem"]);
    }

    #[test]
    fn what_is_drawn_covers_what_is_seen_wherever_it_was_scrolled() {
        // A tall window shows twenty rows.
        for scrolled in (0..200 * ROW).step_by(7) {
            let (first, seen) = (first_drawn(scrolled), scrolled / ROW);
            assert!(first <= seen && seen + 20 <= first + DRAWN, "{scrolled}");
        }
    }
}
