//! The workload that benchmarks agree on: step events of one client, written by one device, with ids as devices make
//! them and notes that differ. The same seed gives the same events.

use opstap_core::model::{HelpLevel, ToCell};
use opstap_core::{
    Change, CircleId, DeviceId, Edit, EditName, Epoch, Kind, Millis, PersonId, RecordId, Seen, Stamp, Value,
};

/// A small random generator (`SplitMix64`): enough for a workload, and the same on every machine.
pub struct Draw(u64);

impl Draw {
    /// A generator that gives the same numbers for the same seed.
    #[must_use]
    pub const fn from_seed(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub const fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`, which is not zero.
    pub const fn below(&mut self, end: u64) -> u64 {
        self.number() % end
    }

    /// One of several.
    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        let place = self.below(of.len().max(1) as u64);
        usize::try_from(place).ok().and_then(|place| of.get(place))
    }

    /// The random part of an id.
    pub fn randomness(&mut self) -> [u8; 10] {
        let mut bytes = [0; 10];
        for half in bytes.chunks_mut(5) {
            half.copy_from_slice(&self.number().to_be_bytes()[..5]);
        }
        bytes
    }
}

/// One step event of the workload.
pub struct StepEvent {
    /// Its id.
    pub id: RecordId,
    /// The run it belongs to.
    pub run: RecordId,
    /// The client.
    pub client: PersonId,
    /// The plan.
    pub plan: RecordId,
    /// The step.
    pub step: RecordId,
    /// When.
    pub at: Millis,
    /// Who wrote it down.
    pub by: PersonId,
    /// How much help it took.
    pub help: HelpLevel,
    /// A few words about it.
    pub note: String,
}

/// What the events are about: one circle, one device, twenty plans of ten steps.
pub struct Workload {
    /// The circle.
    pub circle: CircleId,
    /// The device that writes.
    pub device: DeviceId,
    /// The events, in order of time.
    pub events: Vec<StepEvent>,
}

impl Workload {
    /// When the first event happened: a Monday in November 2026.
    pub const BEGIN: Millis = Millis(1_793_610_000_000);

    /// So many events.
    #[must_use]
    pub fn new(events: usize, seed: u64) -> Self {
        let mut draw = Draw::from_seed(seed);
        let mut made = Self::BEGIN.0.saturating_sub(90 * 86_400_000);
        let fresh = |draw: &mut Draw, now: Millis| RecordId::new(now, draw.randomness());
        let mut older = |draw: &mut Draw| {
            made = made.saturating_add(draw.below(3_600_000));
            fresh(draw, Millis(made))
        };
        let circle = CircleId(older(&mut draw).0);
        let device = DeviceId(older(&mut draw).0);
        let client = PersonId(older(&mut draw).0);
        let supporters: Vec<PersonId> = (0..4).map(|_| PersonId(older(&mut draw).0)).collect();
        let plans: Vec<(RecordId, Vec<RecordId>)> =
            (0..20).map(|_| (older(&mut draw), (0..10).map(|_| older(&mut draw)).collect())).collect();

        let mut now = Self::BEGIN;
        let mut made = Vec::with_capacity(events);
        while made.len() < events {
            let Some((plan, steps)) = draw.pick(&plans) else { break };
            let by = draw.pick(&supporters).copied().unwrap_or(client);
            let run = RecordId::new(now, draw.randomness());
            for step in steps.iter().take(events.saturating_sub(made.len())) {
                now = now.plus(5_000 + draw.below(240_000));
                made.push(StepEvent {
                    id: RecordId::new(now, draw.randomness()),
                    run,
                    client,
                    plan: *plan,
                    step: *step,
                    at: now,
                    by,
                    help: draw.pick(HelpLevel::ALL).copied().unwrap_or(HelpLevel::ByOneself),
                    note: note(&mut draw),
                });
            }
            now = now.plus(draw.below(7_200_000));
        }
        Self { circle, device, events: made }
    }

    /// Each event as an edit of its own, named from `first` on.
    #[must_use]
    pub fn edits(&self, first: u64) -> Vec<Edit> {
        self.events.iter().zip(first..).map(|(event, n)| self.edit(event, n)).collect()
    }

    fn edit(&self, event: &StepEvent, n: u64) -> Edit {
        Edit {
            name: EditName { device: self.device, n },
            stamp: Stamp { millis: event.at, counter: 0, device: self.device },
            circle: self.circle,
            seen: Seen { epoch: Epoch(1), number: 4_711 },
            beside: None,
            changes: vec![Change::Make {
                id: event.id,
                kind: Kind::StepEvent,
                parent: Some(event.run),
                cells: vec![
                    ("at".into(), event.at.to_cell()),
                    ("by".into(), event.by.to_cell()),
                    ("client".into(), event.client.to_cell()),
                    ("help".into(), event.help.to_cell()),
                    ("note".into(), Value::from(event.note.as_str())),
                    ("plan".into(), event.plan.to_cell()),
                    ("step".into(), event.step.to_cell()),
                ],
            }],
        }
    }
}

const DID: &str = "zocht pakte vergat vond waste telde wachtte vroeg belde schreef legde sneed kookte droogde vouwde betaalde las \
    tekende oefende herhaalde miste koos ruimde stofte opende sloot roerde proefde poetste douchte liep fietste stapte \
    reed keek luisterde lachte mopperde stopte begon wisselde bewaarde gooide schilde dekte haalde bracht kocht";
const WHAT: &str = "sleutel jas tas brood melk pan mes bord kopje lade kast deken laken kussen wekker telefoon pasje kaart halte \
    bus tram metro perron trap lift kassa bon geld rekening brief envelop postzegel formulier agenda pillendoos emmer dweil \
    spons doek zeep shampoo tandpasta handdoek sok trui broek wasmand wasmiddel droger strijkijzer knoflook ui wortel \
    aardappel rijst soep ei kaas boter peper zout oven fornuis timer recept lijstje buurman buurvrouw moeder broer vriendin \
    begeleider buschauffeur dokter apotheek club voetbal markt park brug tunnel lantaarn fiets helm slot";
const HOW: &str = "rustig snel zelf samen hardop stil boos blij moe trots slordig netjes twijfelend vrolijk langzaam precies \
    eindelijk bijna opnieuw alweer meteen later vroeg vaak nooit soms gelukkig handig dapper verlegen druk kalm giechelend \
    zuchtend fluitend zingend bibberend mank nat warm koud laat dubbel half helemaal amper extra bewust";
const AND: &str = "en toch; maar daarna; want eerst; net als; anders dan; nog voor; pas na; door; zonder; met; ondanks; behalve; \
    vanwege; terwijl; dankzij; tot aan";

/// A few words as a supporter types them: from a few hundred words, so that notes share words and not sentences.
fn note(draw: &mut Draw) -> String {
    let mut word = |list: &'static str, between: char| {
        let words: Vec<&str> = list.split(between).map(str::trim).filter(|word| !word.is_empty()).collect();
        draw.pick(&words).copied().unwrap_or_default()
    };
    let mut note = format!("{} {} {}", word(DID, ' '), word(WHAT, ' '), word(HOW, ' '));
    let more = word("ja nee nee", ' ') == "ja";
    if more {
        note = format!("{note} {} {} {}", word(AND, ';'), word(WHAT, ' '), word(HOW, ' '));
    }
    note
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_events_and_another_seed_others() {
        let edits = |seed| Workload::new(50, seed).edits(1);
        assert_eq!(edits(1), edits(1));
        assert_ne!(edits(1), edits(2));
    }
}
