//! A scan of the paper on which a committee answered.

use axum::extract::{Multipart, Path, State as Shared};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use serde_json::json;

use super::{State, own_request, request_pages};
use crate::app::App;
use crate::audit::{self, Action, Record};
use crate::web::scans::{self, Brought, Paper};
use crate::web::{Error, Notice, Page, Permission, Result, Routes, Viewer, html};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::HoldReviews;
    routes.get("/reviews/requests/{id}/scan", may, take).upload(
        "/reviews/requests/{id}/scan",
        may,
        bring,
    )
}

async fn bring(
    Shared(app): Shared<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    parts: Multipart,
) -> Result {
    let request = own_request(&mut *app.db.read().await?, &viewer, id).await?;
    let scan = match scans::receive(&app, parts).await? {
        Brought::Kept(scan) => scan,
        Brought::Refused(message) => {
            let mut connection = app.db.read().await?;
            let shown =
                request_pages::with_scan_error(&mut connection, page, request, &message).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&shown)?).into_response());
        }
    };
    if request.state() != State::Answered {
        scans::discard(&app.db, &scan.token).await?;
        return Err(Error::Conflict);
    }
    let mut write = app.db.write().await?;
    let former = scans::put(&mut write, Paper::Feedback, id, &scan).await?;
    let (actor, record) = ((&viewer).into(), Record::Request(id));
    audit::record(&mut write, actor, Action::FeedbackScanAdded, record, json!({})).await?;
    write.commit().await?;
    if let Some(former) = former {
        scans::discard(&app.db, &former.token).await?;
    }
    Ok(Notice::see_other(&format!("/reviews/requests/{id}"), "notice-letter-scan-added", ""))
}

async fn take(Shared(app): Shared<App>, page: Page, viewer: Viewer, Path(id): Path<i64>) -> Result {
    let mut connection = app.db.read().await?;
    let request = own_request(&mut connection, &viewer, id).await?;
    let scan = scans::of(&mut connection, Paper::Feedback, id).await?.ok_or(Error::NotFound)?;
    let name = format!("{} {}", page.t("feedback"), request.written_code());
    scans::give(&app.db, &scan.token, &scan.kind, &name).await
}
