//! What the running server does by itself, once a day and quietly: it empties the bin, forgets
//! what was only kept for a while, goes on with writing the search index anew if a migration asked
//! for it, and takes erased text out of the file.
//!
//! Everything goes in small write transactions, so that a clerk who saves meanwhile waits for one
//! of them at most.

use std::path::Path;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio_util::sync::CancellationToken;

use crate::accounts;
use crate::activities;
use crate::app::App;
use crate::db::{self, Db, WorkError};
use crate::members::search::{self, Rewriting};
use crate::members::{self, erasing, import};
use crate::{letters, meetings, needs, registrations, renewal, surveys, web};

/// How long from one time to the next.
const EVERY: Duration = Duration::from_secs(24 * 3600);
/// How many records are erased at once.
const PIECE: i64 = 100;
/// How long between attempts to empty the log while someone is reading.
const AGAIN: Duration = Duration::from_secs(2);
/// How often that is tried before it is left for another day.
const ATTEMPTS: u32 = 150;

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Done {
    /// Records erased that had lain in the bin long enough.
    pub erased: usize,
    /// Activities, and parts in them, erased that had lain in the bin long enough.
    pub activities: u64,
    /// Forms taken out that members filled in and nobody looked at.
    pub registrations: u64,
    /// Files forgotten that nobody came back to.
    pub files: usize,
    /// Records of which the search index was written anew, because a migration asked for it.
    pub renewed: usize,
    /// Needs whose contacts were erased, because they ended long enough ago.
    pub contacts: usize,
    /// Survey forms from which the words of a reason were erased.
    pub words: usize,
    /// Whether erased text was taken out of the file.
    pub scrubbed: bool,
}

/// Does it now, every day from now on, and whenever the server is woken for it, until it stops.
pub async fn daily(app: App, stop: CancellationToken) {
    while !stop.is_cancelled() {
        match run(&app, Timestamp::now(), &stop).await {
            Ok(done) if done == Done::default() => {}
            Ok(done) => tracing::info!(?done, "the daily upkeep is done"),
            Err(error) => tracing::error!(%error, "the daily upkeep failed, and is tried again"),
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = app.upkeep_called() => {}
            () = tokio::time::sleep(EVERY) => {}
        }
    }
}

/// Does all that is due at this time, as far as it gets before it is told to stop.
///
/// # Errors
/// When the database or the disk fails; what was done until then is done.
pub async fn run(app: &App, now: Timestamp, stop: &CancellationToken) -> Result<Done, WorkError> {
    let mut write = app.db.write().await?;
    web::forget_before(&mut write, now).await?;
    accounts::store::forget_ended(&mut write, &db::timestamp(now)).await?;
    letters::forget_ended_links(&mut write, &db::timestamp(now)).await?;
    let registrations = registrations::forget_unsettled(&mut write, now).await?;
    write.commit().await?;
    let files = forget_files(&app.db, now).await?;
    let mut done = Done { registrations, files, ..Done::default() };
    done.renewed = renewal::renew_index(&app.db, || stop.is_cancelled()).await?;
    done.contacts = forget_contacts(app, now, stop).await?;
    let before = members::kept_since(now);
    while !stop.is_cancelled() {
        let mut write = app.db.write().await?;
        let erased = erasing::empty_bin(&mut write, &before, PIECE).await?;
        write.commit().await?;
        done.erased += erased;
        if erased == 0 {
            break;
        }
    }
    while !stop.is_cancelled() {
        let mut write = app.db.write().await?;
        let erased = activities::store::empty_bin(&mut write, &before, PIECE).await?;
        write.commit().await?;
        done.activities += erased;
        if erased == 0 {
            break;
        }
    }
    while !stop.is_cancelled() {
        let mut write = app.db.write().await?;
        let emptied = meetings::forget_store::empty_bin(&mut write, &before, PIECE).await?;
        write.commit().await?;
        for scan in &emptied.scans {
            web::scans::discard(&app.db, scan).await?;
        }
        if emptied.rows == 0 {
            break;
        }
    }
    done.words = forget_words(app, now, stop).await?;
    web::scans::discard_left(&app.db).await?;
    done.scrubbed = scrub(&app.db, stop).await?;
    Ok(done)
}

/// Erases the contacts of needs that ended long enough ago; of how many.
async fn forget_contacts(
    app: &App,
    now: Timestamp,
    stop: &CancellationToken,
) -> Result<usize, WorkError> {
    let mut all = 0;
    while !stop.is_cancelled() {
        let mut write = app.db.write().await?;
        let erased = needs::registry::erase_contacts(&mut write, now).await?;
        write.commit().await?;
        all += erased;
        if erased == 0 {
            break;
        }
    }
    Ok(all)
}

/// Erases the words of reasons on survey forms that have served; of how many forms.
async fn forget_words(
    app: &App,
    now: Timestamp,
    stop: &CancellationToken,
) -> Result<usize, WorkError> {
    let mut all = 0;
    while !stop.is_cancelled() {
        let mut write = app.db.write().await?;
        let erased = surveys::seals::forget_words(&mut write, now, PIECE).await?;
        write.commit().await?;
        all += erased;
        if erased == 0 {
            break;
        }
    }
    Ok(all)
}

/// Forgets files that were uploaded and not taken in for a day, and after as long as the bin
/// keeps records, the rows that imports left out; how many.
async fn forget_files(db: &Db, now: Timestamp) -> Result<usize, WorkError> {
    let mut write = db.write().await?;
    let day = now - SignedDuration::from_hours(24);
    web::uploads::forget_before(&mut write, &db::timestamp(day)).await?;
    write.commit().await?;
    let month = now - SignedDuration::from_hours(24 * members::BIN_DAYS);
    let folder = web::uploads::folder(db);
    let listing = match std::fs::read_dir(&folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(0),
        listing => listing?,
    };
    let mut forgotten = 0;
    for entry in listing {
        let path = entry?.path();
        let limit = if import::is_left_out(&path) { month } else { day };
        if is_older(&path, limit)? {
            std::fs::remove_file(&path)?;
            forgotten += 1;
        }
    }
    Ok(forgotten)
}

fn is_older(path: &Path, limit: Timestamp) -> std::io::Result<bool> {
    let about = path.metadata()?;
    let changed = Timestamp::try_from(about.modified()?).map_err(std::io::Error::other)?;
    Ok(about.is_file() && changed < limit)
}

/// Takes text that was erased out of the file, if any was: out of the search index, whose older
/// parts hold it until they are written anew, and out of the log. Whether there was any, and now
/// is none.
///
/// # Errors
/// When the database fails.
pub async fn scrub(db: &Db, stop: &CancellationToken) -> Result<bool, WorkError> {
    let Some(request) = db::scrub_asked(&mut *db.read().await?).await? else { return Ok(false) };
    // The first time through ends what the engine had begun, with the erased text in it.
    for _ in 0..2 {
        let mut rewriting = Rewriting::Begin;
        while rewriting != Rewriting::Done {
            if stop.is_cancelled() {
                return Ok(false);
            }
            let mut write = db.write().await?;
            rewriting = search::rewrite(&mut write, rewriting).await?;
            write.commit().await?;
        }
    }
    for _ in 0..ATTEMPTS {
        if db::empty_log(db).await? {
            let mut write = db.write().await?;
            db::scrub_done(&mut write, request).await?;
            write.commit().await?;
            return Ok(true);
        }
        tokio::select! {
            () = stop.cancelled() => return Ok(false),
            () = tokio::time::sleep(AGAIN) => {}
        }
    }
    Ok(false)
}
