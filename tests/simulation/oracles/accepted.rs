//! What counted, as the verdicts told: every edit once.

use std::collections::BTreeMap;

use opstap_core::protocol::{Answer, Verdict, encode_edit};
use opstap_core::{CircleId, Edit, EditName, Epoch};

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
            let Some(edit) = edits.iter().find(|edit| edit.name.n == *n) else { continue };
            let nameless = Edit { name: EditName { n: 0, ..edit.name }, ..edit.clone() };
            let key = (answer.epoch.0, edit.circle, encode_edit(&nameless));
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

    /// The edits of a circle that count in a life of the server, in order of number.
    pub fn of(&self, epoch: Epoch, circle: CircleId) -> Vec<&Counted> {
        let is_it = |(key, _): &(&(u64, CircleId, Vec<u8>), &Counted)| (key.0, key.1) == (epoch.0, circle);
        let mut all: Vec<&Counted> = self.by_content.iter().filter(is_it).map(|(_, counted)| counted).collect();
        all.sort_by_key(|counted| counted.number);
        all
    }
}
