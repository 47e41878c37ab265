//! Records that may be of the same person, shown before a second one is saved. Namesakes are
//! common: a name alone never makes two records one.

use serde::Deserialize;

use super::{HomeAddress, MemberDetails, Name, Phone};
use crate::db::{Connection, Result};
use crate::web::Scope;

/// A record that is like the one being typed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Alike {
    /// `members.id`.
    pub id: i64,
    /// The name.
    pub name: String,
    /// The employee number.
    pub number: Option<String>,
    /// The branch, for the viewer's scope.
    pub branch_id: Option<i64>,
    /// The address.
    pub address: String,
    /// The phone.
    pub phone: String,
}

/// Live records of the same name that share the address or the phone, besides this one.
pub async fn alike(
    connection: &mut Connection,
    details: &MemberDetails,
    besides: i64,
) -> Result<Vec<Alike>> {
    let namesakes = namesakes(connection, &details.name, besides).await?;
    Ok(namesakes
        .into_iter()
        .filter(|other| {
            same_place(&other.address, &details.address) || same_phone(&other.phone, &details.phone)
        })
        .collect())
}

/// The same for someone's eyes: of records out of their scope only that they are there is told,
/// with 0 for the `id`.
pub async fn seen_alike(
    connection: &mut Connection,
    details: &MemberDetails,
    besides: i64,
    scope: &Scope,
) -> Result<Vec<Alike>> {
    let mut alike = alike(connection, details, besides).await?;
    for other in alike.iter_mut().filter(|other| !scope.covers(other.branch_id)) {
        other.id = 0;
        other.number = None;
        other.address.clear();
        other.phone.clear();
    }
    Ok(alike)
}

/// All of this name, packed into one value: there may be thousands, and mostly none is alike.
async fn namesakes(connection: &mut Connection, name: &Name, besides: i64) -> Result<Vec<Alike>> {
    let packed: String = sqlx::query_scalar(
        "SELECT json_group_array(json_array(id, name, number, branch_id, address, phone)
                                 ORDER BY id)
         FROM members
         WHERE name = $1 AND removed_at IS NULL AND id <> $2",
    )
    .bind(name.as_str())
    .bind(besides)
    .fetch_one(connection)
    .await?;
    serde_json::from_str(&packed).map_err(|e| sqlx::Error::Decode(e.into()))
}

fn same_place(one: &str, other: &HomeAddress) -> bool {
    let bare = |text: &str| -> String { text.chars().filter(|c| !c.is_whitespace()).collect() };
    bare(one) == bare(other.as_str())
}

fn same_phone(one: &str, other: &Phone) -> bool {
    let digits: String = one.chars().filter(char::is_ascii_digit).collect();
    !digits.is_empty() && digits == other.digits()
}
