//! Task runner.

mod made;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    match arguments.next().as_deref() {
        Some("made") => made::write(std::path::Path::new(&arguments.next().unwrap_or_else(|| "dist/made".to_owned()))),
        _ => Err("usage: cargo xtask made [folder]".into()),
    }
}
