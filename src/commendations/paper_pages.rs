//! Printing certificates of commendation, one or all of a call; and again as they were.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum_extra::extract::Form;
use serde::Deserialize;
use serde_json::json;

use super::call_pages::seen_call;
use super::paper::{self, Content};
use super::{Period, Refusal, State as Stands, nominate_pages, nominee_store};
use crate::app::App;
use crate::audit::{self, Action, Record};
use crate::lang::Language;
use crate::web::{
    Error, Page, Permission, Result, Routes, Viewer, already_answered, html, remember_answer,
    see_other,
};

/// How many are printed at once.
const MOST: i64 = 500;

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::Commend;
    routes.post("/commendations/{id}/certificates", may, print).get(
        "/commendations/certificates/{id}",
        may,
        show,
    )
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct PrintForm {
    /// Only this one (`commendations.id`).
    nominee: Option<i64>,
    form: String,
}

async fn print(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(form): Form<PrintForm>,
) -> Result {
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let call = seen_call(&mut write, &viewer, id).await?;
    let branches = viewer.scope.branches().map(|branches| json!(branches).to_string());
    let (within, only) = (branches.as_deref(), Some(Stands::Granted));
    let granted = nominee_store::of_call(&mut write, id, within, only, i64::MIN, MOST).await?;
    let wanted = granted.iter().filter(|one| form.nominee.is_none_or(|only| one.id == only));
    let papers: Vec<(i64, Content)> =
        wanted.filter_map(|one| Some((one.id, Content::of(&call, one)?))).collect();
    let actor = (&viewer).into();
    let Some(batch) = paper::insert(&mut write, actor, &papers).await? else {
        return nominate_pages::refused(page, &call, Refusal::NotGranted);
    };
    let detail = json!({ "certificates": papers.len() });
    let record = Record::Commendation(id);
    audit::record(&mut write, actor, Action::CommendationsPrinted, record, detail).await?;
    let location = format!("/commendations/certificates/{batch}");
    remember_answer(&mut write, &form.form, &location).await?;
    write.commit().await?;
    Ok(see_other(&location))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct LanguageQuery {
    /// The language of the paper; empty: the reader's.
    lang: String,
}

#[derive(Template)]
#[template(path = "commendations/print.html")]
struct PrintPage {
    page: Page,
    call: i64,
    here: String,
    language: Language,
    sheets: Vec<Sheet>,
}

/// A certificate on paper.
struct Sheet {
    heading: &'static str,
    name: String,
    words: Vec<String>,
    by: String,
    day: String,
}

impl Sheet {
    fn of(language: Language, content: Content) -> Self {
        let period = Period::parse(&content.first, &content.last);
        let period = period.map_or_else(String::new, |period| period.words(language));
        let arguments = [
            ("name", content.name.clone().into()),
            ("branch", content.branch.clone().into()),
            ("period", period.into()),
            ("title", content.title.into()),
            ("by", content.by.clone().into()),
        ];
        let keys = if content.branch.is_empty() {
            ["commendations-paper-words-no-branch", "commendations-paper-end"]
        } else {
            ["commendations-paper-words", "commendations-paper-end"]
        };
        Self {
            heading: language.text("commendations-paper"),
            name: language.text_with("commendations-paper-name", &arguments),
            words: keys.map(|key| language.text_with(key, &arguments)).into(),
            by: content.by,
            day: language.date(&content.on),
        }
    }
}

async fn show(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(batch): Path<i64>,
    Query(query): Query<LanguageQuery>,
) -> Result {
    let mut connection = app.db.read().await?;
    let language: Language = query.lang.parse().unwrap_or_else(|()| page.language());
    let mut sheets = Vec::new();
    for paper in paper::of_batch(&mut connection, batch).await? {
        if viewer.scope.covers(paper.branch_id) {
            let content = serde_json::from_str(&paper.content).map_err(Error::internal)?;
            sheets.push(Sheet::of(language, content));
        }
    }
    let call = paper::call_of(&mut connection, batch).await?.ok_or(Error::NotFound)?;
    if sheets.is_empty() {
        return Err(Error::NotFound);
    }
    let here = format!("/commendations/certificates/{batch}");
    html(&PrintPage { page, call, here, language, sheets })
}
