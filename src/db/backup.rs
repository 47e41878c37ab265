//! A copy of the database, made while it is being written.

use std::path::{Path, PathBuf};

use super::Db;

/// Why there is no copy.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// A file of that name is there, and is not overwritten.
    #[error("{} is there already: choose another name, or move it away", .0.display())]
    Taken(PathBuf),
    /// The engine failed.
    #[error("the backup failed: {0}")]
    Engine(#[from] sqlx::Error),
    /// The disk failed.
    #[error("the backup failed: {0}")]
    Disk(#[from] std::io::Error),
}

/// Writes a copy into a new file: whole and flushed when it bears its name, or not there at all.
///
/// # Errors
/// When the file is there already, or the disk fails.
pub async fn backup(db: &Db, file: &Path) -> Result<(), BackupError> {
    if file.exists() {
        return Err(BackupError::Taken(file.to_owned()));
    }
    let folder = match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let place = tempfile::Builder::new().prefix(".linli-backup-").tempdir_in(folder)?;
    let copy = place.path().join("copy.db");
    let mut connection = db.read().await?;
    // A reader of its own: `VACUUM INTO` copies one snapshot while others go on writing.
    sqlx::query("PRAGMA query_only = OFF").execute(&mut *connection).await?;
    let copied = sqlx::query("VACUUM INTO $1")
        .bind(copy.to_string_lossy().into_owned())
        .execute(&mut *connection)
        .await;
    sqlx::query("PRAGMA query_only = ON").execute(&mut *connection).await?;
    copied?;
    // Whoever may read the database may read its copy, and nobody else.
    std::fs::set_permissions(&copy, std::fs::metadata(db.address().path())?.permissions())?;
    std::fs::File::open(&copy)?.sync_all()?;
    std::fs::hard_link(&copy, file).or_else(|_| std::fs::rename(&copy, file))?;
    std::fs::File::open(folder)?.sync_all()?;
    Ok(())
}
