//! Karin wants to hear that there is a message while Opstap is closed. The browser says no, then yes; a push service of the test's own
//! gets what the server seals for her phone, and the app's worker makes a notice of it that says nothing of anybody.
//!
//! A browser's real push service is on the internet. So the test gives the browser a subscription, with keys that are really used, and hands
//! the worker what came out of the seal.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use opstap_tests::browser::{PATIENCE, Person, Stage, Step, Tools, Window};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::timeout;

use crate::cast::{may_show_notices, pair};
use crate::subscription::Subscription;

#[tokio::test]
async fn a_supporter_hears_of_a_message_while_the_app_is_closed_and_switches_it_off() {
    let Some(tools) = Tools::find_or_skip().map(Tools::with_windows) else { return };
    Stage::play(&tools, "notices", tell).await;
}

const SWITCH: &str = "Laat me weten als er een bericht is";

async fn tell(stage: &mut Stage) -> Step {
    stage.step("the browser was told no, and the app says where that is changed");
    let (karin, sem) = (stage.person("Karin", Window::Phone), stage.person("Sem", Window::Phone));
    tokio::try_join!(pair(stage, &karin, "Naar school"), pair(stage, &sem, "Mijn boek"))?;
    let origin = stage.server.base();
    may_show_notices(&karin, &origin, "denied").await?;
    karin.go("/support/notices").await?;
    karin.see("Opstap mag hier geen meldingen geven. Dat verander je in de browser.").await?;
    let none = "return !find('[role=switch]', arguments[0], false);";
    karin.when("no switch that does nothing", none, vec![json!(SWITCH)]).await?;

    stage.step("it may after all: she switches it on");
    let (address, mut service) = push_service().await?;
    let subscription = Subscription::new();
    may_show_notices(&karin, &origin, "granted").await?;
    gives_this_subscription(&karin, &subscription.body(&address, "")).await?;
    karin.go("/support/notices").await?;
    karin.see("Nu zie je berichten alleen als je Opstap opent.").await?;
    karin.tap_with(SWITCH).await?;
    karin.see("Je telefoon zegt: “Er is een bericht”. Van wie, staat er niet bij.").await?;

    stage.step("she closes the app, Sem writes, and her phone shows that there is a message");
    karin.go("about:blank").await?;
    tells_karin(&sem, "moe").await?;
    let body = gets(&karin, &mut service).await?;
    let opened = String::from_utf8_lossy(&subscription.opened(&body)).into_owned();
    if opened != "nl" {
        return Err(karin.missed(&format!("the push says “{opened}”")));
    }
    hands_over(&karin, &origin, &opened).await?;
    karin.go("/support/notices").await?;
    let shown = "const worker = await navigator.serviceWorker.ready;
        return (await worker.getNotifications()).map((one) => `${one.title}: ${one.body}`).join();";
    karin.when_promised("the notice", shown, "Opstap: Er is een bericht").await?;

    stage.step("she wants it no more, and the server knows");
    karin.see("Je telefoon zegt: “Er is een bericht”.").await?;
    karin.tap_with(SWITCH).await?;
    karin.see("Nu zie je berichten alleen als je Opstap opent.").await?;
    karin.go("about:blank").await?;
    tells_karin(&sem, "blij").await?;
    // Longer than the server waits for somebody who may be looking.
    match timeout(PATIENCE, service.recv()).await {
        Err(_) => Ok(()),
        Ok(_) => Err(karin.missed("a push came after it was switched off")),
    }
}

/// From the next page on this is the subscription that the browser makes, once it is asked to.
async fn gives_this_subscription(person: &Person, body: &Value) -> Step {
    let given = "const body = GIVEN, mark = 'test-subscribed';
        const { endpoint, p256dh, auth } = body;
        const subscription = {
          toJSON: () => ({ endpoint, keys: { p256dh, auth } }),
          unsubscribe: async () => (localStorage.removeItem(mark), true),
        };
        PushManager.prototype.subscribe = async (options) => {
          if (!options.userVisibleOnly || !options.applicationServerKey) throw new TypeError('as browsers refuse it');
          localStorage.setItem(mark, 'yes');
          return subscription;
        };
        PushManager.prototype.getSubscription = async () => (localStorage.getItem(mark) ? subscription : null);";
    let source = given.replace("GIVEN", &body.to_string());
    person.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source })).await.map(drop)
}

/// Hands the app's worker what came, as the browser does.
async fn hands_over(person: &Person, origin: &str, data: &str) -> Step {
    person.devtools("ServiceWorker.enable", json!({})).await?;
    // The first worker of a new profile.
    let push = json!({ "origin": origin, "registrationId": "0", "data": data });
    person.devtools("ServiceWorker.deliverPushMessage", push).await.map(drop)
}

/// Sem taps how he is, for his mother.
async fn tells_karin(sem: &Person, mood: &str) -> Step {
    sem.go("/messages").await?;
    sem.tap_with("Karin").await?;
    sem.tap(mood).await?;
    let gone = "return all('.said.mine').some((one) => one.querySelector(`img[alt=${arguments[0]}]`) !== null
        && one.querySelector('.chip.sent') !== null);";
    sem.when("what he said to be sent", gone, vec![json!(mood)]).await
}

/// A push service of the test's own: its address, and what it gets.
async fn push_service() -> Step<(String, UnboundedReceiver<Bytes>)> {
    let (got, gets) = unbounded_channel();
    let take = |State(got): State<UnboundedSender<Bytes>>, body: Bytes| async move {
        match got.send(body) {
            Ok(()) => StatusCode::CREATED,
            Err(_) => StatusCode::GONE,
        }
    };
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = format!("http://{}/push/karin", listener.local_addr()?);
    let router = Router::new().route("/push/karin", post(take)).with_state(got);
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok((address, gets))
}

async fn gets(person: &Person, service: &mut UnboundedReceiver<Bytes>) -> Step<Bytes> {
    match timeout(PATIENCE, service.recv()).await {
        Ok(Some(body)) => Ok(body),
        _ => Err(person.missed("no push came")),
    }
}
