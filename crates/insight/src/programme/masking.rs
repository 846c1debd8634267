//! What does not leave the organisation. Whoever knows that two people stopped for their health may know who they are.
//!
//! The rule, for what is added up:
//! 1. A figure with one to four rows behind it is not shown. Nothing is: a zero is shown.
//! 2. Of a breakdown whose whole is shown, what is hidden must be at least two groups, with at least five rows between them, and of
//!    counts more than as many as there are hidden groups (five times one would tell itself). Where it is less, the smallest group that
//!    is still shown goes too, and so on; when nothing but zeros is shown any more, the whole goes.
//! 3. Of a breakdown whose whole is hidden at least one group is: the smallest goes when none is.
//! 4. A whole may be a group of another breakdown, so this is repeated until nothing more goes.
//!
//! Where groups overlap nothing adds up, but a group that leaves out only one to four of its whole tells of those: it is not shown either.

use std::collections::BTreeSet;

use opstap_core::RecordId;

use super::{Breakdown, FigureKey, Programme};

/// So many people at least stand behind what is shown.
const FEWEST: usize = 5;

/// The figures that are not shown outside the organisation.
pub(super) fn hidden(programme: &Programme) -> BTreeSet<FigureKey> {
    let few = programme.figures().filter(|(_, figure)| is_few(figure.rows.len()));
    let mut hidden: BTreeSet<FigureKey> = few.map(|(key, _)| key).collect();
    let overlapping = programme.breakdowns.iter().filter(|breakdown| breakdown.overlap);
    for breakdown in overlapping {
        let whole = programme.count(breakdown.of);
        let leaves_few = |key: &&FigureKey| is_few(whole.saturating_sub(programme.count(**key)));
        hidden.extend(breakdown.groups.iter().filter(leaves_few));
    }
    loop {
        let adding_up = programme.breakdowns.iter().filter(|breakdown| !breakdown.overlap);
        let more: Vec<FigureKey> =
            adding_up.filter_map(|breakdown| next_hidden(programme, &hidden, breakdown)).collect();
        if more.is_empty() {
            return hidden;
        }
        hidden.extend(more);
    }
}

const fn is_few(rows: usize) -> bool {
    rows > 0 && rows < FEWEST
}

/// What has to go next for a breakdown to tell nothing that is hidden.
fn next_hidden(programme: &Programme, hidden: &BTreeSet<FigureKey>, breakdown: &Breakdown) -> Option<FigureKey> {
    let whole_is_hidden = hidden.contains(&breakdown.of);
    let (gone, shown): (Vec<FigureKey>, Vec<FigureKey>) =
        breakdown.groups.iter().partition(|group| hidden.contains(group));
    let enough = if whole_is_hidden { !gone.is_empty() } else { gone.is_empty() || keep_secret(programme, &gone) };
    if enough {
        return None;
    }
    let something = shown.into_iter().filter(|group| programme.count(*group) > 0);
    let smallest = something.min_by_key(|group| (programme.count(*group), *group));
    smallest.or((!whole_is_hidden).then_some(breakdown.of))
}

/// Whether what is known of hidden groups, which is their sum, tells of none of them.
fn keep_secret(programme: &Programme, gone: &[FigureKey]) -> bool {
    let people: BTreeSet<RecordId> = gone.iter().flat_map(|group| programme.figure(*group).rows).collect();
    let counted = gone.iter().all(|group| programme.figure(*group).minutes.is_none());
    gone.len() >= 2 && people.len() >= FEWEST && (!counted || people.len() > gone.len())
}
