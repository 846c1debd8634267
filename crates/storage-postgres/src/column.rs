//! Values on their way to a column and back. There are five kinds; whatever else comes back is told as corrupt.

use bytes::BytesMut;
use opstap_core::Millis;
use opstap_sync_server::storage::StorageError;
use tokio_postgres::Row;
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};

/// What a statement is given for one of its places. It owns its bytes, as a statement may be on its way while the job goes on.
pub(crate) enum Column {
    Bytes(Vec<u8>),
    Number(i64),
    Text(&'static str),
    Flag(bool),
    Empty,
}

/// Without the value: it is somebody's.
impl std::fmt::Debug for Column {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Column")
    }
}

impl ToSql for Column {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Self::Bytes(bytes) => bytes.as_slice().to_sql(kind, out),
            Self::Number(number) => number.to_sql(kind, out),
            Self::Text(text) => text.to_sql(kind, out),
            Self::Flag(flag) => flag.to_sql(kind, out),
            Self::Empty => Ok(IsNull::Yes),
        }
    }

    fn accepts(kind: &Type) -> bool {
        [Type::BYTEA, Type::INT8, Type::TEXT, Type::BOOL].contains(kind)
    }

    to_sql_checked!();
}

impl<const N: usize> From<[u8; N]> for Column {
    fn from(bytes: [u8; N]) -> Self {
        Self::Bytes(bytes.to_vec())
    }
}

impl From<Vec<u8>> for Column {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(bytes)
    }
}

impl From<&str> for Column {
    fn from(text: &str) -> Self {
        Self::Bytes(text.as_bytes().to_vec())
    }
}

/// Beyond nine quintillion a number turns negative and comes back as it was.
impl From<u64> for Column {
    fn from(number: u64) -> Self {
        Self::Number(number.cast_signed())
    }
}

impl From<u32> for Column {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<u16> for Column {
    fn from(number: u16) -> Self {
        Self::Number(number.into())
    }
}

impl From<u8> for Column {
    fn from(number: u8) -> Self {
        Self::Number(number.into())
    }
}

impl From<i64> for Column {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

/// A set of numbers, such as `LIMIT`.
impl From<usize> for Column {
    fn from(amount: usize) -> Self {
        Self::Number(i64::try_from(amount).unwrap_or(i64::MAX))
    }
}

impl From<Millis> for Column {
    fn from(at: Millis) -> Self {
        at.0.into()
    }
}

impl From<bool> for Column {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl<T: Into<Column>> From<Option<T>> for Column {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

/// The columns of a statement, in order.
macro_rules! columns {
    ($($value:expr),* $(,)?) => { vec![$($crate::column::Column::from($value)),*] };
}
pub(crate) use columns;

pub(crate) fn get<'a, T: FromSql<'a>>(row: &'a Row, place: usize) -> Result<T, StorageError> {
    row.try_get(place).map_err(|_| StorageError::Corrupt("a column"))
}

pub(crate) fn bytes<const N: usize>(row: &Row, place: usize) -> Result<[u8; N], StorageError> {
    get::<&[u8]>(row, place)?.try_into().map_err(|_| StorageError::Corrupt("the length of a column"))
}

pub(crate) fn bytes_or_none<const N: usize>(row: &Row, place: usize) -> Result<Option<[u8; N]>, StorageError> {
    let found: Option<&[u8]> = get(row, place)?;
    found.map(|found| found.try_into().map_err(|_| StorageError::Corrupt("the length of a column"))).transpose()
}

pub(crate) fn text(row: &Row, place: usize) -> Result<String, StorageError> {
    String::from_utf8(get(row, place)?).map_err(|_| StorageError::Corrupt("a text"))
}

pub(crate) fn number(row: &Row, place: usize) -> Result<u64, StorageError> {
    get::<i64>(row, place).map(i64::cast_unsigned)
}

/// A number that has fewer bits in the program than in its column.
pub(crate) fn small<T: TryFrom<i64>>(row: &Row, place: usize) -> Result<T, StorageError> {
    T::try_from(get(row, place)?).map_err(|_| StorageError::Corrupt("a number"))
}

pub(crate) fn time(row: &Row, place: usize) -> Result<Millis, StorageError> {
    number(row, place).map(Millis)
}

pub(crate) fn time_or_none(row: &Row, place: usize) -> Result<Option<Millis>, StorageError> {
    let millis: Option<i64> = get(row, place)?;
    Ok(millis.map(|millis| Millis(millis.cast_unsigned())))
}
