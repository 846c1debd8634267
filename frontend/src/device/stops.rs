//! The stops and lines of the region, for who makes a route. Only those around a client make routes, so a client's phone never asks.

use std::rc::Rc;
use std::sync::Arc;

use opstap_browser::AskedFile;
use opstap_core::stops::Stops;
use opstap_insight::StopFinder;
use opstap_view::prelude::*;

use super::asked_file::FileHere;
use super::runtime;

/// What there is to choose from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum StopsHere {
    /// It is being looked for.
    #[default]
    Looking,
    /// Nothing: the organisation imported none, or they did not come to this device yet.
    Nothing,
    /// These.
    These(Arc<StopFinder>),
}

thread_local! {
    static STOPS: Rc<FileHere<StopsHere>> = FileHere::new(AskedFile::Stops, read, StopsHere::Looking);
}

/// The stops and lines; they come by themselves once they are read, and anew when there are others.
#[must_use]
pub fn stops() -> Signal<StopsHere> {
    let (start, link) = (runtime::start(), runtime::link());
    Effect::new(move |_| {
        start.track();
        link.track();
        STOPS.with(FileHere::look);
    });
    STOPS.with(|stops| stops.here()).into()
}

/// What is kept, as screens choose from it; nothing where it is of a version to come, or damaged.
fn read(text: &str) -> StopsHere {
    let read = Stops::read(text).map(StopFinder::new);
    read.map_or(StopsHere::Nothing, |read| StopsHere::These(Arc::new(read)))
}

#[cfg(test)]
mod tests {
    use opstap_core::model::Means;
    use opstap_core::stops::{Line, Place};

    use super::*;

    fn text(name: &str) -> String {
        let places = [name, "Walenburg"].map(|name| Place { name: name.to_owned(), at: (0, 0) }).into();
        let (name, direction) = ("4".to_owned(), "Marconiplein".to_owned());
        let lines = vec![Line { means: Means::Tram, name, direction, places: vec![0, 1] }];
        Stops { places, lines, ..Stops::default() }.write()
    }

    #[test]
    fn what_cannot_be_read_is_nothing_to_choose_from_and_never_half_of_it() {
        let StopsHere::These(finder) = read(&text("Kleiweg")) else { panic!("it can be read") };
        assert_eq!(finder.lines_from("Kleiweg", 8).len(), 1);
        assert_eq!(read(""), StopsHere::Nothing);
        assert_eq!(read(&text("Kleiweg").replace("opstap-stops\t1", "opstap-stops\t2")), StopsHere::Nothing);
        let cut_off = text("Kleiweg");
        assert_eq!(read(&cut_off[..cut_off.len() - 3]), StopsHere::Nothing);
    }
}
