//! Certificates of service as they were made, and what they are made of.

use serde_json::json;
use sqlx::FromRow;

use super::{Content, Served};
use crate::audit::Actor;
use crate::db::{Connection, Result, now};
use crate::text::ProofCode;

/// A certificate, with whose it is now.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Certificate {
    /// `service_certificates.id`.
    pub id: i64,
    /// The code, without the signs between its parts.
    pub code: String,
    /// `members.id`; of a record that was merged away, the one that stayed.
    pub member_id: i64,
    /// The member's branch.
    pub branch_id: Option<i64>,
    /// Whether the record is live.
    pub live: bool,
    /// [`Content`] as JSON.
    pub content: String,
    /// When it was made.
    pub made_at: String,
    /// By whom.
    pub made_by: Option<String>,
    /// Since when its code opens nothing.
    pub off_at: Option<String>,
    /// Whether the member switched it off, and not staff for them.
    pub off_own: bool,
}

impl Certificate {
    /// What it says.
    ///
    /// # Errors
    /// When the database holds something else.
    pub fn content(&self) -> Result<Content> {
        serde_json::from_str(&self.content).map_err(|error| sqlx::Error::Decode(error.into()))
    }

    /// Whether its code opens it.
    pub fn opens(&self) -> bool {
        self.live && self.off_at.is_none()
    }
}

macro_rules! certificates {
    ($rest:literal) => {
        concat!(
            "SELECT s.id, s.code, m.id AS member_id, m.branch_id, m.removed_at IS NULL AS live,
                    s.content, s.made_at, u.display_name AS made_by, s.off_at, s.off_own
             FROM service_certificates AS s
             JOIN members AS was ON was.id = s.member_id
             JOIN members AS m ON m.id = coalesce(was.merged_into, was.id)
             LEFT JOIN accounts AS u ON u.id = s.made_by ",
            $rest
        )
    };
}

/// One certificate.
pub(super) async fn certificate(
    connection: &mut Connection,
    id: i64,
) -> Result<Option<Certificate>> {
    sqlx::query_as(certificates!("WHERE s.id = $1")).bind(id).fetch_optional(connection).await
}

/// The certificate with this code.
pub(super) async fn by_code(
    connection: &mut Connection,
    code: &ProofCode,
) -> Result<Option<Certificate>> {
    sqlx::query_as(certificates!("WHERE s.code = $1"))
        .bind(code.as_str())
        .fetch_optional(connection)
        .await
}

/// A member's certificates, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn of_member(connection: &mut Connection, member: i64) -> Result<Vec<Certificate>> {
    sqlx::query_as(certificates!(
        "WHERE s.member_id IN (SELECT id FROM members WHERE id = $1 OR merged_into = $1)
         ORDER BY s.id DESC
         LIMIT 100"
    ))
    .bind(member)
    .fetch_all(connection)
    .await
}

/// What a member's confirmed parts from a day to a day come to, by area.
pub(super) async fn served(
    connection: &mut Connection,
    member: i64,
    (from, to): (&str, &str),
) -> Result<Vec<Served>> {
    sqlx::query_as(
        "SELECT area, count(*) AS parts, sum(times) AS times, sum(minutes) AS minutes
         FROM participations
         WHERE member_id = $1 AND live = 1 AND confirmed_at IS NOT NULL
           AND day BETWEEN $2 AND $3
         GROUP BY area
         ORDER BY area",
    )
    .bind(member)
    .bind(from)
    .bind(to)
    .fetch_all(connection)
    .await
}

/// The day of a member's first confirmed part; how many parts until a day wait for the committee.
pub(super) async fn extent(
    connection: &mut Connection,
    member: i64,
    today: &str,
) -> Result<(Option<String>, i64)> {
    sqlx::query_as(
        "SELECT (SELECT min(day) FROM participations
                 WHERE member_id = $1 AND live = 1 AND confirmed_at IS NOT NULL),
                (SELECT count(*) FROM participations
                 WHERE member_id = $1 AND live = 1 AND confirmed_at IS NULL AND day <= $2)",
    )
    .bind(member)
    .bind(today)
    .fetch_one(connection)
    .await
}

/// Keeps a certificate; its `id`.
pub(super) async fn insert(
    connection: &mut Connection,
    actor: Actor,
    member: i64,
    content: &Content,
) -> Result<i64> {
    let content = serde_json::to_string(content).map_err(|e| sqlx::Error::Encode(e.into()))?;
    sqlx::query_scalar(
        "INSERT INTO service_certificates (code, member_id, content, made_at, made_by)
         VALUES ($1, $2, $3, $4, $5)
         RETURNING id",
    )
    .bind(ProofCode::fresh().as_str())
    .bind(member)
    .bind(content)
    .bind(now())
    .bind(actor.account_id())
    .fetch_one(connection)
    .await
}

/// Switches a certificate's code off, or on again; whether that changed anything.
pub(super) async fn set_off(
    connection: &mut Connection,
    id: i64,
    off: bool,
    own: bool,
) -> Result<bool> {
    let changed = sqlx::query(
        "UPDATE service_certificates
         SET off_at = $2, off_own = $3
         WHERE id = $1 AND (off_at IS NULL) = ($2 IS NOT NULL)",
    )
    .bind(id)
    .bind(off.then(now))
    .bind(off && own)
    .execute(connection)
    .await?;
    Ok(changed.rows_affected() == 1)
}

/// Before merged records are erased for good: the record that stays has their certificates.
///
/// # Errors
/// When the database fails.
pub async fn hand_on(connection: &mut Connection, members: &[i64]) -> Result<()> {
    sqlx::query(
        "UPDATE service_certificates
         SET member_id = (SELECT merged_into FROM members WHERE id = member_id)
         WHERE member_id IN (SELECT id FROM members
                             WHERE merged_into IS NOT NULL
                               AND id IN (SELECT value FROM json_each($1)))",
    )
    .bind(json!(members).to_string())
    .execute(connection)
    .await?;
    Ok(())
}

/// Puts a sign in the place of a person's name where an office bears it on others' certificates.
///
/// # Errors
/// When the database fails.
pub async fn forget_names(connection: &mut Connection, names: &[String]) -> Result<()> {
    for name in names {
        sqlx::query(
            "UPDATE service_certificates
             SET content = replace(content, $1, '…')
             WHERE instr(content, $1) > 0",
        )
        .bind(name)
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}
