//! Looking at a screen: by script in the page, so that one look sees one state of it.

use serde_json::{Value, json};
use thirtyfour::prelude::ScriptRet;
use thirtyfour::{WebDriver, WebElement, error::WebDriverError};

/// The functions every look begins with.
pub(super) const LOOK: &str = include_str!("look.js");

/// Runs a script after those functions; `arguments` are its arguments.
pub async fn look(driver: &WebDriver, script: &str, arguments: Vec<Value>) -> Result<Value, WebDriverError> {
    let answer = driver.execute(format!("{LOOK}\n{script}"), arguments).await?;
    Ok(answer.json().clone())
}

/// The same, looking for a moment until the script gives something that is not false. In the page itself: asked again and again from
/// outside, driver and browser would be busier with the questions than with the app.
async fn for_a_moment(driver: &WebDriver, script: &str, arguments: Vec<Value>) -> Result<ScriptRet, WebDriverError> {
    let looking = format!(
        "{LOOK}
        const look = async () => {{ {script} }};
        return (async () => {{
            const began = performance.now();
            for (;;) {{
                const found = await look();
                if (found || performance.now() - began > 400) return found ?? null;
                await new Promise((next) => setTimeout(next, 20));
            }}
        }})();"
    );
    driver.execute(looking, arguments).await
}

/// Whether a script says true, now or in a moment.
pub async fn holds(driver: &WebDriver, script: &str, arguments: Vec<Value>) -> Result<bool, WebDriverError> {
    Ok(*for_a_moment(driver, script, arguments).await?.json() == Value::Bool(true))
}

/// The element a script finds, now or in a moment.
pub async fn find(
    driver: &WebDriver,
    script: &str,
    arguments: Vec<Value>,
) -> Result<Option<WebElement>, WebDriverError> {
    let answer = for_a_moment(driver, script, arguments).await?;
    if answer.json().is_null() { Ok(None) } else { answer.element().map(Some) }
}

/// A thing to tap by what it is called, brought into the middle of the screen.
pub async fn thing(driver: &WebDriver, called: &str, whole: bool) -> Result<Option<WebElement>, WebDriverError> {
    let script = "const found = find(things, arguments[0], arguments[1]);
        found?.scrollIntoView({ block: 'center', behavior: 'instant' });
        return found ?? null;";
    find(driver, script, vec![json!(called), json!(whole)]).await
}

/// All words in sight, for whoever waited in vain.
pub async fn screen(driver: &WebDriver) -> String {
    match look(driver, "return [location.pathname, tidy(words(root()))];", vec![]).await {
        Ok(seen) => seen.to_string(),
        Err(error) => error.to_string(),
    }
}
