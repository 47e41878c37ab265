//! Forms that arrive twice, and forms whose session had ended.

use axum::body::to_bytes;
use axum::extract::{FromRequestParts, Request};
use axum::http::Method;
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use rand::RngExt as _;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::{Context, Error, store};
use crate::app::App;
use crate::db::{Connection, Db};

/// The longest form that waits for its writer to sign in again, in bytes.
const LONGEST_DRAFT: usize = 256 * 1024;
/// How many forms wait for someone to sign in; the oldest go first, since anyone may send them.
const MOST_DRAFTS: i64 = 200;

/// The hidden field `form` of every form that changes something.
#[derive(Debug, Clone, Deserialize)]
pub struct FormToken {
    /// The token, or empty when the form was made by hand.
    #[serde(default)]
    pub form: String,
}

impl FormToken {
    /// A new token: 128 random bits in hexadecimal.
    pub fn fresh() -> String {
        hex::encode(rand::rng().random::<[u8; 16]>())
    }
}

/// Where the first arrival of this form led, if it arrived before.
///
/// # Errors
/// When the database fails.
pub async fn already_answered(
    connection: &mut Connection,
    token: &str,
) -> crate::db::Result<Option<String>> {
    if token.is_empty() { Ok(None) } else { store::answer_to(connection, token).await }
}

/// Remembers where this form led; in the same transaction as what it changed.
///
/// # Errors
/// When the database fails.
pub async fn remember_answer(
    connection: &mut Connection,
    token: &str,
    location: &str,
) -> crate::db::Result<()> {
    if token.is_empty() {
        return Ok(());
    }
    store::remember_answer(connection, token, location).await
}

/// Forgets the forms and drafts that are older than three days.
///
/// # Errors
/// When the database fails.
pub async fn forget_before(
    connection: &mut Connection,
    now: jiff::Timestamp,
) -> crate::db::Result<()> {
    let limit = now - jiff::SignedDuration::from_hours(72);
    store::forget_before(connection, &crate::db::timestamp(limit)).await
}

/// Forgets the drafts that concern something, by the path of their form and what was typed.
///
/// # Errors
/// When the database fails.
pub async fn forget_drafts(
    connection: &mut Connection,
    concern: impl Fn(&str, &str) -> bool,
) -> crate::db::Result<()> {
    for (token, path, body) in store::drafts(connection).await? {
        let typed: Vec<(String, String)> = serde_html_form::from_str(&body).unwrap_or_default();
        let typed: Vec<&str> = typed.iter().map(|(_, value)| value.as_str()).collect();
        if concern(&path, &typed.join("|")) {
            store::delete_draft(connection, &token).await?;
        }
    }
    Ok(())
}

#[derive(serde::Serialize)]
struct SignInQuery<'a> {
    back: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    draft: &'a str,
}

/// Keeps what an unsigned request wanted; the answer is the query of the sign-in page that brings
/// it back.
pub(super) async fn save_draft(db: &Db, request: Request) -> Result<String, Error> {
    let uri = request.uri();
    let path = uri.path_and_query().map_or(uri.path(), |path| path.as_str()).to_owned();
    let mut token = String::new();
    let is_form = request
        .headers()
        .get(CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"application/x-www-form-urlencoded"));
    if request.method() == Method::POST && is_form {
        let body = to_bytes(request.into_body(), LONGEST_DRAFT).await;
        let body = body.map_err(|_| Error::TooLarge)?;
        if let Ok(body) = std::str::from_utf8(&body) {
            token = FormToken::fresh();
            let mut write = db.write().await?;
            store::keep_unclaimed(&mut write, MOST_DRAFTS - 1).await?;
            store::save_draft(&mut write, &token, &path, body).await?;
            write.commit().await?;
        }
    }
    let query = SignInQuery { back: &path, draft: &token };
    serde_html_form::to_string(&query).map_err(Error::internal)
}

/// What was typed before the session ended, for the form at this path: `?draft=TOKEN`.
#[derive(Debug)]
pub struct Draft<T>(pub Option<T>);

#[derive(Deserialize)]
struct DraftQuery {
    draft: Option<String>,
}

impl<T: DeserializeOwned> FromRequestParts<App> for Draft<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let query = parts.uri.query().unwrap_or_default();
        let asked: Option<DraftQuery> = serde_html_form::from_str(query).ok();
        let Some(token) = asked.and_then(|asked| asked.draft) else { return Ok(Self(None)) };
        let viewer = parts.extensions.get::<Context>().and_then(|context| context.viewer.as_ref());
        let Some(viewer) = viewer else { return Ok(Self(None)) };
        let mut connection = app.db.read().await?;
        let body =
            store::draft(&mut connection, &token, viewer.account_id, parts.uri.path()).await?;
        Ok(Self(body.and_then(|body| serde_html_form::from_str(&body).ok())))
    }
}

/// Gives a draft to the account that just signed in on the same browser, so that nobody else can
/// open it. A draft that someone has is not given away.
///
/// # Errors
/// When the database fails.
pub async fn claim_draft(
    connection: &mut Connection,
    token: &str,
    account_id: i64,
) -> crate::db::Result<bool> {
    store::claim_draft(connection, token, account_id).await
}
