//! The people who sign in: accounts, passwords, one-time links and sessions.

mod account_pages;
pub mod links;
mod own_pages;
pub mod passwords;
mod recent;
pub mod sessions;
mod sign_in_pages;
pub mod store;

use std::sync::LazyLock;

use crate::lang::Message;
use crate::text::{fold, normalize};
use crate::web::{Role, Routes, Scope};

pub use account_pages::role_key;
pub use recent::RecentViewers;
pub use sessions::recognise;

/// The longest sign-in name and display name, in characters.
pub const LONGEST_NAME: u32 = 40;

/// An account as its page shows it.
#[derive(Debug, Clone)]
pub struct Account {
    /// `accounts.id`.
    pub id: i64,
    /// What they type to sign in, folded.
    pub login: String,
    /// The name to show.
    pub display_name: String,
    /// What they are.
    pub role: Role,
    /// The records that they may see and change.
    pub scope: Scope,
    /// When it was disabled.
    pub disabled_at: Option<String>,
    /// Whether a password was set.
    pub has_password: bool,
    /// Counts the changes, so that two people who edit never overwrite each other.
    pub version: i64,
}

/// What an administrator says of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountDetails {
    /// What they type to sign in.
    pub login: Login,
    /// The name to show.
    pub display_name: String,
    /// What they are.
    pub role: Role,
    /// The records that they may see and change; an administrator's is all.
    pub scope: Scope,
}

/// A sign-in name: 2 to 40 characters without spaces, capitals and widths folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Login(String);

impl Login {
    /// Reads what was typed.
    ///
    /// # Errors
    /// A message for the field.
    pub fn parse(typed: &str) -> Result<Self, Message> {
        let folded = fold(typed);
        if folded.is_empty() {
            return Err(Message::new("form-required"));
        }
        let length = folded.chars().count();
        if length < 2 || length > LONGEST_NAME as usize || folded.contains(char::is_whitespace) {
            return Err(Message::new("accounts-login-shape").with("limit", LONGEST_NAME));
        }
        Ok(Self(folded))
    }

    /// As the database keeps it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Reads a name to show.
///
/// # Errors
/// A message for the field.
pub fn parse_display_name(typed: &str) -> Result<String, Message> {
    let name = normalize(typed);
    if name.is_empty() {
        return Err(Message::new("form-required"));
    }
    if name.chars().count() > LONGEST_NAME as usize {
        return Err(Message::new("form-too-long").with("limit", LONGEST_NAME));
    }
    Ok(name)
}

/// The routes of this feature.
pub fn routes(routes: Routes) -> Routes {
    account_pages::routes(own_pages::routes(sign_in_pages::routes(routes)))
}

/// A hash that no password has, so that an unknown name takes as long as a wrong password.
static NOBODY: LazyLock<String> =
    LazyLock::new(|| passwords::hash(&crate::web::FormToken::fresh()).unwrap_or_default());
