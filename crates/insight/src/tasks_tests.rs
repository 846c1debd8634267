//! Whose a task is, by what each said themselves.

use proptest::prelude::*;

use super::*;

const MARLOES: PersonId = PersonId([1; 16]);
const TIM: PersonId = PersonId([2; 16]);
const YOUSSEF: PersonId = PersonId([3; 16]);

fn said(at: u64, by: PersonId, act: HandoverAct, to: Option<PersonId>) -> TaskWord {
    let id = RecordId([u8::try_from(at).unwrap(); 16]);
    TaskWord { id, by: Some(by), handover: TaskHandover { act, at: Millis(at), to, word: None } }
}

fn asks(at: u64, by: PersonId, to: PersonId) -> TaskWord {
    said(at, by, HandoverAct::Asked, Some(to))
}

fn takes_on(at: u64, by: PersonId) -> TaskWord {
    said(at, by, HandoverAct::TakenOn, None)
}

fn told(words: Vec<TaskWord>) -> TaskStory {
    let task = Task { title: "Post bekijken".into(), picture: None, goal: None, due: None, ended: None };
    task_story(RecordId([9; 16]), task, words)
}

fn holder(words: Vec<TaskWord>) -> Option<PersonId> {
    told(words).with.map(|(who, _)| who)
}

#[test]
fn a_task_stays_with_whom_it_was_until_the_other_takes_it_on() {
    let mut words = vec![takes_on(1, MARLOES), asks(2, MARLOES, TIM)];
    let story = told(words.clone());
    assert_eq!(story.with, Some((MARLOES, Millis(1))));
    assert_eq!(story.asks(TIM).map(|asked| asked.at), Some(Millis(2)));
    assert_eq!((story.asks(YOUSSEF), story.asks(MARLOES)), (None, None));
    words.push(takes_on(3, TIM));
    let story = told(words);
    assert_eq!((story.with, story.asked.len()), (Some((TIM, Millis(3))), 0));
}

#[test]
fn whoever_does_not_take_it_on_is_asked_no_longer_and_it_stays_where_it_was() {
    let words = vec![takes_on(1, MARLOES), asks(2, MARLOES, TIM), said(3, TIM, HandoverAct::Declined, None)];
    let story = told(words);
    assert_eq!((story.with.map(|(who, _)| who), story.asked.len()), (Some(MARLOES), 0));
}

#[test]
fn a_task_that_was_stopped_is_nobodys_and_only_whoever_has_it_can_stop() {
    assert_eq!(holder(vec![takes_on(1, TIM), said(2, MARLOES, HandoverAct::Stopped, None)]), Some(TIM));
    let story = told(vec![takes_on(1, TIM), said(2, TIM, HandoverAct::Stopped, None)]);
    assert!(story.is_nobodys());
}

#[test]
fn of_several_who_are_asked_the_first_to_take_it_on_answers_for_all() {
    let story = told(vec![asks(1, MARLOES, TIM), asks(2, MARLOES, YOUSSEF), takes_on(3, YOUSSEF)]);
    assert_eq!((story.with.map(|(who, _)| who), story.asks(TIM)), (Some(YOUSSEF), None));
}

#[test]
fn who_has_it_is_not_asked_and_who_is_asked_twice_is_asked_once() {
    assert_eq!(told(vec![takes_on(1, TIM), asks(2, MARLOES, TIM)]).asked, []);
    let story = told(vec![asks(1, MARLOES, TIM), asks(2, MARLOES, TIM)]);
    assert_eq!(story.asked.iter().map(|asked| asked.at).collect::<Vec<_>>(), [Millis(2)]);
}

#[test]
fn a_task_that_ended_asks_nobody() {
    let mut story = told(vec![asks(1, MARLOES, TIM)]);
    assert!(story.is_nobodys());
    story.task.ended = Some(Millis(5));
    assert_eq!((story.asks(TIM), story.is_nobodys()), (None, false));
}

proptest! {
    #[test]
    fn in_whatever_order_words_come_the_task_is_of_the_same(
        words in proptest::collection::vec((0_usize..4, 0_usize..3, 0_usize..3), 0..8), turned in any::<prop::sample::Index>(),
    ) {
        let people = [MARLOES, TIM, YOUSSEF];
        let mut words: Vec<TaskWord> = words
            .into_iter()
            .zip(1..)
            .map(|((act, by, to), at)| said(at, people[by], HandoverAct::ALL[act], Some(people[to])))
            .collect();
        let in_order = told(words.clone());
        if !words.is_empty() {
            let by = turned.index(words.len());
            words.rotate_left(by);
        }
        let story = told(words);
        prop_assert!(story.asked.iter().all(|asked| story.with.is_none_or(|(who, _)| who != asked.who)));
        prop_assert_eq!(story, in_order);
    }
}
