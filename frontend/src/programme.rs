//! The root of the bundle for what a coordinator does over all who are registered: the programme, its volunteers and figures, and the course
//! of each training. It stands beside the desk, which has the worker keep it, so that the path of the daily work does not carry it.

use crate::desk::{Part, mount_part};
use crate::pages::professional::{self, DeskBundle};

/// Shows it.
pub fn mount() {
    let part = Part { screen: professional::of_the_programme, at_work: || (), bundle: DeskBundle::Programme };
    mount_part(part, &PICTOGRAMS);
}

/// What its screens draw of themselves.
const PICTOGRAMS: [&str; 5] = ["bust-in-silhouette", "busts-in-silhouette", "check-mark-button", "locked", "world-map"];
