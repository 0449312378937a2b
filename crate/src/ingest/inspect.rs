//! A look at the schema and the first rows: columns, their roles and a proposed mapping.

use super::columns::Sampler;
use super::ipc::Schema;
use super::mapping::{fits, looks_personal, propose, tables};
use super::pull::Pull;
use super::step::{Step, slice_of};
use crate::result::{ColumnSample, Field, Inspection, Mapping, Role};
use crate::{Error, ErrorKind, Result};

/// Most bytes of the first batch that are read to look at its rows; of a larger one only names and types are known.
const SAMPLE_BUDGET: u64 = 32 << 20;

/// Reads the schema and the first rows of an Arrow file or stream; driven like [`super::Load`].
pub struct Inspect {
    pull: Pull,
    sampler: Sampler,
    is_done: bool,
}

impl Inspect {
    /// `source_len` is `None` for a stream of unknown length.
    #[must_use]
    pub fn new(source_len: Option<u64>) -> Self {
        Self { pull: Pull::new(source_len, SAMPLE_BUDGET), sampler: Sampler::default(), is_done: false }
    }

    /// What is needed next.
    ///
    /// # Errors
    /// `NotArrow` for another format, `Unsupported`, `Truncated`, `Corrupt` or `Budget` for Arrow that cannot be read.
    pub fn step(&mut self) -> Result<Step> {
        if self.is_done {
            return Ok(Step::Done);
        }
        let step = match self.pull.step(&mut self.sampler) {
            // With the schema there is something to tell; whoever loads the rows hears what is wrong with them.
            Err(_) if self.pull.reader.schema().is_ok() => Step::Done,
            _ if self.sampler.is_full() => Step::Done,
            step => step?,
        };
        self.is_done = step == Step::Done;
        Ok(step)
    }

    /// Takes the answer to the last read; fewer bytes than asked for mean the end of the input.
    ///
    /// # Errors
    /// `Config` when there are more bytes than asked for.
    pub fn feed(&mut self, bytes: Vec<u8>) -> Result<()> {
        self.pull.reader.feed(bytes)
    }

    /// What the schema tells.
    ///
    /// # Errors
    /// `Truncated` before [`Step::Done`].
    pub fn finish(self) -> Result<Inspection> {
        if !self.is_done {
            return Err(Error::new(ErrorKind::Truncated, "the schema has not been read yet"));
        }
        let schema = self.pull.reader.schema()?;
        let samples = self.sampler.finish();
        let proposals = propose(schema, &samples);
        let mut mapping = Mapping::default();
        for proposal in &proposals {
            mapping.set(proposal.role, proposal.column.clone());
        }
        let tables = tables(schema, &proposals);
        Ok(Inspection { format: self.pull.reader.format(), fields: fields(schema, &samples), proposals, mapping, tables })
    }
}

fn fields(schema: &Schema, samples: &[Option<ColumnSample>]) -> Vec<Field> {
    let field = |(at, column): (usize, &super::ipc::Column)| Field {
        name: column.name.clone(),
        data_type: column.to_string(),
        roles: Role::ALL.into_iter().filter(|&role| fits(role, column)).collect(),
        pii: looks_personal(&column.name),
        sample: samples.get(at).copied().flatten(),
    };
    schema.columns.iter().enumerate().map(field).collect()
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
