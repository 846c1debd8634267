//! What an edit did, as sentences: who did what to which step, and what stood there before.

use opstap_core::history::{PastCell, PastChange};
use opstap_core::model::{Member, Model};
use opstap_core::record::{AUDIENCE, DELETED, ORDER};
use opstap_core::{Kind, PersonId, Record, RecordId, Sorted, Value};

use super::{every_step, members};
use crate::device::{self, Reader};
use crate::words::{Text, past};

/// What was done to a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verb {
    Made,
    Wrote,
    Text,
    Title,
    Picture,
    Time,
    /// It is for other days.
    Days,
    Voice,
    Film,
    Clock,
    Exits,
    OtherWay,
    Shown,
    /// A choice leads elsewhere.
    To,
    Moved,
    Removed,
    PutBack,
    Changed,
}

/// One thing that was done.
#[derive(Clone, Debug, PartialEq)]
pub struct Deed {
    verb: Verb,
    what: What,
    /// The cell it was about, where what it held and holds is worth showing.
    pub cell: Option<PastCell>,
}

impl Deed {
    /// "Marloes veranderde de tekst van stap 3."
    pub fn says(&self, who: &str) -> Text {
        let says: fn(&str, &str) -> Text = match self.verb {
            Verb::Made => |who, what| past::made(who, what),
            Verb::Wrote => |who, what| past::wrote(who, what),
            Verb::Text => |who, what| past::changed_text(who, what),
            Verb::Title => |who, what| past::changed_title(who, what),
            Verb::Picture => |who, what| past::changed_picture(who, what),
            Verb::Time => |who, what| past::changed_time(who, what),
            Verb::Days => |who, what| past::changed_days(who, what),
            Verb::Voice => |who, what| past::changed_voice(who, what),
            Verb::Film => |who, what| past::changed_film(who, what),
            Verb::Clock => |who, what| past::changed_clock(who, what),
            Verb::Exits => |who, what| past::changed_exits(who, what),
            Verb::OtherWay => |who, what| past::changed_other_way(who, what),
            Verb::Shown => |who, what| past::changed_shown(who, what),
            Verb::To => |who, what| past::changed_to(who, what),
            Verb::Moved => |who, what| past::moved(who, what),
            Verb::Removed => |who, what| past::removed(who, what),
            Verb::PutBack => |who, what| past::put_back(who, what),
            Verb::Changed => |who, what| past::changed(who, what),
        };
        let (who, what) = (who.to_owned(), self.what.text());
        Text::live(move || says(&who, &what.get()).get())
    }
}

/// The thing: its kind, its number in a list, its name or words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct What {
    kind: Option<Kind>,
    number: Option<usize>,
    name: String,
}

impl What {
    /// "stap 3", "het plan “Opstaan”".
    pub fn text(&self) -> Text {
        let named: fn(&str) -> Text = match (self.kind, self.number) {
            (Some(Kind::Step), Some(number)) => return past::the_step(number),
            (Some(Kind::Step), None) => |name| past::the_step_called(name),
            (Some(Kind::Plan), _) => |name| past::the_plan(name),
            (Some(Kind::Route), _) => |name| past::the_route(name),
            (Some(Kind::Part), _) => |name| past::the_part(name),
            (Some(Kind::Goal), _) => |name| past::the_goal(name),
            (Some(Kind::Choice), _) => |name| past::the_choice(name),
            (Some(Kind::BookEntry), _) => return past::A_BOOK_ENTRY.into(),
            (Some(Kind::DaysOff), _) => return past::DAYS_OFF.into(),
            (Some(Kind::Message), _) => return past::A_MESSAGE.into(),
            (Some(Kind::Run), _) => return past::HOW_A_PLAN_WENT.into(),
            (Some(Kind::Practice), _) => return past::HOW_A_PRACTICE_WENT.into(),
            (Some(Kind::Trajectory), _) => return past::THE_TRAINING.into(),
            (Some(Kind::Consent), _) => return past::WHO_SEES_WHAT.into(),
            (Some(Kind::Preferences), _) => return past::HOW_THE_APP_IS.into(),
            (Some(Kind::Member), _) => return past::SOMEBODY_IN_THE_CIRCLE.into(),
            _ => return past::SOMETHING.into(),
        };
        named(&self.name)
    }
}

/// What sentences about a circle need: who is who, what is called what.
#[derive(Clone, PartialEq, Default)]
pub struct Names {
    people: Vec<(PersonId, String)>,
    /// The records that sentences are about, as they are now.
    pub records: Sorted<RecordId, Record>,
    numbers: Sorted<RecordId, usize>,
}

impl Names {
    /// The name to begin a sentence with.
    pub fn who(&self, person: Option<PersonId>) -> String {
        if person.is_some() && person == device::me().map(|me| me.id) {
            return past::YOU.get().to_owned();
        }
        self.name(person)
    }

    /// Their name, also where a sentence says "you".
    pub fn name(&self, person: Option<PersonId>) -> String {
        let known = person.and_then(|person| self.people.iter().find(|(id, _)| *id == person));
        known.map_or_else(|| past::SOMEBODY.get().to_owned(), |(_, name)| name.clone())
    }

    /// A record as a thing in a sentence.
    pub fn what(&self, id: RecordId, change: Option<&PastChange>) -> What {
        let record = self.records.get(&id);
        let kind = record.map(|record| record.kind).or_else(|| change?.kind).map(|kind| match kind {
            Kind::StepEvent | Kind::RunEnd | Kind::RunPhoto | Kind::RunFace | Kind::RunWord | Kind::StepHelp => {
                Kind::Run
            }
            Kind::GoalHelp
            | Kind::Situation
            | Kind::PracticeEnd
            | Kind::Feedback
            | Kind::FeedbackReply
            | Kind::FeedbackRead => Kind::Practice,
            Kind::Intake
            | Kind::StageEntry
            | Kind::TrajectoryEnd
            | Kind::Handover
            | Kind::HandoverPoint
            | Kind::FollowUp
            | Kind::FollowUpAnswer => Kind::Trajectory,
            other => other,
        });
        let held = |cell: &str| record.and_then(|record| record.value(cell)).or_else(|| change?.set(cell));
        let name = match held("title").or_else(|| held("text")) {
            Some(Value::Text(name)) if kind.is_none_or(|kind| !kind.is_log()) => name.clone(),
            _ => String::new(),
        };
        What { kind, number: self.numbers.get(&id).copied(), name }
    }

    /// What an edit did, in sentences. What it made below something else it made goes without saying.
    pub fn deeds(&self, changes: &[PastChange]) -> Vec<Deed> {
        let made: Vec<RecordId> = changes.iter().filter(|change| change.made).map(|change| change.record).collect();
        let mut deeds: Vec<Deed> = Vec::new();
        for change in changes {
            let within = change.made && change.parent.is_some_and(|parent| made.contains(&parent));
            if within {
                continue;
            }
            for deed in self.deeds_of(change) {
                // Seven events of one run are one thing to a person.
                if deeds.last() != Some(&deed) {
                    deeds.push(deed);
                }
            }
        }
        deeds
    }

    fn deeds_of(&self, change: &PastChange) -> Vec<Deed> {
        let what = self.what(change.record, Some(change));
        let deed = |verb, cell| Deed { verb, what: what.clone(), cell };
        if change.made {
            let written = change.kind.is_some_and(Kind::is_log);
            let named = matches!(what.kind, Some(Kind::Step | Kind::Message));
            let words = change.cells.iter().find(|cell| named && cell.name == "text").cloned();
            return vec![deed(if written { Verb::Wrote } else { Verb::Made }, words)];
        }
        let told = change.cells.iter().map(|cell| match (cell.name.as_ref(), &cell.set) {
            (DELETED, Value::Bool(true)) => deed(Verb::Removed, None),
            (DELETED, _) => deed(Verb::PutBack, None),
            (ORDER, _) => deed(Verb::Moved, None),
            ("text", _) => deed(Verb::Text, Some(cell.clone())),
            ("title", _) => deed(Verb::Title, Some(cell.clone())),
            ("picture", _) => deed(Verb::Picture, Some(cell.clone())),
            ("minutes" | "other_minutes" | "other_days", _) => deed(Verb::Time, Some(cell.clone())),
            ("days", _) => deed(Verb::Days, Some(cell.clone())),
            ("voice", _) => deed(Verb::Voice, Some(cell.clone())),
            ("video", _) => deed(Verb::Film, Some(cell.clone())),
            ("timer", _) => deed(Verb::Clock, Some(cell.clone())),
            ("exits", _) => deed(Verb::Exits, Some(cell.clone())),
            ("other_way" | "other_picture", _) => deed(Verb::OtherWay, Some(cell.clone())),
            ("prompt", _) => deed(Verb::Shown, Some(cell.clone())),
            ("to", _) => deed(Verb::To, None),
            (AUDIENCE, _) | (_, _) => deed(Verb::Changed, None),
        });
        told.collect()
    }
}

/// Reads what sentences about these records need. Who has left the circle keeps their name in what they did.
pub async fn names(reader: Reader, about: Vec<RecordId>) -> Names {
    let members = members(&reader).await.into_iter().map(|member| member.value);
    let left = reader.deleted(Kind::Member).await;
    let people = members.chain(left.iter().filter_map(Member::from_record));
    let mut names = Names { people: people.map(|member| (member.person, member.name)).collect(), ..Names::default() };
    let mut plans: Vec<RecordId> = Vec::new();
    for id in about {
        if !names.records.contains_key(&id)
            && let Some(record) = reader.record(id).await
        {
            if record.kind == Kind::Step
                && let Some(plan) = record.parent.filter(|plan| !plans.contains(plan))
            {
                plans.push(plan);
            }
            names.records.insert(id, record);
        }
    }
    for plan in plans {
        let steps = every_step(&reader, plan).await;
        names.numbers.extend(steps.iter().map(|step| step.id).zip(1..));
    }
    names
}

/// Completes changes of which only what they set is known with what the records hold now.
pub fn complete(changes: &mut [PastChange], names: &Names) {
    for change in changes.iter_mut().filter(|change| !change.made) {
        let Some(record) = names.records.get(&change.record) else { continue };
        (change.kind, change.parent) = (Some(record.kind), record.parent);
        for cell in &mut change.cells {
            cell.was = record.value(&cell.name).cloned().unwrap_or_default();
        }
    }
}

#[cfg(test)]
mod tests {
    use opstap_core::model::{Message, Plan, Run, Step, delete, restore, set};
    use opstap_core::{Cell, Change, DeviceId, Millis, Stamp};

    use super::*;

    const PLAN: RecordId = RecordId([1; 16]);
    const STEP: RecordId = RecordId([2; 16]);
    const MARLOES: PersonId = PersonId([3; 16]);

    fn plan() -> Plan {
        Plan::titled("Opstaan")
    }

    fn step() -> Step {
        Step::saying("B", "Pak je tas.")
    }

    fn record(change: &Change) -> Record {
        let past = PastChange::of(change);
        let mut record = Record::new(past.record, past.kind.unwrap(), past.parent);
        let stamp = Stamp { millis: Millis(1), counter: 0, device: DeviceId([1; 16]) };
        for PastCell { name, set, .. } in past.cells {
            record.cells.insert(name, Cell { value: set, stamp, number: 1 });
        }
        record
    }

    fn names() -> Names {
        let records = [record(&plan().make(PLAN)), record(&step().make_below(STEP, PLAN))];
        Names {
            people: vec![(MARLOES, "Marloes".into())],
            records: records.into_iter().map(|record| (record.id, record)).collect(),
            numbers: Sorted::from([(STEP, 3)]),
        }
    }

    fn told(names: &Names, changes: &[Change]) -> Vec<String> {
        let mut changes: Vec<PastChange> = changes.iter().map(PastChange::of).collect();
        complete(&mut changes, names);
        names.deeds(&changes).iter().map(|deed| deed.says(&names.who(Some(MARLOES))).get()).collect()
    }

    #[test]
    fn an_edit_is_told_as_who_did_what_to_which_step() {
        let names = names();
        for (change, says) in [
            (set(STEP, "text", "Pak alles."), "Marloes veranderde de tekst van stap 3."),
            (set(PLAN, "title", "Opstaan en eten"), "Marloes veranderde de naam van het plan “Opstaan”."),
            (set(STEP, "picture", "bag"), "Marloes koos een ander plaatje bij stap 3."),
            (set(PLAN, "minutes", 480_i64), "Marloes veranderde de tijd van het plan “Opstaan”."),
            (set(STEP, "order", "C"), "Marloes verplaatste stap 3."),
            (delete(STEP), "Marloes haalde stap 3 weg."),
            (restore(PLAN), "Marloes zette het plan “Opstaan” terug."),
            (set(STEP, "hint", "In de gang."), "Marloes veranderde iets in stap 3."),
            (set(STEP, "timer", 300_i64), "Marloes veranderde de klok bij stap 3."),
            (set(STEP, "other_way", "Vraag het."), "Marloes veranderde de andere manier bij stap 3."),
            (set(STEP, "exits", 9_i64), "Marloes veranderde wat kan als stap 3 niet lukt."),
            (set(STEP, "prompt", "picture"), "Marloes veranderde wat stap 3 laat zien."),
        ] {
            assert_eq!(told(&names, &[change]), [says]);
        }
    }

    #[test]
    fn what_a_cell_held_comes_from_the_record_on_the_device() {
        let names = names();
        let mut changes = [PastChange::of(&set(STEP, "text", "Pak alles."))];
        complete(&mut changes, &names);
        let cell = names.deeds(&changes)[0].cell.clone().unwrap();
        assert_eq!((cell.was, cell.set), ("Pak je tas.".into(), "Pak alles.".into()));
    }

    #[test]
    fn a_plan_that_is_made_is_one_thing_with_all_its_steps() {
        let made = [plan().make(PLAN), step().make_below(STEP, PLAN)];
        assert_eq!(told(&names(), &made), ["Marloes maakte het plan “Opstaan”."]);
        assert_eq!(told(&names(), &made[1..]), ["Marloes maakte stap 3."]);
    }

    #[test]
    fn what_is_written_once_is_told_once_whatever_it_is_made_of() {
        let run = |n: u8| Run::begins(PLAN, Millis(1)).make(RecordId([n; 16]));
        assert_eq!(told(&names(), &[run(7), run(8)]), ["Marloes schreef hoe een plan ging."]);
        let message = Message::saying(MARLOES, "Ik kom later.", Millis(1));
        let change = PastChange::of(&message.make(RecordId([9; 16])));
        let deeds = names().deeds(&[change]);
        assert_eq!(deeds[0].says("Youssef").get(), "Youssef schreef een bericht.");
        assert_eq!(deeds[0].cell.as_ref().unwrap().set, "Ik kom later.".into());
    }

    #[test]
    fn somebody_and_something_that_nobody_knows_have_words_too() {
        let nothing = Names::default();
        assert_eq!(nothing.who(Some(MARLOES)), "Iemand");
        let deeds = nothing.deeds(&[PastChange::of(&set(STEP, "text", "Pak alles."))]);
        assert_eq!(deeds[0].says("Iemand").get(), "Iemand veranderde de tekst van iets.");
    }
}
