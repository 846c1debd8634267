//! Two people change one plan while neither hears of the other; afterwards all see the same, and nobody's change is lost.

use std::path::Path;

use opstap_tests::browser::{Person, Step};
use serde_json::json;

use crate::cast::{Seen, editor_shows, number_of, put_photo, state, steps_in_editor, tools_of, waits};
use crate::makes_a_plan::{MADE, TITLE};

/// The plan when both are heard.
pub const TOGETHER: [&str; 8] = [
    "Pak je tas en je pas.",
    "Loop naar de winkel op de hoek.",
    "Pak een winkelwagen met een muntje.",
    "Zoek alles wat op je lijstje staat.",
    "Doe de boodschappen in je tas.",
    "Betaal bij de kassa met je pas.",
    "Fiets naar huis.",
    "Zet het eten in de koelkast.",
];

/// The words of the last step when Marloes has begun to write, and when she has written on.
const BEGUN: &str = "Zet alles";
const WRITTEN_ON: &str = "Zet alles in de koelkast.";

/// The volunteer opens the plan while there is still a network.
pub async fn open_as_volunteer(youssef: &Person) -> Step<Vec<Seen>> {
    youssef.see(TITLE).await?;
    state(youssef).await?;
    youssef.tap_with(TITLE).await?;
    editor_shows(youssef, &MADE).await
}

/// Offline the volunteer puts a photo of his own at a step, moves a second and removes a third.
pub async fn volunteer_changes(youssef: &Person, trolley: &Path) -> Step {
    put_photo(youssef, number_of(youssef, "Pak een winkelwagen.").await?, trolley).await?;
    let pay = number_of(youssef, "Betaal bij de kassa met je pas.").await?;
    tools_of(youssef, pay).await?;
    youssef.tap(&format!("Stap {pay} omlaag")).await?;
    let mut mine = MADE;
    mine.swap(4, 5);
    editor_shows(youssef, &mine).await?;
    let home = number_of(youssef, "Ga naar huis.").await?;
    tools_of(youssef, home).await?;
    youssef.tap(&format!("Stap {home} weghalen")).await?;
    let left: Vec<_> = mine.into_iter().filter(|text| *text != "Ga naar huis.").collect();
    editor_shows(youssef, &left).await?;
    waits(youssef, 3).await.map(drop)
}

/// Offline the professional changes the words of the first and of the third.
pub async fn professional_changes(marloes: &Person) -> Step {
    for (before, after) in [("Pak een winkelwagen.", TOGETHER[2]), ("Ga naar huis.", TOGETHER[6])] {
        let number = number_of(marloes, before).await?;
        marloes.write(&format!("Stap {number}"), after).await?;
        marloes.leave_field().await?;
    }
    waits(marloes, 2).await.map(drop)
}

/// Both editors show the same plan with every change in it, the removed step back and marked, and nothing twice.
pub async fn agree(marloes: &Person, youssef: &Person) -> Step<Vec<Seen>> {
    let hers = show_the_same(marloes, youssef, &TOGETHER, &[TOGETHER[6]]).await?;
    if !hers.iter().any(|step| step.text == TOGETHER[2] && step.picture.starts_with("photo 1600x1200")) {
        return Err(marloes.missed(&format!("not both changes are there: {hers:?}")));
    }
    marloes.see("Teruggekomen: Youssef haalde deze stap weg").await?;
    Ok(hers)
}

/// Both hear each other, and Youssef removes a step that he saw Marloes begin to write in. She writes on, so it comes back, marked.
pub async fn one_removes_what_the_other_writes_in(marloes: &Person, youssef: &Person) -> Step<Vec<Seen>> {
    let number = TOGETHER.len();
    let field = format!("Stap {number}");
    marloes.write(&field, BEGUN).await?;
    editor_shows(youssef, &with_last(BEGUN)).await?;
    tools_of(youssef, number).await?;
    youssef.tap(&format!("{field} weghalen")).await?;
    marloes.see("Intussen weggehaald door Youssef.").await?;
    marloes.write(&field, WRITTEN_ON).await?;
    marloes.leave_field().await?;
    let hers = show_the_same(marloes, youssef, &with_last(WRITTEN_ON), &[TOGETHER[6], WRITTEN_ON]).await?;
    tokio::try_join!(marloes.see_no("Intussen weggehaald door"), youssef.see_no("De stap is weggehaald."),)?;
    Ok(hers)
}

/// The plan when both are heard, with other words for its last step.
fn with_last(words: &str) -> Vec<&str> {
    let (_, before) = TOGETHER.split_last().unwrap_or((&"", &[]));
    before.iter().copied().chain([words]).collect()
}

/// Waits until two editors show these steps with these of them marked as having come back, and everything else the same too.
async fn show_the_same(one: &Person, other: &Person, texts: &[&str], back: &[&str]) -> Step<Vec<Seen>> {
    tokio::try_join!(editor_shows(one, texts), editor_shows(other, texts))?;
    let marked = "return all('[data-came-back]').length === arguments[0];";
    let what = format!("{texts:?} with {back:?} come back");
    let marks = || vec![json!(back.len())];
    tokio::try_join!(one.when(&what, marked, marks()), other.when(&what, marked, marks()))?;
    let (hers, his) = (steps_in_editor(one).await?, steps_in_editor(other).await?);
    let came_back = |step: &&Seen| step.came_back;
    match (hers, his) {
        (Some(hers), Some(his)) if hers == his => {
            let marked: Vec<_> = hers.iter().filter(came_back).map(|step| step.text.as_str()).collect();
            if marked == back { Ok(hers) } else { Err(one.missed(&format!("marked are {marked:?}, not {back:?}"))) }
        }
        (hers, his) => Err(one.missed(&format!("the two see different plans:\n{hers:?}\n{his:?}"))),
    }
}
