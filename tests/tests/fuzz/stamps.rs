//! Stamps: one order for all devices, and a next one that is later than all that were given, whatever the clocks say.

use std::cmp::Ordering;

use opstap_core::{DeviceId, Millis, Stamp};

use super::draw::Draw;
use super::run::fuzz;

fn stamp(draw: &mut Draw<'_>) -> Stamp {
    let counter = u32::try_from(draw.number() & u64::from(u32::MAX)).unwrap();
    Stamp { millis: Millis(draw.number()), counter, device: DeviceId([draw.byte() % 4; 16]) }
}

/// The time and the counter: what two devices can have in common.
fn moment(stamp: Stamp) -> (Millis, u32) {
    (stamp.millis, stamp.counter)
}

const LAST: (Millis, u32) = (Millis(u64::MAX), u32::MAX);

/// One order for all, total, by time, then counter, then device.
fn are_in_order([a, b, c]: [Stamp; 3]) {
    assert_eq!(a.cmp(&b), b.cmp(&a).reverse());
    assert_eq!(a.cmp(&b) == Ordering::Equal, a == b);
    assert!(!(a <= b && b <= c) || a <= c);
    assert_eq!(a.cmp(&b), a.millis.cmp(&b.millis).then(a.counter.cmp(&b.counter)).then(a.device.cmp(&b.device)));
}

#[test]
fn stamps_have_one_order_and_the_next_is_later_than_all_that_were_known_wherever_the_clock_jumps() {
    fuzz!(|bytes| {
        let mut draw = Draw::new(bytes);
        are_in_order([stamp(&mut draw), stamp(&mut draw), stamp(&mut draw)]);
        let mut known = draw.yes().then(|| stamp(&mut draw));
        while !draw.is_over() {
            let (now, device) = (Millis(draw.number()), DeviceId([draw.byte() % 4; 16]));
            let next = Stamp::next(now, known, device);
            assert_eq!(next.device, device);
            assert!(next.millis >= now, "never before the clock of the device");
            if let Some(known) = known {
                assert!(moment(next) > moment(known) || moment(known) == LAST, "{next:?} after {known:?}");
                assert_eq!(moment(next).max(moment(known)), moment(next), "there is nothing after the last moment");
                assert!(next.millis <= now.max(known.millis).plus(1), "no further ahead than it must be");
            }
            let _ = (next.is_ahead_of(now), next.is_ahead_of(Millis(draw.number())));
            known = if draw.yes() { Some(next) } else { known.max(Some(stamp(&mut draw))) };
        }
    });
}
