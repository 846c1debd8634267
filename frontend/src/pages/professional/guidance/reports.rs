//! Reports over all that somebody may see: hours against what is granted, goals and measurements, and for coordinators whether following is
//! used. The server makes them, so that they are over a year of all clients and not over what this device holds.

use leptos::task::spawn_local;
use opstap_view::prelude::*;

use super::super::frame::{Page, Part};
use super::super::place::DeskPlace;
use super::hours::{Chosen, choose};
use crate::components::desk::{Bar, Columns, Foot, Pane, Table};
use crate::components::{Appearance, Bones, Button, Choice, EmptyState, Icon, LoadingBones, Segments, Size, changing};
use crate::device::{self, Asked, Link, ReportSheet, ReportTable};
use crate::event::Tap;
use crate::language::language;
use crate::pages::shared::not_now;
use crate::pages::shared::print::print_button;
use crate::pages::shared::to_keep::{file_to_keep, lists_to_keep};
use crate::words::{Text, Word, desk, hours, reports, to_keep};

/// The lists of what stands behind the reports, over all that somebody may see.
const LISTS: [(Word, &str); 13] = [
    (to_keep::PLANS, "plans"),
    (to_keep::RUNS, "runs"),
    (to_keep::ROUTES, "routes"),
    (to_keep::PRACTICES, "practices"),
    (to_keep::FOLLOW_UPS, "follow-ups"),
    (to_keep::GOALS, "goals"),
    (to_keep::MEASUREMENTS, "measurements"),
    (to_keep::EVALUATIONS, "evaluations"),
    (to_keep::TASKS, "tasks"),
    (to_keep::APPOINTMENTS, "appointments"),
    (to_keep::NOTES, "notes"),
    (to_keep::ATTENDANCE, "attendance"),
    (to_keep::TIMES, "hours"),
];

/// What a report is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum On {
    Hours,
    Effect,
    Following,
}

impl On {
    const ALL: [(Self, Word); 3] =
        [(Self::Hours, reports::HOURS), (Self::Effect, reports::EFFECT), (Self::Following, reports::FOLLOWING)];

    /// The name by which the server knows it.
    const fn name(self) -> &'static str {
        match self {
            Self::Hours => "hours",
            Self::Effect => "effect",
            Self::Following => "following",
        }
    }
}

/// What is asked for.
#[derive(Clone, Copy)]
struct Wanted {
    on: RwSignal<On>,
    chosen: Chosen,
}

impl Wanted {
    /// Where the server has it in this form and the language of now; none while a day is to be filled in.
    fn address(self, form: &str) -> Option<String> {
        let days = match self.chosen.days()? {
            None => String::new(),
            Some(period) => ["&from=", &period.from.written(), "&until=", &period.to.written()].concat(),
        };
        let name = self.on.get().name();
        Some(["/api/reports/", name, ".", form, "?language=", language().tag(), &days].concat())
    }
}

/// What the server is asked and what it told. Each time is a line in what clients read of who looked, so it is asked no more than need be.
#[derive(Clone, Copy)]
struct Asking {
    address: Memo<Option<String>>,
    told: RwSignal<Option<Asked<ReportSheet>>>,
    again: RwSignal<()>,
    /// Which time it is: what comes of an earlier one is of no use any more.
    time: StoredValue<u32>,
}

impl Asking {
    fn of(address: Memo<Option<String>>) -> Self {
        let asking = Self { address, told: RwSignal::new(None), again: RwSignal::new(()), time: StoredValue::new(0) };
        Effect::new(move |_| {
            asking.again.track();
            let time = asking.time.get_value() + 1;
            asking.time.set_value(time);
            asking.told.set(None);
            if let Some(address) = address.get() {
                asking.ask(address, time);
            }
        });
        // Where there was no network it is asked again once there is one; what was told stays when it goes.
        let link = device::link();
        let online = Memo::new(move |_| link.get() == Link::Online);
        Effect::new(move |_| {
            if online.get() && matches!(asking.told.get_untracked(), Some(Asked::NotNow)) {
                asking.again.set(());
            }
        });
        asking
    }

    fn ask(self, address: String, time: u32) {
        spawn_local(async move {
            let now = device::report(&address).await;
            if self.time.try_get_value() == Some(time) {
                let _ = self.told.try_set(Some(now));
            }
        });
    }
}

/// The page.
pub(in super::super) fn reports() -> AnyView {
    let wanted = Wanted { on: RwSignal::new(On::Hours), chosen: Chosen::all() };
    let asking = Asking::of(Memo::new(move |_| wanted.address("sheet")));
    let Asking { address, told, again, .. } = asking;
    let choices = On::ALL.map(|(on, word)| Choice::new(on, word)).to_vec();
    let keep = move |text: Word, ending: &'static str| {
        let name = ["opstap-", untrack(|| wanted.on.get()).name()].concat();
        file_to_keep((text, Size::Tool), name, ending, move || untrack(|| wanted.address(ending)).unwrap_or_default())
    };
    let body = changing(move || match (told.get(), address.get()) {
        (_, None) => view! { <p class="soft">{reports::CHOOSE_DAYS}</p> }.into_any(),
        (None, _) => view! { <LoadingBones shape=Bones::Rows(8) /> }.into_any(),
        (Some(Asked::Told(sheet)), _) => view! {
            <div class="row before-print">{keep(reports::AS_PAGE, "html")} {keep(reports::AS_CSV, "csv")}</div>
            {shown(sheet)}
        }
        .into_any(),
        (Some(Asked::NotThere), _) if untrack(|| wanted.on.get()) == On::Following => view! {
            <EmptyState picture="locked" sentence=reports::FOR_COORDINATORS more=reports::FOR_COORDINATORS_MORE />
        }
        .into_any(),
        (Some(Asked::NotThere), _) => view! { <EmptyState picture="locked" sentence=desk::NOT_THERE /> }.into_any(),
        (Some(Asked::NotNow), _) => not_now(Tap::from(move || again.set(()))),
    });
    let tap = Tap::to(DeskPlace::Hours);
    let back = view! { <Button text=hours::HOURS icon=Icon::BACK appearance=Appearance::Plain tap /> }.into_any();
    view! {
        <Page title=reports::REPORTS part=Part::Hours>
            <Bar title=reports::REPORTS more=Text::from(reports::OVER_ALL) lead=back>
                {print_button()}
            </Bar>
            <Columns>
                <Pane>
                    <div class="before-print stack">
                        <Segments label=reports::ON_WHAT choices chosen=wanted.on on_choose=move |on| wanted.on.set(on) />
                    </div>
                    {choose(wanted.chosen)}
                    {body}
                    <details class="before-print">
                        <summary>{reports::LISTS}</summary>
                        {lists_to_keep(to_keep::TO_KEEP, &LISTS, None)}
                    </details>
                </Pane>
            </Columns>
            <Foot><span>{reports::TAKES_INTERNET}</span></Foot>
        </Page>
    }
    .into_any()
}

fn shown(sheet: ReportSheet) -> AnyView {
    let about = sheet.about.into_iter().map(|line| view! { <p class="small soft">{line}</p> });
    view! {
        <section class="stack report">
            <h2>{sheet.title}</h2>
            {about.collect_view()}
            {sheet.tables.into_iter().map(table).collect_view()}
        </section>
    }
    .into_any()
}

fn table(told: ReportTable) -> AnyView {
    let class = if told.is_numbers { "n" } else { "" };
    let row = move |cells: Vec<String>| {
        let mut cells = cells.into_iter();
        let first = cells.next();
        let others = cells.map(move |cell| view! { <td class=class>{cell}</td> }.into_any()).collect_view();
        view! { <tr><th scope="row">{first}</th>{others}</tr> }.into_any()
    };
    let groups = (!told.groups.is_empty()).then(|| {
        let group = |(name, over): (String, usize)| {
            let over = over.to_string();
            match name.as_str() {
                "" => view! { <td colspan=over></td> }.into_any(),
                _ => view! { <th scope="colgroup" colspan=over class="n">{name}</th> }.into_any(),
            }
        };
        view! { <tr>{told.groups.into_iter().map(group).collect_view()}</tr> }
    });
    let head = told.head.into_iter().enumerate().map(move |(at, name)| {
        let class = if at == 0 { "" } else { class };
        view! { <th scope="col" class=class>{name}</th> }.into_any()
    });
    let overall = (!told.overall.is_empty()).then(|| view! { <tfoot>{row(told.overall)}</tfoot> });
    let notes = told.notes.into_iter().map(|note| view! { <p class="small soft">{note}</p> });
    view! {
        <Table caption=told.caption>
            <thead>{groups}<tr>{head.collect_view()}</tr></thead>
            <tbody>{told.rows.into_iter().map(row).collect_view()}</tbody>
            {overall}
        </Table>
        {notes.collect_view()}
    }
    .into_any()
}
