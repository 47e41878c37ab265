//! Closing a need without help, and opening again what has ended.

use axum::extract::{Path, State as From};
use axum_extra::extract::Form;
use serde::Deserialize;

use super::{Need, Step, parse_required, record_pages, registry, store};
use crate::app::App;
use crate::web::{
    Error, Notice, Page, Permission, Result, Routes, Viewer, already_answered, remember_answer,
    see_other,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::ServeNeeds;
    routes.post("/needs/{id}/close", may, close).post("/needs/{id}/reopen", may, reopen)
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct StepForm {
    /// Why, in words; asked for where a need is closed.
    because: String,
    form: String,
}

async fn close(
    from: From<App>,
    page: Page,
    viewer: Viewer,
    id: Path<i64>,
    Form(form): Form<StepForm>,
) -> Result {
    take(from, page, viewer, id, form, Step::Close).await
}

async fn reopen(
    from: From<App>,
    page: Page,
    viewer: Viewer,
    id: Path<i64>,
    Form(form): Form<StepForm>,
) -> Result {
    take(from, page, viewer, id, form, Step::Reopen).await
}

async fn take(
    From(app): From<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    form: StepForm,
    step: Step,
) -> Result {
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let need: Need = store::need(&mut write, id).await?.ok_or(Error::NotFound)?;
    let because = match step {
        Step::Close => match parse_required(&form.because, LONGEST_REASON) {
            Ok(because) => because,
            Err(why) => {
                let page = page.keeping(&form.form);
                return record_pages::ask_again(
                    &mut write,
                    page,
                    &viewer,
                    need,
                    &form.because,
                    &why,
                )
                .await;
            }
        },
        _ => String::new(),
    };
    if let Err(why) = registry::step(&mut write, (&viewer).into(), &need, step, &because).await? {
        return record_pages::refused(&mut write, page, &viewer, need, &why).await;
    }
    let location = format!("/needs/{id}");
    remember_answer(&mut write, &form.form, &location).await?;
    write.commit().await?;
    let key = if step == Step::Close { "notice-need-closed" } else { "notice-need-reopened" };
    Ok(Notice::see_other(&location, key, &need.details.title))
}

/// The most characters of why a need is closed.
pub(super) const LONGEST_REASON: u32 = 60;
