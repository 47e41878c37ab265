//! Sessions: kept in the database by the hash of their secret, so that whoever reads the file
//! cannot become anyone; listed for their owner, and ended by them or an administrator.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use jiff::{SignedDuration, Timestamp};

use super::links::digest;
use super::store;
use crate::app::App;
use crate::db::{self, Connection};
use crate::web::{Context, FormToken};

/// How often a session's last use is written down.
const NOTED_EVERY: SignedDuration = SignedDuration::from_secs(60);

/// A session as its owner sees it.
#[derive(Debug, Clone)]
pub struct Session {
    /// `sessions.id`.
    pub id: i64,
    /// When it began.
    pub created_at: String,
    /// When it was last used.
    pub seen_at: String,
    /// What the browser calls itself.
    pub user_agent: String,
}

/// Begins a session; the answer is the cookie that holds its secret.
///
/// # Errors
/// When the database fails.
pub async fn begin(
    connection: &mut Connection,
    app: &App,
    account_id: i64,
    user_agent: &str,
) -> db::Result<Cookie<'static>> {
    let token = FormToken::fresh();
    let lasts = SignedDuration::try_from(app.settings.session_max).unwrap_or(SignedDuration::MAX);
    let until = db::timestamp(Timestamp::now() + lasts);
    let user_agent: String = user_agent.chars().take(300).collect();
    store::insert_session(connection, &digest(&token), account_id, &until, &user_agent).await?;
    Ok(cookie(app, token))
}

/// The cookie that takes the secret out of the browser.
pub fn end_cookie(app: &App) -> Cookie<'static> {
    let mut gone = cookie(app, String::new());
    gone.make_removal();
    gone
}

fn name(app: &App) -> &'static str {
    if app.settings.behind_tls { "__Host-linli-session" } else { "linli-session" }
}

fn cookie(app: &App, token: String) -> Cookie<'static> {
    Cookie::build((name(app), token))
        .path("/")
        .http_only(true)
        .secure(app.settings.behind_tls)
        .same_site(SameSite::Lax)
        .build()
}

/// Middleware: puts the viewer into the request's context when its session is alive.
pub async fn recognise(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let jar = CookieJar::from_headers(request.headers());
    if let Some(cookie) = jar.get(name(&app)) {
        match look_up(&app, cookie.value()).await {
            Ok(viewer) => {
                if let Some(context) = request.extensions_mut().get_mut::<Context>() {
                    context.viewer = viewer;
                }
            }
            Err(error) => return crate::web::Error::from(error).into_response(),
        }
    }
    next.run(request).await
}

async fn look_up(app: &App, token: &str) -> db::Result<Option<crate::web::Viewer>> {
    let digest = digest(token);
    let commits = app.db.commits();
    if let Some(viewer) = app.recent_viewers.get(&digest, commits) {
        return Ok(Some(viewer));
    }
    let mut connection = app.db.read().await?;
    let Some((seen_at, viewer)) = store::session_viewer(&mut connection, &digest).await? else {
        return Ok(None);
    };
    drop(connection);
    let rested = seen_at
        .parse::<Timestamp>()
        .map_or(SignedDuration::MAX, |seen| Timestamp::now().duration_since(seen));
    let idle = SignedDuration::try_from(app.settings.session_idle).unwrap_or(SignedDuration::MAX);
    if rested > idle {
        return Ok(None);
    }
    if rested > NOTED_EVERY {
        let mut write = app.db.write().await?;
        store::note_session_seen(&mut write, viewer.session_id).await?;
        write.commit().await?;
    }
    app.recent_viewers.put(digest, viewer.clone(), commits);
    Ok(Some(viewer))
}
