//! What becomes of feedback and reviews when members, committees or branches are merged, and when a
//! person's data is erased.

use serde_json::json;

use crate::db::{Connection, Result};

/// Gives a member who is merged into another what was said of them, their answers and their pages.
///
/// # Errors
/// When the database fails.
pub async fn move_to_member(connection: &mut Connection, gone: i64, kept: i64) -> Result<()> {
    for sql in [
        "UPDATE feedback_lines SET member_id = $2 WHERE member_id = $1",
        "UPDATE review_answers SET member_id = $2 WHERE member_id = $1",
        "UPDATE review_pages SET member_id = $2 WHERE member_id = $1",
    ] {
        sqlx::query(sql).bind(gone).bind(kept).execute(&mut *connection).await?;
    }
    Ok(())
}

/// Gives a member whose merge is taken back theirs, and those of whoever is still merged into them.
///
/// # Errors
/// When the database fails.
pub async fn move_back(connection: &mut Connection, gone: i64) -> Result<()> {
    for sql in [
        "WITH RECURSIVE part (id) AS (
             SELECT $1
             UNION
             SELECT m.id FROM part JOIN members AS m ON m.merged_into = part.id
         )
         UPDATE feedback_lines SET member_id = $1
         WHERE noted_for IN (SELECT id FROM part) AND member_id IS NOT NULL",
        "WITH RECURSIVE part (id) AS (
             SELECT $1
             UNION
             SELECT m.id FROM part JOIN members AS m ON m.merged_into = part.id
         )
         UPDATE review_answers SET member_id = $1 WHERE noted_for IN (SELECT id FROM part)",
        "WITH RECURSIVE part (id) AS (
             SELECT $1
             UNION
             SELECT m.id FROM part JOIN members AS m ON m.merged_into = part.id
         )
         UPDATE review_pages SET member_id = $1 WHERE noted_for IN (SELECT id FROM part)",
    ] {
        sqlx::query(sql).bind(gone).execute(&mut *connection).await?;
    }
    Ok(())
}

/// Gives a committee that is merged into another its requests; what was given out keeps the name.
///
/// # Errors
/// When the database fails.
pub async fn move_to_committee(connection: &mut Connection, id: i64, into: i64) -> Result<()> {
    sqlx::query(
        "UPDATE feedback_requests SET committee_id = $2, version = version + 1
         WHERE committee_id = $1",
    )
    .bind(id)
    .bind(into)
    .execute(connection)
    .await?;
    Ok(())
}

/// Gives a branch that is merged into another its reviews, but of half-years of which the other has
/// one: those stay as they are, under the old name.
///
/// # Errors
/// When the database fails.
pub async fn move_branch(connection: &mut Connection, id: i64, into: i64) -> Result<()> {
    sqlx::query(
        "UPDATE OR IGNORE reviews SET branch_id = $2, version = version + 1 WHERE branch_id = $1",
    )
    .bind(id)
    .bind(into)
    .execute(connection)
    .await?;
    Ok(())
}

/// Empties the lines of these members in requests, and what was said of them; their answers and
/// pages go with their records.
///
/// # Errors
/// When the database fails.
pub async fn forget_members(connection: &mut Connection, ids: &[i64]) -> Result<()> {
    let ids = json!(ids).to_string();
    for sql in [
        "DELETE FROM feedback_history
         WHERE line_id IN (SELECT id FROM feedback_lines
                           WHERE member_id IN (SELECT value FROM json_each($1)))",
        "UPDATE feedback_lines
         SET name = '', branch = '', deeds = '', words = '', said_by = '', version = version + 1
         WHERE member_id IN (SELECT value FROM json_each($1))",
    ] {
        sqlx::query(sql).bind(&ids).execute(&mut *connection).await?;
    }
    Ok(())
}

/// Puts a sign in the place of a person's name in what was said of others.
///
/// # Errors
/// When the database fails.
pub async fn forget_names(connection: &mut Connection, names: &[String]) -> Result<()> {
    for name in names {
        for sql in [
            "UPDATE feedback_lines
             SET words = replace(words, $1, '…'), deeds = replace(deeds, $1, '…')
             WHERE instr(words, $1) > 0 OR instr(deeds, $1) > 0",
            "UPDATE feedback_history SET before = replace(before, $1, '…')
             WHERE instr(before, $1) > 0",
            "UPDATE review_answers SET words = replace(words, $1, '…')
             WHERE instr(words, $1) > 0",
            "UPDATE review_history SET words = replace(words, $1, '…')
             WHERE instr(words, $1) > 0",
            "UPDATE review_pages SET content = replace(content, $1, '…')
             WHERE instr(content, $1) > 0",
        ] {
            sqlx::query(sql).bind(name).execute(&mut *connection).await?;
        }
    }
    Ok(())
}
