//! One request, answer, edit and record with something of everything in them. Their bytes are pinned, so they never change.

use opstap_core::access::{NotAllowed, View};
use opstap_core::model::{CircleKind, OrganisationRole, Person};
use opstap_core::protocol::{
    Answer, AskedMonth, CircleAnswer, Cursor, CursorOf, Delivery, DeviceOwner, Figure, Figures, LackedBlob, LetGo,
    LoadDigest, LoadPosition, Reason, Request, Verdict, What,
};
use opstap_core::{
    BlobHash, BlobRef, Cell, Change, CircleId, Day, DeviceId, Edit, EditName, Epoch, Kept, Kind, Media, Millis, Month,
    PersonId, Record, RecordId, Seen, ServerId, Sorted, Stamp, Value,
};

const NOW: Millis = Millis(1_793_610_000_000);
const PHONE: DeviceId = DeviceId([0xd1; 16]);
const TABLET: DeviceId = DeviceId([0xd2; 16]);
const SEM: PersonId = PersonId([0x51; 16]);
const CIRCLE: CircleId = CircleId([0xc1; 16]);

fn id(later: u64, random: u8) -> RecordId {
    RecordId::new(NOW.plus(later), [random; 10])
}

fn stamp(later: u64, counter: u32, device: DeviceId) -> Stamp {
    Stamp { millis: NOW.plus(later), counter, device }
}

fn photo() -> Value {
    Value::Blob(BlobRef { hash: BlobHash([0xb1; 32]), media: Media::Photo, size: 184_320 })
}

pub fn edit() -> Edit {
    Edit {
        name: EditName { device: PHONE, n: 41 },
        stamp: stamp(0, 2, PHONE),
        circle: CIRCLE,
        seen: Seen { epoch: Epoch(3), number: 907 },
        beside: Some(SEM),
        changes: vec![
            Change::Make {
                id: id(0, 1),
                kind: Kind::Plan,
                parent: None,
                cells: vec![("title".into(), "Boodschappen doen".into()), ("minutes".into(), Value::Int(600))],
            },
            Change::Make {
                id: id(0, 2),
                kind: Kind::Step,
                parent: Some(id(0, 1)),
                cells: vec![
                    ("order".into(), "a0".into()),
                    ("text".into(), "Pak je tas en je sleutels.".into()),
                    ("picture".into(), photo()),
                ],
            },
            Change::Set {
                id: id(0, 3),
                cells: vec![
                    ("deleted".into(), Value::Bool(true)),
                    ("audience".into(), Value::Ids(vec![SEM.0, [0x52; 16]])),
                    ("hint".into(), Value::Nothing),
                    ("colour".into(), Value::Int(-7)),
                ],
            },
        ],
    }
}

fn event(n: u64) -> Edit {
    let later = n * 61_000;
    Edit {
        name: EditName { device: PHONE, n: 41 + n },
        stamp: stamp(later, 0, PHONE),
        circle: CIRCLE,
        seen: Seen { epoch: Epoch(3), number: 907 },
        beside: None,
        changes: vec![Change::Make {
            id: id(later, 7),
            kind: Kind::StepEvent,
            parent: Some(id(60_000, 6)),
            cells: vec![
                ("step".into(), id(0, 2).into()),
                ("what".into(), "done".into()),
                ("at".into(), Value::Int(NOW.plus(later).0.cast_signed())),
            ],
        }],
    }
}

pub fn request() -> Request {
    let load = LoadPosition { number: 900, need: 1, id: id(0, 9), since: Day(20_669) };
    Request {
        wire: 2,
        device: PHONE,
        epoch: Some(Epoch(3)),
        cursors: vec![
            CursorOf {
                circle: CIRCLE,
                cursor: Cursor { view: View::of(2, 15), number: 907, since: Day(20_662), load: None },
            },
            CursorOf {
                circle: CircleId([0xc2; 16]),
                cursor: Cursor { view: View::of(2, 15), number: 12, since: Day(0), load: Some((View::of(3, 1), load)) },
            },
        ],
        edits: vec![edit(), event(1), event(2), event(3)],
        waiting: 9,
        refused: 1,
        let_go: vec![LetGo { circle: CircleId([0xc3; 16]), view: View(0), at: NOW.plus(7) }],
        asked: vec![
            AskedMonth { circle: CIRCLE, month: Month(674), after: None },
            AskedMonth { circle: CIRCLE, month: Month(675), after: Some((4, id(0, 9))) },
        ],
    }
}

/// The request as version 1 can say it.
pub fn request_1() -> Request {
    let mut request = Request { wire: 1, let_go: Vec::new(), asked: Vec::new(), ..request() };
    for CursorOf { cursor, .. } in &mut request.cursors {
        cursor.since = Day(0);
        if let Some((_, position)) = &mut cursor.load {
            position.since = Day(0);
        }
    }
    request
}

fn cell(value: impl Into<Value>, stamp: Stamp, number: u64) -> Cell {
    Cell { value: value.into(), stamp, number }
}

pub fn record() -> Record {
    let made = stamp(0, 2, PHONE);
    let changed = stamp(90_000, 0, TABLET);
    Record {
        id: id(0, 2),
        kind: Kind::Step,
        parent: Some(id(0, 1)),
        number: 911,
        cells: Sorted::from([
            ("order".into(), cell("a0", made, 908)),
            ("text".into(), cell("Pak je tas.", changed, 911)),
            ("picture".into(), cell(photo(), made, 908)),
            ("colour".into(), cell(Value::Int(-7), made, 908)),
        ]),
        kept: vec![Kept { cell: "text".into(), value: "Pak je tas en je sleutels.".into(), stamp: made, number: 911 }],
    }
}

fn unknown_record() -> Record {
    let made = stamp(5, 0, TABLET);
    Record {
        id: RecordId([0xee; 16]),
        kind: Kind::Unknown(900),
        parent: None,
        number: 912,
        cells: Sorted::from([("shape".into(), cell(Value::Ids(Vec::new()), made, 912))]),
        kept: Vec::new(),
    }
}

fn verdicts() -> Vec<(u64, Verdict)> {
    vec![
        (41, Verdict::Accepted { number: 908, restamped: None }),
        (42, Verdict::Accepted { number: 909, restamped: Some(stamp(1, 3, PHONE)) }),
        (43, Verdict::Refused(Reason::UnknownRecord)),
        (44, Verdict::Refused(Reason::NotAllowed(NotAllowed::NoConsent))),
        (45, Verdict::Quarantined),
        (46, Verdict::Later),
    ]
}

fn figures() -> Figures {
    let row = |month, of, what, count| Figure { month: Month(month), of: id(0, of), what, count };
    Figures {
        before: Day(20_669),
        rows: vec![row(674, 1, What::Runs, 31), row(674, 1, What::RunsDone, 28), row(675, 1, What::Unknown(900), 2)],
    }
}

/// The answer as version 1 can say it.
pub fn answer_1() -> Answer {
    let mut answer = Answer { lease: 0, ..answer() };
    answer.circles.retain(|circle| !matches!(circle.delivery, Delivery::Month { .. }));
    for circle in &mut answer.circles {
        circle.figures = None;
        if let Delivery::Load { next, digest, restored, .. } = &mut circle.delivery {
            (*digest, *restored) = (LoadDigest::default(), 0);
            if let Some(next) = next {
                next.since = Day(0);
            }
        }
    }
    answer
}

pub fn answer() -> Answer {
    let changes = Delivery::Changes {
        records: vec![record(), unknown_record()],
        gone: vec![id(0, 4), id(1, 4)],
        to: 912,
        more: true,
    };
    let load = Delivery::Load {
        records: vec![Record { parent: None, kept: Vec::new(), ..record() }],
        next: Some(LoadPosition { number: 44, need: 1, id: id(0, 2), since: Day(20_669) }),
        number: 44,
        count: 230,
        digest: LoadDigest(0x0102_0304_0506_0708),
        restored: 31,
    };
    let month = Delivery::Month { records: vec![unknown_record()], month: Month(674), next: Some((9, id(0, 9))) };
    Answer {
        server: ServerId([0x5e; 16]),
        epoch: Epoch(3),
        time: NOW.plus(100_000),
        lease: 14,
        person: Person { id: SEM, role: OrganisationRole::Professional },
        verdicts: verdicts(),
        circles: vec![
            CircleAnswer {
                circle: CIRCLE,
                kind: CircleKind::Client,
                view: View::of(2, 15),
                delivery: changes,
                figures: Some(figures()),
            },
            CircleAnswer {
                circle: CircleId([0xc2; 16]),
                kind: CircleKind::Library,
                view: View::of(3, 1),
                delivery: load,
                figures: None,
            },
            CircleAnswer {
                circle: CIRCLE,
                kind: CircleKind::Client,
                view: View::of(2, 15),
                delivery: month,
                figures: None,
            },
        ],
        left: vec![CircleId([0xc3; 16])],
        owners: vec![DeviceOwner { device: PHONE, person: SEM }],
        lacking: vec![LackedBlob { circle: CIRCLE, hash: BlobHash([0xb1; 32]) }],
    }
}
