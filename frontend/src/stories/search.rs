//! What can be found on this device: clients, plans and templates by title or step, messages. Only what the device holds and its person may
//! see now; of a locked circle nothing.

use opstap_core::access::Section;
use opstap_core::model::{CircleKind, Message, Picture, Step};
use opstap_core::{CircleId, Millis, RecordId};
use opstap_insight::{Wanted, plain};

use crate::device::{self, Circle, Reader};
use crate::stories;

/// What is found, in the order in which it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// A client.
    Client,
    /// A plan of a client.
    Plan(RecordId),
    /// A plan of the library.
    Template(RecordId),
    /// A message.
    Message(Millis),
}

impl What {
    /// Its place among the groups.
    #[must_use]
    pub const fn group(self) -> usize {
        match self {
            Self::Client => 0,
            Self::Plan(_) => 1,
            Self::Template(_) => 2,
            Self::Message(_) => 3,
        }
    }
}

/// How many groups there are.
pub const GROUPS: usize = 4;

/// Something that can be found.
#[derive(Clone, Debug, PartialEq)]
pub struct Findable {
    /// What it is.
    pub what: What,
    /// The circle it is in.
    pub circle: CircleId,
    /// Its title, or the words of a message.
    pub title: String,
    /// Whose it is.
    pub whose: String,
    /// What it shows.
    pub picture: Option<Picture>,
    /// The sentences of its steps.
    pub steps: Vec<String>,
}

/// Something that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// What.
    pub thing: Findable,
    /// The step in which the words stand, where they are not all in the title.
    pub step: Option<String>,
}

/// What can be found in one circle.
pub async fn in_circle(reader: Reader, known: Circle, language: &'static str) -> Vec<Findable> {
    let Circle { id: circle, kind, name, .. } = known;
    let of = |what, title, whose: &str, picture| Findable {
        what,
        circle,
        title,
        whose: whose.to_owned(),
        picture,
        steps: Vec::new(),
    };
    let mut all = Vec::new();
    let is_library = kind == CircleKind::Library;
    if !is_library {
        all.push(of(What::Client, name.clone(), "", None));
    }
    let (access, me) = (reader.access().await, device::me());
    let may = |section: Section| match (&access, me) {
        (Some(access), Some(me)) => access.view(me, device::now()).0 & section.bit() != 0,
        _ => false,
    };
    if is_library || may(Section::Plans) {
        let mut steps = reader.all::<Step>().await;
        stories::sort_by_order(&mut steps, |step| &step.order);
        for plan in stories::plans(&reader).await {
            // A template in the other language is no use now.
            if is_library && plan.value.language.as_deref().is_some_and(|own| own != language) {
                continue;
            }
            let what = if is_library { What::Template(plan.id) } else { What::Plan(plan.id) };
            let mut plan_found = of(what, plan.value.title, &name, plan.value.picture);
            let own = steps.iter().filter(|step| step.parent == Some(plan.id));
            plan_found.steps.extend(own.map(|step| step.value.text.clone()));
            all.push(plan_found);
        }
    }
    if !is_library && may(Section::Messages) {
        let members = stories::members(&reader).await;
        for message in reader.all::<Message>().await {
            let author = message.author.map(|author| stories::name_of(&members, author)).unwrap_or_default();
            all.push(of(What::Message(message.value.at), message.value.text, &author, None));
        }
    }
    all
}

/// What answers to the words that were typed: clients, plans, templates and messages, in each those that say it in their title first,
/// and the newest message before older ones.
#[must_use]
pub fn find(all: &[Findable], wanted: &Wanted) -> Vec<Found> {
    let mut found = Vec::new();
    for thing in all {
        let title = plain(&thing.title);
        if wanted.is_in(&[&title]) {
            found.push(Found { thing: thing.clone(), step: None });
        } else if let Some(step) = thing.steps.iter().find(|step| wanted.is_in(&[&title, &plain(step)])) {
            found.push(Found { thing: thing.clone(), step: Some(step.clone()) });
        }
    }
    let key = |found: &Found| {
        let newest = if let What::Message(at) = found.thing.what { u64::MAX - at.0 } else { 0 };
        (found.thing.what.group(), found.step.is_some(), newest)
    };
    stories::sort_by(&mut found, |a, b| key(a) > key(b));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn thing(what: What, title: &str, steps: &[&str]) -> Findable {
        let steps = steps.iter().map(|step| (*step).to_owned()).collect();
        Findable {
            what,
            circle: CircleId([1; 16]),
            title: title.to_owned(),
            whose: "Sem".to_owned(),
            picture: None,
            steps,
        }
    }

    fn titles(typed: &str) -> Vec<(String, Option<String>)> {
        let id = |n| RecordId([n; 16]);
        let all = [
            thing(What::Message(Millis(5)), "De pan is kwijt.", &[]),
            thing(What::Message(Millis(9)), "Welke pan?", &[]),
            thing(What::Template(id(3)), "Pannenkoeken bakken", &["Pak het meel."]),
            thing(What::Plan(id(1)), "Spaghetti koken", &["Pak een grote pan.", "Doe water in de pan."]),
            thing(What::Plan(id(2)), "Pan afwassen", &["Pak de borstel."]),
            thing(What::Client, "Pandora", &[]),
        ];
        let found = Wanted::parse(typed).map(|wanted| find(&all, &wanted)).unwrap_or_default();
        found.into_iter().map(|found| (found.thing.title, found.step)).collect()
    }

    #[test]
    fn titles_come_before_steps_and_messages_last_the_newest_first() {
        let found = titles("pan");
        let found: Vec<_> = found.iter().map(|(title, step)| (title.as_str(), step.as_deref())).collect();
        assert_eq!(
            found,
            [
                ("Pandora", None),
                ("Pan afwassen", None),
                ("Spaghetti koken", Some("Pak een grote pan.")),
                ("Pannenkoeken bakken", None),
                ("Welke pan?", None),
                ("De pan is kwijt.", None),
            ]
        );
    }

    #[test]
    fn words_may_stand_partly_in_the_title_and_partly_in_one_step() {
        assert_eq!(titles("spag water"), [("Spaghetti koken".to_owned(), Some("Doe water in de pan.".to_owned()))]);
        assert_eq!(titles("grote water"), [], "two steps are two things");
    }
}
