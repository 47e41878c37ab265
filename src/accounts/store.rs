//! Accounts, links and sessions.

use sqlx::{FromRow, Row as _};

use super::sessions::Session;
use super::{Account, AccountDetails};
use crate::db::{Connection, Result, now};
use crate::web::{Role, Scope, Viewer};

type Row = <crate::db::Engine as sqlx::Database>::Row;

const ACCOUNT: &str = "
    SELECT a.id, a.login, a.display_name, a.role, a.all_branches, a.disabled_at, a.version,
           a.password_hash IS NOT NULL AS has_password,
           (SELECT json_group_array(b.branch_id) FROM account_branches AS b
            WHERE b.account_id = a.id) AS branches
    FROM accounts AS a";

impl FromRow<'_, Row> for Account {
    fn from_row(row: &Row) -> Result<Self> {
        let role = role(row)?;
        Ok(Self {
            id: row.try_get("id")?,
            login: row.try_get("login")?,
            display_name: row.try_get("display_name")?,
            scope: scope(row, role)?,
            role,
            disabled_at: row.try_get("disabled_at")?,
            has_password: row.try_get("has_password")?,
            version: row.try_get("version")?,
        })
    }
}

fn role(row: &Row) -> Result<Role> {
    let name: &str = row.try_get("role")?;
    Role::from_name(name).ok_or_else(|| sqlx::Error::Decode(format!("no role {name}").into()))
}

fn scope(row: &Row, role: Role) -> Result<Scope> {
    if role == Role::Administrator || row.try_get::<bool, _>("all_branches")? {
        return Ok(Scope::All);
    }
    let branches: &str = row.try_get("branches")?;
    let branches = serde_json::from_str(branches).map_err(|e| sqlx::Error::Decode(e.into()))?;
    Ok(Scope::Branches(branches))
}

/// Every account but those of members, which their records show, by name.
pub async fn accounts(connection: &mut Connection) -> Result<Vec<Account>> {
    sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "{ACCOUNT} WHERE a.member_id IS NULL AND a.login NOT LIKE 'erased-%'
         ORDER BY a.disabled_at IS NOT NULL, a.login"
    )))
    .fetch_all(connection)
    .await
}

/// One account.
pub async fn account(connection: &mut Connection, id: i64) -> Result<Option<Account>> {
    sqlx::query_as(sqlx::AssertSqlSafe(format!("{ACCOUNT} WHERE a.id = $1")))
        .bind(id)
        .fetch_optional(connection)
        .await
}

/// The account with this sign-in name (folded).
pub async fn account_by_login(connection: &mut Connection, login: &str) -> Result<Option<Account>> {
    sqlx::query_as(sqlx::AssertSqlSafe(format!("{ACCOUNT} WHERE a.login = $1")))
        .bind(login)
        .fetch_optional(connection)
        .await
}

/// Whether there is any account at all.
pub async fn any_account(connection: &mut Connection) -> Result<bool> {
    sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM accounts)").fetch_one(connection).await
}

/// How many administrators could sign in besides this one.
pub async fn other_administrators(connection: &mut Connection, besides: i64) -> Result<i64> {
    sqlx::query_scalar(
        "SELECT count(*)
         FROM accounts
         WHERE role = 'administrator'
           AND disabled_at IS NULL
           AND password_hash IS NOT NULL
           AND id <> $1",
    )
    .bind(besides)
    .fetch_one(connection)
    .await
}

/// Makes an account without a password; its `id`.
pub async fn insert_account(connection: &mut Connection, details: &AccountDetails) -> Result<i64> {
    let id = sqlx::query_scalar(
        "INSERT INTO accounts (login, display_name, role, all_branches, created_at)
         VALUES ($1, $2, $3, $4, $5)
         RETURNING id",
    )
    .bind(details.login.as_str())
    .bind(&details.display_name)
    .bind(details.role.name())
    .bind(details.scope == Scope::All)
    .bind(now())
    .fetch_one(&mut *connection)
    .await?;
    set_branches(connection, id, &details.scope).await?;
    Ok(id)
}

/// Changes an account that is still at this version; whether it was.
pub async fn update_account(
    connection: &mut Connection,
    id: i64,
    version: i64,
    details: &AccountDetails,
) -> Result<bool> {
    let changed = sqlx::query(
        "UPDATE accounts
         SET login = $3, display_name = $4, role = $5, all_branches = $6, version = version + 1
         WHERE id = $1 AND version = $2",
    )
    .bind(id)
    .bind(version)
    .bind(details.login.as_str())
    .bind(&details.display_name)
    .bind(details.role.name())
    .bind(details.scope == Scope::All)
    .execute(&mut *connection)
    .await?;
    if changed.rows_affected() == 0 {
        return Ok(false);
    }
    set_branches(connection, id, &details.scope).await?;
    Ok(true)
}

async fn set_branches(connection: &mut Connection, id: i64, scope: &Scope) -> Result<()> {
    sqlx::query("DELETE FROM account_branches WHERE account_id = $1")
        .bind(id)
        .execute(&mut *connection)
        .await?;
    let branches = scope.branches().unwrap_or_default();
    sqlx::query(
        "INSERT INTO account_branches (account_id, branch_id)
         SELECT $1, value FROM json_each($2)",
    )
    .bind(id)
    .bind(serde_json::json!(branches).to_string())
    .execute(connection)
    .await?;
    Ok(())
}

/// Disables an account and ends its sessions, or enables it again.
pub async fn set_disabled(connection: &mut Connection, id: i64, disabled: bool) -> Result<()> {
    sqlx::query("UPDATE accounts SET disabled_at = $2, version = version + 1 WHERE id = $1")
        .bind(id)
        .bind(disabled.then(now))
        .execute(&mut *connection)
        .await?;
    if disabled {
        end_sessions(connection, id, None).await?;
    }
    Ok(())
}

/// Sets the password, unlocks the account and ends its sessions.
pub async fn set_password(connection: &mut Connection, id: i64, hash: &str) -> Result<()> {
    sqlx::query(
        "UPDATE accounts
         SET password_hash = $2, failures = 0, locked_until = NULL
         WHERE id = $1",
    )
    .bind(id)
    .bind(hash)
    .execute(&mut *connection)
    .await?;
    end_sessions(connection, id, None).await
}

/// What signing in needs to know of an account.
#[derive(Debug, Clone, FromRow)]
pub struct Credentials {
    /// `accounts.id`.
    pub id: i64,
    /// The hash of the password, once one was set.
    pub password_hash: Option<String>,
    /// How often in a row it failed.
    pub failures: i64,
    /// Until when no attempt is heard.
    pub locked_until: Option<String>,
}

/// The credentials of the enabled account with this sign-in name or `id`.
pub async fn credentials(
    connection: &mut Connection,
    login: Option<&str>,
    id: Option<i64>,
) -> Result<Option<Credentials>> {
    sqlx::query_as(
        "SELECT id, password_hash, failures, locked_until
         FROM accounts
         WHERE (login = $1 OR id = $2) AND disabled_at IS NULL",
    )
    .bind(login)
    .bind(id)
    .fetch_optional(connection)
    .await
}

/// Notes a failed attempt, and until when no further one is heard.
pub async fn note_failure(connection: &mut Connection, id: i64, until: Option<&str>) -> Result<()> {
    sqlx::query("UPDATE accounts SET failures = failures + 1, locked_until = $2 WHERE id = $1")
        .bind(id)
        .bind(until)
        .execute(connection)
        .await?;
    Ok(())
}

/// Forgets failed attempts.
pub async fn forget_failures(connection: &mut Connection, id: i64) -> Result<()> {
    sqlx::query("UPDATE accounts SET failures = 0, locked_until = NULL WHERE id = $1")
        .bind(id)
        .execute(connection)
        .await?;
    Ok(())
}

pub(super) async fn forget_links(
    connection: &mut Connection,
    account_id: Option<i64>,
) -> Result<()> {
    sqlx::query("DELETE FROM sign_in_links WHERE account_id IS $1")
        .bind(account_id)
        .execute(connection)
        .await?;
    Ok(())
}

pub(super) async fn insert_link(
    connection: &mut Connection,
    digest: &[u8],
    account_id: Option<i64>,
    until: &str,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO sign_in_links (token_hash, account_id, created_at, expires_at)
         VALUES ($1, $2, $3, $4)",
    )
    .bind(digest)
    .bind(account_id)
    .bind(now())
    .bind(until)
    .execute(connection)
    .await?;
    Ok(())
}

pub(super) async fn link_account(
    connection: &mut Connection,
    digest: &[u8],
    at: &str,
) -> Result<Option<Option<i64>>> {
    sqlx::query_scalar(
        "SELECT l.account_id
         FROM sign_in_links AS l
         LEFT JOIN accounts AS a ON a.id = l.account_id
         WHERE l.token_hash = $1
           AND l.used_at IS NULL
           AND l.expires_at > $2
           AND a.disabled_at IS NULL",
    )
    .bind(digest)
    .bind(at)
    .fetch_optional(connection)
    .await
}

pub(super) async fn use_link(connection: &mut Connection, digest: &[u8], at: &str) -> Result<()> {
    sqlx::query("UPDATE sign_in_links SET used_at = $2 WHERE token_hash = $1")
        .bind(digest)
        .bind(at)
        .execute(connection)
        .await?;
    Ok(())
}

pub(super) async fn insert_session(
    connection: &mut Connection,
    digest: &[u8],
    account_id: i64,
    until: &str,
    user_agent: &str,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO sessions (token_hash, account_id, created_at, seen_at, expires_at, user_agent)
         VALUES ($1, $2, $3, $3, $4, $5)",
    )
    .bind(digest)
    .bind(account_id)
    .bind(now())
    .bind(until)
    .bind(user_agent)
    .execute(connection)
    .await?;
    Ok(())
}

pub(super) async fn session_viewer(
    connection: &mut Connection,
    digest: &[u8],
) -> Result<Option<(String, Viewer)>> {
    let row = sqlx::query(
        "SELECT s.id AS session_id, s.seen_at, a.id, a.display_name, a.role, a.all_branches,
                (SELECT json_group_array(b.branch_id) FROM account_branches AS b
                 WHERE b.account_id = a.id) AS branches
         FROM sessions AS s
         JOIN accounts AS a ON a.id = s.account_id
         WHERE s.token_hash = $1 AND s.expires_at > $2 AND a.disabled_at IS NULL",
    )
    .bind(digest)
    .bind(now())
    .fetch_optional(connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let role = role(&row)?;
    let viewer = Viewer {
        account_id: row.try_get("id")?,
        session_id: row.try_get("session_id")?,
        name: row.try_get("display_name")?,
        scope: scope(&row, role)?,
        role,
    };
    Ok(Some((row.try_get("seen_at")?, viewer)))
}

pub(super) async fn note_session_seen(connection: &mut Connection, id: i64) -> Result<()> {
    sqlx::query("UPDATE sessions SET seen_at = $2 WHERE id = $1")
        .bind(id)
        .bind(now())
        .execute(connection)
        .await?;
    Ok(())
}

/// Forgets sessions and links that ended before a point in time.
pub async fn forget_ended(connection: &mut Connection, before: &str) -> Result<()> {
    for sql in [
        "DELETE FROM sessions WHERE expires_at < $1",
        "DELETE FROM sign_in_links WHERE expires_at < $1",
    ] {
        sqlx::query(sql).bind(before).execute(&mut *connection).await?;
    }
    Ok(())
}

/// An account's sessions, the last used first.
pub async fn sessions(connection: &mut Connection, account_id: i64) -> Result<Vec<Session>> {
    let rows: Vec<(i64, String, String, String)> = sqlx::query_as(
        "SELECT id, created_at, seen_at, user_agent
         FROM sessions
         WHERE account_id = $1 AND expires_at > $2
         ORDER BY seen_at DESC",
    )
    .bind(account_id)
    .bind(now())
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|(id, created_at, seen_at, user_agent)| Session {
            id,
            created_at,
            seen_at,
            user_agent,
        })
        .collect())
}

/// Ends all sessions of an account, or only this one of them.
pub async fn end_sessions(
    connection: &mut Connection,
    account_id: i64,
    only: Option<i64>,
) -> Result<()> {
    sqlx::query("DELETE FROM sessions WHERE account_id = $1 AND ($2 IS NULL OR id = $2)")
        .bind(account_id)
        .bind(only)
        .execute(connection)
        .await?;
    Ok(())
}
