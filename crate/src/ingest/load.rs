//! An Arrow file or stream → orders.

use std::ops::Range;

use super::columns::{Builder, Closing};
use super::ipc::{BatchView, Reader, Schema};
use super::mapping::looks_personal;
use super::options;
use super::pull::{Pull, Room, Sink};
use super::report::Counts;
use super::step::{Progress, Step, slice_of};
use super::{Orders, mapping};
use crate::result::{IngestOptions, Mapping, Role};
use crate::{Error, ErrorKind, Result};

/// Reads orders from an Arrow file or stream without doing the reading itself.
///
/// # Example
/// ```
/// # fn main() -> feilun::Result<()> {
/// use feilun::{ErrorKind, ingest::{Load, Step}, result::{IngestOptions, Mapping}};
/// let input = b"customer,amount\n1,2.50\n";
/// let mapping = Mapping { customer_id: Some("customer".into()), ordered_at: Some("at".into()), amount: Some("amount".into()), ..Mapping::default() };
/// let mut load = Load::new(Some(input.len() as u64), &mapping, &IngestOptions::default())?;
/// assert_eq!(load.step()?, Step::Read { offset: 0, len: 23 });
/// load.feed(input.to_vec())?;
/// assert_eq!(load.step().unwrap_err().kind(), ErrorKind::NotArrow);
/// # Ok(())
/// # }
/// ```
pub struct Load {
    pull: Pull,
    sink: OrdersSink,
    /// Files read to their end.
    files: Vec<FileEnd>,
}

struct OrdersSink {
    mapping: Mapping,
    options: IngestOptions,
    /// There once the schema is known.
    builder: Option<Builder>,
}

/// Where a file of several ends.
#[derive(Debug, Clone)]
pub(super) struct FileEnd {
    /// Of all files up to here.
    pub(super) counts: Counts,
    pub(super) bytes_read: u64,
    pub(super) pii_columns_ignored: Vec<String>,
}

impl FileEnd {
    /// Closes the file at work.
    pub(super) fn of(reader: &Reader, counts: Counts, is_mapped: impl Fn(&str) -> bool) -> Result<Self> {
        let names = reader.schema()?.columns.iter().map(|column| column.name.as_str());
        let personal = names.filter(|name| looks_personal(name) && !is_mapped(name)).map(str::to_owned).collect();
        Ok(Self { counts, bytes_read: reader.bytes_read(), pii_columns_ignored: personal })
    }
}

impl Load {
    /// `source_len` is `None` for a stream of unknown length. All bytes are asked for in ascending order where the input is a stream.
    ///
    /// # Errors
    /// `Config` for options that make no sense, `MissingColumn` where a required role has no column.
    pub fn new(source_len: Option<u64>, mapping: &Mapping, options: &IngestOptions) -> Result<Self> {
        options::clock(options)?;
        for role in Role::ALL {
            mapping::check_required(mapping, role)?;
        }
        let sink = OrdersSink { mapping: mapping.clone(), options: options.clone(), builder: None };
        Ok(Self { pull: Pull::new(source_len, options.budget_bytes), sink, files: Vec::new() })
    }

    /// Works on for a moment and tells what is needed next.
    ///
    /// # Errors
    /// `NotArrow`, `Unsupported`, `Truncated`, `Corrupt` or `Budget` for an input that cannot be read,
    /// `MissingColumn` or `ColumnType` for a mapping that does not fit it.
    pub fn step(&mut self) -> Result<Step> {
        self.pull.step(&mut self.sink)
    }

    /// Takes the answer to the last read; fewer bytes than asked for mean the end of the input.
    ///
    /// # Errors
    /// `Config` when there are more bytes than asked for.
    pub fn feed(&mut self, bytes: Vec<u8>) -> Result<()> {
        self.pull.reader.feed(bytes)
    }

    /// Bytes that will likely be asked for once those at work are used up: whoever reads may fetch them meanwhile.
    #[must_use]
    pub fn ahead(&self) -> Option<Range<u64>> {
        self.pull.reader.ahead()
    }

    /// Goes on with another file of the same table, after [`Step::Done`]; read its bytes from offset 0 on.
    ///
    /// # Errors
    /// `Truncated` while a file is still being read.
    pub fn next_file(&mut self, source_len: Option<u64>) -> Result<()> {
        self.end_file()?;
        self.pull.next_file(source_len);
        Ok(())
    }

    fn end_file(&mut self) -> Result<()> {
        self.pull.check_done()?;
        let mapping = &self.sink.mapping;
        let is_mapped = |name: &str| Role::ALL.iter().any(|&role| mapping.get(role) == Some(name));
        self.files.push(FileEnd::of(&self.pull.reader, self.counts(), is_mapped)?);
        Ok(())
    }

    fn counts(&self) -> Counts {
        self.sink.builder.as_ref().map(Builder::counts).unwrap_or_default()
    }

    /// How far reading of this file has come; rows are of all files so far.
    #[must_use]
    pub fn progress(&self) -> Progress {
        let (bytes_read, bytes_total) = self.pull.reader.progress();
        Progress { bytes_read, bytes_total, rows_read: self.counts().rows }
    }

    /// The orders.
    ///
    /// # Errors
    /// As [`Load::close`] and [`Close::finish`].
    pub fn finish(self) -> Result<Orders> {
        self.close()?.finish()
    }

    /// The orders, in bounded steps.
    ///
    /// # Errors
    /// `Truncated` before [`Step::Done`].
    pub fn close(mut self) -> Result<Close> {
        self.end_file()?;
        let OrdersSink { mapping, builder, .. } = self.sink;
        Ok(Close(Closing::new(builder.ok_or_else(no_schema)?, mapping, self.files)))
    }
}

/// What is left to do once every byte is read.
pub struct Close(Closing);

impl Close {
    /// Works on for a moment; whether there is more to do.
    ///
    /// # Errors
    /// `Overflow` when a sum leaves 63 bits.
    pub fn step(&mut self) -> Result<bool> {
        self.0.step()
    }

    /// The orders; does first what is left to do.
    ///
    /// # Errors
    /// As [`Close::step`].
    pub fn finish(self) -> Result<Orders> {
        self.0.finish()
    }
}

impl Sink for OrdersSink {
    fn open(&mut self, schema: &Schema) -> Result<Vec<usize>> {
        let builder = match &mut self.builder {
            Some(builder) => {
                builder.next_file(schema, &self.mapping, &self.options)?;
                builder
            }
            none => none.insert(Builder::new(schema, &self.mapping, &self.options)?),
        };
        Ok(builder.selection().to_vec())
    }

    fn dictionary(&mut self, id: i64, delta: bool, batch: &BatchView<'_>, values: Range<usize>) -> Result<Option<usize>> {
        builder(&mut self.builder)?.dictionary(id, delta, batch, values)
    }

    fn check_rows(&self, batch: &BatchView<'_>) -> Result<usize> {
        self.builder.as_ref().ok_or_else(no_schema)?.check_rows(batch)
    }

    fn held(&self, rows: usize) -> u64 {
        self.builder.as_ref().map_or(0, |builder| builder.held(rows))
    }

    fn make_room(&mut self, room: Room) -> Result<bool> {
        builder(&mut self.builder)?.make_room(room)
    }

    fn rows(&mut self, batch: &BatchView<'_>, rows: Range<usize>) -> Result<()> {
        builder(&mut self.builder)?.rows(batch, rows)
    }
}

fn builder(builder: &mut Option<Builder>) -> Result<&mut Builder> {
    builder.as_mut().ok_or_else(no_schema)
}

fn no_schema() -> Error {
    Error::new(ErrorKind::Corrupt, "a batch comes before the schema")
}

/// [`Load`] over bytes in memory.
///
/// # Errors
/// As [`Load::new`], [`Load::step`] and [`Load::finish`].
pub fn load_bytes(bytes: &[u8], mapping: &Mapping, options: &IngestOptions) -> Result<Orders> {
    load_files(&[bytes], mapping, options)
}

/// [`Load`] over several files in memory that are one table.
///
/// # Errors
/// As [`load_bytes`], naming the file; `Empty` without a file.
pub fn load_files(files: &[&[u8]], mapping: &Mapping, options: &IngestOptions) -> Result<Orders> {
    let Some((first, rest)) = files.split_first() else {
        return Err(Error::new(ErrorKind::Empty, "no file to read"));
    };
    let mut load = Load::new(Some(first.len() as u64), mapping, options)?;
    pull(&mut load, first)?;
    for bytes in rest {
        load.next_file(Some(bytes.len() as u64))?;
        pull(&mut load, bytes)?;
    }
    load.finish()
}

fn pull(load: &mut Load, bytes: &[u8]) -> Result<()> {
    while let Step::Read { offset, len } = load.step()? {
        load.feed(slice_of(bytes, offset, len))?;
    }
    Ok(())
}
