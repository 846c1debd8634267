//! The programme of the demonstration: how it is set up, its volunteers, and its rows without content.

use opstap_core::model::{
    Availability, CircleKind, Model, ProgrammeSettings, Registration, RegistrationTime, Stage, TimeRole, TrainedIn,
    Volunteer,
};
use opstap_core::{CircleId, Day, PersonId, RecordId};
use opstap_sync_server::Storage;

use super::Cast;
use super::training_story::{About, ProgrammeStory, VolunteerStory};
use crate::first_start::{FirstStartError, Pen, Start};

/// The programme once it is set up.
pub struct Kept<'a, S> {
    pen: Pen<'a, S>,
    today: Day,
    volunteers: Vec<(Option<PersonId>, RecordId)>,
}

/// A training as its row tells it.
pub struct Row {
    /// The circle of the participant.
    pub circle: CircleId,
    /// Who practises.
    pub volunteer: PersonId,
    /// When practice began.
    pub started: Day,
    /// When it was completed.
    pub completed: Option<Day>,
    /// How long the volunteer practised, as far as the desk cannot add it up itself any more.
    pub practised: Option<u32>,
}

/// Sets it up, with its volunteers and the registration that is a row alone.
pub async fn keep<'a, S: Storage>(
    start: &'a Start<'a, S>,
    cast: &Cast,
    told: &ProgrammeStory,
) -> Result<Kept<'a, S>, FirstStartError> {
    let circle = start.service.circle_of_its_own(cast.organisation, CircleKind::Programme).await?;
    let keeper = cast.find(&told.kept_by)?;
    let pen = Pen::new(start, cast.organisation, (keeper.person, keeper.role), circle);
    let now = start.clock.now();
    let mut kept = Kept { pen, today: Day::of(now), volunteers: Vec::new() };
    let settings = ProgrammeSettings {
        served: Some(told.served.clone()),
        target_started: Some(told.target_started),
        target_completed: Some(told.target_completed),
    };
    let mut changes = vec![settings.make(kept.pen.id())];
    for one in &told.volunteers {
        let person = one.person.as_ref().map(|key| cast.find(key)).transpose()?.map(|account| account.person);
        let id = kept.pen.id();
        changes.push(volunteer(one, person, kept.today).make(id));
        kept.volunteers.push((person, id));
    }
    let waiting = &told.waiting;
    let row = Registration {
        area: Some(waiting.area.clone()),
        indication: Some(waiting.indication.0),
        mode: Some(waiting.mode.0),
        available: Availability::of(waiting.available.iter().copied()),
        ..Registration::of(kept.today.back(waiting.days_ago), waiting.channel.0)
    };
    changes.push(row.make(kept.pen.id()));
    kept.pen.write(now, None, changes);
    kept.pen.hand_in().await?;
    Ok(kept)
}

fn volunteer(told: &VolunteerStory, person: Option<PersonId>, today: Day) -> Volunteer {
    Volunteer {
        person,
        name: told.name.clone(),
        phone: None,
        available: Availability::of(told.available.iter().copied()),
        area: Some(told.area.clone()),
        knowledge: told.knowledge.clone(),
        trained: TrainedIn::of(told.trained.iter().copied()),
        certificate: Some(today.on(told.certificate_in_days)),
        resting: Some(told.resting),
    }
}

impl<S: Storage> Kept<'_, S> {
    /// Writes the row of a training, and gives it.
    pub async fn row(&mut self, about: &About, told: Row) -> Result<RecordId, FirstStartError> {
        let at = self.today.begins();
        let id = self.pen.id();
        let volunteer = self.volunteers.iter().find(|(person, _)| *person == Some(told.volunteer));
        let row = Registration {
            circle: Some(told.circle),
            area: Some(about.area.clone()),
            indication: Some(about.indication.0),
            mode: Some(about.mode.0),
            started: Some(told.started),
            completed: told.completed,
            available: Availability::of(about.available.iter().copied()),
            volunteer: volunteer.map(|(_, record)| *record),
            ..Registration::of(self.today.back(about.days_ago), about.channel.0)
        };
        let mut changes = vec![row.make(id)];
        if let Some(minutes) = told.practised {
            let spent = RegistrationTime { stage: Stage::Practice, role: TimeRole::Volunteer, minutes };
            changes.push(spent.make_below(self.pen.id(), id));
        }
        self.pen.write(at, None, changes);
        self.pen.hand_in().await?;
        Ok(id)
    }
}
