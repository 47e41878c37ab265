//! Which account is which member's, and who would serve a need.

use serde_json::json;
use sqlx::FromRow;

use crate::db::{Connection, Result, now};

/// A member's account.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct OwnAccount {
    /// `accounts.id`.
    pub id: i64,
    /// What they type to sign in.
    pub login: String,
    /// Whether they set a password.
    pub has_password: bool,
    /// Whether it was taken back.
    pub disabled: bool,
    /// Until when their link opens, while it was not used.
    pub link_until: Option<String>,
}

/// The record (`members.id`) that an account belongs to; of one that was merged, the one that it
/// became.
///
/// # Errors
/// When the database fails.
pub async fn member_of(connection: &mut Connection, account: i64) -> Result<Option<i64>> {
    sqlx::query_scalar(
        "WITH RECURSIVE became (id, merged_into) AS (
             SELECT m.id, m.merged_into
             FROM accounts AS a
             JOIN members AS m ON m.id = a.member_id
             WHERE a.id = $1
             UNION ALL
             SELECT m.id, m.merged_into
             FROM became
             JOIN members AS m ON m.id = became.merged_into
         )
         SELECT id FROM became WHERE merged_into IS NULL",
    )
    .bind(account)
    .fetch_optional(connection)
    .await
}

/// The account of a member, or of a record that was merged into theirs.
///
/// # Errors
/// When the database fails.
pub async fn account_of(connection: &mut Connection, member: i64) -> Result<Option<OwnAccount>> {
    sqlx::query_as(
        "WITH RECURSIVE part (id) AS (
             SELECT $1
             UNION
             SELECT m.id FROM part JOIN members AS m ON m.merged_into = part.id
         )
         SELECT a.id, a.login, a.password_hash IS NOT NULL AS has_password,
                a.disabled_at IS NOT NULL AS disabled,
                (SELECT max(l.expires_at) FROM sign_in_links AS l
                 WHERE l.account_id = a.id AND l.used_at IS NULL AND l.expires_at > $2)
                    AS link_until
         FROM part
         CROSS JOIN accounts AS a ON a.member_id = part.id
         ORDER BY a.member_id = $1 DESC, a.id
         LIMIT 1",
    )
    .bind(member)
    .bind(now())
    .fetch_optional(connection)
    .await
}

/// Which of these members (`members.id`) sign in neither now nor by a link that still opens, in the
/// same order; with `again`, also those whose link still opens. Those whose signing in was ended
/// are not among them.
pub(super) async fn not_invited(
    connection: &mut Connection,
    ids: &[i64],
    again: bool,
) -> Result<Vec<i64>> {
    sqlx::query_scalar(
        "SELECT w.value
         FROM json_each($1) AS w
         WHERE NOT EXISTS (
             SELECT 1
             FROM accounts AS a
             WHERE a.member_id IN (SELECT w.value
                                   UNION ALL
                                   SELECT id FROM members WHERE merged_into = w.value)
               AND (a.password_hash IS NOT NULL OR a.disabled_at IS NOT NULL
                    OR ($2 = 0 AND EXISTS (SELECT 1 FROM sign_in_links AS l
                                           WHERE l.account_id = a.id AND l.used_at IS NULL
                                             AND l.expires_at > $3))))
         ORDER BY w.key",
    )
    .bind(json!(ids).to_string())
    .bind(again)
    .bind(now())
    .fetch_all(connection)
    .await
}

/// Gives a member an account.
pub(super) async fn bind(connection: &mut Connection, account: i64, member: i64) -> Result<()> {
    sqlx::query("UPDATE accounts SET member_id = $2 WHERE id = $1")
        .bind(account)
        .bind(member)
        .execute(connection)
        .await?;
    Ok(())
}

/// Notes that a member would serve a need, or that they would not after all; whether that changed
/// anything.
pub(super) async fn set_volunteer(
    connection: &mut Connection,
    need: i64,
    member: i64,
    would: bool,
) -> Result<bool> {
    let sql = if would {
        "INSERT INTO need_volunteers (need_id, member_id, at)
         SELECT id, $2, $3 FROM needs WHERE id = $1 AND state IN ('open', 'matched')
         ON CONFLICT DO NOTHING"
    } else {
        "DELETE FROM need_volunteers WHERE need_id = $1 AND member_id = $2 AND $3 IS NOT NULL"
    };
    let changed = sqlx::query(sql).bind(need).bind(member).bind(now()).execute(connection).await?;
    Ok(changed.rows_affected() == 1)
}

/// The needs that a member said they would serve.
///
/// # Errors
/// When the database fails.
pub async fn volunteered(connection: &mut Connection, member: i64) -> Result<Vec<i64>> {
    sqlx::query_scalar("SELECT need_id FROM need_volunteers WHERE member_id = $1 LIMIT 200")
        .bind(member)
        .fetch_all(connection)
        .await
}

/// The live members who said that they would serve a need and stand to be known, the first to say
/// so first: `members.id`, name and branch.
///
/// # Errors
/// When the database fails.
pub async fn volunteers(
    connection: &mut Connection,
    need: i64,
) -> Result<Vec<(i64, String, Option<i64>)>> {
    sqlx::query_as(
        "SELECT m.id, m.name, m.branch_id
         FROM need_volunteers AS v
         JOIN members AS was ON was.id = v.member_id
         JOIN members AS m ON m.id = coalesce(was.merged_into, was.id)
         WHERE v.need_id = $1 AND m.removed_at IS NULL AND m.agreed = 1
         ORDER BY v.at, m.id
         LIMIT 50",
    )
    .bind(need)
    .fetch_all(connection)
    .await
}

/// Empties the accounts of these members, before their records are erased: nobody signs in by
/// them any more, and they say nothing of anyone.
///
/// # Errors
/// When the database fails.
pub async fn forget_members(connection: &mut Connection, ids: &[i64]) -> Result<()> {
    let ids = json!(ids).to_string();
    for sql in [
        "DELETE FROM sessions
         WHERE account_id IN (SELECT a.id FROM json_each($1) AS g JOIN accounts AS a ON a.member_id = g.value)",
        "DELETE FROM sign_in_links
         WHERE account_id IN (SELECT a.id FROM json_each($1) AS g JOIN accounts AS a ON a.member_id = g.value)",
        "UPDATE accounts
         SET login = 'erased-' || id, display_name = '—', password_hash = NULL, member_id = NULL,
             disabled_at = coalesce(disabled_at, created_at), version = version + 1
         WHERE member_id IN (SELECT value FROM json_each($1))",
    ] {
        sqlx::query(sql).bind(&ids).execute(&mut *connection).await?;
    }
    Ok(())
}
