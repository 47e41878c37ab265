//! Reviews, what was done with them, and what members answer.

use serde_json::json;
use sqlx::FromRow;

use super::{Review, Sheet};
use crate::activities::HalfYear;
use crate::audit::Actor;
use crate::db::{Connection, Result, now};

macro_rules! reviews {
    ($rest:literal) => {
        concat!(
            "SELECT r.id, r.branch_id, b.name AS branch, r.half, r.held_on, r.closed_at,
                    u.display_name AS closed_by, r.version
             FROM reviews AS r
             JOIN branches AS b ON b.id = r.branch_id
             LEFT JOIN accounts AS u ON u.id = r.closed_by ",
            $rest
        )
    };
}

/// One review.
///
/// # Errors
/// When the database fails.
pub async fn review(connection: &mut Connection, id: i64) -> Result<Option<Review>> {
    sqlx::query_as(reviews!("WHERE r.id = $1")).bind(id).fetch_optional(connection).await
}

/// A branch's review of a half-year.
///
/// # Errors
/// When the database fails.
pub async fn of_branch(
    connection: &mut Connection,
    branch: i64,
    half: HalfYear,
) -> Result<Option<Review>> {
    sqlx::query_as(reviews!("WHERE r.branch_id = $1 AND r.half = $2"))
        .bind(branch)
        .bind(half.code())
        .fetch_optional(connection)
        .await
}

/// All reviews of a half-year.
pub(super) async fn of_half(connection: &mut Connection, half: HalfYear) -> Result<Vec<Review>> {
    sqlx::query_as(reviews!("WHERE r.half = $1")).bind(half.code()).fetch_all(connection).await
}

/// How far a branch's papers are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, FromRow)]
pub(super) struct Extent {
    /// `branches.id`.
    pub branch_id: i64,
    /// How many live members it has.
    pub members: i64,
    /// Of how many of them a committee said something.
    pub said: i64,
}

/// How far these branches' papers are (JSON of `branches.id`).
pub(super) async fn extents(
    connection: &mut Connection,
    branches: &str,
    half: HalfYear,
) -> Result<Vec<Extent>> {
    sqlx::query_as(
        "WITH said (branch_id, members) AS MATERIALIZED (
             SELECT m.branch_id, count(DISTINCT m.id)
             FROM feedback_requests AS r
             CROSS JOIN feedback_lines AS l ON l.request_id = r.id
             JOIN members AS m ON m.id = l.member_id
             WHERE r.half = $2 AND l.words <> '' AND m.removed_at IS NULL
             GROUP BY m.branch_id
         )
         SELECT w.value AS branch_id,
                (SELECT count(*) FROM members
                 WHERE branch_id = w.value AND removed_at IS NULL) AS members,
                coalesce((SELECT members FROM said WHERE branch_id = w.value), 0) AS said
         FROM json_each($1) AS w",
    )
    .bind(branches)
    .bind(half.code())
    .fetch_all(connection)
    .await
}

/// Opens a branch's review; its `id`, or `None` when there is one.
pub(super) async fn insert(
    connection: &mut Connection,
    actor: Actor,
    branch: i64,
    half: HalfYear,
) -> Result<Option<i64>> {
    sqlx::query_scalar(
        "INSERT INTO reviews (branch_id, half, opened_at, opened_by)
         VALUES ($1, $2, $3, $4)
         ON CONFLICT DO NOTHING
         RETURNING id",
    )
    .bind(branch)
    .bind(half.code())
    .bind(now())
    .bind(actor.account_id())
    .fetch_optional(connection)
    .await
}

/// Notes the day on which a review was held.
pub(super) async fn hold(connection: &mut Connection, id: i64, day: &str) -> Result<()> {
    sqlx::query("UPDATE reviews SET held_on = $2, version = version + 1 WHERE id = $1")
        .bind(id)
        .bind(day)
        .execute(connection)
        .await?;
    Ok(())
}

/// Closes a review.
pub(super) async fn close(connection: &mut Connection, actor: Actor, id: i64) -> Result<()> {
    sqlx::query(
        "UPDATE reviews SET closed_at = $2, closed_by = $3, version = version + 1 WHERE id = $1",
    )
    .bind(id)
    .bind(now())
    .bind(actor.account_id())
    .execute(connection)
    .await?;
    Ok(())
}

/// Opens a review again: its pages follow the record from now on.
pub(super) async fn reopen(connection: &mut Connection, id: i64) -> Result<()> {
    for sql in [
        "UPDATE reviews SET closed_at = NULL, closed_by = NULL, version = version + 1
         WHERE id = $1",
        "DELETE FROM review_pages WHERE review_id = $1",
    ] {
        sqlx::query(sql).bind(id).execute(&mut *connection).await?;
    }
    Ok(())
}

/// Writes down what was done with a review.
pub(super) async fn keep_history(
    connection: &mut Connection,
    actor: Actor,
    id: i64,
    step: &str,
    words: &str,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO review_history (review_id, at, account_id, step, words)
         VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(id)
    .bind(now())
    .bind(actor.account_id())
    .bind(step)
    .bind(words)
    .execute(connection)
    .await?;
    Ok(())
}

/// Something that was done with a review.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub(super) struct Past {
    /// When.
    pub at: String,
    /// By whom; `None`: nobody who signed in.
    pub by: Option<String>,
    /// `open`, `hold`, `close` or `reopen`.
    pub step: String,
    /// The day on which it was held, or why it was opened again.
    pub words: String,
}

/// What was done with a review, the latest first.
pub(super) async fn history(connection: &mut Connection, id: i64) -> Result<Vec<Past>> {
    sqlx::query_as(
        "SELECT h.at, u.display_name AS by, h.step, h.words
         FROM review_history AS h
         LEFT JOIN accounts AS u ON u.id = h.account_id
         WHERE h.review_id = $1
         ORDER BY h.id DESC",
    )
    .bind(id)
    .fetch_all(connection)
    .await
}

/// Keeps the pages of members as they are now, behind those that are kept already.
pub(super) async fn keep_pages(
    connection: &mut Connection,
    review: i64,
    after: usize,
    pages: &[(i64, Sheet)],
) -> Result<()> {
    let pages: Vec<_> =
        pages.iter().map(|(member, sheet)| json!([member, json!(sheet).to_string()])).collect();
    sqlx::query(
        "INSERT INTO review_pages (review_id, place, member_id, noted_for, content)
         SELECT $1, $2 + w.key + 1, w.value ->> 0, w.value ->> 0, w.value ->> 1
         FROM json_each($3) AS w",
    )
    .bind(review)
    .bind(i64::try_from(after).unwrap_or(i64::MAX))
    .bind(json!(pages).to_string())
    .execute(connection)
    .await?;
    Ok(())
}

/// The kept pages of a closed review behind a place: each with its place and its member. Only one
/// member's where one is given.
pub(super) async fn pages(
    connection: &mut Connection,
    review: i64,
    member: Option<i64>,
    after: i64,
    limit: i64,
) -> Result<Vec<(i64, i64, Sheet)>> {
    let rows: Vec<(i64, i64, String)> = sqlx::query_as(
        "SELECT place, member_id, content
         FROM review_pages
         WHERE review_id = $1 AND place > $2 AND ($3 IS NULL OR member_id = $3)
         ORDER BY place
         LIMIT $4",
    )
    .bind(review)
    .bind(after)
    .bind(member)
    .bind(limit)
    .fetch_all(connection)
    .await?;
    let page = |(place, member, content): (i64, i64, String)| {
        let sheet = serde_json::from_str(&content);
        sheet.map(|sheet| (place, member, sheet)).map_err(|e| sqlx::Error::Decode(e.into()))
    };
    rows.into_iter().map(page).collect()
}

/// The closed review of a half-year in which a member's page was kept.
pub(super) async fn kept_for(
    connection: &mut Connection,
    member: i64,
    half: HalfYear,
) -> Result<Option<Review>> {
    sqlx::query_as(reviews!(
        "JOIN review_pages AS p ON p.review_id = r.id
         WHERE p.member_id = $1 AND r.half = $2
         ORDER BY r.id DESC
         LIMIT 1"
    ))
    .bind(member)
    .bind(half.code())
    .fetch_optional(connection)
    .await
}

/// What a member says of their own page.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub(super) struct Answer {
    /// The words.
    pub words: String,
    /// Counts the changes.
    pub version: i64,
}

/// What a member wrote themselves in a review.
pub(super) async fn answer(
    connection: &mut Connection,
    review: i64,
    member: i64,
) -> Result<Option<Answer>> {
    sqlx::query_as(
        "SELECT words, version FROM review_answers WHERE review_id = $1 AND noted_for = $2",
    )
    .bind(review)
    .bind(member)
    .fetch_optional(connection)
    .await
}

/// Keeps what a member writes.
pub(super) async fn put_answer(
    connection: &mut Connection,
    review: i64,
    member: i64,
    words: &str,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO review_answers (review_id, member_id, noted_for, words, at)
         VALUES ($1, $2, $2, $3, $4)
         ON CONFLICT (review_id, noted_for)
         DO UPDATE SET words = excluded.words, at = excluded.at, version = version + 1",
    )
    .bind(review)
    .bind(member)
    .bind(words)
    .bind(now())
    .execute(connection)
    .await?;
    Ok(())
}
