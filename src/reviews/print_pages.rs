//! Members' pages of a review: one to look at, and those of the whole branch on paper.

use askama::Template;
use axum::extract::{Path, State as Shared};
use axum_extra::extract::Query;
use serde::Deserialize;
use serde_json::json;

use super::{Review, Sheet, half_words, pages_of, review_pages};
use crate::app::App;
use crate::audit::{self, Action, Record};
use crate::web::{Error, Page, Permission, Result, Routes, Viewer, html};

/// The most pages of one job; a larger branch is printed in several.
const MOST: usize = 500;

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::HoldReviews;
    routes.get("/reviews/{id}/page", may, look).get("/reviews/{id}/print", may, print)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct WhoseQuery {
    /// `members.id`; without one, the whole branch's.
    member: Option<i64>,
    /// The place of the last member of the job before.
    after: Option<i64>,
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
    /// The next job of a branch that takes several; empty otherwise.
    next_url: String,
    /// How many members this job has, of a branch that takes several; empty otherwise.
    job: String,
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
    let sheet = pages_of::member(&mut connection, &review, member).await?;
    let (_, sheet) = sheet.ok_or(Error::NotFound)?;
    html(&PrintPage {
        half: half_words(&page, &review.half),
        sheets: vec![sheet],
        print_url: format!("/reviews/{id}/print?member={member}"),
        next_url: String::new(),
        job: String::new(),
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
    let (found, next) = match query.member {
        Some(member) => {
            let sheet = pages_of::member(&mut write, &review, member).await?;
            (vec![sheet.ok_or(Error::NotFound)?], None)
        }
        None => pages_of::members(&mut write, &review, query.after, MOST).await?,
    };
    let mut sheets = Vec::with_capacity(found.len());
    for (member, sheet) in found {
        let (action, detail) = (Action::ReviewPrinted, json!({ "review": id }));
        audit::record(&mut write, (&viewer).into(), action, Record::Member(member), detail).await?;
        sheets.push(sheet);
    }
    write.commit().await?;
    let several = next.is_some() || query.after.is_some();
    html(&PrintPage {
        half: half_words(&page, &review.half),
        job: if several {
            page.t1("reviews-print-job", "count", sheets.len())
        } else {
            String::new()
        },
        next_url: next.map_or_else(String::new, |next| format!("/reviews/{id}/print?after={next}")),
        sheets,
        print_url: String::new(),
        review,
        page,
    })
}
