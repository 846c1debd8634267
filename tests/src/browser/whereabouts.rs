//! Where somebody stands with their phone.

use serde_json::json;

use super::missed::Step;
use super::person::Person;

impl Person {
    /// Stands somewhere, as the device can tell to so many metres, and lets the app ask.
    ///
    /// # Errors
    /// When the browser does not do it.
    pub async fn stands_at(&self, (latitude, longitude): (f64, f64), accuracy: f64) -> Step {
        self.lets_ask_where(true).await?;
        let position = json!({ "latitude": latitude, "longitude": longitude, "accuracy": accuracy });
        self.devtools("Emulation.setGeolocationOverride", position).await.map(drop)
    }

    /// Whether the app may ask where the device is.
    ///
    /// # Errors
    /// When the browser does not do it.
    pub async fn lets_ask_where(&self, may: bool) -> Step {
        let setting = if may { "granted" } else { "denied" };
        let setting = json!({ "permission": { "name": "geolocation" }, "setting": setting });
        self.devtools("Browser.setPermission", setting).await.map(drop)
    }
}
