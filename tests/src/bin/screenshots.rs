//! Every screen in both languages, light and dark, on a phone and at a desk, as pictures in `tests/screenshots/` for people to look at.

use std::fs;
use std::path::{Path, PathBuf};

use opstap_tests::album::{self, Screen};
use opstap_tests::browser::{Missed, Person, Stage, Step, Tools, Window};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Missed> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("screenshots");
    if std::env::args().len() == 1 {
        let _ = fs::remove_dir_all(&folder);
    }
    fs::create_dir_all(&folder)?;
    let mut stage = Stage::set(&Tools::find()?)?;
    let taken = take_all(&mut stage, &folder).await;
    stage.clear().await;
    eprintln!("{} pictures in {}", taken?, folder.display());
    Ok(())
}

async fn take_all(stage: &mut Stage, folder: &Path) -> Step<usize> {
    let mut count = 0;
    for turn in 0.. {
        let Some(album) = album::prepare(stage, turn).await? else { break };
        for language in ["nl", "en"] {
            for theme in ["light", "dark"] {
                album::choose(&album.person, language, theme).await?;
                for screen in album.screens.iter().filter(|screen| wanted(screen.name)) {
                    let name = format!("{}-{}-{language}-{theme}", album.person.name().to_lowercase(), screen.name);
                    count += shoot(&album.person, screen, folder, &name).await?;
                }
            }
        }
        // Who comes again later finds it as it is at first.
        album::choose(&album.person, "nl", "light").await?;
        album.person.close().await?;
    }
    Ok(count)
}

/// Whether a screen is one of those named as arguments; without any, all are.
fn wanted(screen: &str) -> bool {
    let mut named = std::env::args().skip(1).peekable();
    named.peek().is_none() || named.any(|name| name == screen)
}

/// Opens a screen and takes it in both sizes.
async fn shoot(person: &Person, screen: &Screen, folder: &Path, name: &str) -> Step<usize> {
    person.go(&screen.address).await?;
    let sizes = [Window::Phone, Window::Desk];
    for window in sizes {
        person.resize(window).await?;
        screen.again(person).await?;
        let (width, height) = window.size();
        let picture: PathBuf = folder.join(format!("{name}-{width}x{height}.png"));
        fs::write(picture, person.picture().await?)?;
    }
    Ok(sizes.len())
}
