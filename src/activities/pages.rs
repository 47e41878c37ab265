//! An activity: entered, copied from an earlier one, shown with its participants, edited, removed
//! and brought back.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::{Form, Query};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::json;

use super::form::{ActivityForm, FormFields, changed_fields, facts};
use super::people::store::Part;
use super::people::{self, People};
use super::{Activity, Amount, store};
use crate::app::App;
use crate::audit::{self, Action, Record};
use crate::committees::{self, CommitteeLine};
use crate::db::Connection;
use crate::members::kept_since;
use crate::members::search::{self, Order};
use crate::text::{Filter, match_expression};
use crate::web::forms::{Choice, Field, FieldError, Problems};
use crate::web::{
    Difference, Draft, Error, Notice, Page, Permission, Result, Routes, Viewer, already_answered,
    differing, html, remember_answer, see_other,
};

use people::Answer;

/// How many of a committee's members are offered to be ticked.
const OFFERED: i64 = 100;

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::RecordActivities;
    routes
        .get("/activities/new", may, show_new)
        .post("/activities/new", may, add)
        .get("/activities/{id}", may, show)
        .get("/activities/{id}/edit", may, show_edit)
        .post("/activities/{id}/edit", may, edit)
        .post("/activities/{id}/remove", may, remove)
        .post("/activities/{id}/restore", may, restore)
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

#[derive(Template)]
#[template(path = "activities/show.html")]
struct ShowPage {
    page: Page,
    activity: Activity,
    day: String,
    area: &'static str,
    manner: &'static str,
    /// How much each participant is given at first, in words.
    each: String,
    /// When it was put into the bin; empty for a live one.
    removed: String,
    can_restore: bool,
    who: Field,
    people: People,
    answer: Answer,
    /// The committee's members who do not take part yet.
    neighbours: Vec<Choice>,
}

async fn show(State(app): State<App>, page: Page, viewer: Viewer, Path(id): Path<i64>) -> Result {
    let mut connection = app.db.read().await?;
    let activity = store::activity(&mut connection, id).await?.ok_or(Error::NotFound)?;
    show_with(&mut connection, page, &viewer, &activity, Answer::default()).await
}

/// The page of an activity, with what came of an entry.
pub(super) async fn show_with(
    connection: &mut Connection,
    page: Page,
    viewer: &Viewer,
    activity: &Activity,
    answer: Answer,
) -> Result {
    let people = People::of(connection, &page, &viewer.scope, activity).await?;
    show_people(connection, page, viewer, activity, people, answer).await
}

/// The page of an activity, with its participants as they are given.
pub(super) async fn show_people(
    connection: &mut Connection,
    page: Page,
    viewer: &Viewer,
    activity: &Activity,
    people: People,
    answer: Answer,
) -> Result {
    let details = &activity.details;
    let removed_at = activity.removed_at.clone().unwrap_or_default();
    html(&ShowPage {
        day: page.date(&details.day.to_string()),
        area: page.t(details.area.key()),
        manner: page.t(details.manner.key()),
        each: each(&page, details.amount),
        can_restore: removed_at >= kept_since(Timestamp::now()),
        removed: if removed_at.is_empty() { String::new() } else { page.time(&removed_at) },
        who: Field::new(&page, "who", "activities-who")
            .hint(page.t("activities-who-hint"))
            .focused(),
        neighbours: if people.open {
            neighbours(connection, viewer, details.committee, &people).await?
        } else {
            Vec::new()
        },
        activity: activity.clone(),
        people,
        answer,
        page,
    })
}

fn each(page: &Page, amount: Amount) -> String {
    let times = page.t1("activities-each-times", "times", amount.times);
    match amount.hours() {
        hours if hours.is_empty() => times,
        hours => format!("{times} · {}", page.t1("activities-each-hours", "hours", hours)),
    }
}

/// The members of the committee within the viewer's scope who do not take part yet.
async fn neighbours(
    connection: &mut Connection,
    viewer: &Viewer,
    committee: Option<i64>,
    people: &People,
) -> Result<Vec<Choice>> {
    let Some(committee) = committee else { return Ok(Vec::new()) };
    let filters = [Filter::Committee(committee)];
    let expression = match_expression("", &filters, viewer.scope.branches());
    let lines = search::lines(connection, &expression, Order::Name, None, OFFERED).await?;
    let choice = |line: search::Line<'_>| Choice {
        value: line.id.to_string(),
        label: match &line.number {
            Some(number) => format!("{} {}", line.name.as_str(), number.as_str()),
            None => line.name.as_str().to_owned(),
        },
        ..Choice::default()
    };
    let lines = lines.read()?.into_iter().filter(|line| !people.has(line.id));
    Ok(lines.map(choice).collect())
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

/// Puts an activity into the bin, with the parts of all who took part: only who may see them all.
async fn remove(State(app): State<App>, viewer: Viewer, Path(id): Path<i64>) -> Result<Response> {
    let mut write = app.db.write().await?;
    let activity = store::activity(&mut write, id).await?.ok_or(Error::NotFound)?;
    let title = &activity.details.title;
    let parts = people::store::parts(&mut write, id).await?;
    let mut parts = parts.iter().filter(|part| part.taken_out_at.is_empty());
    if parts.any(|part| !viewer.scope.covers(part.branch_id)) {
        let place = format!("/activities/{id}");
        return Ok(Notice::see_other(&place, "notice-activity-others-warning", title));
    }
    if activity.removed_at.is_none() {
        let (actor, record) = ((&viewer).into(), Record::Activity(id));
        store::set_removed(&mut write, id, Some(actor)).await?;
        audit::record(&mut write, actor, Action::ActivityRemoved, record, json!({})).await?;
        write.commit().await?;
    }
    Ok(Notice::see_other("/activities", "notice-activity-removed", title))
}

async fn restore(State(app): State<App>, viewer: Viewer, Path(id): Path<i64>) -> Result<Response> {
    let mut write = app.db.write().await?;
    let activity = store::activity(&mut write, id).await?.ok_or(Error::NotFound)?;
    let place = format!("/activities/{id}");
    if let Some(removed_at) = &activity.removed_at {
        if *removed_at < kept_since(Timestamp::now()) {
            return Err(Error::Conflict);
        }
        let (actor, record) = ((&viewer).into(), Record::Activity(id));
        store::set_removed(&mut write, id, None).await?;
        audit::record(&mut write, actor, Action::ActivityRestored, record, json!({})).await?;
        write.commit().await?;
    }
    Ok(Notice::see_other(&place, "notice-activity-restored", &activity.details.title))
}
