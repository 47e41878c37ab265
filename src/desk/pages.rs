//! `/`.

use askama::Template;
use axum::extract::{Query, State};
use serde::Deserialize;

use super::spread::{self, Bar, Level, Link, Spread};
use super::{store, waiting};
use crate::app::App;
use crate::committees;
use crate::db::{self, Connection};
use crate::goals::{self, DeskGoals};
use crate::lists::{self, List};
use crate::members;
use crate::members::search::{self, CountUpTo};
use crate::members::spread::Standing;
use crate::text::Filter;
use crate::web::{Page, Permission, Result, Routes, Scope, Viewer, html, see_other};

/// The routes of this feature.
pub fn routes(routes: Routes) -> Routes {
    routes.get("/", Permission::SignedIn, desk)
}

/// Where the picture looks: into a district, or a sub-district.
#[derive(Deserialize, Default)]
#[serde(default)]
struct DeskQuery {
    district: String,
    street: String,
}

#[derive(Template)]
#[template(path = "desk/desk.html")]
struct DeskPage {
    page: Page,
    desk: Option<Desk>,
}

/// What staff see.
struct Desk {
    figures: Vec<Figure>,
    steps: Vec<Step>,
    waiting: Vec<Link>,
    goals: Option<DeskGoals>,
    /// Whether someone lives where no committee is set up: how many have one by now is asked for
    /// once the page is there.
    any_unattached: bool,
    spread: Spread,
    /// Who has no committee, below the districts.
    besides: Vec<Bar>,
}

/// A number, its name, and the list that it counts.
struct Figure {
    label: &'static str,
    count: String,
    url: &'static str,
}

/// A step of setting up; without an address where the viewer may not take it.
struct Step {
    done: bool,
    name: &'static str,
    hint: &'static str,
    url: &'static str,
}

async fn desk(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Query(query): Query<DeskQuery>,
) -> Result {
    if viewer.may(Permission::OwnRecord) {
        return Ok(see_other("/me"));
    }
    let desk = if viewer.may(Permission::ReadMembers) {
        let mut connection = app.db.snapshot().await?;
        Some(laid_out(&mut connection, &page, &viewer, &query).await?)
    } else {
        None
    };
    html(&DeskPage { desk, page })
}

async fn laid_out(
    connection: &mut Connection,
    page: &Page,
    viewer: &Viewer,
    query: &DeskQuery,
) -> Result<Desk> {
    let level = Level::of(connection, &query.district, &query.street).await?;
    let spread = spread::spread(connection, page, &viewer.scope, &level).await?;
    let Standing { members, unattached, unsettled } = standing(connection, &viewer.scope).await?;
    let committees = committees::store::count(connection).await?;
    let branches = listed(connection, List::Branches).await?;
    let skills = listed(connection, List::Skills).await?;
    let figure = |label, count: i64, url| Figure { label, count: page.number(&count), url };
    let without = |key, url: &str, count: i64| {
        let name = Link { url: url.to_owned(), text: page.t(key).to_owned() };
        spread::bar(page, name, url.to_owned(), count, members)
    };
    Ok(Desk {
        figures: vec![
            figure(page.t("layout-members"), members, "/members"),
            figure(page.t("layout-branches"), branches, "/branches"),
            figure(page.t("layout-committees"), committees, "/committees"),
            figure(page.t("layout-skills"), skills, "/skills"),
        ],
        steps: steps(connection, viewer, page, committees, branches).await?,
        waiting: waiting::waiting(connection, page, viewer, unsettled).await?,
        goals: goals::on_desk(connection, page, viewer).await?,
        any_unattached: unattached > unsettled,
        besides: match level {
            Level::City if members > 0 => vec![
                without("members-without-committee", "/members?unattached=yes", unattached),
                without("members-unsettled", "/members?unsettled=yes", unsettled),
            ],
            _ => Vec::new(),
        },
        spread,
    })
}

/// How many members the viewer sees, as the lists behind the figures find them.
async fn standing(connection: &mut Connection, scope: &Scope) -> db::Result<Standing> {
    if scope.branches().is_none() {
        return members::spread::standing(connection).await;
    }
    let mut found = [0; 3];
    let which: [&[Filter]; 3] = [&[], &[Filter::Unattached], &[Filter::Unsettled]];
    for (found, filters) in found.iter_mut().zip(which) {
        *found = search::count(connection, "", filters, scope, CountUpTo::All).await?.number();
    }
    let [members, unattached, unsettled] = found;
    Ok(Standing { members, unattached, unsettled })
}

async fn listed(connection: &mut Connection, list: List) -> db::Result<i64> {
    let names = lists::names(connection, list).await?;
    Ok(i64::try_from(names.len()).unwrap_or(i64::MAX))
}

/// What a new office does first; nothing once there are committees and members.
async fn steps(
    connection: &mut Connection,
    viewer: &Viewer,
    page: &Page,
    committees: i64,
    branches: i64,
) -> db::Result<Vec<Step>> {
    let members = store::any_member(connection).await?;
    if committees > 0 && members {
        return Ok(Vec::new());
    }
    let step = |done, name, hint, permission, url| Step {
        done,
        name: page.t(name),
        hint: page.t(hint),
        url: if viewer.may(permission) { url } else { "" },
    };
    let restructure = Permission::RestructureDirectory;
    Ok(vec![
        step(
            committees > 0,
            "desk-step-directory",
            "desk-step-directory-hint",
            restructure,
            "/committees/import",
        ),
        step(
            branches > 0,
            "desk-step-branches",
            "desk-step-branches-hint",
            restructure,
            "/branches",
        ),
        step(
            members,
            "desk-step-member",
            "desk-step-member-hint",
            Permission::ChangeMembers,
            "/members/new",
        ),
        step(
            store::any_import(connection).await?,
            "desk-step-import",
            "desk-step-import-hint",
            Permission::ImportMembers,
            "/members/import",
        ),
    ])
}
