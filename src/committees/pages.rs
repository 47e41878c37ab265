//! `/committees`: the directory, a committee's page, and its form.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::Form;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::store::{self, Area, Body, NameSince};
use super::{Committee, CommitteeCode, CommitteeDetails, CommitteeLine, parse_line};
use crate::app::App;
use crate::audit::{self, Action, Record};
use crate::db::{Connection, now};
use crate::lang::Message;
use crate::members::registry;
use crate::members::search::{self, CountUpTo, Line, Order, PAGE};
use crate::text::{Filter, match_expression};
use crate::web::forms::{Field, FieldError, Problems};
use crate::web::{
    Draft, Error, Notice, Page, Permission, Result, Routes, Viewer, already_answered, html,
    remember_answer, see_other,
};

/// The routes of this feature.
pub fn routes(routes: Routes) -> Routes {
    let (read, change) = (Permission::ReadDirectory, Permission::ChangeDirectory);
    routes
        .get("/committees", read, list)
        .get("/committees/suggest", read, suggest)
        .get("/committees/new", change, show_new)
        .post("/committees/new", change, add)
        .get("/committees/{id}", read, show)
        .get("/committees/{id}/edit", change, show_edit)
        .post("/committees/{id}/edit", change, edit)
        .get("/committees/{id}/merge", Permission::RestructureDirectory, show_merge)
        .post("/committees/{id}/merge", Permission::RestructureDirectory, merge)
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct ListQuery {
    q: String,
    district: String,
    street: String,
}

#[derive(Template)]
#[template(path = "committees/list.html")]
struct ListPage {
    page: Page,
    q: String,
    district: Option<Area>,
    street: Option<Area>,
    areas: Vec<Area>,
    committees: Vec<CommitteeLine>,
    total: String,
}

async fn list(State(app): State<App>, page: Page, Query(query): Query<ListQuery>) -> Result {
    let mut connection = app.db.read().await?;
    let street = named_area(&mut connection, &query.street).await?;
    let district = query.street.get(..6).unwrap_or(&query.district);
    let district = named_area(&mut connection, district).await?;
    let mut areas = Vec::new();
    let mut committees = Vec::new();
    if !query.q.trim().is_empty() {
        committees = store::find(&mut connection, &query.q, 100).await?;
    } else if let Some(street) = &street {
        committees = store::committees_of(&mut connection, &street.code).await?;
    } else if let Some(district) = &district {
        areas = store::streets(&mut connection, &district.code).await?;
    } else {
        areas = store::districts(&mut connection).await?;
    }
    let total = store::count(&mut connection).await?;
    let total = page.t1("committees-count", "count", total);
    html(&ListPage { q: query.q, district, street, areas, committees, total, page })
}

async fn named_area(connection: &mut Connection, code: &str) -> Result<Option<Area>> {
    let name = store::area(connection, code).await?;
    Ok(name.map(|name| Area { code: code.to_owned(), name }))
}

#[derive(Template)]
#[template(path = "committees/suggestions.html")]
struct Suggestions {
    lines: Vec<CommitteeLine>,
}

async fn suggest(State(app): State<App>, Query(query): Query<ListQuery>) -> Result {
    let lines = store::find(&mut *app.db.read().await?, &query.q, 8).await?;
    html(&Suggestions { lines })
}

#[derive(Template)]
#[template(path = "committees/show.html")]
struct ShowPage {
    page: Page,
    committee: Committee,
    merged_into: Option<CommitteeLine>,
    names: Vec<NameSince>,
    lines: Vec<Line>,
    count: String,
    withheld: String,
    more: bool,
}

async fn show(State(app): State<App>, page: Page, viewer: Viewer, Path(id): Path<i64>) -> Result {
    let mut connection = app.db.snapshot().await?;
    let committee = store::committee(&mut connection, id).await?.ok_or(Error::NotFound)?;
    let merged_into = match committee.merged_into {
        Some(id) => store::line(&mut connection, id).await?,
        None => None,
    };
    let scope = viewer.scope.branches();
    let all = match_expression("", &[Filter::Committee(id)], scope);
    let agreed = match_expression("", &[Filter::Committee(id), Filter::Agreed], scope);
    let lines = search::lines(&mut connection, &all, Order::Name, None, PAGE).await?;
    let count = search::count_matching(&mut connection, &all, CountUpTo::All).await?.number();
    let known = search::count_matching(&mut connection, &agreed, CountUpTo::All).await?.number();
    let withheld = count - known;
    html(&ShowPage {
        names: store::names(&mut connection, id).await?,
        count: page.t1("members-count", "count", count),
        withheld: if withheld > 0 {
            page.t1("committees-withheld", "count", withheld)
        } else {
            String::new()
        },
        more: count > PAGE,
        merged_into,
        committee,
        lines,
        page,
    })
}

/// What was typed, as it came.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct CommitteeForm {
    code: String,
    name: String,
    street_code: String,
    street: String,
    district: String,
    head: String,
    address: String,
    contact_person: String,
    phone: String,
    party_name: String,
    party_head: String,
    party_address: String,
    party_phone: String,
    since: String,
    version: i64,
    form: String,
}

impl CommitteeForm {
    fn of(committee: &Committee) -> Self {
        let details = committee.details.clone();
        Self {
            code: committee.code.clone().unwrap_or_default(),
            name: details.name,
            street_code: committee.street.0.clone(),
            street: committee.street.1.clone(),
            district: committee.district.1.clone(),
            head: details.head,
            address: details.address,
            contact_person: details.contact_person,
            phone: details.phone,
            party_name: details.party_name,
            party_head: details.party_head,
            party_address: details.party_address,
            party_phone: details.party_phone,
            since: now()[..10].to_owned(),
            version: committee.version,
            form: String::new(),
        }
    }

    fn read(&self, problems: &mut Problems) -> Option<CommitteeDetails> {
        if self.name.trim().is_empty() {
            problems.add("name", Message::new("form-required"));
        }
        let name = problems.check("name", parse_line(&self.name, 60));
        let head = problems.check("head", parse_line(&self.head, 30));
        let address = problems.check("address", parse_line(&self.address, 120));
        let contact = problems.check("contact_person", parse_line(&self.contact_person, 30));
        let phone = problems.check("phone", parse_line(&self.phone, 30));
        let party_name = problems.check("party_name", parse_line(&self.party_name, 60));
        let party_head = problems.check("party_head", parse_line(&self.party_head, 30));
        let party_address = problems.check("party_address", parse_line(&self.party_address, 120));
        let party_phone = problems.check("party_phone", parse_line(&self.party_phone, 30));
        Some(CommitteeDetails {
            name: name?,
            head: head?,
            address: address?,
            contact_person: contact?,
            phone: phone?,
            party_name: party_name?,
            party_head: party_head?,
            party_address: party_address?,
            party_phone: party_phone?,
        })
        .filter(|_| problems.is_empty())
    }

    /// The day from which changed names hold: not later than today.
    fn since(&self, problems: &mut Problems) -> Option<String> {
        let today = &now()[..10];
        match self.since.parse::<jiff::civil::Date>() {
            Ok(day) if day.to_string().as_str() <= today => Some(day.to_string()),
            Ok(_) => {
                problems.add("since", Message::new("committees-since-future"));
                None
            }
            Err(_) => {
                problems.add("since", Message::new("committees-since-shape"));
                None
            }
        }
    }
}

#[derive(Template)]
#[template(path = "committees/form.html")]
struct FormPage {
    page: Page,
    committee: Option<Committee>,
    place: Vec<Field>,
    body: Vec<Field>,
    party: Vec<Field>,
    since: Field,
    version: i64,
    errors: Vec<FieldError>,
    conflict: bool,
}

fn form_page(
    page: Page,
    committee: Option<Committee>,
    form: &CommitteeForm,
    problems: &Problems,
    conflict: bool,
) -> FormPage {
    let line = |name: &str, label: &'static str, value: &str, limit: u32| {
        Field::new(&page, name, label).value(value).limit(limit).check(&page, problems)
    };
    let place = if committee.is_some() {
        Vec::new()
    } else {
        vec![
            line("street_code", "committees-street-code", &form.street_code, 9)
                .required()
                .hint(page.t("committees-street-code-hint")),
            line("code", "committees-code", &form.code, 12).hint(page.t("committees-code-hint")),
            line("street", "committees-street", &form.street, 40),
            line("district", "committees-district", &form.district, 40),
        ]
    };
    FormPage {
        place,
        body: vec![
            line("name", "committees-name", &form.name, 60).required(),
            line("head", "committees-head", &form.head, 30),
            line("address", "committees-address", &form.address, 120),
            line("contact_person", "committees-contact", &form.contact_person, 30),
            line("phone", "committees-phone", &form.phone, 30).kind("tel", "off"),
        ],
        party: vec![
            line("party_name", "committees-party-name", &form.party_name, 60),
            line("party_head", "committees-party-head", &form.party_head, 30),
            line("party_address", "committees-address", &form.party_address, 120),
            line("party_phone", "committees-phone", &form.party_phone, 30).kind("tel", "off"),
        ],
        since: line("since", "committees-since", &form.since, 10)
            .kind("date", "off")
            .hint(page.t("committees-since-hint")),
        version: form.version,
        errors: problems.summary(&page),
        conflict,
        committee,
        page,
    }
}

async fn show_new(page: Page, Draft(draft): Draft<CommitteeForm>) -> Result {
    let form = draft.unwrap_or_default();
    html(&form_page(page, None, &form, &Problems::none(), false))
}

async fn add(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Form(form): Form<CommitteeForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let mut problems = Problems::none();
    let details = form.read(&mut problems);
    let code = read_code(&mut write, &form, &mut problems).await?;
    let street = read_street(&mut write, &form, code.as_ref(), &mut problems).await?;
    let (Some(details), Some(street), true) = (details, street, problems.is_empty()) else {
        let shown = html(&form_page(page, None, &form, &problems, false))?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response());
    };
    let id = store::insert(&mut write, code.as_ref(), &street, &details).await?;
    store::put_name(&mut write, id, Body::Committee, "", &details.name, &details.head).await?;
    if !details.party_name.is_empty() {
        let (name, head) = (&details.party_name, &details.party_head);
        store::put_name(&mut write, id, Body::Party, "", name, head).await?;
    }
    store::index(&mut write, id).await?;
    let record = Record::Committee(id);
    audit::record(&mut write, (&viewer).into(), Action::CommitteeAdded, record, json!({})).await?;
    let location = format!("/committees/{id}");
    remember_answer(&mut write, &form.form, &location).await?;
    write.commit().await?;
    Ok(Notice::see_other(&location, "notice-saved", &details.name))
}

async fn read_code(
    connection: &mut Connection,
    form: &CommitteeForm,
    problems: &mut Problems,
) -> Result<Option<CommitteeCode>> {
    if form.code.trim().is_empty() {
        return Ok(None);
    }
    let code = problems.check("code", CommitteeCode::parse(&form.code));
    if let Some(code) = &code
        && store::id_of_code(connection, code.as_str()).await?.is_some()
    {
        problems.add("code", Message::new("committees-code-taken"));
    }
    Ok(code)
}

/// The sub-district: one that is known by its code, or a new one with its names.
async fn read_street(
    connection: &mut Connection,
    form: &CommitteeForm,
    code: Option<&CommitteeCode>,
    problems: &mut Problems,
) -> Result<Option<String>> {
    let typed = crate::text::normalize(&form.street_code);
    let street = code.map_or(typed.clone(), |code| code.street().to_owned());
    if street.len() != 9 || !street.bytes().all(|byte| byte.is_ascii_digit()) {
        problems.add("street_code", Message::new("committees-street-code-shape"));
        return Ok(None);
    }
    if !typed.is_empty() && typed != street {
        problems.add("street_code", Message::new("committees-street-code-other"));
        return Ok(None);
    }
    if store::area(connection, &street).await?.is_some() {
        return Ok(Some(street));
    }
    let name = problems.check("street", parse_line(&form.street, 40)).unwrap_or_default();
    if name.is_empty() {
        problems.add("street", Message::new("committees-street-new"));
        return Ok(None);
    }
    let district = street[..6].to_owned();
    if store::area(connection, &district).await?.is_none() {
        let name = problems.check("district", parse_line(&form.district, 40)).unwrap_or_default();
        if name.is_empty() {
            problems.add("district", Message::new("committees-district-new"));
            return Ok(None);
        }
        store::put_district(connection, &district, &name, "").await?;
    }
    store::put_street(connection, &street, &district, &name).await?;
    Ok(Some(street))
}

async fn show_edit(
    State(app): State<App>,
    page: Page,
    Path(id): Path<i64>,
    Draft(draft): Draft<CommitteeForm>,
) -> Result {
    let committee = store::committee(&mut *app.db.read().await?, id).await?;
    let committee = committee.ok_or(Error::NotFound)?;
    let form = draft.unwrap_or_else(|| CommitteeForm::of(&committee));
    html(&form_page(page, Some(committee), &form, &Problems::none(), false))
}

async fn edit(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(form): Form<CommitteeForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let mut write = app.db.write().await?;
    let committee = store::committee(&mut write, id).await?.ok_or(Error::NotFound)?;
    let mut problems = Problems::none();
    let details = form.read(&mut problems);
    let since = form.since(&mut problems);
    let conflict = committee.version != form.version;
    let (Some(details), Some(since), false) = (details, since, conflict) else {
        let form = CommitteeForm { version: committee.version, ..form };
        let status = if conflict { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
        let shown = html(&form_page(page, Some(committee), &form, &problems, conflict))?;
        return Ok((status, shown).into_response());
    };
    let before = &committee.details;
    store::update(&mut write, id, form.version, &details).await?;
    let renamed = before.name != details.name || before.head != details.head;
    if renamed {
        let (name, head) = (&details.name, &details.head);
        store::put_name(&mut write, id, Body::Committee, &since, name, head).await?;
    }
    if before.party_name != details.party_name || before.party_head != details.party_head {
        let (name, head) = (&details.party_name, &details.party_head);
        store::put_name(&mut write, id, Body::Party, &since, name, head).await?;
    }
    if before.name != details.name {
        store::index(&mut write, id).await?;
        reindex_members(&mut write, id).await?;
    }
    let action = if renamed { Action::CommitteeRenamed } else { Action::CommitteeChanged };
    audit::record(&mut write, (&viewer).into(), action, Record::Committee(id), json!({})).await?;
    write.commit().await?;
    Ok(Notice::see_other(&format!("/committees/{id}"), "notice-saved", &details.name))
}

async fn reindex_members(connection: &mut Connection, id: i64) -> Result<()> {
    let mut after = 0;
    loop {
        let members = store::members_of(connection, id, after).await?;
        let Some(last) = members.last() else { return Ok(()) };
        after = *last;
        search::reindex(connection, &members).await?;
    }
}

#[derive(Template)]
#[template(path = "committees/merge.html")]
struct MergePage {
    page: Page,
    committee: Committee,
    into: Field,
    into_id: String,
    errors: Vec<FieldError>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct MergeForm {
    into: String,
    into_id: String,
}

fn merge_page(
    page: Page,
    committee: Committee,
    form: &MergeForm,
    problems: &Problems,
) -> MergePage {
    MergePage {
        into: Field::new(&page, "into", "committees-merge-into")
            .value(&form.into)
            .required()
            .hint(page.t("members-committee-hint"))
            .check(&page, problems),
        into_id: form.into_id.clone(),
        errors: problems.summary(&page),
        committee,
        page,
    }
}

async fn show_merge(State(app): State<App>, page: Page, Path(id): Path<i64>) -> Result {
    let committee = store::committee(&mut *app.db.read().await?, id).await?;
    let committee = committee.ok_or(Error::NotFound)?;
    html(&merge_page(page, committee, &MergeForm::default(), &Problems::none()))
}

async fn merge(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(form): Form<MergeForm>,
) -> Result {
    let mut write = app.db.write().await?;
    let committee = store::committee(&mut write, id).await?.ok_or(Error::NotFound)?;
    let mut found = match form.into_id.parse::<i64>() {
        Ok(chosen) => store::line(&mut write, chosen).await?.into_iter().collect(),
        Err(_) => store::find(&mut write, &form.into, 3).await?,
    };
    found.retain(|line: &CommitteeLine| line.id != id);
    let ([into], None) = (found.as_slice(), committee.merged_into) else {
        let mut problems = Problems::none();
        problems.add("into", Message::new("committees-merge-which"));
        let shown = html(&merge_page(page, committee, &form, &problems))?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response());
    };
    let mut after = 0;
    let mut moved = Vec::new();
    loop {
        let members = store::members_of(&mut write, id, after).await?;
        let Some(last) = members.last() else { break };
        after = *last;
        registry::keep_before_committee_merge(&mut write, (&viewer).into(), &members).await?;
        moved.extend(members);
    }
    store::merge(&mut write, id, into.id).await?;
    search::reindex(&mut write, &moved).await?;
    let detail = json!({ "into": into.id, "members": moved.len() });
    let record = Record::Committee(id);
    audit::record(&mut write, (&viewer).into(), Action::CommitteeMerged, record, detail).await?;
    write.commit().await?;
    Ok(Notice::see_other(&format!("/committees/{}", into.id), "notice-merged", &into.name))
}
