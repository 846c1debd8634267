//! What only a browser can show: hashes, photos, tabs, the list of stores.

#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failing test may panic anywhere")]

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Uint8Array};
use opstap_browser::{
    Heard, KnownStore, LARGEST_PHOTO, NotAPhoto, Tabs, Web, choose, current, forget, remember, shrink, stores,
};
use opstap_core::model::{OrganisationRole, Person};
use opstap_core::{CircleId, DeviceId, PersonId};
use opstap_sync_client::Platform;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Blob, BlobPropertyBag, CanvasRenderingContext2d, HtmlCanvasElement};

wasm_bindgen_test_configure!(run_in_browser);

async fn pause(millis: u32) {
    gloo_timers::future::TimeoutFuture::new(millis).await;
}

#[wasm_bindgen_test]
async fn a_blob_is_named_by_its_sha_256() {
    let hash = Web.sha256(b"abc").await.unwrap().to_string();
    assert_eq!(hash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

#[wasm_bindgen_test]
fn the_clock_is_of_this_century_and_randomness_differs() {
    assert!(Web.now().0 > 1_700_000_000_000);
    let (mut one, mut other) = ([0; 10], [0; 10]);
    Web.fill(&mut one);
    Web.fill(&mut other);
    assert_ne!(one, other);
}

fn blob(bytes: &[u8], media: &str) -> Blob {
    let options = BlobPropertyBag::new();
    options.set_type(media);
    Blob::new_with_u8_array_sequence_and_options(&Array::of1(&Uint8Array::from(bytes)), &options).unwrap()
}

/// A drawn JPEG, red on the left and blue on the right.
async fn jpeg(width: u32, height: u32) -> Vec<u8> {
    let document = web_sys::window().unwrap().document().unwrap();
    let canvas: HtmlCanvasElement = document.create_element("canvas").unwrap().unchecked_into();
    canvas.set_width(width);
    canvas.set_height(height);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").unwrap().unwrap().unchecked_into();
    context.set_fill_style_str("red");
    context.fill_rect(0.0, 0.0, f64::from(width) / 2.0, f64::from(height));
    context.set_fill_style_str("blue");
    context.fill_rect(f64::from(width) / 2.0, 0.0, f64::from(width), f64::from(height));
    let data = canvas.to_data_url_with_type("image/jpeg").unwrap();
    let base64 = data.split_once(',').unwrap().1;
    let text = web_sys::window().unwrap().atob(base64).unwrap();
    text.chars().map(|byte| byte as u8).collect()
}

/// The same JPEG with EXIF that says: turn it by 90 degrees, and a place in words.
async fn jpeg_on_its_side(width: u32, height: u32) -> Vec<u8> {
    let plain = jpeg(width, height).await;
    let mut tiff = b"MM\0*\0\0\0\x08\0\x01".to_vec();
    tiff.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0]);
    tiff.extend(b"Coolsingel 40");
    let mut segment = b"Exif\0\0".to_vec();
    segment.extend(tiff);
    let length = u16::try_from(segment.len() + 2).unwrap().to_be_bytes();
    [&plain[..2], &[0xff, 0xe1], &length, &segment, &plain[2..]].concat()
}

/// Width and height, from the frame header of a JPEG.
fn size_of(jpeg: &[u8]) -> (u16, u16) {
    let frame = jpeg.windows(4).position(|at| at[0] == 0xff && at[1] == 0xc0).unwrap();
    let number = |at: usize| u16::from_be_bytes([jpeg[frame + at], jpeg[frame + at + 1]]);
    (number(7), number(5))
}

#[wasm_bindgen_test]
async fn a_large_photo_becomes_a_small_jpeg_of_the_same_proportions() {
    let large = jpeg(3_000, 2_000).await;
    let small = shrink(&blob(&large, "image/jpeg")).await.unwrap();
    assert_eq!(&small[..2], &[0xff, 0xd8]);
    assert_eq!(size_of(&small), (1_600, 1_067));
    assert!(small.len() < 300_000);
}

#[wasm_bindgen_test]
async fn a_small_photo_is_not_made_larger() {
    let small = shrink(&blob(&jpeg(320, 240).await, "image/jpeg")).await.unwrap();
    assert_eq!(size_of(&small), (320, 240));
}

#[wasm_bindgen_test]
async fn a_photo_stands_upright_and_the_place_where_it_was_taken_is_gone() {
    let lying = jpeg_on_its_side(400, 200).await;
    let contains = |bytes: &[u8], word: &[u8]| bytes.windows(word.len()).any(|at| at == word);
    assert!(contains(&lying, b"Coolsingel"));
    let small = shrink(&blob(&lying, "image/jpeg")).await.unwrap();
    assert_eq!(size_of(&small), (200, 400));
    assert!(!contains(&small, b"Coolsingel"));
    assert!(!contains(&small, b"Exif"));
}

#[wasm_bindgen_test]
async fn a_broken_and_an_oversized_photo_are_told_apart() {
    assert_eq!(shrink(&blob(b"geen foto", "image/jpeg")).await, Err(NotAPhoto::Broken));
    let mut cut = jpeg(300, 300).await;
    cut.truncate(20);
    assert_eq!(shrink(&blob(&cut, "image/jpeg")).await, Err(NotAPhoto::Broken));
    let huge = vec![0; LARGEST_PHOTO as usize + 1];
    assert_eq!(shrink(&blob(&huge, "image/jpeg")).await, Err(NotAPhoto::TooLarge));
}

fn known(n: u8, name: &str) -> KnownStore {
    let person = Person { id: PersonId([n; 16]), role: OrganisationRole::Professional };
    KnownStore { id: DeviceId([n; 16]), person, name: name.into() }
}

#[wasm_bindgen_test]
async fn two_people_share_a_browser_each_with_a_store() {
    let (sem, karin) = (known(0x51, "Sem"), known(0x52, "Karin \"K\" 😀"));
    remember(&sem);
    remember(&karin);
    assert!(stores().ends_with(&[sem.clone(), karin.clone()]));
    choose(sem.id);
    assert_eq!(current(), Some(sem.clone()));
    choose(karin.id);
    assert_eq!(current(), Some(karin.clone()));
    let again = KnownStore { id: DeviceId([0x53; 16]), ..sem.clone() };
    remember(&again);
    assert!(!stores().contains(&sem));
    forget(karin.id).await;
    forget(again.id).await;
    assert!(!stores().contains(&karin) && !stores().contains(&again));
}

#[wasm_bindgen_test]
async fn one_tab_syncs_and_the_next_takes_over_when_it_is_closed() {
    let id = DeviceId([0x61; 16]);
    let heard = Rc::new(RefCell::new(Vec::new()));
    let listen = |tab: u8| {
        let heard = Rc::clone(&heard);
        Tabs::join(id, move |what| heard.borrow_mut().push((tab, what)))
    };
    let first = listen(1);
    pause(50).await;
    let second = listen(2);
    pause(50).await;
    assert!(first.may_sync() && !second.may_sync());
    let circle = CircleId([7; 16]);
    second.tell(circle);
    second.ask_to_sync();
    pause(50).await;
    assert_eq!(*heard.borrow(), [(1, Heard::MaySync), (1, Heard::Moved(circle)), (1, Heard::SyncAsked)]);
    first.tell_how_it_went('w');
    first.tell(circle);
    pause(50).await;
    assert!(heard.borrow().ends_with(&[(2, Heard::Went('w')), (2, Heard::Moved(circle))]));
    drop(first);
    pause(50).await;
    assert!(second.may_sync());
    assert_eq!(heard.borrow().last(), Some(&(2, Heard::MaySync)));
}

#[wasm_bindgen_test]
async fn a_tab_whose_page_is_left_lets_another_sync_and_waits_its_turn_when_somebody_goes_back() {
    let id = DeviceId([0x62; 16]);
    let first = Tabs::join(id, |_| {});
    pause(50).await;
    assert!(first.may_sync());
    let happens = |event: &str, init: &str| {
        let make = js_sys::Function::new_with_args(
            "event, init",
            "dispatchEvent(new PageTransitionEvent(event, JSON.parse(init)))",
        );
        make.call2(&wasm_bindgen::JsValue::NULL, &event.into(), &init.into()).unwrap();
    };
    happens("pagehide", r#"{"persisted": true}"#);
    let second = Tabs::join(id, |_| {});
    pause(50).await;
    assert!(!first.may_sync() && second.may_sync());
    happens("pageshow", r#"{"persisted": false}"#);
    happens("pageshow", r#"{"persisted": true}"#);
    pause(50).await;
    assert!(second.may_sync() && !first.may_sync());
    drop(second);
    pause(50).await;
    assert!(first.may_sync());
}

#[wasm_bindgen_test]
fn what_the_store_could_not_take_lies_beside_it_in_the_order_in_which_it_was_made() {
    use opstap_browser::{laid_aside, let_go_of, put_aside, read_aside};
    use opstap_core::{Change, Edit, EditName, Millis, RecordId, Seen, Stamp};
    let store = DeviceId([0x63; 16]);
    let edit = |n: u8, text: &str| Edit {
        name: EditName { device: DeviceId([n; 16]), n: 0 },
        stamp: Stamp { millis: Millis(5), counter: 0, device: DeviceId([n; 16]) },
        circle: CircleId([7; 16]),
        seen: Seen::default(),
        beside: None,
        changes: vec![Change::Set { id: RecordId([4; 16]), cells: vec![("text".into(), text.into())] }],
    };
    let made = [edit(1, "Één ei 😀"), edit(2, "Twee")];
    assert!(put_aside(store, &made[1]) && put_aside(store, &made[0]) && put_aside(DeviceId([0x64; 16]), &made[0]));
    let keys: Vec<String> = laid_aside(store).iter().map(|key| key.as_string().unwrap()).collect();
    let read: Vec<Edit> = keys.iter().map(|key| read_aside(key).unwrap()).collect();
    assert_eq!(read, made);
    keys.iter().for_each(|key| let_go_of(key));
    assert_eq!(laid_aside(store).length(), 0);
    laid_aside(DeviceId([0x64; 16])).iter().for_each(|key| let_go_of(&key.as_string().unwrap()));
}
