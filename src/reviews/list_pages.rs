//! `/reviews`: the branches' reviews of a half-year.

use std::collections::HashMap;

use askama::Template;
use axum::extract::State as Shared;
use axum_extra::extract::{Form, Query};
use serde::Deserialize;
use serde_json::json;

use super::review_store::{self, Extent};
use super::{Review, half_choices, half_of, registry};
use crate::activities::{HalfYear, today};
use crate::app::App;
use crate::lists::{self, List};
use crate::web::forms::Field;
use crate::web::{
    Error, Notice, Page, Permission, Result, Routes, Viewer, already_answered, html,
    remember_answer, see_other,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::HoldReviews;
    routes.get("/reviews", may, list).post("/reviews", may, open)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ListQuery {
    half: String,
}

#[derive(Template)]
#[template(path = "reviews/list.html")]
struct ListPage {
    page: Page,
    half: Field,
    code: String,
    rows: Vec<Row>,
}

/// A branch and its review.
struct Row {
    branch_id: i64,
    branch: String,
    extent: Extent,
    /// Its review; `None`: nobody opened one yet.
    review: Option<Review>,
    stage: &'static str,
    tone: &'static str,
    held_on: String,
}

async fn list(
    Shared(app): Shared<App>,
    page: Page,
    viewer: Viewer,
    Query(query): Query<ListQuery>,
) -> Result {
    let half = half_of(&query.half);
    let mut connection = app.db.snapshot().await?;
    let mut reviews = review_store::of_half(&mut connection, half).await?;
    let mut branches = lists::names(&mut connection, List::Branches).await?;
    // What a branch was that is part of another now keeps the review that it had.
    for review in &reviews {
        if branches.iter().all(|(id, _)| *id != review.branch_id) {
            branches.push((review.branch_id, review.branch.clone()));
        }
    }
    branches.retain(|(id, _)| viewer.scope.covers(Some(*id)));
    let ids = json!(branches.iter().map(|(id, _)| id).collect::<Vec<_>>()).to_string();
    let extents: HashMap<i64, Extent> = review_store::extents(&mut connection, &ids, half)
        .await?
        .into_iter()
        .map(|extent| (extent.branch_id, extent))
        .collect();
    let row = |(branch_id, branch): (i64, String)| {
        let place = reviews.iter().position(|review| review.branch_id == branch_id);
        let review = place.map(|place| reviews.swap_remove(place));
        let stage = review.as_ref().map(Review::stage);
        let held_on = review.as_ref().and_then(|review| review.held_on.as_deref());
        Row {
            extent: extents.get(&branch_id).copied().unwrap_or_default(),
            stage: stage.map_or("", |stage| page.t(stage.key())),
            tone: stage.map_or("", |stage| stage.tone()),
            held_on: held_on.map_or_else(String::new, |day| page.date(day)),
            branch_id,
            branch,
            review,
        }
    };
    let rows = branches.into_iter().map(row).collect();
    html(&ListPage {
        half: Field::new(&page, "half", "enquiries-half").options(half_choices(&page, half)),
        code: half.code(),
        rows,
        page,
    })
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct OpenForm {
    half: String,
    branch: i64,
    form: String,
}

async fn open(Shared(app): Shared<App>, viewer: Viewer, Form(form): Form<OpenForm>) -> Result {
    let half = HalfYear::parse(&form.half).filter(|half| *half <= HalfYear::of(today()));
    let half = half.ok_or(Error::BadRequest("no such half-year"))?;
    viewer.must_cover(Some(form.branch))?;
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let branches = lists::names(&mut write, List::Branches).await?;
    let (_, name) =
        branches.into_iter().find(|(id, _)| *id == form.branch).ok_or(Error::NotFound)?;
    let id = match registry::open(&mut write, (&viewer).into(), form.branch, half).await? {
        Some(id) => id,
        // Someone else opened it a moment ago.
        None => {
            let review = review_store::of_branch(&mut write, form.branch, half).await?;
            review.ok_or(Error::NotFound)?.id
        }
    };
    let location = format!("/reviews/{id}");
    remember_answer(&mut write, &form.form, &location).await?;
    write.commit().await?;
    Ok(Notice::see_other(&location, "notice-review-opened", &name))
}
