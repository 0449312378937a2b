//! How single values, lists and maps are read and written.

use std::collections::BTreeMap;

use super::nodes::{At, Kind};
use super::read::{Read, Reader};
use super::write::{Write, Writer};

/// 10^0 … 10^22, the powers of ten that are whole in 64 bits of floating point.
const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21,
    1e22,
];

/// A whole number.
fn whole(from: &mut Reader<'_>, at: At, expected: &str, low: i128, high: i128) -> i128 {
    let number = if from.kind(at) == Some(Kind::Number) { from.raw(at).parse::<i64>().ok().map(i128::from) } else { None };
    number.filter(|number| (low..=high).contains(number)).unwrap_or_else(|| {
        from.mismatch(at, expected);
        0
    })
}

/// A number as JavaScript writes it: exact up to 15 digits, as every option and amount is, else within two units of the last of 17 digits.
fn number(text: &str) -> Option<f64> {
    let (digits, exponent) =
        text.split_once(['e', 'E']).map_or((text, Ok(0)), |(digits, exponent)| (digits, exponent.parse::<i32>()));
    let (negative, digits) = digits.strip_prefix('-').map_or((false, digits), |digits| (true, digits));
    let (mut value, mut exponent, mut seen, mut after_point) = (0u64, exponent.ok()?, false, false);
    for byte in digits.bytes() {
        match byte {
            b'.' if !after_point => after_point = true,
            b'0'..=b'9' => {
                seen = true;
                let next = value.checked_mul(10).and_then(|value| value.checked_add(u64::from(byte - b'0')));
                match next {
                    Some(next) => {
                        value = next;
                        exponent -= i32::from(after_point);
                    }
                    // Beyond what the number can hold: only its place counts.
                    None => exponent += i32::from(!after_point),
                }
            }
            _ => return None,
        }
    }
    let mut scaled = value as f64;
    while exponent != 0 && scaled != 0.0 && scaled.is_finite() {
        let step = exponent.unsigned_abs().min(22);
        let power = POWERS.get(step as usize)?;
        if exponent < 0 {
            scaled /= power;
            exponent += step as i32;
        } else {
            scaled *= power;
            exponent -= step as i32;
        }
    }
    seen.then_some(if negative { -scaled } else { scaled })
}

macro_rules! whole_numbers {
    ($($number:ident)+) => {
        $(
            impl Read for $number {
                fn read(from: &mut Reader<'_>, at: At) -> Self {
                    whole(from, at, stringify!($number), Self::MIN.into(), Self::MAX.into()) as Self
                }
            }

            impl Write for $number {
                fn write(&self, to: &mut Writer) {
                    to.whole(i128::from(*self));
                }
            }
        )+
    };
}

whole_numbers!(u8 u32 i32 u64 i64);

impl Read for f64 {
    fn read(from: &mut Reader<'_>, at: At) -> Self {
        let read = if from.kind(at) == Some(Kind::Number) { number(from.raw(at)) } else { None };
        read.unwrap_or_else(|| {
            from.mismatch(at, "f64");
            0.0
        })
    }
}

impl Write for f64 {
    fn write(&self, to: &mut Writer) {
        to.fraction(*self);
    }
}

impl Read for bool {
    fn read(from: &mut Reader<'_>, at: At) -> Self {
        let kind = from.kind(at);
        if !matches!(kind, Some(Kind::True | Kind::False)) {
            from.mismatch(at, "a boolean");
        }
        kind == Some(Kind::True)
    }
}

impl Write for bool {
    fn write(&self, to: &mut Writer) {
        to.raw(if *self { "true" } else { "false" });
    }
}

impl Read for String {
    fn read(from: &mut Reader<'_>, at: At) -> Self {
        if from.kind(at) != Some(Kind::Text) {
            from.mismatch(at, "a string");
        }
        from.string(at).into_owned()
    }
}

impl Write for String {
    fn write(&self, to: &mut Writer) {
        to.text(self);
    }
}

impl<T: Read> Read for Option<T> {
    fn read(from: &mut Reader<'_>, at: At) -> Self {
        match from.kind(at) {
            None | Some(Kind::Null) => None,
            Some(_) => Some(T::read(from, at)),
        }
    }
}

impl<T: Write> Write for Option<T> {
    fn write(&self, to: &mut Writer) {
        match self {
            Some(value) => value.write(to),
            None => to.raw("null"),
        }
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(from: &mut Reader<'_>, at: At) -> Self {
        let inside = from.inside(at, Kind::List, "a sequence");
        inside.into_iter().map(|at| T::read(from, at)).collect()
    }
}

impl<T: Write> Write for Vec<T> {
    fn write(&self, to: &mut Writer) {
        self.as_slice().write(to);
    }
}

impl<T: Write> Write for [T] {
    fn write(&self, to: &mut Writer) {
        to.open(b'[');
        for value in self {
            to.next();
            value.write(to);
        }
        to.close(b']');
    }
}

impl<T: Read, const N: usize> Read for [T; N] {
    fn read(from: &mut Reader<'_>, at: At) -> Self {
        let places = from.places::<N>(at);
        places.map(|at| T::read(from, at))
    }
}

impl<T: Write, const N: usize> Write for [T; N] {
    fn write(&self, to: &mut Writer) {
        self.as_slice().write(to);
    }
}

impl<A: Read, B: Read> Read for (A, B) {
    fn read(from: &mut Reader<'_>, at: At) -> Self {
        let [first, second] = from.places(at);
        (A::read(from, first), B::read(from, second))
    }
}

impl<A: Write, B: Write> Write for (A, B) {
    fn write(&self, to: &mut Writer) {
        to.open(b'[');
        self.0.write(to);
        to.next();
        self.1.write(to);
        to.close(b']');
    }
}

impl<K: Read + Ord, V: Read> Read for BTreeMap<K, V> {
    fn read(from: &mut Reader<'_>, at: At) -> Self {
        let inside = from.inside(at, Kind::Object, "a map");
        let mut inside = inside.into_iter();
        let mut map = Self::new();
        while let Some((key, value)) = inside.next().zip(inside.next()) {
            let key = K::read(from, key);
            map.insert(key, V::read(from, value));
        }
        map
    }
}

impl<K: Write, V: Write> Write for BTreeMap<K, V> {
    fn write(&self, to: &mut Writer) {
        to.open(b'{');
        for (key, value) in self {
            to.next();
            key.write(to);
            to.raw(":");
            value.write(to);
        }
        to.close(b'}');
    }
}
