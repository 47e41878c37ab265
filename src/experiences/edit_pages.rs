//! The form of an experience: written up from a meeting or by itself, edited.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::{Form, Query};
use serde::Deserialize;
use serde_json::json;

use super::form::{ExperienceForm, FormFields, facts, tellers};
use super::store::{self, Experience};
use super::{ExperienceDetails, search};
use crate::app::App;
use crate::audit::{self, Action, Record};
use crate::db::Connection;
use crate::meetings::{self, Person, lines};
use crate::members;
use crate::members::meant::{self, Candidate};
use crate::web::forms::{FieldError, Problems};
use crate::web::{
    Difference, Draft, Error, Notice, Page, Permission, Result, Routes, Viewer, already_answered,
    differing, html, remember_answer, see_other,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::HoldMeetings;
    routes
        .get("/experiences/new", may, show_new)
        .post("/experiences/new", may, add)
        .get("/experiences/{id}/edit", may, show_edit)
        .post("/experiences/{id}/edit", may, edit)
}

#[derive(Template)]
#[template(path = "experiences/form.html")]
struct FormPage {
    page: Page,
    /// The experience being edited; `None` adds one.
    experience: Option<Experience>,
    /// The meeting at which it was told (`meetings.id` and title).
    meeting: Option<(i64, String)>,
    fields: FormFields,
    errors: Vec<FieldError>,
    /// What differs between what was typed and what someone else saved meanwhile.
    conflict: Vec<Difference>,
}

impl FormPage {
    /// Whether it was removed while it was being edited.
    fn is_removed(&self) -> bool {
        self.experience.as_ref().is_some_and(|experience| experience.removed_at.is_some())
    }
}

/// What came back from reading a form.
#[derive(Default)]
struct Tried {
    problems: Problems,
    candidates: Vec<Candidate>,
    conflict: Vec<Difference>,
}

async fn form_page(
    connection: &mut Connection,
    page: Page,
    viewer: &Viewer,
    experience: Option<Experience>,
    form: &ExperienceForm,
    tried: Tried,
) -> Result<FormPage> {
    let mut offered: Vec<Person> =
        experience.as_ref().map_or_else(Vec::new, |experience| experience.tellers.clone());
    let meeting = match form.meeting {
        Some(id) => meetings::store::meeting(connection, id).await?,
        None => None,
    };
    if let Some(meeting) = &meeting {
        let told = lines::store::of_meeting(connection, meeting.id).await?;
        let told = tellers(told, &viewer.scope);
        offered.extend(told.into_iter().filter(|who| {
            experience.as_ref().is_none_or(|experience| !experience.tellers.contains(who))
        }));
    }
    for id in &form.member {
        let unknown = offered.iter().all(|person| person.id != *id);
        if let (true, Some(member)) =
            (unknown, meant::live(connection, &viewer.scope, 0, *id).await?)
        {
            offered.push(Person { id: *id, name: member.name, branch: None });
        }
    }
    Ok(FormPage {
        fields: form.fields(&page, &tried.problems, &tried.candidates, &offered),
        errors: tried.problems.summary(&page),
        conflict: tried.conflict,
        meeting: meeting.map(|meeting| (meeting.id, meeting.details.title)),
        experience,
        page,
    })
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct NewQuery {
    /// The meeting at which it was told.
    meeting: Option<i64>,
    /// What was told there (`meeting_lines.id`).
    line: Option<i64>,
}

async fn show_new(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Query(query): Query<NewQuery>,
    Draft(draft): Draft<ExperienceForm>,
) -> Result {
    let mut connection = app.db.read().await?;
    let line = match query.line {
        Some(id) => lines::store::line(&mut connection, id).await?,
        None => None,
    };
    let form = match (draft, line) {
        (Some(draft), _) => draft,
        (None, Some(line)) => ExperienceForm::from_line(&line),
        (None, None) => ExperienceForm { meeting: query.meeting, ..ExperienceForm::default() },
    };
    let tried = Tried::default();
    html(&form_page(&mut connection, page, &viewer, None, &form, tried).await?)
}

async fn add(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Form(form): Form<ExperienceForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let mut form = form;
    if let Some(id) = form.meeting
        && meetings::store::meeting(&mut write, id).await?.is_none()
    {
        form.meeting = None;
    }
    let mut tried = Tried::default();
    let (problems, candidates) = (&mut tried.problems, &mut tried.candidates);
    let details = form.read(&mut write, &viewer.scope, &[], problems, candidates).await?;
    let Some(details) = details else {
        let shown = form_page(&mut write, page, &viewer, None, &form, tried).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&shown)?).into_response());
    };
    let id = store::insert(&mut write, &details).await?;
    search::reindex(&mut write, &[id]).await?;
    let (actor, record) = ((&viewer).into(), Record::Experience(id));
    audit::record(&mut write, actor, Action::ExperienceAdded, record, json!({})).await?;
    let location = format!("/experiences/{id}");
    remember_answer(&mut write, &form.form, &location).await?;
    write.commit().await?;
    Ok(Notice::see_other(&location, "notice-saved", &details.title))
}

async fn show_edit(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Draft(draft): Draft<ExperienceForm>,
) -> Result {
    let mut connection = app.db.read().await?;
    let experience = store::experience(&mut connection, id).await?.ok_or(Error::NotFound)?;
    if experience.removed_at.is_some() {
        return Ok(see_other(&format!("/experiences/{id}")));
    }
    let form = draft.unwrap_or_else(|| ExperienceForm::of(&experience));
    let (edited, tried) = (Some(experience), Tried::default());
    html(&form_page(&mut connection, page, &viewer, edited, &form, tried).await?)
}

async fn edit(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(form): Form<ExperienceForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let experience = store::experience(&mut write, id).await?.ok_or(Error::NotFound)?;
    // From which meeting it is does not change.
    let form = ExperienceForm { meeting: experience.details.meeting, ..form };
    let mut tried = Tried::default();
    let (problems, candidates) = (&mut tried.problems, &mut tried.candidates);
    let named = &experience.tellers;
    let details = form.read(&mut write, &viewer.scope, named, problems, candidates).await?;
    let lost_race = experience.version != form.version || experience.removed_at.is_some();
    let (Some(details), false) = (&details, lost_race) else {
        if let (Some(typed), true) = (&details, lost_race) {
            tried.conflict = conflict(&mut write, &page, &experience, typed).await?;
        }
        let status =
            if lost_race { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
        // Saving again from the page that showed both versions says: mine.
        let form = ExperienceForm { version: experience.version, ..form };
        let edited = Some(experience);
        let shown = form_page(&mut write, page, &viewer, edited, &form, tried).await?;
        return Ok((status, html(&shown)?).into_response());
    };
    if *details != experience.details {
        store::update(&mut write, id, details).await?;
        search::reindex(&mut write, &[id]).await?;
        let (actor, record) = ((&viewer).into(), Record::Experience(id));
        audit::record(&mut write, actor, Action::ExperienceChanged, record, json!({})).await?;
    }
    let location = format!("/experiences/{id}");
    remember_answer(&mut write, &form.form, &location).await?;
    write.commit().await?;
    Ok(Notice::see_other(&location, "notice-saved", &details.title))
}

/// What differs between the experience as it is now and what was typed.
async fn conflict(
    connection: &mut Connection,
    page: &Page,
    now: &Experience,
    typed: &ExperienceDetails,
) -> Result<Vec<Difference>> {
    let skills = members::store::skill_names(connection, &typed.skills).await?;
    let mut named = Vec::new();
    for id in &typed.members {
        let member = members::store::member(connection, *id).await?;
        named.extend(member.map(|member| member.details.name.as_str().to_owned()));
    }
    let tellers: Vec<String> = now.tellers.iter().map(|person| person.name.clone()).collect();
    let theirs = facts(page, &now.details, &now.skill_names, &tellers);
    Ok(differing(theirs, facts(page, typed, &skills, &named)))
}
