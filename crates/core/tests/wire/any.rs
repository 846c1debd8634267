//! Anything that can be sent, also what no app would send: empty lists, ids of any bytes, numbers as large as they go.

use opstap_core::access::{NotAllowed, View};
use opstap_core::model::{CircleKind, OrganisationRole, Person};
use opstap_core::protocol::{
    Answer, AskedMonth, CircleAnswer, Cursor, CursorOf, Delivery, DeviceOwner, Figure, Figures, LackedBlob, LetGo,
    LoadDigest, LoadPosition, Reason, Request, Verdict, WIRE, What,
};
use opstap_core::{
    BlobHash, BlobRef, Cell, CellName, Change, CircleId, Day, DeviceId, Edit, EditName, Epoch, Kept, Kind, Media,
    Millis, Month, PersonId, Record, RecordId, Seen, ServerId, Stamp, Value,
};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

/// Few ids, so that they repeat; ids as devices make them; and any sixteen bytes.
fn id() -> impl Strategy<Value = [u8; 16]> {
    prop_oneof![
        3 => (0..4_u8).prop_map(|few| RecordId::new(Millis(1_790_000_000_000), [few; 10]).0),
        3 => (0..1_u64 << 48, any::<[u8; 10]>()).prop_map(|(millis, tail)| RecordId::new(Millis(millis), tail).0),
        1 => any::<[u8; 16]>(),
        1 => Just([0; 16]),
        1 => Just([0xff; 16]),
    ]
}

fn number() -> impl Strategy<Value = u64> {
    prop_oneof![4 => 0..300_u64, 2 => 1_790_000_000_000..1_790_000_900_000_u64, 2 => any::<u64>(), 1 => Just(u64::MAX)]
}

fn counter() -> impl Strategy<Value = u32> {
    prop_oneof![3 => 0..3_u32, 1 => any::<u32>(), 1 => Just(u32::MAX)]
}

fn stamp() -> impl Strategy<Value = Stamp> {
    (number(), counter(), id()).prop_map(|(millis, counter, device)| Stamp {
        millis: Millis(millis),
        counter,
        device: DeviceId(device),
    })
}

fn kind() -> impl Strategy<Value = Kind> {
    let known: Vec<Kind> = Kind::all().collect();
    prop_oneof![5 => select(known), 1 => (24..=u16::MAX).prop_map(Kind::from_code)]
}

fn name() -> impl Strategy<Value = CellName> {
    let known = ["title", "text", "at", "deleted", "audience", "order", "step"];
    prop_oneof![4 => select(known.to_vec()).prop_map(CellName::from), 1 => letters(16).prop_map(CellName::from)]
}

/// Letters of one to four bytes, and bytes that are no letter.
fn letters(most: usize) -> impl Strategy<Value = String> {
    let letter = select(vec!['a', 'e', 'n', ' ', '.', 'é', '€', '🚋', '\0', '\n', '\u{10ffff}']);
    vec(letter, 0..=most).prop_map(String::from_iter)
}

fn text() -> impl Strategy<Value = String> {
    let long = "een tekst die langer is dan wat een kolom maar één keer opschrijft";
    let known = select(vec!["", "done", "told", "Pak je jas", long]);
    prop_oneof![3 => known.prop_map(str::to_owned), 3 => letters(50)]
}

fn blob() -> impl Strategy<Value = BlobRef> {
    (any::<[u8; 32]>(), select(vec![Media::Photo, Media::Recording]), any::<u32>())
        .prop_map(|(hash, media, size)| BlobRef { hash: BlobHash(hash), media, size })
}

pub fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        1 => Just(Value::Nothing),
        1 => any::<bool>().prop_map(Value::Bool),
        2 => number().prop_map(|number| Value::Int(number.cast_signed())),
        1 => select(vec![0, -1, i64::MIN, i64::MAX]).prop_map(Value::Int),
        3 => text().prop_map(Value::Text),
        2 => id().prop_map(Value::Id),
        1 => vec(id(), 0..5).prop_map(Value::Ids),
        1 => blob().prop_map(Value::Blob),
    ]
}

pub fn change() -> impl Strategy<Value = Change> {
    let cells = || vec((name(), value()), 0..5);
    prop_oneof![
        (id(), kind(), option::of(id()), cells()).prop_map(|(id, kind, parent, cells)| Change::Make {
            id: RecordId(id),
            kind,
            parent: parent.map(RecordId),
            cells,
        }),
        (id(), cells()).prop_map(|(id, cells)| Change::Set { id: RecordId(id), cells }),
    ]
}

pub fn edit() -> impl Strategy<Value = Edit> {
    let name = (id(), number()).prop_map(|(device, n)| EditName { device: DeviceId(device), n });
    let seen = (number(), number()).prop_map(|(epoch, number)| Seen { epoch: Epoch(epoch), number });
    (name, stamp(), id(), seen, option::of(id()), vec(change(), 0..5)).prop_map(
        |(name, stamp, circle, seen, beside, changes)| Edit {
            name,
            stamp,
            circle: CircleId(circle),
            seen,
            beside: beside.map(PersonId),
            changes,
        },
    )
}

pub fn record() -> impl Strategy<Value = Record> {
    let cell = (value(), stamp(), number()).prop_map(|(value, stamp, number)| Cell { value, stamp, number });
    let kept = (name(), value(), stamp(), number()).prop_map(|(cell, value, stamp, number)| Kept {
        cell,
        value,
        stamp,
        number,
    });
    let parent = option::of(id());
    (id(), kind(), parent, number(), btree_map(name(), cell, 0..5), vec(kept, 0..3)).prop_map(
        |(id, kind, parent, number, cells, kept)| Record {
            id: RecordId(id),
            kind,
            parent: parent.map(RecordId),
            number,
            cells: cells.into_iter().collect(),
            kept,
        },
    )
}

fn position() -> impl Strategy<Value = LoadPosition> {
    (number(), any::<u8>(), id(), counter()).prop_map(|(number, need, id, since)| LoadPosition {
        number,
        need,
        id: RecordId(id),
        since: Day(since),
    })
}

fn cursor() -> impl Strategy<Value = CursorOf> {
    let load = option::of((number().prop_map(View), position()));
    (id(), number(), number(), counter(), load).prop_map(|(circle, view, number, since, load)| CursorOf {
        circle: CircleId(circle),
        cursor: Cursor { view: View(view), number, since: Day(since), load },
    })
}

fn let_go() -> impl Strategy<Value = LetGo> {
    (id(), number(), number()).prop_map(|(circle, view, at)| LetGo {
        circle: CircleId(circle),
        view: View(view),
        at: Millis(at),
    })
}

fn place() -> impl Strategy<Value = Option<(u8, RecordId)>> {
    option::of((any::<u8>(), id().prop_map(RecordId)))
}

fn asked() -> impl Strategy<Value = AskedMonth> {
    (id(), counter(), place()).prop_map(|(circle, month, after)| AskedMonth {
        circle: CircleId(circle),
        month: Month(month),
        after,
    })
}

fn figures() -> impl Strategy<Value = Figures> {
    let what = prop_oneof![select(What::all().collect::<Vec<_>>()), (25..=u16::MAX).prop_map(What::from_code)];
    let row = (counter(), id(), what, number()).prop_map(|(month, of, what, count)| Figure {
        month: Month(month),
        of: RecordId(of),
        what,
        count,
    });
    (counter(), vec(row, 0..4)).prop_map(|(before, rows)| Figures { before: Day(before), rows })
}

pub fn request() -> impl Strategy<Value = Request> {
    let epoch = option::of(number().prop_map(Epoch));
    let more = (vec(let_go(), 0..3), vec(asked(), 0..3));
    (id(), epoch, vec(cursor(), 0..4), vec(edit(), 0..6), any::<u32>(), any::<u32>(), more).prop_map(
        |(device, epoch, cursors, edits, waiting, refused, (let_go, asked))| Request {
            wire: WIRE,
            device: DeviceId(device),
            epoch,
            cursors,
            edits,
            waiting,
            refused,
            let_go,
            asked,
        },
    )
}

fn verdict() -> impl Strategy<Value = Verdict> {
    let reason = prop_oneof![select(Reason::ALL.to_vec()), Just(Reason::NotAllowed(NotAllowed::NoConsent)),];
    prop_oneof![
        (number(), option::of(stamp())).prop_map(|(number, restamped)| Verdict::Accepted { number, restamped }),
        reason.prop_map(Verdict::Refused),
        Just(Verdict::Quarantined),
        Just(Verdict::Later),
    ]
}

fn delivery() -> impl Strategy<Value = Delivery> {
    let records = || vec(record(), 0..5);
    let gone = vec(id().prop_map(RecordId), 0..4);
    prop_oneof![
        (records(), gone, number(), any::<bool>()).prop_map(|(records, gone, to, more)| Delivery::Changes {
            records,
            gone,
            to,
            more,
        }),
        (records(), option::of(position()), number(), number(), number(), number()).prop_map(
            |(records, next, number, count, digest, restored)| {
                Delivery::Load { records, next, number, count, digest: LoadDigest(digest), restored }
            }
        ),
        (records(), counter(), place()).prop_map(|(records, month, next)| Delivery::Month {
            records,
            month: Month(month),
            next,
        }),
    ]
}

fn circle_answer() -> impl Strategy<Value = CircleAnswer> {
    let kind = select(vec![CircleKind::Client, CircleKind::Library, CircleKind::Programme]);
    (id(), kind, number(), delivery(), option::of(figures())).prop_map(|(circle, kind, view, delivery, figures)| {
        CircleAnswer { circle: CircleId(circle), kind, view: View(view), delivery, figures }
    })
}

fn person() -> impl Strategy<Value = Person> {
    let role = select(vec![
        OrganisationRole::Participant,
        OrganisationRole::Professional,
        OrganisationRole::Coordinator,
        OrganisationRole::Administrator,
    ]);
    (id(), role).prop_map(|(id, role)| Person { id: PersonId(id), role })
}

pub fn answer() -> impl Strategy<Value = Answer> {
    let owners = vec((id(), id()), 0..4).prop_map(|owners| {
        let owner = |(device, person)| DeviceOwner { device: DeviceId(device), person: PersonId(person) };
        owners.into_iter().map(owner).collect()
    });
    let lacking = vec((id(), any::<[u8; 32]>()), 0..3).prop_map(|blobs| {
        let lacked = |(circle, hash)| LackedBlob { circle: CircleId(circle), hash: BlobHash(hash) };
        blobs.into_iter().map(lacked).collect()
    });
    let head = (id().prop_map(ServerId), number().prop_map(Epoch), number().prop_map(Millis), counter(), person());
    let left = vec(id().prop_map(CircleId), 0..3);
    (head, vec((number(), verdict()), 0..8), vec(circle_answer(), 0..3), left, owners, lacking).prop_map(
        |((server, epoch, time, lease, person), verdicts, circles, left, owners, lacking)| Answer {
            server,
            epoch,
            time,
            lease,
            person,
            verdicts,
            circles,
            left,
            owners,
            lacking,
        },
    )
}
