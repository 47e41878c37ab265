//! A request's page: whom it names, what the committee says, and what it went through.

use askama::Template;
use axum::extract::{Path, State as Shared};

use super::line_store;
use super::request_store::{self, Request};
use super::{LineRow, State, own_request, rows};
use crate::app::App;
use crate::db::Connection;
use crate::lang::Message;
use crate::reviews::half_words;
use crate::web::scans::{self, Paper, Scanned};
use crate::web::{Page, Permission, Result, Routes, Viewer, html};

pub(super) fn routes(routes: Routes) -> Routes {
    routes.get("/reviews/requests/{id}", Permission::HoldReviews, show)
}

#[derive(Template)]
#[template(path = "reviews/request.html")]
pub(super) struct RequestPage {
    page: Page,
    request: Request,
    half: String,
    state: &'static str,
    tone: &'static str,
    code: String,
    rows: Vec<LineRow>,
    /// What it went through, the latest first.
    past: Vec<Past>,
    scan: Option<Scanned>,
    /// What is wrong with the file that was brought; empty otherwise.
    scan_error: String,
    /// Whether anything can still be entered or corrected.
    open: bool,
}

/// Something that a request went through.
struct Past {
    at: String,
    what: String,
    words: String,
}

async fn past(connection: &mut Connection, page: &Page, request: &Request) -> Result<Vec<Past>> {
    let mut past = Vec::new();
    for before in line_store::history(connection, request.id).await? {
        let by = before.account.unwrap_or(before.by_name);
        past.push(Past {
            at: page.time(&before.at),
            what: page.language().text_with(
                "feedback-corrected",
                &[("name", before.name.into()), ("by", by.into())],
            ),
            words: if before.before.is_empty() {
                page.t("feedback-nothing-before").to_owned()
            } else {
                before.before
            },
        });
    }
    let mut add = |at: String, what: String| past.push(Past { at, what, words: String::new() });
    if let Some(day) = &request.answered_on {
        let key = if request.answered_there {
            "letters-past-answered-there"
        } else {
            "letters-past-answered"
        };
        add(page.date(day), page.t1(key, "name", &*request.answered_by));
    }
    for day in request_store::reminders(connection, request.id).await?.iter().rev() {
        add(page.date(day), page.t("letters-past-reminded").to_owned());
    }
    if let Some(day) = &request.sent_on {
        let way = request.way().map_or("", |way| page.t(way.key()));
        add(page.date(day), page.t1("letters-past-sent", "way", way));
    }
    if let Some(at) = &request.given_at {
        add(page.time(at), page.t1("enquiries-given", "count", request.members));
    }
    Ok(past)
}

async fn request_page(
    connection: &mut Connection,
    page: Page,
    request: Request,
    scan_error: &str,
) -> Result<RequestPage> {
    let lines = line_store::lines(connection, request.id).await?;
    let open = request.given_at.is_some() && lines.iter().any(|line| !line.closed);
    Ok(RequestPage {
        half: half_words(&page, &request.half),
        state: page.t(request.state().key()),
        tone: request.state().tone(),
        code: request.written_code(),
        rows: rows(&page, lines, &super::AnswerForm::default(), &[], false)?,
        past: past(connection, &page, &request).await?,
        scan: scans::of(connection, Paper::Feedback, request.id).await?,
        scan_error: scan_error.to_owned(),
        open,
        request,
        page,
    })
}

impl RequestPage {
    fn is_answered(&self) -> bool {
        self.request.state() == State::Answered
    }
}

async fn show(Shared(app): Shared<App>, page: Page, viewer: Viewer, Path(id): Path<i64>) -> Result {
    let mut connection = app.db.read().await?;
    let request = own_request(&mut connection, &viewer, id).await?;
    html(&request_page(&mut connection, page, request, "").await?)
}

/// The page again, with what is wrong with the scan that was brought.
pub(super) async fn with_scan_error(
    connection: &mut Connection,
    page: Page,
    request: Request,
    message: &Message,
) -> Result<RequestPage> {
    let error = page.say(message);
    request_page(connection, page, request, &error).await
}
