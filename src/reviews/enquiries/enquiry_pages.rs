//! An enquiry's page: who was asked, what waits for how long, and the steps that many requests take
//! at once.

use askama::Template;
use axum::extract::{Path, State as Shared};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::{Form, Query};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::request_store::{self, Listed, Request};
use super::{Enquiry, State, Way, own, registry};
use crate::activities::{HalfYear, today};
use crate::app::App;
use crate::db::Connection;
use crate::lang::Message;
use crate::letters::{self, past_day};
use crate::needs::form::choices;
use crate::reviews::half_words;
use crate::web::forms::{Field, Problems};
use crate::web::paging::Pager;
use crate::web::{
    Error, Notice, Page, Permission, Result, Routes, Viewer, already_answered, html,
    remember_answer, see_other,
};

/// How many requests a page shows.
const PAGE: usize = 100;
/// The most requests that take a step at once.
pub(super) const MOST: i64 = 10_000;

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::HoldReviews;
    routes.get("/reviews/enquiries/{id}", may, show).post("/reviews/enquiries/{id}", may, act)
}

/// Which requests of an enquiry: the address of a list, and of what is printed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct RequestsQuery {
    #[serde(skip_serializing_if = "String::is_empty")]
    state: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) id: Vec<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<i64>,
}

impl RequestsQuery {
    pub(super) fn listed(&self) -> Listed {
        Listed {
            state: self.state.clone(),
            ids: (!self.id.is_empty()).then(|| serde_json::json!(self.id).to_string()),
            after: self.after.unwrap_or(0).max(0),
        }
    }

    fn url(&self, path: &str) -> String {
        let query = serde_html_form::to_string(self).unwrap_or_default();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }
}

#[derive(Template)]
#[template(path = "reviews/enquiry.html")]
struct EnquiryPage {
    page: Page,
    enquiry: Enquiry,
    half: String,
    until: String,
    /// Whether it is known what stands on every letter.
    set_up: bool,
    figures: Vec<Figure>,
    query: RequestsQuery,
    rows: Vec<Row>,
    /// Why no request took the step; empty otherwise.
    refused: String,
    day: Field,
    way: Field,
    pager: Pager,
}

impl EnquiryPage {
    fn address(&self) -> String {
        self.query.url(&format!("/reviews/enquiries/{}", self.enquiry.id))
    }

    /// Whether a step can be taken by requests of this list.
    fn offers(&self, state: &str) -> bool {
        self.rows.iter().any(|row| row.request.state == state)
    }

    /// Nobody is kept waiting: all that the list holds.
    fn all_words(&self) -> String {
        let count = match State::from_name(&self.query.state) {
            Some(State::Draft) => self.enquiry.drafts,
            Some(State::Sent) => self.enquiry.waiting,
            Some(State::Answered) => self.enquiry.answered,
            None => self.enquiry.requests(),
        };
        self.page.t1("enquiries-all-of-list", "count", count)
    }
}

struct Figure {
    label: &'static str,
    count: String,
    url: String,
    chosen: bool,
}

/// A request in a line.
struct Row {
    request: Request,
    state: &'static str,
    tone: &'static str,
    /// What it waits for and for how long, or who answered, in words.
    waits: String,
    overdue: bool,
    sent: String,
    reminded: String,
}

fn row(page: &Page, request: Request) -> Row {
    let today = today();
    let days = |since: Option<&str>| {
        let since = since.and_then(|day| day.parse::<Date>().ok());
        let days = since.and_then(|day| day.until(today).ok()).map_or(0, |span| span.get_days());
        i64::from(days)
    };
    let state = request.state();
    let waiting = state == State::Sent && !request.ended;
    Row {
        state: page.t(state.key()),
        tone: state.tone(),
        waits: match state {
            State::Draft if request.given_at.is_some() => {
                page.t("enquiries-printed-not-sent").to_owned()
            }
            State::Sent if waiting => {
                page.t1("enquiries-waits", "days", days(request.sent_on.as_deref()))
            }
            State::Answered => page.t1("letters-answered-by", "name", &*request.answered_by),
            State::Draft | State::Sent => String::new(),
        },
        overdue: waiting && request.until < today.to_string(),
        sent: request.sent_on.as_deref().map_or_else(String::new, |day| page.date(day)),
        reminded: match &request.reminded_on {
            Some(day) if state == State::Sent => {
                let arguments =
                    [("count", request.reminders.into()), ("day", page.date(day).into())];
                page.language().text_with("enquiries-reminded", &arguments)
            }
            _ => String::new(),
        },
        request,
    }
}

fn figures(page: &Page, enquiry: &Enquiry, query: &RequestsQuery) -> Vec<Figure> {
    let counts = [enquiry.drafts, enquiry.waiting, enquiry.answered];
    let figure = |(state, count): (&State, i64)| {
        let chosen = query.state == state.name();
        let state_name = if chosen { "" } else { state.name() };
        let there = RequestsQuery { state: state_name.to_owned(), ..RequestsQuery::default() };
        Figure {
            label: page.t(state.key()),
            count: page.number(&count),
            url: there.url(&format!("/reviews/enquiries/{}", enquiry.id)),
            chosen,
        }
    };
    State::ALL.iter().zip(counts).map(figure).collect()
}

async fn shown(
    connection: &mut Connection,
    page: Page,
    enquiry: Enquiry,
    query: RequestsQuery,
    form: &ActForm,
    problems: &Problems,
) -> Result<EnquiryPage> {
    let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let mut found = request_store::list(connection, enquiry.id, &query.listed(), limit).await?;
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let after = query.after.unwrap_or(0) + i64::try_from(PAGE).unwrap_or(0);
    let path = format!("/reviews/enquiries/{}", enquiry.id);
    let url = |after: Option<i64>| RequestsQuery { after, ..query.clone() }.url(&path);
    let way = Way::from_name(&form.way).unwrap_or(Way::Hand);
    let ways = Way::ALL.iter().map(|way| (way.name(), way.key()));
    Ok(EnquiryPage {
        half: half_words(&page, &enquiry.half),
        until: page.date(&enquiry.until),
        set_up: letters::store::settings(connection).await?.is_some(),
        figures: figures(&page, &enquiry, &query),
        rows: found.into_iter().map(|request| row(&page, request)).collect(),
        refused: problems.of("act").map_or_else(String::new, |message| page.say(message)),
        day: Field::new(&page, "day", "letters-sent-on")
            .kind("date", "off")
            .value(&form.day)
            .check(&page, problems),
        way: Field::new(&page, "way", "letters-sent-way").options(choices(&page, ways, way.name())),
        pager: Pager {
            first_url: if query.after.is_some() { url(None) } else { String::new() },
            next_url: if more { url(Some(after)) } else { String::new() },
            ..Pager::default()
        },
        enquiry,
        query,
        page,
    })
}

async fn show(
    Shared(app): Shared<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Query(query): Query<RequestsQuery>,
) -> Result {
    let mut connection = app.db.read().await?;
    let enquiry = own(&mut connection, &viewer, id).await?;
    let form = ActForm { day: today().to_string(), ..ActForm::default() };
    html(&shown(&mut connection, page, enquiry, query, &form, &Problems::none()).await?)
}

/// What is done with the ticked requests, or with the enquiry.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct ActForm {
    act: String,
    tick: Vec<i64>,
    /// `yes`: with all requests of the list, ticked or not.
    all: String,
    day: String,
    way: String,
    form: String,
}

async fn act(
    Shared(app): Shared<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Query(query): Query<RequestsQuery>,
    Form(form): Form<ActForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let enquiry = own(&mut write, &viewer, id).await?;
    let path = format!("/reviews/enquiries/{id}");
    let chosen = if form.all == "yes" {
        RequestsQuery { after: None, ..query.clone() }
    } else {
        RequestsQuery { id: form.tick.clone(), ..RequestsQuery::default() }
    };
    let mut problems = Problems::none();
    let done = match form.act.as_str() {
        "widen" => Some(widen(&mut write, &viewer, &enquiry).await?),
        "end" => {
            registry::end(&mut write, (&viewer).into(), id).await?;
            Some(("notice-enquiry-ended", 0))
        }
        step => {
            let requests = match form.all.as_str() {
                "yes" => request_store::list(&mut write, id, &chosen.listed(), MOST).await?,
                _ if form.tick.is_empty() => Vec::new(),
                _ => request_store::list(&mut write, id, &chosen.listed(), MOST).await?,
            };
            many(&mut write, &viewer, &enquiry, &requests, (step, &form), &mut problems).await?
        }
    };
    let Some((key, count)) = done else {
        drop(write);
        let mut connection = app.db.read().await?;
        let status = if problems.of("day").is_some() {
            StatusCode::UNPROCESSABLE_ENTITY
        } else {
            StatusCode::CONFLICT
        };
        let shown = shown(&mut connection, page, enquiry, query, &form, &problems).await?;
        return Ok((status, html(&shown)?).into_response());
    };
    let place = match form.act.as_str() {
        "print" => chosen.url(&format!("{path}/print")),
        _ => path,
    };
    remember_answer(&mut write, &form.form, &place).await?;
    write.commit().await?;
    if form.act == "print" {
        return Ok(see_other(&place));
    }
    Ok(Notice::see_other(&place, key, &page.number(&count)))
}

async fn widen(
    connection: &mut Connection,
    viewer: &Viewer,
    enquiry: &Enquiry,
) -> Result<(&'static str, i64)> {
    let half = HalfYear::parse(&enquiry.half).ok_or(Error::NotFound)?;
    let added = registry::widen(connection, viewer.into(), enquiry, half).await?;
    let key = if added == 0 { "notice-enquiry-same" } else { "notice-enquiry-widened" };
    Ok((key, i64::try_from(added).unwrap_or(i64::MAX)))
}

/// Lets requests take a step; by how many it was taken, or `None` and why by none.
async fn many(
    connection: &mut Connection,
    viewer: &Viewer,
    enquiry: &Enquiry,
    requests: &[Request],
    (step, form): (&str, &ActForm),
    problems: &mut Problems,
) -> Result<Option<(&'static str, i64)>> {
    if !matches!(step, "print" | "send" | "remind") {
        return Err(Error::BadRequest("no such step"));
    }
    let Some(settings) = letters::store::settings(connection).await? else {
        problems.add("act", Message::new("letters-set-up-first"));
        return Ok(None);
    };
    if requests.is_empty() {
        problems.add("act", Message::new("enquiries-none-ticked"));
        return Ok(None);
    }
    let day = match step {
        "send" => problems.check("day", past_day(&form.day, "")),
        _ => Some(today().to_string()),
    };
    let Some(day) = day else { return Ok(None) };
    let way = Way::from_name(&form.way).unwrap_or(Way::Hand);
    let actor = viewer.into();
    let mut count = 0;
    for request in requests {
        count += i64::from(match step {
            "remind" => registry::remind(connection, actor, request.id, &day).await?,
            "send" if request.state() != State::Draft => false,
            _ if !registry::give(connection, actor, &settings, enquiry, request).await? => false,
            "send" => registry::send(connection, actor, request.id, &day, way).await?,
            _ => true,
        });
    }
    if count == 0 {
        problems.add("act", Message::new("enquiries-refused"));
        return Ok(None);
    }
    let key = if step == "remind" { "notice-requests-reminded" } else { "notice-requests-sent" };
    Ok(Some((key, count)))
}
