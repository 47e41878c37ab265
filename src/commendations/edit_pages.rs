//! Opening a call, and editing one.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::Form;

use super::form::{CallForm, Fields};
use super::{Call, CallDetails, registry, store};
use crate::app::App;
use crate::db::{self, Connection};
use crate::lists::{self, List};
use crate::web::forms::{FieldError, Problems};
use crate::web::{
    Difference, Draft, Error, Fact, Notice, Page, Permission, Result, Routes, Scope, Viewer,
    already_answered, differing, html, remember_answer, see_other,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::Commend;
    routes
        .get("/commendations/new", may, show_new)
        .post("/commendations/new", may, open)
        .get("/commendations/{id}/edit", may, show_edit)
        .post("/commendations/{id}/edit", may, edit)
}

#[derive(Template)]
#[template(path = "commendations/form.html")]
struct FormPage {
    page: Page,
    /// The call being edited; `None` opens a new one.
    call: Option<Call>,
    fields: Fields,
    errors: Vec<FieldError>,
    /// What differs between what was typed and what someone else saved meanwhile.
    conflict: Vec<Difference>,
}

async fn form_page(
    connection: &mut Connection,
    page: Page,
    scope: &Scope,
    call: Option<Call>,
    form: &CallForm,
    problems: &Problems,
) -> db::Result<FormPage> {
    Ok(FormPage {
        fields: form.fields(connection, &page, scope, problems).await?,
        errors: problems.summary(&page),
        conflict: Vec::new(),
        call,
        page,
    })
}

/// A call that is the viewer's to change.
pub(super) async fn own_call(
    connection: &mut Connection,
    viewer: &Viewer,
    id: i64,
) -> Result<Call> {
    let call = store::call(connection, id).await?.ok_or(Error::NotFound)?;
    if call.details.is_theirs(&viewer.scope) { Ok(call) } else { Err(Error::NotFound) }
}

async fn show_new(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Draft(draft): Draft<CallForm>,
) -> Result {
    let form = draft.unwrap_or_else(|| CallForm::opened(&viewer.scope));
    let mut connection = app.db.read().await?;
    let none = Problems::none();
    html(&form_page(&mut connection, page, &viewer.scope, None, &form, &none).await?)
}

async fn open(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Form(form): Form<CallForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let mut problems = Problems::none();
    let Some(details) = form.read(&viewer.scope, &mut problems) else {
        let shown = form_page(&mut write, page, &viewer.scope, None, &form, &problems).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&shown)?).into_response());
    };
    let id = registry::open(&mut write, (&viewer).into(), &details).await?;
    let location = format!("/commendations/{id}");
    remember_answer(&mut write, &form.form, &location).await?;
    write.commit().await?;
    Ok(Notice::see_other(&location, "notice-saved", &details.title))
}

async fn show_edit(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Draft(draft): Draft<CallForm>,
) -> Result {
    let mut connection = app.db.read().await?;
    let call = own_call(&mut connection, &viewer, id).await?;
    let form = draft.unwrap_or_else(|| CallForm::of(&call));
    let none = Problems::none();
    html(&form_page(&mut connection, page, &viewer.scope, Some(call), &form, &none).await?)
}

async fn edit(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(form): Form<CallForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let call = own_call(&mut write, &viewer, id).await?;
    let mut problems = Problems::none();
    let details = form.read(&viewer.scope, &mut problems);
    let lost_race = call.version != form.version;
    if let (Some(details), false) = (&details, lost_race) {
        registry::change(&mut write, (&viewer).into(), &call, details).await?;
        let location = format!("/commendations/{id}");
        remember_answer(&mut write, &form.form, &location).await?;
        write.commit().await?;
        return Ok(Notice::see_other(&location, "notice-saved", &details.title));
    }
    let conflict = match &details {
        Some(typed) if lost_race => {
            let theirs = facts(&mut write, &page, &call.details).await?;
            differing(theirs, facts(&mut write, &page, typed).await?)
        }
        _ => Vec::new(),
    };
    // Saving again from the page that showed both versions says: mine.
    let opened = CallForm { version: call.version, ..form };
    let scope = &viewer.scope;
    let shown = form_page(&mut write, page, scope, Some(call), &opened, &problems).await?;
    let status = if lost_race { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, html(&FormPage { conflict, ..shown })?).into_response())
}

/// What a call says, in words.
pub(super) async fn facts(
    connection: &mut Connection,
    page: &Page,
    details: &CallDetails,
) -> db::Result<Vec<Fact>> {
    let language = page.language();
    let branches = match &details.branches {
        None => page.t("commendations-every-branch").to_owned(),
        Some(ids) => {
            let names = lists::names(connection, List::Branches).await?;
            let names = names.into_iter().filter(|(id, _)| ids.contains(id));
            names.map(|(_, name)| name).collect::<Vec<_>>().join("、")
        }
    };
    let facts = [
        ("commendations-title-field", details.title.clone()),
        ("commendations-period", details.period().map_or_else(String::new, |p| p.words(language))),
        ("commendations-branches", branches),
        ("commendations-until", page.date(&details.until)),
        ("commendations-criteria", details.criteria.clone()),
        (
            "commendations-figures",
            details.figures.words(language).join(page.t("commendations-and")),
        ),
    ];
    Ok(facts.map(|(key, text)| Fact { label: page.t(key), text }).into())
}
