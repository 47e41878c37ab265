//! A certificate on paper, again and again as it was made.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use serde::Deserialize;

use super::Sheet;
use super::give_pages::{Door, seen};
use crate::app::App;
use crate::lang::Language;
use crate::text::ProofCode;
use crate::web::{Page, Permission, Qr, Result, Routes, Viewer, html};

pub(super) fn routes(routes: Routes) -> Routes {
    routes.get("/me/certificates/{id}", Permission::OwnRecord, show_own).get(
        "/members/certificates/{id}",
        Permission::Commend,
        show,
    )
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct LanguageQuery {
    /// The language of the paper; empty: the reader's.
    lang: String,
}

#[derive(Template)]
#[template(path = "certificates/print.html")]
struct PrintPage {
    page: Page,
    back: String,
    here: String,
    sheet: Sheet,
    /// The address behind the code, and the code as it is written.
    url: String,
    code: String,
    qr: Option<Qr>,
    /// Whether the code opens nothing now.
    off: bool,
}

async fn show_own(
    app: State<App>,
    page: Page,
    viewer: Viewer,
    id: Path<i64>,
    query: Query<LanguageQuery>,
    headers: HeaderMap,
) -> Result {
    print(app, page, viewer, id, query, headers, Door::Own).await
}

async fn show(
    app: State<App>,
    page: Page,
    viewer: Viewer,
    id: Path<i64>,
    query: Query<LanguageQuery>,
    headers: HeaderMap,
) -> Result {
    print(app, page, viewer, id, query, headers, Door::Staff).await
}

async fn print(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Query(query): Query<LanguageQuery>,
    headers: HeaderMap,
    door: Door,
) -> Result {
    let host = headers.get("host").and_then(|host| host.to_str().ok()).unwrap_or_default();
    let origin = app.settings.origin(host);
    let mut connection = app.db.read().await?;
    let certificate = seen(&mut connection, &viewer, door, id).await?;
    let language: Language = query.lang.parse().unwrap_or_else(|()| page.language());
    let code = ProofCode::parse(&certificate.code).map_or_else(String::new, |code| code.written());
    let url = format!("{origin}/v/{code}");
    html(&PrintPage {
        back: door.place(certificate.member_id),
        here: door.of(id),
        sheet: Sheet::of(language, &certificate.content()?),
        qr: Qr::of(&url),
        url,
        code,
        off: !certificate.opens(),
        page,
    })
}
