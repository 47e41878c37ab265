//! The office's desk: the first page, with what there is and what is waiting.

mod pages;
mod store;

pub use pages::routes;
