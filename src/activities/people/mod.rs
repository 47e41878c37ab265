//! Who took part in an activity: entered by typing, one after the other.

mod amount_pages;
mod entry_pages;
mod list;
pub mod store;

pub(super) use list::People;

use serde_json::json;

use super::{Activity, Amount};
use crate::audit::{self, Action, Actor, Record};
use crate::db::{Connection, Result};
use crate::web::Routes;

pub(super) fn routes(routes: Routes) -> Routes {
    amount_pages::routes(entry_pages::routes(routes))
}

/// Lets a member take part, with what the activity gives at first; whether they did not yet.
///
/// # Errors
/// When the database fails.
pub async fn add(
    connection: &mut Connection,
    actor: Actor,
    activity: &Activity,
    member: i64,
    amount: Amount,
) -> Result<bool> {
    if !store::insert(connection, activity, member, amount).await? {
        return Ok(false);
    }
    record(connection, actor, Action::ParticipantAdded, activity.id, member).await?;
    Ok(true)
}

/// Writes the line of the log about a member's part in an activity.
pub(super) async fn record(
    connection: &mut Connection,
    actor: Actor,
    action: Action,
    activity: i64,
    member: i64,
) -> Result<()> {
    let detail = json!({ "member": member });
    audit::record(connection, actor, action, Record::Activity(activity), detail).await
}
