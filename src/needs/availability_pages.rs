//! `/members/{id}/availability`: when a member can help, if they want to say so.

use askama::Template;
use axum::extract::{Path, State as From};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::Form;
use serde::{Deserialize, Serialize};

use super::times::Grid;
use super::{Times, registry, store};
use crate::app::App;
use crate::db::Connection;
use crate::members::{self, Member};
use crate::web::{
    Difference, Draft, Error, Fact, Notice, Page, Permission, Result, Routes, Viewer,
    already_answered, differing, html, remember_answer, see_other,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::ChangeMembers;
    routes.get("/members/{id}/availability", may, show).post(
        "/members/{id}/availability",
        may,
        change,
    )
}

/// A live record, if it is the viewer's to see.
pub(crate) async fn live_member(
    connection: &mut Connection,
    viewer: &Viewer,
    id: i64,
) -> Result<Member> {
    let member = members::store::member(connection, id).await?.ok_or(Error::NotFound)?;
    viewer.must_cover(member.details.branch)?;
    if member.removed_at.is_some() {
        return Err(Error::NotFound);
    }
    Ok(member)
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct TimesForm {
    times: Vec<String>,
    version: i64,
    form: String,
}

#[derive(Template)]
#[template(path = "needs/availability.html")]
struct TimesPage {
    page: Page,
    id: i64,
    name: String,
    times: Grid,
    version: i64,
    conflict: Vec<Difference>,
}

fn times_page(page: Page, member: &Member, form: &TimesForm) -> TimesPage {
    TimesPage {
        id: member.id,
        name: member.details.name.as_str().to_owned(),
        times: Grid::new(&page, "needs-free", "needs-free-hint", &form.times),
        version: form.version,
        conflict: Vec::new(),
        page,
    }
}

async fn show(
    From(app): From<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Draft(draft): Draft<TimesForm>,
) -> Result {
    let mut connection = app.db.read().await?;
    let member = live_member(&mut connection, &viewer, id).await?;
    let (times, version) = store::member_times(&mut connection, id).await?.unwrap_or_default();
    let form =
        draft.unwrap_or_else(|| TimesForm { times: times.ticked(), version, form: String::new() });
    html(&times_page(page, &member, &form))
}

async fn change(
    From(app): From<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(form): Form<TimesForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let member = live_member(&mut write, &viewer, id).await?;
    let (theirs, version) = store::member_times(&mut write, id).await?.unwrap_or_default();
    let Ok(mine) = Times::parse(&form.times) else {
        return Err(Error::BadRequest("a time that no grid of ours sends"));
    };
    if version != form.version {
        // Saving again from the page that showed both versions says: mine.
        let opened = TimesForm { version, ..form };
        let fact = |times: Times| [Fact { label: page.t("needs-free"), text: times.words(&page) }];
        let conflict = differing(fact(theirs), fact(mine));
        let shown = TimesPage { conflict, ..times_page(page, &member, &opened) };
        return Ok((StatusCode::CONFLICT, html(&shown)?).into_response());
    }
    if mine != theirs {
        registry::set_member_times(&mut write, (&viewer).into(), id, mine).await?;
    }
    let location = format!("/members/{id}/needs");
    remember_answer(&mut write, &form.form, &location).await?;
    write.commit().await?;
    Ok(Notice::see_other(&location, "notice-saved", member.details.name.as_str()))
}
