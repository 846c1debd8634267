//! Figures in columns.

use super::column::{Columns, write_count, write_number};
use super::reader::{Read, Reader};
use super::tables::{Tables, TablesWriter};
use crate::age::{Day, Month};
use crate::id::RecordId;
use crate::protocol::{Figure, Figures, What};

pub(super) fn write_figures(out: &mut Vec<u8>, tables: &mut TablesWriter, figures: Option<&Figures>) {
    out.push(u8::from(figures.is_some()));
    let Some(figures) = figures else { return };
    write_number(out, u64::from(figures.before.0));
    write_count(out, figures.rows.len());
    let mut columns = Columns::new(4);
    for row in &figures.rows {
        columns.push(&[u64::from(row.month.0), tables.id(row.of.0), u64::from(row.what.code()), row.count]);
    }
    columns.write(out);
}

pub(super) fn read_figures(reader: &mut Reader<'_>, tables: &Tables) -> Read<Option<Figures>> {
    if !reader.flag()? {
        return Ok(None);
    }
    let before = Day(reader.small("a day")?);
    let count = reader.count("the number of figures")?;
    let columns = Columns::read(reader, 4, count)?;
    let mut rows = Vec::with_capacity(count);
    for row in 0..count {
        let [month, of, what, count] = columns.row(row);
        let month = Month(reader.narrow(month, "a month")?);
        let of = RecordId(tables.id(reader, of)?);
        let what = u16::try_from(what).map_err(|_| reader.damaged("what a figure counts"))?;
        rows.push(Figure { month, of, what: What::from_code(what), count });
    }
    Ok(Some(Figures { before, rows }))
}
