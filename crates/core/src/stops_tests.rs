//! What is written is read again, and no bytes make it panic.

use proptest::prelude::*;

use super::*;

fn sample() -> Stops {
    let place = |name: &str, at| Place { name: name.to_owned(), at };
    Stops {
        feed: Feed { name: "De Vervoerder".to_owned(), day: Some(Day(20_786)), attribution: "CC0".to_owned() },
        places: vec![place("Zuidplein", (5_188_712, 448_841)), place("Maashaven", (5_189_723, 449_301))],
        lines: vec![Line {
            means: Means::Metro,
            name: "D".to_owned(),
            direction: "De Akkers".to_owned(),
            places: vec![1, 0],
        }],
    }
}

#[test]
fn the_file_is_as_the_protocol_describes_it() {
    let file = "opstap-stops\t1\nf\tDe Vervoerder\t20786\tCC0\ns\tZuidplein\t5188712\t448841\ns\tMaashaven\t5189723\t449301\nl\tmetro\tD\tDe Akkers\t1 0\n";
    assert_eq!(sample().write(), file);
    assert_eq!(Stops::read(file), Some(sample()));
}

#[test]
fn what_a_later_server_adds_is_passed_over_and_another_version_is_not_read() {
    let file = sample().write();
    let added =
        file.replace("448841", "448841\tmore").replace("\nl\tmetro", "\nx\tnew\nl\tairship\tZ\tUp\t0 1\nl\tmetro");
    assert_eq!(Stops::read(&added), Some(sample()));
    assert_eq!(Stops::read(&file.replace("stops\t1", "stops\t2")), None);
}

#[test]
fn what_is_damaged_is_not_read_at_all() {
    let file = sample().write();
    for (whole, damaged) in
        [("1 0", "1 2"), ("1 0", "1 x"), ("448841", ""), ("20786", "today"), ("\tD\tDe Akkers\t1 0", "")]
    {
        assert_eq!(Stops::read(&file.replace(whole, damaged)), None, "{damaged:?} for {whole:?}");
    }
    assert_eq!(Stops::read(file.trim_end()), None, "its end is missing");
}

#[test]
fn a_text_stands_on_one_line_without_what_nobody_sees() {
    assert_eq!(tidy("  Rotterdam,\tZuidplein \r\n\0 "), "Rotterdam, Zuidplein");
    assert_eq!(rounded(51.887_124_9), 5_188_712);
    assert_eq!(rounded(-4.488_406), -448_841);
}

fn texts() -> impl Strategy<Value = String> {
    any::<String>().prop_map(|text| tidy(&text))
}

fn any_stops() -> impl Strategy<Value = Stops> {
    let feed = (texts(), any::<Option<u32>>(), texts());
    let feed = feed.prop_map(|(name, day, attribution)| Feed { name, day: day.map(Day), attribution });
    let place = (texts(), any::<(i32, i32)>()).prop_map(|(name, at)| Place { name, at });
    (feed, prop::collection::vec(place, 1..6)).prop_flat_map(|(feed, places)| {
        let many = u32::try_from(places.len()).unwrap();
        let means = prop::sample::select(Means::ALL.to_vec());
        let line = (means, texts(), texts(), prop::collection::vec(0..many, 0..6))
            .prop_map(|(means, name, direction, places)| Line { means, name, direction, places });
        prop::collection::vec(line, 0..6).prop_map(move |lines| Stops {
            feed: feed.clone(),
            places: places.clone(),
            lines,
        })
    })
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(stops in any_stops()) {
        prop_assert_eq!(Stops::read(&stops.write()), Some(stops));
    }

    #[test]
    fn no_bytes_make_it_panic(mut file in any_stops().prop_map(|stops| stops.write()), at in any::<prop::sample::Index>(), other in any::<String>()) {
        let at = (0..=at.index(file.len())).rev().find(|at| file.is_char_boundary(*at)).unwrap();
        file.insert_str(at, &other);
        if let Some(read) = Stops::read(&file) {
            prop_assert!(read.lines.iter().flat_map(|line| &line.places).all(|place| (*place as usize) < read.places.len()));
        }
    }
}
