//! A plan of one client as the beginning of another's: all its steps and choices in one edit, so that a phone gets all of it or nothing.

use opstap_core::model::{Choice, Model, Picture, Plan, Step};
use opstap_core::{BlobHash, BlobRef, Change, CircleId, RecordId, Sorted, order};

use crate::device::{self, Reader};
use crate::stories;

/// A plan with all below it that makes it what it is.
pub(super) struct Whole {
    pub plan: Plan,
    /// Its steps in order.
    pub steps: Vec<(RecordId, Step)>,
    /// The choices, each with its step.
    pub choices: Vec<(RecordId, Choice)>,
}

/// Reads a plan; nothing when it is not there any more.
pub(super) async fn read(reader: &Reader, plan: RecordId) -> Option<Whole> {
    let head = reader.one::<Plan>(plan).await?.value;
    let steps: Vec<_> = stories::steps(reader, plan).await.into_iter().map(|step| (step.id, step.value)).collect();
    let choices = reader.all::<Choice>().await.into_iter();
    let choices = choices.filter_map(|choice| Some((choice.parent?, choice.value)));
    let choices = choices.filter(|(step, _)| steps.iter().any(|(id, _)| id == step)).collect();
    Some(Whole { plan: head, steps, choices })
}

impl Whole {
    /// Photos, voices and films stand in a circle of their own: each is kept once more in the other. Gives how many are not on this
    /// device, and so stay behind.
    pub async fn carry(&mut self, from: CircleId, to: CircleId) -> usize {
        let mut kept = Sorted::new();
        let mut missing = 0;
        for blob in self.blobs() {
            match device::keep_in(from, to, blob).await {
                Some(there) => drop(kept.insert(blob.hash.0, there)),
                None => missing += 1,
            }
        }
        self.with_blobs(&kept);
        missing
    }

    fn blobs(&mut self) -> Vec<BlobRef> {
        let mut found: Vec<BlobRef> = Vec::new();
        self.each_blob(|blob| {
            if !found.iter().any(|other| other.hash == blob.hash) {
                found.push(blob);
            }
            Some(blob)
        });
        found
    }

    /// Names what is kept in the other circle; what is not kept there goes.
    fn with_blobs(&mut self, kept: &Sorted<[u8; 32], BlobRef>) {
        self.each_blob(|BlobRef { hash: BlobHash(hash), .. }| kept.get(&hash).copied());
    }

    fn each_blob(&mut self, mut with: impl FnMut(BlobRef) -> Option<BlobRef>) {
        let steps = self.steps.iter_mut().map(|(_, step)| step);
        let mut pictures = vec![&mut self.plan.picture];
        let mut bare: Vec<&mut Option<BlobRef>> = Vec::new();
        for step in steps {
            pictures.extend([&mut step.picture, &mut step.other_picture]);
            bare.extend([&mut step.voice, &mut step.video]);
        }
        pictures.extend(self.choices.iter_mut().map(|(_, choice)| &mut choice.picture));
        for picture in pictures {
            if let Some(Picture::Photo(blob)) = *picture {
                *picture = with(blob).map(Picture::Photo);
            }
        }
        for cell in bare {
            *cell = cell.and_then(&mut with);
        }
    }

    /// The changes that make the copy behind the client's last plan. When it is done, how far less help is shown and what was agreed on
    /// belong to the other plan; its template is that of the copy too.
    pub fn changes(
        self,
        title: String,
        last: Option<&str>,
        mut new_id: impl FnMut() -> RecordId,
    ) -> (RecordId, Vec<Change>) {
        let id = new_id();
        let Plan { origin, origin_number, .. } = self.plan;
        let order = Some(order::between(last, None));
        let plan = Plan { title, origin, origin_number, order, ..self.plan.for_another() };
        let mut changes = vec![plan.make(id)];
        let ids: Vec<(RecordId, RecordId)> = self.steps.iter().map(|(step, _)| (*step, new_id())).collect();
        let new = |old: RecordId| ids.iter().find(|(step, _)| *step == old).map(|(_, new)| *new);
        for ((_, step), (place, (_, made))) in self.steps.into_iter().zip(order::first(ids.len()).into_iter().zip(&ids))
        {
            let step = Step { order: place, prompt: None, ..step };
            changes.push(step.make_below(*made, id));
        }
        for (step, choice) in self.choices {
            let choice = Choice { to: choice.to.and_then(new), ..choice };
            changes.extend(new(step).map(|step| choice.make_below(new_id(), step)));
        }
        (id, changes)
    }
}

#[cfg(test)]
mod tests {
    use opstap_core::Media;
    use opstap_core::Value;
    use opstap_core::model::{Prompt, check_make};

    use super::*;

    const PHOTO: BlobRef = BlobRef { hash: BlobHash([7; 32]), size: 9, media: Media::Photo };
    const VOICE: BlobRef = BlobRef { hash: BlobHash([8; 32]), size: 9, media: Media::Recording };

    fn id(n: u8) -> RecordId {
        RecordId([n; 16])
    }

    fn whole() -> Whole {
        let step = Step {
            picture: Some(Picture::Photo(PHOTO)),
            voice: Some(VOICE),
            prompt: Some(Prompt::Gone),
            ..Step::saying("Z", "Kies je brood.")
        };
        let plan = Plan { minutes: Some(600), origin: Some(id(90)), ..Plan::titled("Brood kopen") };
        let choice = Choice { order: "V".into(), text: "Wit".into(), picture: None, to: Some(id(2)) };
        let steps = vec![(id(1), step), (id(2), Step::saying("Zz", "Betaal."))];
        Whole { plan, steps, choices: vec![(id(1), choice)] }
    }

    fn cell(change: &Change, name: &str) -> Option<Value> {
        change.cells().iter().find(|(cell, _)| cell == name).map(|(_, value)| value.clone())
    }

    #[test]
    fn a_copy_is_one_edit_whose_choices_lead_to_its_own_steps() {
        let mut last = 100;
        let (plan, changes) = whole().changes("Brood kopen".into(), Some("m"), || {
            last += 1;
            id(last)
        });
        let made: Vec<_> = changes.iter().map(Change::record).collect();
        assert_eq!(made, [id(101), id(102), id(103), id(104)]);
        assert_eq!(plan, id(101));
        for change in &changes {
            let Change::Make { kind, cells, .. } = change else { panic!("a copy only makes") };
            assert_eq!(check_make(*kind, cells), Ok(()));
        }
        assert_eq!(cell(&changes[3], "to"), Some(id(103).into()));
        assert_eq!((cell(&changes[0], "minutes"), cell(&changes[0], "origin")), (None, Some(id(90).into())));
        assert_eq!(cell(&changes[1], "prompt"), None);
    }

    #[test]
    fn photos_and_voices_go_by_their_names_in_the_other_circle_and_what_is_not_there_stays_behind() {
        let mut whole = whole();
        assert_eq!(whole.blobs(), [PHOTO, VOICE]);
        let there = BlobRef { hash: BlobHash([9; 32]), ..PHOTO };
        whole.with_blobs(&Sorted::from([(PHOTO.hash.0, there)]));
        assert_eq!(whole.steps[0].1.picture, Some(Picture::Photo(there)));
        assert_eq!(whole.steps[0].1.voice, None);
    }
}
