//! What an answer means for a device: from what it holds and what the server said, the one batch that makes it so. Pure.

mod delivery;
mod letting_go;
mod offers;
mod outbox;
mod own;
mod verdicts;

use opstap_core::access::View;
use opstap_core::protocol::{Answer, Delivery, Request};
use opstap_core::{BlobHash, CircleId, DeviceId, Millis, Month, Record, RecordId};

use crate::held::{BlobState, HeldCircle, HeldDevice, Pending, PendingState, Revision, SentEdit, Versioned};
use crate::store::{Batch, Expected, Op};

pub(crate) use outbox::request;

/// What the device held when the plan was made, and what it may need from outside.
#[derive(Debug, Clone)]
pub struct Holding {
    /// Whose store it is.
    pub device: Versioned<HeldDevice>,
    /// Every circle held.
    pub circles: Vec<Versioned<HeldCircle>>,
    /// Every pending edit, in order of n.
    pub pending: Vec<Pending>,
    /// Every sent edit; only looked at when the epoch changed.
    pub sent: Vec<SentEdit>,
    /// How many edits lie in the tray.
    pub refused: u32,
    /// The records of every circle; only looked at when the epoch changed, to be offered.
    pub before: Vec<(CircleId, Vec<Record>)>,
    /// Photos and sounds that only records show which the answer says are erased.
    pub erased: Vec<(CircleId, BlobHash)>,
    /// A fresh id, should the device need a new one.
    pub spare: DeviceId,
}

/// What an answer comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// The changes; there may be none.
    pub batch: Batch,
    /// Circles in which something changed that screens show.
    pub moved: Vec<CircleId>,
    /// Whether to ask again at once: the server has more to bring, or edits wait that can go now.
    pub again: bool,
    /// Loads that did not add up and begin again.
    pub restarted: u32,
    /// Edits that now lie in the tray.
    pub refused: u32,
    /// Edits that left the phone for quarantine.
    pub quarantined: u32,
    /// Whether the server asked to send some edits again later.
    pub later: bool,
    /// Months of old logs of which a part came, and after which record the rest begins.
    pub months: Vec<CameOfMonth>,
}

/// How far an old month has come that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CameOfMonth {
    /// The circle.
    pub circle: CircleId,
    /// The month.
    pub month: Month,
    /// After which record, in order of (need, id), the rest begins; nothing when all is here.
    pub next: Option<(u8, RecordId)>,
}

/// The answer is of another server or for another person than this store belongs to; nothing of it may be stored here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotThisStore;

/// When the exchange took place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The device's uncorrected clock when the request left.
    pub sent: Millis,
    /// The same clock when the answer came.
    pub came: Millis,
}

impl Moment {
    /// What to add to the device's clock: the server read its own about half-way.
    fn offset(self, server: Millis) -> i64 {
        let middle = self.sent.0 / 2 + self.came.0 / 2;
        let difference = i128::from(server.0) - i128::from(middle);
        i64::try_from(difference).unwrap_or(0)
    }
}

/// Smaller differences between clocks are the network's, and not worth a write.
const CLOCK_TOLERANCE: u64 = 1_000;
/// So is being in touch more often than this.
const TOUCH_TOLERANCE: u64 = 3_600_000;

/// Makes the plan.
///
/// # Errors
/// [`NotThisStore`] when the answer is not for this store.
pub fn plan(holding: &Holding, request: &Request, answer: &Answer, moment: Moment) -> Result<Planned, NotThisStore> {
    let held = &holding.device.value;
    if held.person.id != answer.person.id || held.server.is_some_and(|id| id != answer.server) {
        return Err(NotThisStore);
    }
    let mut draft = Draft::new(holding, answer);
    // Another tab met the server after a restore, and this answer is of its life before: its verdicts and numbers are void.
    if held.epoch > Some(answer.epoch) {
        draft.overtaken = true;
        return Ok(draft.finish());
    }
    draft.meet_server(answer, moment);
    for told in &request.let_go {
        draft.ops.push(Op::DropLetGo(*told));
    }
    draft.judge(request, answer);
    for circle in &answer.left {
        if draft.is_as_asked(*circle, request) {
            draft.leave(*circle);
        }
    }
    for circle in &answer.circles {
        if draft.is_as_asked(circle.circle, request) {
            draft.deliver(circle, request, answer);
        }
    }
    draft.settle_covered();
    draft.write_pending();
    for owner in &answer.owners {
        draft.ops.push(Op::PutOwner(*owner));
    }
    for lacked in &answer.lacking {
        draft.touch(lacked.circle);
        draft.ops.push(Op::MarkBlob { circle: lacked.circle, hash: lacked.hash, state: BlobState::ToSend });
    }
    Ok(draft.finish())
}

/// A plan in the making.
struct Draft<'a> {
    holding: &'a Holding,
    device: HeldDevice,
    circles: Vec<HeldCircle>,
    /// The pending edits as they will be; `None` for one that leaves.
    pending: Vec<Option<Pending>>,
    ops: Vec<Op>,
    /// Circles of which the batch writes something, as often as it does.
    touched: Vec<CircleId>,
    /// Circles in which something moved, as often as it did.
    moved: Vec<CircleId>,
    planned: Planned,
    /// Whether the server has more of some circle.
    more: bool,
    /// Whether some circle got further: whoever says there is more and brings nothing is not asked for ever.
    progressed: bool,
    /// Whether another tab was quicker, so that part of the answer is to be asked for again.
    overtaken: bool,
    /// Whether something went that the server is to be told of.
    has_to_tell: bool,
    /// Whether an edit got its verdict, or its name, so that the next or the same can go.
    unblocked: bool,
    /// The server's time: the corrected clock at this moment.
    at: Millis,
}

impl<'a> Draft<'a> {
    fn new(holding: &'a Holding, answer: &Answer) -> Self {
        Self {
            holding,
            device: holding.device.value,
            circles: holding.circles.iter().map(|held| held.value).collect(),
            pending: holding.pending.iter().cloned().map(Some).collect(),
            ops: Vec::new(),
            touched: Vec::new(),
            moved: Vec::new(),
            planned: Planned {
                batch: Batch::default(),
                moved: Vec::new(),
                again: false,
                restarted: 0,
                refused: 0,
                quarantined: 0,
                later: false,
                months: Vec::new(),
            },
            more: false,
            progressed: false,
            overtaken: false,
            has_to_tell: false,
            unblocked: false,
            at: answer.time,
        }
    }

    fn meet_server(&mut self, answer: &Answer, moment: Moment) {
        let offset = moment.offset(answer.time);
        if offset.abs_diff(self.device.clock_offset) > CLOCK_TOLERANCE {
            self.device.clock_offset = offset;
        }
        self.device.server = Some(answer.server);
        self.device.person = answer.person;
        self.device.lease = answer.lease;
        if answer.time.0.abs_diff(self.device.in_touch.0) > TOUCH_TOLERANCE {
            self.device.in_touch = answer.time;
        }
        let before = self.device.epoch.replace(answer.epoch);
        if before.is_some_and(|epoch| epoch != answer.epoch) {
            self.begin_epoch(answer);
        }
    }

    /// The server came back from a backup: what it gave before counts for nothing, the own edits go once more, and then what else the
    /// device holds and the server lacks.
    fn begin_epoch(&mut self, answer: &Answer) {
        self.send_again();
        for held in self.circles.clone() {
            let of_circle = answer.circles.iter().filter(|circle| circle.circle == held.circle);
            let mut told = of_circle.filter_map(|circle| match circle.delivery {
                Delivery::Load { restored, .. } => Some(restored),
                Delivery::Changes { .. } | Delivery::Month { .. } => None,
            });
            // Of a circle that goes from the device, nothing is known to be there.
            let gone = answer.left.contains(&held.circle).then_some(0);
            if let Some(restored) = told.next().or(gone) {
                self.offer(&held, restored);
            }
        }
        let mut circles = std::mem::take(&mut self.circles);
        for circle in &mut circles {
            circle.view = View::NOTHING;
            circle.number = 0;
            circle.load = None;
            self.touch(circle.circle);
            self.ops.push(Op::PutCircle(*circle));
        }
        self.circles = circles;
    }

    /// Whether the device is where it was in a circle when it asked. If another tab got further meanwhile, what came is older than what
    /// is here, and would take it back.
    fn is_as_asked(&mut self, circle: CircleId, request: &Request) -> bool {
        let asked = request.cursors.iter().find(|of| of.circle == circle).map(|of| of.cursor);
        let held = self.holding.circles.iter().find(|held| held.value.circle == circle);
        // A cursor of the server's life before may look the same and means something else.
        let same = asked == held.map(|held| outbox::cursor(&held.value).cursor)
            && request.epoch == self.holding.device.value.epoch;
        self.overtaken |= !same;
        same
    }

    fn leave(&mut self, circle: CircleId) {
        self.circles.retain(|held| held.circle != circle);
        self.touch(circle);
        self.moved.push(circle);
        self.ops.push(Op::PurgeCircle(circle));
        self.note_let_go(circle, View::NOTHING);
    }

    fn touch(&mut self, circle: CircleId) {
        self.touched.push(circle);
    }

    fn finish(mut self) -> Planned {
        let mut pending = self.pending.iter().flatten();
        let waiting = pending.any(|pending| pending.state == PendingState::Waiting);
        self.planned.again = self.overtaken
            || self.has_to_tell
            || (self.more && self.progressed)
            || (waiting && self.unblocked && !self.planned.later);
        let device = (self.device != self.holding.device.value).then(|| {
            self.ops.push(Op::PutDevice(self.device));
            self.holding.device.revision
        });
        if !self.ops.is_empty() {
            let kept_from = Millis(self.at.0.saturating_sub(SentEdit::KEPT));
            self.ops.push(Op::DropSentBefore(kept_from));
        }
        let revision = |circle: CircleId| {
            let held = self.holding.circles.iter();
            let mut held = held.filter(|held| held.value.circle == circle);
            held.next().map_or(Revision::default(), |held| held.revision)
        };
        let circles = each_once(self.touched).into_iter().map(|circle| (circle, revision(circle)));
        self.planned.batch = Batch { expected: Expected { device, circles: circles.collect() }, ops: self.ops };
        self.planned.moved = each_once(self.moved);
        self.planned
    }
}

fn each_once(mut circles: Vec<CircleId>) -> Vec<CircleId> {
    circles.sort_unstable();
    circles.dedup();
    circles
}
