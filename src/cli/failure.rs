//! Why a command failed, as one sentence that says what to do.

use std::path::Path;

use sqlx::error::DatabaseError;
use sqlx::migrate::MigrateError;

use crate::config::SettingsError;
use crate::db::{BackupError, OpenError, RestoreError, WorkError};
use crate::demo::DemoError;
use crate::lang::Message;
use crate::web;

/// Why a command ended early.
#[derive(Debug)]
pub enum CliError {
    /// Something is wrong; in this sentence.
    Said(Message),
    /// Nobody reads what it prints any more, which is fine.
    NobodyListens,
}

impl CliError {
    pub(super) fn said(message: Message) -> Self {
        Self::Said(message)
    }

    /// A file that cannot be read.
    pub(super) fn reading(file: &Path, error: &std::io::Error) -> Self {
        Self::Said(about_file("cli-cannot-read", file, error))
    }

    /// A file that cannot be written.
    pub(super) fn writing(file: &Path, error: &std::io::Error) -> Self {
        Self::Said(about_file("cli-cannot-write", file, error))
    }

    /// The database `file` that cannot be opened.
    pub(super) fn opening(file: &Path, source: &sqlx::Error) -> Self {
        let file = file.display().to_string();
        let not_ours = matches!(engine_code(source), Some(NOT_A_DATABASE | CORRUPT));
        let key = if not_ours { "cli-not-a-database" } else { "cli-cannot-open" };
        Self::Said(Message::new(key).with("file", file).with("detail", source.to_string()))
    }
}

fn about_file(key: &'static str, file: &Path, error: &std::io::Error) -> Message {
    let file = file.display().to_string();
    Message::new(key).with("file", file).with("detail", error.to_string())
}

impl From<Message> for CliError {
    fn from(message: Message) -> Self {
        Self::Said(message)
    }
}

// What the engine says, by its number (https://www.sqlite.org/rescode.html).
const BUSY: i64 = 5;
const READ_ONLY: i64 = 8;
const CORRUPT: i64 = 11;
const FULL: i64 = 13;
const NOT_A_DATABASE: i64 = 26;

fn engine_code(error: &sqlx::Error) -> Option<i64> {
    let code = error.as_database_error().and_then(DatabaseError::code)?;
    // The lowest byte is the kind; the rest tells more of it.
    Some(code.parse::<i64>().ok()? & 0xFF)
}

impl From<sqlx::Error> for CliError {
    fn from(error: sqlx::Error) -> Self {
        let key = match engine_code(&error) {
            Some(BUSY) => "cli-database-busy",
            Some(READ_ONLY) => "cli-database-read-only",
            Some(CORRUPT | NOT_A_DATABASE) => "cli-database-damaged",
            Some(FULL) => "cli-disk-full",
            _ => "cli-database-failed",
        };
        Self::Said(Message::new(key).with("detail", error.to_string()))
    }
}

impl From<OpenError> for CliError {
    fn from(error: OpenError) -> Self {
        Self::Said(match error {
            OpenError::Address(text) => Message::new("cli-no-address").with("text", text),
            OpenError::Missing(path) => {
                Message::new("cli-no-database").with("file", path.display().to_string())
            }
            OpenError::Folder { path, source } => about_file("cli-cannot-write", &path, &source),
            OpenError::OldEngine(version) => {
                Message::new("cli-old-engine").with("version", version)
            }
            OpenError::Engine { path, source } => return Self::opening(&path, &source),
        })
    }
}

impl From<MigrateError> for CliError {
    fn from(error: MigrateError) -> Self {
        Self::Said(Message::new("cli-migration-failed").with("detail", error.to_string()))
    }
}

impl From<BackupError> for CliError {
    fn from(error: BackupError) -> Self {
        match error {
            BackupError::Taken(file) => {
                Message::new("cli-file-taken").with("file", file.display().to_string()).into()
            }
            BackupError::Engine(error) => error.into(),
            BackupError::Disk(error) => {
                Message::new("cli-backup-failed").with("detail", error.to_string()).into()
            }
        }
    }
}

impl From<RestoreError> for CliError {
    fn from(error: RestoreError) -> Self {
        let about = |key, file: &Path| Message::new(key).with("file", file.display().to_string());
        Self::Said(match error {
            RestoreError::Open(OpenError::Missing(file)) => about("cli-no-backup", &file),
            RestoreError::Open(error) => return error.into(),
            RestoreError::NotOurs(file) => about("cli-backup-not-ours", &file),
            RestoreError::Newer(file) => about("cli-backup-newer", &file),
            RestoreError::InUse(file) => about("cli-in-use", &file),
            RestoreError::Engine(error) => return error.into(),
            RestoreError::Disk(error) => {
                Message::new("cli-restore-failed").with("detail", error.to_string())
            }
        })
    }
}

impl From<WorkError> for CliError {
    fn from(error: WorkError) -> Self {
        match error {
            WorkError::Database(error) => error.into(),
            WorkError::File(error) => {
                Message::new("cli-file-failed").with("detail", error.to_string()).into()
            }
        }
    }
}

impl From<DemoError> for CliError {
    fn from(error: DemoError) -> Self {
        match error {
            DemoError::NotEmpty => Message::new("cli-demo-not-empty").into(),
            DemoError::Work(error) => error.into(),
            DemoError::Directory(_) | DemoError::Invalid(_) => {
                Message::new("cli-demo-failed").with("detail", error.to_string()).into()
            }
        }
    }
}

impl From<web::Error> for CliError {
    fn from(error: web::Error) -> Self {
        match error {
            web::Error::Database(error) => error.into(),
            other => Message::new("cli-file-failed").with("detail", other.to_string()).into(),
        }
    }
}

impl From<SettingsError> for CliError {
    fn from(error: SettingsError) -> Self {
        let about = |key, name: String| Message::new(key).with("name", name);
        Self::Said(match error {
            SettingsError::Missing(file) => {
                Message::new("cli-no-settings").with("file", file.display().to_string())
            }
            SettingsError::Unknown { name, place } => {
                about("cli-setting-unknown", name).with("place", place)
            }
            SettingsError::Value { name, place, detail } => {
                about("cli-setting-wrong", name).with("place", place).with("detail", detail)
            }
            SettingsError::File { place, detail } => {
                Message::new("cli-settings-broken").with("place", place).with("detail", detail)
            }
        })
    }
}
