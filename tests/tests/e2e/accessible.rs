//! Every screen of a client, for somebody who taps with difficulty, sees little, uses keys or has it read aloud: on a small phone with the
//! text twice as large too, light and dark.

use std::path::Path;

use opstap_tests::album::{self, Screen};
use opstap_tests::browser::{Missed, Person, Stage, Step, Tools, Window};
use serde_json::{Value, json};

/// Which screens a client has: the album of a stranger, who pairs, and those of Sem.
const ALBUMS: usize = 7;

/// A stranger's album has the desk's way in too, which no client sees.
const DESK: &str = "desk-";

const PROBLEMS: &str = include_str!("accessible.js");

/// Violations of WCAG 2.2 A and AA, each with what it is about.
const AXE: &str = "const found = await axe.run(document, {
        runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
        rules: { 'target-size': { enabled: true } },
    });
    return found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(' ')).join(', ')}`);";

/// The screens of a client who follows a plan, on which time changes nothing.
const OF_A_RUN: [&str; 14] = [
    "plan",
    "step",
    "step-wordless",
    "step-choices",
    "step-timer",
    "step-other-way",
    "not-managed",
    "all-exits",
    "choose",
    "help",
    "result",
    "result-word",
    "share",
    "share-word",
];

/// The clock goes on eight hours while the screen is there, and the person looks at it again.
const EIGHT_HOURS: &str = "const told = () => location.pathname + ' ' + document.querySelector('main').innerText;
    const [before, now] = [told(), Date.now];
    Date.now = () => now.call(Date) + 8 * 60 * 60 * 1000;
    window.dispatchEvent(new Event('focus'));
    document.dispatchEvent(new Event('visibilitychange'));
    await new Promise((done) => setTimeout(done, 400));
    const after = told();
    Date.now = now;
    return after === before ? [] : [`eight hours later it says “${after}” and not “${before}”`];";

/// Browsers without a screen have no voice: one that keeps what it is given to say.
const VOICE: &str = "const voice = Object.create(SpeechSynthesisVoice.prototype, {
        lang: { get: () => document.documentElement.lang || 'nl' }, localService: { value: true }, name: { value: 'Ellen' } });
    const heard = new EventTarget();
    window.said = [];
    Object.assign(heard, {
        getVoices: () => [voice],
        cancel: () => {},
        speak: (utterance) => { window.said.push(utterance.text); },
    });
    Object.defineProperty(SpeechSynthesisUtterance.prototype, 'voice', { set() {}, get: () => voice });
    Object.defineProperty(window, 'speechSynthesis', { value: heard, configurable: true });";

/// Every text in the main part of a screen is said when its speakers are tapped.
const SPOKEN: &str = "window.said = [];
    const main = document.querySelector('main');
    const speakers = [...main.querySelectorAll('.speak')].filter(inSight);
    if (speakers.length === 0) return ['nothing reads it aloud'];
    speakers.forEach((one) => one.click());
    const heard = window.said.map(tidy).join(' ').replaceAll('\u{ad}', '').toLowerCase();
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    const silent = [];
    while (walker.nextNode()) {
        const { parentElement: of, textContent } = walker.currentNode;
        const text = tidy(textContent).replaceAll('\u{ad}', '');
        if (text === '' || of.closest('.for-voice, [aria-hidden=true]') || !inSight(of)) continue;
        if (!heard.includes(text.toLowerCase())) silent.push(`nobody says “${text}”`);
    }
    speakers.forEach((one) => one.click());
    return silent;";

#[tokio::test]
async fn every_screen_of_a_client_can_be_seen_tapped_heard_and_reached_by_key() {
    let Some(tools) = Tools::find_or_skip() else { return };
    let axe = Path::new(env!("CARGO_MANIFEST_DIR")).join("node_modules/axe-core/axe.min.js");
    let axe = std::fs::read_to_string(axe);
    assert!(axe.is_ok() || std::env::var_os("CI").is_none(), "in CI axe-core must be there: cargo xtask installs it");
    let Ok(axe) = axe else {
        eprintln!("skipped: axe-core is not there; `cargo xtask test e2e` installs it.");
        return;
    };
    let found = std::sync::Mutex::new(Vec::new());
    Stage::play(&tools, "accessible", async |stage: &mut Stage| {
        for turn in 0..ALBUMS {
            stage.step("people do what fills their screens");
            let Some(album) = album::prepare(stage, turn).await? else { break };
            let person = album.person;
            person.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": axe })).await?;
            person.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": VOICE })).await?;
            let still = json!({ "features": [{ "name": "prefers-reduced-motion", "value": "reduce" }] });
            person.devtools("Emulation.setEmulatedMedia", still).await?;
            for screen in album.screens.iter().filter(|screen| !screen.name.starts_with(DESK)) {
                stage.step(screen.name);
                let problems = look(&person, screen).await?;
                found.lock().unwrap().extend(problems);
            }
            person.close().await?;
        }
        Ok(())
    })
    .await;
    let found = found.into_inner().unwrap();
    assert!(found.is_empty(), "{} problems:\n{}", found.len(), found.join("\n"));
}

/// Looks at one screen in every way.
async fn look(person: &Person, screen: &Screen) -> Step<Vec<String>> {
    let mut found = Vec::new();
    for (language, theme, window, text) in [
        ("nl", "light", Window::Phone, 100),
        ("nl", "dark", Window::Phone, 100),
        ("en", "light", Window::Small, 200),
        ("nl", "dark", Window::Small, 200),
    ] {
        album::choose(person, language, theme).await?;
        person.resize(window).await?;
        screen.show(person).await?;
        if text != 100 {
            let larger = "document.documentElement.style.fontSize = `${arguments[0]}%`; return true;";
            person.read(larger, vec![json!(text)]).await?;
            screen.again(person).await?;
        }
        let mut problems = sentences(&person.promised(AXE).await?);
        problems.extend(sentences(&person.read(PROBLEMS, vec![]).await?));
        if text == 100 && theme == "light" {
            problems.extend(sentences(&person.read(SPOKEN, vec![]).await?));
            problems.extend(by_key(person).await?);
        }
        if text == 100 && theme == "light" && OF_A_RUN.contains(&screen.name) {
            problems.extend(sentences(&person.promised(EIGHT_HOURS).await?));
        }
        let at = format!("{} ({language}, {theme}, {} px, {text} %)", screen.name, window.size().0);
        found.extend(problems.into_iter().map(|problem| format!("{at}: {problem}")));
    }
    Ok(found)
}

fn sentences(told: &Value) -> Vec<String> {
    told.as_array().into_iter().flatten().filter_map(|one| one.as_str().map(str::to_owned)).collect()
}

/// Goes through the screen by Tab: everything that can be tapped comes, in the order in which it stands.
async fn by_key(person: &Person) -> Step<Vec<String>> {
    let begin = "document.activeElement?.blur();
        window.reached = [];
        return all(`${things}, textarea, input:not([type=\"file\"])`)
            .filter((one) => one.tabIndex >= 0 && one.getAttribute('aria-disabled') !== 'true' && !one.disabled).length;";
    let count = person.read(begin, vec![]).await?.as_u64().ok_or_else(|| Missed::new("no number of controls"))?;
    for _ in 0..count + 2 {
        for kind in ["rawKeyDown", "keyUp"] {
            let key = json!({ "type": kind, "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9 });
            person.devtools("Input.dispatchKeyEvent", key).await?;
        }
        person.read("window.reached.push(document.activeElement); return true;", vec![]).await?;
    }
    let order = "const wanted = all(`${things}, textarea, input:not([type=\"file\"])`)
            .filter((one) => one.tabIndex >= 0 && one.getAttribute('aria-disabled') !== 'true' && !one.disabled);
        const missing = wanted.filter((one) => !window.reached.includes(one) && !one.matches('label'));
        const places = window.reached.map((one) => wanted.indexOf(one)).filter((place) => place >= 0);
        const first = places.indexOf(Math.min(...places));
        const round = [...places.slice(first), ...places.slice(0, first)];
        const out = round.some((place, at) => at > 0 && at < wanted.length && place < round[at - 1]);
        return [...missing.map((one) => `Tab does not reach “${called(one)}”`), ...(out ? ['Tab goes out of order'] : [])];";
    Ok(sentences(&person.read(order, vec![]).await?))
}
