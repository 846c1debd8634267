//! A small timetable feed, made up for stories: a tram and a bus around a corner in Rotterdam.

use std::fs::File;
use std::io::Write;
use std::path::Path;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::missed::{Missed, Step};

/// The corner: the stop Kleiweg is some forty metres off.
pub const HERE: (f64, f64) = (51.9449, 4.4768);

const FILES: [(&str, &str); 5] = [
    (
        "stops.txt",
        "stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station\n\
         k,Kleiweg,51.94520,4.47710,0,\n\
         b,Bergse Dorpsstraat,51.94620,4.47790,0,\n\
         w,Walenburg,51.93150,4.47150,0,\n\
         c,Centraal Station,51.92440,4.46930,0,\n\
         e,Eendrachtsplein,51.91670,4.47240,0,\n\
         z,Zuidplein,51.88680,4.48890,0,\n",
    ),
    (
        "routes.txt",
        "route_id,agency_id,route_short_name,route_long_name,route_type\n\
         r4,x,4,Molenlaan - Marconiplein,0\n\
         r33,x,33,Kleiweg - Zuidplein,3\n",
    ),
    (
        "trips.txt",
        "route_id,service_id,trip_id,trip_headsign,direction_id\n\
         r4,a,t1,Marconiplein,0\n\
         r4,a,t2,Molenlaan,1\n\
         r33,a,t3,Zuidplein,0\n",
    ),
    (
        "stop_times.txt",
        "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n\
         t1,08:00:00,08:00:00,k,1\n\
         t1,08:04:00,08:04:00,w,2\n\
         t1,08:07:00,08:07:00,c,3\n\
         t1,08:11:00,08:11:00,e,4\n\
         t2,09:00:00,09:00:00,e,1\n\
         t2,09:04:00,09:04:00,c,2\n\
         t2,09:07:00,09:07:00,w,3\n\
         t2,09:11:00,09:11:00,k,4\n\
         t3,10:00:00,10:00:00,b,1\n\
         t3,10:02:00,10:02:00,k,2\n\
         t3,10:30:00,10:30:00,z,3\n",
    ),
    (
        "feed_info.txt",
        "feed_publisher_name,feed_publisher_url,feed_lang,feed_start_date\n\
         De Vervoerder,https://vervoerder.example,nl,20261129\n",
    ),
];

/// Writes it.
pub fn write(path: &Path) -> Step {
    let missed = |cause: zip::result::ZipError| Missed::new(format!("a feed that could not be written: {cause}"));
    let mut zip = ZipWriter::new(File::create(path)?);
    for (name, text) in FILES {
        zip.start_file(name, SimpleFileOptions::default()).map_err(missed)?;
        zip.write_all(text.as_bytes())?;
    }
    zip.finish().map_err(missed).map(drop)
}
