//! 256-bit decimals → 128 bits, as exactly as an amount needs.

/// Decimal places kept: far more than amounts have, few enough that 128 bits hold every amount taken.
const PLACES: i32 = 19;

/// How the values of a column are narrowed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Narrow {
    /// Decimal places after narrowing.
    pub(super) scale: i32,
    /// Places cut off.
    cut: u32,
}

/// For values of `scale`.
pub(super) fn narrowed(scale: i32) -> Narrow {
    // No 256-bit number has more than 78 digits.
    let cut = scale.saturating_sub(PLACES).clamp(0, 78);
    Narrow { scale: scale - cut, cut: cut as u32 }
}

impl Narrow {
    /// The value of 32 little-endian bytes, `i128::MAX` or `MIN` where it is beyond 128 bits.
    ///
    /// What is cut off is remembered in the last place: a 0 or 5 there becomes 1 or 6, so that rounding to cents sees that there was more.
    pub(super) fn value(self, bytes: [u8; 32]) -> i128 {
        let negative = bytes[31] >= 0x80;
        let mut limbs = [0u32; 8];
        let mut carry = u64::from(negative);
        for (limb, bytes) in limbs.iter_mut().zip(bytes.as_chunks::<4>().0) {
            let word = u32::from_le_bytes(*bytes);
            let sum = u64::from(if negative { !word } else { word }) + carry;
            *limb = sum as u32;
            carry = sum >> 32;
        }
        let mut is_cut = false;
        for _ in 0..self.cut {
            is_cut |= divide_by_ten(&mut limbs) != 0;
        }
        let [a, b, c, d, high @ ..] = limbs;
        let magnitude = [a, b, c, d].iter().rev().fold(0u128, |value, &limb| value << 32 | u128::from(limb));
        let sticky = u128::from(is_cut && magnitude.is_multiple_of(5));
        let fits = high == [0; 4];
        match i128::try_from(magnitude).ok().filter(|_| fits).and_then(|value| value.checked_add(sticky as i128)) {
            Some(value) if negative => -value,
            Some(value) => value,
            None if negative => i128::MIN,
            None => i128::MAX,
        }
    }
}

/// Divides in place and returns the rest.
fn divide_by_ten(limbs: &mut [u32; 8]) -> u32 {
    let mut rest = 0u64;
    for limb in limbs.iter_mut().rev() {
        let value = rest << 32 | u64::from(*limb);
        *limb = (value / 10) as u32;
        rest = value % 10;
    }
    rest as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(value: i128, shift: usize) -> [u8; 32] {
        let mut bytes = if value < 0 { [0xff; 32] } else { [0; 32] };
        bytes[..shift].fill(0);
        bytes[shift..shift + 16].copy_from_slice(&value.to_le_bytes());
        bytes
    }

    #[test]
    fn small_values_are_unchanged_and_huge_ones_saturate() {
        for value in [0, 1, -1, 1234, i128::MAX, i128::MIN + 1] {
            assert_eq!(narrowed(2).value(bytes(value, 0)), value);
        }
        assert_eq!(narrowed(2).value(bytes(1, 16)), i128::MAX);
        assert_eq!(narrowed(2).value(bytes(-1, 16)), i128::MIN);
        assert_eq!(narrowed(i32::MIN).scale, i32::MIN);
    }

    #[test]
    fn places_beyond_the_kept_ones_leave_a_trace() {
        let narrow = narrowed(38);
        assert_eq!((narrow.scale, narrow.cut), (19, 19));
        let unit = 10i128.pow(38);
        assert_eq!(narrow.value(bytes(unit, 0)), 10i128.pow(19));
        assert_eq!(narrow.value(bytes(-unit - 1, 0)), -(10i128.pow(19)) - 1);
        assert_eq!(narrow.value(bytes(unit + 10i128.pow(19) * 3 + 7, 0)), 10i128.pow(19) + 3);
    }
}
