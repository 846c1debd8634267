//! The professional takes a plan from the library for her client and makes it his own.

use std::path::Path;

use opstap_tests::browser::{Person, Step};

use crate::cast::{Seen, choose_picture, editor_shows, number_of, put_photo, sent, state, tools_of};

/// The title of the plan.
pub const TITLE: &str = "Boodschappen doen";

/// The plan as it is in the library.
const TEMPLATE: [&str; 9] = [
    "Schrijf op wat je nodig hebt.",
    "Pak je tas en je pas.",
    "Ga naar de winkel.",
    "Pak een winkelwagen.",
    "Zoek alles wat op je lijstje staat.",
    "Betaal bij de kassa met je pas.",
    "Doe de boodschappen in je tas.",
    "Ga naar huis.",
    "Zet het eten in de koelkast.",
];

/// The plan as she makes it.
pub const MADE: [&str; 8] = [
    "Pak je tas en je pas.",
    "Loop naar de winkel op de hoek.",
    "Pak een winkelwagen.",
    "Zoek alles wat op je lijstje staat.",
    "Betaal bij de kassa met je pas.",
    "Doe de boodschappen in je tas.",
    "Ga naar huis.",
    "Zet het eten in de koelkast.",
];

/// At the end of the page nothing beside the plan lies over another thing, and nothing sticks out at the side.
const SIDE_BY_SIDE: &str = "scrollTo(0, document.documentElement.scrollHeight);
    const places = [...document.querySelectorAll('.side-pane > .stack > *')].map((one) => one.getBoundingClientRect());
    const apart = places.every((one, at) => at === 0 || one.top >= places[at - 1].bottom - 1);
    const fits = document.documentElement.scrollWidth <= document.documentElement.clientWidth;
    scrollTo(0, 0);
    return places.length > 1 && apart && fits;";

/// Takes a copy, changes a text and a picture, adds a photo, moves a step, removes one, and sees that all of it is sent.
pub async fn make(marloes: &Person, photo: &Path) -> Step<Vec<Seen>> {
    state(marloes).await?;
    marloes.tap_with("Sem").await?;
    marloes.see("Laatst gedaan").await?;
    state(marloes).await?;
    marloes.tap("Plannen").await?;
    marloes.tap("Nieuw plan").await?;
    marloes.tap("Neem uit voorbeelden").await?;
    state(marloes).await?;
    marloes.write("Zoek een voorbeeld", "boodschappen").await?;
    marloes.tap(TITLE).await?;
    marloes.see(TEMPLATE[8]).await?;
    state(marloes).await?;
    marloes.tap("Neem over voor Sem").await?;
    editor_shows(marloes, &TEMPLATE).await?;
    state(marloes).await?;
    marloes.when("nothing to lie over something else, at the end of a long plan too", SIDE_BY_SIDE, vec![]).await?;

    // Early in the day, so that it comes first on the phone.
    marloes.write("Tijd", "07:00").await?;
    marloes.leave_field().await?;

    let step = number_of(marloes, "Ga naar de winkel.").await?;
    marloes.write(&format!("Stap {step}"), MADE[1]).await?;
    marloes.leave_field().await?;
    choose_picture(marloes, number_of(marloes, "Ga naar huis.").await?, "fiets").await?;

    let last = number_of(marloes, "Zet het eten in de koelkast.").await?;
    put_photo(marloes, last, photo).await?;

    let bag = number_of(marloes, "Pak je tas en je pas.").await?;
    tools_of(marloes, bag).await?;
    marloes.tap(&format!("Stap {bag} omhoog")).await?;
    let mut moved = TEMPLATE;
    moved[2] = MADE[1];
    moved.swap(0, 1);
    editor_shows(marloes, &moved).await?;

    let list = number_of(marloes, TEMPLATE[0]).await?;
    tools_of(marloes, list).await?;
    marloes.tap(&format!("Stap {list} weghalen")).await?;
    let made = editor_shows(marloes, &MADE).await?;
    marloes.see("1 weggehaalde stap").await?;
    sent(marloes).await?;

    let picture = |text: &str| made.iter().find(|step| step.text == text).map(|step| step.picture.as_str());
    let bicycle = picture("Ga naar huis.").is_some_and(|picture| picture.contains("bicycle"));
    let fridge = picture("Zet het eten in de koelkast.").is_some_and(|picture| picture.starts_with("photo 1600x1200"));
    if bicycle && fridge { Ok(made) } else { Err(marloes.missed(&format!("other pictures than she chose: {made:?}"))) }
}
