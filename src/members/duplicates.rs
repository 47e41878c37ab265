//! Records that may be of the same person, shown before a second one is saved. Namesakes are
//! common: a name alone never makes two records one.

use super::{HomeAddress, MemberDetails, Name, Phone};
use crate::db::{Connection, Result};

/// A record that is like the one being typed.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
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

async fn namesakes(connection: &mut Connection, name: &Name, besides: i64) -> Result<Vec<Alike>> {
    sqlx::query_as(
        "SELECT id, name, number, branch_id, address, phone
         FROM members
         WHERE name = $1 AND removed_at IS NULL AND id <> $2
         ORDER BY id",
    )
    .bind(name.as_str())
    .bind(besides)
    .fetch_all(connection)
    .await
}

fn same_place(one: &str, other: &HomeAddress) -> bool {
    let bare = |text: &str| -> String { text.chars().filter(|c| !c.is_whitespace()).collect() };
    bare(one) == bare(other.as_str())
}

fn same_phone(one: &str, other: &Phone) -> bool {
    let digits: String = one.chars().filter(char::is_ascii_digit).collect();
    !digits.is_empty() && digits == other.digits()
}
