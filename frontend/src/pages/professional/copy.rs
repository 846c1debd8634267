//! Taking a template for a client: a plan and its steps in one edit, so that the client's phone gets all of it or nothing.

use opstap_core::model::{Model, Plan, Step};
use opstap_core::{Change, RecordId, order};

/// A template with its steps, as it stands in the library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Template {
    /// Its record in the library.
    pub id: RecordId,
    /// The plan.
    pub plan: Plan,
    /// Its steps in order.
    pub steps: Vec<Step>,
}

/// The changes that make a copy behind the client's last plan. The steps get places of their own: those of the template may be
/// crowded by then.
pub(super) fn copy(
    template: &Template,
    last: Option<&str>,
    mut new_id: impl FnMut() -> RecordId,
) -> (RecordId, Vec<Change>) {
    let id = new_id();
    let plan = Plan {
        order: Some(order::between(last, None)),
        origin: Some(template.id),
        minutes: None,
        ..template.plan.clone()
    };
    let mut changes = vec![plan.make(id)];
    for (step, place) in template.steps.iter().zip(order::first(template.steps.len())) {
        let step = Step { order: place, ..step.clone() };
        changes.push(step.make_below(new_id(), id));
    }
    (id, changes)
}

#[cfg(test)]
mod tests {
    use opstap_core::model::{Picture, check_make};

    use super::*;

    fn template() -> Template {
        let step = |order: &str, text: &str| Step {
            order: order.to_owned(),
            text: text.to_owned(),
            picture: Some(Picture::Pictogram("shopping-cart".to_owned())),
            hint: None,
        };
        Template {
            id: RecordId([9; 16]),
            plan: Plan {
                title: "Boodschappen doen".to_owned(),
                picture: None,
                theme: Some("food".to_owned()),
                language: Some("nl".to_owned()),
                order: Some("b".to_owned()),
                minutes: Some(600),
                origin: None,
                file: Some("boodschappen-doen".to_owned()),
            },
            steps: vec![step("Z", "Pak je tas."), step("Zz", "Ga naar de winkel.")],
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
        let Some(opstap_core::Value::Text(order)) = cell("order") else { panic!("a place") };
        assert!(order.as_str() > "m");
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
}
