//! Routes: what is learned in travel training, in parts with goals.

use crate::model::{Picture, Position, TIMES_IN_A_ROW, UpTo, codes, model};

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
        /// Where it begins, as whoever made it stood there.
        position: Option<Position>,
        /// What one sees where it ends, to know that one is there: "bij de rode brievenbus".
        landmark: Option<String>,
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
        /// How often in a row it is to go by oneself before it is learned; [`TIMES_IN_A_ROW`] without it.
        mastery: Option<UpTo<10>>,
    }
}

impl Part {
    /// A part of which no more is known than how, and what to do.
    #[must_use]
    pub fn titled(order: impl Into<String>, means: Means, title: impl Into<String>) -> Self {
        let (order, title) = (order.into(), title.into());
        let (line, direction, from, to, picture, position, landmark) = (None, None, None, None, None, None, None);
        Self { order, means, title, line, direction, from, to, picture, position, landmark }
    }
}

impl Goal {
    /// A goal of which only the words are known yet.
    #[must_use]
    pub fn saying(order: impl Into<String>, text: impl Into<String>) -> Self {
        Self { order: order.into(), text: text.into(), picture: None, mastery: None }
    }

    /// How often in a row it is to go by oneself before it is learned, 1 to 10.
    #[must_use]
    pub fn times_in_a_row(&self) -> usize {
        self.mastery.map_or(TIMES_IN_A_ROW, UpTo::count)
    }
}
