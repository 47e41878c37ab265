//! Changing what a pairing agreed on.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::Form;

use super::form::{Fields, PairingForm, facts};
use super::{record_pages, registry};
use crate::app::App;
use crate::lang::Message;
use crate::web::forms::{FieldError, Problems};
use crate::web::{
    Difference, Draft, Notice, Page, Permission, Result, Routes, Viewer, already_answered,
    differing, html, remember_answer, see_other,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::ServeNeeds;
    routes.get("/pairings/{id}/edit", may, show).post("/pairings/{id}/edit", may, edit)
}

#[derive(Template)]
#[template(path = "pairings/form.html")]
struct FormPage {
    page: Page,
    id: i64,
    title: String,
    fields: Fields,
    errors: Vec<FieldError>,
    conflict: Vec<Difference>,
}

fn form_page(
    page: Page,
    (id, title): (i64, &str),
    form: &PairingForm,
    problems: &Problems,
) -> FormPage {
    FormPage {
        id,
        title: title.to_owned(),
        fields: form.fields(&page, problems),
        errors: problems.summary(&page),
        conflict: Vec::new(),
        page,
    }
}

async fn show(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Draft(draft): Draft<PairingForm>,
) -> Result {
    let mut connection = app.db.read().await?;
    let (pairing, need) = record_pages::own(&mut connection, &viewer, id).await?;
    if pairing.ended_at.is_some() {
        return Ok(see_other(&format!("/pairings/{id}")));
    }
    let form = draft.unwrap_or_else(|| PairingForm::of(&pairing));
    html(&form_page(page, (id, &need.details.title), &form, &Problems::none()))
}

async fn edit(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(form): Form<PairingForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let (pairing, need) = record_pages::own(&mut write, &viewer, id).await?;
    if pairing.ended_at.is_some() {
        let why = Message::new("pairings-has-ended");
        return record_pages::refused(&mut write, page, &viewer, pairing, need, &why).await;
    }
    let of = (id, need.details.title.as_str());
    let mut problems = Problems::none();
    let Some((details, next)) = form.read(&mut problems) else {
        let shown = html(&form_page(page, of, &form, &problems))?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response());
    };
    if pairing.version != form.version {
        let theirs = facts(&page, &pairing.details, pairing.next_visit.as_deref());
        let conflict = differing(theirs, facts(&page, &details, next.as_deref()));
        // Saving again from the page that showed both versions says: mine.
        let opened = PairingForm { version: pairing.version, ..form };
        let shown = FormPage { conflict, ..form_page(page, of, &opened, &problems) };
        return Ok((StatusCode::CONFLICT, html(&shown)?).into_response());
    }
    registry::change(&mut write, (&viewer).into(), &pairing, &details, next.as_deref()).await?;
    let location = format!("/pairings/{id}");
    remember_answer(&mut write, &form.form, &location).await?;
    write.commit().await?;
    Ok(Notice::see_other(&location, "notice-saved", &need.details.title))
}
