//! Entering an offer, and editing one.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::Form;
use serde::Deserialize;

use super::form::{Fields, OfferForm};
use super::{Kind, Offer, OfferDetails, registry, store};
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
        .get("/needs/offers/new", may, show_new)
        .post("/needs/offers/new", may, add)
        .get("/needs/offers/{id}/edit", may, show_edit)
        .post("/needs/offers/{id}/edit", may, edit)
}

#[derive(Template)]
#[template(path = "offers/form.html")]
struct FormPage {
    page: Page,
    /// The offer being edited; `None` enters a new one.
    offer: Option<Offer>,
    fields: Fields,
    errors: Vec<FieldError>,
    /// What differs between what was typed and what someone else saved meanwhile.
    conflict: Vec<Difference>,
}

fn form_page(
    page: Page,
    offer: Option<Offer>,
    form: &OfferForm,
    problems: &Problems,
    candidates: &[CommitteeLine],
) -> FormPage {
    FormPage {
        fields: form.fields(&page, problems, candidates),
        errors: problems.summary(&page),
        conflict: Vec::new(),
        offer,
        page,
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct NewQuery {
    kind: String,
}

async fn show_new(
    page: Page,
    Query(query): Query<NewQuery>,
    Draft(draft): Draft<OfferForm>,
) -> Result {
    let kind = Kind::from_name(&query.kind).unwrap_or(Kind::Wish);
    let form = draft.unwrap_or_else(|| OfferForm::opened(kind));
    html(&form_page(page, None, &form, &Problems::none(), &[]))
}

async fn add(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Form(form): Form<OfferForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let (mut problems, mut candidates) = (Problems::none(), Vec::new());
    let details = form.read(&mut write, &page, &mut problems, &mut candidates).await?;
    let Some(details) = details else {
        let shown = html(&form_page(page, None, &form, &problems, &candidates))?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response());
    };
    let id = registry::add(&mut write, (&viewer).into(), &details, "").await?;
    let location = format!("/needs/offers/{id}");
    remember_answer(&mut write, &form.form, &location).await?;
    write.commit().await?;
    Ok(Notice::see_other(&location, "notice-saved", &details.title))
}

async fn show_edit(
    State(app): State<App>,
    page: Page,
    Path(id): Path<i64>,
    Draft(draft): Draft<OfferForm>,
) -> Result {
    let offer = store::offer(&mut *app.db.read().await?, id).await?.ok_or(Error::NotFound)?;
    let form = draft.unwrap_or_else(|| OfferForm::of(&offer));
    html(&form_page(page, Some(offer), &form, &Problems::none(), &[]))
}

async fn edit(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(form): Form<OfferForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let offer = store::offer(&mut write, id).await?.ok_or(Error::NotFound)?;
    let form = OfferForm { kind: offer.details.kind.name().to_owned(), ..form };
    let (mut problems, mut candidates) = (Problems::none(), Vec::new());
    let details = form.read(&mut write, &page, &mut problems, &mut candidates).await?;
    let lost_race = offer.version != form.version;
    if let (Some(details), false) = (&details, lost_race) {
        match registry::change(&mut write, (&viewer).into(), &offer, details).await? {
            Ok(()) => {
                let location = format!("/needs/offers/{id}");
                remember_answer(&mut write, &form.form, &location).await?;
                write.commit().await?;
                return Ok(Notice::see_other(&location, "notice-saved", &details.title));
            }
            Err(why) => problems.add("places", why),
        }
    }
    let conflict = match &details {
        Some(typed) if lost_race => {
            let theirs = facts(&mut write, &page, &offer.details).await?;
            differing(theirs, facts(&mut write, &page, typed).await?)
        }
        _ => Vec::new(),
    };
    // Saving again from the page that showed both versions says: mine.
    let opened = OfferForm { version: offer.version, ..form };
    let shown = form_page(page, Some(offer), &opened, &problems, &candidates);
    let status = if lost_race { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, html(&FormPage { conflict, ..shown })?).into_response())
}

/// What an offer says, in words.
pub(super) async fn facts(
    connection: &mut Connection,
    page: &Page,
    details: &OfferDetails,
) -> db::Result<Vec<Fact>> {
    let committee = committees::store::line(connection, details.committee).await?;
    let committee = committee.map_or_else(String::new, |line| line.name);
    Ok(details.facts(page, &committee))
}
