//! `/reviews/enquiries`, and a paper found by its code.

use askama::Template;
use axum::extract::State as Shared;
use axum_extra::extract::Query;
use serde::Deserialize;

use super::{Enquiry, own, request_store, seen, store};
use crate::activities::today;
use crate::app::App;
use crate::lang::Message;
use crate::reviews::half_words;
use crate::text::PaperCode;
use crate::web::forms::{Field, Problems};
use crate::web::paging::Pager;
use crate::web::{Page, Permission, Result, Routes, Viewer, html, see_other};

/// How many enquiries a page shows.
const PAGE: usize = 50;

pub(super) fn routes(routes: Routes) -> Routes {
    routes.get("/reviews/enquiries", Permission::HoldReviews, list)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ListQuery {
    before: Option<i64>,
    /// The code of a paper.
    code: String,
}

#[derive(Template)]
#[template(path = "reviews/enquiries.html")]
struct ListPage {
    page: Page,
    rows: Vec<Row>,
    code: Field,
    pager: Pager,
}

struct Row {
    enquiry: Enquiry,
    half: String,
    until: String,
    /// Whether the day has passed, and answers are still waited for.
    overdue: bool,
}

async fn list(
    Shared(app): Shared<App>,
    page: Page,
    viewer: Viewer,
    Query(query): Query<ListQuery>,
) -> Result {
    let mut connection = app.db.read().await?;
    let mut problems = Problems::none();
    if !query.code.is_empty() {
        let found = match PaperCode::parse(&query.code) {
            Some(code) => request_store::by_code(&mut connection, &code).await?,
            None => None,
        };
        if let Some(request) = found
            && own(&mut connection, &viewer, request.enquiry_id).await.is_ok()
        {
            return Ok(see_other(&format!("/reviews/requests/{}", request.id)));
        }
        problems.add("code", Message::new("enquiries-code-unknown"));
    }
    let branches = seen(&viewer.scope);
    let (before, limit) =
        (query.before.unwrap_or(i64::MAX), i64::try_from(PAGE + 1).unwrap_or(i64::MAX));
    let mut found = store::list(&mut connection, branches.as_deref(), before, limit).await?;
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let next = found.last().filter(|_| more);
    let address = "/reviews/enquiries";
    let pager = Pager {
        first_url: query.before.map_or_else(String::new, |_| address.to_owned()),
        next_url: next.map_or_else(String::new, |last| format!("{address}?before={}", last.id)),
        ..Pager::default()
    };
    let today = today().to_string();
    let row = |enquiry: Enquiry| Row {
        half: half_words(&page, &enquiry.half),
        until: page.date(&enquiry.until),
        overdue: enquiry.ended_at.is_none() && enquiry.waiting > 0 && enquiry.until < today,
        enquiry,
    };
    html(&ListPage {
        rows: found.into_iter().map(row).collect(),
        code: Field::new(&page, "code", "cards-code")
            .value(&query.code)
            .hint(page.t("enquiries-code-hint"))
            .check(&page, &problems),
        pager,
        page,
    })
}
