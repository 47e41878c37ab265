//! What the committee asks for: posted by itself, with what became of each.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::Form;
use serde::Deserialize;

use super::{Door, signed, signer_field, uses};
use crate::addresses::today;
use crate::app::App;
use crate::audit::Actor;
use crate::db::Connection;
use crate::letters;
use crate::lists::{self, List};
use crate::needs::form::{Fields, NeedForm};
use crate::needs::store::{self, NeedLine};
use crate::needs::{self, Place, State as NeedState, Step, Times, registry};
use crate::web::forms::{Choice, Field, FieldError, Problems};
use crate::web::{
    Error, Notice, Page, Permission, Result, Routes, already_answered, html, remember_answer,
    see_other,
};

pub(super) fn routes(routes: Routes) -> Routes {
    // Whoever holds the link may: the letter gave it to them.
    let may = Permission::Public;
    routes
        .get("/c/{token}/needs", may, list)
        .get("/c/{token}/needs/new", may, show_new)
        .post("/c/{token}/needs/new", may, post)
        .post("/c/{token}/needs/{id}/close", may, close)
}

/// How many skills are offered to tick.
const OFFERED: usize = 60;

#[derive(Template)]
#[template(path = "hub/needs.html")]
struct ListPage {
    page: Page,
    door: Door,
    rows: Vec<Row>,
}

struct Row {
    line: NeedLine,
    state: &'static str,
    /// When and until when, in words.
    when: String,
    /// Who serves it, as far as they stand to be known here.
    served: String,
    overdue: bool,
}

impl Row {
    fn is(&self, state: &str) -> bool {
        self.line.state == state
    }
}

async fn list(State(app): State<App>, page: Page, Path(token): Path<String>) -> Result {
    let Some(door) = Door::look(&app, &token, "needs").await? else {
        return letters::closed(page);
    };
    let mut connection = app.db.read().await?;
    let today = today();
    let mut rows = Vec::new();
    for line in store::lines_of(&mut connection, door.committee.id).await? {
        let state = NeedState::from_name(&line.state);
        let until = line.until.as_deref();
        let mut when = Times::from_bits(line.times).words(&page);
        if let Some(day) = until {
            let gap = if when.is_empty() { "" } else { " · " };
            when = format!("{when}{gap}{} {}", page.t("needs-until-day"), page.date(day));
        }
        let known = super::store::serving(&mut connection, line.id, door.committee.id).await?;
        rows.push(Row {
            state: state.map_or("", |state| page.t(state.key())),
            overdue: line.state == "open" && until.is_some_and(|day| day < today.as_str()),
            served: known.join("、"),
            when,
            line,
        });
    }
    html(&ListPage { page, door, rows })
}

/// What was typed, as it came.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct PostForm {
    title: String,
    area: String,
    /// The names of the ticked skills.
    skill: Vec<String>,
    times: Vec<String>,
    regular: String,
    place: String,
    place_words: String,
    contact: String,
    contact_phone: String,
    until: String,
    by: String,
    form: String,
}

impl PostForm {
    /// The form as it opens: whom to ask is on record.
    fn opened(door: &Door) -> Self {
        let details = &door.committee.details;
        Self {
            area: needs::Area::Deeds.name().to_owned(),
            place: Place::Committee.name().to_owned(),
            contact: door.signer.clone(),
            contact_phone: details.phone.clone(),
            by: door.signer.clone(),
            ..Self::default()
        }
    }

    /// As the office's form has it, for this committee alone.
    fn as_need(&self, door: &Door) -> NeedForm {
        NeedForm {
            committee: door.committee.details.name.clone(),
            committee_id: door.committee.id.to_string(),
            title: self.title.clone(),
            area: self.area.clone(),
            skills: self.skill.join("、"),
            times: self.times.clone(),
            regular: self.regular.clone(),
            place: self.place.clone(),
            place_words: self.place_words.clone(),
            contact: self.contact.clone(),
            contact_phone: self.contact_phone.clone(),
            until: self.until.clone(),
            ..NeedForm::default()
        }
    }
}

#[derive(Template)]
#[template(path = "hub/need.html")]
struct NewPage {
    page: Page,
    door: Door,
    fields: Fields,
    /// The skills to tick, those of members here first.
    skills: Field,
    ticked: bool,
    by: Field,
    errors: Vec<FieldError>,
}

async fn new_page(
    connection: &mut Connection,
    page: Page,
    door: Door,
    form: &PostForm,
    problems: &Problems,
) -> Result<NewPage> {
    let mut names = super::store::skills_at(connection, door.committee.id).await?;
    for (_, name) in lists::names(connection, List::Skills).await? {
        if names.len() >= OFFERED {
            break;
        }
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let options = names.into_iter().map(|name| Choice {
        chosen: form.skill.contains(&name),
        value: name.clone(),
        label: name,
        count: String::new(),
    });
    let skills = Field::new(&page, "skill", "needs-skills")
        .options(options.collect())
        .hint(page.t("hub-skills-hint"));
    let error = problems.of("skills").map_or_else(String::new, |why| page.say(why));
    Ok(NewPage {
        fields: form.as_need(&door).fields(&page, problems, &[]),
        skills: Field { error, ..skills },
        ticked: !form.skill.is_empty(),
        by: signer_field(&page, &form.by, problems),
        errors: problems.summary(&page),
        door,
        page,
    })
}

async fn show_new(State(app): State<App>, page: Page, Path(token): Path<String>) -> Result {
    let Some(door) = Door::look(&app, &token, "needs").await? else {
        return letters::closed(page);
    };
    let form = PostForm::opened(&door);
    let mut connection = app.db.read().await?;
    html(&new_page(&mut connection, page, door, &form, &Problems::none()).await?)
}

async fn post(
    State(app): State<App>,
    page: Page,
    Path(token): Path<String>,
    Form(form): Form<PostForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let Some(door) = Door::open(&app, &token).await? else { return letters::closed(page) };
    if app.link_uses.too_many(door.committee.id) {
        return uses::busy(page);
    }
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let (mut problems, mut candidates) = (Problems::none(), Vec::new());
    let details = form.as_need(&door).read(&mut write, &mut problems, &mut candidates).await?;
    let by = signed(&mut write, &door, &form.by, &mut problems).await?;
    let (Some(details), Some(by)) = (details, by) else {
        drop(write);
        let mut connection = app.db.read().await?;
        let shown = new_page(&mut connection, page, door, &form, &problems).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&shown)?).into_response());
    };
    registry::post(&mut write, &details, &by).await?;
    let location = door.at("needs");
    remember_answer(&mut write, &form.form, &location).await?;
    write.commit().await?;
    Ok(Notice::see_other(&location, "notice-need-posted", &details.title))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct CloseForm {
    form: String,
}

/// Takes back what the committee posted and nobody serves yet.
async fn close(
    State(app): State<App>,
    page: Page,
    Path((token, id)): Path<(String, i64)>,
    Form(form): Form<CloseForm>,
) -> Result {
    let Some(door) = Door::open(&app, &token).await? else { return letters::closed(page) };
    if app.link_uses.too_many(door.committee.id) {
        return uses::busy(page);
    }
    let location = door.at("needs");
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let need = store::need(&mut write, id).await?.ok_or(Error::NotFound)?;
    let posted = store::posted_by(&mut write, id).await?.is_some();
    if need.details.committee != door.committee.id || !posted {
        return Err(Error::NotFound);
    }
    let because = page.t("hub-need-taken-back");
    let step = registry::step(&mut write, Actor::Committee, &need, Step::Close, because).await?;
    if step.is_err() {
        return Ok(Notice::see_other(&location, "notice-need-served-warning", &need.details.title));
    }
    remember_answer(&mut write, &form.form, &location).await?;
    write.commit().await?;
    Ok(Notice::see_other(&location, "notice-need-taken-back", &need.details.title))
}
