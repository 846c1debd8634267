//! Sem has his phone remind him of his plans: while Opstap is open in any browser, and when it is closed in one that can wait for a time by
//! itself. What he has done rings no more that day.

use opstap_core::Kind;
use opstap_tests::browser::{Person, Stage, Step, Tools, Window};
use opstap_tests::device::now;
use opstap_tests::holder::Holder;
use serde_json::json;

use crate::cast::{may_show_notices, pair};

#[tokio::test]
async fn a_phone_reminds_of_a_plan_at_its_time_and_says_honestly_when_it_can() {
    let Some(tools) = Tools::find_or_skip().map(Tools::with_windows) else { return };
    Stage::play(&tools, "reminds", tell).await;
}

const SWITCH: &str = "Herinner me op dit toestel";

/// Every page begins shortly before half past seven.
const BEFORE_RISING: &str = "const Then = Date;
    const begins = new Then();
    begins.setHours(7, 29, 40, 0);
    if (begins < Then.now()) begins.setDate(begins.getDate() + 1);
    const ahead = begins - Then.now();
    Date = class extends Then {
      constructor(...given) { given.length > 0 ? super(...given) : super(Then.now() + ahead); }
      static now() { return Then.now() + ahead; }
    };";

/// The days on which this browser is to ring for rising, each with its time.
const TO_RING: &str = "const worker = await navigator.serviceWorker.ready;
    const told = await worker.getNotifications({ includeTriggered: true });
    const times = told.filter((one) => one.title === 'Opstaan' && one.showTrigger)
      .map((one) => new Date(one.showTrigger.timestamp));
    return `${times.length} ${[...new Set(times.map((at) => at.toLocaleTimeString('sv')))].join()}`;";

async fn tell(stage: &mut Stage) -> Step {
    stage.step("the app says that it reminds while it is open, and Sem switches it on");
    let sem = stage.person("Sem", Window::Phone);
    pair(stage, &sem, "Mijn boek").await?;
    let origin = stage.server.base();
    may_show_notices(&sem, &origin, "denied").await?;
    sem.go("/way/remind").await?;
    sem.see("Opstap mag hier geen meldingen geven.").await?;
    may_show_notices(&sem, &origin, "granted").await?;
    sem.go("/way/remind").await?;
    sem.see("De app maakt geen geluid als hij dicht is. Je agenda wel.").await?;
    sem.see("Dat gaat alleen als Opstap open is.").await?;
    sem.tap_with(SWITCH).await?;
    is_on(&sem, true).await?;
    let listed = "return localStorage.getItem('opstap-rings').includes('Opstaan');";
    sem.when("what there is to ring for", listed, vec![]).await?;

    stage.step("at half past seven it rings, without a network too");
    stage.server.stop().await?;
    sem.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": BEFORE_RISING })).await?;
    sem.go("/").await?;
    let rang = "const worker = await navigator.serviceWorker.ready;
        return (await worker.getNotifications()).map((one) => one.title).join();";
    sem.when_promised("the plan to ring", rang, "Opstaan").await?;
    stage.server.start_again()?;

    stage.step("a browser that waits for a time by itself is given the week to come");
    sem.close().await?;
    sem.tells_the_browser("--enable-blink-features=NotificationTriggers");
    sem.open("/").await?;
    may_show_notices(&sem, &origin, "granted").await?;
    sem.go("/way/remind").await?;
    sem.see("Dat gaat ook als Opstap dicht is.").await?;
    sem.see("Je telefoon kan je herinneren. Je agenda ook.").await?;
    sem.see_no("De app maakt geen geluid als hij dicht is.").await?;
    is_on(&sem, true).await?;
    sem.go("/").await?;
    sem.see("Mijn boek").await?;
    let today = today_is_to_come(&sem).await?;
    let days = if today { 7 } else { 6 };
    sem.when_promised("the week to come", TO_RING, &format!("{days} 07:30:00")).await?;

    stage.step("what is done rings no more today, and nothing does once it is switched off");
    if today {
        let mut other = Holder::of(&stage.server, "Sem", 31)?;
        let plan = other.one(Kind::Plan, "title", "Opstaan")?;
        other.run(plan, now())?;
        sem.when_promised("the rest of the week", TO_RING, "6 07:30:00").await?;
    }
    sem.go("/way/remind").await?;
    sem.tap_with(SWITCH).await?;
    is_on(&sem, false).await?;
    sem.when_promised("nothing to ring", TO_RING, "0 ").await
}

/// Whether the switch says so.
async fn is_on(sem: &Person, on: bool) -> Step {
    let script = "return find('[role=switch]', arguments[0], false)?.getAttribute('aria-checked') === arguments[1];";
    sem.when("the switch", script, vec![json!(SWITCH), json!(on.to_string())]).await
}

/// Whether half past seven is still to come today, by the browser's clock.
async fn today_is_to_come(sem: &Person) -> Step<bool> {
    let script = "return new Date() < new Date().setHours(7, 30, 0, 0);";
    Ok(sem.read(script, vec![]).await? == json!(true))
}
