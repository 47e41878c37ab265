//! `/meetings/tasks`: what is to be followed up after all meetings; and a task that is done.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum_extra::extract::Form;
use serde::{Deserialize, Serialize};

use super::edit_pages::{open_line, record};
use super::list::LineRow;
use super::store;
use crate::app::App;
use crate::audit::Action;
use crate::web::paging::Pager;
use crate::web::{Notice, Page, Permission, Result, Routes, Viewer, html, see_other};

/// How many tasks a page shows.
const PAGE: usize = 50;
/// The day of a task that names none, by which it comes last.
const NO_DAY: &str = "9999-12-31";

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::HoldMeetings;
    routes.get("/meetings/tasks", may, show).post("/meetings/lines/{id}/done", may, done)
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct TasksQuery {
    /// The last task of the page before: its day and `id`.
    after: String,
}

#[derive(Template)]
#[template(path = "meetings/tasks.html")]
struct TasksPage {
    page: Page,
    rows: Vec<LineRow>,
    pager: Pager,
}

async fn show(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Query(query): Query<TasksQuery>,
) -> Result {
    let mut connection = app.db.read().await?;
    let place = query.after.split_once('_');
    let place = place.and_then(|(day, id)| Some((day, id.parse().ok()?))).unwrap_or(("", 0));
    let more = i64::try_from(PAGE).unwrap_or(i64::MAX) + 1;
    let mut lines = store::open_tasks(&mut connection, place, more).await?;
    let more = lines.len() > PAGE;
    lines.truncate(PAGE);
    let last = lines.last().filter(|_| more);
    let next_url = last.map_or_else(String::new, |last| {
        let day = last.due.as_deref().unwrap_or(NO_DAY);
        format!("/meetings/tasks?after={day}_{}", last.id)
    });
    let first_url =
        if query.after.is_empty() { String::new() } else { "/meetings/tasks".to_owned() };
    let row = |line| LineRow::of(&page, &viewer.scope, line);
    html(&TasksPage {
        rows: lines.into_iter().map(row).collect(),
        pager: Pager { first_url, next_url, ..Pager::default() },
        page,
    })
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct DoneForm {
    /// `yes`, or anything else when it is not done after all.
    done: String,
    /// `tasks`: back to the list of all.
    from: String,
}

async fn done(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(form): Form<DoneForm>,
) -> Result {
    let mut write = app.db.write().await?;
    let line = open_line(&mut write, id).await?;
    let done = form.done == "yes";
    if store::set_done(&mut write, id, done).await? {
        let action = if done { Action::TaskDone } else { Action::TaskReopened };
        record(&mut write, &viewer, action, line.meeting).await?;
        write.commit().await?;
    }
    Ok(match form.from.as_str() {
        "tasks" if done => Notice::see_other("/meetings/tasks", "notice-task-done", &line.title),
        "tasks" => see_other("/meetings/tasks"),
        _ => see_other(&format!("/meetings/{}#task", line.meeting)),
    })
}
