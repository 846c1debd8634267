//! The programme of an organisation: who was registered, without what it is about, and the volunteers.

use crate::age::Day;
use crate::id::{CircleId, PersonId, RecordId};
use crate::model::{
    Availability, Channel, Indication, Picked, SpecialTransport, Stage, StopReasons, TrajectoryOutcome, TravelMode,
    codes, model,
};

model! {
    /// A registration: the row of the programme that says how a trajectory goes, in days and codes alone. What the trajectory is about
    /// stands in the circle of the participant.
    Registration {
        /// When the participant was registered.
        registered: Day,
        /// Through whom.
        channel: Channel,
        /// The circle of the participant; none for a row that was imported.
        circle: Option<CircleId>,
        /// The name of the row where it was imported from.
        number: Option<String>,
        /// The name of the import that wrote it last, by which that import is taken back as a whole.
        import: Option<String>,
        /// The part of town.
        area: Option<String>,
        /// The special transport at the start.
        indication: Option<Indication>,
        /// How the route is learned.
        mode: Option<TravelMode>,
        /// How it ended, if otherwise than by travelling alone.
        outcome: Option<TrajectoryOutcome>,
        /// Why.
        reasons: Option<StopReasons>,
        /// When it ended so.
        ended: Option<Day>,
        /// When practice began.
        started: Option<Day>,
        /// When the OV-coach took it on.
        completed: Option<Day>,
        /// When the participant can practise.
        available: Option<Availability>,
        /// The [`Volunteer`] who practises with them.
        volunteer: Option<RecordId>,
    }
}

impl Registration {
    /// A registration of a day through a channel, of which nothing else is known yet.
    #[must_use]
    pub const fn of(registered: Day, channel: Channel) -> Self {
        Self {
            registered,
            channel,
            circle: None,
            number: None,
            import: None,
            area: None,
            indication: None,
            mode: None,
            outcome: None,
            reasons: None,
            ended: None,
            started: None,
            completed: None,
            available: None,
            volunteer: None,
        }
    }
}

model! {
    /// What a follow-up enquiry of a registration found, in codes.
    RegistrationFollowUp {
        /// When it was asked.
        on: Day,
        /// The follow-up after how many months it was; by the days since it was completed without it.
        months: Option<u32>,
        /// Whether the participant still travels the route.
        travels: Option<bool>,
        /// Whether other routes too.
        other_routes: Option<bool>,
        /// Special transport.
        special: Option<SpecialTransport>,
    }
}

codes! {
    /// Whose time it was.
    TimeRole {
        /// A volunteer.
        Volunteer = "volunteer",
        /// A professional.
        Professional = "professional",
    }
}

model! {
    /// The time that a stage of a registration took.
    RegistrationTime {
        /// Which stage.
        stage: Stage,
        /// Whose.
        role: TimeRole,
        /// How many minutes.
        minutes: u32,
    }
}

/// The ways of travelling a volunteer may be trained in, by their place in [`TravelMode::ALL`].
pub type TrainedIn = Picked<3>;

model! {
    /// A volunteer of the programme.
    Volunteer {
        /// The account; none before there is one.
        person: Option<PersonId>,
        /// The name.
        name: String,
        /// The telephone number.
        phone: Option<String>,
        /// When they can.
        available: Option<Availability>,
        /// Where they live or like to be.
        area: Option<String>,
        /// What they know: routes, people, languages.
        knowledge: Option<String>,
        /// Which training they have done.
        trained: Option<TrainedIn>,
        /// Until when the certificate of conduct (VOG) holds.
        certificate: Option<Day>,
        /// Whether they take nobody on for now.
        resting: Option<bool>,
    }
}

model! {
    /// How the programme is set up. One for a programme: of two that were made apart the lower id counts.
    ProgrammeSettings {
        /// The municipalities that are served, one a line; everywhere without it.
        served: Option<String>,
        /// How many trajectories should start in a year.
        target_started: Option<u32>,
        /// How many should be completed in a year.
        target_completed: Option<u32>,
    }
}

model! {
    /// That somebody who was suggested does not fit, so that they are not suggested again.
    MatchRefused {
        /// The volunteer.
        volunteer: RecordId,
        /// Why.
        reason: Option<String>,
    }
}
