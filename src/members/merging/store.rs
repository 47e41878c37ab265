//! Merges of two records, and where a record that was merged away leads.

use sqlx::FromRow;

use crate::audit::Actor;
use crate::db::{Connection, Result, now};
use crate::members::{Member, MemberDetails};

/// A merge of two records.
#[derive(Debug, Clone, FromRow)]
pub struct Merge {
    /// `member_merges.id`.
    pub id: i64,
    /// The record that stayed.
    pub kept_id: i64,
    /// The record that was merged into it; it may be erased since.
    pub gone_id: i64,
    /// The kept record's version when the merge had written it.
    pub version_after: i64,
    kept_before: Option<String>,
    gone_before: Option<String>,
    /// When.
    pub at: String,
    /// Who.
    pub by: Option<String>,
    /// When it was taken back.
    pub undone_at: Option<String>,
}

impl Merge {
    /// What the kept record was, as long as it can be again.
    ///
    /// # Errors
    /// When the database holds no such record.
    pub fn kept_before(&self) -> Result<Option<MemberDetails>> {
        details(self.kept_before.as_deref())
    }

    /// What the other record was, as long as it can be again.
    ///
    /// # Errors
    /// When the database holds no such record.
    pub fn gone_before(&self) -> Result<Option<MemberDetails>> {
        details(self.gone_before.as_deref())
    }

    /// Whether it can be taken back: what was merged away after `since` is still there.
    pub fn can_be_undone(&self, since: &str) -> bool {
        self.undone_at.is_none() && self.gone_before.is_some() && self.at.as_str() >= since
    }
}

fn details(json: Option<&str>) -> Result<Option<MemberDetails>> {
    json.map(serde_json::from_str).transpose().map_err(|e| sqlx::Error::Decode(e.into()))
}

fn json(member: &Member) -> Result<String> {
    serde_json::to_string(&member.details).map_err(|e| sqlx::Error::Encode(e.into()))
}

/// Notes a merge that was just written, with both records as they were.
pub(super) async fn insert(
    connection: &mut Connection,
    actor: Actor,
    kept: &Member,
    gone: &Member,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO member_merges (kept_id, gone_id, version_after, kept_before, gone_before, at,
                                    account_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(kept.id)
    .bind(gone.id)
    .bind(kept.version + 1)
    .bind(json(kept)?)
    .bind(json(gone)?)
    .bind(now())
    .bind(actor.account_id())
    .execute(connection)
    .await?;
    Ok(())
}

/// Takes a record out of lists and search: it is part of another now. Its version stays, because
/// what it says does.
pub(super) async fn set_gone(
    connection: &mut Connection,
    id: i64,
    into: i64,
    actor: Actor,
) -> Result<()> {
    sqlx::query(
        "UPDATE members
         SET merged_into = $2, removed_at = $3, removed_by = $4
         WHERE id = $1",
    )
    .bind(id)
    .bind(into)
    .bind(now())
    .bind(actor.account_id())
    .execute(connection)
    .await?;
    Ok(())
}

/// Makes such a record one of its own again.
pub(super) async fn set_back(connection: &mut Connection, id: i64) -> Result<()> {
    sqlx::query(
        "UPDATE members
         SET merged_into = NULL, removed_at = NULL, removed_by = NULL
         WHERE id = $1",
    )
    .bind(id)
    .execute(connection)
    .await?;
    Ok(())
}

/// Notes that a merge was taken back; what both were is in their histories.
pub(super) async fn close(connection: &mut Connection, id: i64, actor: Actor) -> Result<()> {
    sqlx::query(
        "UPDATE member_merges
         SET undone_at = $2, undone_by = $3, kept_before = NULL, gone_before = NULL
         WHERE id = $1",
    )
    .bind(id)
    .bind(now())
    .bind(actor.account_id())
    .execute(connection)
    .await?;
    Ok(())
}

/// One merge.
pub async fn merge(connection: &mut Connection, id: i64) -> Result<Option<Merge>> {
    sqlx::query_as(
        "SELECT g.id, g.kept_id, g.gone_id, g.version_after, g.kept_before, g.gone_before, g.at,
                a.display_name AS by, g.undone_at
         FROM member_merges AS g
         LEFT JOIN accounts AS a ON a.id = g.account_id
         WHERE g.id = $1",
    )
    .bind(id)
    .fetch_optional(connection)
    .await
}

/// What was merged into a record, the latest first.
pub async fn merges_into(connection: &mut Connection, kept: i64) -> Result<Vec<Merge>> {
    sqlx::query_as(
        "SELECT g.id, g.kept_id, g.gone_id, g.version_after, g.kept_before, g.gone_before, g.at,
                a.display_name AS by, g.undone_at
         FROM member_merges AS g
         LEFT JOIN accounts AS a ON a.id = g.account_id
         WHERE g.kept_id = $1
         ORDER BY g.id DESC",
    )
    .bind(kept)
    .fetch_all(connection)
    .await
}

/// The merges after a point in time that are not taken back, the latest first.
pub async fn merges_since(connection: &mut Connection, since: &str) -> Result<Vec<Merge>> {
    sqlx::query_as(
        "SELECT g.id, g.kept_id, g.gone_id, g.version_after, g.kept_before, g.gone_before, g.at,
                a.display_name AS by, g.undone_at
         FROM members AS m
         JOIN member_merges AS g ON g.gone_id = m.id AND g.kept_id = m.merged_into
         LEFT JOIN accounts AS a ON a.id = g.account_id
         WHERE m.removed_at >= $1 AND g.undone_at IS NULL
         ORDER BY g.id DESC
         LIMIT 1000",
    )
    .bind(since)
    .fetch_all(connection)
    .await
}

/// Where a record that was merged away leads, over every merge since.
pub async fn kept_instead_of(connection: &mut Connection, gone: i64) -> Result<Option<i64>> {
    sqlx::query_scalar(
        "WITH RECURSIVE way (id) AS (
             SELECT kept_id FROM member_merges WHERE gone_id = $1 AND undone_at IS NULL
             UNION
             SELECT g.kept_id
             FROM way
             JOIN member_merges AS g ON g.gone_id = way.id AND g.undone_at IS NULL
         )
         SELECT id
         FROM way
         WHERE NOT EXISTS (SELECT 1 FROM member_merges AS g
                           WHERE g.gone_id = way.id AND g.undone_at IS NULL)",
    )
    .bind(gone)
    .fetch_optional(connection)
    .await
}
