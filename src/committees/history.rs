//! What a committee was: its record before each change, and what its two bodies were called and
//! who headed them on a day.

use sqlx::FromRow;

use super::Committee;
use crate::audit::Actor;
use crate::db::{Connection, Result, now};

/// Which of a place's two bodies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Body {
    /// The residents' committee.
    Committee,
    /// The community Party organisation.
    Party,
}

impl Body {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Committee, Self::Party];

    const fn name(self) -> &'static str {
        match self {
            Self::Committee => "committee",
            Self::Party => "party",
        }
    }
}

/// What a body was called and who headed it, from a day on.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct NameSince {
    /// `committee` or `party`.
    pub body: String,
    /// The first day (`2026-01-31`); empty: from the start.
    pub valid_from: String,
    /// Its name from then on; empty when it had none any more.
    pub name: String,
    /// Its head from then on.
    pub head: String,
}

/// Notes what a body is called and who heads it from this day on.
///
/// # Errors
/// When the database fails.
pub async fn put_name(
    connection: &mut Connection,
    id: i64,
    body: Body,
    since: &str,
    name: &str,
    head: &str,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO committee_names (committee_id, body, valid_from, name, head)
         VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (committee_id, body, valid_from)
         DO UPDATE SET name = excluded.name, head = excluded.head",
    )
    .bind(id)
    .bind(body.name())
    .bind(since)
    .bind(name)
    .bind(head)
    .execute(connection)
    .await?;
    Ok(())
}

/// All names of a body, the newest first.
///
/// # Errors
/// When the database fails.
pub async fn names(connection: &mut Connection, id: i64, body: Body) -> Result<Vec<NameSince>> {
    sqlx::query_as(
        "SELECT body, valid_from, name, head
         FROM committee_names
         WHERE committee_id = $1 AND body = $2
         ORDER BY valid_from DESC",
    )
    .bind(id)
    .bind(body.name())
    .fetch_all(connection)
    .await
}

/// What held on a day, of names with the newest first; `None` before the first.
pub fn on<'a>(names: &'a [NameSince], day: &str) -> Option<&'a NameSince> {
    names.iter().find(|name| name.valid_from.as_str() <= day).filter(|name| !name.name.is_empty())
}

/// Why a committee's record changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// Edited by hand.
    Edited,
    /// By an imported directory.
    Imported,
    /// Made part of another committee.
    Merged,
    /// As the committee itself proposed.
    Proposed,
}

impl Cause {
    const fn name(self) -> &'static str {
        match self {
            Self::Edited => "edited",
            Self::Imported => "imported",
            Self::Merged => "merged",
            Self::Proposed => "proposed",
        }
    }

    /// Its words in the catalogue, for what the database holds.
    pub fn key(name: &str) -> &'static str {
        match name {
            "imported" => "history-cause-imported",
            "merged" => "history-cause-committee-merged",
            "proposed" => "history-cause-proposed",
            _ => "history-cause-edited",
        }
    }
}

/// Keeps what a committee's record was before a change.
///
/// # Errors
/// When the database fails.
pub async fn keep(
    connection: &mut Connection,
    committee: &Committee,
    actor: Actor,
    cause: Cause,
) -> Result<()> {
    let before =
        serde_json::to_string(&committee.details).map_err(|e| sqlx::Error::Encode(e.into()))?;
    sqlx::query(
        "INSERT INTO committee_history (committee_id, version, at, account_id, cause, before)
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(committee.id)
    .bind(committee.version)
    .bind(now())
    .bind(actor.account_id())
    .bind(cause.name())
    .bind(before)
    .execute(connection)
    .await?;
    Ok(())
}

/// One change of a committee's past.
#[derive(Debug, Clone, FromRow)]
pub struct PastVersion {
    /// When it ended.
    pub at: String,
    /// Who ended it; `None` from the command line.
    pub by: Option<String>,
    /// Why ([`Cause`]).
    pub cause: String,
    /// The record until then (`CommitteeDetails` as JSON).
    pub before: String,
}

/// What a committee's record was, the latest change first.
///
/// # Errors
/// When the database fails.
pub async fn past(connection: &mut Connection, id: i64) -> Result<Vec<PastVersion>> {
    sqlx::query_as(
        "SELECT h.at, a.display_name AS by, h.cause, h.before
         FROM committee_history AS h
         LEFT JOIN accounts AS a ON a.id = h.account_id
         WHERE h.committee_id = $1
         ORDER BY h.id DESC
         LIMIT 500",
    )
    .bind(id)
    .fetch_all(connection)
    .await
}
