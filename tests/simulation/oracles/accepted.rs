//! What counted, as the verdicts told: every edit once.

use std::collections::BTreeMap;

use opstap_core::protocol::{Answer, Verdict, encode_edit};
use opstap_core::{CircleId, Edit, EditName, Epoch};

use crate::planted::NAMED_ANEW;

/// An edit that counts.
#[derive(Clone)]
pub struct Counted {
    pub number: u64,
    /// Under the stamp with which it counts.
    pub edit: Edit,
}

/// Every edit that counts, by the life of the server and by its content with the phone's stamp, which no two edits share. Not by its
/// name: a twin may use the same stamp under another.
#[derive(Default)]
pub struct Accepted {
    by_content: BTreeMap<(u64, CircleId, Vec<u8>), Counted>,
}

impl Accepted {
    /// Takes the verdicts of one answer.
    pub fn note(&mut self, answer: &Answer, edits: &[Edit]) -> Result<(), String> {
        for (n, verdict) in &answer.verdicts {
            let Verdict::Accepted { number, restamped } = verdict else { continue };
            let Some(edit) = edits.iter().find(|edit| edit.name.n == *n % NAMED_ANEW) else { continue };
            // What is brought of another's may be here already, and then takes no number of its own.
            if edit.stamp.device != edit.name.device {
                continue;
            }
            let key = key(answer.epoch, edit);
            let stamp = restamped.unwrap_or(edit.stamp);
            let counted = Counted { number: *number, edit: Edit { stamp, ..edit.clone() } };
            if let Some(before) = self.by_content.insert(key, counted)
                && before.number != *number
            {
                return Err(format!("an edit counts twice, as {} and as {number}: {edit:?}", before.number));
            }
        }
        Ok(())
    }

    /// Takes an edit that was let in from quarantine.
    pub fn note_let_in(&mut self, epoch: Epoch, number: u64, edit: &Edit) {
        self.by_content.insert(key(epoch, edit), Counted { number, edit: edit.clone() });
    }

    /// The edits of a circle that count in a life of the server, in order of number.
    pub fn of(&self, epoch: Epoch, circle: CircleId) -> Vec<&Counted> {
        let is_it = |(key, _): &(&(u64, CircleId, Vec<u8>), &Counted)| (key.0, key.1) == (epoch.0, circle);
        let mut all: Vec<&Counted> = self.by_content.iter().filter(is_it).map(|(_, counted)| counted).collect();
        all.sort_by_key(|counted| counted.number);
        all
    }
}

fn key(epoch: Epoch, edit: &Edit) -> (u64, CircleId, Vec<u8>) {
    let nameless = Edit { name: EditName { n: 0, ..edit.name }, ..edit.clone() };
    (epoch.0, edit.circle, encode_edit(&nameless))
}
