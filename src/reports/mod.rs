//! Reports: what members did, what was asked for and answered, by half-year and place, as a picture
//! and as a table with the same numbers. Rows stand in the order of a phone book or of the year: no
//! person is ranked, and neither is a branch or a committee.

pub mod counting;
mod figure;
mod pages;
mod parts;
mod query;
mod service;
mod service_parts;
pub mod sums;
mod word;
mod year_pages;

use crate::web::Routes;

/// The routes of this feature.
pub fn routes(routes: Routes) -> Routes {
    year_pages::routes(pages::routes(routes))
}
