//! Members who sign in: the office invites them by a link, and on a page of their own they see what
//! is kept of them, keep it true, and take part. They reach nothing else.

mod batch_pages;
mod calendar_pages;
mod change_pages;
mod claim_pages;
mod invite_pages;
mod own_pages;
mod part_pages;
pub mod registry;
pub mod store;
mod survey_pages;
mod times_pages;
mod visit_pages;

use crate::db::Connection;
use crate::members::{self, Member};
use crate::web::{Error, Result, Routes, Viewer};

pub use invite_pages::{Standing, standing};

/// The routes of this feature.
pub fn routes(routes: Routes) -> Routes {
    let routes = change_pages::routes(own_pages::routes(invite_pages::routes(routes)));
    let routes = survey_pages::routes(visit_pages::routes(times_pages::routes(routes)));
    batch_pages::routes(part_pages::routes(calendar_pages::routes(claim_pages::routes(routes))))
}

/// The viewer's own record, while it is live.
///
/// # Errors
/// [`Error::NotFound`] where there is none, as for an account that no record belongs to;
/// [`Error::Gone`] for a record in the bin.
pub(crate) async fn own(connection: &mut Connection, viewer: &Viewer) -> Result<Member> {
    let id = store::member_of(connection, viewer.account_id).await?.ok_or(Error::NotFound)?;
    let member = members::store::member(connection, id).await?.ok_or(Error::NotFound)?;
    if member.removed_at.is_some() {
        return Err(Error::Gone);
    }
    Ok(member)
}
