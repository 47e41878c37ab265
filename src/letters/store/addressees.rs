//! The committees to which letters can be written.

use sqlx::FromRow;

use crate::db::{Connection, Result};

/// A committee to which a letter can be written, and how many members it would hold.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Addressee {
    /// `committees.id`.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// The sub-district's name.
    pub street: String,
    /// The district's name.
    pub district: String,
    /// How many members stand to be known there.
    pub members: i64,
    /// How many do not agree.
    pub withheld: i64,
}

/// Which committees.
#[derive(Debug, Clone, Default)]
pub(in crate::letters) struct Addressees {
    /// JSON of the viewer's branches; `None`: all members.
    pub branches: Option<String>,
    /// A district or sub-district, by its code; empty: anywhere.
    pub area: String,
    /// Only this committee.
    pub committee: Option<i64>,
    /// Only those without a letter in this year.
    pub year: Option<i64>,
}

/// The committees with members who stand to be known, by code. Who has a host committee counts
/// there.
pub(in crate::letters) async fn addressees(
    connection: &mut Connection,
    which: &Addressees,
) -> Result<Vec<Addressee>> {
    sqlx::query_as(
        "WITH written (id) AS (
             SELECT coalesce(c.merged_into, c.id)
             FROM letters AS l
             JOIN committees AS c ON c.id = l.committee_id
             WHERE l.year = $4
               AND l.state <> 'withdrawn'
               AND ($1 IS NULL
                    OR l.every_branch = 1
                    OR EXISTS (SELECT 1
                               FROM letter_branches AS x
                               JOIN branches AS b ON b.id = x.branch_id
                               WHERE x.letter_id = l.id
                                 AND coalesce(b.merged_into, b.id)
                                     IN (SELECT value FROM json_each($1))))
         ),
         living (id, members, withheld) AS (
             SELECT coalesce(committee_id, host_committee_id) AS home, sum(agreed), sum(1 - agreed)
             FROM members
             WHERE removed_at IS NULL
               AND ($1 IS NULL OR branch_id IN (SELECT value FROM json_each($1)))
               AND ($3 IS NULL OR committee_id = $3 OR host_committee_id = $3)
             GROUP BY home
             HAVING sum(agreed) > 0
         )
         SELECT c.id, c.name, s.name AS street, d.name AS district, n.members, n.withheld
         FROM living AS n
         JOIN committees AS c ON c.id = n.id
         JOIN streets AS s ON s.code = c.street_code
         JOIN districts AS d ON d.code = s.district_code
         WHERE substr(c.street_code, 1, length($2)) = $2
           AND ($4 IS NULL OR c.id NOT IN (SELECT id FROM written))
         ORDER BY c.street_code, c.code, c.id",
    )
    .bind(&which.branches)
    .bind(&which.area)
    .bind(which.committee)
    .bind(which.year)
    .fetch_all(connection)
    .await
}
