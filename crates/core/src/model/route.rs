//! Routes: what is learned in travel training, in parts with goals.

use crate::model::{Picture, codes, model};

model! {
    /// A route, usually from home to school or work.
    Route {
        /// Such as "Naar school".
        title: String,
        /// What the tile shows.
        picture: Option<Picture>,
        /// Its place in the list.
        order: Option<String>,
    }
}

codes! {
    /// How a part of a route is travelled.
    Means {
        /// On foot.
        Walk = "walk",
        /// By bicycle.
        Cycle = "cycle",
        /// By bus.
        Bus = "bus",
        /// By tram.
        Tram = "tram",
        /// By metro.
        Metro = "metro",
        /// By train.
        Train = "train",
        /// Waiting at a stop.
        Wait = "wait",
        /// From one vehicle to another.
        Change = "change",
    }
}

model! {
    /// A part of a route.
    Part {
        /// The place in the route, a fractional index.
        order: String,
        /// How.
        means: Means,
        /// Such as "Loop naar de halte".
        title: String,
        /// The line, such as "32" or "D".
        line: Option<String>,
        /// The direction on the vehicle.
        direction: Option<String>,
        /// Where it begins.
        from: Option<String>,
        /// Where it ends.
        to: Option<String>,
        /// What to look at.
        picture: Option<Picture>,
    }
}

model! {
    /// A goal within a part: a concrete thing that can be reached, such as pressing the stop button in time.
    Goal {
        /// The place in the part, a fractional index.
        order: String,
        /// What the participant does.
        text: String,
        /// What to look at.
        picture: Option<Picture>,
    }
}
