//! A branch's goal for a half-year, with each area; and taking it back.

use askama::Template;
use axum::extract::{Path, State};
use axum_extra::extract::Form;
use serde::Deserialize;

use super::list_pages::Standing;
use super::{Goal, PLACES, Progress, place_key, progress, registry, store};
use crate::activities::{HalfYear, today};
use crate::app::App;
use crate::db::Connection;
use crate::lists::{self, List};
use crate::web::{
    Error, Notice, Page, Permission, Result, Routes, Viewer, already_answered, html,
    remember_answer, see_other,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::SetGoals;
    routes.get("/goals/{branch}/{half}", may, show).post(
        "/goals/{branch}/{half}/remove",
        may,
        remove,
    )
}

/// The name of a branch, if it is the viewer's to see; and the half-year of this code.
pub(super) async fn meant(
    connection: &mut Connection,
    viewer: &Viewer,
    (branch, half): (i64, &str),
) -> Result<(String, HalfYear)> {
    viewer.must_cover(Some(branch))?;
    let half = HalfYear::parse(half).ok_or(Error::NotFound)?;
    let names = lists::names(connection, List::Branches).await?;
    let found = names.into_iter().find(|(id, _)| *id == branch);
    Ok((found.ok_or(Error::NotFound)?.1, half))
}

#[derive(Template)]
#[template(path = "goals/show.html")]
struct ShowPage {
    page: Page,
    branch: i64,
    name: String,
    half: HalfYear,
    words: String,
    goal: Option<Goal>,
    rows: Vec<PlaceRow>,
}

/// All areas together, or one.
struct PlaceRow {
    name: &'static str,
    measures: [Standing; 3],
}

async fn show(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path((branch, half)): Path<(i64, String)>,
) -> Result {
    let mut connection = app.db.snapshot().await?;
    let (name, half) = meant(&mut connection, &viewer, (branch, &half)).await?;
    let goal = store::of_branch(&mut connection, branch, half).await?;
    let of = [branch];
    let mut done = progress(&mut connection, half, today(), true, Some(of.as_slice())).await?;
    let done: Progress = done.remove(&branch).unwrap_or_default();
    let numbers = PLACES.into_iter().enumerate().map(|(at, place)| {
        let numbers = goal.as_ref().and_then(|goal| goal.numbers.places().nth(at));
        (place, numbers.map(|(_, numbers)| numbers).unwrap_or_default())
    });
    let row = |(place, numbers)| PlaceRow {
        name: page.t(place_key(place)),
        measures: Standing::all(&page, &numbers, done.now(place), done.before(place)),
    };
    html(&ShowPage {
        rows: numbers.map(row).collect(),
        words: half.words(page.language()),
        branch,
        name,
        half,
        goal,
        page,
    })
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RemoveForm {
    version: i64,
    form: String,
}

async fn remove(
    State(app): State<App>,
    viewer: Viewer,
    Path((branch, half)): Path<(i64, String)>,
    Form(form): Form<RemoveForm>,
) -> Result {
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let (name, half) = meant(&mut write, &viewer, (branch, &half)).await?;
    let goal = store::of_branch(&mut write, branch, half).await?.ok_or(Error::NotFound)?;
    let location = format!("/goals/{branch}/{}", half.code());
    if goal.version != form.version {
        return Ok(Notice::see_other(&location, "notice-goal-changed-warning", &name));
    }
    registry::remove(&mut write, (&viewer).into(), &goal).await?;
    remember_answer(&mut write, &form.form, &location).await?;
    write.commit().await?;
    Ok(Notice::see_other(&location, "notice-goal-removed", &name))
}
