//! The links by which a committee reaches its letter without an account. Only a link's hash is
//! kept; here alone it is decided what a link opens.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::link_store;
use super::store::{self, Letter};
use crate::app::App;
use crate::audit::{self, Action, Actor, Record};
use crate::db::{Connection, Result, now, timestamp};
use crate::web::{Error, FormToken};

/// How many wrong links are answered at once in a while, before each waits.
const PATIENCE: u32 = 20;
/// How long such a while is.
const WHILE: Duration = Duration::from_secs(600);
/// How long a wrong link beyond those waits for its answer.
const WAIT: Duration = Duration::from_secs(1);

/// How many wrong links were tried lately. A right one never waits for them: nobody can shut a
/// committee out by guessing.
#[derive(Debug, Default)]
pub struct Guesses(Mutex<Option<(Instant, u32)>>);

impl Guesses {
    /// Notes a wrong link; how many there were in this while.
    fn note(&self) -> u32 {
        let mut lately = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let began = lately.filter(|(began, _)| began.elapsed() < WHILE);
        let (began, count) = began.unwrap_or((Instant::now(), 0));
        *lately = Some((began, count + 1));
        count + 1
    }

    /// Counts a wrong one: when there were many the log has a line, and from then on each waits.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn wrong(&self, app: &App, action: Action) -> std::result::Result<(), Error> {
        let count = self.note();
        if count == PATIENCE {
            let mut write = app.db.write().await?;
            let detail = json!({ "wrong": count });
            audit::record(&mut write, Actor::Committee, action, Record::None, detail).await?;
            write.commit().await?;
        }
        if count > PATIENCE {
            tokio::time::sleep(WAIT).await;
        }
        Ok(())
    }
}

/// Makes a link to a letter; its path with its secret, which is told once and kept nowhere.
///
/// # Errors
/// When the database fails.
pub(super) async fn make(connection: &mut Connection, letter: i64, days: i64) -> Result<String> {
    let token = FormToken::fresh();
    let until = timestamp(Timestamp::now() + SignedDuration::from_hours(24 * days));
    link_store::insert(connection, &digest(&token), letter, &until).await?;
    Ok(format!("/c/{token}"))
}

/// Makes a link to a committee's own page, by the latest letter that it has; its path with its
/// secret. `None` for a committee without a letter.
///
/// # Errors
/// When the database fails.
pub async fn link_of(connection: &mut Connection, committee: i64) -> Result<Option<String>> {
    let Some(letter) = link_store::latest_letter(connection, committee).await? else {
        return Ok(None);
    };
    let days = store::settings(connection).await?.map_or(super::LINK_DAYS, |kept| kept.link_days);
    Ok(Some(make(connection, letter, days).await?))
}

/// The letter that a link opens, while the link and the letter are good. A wrong link is counted,
/// and beyond some waits.
///
/// # Errors
/// When the database fails; inside, `None` for a link that does not open.
pub async fn opened(app: &App, token: &str) -> std::result::Result<Option<Letter>, Error> {
    let mut connection = app.db.read().await?;
    let found = link_store::letter_of(&mut connection, &digest(token)).await?;
    let Some((letter, expires, revoked)) = found else {
        drop(connection);
        metrics::counter!("linli_letter_links_wrong_total").increment(1);
        app.link_guesses.wrong(app, Action::LinksGuessed).await?;
        return Ok(None);
    };
    if revoked || expires <= now() {
        return Ok(None);
    }
    let letter = store::letter(&mut connection, letter, None).await?;
    Ok(letter.filter(|letter| letter.state.is_live()))
}

/// Who signs with a link: who signed with it last, else who received or answered the letter.
///
/// # Errors
/// When the database fails.
pub async fn signer(connection: &mut Connection, token: &str, letter: &Letter) -> Result<String> {
    let last = link_store::signer(connection, &digest(token)).await?.unwrap_or_default();
    let names = [last.as_str(), &letter.answered_by, &letter.received_by];
    Ok(names.into_iter().find(|name| !name.is_empty()).unwrap_or_default().to_owned())
}

/// Remembers who signs with a link, so that it is not asked again.
///
/// # Errors
/// When the database fails.
pub async fn signed(connection: &mut Connection, token: &str, name: &str) -> Result<()> {
    link_store::set_signer(connection, &digest(token), name).await
}

fn digest(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}
