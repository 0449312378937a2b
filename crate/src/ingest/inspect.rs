//! A look at the schema: columns, their roles and a proposed mapping, before any data is read.

use super::ipc::{Event, Reader, Schema};
use super::mapping::{fits, looks_personal, propose, tables};
use super::step::{Step, slice_of};
use crate::result::{Field, IngestOptions, Inspection, Mapping, Role};
use crate::{Error, ErrorKind, Result};

/// Reads the schema of an Arrow file or stream; driven like [`super::Load`].
pub struct Inspect {
    reader: Reader,
    is_done: bool,
}

impl Inspect {
    /// `source_len` is `None` for a stream of unknown length.
    #[must_use]
    pub fn new(source_len: Option<u64>) -> Self {
        Self { reader: Reader::new(source_len, IngestOptions::DEFAULT_BUDGET), is_done: false }
    }

    /// What is needed next.
    ///
    /// # Errors
    /// `NotArrow` for another format, `Unsupported`, `Truncated`, `Corrupt` or `Budget` for Arrow that cannot be read.
    pub fn step(&mut self) -> Result<Step> {
        if self.is_done {
            return Ok(Step::Done);
        }
        match self.reader.step().map_err(|error| self.reader.locate(error))? {
            Event::Read(range) => Ok(Step::Read { offset: range.start, len: range.end - range.start }),
            _ => {
                self.is_done = true;
                Ok(Step::Done)
            }
        }
    }

    /// Takes the answer to the last read; fewer bytes than asked for mean the end of the input.
    ///
    /// # Errors
    /// `Config` when there are more bytes than asked for.
    pub fn feed(&mut self, bytes: Vec<u8>) -> Result<()> {
        self.reader.feed(bytes)
    }

    /// What the schema tells.
    ///
    /// # Errors
    /// `Truncated` before [`Step::Done`].
    pub fn finish(self) -> Result<Inspection> {
        if !self.is_done {
            return Err(Error::new(ErrorKind::Truncated, "the schema has not been read yet"));
        }
        let schema = self.reader.schema()?;
        let proposals = propose(schema);
        let mut mapping = Mapping::default();
        for proposal in &proposals {
            mapping.set(proposal.role, proposal.column.clone());
        }
        let tables = tables(schema, &proposals);
        Ok(Inspection { format: self.reader.format(), fields: fields(schema), proposals, mapping, tables })
    }
}

fn fields(schema: &Schema) -> Vec<Field> {
    let field = |column: &super::ipc::Column| Field {
        name: column.name.clone(),
        data_type: column.to_string(),
        roles: Role::ALL.into_iter().filter(|&role| fits(role, column)).collect(),
        pii: looks_personal(&column.name),
    };
    schema.columns.iter().map(field).collect()
}

/// [`Inspect`] over bytes in memory.
///
/// # Errors
/// As [`Inspect::step`].
pub fn inspect_bytes(bytes: &[u8]) -> Result<Inspection> {
    let mut inspect = Inspect::new(Some(bytes.len() as u64));
    while let Step::Read { offset, len } = inspect.step()? {
        inspect.feed(slice_of(bytes, offset, len))?;
    }
    inspect.finish()
}
