//! Entering a need, and editing one.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::Form;
use serde::Deserialize;

use super::form::{Fields, NeedForm};
use super::{Need, NeedDetails, registry, store};
use crate::app::App;
use crate::committees::{self, CommitteeLine};
use crate::db::{self, Connection};
use crate::members;
use crate::web::forms::{FieldError, Problems};
use crate::web::{
    Difference, Draft, Error, Fact, Notice, Page, Permission, Result, Routes, Viewer,
    already_answered, differing, html, remember_answer, see_other,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::ServeNeeds;
    routes
        .get("/needs/new", may, show_new)
        .post("/needs/new", may, add)
        .get("/needs/{id}/edit", may, show_edit)
        .post("/needs/{id}/edit", may, edit)
}

#[derive(Template)]
#[template(path = "needs/form.html")]
struct FormPage {
    page: Page,
    /// The need being edited; `None` enters a new one.
    need: Option<Need>,
    fields: Fields,
    errors: Vec<FieldError>,
    /// What differs between what was typed and what someone else saved meanwhile.
    conflict: Vec<Difference>,
}

fn form_page(
    page: Page,
    need: Option<Need>,
    form: &NeedForm,
    problems: &Problems,
    candidates: &[CommitteeLine],
) -> FormPage {
    FormPage {
        fields: form.fields(&page, problems, candidates),
        errors: problems.summary(&page),
        conflict: Vec::new(),
        need,
        page,
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct NewQuery {
    /// `committees.id`: whose need it is, when it is entered from their page.
    committee: Option<i64>,
}

async fn show_new(
    State(app): State<App>,
    page: Page,
    Query(query): Query<NewQuery>,
    Draft(draft): Draft<NeedForm>,
) -> Result {
    let line = match query.committee {
        Some(id) => committees::store::line(&mut *app.db.read().await?, id).await?,
        None => None,
    };
    let form = draft.unwrap_or_else(|| NeedForm::for_committee(line));
    html(&form_page(page, None, &form, &Problems::none(), &[]))
}

async fn add(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Form(form): Form<NeedForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let (mut problems, mut candidates) = (Problems::none(), Vec::new());
    let details = form.read(&mut write, &mut problems, &mut candidates).await?;
    let Some(details) = details else {
        let shown = html(&form_page(page, None, &form, &problems, &candidates))?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response());
    };
    let id = registry::add(&mut write, (&viewer).into(), &details).await?;
    let location = format!("/needs/{id}");
    remember_answer(&mut write, &form.form, &location).await?;
    write.commit().await?;
    Ok(Notice::see_other(&location, "notice-saved", &details.title))
}

async fn show_edit(
    State(app): State<App>,
    page: Page,
    Path(id): Path<i64>,
    Draft(draft): Draft<NeedForm>,
) -> Result {
    let mut connection = app.db.read().await?;
    let need = store::need(&mut connection, id).await?.ok_or(Error::NotFound)?;
    let form = match draft {
        Some(draft) => draft,
        None => NeedForm::of(&mut connection, &need).await?,
    };
    html(&form_page(page, Some(need), &form, &Problems::none(), &[]))
}

async fn edit(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(form): Form<NeedForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let need = store::need(&mut write, id).await?.ok_or(Error::NotFound)?;
    let (mut problems, mut candidates) = (Problems::none(), Vec::new());
    let details = form.read(&mut write, &mut problems, &mut candidates).await?;
    let lost_race = need.version != form.version;
    let (Some(details), false) = (&details, lost_race) else {
        let conflict = match &details {
            Some(typed) if lost_race => {
                let theirs = facts(&mut write, &page, &need.details).await?;
                differing(theirs, facts(&mut write, &page, typed).await?)
            }
            _ => Vec::new(),
        };
        // Saving again from the page that showed both versions says: mine.
        let opened = NeedForm { version: need.version, ..form };
        let shown = form_page(page, Some(need), &opened, &problems, &candidates);
        let status =
            if lost_race { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
        return Ok((status, html(&FormPage { conflict, ..shown })?).into_response());
    };
    registry::change(&mut write, (&viewer).into(), &need, details).await?;
    let location = format!("/needs/{id}");
    remember_answer(&mut write, &form.form, &location).await?;
    write.commit().await?;
    Ok(Notice::see_other(&location, "notice-saved", &details.title))
}

/// What a need says, in words.
pub(super) async fn facts(
    connection: &mut Connection,
    page: &Page,
    details: &NeedDetails,
) -> db::Result<[Fact; 9]> {
    let committee = committees::store::line(connection, details.committee).await?;
    let committee = committee.map_or_else(String::new, |line| {
        format!("{} · {} · {}", line.name, line.street, line.district)
    });
    let skills = members::store::skill_names(connection, &details.skills).await?.join("、");
    Ok(details.facts(page, &committee, &skills))
}
