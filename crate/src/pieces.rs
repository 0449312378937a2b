//! Long loops in pieces.

use std::ops::Range;

/// So few that a browser has its best code for the loop after a moment, so many that a call costs nothing.
const PIECE: usize = 4_096;

/// Hands on `0..len` piece by piece. A function that runs once, however long, stays in the code a browser compiles first; one that is called again and
/// again is soon exchanged for better. The call through `dyn` keeps the loop a function of its own.
pub(crate) fn in_pieces(len: usize, piece: &mut dyn FnMut(Range<usize>)) {
    for start in (0..len).step_by(PIECE) {
        piece(start..len.min(start + PIECE));
    }
}
