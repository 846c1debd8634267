//! What comes out of the printer: measured with the page as print media shows it, and counted in the PDF that the browser makes of it.

use opstap_tests::browser::{Person, Stage, Step, Tools, Window};
use serde_json::{Value, json};

use crate::cast::pair;

/// Millimetres and points of a CSS pixel.
const MEASURE: &str = "const mm = 25.4 / 96, pt = 0.75;
    const told = [];
    const sheets = [...document.querySelectorAll('.leaf')];
    for (const [at, sheet] of sheets.entries()) {
        const box = sheet.getBoundingClientRect();
        if (Math.abs(box.width * mm - 210) > 1) told.push(`sheet ${at + 1} is ${box.width * mm} mm wide`);
        if (box.height * mm > 297.5) told.push(`sheet ${at + 1} is ${box.height * mm} mm high`);
        if (sheet.querySelector('h2').innerText.trim() === '') told.push(`sheet ${at + 1} has no title`);
        const walker = document.createTreeWalker(sheet, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
            const text = walker.currentNode;
            if (text.data.trim() === '') continue;
            const size = parseFloat(getComputedStyle(text.parentElement).fontSize) * pt;
            if (size < 14) told.push(`“${text.data}” is ${size} points`);
            const range = document.createRange();
            range.selectNodeContents(text);
            const cell = (text.parentElement.closest('li') ?? sheet).getBoundingClientRect();
            for (const line of range.getClientRects()) {
                if (line.left < cell.left - 1 || line.right > cell.right + 1 || line.bottom > cell.bottom + 1) {
                    told.push(`“${text.data}” is cut off`);
                    break;
                }
            }
        }
    }
    for (const picture of document.querySelectorAll('.cards .well')) {
        const box = picture.getBoundingClientRect();
        if (Math.min(box.width, box.height) * mm < 40) told.push(`a picture is ${box.width * mm} by ${box.height * mm} mm`);
    }
    const others = [...document.querySelectorAll('.rail, .bar, .foot, .top-bar, .floor, .before-print')].filter(inSight);
    told.push(...others.map((one) => `${one.className} would be printed`));
    return [told, sheets.length, document.querySelectorAll('.cards li').length];";

#[tokio::test]
async fn a_plan_as_cards_a_week_and_a_card_to_sign_in_with_come_out_of_the_printer_as_they_stand_on_the_screen() {
    let Some(tools) = Tools::find_or_skip() else { return };
    Stage::play(&tools, "prints", tell).await;
}

async fn tell(stage: &mut Stage) -> Step {
    stage.step("Marloes prints a plan as cards");
    let marloes = stage.person("Marloes", Window::Desk);
    pair(stage, &marloes, "Alles staat op deze laptop").await?;
    marloes.tap_with("Sem").await?;
    marloes.see("Laatst gedaan").await?;
    let client = marloes.place().await?;
    marloes.tap("Plannen").await?;
    marloes.tap_with("Spaghetti").await?;
    marloes.see("Zo ziet Sem het").await?;
    let steps = marloes.read("return all('li.step-row').length;", vec![]).await?.as_u64().unwrap_or_default();
    marloes.tap("Afdrukken").await?;
    marloes.see("Knip langs de stippels.").await?;
    let asked = "window.printed = 0; window.print = () => { window.printed += 1; }; return true;";
    marloes.read(asked, vec![]).await?;
    marloes.tap("Afdrukken").await?;
    marloes.when("the browser to be asked to print", "return window.printed === 1;", vec![]).await?;
    prints(&marloes, steps.div_ceil(6), Some(steps)).await?;

    stage.step("with large cards there are two on a sheet");
    marloes.tap("twee op een blad").await?;
    marloes.when("large cards", "return all('.cards.of-2').length > 0;", vec![]).await?;
    prints(&marloes, steps.div_ceil(2), Some(steps)).await?;

    stage.step("a long sentence takes the room it needs");
    marloes.tap("Terug").await?;
    let long = "Zet de grote pan met water op het vuur en wacht tot het water kookt, doe dan pas het zout erbij.";
    marloes.write("Stap 2", long).await?;
    marloes.leave_field().await?;
    marloes.tap("Afdrukken").await?;
    marloes.see(long).await?;
    prints(&marloes, steps.div_ceil(4), Some(steps)).await?;

    stage.step("the week of Sem");
    marloes.go(&format!("{client}/week")).await?;
    marloes.see("De week van Sem").await?;
    let sheets = marloes.read("return document.querySelectorAll('.leaf').length;", vec![]).await?;
    prints(&marloes, sheets.as_u64().unwrap_or_default(), None).await?;
    let days = "return [...document.querySelectorAll('.week h3')].map((day) => day.innerText).join(' ')
        === 'Maandag Dinsdag Woensdag Donderdag Vrijdag Zaterdag Zondag';";
    marloes.when("seven days", days, vec![]).await?;

    stage.step("the card lets Sem in, once");
    marloes.go(&client).await?;
    // The hours stand above it, and come a moment later.
    marloes.see("Tik, en het is bewaard.").await?;
    marloes.tap("Aanmeldkaart").await?;
    marloes.tap("Sem").await?;
    marloes.see("De kaart werkt één keer").await?;
    prints(&marloes, 1, None).await?;
    let code = marloes.read("return all('.code')[0].innerText;", vec![]).await?;
    let sem = stage.person("Sem", Window::Phone);
    sem.open("/pair").await?;
    sem.write("Code", code.as_str().unwrap_or_default()).await?;
    sem.tap("Zet aan").await?;
    sem.see("Mijn boek").await
}

/// What is printed now is as it should be: so many sheets, each a page of the PDF, and so many cards.
async fn prints(person: &Person, sheets: u64, cards: Option<u64>) -> Step {
    let drawn = "return [...document.images].every((image) => image.complete) && all('.bone').length === 0;";
    person.when("the sheets to be drawn", drawn, vec![]).await?;
    person.devtools("Emulation.setEmulatedMedia", json!({ "media": "print" })).await?;
    let told = person.read(MEASURE, vec![]).await?;
    person.devtools("Emulation.setEmulatedMedia", json!({ "media": "" })).await?;
    let problems = told.get(0).and_then(Value::as_array).cloned().unwrap_or_default();
    if !problems.is_empty() {
        return Err(person.missed(&format!("on paper: {problems:?}")));
    }
    let number = |at: usize| told.get(at).and_then(Value::as_u64).unwrap_or_default();
    if number(1) != sheets || cards.is_some_and(|cards| number(2) != cards) {
        return Err(person.missed(&format!("{sheets} sheets and {cards:?} cards, not {told}")));
    }
    let pdf = json!({ "preferCSSPageSize": true, "printBackground": false });
    let pdf = person.devtools("Page.printToPDF", pdf).await?;
    // It comes in Base64, and each page is an object that says it is one.
    let count = "return (atob(arguments[0]).match(/\\/Type ?\\/Page\\b(?!s)/g) ?? []).length;";
    let pages = person.read(count, vec![pdf.get("data").cloned().unwrap_or_default()]).await?;
    if pages != json!(sheets) {
        return Err(person.missed(&format!("{sheets} sheets became {pages} pages")));
    }
    Ok(())
}
