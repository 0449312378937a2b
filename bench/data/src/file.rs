//! Orders → an Arrow IPC file as a warehouse exports it: one row per order, ids in one of three encodings, and a column nobody asks for.

use std::io::Write;

use arrow2::array::{Array, DictionaryArray, PrimitiveArray, Utf8Array};
use arrow2::chunk::Chunk;
use arrow2::datatypes::{DataType, Field, IntegerType, Schema, TimeUnit};
use arrow2::io::ipc::write::{FileWriter, WriteOptions};

use crate::orders::STORES;
use crate::{Order, Orders, Result, customer_number};

/// Rows of a record batch.
const BATCH: usize = 250_000;

/// How customers and inviters are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdType {
    /// `utf8`, such as `M00123456`.
    Utf8,
    /// `dictionary<int32, utf8>` over all customers.
    Dictionary,
    /// `int64`.
    Int64,
}

/// Writes so many orders: `customer_id`, `ordered_at`, `amount`, `store_id`, `inviter_id`, `joined_at` and the unmapped `note`.
///
/// # Errors
/// What the writer says.
pub fn write<W: Write>(to: W, n: u64, id_type: IdType) -> Result<W> {
    let mut all = Orders::new(n);
    all.by_ref().for_each(drop);
    let customers = all.customers();
    let ids = IdColumns::new(id_type, customers);
    let schema = Schema::from(vec![
        Field::new("customer_id", ids.data_type(), false),
        Field::new("ordered_at", time_type(), false),
        Field::new("amount", DataType::Float64, false),
        Field::new("store_id", DataType::Dictionary(IntegerType::Int8, Box::new(DataType::Utf8), false), false),
        Field::new("inviter_id", ids.data_type(), true),
        Field::new("joined_at", time_type(), true),
        Field::new("note", DataType::Utf8, false),
    ]);
    let mut writer = FileWriter::try_new(to, schema, None, WriteOptions { compression: None })?;
    let mut orders = Orders::new(n).peekable();
    let stores = Utf8Array::<i32>::from_iter_values((0..STORES).map(|store| format!("S{:03}", store + 1))).boxed();
    while orders.peek().is_some() {
        let rows: Vec<Order> = orders.by_ref().take(BATCH).collect();
        let stores =
            DictionaryArray::try_from_keys(PrimitiveArray::from_iter(rows.iter().map(|o| Some(o.store as i8))), stores.clone())?;
        let times =
            |time: fn(&Order) -> Option<i64>| PrimitiveArray::<i64>::from_iter(rows.iter().map(time)).to(time_type()).boxed();
        let columns: Vec<Box<dyn Array>> = vec![
            ids.column(rows.iter().map(|order| Some(order.customer)))?,
            times(|order| Some(order.time_ms)),
            PrimitiveArray::<f64>::from_iter(rows.iter().map(|order| Some(order.amount_minor as f64 / 100.0))).boxed(),
            stores.boxed(),
            ids.column(rows.iter().map(|order| order.inviter))?,
            times(|order| order.joined_ms),
            Utf8Array::<i32>::from_iter_values(rows.iter().map(|order| format!("note {:07}", order.amount_minor))).boxed(),
        ];
        writer.write(&Chunk::try_new(columns)?, None)?;
    }
    writer.finish()?;
    Ok(writer.into_inner())
}

fn time_type() -> DataType {
    DataType::Timestamp(TimeUnit::Millisecond, Some("Asia/Shanghai".to_owned()))
}

/// Writes ids.
struct IdColumns {
    id_type: IdType,
    customers: u32,
    /// The labels of all customers, for a dictionary.
    labels: Box<dyn Array>,
}

impl IdColumns {
    fn new(id_type: IdType, customers: u32) -> Self {
        let labelled = if id_type == IdType::Dictionary { customers } else { 0 };
        let labels = Utf8Array::<i32>::from_iter_values((0..labelled).map(|customer| label(customer, customers)));
        Self { id_type, customers, labels: labels.boxed() }
    }

    fn data_type(&self) -> DataType {
        match self.id_type {
            IdType::Utf8 => DataType::Utf8,
            IdType::Dictionary => DataType::Dictionary(IntegerType::Int32, Box::new(DataType::Utf8), false),
            IdType::Int64 => DataType::Int64,
        }
    }

    fn column(&self, rows: impl Iterator<Item = Option<u32>>) -> Result<Box<dyn Array>> {
        Ok(match self.id_type {
            IdType::Utf8 => Utf8Array::<i32>::from_iter(rows.map(|row| row.map(|row| label(row, self.customers)))).boxed(),
            IdType::Int64 => {
                PrimitiveArray::<i64>::from_iter(rows.map(|row| row.map(|row| customer_number(row, self.customers) as i64)))
                    .boxed()
            }
            IdType::Dictionary => {
                let keys = PrimitiveArray::<i32>::from_iter(rows.map(|row| row.map(|row| row as i32)));
                DictionaryArray::try_from_keys(keys, self.labels.clone())?.boxed()
            }
        })
    }
}

fn label(customer: u32, customers: u32) -> String {
    format!("M{:08}", customer_number(customer, customers))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_holds_its_rows_and_its_twin_is_smaller() {
        for id_type in [IdType::Utf8, IdType::Dictionary, IdType::Int64] {
            let file = write(Vec::new(), 1_000, id_type).unwrap();
            let mut reader = std::io::Cursor::new(&file);
            let metadata = arrow2::io::ipc::read::read_file_metadata(&mut reader).unwrap();
            assert_eq!(metadata.blocks.len(), 1);
            let twin = crate::compress(&file).unwrap();
            let metadata = arrow2::io::ipc::read::read_file_metadata(&mut std::io::Cursor::new(&twin)).unwrap();
            assert_eq!((metadata.blocks.len(), metadata.schema.fields.len()), (1, 7));
            assert!(twin.len() < file.len());
        }
    }
}
