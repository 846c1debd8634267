//! A row a client, as tables 4 and 5 of the effect study have it, and the mean over them; the same as a file.

use opstap_insight::{ByRole, ClientHours, ShownHours, Tenths, overall};
use opstap_view::prelude::*;

use super::figures;
use crate::components::desk::Table;
use crate::words::{Text, hours};

/// A client's hours over a period.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    pub(super) name: String,
    pub(super) hours: ClientHours,
    /// Minutes of which nobody can say whose they are.
    pub(super) minutes_of_neither: u64,
}

/// The table; the mean stands below where there are several clients.
pub(super) fn table(rows: Vec<Row>) -> AnyView {
    let all: Vec<ClientHours> = rows.iter().map(|row| row.hours).collect();
    let counted = all.iter().filter(|hours| hours.weeks > 0).count();
    let mean = overall(&all).filter(|_| counted > 1).map(|shown| {
        let weeks = figures::hours(shown.weeks);
        let text = hours::mean_over(counted);
        view! { <tfoot><tr class="mean">{cells(text, weeks, Some(shown))}</tr></tfoot> }
    });
    let rows = rows.into_iter().map(|row| {
        let weeks = Text::from(row.hours.weeks.to_string());
        view! { <tr>{cells(Text::from(row.name), weeks, row.hours.shown())}</tr> }.into_any()
    });
    let group = |text: Text, columns: &'static str| {
        view! { <th scope="colgroup" colspan=columns class="n">{text}</th> }.into_any()
    };
    let head = |text: Text| view! { <th scope="col" class="n">{text}</th> }.into_any();
    let (pb, mb, both) = (hours::PB, hours::MB, hours::BOTH);
    let under = [pb, mb, both, pb, mb, hours::SB, hours::BB, both, pb, mb, both];
    view! {
        <section class="stack hours-table">
            <div class="row"><h2>{hours::USED_AND_GRANTED}</h2><span class="soft small">{hours::AS_IN_STUDY}</span></div>
            <Table caption=hours::USED_AND_GRANTED quiet_caption=true>
                <thead>
                    <tr>
                        <th scope="col" rowspan="2">{hours::CLIENT}</th>
                        <th scope="col" rowspan="2" class="n">{hours::WEEKS}</th>
                        {group(hours::USED.into(), "3")}
                        {group(hours::SHARE.into(), "2")}
                        {group(hours::GRANTED.into(), "3")}
                        {group(hours::OVER.into(), "3")}
                    </tr>
                    <tr>{under.into_iter().map(|word| head(word.into())).collect_view()}</tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
                {mean}
            </Table>
        </section>
    }
    .into_any()
}

fn cells(name: Text, weeks: Text, shown: Option<ShownHours>) -> AnyView {
    let figures = match shown {
        None => vec![Text::from("–".to_owned()); 11],
        Some(ShownHours { used, shares, granted, over, .. }) => {
            let three =
                |of: ByRole<Tenths>, write: fn(Tenths) -> Text| [of.supervisor, of.support_worker, of.both].map(write);
            let shares = [shares.map(|shares| shares.0), shares.map(|shares| shares.1)];
            let shares = shares.map(|share| Text::from(figures::per_cent(share)));
            let (used, granted) = (three(used, figures::hours), three(granted, figures::hours));
            used.into_iter().chain(shares).chain(granted).chain(three(over, figures::with_sign)).collect()
        }
    };
    let figures = figures.into_iter().map(|text| view! { <td class="n">{text}</td> }.into_any()).collect_view();
    view! { <th scope="row">{name}</th><td class="n">{weeks}</td>{figures} }.into_any()
}

/// The columns of the file, which are those that the report on the command line writes.
const COLUMNS: &str = "client,weeks,pb_hours_per_week,mb_hours_per_week,total_hours_per_week,pb_percent,mb_percent,\
                       granted_specialist,granted_basic,granted_total,use_pb,use_mb,use_total";

/// The rows of clients of whom a week counts, as text to open elsewhere: with a point, whatever the language.
pub(super) fn as_csv(rows: &[Row]) -> String {
    let line = |row: &Row| {
        let ShownHours { used, shares, granted, over, .. } = row.hours.shown()?;
        let three =
            |of: ByRole<Tenths>, write: fn(Tenths) -> String| [of.supervisor, of.support_worker, of.both].map(write);
        let (with, short) = (|tenths: Tenths| tenths.written('.'), |tenths: Tenths| tenths.written_short('.'));
        let share = |share: Option<i64>| share.map(|share| share.to_string()).unwrap_or_default();
        let shares = [share(shares.map(|shares| shares.0)), share(shares.map(|shares| shares.1))];
        let name = if row.name.contains([',', '"', '\n']) {
            ["\"", &row.name.replace('"', "\"\""), "\""].concat()
        } else {
            row.name.clone()
        };
        let first = [name, row.hours.weeks.to_string()];
        let all = first.into_iter().chain(three(used, with)).chain(shares).chain(three(granted, short));
        Some(all.chain(three(over, with)).collect::<Vec<_>>().join(","))
    };
    let lines = rows.iter().filter_map(line);
    [COLUMNS.to_owned()].into_iter().chain(lines).map(|line| line + "\r\n").collect()
}

#[cfg(test)]
mod tests {
    use opstap_core::Day;
    use opstap_core::model::{DuoRole, Grant, TimeKind};
    use opstap_insight::{GuidanceTime, Period, client_hours};

    use super::*;

    #[test]
    fn a_client_of_whom_no_week_counts_is_in_no_file_and_a_comma_in_a_name_splits_nothing() {
        // A Monday, and a week of which everything is granted.
        let (from, to) = (Day(18_225), Day(18_231));
        let spent =
            GuidanceTime { on: from, minutes: 90, role: DuoRole::Supervisor, kind: TimeKind::Direct, planned: true };
        let hours = client_hours(&[spent], &[Grant::of(from, to, 180, 60)], Period { from, to });
        let none = client_hours(&[spent], &[], Period { from, to });
        let row = |name: &str, hours| Row { name: name.to_owned(), hours, minutes_of_neither: 0 };
        let file = as_csv(&[row("Boer, Sem de", hours), row("Nadia", none)]);
        let lines: Vec<&str> = file.lines().collect();
        assert_eq!(lines[1..], ["\"Boer, Sem de\",1,1.5,0.0,1.5,100,0,3,1,4,-1.5,-1.0,-2.5"]);
        assert_eq!(lines[0].split(',').count(), 13);
    }
}
