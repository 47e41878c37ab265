//! Letters on paper: one A4 job, each with the committee's link and a slip to send back; or, of
//! those that nobody answered, a reminder each; or as a file for Word and WPS.

use askama::Template;
use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::HOST;
use axum_extra::extract::Query;
use serde::Deserialize;
use serde_json::json;

use super::board_pages::BoardQuery;
use super::sheet::Sheet;
use super::store::LetterLine;
use super::{issue, links, packets, store, word};
use crate::app::App;
use crate::audit::{self, Action, Record};
use crate::web::word::KIND;
use crate::web::{Error, Page, Permission, Result, Routes, Viewer, file, html};

/// The most letters of one job.
const MOST: i64 = 2000;

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::WriteLetters;
    routes.get("/letters/print", may, print).get("/letters/print.docx", may, document)
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct What {
    /// `reminder`: not the letters but a reminder of each.
    what: String,
}

#[derive(Template)]
#[template(path = "letters/print.html")]
struct PrintPage {
    page: Page,
    back: String,
    sheets: Vec<Sheet>,
    reminder: bool,
    count: String,
    /// The same as a file for Word and WPS.
    file_url: String,
}

async fn print(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    headers: HeaderMap,
    Query(query): Query<BoardQuery>,
    Query(what): Query<What>,
) -> Result {
    let (lines, sheets) = printed(&app, &viewer, &headers, &query).await?;
    let back = match lines.as_slice() {
        [only] if !query.id.is_empty() => format!("/letters/{}", only.id),
        _ if query.id.is_empty() => query.url("/letters"),
        _ => "/letters".to_owned(),
    };
    let count = page.t1("letters-sheets", "count", sheets.len());
    let file_url = query.url("/letters/print.docx");
    let reminder = what.what == "reminder";
    html(&PrintPage { back, reminder, sheets, count, file_url, page })
}

/// The same letters as one file for those who finish them in Word or WPS.
async fn document(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    headers: HeaderMap,
    Query(query): Query<BoardQuery>,
) -> Result {
    let (lines, sheets) = printed(&app, &viewer, &headers, &query).await?;
    if sheets.is_empty() {
        return Err(Error::NotFound);
    }
    let bytes = tokio::task::spawn_blocking(move || word::document(&sheets));
    let bytes = bytes.await.map_err(Error::internal)??;
    let name = match lines.as_slice() {
        [only] => format!("{} {}", only.committee, only.reference),
        _ => page.t("letters-title").to_owned(),
    };
    let name = format!("{}.docx", name.trim());
    Ok(file(Body::from(bytes), &name, KIND))
}

/// The letters of a job, each with a link of its own, noted as printed.
async fn printed(
    app: &App,
    viewer: &Viewer,
    headers: &HeaderMap,
    query: &BoardQuery,
) -> Result<(Vec<LetterLine>, Vec<Sheet>)> {
    let mut write = app.db.write().await?;
    let listed = query.listed(viewer);
    let lines = store::lines(&mut write, &listed, MOST).await?;
    let days = store::settings(&mut write).await?.map_or(super::LINK_DAYS, |kept| kept.link_days);
    let mut sheets = Vec::with_capacity(lines.len());
    for line in &lines {
        let letter = store::letter(&mut write, line.id, listed.branches.as_deref()).await?;
        let letter = letter.ok_or(Error::NotFound)?;
        let Some(sheet) = issue::sheet(&mut write, &letter).await? else { continue };
        sheets.push(if letter.state.is_live() {
            let path = links::make(&mut write, letter.id, days).await?;
            sheet.with_link(address(app, headers, &path))
        } else {
            sheet
        });
    }
    let ids: Vec<i64> = lines.iter().map(|line| line.id).collect();
    packets::mark_printed(&mut write, &ids).await?;
    let detail = json!({ "letters": sheets.len() });
    let record = match lines.as_slice() {
        [only] => Record::Letter(only.id),
        _ => Record::None,
    };
    audit::record(&mut write, viewer.into(), Action::LettersPrinted, record, detail).await?;
    write.commit().await?;
    Ok((lines, sheets))
}

/// A committee's link as it is printed.
pub(super) fn address(app: &App, headers: &HeaderMap, path: &str) -> String {
    format!("{}{path}", origin(app, headers))
}

/// The beginning of an address that is printed.
pub(crate) fn origin(app: &App, headers: &HeaderMap) -> String {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    app.settings.origin(host)
}
