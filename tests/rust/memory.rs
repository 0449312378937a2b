//! Counts what a piece of work allocates on its own thread.
//!
//! In: a closure. Out: its result and the most bytes it held at once beyond what was there before.
#![allow(unsafe_code, reason = "an allocator can only be counted by standing in for it")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

struct Counting;

thread_local! {
    static HELD: Cell<isize> = const { Cell::new(0) };
    static PEAK: Cell<isize> = const { Cell::new(0) };
    static COUNT: Cell<usize> = const { Cell::new(0) };
}

fn count(bytes: isize) {
    // Threads that are ending have no counters any more.
    let _ = HELD.try_with(|held| {
        held.set(held.get() + bytes);
        let _ = PEAK.try_with(|peak| peak.set(peak.get().max(held.get())));
        let _ = COUNT.try_with(|count| count.set(count.get() + usize::from(bytes > 0)));
    });
}

// SAFETY: every call is handed on to the system's allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size() as isize);
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count(layout.size() as isize);
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        count(-(layout.size() as isize));
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // Old and new may be there at the same time.
        count(size as isize);
        let new = unsafe { System.realloc(pointer, layout, size) };
        count(-(layout.size() as isize));
        new
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// What a piece of work cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cost {
    /// Most bytes held at once.
    pub(crate) peak_bytes: usize,
    /// Allocations made.
    pub(crate) allocations: usize,
}

/// Runs a piece of work and says what it cost.
pub(crate) fn cost_of<T>(work: impl FnOnce() -> T) -> (T, Cost) {
    let before = HELD.get();
    PEAK.set(before);
    COUNT.set(0);
    let result = work();
    (result, Cost { peak_bytes: (PEAK.get() - before) as usize, allocations: COUNT.get() })
}

#[test]
fn what_is_held_at_once_is_counted() {
    let ((), cost) = cost_of(|| {
        drop(std::hint::black_box(vec![0u8; 1000]));
        drop(std::hint::black_box((vec![0u8; 300], vec![0u8; 500])));
    });
    assert_eq!(cost, Cost { peak_bytes: 1000, allocations: 3 });
}
