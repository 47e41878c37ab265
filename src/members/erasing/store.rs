//! What the database holds of a person, and its end.

use serde_json::json;

use crate::db::{Connection, Result};
use crate::members::MemberDetails;

/// These records and all that were merged into them.
pub(super) async fn with_merged(connection: &mut Connection, ids: &[i64]) -> Result<Vec<i64>> {
    sqlx::query_scalar(
        "WITH RECURSIVE part (id) AS (
             SELECT value FROM json_each($1)
             UNION
             SELECT m.id FROM part JOIN members AS m ON m.merged_into = part.id
         )
         SELECT id FROM part ORDER BY id",
    )
    .bind(json!(ids).to_string())
    .fetch_all(connection)
    .await
}

/// What these records are, were, and were before an import or a merge.
pub(super) async fn everything_known(
    connection: &mut Connection,
    ids: &[i64],
) -> Result<Vec<MemberDetails>> {
    let mut known = Vec::new();
    for id in ids {
        let member = crate::members::store::member(connection, *id).await?;
        known.extend(member.map(|member| member.details));
    }
    let before: Vec<String> = sqlx::query_scalar(
        "WITH wanted (id) AS (SELECT value FROM json_each($1))
         SELECT before FROM member_history WHERE member_id IN (SELECT id FROM wanted)
         UNION
         SELECT before FROM import_changes
         WHERE member_id IN (SELECT id FROM wanted) AND before IS NOT NULL",
    )
    .bind(json!(ids).to_string())
    .fetch_all(connection)
    .await?;
    for before in before {
        known.push(serde_json::from_str(&before).map_err(|e| sqlx::Error::Decode(e.into()))?);
    }
    Ok(known)
}

/// How much there is of a record besides itself.
#[derive(Debug, Clone, Copy, sqlx::FromRow)]
pub(super) struct Extent {
    /// Changes in its history.
    pub changes: i64,
    /// Imports that changed it or added it.
    pub imports: i64,
    /// Parts in activities.
    pub participations: i64,
    /// Meetings at which they were or from which they asked leave, and what they told there.
    pub meetings: i64,
}

/// How much there is of these records.
pub(super) async fn extent(connection: &mut Connection, ids: &[i64]) -> Result<Extent> {
    sqlx::query_as(
        "SELECT (SELECT count(*) FROM member_history
                 WHERE member_id IN (SELECT value FROM json_each($1))) AS changes,
                (SELECT count(*) FROM import_changes
                 WHERE member_id IN (SELECT value FROM json_each($1))) AS imports,
                (SELECT count(*) FROM participations
                 WHERE member_id IN (SELECT value FROM json_each($1))) AS participations,
                (SELECT count(*) FROM attendances
                 WHERE member_id IN (SELECT value FROM json_each($1)))
                + (SELECT count(*) FROM meeting_lines
                   WHERE sort = 'told' AND member_id IN (SELECT value FROM json_each($1)))
                    AS meetings",
    )
    .bind(json!(ids).to_string())
    .fetch_one(connection)
    .await
}

/// Takes these names out of the names of files that were imported.
pub(super) async fn forget_file_names(connection: &mut Connection, names: &[String]) -> Result<()> {
    for name in names {
        for sql in [
            "UPDATE import_batches SET file_name = replace(file_name, $1, '…')
             WHERE instr(file_name, $1) > 0",
            "UPDATE activity_batches SET file_name = replace(file_name, $1, '…')
             WHERE instr(file_name, $1) > 0",
            "UPDATE uploads SET file_name = replace(file_name, $1, '…')
             WHERE instr(file_name, $1) > 0",
        ] {
            sqlx::query(sql).bind(name).execute(&mut *connection).await?;
        }
    }
    Ok(())
}

/// Forgets every merge that these records were part of, and of records that one of them had been
/// merged into by mistake, what they were meanwhile.
pub(super) async fn forget_merges(connection: &mut Connection, ids: &[i64]) -> Result<()> {
    for sql in [
        "DELETE FROM member_history
         WHERE cause = 'merge-undone'
           AND (member_id, version) IN (SELECT kept_id, version_after
                                        FROM member_merges
                                        WHERE gone_id IN (SELECT value FROM json_each($1)))",
        "DELETE FROM member_merges
         WHERE gone_id IN (SELECT value FROM json_each($1))
            OR kept_id IN (SELECT value FROM json_each($1))",
    ] {
        sqlx::query(sql).bind(json!(ids).to_string()).execute(&mut *connection).await?;
    }
    Ok(())
}

/// Lets these records refer to each other no more, so that they can go in any order.
pub(super) async fn part(connection: &mut Connection, ids: &[i64]) -> Result<()> {
    sqlx::query(
        "UPDATE members SET merged_into = NULL WHERE id IN (SELECT value FROM json_each($1))",
    )
    .bind(json!(ids).to_string())
    .execute(connection)
    .await?;
    Ok(())
}

/// The records that were removed or merged away before a point in time, the earliest first.
pub(super) async fn removed_before(
    connection: &mut Connection,
    before: &str,
    most: i64,
) -> Result<Vec<i64>> {
    sqlx::query_scalar(
        "SELECT id
         FROM members
         WHERE removed_at < $1
         ORDER BY removed_at
         LIMIT $2",
    )
    .bind(before)
    .bind(most)
    .fetch_all(connection)
    .await
}

/// Of merges before a point in time, forgets what both records were.
pub(super) async fn forget_what_merges_were(
    connection: &mut Connection,
    before: &str,
) -> Result<()> {
    sqlx::query(
        "UPDATE member_merges
         SET kept_before = NULL, gone_before = NULL
         WHERE at < $1 AND gone_before IS NOT NULL",
    )
    .bind(before)
    .execute(connection)
    .await?;
    Ok(())
}

/// What was once merged into these records is known as part of what they were merged into, and
/// whom they served is served by it.
pub(super) async fn hand_merges_on(connection: &mut Connection, ids: &[i64]) -> Result<()> {
    for sql in [
        "UPDATE member_merges
         SET kept_id = (SELECT merged_into FROM members WHERE id = kept_id)
         WHERE kept_id IN (SELECT id FROM members
                           WHERE merged_into IS NOT NULL
                             AND id IN (SELECT value FROM json_each($1)))",
        "INSERT INTO pairing_members (pairing_id, member_id)
         SELECT x.pairing_id, m.merged_into
         FROM pairing_members AS x
         JOIN members AS m ON m.id = x.member_id
         WHERE m.merged_into IS NOT NULL AND m.id IN (SELECT value FROM json_each($1))
         ON CONFLICT DO NOTHING",
    ] {
        sqlx::query(sql).bind(json!(ids).to_string()).execute(&mut *connection).await?;
    }
    Ok(())
}
