//! Made orders for the benchmarks, the same bytes everywhere: [`Orders`] draws them, [`write`] puts them into an Arrow file, [`compress`] makes its
//! LZ4 twin.

mod file;
mod lz4;
mod orders;

pub use file::{IdType, write};
pub use lz4::compress;
pub use orders::{Order, Orders, customer_number};

/// Whatever goes wrong while making data.
pub type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;
