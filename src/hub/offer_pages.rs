//! Wishes, posts and service days that the committee offers, and who claims them.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::Form;
use serde::Deserialize;

use super::{Door, signed, signer_field, uses};
use crate::app::App;
use crate::audit::Actor;
use crate::committees::parse_line;
use crate::letters;
use crate::offers::registry;
use crate::offers::store::{self, Claim};
use crate::offers::{ClaimRow, EndReason, Fields, Kind, LONGEST_THANKS, Offer, OfferForm, Step};
use crate::web::forms::{Field, FieldError, Problems};
use crate::web::{
    Error, Notice, Page, Permission, Result, Routes, already_answered, html, remember_answer,
    see_other,
};

pub(super) fn routes(routes: Routes) -> Routes {
    // Whoever holds the link may: the letter gave it to them.
    let may = Permission::Public;
    routes
        .get("/c/{token}/offers", may, list)
        .get("/c/{token}/offers/new", may, show_new)
        .post("/c/{token}/offers/new", may, add)
        .post("/c/{token}/offers/{id}/step", may, step)
        .post("/c/{token}/offers/{id}/end", may, end)
}

#[derive(Template)]
#[template(path = "hub/offers.html")]
struct ListPage {
    page: Page,
    door: Door,
    rows: Vec<Row>,
}

struct Row {
    offer: Offer,
    /// Of members who stand to be known here.
    claims: Vec<ClaimRow>,
}

async fn list(State(app): State<App>, page: Page, Path(token): Path<String>) -> Result {
    let Some(door) = Door::look(&app, &token, "offers").await? else {
        return letters::closed(page);
    };
    let mut connection = app.db.read().await?;
    let mut rows = Vec::new();
    for offer in store::of_committee(&mut connection, door.committee.id).await? {
        let claims = store::claims(&mut connection, offer.id).await?;
        let known = claims.into_iter().filter(|claim| claim.known);
        let url = format!("{}/{}/step", door.at("offers"), offer.id);
        let claims = known.map(|claim| ClaimRow::of(&page, &offer, claim, url.clone())).collect();
        rows.push(Row { offer, claims });
    }
    html(&ListPage { page, door, rows })
}

#[derive(Template)]
#[template(path = "hub/offer.html")]
struct NewPage {
    page: Page,
    door: Door,
    fields: Fields,
    by: Field,
    errors: Vec<FieldError>,
}

fn new_page(page: Page, door: Door, form: &OfferForm, problems: &Problems) -> NewPage {
    NewPage {
        fields: form.fields(&page, problems, &[]),
        by: signer_field(&page, &form.by, problems),
        errors: problems.summary(&page),
        door,
        page,
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct NewQuery {
    kind: String,
}

async fn show_new(
    State(app): State<App>,
    page: Page,
    Path(token): Path<String>,
    Query(query): Query<NewQuery>,
) -> Result {
    let Some(door) = Door::look(&app, &token, "offers").await? else {
        return letters::closed(page);
    };
    let kind = Kind::from_name(&query.kind).unwrap_or(Kind::Wish);
    let form = OfferForm { by: door.signer.clone(), ..OfferForm::opened(kind) };
    html(&new_page(page, door, &form, &Problems::none()))
}

async fn add(
    State(app): State<App>,
    page: Page,
    Path(token): Path<String>,
    Form(form): Form<OfferForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let Some(door) = Door::open(&app, &token).await? else { return letters::closed(page) };
    if app.link_uses.too_many(door.committee.id) {
        return uses::busy(page);
    }
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let form = form.at(door.committee.id, &door.committee.details.name);
    let (mut problems, mut candidates) = (Problems::none(), Vec::new());
    let details = form.read(&mut write, &page, &mut problems, &mut candidates).await?;
    let by = signed(&mut write, &door, &form.by, &mut problems).await?;
    let (Some(details), Some(by)) = (details, by) else {
        let shown = html(&new_page(page, door, &form, &problems))?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response());
    };
    registry::add(&mut write, Actor::Committee, &details, &by).await?;
    let location = door.at("offers");
    remember_answer(&mut write, &form.form, &location).await?;
    write.commit().await?;
    Ok(Notice::see_other(&location, "notice-offered", &details.title))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct StepForm {
    claim: i64,
    step: String,
    reason: String,
    thanks: String,
}

/// Takes a claim of a member who stands to be known here a step on.
async fn step(
    State(app): State<App>,
    page: Page,
    Path((token, id)): Path<(String, i64)>,
    Form(form): Form<StepForm>,
) -> Result {
    let Some(door) = Door::open(&app, &token).await? else { return letters::closed(page) };
    if app.link_uses.too_many(door.committee.id) {
        return uses::busy(page);
    }
    let mut write = app.db.write().await?;
    let offer = store::offer(&mut write, id).await?.ok_or(Error::NotFound)?;
    let claims = store::claims(&mut write, id).await?;
    let theirs = |claim: &Claim| claim.id == form.claim && claim.known;
    let claim = claims.into_iter().find(theirs).ok_or(Error::NotFound)?;
    if offer.details.committee != door.committee.id {
        return Err(Error::NotFound);
    }
    let taken = Step::from_name(&form.step).ok_or(Error::BadRequest("no such step"))?;
    let thanks = parse_line(&form.thanks, LONGEST_THANKS).unwrap_or_default();
    let said = (EndReason::from_name(&form.reason), thanks.as_str());
    let location = door.at("offers");
    let step = registry::step(&mut write, Actor::Committee, &offer, &claim, taken, said).await?;
    if step.is_err() {
        return Ok(Notice::see_other(&location, "notice-claim-changed-warning", &claim.name));
    }
    write.commit().await?;
    Ok(Notice::see_other(&location, "notice-claim-moved", &claim.name))
}

async fn end(State(app): State<App>, page: Page, Path((token, id)): Path<(String, i64)>) -> Result {
    let Some(door) = Door::open(&app, &token).await? else { return letters::closed(page) };
    if app.link_uses.too_many(door.committee.id) {
        return uses::busy(page);
    }
    let mut write = app.db.write().await?;
    let offer = store::offer(&mut write, id).await?.ok_or(Error::NotFound)?;
    if offer.details.committee != door.committee.id || offer.by.is_empty() {
        return Err(Error::NotFound);
    }
    // Pressed once more, it lasts again.
    let ended = offer.ended_at.is_none();
    registry::set_ended(&mut write, Actor::Committee, &offer, ended).await?;
    write.commit().await?;
    let key = if ended { "notice-offer-ended" } else { "notice-offer-reopened" };
    Ok(Notice::see_other(&door.at("offers"), key, &offer.details.title))
}
