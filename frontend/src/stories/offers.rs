//! What became of a template since a copy was made of it, as offers for the copy: one step at a time, and title and picture of the plan, to
//! take over or to leave. Either way the copy notes up to which number of the library it has dealt with it, and the same is not offered again.

use opstap_core::model::{Choice, Model, Picture, Plan, Step, delete, set};
use opstap_core::record::DELETED;
use opstap_core::{CellName, Change, Record, RecordId, Value, order};

use crate::device::Entry;

/// Something that can be taken over.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    /// What it is.
    pub what: What,
    /// The changes that take it over.
    pub take: Vec<Change>,
    /// The changes that leave the copy as it is.
    pub leave: Vec<Change>,
}

/// What became of the template.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// The plan has another title or picture now.
    Plan(Differs),
    /// A step is another now.
    Changed {
        /// The step as the copy has it.
        own: Looks,
        /// What it differs in.
        cells: Vec<Differs>,
        /// Its choices, where those are others.
        choices: Option<Choices>,
        /// Its place, where it was moved.
        moved: Option<Moved>,
    },
    /// A step is new.
    New {
        /// What it shows first.
        step: Looks,
        /// What it has besides.
        more: Vec<(&'static str, Value)>,
        /// Its choices.
        choices: Vec<Looks>,
    },
    /// A step was removed, and the copy still has it.
    Removed(Looks),
}

/// Where a step of the copy comes to stand when it follows its template.
#[derive(Debug, Clone, PartialEq)]
pub struct Moved {
    /// Behind this step of the copy; in front of all without one.
    pub behind: Option<Looks>,
    order: String,
}

/// A cell that the template and the copy have otherwise.
#[derive(Debug, Clone, PartialEq)]
pub struct Differs {
    /// The cell.
    pub cell: &'static str,
    /// What it holds in the template.
    pub template: Value,
    /// What it holds in the copy.
    pub own: Value,
}

/// The choices at a step here and there.
#[derive(Debug, Clone, PartialEq)]
pub struct Choices {
    /// Those in the template.
    pub template: Vec<Looks>,
    /// Those of the copy.
    pub own: Vec<Looks>,
}

/// A step or a choice as it is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Looks {
    /// The sentence.
    pub text: String,
    /// The picture.
    pub picture: Option<Picture>,
}

impl Looks {
    fn of(step: &Step) -> Self {
        Self { text: step.text.clone(), picture: step.picture.clone() }
    }

    fn of_choice(choice: &Entry<Choice>) -> Self {
        Self { text: choice.value.text.clone(), picture: choice.value.picture.clone() }
    }
}

/// A plan with its steps in order, and those that were removed.
#[derive(Debug, Clone, PartialEq)]
pub struct Whole {
    /// The plan.
    pub plan: Entry<Plan>,
    /// Its steps.
    pub steps: Vec<Entry<Step>>,
    /// Its steps that were removed.
    pub removed: Vec<Entry<Step>>,
    /// The choices at its steps, in order.
    pub choices: Vec<Entry<Choice>>,
    /// The choices that were removed.
    pub removed_choices: Vec<Record>,
}

impl Whole {
    fn choices_at(&self, step: RecordId) -> impl Iterator<Item = &Entry<Choice>> {
        self.choices.iter().filter(move |choice| choice.parent == Some(step))
    }

    /// The number of what was done last to the choices at a step, except to move them.
    fn choices_changed(&self, step: RecordId) -> u64 {
        let removed = self.removed_choices.iter().filter(|choice| choice.parent == Some(step));
        let records = self.choices_at(step).map(|choice| &choice.record).chain(removed);
        let cells = records.flat_map(|record| record.cells.iter()).filter(|(name, _)| *name != "order");
        cells.map(|(_, cell)| cell.number).max().unwrap_or_default()
    }

    /// Where a step of the template is in this copy.
    fn copy_of(&self, step: RecordId) -> Option<RecordId> {
        self.steps.iter().find(|own| own.value.origin == Some(step)).map(|own| own.id)
    }
}

/// The cells of a step that a template improves.
const CELLS: [&str; 9] = ["text", "picture", "hint", "voice", "video", "timer", "exits", "other_way", "other_picture"];

/// The cells of the plan.
const OF_PLAN: [&str; 2] = ["title", "picture"];

/// The offers, in the order of the steps: what changed or was removed at each step of the copy, then what is oldest of the rest: a step
/// that is new, or another title or picture.
pub fn offers(copy: &Whole, template: &Whole, mut new_id: impl FnMut() -> RecordId) -> Vec<Offer> {
    let mut offers: Vec<_> = copy.steps.iter().filter_map(|step| of_step(copy, step, template, &mut new_id)).collect();
    let of_plan = of_plan(copy, template);
    let new = new_step(copy, template, &mut new_id);
    // One at a time: leaving one says that all up to it was dealt with.
    offers.extend(of_plan.into_iter().chain(new).min_by_key(|(number, _)| *number).map(|(_, offer)| offer));
    offers
}

/// Up to which number a copy has dealt with its template. A copy of before this was noted has dealt with all.
fn dealt(number: Option<i64>) -> u64 {
    number.map_or(u64::MAX, |number| u64::try_from(number).unwrap_or_default())
}

fn as_dealt(number: u64) -> Option<i64> {
    i64::try_from(number).ok()
}

/// The cells of the template that changed after a number and that the copy has otherwise, each with its number.
fn differing(names: &[&'static str], template: &Record, own: &Record, known: u64) -> Vec<(u64, Differs)> {
    let changed = names.iter().filter_map(|name| Some((*name, template.cells.get(*name)?)));
    let differs = changed.filter(|(_, cell)| cell.number > known).map(|(name, cell)| {
        let own = own.value(name).cloned().unwrap_or_default();
        (cell.number, Differs { cell: name, template: cell.value.clone(), own })
    });
    differs.filter(|(_, differs)| differs.template != differs.own).collect()
}

fn take(differs: &[Differs]) -> Vec<(CellName, Value)> {
    differs.iter().map(|differs| (differs.cell.into(), differs.template.clone())).collect()
}

fn of_step(copy: &Whole, own: &Entry<Step>, template: &Whole, new_id: &mut dyn FnMut() -> RecordId) -> Option<Offer> {
    let (origin, known) = (own.value.origin?, dealt(own.value.origin_number));
    let leave = |number| vec![set(own.id, "origin_number", as_dealt(number))];
    if let Some(gone) = template.removed.iter().find(|step| step.id == origin) {
        let number = gone.record.cells.get(DELETED)?.number;
        let take = vec![delete(own.id)];
        return (number > known).then(|| Offer {
            what: What::Removed(Looks::of(&own.value)),
            take,
            leave: leave(number),
        });
    }
    let theirs = template.steps.iter().find(|step| step.id == origin)?;
    let (numbers, differs): (Vec<_>, Vec<_>) =
        differing(&CELLS, &theirs.record, &own.record, known).into_iter().unzip();
    let choices = other_choices(copy, own.id, template, origin, known);
    let of_choices = choices.as_ref().map(|_| template.choices_changed(origin));
    let (of_place, moved) = moved(copy, own, template, theirs).filter(|(number, _)| *number > known).unzip();
    let number = numbers.into_iter().chain(of_choices).chain(of_place).max()?;
    let mut cells = take(&differs);
    cells.extend(moved.iter().map(|Moved { order, .. }| ("order".into(), Value::Text(order.clone()))));
    cells.push(("origin_number".into(), Value::Int(as_dealt(number)?)));
    let mut take = vec![Change::Set { id: own.id, cells }];
    if choices.is_some() {
        take.extend(copy.choices_at(own.id).map(|choice| delete(choice.id)));
        take.extend(choices_of(copy, template, origin, own.id, new_id));
    }
    let what = What::Changed { own: Looks::of(&own.value), cells: differs, choices, moved };
    Some(Offer { what, take, leave: leave(number) })
}

/// Where a step of the copy would stand as its template has it, where it stands behind another step than there; with the number of its
/// place in the template.
fn moved(copy: &Whole, own: &Entry<Step>, template: &Whole, theirs: &Entry<Step>) -> Option<(u64, Moved)> {
    let number = theirs.record.cells.get("order")?.number;
    let at = template.steps.iter().position(|step| step.id == theirs.id)?;
    let others: Vec<_> = copy.steps.iter().filter(|step| step.id != own.id).collect();
    let behind = behind(&others, template, at).and_then(|behind| others.get(behind));
    let is_of_the_template = |step: &&Entry<Step>| template.steps.iter().any(|one| step.value.origin == Some(one.id));
    let stands_behind = copy.steps.iter().take_while(|step| step.id != own.id).filter(is_of_the_template).last();
    let is_moved = behind.map(|step| step.id) != stands_behind.map(|step| step.id);
    let behind = behind.map(|step| Looks::of(&step.value));
    is_moved.then(|| (number, Moved { behind, order: place(&others, template, at) }))
}

/// The choices at a step of the template, where they changed after a number and are others than those of the copy.
fn other_choices(copy: &Whole, own: RecordId, template: &Whole, step: RecordId, known: u64) -> Option<Choices> {
    if template.choices_changed(step) <= known {
        return None;
    }
    let leads = |choice: &Entry<Choice>| choice.value.to.and_then(|to| copy.copy_of(to));
    let theirs: Vec<_> = template.choices_at(step).map(|choice| (Looks::of_choice(choice), leads(choice))).collect();
    let ours: Vec<_> = copy.choices_at(own).map(|choice| (Looks::of_choice(choice), choice.value.to)).collect();
    let looks = |all: Vec<(Looks, _)>| all.into_iter().map(|(looks, _)| looks).collect();
    (theirs != ours).then(|| Choices { template: looks(theirs), own: looks(ours) })
}

/// What makes the choices of a step of the template at a step of the copy. They lead to the copies of the steps they led to.
fn choices_of(
    copy: &Whole,
    template: &Whole,
    step: RecordId,
    own: RecordId,
    new_id: &mut dyn FnMut() -> RecordId,
) -> Vec<Change> {
    let lead =
        |choice: &Entry<Choice>| Choice { to: choice.value.to.and_then(|to| copy.copy_of(to)), ..choice.value.clone() };
    template.choices_at(step).map(|choice| lead(choice).make_below(new_id(), own)).collect()
}

/// The title or the picture of the plan, whichever changed first.
fn of_plan(copy: &Whole, template: &Whole) -> Option<(u64, Offer)> {
    let (plan, known) = (copy.plan.id, dealt(copy.plan.value.origin_number));
    let all = differing(&OF_PLAN, &template.plan.record, &copy.plan.record, known);
    let (number, differs) = all.into_iter().min_by_key(|(number, _)| *number)?;
    let mut cells = take(std::slice::from_ref(&differs));
    cells.push(("origin_number".into(), Value::Int(as_dealt(number)?)));
    let leave = vec![set(plan, "origin_number", as_dealt(number))];
    Some((number, Offer { what: What::Plan(differs), take: vec![Change::Set { id: plan, cells }], leave }))
}

/// The step that is new for longest.
fn new_step(copy: &Whole, template: &Whole, new_id: &mut dyn FnMut() -> RecordId) -> Option<(u64, Offer)> {
    let known = dealt(copy.plan.value.origin_number);
    let made = |step: &Entry<Step>| step.record.cells.get("text").map_or(0, |text| text.number);
    let has = |id: RecordId| copy.steps.iter().chain(&copy.removed).any(|step| step.value.origin == Some(id));
    let (at, new, number) = template
        .steps
        .iter()
        .enumerate()
        .map(|(at, step)| (at, step, made(step)))
        .filter(|(_, step, number)| *number > known && !has(step.id))
        .min_by_key(|(.., number)| *number)?;
    let number_now = as_dealt(number);
    let step = Step {
        order: place(&copy.steps.iter().collect::<Vec<_>>(), template, at),
        prompt: None,
        origin: Some(new.id),
        origin_number: as_dealt(number.max(template.choices_changed(new.id))),
        ..new.value.clone()
    };
    let (id, shown) = (new_id(), ["text", "picture"]);
    let mut take = vec![step.make_below(id, copy.plan.id)];
    take.extend(choices_of(copy, template, new.id, id, new_id));
    let more = CELLS.into_iter().filter(|name| !shown.contains(name));
    let more = more.filter_map(|name| Some((name, new.record.value(name)?.clone()))).collect();
    let choices = template.choices_at(new.id).map(Looks::of_choice).collect();
    let what = What::New { step: Looks::of(&new.value), more, choices };
    let leave = vec![set(copy.plan.id, "origin_number", number_now)];
    Some((number, Offer { what, take, leave }))
}

/// Which of the steps of a copy is that of the nearest step before one of the template; none where it comes in front of all.
fn behind(own: &[&Entry<Step>], template: &Whole, at: usize) -> Option<usize> {
    let before = template.steps.iter().take(at).rev();
    before.filter_map(|step| own.iter().position(|own| own.value.origin == Some(step.id))).next()
}

/// The place behind that step.
fn place(own: &[&Entry<Step>], template: &Whole, at: usize) -> String {
    let behind = behind(own, template, at);
    let order_at = |at: usize| own.get(at).map(|step| step.value.order.as_str());
    let low = behind.and_then(order_at);
    let next = behind.map_or(0, |behind| behind + 1);
    // Two that were put in one place at once are passed over: there is no room between them.
    let high = (next..own.len()).filter_map(order_at).find(|high| low.is_none_or(|low| *high > low));
    order::between(low, high)
}

#[cfg(test)]
#[path = "offers_tests.rs"]
mod tests;
