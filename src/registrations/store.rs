//! Links of branches, and what was filled in by them.

use sqlx::FromRow;

use super::Filled;
use crate::audit::Actor;
use crate::db::{Connection, Result, now};

/// A link that opens.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub(super) struct Link {
    /// `registration_links.id`.
    pub id: i64,
    /// The branch (`branches.id`), as it is now.
    pub branch_id: i64,
    /// Its name.
    pub branch: String,
    /// Until when it opens.
    pub expires_at: String,
    /// How many registrations came by it.
    pub sent: i64,
}

const LINK: &str = "
    SELECT l.id, b.id AS branch_id, b.name AS branch, l.expires_at,
           (SELECT count(*) FROM registrations WHERE link_id = l.id) AS sent
    FROM registration_links AS l
    JOIN branches AS was ON was.id = l.branch_id
    JOIN branches AS b ON b.id = coalesce(was.merged_into, was.id)
    WHERE l.revoked_at IS NULL AND l.expires_at > $1";

pub(super) async fn insert_link(
    connection: &mut Connection,
    actor: Actor,
    branch: i64,
    digest: &[u8],
    until: &str,
) -> Result<i64> {
    sqlx::query_scalar(
        "INSERT INTO registration_links (branch_id, token_hash, made_at, made_by, expires_at)
         VALUES ($1, $2, $3, $4, $5)
         RETURNING id",
    )
    .bind(branch)
    .bind(digest)
    .bind(now())
    .bind(actor.account_id())
    .bind(until)
    .fetch_one(connection)
    .await
}

/// The links that open, the latest first.
pub(super) async fn links(connection: &mut Connection) -> Result<Vec<Link>> {
    sqlx::query_as(sqlx::AssertSqlSafe(format!("{LINK} ORDER BY l.id DESC LIMIT 200")))
        .bind(now())
        .fetch_all(connection)
        .await
}

/// The link with this secret, while it opens.
pub(super) async fn opened(connection: &mut Connection, digest: &[u8]) -> Result<Option<Link>> {
    sqlx::query_as(sqlx::AssertSqlSafe(format!("{LINK} AND l.token_hash = $2")))
        .bind(now())
        .bind(digest)
        .fetch_optional(connection)
        .await
}

pub(super) async fn revoke(connection: &mut Connection, id: i64) -> Result<()> {
    sqlx::query("UPDATE registration_links SET revoked_at = $2 WHERE id = $1")
        .bind(id)
        .bind(now())
        .execute(connection)
        .await?;
    Ok(())
}

/// How many registrations came by a link since a time.
pub(super) async fn sent_since(connection: &mut Connection, link: i64, since: &str) -> Result<i64> {
    sqlx::query_scalar("SELECT count(*) FROM registrations WHERE link_id = $1 AND at >= $2")
        .bind(link)
        .bind(since)
        .fetch_one(connection)
        .await
}

/// Keeps what was filled in.
pub(super) async fn insert(connection: &mut Connection, link: i64, filled: &Filled) -> Result<()> {
    let form = serde_json::to_string(filled).map_err(|e| sqlx::Error::Encode(e.into()))?;
    sqlx::query("INSERT INTO registrations (link_id, at, form) VALUES ($1, $2, $3)")
        .bind(link)
        .bind(now())
        .bind(form)
        .execute(connection)
        .await?;
    Ok(())
}

/// Something filled in that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// `registrations.id`.
    pub id: i64,
    /// When it came.
    pub at: String,
    /// The branch whose link it was.
    pub branch_id: i64,
    /// Its name.
    pub branch: String,
    /// What was filled in.
    pub filled: Filled,
}

macro_rules! waiting {
    ($rest:literal) => {
        concat!(
            "SELECT r.id, r.at, b.id AS branch_id, b.name AS branch, r.form
             FROM registrations AS r
             JOIN registration_links AS l ON l.id = r.link_id
             JOIN branches AS was ON was.id = l.branch_id
             JOIN branches AS b ON b.id = coalesce(was.merged_into, was.id)
             WHERE r.settled_at IS NULL ",
            $rest
        )
    };
}

type Row = (i64, String, i64, String, String);

fn read((id, at, branch_id, branch, form): Row) -> Result<Waiting> {
    let filled = serde_json::from_str(&form).map_err(|e| sqlx::Error::Decode(e.into()))?;
    Ok(Waiting { id, at, branch_id, branch, filled })
}

/// What waits, of these branches (JSON; `None`: of all), the oldest first.
pub(super) async fn waiting(
    connection: &mut Connection,
    branches: Option<String>,
) -> Result<Vec<Waiting>> {
    let rows: Vec<Row> = sqlx::query_as(waiting!(
        "AND ($1 IS NULL OR b.id IN (SELECT value FROM json_each($1))) ORDER BY r.id LIMIT 200"
    ))
    .bind(branches)
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(read).collect()
}

/// How many wait.
///
/// # Errors
/// When the database fails.
pub async fn count_waiting(connection: &mut Connection, branches: Option<String>) -> Result<i64> {
    sqlx::query_scalar(
        "SELECT count(*)
         FROM registrations AS r
         JOIN registration_links AS l ON l.id = r.link_id
         JOIN branches AS was ON was.id = l.branch_id
         WHERE r.settled_at IS NULL
           AND ($1 IS NULL
                OR coalesce(was.merged_into, was.id) IN (SELECT value FROM json_each($1)))",
    )
    .bind(branches)
    .fetch_one(connection)
    .await
}

/// One of them, while it waits.
///
/// # Errors
/// When the database fails.
pub async fn one_waiting(connection: &mut Connection, id: i64) -> Result<Option<Waiting>> {
    let row: Option<Row> =
        sqlx::query_as(waiting!("AND r.id = $1")).bind(id).fetch_optional(connection).await?;
    row.map(read).transpose()
}

/// Settles one that waits; whether it did. What was filled in goes.
pub(super) async fn settle(
    connection: &mut Connection,
    actor: Actor,
    id: i64,
    outcome: &'static str,
) -> Result<bool> {
    let settled = sqlx::query(
        "UPDATE registrations
         SET form = '', outcome = $2, settled_at = $3, settled_by = $4
         WHERE id = $1 AND settled_at IS NULL",
    )
    .bind(id)
    .bind(outcome)
    .bind(now())
    .bind(actor.account_id())
    .execute(connection)
    .await?;
    Ok(settled.rows_affected() == 1)
}

/// Takes out what came before a time and nobody settled; how many.
///
/// # Errors
/// When the database fails.
pub(super) async fn forget_waiting(connection: &mut Connection, before: &str) -> Result<u64> {
    let gone = sqlx::query("DELETE FROM registrations WHERE settled_at IS NULL AND at < $1")
        .bind(before)
        .execute(connection)
        .await?;
    Ok(gone.rows_affected())
}

/// Takes out what was filled in by someone whose data is erased.
///
/// # Errors
/// When the database fails.
pub async fn forget(connection: &mut Connection, theirs: impl Fn(&str) -> bool) -> Result<()> {
    for waiting in waiting_of_everyone(connection).await? {
        let filled = &waiting.filled;
        let words = [&filled.name, &filled.number, &filled.phone, &filled.address];
        if words.into_iter().any(|text| !text.is_empty() && theirs(text)) {
            sqlx::query("DELETE FROM registrations WHERE id = $1")
                .bind(waiting.id)
                .execute(&mut *connection)
                .await?;
        }
    }
    Ok(())
}

async fn waiting_of_everyone(connection: &mut Connection) -> Result<Vec<Waiting>> {
    let rows: Vec<Row> = sqlx::query_as(waiting!("ORDER BY r.id")).fetch_all(connection).await?;
    rows.into_iter().map(read).collect()
}
