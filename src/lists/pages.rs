//! `/skills` and `/branches`: the lists, and adding to them.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::Form;
use serde::Deserialize;
use serde_json::json;

use super::entry_pages::{MergeForm, NameForm, merge, rename, show};
use super::{LONGEST_NAME, List, parse_name, related_pages, store};
use crate::app::App;
use crate::audit;
use crate::lang::Message;
use crate::text::fold;
use crate::web::forms::{Field, Problems};
use crate::web::{
    Notice, Page, Permission, Result, Routes, Viewer, already_answered, html, remember_answer,
    see_other,
};

/// The routes of both lists.
pub fn routes(routes: Routes) -> Routes {
    let (read, change, restructure) =
        (Permission::ReadDirectory, Permission::ChangeDirectory, Permission::RestructureDirectory);
    macro_rules! of {
        ($list:expr) => {
            (
                async |app: State<App>, page: Page, viewer: Viewer| {
                    overview(&app, page, &viewer, $list, "", &Problems::none()).await
                },
                async |app: State<App>, page: Page, viewer: Viewer, form: Form<NameForm>| {
                    add(&app, page, &viewer, $list, form.0).await
                },
                async |app: State<App>, page: Page, id: Path<i64>| {
                    show(&app, page, $list, id.0).await
                },
                async |app: State<App>,
                       page: Page,
                       v: Viewer,
                       id: Path<i64>,
                       form: Form<NameForm>| {
                    rename(&app, page, &v, $list, id.0, form.0).await
                },
                async |app: State<App>,
                       page: Page,
                       v: Viewer,
                       id: Path<i64>,
                       form: Form<MergeForm>| {
                    merge(&app, page, &v, $list, id.0, form.0).await
                },
            )
        };
    }
    let skills = of!(List::Skills);
    let branches = of!(List::Branches);
    related_pages::routes(routes)
        .get("/skills", read, skills.0)
        .post("/skills", change, skills.1)
        .get("/skills/suggest", read, suggest_skills)
        .get("/skills/{id}", restructure, skills.2)
        .post("/skills/{id}", restructure, skills.3)
        .post("/skills/{id}/merge", restructure, skills.4)
        .get("/branches", read, branches.0)
        .post("/branches", restructure, branches.1)
        .get("/branches/{id}", restructure, branches.2)
        .post("/branches/{id}", restructure, branches.3)
        .post("/branches/{id}/merge", restructure, branches.4)
}

#[derive(Template)]
#[template(path = "lists/list.html")]
struct ListPage {
    page: Page,
    list: &'static str,
    /// Of the list of members.
    property: &'static str,
    title: &'static str,
    count: String,
    empty: &'static str,
    rows: Vec<Row>,
    name: Field,
    /// Whether each row leads to what its members did.
    tells_activities: bool,
    may_add: bool,
    may_change: bool,
}

struct Row {
    id: i64,
    name: String,
    members: String,
    /// Whether its members are the viewer's to see.
    covered: bool,
}

pub(super) fn title(page: &Page, list: List) -> &'static str {
    page.t(match list {
        List::Skills => "layout-skills",
        List::Branches => "layout-branches",
    })
}

pub(super) fn name_field(page: &Page, list: List, typed: &str, problems: &Problems) -> Field {
    let label = match list {
        List::Skills => "lists-skill",
        List::Branches => "lists-branch",
    };
    Field::new(page, "name", label)
        .value(typed)
        .limit(LONGEST_NAME)
        .required()
        .check(page, problems)
}

async fn overview(
    app: &App,
    page: Page,
    viewer: &Viewer,
    list: List,
    typed: &str,
    problems: &Problems,
) -> Result {
    let mut connection = app.db.snapshot().await?;
    let members = store::members(&mut connection, list, &viewer.scope).await?;
    let rows = store::names(&mut connection, list).await?.into_iter().map(|(id, name)| Row {
        members: page.number(&members.get(&id).copied().unwrap_or_default()),
        covered: viewer.scope.covers(Some(id)),
        id,
        name,
    });
    let rows: Vec<Row> = rows.collect();
    let add = match list {
        List::Skills => Permission::ChangeDirectory,
        List::Branches => Permission::RestructureDirectory,
    };
    html(&ListPage {
        list: list.name(),
        property: list.property(),
        title: title(&page, list),
        count: page.number(&i64::try_from(rows.len()).unwrap_or(i64::MAX)),
        empty: page.t(list.empty_key()),
        rows,
        name: name_field(&page, list, typed, problems),
        tells_activities: list == List::Branches && viewer.may(Permission::RecordActivities),
        may_add: viewer.may(add),
        may_change: viewer.may(Permission::RestructureDirectory),
        page,
    })
}

async fn add(app: &App, page: Page, viewer: &Viewer, list: List, form: NameForm) -> Result {
    let page = page.keeping(&form.form);
    let mut problems = Problems::none();
    let name = problems.check("name", parse_name(&form.name));
    if let Some(name) = name {
        let mut write = app.db.write().await?;
        if let Some(location) = already_answered(&mut write, &form.form).await? {
            return Ok(see_other(&location));
        }
        if store::find_spelling(&mut write, list, &name).await?.is_none() {
            let id = store::insert(&mut write, list, &name).await?;
            audit::record(&mut write, viewer.into(), list.added(), list.record(id), json!({}))
                .await?;
            let location = format!("/{}", list.name());
            remember_answer(&mut write, &form.form, &location).await?;
            write.commit().await?;
            return Ok(Notice::see_other(&location, "notice-added", &name));
        }
        problems.add("name", Message::new("lists-name-taken"));
    }
    let shown = overview(app, page, viewer, list, &form.name, &problems).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response())
}

#[derive(Deserialize)]
struct SuggestQuery {
    #[serde(default)]
    q: String,
}

#[derive(Template)]
#[template(path = "lists/suggestions.html")]
struct Suggestions {
    names: Vec<String>,
}

/// Skills whose name holds what was typed, for the registration form.
async fn suggest_skills(State(app): State<App>, Query(query): Query<SuggestQuery>) -> Result {
    let typed = fold(&query.q);
    let names = store::names(&mut *app.db.read().await?, List::Skills).await?;
    let names = names
        .into_iter()
        .map(|(_, name)| name)
        .filter(|name| {
            let initials: String = crate::text::Readings::of_name(name)
                .ways()
                .first()
                .map(|way| way.iter().filter_map(|syllable| syllable.chars().next()).collect())
                .unwrap_or_default();
            fold(name).contains(&typed) || initials.starts_with(&typed)
        })
        .take(8)
        .collect();
    html(&Suggestions { names })
}
