//! `start`: build, then serve the dashboard.

use crate::build::build;
use crate::step::{Failure, npm_program, run, step};

/// Serves `dist/dashboard` until interrupted.
pub(crate) fn start() -> Result<(), Failure> {
    build()?;
    step("serve", "give another port with PORT=… if this one is taken", || {
        let port = std::env::var("PORT").unwrap_or_else(|_| "4173".to_owned());
        println!("\n  Open the address below; sample data is one click away there. Ctrl+C stops.");
        run(npm_program("vite", &["preview", "--host", "127.0.0.1", "--port", &port]))
    })
}
