//! Customer ids → pseudonyms: the same id under the same salt gives the same name, which tells nothing about the id without the salt.

use sha2::{Digest, Sha256};

use crate::{Error, ErrorKind, Result};

/// Bytes of a block of SHA-256.
const BLOCK: usize = 64;
/// Bytes a salt has at least: fewer could be guessed.
const LEAST_SALT: usize = 16;
/// Bytes of a pseudonym.
const BYTES: usize = 16;

/// HMAC-SHA-256 under a salt, the first 128 bits.
///
/// # Source
/// RFC 2104; RFC 4231 for test vectors.
#[derive(Debug, Clone)]
pub struct Pseudonyms {
    /// The hash that has taken in the key, inner and outer.
    keyed: [Sha256; 2],
}

impl Pseudonyms {
    /// The pseudonyms of a salt.
    ///
    /// # Errors
    /// `Config` for a salt of less than 16 bytes.
    pub fn new(salt: &[u8]) -> Result<Self> {
        if salt.len() < LEAST_SALT {
            let message = format!("`salt` must have at least {LEAST_SALT} bytes, found `{}`", salt.len());
            return Err(Error::new(ErrorKind::Config, message));
        }
        Ok(Self::keyed(salt))
    }

    fn keyed(key: &[u8]) -> Self {
        let hashed = Sha256::digest(key);
        let key = if key.len() > BLOCK { &hashed[..] } else { key };
        let keyed = [0x36, 0x5c].map(|pad| {
            let mut block = [pad; BLOCK];
            block.iter_mut().zip(key).for_each(|(byte, key)| *byte ^= key);
            Sha256::new_with_prefix(block)
        });
        Self { keyed }
    }

    /// The pseudonym of an id: 32 hexadecimal digits.
    #[must_use]
    pub fn of(&self, id: &[u8]) -> String {
        let mut name = String::with_capacity(2 * BYTES);
        for byte in &self.code(id)[..BYTES] {
            name.extend([byte >> 4, byte & 15].map(|digit| char::from(b"0123456789abcdef"[usize::from(digit)])));
        }
        name
    }

    fn code(&self, id: &[u8]) -> [u8; 32] {
        let [inner, outer] = &self.keyed;
        outer.clone().chain_update(inner.clone().chain_update(id).finalize()).finalize().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(key: &[u8], data: &[u8], expected: &str) {
        let code: String = Pseudonyms::keyed(key).code(data).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(code, expected);
    }

    #[test]
    fn hmac_sha_256_of_rfc_4231() {
        check(&[0x0b; 20], b"Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
        check(b"Jefe", b"what do ya want for nothing?", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
        check(
            &[0xaa; 131],
            b"Test Using Larger Than Block-Size Key - Hash Key First",
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
        );
    }

    #[test]
    fn a_pseudonym_is_the_first_half_in_hexadecimal() {
        let pseudonyms = Pseudonyms::new(&[0x0b; 20]).unwrap();
        assert_eq!(pseudonyms.of(b"Hi There"), "b0344c61d8db38535ca8afceaf0bf12b");
        assert_eq!(Pseudonyms::new(&[1; 15]).unwrap_err().kind(), ErrorKind::Config);
    }
}
