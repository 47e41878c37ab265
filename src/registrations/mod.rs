//! Members who fill in the registration form themselves: a branch's link opens it, and what they
//! sent waits until staff accept it, correct it, or take it into a record that is there.

mod join_pages;
mod link_pages;
pub mod store;
mod work_pages;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest as _, Sha256};

use crate::audit::{self, Action, Actor, Record};
use crate::db::{self, Connection, Result};
use crate::web::Routes;

/// The routes of this feature.
pub fn routes(routes: Routes) -> Routes {
    join_pages::routes(link_pages::routes(work_pages::routes(routes)))
}

/// How long a link opens.
const LASTS: SignedDuration = SignedDuration::from_hours(24 * 60);
/// How many registrations a link takes in an hour: more than a hall full of people sends.
const MOST: i64 = 300;

/// How many days what was filled in waits to be looked at. Nobody agreed to more than being
/// registered, so what is not taken in goes.
pub const WAITS_DAYS: i64 = 90;

/// What a member filled in, as it came.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Filled {
    /// The name.
    pub name: String,
    /// The employee number.
    pub number: String,
    /// The phone.
    pub phone: String,
    /// The home address.
    pub address: String,
    /// Skills, parted by 、 or commas.
    pub skills: String,
    /// `yes`: agreed to be known.
    pub agreed: String,
    /// `yes`: with the phone.
    pub agreed_phone: String,
}

fn digest(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// Takes out what waited longer than [`WAITS_DAYS`]; how many.
///
/// # Errors
/// When the database fails.
pub async fn forget_unsettled(connection: &mut Connection, now: Timestamp) -> Result<u64> {
    let before = now - SignedDuration::from_hours(24 * WAITS_DAYS);
    let gone = store::forget_waiting(connection, &db::timestamp(before)).await?;
    if gone > 0 {
        let (action, detail) = (Action::RegistrationsForgotten, json!({ "registrations": gone }));
        audit::record(connection, Actor::Upkeep, action, Record::None, detail).await?;
        db::ask_to_scrub(connection).await?;
    }
    Ok(gone)
}

/// Notes that what was filled in now stands in a member's record; one that is settled already, or
/// that is not there, is passed over.
///
/// # Errors
/// When the database fails.
pub async fn accept(
    connection: &mut Connection,
    actor: Actor,
    registration: i64,
    member: i64,
) -> Result<()> {
    if store::settle(connection, actor, registration, "accepted").await? {
        let detail = json!({ "registration": registration });
        let record = Record::Member(member);
        audit::record(connection, actor, Action::RegistrationAccepted, record, detail).await?;
    }
    Ok(())
}
