//! A committee's packet: what goes to it in one envelope, printed by one action: a label with the
//! address, the letter, slips of its members without receipt, and the list that comes back; the
//! list of members as a file beside it. A later run prints only what is missing.

mod ask_pages;
mod plan;
mod print_pages;
mod store;

pub(super) use store::mark_printed;

use crate::web::Routes;

/// The most packets of one run; the next run prints the rest.
const MOST: usize = 300;

pub(super) fn routes(routes: Routes) -> Routes {
    ask_pages::routes(print_pages::routes(routes))
}
