//! A group with two clients and a session, as the coordinator sees it; and what of groups stands in the circle of a client.

use opstap_core::model::{Attendance, GroupEnrolment, Model, Picture, Presence};
use opstap_core::{Change, Day, RecordId};
use serde_json::json;

use super::Screen;
use crate::browser::{Person, Step};
use crate::holder::Holder;

/// Chooses the client of this name, who takes part from two weeks ago on.
const CHOOSE: &str = "const list = [...document.querySelectorAll('select')].at(-1);
    const option = [...(list?.options ?? [])].find((one) => one.textContent.trim() === arguments[0]);
    if (!option) return false;
    list.value = option.value;
    list.dispatchEvent(new Event('change', { bubbles: true }));
    const day = field('Vanaf');
    day.value = new Date(Date.now() - 14 * 86400000).toISOString().slice(0, 10);
    day.dispatchEvent(new Event('change', { bubbles: true }));
    return true;";

/// Taps a word for the first on the list.
const SAY: &str = "document.querySelector('.presence [role=radio]:nth-child(2)').click();";

/// Fills in how many places there are.
const PLACES: &str = "const places = field('Aantal plaatsen');
    places.value = '2';
    places.dispatchEvent(new Event('change', { bubbles: true }));
    return true;";

/// Makes it; Bo has a circle already.
pub(super) async fn of_the_coordinator(fatma: &Person) -> Step<Vec<Screen>> {
    fatma.go("/desk/programme/groups").await?;
    fatma.write("Naam van de groep", "Kookgroep").await?;
    fatma.tap("Zet erbij").await?;
    fatma.see("Er doet nog niemand mee.").await?;
    let group = fatma.place().await?;
    fatma.write("Wanneer en waar", "Dinsdag om 10 uur, in het buurthuis").await?;
    fatma.leave_field().await?;
    fatma.when("the places", PLACES, vec![]).await?;
    for name in ["Bo", "Sem"] {
        fatma.when(&format!("{name} to be chosen"), CHOOSE, vec![json!(name)]).await?;
        fatma.tap("Zet erbij").await?;
        fatma.see(&format!("{name} doet mee.")).await?;
    }
    fatma.tap("Nieuwe bijeenkomst").await?;
    fatma.see("Van 2 is nog niets gezegd.").await?;
    fatma.tap("Iedereen was er").await?;
    fatma.tap("Bewaar").await?;
    fatma.see("was er 1 van 1 keer").await?;
    let new = format!("{group}/session");
    fatma.read("document.querySelector('main tbody th a').click(); return true;", vec![]).await?;
    fatma.see("Haal deze bijeenkomst weg").await?;
    let kept = fatma.place().await?;
    fatma.go("/desk/programme/groups").await?;
    fatma.write("Naam van de groep", "Wandelgroep").await?;
    fatma.tap("Zet erbij").await?;
    fatma.see("Er doet nog niemand mee.").await?;
    Ok(vec![
        Screen::at("groups", "/desk/programme/groups"),
        Screen::at("group", group),
        Screen::at("group-session-new", new).after(SAY),
        Screen::at("group-session", kept),
    ])
}

/// What stands of a group in a circle: two sessions, at one of which the client was.
pub(super) fn in_a_circle(marloes: &mut Holder, day: impl Fn(u64) -> Day) -> Vec<Change> {
    let at = crate::device::now();
    let mut id = || marloes.device.id(at);
    let (enrolment, group): (RecordId, RecordId) = (id(), id());
    let takes_part = GroupEnrolment {
        group,
        name: "Kookgroep".to_owned(),
        picture: Some(Picture::Pictogram("cooking".to_owned())),
        from: day(30),
        until: None,
    };
    let mut changes = vec![takes_part.make(enrolment)];
    for (before, presence) in [(14, Presence::Present), (7, Presence::Excused), (2, Presence::Present)] {
        let was = Attendance { session: id(), on: day(before), presence, replaces: None };
        changes.push(was.make_below(id(), enrolment));
    }
    changes
}
