//! `/activities/cards`: a signed sheet found by its code, and its lines marked as confirmed.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::{Form, Query};
use serde::Deserialize;
use serde_json::json;

use super::print_pages::SheetLine;
use super::store::CardLine;
use super::store::{self, Card};
use crate::activities::{Quarter, today};
use crate::addresses::ValidFrom;
use crate::app::App;
use crate::audit::{self, Action, Record};
use crate::db::Connection;
use crate::lang::Message;
use crate::text::{PaperCode, normalize};
use crate::web::forms::{Field, FieldError, Problems};
use crate::web::{
    Error, Notice, Page, Permission, Result, Routes, Viewer, already_answered, html,
    remember_answer, see_other,
};

/// How many of the cards printed last are listed.
const LISTED: i64 = 50;

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::RecordActivities;
    routes
        .get("/activities/cards", may, find)
        .get("/activities/cards/{id}", may, show)
        .post("/activities/cards/{id}", may, confirm)
        .post("/activities/cards/{id}/withdraw", may, withdraw)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct FindQuery {
    code: String,
}

#[derive(Template)]
#[template(path = "activities/cards.html")]
struct FindPage {
    page: Page,
    code: Field,
    rows: Vec<CardRow>,
}

struct CardRow {
    card: Card,
    code: String,
    quarter: String,
    at: String,
}

impl CardRow {
    fn of(page: &Page, card: Card) -> Self {
        Self {
            code: PaperCode::parse(&card.code).map_or_else(String::new, |code| code.written()),
            quarter: Quarter::parse(&card.quarter)
                .map_or_else(String::new, |quarter| quarter.words(page.language())),
            at: page.time(&card.printed_at),
            card,
        }
    }
}

async fn find(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Query(query): Query<FindQuery>,
) -> Result {
    let mut connection = app.db.read().await?;
    let mut problems = Problems::none();
    if !normalize(&query.code).is_empty() {
        let card = match PaperCode::parse(&query.code) {
            Some(code) => store::by_code(&mut connection, &code).await?,
            None => None,
        };
        match card.filter(|card| viewer.scope.covers(card.branch_id)) {
            Some(card) => return Ok(see_other(&format!("/activities/cards/{}", card.id))),
            None => problems.add("code", Message::new("cards-code-unknown")),
        }
    }
    let mut cards = store::latest(&mut connection, LISTED).await?;
    cards.retain(|card| viewer.scope.covers(card.branch_id));
    let status =
        if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let shown = html(&FindPage {
        code: Field::new(&page, "code", "cards-code")
            .value(&query.code)
            .hint(page.t("cards-code-hint"))
            .focused()
            .check(&page, &problems),
        rows: cards.into_iter().map(|card| CardRow::of(&page, card)).collect(),
        page,
    })?;
    Ok((status, shown).into_response())
}

#[derive(Template)]
#[template(path = "activities/card.html")]
struct CardPage {
    page: Page,
    row: CardRow,
    lines: Vec<ConfirmLine>,
    signed: Field,
    stamped: Field,
    errors: Vec<FieldError>,
    /// Whether any line can be confirmed, and whether any is.
    open: bool,
    confirmed: bool,
}

struct ConfirmLine {
    sheet: SheetLine,
    ticked: bool,
    /// What became of it, in words.
    state: String,
}

impl ConfirmLine {
    fn day_and_title(&self) -> String {
        format!("{} {}", self.sheet.day, self.sheet.line.title)
    }

    fn is_open(&self) -> bool {
        self.sheet.line.same && self.sheet.line.confirmed_at.is_none()
    }
}

/// What was ticked and typed.
#[derive(Debug, Clone, Deserialize)]
#[serde(default)]
struct ConfirmForm {
    line: Vec<i64>,
    signed: String,
    stamped: String,
    form: String,
}

impl Default for ConfirmForm {
    fn default() -> Self {
        let today = today().to_string();
        Self { line: Vec::new(), signed: today.clone(), stamped: today, form: String::new() }
    }
}

async fn own(connection: &mut Connection, viewer: &Viewer, id: i64) -> Result<Card> {
    let card = store::card(connection, id).await?.ok_or(Error::NotFound)?;
    viewer.must_cover(card.branch_id)?;
    Ok(card)
}

fn state(page: &Page, line: &CardLine) -> String {
    match (&line.signed_on, &line.stamped_on, line.same) {
        (Some(signed), Some(stamped), _) => {
            let by = line.confirmed_by.clone().unwrap_or_default();
            let arguments = [
                ("signed", page.date(signed).into()),
                ("stamped", page.date(stamped).into()),
                ("by", by.into()),
            ];
            page.language().text_with("cards-line-confirmed", &arguments)
        }
        (_, _, false) => page.t("cards-line-changed").to_owned(),
        _ => String::new(),
    }
}

fn card_page(
    page: Page,
    card: Card,
    lines: Vec<CardLine>,
    form: &ConfirmForm,
    ticked: impl Fn(i64) -> bool,
    problems: &Problems,
) -> Result {
    let line = |line: CardLine| ConfirmLine {
        ticked: ticked(line.place),
        state: state(&page, &line),
        sheet: SheetLine::of(&page, line),
    };
    let lines: Vec<ConfirmLine> = lines.into_iter().map(line).collect();
    let day = |name: &str, key: &'static str, value: &str| {
        Field::new(&page, name, key).kind("date", "off").value(value).check(&page, problems)
    };
    html(&CardPage {
        signed: day("signed", "cards-signed", &form.signed),
        stamped: day("stamped", "cards-stamped", &form.stamped),
        errors: problems.summary(&page),
        open: lines.iter().any(ConfirmLine::is_open),
        confirmed: lines.iter().any(|line| line.sheet.line.confirmed_at.is_some()),
        row: CardRow::of(&page, card),
        lines,
        page,
    })
}

async fn show(State(app): State<App>, page: Page, viewer: Viewer, Path(id): Path<i64>) -> Result {
    let mut connection = app.db.read().await?;
    let card = own(&mut connection, &viewer, id).await?;
    let lines = store::lines(&mut connection, id).await?;
    card_page(page, card, lines, &ConfirmForm::default(), |_| true, &Problems::none())
}

/// A day that has come.
fn past_day(typed: &str) -> std::result::Result<String, Message> {
    let day = ValidFrom::parse(typed)?;
    match day.as_str() {
        "" => Err(Message::new("form-required")),
        day if day > today().to_string().as_str() => Err(Message::new("cards-day-future")),
        day => Ok(day.to_owned()),
    }
}

async fn confirm(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(form): Form<ConfirmForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let card = own(&mut write, &viewer, id).await?;
    let mut problems = Problems::none();
    let signed = problems.check("signed", past_day(&form.signed));
    let stamped = problems.check("stamped", past_day(&form.stamped));
    if form.line.is_empty() {
        problems.add("line", Message::new("cards-none-ticked"));
    }
    let (Some(signed), Some(stamped), true) = (signed, stamped, problems.is_empty()) else {
        let lines = store::lines(&mut write, id).await?;
        let ticked = |place| form.line.contains(&place);
        let shown = card_page(page, card, lines, &form, ticked, &problems)?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response());
    };
    let actor = (&viewer).into();
    let lines = store::confirm(&mut write, actor, id, &form.line, (&signed, &stamped)).await?;
    let record = Record::Member(card.member_id);
    let detail = json!({ "lines": lines });
    audit::record(&mut write, actor, Action::CardConfirmed, record, detail).await?;
    let location = format!("/activities/cards/{id}");
    remember_answer(&mut write, &form.form, &location).await?;
    write.commit().await?;
    Ok(Notice::see_other(&location, "notice-card-confirmed", &lines.to_string()))
}

async fn withdraw(State(app): State<App>, viewer: Viewer, Path(id): Path<i64>) -> Result {
    let mut write = app.db.write().await?;
    let card = own(&mut write, &viewer, id).await?;
    let lines = store::withdraw(&mut write, id).await?;
    if lines > 0 {
        let record = Record::Member(card.member_id);
        let (action, detail) = (Action::CardWithdrawn, json!({ "lines": lines }));
        audit::record(&mut write, (&viewer).into(), action, record, detail).await?;
        write.commit().await?;
    }
    Ok(Notice::see_other(&format!("/activities/cards/{id}"), "notice-card-withdrawn", &card.name))
}
