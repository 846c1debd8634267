//! Each check can fail: a screen without problems gets one, and the check has to name it.

use opstap_tests::album;
use opstap_tests::browser::{Missed, Person, Stage, Step, Tools, Window};
use serde_json::{Value, json};

use super::{axe, by_ear, by_key, sentences, watch};

/// How a check is asked.
#[derive(Clone, Copy, PartialEq)]
enum Asked {
    /// By this name, at once.
    Now(&'static str),
    /// By this name, and it takes its time.
    InTime(&'static str),
    /// By Tab.
    ByKey,
    /// By the tree of a screen reader.
    ByEar,
}

use Asked::{ByEar, ByKey, InTime, Now};

/// What is put wrong, by a script in which `put` adds to the screen, and which words the check then says.
const WRONG: [(Asked, &str, &str); 34] = [
    (Now("wide"), "put('<div style=\"width: 600px\">-</div>');", "wider than the window"),
    (
        Now("size"),
        "put('<button style=\"height: 20px; min-height: 0; width: 90px\">Klein</button>');",
        "has to be 48 by 48",
    ),
    (
        Now("apart"),
        "put('<button class=button>Een</button><br><button class=button style=\"margin-top: 2px\">Twee</button>');",
        "px apart, and not 8",
    ),
    (Now("few"), "put('<p class=primary>1</p>'.repeat(4));", "main actions"),
    (Now("few"), "put('<h1>Nog een titel</h1>');", "2 titles"),
    (Now("few"), "put('<p class=dots>1</p><p class=sentence>1</p><p class=sentence>2</p>');", "more than one step"),
    (Now("still"), "put('<p style=\"animation: appear 1s infinite !important\">-</p>');", "is animated for 1s"),
    (Now("still"), "put('<p style=\"transition: opacity 0.2s !important\">-</p>');", "changes in 0.2s"),
    (Now("still"), "put('<p>-</p>').animate([{ opacity: 0 }, { opacity: 1 }], 60000);", "nothing should"),
    (Now("gestures"), "put('<p>Veeg</p>').addEventListener('touchstart', () => {});", "listens for “touchstart”"),
    (Now("gestures"), "put('<button class=button>Houd vast</button>').oncontextmenu = () => {};", "“contextmenu”"),
    (Now("gestures"), "put('<p draggable=true>Sleep</p>');", "there to be dragged"),
    (Now("gestures"), "document.addEventListener('pointermove', () => {});", "listens for “pointermove”"),
    (Now("spoken"), "document.querySelectorAll('.speak').forEach((one) => one.remove());", "nothing reads it aloud"),
    (
        Now("spoken"),
        "put('<p>Dit zegt niemand.</p>'); speechSynthesis.speak = () => {};",
        "nobody says “Dit zegt niemand.”",
    ),
    (Now("contrast"), "put('<h2 style=\"font-size: 40px; color: #888; background: #fff\">Groot</h2>');", "and not 4.5"),
    (Now("contrast"), "put('<p style=\"color: #666; background: #fff\">Grijs</p>');", "the aim is 7"),
    (Now("contrast"), "put('<p style=\"opacity: 0.3\">Bleek</p>');", "has a contrast of"),
    (Now("contrast"), "put('<input placeholder=Zoek style=\"color: #777; background: #fff\">');", "“Zoek”"),
    (InTime("byAxe"), "put('<img src=\"data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=\">');", "image-alt"),
    (
        InTime("byAxe"),
        "put('<p style=\"background: linear-gradient(#fff, #000)\">Op een verloop</p>');",
        "axe cannot tell color-contrast",
    ),
    (InTime("eightHours"), "setTimeout(() => put('<p>Te laat</p>'), 3 * 60 * 60 * 1000);", "eight hours later"),
    (
        InTime("eightHours"),
        "let left = 5; const on = () => { left -= 1; if (left > 0) setTimeout(on, 30 * 60 * 1000); else put('<p>Weg</p>'); }; on();",
        "eight hours later",
    ),
    (
        InTime("eightHours"),
        "let left = 9; setInterval(() => { left -= 1; if (left === 0) document.querySelector('main h1').remove(); }, 1000);",
        "eight hours later",
    ),
    (
        InTime("eightHours"),
        "const at = Date.now(); addEventListener('focus', () => { if (new Date() - at > 1e7) put('<p>Te lang weg</p>'); });",
        "eight hours later",
    ),
    (
        ByKey,
        "put('<div style=\"display: flex; flex-direction: row-reverse\"><button class=button>A</button><button class=button>B</button></div>');",
        "Tab comes to",
    ),
    (ByKey, "put('<button class=button tabindex=3>Eerst</button>');", "Tab comes to"),
    (ByKey, "put('<button class=button tabindex=-1>Nooit</button>');", "Tab does not reach “Nooit”"),
    (
        ByKey,
        "put('<button style=\"outline: none !important; box-shadow: none !important; border: 0 !important\">Waar</button>');",
        "nothing shows that Tab is at “Waar”",
    ),
    (
        ByEar,
        "put('<div style=\"display: flex; flex-direction: column-reverse\"><button class=button>A</button><button class=button>B</button></div>');",
        "a screen reader comes to",
    ),
    (ByEar, "put('<button class=button aria-hidden=true>Stil</button>');", "does not come to"),
    (ByEar, "put('<button class=button aria-label=\"Iets anders\">Klaar</button>');", "and “klaar” stands on it"),
    (ByEar, "put('<button class=button><svg width=20 height=20></svg></button>');", "finds no name"),
    (
        ByEar,
        "document.querySelector('main').insertAdjacentHTML('afterbegin', '<button class=button>Voor de titel</button>');",
        "before the title",
    ),
];

const PUT: &str = "const put = (html) => {
        const place = document.createElement('div');
        place.style.margin = '20px 0';
        // The page allows no style in its text.
        place.innerHTML = html.replaceAll(' style=', ' data-style=');
        place.querySelectorAll('[data-style]').forEach((one) => { one.style.cssText = one.dataset.style; });
        document.querySelector('main').append(place);
        return place.firstElementChild;
    };";

#[tokio::test]
async fn each_check_of_a_screen_finds_what_is_put_wrong_for_it() {
    let (Some(tools), Some(axe)) = (Tools::find_or_skip(), axe()) else { return };
    let deaf = std::sync::Mutex::new(Vec::new());
    Stage::play(&tools, "accessible-proven", async |stage: &mut Stage| {
        let sem = stage.person("Sem", Window::Small);
        sem.open(&stage.server.link("Sem")?).await?;
        sem.see("Mijn boek").await?;
        watch(&sem, &axe).await?;
        album::choose(&sem, "nl", "light").await?;
        // A screen of which every check is content, and on which nothing is under way.
        let screen = album::Screen::at("about", "/about");
        let mut content = Vec::new();
        for (asked, wrong, says) in WRONG {
            screen.show(&sem).await?;
            if !content.contains(&asked) {
                let before = ask(&sem, asked).await?;
                if !before.is_empty() {
                    return Err(Missed::new(format!("before anything is wrong a check says {before:?}")));
                }
                content.push(asked);
                screen.show(&sem).await?;
            }
            sem.read(&format!("{PUT}\n{wrong}\nreturn true;"), vec![]).await?;
            let told = ask(&sem, asked).await?;
            if !told.iter().any(|told| told.contains(says)) {
                deaf.lock().unwrap().push(format!("after {wrong} no check says “{says}”, but {told:?}"));
            }
        }
        screen.show(&sem).await?;
        sem.read(&format!("{PUT}\nchecks.listen();\nput('<p role=status>Bewaard</p>');\nreturn true;"), vec![]).await?;
        if sem.read("return checks.announced('Bewaard');", vec![]).await? != Value::Bool(false) {
            deaf.lock().unwrap().push("a region that comes with its words counts as told".to_owned());
        }
        Ok(())
    })
    .await;
    let deaf = deaf.into_inner().unwrap();
    assert!(deaf.is_empty(), "{} checks cannot fail:\n{}", deaf.len(), deaf.join("\n"));
}

async fn ask(person: &Person, asked: Asked) -> Step<Vec<String>> {
    Ok(match asked {
        Now(check) => sentences(&person.read("return checks[arguments[0]]();", vec![json!(check)]).await?),
        InTime(check) => sentences(&person.promised(&format!("return checks.{check}();")).await?),
        ByKey => by_key(person).await?,
        ByEar => by_ear(person).await?,
    })
}
