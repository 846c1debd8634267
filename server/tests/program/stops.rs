//! Stops out of a timetable feed: imported beside a running server, served to who is signed in, and read as a device reads them.

use std::io::Write;
use std::path::Path;

use opstap_core::stops::Stops;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::running::{output_of, program, start};

const STOPS: &str =
    "stop_id,stop_name,stop_lat,stop_lon\na,Marktplein,51.90,4.50\nb,Kerklaan,51.91,4.50\nc,Verre Dorp,53,6\n";
const ROUTES: &str = "route_id,route_short_name,route_long_name,route_type\nr,32,,700\n";
const TRIPS: &str = "route_id,service_id,trip_id,trip_headsign\nr,s,t,Kerklaan\n";
const STOP_TIMES: &str = "trip_id,stop_id,stop_sequence\nt,a,1\nt,b,2\nt,c,3\n";

/// Writes a feed, made up here.
fn feed(path: &Path, stop_times: &str) {
    let mut zip = ZipWriter::new(std::fs::File::create(path).unwrap());
    for (name, text) in
        [("stops.txt", STOPS), ("routes.txt", ROUTES), ("trips.txt", TRIPS), ("stop_times.txt", stop_times)]
    {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap();
}

fn body(answer: &str) -> &str {
    answer.split_once("\r\n\r\n").unwrap().1
}

fn tag(answer: &str) -> &str {
    answer.lines().find_map(|line| line.strip_prefix("etag: ")).unwrap()
}

#[test]
fn stops_are_imported_beside_a_running_server_and_served_once() {
    let folders = tempfile::tempdir().unwrap();
    let (data, zip) = (folders.path().join("data"), folders.path().join("feed.zip"));
    feed(&zip, STOP_TIMES);
    let arguments =
        ["gtfs", "import", zip.to_str().unwrap(), "--near", "51.9,4.5", "--within", "20", "--attribution", "CC0"];
    let running = start(&[], &data);
    let cookie = running.cookie("Youssef", 1);
    let none = running.ask_as("GET /api/stops", 1, &cookie);
    assert!(none.starts_with("HTTP/1.1 404") && none.contains("urn:opstap:problem:no-stops"), "{none}");

    let (done, said, error) = output_of(program(&arguments, &data));
    assert!(done && said[0].starts_with("2 stops and 1 lines are kept"), "{said:?} {error}");
    let told = running.ask_as("GET /api/stops", 1, &cookie);
    let stops = Stops::read(body(&told)).unwrap();
    let names: Vec<_> = stops.places.iter().map(|place| place.name.as_str()).collect();
    assert_eq!((names, stops.feed.attribution.as_str()), (vec!["Marktplein", "Kerklaan"], "CC0"));
    assert_eq!((stops.lines[0].name.as_str(), stops.lines[0].direction.as_str()), ("32", "Kerklaan"));
    assert_eq!(stops.lines[0].places, [0, 1]);

    let again = |tag: &str| running.ask_as("GET /api/stops", 1, &format!("{cookie}\r\nif-none-match: {tag}"));
    assert!(again(tag(&told)).starts_with("HTTP/1.1 304"));
    assert!(again("W/\"other\"").starts_with("HTTP/1.1 200"));
    let stranger = running.ask_as("GET /api/stops", 2, "");
    assert!(stranger.starts_with("HTTP/1.1 401"), "{stranger}");

    // A feed in which anything is wrong changes nothing.
    feed(&zip, &STOP_TIMES.replace("b,2", "b,second"));
    let (done, _, error) = output_of(program(&arguments, &data));
    let fault = "stop_times.txt, line 3, column stop_sequence: a whole number from 0 was expected, “second” found";
    assert!(!done && error.contains(fault) && error.contains("nothing was written"), "{error}");
    assert_eq!(tag(&running.ask_as("GET /api/stops", 1, &cookie)), tag(&told));
    running.stop();
}

#[test]
fn stops_go_along_with_a_backup_and_come_back_with_it() {
    let folders = tempfile::tempdir().unwrap();
    let (data, zip, backup) =
        (folders.path().join("data"), folders.path().join("feed.zip"), folders.path().join("backup"));
    feed(&zip, STOP_TIMES);
    start(&["--empty"], &data).stop();
    let import = ["gtfs", "import", zip.to_str().unwrap(), "--near", "51.9,4.5", "--within", "20"];
    assert!(output_of(program(&import, &data)).0);
    assert!(output_of(program(&["backup", "--to", backup.to_str().unwrap()], &data)).0);
    let elsewhere = folders.path().join("elsewhere");
    assert!(output_of(program(&["restore", "--from", backup.to_str().unwrap()], &elsewhere)).0);
    let read = |folder: &Path| std::fs::read_to_string(folder.join("stops.txt")).unwrap();
    assert_eq!(read(&elsewhere), read(&data));
}
