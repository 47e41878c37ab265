//! The people of a team: entered by typing, one after the other, accepted, made its leader, and
//! leaving.

mod entry_pages;
mod list;
pub mod store;

pub(crate) use list::PersonRow;
pub(super) use list::{People, PeoplePart};

use crate::web::Routes;

pub(super) fn routes(routes: Routes) -> Routes {
    entry_pages::routes(routes)
}
