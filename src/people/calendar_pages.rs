//! A member makes or revokes the secret link of their calendar.

use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;

use super::own;
use crate::app::App;
use crate::letters::origin;
use crate::pairings::calendar;
use crate::web::{Notice, Page, Permission, Result, Routes, Viewer, html};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::OwnRecord;
    routes.post("/me/calendar", may, make).post("/me/calendar/revoke", may, revoke)
}

#[derive(Template)]
#[template(path = "people/calendar.html")]
struct LinkPage {
    page: Page,
    /// The whole address, told this once.
    link: String,
}

async fn make(State(app): State<App>, page: Page, viewer: Viewer, headers: HeaderMap) -> Result {
    let mut write = app.db.write().await?;
    let member = own(&mut write, &viewer).await?;
    let path = calendar::make(&mut write, (&viewer).into(), member.id).await?;
    write.commit().await?;
    html(&LinkPage { link: format!("{}{path}", origin(&app, &headers)), page })
}

async fn revoke(State(app): State<App>, viewer: Viewer) -> Result {
    let mut write = app.db.write().await?;
    let member = own(&mut write, &viewer).await?;
    calendar::revoke(&mut write, (&viewer).into(), member.id).await?;
    write.commit().await?;
    Ok(Notice::see_other("/me", "notice-calendar-revoked", member.details.name.as_str()))
}
