//! `feilun-bench-data FOLDER NAME…`: writes the named files that the folder lacks, such as `1m-utf8.arrow` or `10m-dictionary-lz4.arrow`.
#![allow(clippy::print_stdout, reason = "a program talks to the terminal")]

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use feilun_bench_data::{IdType, Result, compress, write};

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("usage: feilun-bench-data FOLDER NAME…")?;
    std::fs::create_dir_all(&folder)?;
    for name in arguments {
        make(Path::new(&folder), &name)?;
    }
    Ok(())
}

/// Makes a file unless it is there; it gets its name only when it is whole.
fn make(folder: &Path, name: &str) -> Result<()> {
    let path = folder.join(format!("{name}.arrow"));
    if path.exists() {
        return Ok(());
    }
    let half = folder.join(format!("{name}.half"));
    if let Some(plain) = name.strip_suffix("-lz4") {
        make(folder, plain)?;
        std::fs::write(&half, compress(&std::fs::read(folder.join(format!("{plain}.arrow")))?)?)?;
    } else {
        let (millions, ids) = name.split_once("m-").ok_or("a name is such as `10m-utf8`")?;
        let id_type = match ids {
            "utf8" => IdType::Utf8,
            "dictionary" => IdType::Dictionary,
            "int64" => IdType::Int64,
            other => return Err(format!("no such id type: `{other}`").into()),
        };
        write(BufWriter::new(File::create(&half)?), millions.parse::<u64>()? * 1_000_000, id_type)?;
    }
    std::fs::rename(&half, &path)?;
    println!("  {name}.arrow: {} MB", std::fs::metadata(&path)?.len() / 1_000_000);
    Ok(())
}
