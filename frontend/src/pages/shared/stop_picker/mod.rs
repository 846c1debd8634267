//! Choosing a ride out of the stops and lines of the region: which line, where to get on and where to get off. It gives what a part of a
//! route wants to know, and works offline once the stops are on the device. Where there are none it shows nothing.

mod picker;
mod suggest;

pub use picker::{PickRide, Ride, RideNow, StopPicker};
