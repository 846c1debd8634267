//! What every browser of a journey is started with.

/// Its arguments, beside those of the person.
pub const ARGUMENTS: &[&str] = &[
    "--headless",
    "--no-sandbox",
    // A microphone and camera that are always there and allowed: the real way through the browser, without a person.
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    // Without a graphics card its work would be imitated, at a sixth more of all that a journey computes.
    "--disable-gpu",
    "--disable-gpu-rasterization",
    "--disable-extensions",
    "--disable-component-extensions-with-background-pages",
    "--disable-crash-reporter",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-search-engine-choice-screen",
    "--force-prefers-reduced-motion",
    "--lang=nl",
];
