//! Columns → the messages of an Arrow IPC stream: schema, dictionaries, one record batch, end.

use polars_arrow_format::ipc::{
    Buffer, DictionaryBatch, DictionaryEncoding, DictionaryKind, Endianness, Field, FieldNode, FloatingPoint, Int, KeyValue,
    Message, MessageHeader, MetadataVersion, Precision, RecordBatch, Schema, Type, Utf8, planus,
};

use crate::{Error, ErrorKind, Result};

/// Bytes that messages and buffers are padded to.
const ALIGNMENT: usize = 8;
/// Marks the beginning of a message.
const CONTINUATION: [u8; 4] = [0xff; 4];

/// A column without nulls.
pub(super) struct Column<'a> {
    pub(super) name: &'a str,
    pub(super) values: Values<'a>,
}

/// Its values, one per row.
pub(super) enum Values<'a> {
    Utf8(&'a [String]),
    Dictionary { codes: &'a [u8], labels: &'a [String] },
    Int32(&'a [i32]),
    Int64(&'a [i64]),
    Uint8(&'a [u8]),
    Uint32(&'a [u32]),
    Float64(&'a [f64]),
}

/// Columns of `rows` rows as a stream, with texts about them in the schema.
pub(super) fn stream(columns: &[Column<'_>], rows: usize, metadata: &[(&str, &str)]) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    let text = |text: &str| Some(text.to_owned());
    let schema = Schema {
        endianness: Endianness::Little,
        fields: Some((0..).zip(columns).map(|(id, column)| field(id, column)).collect()),
        custom_metadata: Some(metadata.iter().map(|(key, value)| KeyValue { key: text(key), value: text(value) }).collect()),
        features: None,
    };
    message(&mut out, MessageHeader::Schema(Box::new(schema)), &[]);
    for (id, column) in (0..).zip(columns) {
        if let Values::Dictionary { labels, .. } = column.values {
            let mut body = Body::default();
            body.texts(labels)?;
            let (data, bytes) = body.batch(labels.len());
            let batch = DictionaryBatch { id, data: Some(Box::new(data)), is_delta: false };
            message(&mut out, MessageHeader::DictionaryBatch(Box::new(batch)), &bytes);
        }
    }
    let mut body = Body::default();
    for column in columns {
        body.column(&column.values)?;
    }
    let (batch, bytes) = body.batch(rows);
    message(&mut out, MessageHeader::RecordBatch(Box::new(batch)), &bytes);
    out.extend(CONTINUATION);
    out.extend([0; 4]);
    Ok(out)
}

fn field(id: i64, column: &Column<'_>) -> Field {
    let int = |bit_width, is_signed| Box::new(Int { bit_width, is_signed });
    let (type_, dictionary) = match column.values {
        Values::Utf8(_) => (Type::Utf8(Box::new(Utf8 {})), None),
        Values::Dictionary { .. } => {
            let index_type = Some(int(8, false));
            let encoding = DictionaryEncoding { id, index_type, is_ordered: false, dictionary_kind: DictionaryKind::DenseArray };
            (Type::Utf8(Box::new(Utf8 {})), Some(Box::new(encoding)))
        }
        Values::Int32(_) => (Type::Int(int(32, true)), None),
        Values::Int64(_) => (Type::Int(int(64, true)), None),
        Values::Uint8(_) => (Type::Int(int(8, false)), None),
        Values::Uint32(_) => (Type::Int(int(32, false)), None),
        Values::Float64(_) => (Type::FloatingPoint(Box::new(FloatingPoint { precision: Precision::Double })), None),
    };
    let name = Some(column.name.to_owned());
    Field { name, nullable: false, type_: Some(type_), dictionary, children: Some(Vec::new()), custom_metadata: None }
}

/// The buffers of a batch as they are laid one after the other.
#[derive(Default)]
struct Body {
    bytes: Vec<u8>,
    buffers: Vec<Buffer>,
    columns: usize,
}

impl Body {
    fn column(&mut self, values: &Values<'_>) -> Result<()> {
        match values {
            Values::Utf8(texts) => return self.texts(texts),
            Values::Dictionary { codes: values, .. } | Values::Uint8(values) => self.fixed(values, |value| [value]),
            Values::Int32(values) => self.fixed(values, i32::to_le_bytes),
            Values::Int64(values) => self.fixed(values, i64::to_le_bytes),
            Values::Uint32(values) => self.fixed(values, u32::to_le_bytes),
            Values::Float64(values) => self.fixed(values, f64::to_le_bytes),
        }
        Ok(())
    }

    /// A column of values of one width: no validity, the values.
    fn fixed<T: Copy, const N: usize>(&mut self, values: &[T], bytes: fn(T) -> [u8; N]) {
        self.columns += 1;
        self.buffer(|_| {});
        self.buffer(|out| out.extend(values.iter().flat_map(|&value| bytes(value))));
    }

    /// A column of texts: no validity, where each ends, all bytes.
    fn texts(&mut self, texts: &[String]) -> Result<()> {
        let mut end = 0usize;
        let mut ends = vec![0i32];
        for text in texts {
            end += text.len();
            let too_long =
                |_| Error::new(ErrorKind::Budget, "a column of texts of more than 2 GiB does not go into an Arrow column");
            ends.push(i32::try_from(end).map_err(too_long)?);
        }
        self.columns += 1;
        self.buffer(|_| {});
        self.buffer(|out| out.extend(ends.iter().flat_map(|end| end.to_le_bytes())));
        self.buffer(|out| texts.iter().for_each(|text| out.extend(text.as_bytes())));
        Ok(())
    }

    fn buffer(&mut self, write: impl FnOnce(&mut Vec<u8>)) {
        let offset = self.bytes.len();
        write(&mut self.bytes);
        self.buffers.push(Buffer { offset: offset as i64, length: (self.bytes.len() - offset) as i64 });
        self.bytes.resize(self.bytes.len().next_multiple_of(ALIGNMENT), 0);
    }

    fn batch(self, rows: usize) -> (RecordBatch, Vec<u8>) {
        let length = rows as i64;
        let batch = RecordBatch {
            length,
            nodes: Some(vec![FieldNode { length, null_count: 0 }; self.columns]),
            buffers: Some(self.buffers),
            compression: None,
            variadic_buffer_counts: None,
        };
        (batch, self.bytes)
    }
}

/// A message: prefix, flatbuffer, body.
fn message(out: &mut Vec<u8>, header: MessageHeader, body: &[u8]) {
    let message =
        Message { version: MetadataVersion::V5, header: Some(header), body_length: body.len() as i64, custom_metadata: None };
    let mut builder = planus::Builder::new();
    let metadata = builder.finish(&message, None);
    let padded = metadata.len().next_multiple_of(ALIGNMENT);
    out.extend(CONTINUATION);
    out.extend((padded as i32).to_le_bytes());
    out.extend(metadata);
    out.resize(out.len() + padded - metadata.len(), 0);
    out.extend(body);
}
