//! A feed for tests, written as the Dutch national one (OVapi's `gtfs-nl.zip`) is: the files and the columns in its order, ids of numbers,
//! stops with a town before a comma and an area above them, trains whose line is a kind of train, days without a calendar, times past
//! midnight. What stands in it is made up.

use super::made_up::MadeUp;

const AGENCY: &str = "\
agency_id,agency_name,agency_url,agency_timezone,agency_phone
RET,RET,http://www.ret.nl,Europe/Amsterdam,
IFF:NS,NS,http://www.ns.nl,Europe/Amsterdam,
WATERBUS,Waterbus,http://www.waterbus.nl,Europe/Amsterdam,
";
const STOPS: &str = "\
stop_id,stop_code,stop_name,stop_lat,stop_lon,location_type,parent_station,stop_timezone,wheelchair_boarding,platform_code,zone_id
stoparea:18043,,\"Rotterdam, Kleiweg\",51.945220,4.477090,1,,Europe/Amsterdam,0,,
3476001,31001234,\"Rotterdam, Kleiweg\",51.945300,4.477190,0,stoparea:18043,,1,,IFF:rtm:3100
3476002,31001235,\"Rotterdam, Kleiweg\",51.945110,4.476980,0,stoparea:18043,,1,,IFF:rtm:3100
3476003,31001300,\"Rotterdam, Walenburgerweg\",51.931510,4.471530,,,,2,,
stoparea:18100,rtd,Rotterdam Centraal,51.924870,4.469680,1,,Europe/Amsterdam,1,,
3476010,31001400,\"Rotterdam, Centraal Station\",51.924400,4.469300,0,stoparea:18100,,1,A,
2324101,,Rotterdam Centraal,51.925000,4.468900,0,stoparea:18100,,1,3,IFF:rtd
2324102,,Rotterdam Centraal,51.925020,4.468950,0,stoparea:18100,,1,12,IFF:rtd
2324200,,Rotterdam Alexander,51.951700,4.553000,0,stoparea:18200,,1,1,IFF:rta
2324300,,Utrecht Centraal,52.089200,5.109600,0,stoparea:18300,,1,5,IFF:ut
3480001,,\"Rotterdam, Erasmusbrug (waterbus)\",51.909900,4.486100,0,,,0,,
3480002,,\"Rotterdam, Piekstraat\",51.906600,4.513500,0,,,0,,
";
const ROUTES: &str = "\
route_id,agency_id,route_short_name,route_long_name,route_desc,route_type,route_color,route_text_color,route_url
17001,RET,4,\"Molenlaan - Marconiplein\",,0,F07E10,FFFFFF,
17002,IFF:NS,Intercity,Rotterdam Centraal <-> Utrecht Centraal IC2800,,2,,,
17003,WATERBUS,201,Rotterdam - Piekstraat,,4,,,
17004,RET,B4,\"Nachtbus, centrum\",,3,,,
";
const CALENDAR_DATES: &str = "service_id,date,exception_type\n1,20261130,1\n1,20261201,1\n2,20261205,1\n";
const TRIPS: &str = "\
route_id,service_id,trip_id,realtime_trip_id,trip_headsign,trip_short_name,trip_long_name,direction_id,block_id,shape_id,wheelchair_accessible,bikes_allowed
17001,1,260620001,RET:4:1001,Marconiplein,,,0,,901,1,0
17001,1,260620002,RET:4:1002,Molenlaan,,,1,,902,1,0
17002,1,260620003,IFF:IC:2835,Utrecht Centraal,2835,Intercity,0,,903,0,1
17003,1,260620004,,Piekstraat,,,0,,,0,1
17004,2,260620005,RET:B4:1,\"Rotterdam, Kleiweg\",,,0,,904,1,0
";
const STOP_TIMES: &str = "\
trip_id,stop_sequence,stop_id,stop_headsign,arrival_time,departure_time,pickup_type,drop_off_type,timepoint,shape_dist_traveled,fare_units_traveled
260620001,1,3476001,,08:00:00,08:00:00,0,1,1,0,0
260620001,2,3476003,,08:04:00,08:04:00,0,0,0,1534,1531
260620001,3,3476010,Marconiplein via Centraal,08:07:00,08:07:00,0,0,0,2411,2402
260620002,1,3476010,,23:58:00,23:58:00,0,1,1,0,0
260620002,2,3476003,,24:01:00,24:01:00,0,0,0,880,870
260620002,3,3476002,,24:05:00,24:05:00,1,0,1,2411,2402
260620003,1,2324101,,09:05:00,09:05:00,0,1,1,0,0
260620003,2,2324200,,09:13:00,09:14:00,0,0,1,8100,8000
260620003,3,2324300,,09:42:00,09:42:00,1,0,1,56000,55000
260620004,1,3480001,,10:00:00,10:00:00,0,1,1,0,
260620004,2,3480002,,10:12:00,10:12:00,1,0,1,2000,
260620005,1,3476010,,25:30:00,25:30:00,0,1,1,0,0
260620005,2,3476002,,25:41:00,25:41:00,1,0,1,2411,2402
";
const SHAPES: &str =
    "shape_id,shape_pt_sequence,shape_pt_lat,shape_pt_lon,shape_dist_traveled\n901,1,51.9453,4.4771,0\n";
const TRANSFERS: &str = "from_stop_id,to_stop_id,from_route_id,to_route_id,from_trip_id,to_trip_id,transfer_type\n";
const FEED_INFO: &str = "\
feed_publisher_name,feed_id,feed_publisher_url,feed_lang,feed_start_date,feed_end_date,feed_version
OVapi,OVAPI,http://ovapi.nl/,nl,20261129,20270228,20261129
";

/// The feed, with the mark in front and the line ends that Windows programs write.
pub fn feed() -> MadeUp {
    let files = [
        ("agency.txt", AGENCY),
        ("calendar_dates.txt", CALENDAR_DATES),
        ("feed_info.txt", FEED_INFO),
        ("routes.txt", ROUTES),
        ("shapes.txt", SHAPES),
        ("stop_times.txt", STOP_TIMES),
        ("stops.txt", STOPS),
        ("transfers.txt", TRANSFERS),
        ("trips.txt", TRIPS),
    ];
    MadeUp(files.map(|(name, text)| (name, format!("\u{feff}{}", text.replace('\n', "\r\n")).into_bytes())).into())
}
