//! `/me/times`: when a member can help, if they want to say so.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::Form;
use serde::{Deserialize, Serialize};

use super::own;
use crate::app::App;
use crate::needs::{Grid, Times, registry, store};
use crate::web::{
    Difference, Draft, Error, Fact, Notice, Page, Permission, Result, Routes, Viewer,
    already_answered, differing, html, remember_answer, see_other,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::OwnRecord;
    routes.get("/me/times", may, show).post("/me/times", may, change)
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct TimesForm {
    times: Vec<String>,
    version: i64,
    form: String,
}

#[derive(Template)]
#[template(path = "people/times.html")]
struct TimesPage {
    page: Page,
    times: Grid,
    version: i64,
    conflict: Vec<Difference>,
}

fn times_page(page: Page, form: &TimesForm) -> TimesPage {
    let times = Grid::new(&page, "needs-free", "needs-free-hint", &form.times);
    TimesPage { times, version: form.version, conflict: Vec::new(), page }
}

async fn show(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Draft(draft): Draft<TimesForm>,
) -> Result {
    let mut connection = app.db.read().await?;
    let member = own(&mut connection, &viewer).await?;
    let kept = store::member_times(&mut connection, member.id).await?;
    let (times, version) = kept.unwrap_or_default();
    let form =
        draft.unwrap_or_else(|| TimesForm { times: times.ticked(), version, form: String::new() });
    html(&times_page(page, &form))
}

async fn change(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Form(form): Form<TimesForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let member = own(&mut write, &viewer).await?;
    let (theirs, version) = store::member_times(&mut write, member.id).await?.unwrap_or_default();
    let Ok(mine) = Times::parse(&form.times) else {
        return Err(Error::BadRequest("a time that no grid of ours sends"));
    };
    if version != form.version {
        // Saving again from the page that showed both versions says: mine.
        let opened = TimesForm { version, ..form };
        let fact = |times: Times| [Fact { label: page.t("needs-free"), text: times.words(&page) }];
        let conflict = differing(fact(theirs), fact(mine));
        let shown = TimesPage { conflict, ..times_page(page, &opened) };
        return Ok((StatusCode::CONFLICT, html(&shown)?).into_response());
    }
    if mine != theirs {
        registry::set_member_times(&mut write, (&viewer).into(), member.id, mine).await?;
    }
    remember_answer(&mut write, &form.form, "/me").await?;
    write.commit().await?;
    Ok(Notice::see_other("/me", "notice-own-saved", ""))
}
