//! The programme as its screens read it.

use opstap_core::model::{
    Channel, CircleKind, Indication, MatchRefused, ProgrammeSettings, Registration, TrajectoryOutcome, TravelMode,
    Volunteer,
};
use opstap_core::{CircleId, Kind, RecordId};
use opstap_insight::{ProgrammeRow, programme_rows};
use opstap_view::prelude::*;

use crate::dates::{full_day, on_day};
use crate::device::{self, Entry, Reader};
use crate::stories::sort_by;
use crate::words::{Text, Word, programme};

/// All of the programme.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Programme {
    /// Who was registered, the newest first.
    pub rows: Vec<Entry<Registration>>,
    /// The volunteers by name.
    pub volunteers: Vec<Entry<Volunteer>>,
    /// Who does not fit whom, by registration.
    pub refused: Vec<(RecordId, RecordId)>,
    /// How it is set up.
    pub settings: Option<ProgrammeSettings>,
}

/// The circle of the programme, for whoever may see it.
pub fn circle() -> Memo<Option<CircleId>> {
    let circles = device::circles();
    Memo::new(move |_| {
        circles.with(|all| all.iter().flatten().find(|one| one.kind == CircleKind::Programme).map(|one| one.id))
    })
}

/// Reads it.
pub(super) async fn read(reader: Reader) -> Programme {
    let mut rows = reader.all::<Registration>().await;
    sort_by(&mut rows, |a, b| (a.value.registered, a.id) < (b.value.registered, b.id));
    let mut volunteers = reader.all::<Volunteer>().await;
    sort_by(&mut volunteers, |a, b| (&a.value.name, a.id) > (&b.value.name, b.id));
    let refused = reader.all::<MatchRefused>().await;
    let refused = refused.into_iter().filter_map(|one| Some((one.record.parent?, one.value.volunteer))).collect();
    let mut settings = reader.all::<ProgrammeSettings>().await;
    sort_by(&mut settings, |a, b| a.id > b.id);
    Programme { rows, volunteers, refused, settings: settings.into_iter().next().map(|one| one.value) }
}

/// The rows with all below them, as figures are made of them.
pub(super) async fn read_rows(reader: &Reader) -> Vec<ProgrammeRow> {
    let mut records = Vec::new();
    for kind in [Kind::Registration, Kind::RegistrationFollowUp, Kind::RegistrationTime] {
        records.extend(reader.records(kind, None).await.into_iter().map(|(record, _)| record));
    }
    programme_rows(&records)
}

/// Where a registration stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// Nobody practises with them yet.
    Waits,
    /// A volunteer was found, and practice has not begun.
    Matched,
    /// They practise.
    Practises,
    /// They travel alone.
    TravelsAlone,
    /// It ended otherwise.
    Ended(TrajectoryOutcome),
}

impl Standing {
    pub(super) fn of(row: &Registration) -> Self {
        match (row.completed, row.outcome, row.started, row.volunteer) {
            // As the figures have it: what was completed stays so.
            (Some(_), ..) => Self::TravelsAlone,
            (None, Some(outcome), ..) => Self::Ended(outcome),
            (None, None, Some(_), _) => Self::Practises,
            (None, None, None, Some(_)) => Self::Matched,
            (None, None, None, None) => Self::Waits,
        }
    }

    pub(super) const fn word(self) -> Word {
        match self {
            Self::Waits => programme::WAITS,
            Self::Matched => programme::MATCHED,
            Self::Practises => programme::PRACTISES,
            Self::TravelsAlone => programme::TRAVELS_ALONE,
            Self::Ended(TrajectoryOutcome::Outside) => programme::OUTSIDE,
            Self::Ended(TrajectoryOutcome::Withdrew) => programme::WITHDREW,
            Self::Ended(TrajectoryOutcome::Stopped) => programme::STOPPED,
        }
    }
}

/// What a registration is called here: by the client's name where this desk holds the circle, by the name of its row, or by its day.
pub(super) fn name_of(row: &Registration) -> Text {
    let circles = device::circles();
    let (circle, number, day) = (row.circle, row.number.clone(), full_day(on_day(row.registered)));
    Text::live(move || {
        let held =
            circles.with(|all| all.iter().flatten().find(|one| Some(one.id) == circle).map(|one| one.name.clone()));
        held.filter(|name| !name.is_empty())
            .or_else(|| number.clone())
            .unwrap_or_else(|| programme::registration_of(day.get()).get())
    })
}

/// Whether this desk holds the circle of a registration.
pub(super) fn held(row: &Registration) -> Option<CircleId> {
    let circles = device::circles();
    row.circle.filter(|circle| circles.with(|all| all.iter().flatten().any(|one| one.id == *circle)))
}

/// The word of a channel.
pub const fn channel_word(channel: Channel) -> Word {
    match channel {
        Channel::Own => programme::CHANNEL_OWN,
        Channel::Consultant => programme::CHANNEL_CONSULTANT,
        Channel::Provisions => programme::CHANNEL_PROVISIONS,
        Channel::Workplace => programme::CHANNEL_WORKPLACE,
        Channel::Care => programme::CHANNEL_CARE,
        Channel::School => programme::CHANNEL_SCHOOL,
    }
}

/// The word of a way of travelling.
pub const fn mode_word(mode: TravelMode) -> Word {
    match mode {
        TravelMode::PublicTransport => programme::MODE_PUBLIC,
        TravelMode::Bicycle => programme::MODE_BICYCLE,
        TravelMode::OnFoot => programme::MODE_FOOT,
    }
}

/// The word of an indication.
pub const fn indication_word(indication: Indication) -> Word {
    match indication {
        Indication::School => programme::INDICATION_SCHOOL,
        Indication::Awbz => programme::INDICATION_AWBZ,
        Indication::Wsw => programme::INDICATION_WSW,
        Indication::NoneYet => programme::INDICATION_NONE,
    }
}
