//! Somebody with a browser of their own, that can be closed and started cold: what they tap, type and see.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use thirtyfour::error::WebDriverError;
use thirtyfour::prelude::*;
use thirtyfour::{ChromeCapabilities, WebElement};
use tokio::sync::RwLock;

use super::arguments::ARGUMENTS;
use super::look::{self, LOOK};
use super::missed::{Missed, Step};
use super::until::{Look, until};
use super::window::Window;

/// Somebody with a browser.
pub struct Person {
    name: String,
    window: Window,
    profile: PathBuf,
    chromium: Option<PathBuf>,
    chromedriver: String,
    base: String,
    driver: RwLock<Option<WebDriver>>,
    /// What the browser is told beside the usual, when it starts.
    told: Mutex<Vec<String>>,
    /// What was tapped last, and when.
    tapped: Mutex<Option<(String, Instant)>>,
}

/// Who taps the same thing again has looked in between: the app takes no tap that comes sooner than anybody can see what the last one did.
const LOOKS: Duration = Duration::from_millis(400);

impl Person {
    pub(super) fn new(
        name: &str,
        window: Window,
        folder: &Path,
        (chromium, chromedriver): (Option<PathBuf>, String),
        base: String,
    ) -> Self {
        let profile = folder.join(format!("profile-{name}"));
        Self {
            name: name.to_owned(),
            window,
            profile,
            chromium,
            chromedriver,
            base,
            driver: RwLock::new(None),
            told: Mutex::default(),
            tapped: Mutex::default(),
        }
    }

    /// Their first name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The folder that the browser keeps everything in.
    #[must_use]
    pub fn profile(&self) -> &Path {
        &self.profile
    }

    /// The open browser.
    ///
    /// # Errors
    /// When it is closed.
    pub async fn driver(&self) -> Step<WebDriver> {
        self.driver.read().await.clone().ok_or_else(|| self.missed("the browser is closed"))
    }

    /// Starts the browser on what is left of the last time, at an address inside the app or a whole one.
    ///
    /// # Errors
    /// When the browser does not start, or the page does not come.
    pub async fn open(&self, address: &str) -> Step {
        let capabilities = self.capabilities()?;
        // Right after closing, the profile may still be held for a moment.
        let driver = until("the browser to start", async || {
            match WebDriver::new(&self.chromedriver, capabilities.clone()).await {
                Ok(driver) => Look::Here(driver),
                Err(error) => Look::NotYet(error.to_string()),
            }
        })
        .await
        .map_err(|missed| missed.of(&self.name))?;
        self.driver.write().await.replace(driver);
        self.resize(self.window).await?;
        self.go(address).await
    }

    /// Tells the browser something more when it starts the next time, as `--enable-blink-features=…`.
    pub fn tells_the_browser(&self, argument: &str) {
        self.told.lock().unwrap_or_else(PoisonError::into_inner).push(argument.to_owned());
    }

    /// Another size of the window.
    ///
    /// # Errors
    /// When the browser does not do it.
    pub async fn resize(&self, window: Window) -> Step {
        let (width, height) = window.size();
        let metrics =
            json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": window != Window::Desk});
        self.devtools("Emulation.setDeviceMetricsOverride", metrics).await?;
        Ok(())
    }

    /// A command of the browser's developer tools.
    ///
    /// # Errors
    /// When the browser refuses it.
    pub async fn devtools(&self, command: &str, parameters: Value) -> Step<Value> {
        let driver = self.driver().await?;
        driver.cdp().send_raw(command, parameters).await.map_err(|error| Missed::from(error).of(&self.name))
    }

    /// Closes the browser; what it keeps stays on its disk.
    ///
    /// # Errors
    /// When it does not close.
    pub async fn close(&self) -> Step {
        match self.driver.write().await.take() {
            Some(driver) => driver.quit().await.map_err(|error| Missed::from(error).of(&self.name)),
            None => Err(self.missed("the browser is closed already")),
        }
    }

    /// Types an address.
    ///
    /// # Errors
    /// When no page comes.
    pub async fn go(&self, address: &str) -> Step {
        let whole = if address.starts_with('/') { format!("{}{address}", self.base) } else { address.to_owned() };
        self.driver().await?.goto(whole).await.map_err(|error| Missed::from(error).of(&self.name))
    }

    /// Taps what is called exactly this.
    ///
    /// # Errors
    /// When it does not come, or cannot be tapped.
    pub async fn tap(&self, called: &str) -> Step {
        self.tap_thing(called, true).await
    }

    /// Taps the first thing whose name has this in it.
    ///
    /// # Errors
    /// When it does not come, or cannot be tapped.
    pub async fn tap_with(&self, part: &str) -> Step {
        self.tap_thing(part, false).await
    }

    /// The same after a look at what the last tap brought: what follows at once is taken for a trembling finger.
    ///
    /// # Errors
    /// As there.
    pub async fn look_and_tap(&self, called: &str) -> Step {
        let last = self.tapped.lock().unwrap_or_else(PoisonError::into_inner).as_ref().map(|(_, at)| at.elapsed());
        tokio::time::sleep(LOOKS.saturating_sub(last.unwrap_or(LOOKS))).await;
        self.tap(called).await
    }

    async fn tap_thing(&self, called: &str, whole: bool) -> Step {
        let driver = self.driver().await?;
        let before = self.tapped.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some((_, at)) = before.filter(|(before, _)| before == called) {
            tokio::time::sleep(LOOKS.saturating_sub(at.elapsed())).await;
        }
        let tapped = self
            .until(&format!("“{called}” to tap"), async || {
                let Some(thing) = look::thing(&driver, called, whole).await? else { return Ok(None) };
                thing.click().await.map(Some)
            })
            .await;
        *self.tapped.lock().unwrap_or_else(PoisonError::into_inner) = Some((called.to_owned(), Instant::now()));
        tapped
    }

    /// Waits until these words stand on the screen.
    ///
    /// # Errors
    /// When they do not come.
    pub async fn see(&self, words: &str) -> Step {
        self.when(
            &format!("the words “{words}”"),
            "return tidy(words(root())).includes(arguments[0]);",
            vec![json!(words)],
        )
        .await
    }

    /// Waits until these words do not stand on the screen.
    ///
    /// # Errors
    /// When they stay.
    pub async fn see_no(&self, words: &str) -> Step {
        let script = "return !tidy(words(root())).includes(arguments[0]);";
        self.when(&format!("“{words}” to go"), script, vec![json!(words)]).await
    }

    /// Waits until a script says true. It may use the functions of `look.js`.
    ///
    /// # Errors
    /// When it never does.
    pub async fn when(&self, what: &str, script: &str, arguments: Vec<Value>) -> Step {
        let driver = self.driver().await?;
        self.until(what, async || Ok(look::holds(&driver, script, arguments.clone()).await?.then_some(()))).await
    }

    /// What a script gives now.
    ///
    /// # Errors
    /// When it throws.
    pub async fn read(&self, script: &str, arguments: Vec<Value>) -> Step<Value> {
        look::look(&self.driver().await?, script, arguments).await.map_err(|error| Missed::from(error).of(&self.name))
    }

    /// Goes back as the browser's own button does.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn go_back(&self) -> Step {
        let which = std::time::UNIX_EPOCH.elapsed().map_or(0, |since| since.as_micros()).to_string();
        self.read("return backOnce(arguments[0]);", vec![json!(which)]).await.map(drop)
    }

    /// What a script with a promise gives. It may use the functions of `look.js`.
    ///
    /// # Errors
    /// When it throws or is not kept.
    pub async fn promised(&self, body: &str) -> Step<Value> {
        let script = format!(
            "{LOOK}
             const done = arguments[arguments.length - 1];
             (async () => {{ {body} }})().then((value) => done({{ value }}), (reason) => done({{ reason: String(reason) }}));"
        );
        let answer = self.driver().await?.execute_async(script, Vec::new()).await?;
        match (answer.json().get("value"), answer.json().get("reason")) {
            (Some(value), _) => Ok(value.clone()),
            (None, None) => Ok(Value::Null),
            (None, Some(reason)) => Err(self.missed(&format!("a script said {reason}"))),
        }
    }

    /// Waits until a script with a promise gives this word.
    ///
    /// # Errors
    /// When it never does; then what it gave last.
    pub async fn when_promised(&self, what: &str, body: &str, word: &str) -> Step {
        let found = until(what, async || match self.promised(body).await {
            Ok(Value::String(given)) if given == word => Look::Here(()),
            Ok(other) => Look::NotYet(other.to_string()),
            Err(missed) => Look::NotYet(missed.to_string()),
        });
        found.await.map_err(|missed| missed.of(&self.name))
    }

    /// Lays what waits on this device in the tray, as if the server had refused it for want of a consent. No screen lets a person do
    /// what the server would refuse, so it takes a hand in the store.
    ///
    /// # Errors
    /// When there is no store.
    pub async fn refuse_what_waits(&self) -> Step {
        self.when_promised("the edits to be in the tray", include_str!("refused.js"), "moved").await
    }

    /// The words of each element in sight.
    ///
    /// # Errors
    /// When the page does not answer.
    pub async fn words_of(&self, css: &str) -> Step<Vec<String>> {
        let read = self.read("return all(arguments[0]).map(called);", vec![json!(css)]).await?;
        let words = read.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned);
        Ok(words.collect())
    }

    /// Types in the field with this label, in place of what stands there.
    ///
    /// # Errors
    /// When there is no such field.
    pub async fn write(&self, label: &str, text: &str) -> Step {
        let driver = self.driver().await?;
        let script = "const found = field(arguments[0]);
            found?.scrollIntoView({ block: 'center', behavior: 'instant' });
            found?.focus();
            found?.select?.();
            return found ?? null;";
        self.until(&format!("the field “{label}”"), async || {
            let Some(field) = look::find(&driver, script, vec![json!(label)]).await? else { return Ok(None) };
            field.send_keys(text).await.map(Some)
        })
        .await
    }

    /// Leaves the field that is being typed in.
    ///
    /// # Errors
    /// When the page does not answer.
    pub async fn leave_field(&self) -> Step {
        self.read("document.activeElement?.blur(); return true;", vec![]).await.map(drop)
    }

    /// Gives a photo to what is called this.
    ///
    /// # Errors
    /// When there is no such thing.
    pub async fn give_photo(&self, called: &str, photo: &Path) -> Step {
        let driver = self.driver().await?;
        let script = "return find('label.photo-input', arguments[0], true)?.querySelector('input') ?? null;";
        self.until(&format!("“{called}” for a photo"), async || {
            let Some(input) = look::find(&driver, script, vec![json!(called)]).await? else { return Ok(None) };
            input.send_keys(photo.display().to_string()).await.map(Some)
        })
        .await
    }

    /// What the window shows, as a PNG.
    ///
    /// # Errors
    /// When the browser gives none.
    pub async fn picture(&self) -> Step<Vec<u8>> {
        self.driver().await?.screenshot_as_png().await.map_err(|error| Missed::from(error).of(&self.name))
    }

    /// Where the browser is inside the app.
    ///
    /// # Errors
    /// When the page does not answer.
    pub async fn place(&self) -> Step<String> {
        Ok(self.read("return location.pathname;", vec![]).await?.as_str().unwrap_or_default().to_owned())
    }

    /// An error of this person.
    #[must_use]
    pub fn missed(&self, sentence: &str) -> Missed {
        Missed::new(sentence).of(&self.name)
    }

    /// Looks until something is there. What the page does between two looks, such as drawing an element anew, is no trouble.
    ///
    /// # Errors
    /// When it is not there in time.
    pub async fn until<T>(&self, what: &str, look: impl AsyncFn() -> Result<Option<T>, WebDriverError>) -> Step<T> {
        let driver = self.driver().await?;
        let found = until(what, async || match look().await {
            Ok(Some(found)) => Look::Here(found),
            Ok(None) => Look::NotYet(String::new()),
            Err(error) => Look::NotYet(error.to_string()),
        });
        match found.await {
            Ok(found) => Ok(found),
            Err(missed) => Err(Missed::new(format!("{missed} {}", look::screen(&driver).await)).of(&self.name)),
        }
    }

    /// The element a script finds, for what the other ways cannot do.
    ///
    /// # Errors
    /// When it does not come.
    pub async fn element(&self, what: &str, script: &str, arguments: Vec<Value>) -> Step<WebElement> {
        let driver = self.driver().await?;
        self.until(what, async || look::find(&driver, script, arguments.clone()).await).await
    }

    fn capabilities(&self) -> Step<ChromeCapabilities> {
        let mut capabilities = ChromeCapabilities::new();
        if let Some(chromium) = &self.chromium {
            capabilities.set_binary(&chromium.display().to_string())?;
            // A browser without windows, that ChromeDriver starts in a way of its own.
            if chromium.file_name().is_some_and(|name| name.to_string_lossy().contains("headless-shell")) {
                capabilities.set("browserName", json!("chrome-headless-shell"))?;
            }
        }
        let (width, height) = self.window.size();
        for argument in ARGUMENTS {
            capabilities.add_arg(argument)?;
        }
        for argument in self.told.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            capabilities.add_arg(argument)?;
        }
        capabilities.add_arg(&format!("--window-size={width},{height}"))?;
        capabilities.add_arg(&format!("--user-data-dir={}", self.profile.display()))?;
        capabilities.set("goog:loggingPrefs", json!({"browser": "ALL"}))?;
        capabilities.set("timeouts", json!({"script": 30_000, "pageLoad": 60_000}))?;
        Ok(capabilities)
    }
}
