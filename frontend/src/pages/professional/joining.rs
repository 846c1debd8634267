//! Somebody who is not in the circle yet joins it: a parent or other relative, who decides for the client, or a volunteer. From then on a
//! card can be made for them.

use opstap_core::model::{Member, Model, Relation};
use opstap_core::{CircleId, PersonId, order};
use opstap_view::prelude::*;

use crate::components::{Button, Field, Icon, Once, Select, Toast, changing, show_toast};
use crate::device::{self, Asked, Entry, Reader};
use crate::pages::shared::care::keep;
use crate::stories;
use crate::words::{Text, Word, paper, programme};

/// What somebody can be who joins, and the word for it. Whoever works for the organisation has an account already.
const JOIN_AS: [(Relation, Word); 4] = [
    (Relation::Carer, paper::IS_CARER),
    (Relation::Representative, paper::IS_REPRESENTATIVE),
    (Relation::Volunteer, paper::IS_VOLUNTEER),
    (Relation::NeighbourhoodCoach, paper::IS_COACH),
];

/// What is filled in.
#[derive(Clone, Copy)]
struct Entered {
    name: RwSignal<String>,
    phone: RwSignal<String>,
    relation: RwSignal<Relation>,
    /// The account that was asked for under a name, so that a second try makes no second one.
    asked: RwSignal<Option<(String, PersonId)>>,
    once: Once,
}

impl Entered {
    fn person(self, name: &str) -> PersonId {
        let asked = self.asked.get_untracked().filter(|(asked, _)| asked == name);
        asked.map_or_else(
            || {
                let person = PersonId(device::new_id().0);
                self.asked.set(Some((name.to_owned(), person)));
                person
            },
            |(_, person)| person,
        )
    }
}

/// The form, for those who say who is in the circle.
pub(super) fn joining(circle: CircleId) -> AnyView {
    let circles = device::circles();
    let decides = Memo::new(move |_| {
        let relation = circles.with(|all| all.iter().flatten().find(|one| one.id == circle)?.relation);
        matches!(relation, Some(Relation::Supervisor | Relation::Coordinator))
    });
    let entered = Entered {
        name: RwSignal::new(String::new()),
        phone: RwSignal::new(String::new()),
        relation: RwSignal::new(Relation::Carer),
        asked: RwSignal::new(None),
        once: Once::idle(),
    };
    changing(move || if decides.get() { form(circle, entered) } else { ().into_any() })
}

fn form(circle: CircleId, entered: Entered) -> AnyView {
    let Entered { name, phone, relation, .. } = entered;
    let choices = JOIN_AS.map(|(one, word)| (one.code().to_owned(), Text::from(word))).into();
    let choose = move |code: String| {
        if let Some(chosen) = Relation::from_code(&code) {
            relation.set(chosen);
        }
    };
    let nobody = Signal::derive(move || name.get().trim().is_empty());
    view! {
        <section class="stack sheet before-print">
            <h2>{paper::JOIN}</h2>
            <Field label=programme::FIRST_NAME value=name on_input=move |text| name.set(text) />
            <Select label=paper::JOINS_AS choices chosen=relation.get_untracked().code() on_choose=choose />
            <Field label=programme::PHONE kind="tel" value=phone on_input=move |text| phone.set(text) />
            <div class="row"><Button text=programme::ADD icon=Icon::PLUS disabled=nobody tap=move || join(circle, entered) /></div>
        </section>
    }
    .into_any()
}

fn join(circle: CircleId, entered: Entered) {
    let Entered { name: typed, phone, relation, asked, once } = entered;
    let (name, number, relation) = (typed.get_untracked(), phone.get_untracked(), relation.get_untracked());
    once.run(Box::pin(async move {
        let called = name.trim().to_owned();
        let person = entered.person(&called);
        match device::add_person(person, &called).await {
            Asked::Told(()) => {
                let members = stories::members(&Reader::new(circle)).await;
                let member = member(person, relation, (&called, &number), &members);
                keep(circle, vec![member.make(device::new_id())], paper::joined(called));
                // The next one of this name is somebody else.
                let _ = asked.try_set(None);
                // What was typed for the next one while this waited stays.
                for (field, before) in [(typed, name), (phone, number)] {
                    let _ = field.try_update(|now| {
                        if *now == before {
                            now.clear();
                        }
                    });
                }
            }
            Asked::NotThere | Asked::NotNow => show_toast(Toast::new(programme::TAKES_INTERNET)),
        }
    }));
}

/// Somebody behind those who are in the circle.
fn member(person: PersonId, relation: Relation, (name, phone): (&str, &str), members: &[Entry<Member>]) -> Member {
    let last = members.iter().filter_map(|member| member.value.order.as_deref()).max();
    let phone = phone.trim();
    Member {
        person,
        relation,
        name: name.to_owned(),
        called: None,
        phone: (!phone.is_empty()).then(|| phone.to_owned()),
        face: None,
        order: Some(order::between(last, None)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_joins_stands_last_and_without_a_number_where_none_was_typed() {
        let made = |phone| member(PersonId([1; 16]), Relation::Carer, ("Rina", phone), &[]);
        assert_eq!(made("  ").phone, None);
        assert_eq!(made(" 06 1234 ").phone.as_deref(), Some("06 1234"));
        assert!(made("").order.is_some());
    }
}
