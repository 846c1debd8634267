//! The learning curves of a route at the desk: what is said of each goal, drawn and told to a screen reader, and on paper.

use opstap_core::model::HelpLevel;
use opstap_tests::browser::{Missed, Person, Stage, Step, Tools, Window};
use opstap_tests::holder::Holder;
use opstap_tests::weeks::{HELP, practise};
use serde_json::{Value, json};

use crate::cast::pair;

/// The figure of a goal.
const FIGURE: &str =
    "const figure = all('figure.curve').find((one) => called(one.querySelector('b')) === arguments[0]);";

#[tokio::test]
async fn the_learning_curve_of_each_goal_is_said_drawn_and_printed() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools, "curves", tell).await;
}

async fn tell(stage: &mut Stage) -> Step {
    stage.step("after five weeks Marloes looks at the learning curves");
    let mut youssef = Holder::of(&stage.server, "Youssef", 61).map_err(|cause| not_practised(&cause))?;
    practise(&mut youssef).map_err(|cause| not_practised(&cause))?;
    let marloes = stage.person("Marloes", Window::Desk);
    pair(stage, &marloes, "Alles staat op deze laptop").await?;
    marloes.tap_with("Sem").await?;
    marloes.tap("Reizen").await?;
    marloes.tap("Leerlijnen").await?;
    let said = [
        ("Steek over bij het zebrapad", "Gaat vanzelf sinds oefening 3."),
        ("Zoek de goede halte", "Ging vanzelf vanaf oefening 1, en vroeg daarna weer hulp."),
        ("Kijk of het bus 32 is", "Duurt langer dan meestal. Kijk samen naar het doel."),
        ("Check in", "Wordt geleerd: 1 keer geoefend."),
    ];
    for (goal, sentence) in said {
        let script = format!("{FIGURE} return figure !== undefined && called(figure).includes(arguments[1]);");
        marloes.when(&format!("“{sentence}” of “{goal}”"), &script, vec![json!(goal), json!(sentence)]).await?;
    }
    for (goal, levels) in HELP {
        drawn(&marloes, goal, &levels).await?;
    }

    stage.step("it is there without a server too, and comes out of the printer whole");
    stage.server.stop().await?;
    let curves = marloes.place().await?;
    marloes.go(&curves).await?;
    marloes.see("vuistregel").await?;
    prints(&marloes).await
}

fn not_practised(cause: &std::io::Error) -> Missed {
    Missed::new(format!("it was not practised: {cause}"))
}

fn word(level: HelpLevel) -> &'static str {
    match level {
        HelpLevel::ByOneself => "zelf",
        HelpLevel::Hint => "hint",
        HelpLevel::Told => "gezegd",
        HelpLevel::Shown => "voorgedaan",
        HelpLevel::Together => "samen",
    }
}

/// A mark for each practice, the higher the more help, each level with a shape of its own, the fourth on the line of the rule of thumb;
/// and the same as words in a table.
async fn drawn(marloes: &Person, goal: &str, levels: &[HelpLevel]) -> Step {
    let script = format!(
        "{FIGURE}
        const marks = [...figure.querySelectorAll('svg:not(.icon) path')].map((mark) => {{
            const [x, y] = mark.getAttribute('transform').match(/\\d+/g).map(Number);
            return {{ x, y, shape: mark.getAttribute('d') }};
        }});
        const levels = [...figure.querySelectorAll('td')].map((cell) => cell.textContent);
        const heads = [...figure.querySelectorAll('tbody th')].map((cell) => cell.textContent);
        const scale = [...figure.querySelectorAll('text.axis')].map((text) => text.textContent);
        const usual = Number(figure.querySelector('.usual').getAttribute('x1'));
        return [marks, levels, heads, scale, usual];"
    );
    let told = marloes.read(&script, vec![json!(goal)]).await?;
    let list = |at: usize| told.get(at).and_then(Value::as_array).cloned().unwrap_or_default();
    let (marks, words, heads, scale) = (list(0), list(1), list(2), list(3));
    let missed = |what: &str| Err(marloes.missed(&format!("{what} of “{goal}” in {told}")));
    if words != levels.iter().map(|level| json!(word(*level))).collect::<Vec<_>>() {
        return missed("not the words");
    }
    let first = heads.first().and_then(Value::as_str).unwrap_or_default();
    if !first.starts_with("Oefening 1, ") {
        return missed("no day with the first practice");
    }
    if scale != HelpLevel::ALL.iter().map(|level| json!(word(*level))).collect::<Vec<_>>() {
        return missed("not the five levels in words");
    }
    let number = |mark: &Value, of: &str| mark.get(of).and_then(Value::as_u64).unwrap_or_default();
    for (one, level) in marks.iter().zip(levels) {
        for (other, beside) in marks.iter().zip(levels) {
            let (higher, more) = (number(one, "y").cmp(&number(other, "y")).reverse(), level.cmp(beside));
            if higher != more || (one.get("shape") == other.get("shape")) != (level == beside) {
                return missed("a mark that is too high or too low, or the same for another level");
            }
        }
    }
    if marks.len() != levels.len() || marks.get(3).map(|mark| number(mark, "x")) != told.get(4).and_then(Value::as_u64)
    {
        return missed("not a mark for each practice, with the rule of thumb at the fourth");
    }
    Ok(())
}

/// On paper there is nothing but the curves, black on white, within the page, large enough to read, and no figure is cut in two.
async fn prints(marloes: &Person) -> Step {
    marloes.devtools("Emulation.setEmulatedMedia", json!({ "media": "print" })).await?;
    let script = "const mm = 25.4 / 96;
        const told = [];
        const others = [...document.querySelectorAll('.rail, .bar, .foot, .before-print, .button')].filter(inSight);
        told.push(...others.map((one) => `${one.className} would be printed`));
        const sheet = document.querySelector('.curves');
        if (!called(sheet).includes('Naar school') || !called(sheet).includes('Sem')) told.push('not whose curves they are');
        for (const figure of sheet.querySelectorAll('figure.curve')) {
            const plot = figure.querySelector('svg:not(.icon)');
            const [width, height] = [plot, figure].map((one) => one.getBoundingClientRect());
            if (width.width * mm > 186) told.push(`a plot is ${width.width * mm} mm wide`);
            if (height.height * mm > 130) told.push(`a figure is ${height.height * mm} mm high`);
            if (getComputedStyle(figure).breakInside !== 'avoid') told.push('a figure may be cut in two');
            for (const text of plot.querySelectorAll('text')) {
                const points = text.getBoundingClientRect().height * 0.75;
                if (points < 12) told.push(`“${text.textContent}” is ${points} points`);
                if (getComputedStyle(text).fill !== 'rgb(0, 0, 0)') told.push(`“${text.textContent}” is not black`);
            }
        }
        return [told, sheet.querySelectorAll('figure.curve').length];";
    let told = marloes.read(script, vec![]).await?;
    marloes.devtools("Emulation.setEmulatedMedia", json!({ "media": "" })).await?;
    if told.get(0) != Some(&json!([])) {
        return Err(marloes.missed(&format!("on paper: {told}")));
    }
    let pdf = json!({ "preferCSSPageSize": true, "printBackground": false });
    let pdf = marloes.devtools("Page.printToPDF", pdf).await?;
    let count = "return (atob(arguments[0]).match(/\\/Type ?\\/Page\\b(?!s)/g) ?? []).length;";
    let pages = marloes.read(count, vec![pdf.get("data").cloned().unwrap_or_default()]).await?;
    let (pages, figures) =
        (pages.as_u64().unwrap_or_default(), told.get(1).and_then(Value::as_u64).unwrap_or_default());
    // Two or three to a page.
    if pages < figures.div_ceil(3) || pages > figures.div_ceil(2) {
        return Err(marloes.missed(&format!("{figures} figures on {pages} pages")));
    }
    Ok(())
}
