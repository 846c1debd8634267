//! How a part of a route is shown: a pictogram, a word, and the line where there is one.

use opstap_core::model::{Means, Part};

pub use opstap_insight::pictogram_of as pictogram;

use crate::words::{Text, Word, practice};

/// The word of a means of travelling.
pub fn word(means: Means) -> Word {
    match means {
        Means::Walk => practice::MEANS_WALK,
        Means::Cycle => practice::MEANS_CYCLE,
        Means::Bus => practice::MEANS_BUS,
        Means::Tram => practice::MEANS_TRAM,
        Means::Metro => practice::MEANS_METRO,
        Means::Train => practice::MEANS_TRAIN,
        Means::Wait => practice::MEANS_WAIT,
        Means::Change => practice::MEANS_CHANGE,
    }
}

/// The shortest name of a part: its line ("32", "D"), else its word ("lopen").
pub fn short(part: &Part) -> Text {
    match &part.line {
        Some(line) => Text::from(line.clone()),
        None => word(part.means).into(),
    }
}

/// What is known of a part besides its title: line and direction, or from and to; and what one sees there.
pub fn more(part: &Part) -> Option<Text> {
    let seen = part.landmark.as_deref().map(|seen| seen.trim_end_matches('.'));
    let seen = seen.filter(|seen| !seen.is_empty()).map(practice::look_out);
    match (goes(part), seen) {
        (Some(goes), Some(seen)) => Some(Text::live(move || [goes.get(), seen.get()].join(". "))),
        (goes, seen) => goes.or(seen),
    }
}

fn goes(part: &Part) -> Option<Text> {
    match (&part.line, &part.direction, &part.from, &part.to) {
        (Some(line), Some(direction), ..) => Some(practice::line_to(line.clone(), direction.clone())),
        (Some(line), None, Some(from), Some(to)) => {
            let (line, way) = (line.clone(), practice::from_to(from.clone(), to.clone()));
            Some(Text::live(move || [line.as_str(), &way.get()].join(", ")))
        }
        (_, _, Some(from), Some(to)) => Some(practice::from_to(from.clone(), to.clone())),
        _ => None,
    }
}
