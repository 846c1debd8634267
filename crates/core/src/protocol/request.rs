//! What a device sends: where it is in each circle, and its edits.

use super::WIRE;
use crate::access::View;
use crate::age::{Day, Month};
use crate::edit::{Edit, Epoch};
use crate::id::{CircleId, DeviceId, RecordId};
use crate::stamp::Millis;

/// How far a load of a circle has come: everything before (need, id) is on the device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LoadPosition {
    /// The number fixed when the load began; the changes after it follow when the load is complete.
    pub number: u64,
    /// The need of the last record received.
    pub need: u8,
    /// Its id.
    pub id: RecordId,
    /// Logs made before this day are not in the load; it was fixed when the load began.
    pub since: Day,
}

/// Where a device is in one circle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// The view under which the device holds what it holds.
    pub view: View,
    /// The number up to which it has everything.
    pub number: u64,
    /// The day from which on it has the logs; older ones it has as figures.
    pub since: Day,
    /// A load that is under way, with the view under which it is loaded.
    pub load: Option<(View, LoadPosition)>,
}

/// A cursor with its circle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CursorOf {
    /// The circle.
    pub circle: CircleId,
    /// Where the device is in it.
    pub cursor: Cursor,
}

/// That a device let go of what its person may no longer hold, for the history of the circle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LetGo {
    /// The circle.
    pub circle: CircleId,
    /// What may still be held: nothing when all of the circle went.
    pub view: View,
    /// When it went, by the device's corrected clock.
    pub at: Millis,
}

/// Old logs of a circle that a person asked for, by the month in which they were made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AskedMonth {
    /// The circle.
    pub circle: CircleId,
    /// The month.
    pub month: Month,
    /// After which record, in order of (need, id), if part of it came already.
    pub after: Option<(u8, RecordId)>,
}

/// One request of the sync round trip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The version of the wire in which it is written; the answer comes in the same.
    pub wire: u8,
    /// The device's store.
    pub device: DeviceId,
    /// The epoch under which the cursors were given; of another epoch they count for nothing. `None` on first contact.
    pub epoch: Option<Epoch>,
    /// Where the device is, for every circle it holds. Circles it does not name come from the start.
    pub cursors: Vec<CursorOf>,
    /// Its edits, in order of n; at most [`Request::MOST_EDITS`].
    pub edits: Vec<Edit>,
    /// How many edits wait on the device, those in this request included.
    pub waiting: u32,
    /// How many refused edits lie in its tray.
    pub refused: u32,
    /// What it let go of since its last word; at most [`Request::MOST_LET_GO`].
    pub let_go: Vec<LetGo>,
    /// Old logs its person asked for; at most [`Request::MOST_ASKED`].
    pub asked: Vec<AskedMonth>,
}

impl Request {
    /// The most edits in one request; the rest goes in the next.
    pub const MOST_EDITS: usize = 500;
    /// The most that one request tells of what went; the rest goes in the next.
    pub const MOST_LET_GO: usize = 500;
    /// The most months asked for in one request, two years: for each the server goes through the circle. The rest goes in the next.
    pub const MOST_ASKED: usize = 24;

    /// A request of a device that holds nothing, has nothing to send and asks for nothing special.
    #[must_use]
    pub const fn of(device: DeviceId) -> Self {
        Self {
            wire: WIRE,
            device,
            epoch: None,
            cursors: Vec::new(),
            edits: Vec::new(),
            waiting: 0,
            refused: 0,
            let_go: Vec::new(),
            asked: Vec::new(),
        }
    }
}
