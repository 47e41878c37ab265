//! `/addresses`: the list of rules, a rule's form, and the bin.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::Form;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::form::{FormFields, RuleForm, in_words, parity_words};
use super::store::{self, Asked};
use super::{Rule, RuleDetails, today};
use crate::app::App;
use crate::audit::{self, Action, Record};
use crate::committees::{self, CommitteeLine};
use crate::db::{self, Connection};
use crate::members::BIN_DAYS;
use crate::text::{Readings, fold};
use crate::web::forms::{FieldError, Problems};
use crate::web::paging::Pager;
use crate::web::{
    Draft, Error, Notice, Page, Permission, Result, Routes, Viewer, already_answered, html,
    remember_answer, see_other,
};

/// How many rules a page shows.
const PAGE: i64 = 50;

pub(super) fn routes(routes: Routes) -> Routes {
    let (read, change) = (Permission::ReadDirectory, Permission::ChangeDirectory);
    routes
        .get("/addresses", read, list)
        .get("/addresses/new", change, show_new)
        .post("/addresses/new", change, add)
        .get("/addresses/bin", change, show_bin)
        .get("/addresses/{id}", change, show)
        .post("/addresses/{id}", change, edit)
        .post("/addresses/{id}/remove", change, remove)
        .post("/addresses/{id}/restore", change, restore)
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct ListQuery {
    #[serde(skip_serializing_if = "String::is_empty")]
    q: String,
    /// `committees.id`.
    #[serde(skip_serializing_if = "Option::is_none")]
    committee: Option<i64>,
    /// The last rule of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<i64>,
}

impl ListQuery {
    fn url(&self, after: Option<i64>) -> String {
        let query = serde_html_form::to_string(Self { after, ..self.clone() }).unwrap_or_default();
        if query.is_empty() { "/addresses".to_owned() } else { format!("/addresses?{query}") }
    }

    /// Roads and committees whose name holds what was typed, or begins to be read like it; where
    /// there are none, committees that are found by it otherwise.
    async fn asked(&self, connection: &mut Connection) -> db::Result<Asked> {
        let typed: String = fold(&self.q).split_whitespace().collect();
        let mut asked = Asked { committee: self.committee, ..Asked::default() };
        if typed.is_empty() {
            return Ok(asked);
        }
        let mut roads = store::roads(connection).await?;
        roads.retain(|road| bears(road, &typed));
        let mut found = committees::store::find(connection, &self.q, 100).await?;
        // A sub-district that is called like the road would bring in all of its committees.
        if !roads.is_empty() || found.iter().any(|line| bears(&line.name, &typed)) {
            found.retain(|line| bears(&line.name, &typed));
        }
        asked.roads_or_committees = Some((roads, found.iter().map(|line| line.id).collect()));
        Ok(asked)
    }
}

fn bears(name: &str, typed: &str) -> bool {
    name.contains(typed)
        || (typed.is_ascii()
            && Readings::of_name(name).ways().iter().any(|way| {
                let initials: String = way.iter().filter_map(|s| s.chars().next()).collect();
                way.concat().starts_with(typed) || initials.starts_with(typed)
            }))
}

#[derive(Template)]
#[template(path = "addresses/list.html")]
struct ListPage {
    page: Page,
    q: String,
    committee: Option<CommitteeLine>,
    rows: Vec<Row>,
    count: String,
    pager: Pager,
}

/// A rule in a line of a list.
pub(super) struct Row {
    pub rule: Rule,
    pub parity: &'static str,
    pub since: String,
    /// Whether it does not hold yet.
    pub later: bool,
}

impl Row {
    pub(super) fn of(page: &Page, rule: Rule) -> Self {
        let since = rule.valid_from.as_str();
        Self {
            parity: parity_words(page, &rule.stretch),
            since: if since.is_empty() { String::new() } else { page.date(since) },
            later: !rule.valid_from.has_begun(&today()),
            rule,
        }
    }
}

async fn list(State(app): State<App>, page: Page, Query(query): Query<ListQuery>) -> Result {
    let mut connection = app.db.snapshot().await?;
    let asked = query.asked(&mut connection).await?;
    let mut rules = store::list(&mut connection, &asked, query.after, PAGE + 1).await?;
    let limit = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = rules.len() > limit;
    rules.truncate(limit);
    let last = rules.last().filter(|_| more).map(|rule| rule.id);
    let count = store::count(&mut connection, &asked).await?;
    let count = page.t1("addresses-count", "count", count);
    let committee = match query.committee {
        Some(id) => committees::store::line(&mut connection, id).await?,
        None => None,
    };
    html(&ListPage {
        committee,
        pager: Pager {
            first_url: if query.after.is_some() { query.url(None) } else { String::new() },
            next_url: if last.is_some() { query.url(last) } else { String::new() },
            shown: count.clone(),
            ..Pager::default()
        },
        count,
        rows: rules.into_iter().map(|rule| Row::of(&page, rule)).collect(),
        q: query.q,
        page,
    })
}

#[derive(Template)]
#[template(path = "addresses/form.html")]
struct FormPage {
    page: Page,
    /// The rule being edited; `None` adds one.
    rule: Option<Rule>,
    fields: FormFields,
    errors: Vec<FieldError>,
    /// Whether all that is wrong is an overlap, which may be meant.
    overlaps: bool,
    /// What differs between what was typed and what someone else saved meanwhile.
    conflict: Vec<Difference>,
    removed: String,
    can_restore: bool,
}

struct Difference {
    label: &'static str,
    theirs: String,
    mine: String,
}

fn form_page(page: Page, rule: Option<Rule>, form: &RuleForm) -> FormPage {
    let problems = Problems::none();
    let removed_at = rule.as_ref().and_then(|rule| rule.removed_at.clone()).unwrap_or_default();
    FormPage {
        fields: form.fields(&page, &problems, &[]),
        errors: Vec::new(),
        overlaps: false,
        conflict: Vec::new(),
        can_restore: removed_at >= bin_since(),
        removed: if removed_at.is_empty() { String::new() } else { page.time(&removed_at) },
        rule,
        page,
    }
}

/// What came of a form.
struct Read {
    details: Option<RuleDetails>,
    problems: Problems,
    candidates: Vec<CommitteeLine>,
    overlaps: bool,
}

async fn read(
    connection: &mut Connection,
    page: &Page,
    form: &RuleForm,
    besides: i64,
) -> db::Result<Read> {
    let (mut problems, mut candidates) = (Problems::none(), Vec::new());
    let details = form.read(connection, &mut problems, &mut candidates).await?;
    let overlaps = match &details {
        Some(details) => {
            form.against_others(connection, page, details, besides, &mut problems).await?
        }
        None => false,
    };
    Ok(Read { details: details.filter(|_| problems.is_empty()), problems, candidates, overlaps })
}

fn refused(page: Page, rule: Option<Rule>, form: &RuleForm, read: &Read) -> Result {
    let shown = FormPage {
        fields: form.fields(&page, &read.problems, &read.candidates),
        errors: read.problems.summary(&page),
        overlaps: read.overlaps,
        ..form_page(page, rule, form)
    };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&shown)?).into_response())
}

async fn show_new(page: Page, Draft(draft): Draft<RuleForm>) -> Result {
    html(&form_page(page, None, &draft.unwrap_or_default()))
}

async fn add(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Form(form): Form<RuleForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let read = read(&mut write, &page, &form, 0).await?;
    let Some(details) = &read.details else { return refused(page, None, &form, &read) };
    let id = store::insert(&mut write, details).await?;
    let record = Record::Rule(id);
    audit::record(&mut write, (&viewer).into(), Action::RuleAdded, record, json!({})).await?;
    let location = ListQuery { q: details.road.as_str().to_owned(), ..ListQuery::default() };
    let location = location.url(None);
    remember_answer(&mut write, &form.form, &location).await?;
    let name = name_of(&mut write, id).await?;
    write.commit().await?;
    Ok(Notice::see_other(&location, "notice-saved", &name))
}

/// Road and numbers of a rule, for a notice.
async fn name_of(connection: &mut Connection, id: i64) -> Result<String> {
    Ok(store::rule(connection, id).await?.map_or_else(String::new, |rule| rule.place()))
}

async fn show(
    State(app): State<App>,
    page: Page,
    Path(id): Path<i64>,
    Draft(draft): Draft<RuleForm>,
) -> Result {
    let rule = store::rule(&mut *app.db.read().await?, id).await?.ok_or(Error::NotFound)?;
    let form = draft.unwrap_or_else(|| RuleForm::of(&rule));
    html(&form_page(page, Some(rule), &form))
}

async fn edit(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(form): Form<RuleForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let rule = store::rule(&mut write, id).await?.ok_or(Error::NotFound)?;
    let read = read(&mut write, &page, &form, id).await?;
    if rule.version != form.version || rule.removed_at.is_some() {
        // Saving again from the page that shows both versions says: mine.
        let opened = RuleForm { version: rule.version, ..form };
        let shown = FormPage {
            conflict: differences(&page, &rule, &opened),
            fields: opened.fields(&page, &read.problems, &read.candidates),
            ..form_page(page, Some(rule), &opened)
        };
        return Ok((StatusCode::CONFLICT, html(&shown)?).into_response());
    }
    let Some(details) = &read.details else { return refused(page, Some(rule), &form, &read) };
    store::update(&mut write, id, details).await?;
    let record = Record::Rule(id);
    audit::record(&mut write, (&viewer).into(), Action::RulesChanged, record, json!({})).await?;
    let location = ListQuery { q: details.road.as_str().to_owned(), ..ListQuery::default() };
    let location = location.url(None);
    remember_answer(&mut write, &form.form, &location).await?;
    let name = name_of(&mut write, id).await?;
    write.commit().await?;
    Ok(Notice::see_other(&location, "notice-saved", &name))
}

/// What differs between the rule as it is and what was typed.
fn differences(page: &Page, rule: &Rule, typed: &RuleForm) -> Vec<Difference> {
    let theirs = RuleForm::of(rule);
    [
        ("addresses-road", theirs.road, &typed.road),
        ("addresses-numbers", theirs.numbers, &typed.numbers),
        ("members-committee", theirs.committee, &typed.committee),
        ("addresses-valid-from", theirs.valid_from, &typed.valid_from),
    ]
    .into_iter()
    .filter(|(_, theirs, mine)| theirs != *mine)
    .map(|(key, theirs, mine)| Difference { label: page.t(key), theirs, mine: mine.clone() })
    .collect()
}

async fn remove(State(app): State<App>, viewer: Viewer, Path(id): Path<i64>) -> Result {
    let mut write = app.db.write().await?;
    let rule = store::rule(&mut write, id).await?.ok_or(Error::NotFound)?;
    if rule.removed_at.is_none() {
        let actor = (&viewer).into();
        store::set_removed(&mut write, id, Some(actor)).await?;
        audit::record(&mut write, actor, Action::RuleRemoved, Record::Rule(id), json!({})).await?;
        write.commit().await?;
    }
    Ok(Notice::see_other("/addresses", "notice-rule-removed", &rule.place()))
}

/// Since when what was removed can be brought back.
fn bin_since() -> String {
    db::timestamp(Timestamp::now() - SignedDuration::from_hours(24 * BIN_DAYS))
}

async fn restore(State(app): State<App>, viewer: Viewer, Path(id): Path<i64>) -> Result {
    let mut write = app.db.write().await?;
    let rule = store::rule(&mut write, id).await?.ok_or(Error::NotFound)?;
    if rule.removed_at.as_deref().is_none_or(|at| at < bin_since().as_str()) {
        return Err(Error::Conflict);
    }
    if store::same(&mut write, &rule).await?.is_some() {
        let name = rule.place();
        return Ok(Notice::see_other("/addresses/bin", "notice-rule-there-warning", &name));
    }
    let actor = (&viewer).into();
    store::set_removed(&mut write, id, None).await?;
    audit::record(&mut write, actor, Action::RuleRestored, Record::Rule(id), json!({})).await?;
    write.commit().await?;
    Ok(Notice::see_other("/addresses", "notice-rule-restored", &rule.place()))
}

#[derive(Template)]
#[template(path = "addresses/bin.html")]
struct BinPage {
    page: Page,
    rows: Vec<BinRow>,
    explained: String,
}

struct BinRow {
    id: i64,
    words: String,
    at: String,
}

async fn show_bin(State(app): State<App>, page: Page) -> Result {
    let rules = store::bin(&mut *app.db.read().await?, &bin_since()).await?;
    let rows = rules
        .into_iter()
        .map(|rule| BinRow {
            id: rule.id,
            words: in_words(&page, &rule),
            at: page.time(rule.removed_at.as_deref().unwrap_or_default()),
        })
        .collect();
    html(&BinPage { explained: page.t1("addresses-bin-text", "days", BIN_DAYS), rows, page })
}
