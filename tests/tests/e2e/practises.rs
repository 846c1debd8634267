//! The volunteer practises a route with the client without a network; the mother reads it, the professional sees the help per part.

use opstap_tests::browser::{Person, Step};
use serde_json::json;

use crate::cast::{sent, state, waits};

/// What he writes afterwards.
const WORD: &str = "De bus reed om. Sem vroeg zelf de weg.";

/// For each part of the route the levels he taps, goal after goal, and what the button to the next part is called.
const HELP: [(&[&str], Option<&str>); 5] = [
    (&["zelf", "zelf"], Some("Verder: 32")),
    (&["hint", "zelf", "gezegd"], Some("Verder: over")),
    (&["zelf", "voorgedaan"], Some("Verder: D")),
    (&["zelf", "hint"], Some("Verder: lopen")),
    (&["zelf", "zelf"], None),
];

/// How the help of each part stands in the professional's table, oldest practice first: the most that a goal took.
const LETTERS: [(&str, [&str; 2]); 5] = [
    ("1. Loop naar de halte", ["H", "Z"]),
    ("2. Neem bus 32", ["V", "G"]),
    ("3. Stap over op de metro", ["S", "H"]),
    ("4. Neem metro D", ["G", "H"]),
    ("5. Loop naar school", ["Z", "Z"]),
];

/// One tap a goal, one answer corrected, then the minute afterwards.
pub async fn practise_offline(youssef: &Person) -> Step {
    youssef.tap("Terug").await?;
    youssef.tap_with("Naar school").await?;
    state(youssef).await?;
    youssef.tap("Begin oefening 2").await?;
    for (levels, onward) in HELP {
        for level in levels {
            answer(youssef, level).await?;
        }
        if onward == Some("Verder: D") {
            correct(youssef, "Volg de borden naar de metro", "hint").await?;
        }
        if let Some(onward) = onward {
            youssef.tap(onward).await?;
        }
    }
    state(youssef).await?;
    // Eleven answers, a correction and the practice itself wait on the phone.
    waits(youssef, 13).await?;
    youssef.tap("Afronden").await?;
    youssef.see("Wat hebben jullie geoefend?").await?;
    state(youssef).await?;
    youssef.tap("de weg vragen").await?;
    youssef.write("Wat was lastig? Hoe loste je het op?", WORD).await?;
    youssef.tap("super").await?;
    youssef.tap("Bewaar oefening").await?;
    youssef.see("Oefening 2 met Sem").await?;
    youssef.see(WORD).await?;
    waits(youssef, 14).await.map(drop)
}

/// Taps a level for the goal that is asked now, and waits until it is answered.
pub async fn answer(youssef: &Person, level: &str) -> Step {
    let answered = "return all('.goal-list .goal').filter((goal) => goal.querySelector('.bars .on')).length;";
    let before = youssef.read(answered, vec![]).await?;
    youssef.tap(level).await?;
    let more =
        "return all('.goal-list .goal').filter((goal) => goal.querySelector('.bars .on')).length > arguments[0];";
    youssef.when(&format!("an answer “{level}”"), more, vec![before]).await
}

async fn correct(youssef: &Person, goal: &str, level: &str) -> Step {
    youssef.tap_with(goal).await?;
    youssef.see("Hoeveel hulp was er?").await?;
    youssef.tap(level).await?;
    // Hint fills four of the five bars.
    let script = "const goal = all('.goal-list .goal').find((one) => called(one).includes(arguments[0]));
        return goal?.querySelectorAll('.bars .on').length === 4;";
    youssef.when("the corrected answer", script, vec![json!(goal)]).await
}

/// The mother reads it.
pub async fn read_as_mother(karin: &Person) -> Step {
    karin.see("Oefening 2").await?;
    state(karin).await?;
    karin.tap_with("Oefening 2").await?;
    karin.see("Oefening 2 met Sem").await?;
    karin.see("van Youssef").await?;
    karin.see(WORD).await?;
    karin.see("de weg vragen").await?;
    karin.see("super").await?;
    sent(karin).await?;
    karin.tap("Terug").await
}

/// The professional sees how much help each part took, over both practices.
pub async fn read_at_desk(marloes: &Person) -> Step {
    marloes.tap_with("Cliënten").await?;
    marloes.tap_with("Sem").await?;
    marloes.tap("Reizen").await?;
    marloes.see("2 oefeningen").await?;
    marloes.see(WORD).await?;
    state(marloes).await?;
    marloes.tap("Tabel").await?;
    let script = "const rows = all('table tbody tr:not(.goal)').map((row) => [
            called(row.querySelector('th')), [...row.querySelectorAll('td.c')].map(called)]);
        return JSON.stringify(rows) === JSON.stringify(arguments[0]);";
    marloes.when(&format!("help per part {LETTERS:?}"), script, vec![json!(LETTERS)]).await?;
    sent(marloes).await
}
