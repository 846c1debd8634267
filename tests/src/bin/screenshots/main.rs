//! Every screen in both languages, light and dark, on a phone and at a desk, as pictures in `tests/screenshots/` for people to look at.

mod screens;

use std::fs;
use std::path::{Path, PathBuf};

use opstap_tests::browser::{Missed, Person, Stage, Step, Tools, Window};
use serde_json::json;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Missed> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("screenshots");
    if std::env::args().len() == 1 {
        let _ = fs::remove_dir_all(&folder);
    }
    fs::create_dir_all(&folder)?;
    let mut stage = Stage::set(&Tools::find()?).await?;
    let mut count = 0;
    for album in screens::prepare(&mut stage).await? {
        for language in ["nl", "en"] {
            for theme in ["light", "dark"] {
                look(&album.person, language, theme).await?;
                for (screen, address) in album.screens.iter().filter(|(screen, _)| wanted(screen)) {
                    let name = format!("{}-{screen}-{language}-{theme}", album.person.name().to_lowercase());
                    count += shoot(&album.person, address, &folder, &name).await?;
                }
            }
        }
        album.person.close().await?;
    }
    eprintln!("{count} pictures in {}", folder.display());
    Ok(())
}

/// Whether a screen is one of those named as arguments; without any, all are.
fn wanted(screen: &str) -> bool {
    let mut named = std::env::args().skip(1).peekable();
    named.peek().is_none() || named.any(|name| name == screen)
}

/// Chooses language and colours as the screen for it keeps them.
async fn look(person: &Person, language: &str, theme: &str) -> Step {
    let script = "localStorage.setItem('opstap-language', arguments[0]);
        localStorage.setItem('opstap-theme', arguments[1]);
        return true;";
    person.read(script, vec![json!(language), json!(theme)]).await.map(drop)
}

/// Opens a screen and takes it in both sizes.
async fn shoot(person: &Person, address: &str, folder: &Path, name: &str) -> Step<usize> {
    person.go(address).await?;
    let sizes = [Window::Phone, Window::Desk];
    for window in sizes {
        person.resize(window).await?;
        let drawn = "return all('.bone').length === 0 && all('main').length > 0
            && all('img').every((image) => image.complete);";
        person.when(&format!("{address} to be drawn"), drawn, vec![]).await?;
        let (width, height) = window.size();
        let picture: PathBuf = folder.join(format!("{name}-{width}x{height}.png"));
        fs::write(picture, person.picture().await?)?;
    }
    Ok(sizes.len())
}
