//! What a member took part in and is not on record yet: staff enter it from the form, and it is on
//! record at once.

use askama::Template;
use axum::extract::{Path, State as Held};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::Form;

use super::form_pages::{Opened, opened};
use crate::activities::own::{self as own_parts, OwnPartFields, OwnPartForm};
use crate::app::App;
use crate::lang::Message;
use crate::web::forms::Problems;
use crate::web::{
    Draft, Error, Notice, Page, Permission, Result, Routes, Viewer, already_answered, html,
    remember_answer, see_other,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::RecordSurveys;
    routes.get("/surveys/{id}/members/{member}/part", may, show).post(
        "/surveys/{id}/members/{member}/part",
        may,
        enter,
    )
}

#[derive(Template)]
#[template(path = "surveys/part.html")]
struct PartPage {
    page: Page,
    back: String,
    name: String,
    fields: OwnPartFields,
}

fn part_page(page: Page, found: &Opened, form: &OwnPartForm, problems: &Problems) -> PartPage {
    PartPage {
        back: format!("/surveys/{}/members/{}", found.survey.id, found.member.id),
        name: found.member.details.name.as_str().to_owned(),
        fields: form.fields(&page, problems),
        page,
    }
}

async fn show(
    Held(app): Held<App>,
    page: Page,
    viewer: Viewer,
    Path(of): Path<(i64, i64)>,
    Draft(draft): Draft<OwnPartForm>,
) -> Result {
    let mut connection = app.db.read().await?;
    let found = opened(&mut connection, &viewer, of).await?;
    let form = draft.unwrap_or_else(OwnPartForm::fresh);
    html(&part_page(page, &found, &form, &Problems::none()))
}

async fn enter(
    Held(app): Held<App>,
    page: Page,
    viewer: Viewer,
    Path(of): Path<(i64, i64)>,
    Form(form): Form<OwnPartForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let found = opened(&mut write, &viewer, of).await?;
    if found.member.removed_at.is_some() {
        return Err(Error::Conflict);
    }
    let half = found.survey.half;
    let mut problems = Problems::none();
    let details = form.read(&mut problems);
    let outside = |day: String| day < half.first_day() || day > half.last_day();
    if details.as_ref().is_some_and(|details| outside(details.day.to_string())) {
        problems.add("day", Message::new("surveys-day-outside"));
    }
    let (Some(details), true) = (details, problems.is_empty()) else {
        let shown = html(&part_page(page, &found, &form, &problems))?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response());
    };
    let home = found.member.details.home.committee().or(found.member.details.home.host());
    let actor = (&viewer).into();
    own_parts::put_on_record(&mut write, actor, found.member.id, home, &details).await?;
    let location = format!("/surveys/{}/members/{}", of.0, of.1);
    remember_answer(&mut write, &form.form, &location).await?;
    write.commit().await?;
    Ok(Notice::see_other(&location, "notice-survey-part", &details.title))
}
