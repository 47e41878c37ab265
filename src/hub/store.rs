//! What a committee's page tells of members: only of its own who stand to be known.

use crate::db::{Connection, Result};

/// The names of the members of this committee who serve a need now and stand to be known.
pub(super) async fn serving(
    connection: &mut Connection,
    need: i64,
    committee: i64,
) -> Result<Vec<String>> {
    sqlx::query_scalar(
        "SELECT DISTINCT m.name
         FROM pairings AS p
         JOIN pairing_members AS x ON x.pairing_id = p.id
         JOIN members AS was ON was.id = x.member_id
         JOIN members AS m ON m.id = coalesce(was.merged_into, was.id)
         WHERE p.need_id = $1 AND p.ended_at IS NULL
           AND m.removed_at IS NULL AND m.agreed = 1
           AND $2 IN (m.committee_id, m.host_committee_id)
         ORDER BY m.sort_key",
    )
    .bind(need)
    .bind(committee)
    .fetch_all(connection)
    .await
}

/// What members of this committee who stand to be known can do, most of them first.
pub(super) async fn skills_at(connection: &mut Connection, committee: i64) -> Result<Vec<String>> {
    sqlx::query_scalar(
        "SELECT k.name
         FROM (SELECT id, agreed FROM members
               WHERE committee_id = $1 AND removed_at IS NULL
               UNION ALL
               SELECT id, agreed FROM members
               WHERE host_committee_id = $1 AND removed_at IS NULL) AS m
         JOIN member_skills AS x ON x.member_id = m.id
         JOIN skills AS k ON k.id = x.skill_id
         WHERE m.agreed = 1
         GROUP BY k.id
         ORDER BY count(*) DESC, k.id
         LIMIT 30",
    )
    .bind(committee)
    .fetch_all(connection)
    .await
}
