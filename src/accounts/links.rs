//! One-time links by which a person sets a password: the first administrator's, and those of a
//! new account or a reset. Only a link's hash is kept.

use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};

use super::store;
use crate::db::{Connection, Result, now, timestamp};
use crate::web::FormToken;

/// How long a link opens.
pub const LASTS: SignedDuration = SignedDuration::from_hours(24 * 7);
/// How long one opens that is handed over on paper, at the branch's next meeting.
pub const LASTS_ON_PAPER: SignedDuration = SignedDuration::from_hours(24 * 31);

/// Makes a link for an account, or for the first administrator; older ones of the same stop
/// opening. The answer is its path with its secret, which is told once and kept nowhere.
///
/// # Errors
/// When the database fails.
pub async fn make(connection: &mut Connection, account_id: Option<i64>) -> Result<String> {
    make_lasting(connection, account_id, LASTS).await
}

/// The same, opening for as long.
///
/// # Errors
/// When the database fails.
pub async fn make_lasting(
    connection: &mut Connection,
    account_id: Option<i64>,
    lasts: SignedDuration,
) -> Result<String> {
    let token = FormToken::fresh();
    store::forget_links(connection, account_id).await?;
    let until = timestamp(Timestamp::now() + lasts);
    store::insert_link(connection, &digest(&token), account_id, &until).await?;
    Ok(format!("/welcome?token={token}"))
}

/// Whom a link is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holder {
    /// Whoever sets the registry up; there is no account yet.
    FirstAdministrator,
    /// An account, by `accounts.id`.
    Account(i64),
}

/// Whom this link is for, while it opens.
///
/// # Errors
/// When the database fails.
pub async fn holder(connection: &mut Connection, token: &str) -> Result<Option<Holder>> {
    let Some(account_id) = store::link_account(connection, &digest(token), &now()).await? else {
        return Ok(None);
    };
    match account_id {
        Some(id) => Ok(Some(Holder::Account(id))),
        None if store::any_account(connection).await? => Ok(None),
        None => Ok(Some(Holder::FirstAdministrator)),
    }
}

/// Uses a link up.
///
/// # Errors
/// When the database fails.
pub async fn use_up(connection: &mut Connection, token: &str) -> Result<()> {
    store::use_link(connection, &digest(token), &now()).await
}

pub(super) fn digest(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}
