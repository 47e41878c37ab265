//! Registering a member, and editing the record.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::{Form, Query};
use serde::{Deserialize, Serialize};

use super::duplicates::{self, Alike};
use super::form::{Candidates, FormFields, MemberForm};
use super::record_pages::differences;
use super::{Member, MemberDetails, registry, store};
use crate::app::App;
use crate::db::Connection;
use crate::lang::Message;
use crate::registrations;
use crate::web::forms::{FieldError, Problems};
use crate::web::{
    Difference, Draft, Error, Notice, Page, Permission, Result, Routes, Viewer, already_answered,
    html, remember_answer, see_other,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::ChangeMembers;
    routes
        .get("/members/new", may, show_new)
        .post("/members/new", may, register)
        .get("/members/{id}/edit", may, show_edit)
        .post("/members/{id}/edit", may, edit)
}

#[derive(Template)]
#[template(path = "members/form.html")]
struct FormPage {
    page: Page,
    /// The record being edited; `None` registers a new one.
    member: Option<Member>,
    fields: FormFields,
    errors: Vec<FieldError>,
    alike: Vec<Alike>,
    /// What differs between what was typed and what someone else saved meanwhile.
    conflict: Vec<Difference>,
}

impl FormPage {
    /// Whether the record was removed or merged while it was being edited.
    fn is_removed(&self) -> bool {
        self.member.as_ref().is_some_and(|member| member.removed_at.is_some())
    }
}

struct Shown<'a> {
    form: &'a MemberForm,
    problems: &'a Problems,
    candidates: &'a Candidates,
    alike: Vec<Alike>,
    conflict: Vec<Difference>,
}

impl<'a> Shown<'a> {
    fn new(form: &'a MemberForm, problems: &'a Problems, candidates: &'a Candidates) -> Self {
        Self { form, problems, candidates, alike: Vec::new(), conflict: Vec::new() }
    }

    async fn page(
        self,
        connection: &mut Connection,
        page: Page,
        viewer: &Viewer,
        member: Option<Member>,
    ) -> Result {
        let fields =
            self.form.fields(connection, &page, &viewer.scope, self.problems, self.candidates);
        html(&FormPage {
            fields: fields.await?,
            errors: self.problems.summary(&page),
            alike: self.alike,
            conflict: self.conflict,
            member,
            page,
        })
    }
}

/// What the next form of a pile has in common with the one before.
#[derive(Deserialize, Serialize, Default)]
#[serde(default)]
struct Carried {
    #[serde(skip_serializing_if = "String::is_empty")]
    branch: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    agreed: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    agreed_phone: String,
}

/// What a member sent in by themselves, and the form takes in.
#[derive(Deserialize, Default)]
#[serde(default)]
struct SentIn {
    registration: Option<i64>,
}

impl SentIn {
    /// A form with what was sent in, while that waits and is the viewer's to see.
    async fn into(
        self,
        connection: &mut Connection,
        viewer: &Viewer,
        form: MemberForm,
    ) -> Result<MemberForm> {
        let Some(id) = self.registration else { return Ok(form) };
        let waiting = registrations::store::one_waiting(connection, id).await?;
        let waiting = waiting.ok_or(Error::NotFound)?;
        viewer.must_cover(Some(waiting.branch_id))?;
        Ok(form.with(&waiting))
    }
}

/// Settles what was sent in, once it stands in a record.
async fn take_in(
    connection: &mut Connection,
    viewer: &Viewer,
    form: &MemberForm,
    member: i64,
) -> Result<()> {
    let Ok(id) = form.registration.parse() else { return Ok(()) };
    if let Some(waiting) = registrations::store::one_waiting(connection, id).await? {
        viewer.must_cover(Some(waiting.branch_id))?;
        registrations::accept(connection, viewer.into(), id, member).await?;
    }
    Ok(())
}

async fn show_new(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Query(carried): Query<Carried>,
    Query(sent_in): Query<SentIn>,
    Draft(draft): Draft<MemberForm>,
) -> Result {
    let mut connection = app.db.read().await?;
    let form = draft.unwrap_or_else(|| MemberForm {
        branch: if carried.branch.is_empty() { only_branch(&viewer) } else { carried.branch },
        agreed: carried.agreed,
        agreed_phone: carried.agreed_phone,
        ..MemberForm::default()
    });
    let form = sent_in.into(&mut connection, &viewer, form).await?;
    let (problems, candidates) = (Problems::none(), Candidates::default());
    Shown::new(&form, &problems, &candidates).page(&mut connection, page, &viewer, None).await
}

/// Who is given one branch registers into it.
fn only_branch(viewer: &Viewer) -> String {
    match viewer.scope.branches() {
        Some([branch]) => branch.to_string(),
        _ => String::new(),
    }
}

async fn register(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Form(form): Form<MemberForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let (mut problems, mut candidates) = (Problems::none(), Candidates::default());
    let details = form.read(&mut write, &viewer, &mut problems, &mut candidates).await?;
    let details = check_number(&mut write, details, 0, &mut problems).await?;
    let mut shown = Shown::new(&form, &problems, &candidates);
    let details = match details {
        Some(details) => {
            if form.confirmed != "yes" {
                let scope = &viewer.scope;
                shown.alike = duplicates::seen_alike(&mut write, &details, 0, scope).await?;
            }
            Some(details).filter(|_| shown.alike.is_empty())
        }
        None => None,
    };
    let Some(details) = details else {
        let shown = shown.page(&mut write, page, &viewer, None).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response());
    };
    let id = registry::register(&mut write, (&viewer).into(), &details).await?;
    take_in(&mut write, &viewer, &form, id).await?;
    let location = if form.next == "yes" {
        let MemberForm { branch, agreed, agreed_phone, .. } = form.clone();
        let carried = Carried { branch, agreed, agreed_phone };
        let carried = serde_html_form::to_string(&carried).map_err(Error::internal)?;
        format!("/members/new?{carried}")
    } else {
        format!("/members/{id}")
    };
    remember_answer(&mut write, &form.form, &location).await?;
    write.commit().await?;
    Ok(Notice::see_other(&location, "notice-member-registered", details.name.as_str()))
}

/// An employee number that another live record has is a message beside the field.
async fn check_number(
    connection: &mut Connection,
    details: Option<MemberDetails>,
    besides: i64,
    problems: &mut Problems,
) -> Result<Option<MemberDetails>> {
    if let Some(number) = details.as_ref().and_then(|details| details.number.as_ref())
        && let Some(other) = store::id_by_number(connection, number.as_str()).await?
        && other != besides
    {
        let other = store::member(connection, other).await?.ok_or(Error::NotFound)?;
        let name = other.details.name.as_str();
        problems.add("number", Message::new("members-number-taken").with("name", name));
        return Ok(None);
    }
    Ok(details)
}

/// The record, removed or not, if it is the viewer's to see.
pub(super) async fn own(connection: &mut Connection, viewer: &Viewer, id: i64) -> Result<Member> {
    let member = store::member(connection, id).await?.ok_or(Error::NotFound)?;
    viewer.must_cover(member.details.branch)?;
    Ok(member)
}

async fn show_edit(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Query(sent_in): Query<SentIn>,
    Draft(draft): Draft<MemberForm>,
) -> Result {
    let mut connection = app.db.read().await?;
    let member = own(&mut connection, &viewer, id).await?;
    if member.removed_at.is_some() {
        return Ok(see_other(&format!("/members/{id}")));
    }
    let form = match draft {
        Some(draft) => draft,
        None => MemberForm::of(&mut connection, &member).await?,
    };
    let form = sent_in.into(&mut connection, &viewer, form).await?;
    let (problems, candidates) = (Problems::none(), Candidates::default());
    let shown = Shown::new(&form, &problems, &candidates);
    shown.page(&mut connection, page, &viewer, Some(member)).await
}

async fn edit(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(form): Form<MemberForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let member = own(&mut write, &viewer, id).await?;
    let (mut problems, mut candidates) = (Problems::none(), Candidates::default());
    let details = form.read(&mut write, &viewer, &mut problems, &mut candidates).await?;
    let details = check_number(&mut write, details, id, &mut problems).await?;
    let lost_race = member.version != form.version || member.removed_at.is_some();
    // Saving again from the page that showed both versions says: mine.
    let opened = MemberForm { version: member.version, ..form.clone() };
    let mut shown = Shown::new(&opened, &problems, &candidates);
    let details = match details {
        Some(details) if lost_race => {
            shown.conflict = differences(&mut write, &page, &member.details, &details).await?;
            None
        }
        Some(details) => {
            if form.confirmed != "yes" {
                let (before, scope) = (&member.details, &viewer.scope);
                shown.alike =
                    duplicates::newly_alike(&mut write, before, &details, id, scope).await?;
            }
            Some(details).filter(|_| shown.alike.is_empty())
        }
        None => None,
    };
    let Some(details) = details else {
        let status =
            if lost_race { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
        let shown = shown.page(&mut write, page, &viewer, Some(member)).await?;
        return Ok((status, shown).into_response());
    };
    let actor = (&viewer).into();
    registry::change(&mut write, actor, &member, &details, store::Cause::Edited).await?;
    take_in(&mut write, &viewer, &form, id).await?;
    let location = format!("/members/{id}");
    remember_answer(&mut write, &form.form, &location).await?;
    write.commit().await?;
    Ok(Notice::see_other(&location, "notice-member-saved", details.name.as_str()))
}
