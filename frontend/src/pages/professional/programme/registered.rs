//! From a registration to the trajectory in the circle that was opened for it. The circle comes when the network brings it; whoever left the
//! form by then finds the trajectory written all the same.

use opstap_core::model::{Model, Registration, Stage, StageEntry, Trajectory};
use opstap_core::{CircleId, Kind, PersonId, RecordId};

use crate::device::{self, Entry, NotKept, Reader};
use crate::entered::Form;

/// What was filled in that a row does not hold.
const MUNICIPALITY: &str = "municipality";

fn form(programme: CircleId, row: RecordId) -> Form {
    Form::of("registered", programme, row)
}

/// Notes for the trajectory of a row, which is to be written once the circle is here, what the row does not say.
pub(super) fn awaits(programme: CircleId, row: RecordId, municipality: &str) {
    form(programme, row).note(MUNICIPALITY, municipality);
}

/// Writes the trajectory of a row whose circle came, where whoever is at this desk registered it and left the form, however long ago.
pub(super) async fn begin(
    programme: CircleId,
    circle: CircleId,
    row: &Entry<Registration>,
    volunteer: Option<PersonId>,
) -> Result<(), NotKept> {
    // What was begun once and taken back nobody begins anew unasked.
    let taken_back = !Reader::new(circle).deleted(Kind::Trajectory).await.is_empty();
    if taken_back || !waits_for(device::me().map(|me| me.id), row) {
        return Ok(());
    }
    let municipality = form(programme, row.id).get_ever(MUNICIPALITY).unwrap_or_default();
    write(programme, circle, row, &municipality, volunteer).await
}

/// Whether a row is one that this person registered, and nothing came of yet: whoever registered it writes its trajectory, so that two desks
/// do not both.
fn waits_for(me: Option<PersonId>, row: &Entry<Registration>) -> bool {
    let Registration { started, completed, ended, .. } = row.value;
    me.is_some() && row.author == me && started.or(completed).or(ended).is_none()
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

#[cfg(test)]
mod tests {
    use opstap_core::model::Channel;
    use opstap_core::{Day, Record};

    use super::*;
    use crate::components::Saved;

    #[test]
    fn only_who_registered_somebody_writes_the_trajectory_and_only_as_long_as_nothing_came_of_it() {
        let (fatma, other) = (PersonId([1; 16]), PersonId([2; 16]));
        let row = |author, started| {
            let (id, value) = (RecordId([9; 16]), Registration { started, ..Registration::of(Day(1), Channel::Own) });
            let record = Record::new(id, Kind::Registration, None);
            Entry { id, parent: None, value, saved: Saved::Sent, author, made: None, record }
        };
        assert!(waits_for(Some(fatma), &row(Some(fatma), None)));
        assert!(!waits_for(Some(fatma), &row(Some(other), None)) && !waits_for(None, &row(None, None)));
        assert!(!waits_for(Some(fatma), &row(Some(fatma), Some(Day(2)))), "it is of a training that was erased");
    }
}
