//! Practice, with both phones without a network: the volunteer taps how much help each goal took, the participant goes along the same route
//! as a step plan. Afterwards it is asked of both whether it clicks, and after three times in a row by himself a goal is learned.

use opstap_tests::browser::{Person, Stage, Step};

use super::{People, ROUTE, opens};
use crate::cast::{sent, waits};
use crate::practises::answer;
use crate::travels::go_along;

/// What the volunteer writes about the first practice.
pub const HARD: &str = "De bus reed om. We liepen een halte terug.";

/// The levels for the goals of each part, and what the button to the next part is called.
type Help = [(&'static [&'static str], Option<&'static str>); 3];

const FIRST: Help =
    [(&["hint"], Some("Verder: 35")), (&["gezegd", "samen"], Some("Verder: lopen")), (&["voorgedaan"], None)];
const BY_HIMSELF: Help =
    [(&["zelf"], Some("Verder: 35")), (&["zelf", "zelf"], Some("Verder: lopen")), (&["zelf"], None)];

/// What his phone says, and what he taps, until he rides past the first stop.
const TO_THE_BUS: [(&str, &str); 4] = [
    ("Steek over bij het zebrapad", "Klaar"),
    ("Neem bus 35", "Ik ben erin"),
    ("Check in", "Klaar"),
    ("Volgende halte: Walenburg", "Halte geweest"),
];

/// From there to De Schakel.
const TO_THE_DOOR: [(&str, &str); 5] = [
    ("Volgende halte: Weena", "Halte geweest"),
    ("Druk nu op stop.", "Gedrukt"),
    ("Stap uit: Eendrachtsplein.", "Uitgestapt"),
    ("Zoek de ingang", "Klaar"),
    ("Je bent er: De Schakel.", "Ik ben er"),
];

/// The worker keeps the screens for on the way, and the pictures that every route has.
const KEPT: &str = "if (!(await caches.match('/way.html'))) return 'no page';
    for (const name of ['stop-bell', 'step-off', 'bus']) if (!(await caches.match(`/pictograms/${name}.svg`))) return name;
    return 'all';";

/// The first practice, with a situation that was practised on purpose, and the question whether it clicks.
pub async fn first(stage: &mut Stage, people: &People) -> Step {
    let People { jordi, lies, .. } = people;
    stage.step("both phones hold the route, and lose the network");
    jordi.when_promised("everything for on the way to be kept", KEPT, "all").await?;
    tokio::try_join!(jordi.has_network(false), lies.has_network(false))?;

    stage.step("1st practice: Lies taps the help, Jordi goes along with a question card");
    tokio::try_join!(
        async {
            taps_the_help(lies, 1, FIRST).await?;
            // An answer for each of four goals, and the practice itself.
            waits(lies, 5).await?;
            lies.tap("de weg vragen").await?;
            lies.write("Hoe ging het: de weg vragen?", "Jordi liet zijn vraagkaart zien.").await?;
            lies.write("Wat was lastig? Hoe loste je het op?", HARD).await?;
            lies.tap("goed").await?;
            for _ in 0..3 {
                lies.tap("Een kwartier meer").await?;
            }
            lies.see("1 u 00").await?;
            lies.tap("Bewaar oefening").await?;
            lies.see("Lees het na. Pas aan wat niet klopt.").await
        },
        async {
            goes_on_the_way(jordi).await?;
            let [walk, board, ..] = TO_THE_BUS;
            go_along(jordi, &[walk]).await?;
            jordi.see(board.0).await?;
            let bus = "return pictured(root()) === '/pictograms/bus.svg';";
            jordi.when("a picture of the bus, that nobody had to choose", bus, vec![]).await?;
            go_along(jordi, TO_THE_BUS.get(1..).unwrap_or_default()).await?;
            asks_the_way(jordi).await?;
            go_along(jordi, &TO_THE_DOOR).await?;
            jordi.see("Rina ziet het, zodra er internet is").await?;
            jordi.tap("Naar vandaag").await
        },
    )?;
    Ok(())
}

/// Both say whether it clicks, still without a network.
pub async fn it_clicks(stage: &mut Stage, people: &People) -> Step {
    let People { fatma, jordi, lies, .. } = people;
    stage.step("both are asked whether it clicks");
    lies.tap("Terug").await?;
    lies.see("Klikt het met Jordi?").await?;
    lies.tap("Ja").await?;
    lies.see_no("Klikt het met Jordi?").await?;
    tokio::try_join!(jordi.has_network(true), lies.has_network(true))?;
    sent(lies).await?;
    jordi.tap("Een vraag voor jou").await?;
    jordi.see("Klikt het met Lies?").await?;
    jordi.tap("Ja, het klikt").await?;
    jordi.see("Dank je wel.").await?;
    jordi.tap("Naar vandaag").await?;
    jordi.see("Mijn boek").await?;
    tokio::try_join!(sent(jordi), sent(fatma)).map(drop)
}

/// Three more practices in which all went by himself, and he has learned it.
pub async fn until_it_goes_by_itself(stage: &mut Stage, people: &People) -> Step {
    let People { fatma, jordi, lies, rina } = people;
    for number in 2..=4 {
        stage.step(&format!("practice {number}: all goes by itself, without a network"));
        tokio::try_join!(jordi.has_network(false), lies.has_network(false))?;
        tokio::try_join!(
            async {
                taps_the_help(lies, number, BY_HIMSELF).await?;
                lies.tap("super").await?;
                lies.tap("Bewaar oefening").await?;
                lies.see("Jordi deed alles helemaal zelf.").await?;
                lies.tap("Stuur het verslag").await?;
                lies.see("Het verslag is bewaard.").await?;
                lies.tap("Terug").await
            },
            async {
                goes_on_the_way(jordi).await?;
                go_along(jordi, &TO_THE_BUS).await?;
                go_along(jordi, &TO_THE_DOOR).await?;
                jordi.see("Rina ziet het, zodra er internet is").await?;
                jordi.tap("Naar vandaag").await
            },
        )?;
        tokio::try_join!(jordi.has_network(true), lies.has_network(true))?;
        tokio::try_join!(sent(lies), sent(jordi))?;
    }

    stage.step("three times in a row by himself is learned: the report says so, and the desk shows the help over the practices");
    rina.see("Verslag van oefening 4").await?;
    rina.tap_with("Verslag van oefening 4").await?;
    rina.see("gingen nu 3 keer achter elkaar zelf. Dat kan Jordi nu.").await?;
    rina.see("Jordi kan nu alle leerdoelen van deze route zelf.").await?;
    sent(rina).await?;
    rina.tap("Terug").await?;
    opens(fatma, "Reizen").await?;
    fatma.see("4 oefeningen").await?;
    fatma.tap("Tabel").await?;
    let letters = "const row = all('table tbody tr:not(.goal)').find((one) => called(one.querySelector('th')).includes('Neem bus 35'));
        return row !== undefined && [...row.querySelectorAll('td.c')].map(called).join() === 'S,Z,Z,Z';";
    fatma.when("the help of the bus over four practices", letters, vec![]).await
}

async fn taps_the_help(lies: &Person, number: usize, help: Help) -> Step {
    lies.tap_with(ROUTE).await?;
    lies.tap(&format!("Begin oefening {number}")).await?;
    for (levels, onward) in help {
        for level in levels {
            answer(lies, level).await?;
        }
        if let Some(onward) = onward {
            lies.tap(onward).await?;
        }
    }
    lies.tap("Afronden").await?;
    lies.see("Wat hebben jullie geoefend?").await
}

/// He taps the picture of his route, and goes.
pub async fn goes_on_the_way(jordi: &Person) -> Step {
    jordi.see("Mijn boek").await?;
    jordi.tap_with(ROUTE).await?;
    jordi.see("Klaar voor onderweg").await?;
    jordi.tap("Ga op weg").await
}

/// All of the way, to "Ik ben er".
pub async fn goes_all_the_way(jordi: &Person) -> Step {
    goes_on_the_way(jordi).await?;
    go_along(jordi, &TO_THE_BUS).await?;
    go_along(jordi, &TO_THE_DOOR).await
}

async fn asks_the_way(jordi: &Person) -> Step {
    jordi.tap("Gaat mis").await?;
    jordi.tap("Verkeerde halte").await?;
    jordi.tap("Vraagkaart").await?;
    jordi.see("Ik miste mijn halte. Hoe kom ik bij Eendrachtsplein?").await?;
    jordi.tap("Ik weet het").await?;
    jordi.tap("Ga verder").await?;
    jordi.see("Volgende halte: Weena").await
}
