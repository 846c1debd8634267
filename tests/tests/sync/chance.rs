//! Three phones do things by chance, with networks that come, go and lose answers; in the end all agree. A seed repeats a run.

use opstap_core::access::Section;
use opstap_core::model::{Model, delete, restore, set};
use opstap_core::{Kind, RecordId};

use super::stage::{Network, Phone, Stage, plan, step};

/// Numbers that look random and are the same for the same seed.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap() % most
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> Option<T> {
        if from.is_empty() { None } else { from.get(self.below(from.len())).copied() }
    }
}

/// Does one thing on a phone; what its own rules do not allow is not done.
fn act(chance: &mut Chance, phone: &mut Option<Phone>, turn: usize) {
    let here = phone.as_ref().unwrap();
    let ids = |kind| here.all(&[kind]).iter().map(|record| record.id).collect::<Vec<RecordId>>();
    let words = format!("woord {turn}");
    let changes = match chance.below(12) {
        0 => vec![plan(&words).make(here.engine.new_id())],
        1 => chance
            .pick(&ids(Kind::Plan))
            .map(|plan| step("V", &words).make_below(here.engine.new_id(), plan))
            .into_iter()
            .collect(),
        2 | 3 => chance.pick(&ids(Kind::Step)).map(|step| set(step, "text", words.as_str())).into_iter().collect(),
        4 => chance.pick(&ids(Kind::Step)).map(|step| set(step, "hint", words.as_str())).into_iter().collect(),
        5 => chance.pick(&ids(Kind::Step)).map(|step| set(step, "order", "k")).into_iter().collect(),
        6 => chance.pick(&ids(Kind::Step)).map(delete).into_iter().collect(),
        7 => chance.pick(&ids(Kind::Plan)).map(delete).into_iter().collect(),
        8 => chance.pick(&ids(Kind::Step)).map(restore).into_iter().collect(),
        9 => {
            *phone = phone.take().map(Phone::restarted);
            return;
        }
        _ => {
            let networks = [Network::There, Network::There, Network::Gone, Network::LosesAnswers];
            here.line.network.set(chance.pick(&networks).unwrap());
            here.sync();
            return;
        }
    };
    if !changes.is_empty() {
        here.edit(changes);
    }
}

fn run(seed: u64) {
    let mut chance = Chance(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let stage = Stage::set();
    let sem = stage.open_circle(&[Section::Plans]);
    sem.make_plan("Was doen", &["Sorteer", "Was", "Droog"]);
    sem.sync();
    let mut phones = [Some(sem), Some(stage.phone(stage.youssef)), Some(stage.phone(stage.marloes))];
    let wrong = i64::try_from(chance.below(100_000)).unwrap();
    phones[1].as_ref().unwrap().world.wrong_by.set(wrong - 50_000);
    for turn in 0..120 {
        let whose = chance.below(phones.len());
        act(&mut chance, &mut phones[whose], turn);
    }
    let phones = phones.map(Option::unwrap);
    for _ in 0..2 {
        for phone in &phones {
            phone.line.network.set(Network::There);
            phone.sync();
        }
    }
    let kinds = [Kind::Member, Kind::Consent, Kind::Plan, Kind::Step];
    for phone in &phones {
        assert_eq!(phone.waiting(), 0, "seed {seed}");
        assert!(futures::executor::block_on(phone.engine.refused()).unwrap().is_empty(), "seed {seed}");
        assert_eq!(phone.all(&kinds), phones[0].all(&kinds), "seed {seed}");
    }
    // A phone that comes new sees what the others see.
    let fresh = stage.phone(stage.marloes);
    assert_eq!(fresh.all(&kinds), phones[2].all(&kinds), "seed {seed}");
}

#[test]
fn whatever_three_people_do_and_whatever_the_network_does_all_agree_in_the_end() {
    for seed in 1..=40 {
        run(seed);
    }
}
