//! Slices of rows → a [`Table`] beside orders: every row is used whole or set aside whole, for the first field that speaks against it.

use std::ops::Range;

use super::amount::Money;
use super::builder::checked_rows;
use super::column::{MappedColumn, TimeColumn, selection};
use super::dictionary::Dictionaries;
use super::intern::Interner;
use super::labels::Ordering;
use super::pending::has_grown;
use super::time::{Moment, TimeScale};
use crate::ingest::ipc::{BatchView, Schema};
use crate::ingest::load::FileEnd;
use crate::ingest::mapping::{column_of_field, expected_field};
use crate::ingest::pull::{Room, Sink};
use crate::ingest::report::{Counts, Tally};
use crate::ingest::tables::{Table, TableColumn};
use crate::ingest::{LocalClock, NONE, options};
use crate::result::{FieldValues, IngestOptions, SetAsideReason, TableField, TableKind, TableMapping, TableReport};
use crate::sorting::sort_by;
use crate::{Error, ErrorKind, Result};

/// Texts that say yes and no, lower case.
const YES: [&str; 6] = ["true", "1", "yes", "y", "是", "对照"];
const NO: [&str; 6] = ["false", "0", "no", "n", "否", "非对照"];

/// Builds a table from batches of its mapped columns.
pub(in crate::ingest) struct TableBuilder {
    kind: TableKind,
    mapping: TableMapping,
    options: IngestOptions,
    clock: LocalClock,
    fields: Vec<Field>,
    dictionaries: Dictionaries,
    people: Interner,
    tally: Tally,
    counts: Counts,
}

/// A mapped field, its column of the file at work and its rows so far.
struct Field {
    field: TableField,
    required: bool,
    column: Option<TimeColumn>,
    labels: Interner,
    done: Done,
}

/// The rows so far.
enum Done {
    People(Vec<u32>),
    Labels(Vec<u32>),
    Times(Vec<i64>, Vec<i32>),
    Money(Vec<i64>),
    Flags(Vec<bool>),
    Ratings(Vec<u8>),
}

/// A slice of a field.
enum Slice {
    Codes(Vec<u32>),
    Times(Vec<Moment>),
    Money(Vec<Money>),
}

impl Done {
    fn new(values: FieldValues) -> Self {
        match values {
            FieldValues::Person => Self::People(Vec::new()),
            FieldValues::Label => Self::Labels(Vec::new()),
            FieldValues::Time => Self::Times(Vec::new(), Vec::new()),
            FieldValues::Money => Self::Money(Vec::new()),
            FieldValues::Flag => Self::Flags(Vec::new()),
            FieldValues::Rating => Self::Ratings(Vec::new()),
        }
    }
}

impl Done {
    /// Bytes of a row.
    fn width(&self) -> u64 {
        match self {
            Self::People(_) | Self::Labels(_) => 4,
            Self::Times(..) => 12,
            Self::Money(_) => 8,
            Self::Flags(_) | Self::Ratings(_) => 1,
        }
    }

    fn make_room(&mut self, room: Room) -> Result<bool> {
        match self {
            Self::People(column) | Self::Labels(column) => has_grown(column, room),
            Self::Times(instants, days) => Ok(has_grown(instants, room)? || has_grown(days, room)?),
            Self::Money(column) => has_grown(column, room),
            Self::Flags(column) => has_grown(column, room),
            Self::Ratings(column) => has_grown(column, room),
        }
    }
}

impl TableBuilder {
    /// For the fields of a mapping.
    pub(in crate::ingest) fn new(kind: TableKind, mapping: &TableMapping, options: &IngestOptions) -> Result<Self> {
        let (known, required) = kind.fields();
        if let Some(field) = mapping.0.keys().find(|field| !known.contains(field)) {
            return Err(Error::new(ErrorKind::Config, format!("table `{}` has no field `{}`", kind.name(), field.name())));
        }
        if let Some(field) = known.iter().take(required).find(|field| !mapping.0.contains_key(field)) {
            let text = format!("no column is mapped to `{}` of table `{}`", field.name(), kind.name());
            return Err(Error::new(ErrorKind::MissingColumn, text));
        }
        let mapped = known.iter().enumerate().filter(|(_, field)| mapping.0.contains_key(field));
        let field = |(at, &field): (usize, &TableField)| Field {
            field,
            required: at < required,
            column: None,
            labels: Interner::default(),
            done: Done::new(field.values()),
        };
        Ok(Self {
            kind,
            mapping: mapping.clone(),
            options: options.clone(),
            clock: options::clock(options)?,
            fields: mapped.map(field).collect(),
            dictionaries: Dictionaries::default(),
            people: Interner::default(),
            tally: Tally::default(),
            counts: Counts::default(),
        })
    }

    pub(in crate::ingest) fn counts(&self) -> Counts {
        self.counts
    }

    pub(in crate::ingest) fn is_mapped(&self, name: &str) -> bool {
        self.mapping.0.values().any(|column| column == name)
    }

    /// Closes the columns.
    pub(in crate::ingest) fn finish(self, files: &[FileEnd]) -> Table {
        let mut personal: Vec<String> = files.iter().flat_map(|file| file.pii_columns_ignored.iter().cloned()).collect();
        sort_by(&mut personal, String::cmp);
        personal.dedup();
        let names: Vec<_> = self.fields.iter().map(|field| self.mapping.0.get(&field.field).cloned()).collect();
        let rows_used = self.counts.rows - self.tally.total();
        let column = |_, place: u8| names.get(usize::from(place)).cloned().flatten();
        let report = TableReport {
            table: self.kind,
            files: self.tally.files(files, column),
            rows_read: self.counts.rows,
            rows_used,
            set_aside: self.tally.finish(column),
            rounded_amounts: self.counts.rounded,
            ignored_times: self.counts.ignored,
            bytes_read: files.iter().map(|file| file.bytes_read).sum(),
            mapping: self.mapping,
            pii_columns_ignored: personal,
        };
        let column = |field: Field| {
            let column = match field.done {
                Done::People(people) => TableColumn::People(people),
                Done::Labels(codes) => TableColumn::Labels(Ordering::new(field.labels, codes).finish()),
                Done::Times(time_us, day) => TableColumn::Times { time_us, day },
                Done::Money(minor) => TableColumn::Money(minor),
                Done::Flags(flags) => TableColumn::Flags(flags),
                Done::Ratings(ratings) => TableColumn::Ratings(ratings),
            };
            (field.field, column)
        };
        let columns = self.fields.into_iter().map(column).collect();
        Table { kind: self.kind, rows: rows_used as usize, ids: self.people.ids, columns, report }
    }
}

impl Sink for TableBuilder {
    fn open(&mut self, schema: &Schema) -> Result<Vec<usize>> {
        self.dictionaries = Dictionaries::default();
        if self.fields.iter().any(|field| field.column.is_some()) {
            self.tally.next_file(self.counts.rows);
        }
        let mut found = Vec::with_capacity(self.fields.len());
        for field in &self.fields {
            let name = self.mapping.0.get(&field.field).map_or("", String::as_str);
            found.push(column_of_field(schema, field.field, name)?);
        }
        let selection = selection(found.iter().copied());
        for (field, index) in self.fields.iter_mut().zip(found) {
            let column = MappedColumn::new(schema, &selection, index);
            let column = column.ok_or_else(|| Error::new(ErrorKind::Corrupt, "a mapped column that is not selected"))?;
            let scale = match field.field.values() {
                FieldValues::Time => {
                    let scale = TimeScale::new(column.column.value_type(), self.options.naive_is_utc);
                    scale.ok_or_else(|| expected_field(field.field, &column.column))?
                }
                _ => TimeScale::NONE,
            };
            field.column = Some(TimeColumn { column, scale });
        }
        Ok(selection)
    }

    fn dictionary(&mut self, id: i64, delta: bool, batch: &BatchView<'_>, values: Range<usize>) -> Result<Option<usize>> {
        let mut columns = self.fields.iter().filter_map(|field| field.column.as_ref());
        let Some(column) = columns.find(|column| column.column.uses(id)) else { return Ok(None) };
        let column = column.column.column.clone();
        self.dictionaries.read(id, delta, &column, batch, values)
    }

    fn check_rows(&self, batch: &BatchView<'_>) -> Result<usize> {
        checked_rows(self.counts.rows, batch)
    }

    fn held(&self, rows: usize) -> u64 {
        let rows = u64::from(self.counts.rows) + rows as u64;
        let of_field = |field: &Field| rows * field.done.width() + field.labels.held();
        self.fields.iter().map(of_field).sum::<u64>() + self.people.held() + self.dictionaries.held()
    }

    fn make_room(&mut self, room: Room) -> Result<bool> {
        for field in &mut self.fields {
            if field.done.make_room(room)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn rows(&mut self, batch: &BatchView<'_>, rows: Range<usize>) -> Result<()> {
        let all: Vec<u32> = (0..rows.len() as u32).collect();
        let mut slices = Vec::with_capacity(self.fields.len());
        for field in &mut self.fields {
            let Some(TimeColumn { column, .. }) = &mut field.column else { continue };
            slices.push(match field.field.values() {
                FieldValues::Person => {
                    Slice::Codes(column.read_codes(batch, &rows, &all, &mut self.people, &self.dictionaries)?)
                }
                FieldValues::Label | FieldValues::Flag => {
                    Slice::Codes(column.read_codes(batch, &rows, &all, &mut field.labels, &self.dictionaries)?)
                }
                FieldValues::Money | FieldValues::Rating => {
                    Slice::Money(column.read_amounts(batch, &rows, &self.dictionaries)?)
                }
                FieldValues::Time => match &field.column {
                    Some(time) => Slice::Times(time.read(batch, &rows, &self.clock, &self.dictionaries)?),
                    None => continue,
                },
            });
        }
        for row in 0..rows.len() {
            let against = self.fields.iter().zip(&slices).enumerate().find_map(|(place, (field, slice))| {
                let reason = field.reason_against(slice, row)?;
                Some((reason, place as u8))
            });
            if let Some((reason, place)) = against {
                self.tally.add(reason, place, self.counts.rows + row as u32);
                continue;
            }
            for (field, slice) in self.fields.iter_mut().zip(&slices) {
                let (rounded, ignored) = field.push(slice, row);
                self.counts.rounded += u32::from(rounded);
                self.counts.ignored += u32::from(ignored);
            }
        }
        self.counts.rows += rows.len() as u32;
        Ok(())
    }
}

impl Field {
    /// Why a row cannot be used, as far as this field goes.
    fn reason_against(&self, slice: &Slice, row: usize) -> Option<SetAsideReason> {
        match slice {
            Slice::Codes(codes) => {
                let code = codes.get(row).copied().unwrap_or(NONE);
                match self.done {
                    Done::People(_) if self.required && code == NONE => Some(SetAsideReason::NullCustomer),
                    Done::Labels(_) if self.required && code == NONE => Some(SetAsideReason::NullLabel),
                    Done::Flags(_) if code != NONE && self.flag(code).is_none() => Some(SetAsideReason::UnreadableFlag),
                    _ => None,
                }
            }
            Slice::Times(times) => match times.get(row) {
                Some(Moment::OutOfRange) if self.required => Some(SetAsideReason::TimeOutOfRange),
                Some(Moment::Null) | None if self.required => Some(SetAsideReason::NullTime),
                _ => None,
            },
            Slice::Money(money) => match (&self.done, money.get(row).copied().unwrap_or(Money::Missing)) {
                (Done::Ratings(_), Money::Missing) => None,
                (Done::Ratings(_), Money::Minor { minor: 100 | 200 | 300 | 400 | 500, rounded: false }) => None,
                (Done::Ratings(_), _) => Some(SetAsideReason::RatingOutOfRange),
                (_, Money::Minor { .. }) => None,
                (_, Money::Missing | Money::Infinite) => Some(SetAsideReason::NullAmount),
                (_, Money::OutOfRange) => Some(SetAsideReason::AmountOutOfRange),
            },
        }
    }

    fn flag(&self, code: u32) -> Option<bool> {
        let text = String::from_utf8_lossy(self.labels.ids.get(code)).trim().to_lowercase();
        let is_yes = YES.contains(&text.as_str());
        (is_yes || NO.contains(&text.as_str())).then_some(is_yes)
    }

    /// Keeps one row; whether an amount was rounded, and whether a time was ignored.
    fn push(&mut self, slice: &Slice, row: usize) -> (bool, bool) {
        let code = |codes: &[u32]| codes.get(row).copied().unwrap_or(NONE);
        let flag = match (&self.done, slice) {
            (Done::Flags(_), Slice::Codes(codes)) if code(codes) != NONE => self.flag(code(codes)).unwrap_or_default(),
            _ => false,
        };
        match (&mut self.done, slice) {
            (Done::People(done) | Done::Labels(done), Slice::Codes(codes)) => done.push(code(codes)),
            (Done::Flags(done), Slice::Codes(_)) => done.push(flag),
            (Done::Times(instants, days), Slice::Times(times)) => {
                let (instant, local) = match times.get(row) {
                    Some(&Moment::At { time_us, day }) => (time_us, day),
                    _ => (i64::MAX, i32::MAX),
                };
                instants.push(instant);
                days.push(local);
                return (false, times.get(row) == Some(&Moment::OutOfRange));
            }
            (Done::Money(done), Slice::Money(money)) => {
                if let Some(&Money::Minor { minor, rounded }) = money.get(row) {
                    done.push(minor);
                    return (rounded, false);
                }
            }
            (Done::Ratings(done), Slice::Money(money)) => done.push(match money.get(row) {
                Some(&Money::Minor { minor, .. }) => (minor / 100) as u8,
                _ => 0,
            }),
            _ => {}
        }
        (false, false)
    }
}
