//! The hours of one client by week, as a figure and as a table: PB is solid, MB is outlined, what is granted is a dashed line.

use opstap_insight::{ClientHours, Granted, Tenths, WeekUse};
use opstap_view::prelude::*;

use super::figures;
use crate::components::desk::Table;
use crate::components::{Choice, Segments, changing};
use crate::words::{Text, hours};

/// As a figure or as a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Plot,
    Table,
}

/// Left: the hours at the axis.
const LEFT: usize = 32;
/// Right: what the line and the bars are.
const RIGHT: usize = 120;
/// Above the highest hour.
const TOP: usize = 16;
/// How high the figure is.
const RISE: usize = 200;
/// Where the ground is.
const GROUND: usize = TOP + RISE;
/// One week.
const STEP: usize = 40;
/// A bar.
const BAR: usize = 28;
/// As many minutes as a week has.
const MOST: u64 = 7 * 24 * 60;

/// What is drawn of a week, in minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Bar {
    supervisor: usize,
    both: usize,
    granted: usize,
}

impl Bar {
    fn of(week: &WeekUse) -> Self {
        // A week has ten thousand minutes: what is more was written down wrongly, and is drawn as high as it can be.
        let drawn = |minutes: u64| usize::try_from(minutes.min(MOST)).unwrap_or_default();
        Self {
            supervisor: drawn(week.used.supervisor),
            both: drawn(week.used.both()),
            granted: drawn(week.granted.both() / Granted::IN_A_MINUTE),
        }
    }
}

/// The scale: as many whole even hours as hold all that is drawn.
fn most_hours(bars: &[Bar]) -> usize {
    let most = bars.iter().map(|bar| bar.both.max(bar.granted)).max().unwrap_or_default();
    most.div_ceil(120).max(1) * 2
}

/// How high so many minutes stand, where so many hours are the whole height.
const fn height(minutes: usize, hours: usize) -> usize {
    minutes * RISE / (hours * 60)
}

/// The figure of these weeks, or their table. `hours` is the row over all of them.
#[component]
pub(super) fn Weeks(weeks: Vec<WeekUse>, hours: ClientHours) -> impl IntoView {
    let form = RwSignal::new(Form::Plot);
    let choices = vec![Choice::new(Form::Plot, hours::PLOT), Choice::new(Form::Table, hours::TABLE)];
    let figure = changing(move || match form.get() {
        Form::Plot => plot(&weeks, &hours),
        Form::Table => table(&weeks),
    });
    view! {
        <section class="stack">
            <div class="row">
                <h2>{hours::PER_WEEK}</h2>
                <span class="soft small">{hours::UNIT}</span>
                <span class="push before-print">
                    <Segments label=hours::PER_WEEK choices chosen=form on_choose=move |chosen| form.set(chosen) />
                </span>
            </div>
            {figure}
        </section>
    }
}

fn plot(weeks: &[WeekUse], row: &ClientHours) -> AnyView {
    let bars: Vec<Bar> = weeks.iter().map(Bar::of).collect();
    let hours = most_hours(&bars);
    let y = |minutes| GROUND - height(minutes, hours);
    let end = LEFT + STEP * bars.len();
    let scale = (0..=hours).step_by(2).map(|hour| {
        let (at, class) = (y(hour * 60), if hour == 0 { "ground" } else { "scale" });
        view! { <line class=class x1=LEFT y1=at x2=end y2=at /><text class="axis" x=LEFT - 8 y=at + 4>{hour}</text> }
            .into_any()
    });
    let drawn = bars.iter().zip(weeks).enumerate().map(|(place, (bar, week))| {
        let x = LEFT + STEP * place + (STEP - BAR) / 2;
        let (solid, whole) = (height(bar.supervisor, hours), height(bar.both, hours));
        view! {
            <rect class="mb" x=x y=GROUND - whole width=BAR height=whole - solid />
            <rect class="pb" x=x y=GROUND - solid width=BAR height=solid />
            <text x=x + BAR / 2 y=GROUND + 20>{week.week.number().1.to_string()}</text>
        }
        .into_any()
    });
    // A step a week, so that a change of what is granted is seen where it was.
    let line = bars.iter().enumerate().flat_map(|(place, bar)| {
        let (from, at) = (LEFT + STEP * place, y(bar.granted));
        [format!("{from},{at}"), format!("{},{at}", from + STEP)]
    });
    let line: Vec<String> = line.collect();
    let labels = labels(weeks, row, end + 8, y(bars.last().map_or(0, |bar| bar.granted)));
    let (width, height) = (end + RIGHT, GROUND + 32);
    view! {
        <figure class="plot hours-plot">
            <svg width=width height=height viewBox=format!("0 0 {width} {height}") role="img" aria-label=hours::PER_WEEK>
                {scale.collect_view()}
                {drawn.collect_view()}
                <polyline class="granted" points=line.join(" ") />
                {labels}
            </svg>
        </figure>
    }
    .into_any()
}

/// At the end of the bars and the line: what they are.
fn labels(weeks: &[WeekUse], row: &ClientHours, x: usize, line: usize) -> AnyView {
    let last = weeks.last().map(|week| week.granted);
    let of = |sevenths: u64| figures::tenths_of(sevenths / Granted::IN_A_MINUTE);
    let granted = last.map(|last| {
        let (both, parts) = (figures::hours(of(last.both())), (figures::hours(of(last.specialist)), figures::hours(of(last.basic))));
        let text = Text::live(move || hours::granted_line(both.get()).get());
        let more = Text::live(move || hours::sb_and_bb(parts.0.get(), parts.1.get()).get());
        view! { <text class="label strong" x=x y=line + 4>{text}</text><text class="label" x=x y=line + 20>{more}</text> }
    });
    let means = row.shown().map(|shown| {
        let mean = |tenths: Tenths, says: fn(String) -> Text| {
            let written = figures::hours(tenths);
            Text::live(move || says(written.get()).get())
        };
        let mb = mean(shown.used.support_worker, hours::mb_mean);
        let pb = mean(shown.used.supervisor, hours::pb_mean);
        view! {
            <rect class="mb" x=x y=GROUND - 46 width=12 height=12 /><text class="label" x=x + 18 y=GROUND - 36>{mb}</text>
            <rect class="pb" x=x y=GROUND - 22 width=12 height=12 /><text class="label" x=x + 18 y=GROUND - 12>{pb}</text>
        }
    });
    view! { {granted} {means} }.into_any()
}

fn table(weeks: &[WeekUse]) -> AnyView {
    let rows = weeks.iter().map(|week| {
        let (number, granted) = (week.week.number().1, week.granted.both() / Granted::IN_A_MINUTE);
        let of = |minutes| figures::hours(figures::tenths_of(minutes));
        view! {
            <tr>
                <th scope="row">{hours::week_number(number.to_string())}</th>
                <td class="n">{of(week.used.supervisor)}</td>
                <td class="n">{of(week.used.support_worker)}</td>
                <td class="n">{of(week.used.both())}</td>
                <td class="n">{of(granted)}</td>
            </tr>
        }
        .into_any()
    });
    let rows = rows.collect_view();
    let heads = [hours::PB, hours::MB, hours::BOTH, hours::GRANTED];
    let heads = heads.into_iter().map(|head| view! { <th scope="col" class="n">{head}</th> }.into_any()).collect_view();
    view! {
        <Table caption=hours::PER_WEEK quiet_caption=true>
            <thead><tr><th scope="col">{hours::WEEK_TABLE}</th>{heads}</tr></thead>
            <tbody>{rows}</tbody>
        </Table>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_holds_all_bars_and_the_line_and_begins_at_nothing() {
        let bar = |both, granted| Bar { supervisor: 0, both, granted };
        assert_eq!(most_hours(&[]), 2);
        assert_eq!(most_hours(&[bar(285, 240)]), 6);
        assert_eq!(most_hours(&[bar(30, 240)]), 4);
        assert_eq!((height(0, 6), height(360, 6), height(180, 6)), (0, RISE, RISE / 2));
    }
}
