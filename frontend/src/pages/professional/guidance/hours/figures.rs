//! Figures as the desk writes them: a comma in Dutch, the sign written out, hours with one decimal.

use opstap_insight::Tenths;

use crate::language::decimal_point;
use crate::words::Text;

/// Hours with one decimal.
pub(super) fn hours(tenths: Tenths) -> Text {
    Text::live(move || tenths.written(decimal_point()))
}

/// The same with its sign: `+0,5`, `−1,0`.
pub(super) fn with_sign(tenths: Tenths) -> Text {
    Text::live(move || signed(tenths, decimal_point()))
}

fn signed(tenths: Tenths, point: char) -> String {
    let written = Tenths(tenths.0.saturating_abs()).written(point);
    match tenths.0 {
        ..0 => ["−", &written].concat(),
        0 => written,
        1.. => ["+", &written].concat(),
    }
}

/// Whole per cents.
pub(super) fn per_cent(share: Option<i64>) -> String {
    share.map_or_else(|| "–".to_owned(), |share| format!("{share}%"))
}

/// Hours of minutes, rounded to tenths, halves up.
pub(super) const fn tenths_of(minutes: u64) -> Tenths {
    let tenths = minutes.saturating_add(3) / 6;
    Tenths(if tenths > i64::MAX as u64 { i64::MAX } else { tenths.cast_signed() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_is_written_out_and_zero_has_none() {
        assert_eq!([-10, 5, 0].map(|tenths| signed(Tenths(tenths), ',')), ["−1,0", "+0,5", "0,0"]);
    }

    #[test]
    fn minutes_are_hours_in_tenths_with_halves_up() {
        assert_eq!([0, 3, 2, 45, 60, 181].map(tenths_of), [0, 1, 0, 8, 10, 30].map(Tenths));
    }

    #[test]
    fn where_nothing_was_used_there_is_no_share() {
        assert_eq!([per_cent(None), per_cent(Some(0))], ["–", "0%"]);
    }
}
