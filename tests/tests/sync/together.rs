//! Two people change the same plan while neither has a network; afterwards all agree and nothing is lost.

use opstap_core::access::Section;
use opstap_core::model::{Ending, Model, Plan, Run, RunEnd, Step, StepEvent, StepOutcome, delete, restore, set};
use opstap_core::{Kind, Millis};

use super::stage::{Network, Phone, Stage, plan, step};

const PLANS: [Kind; 2] = [Kind::Plan, Kind::Step];

/// Everybody syncs until nobody has anything left to say.
fn all_sync(phones: &[&Phone]) {
    for _ in 0..2 {
        for phone in phones {
            phone.line.network.set(Network::There);
            phone.sync();
        }
    }
    for phone in phones {
        assert_eq!(phone.waiting(), 0);
        assert_eq!(phone.all(&PLANS), phones[0].all(&PLANS));
    }
}

#[test]
fn two_fields_of_one_step_that_two_people_change_offline_both_survive() {
    let stage = Stage::set();
    let sem = stage.open_circle(&[Section::Plans]);
    let (_, steps) = sem.make_plan("Boodschappen doen", &["Pak een kar", "Betaal"]);
    sem.sync();
    let (marloes, youssef) = (stage.phone(stage.marloes), stage.phone(stage.youssef));
    marloes.edit(vec![set(steps[0], "text", "Pak een mandje")]);
    youssef.edit(vec![set(steps[0], "hint", "Het staat bij de deur")]);
    all_sync(&[&youssef, &marloes, &sem]);
    let (step, record) = sem.one::<Step>(steps[0]).unwrap();
    assert_eq!((step.text.as_str(), step.hint.as_deref()), ("Pak een mandje", Some("Het staat bij de deur")));
    assert!(record.kept.is_empty());
}

#[test]
fn of_two_texts_for_one_step_one_is_shown_and_the_other_is_kept() {
    let stage = Stage::set();
    let sem = stage.open_circle(&[Section::Plans]);
    let (_, steps) = sem.make_plan("Boodschappen doen", &["Pak een kar"]);
    sem.sync();
    let (marloes, youssef) = (stage.phone(stage.marloes), stage.phone(stage.youssef));
    marloes.edit(vec![set(steps[0], "text", "van Marloes")]);
    youssef.edit(vec![set(steps[0], "text", "van Youssef")]);
    // The later one comes in first.
    all_sync(&[&youssef, &marloes, &sem]);
    let (step, record) = sem.one::<Step>(steps[0]).unwrap();
    assert_eq!(step.text, "van Youssef");
    assert_eq!(record.kept.iter().map(|kept| kept.value.clone()).collect::<Vec<_>>(), ["van Marloes".into()]);
    // Whoever sees both settles it.
    marloes.edit(vec![set(steps[0], "text", "van Marloes")]);
    all_sync(&[&marloes, &youssef, &sem]);
    let (step, record) = sem.one::<Step>(steps[0]).unwrap();
    assert_eq!((step.text.as_str(), record.kept.len()), ("van Marloes", 0));
}

#[test]
fn a_step_that_one_moves_and_the_other_rewords_is_moved_and_reworded_and_stands_there_once() {
    let stage = Stage::set();
    let sem = stage.open_circle(&[Section::Plans]);
    let (id, steps) = sem.make_plan("Was doen", &["Sorteer", "Was", "Droog"]);
    sem.sync();
    let (marloes, youssef) = (stage.phone(stage.marloes), stage.phone(stage.youssef));
    youssef.edit(vec![set(steps[2], "order", "0")]);
    marloes.edit(vec![set(steps[2], "text", "Hang op")]);
    all_sync(&[&marloes, &youssef, &sem]);
    assert_eq!(sem.texts(id), ["Hang op", "Sorteer", "Was"]);
}

#[test]
fn a_step_that_one_deletes_while_another_edits_it_is_back_and_marked_in_whichever_order_they_arrive() {
    for the_deletion_first in [true, false] {
        let stage = Stage::set();
        let sem = stage.open_circle(&[Section::Plans]);
        let (id, steps) = sem.make_plan("Was doen", &["Sorteer", "Was"]);
        sem.sync();
        let (marloes, youssef) = (stage.phone(stage.marloes), stage.phone(stage.youssef));
        youssef.edit(vec![delete(steps[1])]);
        marloes.edit(vec![set(steps[1], "text", "Zet de machine aan")]);
        assert_eq!(youssef.texts(id), ["Sorteer"]);
        let (first, second) = if the_deletion_first { (&youssef, &marloes) } else { (&marloes, &youssef) };
        all_sync(&[first, second, &sem]);
        assert_eq!(sem.texts(id), ["Sorteer", "Zet de machine aan"]);
        assert!(youssef.one::<Step>(steps[1]).unwrap().1.came_back());
        // A deletion by somebody who has seen it counts.
        youssef.edit(vec![delete(steps[1])]);
        all_sync(&[&youssef, &marloes, &sem]);
        assert_eq!(marloes.texts(id), ["Sorteer"]);
        marloes.edit(vec![restore(steps[1])]);
        all_sync(&[&marloes, &youssef, &sem]);
        assert_eq!(sem.texts(id), ["Sorteer", "Zet de machine aan"]);
    }
}

#[test]
fn words_typed_while_the_removal_of_their_step_comes_in_bring_it_back_marked_at_once_and_for_all() {
    let stage = Stage::set();
    let sem = stage.open_circle(&[Section::Plans]);
    let (id, steps) = sem.make_plan("Was doen", &["Sorteer", "Was"]);
    sem.sync();
    let (marloes, youssef) = (stage.phone(stage.marloes), stage.phone(stage.youssef));
    let when_she_began = marloes.seen();
    youssef.edit(vec![delete(steps[1])]);
    all_sync(&[&youssef, &sem, &marloes]);
    assert_eq!(marloes.texts(id), ["Sorteer"]);
    for text in ["Zet de", "Zet de machine aan"] {
        marloes.edit_as_of(vec![set(steps[1], "text", text)], when_she_began);
        assert_eq!(marloes.texts(id), ["Sorteer", text]);
        assert!(marloes.one::<Step>(steps[1]).unwrap().1.came_back());
    }
    all_sync(&[&marloes, &youssef, &sem]);
    assert_eq!(sem.texts(id), ["Sorteer", "Zet de machine aan"]);
    assert!(sem.one::<Step>(steps[1]).unwrap().1.came_back());
}

#[test]
fn words_typed_while_other_words_for_the_step_come_in_are_a_conflict_that_keeps_both() {
    let stage = Stage::set();
    let sem = stage.open_circle(&[Section::Plans]);
    let (_, steps) = sem.make_plan("Was doen", &["Sorteer"]);
    sem.sync();
    let (marloes, youssef) = (stage.phone(stage.marloes), stage.phone(stage.youssef));
    let when_she_began = marloes.seen();
    youssef.edit(vec![set(steps[0], "text", "van Youssef")]);
    all_sync(&[&youssef, &sem, &marloes]);
    marloes.edit_as_of(vec![set(steps[0], "text", "van Marloes")], when_she_began);
    all_sync(&[&marloes, &youssef, &sem]);
    let (step, record) = sem.one::<Step>(steps[0]).unwrap();
    let kept: Vec<_> = record.others("text").map(|kept| kept.value.clone()).collect();
    assert_eq!((step.text.as_str(), kept), ("van Marloes", vec!["van Youssef".into()]));
}

#[test]
fn a_plan_deleted_while_another_adds_a_step_to_it_is_back_with_that_step() {
    let stage = Stage::set();
    let sem = stage.open_circle(&[Section::Plans]);
    let (id, _) = sem.make_plan("Was doen", &["Sorteer"]);
    sem.sync();
    let (marloes, youssef) = (stage.phone(stage.marloes), stage.phone(stage.youssef));
    youssef.edit(vec![delete(id)]);
    marloes.edit(vec![step("z", "Vouw op").make_below(marloes.engine.new_id(), id)]);
    all_sync(&[&marloes, &youssef, &sem]);
    assert_eq!(
        (youssef.titles(), youssef.texts(id)),
        (vec!["Was doen".into()], vec!["Sorteer".into(), "Vouw op".into()])
    );
    assert!(sem.one::<Plan>(id).unwrap().1.came_back());
}

#[test]
fn a_run_that_was_done_without_a_network_reaches_the_supervisor_by_itself() {
    let stage = Stage::set();
    let sem = stage.open_circle(&[Section::Plans, Section::Progress]);
    let (id, steps) = sem.make_plan("Was doen", &["Sorteer", "Was"]);
    sem.sync();
    let marloes = stage.phone(stage.marloes);
    sem.line.network.set(Network::Gone);
    let run = sem.engine.new_id();
    let at = |engine: &Phone| -> Millis { engine.engine.now() };
    sem.edit(vec![Run::begins(id, at(&sem)).make(run)]);
    for (step, what) in
        [(steps[0], StepOutcome::Done), (steps[1], StepOutcome::HelpAsked), (steps[1], StepOutcome::Done)]
    {
        let event = StepEvent::of(step, what, at(&sem));
        sem.edit(vec![event.make_below(sem.engine.new_id(), run)]);
        sem.sync();
    }
    sem.edit(vec![RunEnd { how: Ending::Done, at: at(&sem) }.make_below(sem.engine.new_id(), run)]);
    let sem = sem.restarted();
    assert_eq!((sem.waiting(), sem.all(&[Kind::StepEvent]).len()), (5, 3));
    sem.line.network.set(Network::There);
    sem.sync();
    marloes.sync();
    let told = [Kind::Run, Kind::StepEvent, Kind::RunEnd];
    assert_eq!(marloes.all(&told), sem.all(&told));
    assert_eq!(marloes.all(&told).len(), 5);
}

#[test]
fn phones_whose_clocks_are_wrong_agree_all_the_same() {
    let stage = Stage::set();
    let sem = stage.open_circle(&[Section::Plans]);
    let (id, _) = sem.make_plan("Was doen", &["Sorteer"]);
    sem.sync();
    let (marloes, youssef) = (stage.phone(stage.marloes), stage.phone(stage.youssef));
    // An hour ahead, not noticed before the next answer; and a day behind.
    marloes.world.wrong_by.set(3_600_000);
    youssef.world.wrong_by.set(-86_400_000);
    marloes.edit(vec![set(id, "title", "te vroeg")]);
    all_sync(&[&marloes, &sem]);
    all_sync(&[&youssef, &marloes, &sem]);
    youssef.edit(vec![set(id, "title", "het laatst")]);
    all_sync(&[&youssef, &marloes, &sem]);
    assert_eq!(sem.titles(), ["het laatst"]);
}

#[test]
fn a_large_circle_comes_in_pages_and_is_the_same_on_every_phone() {
    let stage = Stage::with_limits(opstap_sync_server::service::Limits { records: 3, bytes: 1_000_000 });
    let sem = stage.open_circle(&[Section::Plans]);
    for n in 0..12 {
        sem.make_plan(&format!("Plan {n}"), &["a", "b"]);
    }
    sem.sync();
    let marloes = stage.phone(stage.marloes);
    assert_eq!(marloes.titles().len(), 12);
    all_sync(&[&sem, &marloes]);
    marloes.edit(vec![plan("Nog een").make(marloes.engine.new_id())]);
    all_sync(&[&marloes, &sem]);
}
