//! Adding a committee, and editing one.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::Form;
use serde_json::json;

use super::form::{CommitteeForm, Fields};
use super::history::{self, Body, Cause};
use super::{Committee, registry, store};
use crate::app::App;
use crate::audit::{self, Action, Record};
use crate::web::forms::{FieldError, Problems};
use crate::web::{
    Difference, Draft, Error, Notice, Page, Permission, Result, Routes, Viewer, already_answered,
    differing, html, remember_answer, see_other,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::ChangeDirectory;
    routes
        .get("/committees/new", may, show_new)
        .post("/committees/new", may, add)
        .get("/committees/{id}/edit", may, show_edit)
        .post("/committees/{id}/edit", may, edit)
}

#[derive(Template)]
#[template(path = "committees/form.html")]
struct FormPage {
    page: Page,
    /// The committee being edited; `None` adds a new one.
    committee: Option<Committee>,
    fields: Fields,
    version: i64,
    errors: Vec<FieldError>,
    /// What differs between what was typed and what someone else saved meanwhile.
    conflict: Vec<Difference>,
}

impl FormPage {
    fn new(
        page: Page,
        committee: Option<Committee>,
        form: &CommitteeForm,
        problems: &Problems,
    ) -> Self {
        Self {
            fields: form.fields(&page, problems),
            version: committee.as_ref().map_or(0, |committee| committee.version),
            errors: problems.summary(&page),
            conflict: Vec::new(),
            committee,
            page,
        }
    }
}

async fn show_new(page: Page, Draft(draft): Draft<CommitteeForm>) -> Result {
    html(&FormPage::new(page, None, &draft.unwrap_or_default(), &Problems::none()))
}

async fn add(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Form(form): Form<CommitteeForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let mut problems = Problems::none();
    let details = form.read(&mut problems);
    let code = form.code(&mut write, &mut problems).await?;
    let street = form.street(&mut write, code.as_ref(), &mut problems).await?;
    let (Some(details), Some(street), true) = (details, street, problems.is_empty()) else {
        let shown = html(&FormPage::new(page, None, &form, &problems))?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response());
    };
    let id = registry::add(&mut write, code.as_ref(), &street, &details).await?;
    let record = Record::Committee(id);
    audit::record(&mut write, (&viewer).into(), Action::CommitteeAdded, record, json!({})).await?;
    let location = format!("/committees/{id}");
    remember_answer(&mut write, &form.form, &location).await?;
    write.commit().await?;
    Ok(Notice::see_other(&location, "notice-saved", &details.name))
}

async fn show_edit(
    State(app): State<App>,
    page: Page,
    Path(id): Path<i64>,
    Draft(draft): Draft<CommitteeForm>,
) -> Result {
    let committee = store::committee(&mut *app.db.read().await?, id).await?;
    let committee = committee.ok_or(Error::NotFound)?;
    let form = draft.unwrap_or_else(|| CommitteeForm::of(&committee));
    let version = form.version;
    html(&FormPage { version, ..FormPage::new(page, Some(committee), &form, &Problems::none()) })
}

async fn edit(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(form): Form<CommitteeForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let committee = store::committee(&mut write, id).await?.ok_or(Error::NotFound)?;
    let mut problems = Problems::none();
    let details = form.read(&mut problems);
    let names = history::names(&mut write, id, Body::Committee).await?;
    let party_names = history::names(&mut write, id, Body::Party).await?;
    let since = form.since(&[&names, &party_names], &page, &mut problems);
    let lost_race = committee.version != form.version;
    let (Some(details), Some(since), false) = (&details, since, lost_race) else {
        let conflict = match &details {
            Some(typed) if lost_race => {
                differing(committee.details.facts(&page), typed.facts(&page))
            }
            _ => Vec::new(),
        };
        // Saving again from the page that showed both versions says: mine.
        let shown = FormPage::new(page, Some(committee), &form, &problems);
        let status =
            if lost_race { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
        return Ok((status, html(&FormPage { conflict, ..shown })?).into_response());
    };
    let actor = (&viewer).into();
    registry::change(&mut write, actor, &committee, details, &since, Cause::Edited).await?;
    let before = &committee.details;
    let renamed = before.name != details.name || before.head != details.head;
    let action = if renamed { Action::CommitteeRenamed } else { Action::CommitteeChanged };
    if before != details {
        audit::record(&mut write, actor, action, Record::Committee(id), json!({})).await?;
    }
    let location = format!("/committees/{id}");
    remember_answer(&mut write, &form.form, &location).await?;
    write.commit().await?;
    Ok(Notice::see_other(&location, "notice-saved", &details.name))
}
