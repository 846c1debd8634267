//! Codes as somebody typed them, and ids in text: only what was made is let in, however it is written, and once.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use futures::executor::block_on;
use opstap_core::model::OrganisationRole;
use opstap_core::{BlobHash, DeviceId, Millis, PersonId};
use opstap_sync_server::memory::MemoryStorage;
use opstap_sync_server::service::{Invitation, Pairing};
use opstap_sync_server::{Clock, Randomness, Service};

use super::draw::Draw;
use super::run::{fuzz, some_inputs};

/// A clock that the input sets, and randomness that it chooses: codes with many zeros and ones are typed wrong most.
#[derive(Default)]
struct Chosen {
    now: AtomicU64,
    random: AtomicU64,
}

impl Clock for Chosen {
    fn now(&self) -> Millis {
        Millis(self.now.load(Ordering::Relaxed))
    }
}

impl Randomness for Chosen {
    fn fill(&self, bytes: &mut [u8]) {
        for byte in bytes {
            // The next of a sequence that does not repeat for long: two codes alike would be drawn for ever.
            let state = self.random.load(Ordering::Relaxed).wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            self.random.store(state, Ordering::Relaxed);
            *byte = state.to_be_bytes()[0];
        }
    }
}

struct Door {
    service: Service<MemoryStorage>,
    world: Arc<Chosen>,
    people: [PersonId; 2],
}

impl Door {
    fn new(draw: &mut Draw<'_>) -> Self {
        let world =
            Arc::new(Chosen { now: AtomicU64::new(draw.number() >> 16), random: AtomicU64::new(draw.number()) });
        let opened = Service::open(MemoryStorage::new(), world.clone(), world.clone(), Arc::new(()));
        let service = block_on(opened).unwrap();
        let organisation = block_on(service.create_organisation("De Brug")).unwrap();
        let person = || block_on(service.add_person(organisation, OrganisationRole::Participant, "Sem")).unwrap();
        let people = [person(), person()];
        Self { service, world, people }
    }
}

/// What counts of a typed code, by the words of the page: no spaces, dashes and small letters, and what looks alike is the same.
fn read(typed: &str) -> String {
    let read = |letter: char| match letter {
        'o' | 'O' => Some('0'),
        'i' | 'I' | 'l' | 'L' => Some('1'),
        letter if letter.is_ascii_alphanumeric() => Some(letter.to_ascii_uppercase()),
        _ => None,
    };
    typed.chars().filter_map(read).collect()
}

/// A code the way somebody's fingers, or something between, might give it.
fn typed(draw: &mut Draw<'_>, code: &str) -> String {
    let mut typed = String::new();
    for letter in code.chars() {
        match draw.below(24) {
            0 => typed.push(letter.to_ascii_lowercase()),
            1 => typed.extend([letter, *draw.pick(&[' ', '-', '\u{a0}', '–', '.', '\0', '\n'])]),
            2 => typed.push(match letter {
                '0' => *draw.pick(&['o', 'O']),
                '1' => *draw.pick(&['i', 'I', 'l', 'L']),
                other => other,
            }),
            3 if draw.below(4) == 0 => {
                typed.push(*draw.pick(&['0', '1', 'U', 'u', 'é', 'İ', 'ſ', '０', '١', '🚋', 'Z']));
            }
            4 if draw.below(4) == 0 => {}
            5 if draw.below(8) == 0 => typed.extend([letter, letter]),
            _ => typed.push(letter),
        }
    }
    typed
}

/// Invitations and codes at the door, one after another; says how many let somebody in.
fn at_the_door(bytes: &[u8]) -> usize {
    let mut draw = Draw::new(bytes);
    let door = Door::new(&mut draw);
    let mut paired_once = 0;
    let mut made: Vec<(Invitation, PersonId, bool)> = Vec::new();
    while !draw.is_over() {
        if made.is_empty() || draw.below(6) == 0 {
            let person = *draw.pick(&door.people);
            made.push((block_on(door.service.invite(person, draw.number() >> 40)).unwrap(), person, false));
        }
        door.world.now.fetch_add(draw.number() >> 50, Ordering::Relaxed);
        let (invitation, ..) = draw.pick(&made);
        let text = match draw.below(8) {
            0 => String::from_utf8_lossy(draw.bytes(40)).into_owned(),
            1 => typed(&mut draw.clone(), invitation.long.reveal()),
            2 => typed(&mut draw.clone(), &invitation.long.in_halves()),
            3 => typed(&mut draw.clone(), invitation.short.reveal()),
            _ => typed(&mut draw.clone(), &invitation.short.in_halves()),
        };
        draw.bytes(16);
        let device = DeviceId(draw.number().to_be_bytes().repeat(2).try_into().unwrap());
        let paired = block_on(door.service.pair(&text, device));
        let now = door.world.now();
        let meant = made.iter_mut().find(|(invitation, ..)| {
            [&invitation.short, &invitation.long].iter().any(|code| code.reveal() == read(&text))
        });
        match (meant, paired) {
            (None, paired) => assert_eq!(paired, Ok(Pairing::Unknown), "{text:?}"),
            (Some((_, _, true)), paired) => assert_eq!(paired, Ok(Pairing::Used), "{text:?}"),
            (Some((invitation, ..)), paired) if invitation.expires <= now => {
                assert_eq!(paired, Ok(Pairing::Expired), "{text:?}");
            }
            (Some((_, person, used)), Ok(Pairing::Paired { token, person: who })) => {
                assert_eq!(who.id, *person);
                let session = block_on(door.service.session(token.reveal())).unwrap().unwrap();
                assert_eq!((session.person.id, session.device), (*person, device));
                *used = true;
                paired_once += 1;
            }
            // A device of somebody else: the code can still be used.
            (Some(_), paired) => assert!(paired.is_err(), "{paired:?} for {text:?}"),
        }
    }
    paired_once
}

#[test]
fn only_a_code_that_was_made_is_let_in_and_once() {
    fuzz!(|bytes| {
        at_the_door(bytes);
    });
}

#[test]
fn the_codes_that_are_drawn_let_people_in() {
    let paired: usize = some_inputs().map(|bytes| at_the_door(&bytes)).sum();
    assert!(paired > 50, "{paired}");
}

#[test]
fn text_is_an_id_in_one_way_only() {
    fuzz!(|bytes| {
        let mut draw = Draw::new(bytes);
        let digits = b"0123456789abcdefABCDEF-+{}:urid _g";
        let text = match draw.below(3) {
            0 => String::from_utf8_lossy(draw.rest()).into_owned(),
            length => {
                let most = if length == 1 { 64 } else { 36 };
                (0..most)
                    .map(|_| char::from(digits[if draw.below(32) > 0 { draw.below(22) } else { draw.below(34) }]))
                    .collect()
            }
        };
        let plain = text.to_lowercase();
        if let Ok(hash) = text.parse::<BlobHash>() {
            assert_eq!(hash.to_string(), plain, "a blob has one name in its address");
        }
        if let Ok(device) = text.parse::<DeviceId>() {
            assert_eq!(device.to_string().parse(), Ok(device));
            assert!(plain.replace('-', "").contains(&device.to_string()), "{text:?} is not {device}");
        }
    });
}
