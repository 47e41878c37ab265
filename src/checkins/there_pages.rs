//! `/c/{token}/checkins`: the committee itself says, by the link on its letter, which of the
//! members named there have checked in.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::Form;
use serde::Deserialize;

use super::{LONGEST_NAME, Receipt, receipt_store, receipts};
use crate::app::App;
use crate::audit::Actor;
use crate::committees;
use crate::db::Connection;
use crate::lang::Message;
use crate::letters::{self, store::Letter, today};
use crate::web::forms::{Field, FieldError, Problems};
use crate::web::{
    Notice, Page, Permission, Result, Routes, already_answered, html, remember_answer, see_other,
};

pub(super) fn routes(routes: Routes) -> Routes {
    // Whoever holds the link may: the letter gave it to them.
    let may = Permission::Public;
    routes.get("/c/{token}/checkins", may, show).post("/c/{token}/checkins", may, accept)
}

/// What was ticked and typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct TheirForm {
    tick: Vec<i64>,
    /// `yes`: all of them.
    all: String,
    by: String,
    form: String,
}

#[derive(Template)]
#[template(path = "checkins/there.html")]
struct TherePage {
    page: Page,
    token: String,
    committee: String,
    rows: Vec<(i64, String, bool)>,
    all_words: String,
    by: Field,
    errors: Vec<FieldError>,
}

/// The letter's committee as it is now, and who of its members has no receipt there.
pub(crate) async fn open(
    connection: &mut Connection,
    letter: &Letter,
) -> crate::db::Result<(i64, Vec<(i64, String)>)> {
    let committee = committees::store::in_use(connection, letter.committee_id).await?;
    let committee = committee.unwrap_or(letter.committee_id);
    let open = receipt_store::open_of_letter(connection, letter.id, committee).await?;
    Ok((committee, open))
}

async fn shown(
    connection: &mut Connection,
    page: Page,
    token: String,
    letter: &Letter,
    form: &TheirForm,
    problems: &Problems,
) -> Result<TherePage> {
    let (committee, open) = open(connection, letter).await?;
    let line = committees::store::line(connection, committee).await?;
    let by = if form.by.is_empty() { &letter.received_by } else { &form.by };
    Ok(TherePage {
        committee: line.map_or_else(String::new, |line| line.name),
        all_words: page.t1("checkins-all-of-list", "count", open.len().to_string()),
        rows: open.into_iter().map(|(id, name)| (id, name, form.tick.contains(&id))).collect(),
        by: Field::new(&page, "by", "letters-your-name")
            .value(by)
            .limit(LONGEST_NAME)
            .kind("text", "name")
            .required()
            .check(&page, problems),
        errors: problems.summary(&page),
        token,
        page,
    })
}

async fn show(State(app): State<App>, page: Page, Path(token): Path<String>) -> Result {
    let Some(letter) = letters::opened(&app, &token).await? else { return letters::closed(page) };
    let mut connection = app.db.read().await?;
    let form = TheirForm::default();
    html(&shown(&mut connection, page, token, &letter, &form, &Problems::none()).await?)
}

async fn accept(
    State(app): State<App>,
    page: Page,
    Path(token): Path<String>,
    Form(form): Form<TheirForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let Some(letter) = letters::opened(&app, &token).await? else { return letters::closed(page) };
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let (committee, open) = open(&mut write, &letter).await?;
    let members: Vec<i64> = open
        .into_iter()
        .map(|(id, _)| id)
        .filter(|id| form.all == "yes" || form.tick.contains(id))
        .collect();
    let mut problems = Problems::none();
    if members.is_empty() {
        problems.add("tick", Message::new("checkins-none-ticked"));
    }
    let by = problems.check("by", Receipt::parse_by(&form.by));
    let (Some(by), true) = (by, problems.is_empty()) else {
        let shown = shown(&mut write, page, token, &letter, &form, &problems).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&shown)?).into_response());
    };
    let receipt = Receipt { day: today().to_string(), by };
    let actor = Actor::Committee;
    let count = receipts::accept(&mut write, actor, &members, Some(committee), &receipt).await?;
    let place = format!("/c/{token}");
    remember_answer(&mut write, &form.form, &place).await?;
    write.commit().await?;
    Ok(Notice::see_other(&place, "notice-checked-in-there", &count.to_string()))
}
