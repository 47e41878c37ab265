//! The scan of a form's signed and stamped paper.

use axum::extract::{Multipart, Path, State as Held};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use serde_json::json;

use super::State;
use super::form_pages::{Said, form_page, opened};
use super::store::forms;
use crate::app::App;
use crate::audit::{self, Action, Record};
use crate::web::scans::{self, Brought, Paper};
use crate::web::{Error, Notice, Page, Permission, Result, Routes, Viewer};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::RecordSurveys;
    routes.get("/surveys/{id}/members/{member}/scan", may, take).upload(
        "/surveys/{id}/members/{member}/scan",
        may,
        bring,
    )
}

async fn bring(
    Held(app): Held<App>,
    page: Page,
    viewer: Viewer,
    Path(of): Path<(i64, i64)>,
    parts: Multipart,
) -> Result {
    let found = opened(&mut *app.db.read().await?, &viewer, of).await?;
    let scan = match scans::receive(&app, parts).await? {
        Brought::Kept(scan) => scan,
        Brought::Refused(message) => {
            let mut connection = app.db.read().await?;
            let said = Said { scan_error: Some(message), ..Said::default() };
            let shown = form_page(&mut connection, page, found, said).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response());
        }
    };
    let mut write = app.db.write().await?;
    // Of a confirmed form the paper stays what it was.
    let form = forms::of_member(&mut write, of.0, of.1).await?;
    let Some(form) = form.filter(|form| matches!(form.state, State::Submitted | State::Marked))
    else {
        drop(write);
        scans::discard(&app.db, &scan.token).await?;
        return Err(Error::Conflict);
    };
    let former = scans::put(&mut write, Paper::SurveyForm, form.id, &scan).await?;
    let detail = json!({ "form": form.id, "member": form.member_id });
    let (actor, record) = ((&viewer).into(), Record::Survey(of.0));
    audit::record(&mut write, actor, Action::SurveyScanAdded, record, detail).await?;
    write.commit().await?;
    if let Some(former) = former {
        scans::discard(&app.db, &former.token).await?;
    }
    let location = format!("/surveys/{}/members/{}", of.0, of.1);
    Ok(Notice::see_other(&location, "notice-letter-scan-added", ""))
}

async fn take(
    Held(app): Held<App>,
    page: Page,
    viewer: Viewer,
    Path(of): Path<(i64, i64)>,
) -> Result {
    let mut connection = app.db.read().await?;
    let found = opened(&mut connection, &viewer, of).await?;
    let form = found.form.ok_or(Error::NotFound)?;
    let scan = scans::of(&mut connection, Paper::SurveyForm, form.id).await?;
    let scan = scan.ok_or(Error::NotFound)?;
    let name = format!("{} {}", page.t("surveys-form"), found.member.details.name.as_str());
    scans::give(&app.db, &scan.token, &scan.kind, &name).await
}
