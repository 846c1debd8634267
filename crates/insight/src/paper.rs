//! How plans lie on sheets of A4: how many cards go on one, and which days of a week. Measures are millimetres; the style sheet draws to them.

/// The longest sentence, in characters, that fits on a card when so many of them lie on a sheet.
const FITS: [(usize, usize); 3] = [(6, 84), (4, 220), (2, 450)];

/// How many cards lie on a sheet: as many as are wanted at most, and no more than the longest sentence leaves room for.
#[must_use]
pub fn cards_on_a_sheet(longest: usize, wanted: usize) -> usize {
    let fits = FITS.iter().find(|(cards, most)| *cards <= wanted && longest <= *most);
    fits.map_or(1, |(cards, _)| *cards)
}

/// Some of the plans of a day, those from one place in its list up to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayPart {
    /// Monday (0) to Sunday (6).
    pub day: usize,
    /// The first plan.
    pub from: usize,
    /// The first plan that is not here any more.
    pub to: usize,
}

/// What is left of a sheet below its title.
const ROOM: usize = 244;
/// The air between two days.
const GAP: usize = 6;
/// A picture with its air, the least that a line takes.
const LINE: usize = 18;
/// A line of text, and how many characters surely stand on it.
const TEXT: (usize, usize) = (7, 16);
/// Plans that stand beside each other.
const BESIDE: usize = 2;

/// The days of a week on sheets, each day whole where that can be. Of each plan of a day it takes how many characters its title has.
#[must_use]
pub fn week_on_sheets(days: &[Vec<usize>]) -> Vec<Vec<DayPart>> {
    let (mut sheets, mut room) = (vec![Vec::new()], ROOM);
    for (day, titles) in days.iter().enumerate() {
        let whole = GAP + titles.chunks(BESIDE).map(line).sum::<usize>().max(LINE);
        let (mut from, mut taken) = (0, GAP);
        if whole > room && room < ROOM {
            sheets.push(Vec::new());
            room = ROOM;
        }
        for (at, beside) in titles.chunks(BESIDE).enumerate() {
            let height = line(beside);
            if taken + height > room && taken > GAP {
                put(&mut sheets, DayPart { day, from, to: at * BESIDE });
                sheets.push(Vec::new());
                (from, taken, room) = (at * BESIDE, GAP, ROOM);
            }
            taken += height;
        }
        put(&mut sheets, DayPart { day, from, to: titles.len() });
        room = room.saturating_sub(taken.max(GAP + LINE));
    }
    sheets
}

fn put(sheets: &mut [Vec<DayPart>], part: DayPart) {
    if let Some(sheet) = sheets.last_mut() {
        sheet.push(part);
    }
}

/// How high a line with these plans is: the time, and below it the longest title.
fn line(titles: &[usize]) -> usize {
    let longest = titles.iter().copied().max().unwrap_or_default();
    (TEXT.0 * (1 + longest.div_ceil(TEXT.1))).max(LINE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_longer_sentence_leaves_fewer_cards_on_a_sheet_and_nobody_gets_more_than_they_want() {
        for (longest, wanted, cards) in
            [(0, 6, 6), (84, 6, 6), (85, 6, 4), (221, 6, 2), (451, 6, 1), (10, 2, 2), (300, 2, 2), (500, 2, 1)]
        {
            assert_eq!(cards_on_a_sheet(longest, wanted), cards, "{longest} {wanted}");
        }
    }

    fn parts(days: &[Vec<usize>]) -> Vec<Vec<(usize, usize, usize)>> {
        let sheets = week_on_sheets(days);
        sheets.iter().map(|sheet| sheet.iter().map(|part| (part.day, part.from, part.to)).collect()).collect()
    }

    #[test]
    fn a_quiet_week_lies_on_one_sheet_with_its_empty_days() {
        let mut days = vec![vec![12, 14]; 7];
        days[3].clear();
        let sheets = parts(&days);
        assert_eq!(sheets.len(), 1);
        assert_eq!(sheets[0].len(), 7);
        assert_eq!(sheets[0][3], (3, 0, 0));
    }

    #[test]
    fn a_full_week_goes_on_on_a_second_sheet_between_two_days() {
        let sheets = parts(&vec![vec![10; 6]; 7]);
        assert_eq!(sheets.iter().map(Vec::len).collect::<Vec<_>>(), [4, 3]);
    }

    #[test]
    fn a_day_that_fills_more_than_a_sheet_goes_on_and_no_plan_of_it_is_left_out() {
        let mut days = vec![Vec::new(); 7];
        days[1] = vec![40; 41];
        let sheets = parts(&days);
        let of_tuesday: Vec<_> = sheets.iter().flatten().filter(|part| part.0 == 1).collect();
        assert!(of_tuesday.len() > 1);
        assert_eq!((of_tuesday[0].1, of_tuesday.last().unwrap().2), (0, 41));
        assert!(of_tuesday.windows(2).all(|two| two[0].2 == two[1].1));
    }

    #[test]
    fn long_titles_take_the_room_of_their_lines() {
        assert!(parts(&vec![vec![80; 4]; 7]).len() > parts(&vec![vec![10; 4]; 7]).len());
    }
}
