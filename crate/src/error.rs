//! The one public error.
//!
//! In: a small private enum beside the code that failed, or a message made there. Out: an opaque [`Error`] with a [`ErrorKind`],
//! and, where known, the column, the row, the batch and the byte it speaks of. Messages are lower case, without a final dot, with the value in backticks.
//! Bad rows are data, not errors: they are counted by the ingest report.

use std::fmt;

/// What went wrong, as a closed question a program can ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The bytes are another format (Parquet, CSV, JSON, gzip …).
    NotArrow,
    /// Arrow, but a feature or version this reader does not take.
    Unsupported,
    /// The bytes end before what they announce.
    Truncated,
    /// The bytes contradict themselves.
    Corrupt,
    /// Reading on would need more memory than the budget allows.
    Budget,
    /// A required column is not mapped or not in the schema.
    MissingColumn,
    /// A mapped column has a type that cannot serve its role.
    ColumnType,
    /// An option has a value that makes no sense.
    Config,
    /// There is nothing to compute on.
    Empty,
    /// A sum left the range of 64-bit minor units.
    Overflow,
    /// The caller cancelled.
    Cancelled,
}

impl ErrorKind {
    /// Every kind.
    pub const ALL: [Self; 11] = [
        Self::NotArrow,
        Self::Unsupported,
        Self::Truncated,
        Self::Corrupt,
        Self::Budget,
        Self::MissingColumn,
        Self::ColumnType,
        Self::Config,
        Self::Empty,
        Self::Overflow,
        Self::Cancelled,
    ];

    /// The stable snake_case code seen in JavaScript as `FeilunError.code`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NotArrow => "not_arrow",
            Self::Unsupported => "unsupported",
            Self::Truncated => "truncated",
            Self::Corrupt => "corrupt",
            Self::Budget => "budget",
            Self::MissingColumn => "missing_column",
            Self::ColumnType => "column_type",
            Self::Config => "config",
            Self::Empty => "empty",
            Self::Overflow => "overflow",
            Self::Cancelled => "cancelled",
        }
    }
}

/// The error of every fallible function of this crate.
///
/// # Example
/// ```
/// use feilun::{Error, ErrorKind};
/// let error = Error::new(ErrorKind::ColumnType, "expected a timestamp or date, found `utf8`").at_column("ordered_at");
/// assert_eq!(error.to_string(), "column `ordered_at`: expected a timestamp or date, found `utf8`");
/// assert_eq!(error.kind().code(), "column_type");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    kind: ErrorKind,
    message: String,
    column: Option<String>,
    row: Option<u64>,
    batch: Option<u64>,
    byte_offset: Option<u64>,
    file: Option<u32>,
}

impl Error {
    /// An error of `kind` with a message in the house style.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), column: None, row: None, batch: None, byte_offset: None, file: None }
    }

    /// The same error, naming the column it speaks of.
    #[must_use]
    pub fn at_column(mut self, column: impl Into<String>) -> Self {
        self.column = Some(column.into());
        self
    }

    /// The same error, naming the row (0-based, over the whole input) it speaks of.
    #[must_use]
    pub fn at_row(mut self, row: u64) -> Self {
        self.row = Some(row);
        self
    }

    /// The same error, naming the batch (0-based, dictionaries not counted) and the byte its message begins at, unless it names a place already.
    #[must_use]
    pub fn at_message(mut self, batch: Option<u64>, byte_offset: u64) -> Self {
        if self.byte_offset.is_none() {
            (self.batch, self.byte_offset) = (batch, Some(byte_offset));
        }
        self
    }

    /// The same error, naming the file (0-based) of several it was met in.
    #[must_use]
    pub fn at_file(mut self, file: u32) -> Self {
        self.file = Some(file);
        self
    }

    /// What went wrong.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The column the error speaks of, if it does.
    #[must_use]
    pub fn column(&self) -> Option<&str> {
        self.column.as_deref()
    }

    /// The 0-based row the error speaks of, if it does.
    #[must_use]
    pub fn row(&self) -> Option<u64> {
        self.row
    }

    /// The 0-based record batch the error was met in, if in one.
    #[must_use]
    pub fn batch(&self) -> Option<u64> {
        self.batch
    }

    /// Where in the input the message begins that the error was met in, if in one.
    #[must_use]
    pub fn byte_offset(&self) -> Option<u64> {
        self.byte_offset
    }

    /// The 0-based file the error was met in, where several are read as one table.
    #[must_use]
    pub fn file(&self) -> Option<u32> {
        self.file
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(file) = self.file {
            write!(f, "file {}: ", file + 1)?;
        }
        if let Some(column) = &self.column {
            write!(f, "column `{column}`: ")?;
        }
        if let Some(row) = self.row {
            write!(f, "row {row}: ")?;
        }
        f.write_str(&self.message)?;
        match (self.batch, self.byte_offset) {
            (Some(batch), Some(byte)) => write!(f, " (batch {batch}, at byte {byte})"),
            (None, Some(byte)) => write!(f, " (at byte {byte})"),
            _ => Ok(()),
        }
    }
}

impl std::error::Error for Error {}

/// The result of every fallible function of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;
