//! One undoes what the other changed, by the history; one removes a plan, the other puts it back.

use opstap_tests::browser::{Person, Step};

use crate::cast::{editor_shows, focus_is_on, sent};
use crate::edits_apart::TOGETHER;
use crate::makes_a_plan::TITLE;

/// What Marloes makes of the second step, before Youssef undoes it.
const OTHERWISE: &str = "Loop om het blok naar de winkel.";

/// Both have the plan with these steps open in the editor, and have it so again when this is done.
pub async fn undo_and_restore(marloes: &Person, youssef: &Person, steps: &[&str]) -> Step {
    let mut changed = steps.to_vec();
    if let Some(second) = changed.get_mut(1) {
        *second = OTHERWISE;
    }
    marloes.write("Stap 2", OTHERWISE).await?;
    marloes.leave_field().await?;
    tokio::try_join!(editor_shows(marloes, &changed), editor_shows(youssef, &changed), sent(marloes))?;

    youssef.tap("Geschiedenis").await?;
    youssef.see("Marloes veranderde de tekst van stap 2.").await?;
    youssef.see(TOGETHER[1]).await?;
    // The newest stands first.
    youssef.tap("Zet terug").await?;
    youssef.see("Het staat weer zoals het was.").await?;
    youssef.see("Jij veranderde de tekst van stap 2.").await?;
    editor_shows(marloes, steps).await?;
    youssef.tap("Terug").await?;
    editor_shows(youssef, steps).await?;

    youssef.tap("Haal plan weg").await?;
    youssef.see("Het plan gaat ook weg op de telefoon.").await?;
    youssef.tap("Haal plan weg").await?;
    marloes.see("Dit plan is weggehaald.").await?;
    marloes.tap("Plannen van Sem").await?;
    marloes.tap("Weggehaald").await?;
    marloes.see(&format!("Youssef haalde het plan “{TITLE}” weg.")).await?;
    marloes.tap("Zet terug").await?;
    marloes.see_no(&format!("Youssef haalde het plan “{TITLE}” weg.")).await?;
    marloes.see("Het staat weer zoals het was.").await?;
    // Another row is left: the focus is on what it offers.
    focus_is_on(marloes, "Zet terug").await?;
    editor_shows(youssef, steps).await?;
    marloes.tap("Terug").await?;
    marloes.tap_with(TITLE).await?;
    editor_shows(marloes, steps).await.map(drop)
}
