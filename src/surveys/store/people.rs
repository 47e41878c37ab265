//! Whom a round asks, and where the form of each stands.

use serde_json::json;
use sqlx::{Arguments as _, AssertSqlSafe, Database, FromRow};

use crate::db::{Connection, Engine, Result};

/// A member whom a round asks.
#[derive(Debug, Clone, FromRow)]
pub(in crate::surveys) struct Person {
    /// `members.id`.
    pub member_id: i64,
    pub name: String,
    pub number: String,
    pub branch: String,
    pub committee: String,
    /// The place in the phone book.
    pub sort_key: i64,
    /// [`State::name`](crate::surveys::State::name); empty: nobody began it.
    pub state: String,
    pub late: bool,
    /// Since when it stands there.
    pub updated_at: String,
}

/// Which of them.
#[derive(Debug, Clone, Default)]
pub(in crate::surveys) struct Which {
    /// `surveys.id`.
    pub survey: i64,
    /// Of these branches (JSON); `None`: all, those of no branch too.
    pub branches: Option<String>,
    /// Of this branch; 0: of none.
    pub branch: Option<i64>,
    /// At this committee; 0: at none.
    pub committee: Option<i64>,
    /// Where the form stands: a [`State::name`](crate::surveys::State::name), `missing` (not handed
    /// in), `late`; empty: anywhere.
    pub state: String,
}

impl Which {
    /// As [`OF`] takes them: `$1` to `$5`.
    fn bound(&self) -> Result<<Engine as Database>::Arguments> {
        let mut bound = <Engine as Database>::Arguments::default();
        bound
            .add(self.survey)
            .and_then(|()| bound.add(&self.branches))
            .and_then(|()| bound.add(self.branch))
            .and_then(|()| bound.add(self.committee))
            .and_then(|()| bound.add(&self.state))
            .map_err(sqlx::Error::Encode)?;
        Ok(bound)
    }
}

const OF: &str = "
    FROM members AS m
    LEFT JOIN branches AS b ON b.id = m.branch_id
    LEFT JOIN committees AS c ON c.id = coalesce(m.committee_id, m.host_committee_id)
    LEFT JOIN survey_forms AS f ON f.member_id = m.id AND f.survey_id = $1
    WHERE m.removed_at IS NULL
      AND ($2 IS NULL OR m.branch_id IN (SELECT value FROM json_each($2)))
      AND ($3 IS NULL OR coalesce(m.branch_id, 0) = $3)
      AND ($4 IS NULL OR coalesce(m.committee_id, m.host_committee_id, 0) = $4)
      AND CASE $5
            WHEN '' THEN 1
            WHEN 'missing' THEN coalesce(f.state, 'draft') = 'draft'
            WHEN 'late' THEN coalesce(f.late, 0)
            ELSE f.state = $5
          END";

/// The live members whom a round asks, behind a place of the phone book, in its order.
pub(in crate::surveys) async fn people(
    connection: &mut Connection,
    which: &Which,
    after: i64,
    limit: i64,
) -> Result<Vec<Person>> {
    let sql = format!(
        "SELECT m.id AS member_id, m.name, coalesce(m.number, '') AS number,
                coalesce(b.name, '') AS branch, coalesce(c.name, '') AS committee, m.sort_key,
                coalesce(f.state, '') AS state, coalesce(f.late, 0) AS late,
                coalesce(f.updated_at, '') AS updated_at {OF}
           AND m.sort_key > $6
         ORDER BY m.sort_key
         LIMIT $7"
    );
    sqlx::query_as_with(AssertSqlSafe(sql), which.bound()?)
        .bind(after)
        .bind(limit)
        .fetch_all(connection)
        .await
}

/// Members of this list who have something on record from a day to a day and whose form is not
/// handed in: they need no reason, so that it can be handed in as it is.
pub(in crate::surveys) async fn ready(
    connection: &mut Connection,
    which: &Which,
    (from, to): (&str, &str),
    limit: i64,
) -> Result<Vec<i64>> {
    let sql = format!(
        "SELECT m.id {OF}
           AND coalesce(f.state, 'draft') = 'draft'
           AND EXISTS (SELECT 1 FROM participations AS p
                       WHERE p.member_id = m.id AND p.live = 1 AND p.day BETWEEN $6 AND $7)
         ORDER BY m.sort_key
         LIMIT $8"
    );
    sqlx::query_scalar_with(AssertSqlSafe(sql), which.bound()?)
        .bind(from)
        .bind(to)
        .bind(limit)
        .fetch_all(connection)
        .await
}

/// Members of this list who stand to be known and whose form is not confirmed, by committee, in the
/// order of the phone book: whose paper a committee has to sign.
pub(in crate::surveys) async fn unsigned(
    connection: &mut Connection,
    which: &Which,
    limit: i64,
) -> Result<Vec<(i64, i64)>> {
    let sql = format!(
        "SELECT coalesce(m.committee_id, m.host_committee_id), m.id {OF}
           AND m.agreed = 1 AND coalesce(m.committee_id, m.host_committee_id) IS NOT NULL
           AND coalesce(f.state, 'draft') IN ('draft', 'submitted')
         ORDER BY c.code, m.sort_key
         LIMIT $6"
    );
    sqlx::query_as_with(AssertSqlSafe(sql), which.bound()?).bind(limit).fetch_all(connection).await
}

/// A row of the file of a round's forms.
#[derive(Debug, Clone, FromRow)]
pub(in crate::surveys) struct FileRow {
    pub sort_key: i64,
    pub number: String,
    pub name: String,
    pub branch: String,
    pub code: String,
    pub committee: String,
    pub state: String,
    pub late: bool,
    pub submitted_at: String,
    pub signed_on: String,
    pub stamped_on: String,
    pub confirmed_there: String,
    pub times: i64,
    pub minutes: i64,
    /// The lines that count: day, title, times, minutes, as JSON.
    pub lines: String,
    pub reason: String,
    pub words: String,
}

/// Rows of the file of a round's forms, behind a place of the phone book.
pub(in crate::surveys) async fn file_rows(
    connection: &mut Connection,
    which: &Which,
    after: i64,
    limit: i64,
) -> Result<Vec<FileRow>> {
    let sql = format!(
        "SELECT m.sort_key, coalesce(m.number, '') AS number, m.name,
                coalesce(b.name, '') AS branch, coalesce(c.code, '') AS code,
                coalesce(c.name, '') AS committee, coalesce(f.state, '') AS state,
                coalesce(f.late, 0) AS late, coalesce(f.submitted_at, '') AS submitted_at,
                coalesce(f.signed_on, '') AS signed_on, coalesce(f.stamped_on, '') AS stamped_on,
                coalesce(f.confirmed_there, '') AS confirmed_there,
                coalesce((SELECT sum(l.times) FROM survey_lines AS l
                          WHERE l.form_id = f.id AND l.left_out = 0), 0) AS times,
                coalesce((SELECT sum(l.minutes) FROM survey_lines AS l
                          WHERE l.form_id = f.id AND l.left_out = 0), 0) AS minutes,
                coalesce((SELECT json_group_array(json_array(l.day, l.title, l.times, l.minutes)
                                                  ORDER BY l.place)
                          FROM survey_lines AS l
                          WHERE l.form_id = f.id AND l.left_out = 0), '[]') AS lines,
                coalesce(f.reason, '') AS reason, coalesce(f.words, '') AS words {OF}
           AND m.sort_key > $6
         ORDER BY m.sort_key
         LIMIT $7"
    );
    sqlx::query_as_with(AssertSqlSafe(sql), which.bound()?)
        .bind(after)
        .bind(limit)
        .fetch_all(connection)
        .await
}

/// How many of the members asked do not stand to be known, so that no list may name them to their
/// committee.
pub(in crate::surveys) async fn withheld(
    connection: &mut Connection,
    which: &Which,
) -> Result<i64> {
    let sql = format!(
        "SELECT count(*) {OF}
           AND m.agreed = 0 AND coalesce(m.committee_id, m.host_committee_id) IS NOT NULL
           AND coalesce(f.state, 'draft') IN ('draft', 'submitted')"
    );
    sqlx::query_scalar_with(AssertSqlSafe(sql), which.bound()?).fetch_one(connection).await
}

/// The branches as JSON, as lists of them are bound.
pub(in crate::surveys) fn bound(branches: Option<&[i64]>) -> Option<String> {
    branches.map(|branches| json!(branches).to_string())
}
