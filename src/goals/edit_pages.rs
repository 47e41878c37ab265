//! Setting a branch's goal for a half-year.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::Form;

use super::form::{GoalForm, Place};
use super::show_pages::meant;
use super::{registry, store, words};
use crate::activities::HalfYear;
use crate::app::App;
use crate::web::forms::{FieldError, Problems};
use crate::web::{
    Difference, Draft, Notice, Page, Permission, Result, Routes, Viewer, already_answered,
    differing, html, remember_answer, see_other,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::SetGoals;
    routes.get("/goals/{branch}/{half}/edit", may, show).post(
        "/goals/{branch}/{half}/edit",
        may,
        edit,
    )
}

#[derive(Template)]
#[template(path = "goals/form.html")]
struct FormPage {
    page: Page,
    name: String,
    half: HalfYear,
    /// The goal's page.
    url: String,
    words: String,
    version: i64,
    places: Vec<Place>,
    errors: Vec<FieldError>,
    /// What differs between what was typed and what someone else saved meanwhile.
    conflict: Vec<Difference>,
}

impl FormPage {
    fn new(
        page: Page,
        branch: i64,
        (name, half): (String, HalfYear),
        form: &GoalForm,
        problems: &Problems,
    ) -> Self {
        Self {
            words: half.words(page.language()),
            version: form.version,
            places: form.places(&page, problems),
            errors: problems.summary(&page),
            conflict: Vec::new(),
            url: format!("/goals/{branch}/{}", half.code()),
            name,
            half,
            page,
        }
    }
}

async fn show(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path((branch, half)): Path<(i64, String)>,
    Draft(draft): Draft<GoalForm>,
) -> Result {
    let mut connection = app.db.snapshot().await?;
    let of = meant(&mut connection, &viewer, (branch, &half)).await?;
    let goal = store::goal(&mut connection, branch, of.1).await?;
    let form = draft.unwrap_or_else(|| goal.as_ref().map(GoalForm::of).unwrap_or_default());
    html(&FormPage::new(page, branch, of, &form, &Problems::none()))
}

async fn edit(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path((branch, half)): Path<(i64, String)>,
    Form(form): Form<GoalForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let of = meant(&mut write, &viewer, (branch, &half)).await?;
    let mut problems = Problems::none();
    let numbers = form.read(&mut problems);
    let there = store::goal(&mut write, branch, of.1).await?;
    let version = there.as_ref().map_or(0, |goal| goal.version);
    let lost_race = version != form.version;
    if let (Some(numbers), false) = (&numbers, lost_race) {
        registry::set(&mut write, (&viewer).into(), branch, of.1, numbers).await?;
        let location = format!("/goals/{branch}/{}", of.1.code());
        remember_answer(&mut write, &form.form, &location).await?;
        write.commit().await?;
        return Ok(Notice::see_other(&location, "notice-saved", &of.0));
    }
    let conflict = match (&numbers, &there) {
        (Some(typed), Some(theirs)) if lost_race => {
            differing(words::facts(&page, &theirs.numbers), words::facts(&page, typed))
        }
        _ => Vec::new(),
    };
    // Saving again from the page that showed both versions says: mine.
    let opened = GoalForm { version, ..form };
    let shown = FormPage::new(page, branch, of, &opened, &problems);
    let status = if lost_race { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, html(&FormPage { conflict, ..shown })?).into_response())
}
