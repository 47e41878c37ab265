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
    Ok(namesakes.into_iter().filter(|other| other.is_like(details)).collect())
}

impl Alike {
    /// Whether it shares the address or the phone, for a namesake's record.
    fn is_like(&self, details: &MemberDetails) -> bool {
        same_place(&self.address, &details.address) || same_phone(&self.phone, &details.phone)
    }
}

/// The same for someone's eyes: of records out of their scope only that they are there is told,
/// with 0 for the `id`.
pub async fn seen_alike(
    connection: &mut Connection,
    details: &MemberDetails,
    besides: i64,
    scope: &Scope,
) -> Result<Vec<Alike>> {
    Ok(for_eyes(alike(connection, details, besides).await?, scope))
}

/// Those of them who were not yet alike `before` a change: who has seen a record is not asked
/// about it again at every edit.
pub async fn newly_alike(
    connection: &mut Connection,
    before: &MemberDetails,
    details: &MemberDetails,
    besides: i64,
    scope: &Scope,
) -> Result<Vec<Alike>> {
    let mut alike = alike(connection, details, besides).await?;
    if before.name == details.name {
        alike.retain(|other| !other.is_like(before));
    }
    Ok(for_eyes(alike, scope))
}

fn for_eyes(mut alike: Vec<Alike>, scope: &Scope) -> Vec<Alike> {
    for other in alike.iter_mut().filter(|other| !scope.covers(other.branch_id)) {
        other.id = 0;
        other.number = None;
        other.address.clear();
        other.phone.clear();
    }
    alike
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
