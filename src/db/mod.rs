//! Connections, write transactions, and the few words in which engines differ.
//!
//! One file, one writer: every change goes through [`Db::write`], which begins with
//! `BEGIN IMMEDIATE` on the only writing connection, so a change waits its turn instead of
//! failing half-way with "database is locked". Pages read through a pool of read-only
//! connections, each statement from its own snapshot; what takes long reads through one of its
//! own, all statements from the same.

mod backup;
mod index_proof;
mod migrations;
mod readers;
mod restore;
mod scrub;

use std::ops::{Deref, DerefMut};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use sqlx::pool::PoolConnection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{AssertSqlSafe, Pool, Transaction};

pub use backup::{BackupError, backup};
pub use index_proof::{Held, IndexProof};
pub use migrations::{AppliedMigration, MigrationState, MigrationStatus, Migrations};
pub use readers::Reader;
use readers::Readers;
pub use restore::{RestoreError, restore};
pub use scrub::{ask_to_scrub, empty_log, scrub_asked, scrub_done};

#[cfg(not(feature = "sqlite"))]
compile_error!("choose one database engine: build with the feature `sqlite`");

/// The engine that this Linli was built for. Everything else names it through this alias.
pub type Engine = sqlx::Sqlite;
/// A connection to it; store functions take `&mut Connection`.
pub type Connection = <Engine as sqlx::Database>::Connection;
/// What a store function returns.
pub type Result<T> = std::result::Result<T, sqlx::Error>;

/// The first SQLite without the WAL-reset bug, by which a checkpoint could lose committed pages.
const OLDEST_SQLITE: (i32, &str) = (3_051_003, "3.51.3");
/// How long a page waits for a connection before its reader is told that the system is busy.
const LONGEST_WAIT: Duration = Duration::from_secs(20);
/// How many exports and the like read at once; more wait.
const MOST_SNAPSHOTS: u32 = 8;
/// How much of the file each connection keeps in memory, in KiB: enough for the upper pages of the
/// index of a million members.
const ROOM: u32 = 6000;
/// The same while much is written in one transaction: the indexes of a million members into which
/// rows fall anywhere.
const MUCH_ROOM: u32 = 40_000;

/// Why a database cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The address is no `sqlite:PATH`.
    #[error(
        "`{0}` is no database address: write it as sqlite:PATH, for example sqlite:data/linli.db"
    )]
    Address(String),
    /// The file is not there and was not to be made.
    #[error("there is no database at {}: run `linli serve` or `linli migrate` to make one", .0.display())]
    Missing(PathBuf),
    /// A new file or its folder cannot be made.
    #[error("cannot make {path}: {source}", path = .path.display())]
    Folder {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The engine that Linli was linked with is too old.
    #[error("SQLite {0} is too old: Linli needs {minimum} or later", minimum = OLDEST_SQLITE.1)]
    OldEngine(String),
    /// The engine refused the file.
    #[error("cannot open the database {path}: {source}", path = .path.display())]
    Engine {
        /// The file.
        path: PathBuf,
        /// What the engine said.
        source: sqlx::Error,
    },
}

/// Why work on files and the database broke off.
#[derive(Debug, thiserror::Error)]
pub enum WorkError {
    /// The database failed.
    #[error("the database failed: {0}")]
    Database(#[from] sqlx::Error),
    /// A file failed.
    #[error("a file failed: {0}")]
    File(#[from] std::io::Error),
}

/// Where a database lives, read from `sqlite:PATH` (also `sqlite://PATH`, or a bare path).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address(PathBuf);

impl Address {
    /// The file.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl std::str::FromStr for Address {
    type Err = OpenError;

    fn from_str(text: &str) -> std::result::Result<Self, OpenError> {
        let path = match text.split_once(':') {
            Some(("sqlite", path)) => path.strip_prefix("//").unwrap_or(path),
            Some((scheme, _)) if scheme.len() > 1 && scheme.chars().all(char::is_alphanumeric) => {
                return Err(OpenError::Address(text.to_owned()));
            }
            _ => text,
        };
        if path.is_empty() || path == ":memory:" {
            return Err(OpenError::Address(text.to_owned()));
        }
        Ok(Self(PathBuf::from(path)))
    }
}

/// A database: readers, and the one writer.
#[derive(Debug, Clone)]
pub struct Db {
    address: Address,
    readers: Readers,
    snapshots: Pool<Engine>,
    writer: Pool<Engine>,
    commits: Arc<AtomicU64>,
}

/// How a pool of connections is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolUse {
    /// `readers`, `snapshots` or `writer`.
    pub name: &'static str,
    /// How many are open.
    pub open: usize,
    /// How many of those have nothing to do.
    pub idle: usize,
    /// How many there may be.
    pub most: u32,
}

impl Db {
    /// Opens the file, which must be there.
    ///
    /// # Errors
    /// [`OpenError`] when it is missing, is no database, or the engine is too old.
    pub async fn open(address: &Address) -> std::result::Result<Self, OpenError> {
        if !address.path().exists() {
            return Err(OpenError::Missing(address.path().to_owned()));
        }
        Self::connect(address, false).await
    }

    /// Opens the file, or makes it and its folder; it may be empty afterwards.
    ///
    /// # Errors
    /// As [`Db::open`], and when the folder cannot be made.
    pub async fn open_or_create(address: &Address) -> std::result::Result<Self, OpenError> {
        if let Some(folder) = address.path().parent() {
            std::fs::create_dir_all(folder)
                .map_err(|source| OpenError::Folder { path: folder.to_owned(), source })?;
        }
        make_private(address.path())
            .map_err(|source| OpenError::Folder { path: address.path().to_owned(), source })?;
        Self::connect(address, true).await
    }

    async fn connect(address: &Address, create: bool) -> std::result::Result<Self, OpenError> {
        let failed = |source| OpenError::Engine { path: address.path().to_owned(), source };
        let writing = connect_options(address.path()).create_if_missing(create);
        let writer =
            SqlitePoolOptions::new().max_connections(1).connect_with(writing.clone()).await;
        let writer = writer.map_err(failed)?;
        let version: String = sqlx::query_scalar("SELECT sqlite_version()")
            .fetch_one(&writer)
            .await
            .map_err(failed)?;
        if !is_new_enough(&version) {
            return Err(OpenError::OldEngine(version));
        }
        let cores = std::thread::available_parallelism().map_or(4, usize::from);
        let reading = writing.create_if_missing(false).pragma("query_only", "ON");
        let readers =
            Readers::new(reading.clone(), cores.clamp(2, 16), LONGEST_WAIT).map_err(failed)?;
        let snapshots = SqlitePoolOptions::new()
            .max_connections(MOST_SNAPSHOTS)
            .acquire_timeout(LONGEST_WAIT)
            .idle_timeout(Duration::from_secs(60))
            .test_before_acquire(false)
            .connect_lazy_with(reading);
        let commits = Arc::default();
        Ok(Self { address: address.clone(), readers, snapshots, writer, commits })
    }

    /// Where it lives.
    pub fn address(&self) -> &Address {
        &self.address
    }

    /// A connection to read with; each statement sees the newest committed state.
    ///
    /// # Errors
    /// When no connection comes free within 20 seconds.
    pub async fn read(&self) -> Result<Reader> {
        self.readers.get().await
    }

    /// A connection on which all statements see one and the same state, however long it takes.
    ///
    /// # Errors
    /// As [`Db::read`].
    pub async fn snapshot(&self) -> Result<Transaction<'static, Engine>> {
        self.snapshots.begin().await
    }

    /// The write transaction; dropped without [`Write::commit`], nothing of it remains.
    ///
    /// # Errors
    /// When the engine cannot begin, for example because the disk is gone.
    pub async fn write(&self) -> Result<Write> {
        let asked = Instant::now();
        let begun = self.writer.begin_with("BEGIN IMMEDIATE").await?;
        metrics::histogram!("linli_database_write_wait_seconds").record(asked.elapsed());
        Ok(Write { transaction: begun, commits: self.commits.clone() })
    }

    /// How many changes this process has made so far: what was read at the same number is still
    /// true, but for what other processes changed meanwhile.
    pub fn commits(&self) -> u64 {
        self.commits.load(Ordering::Acquire)
    }

    /// Carries out what writes much in one transaction, with more room for the writing connection
    /// meanwhile: pages that find none are written to the log over and over, each time a row
    /// belongs on them.
    ///
    /// # Errors
    /// What the work fails with.
    pub async fn with_room<T, E: From<sqlx::Error>>(
        &self,
        work: impl Future<Output = std::result::Result<T, E>>,
    ) -> std::result::Result<T, E> {
        self.set_room(MUCH_ROOM).await?;
        let done = work.await;
        if let Err(error) = self.set_room(ROOM).await {
            tracing::warn!(%error, "the writing connection keeps more memory than it needs");
        }
        done
    }

    async fn set_room(&self, kibibytes: u32) -> Result<()> {
        let mut connection = self.writer.acquire().await?;
        sqlx::query(AssertSqlSafe(format!("PRAGMA cache_size = -{kibibytes}")))
            .execute(&mut *connection)
            .await?;
        Ok(())
    }

    /// The writing connection outside any transaction, for what cannot run inside one
    /// (`VACUUM INTO`, checkpoints, optimising the search index).
    ///
    /// # Errors
    /// As [`Db::write`].
    pub async fn maintenance(&self) -> Result<PoolConnection<Engine>> {
        self.writer.acquire().await
    }

    /// How the pools of connections are used.
    pub fn pools(&self) -> [PoolUse; 3] {
        let of = |name, pool: &Pool<Engine>| PoolUse {
            name,
            open: usize::try_from(pool.size()).unwrap_or(usize::MAX),
            idle: pool.num_idle(),
            most: pool.options().get_max_connections(),
        };
        [self.readers.usage(), of("snapshots", &self.snapshots), of("writer", &self.writer)]
    }

    /// The sizes of the database's file (`main`) and of its log (`wal`), in bytes; 0 where there
    /// is none.
    pub fn sizes(&self) -> [(&'static str, u64); 2] {
        let mut log = self.address.path().as_os_str().to_owned();
        log.push("-wal");
        [("main", self.address.path()), ("wal", Path::new(&log))].map(|(name, path)| {
            (name, std::fs::metadata(path).map_or(0, |metadata| metadata.len()))
        })
    }

    /// Lets the engine refresh what it knows of the tables' sizes, then closes every connection.
    pub async fn close(&self) {
        self.readers.close();
        self.snapshots.close().await;
        if let Ok(mut connection) = self.writer.acquire().await {
            let optimised = sqlx::query("PRAGMA optimize").execute(&mut *connection).await;
            if let Err(error) = optimised {
                tracing::warn!(%error, "the database could not be optimised at closing");
            }
        }
        self.writer.close().await;
    }
}

/// A write transaction. Use it as a [`Connection`]; end it with [`Write::commit`].
#[derive(Debug)]
pub struct Write {
    transaction: Transaction<'static, Engine>,
    commits: Arc<AtomicU64>,
}

impl Write {
    /// Makes what was written last, flushed to the disk.
    ///
    /// # Errors
    /// When the disk refuses; nothing is kept then.
    pub async fn commit(self) -> Result<()> {
        self.transaction.commit().await?;
        self.commits.fetch_add(1, Ordering::Release);
        Ok(())
    }
}

impl Deref for Write {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.transaction
    }
}

impl DerefMut for Write {
    fn deref_mut(&mut self) -> &mut Connection {
        &mut self.transaction
    }
}

/// How every connection is opened. `synchronous=FULL` because under NORMAL a power cut loses
/// what was acknowledged since the last checkpoint.
fn connect_options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(20))
        .pragma("trusted_schema", "OFF")
        .pragma("temp_store", "MEMORY")
        // What is deleted is overwritten, in pages and in those that come free.
        .pragma("secure_delete", "ON")
        .pragma("cache_size", format!("-{ROOM}"))
        .statement_cache_capacity(256)
        .optimize_on_close(false, None)
}

/// Makes a new, empty file that only its owner reads, before the engine would make one that
/// everyone on the machine does; the engine gives its log the same rights.
fn make_private(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    match options.open(path) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

fn is_new_enough(version: &str) -> bool {
    let mut parts = version.split('.').map(|part| part.parse::<i32>().unwrap_or(0));
    let mut next = || parts.next().unwrap_or(0);
    next() * 1_000_000 + next() * 1_000 + next() >= OLDEST_SQLITE.0
}

/// The present, in UTC, in the one form in which the database keeps a point in time
/// (`2026-01-31T08:00:00.000Z`), so that text order is time order.
pub fn now() -> String {
    timestamp(jiff::Timestamp::now())
}

/// A point in time as the database keeps it; see [`now`].
pub fn timestamp(at: jiff::Timestamp) -> String {
    format!("{at:.3}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_sqlite_path() {
        let path = |text: &str| text.parse::<Address>().map(|address| address.path().to_owned());
        assert_eq!(path("sqlite:data/linli.db").unwrap(), Path::new("data/linli.db"));
        assert_eq!(path("sqlite:///srv/linli.db").unwrap(), Path::new("/srv/linli.db"));
        assert_eq!(path("/srv/linli.db").unwrap(), Path::new("/srv/linli.db"));
        assert!(path("postgres://localhost/linli").is_err());
        assert!(path("sqlite::memory:").is_err());
        assert!(path("").is_err());
    }

    #[test]
    fn an_engine_with_the_wal_reset_bug_is_refused() {
        assert!(!is_new_enough("3.51.2"));
        assert!(is_new_enough("3.51.3"));
        assert!(is_new_enough("3.52.0"));
    }
}
