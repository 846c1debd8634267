//! The workload that benchmarks agree on: step events of one client, written by one device, with ids as devices make
//! them and notes that differ. The same seed gives the same events.

use opstap_core::model::{HelpLevel, Model, Run, StepOutcome, ToCell};
use opstap_core::{Change, CircleId, DeviceId, Edit, EditName, Kind, Millis, PersonId, RecordId, Seen, Stamp, Value};

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

/// Where events happen and who has to do with them.
#[derive(Clone)]
pub struct Setting {
    /// The circle.
    pub circle: CircleId,
    /// The device that writes.
    pub device: DeviceId,
    /// The client.
    pub client: PersonId,
    /// Those who support the client.
    pub supporters: Vec<PersonId>,
    /// When the first event happens.
    pub begin: Millis,
}

/// What the events are about: one circle, one device, twenty plans of ten steps.
pub struct Workload {
    /// Where.
    pub setting: Setting,
    /// The events, in order of time.
    pub events: Vec<StepEvent>,
}

/// Ids of what was there before the first event.
struct Older {
    made: u64,
}

impl Older {
    const fn than(begin: Millis) -> Self {
        Self { made: begin.0.saturating_sub(90 * 86_400_000) }
    }

    fn id(&mut self, draw: &mut Draw) -> RecordId {
        self.made = self.made.saturating_add(draw.below(3_600_000));
        RecordId::new(Millis(self.made), draw.randomness())
    }
}

impl Workload {
    /// When the first event happened: a Monday in November 2026.
    pub const BEGIN: Millis = Millis(1_793_610_000_000);

    /// So many events in a setting that nobody knows.
    #[must_use]
    pub fn new(events: usize, seed: u64) -> Self {
        let mut draw = Draw::from_seed(seed);
        let mut older = Older::than(Self::BEGIN);
        let setting = Setting {
            circle: CircleId(older.id(&mut draw).0),
            device: DeviceId(older.id(&mut draw).0),
            client: PersonId(older.id(&mut draw).0),
            supporters: (0..4).map(|_| PersonId(older.id(&mut draw).0)).collect(),
            begin: Self::BEGIN,
        };
        Self::drawn(setting, events, &mut draw, older)
    }

    /// So many events where they can really be written down: ten thousand take two months.
    #[must_use]
    pub fn of(setting: Setting, events: usize, seed: u64) -> Self {
        let older = Older::than(setting.begin);
        Self::drawn(setting, events, &mut Draw::from_seed(seed), older)
    }

    fn drawn(setting: Setting, events: usize, draw: &mut Draw, mut older: Older) -> Self {
        let plans: Vec<(RecordId, Vec<RecordId>)> =
            (0..20).map(|_| (older.id(draw), (0..10).map(|_| older.id(draw)).collect())).collect();
        let mut now = setting.begin;
        let mut made = Vec::with_capacity(events);
        while made.len() < events {
            let Some((plan, steps)) = draw.pick(&plans) else { break };
            let by = draw.pick(&setting.supporters).copied().unwrap_or(setting.client);
            let run = RecordId::new(now, draw.randomness());
            for step in steps.iter().take(events.saturating_sub(made.len())) {
                now = now.plus(5_000 + draw.below(240_000));
                made.push(StepEvent {
                    id: RecordId::new(now, draw.randomness()),
                    run,
                    client: setting.client,
                    plan: *plan,
                    step: *step,
                    at: now,
                    by,
                    help: draw.pick(HelpLevel::ALL).copied().unwrap_or(HelpLevel::ByOneself),
                    note: note(draw),
                });
            }
            now = now.plus(draw.below(7_200_000));
        }
        Self { setting, events: made }
    }

    /// What makes the runs that the events stand below, in order of time.
    #[must_use]
    pub fn runs(&self) -> Vec<Change> {
        let of_one_run = self.events.chunk_by(|one, next| one.run == next.run);
        of_one_run
            .filter_map(|events| events.first())
            .map(|first| Run::begins(first.plan, first.at).make(first.run))
            .collect()
    }

    /// Each event as an edit of its own, named from `first` on, by somebody who had seen the circle up to here.
    #[must_use]
    pub fn edits(&self, first: u64, seen: Seen) -> Vec<Edit> {
        self.events.iter().zip(first..).map(|(event, n)| self.edit(event, n, seen)).collect()
    }

    fn edit(&self, event: &StepEvent, n: u64, seen: Seen) -> Edit {
        let Setting { circle, device, .. } = self.setting;
        Edit {
            name: EditName { device, n },
            stamp: Stamp { millis: event.at, counter: 0, device },
            circle,
            seen,
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
                    ("what".into(), StepOutcome::Done.to_cell()),
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
        let edits = |seed| Workload::new(50, seed).edits(1, Seen::default());
        assert_eq!(edits(1), edits(1));
        assert_ne!(edits(1), edits(2));
    }
}
