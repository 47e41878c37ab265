//! The connections that pages read through.
//!
//! A page asks two or three short questions, so what costs is not the question but each crossing
//! between the engine's thread and ours. The database library's own pool makes one more crossing
//! whenever a connection comes back, to see that it still lives; a connection to a file does not
//! die of resting, and so this pool hands it on as it is.

use std::time::Duration;

use deadpool::Runtime;
use deadpool::managed::{Manager, Metrics, Object, Pool, PoolError, RecycleResult};
use sqlx::ConnectOptions as _;
use sqlx::sqlite::SqliteConnectOptions;

use super::{Connection, PoolUse, Result};

/// A connection to read with; it goes back when it is dropped.
pub type Reader = Object<Opener>;

/// Opens the connections.
#[derive(Debug)]
pub struct Opener(SqliteConnectOptions);

impl Manager for Opener {
    type Type = Connection;
    type Error = sqlx::Error;

    async fn create(&self) -> Result<Connection> {
        self.0.connect().await
    }

    async fn recycle(&self, _: &mut Connection, _: &Metrics) -> RecycleResult<sqlx::Error> {
        Ok(())
    }
}

/// The pool; connections are opened as they are needed.
#[derive(Debug, Clone)]
pub(super) struct Readers(Pool<Opener>);

impl Readers {
    pub(super) fn new(options: SqliteConnectOptions, most: usize, wait: Duration) -> Result<Self> {
        Pool::builder(Opener(options))
            .max_size(most)
            .wait_timeout(Some(wait))
            .runtime(Runtime::Tokio1)
            .build()
            .map(Self)
            .map_err(|error| sqlx::Error::Configuration(error.into()))
    }

    pub(super) async fn get(&self) -> Result<Reader> {
        self.0.get().await.map_err(|error| match error {
            PoolError::Backend(error) => error,
            PoolError::Timeout(_) => sqlx::Error::PoolTimedOut,
            PoolError::Closed => sqlx::Error::PoolClosed,
            error @ (PoolError::NoRuntimeSpecified | PoolError::PostCreateHook(_)) => {
                sqlx::Error::Configuration(error.into())
            }
        })
    }

    pub(super) fn usage(&self) -> PoolUse {
        let status = self.0.status();
        PoolUse {
            name: "readers",
            open: status.size,
            idle: status.available,
            most: u32::try_from(status.max_size).unwrap_or(u32::MAX),
        }
    }

    pub(super) fn close(&self) {
        self.0.close();
    }
}
