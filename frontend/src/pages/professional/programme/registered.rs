//! From a registration to the trajectory in the circle that was opened for it. The circle comes when the network brings it; whoever left the
//! form by then finds the trajectory written all the same.

use opstap_core::model::{Model, Registration, Stage, StageEntry, Trajectory};
use opstap_core::{CircleId, PersonId, RecordId};

use crate::device::{self, Entry, NotKept};
use crate::entered::Form;

/// What was filled in that a row does not hold.
const MUNICIPALITY: &str = "municipality";

fn form(programme: CircleId, row: RecordId) -> Form {
    Form::of("registered", programme, row)
}

/// Notes that the trajectory of a row is to be written on this desk once the circle is here.
pub(super) fn awaits(programme: CircleId, row: RecordId, municipality: &str) {
    form(programme, row).note(MUNICIPALITY, municipality);
}

/// Writes the trajectory of a row whose circle came, where this desk registered it and whoever did so left the form.
pub(super) async fn begin(
    programme: CircleId,
    circle: CircleId,
    row: &Entry<Registration>,
    volunteer: Option<PersonId>,
) -> Result<(), NotKept> {
    match form(programme, row.id).get(MUNICIPALITY) {
        Some(municipality) => write(programme, circle, row, &municipality, volunteer).await,
        None => Ok(()),
    }
}

/// Writes the trajectory of a row in its circle.
pub(super) async fn write(
    programme: CircleId,
    circle: CircleId,
    row: &Entry<Registration>,
    municipality: &str,
    volunteer: Option<PersonId>,
) -> Result<(), NotKept> {
    let Registration { registered, channel, area, indication, mode, available, .. } = row.value.clone();
    let trajectory = Trajectory {
        municipality: Some(municipality.to_owned()).filter(|text| !text.is_empty()),
        area,
        indication,
        mode,
        available,
        volunteer,
        row: Some(row.id),
        ..Trajectory::of(registered, channel)
    };
    let responsible = device::me().map(|me| me.id);
    let entry = StageEntry { stage: Stage::Registration, on: registered, responsible, reason: None };
    // The row's own id serves for the trajectory too: there is never a second one.
    let id = row.id;
    device::edit(circle, vec![trajectory.make(id), entry.make_below(device::new_id(), id)]).await?;
    form(programme, id).done();
    Ok(())
}
