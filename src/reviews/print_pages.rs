//! Members' pages of a review: one to look at, and those of the whole branch on paper. A closed
//! review's are what they were when it was closed.

use askama::Template;
use axum::extract::{Path, State as Shared};
use axum_extra::extract::Query;
use serde::Deserialize;
use serde_json::json;

use super::{Review, Sheet, Stage, half_words, review_pages, review_store, sheet_store};
use crate::app::App;
use crate::audit::{self, Action, Record};
use crate::db::Connection;
use crate::web::{Error, Page, Permission, Result, Routes, Viewer, html};

/// The most pages of one job.
const MOST: i64 = 2000;

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::HoldReviews;
    routes.get("/reviews/{id}/page", may, look).get("/reviews/{id}/print", may, print)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct WhoseQuery {
    /// `members.id`; without one, the whole branch's.
    member: Option<i64>,
}

#[derive(Template)]
#[template(path = "reviews/print.html")]
struct PrintPage {
    page: Page,
    review: Review,
    half: String,
    sheets: Vec<Sheet>,
    /// The page from which this one member's is printed; empty where it is printed now.
    print_url: String,
}

/// The pages of a review, or of one of its members, each with its member.
async fn sheets(
    connection: &mut Connection,
    review: &Review,
    member: Option<i64>,
) -> Result<Vec<(i64, Sheet)>> {
    if review.stage() == Stage::Closed {
        let kept = review_store::pages(connection, review.id, member, 0, MOST).await?;
        return Ok(kept.into_iter().map(|(_, member, sheet)| (member, sheet)).collect());
    }
    let members = match member {
        Some(id) => {
            let member = sheet_store::member(connection, review.branch_id, id).await?;
            member.into_iter().collect()
        }
        None => sheet_store::members(connection, review.branch_id, -1, MOST).await?,
    };
    let frame = sheet_store::frame(connection, review).await?;
    let (half, id) = (review.half_year(), Some(review.id));
    Ok(sheet_store::sheets(connection, &frame, half, id, &members).await?)
}

async fn look(
    Shared(app): Shared<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Query(query): Query<WhoseQuery>,
) -> Result {
    let mut connection = app.db.snapshot().await?;
    let review = review_pages::own(&mut connection, &viewer, id).await?;
    let member = query.member.ok_or(Error::NotFound)?;
    let sheets = sheets(&mut connection, &review, Some(member)).await?;
    if sheets.is_empty() {
        return Err(Error::NotFound);
    }
    html(&PrintPage {
        half: half_words(&page, &review.half),
        sheets: sheets.into_iter().map(|(_, sheet)| sheet).collect(),
        print_url: format!("/reviews/{id}/print?member={member}"),
        review,
        page,
    })
}

/// The pages as they are printed; whose they are is written into the log.
async fn print(
    Shared(app): Shared<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Query(query): Query<WhoseQuery>,
) -> Result {
    let mut write = app.db.write().await?;
    let review = review_pages::own(&mut write, &viewer, id).await?;
    let found = sheets(&mut write, &review, query.member).await?;
    if found.is_empty() && query.member.is_some() {
        return Err(Error::NotFound);
    }
    let mut sheets = Vec::with_capacity(found.len());
    for (member, sheet) in found {
        let (action, detail) = (Action::ReviewPrinted, json!({ "review": id }));
        audit::record(&mut write, (&viewer).into(), action, Record::Member(member), detail).await?;
        sheets.push(sheet);
    }
    write.commit().await?;
    let half = half_words(&page, &review.half);
    html(&PrintPage { half, sheets, print_url: String::new(), review, page })
}
