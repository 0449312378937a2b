//! The seed of arrow2's hash maps in the browser build.
//!
//! In: nothing. Out: a fixed byte pattern for `getrandom` 0.3, which `ahash` asks for once. The crate uses none of arrow2's hash maps on input data and
//! needs no randomness, and going without it keeps the module free of imports from the page.
#![allow(unsafe_code, reason = "a custom getrandom backend is an unmangled function over a raw pointer")]

use getrandom::Error;

/// Fills `dest` with a fixed pattern.
///
/// # Safety
/// `dest` must be valid for writes of `len` bytes, which `getrandom` guarantees.
#[unsafe(no_mangle)]
unsafe extern "Rust" fn __getrandom_v03_custom(dest: *mut u8, len: usize) -> Result<(), Error> {
    // SAFETY: see above.
    unsafe { dest.write_bytes(0x5a, len) };
    Ok(())
}
