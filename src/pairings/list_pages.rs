//! `/pairings`: those whose visit is overdue, those that last, those that ended.

use askama::Template;
use axum::extract::{Query, State};
use serde::{Deserialize, Serialize};

use super::Rhythm;
use super::store::{self, NO_DAY, PairingLine, Which};
use crate::addresses::today;
use crate::app::App;
use crate::web::paging::Pager;
use crate::web::{Page, Permission, Result, Routes, Viewer, html};

pub(super) fn routes(routes: Routes) -> Routes {
    routes.get("/pairings", Permission::ServeNeeds, list)
}

/// How many pairings a page shows.
const PAGE: usize = 50;

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct ListQuery {
    /// `overdue`, `ended`, or all that last.
    #[serde(skip_serializing_if = "String::is_empty")]
    show: String,
    /// The day of the last pairing of the page before.
    #[serde(skip_serializing_if = "String::is_empty")]
    day: String,
    /// Its `id`.
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<i64>,
}

impl ListQuery {
    fn which(&self) -> Which {
        match self.show.as_str() {
            "overdue" => Which::Overdue,
            "ended" => Which::Ended,
            _ => Which::Lasting,
        }
    }

    fn url(&self) -> String {
        let query = serde_html_form::to_string(self).unwrap_or_default();
        if query.is_empty() { "/pairings".to_owned() } else { format!("/pairings?{query}") }
    }
}

#[derive(Template)]
#[template(path = "pairings/list.html")]
struct ListPage {
    page: Page,
    show: String,
    rows: Vec<Row>,
    pager: Pager,
}

struct Row {
    line: PairingLine,
    rhythm: &'static str,
    next: String,
    overdue: bool,
    ended: String,
    others: String,
}

async fn list(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Query(query): Query<ListQuery>,
) -> Result {
    let mut connection = app.db.read().await?;
    let today = today();
    let after = query.after.map(|id| (query.day.as_str(), id));
    let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let (which, scope) = (query.which(), &viewer.scope);
    let mut lines = store::lines(&mut connection, which, scope, &today, after, limit).await?;
    let more = lines.len() > PAGE;
    lines.truncate(PAGE);
    let next = lines.last().filter(|_| more).map(|line| {
        let day = line.ended_at.as_deref().or(line.next_visit.as_deref()).unwrap_or(NO_DAY);
        ListQuery { day: day.to_owned(), after: Some(line.id), ..query.clone() }.url()
    });
    let first = ListQuery { show: query.show.clone(), ..ListQuery::default() }.url();
    let rows = lines.into_iter().map(|line| Row {
        rhythm: Rhythm::from_name(&line.rhythm).map_or("", |rhythm| page.t(rhythm.key())),
        overdue: line.next_visit.as_deref().is_some_and(|day| day < today.as_str()),
        next: line.next_visit.as_deref().map_or_else(String::new, |day| page.date(day)),
        ended: line.ended_at.as_deref().map_or_else(String::new, |at| page.time(at)),
        others: match line.all - line.seen {
            0 => String::new(),
            others => page.t1("pairings-others", "count", others),
        },
        line,
    });
    html(&ListPage {
        rows: rows.collect(),
        pager: Pager {
            first_url: if query.after.is_some() { first } else { String::new() },
            next_url: next.unwrap_or_default(),
            ..Pager::default()
        },
        show: query.show,
        page,
    })
}
