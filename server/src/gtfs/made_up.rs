//! A small feed for tests, made up: two tram lines and a ferry around a square, and a bus that comes from afar.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// The files of a feed, by name.
#[derive(Debug, Clone)]
pub struct MadeUp(pub Vec<(&'static str, Vec<u8>)>);

const STOPS: &str = "\
stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station
area,Marktplein,51.9000,4.5000,1,
m1,Marktplein,51.9000,4.5000,0,area
m2,Marktplein,51.9003,4.5003,,area
k1,\"Kerklaan, oost\",51.9050,4.5050,0,
k2,\"Kerklaan, oost\",51.9052,4.5051,0,
h,Haven,51.9100,4.5100,0,
b,Brug,51.9150,4.5150,0,
v,Verre Dorp,52.5000,5.5000,0,
ent,Ingang,,,2,area
";
const ROUTES: &str = "\
route_id,agency_id,route_short_name,route_long_name,route_type
r2,x,2,Markt - Brug,900
r10,x,10,,0
veer,x,,Veer,4
r7,x,7,,3
";
const TRIPS: &str = "\
route_id,service_id,trip_id,trip_headsign,direction_id
r2,a,t1,Brug,0
r2,a,t2,Brug,0
r2,a,t3,Marktplein,1
r10,a,t4,,0
veer,a,t5,Haven,0
r7,a,t6,Marktplein,0
r7,a,far,Elders,0
";
const STOP_TIMES: &str = "\
trip_id,arrival_time,departure_time,stop_id,stop_sequence
t1,08:00:00,08:00:00,m1,1
t1,08:02:00,08:02:00,k1,2
t1,08:04:00,08:04:00,h,3
t1,08:06:00,08:06:00,b,4
t2,09:00:00,09:00:00,k2,7
t2,09:02:00,09:02:00,h,8
t3,10:06:00,10:06:00,m2,40
t3,10:00:00,10:00:00,b,10
t3,10:04:00,10:04:00,k2,30
t3,10:02:00,10:02:00,h,20
t4,11:00:00,11:00:00,m1,1
t4,11:05:00,11:05:00,b,2
t5,12:00:00,12:00:00,h,1
t5,12:05:00,12:05:00,b,2
t6,13:00:00,13:00:00,b,1
t6,13:01:00,13:01:00,h,2
t6,13:30:00,13:30:00,v,3
t6,14:00:00,14:00:00,k1,4
t6,14:02:00,14:02:00,m1,5
far,15:00:00,15:00:00,v,1
";
const FEED_INFO: &str = "\
feed_publisher_name,feed_publisher_url,feed_lang,feed_start_date
De Vervoerder,https://vervoerder.example,nl,20261129
";

impl MadeUp {
    /// The feed as it should be.
    pub fn feed() -> Self {
        let files = [
            ("stops.txt", STOPS),
            ("routes.txt", ROUTES),
            ("trips.txt", TRIPS),
            ("stop_times.txt", STOP_TIMES),
            ("feed_info.txt", FEED_INFO),
        ];
        Self(files.map(|(name, text)| (name, text.as_bytes().to_vec())).into())
    }

    /// The same with something else in one file.
    pub fn with(mut self, file: &str, change: impl FnOnce(&str) -> String) -> Self {
        let (_, text) = self.0.iter_mut().find(|(name, _)| *name == file).unwrap();
        *text = change(std::str::from_utf8(text).unwrap()).into_bytes();
        self
    }

    /// The same without a file.
    pub fn without(mut self, file: &str) -> Self {
        self.0.retain(|(name, _)| *name != file);
        self
    }

    /// The zip file.
    pub fn zip(&self) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in &self.0 {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(text).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }
}
