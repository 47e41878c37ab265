//! Printing cards: a member's, or those of all who took part in a committee's area, for a quarter;
//! and again as they were.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum_extra::extract::Form;
use serde::Deserialize;
use serde_json::json;

use super::store::{self, Card, CardLine, Wanted};
use crate::activities::figures::own_member;
use crate::activities::{Area, Manner, Quarter, hours, today};
use crate::app::App;
use crate::audit::{self, Action, Record};
use crate::committees;
use crate::db::Connection;
use crate::text::PaperCode;
use crate::web::forms::{Choice, Field};
use crate::web::{
    Error, Notice, Page, Permission, Qr, Result, Routes, Viewer, already_answered, html,
    remember_answer, see_other,
};

/// How many quarters may be chosen.
const QUARTERS: usize = 6;

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::RecordActivities;
    routes
        .get("/members/{id}/cards", may, ask_of_member)
        .post("/members/{id}/cards", may, print_of_member)
        .get("/committees/{id}/cards", may, ask_of_committee)
        .post("/committees/{id}/cards", may, print_of_committee)
        .get("/activities/cards/batches/{id}", may, show)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct QuarterForm {
    quarter: String,
    form: String,
}

impl QuarterForm {
    /// The quarter asked for, else that of today.
    fn quarter(&self) -> Quarter {
        Quarter::parse(&self.quarter).unwrap_or_else(|| Quarter::of(today()))
    }
}

#[derive(Template)]
#[template(path = "activities/cards_ask.html")]
struct AskPage {
    page: Page,
    /// Where the member's or committee's page is.
    place: String,
    name: String,
    quarter: Field,
    code: String,
    summary: String,
    ready: bool,
}

fn quarters(page: &Page, chosen: Quarter) -> Field {
    let mut choices = Vec::new();
    let mut quarter = Quarter::of(today());
    for _ in 0..QUARTERS {
        let label = quarter.words(page.language());
        choices.push(Choice {
            value: quarter.code(),
            label,
            chosen: quarter == chosen,
            count: String::new(),
        });
        quarter = quarter.before();
    }
    Field::new(page, "quarter", "cards-quarter").options(choices)
}

/// The page that asks for a quarter, and says what its cards would hold.
async fn ask(
    connection: &mut Connection,
    page: Page,
    place: String,
    name: String,
    wanted: &Wanted<'_>,
    quarter: Quarter,
) -> Result {
    let lines = store::count(connection, wanted).await?;
    let arguments =
        [("cards", wanted.members.len().into()), ("lines", crate::lang::Value::from(lines))];
    html(&AskPage {
        summary: if lines == 0 {
            page.t("cards-nothing").to_owned()
        } else {
            page.language().text_with("cards-would-hold", &arguments)
        },
        ready: lines > 0,
        quarter: quarters(&page, quarter),
        code: quarter.code(),
        place,
        name,
        page,
    })
}

async fn ask_of_member(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Query(query): Query<QuarterForm>,
) -> Result {
    let mut connection = app.db.read().await?;
    let member = own_member(&mut connection, &viewer, id).await?;
    let quarter = query.quarter();
    let (from, to) = (quarter.first_day(), quarter.last_day());
    let wanted = Wanted { members: &[id], committee: None, from: &from, to: &to };
    let name = member.details.name.as_str().to_owned();
    ask(&mut connection, page, format!("/members/{id}"), name, &wanted, quarter).await
}

async fn print_of_member(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(form): Form<QuarterForm>,
) -> Result {
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let member = own_member(&mut write, &viewer, id).await?;
    if member.removed_at.is_some() {
        return Err(Error::Conflict);
    }
    let quarter = form.quarter();
    let (from, to) = (quarter.first_day(), quarter.last_day());
    let wanted = Wanted { members: &[id], committee: None, from: &from, to: &to };
    let location = keep(&mut write, &viewer, Record::Member(id), &wanted, quarter).await?;
    let location = location.unwrap_or_else(|| format!("/members/{id}/cards"));
    remember_answer(&mut write, &form.form, &location).await?;
    write.commit().await?;
    Ok(see_other(&location))
}

/// Keeps what is printed; where it is shown, `None` when there is nothing.
async fn keep(
    connection: &mut Connection,
    viewer: &Viewer,
    record: Record,
    wanted: &Wanted<'_>,
    quarter: Quarter,
) -> Result<Option<String>> {
    let actor = viewer.into();
    let Some(batch) = store::insert(connection, actor, wanted, &quarter.code()).await? else {
        return Ok(None);
    };
    let detail = json!({ "cards": store::of_batch(connection, batch).await?.len() });
    audit::record(connection, actor, Action::CardsPrinted, record, detail).await?;
    Ok(Some(format!("/activities/cards/batches/{batch}")))
}

fn branches(viewer: &Viewer) -> Option<String> {
    viewer.scope.branches().map(|branches| json!(branches).to_string())
}

async fn ask_of_committee(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Query(query): Query<QuarterForm>,
) -> Result {
    let mut connection = app.db.read().await?;
    let line = committees::store::line(&mut connection, id).await?.ok_or(Error::NotFound)?;
    let quarter = query.quarter();
    let (from, to) = (quarter.first_day(), quarter.last_day());
    let branches = branches(&viewer);
    let members = store::members_at(&mut connection, id, (&from, &to), branches.as_deref()).await?;
    let wanted = Wanted { members: &members, committee: Some(id), from: &from, to: &to };
    ask(&mut connection, page, format!("/committees/{id}"), line.name, &wanted, quarter).await
}

async fn print_of_committee(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(form): Form<QuarterForm>,
) -> Result {
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let line = committees::store::line(&mut write, id).await?.ok_or(Error::NotFound)?;
    let quarter = form.quarter();
    let (from, to) = (quarter.first_day(), quarter.last_day());
    let branches = branches(&viewer);
    let members = store::members_at(&mut write, id, (&from, &to), branches.as_deref()).await?;
    let wanted = Wanted { members: &members, committee: Some(id), from: &from, to: &to };
    let kept = keep(&mut write, &viewer, Record::Committee(id), &wanted, quarter).await?;
    let Some(location) = kept else {
        let place = format!("/committees/{id}/cards");
        return Ok(Notice::see_other(&place, "notice-cards-nothing-warning", &line.name));
    };
    remember_answer(&mut write, &form.form, &location).await?;
    write.commit().await?;
    Ok(see_other(&location))
}

#[derive(Template)]
#[template(path = "activities/cards_print.html")]
struct PrintPage {
    page: Page,
    sheets: Vec<Sheet>,
}

/// A card on paper.
struct Sheet {
    card: Card,
    quarter: String,
    code: String,
    qr: Option<Qr>,
    lines: Vec<SheetLine>,
    times: i64,
    hours: String,
}

/// A line of a card in words.
pub(super) struct SheetLine {
    pub line: CardLine,
    pub day: String,
    pub area: &'static str,
    pub manner: &'static str,
    pub hours: String,
}

impl SheetLine {
    pub(super) fn of(page: &Page, line: CardLine) -> Self {
        Self {
            day: page.date(&line.day),
            area: Area::from_name(&line.area).map_or("", |area| page.t(area.key())),
            manner: Manner::from_name(&line.manner).map_or("", |manner| page.t(manner.key())),
            hours: hours(line.minutes),
            line,
        }
    }
}

async fn show(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(batch): Path<i64>,
    headers: HeaderMap,
) -> Result {
    let host = headers.get("host").and_then(|host| host.to_str().ok()).unwrap_or_default();
    let origin = app.settings.origin(host);
    let mut connection = app.db.read().await?;
    let mut sheets = Vec::new();
    for card in store::of_batch(&mut connection, batch).await? {
        if !viewer.scope.covers(card.branch_id) {
            continue;
        }
        let lines = store::lines(&mut connection, card.id).await?;
        let minutes = lines.iter().map(|line| line.minutes).sum();
        let code = PaperCode::parse(&card.code).map_or_else(String::new, |code| code.written());
        sheets.push(Sheet {
            quarter: Quarter::parse(&card.quarter)
                .map_or_else(String::new, |quarter| quarter.words(page.language())),
            qr: Qr::of(&format!("{origin}/activities/cards?code={code}")),
            code,
            times: lines.iter().map(|line| line.times).sum(),
            hours: hours(minutes),
            lines: lines.into_iter().map(|line| SheetLine::of(&page, line)).collect(),
            card,
        });
    }
    if sheets.is_empty() {
        return Err(Error::NotFound);
    }
    html(&PrintPage { page, sheets })
}
