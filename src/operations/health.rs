//! Whether the server can do its work.

use std::time::Duration;

use crate::db::{Db, MigrationState, Migrations};

/// How long the database may take to answer.
const PATIENCE: Duration = Duration::from_secs(3);

/// Why the server cannot do its work.
#[derive(Debug, thiserror::Error)]
pub enum Unready {
    /// The database does not answer in time.
    #[error("database: no answer")]
    NoAnswer,
    /// The database refuses.
    #[error("database: failed")]
    Failed(#[source] sqlx::Error),
    /// The schema is an older one.
    #[error("schema: migrations are pending")]
    Pending,
    /// The schema is of a newer Linli, or a migration was changed since it ran.
    #[error("schema: not the one of this Linli")]
    Other,
}

/// Whether the database answers and its schema is the one that this Linli needs.
///
/// # Errors
/// The reason why not.
pub async fn ready(db: &Db) -> Result<(), Unready> {
    let asked = async { Migrations::embedded().status(&mut *db.read().await?).await };
    let statuses = tokio::time::timeout(PATIENCE, asked).await.map_err(|_| Unready::NoAnswer)?;
    for status in statuses.map_err(Unready::Failed)? {
        match status.state {
            MigrationState::Applied(ran) if !ran.changed => {}
            MigrationState::Pending => return Err(Unready::Pending),
            MigrationState::Applied(_) | MigrationState::Unknown(_) => return Err(Unready::Other),
        }
    }
    Ok(())
}
