//! `/me/pairings/{id}`: a member enters a visit of theirs.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::Form;

use super::own;
use crate::app::App;
use crate::committees;
use crate::db::Connection;
use crate::members::Member;
use crate::needs::{self, Need};
use crate::pairings::{self, Pairing, VisitFields, VisitForm, registry};
use crate::web::forms::{FieldError, Problems};
use crate::web::{
    Error, Notice, Page, Permission, Result, Routes, Viewer, already_answered, html,
    remember_answer, see_other,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::OwnRecord;
    routes.get("/me/pairings/{id}", may, show).post("/me/pairings/{id}", may, add)
}

#[derive(Template)]
#[template(path = "people/visit.html")]
struct VisitPage {
    page: Page,
    id: i64,
    title: String,
    committee: String,
    /// Whom to ask for, and under which phone.
    contact: String,
    phone: String,
    /// Day, length and what was done.
    visits: Vec<(String, String, String)>,
    fields: VisitFields,
    errors: Vec<FieldError>,
}

/// A pairing that lasts and of which the member is one.
async fn mine(connection: &mut Connection, member: &Member, id: i64) -> Result<(Pairing, Need)> {
    let pairing = pairings::store::pairing(connection, id).await?.ok_or(Error::NotFound)?;
    let members = pairings::store::members(connection, id).await?;
    if pairing.ended_at.is_some() || !members.iter().any(|one| one.id == member.id) {
        return Err(Error::NotFound);
    }
    let need = needs::store::need(connection, pairing.need).await?.ok_or(Error::NotFound)?;
    Ok((pairing, need))
}

async fn shown(
    connection: &mut Connection,
    page: Page,
    (pairing, need): (Pairing, Need),
    typed: Option<(&VisitForm, &Problems)>,
) -> Result<VisitPage> {
    let visits = pairings::store::visits(connection, pairing.id).await?;
    let opened = VisitForm::after(&pairing, visits.first());
    let fresh = Problems::none();
    let (form, problems) = typed.unwrap_or((&opened, &fresh));
    let committee = committees::store::line(connection, need.details.committee).await?;
    Ok(VisitPage {
        id: pairing.id,
        committee: committee.map_or_else(String::new, |line| line.name),
        visits: visits
            .into_iter()
            .filter(|visit| visit.struck_at.is_none())
            .map(|visit| {
                let minutes = page.t1("pairings-minutes-long", "count", visit.minutes);
                (page.date(&visit.day), minutes, visit.done)
            })
            .collect(),
        fields: form.fields(&page, problems),
        errors: problems.summary(&page),
        title: need.details.title,
        contact: need.details.contact,
        phone: need.details.contact_phone,
        page,
    })
}

async fn show(State(app): State<App>, page: Page, viewer: Viewer, Path(id): Path<i64>) -> Result {
    let mut connection = app.db.snapshot().await?;
    let member = own(&mut connection, &viewer).await?;
    let mine = mine(&mut connection, &member, id).await?;
    html(&shown(&mut connection, page, mine, None).await?)
}

async fn add(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(form): Form<VisitForm>,
) -> Result {
    let page = page.keeping(form.token());
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, form.token()).await? {
        return Ok(see_other(&location));
    }
    let member = own(&mut write, &viewer).await?;
    let (pairing, need) = mine(&mut write, &member, id).await?;
    let mut problems = Problems::none();
    let Some(visit) = form.read(&mut problems) else {
        let typed = Some((&form, &problems));
        let page = shown(&mut write, page, (pairing, need), typed).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&page)?).into_response());
    };
    registry::visit(&mut write, (&viewer).into(), &pairing, &visit).await?;
    remember_answer(&mut write, form.token(), "/me").await?;
    write.commit().await?;
    Ok(Notice::see_other("/me", "notice-visit-added", &need.details.title))
}
