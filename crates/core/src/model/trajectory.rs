//! A trajectory of travel training: from registration to still travelling after a year (pilot "MEE op weg").

use crate::age::Day;
use crate::id::{PersonId, RecordId};
use crate::model::{InPictures, Picked, codes, model};
use crate::stamp::Millis;

codes! {
    /// Through whom somebody was registered, in the order of the report on the pilot.
    Channel {
        /// The participant or a parent.
        Own = "own",
        /// A consultant of the organisation that supports people with a disability.
        Consultant = "consultant",
        /// The office for individual provisions of the municipality.
        Provisions = "provisions",
        /// A sheltered workplace.
        Workplace = "workplace",
        /// A care organisation.
        Care = "care",
        /// A school.
        School = "school",
    }
}

codes! {
    /// The special transport that somebody has at the start, by the provision that pays it.
    Indication {
        /// School transport.
        School = "school",
        /// Transport of the AWBZ, the former law on long-term care.
        Awbz = "awbz",
        /// Transport to sheltered work (WSW).
        Wsw = "wsw",
        /// None yet.
        NoneYet = "none-yet",
    }
}

codes! {
    /// How the route is learned.
    TravelMode {
        /// Bus, tram, metro or train.
        PublicTransport = "public-transport",
        /// By bicycle.
        Bicycle = "bicycle",
        /// On foot.
        OnFoot = "on-foot",
    }
}

codes! {
    /// Whether somebody can learn the route, as judged at the intake.
    Learnability {
        /// Yes.
        Yes = "yes",
        /// Not now, later perhaps.
        Later = "later",
        /// No, for a reason that is said.
        No = "no",
    }
}

codes! {
    /// Where a trajectory stands, in order.
    Stage {
        /// Somebody was registered.
        Registration = "registration",
        /// A coordinator speaks with participant and parents.
        Intake = "intake",
        /// A volunteer is found, and all meet.
        Matching = "matching",
        /// Weekly practice.
        Practice = "practice",
        /// To the OV-coach.
        Handover = "handover",
        /// The participant travels alone.
        Alone = "alone",
        /// Asked after 1, 3, 6 and 12 months.
        FollowUp = "follow-up",
    }
}

codes! {
    /// How a trajectory ended otherwise than by travelling alone.
    TrajectoryOutcome {
        /// Lives outside the area that is served; referred to others.
        Outside = "outside",
        /// Withdrew before practice began.
        Withdrew = "withdrew",
        /// Stopped while practising.
        Stopped = "stopped",
    }
}

codes! {
    /// Why a trajectory stopped; several may hold.
    StopReason {
        /// The participant does not want to.
        NotWanted = "not-wanted",
        /// The parents do not want to, or are afraid.
        Parents = "parents",
        /// It cannot be learned now.
        NotLearnable = "not-learnable",
        /// No volunteer was found.
        NoVolunteer = "no-volunteer",
        /// Health.
        Health = "health",
        /// Moved, or the route is needed no more.
        Moved = "moved",
        /// Something else, as the word says.
        Other = "other",
    }
}

/// How many reasons there are to stop.
const REASONS: u8 = 7;
/// Morning, midday and evening of each of seven days, from Monday.
const PARTS_OF_A_WEEK: u8 = 21;

/// When somebody can: three parts of each of seven days. Place 0 is Monday morning, 1 Monday midday, 3 Tuesday morning.
pub type Availability = Picked<PARTS_OF_A_WEEK>;

/// Why a trajectory stopped, by the place of each reason in [`StopReason::ALL`].
pub type StopReasons = Picked<REASONS>;

model! {
    /// A trajectory: what is settled about learning one route, from registration on. What it is about is the client's circle; the programme
    /// has a row without content ([`Registration`](crate::model::Registration)).
    Trajectory {
        /// When the participant was registered.
        registered: Day,
        /// Through whom.
        channel: Channel,
        /// Where the participant lives.
        municipality: Option<String>,
        /// The part of town.
        area: Option<String>,
        /// The special transport at the start.
        indication: Option<Indication>,
        /// How the route is learned.
        mode: Option<TravelMode>,
        /// The row of the programme.
        row: Option<RecordId>,
        /// When the participant can practise.
        available: Option<Availability>,
        /// The volunteer who practises with them.
        volunteer: Option<PersonId>,
        /// Who becomes the OV-coach.
        coach: Option<PersonId>,
        /// When all met.
        met: Option<Day>,
        /// Who was there.
        present: Option<String>,
        /// The goals that were set down when they met.
        goals: Option<String>,
        /// The approach that was set down.
        approach: Option<String>,
        /// The participant's word after the first practice, whether it clicks with the volunteer.
        click_participant: Option<bool>,
        /// The volunteer's.
        click_volunteer: Option<bool>,
        /// The route that is learned.
        route: Option<RecordId>,
        /// The way back.
        way_back: Option<RecordId>,
        /// Personal details that whoever travels along must know, of participant, volunteer and OV-coach.
        details: Option<String>,
        /// What the participant asks.
        asks: Option<String>,
        /// What a parent or supervisor asks.
        parent_asks: Option<String>,
        /// What to attend to.
        attention: Option<String>,
    }
}

impl Trajectory {
    /// The trajectory of somebody who was registered on a day through a channel, with nothing else settled yet.
    #[must_use]
    pub const fn of(registered: Day, channel: Channel) -> Self {
        Self {
            registered,
            channel,
            municipality: None,
            area: None,
            indication: None,
            mode: None,
            row: None,
            available: None,
            volunteer: None,
            coach: None,
            met: None,
            present: None,
            goals: None,
            approach: None,
            click_participant: None,
            click_volunteer: None,
            route: None,
            way_back: None,
            details: None,
            asks: None,
            parent_asks: None,
            attention: None,
        }
    }
}

model! {
    /// What the coordinator learned at the intake, with participant and parents. For professionals and the participant alone; any part of
    /// it may be missing for a while.
    Intake {
        /// When they spoke.
        on: Option<Day>,
        /// What the participant wants, and why.
        motivation: Option<String>,
        /// What the participant can do already.
        skills: Option<String>,
        /// How the parents see it.
        parents_view: Option<String>,
        /// Whether it can be learned.
        learnability: Option<Learnability>,
        /// Why not, or why later.
        reason: Option<String>,
        /// When the parents got the information.
        informed: Option<Day>,
    }
}

model! {
    /// A trajectory came to a stage, onward or back.
    StageEntry {
        /// Which.
        stage: Stage,
        /// On which day.
        on: Day,
        /// Who is responsible for it.
        responsible: Option<PersonId>,
        /// Why it went back.
        reason: Option<String>,
    }
}

model! {
    /// A trajectory ended without travelling alone.
    TrajectoryEnd {
        /// How.
        how: TrajectoryOutcome,
        /// On which day.
        on: Day,
        /// Why.
        reasons: Option<StopReasons>,
        /// More about it, or where somebody outside the area was referred to.
        word: Option<String>,
    }
}

model! {
    /// The handover to the OV-coach: a moment, and what must be clear by then ([`HandoverPoint`]).
    Handover {
        /// When.
        on: Option<Day>,
        /// An outing to close with.
        outing: Option<String>,
        /// When the OV-coach took it on; only a carer or representative says so.
        accepted: Option<Millis>,
        /// When the participant agreed; only their own side says so.
        agreed: Option<Millis>,
    }
}

codes! {
    /// What a handover must make clear.
    HandoverTopic {
        /// The travel card has money on it, and somebody sees to it.
        Card = "card",
        /// By which telephone and when the OV-coach can be reached.
        Reachable = "reachable",
        /// What to do in a disruption.
        Disruption = "disruption",
        /// Which fears are left.
        Fears = "fears",
        /// The next route to try.
        NextRoute = "next-route",
        /// Something of this participant.
        Other = "other",
    }
}

model! {
    /// One point of a handover.
    HandoverPoint {
        /// The place in the list, a fractional index.
        order: String,
        /// What it is about.
        topic: HandoverTopic,
        /// What was settled.
        text: Option<String>,
        /// When it was clear.
        done: Option<Millis>,
    }
}

model! {
    /// A follow-up enquiry that is to be made.
    FollowUp {
        /// After how many months.
        months: u32,
        /// When it is due.
        due: Day,
    }
}

codes! {
    /// Whether special transport is still used.
    SpecialTransport {
        /// Not any more.
        NotAnyMore = "none",
        /// Less often than before.
        LessOften = "less-often",
        /// As before.
        AsBefore = "as-before",
    }
}

model! {
    /// What a follow-up enquiry found.
    FollowUpAnswer {
        /// When it was asked.
        on: Day,
        /// Whether a coordinator asked by telephone; the participant answered in the app without it.
        by_phone: Option<bool>,
        /// Whether the participant still travels the route.
        travels: Option<bool>,
        /// Whether other routes too.
        other_routes: Option<bool>,
        /// Special transport.
        special: Option<SpecialTransport>,
        /// Why special transport is used.
        why: Option<String>,
        /// What is frightening.
        fears: Option<String>,
        /// What the OV-coach does.
        coach: Option<String>,
        /// The answer that this one corrects.
        replaces: Option<RecordId>,
        /// Of the reasons for special transport those that were chosen in pictures ([`SpecialReason`](crate::model::SpecialReason)).
        why_chosen: Option<InPictures>,
        /// Of what is frightening that which was chosen in pictures ([`Fear`](crate::model::Fear)).
        fears_chosen: Option<InPictures>,
        /// Of what the OV-coach does that which was chosen in pictures ([`CoachHelp`](crate::model::CoachHelp)).
        coach_chosen: Option<InPictures>,
    }
}

impl FollowUpAnswer {
    /// An answer in which nothing is known yet but when it was asked.
    #[must_use]
    pub const fn asked_on(on: Day) -> Self {
        Self {
            on,
            by_phone: None,
            travels: None,
            other_routes: None,
            special: None,
            why: None,
            fears: None,
            coach: None,
            replaces: None,
            why_chosen: None,
            fears_chosen: None,
            coach_chosen: None,
        }
    }
}

/// After how many months a follow-up enquiry is made (domain: after 1, 3, 6 and 12).
pub const FOLLOW_UP_MONTHS: [u32; 4] = [1, 3, 6, 12];

/// The cell of a handover in which the OV-coach says that they take it on.
pub const HANDOVER_ACCEPTED: &str = "accepted";
/// The cell of a handover in which the participant agrees.
pub const HANDOVER_AGREED: &str = "agreed";
