//! Which scan a paper has, of the papers that have at most one.

use sqlx::{AssertSqlSafe, FromRow};

use super::Scan;
use crate::db::{Connection, Result, now};

/// What was signed or answered on paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// A letter's reply.
    Letter,
    /// A committee's feedback.
    Feedback,
    /// A survey's form.
    SurveyForm,
}

impl Paper {
    /// The table of its scans, and the column of the record that each belongs to.
    const fn table(self) -> (&'static str, &'static str) {
        match self {
            Self::Letter => ("letter_scans", "letter_id"),
            Self::Feedback => ("feedback_scans", "request_id"),
            Self::SurveyForm => ("survey_scans", "form_id"),
        }
    }
}

/// A paper's scan.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Scanned {
    /// Under which name it lies in its folder.
    pub token: String,
    /// `pdf`, `png` or `jpeg`.
    pub kind: String,
    /// How long it is, in bytes.
    pub bytes: i64,
}

impl Scanned {
    /// What it is and how long, for people: PDF, 120 KiB.
    pub fn name(&self) -> String {
        super::words(&self.kind, self.bytes)
    }
}

/// The scan of a record's paper.
///
/// # Errors
/// When the database fails.
pub async fn of(connection: &mut Connection, paper: Paper, id: i64) -> Result<Option<Scanned>> {
    let (table, record) = paper.table();
    let sql = format!("SELECT token, kind, bytes FROM {table} WHERE {record} = $1");
    sqlx::query_as(AssertSqlSafe(sql)).bind(id).fetch_optional(connection).await
}

/// Keeps the scan of a record's paper in the place of the one before, which comes back: its file
/// goes once this is written.
///
/// # Errors
/// When the database fails.
pub async fn put(
    connection: &mut Connection,
    paper: Paper,
    id: i64,
    scan: &Scan,
) -> Result<Option<Scanned>> {
    let former = of(connection, paper, id).await?;
    let (table, record) = paper.table();
    let sql = format!(
        "INSERT INTO {table} ({record}, token, kind, bytes, at)
         VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT ({record}) DO UPDATE
         SET token = excluded.token, kind = excluded.kind, bytes = excluded.bytes, at = excluded.at"
    );
    sqlx::query(AssertSqlSafe(sql))
        .bind(id)
        .bind(&scan.token)
        .bind(scan.kind)
        .bind(i64::try_from(scan.bytes).unwrap_or(i64::MAX))
        .bind(now())
        .execute(connection)
        .await?;
    Ok(former)
}
