//! A scan of a reply.

use axum::extract::{Multipart, Path as PathOf, State};
use serde_json::json;

use super::letter_pages::{own, with_scan_error};
use crate::app::App;
use crate::audit::{self, Action, Record};
use crate::web::scans::{self, Brought, Paper};
use crate::web::{Error, Notice, Page, Permission, Result, Routes, Viewer};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::WriteLetters;
    routes.get("/letters/{id}/scan", may, take).upload("/letters/{id}/scan", may, bring)
}

async fn bring(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    PathOf(id): PathOf<i64>,
    parts: Multipart,
) -> Result {
    let letter = own(&mut *app.db.read().await?, &viewer, id).await?;
    let scan = match scans::receive(&app, parts).await? {
        Brought::Kept(scan) => scan,
        Brought::Refused(message) => {
            return with_scan_error(&mut *app.db.read().await?, page, letter, &message).await;
        }
    };
    if letter.state != super::State::Answered {
        scans::discard(&app.db, &scan.token).await?;
        return Err(Error::Conflict);
    }
    let mut write = app.db.write().await?;
    let former = scans::put(&mut write, Paper::Letter, id, &scan).await?;
    let (actor, record) = ((&viewer).into(), Record::Letter(id));
    audit::record(&mut write, actor, Action::LetterScanAdded, record, json!({})).await?;
    write.commit().await?;
    if let Some(former) = former {
        scans::discard(&app.db, &former.token).await?;
    }
    Ok(Notice::see_other(&format!("/letters/{id}"), "notice-letter-scan-added", ""))
}

async fn take(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    PathOf(id): PathOf<i64>,
) -> Result {
    let mut connection = app.db.read().await?;
    let letter = own(&mut connection, &viewer, id).await?;
    let scan = scans::of(&mut connection, Paper::Letter, id).await?.ok_or(Error::NotFound)?;
    let name = format!("{} {}", page.t("letters-scan"), letter.reference);
    scans::give(&app.db, &scan.token, &scan.kind, &name).await
}
