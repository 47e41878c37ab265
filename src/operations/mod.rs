//! What the people who run the server ask: whether it is alive, whether it can serve, and what it
//! measures. Nothing here tells of a person: a request counts under its route's pattern, never
//! under the path that was asked for.

mod health;
mod measures;
mod pages;

pub use health::{Unready, ready};
pub use measures::{Work, keep_up, measure, measuring};
pub use pages::routes;
