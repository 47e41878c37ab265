//! `/letters/packets`: what a run would print, before it does.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::{Form, Query};
use serde::{Deserialize, Serialize};

use super::MOST;
use super::plan::{self, LetterPart, Part, Which};
use crate::app::App;
use crate::checkins::{self, Shape};
use crate::committees::{self, CommitteeLine};
use crate::db::Connection;
use crate::lang::Message;
use crate::letters::store as letters;
use crate::web::forms::{Choice, Field, FieldError, Problems};
use crate::web::{
    Notice, Page, Permission, Result, Routes, Viewer, already_answered, html, remember_answer,
    see_other,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::WriteLetters;
    routes.get("/letters/packets", may, show).post("/letters/packets", may, print)
}

/// Which committees: the address of the page.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct PacketQuery {
    #[serde(skip_serializing_if = "String::is_empty")]
    district: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    committee: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    batch: Option<i64>,
    /// `yes`: also what was printed before.
    #[serde(skip_serializing_if = "String::is_empty")]
    again: String,
}

impl PacketQuery {
    fn which(&self) -> Which {
        Which {
            area: self.district.clone(),
            committee: self.committee,
            batch: self.batch,
            again: self.again == "yes",
        }
    }

    fn url(&self) -> String {
        let query = serde_html_form::to_string(self).unwrap_or_default();
        let path = "/letters/packets";
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct PrintForm {
    shape: String,
    form: String,
}

#[derive(Template)]
#[template(path = "packets/ask.html")]
struct AskPage {
    page: Page,
    set_up: bool,
    query: PacketQuery,
    district: Field,
    again: Field,
    committee: Option<CommitteeLine>,
    shape: Field,
    /// How many packets, letters, letters that are written now, and slips, in words.
    packets: String,
    letters: String,
    fresh: String,
    slips: String,
    /// That the rest comes with the next run; empty when all of it fits.
    rest: String,
    rows: Vec<Part>,
    errors: Vec<FieldError>,
}

impl AskPage {
    fn letter(&self, part: &Part) -> &'static str {
        self.page.t(match part.letter {
            Some(LetterPart::New) => "packets-letter-new",
            Some(LetterPart::Draft(_)) => "packets-letter-draft",
            Some(LetterPart::Issued(_)) => "packets-letter-issued",
            None => "packets-letter-none",
        })
    }
}

async fn show(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Query(query): Query<PacketQuery>,
) -> Result {
    let mut connection = app.db.snapshot().await?;
    let form = PrintForm { shape: "both".to_owned(), ..PrintForm::default() };
    let shown = shown(&mut connection, page, &viewer, query, &form, &Problems::none()).await?;
    html(&shown)
}

async fn shown(
    connection: &mut Connection,
    page: Page,
    viewer: &Viewer,
    query: PacketQuery,
    form: &PrintForm,
    problems: &Problems,
) -> Result<AskPage> {
    let mut rows = plan::plan(connection, viewer, &query.which()).await?;
    let all = rows.len();
    rows.truncate(MOST);
    let is_new = |part: &&Part| matches!(part.letter, Some(LetterPart::New | LetterPart::Draft(_)));
    let fresh = rows.iter().filter(is_new).count();
    let letters_count = rows.iter().filter(|part| part.letter.is_some()).count();
    let slips: i64 = rows.iter().map(|part| part.slips).sum();
    let counted = |key: &'static str, count: usize| {
        if count == 0 { String::new() } else { page.t1(key, "count", count) }
    };
    let mut districts =
        vec![Choice { label: page.t("committees-all-districts").to_owned(), ..Choice::default() }];
    for area in committees::area_store::districts(connection).await? {
        districts.push(Choice {
            chosen: area.code == query.district,
            value: area.code,
            label: area.name,
            count: String::new(),
        });
    }
    Ok(AskPage {
        set_up: letters::settings(connection).await?.is_some(),
        committee: match query.committee {
            Some(id) => committees::store::line(connection, id).await?,
            None => None,
        },
        district: Field::new(&page, "district", "committees-district").options(districts),
        again: Field::new(&page, "again", "packets-again").value(&query.again),
        shape: checkins::shape_field(&page, &form.shape),
        packets: page.t1("packets-count", "count", rows.len()),
        letters: counted("packets-letters", letters_count),
        fresh: counted("packets-fresh", fresh),
        slips: counted("packets-slips", usize::try_from(slips).unwrap_or(0)),
        rest: counted("packets-rest", all - rows.len()),
        rows,
        errors: problems.summary(&page),
        query,
        page,
    })
}

async fn print(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Query(query): Query<PacketQuery>,
    Form(form): Form<PrintForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let mut problems = Problems::none();
    let mut done = None;
    match letters::settings(&mut write).await? {
        None => problems.add("shape", Message::new("letters-set-up-first")),
        Some(settings) => {
            let shape = Shape::from_name(&form.shape).unwrap_or(Shape::Both);
            done = plan::run(&mut write, &viewer, &settings, &query.which(), shape).await?;
            if done.is_none() {
                problems.add("shape", Message::new("packets-nothing"));
            }
        }
    }
    let Some((id, count)) = done else {
        drop(write);
        let mut connection = app.db.snapshot().await?;
        let shown = shown(&mut connection, page, &viewer, query, &form, &problems).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&shown)?).into_response());
    };
    let place = format!("/letters/packets/{id}");
    remember_answer(&mut write, &form.form, &place).await?;
    write.commit().await?;
    Ok(Notice::see_other(&place, "notice-packets-printed", &count.to_string()))
}
