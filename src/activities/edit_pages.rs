//! The form of an activity: entered, copied from an earlier one, edited.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::{Form, Query};
use serde::Deserialize;
use serde_json::json;

use super::form::{ActivityForm, FormFields, changed_fields, facts};
use super::people::{self, store::Part};
use super::{Activity, ActivityDetails, store};
use crate::app::App;
use crate::audit::{self, Action, Record};
use crate::committees::{self, CommitteeLine};
use crate::db::Connection;
use crate::lang::Message;
use crate::web::forms::{Choice, FieldError, Problems};
use crate::web::{
    Difference, Draft, Error, Notice, Page, Permission, Result, Routes, Viewer, already_answered,
    differing, html, remember_answer, see_other,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::RecordActivities;
    routes
        .get("/activities/new", may, show_new)
        .post("/activities/new", may, add)
        .get("/activities/{id}/edit", may, show_edit)
        .post("/activities/{id}/edit", may, edit)
}

#[derive(Template)]
#[template(path = "activities/form.html")]
struct FormPage {
    page: Page,
    /// The activity being edited; `None` adds one.
    activity: Option<Activity>,
    fields: FormFields,
    errors: Vec<FieldError>,
    /// Who took part in the one that is copied; empty otherwise.
    people: Vec<Choice>,
    /// What differs between what was typed and what someone else saved meanwhile.
    conflict: Vec<Difference>,
}

impl FormPage {
    /// Whether it was removed while it was being edited.
    fn is_removed(&self) -> bool {
        self.activity.as_ref().is_some_and(|activity| activity.removed_at.is_some())
    }
}

fn form_page(
    page: Page,
    activity: Option<Activity>,
    form: &ActivityForm,
    problems: &Problems,
    candidates: &[CommitteeLine],
) -> FormPage {
    FormPage {
        fields: form.fields(&page, problems, candidates),
        errors: problems.summary(&page),
        people: Vec::new(),
        conflict: Vec::new(),
        activity,
        page,
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct NewQuery {
    /// The activity of which this one is the same a week later.
    copy: Option<i64>,
    /// The committee where it takes place.
    committee: Option<i64>,
}

/// Who took part in the activity that is copied, to be ticked; `ticked`: whom the form has.
async fn copied(
    connection: &mut Connection,
    viewer: &Viewer,
    copy: Option<i64>,
    ticked: impl Fn(i64) -> bool,
) -> Result<Vec<Choice>> {
    let Some(copy) = copy else { return Ok(Vec::new()) };
    let parts = people::store::parts(connection, copy).await?;
    let theirs = |part: &Part| part.taken_out_at.is_empty() && viewer.scope.covers(part.branch_id);
    let choice = |part: Part| Choice {
        value: part.member_id.to_string(),
        chosen: ticked(part.member_id),
        label: match part.number {
            Some(number) => format!("{} {number}", part.name),
            None => part.name,
        },
        count: String::new(),
    };
    Ok(parts.into_iter().rev().filter(theirs).map(choice).collect())
}

async fn show_new(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Query(query): Query<NewQuery>,
    Draft(draft): Draft<ActivityForm>,
) -> Result {
    let mut connection = app.db.read().await?;
    let (form, everyone) = match (draft, query.copy, query.committee) {
        (Some(draft), ..) => (draft, false),
        (None, Some(copy), _) => {
            let activity = store::activity(&mut connection, copy).await?.ok_or(Error::NotFound)?;
            (ActivityForm::a_week_after(&activity), true)
        }
        (None, None, Some(committee)) => {
            let line = committees::store::line(&mut connection, committee).await?;
            let line = line.ok_or(Error::NotFound)?;
            let (committee, committee_id) = (line.name, line.id.to_string());
            (ActivityForm { committee, committee_id, ..ActivityForm::fresh() }, false)
        }
        (None, None, None) => (ActivityForm::fresh(), false),
    };
    let ticked = |member| everyone || form.member.contains(&member);
    let people = copied(&mut connection, &viewer, form.copy, ticked).await?;
    html(&FormPage { people, ..form_page(page, None, &form, &Problems::none(), &[]) })
}

async fn add(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Form(form): Form<ActivityForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let (mut problems, mut candidates) = (Problems::none(), Vec::new());
    let details = form.read(&mut write, &mut problems, &mut candidates).await?;
    let Some(details) = details else {
        let ticked = |member| form.member.contains(&member);
        let people = copied(&mut write, &viewer, form.copy, ticked).await?;
        let shown = form_page(page, None, &form, &problems, &candidates);
        let shown = html(&FormPage { people, ..shown })?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response());
    };
    let actor = (&viewer).into();
    let id = store::insert(&mut write, &details, None).await?;
    audit::record(&mut write, actor, Action::ActivityAdded, Record::Activity(id), json!({}))
        .await?;
    let activity = store::activity(&mut write, id).await?.ok_or(Error::NotFound)?;
    for choice in copied(&mut write, &viewer, form.copy, |m| form.member.contains(&m)).await? {
        if let (true, Ok(member)) = (choice.chosen, choice.value.parse()) {
            people::add(&mut write, actor, &activity, member, details.amount).await?;
        }
    }
    let location = format!("/activities/{id}");
    remember_answer(&mut write, &form.form, &location).await?;
    write.commit().await?;
    Ok(Notice::see_other(&location, "notice-saved", &details.title))
}

async fn show_edit(
    State(app): State<App>,
    page: Page,
    Path(id): Path<i64>,
    Draft(draft): Draft<ActivityForm>,
) -> Result {
    let activity = store::activity(&mut *app.db.read().await?, id).await?.ok_or(Error::NotFound)?;
    if activity.removed_at.is_some() {
        return Ok(see_other(&format!("/activities/{id}")));
    }
    let form = draft.unwrap_or_else(|| ActivityForm::of(&activity));
    html(&form_page(page, Some(activity), &form, &Problems::none(), &[]))
}

async fn edit(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(form): Form<ActivityForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let activity = store::activity(&mut write, id).await?.ok_or(Error::NotFound)?;
    let (mut problems, mut candidates) = (Problems::none(), Vec::new());
    let details = form.read(&mut write, &mut problems, &mut candidates).await?;
    let details = unless_confirmed(&mut write, &activity, details, &mut problems).await?;
    let lost_race = activity.version != form.version || activity.removed_at.is_some();
    let (Some(details), false) = (&details, lost_race) else {
        let conflict = match &details {
            Some(typed) if lost_race => {
                let mine = match typed.committee {
                    Some(id) => committees::store::line(&mut write, id).await?,
                    None => None,
                };
                let theirs = facts(&page, &activity.details, activity.committee.as_ref());
                differing(theirs, facts(&page, typed, mine.as_ref()))
            }
            _ => Vec::new(),
        };
        let status =
            if lost_race { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
        // Saving again from the page that showed both versions says: mine.
        let form = ActivityForm { version: activity.version, ..form };
        let shown = form_page(page, Some(activity), &form, &problems, &candidates);
        return Ok((status, html(&FormPage { conflict, ..shown })?).into_response());
    };
    let fields = changed_fields(&activity.details, details);
    if !fields.is_empty() {
        store::update(&mut write, id, details).await?;
        let (actor, record) = ((&viewer).into(), Record::Activity(id));
        let detail = json!({ "fields": fields });
        audit::record(&mut write, actor, Action::ActivityChanged, record, detail).await?;
    }
    let location = format!("/activities/{id}");
    remember_answer(&mut write, &form.form, &location).await?;
    write.commit().await?;
    Ok(Notice::see_other(&location, "notice-saved", &details.title))
}

/// What was signed stays what it was: once a part is confirmed, neither day nor place, title, area
/// nor manner change.
async fn unless_confirmed(
    connection: &mut Connection,
    activity: &Activity,
    details: Option<ActivityDetails>,
    problems: &mut Problems,
) -> Result<Option<ActivityDetails>> {
    let Some(typed) = details else { return Ok(None) };
    let signed = ["day", "committee", "title", "area", "manner"];
    let changed = changed_fields(&activity.details, &typed);
    let Some(field) = signed.into_iter().find(|field| changed.contains(field)) else {
        return Ok(Some(typed));
    };
    let parts = people::store::parts(connection, activity.id).await?;
    if parts.iter().all(|part| part.confirmed_at.is_none()) {
        return Ok(Some(typed));
    }
    problems.add(field, Message::new("activities-signed"));
    Ok(None)
}
