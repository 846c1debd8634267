//! Records that the own edits made: the server leaves them out of its changes while nothing else has touched them.

use opstap_core::merge::{is_of_earlier_life, made};
use opstap_core::protocol::{Answer, CircleAnswer, Delivery, Request, Verdict};
use opstap_core::{Edit, Record};

/// What the edits of a request made in a circle, as far as its changes reach above `above`, and the changes do not bring it.
pub(super) fn left_out(request: &Request, answer: &Answer, changes: &CircleAnswer, above: u64) -> Vec<Record> {
    let Delivery::Changes { records, to, .. } = &changes.delivery else { return Vec::new() };
    let mut own = Vec::new();
    for (n, verdict) in &answer.verdicts {
        let Verdict::Accepted { number, restamped } = verdict else { continue };
        // Of an edit of an earlier life of the server, part may have been there already, brought by others: that is brought whole.
        let is_it = |edit: &&Edit| {
            let here = edit.name.n == *n && edit.circle == changes.circle;
            here && !is_of_earlier_life(edit, answer.epoch)
        };
        let sent = request.edits.iter().find(is_it);
        if let Some(edit) = sent.filter(|_| *number > above && number <= to) {
            let made = made(edit, restamped.unwrap_or(edit.stamp), *number).into_iter();
            own.extend(made.filter(|made| !records.iter().any(|record| record.id == made.id)));
        }
    }
    own
}
