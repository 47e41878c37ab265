//! A member's calendar: making and revoking its secret link, and the calendar itself.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, HOST};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::IntoResponse;
use serde::Deserialize;

use super::calendar;
use crate::app::App;
use crate::needs::live_member;
use crate::web::{Error, Notice, Page, Permission, Result, Routes, Viewer, html};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::ChangeMembers;
    routes
        .post("/members/{id}/calendar", may, make)
        .post("/members/{id}/calendar/revoke", may, revoke)
        .get("/calendar.ics", Permission::Public, open)
}

#[derive(Template)]
#[template(path = "pairings/calendar.html")]
struct LinkPage {
    page: Page,
    id: i64,
    name: String,
    /// The whole address, told this once.
    link: String,
}

async fn make(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    headers: HeaderMap,
) -> Result {
    let mut write = app.db.write().await?;
    let member = live_member(&mut write, &viewer, id).await?;
    let path = calendar::make(&mut write, (&viewer).into(), id).await?;
    write.commit().await?;
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let name = member.details.name.as_str().to_owned();
    html(&LinkPage { id, name, link: format!("{}{path}", app.settings.origin(host)), page })
}

async fn revoke(State(app): State<App>, viewer: Viewer, Path(id): Path<i64>) -> Result {
    let mut write = app.db.write().await?;
    let member = live_member(&mut write, &viewer, id).await?;
    calendar::revoke(&mut write, (&viewer).into(), id).await?;
    write.commit().await?;
    let location = format!("/members/{id}/needs");
    let name = member.details.name.as_str();
    Ok(Notice::see_other(&location, "notice-calendar-revoked", name))
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct OpenQuery {
    token: String,
}

/// The calendar for whoever has its secret; to all others there is none.
async fn open(State(app): State<App>, page: Page, Query(query): Query<OpenQuery>) -> Result {
    let mut connection = app.db.read().await?;
    let calendar = calendar::open(&mut connection, &query.token, page.language()).await?;
    let mut response = calendar.ok_or(Error::NotFound)?.into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/calendar; charset=utf-8"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}
