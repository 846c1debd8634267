//! Another volunteer takes over in the middle of a training: the plan, the route and its practices are in place on the new phone, whether it
//! clicks is asked anew, and whoever practised before sees nothing of it any more.

use std::io;
use std::sync::Arc;

use opstap_core::access::Section;
use opstap_core::model::{
    Consent, ConsentAct, Goal, GoalHelp, HelpLevel, Means, Model, Part, Practice, PracticeEnd, Route, set,
};
use opstap_core::{Kind, Millis, PersonId, RecordId};
use opstap_tests::browser::{Missed, Person, Stage, Step, Tools, Window};
use opstap_tests::device::now;
use opstap_tests::holder::Holder;
use serde_json::json;

use crate::cast::{pair, sent};
use crate::programme::volunteer;

#[tokio::test]
async fn a_replacement_takes_over_with_everything_in_place() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools, "replaced", tell).await;
}

async fn tell(stage: &mut Stage) -> Step {
    stage.step("Fatma registers Bo, and Lies is to practise with him");
    let fatma = stage.person("Fatma", Window::Desk);
    pair(stage, &fatma, "Alles staat op deze laptop").await?;
    fatma.go("/desk/programme/volunteers").await?;
    for name in ["Lies", "Piet"] {
        volunteer(&fatma, name, "Ommoord", &["maandag ochtend"], &["openbaar vervoer"]).await?;
    }
    fatma.go("/desk/programme/new").await?;
    fatma.write("Voornaam", "Bo").await?;
    fatma.tap("Meld aan").await?;
    fatma.when("the page of Bo", "return location.pathname.includes('/training/');", vec![]).await?;
    fatma.go("/desk/programme").await?;
    fatma.tap("Koppel").await?;
    fatma.tap("Koppel Lies").await?;
    fatma.see("Lies is gekoppeld.").await?;
    let choice = fatma.place().await?;
    sent(&fatma).await?;

    stage.step("Bo lets her, they practise, and it clicks");
    let missed = |cause: io::Error| Missed::new(format!("the training was not filled: {cause}"));
    let mut bo = Holder::of(&stage.server, "Bo", 91).map_err(missed)?;
    let goal = practised_with_lies(stage, &mut bo).map_err(missed)?;
    let lies = comes(stage, "Lies").await?;
    lies.see("Naar het zwembad").await?;

    stage.step("Piet takes over, and Lies sees nothing of it any more");
    fatma.go(&choice).await?;
    fatma.tap("Koppel Piet").await?;
    fatma.see("Lies stapt uit de kring").await?;
    fatma.tap("Vervang Lies").await?;
    fatma.see("Piet is gekoppeld.").await?;
    sent(&fatma).await?;
    lies.see_no("Naar het zwembad").await?;
    let mut bo = Holder::of(&stage.server, "Bo", 92).map_err(missed)?;
    lets(&mut bo, "Piet").map_err(missed)?;

    stage.step("on Piet's phone everything is in place, and he goes on where Lies was");
    let piet = comes(stage, "Piet").await?;
    piet.see("Naar het zwembad").await?;
    piet.see_no("Klikt het met Bo?").await?;
    piet.tap_with("Naar het zwembad").await?;
    piet.see("Neem bus 44").await?;
    piet.see("Oefening 1").await?;
    piet.tap("Begin oefening 2").await?;
    piet.see("Check in").await?;
    practised_again(stage, goal).map_err(missed)?;
    piet.go("/support").await?;
    piet.see("Klikt het met Bo?").await?;

    stage.step("at the desk the plan stands as it was, and nobody said yet whether it clicks");
    fatma.go("/desk/clients").await?;
    fatma.tap_with("Bo").await?;
    fatma.tap("Reizen").await?;
    fatma.tap("Het traject").await?;
    fatma.tap("Avonturenplan").await?;
    fatma.see("Neem bus 44").await?;
    let asks = "return field('Wat vraagt de deelnemer?')?.value === 'Zelf naar het zwembad.';";
    fatma.when("what Bo asks", asks, vec![]).await?;
    fatma.tap("Koppeling").await?;
    let not_yet = "const groups = all('[role=radiogroup]').filter((one) => called(one).includes('vindt van wel'));
        return groups.length === 2 && groups.every((one) => called(one.querySelector('[aria-checked=true]')) === 'nog niet gevraagd');";
    fatma.when("nobody to have said whether it clicks", not_yet, vec![]).await?;
    let chosen = "const list = all('label.field').find((one) => called(one.querySelector('span')) === arguments[0]);
        return list?.querySelector('select').selectedOptions[0].text === 'Piet';";
    fatma.when("Piet as the volunteer", chosen, vec![json!("Vrijwilliger")]).await
}

/// Somebody pairs their phone.
async fn comes(stage: &mut Stage, name: &str) -> Step<Arc<Person>> {
    let person = stage.person(name, Window::Phone);
    person.open(&stage.server.new_link(name)?).await?;
    Ok(person)
}

fn person(holder: &Holder, name: &str) -> io::Result<PersonId> {
    opstap_tests::training::person(holder, name)
}

/// Bo lets somebody see his travel.
fn lets(bo: &mut Holder, name: &str) -> io::Result<()> {
    let consent = Consent {
        act: ConsentAct::Given,
        person: person(bo, name)?,
        section: Section::Travel,
        from: Millis(0),
        until: None,
        ends: None,
    };
    let id = bo.device.id(now());
    bo.write(now(), vec![consent.make(id)])
}

/// A route with a goal, in the plan of the training; a practice by Lies; and both say that it clicks. Gives the goal.
fn practised_with_lies(stage: &Stage, bo: &mut Holder) -> io::Result<RecordId> {
    lets(bo, "Lies")?;
    lets(bo, "Fatma")?;
    let trajectory = bo.held.records.iter().find(|record| record.kind == Kind::Trajectory).map(|record| record.id);
    let trajectory = trajectory.ok_or_else(|| io::Error::other("no trajectory"))?;
    let [route, part, goal] = [0; 3].map(|_| bo.device.id(now()));
    let bus = Part { line: Some("44".to_owned()), ..Part::titled("V", Means::Bus, "Neem bus 44") };
    let title = "Naar het zwembad".to_owned();
    let check_in = Goal::saying("V", "Check in");
    let changes = vec![
        Route { title, picture: None, order: Some("V".to_owned()) }.make(route),
        bus.make_below(part, route),
        check_in.make_below(goal, part),
        set(trajectory, "route", route),
        set(trajectory, "asks", "Zelf naar het zwembad."),
        set(trajectory, "click_participant", true),
    ];
    bo.write(now(), changes)?;
    let mut lies = Holder::of(&stage.server, "Lies", 93)?;
    practise(&mut lies, route, goal)?;
    lies.write(now(), vec![set(trajectory, "click_volunteer", true)])?;
    Ok(goal)
}

fn practise(holder: &mut Holder, route: RecordId, goal: RecordId) -> io::Result<()> {
    let [practice, help, end] = [0; 3].map(|_| holder.device.id(now()));
    let done = PracticeEnd { at: now(), minutes: Some(45), word: None, face: None, said: None };
    let changes = vec![
        Practice { route, at: now() }.make(practice),
        GoalHelp { goal, help: HelpLevel::Hint, at: now(), replaces: None }.make_below(help, practice),
        done.make_below(end, practice),
    ];
    holder.write(now(), changes)
}

/// Piet practises too.
fn practised_again(stage: &Stage, goal: RecordId) -> io::Result<()> {
    let mut piet = Holder::of(&stage.server, "Piet", 94)?;
    let route = piet.one(Kind::Route, "title", "Naar het zwembad")?;
    practise(&mut piet, route, goal)
}
