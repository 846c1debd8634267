//! What is round a browser: the network it has or not, and the clock of its device.

use serde_json::json;

use super::missed::Step;
use super::person::Person;

impl Person {
    /// Switches the network of this device off, or on again, as it goes for somebody who goes down into the metro and comes up. For
    /// everybody else the server goes on. A browser that is closed and started has a network again.
    ///
    /// # Errors
    /// When the browser does not do it.
    pub async fn has_network(&self, on: bool) -> Step {
        self.devtools("Network.enable", json!({})).await?;
        let conditions = json!({ "offline": !on, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        self.devtools("Network.emulateNetworkConditions", conditions).await.map(drop)
    }

    /// From the next page on the clock is so many days ahead, whatever it was before.
    ///
    /// # Errors
    /// When the browser does not do it.
    pub async fn is_ahead(&self, days: u32) -> Step {
        let ahead = "(() => {
            const Then = (globalThis.clockOfTheMachine ??= Date), ahead = DAYS * 86_400_000;
            globalThis.Date = class extends Then {
              constructor(...given) { given.length > 0 ? super(...given) : super(Then.now() + ahead); }
              static now() { return Then.now() + ahead; }
            };
        })();";
        let source = ahead.replace("DAYS", &days.to_string());
        self.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source })).await.map(drop)
    }

    /// From the next page on nothing reaches the server, and the clock is so many days ahead.
    ///
    /// # Errors
    /// When the browser does not do it.
    pub async fn cut_off(&self, days: u32) -> Step {
        self.devtools("Network.enable", json!({})).await?;
        self.devtools("Network.setBlockedURLs", json!({ "urls": ["*/api/*"] })).await?;
        self.is_ahead(days).await
    }
}
