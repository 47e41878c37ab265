//! Certificates of commendation: what stands on one, kept as it was printed.

use serde::{Deserialize, Serialize};
use sqlx::FromRow;

use super::{Call, Nominee};
use crate::audit::Actor;
use crate::db::{Connection, Result, now};
use crate::web::Page;

/// What stands on a certificate, in whatever language it is printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Content {
    pub name: String,
    pub branch: String,
    /// As what, or for what.
    pub title: String,
    /// The half-years ([`HalfYear::code`](crate::activities::HalfYear::code)).
    pub first: String,
    pub last: String,
    /// The body that decided, and its day.
    pub by: String,
    pub on: String,
}

impl Content {
    /// Of someone who is commended; `None` for anyone else.
    pub fn of(call: &Call, nominee: &Nominee) -> Option<Self> {
        let decision = nominee.decision.as_ref()?;
        (nominee.state == super::State::Granted).then(|| Self {
            name: nominee.name.clone(),
            branch: nominee.branch.clone(),
            title: call.details.title.clone(),
            first: call.details.first.clone(),
            last: call.details.last.clone(),
            by: decision.by.clone(),
            on: decision.on.clone(),
        })
    }
}

/// A certificate as it was printed.
#[derive(Debug, Clone, FromRow)]
pub(super) struct Paper {
    /// [`Content`] as JSON.
    pub content: String,
    /// The member's branch now.
    pub branch_id: Option<i64>,
}

/// Keeps what is printed at once; the batch.
pub(super) async fn insert(
    connection: &mut Connection,
    actor: Actor,
    papers: &[(i64, Content)],
) -> Result<Option<i64>> {
    let mut batch = None;
    for (commendation, content) in papers {
        let content = serde_json::to_string(content).map_err(|e| sqlx::Error::Encode(e.into()))?;
        let id: i64 = sqlx::query_scalar(
            "INSERT INTO commendation_papers (batch, commendation_id, content, printed_at,
                                              printed_by)
             VALUES ($1, $2, $3, $4, $5)
             RETURNING id",
        )
        .bind(batch.unwrap_or_default())
        .bind(commendation)
        .bind(content)
        .bind(now())
        .bind(actor.account_id())
        .fetch_one(&mut *connection)
        .await?;
        if batch.is_none() {
            batch = Some(id);
            sqlx::query("UPDATE commendation_papers SET batch = id WHERE id = $1")
                .bind(id)
                .execute(&mut *connection)
                .await?;
        }
    }
    Ok(batch)
}

/// The certificates that were printed at once, in the order of printing.
pub(super) async fn of_batch(connection: &mut Connection, batch: i64) -> Result<Vec<Paper>> {
    sqlx::query_as(
        "SELECT p.content, m.branch_id
         FROM commendation_papers AS p
         JOIN commendations AS x ON x.id = p.commendation_id
         JOIN members AS was ON was.id = x.member_id
         JOIN members AS m ON m.id = coalesce(was.merged_into, was.id)
         WHERE p.batch = $1
         ORDER BY p.id",
    )
    .bind(batch)
    .fetch_all(connection)
    .await
}

/// The call of a batch.
pub(super) async fn call_of(connection: &mut Connection, batch: i64) -> Result<Option<i64>> {
    sqlx::query_scalar(
        "SELECT x.call_id
         FROM commendation_papers AS p
         JOIN commendations AS x ON x.id = p.commendation_id
         WHERE p.batch = $1
         LIMIT 1",
    )
    .bind(batch)
    .fetch_optional(connection)
    .await
}

/// That certificates were printed, in words.
#[derive(Debug, Clone)]
pub(super) struct Printed {
    /// Where they are.
    pub batch: i64,
    /// When, by whom.
    pub at: String,
    /// How many at once.
    pub count: i64,
}

#[derive(FromRow)]
struct Row {
    batch: i64,
    at: String,
    by: Option<String>,
    count: i64,
}

fn in_words(page: &Page, rows: Vec<Row>) -> Vec<Printed> {
    let printed = |row: Row| {
        let by = row.by.unwrap_or_else(|| page.t("history-by-terminal").to_owned());
        Printed {
            batch: row.batch, at: format!("{} · {by}", page.time(&row.at)), count: row.count
        }
    };
    rows.into_iter().map(printed).collect()
}

/// The last batches of a call, of members of these branches (JSON; `None`: all).
pub(super) async fn printed_of(
    connection: &mut Connection,
    page: &Page,
    call: i64,
    branches: Option<&str>,
) -> Result<Vec<Printed>> {
    let rows = sqlx::query_as(
        "SELECT p.batch, min(p.printed_at) AS at, u.display_name AS by, count(*) AS count
         FROM commendations AS x
         CROSS JOIN commendation_papers AS p ON p.commendation_id = x.id
         JOIN members AS was ON was.id = x.member_id
         JOIN members AS m ON m.id = coalesce(was.merged_into, was.id)
         LEFT JOIN accounts AS u ON u.id = p.printed_by
         WHERE x.call_id = $1
           AND ($2 IS NULL OR m.branch_id IN (SELECT value FROM json_each($2)))
         GROUP BY p.batch
         ORDER BY p.batch DESC
         LIMIT 20",
    )
    .bind(call)
    .bind(branches)
    .fetch_all(connection)
    .await?;
    Ok(in_words(page, rows))
}

/// The batches with a certificate of one nominee.
pub(super) async fn printed_one(
    connection: &mut Connection,
    page: &Page,
    commendation: i64,
) -> Result<Vec<Printed>> {
    let rows = sqlx::query_as(
        "SELECT p.batch, p.printed_at AS at, u.display_name AS by, 1 AS count
         FROM commendation_papers AS p
         LEFT JOIN accounts AS u ON u.id = p.printed_by
         WHERE p.commendation_id = $1
         ORDER BY p.id DESC
         LIMIT 20",
    )
    .bind(commendation)
    .fetch_all(connection)
    .await?;
    Ok(in_words(page, rows))
}
