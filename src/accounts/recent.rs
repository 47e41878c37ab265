//! Who was recognised a moment ago, so that not every request of a page looks its session up anew.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::web::Viewer;

/// How long it is taken for true what another process may have changed (`linli user disable`).
/// What this process changes is seen at once.
const FRESH: Duration = Duration::from_secs(1);
/// How many are remembered; far more than are there at once.
const MOST: usize = 10_000;

/// Sessions by their digest.
#[derive(Debug, Default)]
pub struct RecentViewers(Mutex<HashMap<[u8; 32], Recent>>);

#[derive(Debug)]
struct Recent {
    viewer: Viewer,
    /// [`Db::commits`](crate::db::Db::commits) before the session was looked up.
    commits: u64,
    at: Instant,
}

impl RecentViewers {
    /// Who has this session, when that was looked up a moment ago and nothing was changed since.
    pub(super) fn get(&self, digest: &[u8; 32], commits: u64) -> Option<Viewer> {
        let recent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        recent
            .get(digest)
            .filter(|recent| recent.commits == commits && recent.at.elapsed() < FRESH)
            .map(|recent| recent.viewer.clone())
    }

    /// Remembers who has this session, as it was looked up after so many commits.
    pub(super) fn put(&self, digest: [u8; 32], viewer: Viewer, commits: u64) {
        let mut recent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if recent.len() >= MOST {
            recent.retain(|_, recent| recent.at.elapsed() < FRESH);
        }
        if recent.len() < MOST {
            recent.insert(digest, Recent { viewer, commits, at: Instant::now() });
        }
    }
}
