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
//! Where groups overlap, as reasons do, all that has rows is shown or nothing is: since they come to their whole together, every one that
//! is shown bounds those that are not. Nothing is when the whole is hidden, which a group may equal; when a group has one to four rows or
//! leaves out one to four of its whole; and when one to four rows too many say that so few people are in several groups.

use std::collections::BTreeSet;

use opstap_core::RecordId;

use super::{Breakdown, FigureKey, Programme};

/// So many people at least stand behind what is shown.
const FEWEST: usize = 5;

/// The figures that are not shown outside the organisation.
pub(super) fn hidden(programme: &Programme) -> BTreeSet<FigureKey> {
    let few = programme.figures().filter(|(_, figure)| is_few(figure.rows.len()));
    let mut hidden: BTreeSet<FigureKey> = few.map(|(key, _)| key).collect();
    loop {
        let all = programme.breakdowns.iter();
        let more: Vec<FigureKey> = all
            .flat_map(|breakdown| match breakdown.overlap {
                true => hidden_together(programme, &hidden, breakdown),
                false => Vec::from_iter(next_hidden(programme, &hidden, breakdown)),
            })
            .collect();
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

/// What has to go of a breakdown whose groups overlap: all of it, once anything has to.
fn hidden_together(programme: &Programme, hidden: &BTreeSet<FigureKey>, breakdown: &Breakdown) -> Vec<FigureKey> {
    let whole = programme.count(breakdown.of);
    let counts = || breakdown.groups.iter().map(|group| programme.count(*group)).filter(|count| *count > 0);
    let several = counts().sum::<usize>().saturating_sub(whole);
    let tells = hidden.contains(&breakdown.of)
        || is_few(several)
        || counts().any(|count| is_few(count) || is_few(whole.saturating_sub(count)));
    let shown = breakdown.groups.iter().copied().filter(|group| !hidden.contains(group));
    shown.filter(|group| tells && programme.count(*group) > 0).collect()
}

/// Whether what is known of hidden groups, which is their sum, tells of none of them.
fn keep_secret(programme: &Programme, gone: &[FigureKey]) -> bool {
    let people: BTreeSet<RecordId> = gone.iter().flat_map(|group| programme.figure(*group).rows).collect();
    let counted = gone.iter().all(|group| programme.figure(*group).minutes.is_none());
    gone.len() >= 2 && people.len() >= FEWEST && (!counted || people.len() > gone.len())
}

#[cfg(test)]
#[path = "masking_tests.rs"]
mod tests;
