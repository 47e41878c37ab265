//! The schema's numbered steps, carried in the binary and run in order, each once.

use sqlx::migrate::{Migrate, MigrateError, Migration, Migrator};

use super::{Connection, Db};

/// The steps of this Linli's schema, in the order of their numbers.
static EMBEDDED: Migrator = sqlx::migrate!("migrations/sqlite");

/// Where the engine keeps which steps ran.
const TABLE: &str = "_sqlx_migrations";

/// A set of migrations; [`Migrations::embedded`] is the one that this Linli needs.
#[derive(Debug)]
pub struct Migrations<'a>(&'a Migrator);

/// One migration, and what became of it in a database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MigrationStatus {
    /// Its number.
    pub version: i64,
    /// What it is about, from its file's name.
    pub description: String,
    /// What became of it.
    pub state: MigrationState,
}

/// What became of a migration in a database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MigrationState {
    /// It has not run yet.
    Pending,
    /// It ran.
    Applied(AppliedMigration),
    /// It ran in a newer Linli; this one does not know it.
    Unknown(AppliedMigration),
}

/// How a migration ran.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppliedMigration {
    /// When, in UTC (`2026-01-31 08:00:00`).
    pub at: String,
    /// Whether its file was changed since it ran.
    pub changed: bool,
}

impl Migrations<'static> {
    /// The migrations that this Linli was built with.
    pub fn embedded() -> Self {
        Self(&EMBEDDED)
    }
}

impl<'a> Migrations<'a> {
    /// Other migrations, for example from a folder.
    pub fn new(migrator: &'a Migrator) -> Self {
        Self(migrator)
    }

    /// Each migration and what became of it, by number; those of a newer Linli included.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn status(&self, connection: &mut Connection) -> super::Result<Vec<MigrationStatus>> {
        let ran = applied(connection).await?;
        let find = |version| ran.iter().find(|(of, ..)| *of == version);
        let mut all: Vec<MigrationStatus> = self
            .0
            .iter()
            .map(|migration| MigrationStatus {
                version: migration.version,
                description: migration.description.to_string(),
                state: match find(migration.version) {
                    None => MigrationState::Pending,
                    Some((_, at, checksum, _)) => MigrationState::Applied(AppliedMigration {
                        at: at.clone(),
                        changed: checksum.as_slice() != migration.checksum.as_ref(),
                    }),
                },
            })
            .collect();
        for (version, at, _, description) in &ran {
            if !self.0.version_exists(*version) {
                all.push(MigrationStatus {
                    version: *version,
                    description: description.clone(),
                    state: MigrationState::Unknown(AppliedMigration {
                        at: at.clone(),
                        changed: false,
                    }),
                });
            }
        }
        all.sort_by_key(|status| status.version);
        Ok(all)
    }

    /// Runs what is pending, all of it or nothing; says which ran.
    ///
    /// # Errors
    /// When a migration fails: the database is then as it was before the first of them.
    pub async fn run(&self, db: &Db) -> Result<Vec<i64>, MigrateError> {
        let mut write = db.write().await?;
        write.ensure_migrations_table(TABLE).await?;
        let ran = applied(&mut write).await?;
        let pending: Vec<&Migration> = self
            .0
            .iter()
            .filter(|migration| ran.iter().all(|(version, ..)| *version != migration.version))
            .collect();
        for migration in &pending {
            write.apply(TABLE, migration).await?;
        }
        write.commit().await?;
        Ok(pending.iter().map(|migration| migration.version).collect())
    }
}

type Ran = (i64, String, Vec<u8>, String);

async fn applied(connection: &mut Connection) -> super::Result<Vec<Ran>> {
    let table: Option<String> =
        sqlx::query_scalar("SELECT name FROM sqlite_schema WHERE type = 'table' AND name = $1")
            .bind(TABLE)
            .fetch_optional(&mut *connection)
            .await?;
    if table.is_none() {
        return Ok(Vec::new());
    }
    sqlx::query_as(
        "SELECT version, CAST(installed_on AS TEXT), checksum, description
         FROM _sqlx_migrations
         WHERE success
         ORDER BY version",
    )
    .fetch_all(connection)
    .await
}
