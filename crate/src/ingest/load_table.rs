//! An Arrow file or stream → a table beside orders.

use super::columns::TableBuilder;
use super::load::FileEnd;
use super::pull::Pull;
use super::step::{Progress, Step, slice_of};
use super::tables::Table;
use crate::result::{IngestOptions, TableKind, TableMapping};
use crate::{Error, ErrorKind, Result};

/// Reads members, referrals, touches, spend or interactions; driven like [`super::Load`].
pub struct LoadTable {
    pull: Pull,
    builder: TableBuilder,
    files: Vec<FileEnd>,
}

impl LoadTable {
    /// `source_len` is `None` for a stream of unknown length.
    ///
    /// # Errors
    /// `Config` for orders, for options that make no sense and for a field the table does not have,
    /// `MissingColumn` where a required field has no column.
    pub fn new(source_len: Option<u64>, table: TableKind, mapping: &TableMapping, options: &IngestOptions) -> Result<Self> {
        if table == TableKind::Orders {
            return Err(Error::new(ErrorKind::Config, "orders are not a table beside orders"));
        }
        let builder = TableBuilder::new(table, mapping, options)?;
        Ok(Self { pull: Pull::new(source_len, options.budget_bytes), builder, files: Vec::new() })
    }

    /// Works on for a moment and tells what is needed next.
    ///
    /// # Errors
    /// As [`super::Load::step`].
    pub fn step(&mut self) -> Result<Step> {
        self.pull.step(&mut self.builder)
    }

    /// Takes the answer to the last read; fewer bytes than asked for mean the end of the input.
    ///
    /// # Errors
    /// `Config` when there are more bytes than asked for.
    pub fn feed(&mut self, bytes: Vec<u8>) -> Result<()> {
        self.pull.reader.feed(bytes)
    }

    /// Goes on with another file of the same table, after [`Step::Done`].
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
        let builder = &self.builder;
        self.files.push(FileEnd::of(&self.pull.reader, builder.counts(), |name| builder.is_mapped(name))?);
        Ok(())
    }

    /// How far reading of this file has come; rows are of all files so far.
    #[must_use]
    pub fn progress(&self) -> Progress {
        let (bytes_read, bytes_total) = self.pull.reader.progress();
        Progress { bytes_read, bytes_total, rows_read: self.builder.counts().rows }
    }

    /// The table.
    ///
    /// # Errors
    /// `Truncated` before [`Step::Done`].
    pub fn finish(mut self) -> Result<Table> {
        self.end_file()?;
        Ok(self.builder.finish(&self.files))
    }
}

/// [`LoadTable`] over bytes in memory.
///
/// # Errors
/// As [`LoadTable::new`], [`LoadTable::step`] and [`LoadTable::finish`].
pub fn load_table_bytes(bytes: &[u8], table: TableKind, mapping: &TableMapping, options: &IngestOptions) -> Result<Table> {
    let mut load = LoadTable::new(Some(bytes.len() as u64), table, mapping, options)?;
    while let Step::Read { offset, len } = load.step()? {
        load.feed(slice_of(bytes, offset, len))?;
    }
    load.finish()
}
