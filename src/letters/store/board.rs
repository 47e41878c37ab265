//! The letters as the board lists and counts them.

use serde_json::json;
use sqlx::FromRow;

use crate::activities::HalfYear;
use crate::db::{Connection, Result};
use crate::letters::State;

/// Which letters a list shows.
#[derive(Debug, Clone, Default)]
pub(in crate::letters) struct Listed {
    /// JSON of the viewer's branches; `None`: every letter.
    pub branches: Option<String>,
    /// In one of these states; empty: in any.
    pub states: Vec<State>,
    /// Of this year.
    pub year: Option<i64>,
    /// To committees of this district or sub-district, by its code; empty: anywhere.
    pub area: String,
    /// Sent in this half-year.
    pub sent_in: Option<HalfYear>,
    /// Made together.
    pub batch: Option<i64>,
    /// To this committee.
    pub committee: Option<i64>,
    /// Only these (JSON of `letters.id`).
    pub ids: Option<String>,
    /// Only behind this one.
    pub after: Option<i64>,
}

/// A letter in a line.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct LetterLine {
    /// `letters.id`.
    pub id: i64,
    /// Its number as it is written; empty for a draft.
    pub reference: String,
    /// Where it stands.
    #[sqlx(try_from = "String")]
    pub state: State,
    /// To whom; `committees.id`.
    pub committee_id: i64,
    /// The committee's name now.
    pub committee: String,
    /// The sub-district's name.
    pub street: String,
    /// The district's name.
    pub district: String,
    /// How many members it passed on; 0 for a draft.
    pub members: i64,
    /// The letter's day.
    pub issued_on: Option<String>,
    /// When it was sent.
    pub sent_on: Option<String>,
    /// When the committee confirmed that it came.
    pub received_on: Option<String>,
    /// When it was last asked for a reply.
    pub reminded_on: Option<String>,
    /// The reply's day.
    pub answered_on: Option<String>,
    /// Who replied.
    pub answered_by: String,
}

/// Letters in the order in which they were made, at most so many.
pub(in crate::letters) async fn lines(
    connection: &mut Connection,
    listed: &Listed,
    limit: i64,
) -> Result<Vec<LetterLine>> {
    let names: Vec<&str> = listed.states.iter().map(|state| state.name()).collect();
    sqlx::query_as(
        "SELECT l.id, l.reference, l.state, l.committee_id, c.name AS committee,
                s.name AS street, d.name AS district, l.issued_on, l.sent_on, l.received_on,
                l.reminded_on, l.answered_on, l.answered_by,
                (SELECT count(*) FROM letter_members WHERE letter_id = l.id) AS members
         FROM letters AS l
         JOIN committees AS c ON c.id = l.committee_id
         JOIN streets AS s ON s.code = c.street_code
         JOIN districts AS d ON d.code = s.district_code
         WHERE ($1 IS NULL
                OR (l.every_branch = 0
                    AND NOT EXISTS (SELECT 1
                                    FROM letter_branches AS x
                                    JOIN branches AS b ON b.id = x.branch_id
                                    WHERE x.letter_id = l.id
                                      AND coalesce(b.merged_into, b.id)
                                          NOT IN (SELECT value FROM json_each($1)))))
           AND ($2 = '[]' OR l.state IN (SELECT value FROM json_each($2)))
           AND ($3 IS NULL OR l.year = $3)
           AND substr(c.street_code, 1, length($4)) = $4
           AND ($5 IS NULL OR l.batch_id = $5)
           AND ($6 IS NULL OR coalesce(c.merged_into, c.id) = $6 OR c.id = $6)
           AND ($7 IS NULL OR l.id IN (SELECT value FROM json_each($7)))
           AND ($8 IS NULL OR l.id > $8)
           AND ($10 IS NULL OR l.sent_on BETWEEN $10 AND $11)
         ORDER BY l.id
         LIMIT $9",
    )
    .bind(&listed.branches)
    .bind(json!(names).to_string())
    .bind(listed.year)
    .bind(&listed.area)
    .bind(listed.batch)
    .bind(listed.committee)
    .bind(&listed.ids)
    .bind(listed.after)
    .bind(limit)
    .bind(listed.sent_in.map(HalfYear::first_day))
    .bind(listed.sent_in.map(HalfYear::last_day))
    .fetch_all(connection)
    .await
}

/// How many letters a list shows, and since when the one that waits longest does.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub(in crate::letters) struct StateCount {
    #[sqlx(try_from = "String")]
    pub state: State,
    pub letters: i64,
    pub issued_since: Option<String>,
    pub sent_since: Option<String>,
}

/// How many letters of a list are in each state.
pub(in crate::letters) async fn counts(
    connection: &mut Connection,
    listed: &Listed,
) -> Result<Vec<StateCount>> {
    sqlx::query_as(
        "SELECT l.state, count(*) AS letters, min(l.issued_on) AS issued_since,
                min(l.sent_on) AS sent_since
         FROM letters AS l
         JOIN committees AS c ON c.id = l.committee_id
         WHERE ($1 IS NULL
                OR (l.every_branch = 0
                    AND NOT EXISTS (SELECT 1
                                    FROM letter_branches AS x
                                    JOIN branches AS b ON b.id = x.branch_id
                                    WHERE x.letter_id = l.id
                                      AND coalesce(b.merged_into, b.id)
                                          NOT IN (SELECT value FROM json_each($1)))))
           AND ($2 IS NULL OR l.year = $2)
           AND substr(c.street_code, 1, length($3)) = $3
           AND ($4 IS NULL OR l.batch_id = $4)
           AND ($5 IS NULL OR l.sent_on BETWEEN $5 AND $6)
         GROUP BY l.state",
    )
    .bind(&listed.branches)
    .bind(listed.year)
    .bind(&listed.area)
    .bind(listed.batch)
    .bind(listed.sent_in.map(HalfYear::first_day))
    .bind(listed.sent_in.map(HalfYear::last_day))
    .fetch_all(connection)
    .await
}

/// The years of which there are letters, the latest first.
pub(in crate::letters) async fn years(connection: &mut Connection) -> Result<Vec<i64>> {
    sqlx::query_scalar("SELECT DISTINCT year FROM letters ORDER BY year DESC")
        .fetch_all(connection)
        .await
}

/// The districts to whose committees there are letters: code and name, by code.
pub(in crate::letters) async fn districts(
    connection: &mut Connection,
) -> Result<Vec<(String, String)>> {
    sqlx::query_as(
        "SELECT code, name
         FROM districts
         WHERE code IN (SELECT substr(c.street_code, 1, 6)
                        FROM letters AS l
                        JOIN committees AS c ON c.id = l.committee_id)
         ORDER BY code",
    )
    .fetch_all(connection)
    .await
}
