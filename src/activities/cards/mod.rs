//! Record cards 服务记录卡: what a member did in a quarter on one sheet, with room for the
//! committee's signature beside each line and its stamp. The code on a signed sheet finds it again,
//! and its lines are marked as confirmed.

mod confirm_pages;
mod print_pages;
pub mod store;

use crate::web::Routes;

pub(super) fn routes(routes: Routes) -> Routes {
    confirm_pages::routes(print_pages::routes(routes))
}
