//! Practices: a route practised together, and how much help each goal took.

use crate::id::RecordId;
use crate::model::{Face, codes, model};
use crate::record::Kind;
use crate::stamp::Millis;

model! {
    /// A practice of a route began.
    Practice {
        /// The route.
        route: RecordId,
        /// When, by the device's corrected clock.
        at: Millis,
    }
}

codes! {
    /// How much help was needed, from none to all.
    HelpLevel {
        /// By oneself (zelf).
        ByOneself = "self",
        /// A hint.
        Hint = "hint",
        /// Told (gezegd).
        Told = "told",
        /// Shown (voorgedaan).
        Shown = "shown",
        /// Done together (samen).
        Together = "together",
    }
}

model! {
    /// How much help a goal took. A correction names what it replaces.
    GoalHelp {
        /// The goal.
        goal: RecordId,
        /// How much help.
        help: HelpLevel,
        /// When.
        at: Millis,
        /// The earlier answer that this one corrects.
        replaces: Option<RecordId>,
    }
}

codes! {
    /// A situation practised on purpose, to take on a fear (pilot "MEE op weg").
    Situation {
        /// Asking the way.
        AskingTheWay = "asking-the-way",
        /// Getting off at the wrong stop.
        WrongStop = "wrong-stop",
        /// A disruption, and another way.
        Disruption = "disruption",
        /// Speaking to a fellow passenger.
        FellowPassenger = "fellow-passenger",
        /// One of their own.
        Other = "other",
    }
}

/// A situation practised, with a word about how it went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PracticeSituation {
    /// Which.
    pub situation: Situation,
    /// What was hard and how it was overcome.
    pub word: Option<String>,
}

/// Not by `model!`, because the struct and its kind have different names: the kind is the log, `Situation` the choice.
impl crate::model::Model for PracticeSituation {
    const KIND: Kind = Kind::Situation;
    const CELLS: &'static [crate::model::CellSpec] = &[
        crate::model::CellSpec { name: "situation", needed: true, fits: <Situation as crate::model::FromCell>::fits },
        crate::model::CellSpec {
            name: "word",
            needed: false,
            fits: |value| matches!(value, crate::value::Value::Text(_)),
        },
    ];

    fn from_record(record: &crate::record::Record) -> Option<Self> {
        use crate::model::FromCell;
        if record.kind != Self::KIND {
            return None;
        }
        Some(Self {
            situation: FromCell::from_cell(record.value("situation"))?,
            word: FromCell::from_cell(record.value("word"))?,
        })
    }

    fn cells(&self) -> Vec<(crate::value::CellName, crate::value::Value)> {
        use crate::model::ToCell;
        let mut cells = vec![("situation".into(), self.situation.to_cell())];
        cells.extend(self.word.as_ref().map(|word| ("word".into(), word.to_cell())));
        cells
    }
}

model! {
    /// A practice ended.
    PracticeEnd {
        /// When.
        at: Millis,
        /// How much time it took, in minutes.
        minutes: Option<u32>,
        /// The volunteer's word about it.
        word: Option<String>,
        /// The participant's own face.
        face: Option<Face>,
        /// The participant's own word about it.
        said: Option<String>,
    }
}
