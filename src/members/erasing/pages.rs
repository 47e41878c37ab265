//! `/members/{id}/erase`: what goes, that it cannot be undone, and the name to be typed.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::Form;
use serde::Deserialize;

use super::store::{self, Extent};
use crate::app::App;
use crate::db::Connection;
use crate::lang::Message;
use crate::members::Member;
use crate::members::record_pages::{facts, merged_into};
use crate::members::register_pages::own;
use crate::text::normalize_name;
use crate::web::forms::{Field, FieldError, Problems};
use crate::web::{
    Error, Fact, Notice, Page, Permission, Result, Routes, Viewer, already_answered, html,
    remember_answer, see_other, uploads,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::EraseMembers;
    routes.get("/members/{id}/erase", may, show).post("/members/{id}/erase", may, erase)
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct EraseForm {
    /// The person's name, typed again.
    name: String,
    version: i64,
    form: String,
}

#[derive(Template)]
#[template(path = "members/erase.html")]
struct ErasePage {
    page: Page,
    id: i64,
    name: String,
    version: i64,
    facts: [Fact; 9],
    extent: Vec<String>,
    typed: Field,
    errors: Vec<FieldError>,
}

async fn erase_page(
    connection: &mut Connection,
    page: Page,
    member: &Member,
    typed: &str,
    problems: &Problems,
) -> Result {
    let records = store::with_merged(connection, &[member.id]).await?;
    let Extent { changes, imports, participations, meetings } =
        store::extent(connection, &records).await?;
    let merged = i64::try_from(records.len()).unwrap_or(i64::MAX) - 1;
    let extent = [
        ("erasing-merged", merged),
        ("erasing-changes", changes),
        ("erasing-imports", imports),
        ("erasing-participations", participations),
        ("erasing-meetings", meetings),
    ]
    .into_iter()
    .filter(|(_, count)| *count > 0)
    .map(|(key, count)| page.t1(key, "count", count))
    .collect();
    html(&ErasePage {
        id: member.id,
        name: member.details.name.as_str().to_owned(),
        version: member.version,
        facts: facts(connection, &page, &member.details).await?,
        extent,
        typed: Field::new(&page, "name", "erasing-name")
            .value(typed)
            .hint(&page.t1("erasing-name-hint", "name", member.details.name.as_str()))
            .required()
            .check(&page, problems),
        errors: problems.summary(&page),
        page,
    })
}

/// Nothing is erased that is not in the bin: the first step can be taken back.
fn not_in_the_bin(member: &Member) -> Option<axum::response::Response> {
    let name = member.details.name.as_str();
    member.removed_at.is_none().then(|| {
        Notice::see_other(&format!("/members/{}", member.id), "notice-erase-remove-warning", name)
    })
}

async fn show(State(app): State<App>, page: Page, viewer: Viewer, Path(id): Path<i64>) -> Result {
    let mut connection = app.db.read().await?;
    if let Some(kept) = merged_into(&mut connection, &viewer, id).await? {
        return Ok(see_other(&format!("/members/{kept}")));
    }
    let member = own(&mut connection, &viewer, id).await?;
    if let Some(elsewhere) = not_in_the_bin(&member) {
        return Ok(elsewhere);
    }
    erase_page(&mut connection, page, &member, "", &Problems::none()).await
}

async fn erase(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(form): Form<EraseForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let member = own(&mut write, &viewer, id).await?;
    if let Some(elsewhere) = not_in_the_bin(&member) {
        return Ok(elsewhere);
    }
    if member.version != form.version || member.merged_into.is_some() {
        return Err(Error::Conflict);
    }
    if normalize_name(&form.name) != member.details.name.as_str() {
        let mut problems = Problems::none();
        problems.add("name", Message::new("erasing-name-differs"));
        let shown = erase_page(&mut write, page, &member, &form.name, &problems).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response());
    }
    let uploads = uploads::folder(&app.db);
    super::erase(&mut write, (&viewer).into(), &member, &uploads).await.map_err(Error::internal)?;
    remember_answer(&mut write, &form.form, "/members/bin").await?;
    write.commit().await?;
    app.wake_upkeep();
    Ok(Notice::see_other("/members/bin", "notice-member-erased", &id.to_string()))
}
