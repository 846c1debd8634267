//! Where this device is, for whoever taps that they are at a point of a route: asked once at that tap, kept nowhere but in what is made.

use opstap_browser::{Fix, NoFix};
use opstap_core::model::Position;

/// Why a point of a route has no position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoPosition {
    /// Whoever holds the device, or its settings, said no.
    Refused,
    /// The device cannot tell.
    Unknown,
    /// It may be too far off to be of use.
    Coarse,
}

/// As far off, in metres, a position is still of use: stops of two lines may stand at either end of a square.
const USEFUL: f64 = 60.0;

/// Where this device is now.
///
/// # Errors
/// Why that is not known.
pub async fn position() -> Result<Position, NoPosition> {
    match opstap_browser::position().await {
        Ok(fix) => useful(fix),
        Err(NoFix::Refused) => Err(NoPosition::Refused),
        Err(NoFix::Unknown) => Err(NoPosition::Unknown),
    }
}

fn useful(fix: Fix) -> Result<Position, NoPosition> {
    // A browser that does not know how far off it is says so with no number.
    if fix.accuracy.is_nan() || fix.accuracy > USEFUL {
        return Err(NoPosition::Coarse);
    }
    Position::of(fix.latitude, fix.longitude).ok_or(NoPosition::Unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_that_may_be_far_off_is_none() {
        let fix = |accuracy| Fix { latitude: 51.944_9, longitude: 4.476_8, accuracy };
        assert_eq!(useful(fix(12.0)), Ok(Position::of(51.944_9, 4.476_8).unwrap()));
        for far in [61.0, 3_000.0, f64::INFINITY, f64::NAN] {
            assert_eq!(useful(fix(far)), Err(NoPosition::Coarse), "{far}");
        }
        assert_eq!(useful(Fix { latitude: 951.0, ..fix(1.0) }), Err(NoPosition::Unknown));
    }
}
