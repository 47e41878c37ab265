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

pub(super) async fn delete_of(connection: &mut Connection, record: Record) -> Result<()> {
    let (kind, id) = record.parts();
    sqlx::query("DELETE FROM audit WHERE record_kind = $1 AND record_id IS $2")
        .bind(kind)
        .bind(id)
        .execute(connection)
        .await?;
    Ok(())
}

/// The details of what was done in this way, with their lines' ids.
pub(super) async fn details_of(
    connection: &mut Connection,
    action: Action,
) -> Result<Vec<(i64, String)>> {
    sqlx::query_as("SELECT id, detail FROM audit WHERE action = $1 ORDER BY id")
        .bind(action.name())
        .fetch_all(connection)
        .await
}

pub(super) async fn set_detail(connection: &mut Connection, id: i64, detail: &str) -> Result<()> {
    sqlx::query("UPDATE audit SET detail = $2 WHERE id = $1")
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
    pub detail: String,
}

impl Line {
    /// What was done; `None` when a newer Linli did it.
    pub fn action(&self) -> Option<Action> {
        Action::ALL.iter().copied().find(|action| action.name() == self.action)
    }

    /// Whether whoever holds a committee's link did it.
    pub fn is_by_link(&self) -> bool {
        let detail = serde_json::from_str::<serde_json::Value>(&self.detail).unwrap_or_default();
        detail.get(super::BY_LINK).is_some() || self.action().is_some_and(Action::is_by_link)
    }

    /// To which record.
    pub fn record(&self) -> Record {
        Record::from_parts(&self.record_kind, self.record_id.unwrap_or_default())
    }
}

/// What a record is called now; `None` when it was erased.
pub(super) async fn name(connection: &mut Connection, record: Record) -> Result<Option<String>> {
    let sql = match record {
        Record::None => return Ok(None),
        Record::Account(_) => "SELECT display_name FROM accounts WHERE id = $1",
        Record::Member(_) => "SELECT name FROM members WHERE id = $1",
        Record::Committee(_) => "SELECT name FROM committees WHERE id = $1",
        Record::Skill(_) => "SELECT name FROM skills WHERE id = $1",
        Record::Branch(_) => "SELECT name FROM branches WHERE id = $1",
        Record::Import(_) => "SELECT file_name FROM import_batches WHERE id = $1",
        Record::Rule(_) => "SELECT road FROM address_rules WHERE id = $1",
        Record::Letter(_) => {
            "SELECT trim(l.reference || ' ' || c.name)
             FROM letters AS l
             JOIN committees AS c ON c.id = l.committee_id
             WHERE l.id = $1"
        }
        Record::Contact(_) => {
            "SELECT trim(k.day || ' ' || coalesce(c.name, ''))
             FROM contacts AS k
             LEFT JOIN committees AS c ON c.id = k.committee_id
             WHERE k.id = $1"
        }
        Record::Activity(_) => "SELECT title FROM activities WHERE id = $1",
        Record::Offer(_) => "SELECT title FROM offers WHERE id = $1",
        Record::Team(_) => "SELECT name FROM teams WHERE id = $1",
        Record::Commendation(_) => "SELECT title FROM commendation_calls WHERE id = $1",
        Record::Need(_) => "SELECT title FROM needs WHERE id = $1",
        Record::Pairing(_) => {
            "SELECT n.title FROM pairings AS p JOIN needs AS n ON n.id = p.need_id WHERE p.id = $1"
        }
        Record::Meeting(_) => "SELECT title FROM meetings WHERE id = $1",
        Record::Experience(_) => "SELECT title FROM experiences WHERE id = $1",
        Record::Enquiry(_) => "SELECT half FROM enquiries WHERE id = $1",
        Record::Request(_) => {
            "SELECT r.half || ' ' || c.name
             FROM feedback_requests AS r
             JOIN committees AS c ON c.id = r.committee_id
             WHERE r.id = $1"
        }
        Record::Review(_) => {
            "SELECT r.half || ' ' || b.name
             FROM reviews AS r
             JOIN branches AS b ON b.id = r.branch_id
             WHERE r.id = $1"
        }
        Record::Survey(_) => "SELECT half FROM surveys WHERE id = $1",
        Record::ActivityImport(_) => "SELECT file_name FROM activity_batches WHERE id = $1",
    };
    sqlx::query_scalar(sql).bind(record.parts().1).fetch_optional(connection).await
}

/// The latest lines first.
pub(super) async fn lines(
    connection: &mut Connection,
    filter: &Filter,
    limit: i64,
) -> Result<Vec<Line>> {
    let elsewhere: Vec<&str> = Action::ALL
        .iter()
        .filter(|action| action.is_by_link() || action.is_by_server())
        .map(|action| action.name())
        .collect();
    sqlx::query_as(
        "SELECT l.id, l.at, a.display_name AS by, l.action, l.record_kind, l.record_id, l.detail
         FROM audit AS l
         LEFT JOIN accounts AS a ON a.id = l.account_id
         WHERE ($1 IS NULL OR l.account_id = $1)
           AND (NOT $2 OR (l.account_id IS NULL
                           AND l.detail ->> '$.link' IS NULL
                           AND l.action NOT IN (SELECT value FROM json_each($9))))
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
    // By nobody at a terminal, but by the server itself, or by a committee's link.
    .bind(serde_json::json!(elsewhere).to_string())
    .fetch_all(connection)
    .await
}
