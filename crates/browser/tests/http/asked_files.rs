//! Files are asked for with the tag of what is here, kept for one store, and gone when another signs in.

use opstap_browser::{AskedFile, FileTold, Http, KeptFile, drop_files, forget, keep_file, kept_file};
use opstap_core::DeviceId;
use opstap_sync_client::TransportError;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::STORE;
use crate::fake_server::{Said, Server, problem, status};

const STOPS: AskedFile = AskedFile::Stops;
const OTHER: DeviceId = DeviceId([0x52; 16]);

fn kept(tag: &str) -> KeptFile {
    KeptFile { asked: 20_786, tag: tag.to_owned(), text: "opstap-stops\t1\nf\t\t\t\n".to_owned() }
}

#[wasm_bindgen_test]
async fn the_server_is_asked_with_the_tag_of_what_is_here() {
    let these = Said::Answer { status: 200, headers: &[("etag", "W/\"1\"")], body: "Één halte".into() };
    let foreign = Said::Answer { status: 404, headers: &[("content-type", "text/html")], body: Vec::new() };
    let said = vec![these, status(304), problem(404, "no-stops"), foreign, status(401), Said::NoNetwork];
    let server = Server::that_says(said);
    let http = Http::new(STORE);
    let told = FileTold::This { text: "Één halte".to_owned(), tag: "W/\"1\"".to_owned() };
    assert_eq!(http.file(STOPS, "").await, Ok(told));
    assert_eq!(http.file(STOPS, "W/\"1\"").await, Ok(FileTold::Unchanged));
    assert_eq!(http.file(STOPS, "").await, Ok(FileTold::None));
    assert_eq!(http.file(STOPS, "").await, Err(TransportError::Refused), "it is not our server that says so");
    assert_eq!(http.file(STOPS, "").await, Err(TransportError::SignedOut));
    assert_eq!(http.file(STOPS, "").await, Err(TransportError::Offline));
    let calls = server.calls.borrow();
    let tags: Vec<_> = calls.iter().map(|call| call.header("if-none-match")).collect();
    assert_eq!(tags, [None, Some("W/\"1\"".to_owned()), None, None, None, None]);
    assert!(calls.iter().all(|call| call.address == "/api/stops"));
}

#[wasm_bindgen_test]
async fn what_is_kept_is_for_one_store_alone_and_goes() {
    drop_files().await;
    assert_eq!(kept_file(STOPS, STORE).await, None);
    keep_file(STOPS, STORE, &kept("a")).await;
    keep_file(STOPS, STORE, &kept("b")).await;
    assert_eq!(kept_file(STOPS, STORE).await, Some(kept("b")));
    // Another person looks on this phone: what the one before left is thrown away.
    assert_eq!(kept_file(STOPS, OTHER).await, None);
    assert_eq!(kept_file(STOPS, STORE).await, None);
    let none = KeptFile { text: String::new(), ..kept("") };
    keep_file(STOPS, STORE, &none).await;
    assert_eq!(kept_file(STOPS, STORE).await, Some(none), "that the server had none is known for a day too");
    forget(STORE).await;
    assert_eq!(kept_file(STOPS, STORE).await, None);
}

#[wasm_bindgen_test]
async fn signing_out_throws_it_away_also_without_a_network() {
    keep_file(STOPS, STORE, &kept("a")).await;
    let server = Server::that_says(vec![Said::NoNetwork]);
    assert_eq!(Http::new(STORE).sign_out().await, Err(TransportError::Offline));
    drop(server);
    assert_eq!(kept_file(STOPS, STORE).await, None);
}

#[wasm_bindgen_test]
async fn one_file_that_was_never_here_takes_no_other_with_it() {
    keep_file(STOPS, STORE, &kept("a")).await;
    assert_eq!(kept_file(AskedFile::Instruments, STORE).await, None);
    keep_file(AskedFile::Instruments, STORE, &kept("b")).await;
    assert_eq!(kept_file(STOPS, STORE).await, Some(kept("a")));
    drop_files().await;
    assert_eq!(kept_file(AskedFile::Instruments, STORE).await, None);
}
