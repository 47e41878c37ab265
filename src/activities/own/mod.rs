//! Parts that members enter of themselves, on their own page. Nothing of it is on record, nor counted,
//! until the committee confirms it on its page or staff put it on record.

mod form;
pub mod store;
mod work_pages;

pub use form::{OwnPartFields, OwnPartForm};
pub use store::OwnPart;

use jiff::civil::Date;
use serde_json::json;

use super::there::{self, Shown};
use super::{ActivityDetails, Amount, Area, Manner, people, store as activities};
use crate::audit::{self, Action, Actor, Record};
use crate::db::{Connection, Result};
use crate::needs::named;
use crate::web::Routes;

pub(super) fn routes(routes: Routes) -> Routes {
    work_pages::routes(routes)
}

/// How many of a member's entries may wait at once.
pub const MOST_WAITING: i64 = 30;

named! {
    /// Why an entry is not put on record.
    Reason {
        /// It is there already.
        Known("known", "logged-parts-known"),
        /// It was another day, or another length.
        Wrong("wrong", "logged-parts-wrong"),
        /// Nobody there knows of it.
        Unknown("unknown", "logged-parts-unknown"),
    }
}

/// What a member says that they did; a value that exists is valid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnPartDetails {
    /// The day, not after today.
    pub day: Date,
    /// What it was, up to 60 characters.
    pub title: String,
    /// Which of the four areas.
    pub area: Area,
    /// How long, in minutes; 0: not noted.
    pub minutes: i64,
}

/// Keeps what a member says that they took part in, in this committee's area; whether it was taken:
/// so many may wait, and the same entry waits once.
///
/// # Errors
/// When the database fails.
pub async fn enter(
    connection: &mut Connection,
    actor: Actor,
    member: i64,
    committee: Option<i64>,
    details: &OwnPartDetails,
) -> Result<bool> {
    if store::count_waiting_of(connection, member).await? >= MOST_WAITING {
        return Ok(false);
    }
    if store::insert(connection, member, committee, details).await? {
        record(connection, actor, Action::OwnPartEntered, member, details.day).await?;
    }
    Ok(true)
}

/// Takes an entry back that waits; whether it did.
///
/// # Errors
/// When the database fails.
pub async fn withdraw(connection: &mut Connection, actor: Actor, part: &OwnPart) -> Result<bool> {
    let done = store::settle(connection, actor, part.id, "withdrawn", "").await?;
    if done {
        record(connection, actor, Action::OwnPartWithdrawn, part.member_id, part.day).await?;
    }
    Ok(done)
}

/// Declines an entry that waits; whether it did.
///
/// # Errors
/// When the database fails.
pub async fn decline(
    connection: &mut Connection,
    actor: Actor,
    part: &OwnPart,
    reason: Reason,
) -> Result<bool> {
    let done = store::settle(connection, actor, part.id, "declined", reason.name()).await?;
    if done {
        record(connection, actor, Action::OwnPartDeclined, part.member_id, part.day).await?;
    }
    Ok(done)
}

/// Puts an entry on record that waits: as a part in the activity of that day, place and title, which
/// is added if it is not there; `confirmed_by`: who of the committee says on its page that it is
/// true. Whether it waited.
///
/// # Errors
/// When the database fails.
pub async fn accept(
    connection: &mut Connection,
    actor: Actor,
    part: &OwnPart,
    confirmed_by: Option<&str>,
) -> Result<bool> {
    if !store::settle(connection, actor, part.id, "accepted", "").await? {
        return Ok(false);
    }
    record(connection, actor, Action::OwnPartAccepted, part.member_id, part.day).await?;
    let amount = Amount { times: 1, minutes: part.minutes };
    let details = OwnPartDetails {
        day: part.day,
        title: part.title.clone(),
        area: part.area,
        minutes: part.minutes,
    };
    let id = put_on_record(connection, actor, part.member_id, part.committee_id, &details).await?;
    if let (Some(by), Some(committee)) = (confirmed_by, part.committee_id) {
        // Of a part that was there already, only what the committee was shown is confirmed.
        let parts = people::store::parts(connection, id).await?;
        let theirs = parts.iter().find(|found| {
            found.member_id == part.member_id
                && found.taken_out_at.is_empty()
                && found.amount() == amount
        });
        if let Some(found) = theirs {
            let day = part.day.to_string();
            let shown = Shown { id: found.id, times: amount.times, minutes: amount.minutes, day };
            there::confirm(connection, committee, &[shown], by).await?;
        }
    }
    Ok(true)
}

/// Puts it on record that a member took part, as a part in the activity of that day, place and title,
/// which is added if it is not there; the activity.
///
/// # Errors
/// When the database fails.
pub async fn put_on_record(
    connection: &mut Connection,
    actor: Actor,
    member: i64,
    committee: Option<i64>,
    details: &OwnPartDetails,
) -> Result<i64> {
    let amount = Amount { times: 1, minutes: details.minutes };
    let id = match store::same_activity(connection, committee, details).await? {
        Some(id) => id,
        None => {
            let details = ActivityDetails {
                day: details.day,
                committee,
                title: details.title.clone(),
                what: String::new(),
                area: details.area,
                manner: Manner::Alone,
                amount,
            };
            let id = activities::insert(connection, &details, None).await?;
            let (action, record) = (Action::ActivityAdded, Record::Activity(id));
            audit::record(connection, actor, action, record, json!({})).await?;
            id
        }
    };
    let activity = activities::activity(connection, id).await?.ok_or(sqlx::Error::RowNotFound)?;
    people::add(connection, actor, &activity, member, amount).await?;
    Ok(id)
}

async fn record(
    connection: &mut Connection,
    actor: Actor,
    action: Action,
    member: i64,
    day: Date,
) -> Result<()> {
    let detail = json!({ "day": day.to_string() });
    audit::record(connection, actor, action, Record::Member(member), detail).await
}
