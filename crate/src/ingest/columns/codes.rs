//! Text, number and boolean columns → indices of an [`Interner`], or 128-bit fingerprints.
//!
//! Whole floats and decimals are taken as the integers they stand for: pandas turns integers with a null into floats, databases write them as
//! decimals.

use xxhash_rust::xxh3::xxh3_128;

use super::decode::Values;
use super::dictionary::{CodeMap, Dictionary, UNSEEN};
use super::intern::Interner;
use crate::ingest::NONE;
use crate::ingest::ipc::corrupt;
use crate::{Error, ErrorKind, Result};

/// The id or label of one row.
enum Id<'a> {
    Text(&'a [u8]),
    Int(i64),
    /// Beyond an [`Id::Int`].
    Wide(i128),
}

impl Id<'_> {
    fn whole(value: i128) -> Self {
        i64::try_from(value).map_or(Self::Wide(value), Self::Int)
    }

    fn code(&self, interner: &mut Interner) -> u32 {
        match *self {
            Self::Text(text) => interner.text(text),
            Self::Int(value) => interner.int(value),
            Self::Wide(value) => interner.text(value.to_string().as_bytes()),
        }
    }

    fn fingerprint(&self) -> u128 {
        match *self {
            Self::Text(text) => hash(text),
            Self::Int(value) => hash(&value.to_le_bytes()),
            Self::Wide(value) => hash(&value.to_le_bytes()),
        }
    }
}

/// The id at one place, `None` for null.
fn id(values: &Values, at: usize) -> Result<Option<Id<'_>>> {
    Ok(match values {
        Values::Nulls(_) => None,
        Values::Texts(array) => array.get(at).map(|text| Id::Text(text.as_bytes())),
        Values::Ints(array) => array.get(at).map(Id::Int),
        Values::Uints(array) => array.get(at).map(|value| Id::whole(i128::from(value))),
        Values::Bools(array) => array.get(at).map(|value| Id::Text(if value { b"true" } else { b"false" })),
        Values::Floats(array, _) => array.get(at).filter(|value| !value.is_nan()).map(whole_float).transpose()?,
        Values::Decimals(array, scale) => array.get(at).map(|value| whole_decimal(value, *scale)).transpose()?,
        Values::Keys(_) => return Err(corrupt("a dictionary within a dictionary")),
    })
}

fn whole_float(value: f64) -> Result<Id<'static>> {
    /// Integers up to here are told apart by a float.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if value.fract() != 0.0 || value.abs() > EXACT {
        return Err(not_whole(&value.to_string()));
    }
    Ok(Id::Int(value as i64))
}

fn whole_decimal(value: i128, scale: i32) -> Result<Id<'static>> {
    let power = 10i128.checked_pow(scale.unsigned_abs());
    let whole = match (power, scale >= 0) {
        _ if value == 0 => Some(0),
        (Some(power), true) if value % power == 0 && value != i128::MAX && value != i128::MIN => Some(value / power),
        (Some(power), false) => value.checked_mul(power),
        _ => None,
    };
    whole.map(Id::whole).ok_or_else(|| not_whole(&format!("{value}e{}", -i64::from(scale))))
}

fn not_whole(value: &str) -> Error {
    Error::new(ErrorKind::ColumnType, format!("expected text or whole numbers, found `{value}`"))
}

/// Appends to `out` the index of the value in each of `rows`, [`NONE`] for null and for the empty text.
pub(super) fn codes(
    values: &Values,
    dictionary: Option<(&Dictionary, &mut CodeMap)>,
    rows: &[u32],
    interner: &mut Interner,
    out: &mut Vec<u32>,
) -> Result<()> {
    out.reserve(rows.len());
    let texts = |array, interner: &mut Interner, out: &mut Vec<u32>| interner.texts(array, rows, out);
    let rows = rows.iter().map(|&row| row as usize);
    match (values, dictionary) {
        (Values::Texts(array), _) => texts(array, interner, out),
        (Values::Ints(array), _) => out.extend(rows.map(|row| array.get(row).map_or(NONE, |value| interner.int(value)))),
        (Values::Keys(keys), Some((dictionary, map))) => {
            let codes = map.of(dictionary);
            let from = out.len();
            let mut unseen = Vec::new();
            for row in rows {
                let key = dictionary.key(keys, row)?;
                if let Some((key, code)) = key.and_then(|key| Some((key, codes.get_mut(key)?)))
                    && *code == UNSEEN
                {
                    *code = NONE;
                    unseen.push(key as u32);
                }
                out.push(key.map_or(NONE, |key| key as u32));
            }
            learn(dictionary, &unseen, interner, codes)?;
            for key in out.iter_mut().skip(from) {
                *key = codes.get(*key as usize).copied().unwrap_or(NONE);
            }
        }
        (values, _) => {
            for row in rows {
                out.push(id(values, row)?.map_or(NONE, |id| id.code(interner)));
            }
        }
    }
    Ok(())
}

/// Finds the codes of some values of a dictionary; texts that lie together are looked up together.
fn learn(dictionary: &Dictionary, mut unseen: &[u32], interner: &mut Interner, codes: &mut [u32]) -> Result<()> {
    let mut found = Vec::new();
    while let Some(&first) = unseen.first() {
        let Some((values, at)) = dictionary.value(first as usize) else { return Ok(()) };
        found.clear();
        if let Values::Texts(array) = values {
            let start = first - at as u32;
            let place = |&key: &u32| key.checked_sub(start).filter(|&place| (place as usize) < array.len());
            let places: Vec<u32> = unseen.iter().map_while(place).collect();
            interner.texts(array, &places, &mut found);
        } else {
            found.push(id(values, at)?.map_or(NONE, |id| id.code(interner)));
        }
        let (known, rest) = unseen.split_at(found.len());
        for (&key, &code) in known.iter().zip(&found) {
            if let Some(slot) = codes.get_mut(key as usize) {
                *slot = code;
            }
        }
        unseen = rest;
    }
    Ok(())
}

/// Appends to `out` the fingerprint of the value in each of `rows`, 0 for null and for the empty text.
pub(super) fn fingerprints(values: &Values, dictionary: Option<&Dictionary>, rows: &[u32], out: &mut Vec<u128>) -> Result<()> {
    out.reserve(rows.len());
    for &row in rows {
        let row = row as usize;
        let id = match (values, dictionary) {
            (Values::Keys(keys), Some(dictionary)) => {
                dictionary.look_up(keys, row)?.map_or(Ok(None), |(values, at)| id(values, at))?
            }
            (values, _) => id(values, row)?,
        };
        out.push(id.map_or(0, |id| id.fingerprint()));
    }
    Ok(())
}

#[inline]
fn hash(bytes: &[u8]) -> u128 {
    if bytes.is_empty() { 0 } else { xxh3_128(bytes).max(1) }
}
