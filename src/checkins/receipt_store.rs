//! Receipts: who was accepted by which committee.

use serde_json::json;
use sqlx::FromRow;

use super::Receipt;
use crate::audit::Actor;
use crate::db::{Connection, Result, now};

/// Keeps a receipt for each of these members (`members.id`) who has none of this committee yet, or,
/// without a committee, of that of their home; whose receipts are new.
pub(super) async fn insert(
    connection: &mut Connection,
    actor: Actor,
    members: &[i64],
    committee: Option<i64>,
    receipt: &Receipt,
) -> Result<Vec<i64>> {
    sqlx::query_scalar(
        "INSERT INTO checkins (member_id, noted_for, committee_id, accepted_on, accepted_by, there,
                               noted_at, noted_by)
         SELECT m.id, m.id, coalesce($2, m.committee_id, m.host_committee_id), $3, $4, $5, $6, $7
         FROM json_each($1) AS w
         JOIN members AS m ON m.id = w.value
         WHERE m.removed_at IS NULL
           AND coalesce($2, m.committee_id, m.host_committee_id) IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM checkins AS k
                           WHERE k.member_id = m.id AND k.struck_at = ''
                             AND k.committee_id
                                 = coalesce($2, m.committee_id, m.host_committee_id))
         RETURNING member_id",
    )
    .bind(json!(members).to_string())
    .bind(committee)
    .bind(&receipt.day)
    .bind(&receipt.by)
    .bind(actor == Actor::Committee)
    .bind(now())
    .bind(actor.account_id())
    .fetch_all(connection)
    .await
}

/// A receipt that holds.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub(super) struct Kept {
    /// `checkins.id`.
    pub id: i64,
    /// Whose it is (`members.id`).
    pub member_id: i64,
    /// The member's name now.
    pub name: String,
    /// The member's branch now.
    pub branch_id: Option<i64>,
    /// `committees.id`.
    pub committee_id: i64,
    /// What the committee is called now.
    pub committee: String,
    /// The day on which the committee accepted.
    pub accepted_on: String,
    /// Who accepted there.
    pub accepted_by: String,
    /// Whether by the committee's own link.
    pub there: bool,
    /// When it was entered.
    pub noted_at: String,
    /// By whom of the office.
    pub noted_by: Option<String>,
    /// Counts the changes.
    pub version: i64,
}

/// A receipt that was not taken back.
pub(super) async fn receipt(connection: &mut Connection, id: i64) -> Result<Option<Kept>> {
    sqlx::query_as(
        "SELECT k.id, k.member_id, m.name, m.branch_id, k.committee_id, c.name AS committee,
                k.accepted_on, k.accepted_by, k.there, k.noted_at, u.display_name AS noted_by,
                k.version
         FROM checkins AS k
         JOIN members AS m ON m.id = k.member_id
         JOIN committees AS c ON c.id = k.committee_id
         LEFT JOIN accounts AS u ON u.id = k.noted_by
         WHERE k.id = $1 AND k.struck_at = ''",
    )
    .bind(id)
    .fetch_optional(connection)
    .await
}

/// Changes a receipt.
pub(super) async fn update(connection: &mut Connection, id: i64, receipt: &Receipt) -> Result<()> {
    sqlx::query(
        "UPDATE checkins
         SET accepted_on = $2, accepted_by = $3, version = version + 1
         WHERE id = $1",
    )
    .bind(id)
    .bind(&receipt.day)
    .bind(&receipt.by)
    .execute(connection)
    .await?;
    Ok(())
}

/// Takes a receipt back; it stays, struck.
pub(super) async fn strike(connection: &mut Connection, id: i64, actor: Actor) -> Result<()> {
    sqlx::query(
        "UPDATE checkins
         SET struck_at = $2, struck_by = $3, version = version + 1
         WHERE id = $1",
    )
    .bind(id)
    .bind(now())
    .bind(actor.account_id())
    .execute(connection)
    .await?;
    Ok(())
}

/// Of those whom a letter passed on, who still stands to be known and lives at its committee but
/// has no receipt of it; `members.id` and name, as the letter has them.
pub(super) async fn open_of_letter(
    connection: &mut Connection,
    letter: i64,
    committee: i64,
) -> Result<Vec<(i64, String)>> {
    sqlx::query_as(
        "SELECT m.id, m.name
         FROM letter_members AS x
         JOIN members AS m ON m.id = x.member_id
         WHERE x.letter_id = $1
           AND m.agreed = 1 AND m.removed_at IS NULL
           AND coalesce(m.committee_id, m.host_committee_id) = $2
           AND NOT EXISTS (SELECT 1 FROM checkins AS k
                           WHERE k.member_id = m.id AND k.struck_at = '' AND k.committee_id = $2)
         ORDER BY x.place",
    )
    .bind(letter)
    .bind(committee)
    .fetch_all(connection)
    .await
}
