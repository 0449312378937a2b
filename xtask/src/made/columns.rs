//! Columns of plain values → an Arrow IPC file, by arrow2's writer.
//!
//! Uncompressed, batches of 65,536 rows, dictionary keys as narrow as the labels allow: what a careful exporter would write.

use std::path::Path;

use arrow2::array::{Array, BooleanArray, DictionaryArray, PrimitiveArray, Utf8Array};
use arrow2::chunk::Chunk;
use arrow2::datatypes::{DataType, Field, Schema, TimeUnit};
use arrow2::io::ipc::write::{FileWriter, WriteOptions};

use super::Result;
use super::plan::UTC_OFFSET_S;

const BATCH_ROWS: usize = 65_536;

/// A table on its way to a file.
#[derive(Default)]
pub(super) struct Columns {
    fields: Vec<Field>,
    arrays: Vec<Box<dyn Array>>,
}

impl Columns {
    fn add(mut self, name: &str, array: Box<dyn Array>) -> Self {
        self.fields.push(Field::new(name, array.data_type().clone(), true));
        self.arrays.push(array);
        self
    }

    /// `timestamp[ms, Asia/Shanghai]` from local seconds.
    pub(super) fn times(self, name: &str, local: impl Iterator<Item = Option<i64>>) -> Self {
        let instants = local.map(|at| at.map(|at| (at - UTC_OFFSET_S) * 1000));
        let data_type = DataType::Timestamp(TimeUnit::Millisecond, Some("Asia/Shanghai".to_owned()));
        self.add(name, PrimitiveArray::<i64>::from_trusted_len_iter(exact(instants)).to(data_type).boxed())
    }

    /// `date32` from local seconds.
    pub(super) fn dates(self, name: &str, local: impl Iterator<Item = Option<i64>>) -> Self {
        let days = local.map(|at| at.map(|at| at.div_euclid(super::plan::DAY) as i32));
        self.add(name, PrimitiveArray::<i32>::from_trusted_len_iter(exact(days)).to(DataType::Date32).boxed())
    }

    /// `int32`.
    pub(super) fn integers(self, name: &str, values: impl Iterator<Item = Option<i32>>) -> Self {
        self.add(name, PrimitiveArray::<i32>::from_trusted_len_iter(exact(values)).boxed())
    }

    /// `float32` of major units from minor units: exact to the cent up to 160,000.
    pub(super) fn money(self, name: &str, minor: impl Iterator<Item = Option<i64>>) -> Self {
        let major = minor.map(|minor| minor.map(|minor| (minor as f64 / 100.0) as f32));
        self.add(name, PrimitiveArray::<f32>::from_trusted_len_iter(exact(major)).boxed())
    }

    /// `bool`.
    pub(super) fn flags(self, name: &str, values: impl Iterator<Item = bool>) -> Self {
        self.add(name, BooleanArray::from_iter(values.map(Some)).boxed())
    }

    /// `dictionary<int8, utf8>` of at most 127 labels.
    pub(super) fn labels<L: AsRef<str>>(
        self,
        name: &str,
        labels: &[L],
        codes: impl Iterator<Item = Option<usize>>,
    ) -> Result<Self> {
        let values = Utf8Array::<i32>::from_iter_values(labels.iter().map(AsRef::as_ref)).boxed();
        let keys = exact(codes.map(|code| code.map(|code| code as i8)));
        let keys = PrimitiveArray::<i8>::from_trusted_len_iter(keys);
        Ok(self.add(name, DictionaryArray::try_from_keys(keys, values)?.boxed()))
    }

    /// `dictionary<int16, utf8>` of at most 32,767 ids: only those that occur, in the order of `codes`' values.
    pub(super) fn ids(
        self,
        name: &str,
        label: impl Fn(usize) -> String,
        codes: impl Iterator<Item = Option<usize>>,
    ) -> Result<Self> {
        let codes: Vec<Option<usize>> = codes.collect();
        let mut seen: Vec<usize> = codes.iter().flatten().copied().collect();
        seen.sort_unstable();
        seen.dedup();
        if seen.len() > i16::MAX as usize {
            return Err(format!("column `{name}` has {} ids, more than 16-bit keys hold", seen.len()).into());
        }
        let values = Utf8Array::<i32>::from_iter_values(seen.iter().map(|&code| label(code))).boxed();
        let position = |code: usize| seen.partition_point(|&other| other < code) as i16;
        let keys = exact(codes.into_iter().map(|code| code.map(position)));
        let keys = PrimitiveArray::<i16>::from_trusted_len_iter(keys);
        Ok(self.add(name, DictionaryArray::try_from_keys(keys, values)?.boxed()))
    }

    /// Writes the table as an Arrow IPC file.
    pub(super) fn write(self, path: &Path) -> Result<()> {
        let rows = self.arrays.first().map_or(0, |array| array.len());
        let file = std::io::BufWriter::new(std::fs::File::create(path)?);
        let mut writer = FileWriter::try_new(file, Schema::from(self.fields), None, WriteOptions { compression: None })?;
        for start in (0..rows).step_by(BATCH_ROWS) {
            let len = BATCH_ROWS.min(rows - start);
            let batch = self.arrays.iter().map(|array| array.sliced(start, len)).collect();
            writer.write(&Chunk::try_new(batch)?, None)?;
        }
        Ok(writer.finish()?)
    }
}

/// arrow2's builders take iterators of known length.
fn exact<T>(values: impl Iterator<Item = T>) -> std::vec::IntoIter<T> {
    values.collect::<Vec<T>>().into_iter()
}
