//! `/letters/checkins`: who has not checked in, for how long since their slip was printed; slips
//! printed and receipts entered for many at once; and a signed paper found by its code.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::{Form, Query};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::store::{self, LastPrinted, Missing, Wanted};
use super::{Receipt, Shape, printing, receipts, seen};
use crate::app::App;
use crate::committees::{self, CommitteeLine};
use crate::db::{Connection, timestamp};
use crate::lang::Message;
use crate::letters::{self, past_day, today};
use crate::lists::{self, List};
use crate::text::{PaperCode, normalize};
use crate::web::forms::{Choice, Field, FieldError, Problems};
use crate::web::paging::Pager;
use crate::web::{
    Error, Notice, Page, Permission, Result, Routes, Viewer, already_answered, html,
    remember_answer, see_other,
};

/// How many members a page of the list shows.
const PAGE: i64 = 100;
/// Up to where members are counted; more are said to be more.
const COUNTED: i64 = 10_000;
/// How many days ago a slip was printed at least.
const AGES: [i64; 3] = [14, 30, 60];

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::WriteLetters;
    routes.get("/letters/checkins", may, show).post("/letters/checkins", may, act)
}

/// Which members without a receipt: the address of the list.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct WorkQuery {
    #[serde(skip_serializing_if = "String::is_empty")]
    branch: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    district: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    committee: Option<i64>,
    /// `never`, or how many days ago at least.
    #[serde(skip_serializing_if = "String::is_empty")]
    printed: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<i64>,
    /// A code that was typed or scanned.
    #[serde(skip_serializing)]
    code: String,
}

impl WorkQuery {
    fn wanted(&self, viewer: &Viewer) -> Wanted {
        let days = self.printed.parse::<i64>().ok().filter(|days| AGES.contains(days));
        Wanted {
            branches: seen(&viewer.scope),
            branch: self.branch.parse().ok(),
            committee: self.committee,
            area: self.district.clone(),
            printed: match days {
                Some(days) => {
                    let before = Timestamp::now() - SignedDuration::from_hours(24 * days);
                    LastPrinted::Before(timestamp(before))
                }
                None if self.printed == "never" => LastPrinted::Never,
                None => LastPrinted::Any,
            },
            ids: None,
            after: self.after,
        }
    }

    fn url(&self) -> String {
        let query = serde_html_form::to_string(self).unwrap_or_default();
        let path = "/letters/checkins";
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }
}

/// What is done with the members that are ticked, or with the whole list.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct ActForm {
    /// `accept`, `print` or `print-missing`.
    act: String,
    tick: Vec<i64>,
    /// `yes`: all of the list, ticked or not.
    all: String,
    day: String,
    by: String,
    shape: String,
    form: String,
}

#[derive(Template)]
#[template(path = "checkins/work.html")]
struct WorkPage {
    page: Page,
    set_up: bool,
    code: Field,
    filters: Vec<Field>,
    committee: Option<CommitteeLine>,
    query: WorkQuery,
    count: String,
    all_words: String,
    /// How many slips would be printed, in words; empty when none is missing.
    unprinted: String,
    rows: Vec<Row>,
    shape: Field,
    day: Field,
    by: Field,
    errors: Vec<FieldError>,
    pager: Pager,
}

impl WorkPage {
    fn is_narrowed(&self) -> bool {
        self.query.url() != "/letters/checkins"
    }
}

struct Row {
    line: Missing,
    ticked: bool,
    /// How long ago the slip was printed, in words.
    printed: String,
}

async fn show(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Query(query): Query<WorkQuery>,
) -> Result {
    let mut connection = app.db.snapshot().await?;
    let mut problems = Problems::none();
    if !normalize(&query.code).is_empty() {
        let found = match PaperCode::parse(&query.code) {
            Some(code) => store::by_code(&mut connection, &code).await?,
            None => None,
        };
        match found {
            Some((sheet, None)) => return Ok(see_other(&format!("/letters/checkins/{sheet}"))),
            Some((sheet, Some(place))) => {
                return Ok(see_other(&format!("/letters/checkins/{sheet}?slip={place}")));
            }
            None => problems.add("code", Message::new("checkins-code-unknown")),
        }
    }
    let form = ActForm { day: today().to_string(), ..ActForm::default() };
    let status =
        if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let shown = shown(&mut connection, page, &viewer, query, &form, &problems).await?;
    Ok((status, html(&shown)?).into_response())
}

async fn shown(
    connection: &mut Connection,
    page: Page,
    viewer: &Viewer,
    query: WorkQuery,
    form: &ActForm,
    problems: &Problems,
) -> Result<WorkPage> {
    let wanted = query.wanted(viewer);
    let all = Wanted { after: None, ..wanted.clone() };
    let count = store::count_missing(connection, &all, COUNTED + 1).await?;
    let never = Wanted { printed: LastPrinted::Never, ..all };
    let unprinted = match wanted.printed {
        LastPrinted::Before(_) => 0,
        LastPrinted::Never => count,
        LastPrinted::Any => store::count_missing(connection, &never, COUNTED + 1).await?,
    };
    let mut lines = store::missing(connection, &wanted, PAGE + 1).await?;
    let size = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = lines.len() > size;
    lines.truncate(size);
    let next = lines.last().filter(|_| more).map(|line| line.sort_key);
    let url = |after: Option<i64>| WorkQuery { after, ..query.clone() }.url();
    let row = |line: Missing| Row {
        ticked: form.tick.contains(&line.id),
        printed: line.printed_at.as_deref().map_or_else(String::new, |at| ago(&page, at)),
        line,
    };
    Ok(WorkPage {
        set_up: letters::store::settings(connection).await?.is_some(),
        code: Field::new(&page, "code", "checkins-code").value(&query.code).check(&page, problems),
        filters: filters(connection, &page, viewer, &query).await?,
        committee: match query.committee {
            Some(id) => committees::store::line(connection, id).await?,
            None => None,
        },
        count: counted(&page, "checkins-missing-count", count),
        all_words: counted(&page, "checkins-all-of-list", count),
        unprinted: if unprinted > 0 {
            counted(&page, "checkins-print-missing", unprinted)
        } else {
            String::new()
        },
        pager: Pager {
            first_url: if query.after.is_some() { url(None) } else { String::new() },
            next_url: next.map_or_else(String::new, |next| url(Some(next))),
            ..Pager::default()
        },
        rows: lines.into_iter().map(row).collect(),
        shape: shape_field(&page, &form.shape),
        day: Field::new(&page, "day", "checkins-day")
            .kind("date", "off")
            .value(&form.day)
            .check(&page, problems),
        by: Field::new(&page, "by", "checkins-by")
            .value(&form.by)
            .limit(super::LONGEST_NAME)
            .check(&page, problems),
        errors: problems.summary(&page),
        query,
        page,
    })
}

fn counted(page: &Page, key: &'static str, count: i64) -> String {
    let number = page.number(&count.min(COUNTED));
    let number = if count > COUNTED { format!("{number}+") } else { number };
    page.t1(key, "count", number)
}

/// How long ago a slip was printed, in words.
fn ago(page: &Page, at: &str) -> String {
    let since = at.parse::<Timestamp>().map(|at| Timestamp::now().duration_since(at));
    let days = since.map_or(0, |since| since.as_hours() / 24);
    page.t1("checkins-printed-ago", "days", days)
}

/// What is printed for each committee.
pub(crate) fn shape_field(page: &Page, chosen: &str) -> Field {
    let chosen = Shape::from_name(chosen).unwrap_or(Shape::Each);
    let options = Shape::ALL.map(|shape| Choice {
        value: shape.name().to_owned(),
        label: page.t(shape.key()).to_owned(),
        chosen: shape == chosen,
        count: String::new(),
    });
    Field::new(page, "shape", "checkins-shape").options(options.into())
}

async fn filters(
    connection: &mut Connection,
    page: &Page,
    viewer: &Viewer,
    query: &WorkQuery,
) -> Result<Vec<Field>> {
    let choice = |value: String, label: String, chosen: &str| Choice {
        chosen: value == chosen,
        value,
        label,
        count: String::new(),
    };
    let any =
        |key: &'static str, chosen: &str| choice(String::new(), page.t(key).to_owned(), chosen);
    let mut branches = vec![any("checkins-any-branch", &query.branch)];
    for (id, name) in lists::names(connection, List::Branches).await? {
        if viewer.scope.covers(Some(id)) {
            branches.push(choice(id.to_string(), name, &query.branch));
        }
    }
    let mut districts = vec![any("committees-all-districts", &query.district)];
    for area in committees::area_store::districts(connection).await? {
        districts.push(choice(area.code, area.name, &query.district));
    }
    let mut ages = vec![any("checkins-printed-any", &query.printed)];
    let never = page.t("checkins-printed-never").to_owned();
    ages.push(choice("never".to_owned(), never, &query.printed));
    ages.extend(AGES.map(|days| {
        let label = page.t1("checkins-printed-before", "days", days);
        choice(days.to_string(), label, &query.printed)
    }));
    Ok(vec![
        Field::new(page, "branch", "members-branch").options(branches),
        Field::new(page, "district", "committees-district").options(districts),
        Field::new(page, "printed", "checkins-printed").options(ages),
    ])
}

async fn act(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Query(query): Query<WorkQuery>,
    Form(form): Form<ActForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let mut problems = Problems::none();
    let members = chosen(&mut write, &viewer, &query, &form).await?;
    if members.is_empty() {
        problems.add("tick", Message::new("checkins-none-ticked"));
    }
    let done = match form.act.as_str() {
        "accept" => accept(&mut write, &viewer, &members, &form, &mut problems).await?,
        "print" | "print-missing" => {
            let shape = Shape::from_name(&form.shape).unwrap_or(Shape::Each);
            let printed = printing::print(&mut write, &viewer, &members, shape).await?;
            if printed.is_none() {
                problems.add("tick", Message::new("letters-set-up-first"));
            }
            printed.map(|printed| {
                let place = format!("/letters/checkins/batches/{}", printed.batch);
                (place, "notice-slips-printed", printed.slips)
            })
        }
        _ => return Err(Error::BadRequest("no such step")),
    };
    let (Some((place, key, count)), true) = (done, problems.is_empty()) else {
        drop(write);
        let mut connection = app.db.snapshot().await?;
        let shown = shown(&mut connection, page, &viewer, query, &form, &problems).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&shown)?).into_response());
    };
    let place = if place.is_empty() { WorkQuery { after: None, ..query }.url() } else { place };
    remember_answer(&mut write, &form.form, &place).await?;
    write.commit().await?;
    Ok(Notice::see_other(&place, key, &count.to_string()))
}

/// The members that are meant: the whole list, what of it was never printed, or those ticked.
async fn chosen(
    connection: &mut Connection,
    viewer: &Viewer,
    query: &WorkQuery,
    form: &ActForm,
) -> Result<Vec<Missing>> {
    let list = Wanted { after: None, ..query.wanted(viewer) };
    let wanted = if form.act == "print-missing" {
        Wanted { printed: LastPrinted::Never, ..list }
    } else if form.all == "yes" {
        list
    } else {
        let ids = Some(serde_json::json!(form.tick).to_string());
        Wanted { branches: list.branches, ids, ..Wanted::default() }
    };
    Ok(store::missing(connection, &wanted, printing::MOST).await?)
}

/// Enters the receipts of these members; where to go on, what to say and how many, unless something
/// is wrong.
async fn accept(
    connection: &mut Connection,
    viewer: &Viewer,
    members: &[Missing],
    form: &ActForm,
    problems: &mut Problems,
) -> Result<Option<(String, &'static str, usize)>> {
    let day = problems.check("day", past_day(&form.day, ""));
    let by = problems.check("by", Receipt::parse_by(&form.by));
    let (Some(day), Some(by), true) = (day, by, problems.is_empty()) else { return Ok(None) };
    let ids: Vec<i64> = members.iter().map(|member| member.id).collect();
    let receipt = Receipt { day, by };
    let count = receipts::accept(connection, viewer.into(), &ids, None, &receipt).await?;
    Ok(Some((String::new(), "notice-checked-in", count)))
}
