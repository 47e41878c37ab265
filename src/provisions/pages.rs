//! `/letters/provisions`: what was passed on to committees, on a page and as a file.

use askama::Template;
use axum::body::Body;
use axum::extract::State;
use axum_extra::extract::Query;
use serde::{Deserialize, Serialize};

use super::record::{Row, Which, rows};
use crate::app::App;
use crate::committees::{self, CommitteeLine};
use crate::letters;
use crate::sheets::{csv_row, csv_start};
use crate::web::forms::{Choice, Field};
use crate::web::paging::Pager;
use crate::web::{Page, Permission, Result, Routes, Viewer, file, html};

/// How many provisions a page shows.
const PAGE: usize = 100;
/// How many lines a file holds at most.
const MOST: i64 = 100_000;

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::WriteLetters;
    routes.get("/letters/provisions", may, show).get("/letters/provisions.csv", may, csv)
}

/// Which provisions: the address of the list.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct ProvisionsQuery {
    #[serde(skip_serializing_if = "Option::is_none")]
    committee: Option<i64>,
    /// `letter`, `slips`, `feedback`, `forms` or `list`.
    #[serde(skip_serializing_if = "String::is_empty")]
    kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<String>,
}

impl ProvisionsQuery {
    fn which(&self, viewer: &Viewer) -> Which {
        Which {
            branches: letters::seen(&viewer.scope),
            committee: self.committee,
            kind: self.kind.clone(),
            after: self.after.clone(),
        }
    }

    fn url(&self, path: &str) -> String {
        let query = serde_html_form::to_string(self).unwrap_or_default();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }
}

#[derive(Template)]
#[template(path = "provisions/list.html")]
struct ListPage {
    page: Page,
    query: ProvisionsQuery,
    committee: Option<CommitteeLine>,
    kind: Field,
    rows: Vec<Row>,
    pager: Pager,
}

impl ListPage {
    fn is_narrowed(&self) -> bool {
        self.query.committee.is_some() || !self.query.kind.is_empty()
    }

    fn file_url(&self) -> String {
        let all = ProvisionsQuery { after: None, ..self.query.clone() };
        all.url("/letters/provisions.csv")
    }
}

async fn show(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Query(query): Query<ProvisionsQuery>,
) -> Result {
    let mut connection = app.db.snapshot().await?;
    let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let mut rows = rows(&mut connection, &page, &query.which(&viewer), limit).await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let next = rows.last().filter(|_| more).map(|row| row.key.clone());
    let url = |after: Option<String>| {
        ProvisionsQuery { after, ..query.clone() }.url("/letters/provisions")
    };
    let kinds = [
        ("", "provisions-any"),
        ("letter", "letters-title"),
        ("slips", "checkins-slip"),
        ("feedback", "enquiries-letter"),
        ("forms", "surveys-form"),
        ("list", "provisions-list"),
    ];
    let kinds = kinds.map(|(value, key)| Choice {
        value: value.to_owned(),
        label: page.t(key).to_owned(),
        chosen: value == query.kind,
        count: String::new(),
    });
    html(&ListPage {
        committee: match query.committee {
            Some(id) => committees::store::line(&mut connection, id).await?,
            None => None,
        },
        kind: Field::new(&page, "kind", "provisions-by-what").options(kinds.into()),
        pager: Pager {
            first_url: if query.after.is_some() { url(None) } else { String::new() },
            next_url: next.map_or_else(String::new, |next| url(Some(next))),
            ..Pager::default()
        },
        rows,
        query,
        page,
    })
}

async fn csv(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Query(query): Query<ProvisionsQuery>,
) -> Result {
    let mut connection = app.db.snapshot().await?;
    let rows = rows(&mut connection, &page, &query.which(&viewer), MOST).await?;
    let headers = [
        "provisions-day",
        "members-committee",
        "provisions-by-what",
        "layout-members",
        "provisions-fields",
        "provisions-by",
    ];
    let mut out = csv_start(headers.map(|key| page.t(key)));
    for row in &rows {
        let (members, fields) = (row.members.to_string(), row.fields.join("、"));
        let cells = [&row.day, &row.committee, &row.by_what, &members, &fields, &row.by]
            .map(String::as_str);
        csv_row(&mut out, cells);
    }
    let name = format!("{}.csv", page.t("provisions-title"));
    Ok(file(Body::from(out), &name, "text/csv; charset=utf-8"))
}
