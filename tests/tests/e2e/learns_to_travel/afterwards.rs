//! After it was closed: the enquiry after a month in pictures, that after three months by telephone, and what the programme counts.

use opstap_tests::browser::{Person, Stage, Step};
use serde_json::json;

use super::{People, opens, opens_training};
use crate::cast::sent;
use crate::together::choose;
use crate::training::stands_at;

/// Fatma closes it, the enquiries are made, and Lies is in the circle no longer.
pub async fn is_closed(stage: &mut Stage, people: &People) -> Step {
    let People { fatma, lies, .. } = people;
    stage.step("what both said yes to waits in the list until Fatma closes it");
    fatma.tap_with("Nazorg").await?;
    fatma.see("nog af te ronden").await?;

    stage.step("Fatma closes it, what is to be asked later is made, and Lies leaves the circle");
    opens_training(fatma, "Overdracht").await?;
    fatma.see("Rina neemt het aan.").await?;
    fatma.see("Jordi vindt het goed.").await?;
    fatma.tap("Rond af").await?;
    fatma.see("Lies gaat dan uit de kring, en ziet niets meer van Jordi.").await?;
    fatma.tap("Ja, rond af").await?;
    stands_at(fatma, "Alleen op reis").await?;
    fatma.see_no("Stop het traject").await?;
    opens(fatma, "Reizen").await?;
    fatma.tap("Het traject").await?;
    for months in ["na 1 maand", "na 3 maanden", "na 6 maanden", "na 12 maanden"] {
        fatma.see(months).await?;
    }
    sent(fatma).await?;
    lies.see_no("Jordi").await?;
    lies.go("/support").await?;
    lies.see_no("Jordi").await
}

/// After a month it is asked on his phone.
pub async fn is_asked_in_pictures(stage: &mut Stage, people: &People) -> Step {
    let jordi = &people.jordi;
    stage.step("Jordi is asked in pictures how it goes");
    jordi.tap("Een vraag voor jou").await?;
    jordi.see("Reis je nog zo?").await?;
    jordi.look_and_tap("Ja").await?;
    jordi.see("Reis je ook andere routes?").await?;
    jordi.look_and_tap("Ja").await?;
    jordi.see("Ga je nog met het busje?").await?;
    jordi.look_and_tap("Minder vaak").await?;
    jordi.see("Waarom ga je nog met het busje?").await?;
    jordi.look_and_tap("bij regen of sneeuw").await?;
    jordi.look_and_tap("Ga verder").await?;
    jordi.see("Hoe helpt Rina jou nog?").await?;
    jordi.look_and_tap("bellen").await?;
    jordi.look_and_tap("Ga verder").await?;
    jordi.see("Wat vind je eng onderweg?").await?;
    jordi.look_and_tap("het donker").await?;
    jordi.look_and_tap("Klaar").await?;
    jordi.see("Dank je wel.").await?;
    jordi.tap("Naar vandaag").await?;
    jordi.see_no("Een vraag voor jou").await?;
    sent(jordi).await
}

/// After three months it is overdue, and Fatma calls.
pub async fn is_asked_by_telephone(stage: &mut Stage, people: &People) -> Step {
    let fatma = &people.fatma;
    stage.step("the next enquiry is overdue, and Fatma asks by telephone");
    fatma.tap_with("Nazorg").await?;
    fatma.tap_with("Jordi").await?;
    fatma.see("te laat").await?;
    fatma.tap("Vraag per telefoon").await?;
    answered(fatma, "Reist de route nog zelf?", "ja").await?;
    answered(fatma, "Ook andere routes?", "ja").await?;
    choose(fatma, "Bijzonder vervoer", "niet meer").await?;
    fatma.write("Wat doet de OV-coach?", "Rina laadt de pas op.").await?;
    fatma.tap("Bewaar").await?;
    fatma.see("Het antwoord is bewaard.").await?;
    for words in ["in de app", "per telefoon", "het donker", "bij regen of sneeuw", "Rina laadt de pas op."] {
        fatma.see(words).await?;
    }
    sent(fatma).await
}

/// Yes or no under a question.
async fn answered(fatma: &Person, question: &str, answer: &str) -> Step {
    let script = "const group = all('[role=radiogroup]').find((one) => called(one) === arguments[0]);
        const choice = [...(group?.children ?? [])].find((one) => called(one) === arguments[1]);
        choice?.click();
        return choice?.getAttribute('aria-checked') === 'true';";
    fatma.when(&format!("“{answer}” to “{question}”"), script, vec![json!(question), json!(answer)]).await
}

/// The programme counts what happened, and nobody typed a figure.
pub async fn counts(stage: &mut Stage, people: &People) -> Step {
    let fatma = &people.fatma;
    stage.step("the programme counts it: started, done, followed up, still travelling, and the time it took");
    fatma.tap("Programma").await?;
    fatma.tap("Alles").await?;
    let stands =
        "return all('tr').some((one) => called(one).startsWith('Jordi') && called(one).includes('reist alleen'));";
    fatma.when("where Jordi stands", stands, vec![]).await?;
    fatma.tap("Cijfers").await?;
    for figure in ["Gestart", "Klaar", "Reist de route nog", "Reist ook andere routes", "Geen bijzonder vervoer meer"] {
        let behind =
            "const row = all('tr').find((one) => called(one.querySelector('th') ?? one).startsWith(arguments[0]));
            row?.querySelector('button')?.click();
            return all('dialog tbody th').map(called).includes('Jordi');";
        fatma.when(&format!("Jordi behind “{figure}”"), behind, vec![json!(figure)]).await?;
        fatma.tap("Sluit").await?;
    }
    for (whose, time) in [("vrijwilligers", "1:45"), ("professionals", "1:30")] {
        let script = "return all('tr').some((one) =>
            called(one).startsWith(`Tijd van ${arguments[0]} per traject`) && called(one).includes(arguments[1]));";
        fatma.when(&format!("the time of {whose}"), script, vec![json!(whose), json!(time)]).await?;
    }
    sent(fatma).await
}
