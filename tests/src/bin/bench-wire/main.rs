//! Bytes on the wire, of the ways an edit could be written: prints the table of `docs/adr/0001-the-wire.md`.

mod json;

use std::io::{self, Write};
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;
use json::Naming;
use opstap_core::access::View;
use opstap_core::model::{CircleKind, OrganisationRole, Person};
use opstap_core::protocol::{
    Answer, CircleAnswer, Delivery, Request, WireError, decode_answer, decode_request, encode_answer, encode_request,
};
use opstap_core::{Cell, Change, Edit, Epoch, Millis, PersonId, Record, ServerId};
use opstap_tests::workload::{Draw, Workload};
use uuid::Uuid;

const EVENTS: usize = 10_000;
const BATCH: usize = 100;
/// A page that a phone on a bad line can finish.
const PAGE: usize = 1_000;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let workload = Workload::new(EVENTS, 2026);
    let edits = workload.edits(1);
    let records: Vec<Record> = edits.iter().zip(1..).flat_map(|(edit, number)| made(edit, number)).collect();
    let mut draw = Draw::from_seed(7);
    let uuids: Vec<Uuid> = edits.iter().map(|edit| random_uuid(&mut draw, edit.stamp.millis)).collect();
    let mut out = io::stdout().lock();
    let bare: usize = edits.iter().map(|edit| json::bare(edit).len()).sum();
    writeln!(out, "{EVENTS} step events, {} B each as bare JSON; bytes a record\n", bare / EVENTS)?;
    writeln!(out, "| | raw | gzip-6 | Brotli-5 |\n| --- | ---: | ---: | ---: |")?;

    let names: Vec<_> = edits.iter().map(|edit| edit.name).collect();
    let ways =
        [("JSON, edits named by UUID", Naming::Uuid), ("JSON, edits named (device, n)", Naming::DeviceAndNumber)];
    let batches = || edits.chunks(BATCH).zip(uuids.chunks(BATCH));
    for (label, naming) in ways {
        let bodies = batches().map(|(edits, uuids)| json::push(workload.device, workload.circle, edits, naming, uuids));
        row(&mut out, &format!("push: {label}"), &bodies.collect::<Vec<_>>())?;
    }
    let requests: Vec<Request> = edits.chunks(BATCH).map(|edits| request(&workload, edits)).collect();
    let pushed: Vec<Vec<u8>> = requests.iter().map(encode_request).collect();
    row(&mut out, "push: columns", &pushed)?;
    for (label, naming) in ways {
        let body = json::pull(workload.circle, &records, &names, naming, &uuids);
        row(&mut out, &format!("pull: {label}"), &[body])?;
    }
    let pages: Vec<Vec<u8>> =
        records.chunks(PAGE).map(|page| encode_answer(&answer(&workload, page.to_vec()))).collect();
    row(&mut out, &format!("pull: columns, in pages of {PAGE}"), &pages)?;
    let answer = answer(&workload, records);
    let pulled = encode_answer(&answer);
    row(&mut out, "pull: columns", std::slice::from_ref(&pulled))?;

    writeln!(
        out,
        "\nPush in batches of {BATCH}, pull in one page of {EVENTS}. CPU for all {EVENTS}, columns, best of five:"
    )?;
    let encode_push = best(|| requests.iter().map(encode_request).map(|body| body.len()).sum::<usize>());
    let decode_push = best(|| pushed.iter().map(|body| decode_request(body)).collect::<Result<Vec<_>, _>>());
    let encode_pull = best(|| encode_answer(&answer));
    let decode_pull = best(|| decode_answer(&pulled));
    let millis = |time: Duration| time.as_secs_f64() * 1_000.0;
    writeln!(out, "push: encode {:.1} ms, decode {:.1} ms", millis(encode_push), millis(decode_push))?;
    writeln!(out, "pull: encode {:.1} ms, decode {:.1} ms", millis(encode_pull), millis(decode_pull))?;
    same(&requests, &pushed, &answer, &pulled)?;
    Ok(())
}

/// What was measured must also be right.
fn same(
    requests: &[Request],
    pushed: &[Vec<u8>],
    answer: &Answer,
    pulled: &[u8],
) -> Result<(), Box<dyn std::error::Error>> {
    let read = pushed.iter().map(|body| decode_request(body)).collect::<Result<Vec<_>, WireError>>()?;
    if read != requests || decode_answer(pulled)? != *answer {
        return Err("what was read differs from what was written".into());
    }
    Ok(())
}

fn random_uuid(draw: &mut Draw, now: Millis) -> Uuid {
    uuid::Builder::from_unix_timestamp_millis(now.0, &draw.randomness()).into_uuid()
}

fn request(workload: &Workload, edits: &[Edit]) -> Request {
    Request { epoch: Some(Epoch(1)), edits: edits.to_vec(), waiting: 100, ..Request::of(workload.device) }
}

/// The records an accepted edit makes.
fn made(edit: &Edit, number: u64) -> Vec<Record> {
    let made = edit.changes.iter().filter_map(|change| match change {
        Change::Make { id, kind, parent, cells } => {
            let mut record = Record::new(*id, *kind, *parent);
            record.number = number;
            for (name, value) in cells {
                let cell = Cell { value: value.clone(), stamp: edit.stamp, number };
                record.cells.insert(name.clone(), cell);
            }
            Some(record)
        }
        Change::Set { .. } => None,
    });
    made.collect()
}

fn answer(workload: &Workload, records: Vec<Record>) -> Answer {
    let to = records.last().map_or(0, |record| record.number);
    Answer {
        server: ServerId([1; 16]),
        epoch: Epoch(1),
        time: Workload::BEGIN,
        lease: 14,
        person: Person { id: PersonId([2; 16]), role: OrganisationRole::Professional },
        verdicts: Vec::new(),
        circles: vec![CircleAnswer {
            circle: workload.circle,
            kind: CircleKind::Client,
            view: View::of(1, 3),
            delivery: Delivery::Changes { records, gone: Vec::new(), to, more: false },
            figures: None,
        }],
        left: Vec::new(),
        owners: Vec::new(),
        lacking: Vec::new(),
    }
}

fn row(out: &mut impl Write, label: &str, bodies: &[Vec<u8>]) -> io::Result<()> {
    let mut sums = [0_usize; 3];
    for body in bodies {
        for (sum, size) in sums.iter_mut().zip([body.len(), gzip(body)?, brotli(body)?]) {
            *sum += size;
        }
    }
    let [raw, gzip, brotli] = sums.map(|sum| sum as f64 / EVENTS as f64);
    writeln!(out, "| {label} | {raw:.1} | {gzip:.1} | {brotli:.1} |")
}

fn gzip(body: &[u8]) -> io::Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(6));
    encoder.write_all(body)?;
    Ok(encoder.finish()?.len())
}

fn brotli(body: &[u8]) -> io::Result<usize> {
    let mut encoder = brotli::CompressorWriter::new(Vec::new(), 4_096, 5, 22);
    encoder.write_all(body)?;
    Ok(encoder.into_inner().len())
}

/// The shortest of five: what the work costs when nothing else runs.
fn best<T>(mut work: impl FnMut() -> T) -> Duration {
    let mut best = Duration::MAX;
    for _ in 0..5 {
        let start = Instant::now();
        std::hint::black_box(work());
        best = best.min(start.elapsed());
    }
    best
}
