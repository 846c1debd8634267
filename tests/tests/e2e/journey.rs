//! The whole of Opstap, told once: a plan goes to a phone and comes back done, two people change it apart, a route is practised.

use opstap_tests::browser::{Stage, Step, Tools, Window, photo};
use serde_json::{Value, json};

use crate::cast::{Cast, Seen, sent};
use crate::{edits_apart, follows_a_plan, looks_back, makes_a_plan, practises};

#[tokio::test]
async fn a_plan_and_a_practised_route_go_offline_and_come_back() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools, "journey", tell).await;
}

async fn tell(stage: &mut Stage) -> Step {
    stage.step("1. everybody opens their link, and a used one gives a plain sentence");
    let cast = Cast::pair(stage).await?;
    a_used_link(stage).await?;

    stage.step("2. Marloes takes a plan from the library and makes it Sem's");
    let fridge = photo(stage.folder(), "fridge", 200)?;
    let plan = makes_a_plan::make(&cast.marloes, &fridge).await?;

    stage.step("3. the phones get it; then the server is stopped");
    follows_a_plan::has_it_all(&cast.sem, &plan).await?;
    let his = edits_apart::open_as_volunteer(&cast.youssef).await?;
    same(&plan, &his, &cast)?;
    cast.sem.close().await?;
    stage.server.stop().await?;

    stage.step("4. offline, all at once: Sem follows the plan, Youssef and Marloes change it");
    let (result, trolley) = (photo(stage.folder(), "result", 40)?, photo(stage.folder(), "trolley", 120)?);
    tokio::try_join!(
        follows_a_plan::follow_offline(&cast.sem, &plan, &result),
        edits_apart::volunteer_changes(&cast.youssef, &trolley),
        edits_apart::professional_changes(&cast.marloes),
    )?;

    stage.step("5. the server is back: all three agree, and Marloes sees the run");
    stage.server.start_again()?;
    let back = std::time::Instant::now();
    edits_apart::agree(&cast.marloes, &cast.youssef).await?;
    tokio::try_join!(sent(&cast.marloes), sent(&cast.youssef), sent(&cast.sem))?;
    eprintln!("   agreed and sent after {:.1} s", back.elapsed().as_secs_f64());
    let together = edits_apart::one_removes_what_the_other_writes_in(&cast.marloes, &cast.youssef).await?;
    let steps: Vec<&str> = together.iter().map(|step| step.text.as_str()).collect();
    looks_back::undo_and_restore(&cast.marloes, &cast.youssef, &steps).await?;
    run_at_desk(&cast).await?;
    follows_a_plan::walk(&cast.sem, &together).await?;
    sent(&cast.sem).await?;

    stage.step("6. Youssef practises the route, with the server stopped again");
    stage.server.stop().await?;
    practises::practise_offline(&cast.youssef).await?;

    stage.step("7. the server is back: Karin reads the practice, Marloes sees the help per part");
    stage.server.start_again()?;
    sent(&cast.youssef).await?;
    tokio::try_join!(practises::read_as_mother(&cast.karin), practises::read_at_desk(&cast.marloes))?;

    stage.step("8. everything is sent, everywhere");
    tokio::try_join!(sent(&cast.marloes), sent(&cast.sem), sent(&cast.youssef), sent(&cast.karin)).map(drop)
}

/// Somebody else finds the link that Sem used.
async fn a_used_link(stage: &mut Stage) -> Step {
    let stranger = stage.person("Somebody", Window::Phone);
    stranger.open(&stage.server.link("Sem")?).await?;
    stranger.see("Deze code is al gebruikt. Vraag een nieuwe.").await?;
    stranger.see_no("Mijn boek").await?;
    stranger.close().await
}

fn same(hers: &[Seen], his: &[Seen], cast: &Cast) -> Step {
    if hers == his { Ok(()) } else { Err(cast.youssef.missed(&format!("he has another plan: {his:?}, not {hers:?}"))) }
}

/// The run with each step's time and help, the face, and the photo that Sem showed her.
async fn run_at_desk(cast: &Cast) -> Step {
    let marloes = &cast.marloes;
    marloes.tap_with("Cliënten").await?;
    marloes.tap_with("Sem").await?;
    marloes.see("Laatst gedaan").await?;
    let row = "return all('main .list-row').some((row) => called(row).startsWith(arguments[0]));";
    marloes.when("Sem's run", row, vec![json!(makes_a_plan::TITLE)]).await?;
    marloes.tap_with(makes_a_plan::TITLE).await?;
    marloes.see("Op het scherm (min:sec)").await?;
    let script = "const cells = (row) => [...row.querySelectorAll('td')].map(called);
        return all('table tbody tr').map((row) => [called(row.querySelector('th')), cells(row)]);";
    let rows = marloes.read(script, vec![]).await?;
    let cell = |text: &str, column: usize| {
        let named = |row: &&Value| row.get(0).and_then(Value::as_str).is_some_and(|name| name.contains(text));
        let row = rows.as_array()?.iter().find(named)?;
        row.get(1)?.get(column)?.as_str().map(str::to_owned)
    };
    // By their words of now, which the run follows: the third was helped, the fourth put away once, the fifth passed over.
    for (text, help, not_managed, done) in [
        ("Pak je tas en je pas.", "0", "0", "klaar"),
        ("Pak een winkelwagen met een muntje.", "1×", "0", "klaar"),
        ("Zoek alles wat op je lijstje staat.", "0", "1×", "klaar"),
        ("Betaal bij de kassa met je pas.", "0", "1×", "niet klaar"),
        ("Fiets naar huis.", "0", "0", "klaar"),
    ] {
        let told = [cell(text, 1), cell(text, 2), cell(text, 3)];
        let wanted = [help, not_managed, done].map(|word| Some(word.to_owned()));
        let time = cell(text, 0).unwrap_or_default();
        if told != wanted || !time.contains(':') {
            return Err(marloes.missed(&format!("“{text}” is told as {told:?} in {time}: {rows}")));
        }
    }
    if rows.as_array().map(Vec::len) != Some(8) {
        return Err(marloes.missed(&format!("a run of eight steps is told as {rows}")));
    }
    marloes.see("goed").await?;
    let photo = "return pictured(document.querySelector('figure'))?.startsWith('photo 1600x1200') ?? false;";
    marloes.when("the photo of the result", photo, Vec::<Value>::new()).await
}
