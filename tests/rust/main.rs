//! The crate seen from outside: laws, goldens, tidy.
