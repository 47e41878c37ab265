//! `/needs/wishes`, `/needs/posts`, `/needs/days`.

use askama::Template;
use axum::extract::State;
use axum_extra::extract::Query;
use serde::Deserialize;

use super::{Kind, Offer, store};
use crate::app::App;
use crate::web::paging::Pager;
use crate::web::{Page, Permission, Result, Routes, html};

/// How many offers a page shows.
const PAGE: i64 = 50;

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::ServeNeeds;
    routes.get("/needs/wishes", may, wishes).get("/needs/posts", may, posts).get(
        "/needs/days",
        may,
        days,
    )
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ListQuery {
    /// `ended`: those that ended.
    show: String,
    before: Option<i64>,
}

#[derive(Template)]
#[template(path = "offers/list.html")]
struct ListPage {
    page: Page,
    kind: Kind,
    ended: bool,
    rows: Vec<Offer>,
    pager: Pager,
}

async fn wishes(state: State<App>, page: Page, query: Query<ListQuery>) -> Result {
    list(state, page, query, Kind::Wish).await
}

async fn posts(state: State<App>, page: Page, query: Query<ListQuery>) -> Result {
    list(state, page, query, Kind::Post).await
}

async fn days(state: State<App>, page: Page, query: Query<ListQuery>) -> Result {
    list(state, page, query, Kind::Day).await
}

async fn list(
    State(app): State<App>,
    page: Page,
    Query(query): Query<ListQuery>,
    kind: Kind,
) -> Result {
    let ended = query.show == "ended";
    let before = query.before.unwrap_or(i64::MAX);
    let mut connection = app.db.read().await?;
    let mut rows = store::list(&mut connection, kind, ended, before, PAGE + 1).await?;
    let shown = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = rows.len() > shown;
    rows.truncate(shown);
    let show = if ended { "show=ended&" } else { "" };
    let next = rows.last().filter(|_| more);
    let pager = Pager {
        first_url: query.before.map_or_else(String::new, |_| format!("{}?{show}", kind.list())),
        next_url: next
            .map_or_else(String::new, |last| format!("{}?{show}before={}", kind.list(), last.id)),
        ..Pager::default()
    };
    html(&ListPage { page, kind, ended, rows, pager })
}
