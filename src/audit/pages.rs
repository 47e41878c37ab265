//! `/audit`: who did what to which record when.

use askama::Template;
use axum::extract::{Query, State};
use serde::{Deserialize, Serialize};

use super::store::{self, Filter, Line};
use super::words::{self, Said};
use super::{Action, Record};
use crate::accounts;
use crate::app::App;
use crate::db::{self, Connection};
use crate::web::forms::{Choice, Field};
use crate::web::paging::Pager;
use crate::web::{Page, Permission, Result, Routes, html};

/// How many lines a page shows.
const PAGE: i64 = 50;

/// The routes of this feature.
pub fn routes(routes: Routes) -> Routes {
    routes.get("/audit", Permission::ReadAudit, list)
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct AuditQuery {
    account: String,
    action: String,
    record: String,
    from: String,
    to: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<i64>,
}

impl AuditQuery {
    fn filter(&self) -> Filter {
        let some = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        Filter {
            account: self.account.parse().ok(),
            from_terminal: self.account == "terminal",
            action: some(&self.action),
            kind: some(&self.record),
            from: some(&self.from),
            // The whole last day: no hour sorts behind the sign.
            to: some(&self.to).map(|day| format!("{day}~")),
            before: self.after,
        }
    }

    fn url(&self, after: Option<i64>) -> String {
        let query = Self { after, ..self.clone() };
        format!("/audit?{}", serde_html_form::to_string(&query).unwrap_or_default())
    }
}

#[derive(Template)]
#[template(path = "audit/list.html")]
struct AuditPage {
    page: Page,
    account: Field,
    action: Field,
    record: Field,
    from: Field,
    to: Field,
    /// Whether it shows only a part of the log.
    narrowed: bool,
    rows: Vec<Row>,
    pager: Pager,
}

struct Row {
    at: String,
    by: String,
    action: &'static str,
    record: String,
    url: String,
    said: Said,
}

async fn list(State(app): State<App>, page: Page, Query(query): Query<AuditQuery>) -> Result {
    let mut connection = app.db.read().await?;
    let mut lines = store::lines(&mut connection, &query.filter(), PAGE + 1).await?;
    let more = lines.len() > usize::try_from(PAGE).unwrap_or(usize::MAX);
    lines.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    let last = lines.last().map(|line| line.id);
    let choice = |value: String, label: &str, chosen: &str| Choice {
        chosen: value == chosen,
        value,
        label: label.to_owned(),
        count: String::new(),
    };
    let mut people = vec![
        choice(String::new(), page.t("audit-anyone"), &query.account),
        choice("terminal".to_owned(), page.t("history-by-terminal"), &query.account),
    ];
    for account in accounts::store::accounts(&mut connection).await? {
        people.push(choice(account.id.to_string(), &account.display_name, &query.account));
    }
    let mut actions = vec![choice(String::new(), page.t("audit-anything"), &query.action)];
    for action in Action::ALL {
        actions.push(choice(action.name().to_owned(), page.t(action.key()), &query.action));
    }
    let mut kinds = vec![choice(String::new(), page.t("audit-any-record"), &query.record)];
    for record in Record::KINDS {
        kinds.push(choice(record.parts().0.to_owned(), page.t(record.key()), &query.record));
    }
    let mut rows = Vec::with_capacity(lines.len());
    for line in lines {
        rows.push(row(&mut connection, &page, line).await?);
    }
    let day = |name: &str, key: &'static str, value: &str| {
        Field::new(&page, name, key).kind("date", "off").value(value)
    };
    html(&AuditPage {
        account: Field::new(&page, "account", "audit-by").options(people),
        action: Field::new(&page, "action", "audit-what").options(actions),
        record: Field::new(&page, "record", "audit-record").options(kinds),
        from: day("from", "audit-from", &query.from),
        to: day("to", "audit-to", &query.to),
        narrowed: [&query.account, &query.action, &query.record, &query.from, &query.to]
            .iter()
            .any(|asked| !asked.is_empty()),
        rows,
        pager: Pager {
            first_url: if query.after.is_some() { query.url(None) } else { String::new() },
            next_url: if more { query.url(last) } else { String::new() },
            ..Pager::default()
        },
        page,
    })
}

async fn row(connection: &mut Connection, page: &Page, line: Line) -> db::Result<Row> {
    let action = line.action();
    let (record, url) = words::record(connection, page, &line).await?;
    let said = words::said(connection, page, &line).await?;
    let by_link = line.is_by_link();
    Ok(Row {
        at: page.time(&line.at),
        by: line.by.unwrap_or_else(|| {
            page.t(match action {
                Some(action) if action.is_by_server() => "audit-by-itself",
                _ if by_link => "audit-by-link",
                _ => "history-by-terminal",
            })
            .to_owned()
        }),
        action: action.map_or("", |action| page.t(action.key())),
        record,
        url,
        said,
    })
}
