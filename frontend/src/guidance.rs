//! The root of the bundle for what is done now and then for one client: goals, measurements and the evaluation. It stands beside the desk,
//! which has the worker keep it, so that the path of the daily work does not carry it.

use crate::desk::{Part, mount_part};
use crate::device;
use crate::pages::professional::{self, DeskBundle};
use crate::stories;

/// Shows it.
pub fn mount() {
    let part = Part { screen: professional::of_guidance, at_work, bundle: DeskBundle::Guidance };
    mount_part(part, &PICTOGRAMS);
}

/// What to measure with is here before somebody sits down with it.
fn at_work() {
    device::keep_instruments();
    stories::instruments::keep_pictures();
}

/// What its screens draw of themselves.
const PICTOGRAMS: [&str; 1] = ["locked"];
