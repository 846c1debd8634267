//! How many minutes a week an allocation comes to: volume, unit and frequency of iWmo 3.2, by its code lists WJ756 and WMO757.

use opstap_core::Day;

use crate::guidance::import::MOST_MINUTES_A_WEEK;

/// Minutes of a part of a day (dagdeel), which the code list counts as four hours.
const PART_OF_A_DAY: u64 = 4 * 60;

/// Why an amount comes to no minutes a week: what was expected, and of which element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoMinutes {
    /// The volume is no whole number from 1, or comes to more than a week has.
    Volume,
    /// The unit is none of time.
    Unit,
    /// The frequency is not known.
    Frequency,
}

/// The minutes a week of a volume, over the days of the allocation, both included. A month is 52/12 weeks; a total is divided over the days;
/// halves are rounded up.
///
/// # Errors
/// When it comes to none.
pub fn minutes_a_week(volume: &str, unit: &str, frequency: &str, (from, to): (Day, Day)) -> Result<u32, NoMinutes> {
    let volume: u64 =
        volume.parse().ok().filter(|volume| (1..100_000_000).contains(volume)).ok_or(NoMinutes::Volume)?;
    let minutes = match unit {
        "01" => volume,
        "04" => volume * 60,
        "16" => volume * PART_OF_A_DAY,
        _ => return Err(NoMinutes::Unit),
    };
    let days = u64::from(to.0.saturating_sub(from.0)) + 1;
    let (over, under) = match frequency {
        "1" => (minutes * 7, 1),
        "2" => (minutes, 1),
        "4" => (minutes * 12, 52),
        "6" => (minutes * 7, days),
        _ => return Err(NoMinutes::Frequency),
    };
    let a_week = (over * 2 + under) / (under * 2);
    u32::try_from(a_week).ok().filter(|minutes| *minutes <= MOST_MINUTES_A_WEEK).ok_or(NoMinutes::Volume)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_unit_and_frequency_comes_to_minutes_a_week() {
        // Four weeks.
        let days = (Day(100), Day(127));
        for (volume, unit, frequency, minutes) in [
            ("180", "01", "2", 180),
            ("3", "04", "2", 180),
            ("2", "16", "2", 480),
            ("30", "01", "1", 210),
            // 13 hours a month are three a week; 10 hours are 138.46 minutes, 7 are 96.92.
            ("13", "04", "4", 180),
            ("10", "04", "4", 138),
            ("7", "04", "4", 97),
            ("12", "04", "6", 180),
            ("2", "01", "6", 1),
        ] {
            assert_eq!(minutes_a_week(volume, unit, frequency, days), Ok(minutes), "{volume} {unit} {frequency}");
        }
    }

    #[test]
    fn what_is_no_time_or_more_than_a_week_has_comes_to_none() {
        let days = (Day(100), Day(127));
        for unit in ["14", "82", "83", "84", "99", ""] {
            assert_eq!(minutes_a_week("3", unit, "2", days), Err(NoMinutes::Unit), "{unit}");
        }
        for volume in ["0", "-1", "1,5", "169", "99999999999999999999", ""] {
            assert_eq!(minutes_a_week(volume, "04", "2", days), Err(NoMinutes::Volume), "{volume}");
        }
        assert_eq!(minutes_a_week("3", "04", "3", days), Err(NoMinutes::Frequency));
    }
}
