//! What meetings and experiences hold of persons, and its end.

use serde_json::json;

use crate::db::{Connection, Result};

/// Hands on what these records told, lead or see to when they were merged into another; of the
/// others, what they told goes with them.
pub async fn forget_members(connection: &mut Connection, members: &[i64]) -> Result<()> {
    let members = json!(members).to_string();
    // A record may have been merged into one that was merged on.
    loop {
        let mut handed_on = 0;
        for sql in [
            "UPDATE meetings
             SET chair_id = (SELECT merged_into FROM members WHERE id = chair_id)
             WHERE chair_id IN (SELECT id FROM members
                                WHERE merged_into IS NOT NULL
                                  AND id IN (SELECT value FROM json_each($1)))",
            "UPDATE meeting_lines
             SET member_id = (SELECT merged_into FROM members WHERE id = member_id)
             WHERE member_id IN (SELECT id FROM members
                                 WHERE merged_into IS NOT NULL
                                   AND id IN (SELECT value FROM json_each($1)))",
        ] {
            let done = sqlx::query(sql).bind(&members).execute(&mut *connection).await?;
            handed_on += done.rows_affected();
        }
        if handed_on == 0 {
            break;
        }
    }
    for sql in [
        "INSERT INTO experience_members (experience_id, member_id)
         SELECT x.experience_id, m.merged_into
         FROM experience_members AS x
         JOIN members AS m ON m.id = x.member_id
         WHERE m.merged_into IS NOT NULL AND m.id IN (SELECT value FROM json_each($1))
         ON CONFLICT DO NOTHING",
        "DELETE FROM meeting_lines
         WHERE sort = 'told' AND member_id IN (SELECT value FROM json_each($1))",
    ] {
        sqlx::query(sql).bind(&members).execute(&mut *connection).await?;
    }
    Ok(())
}

/// Puts a sign in the place of a person's name wherever people wrote it; whether in an experience,
/// of which the index tells too.
pub async fn forget_names(connection: &mut Connection, names: &[String]) -> Result<bool> {
    let mut told = false;
    for name in names {
        for sql in [
            "UPDATE meetings
             SET title = replace(title, $1, '…'), place = replace(place, $1, '…'),
                 agenda = replace(agenda, $1, '…'), minutes = replace(minutes, $1, '…')
             WHERE instr(title || ' ' || place || ' ' || agenda || ' ' || minutes, $1) > 0",
            "UPDATE attendances SET reason = replace(reason, $1, '…') WHERE instr(reason, $1) > 0",
            "UPDATE meeting_lines SET words = replace(words, $1, '…') WHERE instr(words, $1) > 0",
            "UPDATE meeting_files SET name = replace(name, $1, '…') WHERE instr(name, $1) > 0",
        ] {
            sqlx::query(sql).bind(name).execute(&mut *connection).await?;
        }
        let experiences = sqlx::query(
            "UPDATE experiences
             SET title = replace(title, $1, '…'), words = replace(words, $1, '…')
             WHERE instr(title, $1) > 0 OR instr(words, $1) > 0",
        )
        .bind(name)
        .execute(&mut *connection)
        .await?;
        told |= experiences.rows_affected() > 0;
    }
    Ok(told)
}

/// Whether a member was at a meeting, leads one, told something or sees to something.
pub async fn any_of(connection: &mut Connection, member: i64) -> Result<bool> {
    sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM attendances WHERE member_id = $1)
             OR EXISTS (SELECT 1 FROM meeting_lines WHERE member_id = $1)
             OR EXISTS (SELECT 1 FROM meetings WHERE chair_id = $1)
             OR EXISTS (SELECT 1 FROM experience_members WHERE member_id = $1)",
    )
    .bind(member)
    .fetch_one(connection)
    .await
}

/// What was erased of the bin.
#[derive(Debug, Default)]
pub struct Emptied {
    /// How many rows.
    pub rows: u64,
    /// The tokens of scans that nothing refers to any more.
    pub scans: Vec<String>,
}

/// Erases what was removed before a point in time, at most `most` of each: meetings, experiences,
/// lines, files, and who was taken off a list.
pub async fn empty_bin(connection: &mut Connection, before: &str, most: i64) -> Result<Emptied> {
    let scans = sqlx::query_scalar(
        "DELETE FROM meeting_files
         WHERE id IN (SELECT id FROM meeting_files WHERE removed_at < $1 LIMIT $2)
            OR meeting_id IN (SELECT id FROM meetings
                              WHERE removed_at < $1
                              ORDER BY removed_at
                              LIMIT $2)
         RETURNING token",
    )
    .bind(before)
    .bind(most)
    .fetch_all(&mut *connection)
    .await?;
    let mut emptied = Emptied { rows: u64::try_from(scans.len()).unwrap_or(u64::MAX), scans };
    for sql in [
        "DELETE FROM meetings
         WHERE id IN (SELECT id FROM meetings WHERE removed_at < $1 ORDER BY removed_at LIMIT $2)",
        "DELETE FROM meeting_lines
         WHERE id IN (SELECT id FROM meeting_lines WHERE removed_at < $1 LIMIT $2)",
        "DELETE FROM attendances
         WHERE id IN (SELECT id FROM attendances
                      WHERE taken_out_at < $1 AND taken_out_at <> ''
                      LIMIT $2)",
        "DELETE FROM experiences
         WHERE id IN (SELECT id FROM experiences WHERE removed_at < $1 LIMIT $2)",
    ] {
        let done = sqlx::query(sql).bind(before).bind(most).execute(&mut *connection).await?;
        emptied.rows += done.rows_affected();
    }
    Ok(emptied)
}
