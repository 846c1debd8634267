//! Copying a plan with its steps and their choices in one edit, so that whoever gets it gets all of it or nothing: a template for a
//! client, a client's plan as a template, a template as another.

use opstap_core::model::{Choice, Model, Picture, Plan, Prompt, Step, ToCell};
use opstap_core::record::AUDIENCE;
use opstap_core::{BlobRef, Change, CircleId, PersonId, RecordId, Sorted, Value, order};

use crate::device;

/// A plan with its steps, as it stands in its circle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Template {
    /// Its record there.
    pub id: RecordId,
    /// Up to which number of that circle it was read.
    pub number: u64,
    /// The plan.
    pub plan: Plan,
    /// For whom it is; for everybody who reads there without it.
    pub audience: Option<Vec<PersonId>>,
    /// Its steps in order.
    pub steps: Vec<TemplateStep>,
}

/// A step with its choices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TemplateStep {
    /// Its record.
    pub id: RecordId,
    /// The step.
    pub step: Step,
    /// Its choices in order.
    pub choices: Vec<Choice>,
}

/// The changes that make a copy for a client behind their last plan. It remembers its template, and up to which number of the library
/// it knows what became of it.
pub(super) fn copy(
    template: &Template,
    last: Option<&str>,
    new_id: impl FnMut() -> RecordId,
) -> (RecordId, Vec<Change>) {
    let number = i64::try_from(template.number).ok();
    let plan = Plan {
        order: Some(order::between(last, None)),
        origin: Some(template.id),
        origin_number: number,
        ..template.plan.for_another()
    };
    let step = |of: &TemplateStep| Step { origin: Some(of.id), origin_number: number, ..of.step.clone() };
    all(plan, None, &template.steps, &step, new_id)
}

/// The changes that make a template in the library, of a client's plan or of another template. What is the client's own stays with the
/// client: photos, voices and films, and how far they have come. `audience` are those it is for; everybody without it.
pub(super) fn as_template(
    from: &Template,
    language: &str,
    audience: Option<Vec<PersonId>>,
    new_id: impl FnMut() -> RecordId,
) -> (RecordId, Vec<Change>) {
    let plan = Plan {
        picture: from.plan.picture.clone().filter(is_pictogram),
        language: from.plan.language.clone().or_else(|| Some(language.to_owned())),
        file: None,
        ..from.plan.for_another()
    };
    let step = |of: &TemplateStep| Step {
        picture: of.step.picture.clone().filter(is_pictogram),
        other_picture: of.step.other_picture.clone().filter(is_pictogram),
        voice: None,
        video: None,
        prompt: None::<Prompt>,
        origin: None,
        origin_number: None,
        ..of.step.clone()
    };
    let steps: Vec<_> = from
        .steps
        .iter()
        .map(|step| {
            let mut step = step.clone();
            for choice in &mut step.choices {
                choice.picture = choice.picture.take().filter(is_pictogram);
            }
            step
        })
        .collect();
    all(plan, audience, &steps, &step, new_id)
}

/// Changes with the photos, voices and films of one circle kept in another as well: each circle has its own, and an edit that names those of
/// another would be refused. Nothing where one of them is not on this device, nor to be had now.
pub(super) async fn carried(from: CircleId, to: CircleId, changes: Vec<Change>) -> Option<Vec<Change>> {
    let mut kept = Vec::new();
    for blob in blobs_in(&changes) {
        kept.push((blob, device::keep_in(from, to, blob).await?));
    }
    Some(with_blobs(changes, &kept))
}

fn blobs_in(changes: &[Change]) -> Vec<BlobRef> {
    let mut blobs: Vec<BlobRef> = Vec::new();
    for (_, value) in changes.iter().flat_map(Change::cells) {
        match value {
            Value::Blob(blob) if !blobs.contains(blob) => blobs.push(*blob),
            _ => {}
        }
    }
    blobs
}

fn with_blobs(mut changes: Vec<Change>, kept: &[(BlobRef, BlobRef)]) -> Vec<Change> {
    for change in &mut changes {
        let (Change::Make { cells, .. } | Change::Set { cells, .. }) = change;
        for (_, value) in cells {
            if let Value::Blob(blob) = value
                && let Some((_, there)) = kept.iter().find(|(known, _)| known == blob)
            {
                *blob = *there;
            }
        }
    }
    changes
}

fn is_pictogram(picture: &Picture) -> bool {
    matches!(picture, Picture::Pictogram(_))
}

/// The plan and all below it. The steps get places of their own: those of the template may be crowded by then. Choices lead to the
/// copies of the steps they led to.
fn all(
    plan: Plan,
    audience: Option<Vec<PersonId>>,
    steps: &[TemplateStep],
    made: &dyn Fn(&TemplateStep) -> Step,
    mut new_id: impl FnMut() -> RecordId,
) -> (RecordId, Vec<Change>) {
    let id = new_id();
    let mut first = plan.make(id);
    if let (Some(audience), Change::Make { cells, .. }) = (audience, &mut first) {
        cells.push((AUDIENCE.into(), audience.to_cell()));
    }
    let ids: Sorted<RecordId, RecordId> = steps.iter().map(|step| (step.id, new_id())).collect();
    let mut changes = vec![first];
    for (of, place) in steps.iter().zip(order::first(steps.len())) {
        let Some(step) = ids.get(&of.id).copied() else { continue };
        changes.push(Step { order: place, ..made(of) }.make_below(step, id));
        for choice in &of.choices {
            let to = choice.to.and_then(|to| ids.get(&to).copied());
            changes.push(Choice { to, ..choice.clone() }.make_below(new_id(), step));
        }
    }
    (id, changes)
}

#[cfg(test)]
mod tests {
    use opstap_core::model::{Picture, check_make};

    use super::*;

    fn template() -> Template {
        let step = |order: &str, text: &str| Step {
            picture: Some(Picture::Pictogram("shopping-cart".to_owned())),
            ..Step::saying(order, text)
        };
        Template {
            id: RecordId([9; 16]),
            number: 40,
            audience: None,
            plan: Plan {
                theme: Some("food".to_owned()),
                language: Some("nl".to_owned()),
                order: Some("b".to_owned()),
                minutes: Some(600),
                file: Some("boodschappen-doen".to_owned()),
                ..Plan::titled("Boodschappen doen")
            },
            steps: vec![
                TemplateStep { id: RecordId([31; 16]), step: step("Z", "Pak je tas."), choices: Vec::new() },
                TemplateStep { id: RecordId([32; 16]), step: step("Zz", "Ga naar de winkel."), choices: Vec::new() },
            ],
        }
    }

    fn ids() -> impl FnMut() -> RecordId {
        let mut last = 0;
        move || {
            last += 1;
            RecordId([last; 16])
        }
    }

    #[test]
    fn a_copy_is_one_edit_of_a_plan_and_all_its_steps_below_it() {
        let (id, changes) = copy(&template(), Some("m"), ids());
        assert_eq!(changes.len(), 3);
        let mut made = Vec::new();
        for change in &changes {
            let Change::Make { id, kind, parent, cells } = change else { panic!("a copy only makes") };
            assert_eq!(check_make(*kind, cells), Ok(()));
            made.push((*id, *parent));
        }
        assert_eq!(made, [(id, None), (RecordId([2; 16]), Some(id)), (RecordId([3; 16]), Some(id))]);
    }

    #[test]
    fn a_copy_names_its_template_stands_last_and_keeps_the_language_and_no_time() {
        let (_, changes) = copy(&template(), Some("m"), ids());
        let cell =
            |name: &str| changes[0].cells().iter().find(|(cell, _)| cell == name).map(|(_, value)| value.clone());
        assert_eq!(cell("origin"), Some(RecordId([9; 16]).into()));
        assert_eq!(cell("language"), Some("nl".into()));
        assert_eq!(cell("minutes"), None);
        let Some(Value::Text(order)) = cell("order") else { panic!("a place") };
        assert!(order.as_str() > "m");
    }

    fn cell(change: &Change, name: &str) -> Option<Value> {
        change.cells().iter().find(|(cell, _)| cell == name).map(|(_, value)| value.clone())
    }

    #[test]
    fn a_copy_and_its_steps_remember_what_they_are_copies_of_and_up_to_which_number() {
        let (_, changes) = copy(&template(), None, ids());
        let origins: Vec<_> = changes.iter().map(|change| cell(change, "origin")).collect();
        assert_eq!(origins, [9, 31, 32].map(|n| Some(RecordId([n; 16]).into())));
        assert!(changes.iter().all(|change| cell(change, "origin_number") == Some(Value::Int(40))));
    }

    #[test]
    fn choices_come_along_and_lead_to_the_copies_of_their_steps() {
        let mut template = template();
        let choice =
            Choice { order: "V".into(), text: "Naar huis".into(), picture: None, to: Some(template.steps[0].id) };
        let nowhere = Choice { to: Some(RecordId([77; 16])), ..choice.clone() };
        template.steps[1].choices = vec![choice, nowhere];
        let (_, changes) = copy(&template, None, ids());
        assert_eq!(changes.len(), 5);
        let Change::Make { parent, .. } = &changes[3] else { panic!("a copy only makes") };
        assert_eq!(*parent, Some(changes[2].record()));
        assert_eq!(cell(&changes[3], "to"), Some(changes[1].record().into()));
        assert_eq!(cell(&changes[4], "to"), None, "a step that is not there leads on to the next");
    }

    #[test]
    fn of_a_clients_plan_becomes_a_template_for_one_person_without_what_is_the_clients_own() {
        let blob = BlobRef { hash: opstap_core::BlobHash([5; 32]), size: 9, media: opstap_core::Media::Photo };
        let mut from = template();
        from.plan.reminder = Some(PersonId([8; 16]));
        from.plan.origin = Some(RecordId([9; 16]));
        from.plan.mastered_by_client = Some(opstap_core::Millis(3));
        from.steps[0].step.picture = Some(Picture::Photo(blob));
        from.steps[0].step.voice = Some(blob);
        from.steps[0].step.prompt = Some(Prompt::Gone);
        let me = PersonId([8; 16]);
        let (_, changes) = as_template(&from, "nl", Some(vec![me]), ids());
        assert_eq!(cell(&changes[0], AUDIENCE), Some(vec![me].to_cell()));
        for name in ["reminder", "origin", "origin_number", "minutes", "order", "mastered_by_client", "file"] {
            assert_eq!(cell(&changes[0], name), None, "{name}");
        }
        for name in ["picture", "voice", "prompt", "origin"] {
            assert_eq!(cell(&changes[1], name), None, "{name}");
        }
        assert!(cell(&changes[2], "picture").is_some(), "a pictogram is nobody's own");
        let (_, shared) = as_template(&from, "nl", None, ids());
        assert_eq!(cell(&shared[0], AUDIENCE), None);
    }

    #[test]
    fn the_steps_of_a_copy_keep_their_order() {
        let (_, changes) = copy(&template(), None, ids());
        let text = |change: &Change, name: &str| {
            change.cells().iter().find(|(cell, _)| cell == name).map(|(_, value)| value.clone())
        };
        let steps = &changes[1..];
        assert_eq!(text(&steps[0], "text"), Some("Pak je tas.".into()));
        let places: Vec<_> =
            steps.iter().filter_map(|step| text(step, "order")).map(|order| order.to_bytes()).collect();
        assert!(places.is_sorted() && places.len() == 2);
    }

    #[test]
    fn a_copy_names_the_photos_that_its_own_circle_keeps_and_none_of_another() {
        use opstap_core::model::set;
        use opstap_core::{BlobHash, Media};
        let blob = |n| BlobRef { hash: BlobHash([n; 32]), size: 9, media: Media::Photo };
        let step = RecordId([1; 16]);
        let changes = vec![set(step, "picture", Picture::Photo(blob(1))), set(step, "text", "Pak een kar.")];
        let kept: Vec<_> = blobs_in(&changes).into_iter().zip([blob(9)]).collect();
        let there = with_blobs(changes.clone(), &kept);
        assert_eq!(there, [set(step, "picture", Picture::Photo(blob(9))), changes[1].clone()]);
    }
}
