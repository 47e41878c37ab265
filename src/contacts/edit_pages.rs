//! Entering a contact, editing one, striking it and bringing it back.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::Form;
use serde::Deserialize;

use super::form::{Candidates, ContactForm, Fields};
use super::store::{self, Contact};
use super::{ContactDetails, Kind, registry};
use crate::app::App;
use crate::committees;
use crate::db::Connection;
use crate::letters::{required_line, today};
use crate::members::store as members;
use crate::web::forms::{Field, FieldError, Problems};
use crate::web::{
    Difference, Draft, Error, Fact, FormToken, Notice, Page, Permission, Result, Routes, Viewer,
    already_answered, differing, html, remember_answer, see_other,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::WriteLetters;
    routes
        .get("/letters/contacts/new", may, show_new)
        .post("/letters/contacts/new", may, add)
        .get("/letters/contacts/{id}", may, show)
        .post("/letters/contacts/{id}", may, edit)
        .post("/letters/contacts/{id}/strike", may, strike)
        .post("/letters/contacts/{id}/restore", may, restore)
}

#[derive(Template)]
#[template(path = "contacts/form.html")]
struct FormPage {
    page: Page,
    /// The contact being edited; `None` enters a new one.
    contact: Option<Contact>,
    fields: Fields,
    errors: Vec<FieldError>,
    /// What differs between what was typed and what someone else saved meanwhile.
    conflict: Vec<Difference>,
    why: Field,
    /// Who entered it, when.
    noted: String,
}

impl FormPage {
    fn place(&self) -> String {
        let id = self.contact.as_ref().map_or_else(|| "new".to_owned(), |one| one.id.to_string());
        format!("/letters/contacts/{id}")
    }

    fn back(&self) -> String {
        let committee = self.contact.as_ref().and_then(|one| one.details.committee);
        ledger(committee)
    }
}

/// The ledger of a committee, or all of it.
fn ledger(committee: Option<i64>) -> String {
    committee.map_or_else(
        || "/letters/ledger".to_owned(),
        |id| format!("/letters/ledger?committee={id}"),
    )
}

fn form_page(
    page: Page,
    contact: Option<Contact>,
    form: &ContactForm,
    problems: &Problems,
    candidates: &Candidates,
) -> FormPage {
    FormPage {
        fields: form.fields(&page, problems, candidates),
        errors: problems.summary(&page),
        conflict: Vec::new(),
        why: Field::new(&page, "why", "letters-why").limit(100).check(&page, problems),
        noted: contact.as_ref().map_or_else(String::new, |one| noted(&page, one)),
        contact,
        page,
    }
}

fn noted(page: &Page, contact: &Contact) -> String {
    let by = contact.noted_by.as_deref().unwrap_or(page.t("history-by-terminal"));
    format!("{} · {by}", page.time(&contact.noted_at))
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct NewQuery {
    committee: Option<i64>,
    /// Who asked for work.
    member: Option<i64>,
}

async fn show_new(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Query(query): Query<NewQuery>,
    Draft(draft): Draft<ContactForm>,
) -> Result {
    let mut connection = app.db.read().await?;
    let form = match draft {
        Some(draft) => draft,
        None => opened(&mut connection, &viewer, &query).await?,
    };
    let none = Candidates::default();
    html(&form_page(page, None, &form, &Problems::none(), &none))
}

/// The form with what is on record: today, the committee, whom one speaks to there.
async fn opened(
    connection: &mut Connection,
    viewer: &Viewer,
    query: &NewQuery,
) -> Result<ContactForm> {
    let mut form = ContactForm {
        kind: Kind::Visit.name().to_owned(),
        day: today().to_string(),
        ..ContactForm::default()
    };
    let mut committee = query.committee;
    if let Some(id) = query.member {
        let member = members::member(connection, id).await?.ok_or(Error::NotFound)?;
        viewer.must_cover(member.details.branch)?;
        Kind::Asked.name().clone_into(&mut form.kind);
        member.details.name.as_str().clone_into(&mut form.member);
        form.member_id = id.to_string();
        let home = member.details.home;
        committee = home.committee().or_else(|| home.host());
    }
    if let Some(id) = committee
        && let Some(committee) = committees::store::committee(connection, id).await?
    {
        form.committee_id = id.to_string();
        form.committee = committee.details.name;
        if query.member.is_none() {
            let last = store::last_person(connection, id).await?;
            form.person = last.unwrap_or(committee.details.contact_person);
        }
    }
    Ok(form)
}

async fn add(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Form(form): Form<ContactForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let (mut problems, mut candidates) = (Problems::none(), Candidates::default());
    let scope = &viewer.scope;
    let details = form.read(&mut write, scope, None, &mut problems, &mut candidates).await?;
    let Some(details) = details else {
        let shown = html(&form_page(page, None, &form, &problems, &candidates))?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response());
    };
    registry::add(&mut write, (&viewer).into(), &details).await?;
    let location = ledger(details.committee);
    remember_answer(&mut write, &form.form, &location).await?;
    write.commit().await?;
    Ok(Notice::see_other(&location, "notice-contact-added", ""))
}

/// A contact that this viewer may see.
async fn own(connection: &mut Connection, viewer: &Viewer, id: i64) -> Result<Contact> {
    let contact = store::contact(connection, id).await?.ok_or(Error::NotFound)?;
    if contact.details.member.is_some() {
        viewer.must_cover(contact.branch)?;
    }
    Ok(contact)
}

#[derive(Template)]
#[template(path = "contacts/struck.html")]
struct StruckPage {
    page: Page,
    contact: Contact,
    facts: Vec<Fact>,
    struck: String,
    noted: String,
}

async fn show(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Draft(draft): Draft<ContactForm>,
) -> Result {
    let mut connection = app.db.read().await?;
    let contact = own(&mut connection, &viewer, id).await?;
    if !contact.struck_at.is_empty() {
        return html(&StruckPage {
            facts: facts(&mut connection, &page, &contact.details).await?,
            struck: page.time(&contact.struck_at),
            noted: noted(&page, &contact),
            contact,
            page,
        });
    }
    let form = draft.unwrap_or_else(|| ContactForm::of(&contact));
    html(&form_page(page, Some(contact), &form, &Problems::none(), &Candidates::default()))
}

async fn edit(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(form): Form<ContactForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let contact = own(&mut write, &viewer, id).await?;
    if !contact.struck_at.is_empty() {
        return Err(Error::Conflict);
    }
    let (mut problems, mut candidates) = (Problems::none(), Candidates::default());
    let (scope, before) = (&viewer.scope, Some(&contact));
    let details = form.read(&mut write, scope, before, &mut problems, &mut candidates).await?;
    let lost_race = contact.version != form.version;
    if let (Some(details), false) = (&details, lost_race) {
        registry::change(&mut write, (&viewer).into(), &contact, details).await?;
        let location = ledger(details.committee);
        remember_answer(&mut write, &form.form, &location).await?;
        write.commit().await?;
        return Ok(Notice::see_other(&location, "notice-contact-changed", ""));
    }
    let conflict = match &details {
        Some(typed) => {
            let theirs = facts(&mut write, &page, &contact.details).await?;
            differing(theirs, facts(&mut write, &page, typed).await?)
        }
        None => Vec::new(),
    };
    // Saving again from the page that showed both versions says: mine.
    let opened = ContactForm { version: contact.version, ..form };
    let shown = form_page(page, Some(contact), &opened, &problems, &candidates);
    let status = if lost_race { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, html(&FormPage { conflict, ..shown })?).into_response())
}

async fn facts(
    connection: &mut Connection,
    page: &Page,
    details: &ContactDetails,
) -> Result<Vec<Fact>> {
    let committee = match details.committee {
        Some(id) => committees::store::line(connection, id).await?,
        None => None,
    };
    let committee = committee.map_or_else(String::new, |line| line.name);
    let member = match details.member {
        Some(id) => members::member(connection, id).await?,
        None => None,
    };
    let member = member.map_or_else(String::new, |one| one.details.name.as_str().to_owned());
    Ok(details.facts(page, &committee, &member))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct StrikeForm {
    why: String,
    form: String,
}

async fn strike(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(form): Form<StrikeForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let contact = own(&mut write, &viewer, id).await?;
    let mut problems = Problems::none();
    let Some(why) = problems.check("why", required_line(&form.why, 100)) else {
        let opened = ContactForm::of(&contact);
        let mut shown = form_page(page, Some(contact), &opened, &problems, &Candidates::default());
        shown.why = shown.why.value(&form.why);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&shown)?).into_response());
    };
    if contact.struck_at.is_empty() {
        registry::strike(&mut write, (&viewer).into(), &contact, &why).await?;
    }
    let location = format!("/letters/contacts/{id}");
    remember_answer(&mut write, &form.form, &location).await?;
    write.commit().await?;
    Ok(Notice::see_other(&location, "notice-contact-struck", ""))
}

async fn restore(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(token): Form<FormToken>,
) -> Result {
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &token.form).await? {
        return Ok(see_other(&location));
    }
    let contact = own(&mut write, &viewer, id).await?;
    if !contact.struck_at.is_empty() {
        registry::restore(&mut write, (&viewer).into(), &contact).await?;
    }
    let location = format!("/letters/contacts/{id}");
    remember_answer(&mut write, &token.form, &location).await?;
    write.commit().await?;
    Ok(Notice::see_other(&location, "notice-contact-back", ""))
}
