//! Files of a meeting: brought, given back, taken out.

use axum::extract::{Multipart, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::attendance::open_meeting;
use super::lines::record;
use super::{file_store, pages, store};
use crate::app::App;
use crate::audit::Action;
use crate::web::scans::{self, Brought};
use crate::web::{Error, Notice, Page, Permission, Result, Routes, Viewer, see_other};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::HoldMeetings;
    routes
        .upload("/meetings/{id}/files", may, bring)
        .get("/meetings/files/{id}", may, take)
        .post("/meetings/files/{id}/remove", may, remove)
        .post("/meetings/files/{id}/restore", may, restore)
}

async fn bring(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    parts: Multipart,
) -> Result {
    let meeting = open_meeting(&mut *app.db.read().await?, id).await?;
    let scan = match scans::receive(&app, parts).await? {
        Brought::Kept(scan) => scan,
        Brought::Refused(message) => {
            let mut connection = app.db.read().await?;
            let why = page.say(&message);
            let shown = pages::show_refused(&mut connection, page, &viewer, &meeting, why).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response());
        }
    };
    let mut write = app.db.write().await?;
    file_store::insert(&mut write, id, &scan).await?;
    record(&mut write, &viewer, Action::MeetingFileAdded, id).await?;
    write.commit().await?;
    Ok(Notice::see_other(&format!("/meetings/{id}#files"), "notice-saved", &scan.name))
}

async fn take(State(app): State<App>, Path(id): Path<i64>) -> Result {
    let file = file_store::file(&mut *app.db.read().await?, id).await?.ok_or(Error::NotFound)?;
    if file.removed_at.is_some() {
        return Err(Error::NotFound);
    }
    scans::give(&app.db, &file.token, &file.kind, file.stem()).await
}

async fn remove(app: State<App>, viewer: Viewer, id: Path<i64>) -> Result<Response> {
    set_removed(app, viewer, id, true).await
}

async fn restore(app: State<App>, viewer: Viewer, id: Path<i64>) -> Result<Response> {
    set_removed(app, viewer, id, false).await
}

async fn set_removed(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<i64>,
    removed: bool,
) -> Result<Response> {
    let mut write = app.db.write().await?;
    let file = file_store::file(&mut write, id).await?.ok_or(Error::NotFound)?;
    let meeting = store::meeting(&mut write, file.meeting_id).await?.ok_or(Error::NotFound)?;
    if meeting.removed_at.is_some() {
        return Err(Error::Conflict);
    }
    if file_store::set_removed(&mut write, id, removed).await? {
        let action = if removed { Action::MeetingFileRemoved } else { Action::MeetingFileBack };
        record(&mut write, &viewer, action, meeting.id).await?;
        write.commit().await?;
    }
    Ok(see_other(&format!("/meetings/{}#files", meeting.id)))
}
