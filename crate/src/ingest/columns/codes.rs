//! Text, integer and boolean columns → indices of an [`Interner`], or 128-bit fingerprints.

use arrow2::array::PrimitiveArray;
use xxhash_rust::xxh3::xxh3_128;

use super::decode::Values;
use super::dictionary::{CodeMap, Dictionary, UNSEEN};
use super::intern::Interner;
use crate::Result;
use crate::ingest::NONE;
use crate::ingest::ipc::corrupt;

/// Appends to `out` the index of the value in each of `rows`, [`NONE`] for null and for the empty text.
pub(super) fn codes(
    values: &Values,
    dictionary: Option<(&Dictionary, &mut CodeMap)>,
    rows: &[u32],
    interner: &mut Interner,
    out: &mut Vec<u32>,
) -> Result<()> {
    out.reserve(rows.len());
    let rows = rows.iter().map(|&row| row as usize);
    match (values, dictionary) {
        (Values::Texts(array), _) => {
            let text = |row| array.get(row).map_or(NONE, |text| interner.text(text.as_bytes()));
            out.extend(rows.map(text));
        }
        (Values::Ints(array), _) => out.extend(rows.map(|row| array.get(row).map_or(NONE, |value| interner.int(value)))),
        (Values::Uints(array), _) => out.extend(rows.map(|row| array.get(row).map_or(NONE, |value| interner.uint(value)))),
        (Values::Bools(array), _) => {
            let mut label = |value: bool| interner.text(if value { b"true" } else { b"false" });
            out.extend(rows.map(|row| array.get(row).map_or(NONE, &mut label)));
        }
        (Values::Keys(keys), Some((dictionary, map))) => {
            let codes = map.of(dictionary);
            for row in rows {
                let Some(key) = key(keys, row, dictionary)? else {
                    out.push(NONE);
                    continue;
                };
                let Some(code) = codes.get_mut(key) else { return Err(beyond(key, dictionary)) };
                if *code == UNSEEN {
                    *code = value_code(dictionary, key, interner);
                }
                out.push(*code);
            }
        }
        _ => return Err(corrupt("a column of ids or labels of another type")),
    }
    Ok(())
}

/// The index of one dictionary value.
fn value_code(dictionary: &Dictionary, key: usize, interner: &mut Interner) -> u32 {
    let Some((values, at)) = dictionary.value(key) else { return NONE };
    let code = match values {
        Values::Texts(array) => array.get(at).map(|text| interner.text(text.as_bytes())),
        Values::Ints(array) => array.get(at).map(|value| interner.int(value)),
        Values::Uints(array) => array.get(at).map(|value| interner.uint(value)),
        _ => None,
    };
    code.unwrap_or(NONE)
}

/// Appends to `out` the fingerprint of the value in each of `rows`, 0 for null and for the empty text.
pub(super) fn fingerprints(values: &Values, dictionary: Option<&Dictionary>, rows: &[u32], out: &mut Vec<u128>) -> Result<()> {
    out.reserve(rows.len());
    let rows = rows.iter().map(|&row| row as usize);
    match (values, dictionary) {
        (Values::Keys(keys), Some(dictionary)) => {
            for row in rows {
                let key = key(keys, row, dictionary)?;
                out.push(key.and_then(|key| dictionary.value(key)).map_or(0, |(values, at)| fingerprint(values, at)));
            }
        }
        (Values::Texts(array), _) => out.extend(rows.map(|row| array.get(row).map_or(0, |text| hash(text.as_bytes())))),
        (Values::Ints(array), _) => out.extend(rows.map(|row| array.get(row).map_or(0, |value| hash(&value.to_le_bytes())))),
        (Values::Uints(array), _) => out.extend(rows.map(|row| array.get(row).map_or(0, |value| hash(&value.to_le_bytes())))),
        _ => return Err(corrupt("a column of ids of another type")),
    }
    Ok(())
}

fn fingerprint(values: &Values, at: usize) -> u128 {
    match values {
        Values::Texts(array) => array.get(at).map_or(0, |text| hash(text.as_bytes())),
        Values::Ints(array) => array.get(at).map_or(0, |value| hash(&value.to_le_bytes())),
        Values::Uints(array) => array.get(at).map_or(0, |value| hash(&value.to_le_bytes())),
        _ => 0,
    }
}

fn hash(bytes: &[u8]) -> u128 {
    if bytes.is_empty() { 0 } else { xxh3_128(bytes).max(1) }
}

fn key(keys: &PrimitiveArray<u32>, row: usize, dictionary: &Dictionary) -> Result<Option<usize>> {
    match keys.get(row).map(|key| key as usize) {
        Some(key) if key >= dictionary.len() => Err(beyond(key, dictionary)),
        key => Ok(key),
    }
}

fn beyond(key: usize, dictionary: &Dictionary) -> crate::Error {
    corrupt(format!("a row refers to value `{key}` of a dictionary of `{}`", dictionary.len()))
}
