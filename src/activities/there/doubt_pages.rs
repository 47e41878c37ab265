//! The worklist of what committees say is wrong about parts in activities.

use askama::Template;
use axum::extract::{Path, State};

use super::Wrong;
use super::store::{self, Doubt};
use crate::activities::people;
use crate::app::App;
use crate::audit::Action;
use crate::web::{Error, Notice, Page, Permission, Result, Routes, Viewer, html};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::RecordActivities;
    routes.get("/activities/doubts", may, list).post("/activities/doubts/{id}", may, settle)
}

#[derive(Template)]
#[template(path = "activities/doubts.html")]
struct ListPage {
    page: Page,
    rows: Vec<Row>,
}

struct Row {
    doubt: Doubt,
    day: String,
    what: &'static str,
    at: String,
}

async fn list(State(app): State<App>, page: Page, viewer: Viewer) -> Result {
    let doubts = store::doubts(&mut *app.db.read().await?, &viewer.scope).await?;
    let rows = doubts.into_iter().map(|doubt| Row {
        day: page.date(&doubt.day),
        what: Wrong::from_name(&doubt.what).map_or("", |what| page.t(what.key())),
        at: page.time(&doubt.at),
        doubt,
    });
    html(&ListPage { rows: rows.collect(), page })
}

async fn settle(State(app): State<App>, viewer: Viewer, Path(id): Path<i64>) -> Result {
    let mut write = app.db.write().await?;
    let doubts = store::doubts(&mut write, &viewer.scope).await?;
    let doubt = doubts.into_iter().find(|doubt| doubt.id == id).ok_or(Error::NotFound)?;
    let actor = (&viewer).into();
    store::settle(&mut write, actor, id).await?;
    let (activity, member) = (doubt.activity_id, doubt.member_id);
    people::record(&mut write, actor, Action::DoubtSettled, activity, member).await?;
    write.commit().await?;
    Ok(Notice::see_other("/activities/doubts", "notice-doubt-settled", &doubt.name))
}
