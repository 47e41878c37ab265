//! One's own account: the password, and the sessions that are open.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::{CookieJar, Form};
use serde::Deserialize;
use serde_json::json;

use super::sign_in_pages::{check_new, password_fields};
use super::{passwords, sessions, store};
use crate::app::App;
use crate::audit::{self, Action, Record};
use crate::lang::Message;
use crate::web::forms::{Field, FieldError, Problems};
use crate::web::{Error, Notice, Page, Permission, Result, Routes, Viewer, html};

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .get("/account", Permission::SignedIn, show)
        .post("/account", Permission::SignedIn, change_password)
        .post("/account/sessions", Permission::SignedIn, end_session)
}

#[derive(Template)]
#[template(path = "accounts/own.html")]
struct OwnPage {
    page: Page,
    login: String,
    role: &'static str,
    current: Field,
    password: Field,
    again: Field,
    errors: Vec<FieldError>,
    sessions: Vec<SessionRow>,
}

struct SessionRow {
    id: i64,
    browser: String,
    began: String,
    seen: String,
    own: bool,
}

async fn show(State(app): State<App>, page: Page, viewer: Viewer) -> Result {
    shown(&app, page, &viewer, &Problems::none()).await
}

async fn shown(app: &App, page: Page, viewer: &Viewer, problems: &Problems) -> Result {
    let mut connection = app.db.read().await?;
    let account = store::account(&mut connection, viewer.account_id).await?;
    let open = store::sessions(&mut connection, viewer.account_id).await?;
    let current = Field::new(&page, "current", "accounts-current-password")
        .kind("password", "current-password")
        .required()
        .check(&page, problems);
    let [password, again] = password_fields(&page, problems);
    let sessions = open
        .into_iter()
        .map(|session| SessionRow {
            id: session.id,
            browser: browser(&session.user_agent),
            began: page.time(&session.created_at),
            seen: page.time(&session.seen_at),
            own: session.id == viewer.session_id,
        })
        .collect();
    html(&OwnPage {
        login: account.ok_or(Error::NotFound)?.login,
        role: page.t(super::account_pages::role_key(viewer.role)),
        current,
        password,
        again,
        errors: problems.summary(&page),
        sessions,
        page,
    })
}

/// A browser's and system's name, as far as what it calls itself tells.
fn browser(agent: &str) -> String {
    let named =
        [("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")]
            .into_iter()
            .find(|(mark, _)| agent.contains(mark));
    let system = ["Windows", "Android", "iPhone", "iPad", "Mac OS X", "Linux"]
        .into_iter()
        .find(|system| agent.contains(system));
    match (named, system) {
        (Some((_, name)), Some(system)) => format!("{name} · {system}"),
        (Some((_, name)), None) => name.to_owned(),
        _ => agent.chars().take(40).collect(),
    }
}

#[derive(Deserialize)]
struct PasswordForm {
    current: String,
    password: String,
    again: String,
}

async fn change_password(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    jar: CookieJar,
    headers: axum::http::HeaderMap,
    Form(form): Form<PasswordForm>,
) -> Result {
    let mut connection = app.db.read().await?;
    let known = store::credentials(&mut connection, None, Some(viewer.account_id)).await?;
    drop(connection);
    let kept = known.and_then(|known| known.password_hash).ok_or(Error::NotFound)?;
    let mut problems = Problems::none();
    if !passwords::matches(form.current, kept).await? {
        problems.add("current", Message::new("accounts-current-wrong"));
    }
    check_new(&form.password, &form.again, &[viewer.name.as_str()], &mut problems);
    if !problems.is_empty() {
        let shown = shown(&app, page, &viewer, &problems).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response());
    }
    let hash = passwords::hash_aside(form.password).await?;
    let mut write = app.db.write().await?;
    store::set_password(&mut write, viewer.account_id, &hash).await?;
    let record = Record::Account(viewer.account_id);
    audit::record(&mut write, (&viewer).into(), Action::PasswordSet, record, json!({})).await?;
    let agent = headers.get(axum::http::header::USER_AGENT).and_then(|a| a.to_str().ok());
    let cookie =
        sessions::begin(&mut write, &app, viewer.account_id, agent.unwrap_or_default()).await?;
    write.commit().await?;
    Ok((jar.add(cookie), Notice::see_other("/account", "notice-password-set", "")).into_response())
}

#[derive(Deserialize)]
struct SessionForm {
    session: i64,
}

async fn end_session(
    State(app): State<App>,
    viewer: Viewer,
    Form(form): Form<SessionForm>,
) -> Result<Response> {
    let mut write = app.db.write().await?;
    store::end_sessions(&mut write, viewer.account_id, Some(form.session)).await?;
    let record = Record::Account(viewer.account_id);
    audit::record(&mut write, (&viewer).into(), Action::SessionEnded, record, json!({})).await?;
    write.commit().await?;
    Ok(Notice::see_other("/account", "notice-session-ended", ""))
}
