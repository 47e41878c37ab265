//! `/me/activities/new`: a member says what they took part in; `/me` tells what became of it.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::Form;

use super::own;
use crate::activities::own::{self as own_parts, OwnPartFields, OwnPartForm};
use crate::app::App;
use crate::committees;
use crate::db::{self, Connection};
use crate::lang::Message;
use crate::members::Member;
use crate::web::forms::Problems;
use crate::web::{
    Draft, Error, Notice, Page, Permission, Result, Routes, Viewer, already_answered, html,
    remember_answer, see_other,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::OwnRecord;
    routes.get("/me/activities/new", may, show).post("/me/activities/new", may, enter).post(
        "/me/activities/{id}/withdraw",
        may,
        withdraw,
    )
}

#[derive(Template)]
#[template(path = "people/part.html")]
struct PartPage {
    page: Page,
    /// Where it was: the member's own committee, or their host.
    committee: String,
    fields: OwnPartFields,
}

async fn part_page(
    connection: &mut Connection,
    page: Page,
    member: &Member,
    form: &OwnPartForm,
    problems: &Problems,
) -> db::Result<PartPage> {
    let home = member.details.home.committee().or(member.details.home.host());
    let line = match home {
        Some(id) => committees::store::line(connection, id).await?,
        None => None,
    };
    let fields = form.fields(&page, problems);
    Ok(PartPage { committee: line.map_or_else(String::new, |line| line.name), fields, page })
}

async fn show(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Draft(draft): Draft<OwnPartForm>,
) -> Result {
    let mut connection = app.db.read().await?;
    let member = own(&mut connection, &viewer).await?;
    let form = draft.unwrap_or_else(OwnPartForm::fresh);
    html(&part_page(&mut connection, page, &member, &form, &Problems::none()).await?)
}

async fn enter(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Form(form): Form<OwnPartForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let member = own(&mut write, &viewer).await?;
    let home = member.details.home.committee().or(member.details.home.host());
    let mut problems = Problems::none();
    let details = form.read(&mut problems);
    if let Some(details) = &details
        && !own_parts::enter(&mut write, (&viewer).into(), member.id, home, details).await?
    {
        let limit = own_parts::MOST_WAITING;
        problems.add("title", Message::new("logged-parts-many").with("limit", limit));
    }
    if !problems.is_empty() {
        let shown = part_page(&mut write, page, &member, &form, &problems).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&shown)?).into_response());
    }
    remember_answer(&mut write, &form.form, "/me").await?;
    write.commit().await?;
    Ok(Notice::see_other("/me", "notice-own-part-entered", ""))
}

async fn withdraw(State(app): State<App>, viewer: Viewer, Path(id): Path<i64>) -> Result {
    let mut write = app.db.write().await?;
    let member = own(&mut write, &viewer).await?;
    let part = own_parts::store::one_waiting(&mut write, id).await?;
    let part = part.filter(|part| part.member_id == member.id).ok_or(Error::NotFound)?;
    own_parts::withdraw(&mut write, (&viewer).into(), &part).await?;
    write.commit().await?;
    Ok(Notice::see_other("/me", "notice-own-part-withdrawn", ""))
}
