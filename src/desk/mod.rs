//! The office's desk: the first page, with what there is and what is waiting.

mod pages;
mod spread;
mod store;
mod treemap;
mod waiting;

pub use pages::routes;
