//! Requests on paper: one A4 job, each with its members, room for the committee's words, its
//! signature and stamp, a code by which the paper is found again, and the committee's link where
//! it has a page.

use askama::Template;
use axum::extract::{Path, State as Shared};
use axum::http::HeaderMap;
use axum_extra::extract::Query;
use serde_json::json;

use super::enquiry_pages::{MOST, RequestsQuery};
use super::request_store::Request;
use super::{AnswerForm, Content, LineRow, line_store, own, request_store, rows};
use crate::app::App;
use crate::audit::{self, Action, Record};
use crate::letters;
use crate::reviews::half_words;
use crate::web::{Page, Permission, Qr, Result, Routes, Viewer, html};

pub(super) fn routes(routes: Routes) -> Routes {
    routes.get("/reviews/enquiries/{id}/print", Permission::HoldReviews, print)
}

#[derive(Template)]
#[template(path = "reviews/requests_print.html")]
struct PrintPage {
    page: Page,
    id: i64,
    sheets: Vec<Paper>,
    count: String,
}

/// A request on paper.
struct Paper {
    content: Content,
    code: String,
    half: String,
    until: String,
    day: String,
    rows: Vec<LineRow>,
    /// The committee's own page; empty when it has none.
    link: String,
    qr: Option<Qr>,
}

impl Paper {
    fn new(page: &Page, request: &Request, content: Content, rows: Vec<LineRow>) -> Self {
        let given = request.given_at.as_deref().and_then(|at| at.get(..10)).unwrap_or_default();
        Self {
            code: request.written_code(),
            half: half_words(page, &request.half),
            until: page.date(&request.until),
            day: page.date(given),
            content,
            rows,
            link: String::new(),
            qr: None,
        }
    }

    /// Whom it addresses.
    fn addressed(&self, page: &Page) -> String {
        let Content { committee, party, .. } = &self.content;
        if party.is_empty() {
            return committee.clone();
        }
        let arguments = [("committee", committee.clone().into()), ("party", party.clone().into())];
        page.language().text_with("enquiries-addressed", &arguments)
    }

    /// What it asks for.
    fn text(&self, page: &Page) -> String {
        let arguments = [("half", self.half.clone().into()), ("until", self.until.clone().into())];
        page.language().text_with("enquiries-text", &arguments)
    }
}

async fn print(
    Shared(app): Shared<App>,
    page: Page,
    viewer: Viewer,
    headers: HeaderMap,
    Path(id): Path<i64>,
    Query(query): Query<RequestsQuery>,
) -> Result {
    let mut write = app.db.write().await?;
    own(&mut write, &viewer, id).await?;
    let mut sheets = Vec::new();
    for request in request_store::list(&mut write, id, &query.listed(), MOST).await? {
        if request.given_at.is_none() {
            continue;
        }
        let content = Content::given(&request)?;
        let lines = line_store::lines(&mut write, request.id).await?;
        let rows = rows(&page, lines, &AnswerForm::default(), &[], false)?;
        let mut paper = Paper::new(&page, &request, content, rows);
        if let Some(path) = letters::link_of(&mut write, request.committee_id).await? {
            paper.link = format!("{}{path}", letters::origin(&app, &headers));
            paper.qr = Qr::of(&paper.link);
        }
        sheets.push(paper);
    }
    let (record, detail) = (Record::Enquiry(id), json!({ "requests": sheets.len() }));
    audit::record(&mut write, (&viewer).into(), Action::RequestsPrinted, record, detail).await?;
    write.commit().await?;
    let count = page.t1("enquiries-sheets", "count", sheets.len());
    html(&PrintPage { page, id, sheets, count })
}
