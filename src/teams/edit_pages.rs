//! Entering a team, and editing one.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::Form;

use super::form::{Fields, TeamForm};
use super::{Reach, Team, TeamDetails, registry, store};
use crate::app::App;
use crate::committees::{self, CommitteeLine};
use crate::db::{self, Connection};
use crate::web::forms::{FieldError, Problems};
use crate::web::{
    Difference, Draft, Error, Fact, Notice, Page, Permission, Result, Routes, Viewer,
    already_answered, differing, html, remember_answer, see_other,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::ServeNeeds;
    routes
        .get("/needs/teams/new", may, show_new)
        .post("/needs/teams/new", may, add)
        .get("/needs/teams/{id}/edit", may, show_edit)
        .post("/needs/teams/{id}/edit", may, edit)
}

#[derive(Template)]
#[template(path = "teams/form.html")]
struct FormPage {
    page: Page,
    /// The team being edited; `None` enters a new one.
    team: Option<Team>,
    fields: Fields,
    errors: Vec<FieldError>,
    /// What differs between what was typed and what someone else saved meanwhile.
    conflict: Vec<Difference>,
}

fn form_page(
    page: Page,
    team: Option<Team>,
    form: &TeamForm,
    problems: &Problems,
    candidates: &[CommitteeLine],
) -> FormPage {
    FormPage {
        fields: form.fields(&page, problems, candidates),
        errors: problems.summary(&page),
        conflict: Vec::new(),
        team,
        page,
    }
}

async fn show_new(page: Page, Draft(draft): Draft<TeamForm>) -> Result {
    let form = draft.unwrap_or_else(TeamForm::opened);
    html(&form_page(page, None, &form, &Problems::none(), &[]))
}

async fn add(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Form(form): Form<TeamForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let (mut problems, mut candidates) = (Problems::none(), Vec::new());
    let Some(details) = form.read(&mut write, &mut problems, &mut candidates).await? else {
        let shown = html(&form_page(page, None, &form, &problems, &candidates))?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response());
    };
    let id = registry::add(&mut write, (&viewer).into(), &details, "").await?;
    let location = format!("/needs/teams/{id}");
    remember_answer(&mut write, &form.form, &location).await?;
    write.commit().await?;
    Ok(Notice::see_other(&location, "notice-saved", &details.name))
}

async fn show_edit(
    State(app): State<App>,
    page: Page,
    Path(id): Path<i64>,
    Draft(draft): Draft<TeamForm>,
) -> Result {
    let team = store::team(&mut *app.db.read().await?, id).await?.ok_or(Error::NotFound)?;
    let form = draft.unwrap_or_else(|| TeamForm::of(&team));
    html(&form_page(page, Some(team), &form, &Problems::none(), &[]))
}

async fn edit(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(form): Form<TeamForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let team = store::team(&mut write, id).await?.ok_or(Error::NotFound)?;
    let (mut problems, mut candidates) = (Problems::none(), Vec::new());
    let details = form.read(&mut write, &mut problems, &mut candidates).await?;
    let lost_race = team.version != form.version;
    if let (Some(details), false) = (&details, lost_race) {
        match registry::change(&mut write, (&viewer).into(), &team, details).await? {
            Ok(()) => {
                let location = format!("/needs/teams/{id}");
                remember_answer(&mut write, &form.form, &location).await?;
                write.commit().await?;
                return Ok(Notice::see_other(&location, "notice-saved", &details.name));
            }
            Err(why) => problems.add("places", why),
        }
    }
    let conflict = match &details {
        Some(typed) if lost_race => {
            let theirs = facts(&mut write, &page, &team.details).await?;
            differing(theirs, facts(&mut write, &page, typed).await?)
        }
        _ => Vec::new(),
    };
    // Saving again from the page that showed both versions says: mine.
    let opened = TeamForm { version: team.version, ..form };
    let shown = form_page(page, Some(team), &opened, &problems, &candidates);
    let status = if lost_race { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, html(&FormPage { conflict, ..shown })?).into_response())
}

/// What is said of a team, in words.
pub(super) async fn facts(
    connection: &mut Connection,
    page: &Page,
    details: &TeamDetails,
) -> db::Result<Vec<Fact>> {
    let place = match &details.reach {
        Reach::Committee(id) => {
            let line = committees::store::line(connection, *id).await?;
            line.map(|line| format!("{} · {}", line.name, line.street))
        }
        Reach::Street(code) => {
            let street = store::street(connection, code).await?;
            street.map(|(street, district)| format!("{street} · {district}"))
        }
    };
    Ok(details.facts(page, &place.unwrap_or_default()))
}
