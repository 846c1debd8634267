//! Hours against what is granted: of one client by week, and over the clients of this person as tables 4 and 5 of the effect study have it.

mod figures;
mod grants;
mod period;
mod proposals;
mod rows;
mod weeks;

use opstap_core::CircleId;
use opstap_insight::{Guidance, Period};
use opstap_view::prelude::*;

use super::super::client_head::{ClientPage, ClientPart};
use super::super::frame::{Page, Part, client_name, clients, is_coach};
use super::super::hours::{hours_of, lasted, writes};
use super::super::place::DeskPlace;
use crate::components::desk::{Bar, Columns, Foot, Pane, SidePane};
use crate::components::{Bones, Button, Icon, LoadingBones, changing};
use crate::device;
use crate::event::Tap;
use crate::pages::shared::print::print_button;
use crate::pages::shared::to_keep::lists_to_keep;
use crate::save_file::save_file;
use crate::stories;
use crate::words::{Text, Word, hours, reports, to_keep};

use grants::Grants;
pub(super) use period::{Chosen, choose};
use proposals::Proposals;
use rows::{Row, as_csv, table};
use weeks::Weeks;

/// The lists that the figures are made of.
const LISTS: [(Word, &str); 2] = [(to_keep::TIMES, "hours"), (to_keep::GRANTS, "grants")];

/// The hours of one client.
pub(in super::super) fn of_client(circle: CircleId) -> AnyView {
    let guidance = device::watch(circle, |reader| async move { stories::guidance::guidance(&reader).await });
    let (chosen, writes) = (Chosen::all(), writes(circle));
    let name = client_name(circle);
    let period =
        Memo::new(move |_| chosen.period(guidance.with(|guidance| guidance.as_ref().and_then(Guidance::span))));
    let body = move || match guidance.get() {
        None => view! { <LoadingBones shape=Bones::Rows(6) /> }.into_any(),
        Some(guidance) => {
            let Some(period) = period.get() else {
                return view! { <p class="soft">{hours::NONE_COUNTED}</p> }.into_any();
            };
            let weeks = guidance.weeks(period);
            let row = Row {
                name: name.get(),
                hours: guidance.hours(period),
                minutes_of_neither: of_neither(&guidance, period),
            };
            view! { <Weeks weeks hours=row.hours /> {table(vec![row.clone()])} {left_out(&[row])} }.into_any()
        }
    };
    view! {
        <ClientPage circle part=ClientPart::Hours>
            <Columns>
                <Pane>
                    {changing(move || if writes.get() { view! { <Proposals circle /> }.into_any() } else { ().into_any() })}
                    {choose(chosen)}
                    {changing(body)}
                </Pane>
                <SidePane>
                    <Grants circle guidance writes />
                    {hours_of(circle)}
                    {changing(move || writes.get().then(|| lists_to_keep(to_keep::TO_KEEP, &LISTS, Some(circle))).into_any())}
                    <div class="before-print">{print_button()}</div>
                </SidePane>
            </Columns>
            <Foot><span>{hours::HOW_COUNTED}</span></Foot>
        </ClientPage>
    }
    .into_any()
}

/// The hours over all clients of whoever looks.
pub(in super::super) fn over_all() -> AnyView {
    let circles = device::circles();
    let ours = Memo::new(move |_| {
        clients(circles.get().unwrap_or_default()).into_iter().map(|one| (one.id, one.name)).collect::<Vec<_>>()
    });
    let read = Memo::new(move |_| {
        let of = |(circle, name): (CircleId, String)| {
            let guidance = device::watch(circle, |reader| async move { stories::guidance::guidance(&reader).await });
            (name, guidance)
        };
        ours.get().into_iter().map(of).collect::<Vec<_>>()
    });
    let chosen = Chosen::all();
    let rows = Memo::new(move |_| read.with(|all| rows_of(all, chosen)));
    let body = changing(move || match rows.get() {
        None => view! { <LoadingBones shape=Bones::Rows(8) /> }.into_any(),
        Some(rows) if rows.is_empty() => view! { <p class="soft">{hours::NONE_COUNTED}</p> }.into_any(),
        Some(rows) => {
            let left_out = left_out(&rows);
            view! { {table(rows)} {left_out} }.into_any()
        }
    });
    let csv = move || {
        let rows = rows.get_untracked().unwrap_or_default();
        save_file("opstap-uren.csv", "text/csv", &as_csv(&rows));
    };
    view! {
        <Page title=hours::HOURS part=Part::Hours>
            <Bar title=hours::HOURS more=Text::from(hours::MY_CLIENTS)>
                {reports_button()}
                <Button text=hours::AS_CSV icon=Icon::SHARE tap=csv />
                {print_button()}
            </Bar>
            <Columns><Pane>{choose(chosen)}{body}{lists_to_keep(to_keep::TO_KEEP, &LISTS, None)}</Pane></Columns>
            <Foot><span>{hours::HOW_COUNTED}</span></Foot>
        </Page>
    }
    .into_any()
}

/// The way to the reports over all clients; a neighbourhood coach has none.
fn reports_button() -> AnyView {
    let is_coach = is_coach();
    let tap = Tap::to(DeskPlace::Reports);
    changing(move || {
        let tap = tap.clone();
        (!is_coach.get()).then(|| view! { <Button text=reports::REPORTS icon=Icon::CHART tap /> }).into_any()
    })
}

/// The rows of all clients, in the order of their names; none while some are still being read. Without a period that was chosen it is from
/// the first to the last day of all.
fn rows_of(all: &[(String, Signal<Option<Guidance>>)], chosen: Chosen) -> Option<Vec<Row>> {
    let read: Option<Vec<(String, Guidance)>> =
        all.iter().map(|(name, guidance)| Some((name.clone(), guidance.get()?))).collect();
    let read = read?;
    let spans = read.iter().filter_map(|(_, guidance)| guidance.span());
    let span = spans.reduce(|one, other| Period { from: one.from.min(other.from), to: one.to.max(other.to) });
    let Some(period) = chosen.period(span) else { return Some(Vec::new()) };
    let rows = read.into_iter().map(|(name, guidance)| Row {
        name,
        hours: guidance.hours(period),
        minutes_of_neither: of_neither(&guidance, period),
    });
    let mut rows: Vec<Row> = rows.collect();
    stories::sort_by(&mut rows, |one, other| one.name > other.name);
    Some(rows)
}

/// Minutes in the period of which nobody can say whether they are of the supervisor or of the support worker.
fn of_neither(guidance: &Guidance, period: Period) -> u64 {
    let own = guidance.of_neither.iter().filter(|story| period.has(story.time.on));
    own.map(|story| u64::from(story.time.minutes)).sum()
}

/// What is in no figure is said, so that it is not missed.
fn left_out(rows: &[Row]) -> AnyView {
    let outside: u64 = rows.iter().map(|row| row.hours.outside).sum();
    let neither: u64 = rows.iter().map(|row| row.minutes_of_neither).sum();
    let said = |minutes: u64, says: fn(String) -> Text| {
        (minutes > 0).then(|| {
            let time = lasted(u32::try_from(minutes).unwrap_or(u32::MAX));
            let text = Text::live(move || says(time.get()).get());
            view! { <p class="soft small">{text}</p> }
        })
    };
    view! { {said(outside, hours::outside)} {said(neither, hours::of_neither)} }.into_any()
}
