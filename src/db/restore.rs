//! Putting a backup in the place of the database.

use std::path::{Path, PathBuf};

use super::{Address, Db, MigrationState, Migrations, OpenError};

/// Why a backup was not put in place. The database is as it was.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// The backup cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The file is damaged, or no registry of ours.
    #[error("{} is no backup of Linli, or it is damaged", .0.display())]
    NotOurs(PathBuf),
    /// The backup is from a newer Linli.
    #[error("{} is from a newer Linli: restore it with that one", .0.display())]
    Newer(PathBuf),
    /// Someone has the database open.
    #[error("{} is in use: stop the server first", .0.display())]
    InUse(PathBuf),
    /// The engine failed.
    #[error("the database failed: {0}")]
    Engine(#[from] sqlx::Error),
    /// The disk failed.
    #[error("a file failed: {0}")]
    Disk(#[from] std::io::Error),
}

/// Puts a backup in the place of the database; what was there is kept beside it, under the path
/// that comes back.
///
/// # Errors
/// When the backup is not whole or not ours, or the database is in use.
pub async fn restore(address: &Address, backup: &Path) -> Result<Option<PathBuf>, RestoreError> {
    // A copy is looked at and put in place, so that the backup stays as it is.
    let target = address.path();
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    if !backup.exists() {
        return Err(OpenError::Missing(backup.to_owned()).into());
    }
    let place = tempfile::Builder::new().prefix(".linli-restore-").tempdir_in(folder)?;
    let copy = place.path().join("copy.db");
    std::fs::copy(backup, &copy)?;
    look_at(&copy, backup).await?;
    let kept = if target.exists() { Some(set_aside(address).await?) } else { None };
    std::fs::File::open(&copy)?.sync_all()?;
    std::fs::rename(&copy, target)?;
    std::fs::File::open(folder)?.sync_all()?;
    Ok(kept)
}

async fn look_at(copy: &Path, backup: &Path) -> Result<(), RestoreError> {
    let not_ours = || RestoreError::NotOurs(backup.to_owned());
    let address: Address = format!("sqlite:{}", copy.display()).parse()?;
    let db = Db::open(&address).await.map_err(|_| not_ours())?;
    let mut connection = db.maintenance().await?;
    let whole: String = sqlx::query_scalar("PRAGMA integrity_check(1)")
        .fetch_one(&mut *connection)
        .await
        .map_err(|_| not_ours())?;
    let statuses = Migrations::embedded().status(&mut connection).await.map_err(|_| not_ours())?;
    drop(connection);
    db.close().await;
    if whole != "ok" || statuses.iter().all(|status| status.state == MigrationState::Pending) {
        return Err(not_ours());
    }
    if statuses.iter().any(|status| matches!(status.state, MigrationState::Unknown(_))) {
        return Err(RestoreError::Newer(backup.to_owned()));
    }
    Ok(())
}

/// Moves the database away, with everything in its log written into it first.
async fn set_aside(address: &Address) -> Result<PathBuf, RestoreError> {
    let target = address.path();
    let db = Db::open(address).await?;
    {
        let mut connection = db.maintenance().await?;
        // Leaving the log mode needs the file for oneself alone.
        sqlx::query("PRAGMA busy_timeout = 1000").execute(&mut *connection).await?;
        let mode: Result<String, _> =
            sqlx::query_scalar("PRAGMA journal_mode = DELETE").fetch_one(&mut *connection).await;
        if mode.ok().as_deref() != Some("delete") {
            return Err(RestoreError::InUse(target.to_owned()));
        }
    }
    db.close().await;
    let at = jiff::Timestamp::now().strftime("%Y%m%dT%H%M%SZ");
    let mut kept = target.as_os_str().to_owned();
    kept.push(format!(".replaced-{at}"));
    let kept = PathBuf::from(kept);
    std::fs::rename(target, &kept)?;
    Ok(kept)
}
