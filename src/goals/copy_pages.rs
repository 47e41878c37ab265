//! Taking over the goals of the half-year before, at one press.

use axum::extract::State;
use axum_extra::extract::Form;
use serde::Deserialize;

use super::registry;
use crate::activities::HalfYear;
use crate::app::App;
use crate::web::{
    Error, Notice, Page, Permission, Result, Routes, Viewer, already_answered, remember_answer,
    see_other,
};

pub(super) fn routes(routes: Routes) -> Routes {
    routes.post("/goals/copy", Permission::SetGoals, copy)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct CopyForm {
    half: String,
    form: String,
}

async fn copy(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Form(form): Form<CopyForm>,
) -> Result {
    let half = HalfYear::parse(&form.half).ok_or(Error::NotFound)?;
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let branches = viewer.scope.branches();
    let copied = registry::copy(&mut write, (&viewer).into(), half, branches).await?;
    let location = format!("/goals?half={}", half.code());
    remember_answer(&mut write, &form.form, &location).await?;
    write.commit().await?;
    let count = i64::try_from(copied).unwrap_or(i64::MAX);
    Ok(Notice::see_other(&location, "notice-goals-copied", &page.number(&count)))
}
