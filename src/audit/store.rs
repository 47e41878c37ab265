//! The log.

use super::{Action, Actor, Record};
use crate::db::{Connection, Result, now};

pub(super) async fn insert(
    connection: &mut Connection,
    actor: Actor,
    action: Action,
    record: Record,
    detail: &str,
) -> Result<()> {
    let (kind, id) = record.parts();
    sqlx::query(
        "INSERT INTO audit (at, account_id, action, record_kind, record_id, detail)
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(now())
    .bind(actor.account_id())
    .bind(action.name())
    .bind(kind)
    .bind(id)
    .bind(detail)
    .execute(connection)
    .await?;
    Ok(())
}

/// Which lines of the log.
#[derive(Debug, Clone, Default)]
pub(super) struct Filter {
    pub account: Option<i64>,
    pub from_terminal: bool,
    pub action: Option<String>,
    /// The kind of record.
    pub kind: Option<String>,
    /// The first day.
    pub from: Option<String>,
    /// What sorts behind the last moment.
    pub to: Option<String>,
    /// Only lines before this one.
    pub before: Option<i64>,
}

/// A line of the log.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct Line {
    pub id: i64,
    pub at: String,
    pub by: Option<String>,
    pub action: String,
    pub record_kind: String,
    pub record_id: Option<i64>,
    /// Whether the record can be opened: a member's may have been erased.
    pub there: bool,
    pub detail: String,
}

/// The latest lines first.
pub(super) async fn lines(
    connection: &mut Connection,
    filter: &Filter,
    limit: i64,
) -> Result<Vec<Line>> {
    sqlx::query_as(
        "SELECT l.id, l.at, a.display_name AS by, l.action, l.record_kind, l.record_id, l.detail,
                l.record_kind <> 'member'
                OR EXISTS (SELECT 1 FROM members AS m WHERE m.id = l.record_id) AS there
         FROM audit AS l
         LEFT JOIN accounts AS a ON a.id = l.account_id
         WHERE ($1 IS NULL OR l.account_id = $1)
           AND (NOT $2 OR l.account_id IS NULL)
           AND ($3 IS NULL OR l.action = $3)
           AND ($4 IS NULL OR l.record_kind = $4)
           AND ($5 IS NULL OR l.at >= $5)
           AND ($6 IS NULL OR l.at < $6)
           AND ($7 IS NULL OR l.id < $7)
         ORDER BY l.id DESC
         LIMIT $8",
    )
    .bind(filter.account)
    .bind(filter.from_terminal)
    .bind(&filter.action)
    .bind(&filter.kind)
    .bind(&filter.from)
    .bind(&filter.to)
    .bind(filter.before)
    .bind(limit)
    .fetch_all(connection)
    .await
}
