//! The form of a meeting: entered, copied from an earlier one, edited.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::{Form, Query};
use serde::Deserialize;
use serde_json::json;

use super::attendance::{self, store::Row};
use super::form::{FormFields, MeetingForm, changed_fields, facts};
use super::{Meeting, Person, store};
use crate::app::App;
use crate::audit::{self, Action, Record};
use crate::db::Connection;
use crate::members::meant::{self, Candidate};
use crate::web::forms::{Choice, FieldError, Problems};
use crate::web::{
    Difference, Draft, Error, Notice, Page, Permission, Result, Routes, Scope, Viewer,
    already_answered, differing, html, remember_answer, see_other,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::HoldMeetings;
    routes
        .get("/meetings/new", may, show_new)
        .post("/meetings/new", may, add)
        .get("/meetings/{id}/edit", may, show_edit)
        .post("/meetings/{id}/edit", may, edit)
}

#[derive(Template)]
#[template(path = "meetings/form.html")]
struct FormPage {
    page: Page,
    /// The meeting being edited; `None` adds one.
    meeting: Option<Meeting>,
    fields: FormFields,
    errors: Vec<FieldError>,
    /// Who was at the one that is copied; empty otherwise.
    people: Vec<Choice>,
    /// The latest meeting, to begin from.
    latest: Option<i64>,
    /// What differs between what was typed and what someone else saved meanwhile.
    conflict: Vec<Difference>,
}

impl FormPage {
    /// Whether it was removed while it was being edited.
    fn is_removed(&self) -> bool {
        self.meeting.as_ref().is_some_and(|meeting| meeting.removed_at.is_some())
    }
}

fn form_page(
    page: Page,
    meeting: Option<Meeting>,
    form: &MeetingForm,
    problems: &Problems,
    candidates: &[Candidate],
) -> FormPage {
    FormPage {
        fields: form.fields(&page, problems, candidates),
        errors: problems.summary(&page),
        people: Vec::new(),
        latest: None,
        conflict: Vec::new(),
        meeting,
        page,
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct NewQuery {
    /// The meeting of which this one is the next.
    copy: Option<i64>,
}

/// Who was at the meeting that is copied or was expected there, to be ticked; `ticked`: whom the
/// form has.
async fn copied(
    connection: &mut Connection,
    viewer: &Viewer,
    copy: Option<i64>,
    ticked: impl Fn(i64) -> bool,
) -> Result<Vec<Choice>> {
    let Some(copy) = copy else { return Ok(Vec::new()) };
    let rows = attendance::store::rows(connection, copy).await?;
    let theirs = |row: &Row| row.taken_out_at.is_empty() && viewer.scope.covers(row.branch_id);
    let choice = |row: Row| Choice {
        value: row.member_id.to_string(),
        chosen: ticked(row.member_id),
        label: match row.number {
            Some(number) => format!("{} {number}", row.name),
            None => row.name,
        },
        count: String::new(),
    };
    Ok(rows.into_iter().rev().filter(theirs).map(choice).collect())
}

async fn show_new(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Query(query): Query<NewQuery>,
    Draft(draft): Draft<MeetingForm>,
) -> Result {
    let mut connection = app.db.read().await?;
    let (form, everyone) = match (draft, query.copy) {
        (Some(draft), _) => (draft, false),
        (None, Some(copy)) => {
            let meeting = store::meeting(&mut connection, copy).await?.ok_or(Error::NotFound)?;
            (MeetingForm::after(&meeting, &viewer.scope), true)
        }
        (None, None) => (MeetingForm::fresh(), false),
    };
    let ticked = |member| everyone || form.member.contains(&member);
    let people = copied(&mut connection, &viewer, form.copy, ticked).await?;
    let latest = match form.copy {
        None => store::latest(&mut connection).await?,
        Some(_) => None,
    };
    let shown = form_page(page, None, &form, &Problems::none(), &[]);
    html(&FormPage { people, latest, ..shown })
}

async fn add(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Form(form): Form<MeetingForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let (mut problems, mut candidates) = (Problems::none(), Vec::new());
    let details =
        form.read(&mut write, &viewer.scope, None, &mut problems, &mut candidates).await?;
    let Some(details) = details else {
        let ticked = |member| form.member.contains(&member);
        let people = copied(&mut write, &viewer, form.copy, ticked).await?;
        let shown = form_page(page, None, &form, &problems, &candidates);
        let shown = html(&FormPage { people, ..shown })?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response());
    };
    let actor = (&viewer).into();
    let id = store::insert(&mut write, &details).await?;
    audit::record(&mut write, actor, Action::MeetingAdded, Record::Meeting(id), json!({})).await?;
    for choice in copied(&mut write, &viewer, form.copy, |m| form.member.contains(&m)).await? {
        if let (true, Ok(member)) = (choice.chosen, choice.value.parse()) {
            attendance::expect(&mut write, actor, id, member).await?;
        }
    }
    let location = format!("/meetings/{id}");
    remember_answer(&mut write, &form.form, &location).await?;
    write.commit().await?;
    Ok(Notice::see_other(&location, "notice-saved", &details.title))
}

async fn show_edit(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Draft(draft): Draft<MeetingForm>,
) -> Result {
    let meeting = store::meeting(&mut *app.db.read().await?, id).await?.ok_or(Error::NotFound)?;
    if meeting.removed_at.is_some() {
        return Ok(see_other(&format!("/meetings/{id}")));
    }
    let form = draft.unwrap_or_else(|| MeetingForm::of(&meeting, &viewer.scope));
    html(&form_page(page, Some(meeting), &form, &Problems::none(), &[]))
}

async fn edit(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(form): Form<MeetingForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let meeting = store::meeting(&mut write, id).await?.ok_or(Error::NotFound)?;
    let (mut problems, mut candidates) = (Problems::none(), Vec::new());
    let details = form
        .read(&mut write, &viewer.scope, Some(&meeting), &mut problems, &mut candidates)
        .await?;
    let lost_race = meeting.version != form.version || meeting.removed_at.is_some();
    let (Some(details), false) = (&details, lost_race) else {
        let conflict = match &details {
            Some(typed) if lost_race => {
                let mine = chair_name(&mut write, &page, &viewer.scope, &meeting, typed.chair);
                let mine = mine.await?;
                let theirs = meeting.chair.as_ref();
                let theirs = theirs.map_or("", |chair| chair.seen(&page, &viewer.scope));
                let theirs = facts(&page, &meeting.details, theirs);
                differing(theirs, facts(&page, typed, &mine))
            }
            _ => Vec::new(),
        };
        let status =
            if lost_race { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
        // Saving again from the page that showed both versions says: mine.
        let form = MeetingForm { version: meeting.version, ..form };
        let shown = form_page(page, Some(meeting), &form, &problems, &candidates);
        return Ok((status, html(&FormPage { conflict, ..shown })?).into_response());
    };
    let fields = changed_fields(&meeting.details, details);
    if !fields.is_empty() {
        store::update(&mut write, &meeting, details).await?;
        let (actor, record) = ((&viewer).into(), Record::Meeting(id));
        let detail = json!({ "fields": fields });
        audit::record(&mut write, actor, Action::MeetingChanged, record, detail).await?;
    }
    let location = format!("/meetings/{id}");
    remember_answer(&mut write, &form.form, &location).await?;
    write.commit().await?;
    Ok(Notice::see_other(&location, "notice-saved", &details.title))
}

/// The name of the chair that was typed, as the viewer sees it.
async fn chair_name(
    connection: &mut Connection,
    page: &Page,
    scope: &Scope,
    meeting: &Meeting,
    typed: Option<i64>,
) -> Result<String> {
    let Some(id) = typed else { return Ok(String::new()) };
    if let Some(chair) = meeting.chair.as_ref().filter(|chair: &&Person| chair.id == id) {
        return Ok(chair.seen(page, scope).to_owned());
    }
    let chair = meant::live(connection, scope, 0, id).await?;
    Ok(chair.map_or_else(String::new, |chair| chair.name))
}
