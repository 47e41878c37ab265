//! `/letters/new`: how many letters, members and left out, before anything is made; then a batch.

use std::collections::HashSet;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::{Form, Query};
use serde::{Deserialize, Serialize};

use super::batch::{self, Wanted};
use super::store::{self, Addressee};
use crate::app::App;
use crate::committees::{self, CommitteeLine};
use crate::db::Connection;
use crate::lang::{Language, Message};
use crate::web::forms::{Choice, Field, FieldError, Problems};
use crate::web::{
    Notice, Page, Permission, Result, Routes, Viewer, already_answered, html, remember_answer,
    see_other,
};

/// How many committees can be ticked one by one; more are narrowed by area.
const TICKABLE: usize = 400;

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::WriteLetters;
    routes.get("/letters/new", may, show).post("/letters/new", may, make)
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct NewQuery {
    #[serde(skip_serializing_if = "String::is_empty")]
    district: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    street: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    committee: Option<i64>,
    /// `yes`: also committees that have a letter of this year.
    #[serde(skip_serializing_if = "String::is_empty")]
    again: String,
}

impl NewQuery {
    fn wanted(&self) -> Wanted {
        // A sub-district of another district than the chosen one is left from an earlier choice.
        let street = self.street.starts_with(&self.district);
        Wanted {
            area: if street && !self.street.is_empty() { &self.street } else { &self.district }
                .clone(),
            committee: self.committee,
            again: self.again == "yes",
        }
    }
}

/// What was chosen.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct NewForm {
    /// `all` or `ticked`.
    which: String,
    tick: Vec<i64>,
    language: String,
    form: String,
}

#[derive(Template)]
#[template(path = "letters/new.html")]
struct NewPage {
    page: Page,
    set_up: bool,
    action: String,
    filters: Vec<Field>,
    again: Field,
    committee: Option<CommitteeLine>,
    language: Field,
    rows: Vec<Row>,
    /// How many letters, members and left out, in words.
    letters: String,
    members: String,
    withheld: String,
    /// Whether there are too many to tick them one by one.
    many: bool,
    errors: Vec<FieldError>,
}

struct Row {
    to: Addressee,
    ticked: bool,
}

async fn show(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Query(query): Query<NewQuery>,
) -> Result {
    let mut connection = app.db.snapshot().await?;
    let form = NewForm::default();
    let shown = shown(&mut connection, page, &viewer, &query, &form, &Problems::none()).await?;
    html(&shown)
}

async fn shown(
    connection: &mut Connection,
    page: Page,
    viewer: &Viewer,
    query: &NewQuery,
    form: &NewForm,
    problems: &Problems,
) -> Result<NewPage> {
    let found = query.wanted().addressees(connection, viewer).await?;
    let sum = |of: fn(&Addressee) -> i64| found.iter().map(of).sum::<i64>();
    let (members, withheld) = (sum(|to| to.members), sum(|to| to.withheld));
    let address = serde_html_form::to_string(query).unwrap_or_default();
    let ticks: HashSet<i64> = form.tick.iter().copied().collect();
    let ticked = form.which == "ticked";
    Ok(NewPage {
        set_up: store::settings(connection).await?.is_some(),
        action: if address.is_empty() {
            "/letters/new".to_owned()
        } else {
            format!("/letters/new?{address}")
        },
        filters: areas(connection, &page, query).await?,
        again: Field::new(&page, "again", "letters-again").value(&query.again),
        committee: match query.committee {
            Some(id) => committees::store::line(connection, id).await?,
            None => None,
        },
        language: language_field(&page, &form.language),
        letters: page.t1("letters-will-be", "count", found.len()),
        members: page.t1("letters-will-name", "count", members),
        withheld: if withheld > 0 {
            page.t1("letters-will-leave-out", "count", withheld)
        } else {
            String::new()
        },
        many: found.len() > TICKABLE,
        rows: found
            .into_iter()
            .take(TICKABLE)
            .map(|to| Row { ticked: !ticked || ticks.contains(&to.id), to })
            .collect(),
        errors: problems.summary(&page),
        page,
    })
}

/// The language of letters: Chinese unless another is chosen, whatever the clerk reads.
fn language_field(page: &Page, chosen: &str) -> Field {
    let chosen: Language = chosen.parse().unwrap_or_default();
    let options = Language::ALL.map(|language| Choice {
        value: language.tag().to_owned(),
        label: page
            .t(match language {
                Language::Chinese => "layout-language-zh",
                Language::English => "layout-language-en",
            })
            .to_owned(),
        chosen: language == chosen,
        count: String::new(),
    });
    Field::new(page, "language", "letters-language").options(options.into())
}

async fn areas(connection: &mut Connection, page: &Page, query: &NewQuery) -> Result<Vec<Field>> {
    let choices = |areas: Vec<committees::area_store::Area>, any: &'static str, chosen: &str| {
        let any = Choice { label: page.t(any).to_owned(), ..Choice::default() };
        let choice = |area: committees::area_store::Area| Choice {
            chosen: area.code == chosen,
            value: area.code,
            label: area.name,
            count: String::new(),
        };
        std::iter::once(any).chain(areas.into_iter().map(choice)).collect::<Vec<_>>()
    };
    let districts = committees::area_store::districts(connection).await?;
    let districts = choices(districts, "committees-all-districts", &query.district);
    let mut fields = vec![Field::new(page, "district", "committees-district").options(districts)];
    if !query.district.is_empty() {
        let streets = committees::area_store::streets(connection, &query.district).await?;
        let streets = choices(streets, "letters-all-streets", &query.street);
        fields.push(Field::new(page, "street", "committees-street").options(streets));
    }
    Ok(fields)
}

async fn make(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Query(query): Query<NewQuery>,
    Form(form): Form<NewForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let ticks: HashSet<i64> = form.tick.iter().copied().collect();
    let ids: Vec<i64> = query
        .wanted()
        .addressees(&mut write, &viewer)
        .await?
        .into_iter()
        .map(|to| to.id)
        .filter(|id| form.which != "ticked" || ticks.contains(id))
        .collect();
    let mut problems = Problems::none();
    if ids.is_empty() {
        problems.add("which", Message::new("letters-none-chosen"));
    }
    if store::settings(&mut write).await?.is_none() {
        problems.add("which", Message::new("letters-set-up-first"));
    }
    if !problems.is_empty() {
        drop(write);
        let mut connection = app.db.snapshot().await?;
        let shown = shown(&mut connection, page, &viewer, &query, &form, &problems).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&shown)?).into_response());
    }
    let language = form.language.parse().unwrap_or_default();
    let batch = batch::make(&mut write, &viewer, language, &ids).await?;
    let location = format!("/letters?batch={batch}");
    remember_answer(&mut write, &form.form, &location).await?;
    write.commit().await?;
    let count = page.number(&i64::try_from(ids.len()).unwrap_or(i64::MAX));
    Ok(Notice::see_other(&location, "notice-letters-made", &count))
}
