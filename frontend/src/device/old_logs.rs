//! Logs that are too old to be on the device: how often something was done in a month, and the month itself when somebody asks.

use leptos::task::spawn_local;
use opstap_core::protocol::{Figure, What};
use opstap_core::{CircleId, Day, Millis, Month, RecordId};

use super::runtime;

/// The months of which figures stand in the place of logs, newest first: with a moment in each, and how much there was: runs, practices, messages
/// and what was put in the book.
pub async fn months(circle: CircleId) -> Vec<(Month, Millis, usize)> {
    let Some(engine) = runtime::engine() else { return Vec::new() };
    let figures = match engine.figures(circle).await {
        Ok(figures) => figures,
        Err(error) => {
            runtime::report(error);
            None
        }
    };
    // The figures are in order of month.
    let mut counts: Vec<(Month, usize)> = Vec::new();
    for row in figures.iter().flat_map(|figures| &figures.rows) {
        if matches!(row.what, What::Runs | What::Practices | What::Messages | What::BookEntries | What::Arrivals) {
            let count = usize::try_from(row.count).unwrap_or(usize::MAX);
            match counts.last_mut() {
                Some((month, all)) if *month == row.month => *all += count,
                _ => counts.push((row.month, count)),
            }
        }
    }
    // Noon of the first day, so that it is the same month by every clock near.
    counts.into_iter().rev().map(|(month, count)| (month, month.begins().begins().plus(43_200_000), count)).collect()
}

/// The minutes of practices that are too old to be on this device, by the month and the route, and the day from which on they are here; none
/// while nothing is known of old practices.
pub async fn minutes_before(circle: CircleId) -> Option<(Day, Vec<(Month, RecordId, u32)>)> {
    let figures = runtime::engine()?.figures(circle).await.ok().flatten()?;
    let of_practices = figures.rows.iter().filter(|row| row.what == What::Minutes);
    let minutes = of_practices.map(|row| (row.month, row.of, u32::try_from(row.count).unwrap_or(u32::MAX)));
    Some((figures.before, minutes.collect()))
}

/// How often a route was practised before a day, and that day: from there on the practices themselves are on this device, and older ones
/// only where their month was brought back.
pub async fn practices_before(circle: CircleId, route: RecordId) -> (Day, usize) {
    let (before, count) = count_before(circle, |row| row.what == What::Practices && row.of == route).await;
    (before, usize::try_from(count).unwrap_or(usize::MAX))
}

/// What the figures that fit come to, and the day before which they count.
async fn count_before(circle: CircleId, fits: impl Fn(&Figure) -> bool) -> (Day, u64) {
    let Some(engine) = runtime::engine() else { return (Day(0), 0) };
    let Some(figures) = engine.figures(circle).await.ok().flatten() else { return (Day(0), 0) };
    let rows = figures.rows.iter().filter(|row| fits(row));
    (figures.before, rows.fold(0, |sum: u64, row| sum.saturating_add(row.count)))
}

/// Brings a month back for a week; what reads the circle is told when it came.
pub fn ask_month(circle: CircleId, month: Month) {
    spawn_local(async move {
        if let Some(engine) = runtime::engine()
            && let Err(error) = engine.ask_month(circle, month).await
        {
            runtime::report(error);
        }
    });
}
