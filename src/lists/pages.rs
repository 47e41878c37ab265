//! `/skills` and `/branches`.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::Form;
use serde::Deserialize;
use serde_json::json;

use super::{LONGEST_NAME, List, parse_name, store};
use crate::app::App;
use crate::audit;
use crate::db::Connection;
use crate::lang::Message;
use crate::members::search::{self, CountUpTo};
use crate::text::fold;
use crate::web::forms::{Choice, Field, FieldError, Problems};
use crate::web::{Error, Notice, Page, Permission, Result, Routes, Viewer, html};

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
                async |app: State<App>, v: Viewer, id: Path<i64>, form: Form<MergeForm>| {
                    merge(&app, &v, $list, id.0, form.0).await
                },
            )
        };
    }
    let skills = of!(List::Skills);
    let branches = of!(List::Branches);
    routes
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
    title: &'static str,
    rows: Vec<Row>,
    name: Field,
    may_add: bool,
    may_change: bool,
}

struct Row {
    id: i64,
    name: String,
    members: String,
}

fn title(page: &Page, list: List) -> &'static str {
    page.t(match list {
        List::Skills => "layout-skills",
        List::Branches => "layout-branches",
    })
}

fn name_field(page: &Page, list: List, typed: &str, problems: &Problems) -> Field {
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
    let mut connection = app.db.read().await?;
    let mut rows = Vec::new();
    for (id, name) in store::names(&mut connection, list).await? {
        let filter = [list.filter(id)];
        let count = search::count(&mut connection, "", &filter, &viewer.scope, CountUpTo::All);
        let members = page.number(&count.await?.number());
        rows.push(Row { id, name, members });
    }
    let add = match list {
        List::Skills => Permission::ChangeDirectory,
        List::Branches => Permission::RestructureDirectory,
    };
    html(&ListPage {
        list: list.name(),
        title: title(&page, list),
        rows,
        name: name_field(&page, list, typed, problems),
        may_add: viewer.may(add),
        may_change: viewer.may(Permission::RestructureDirectory),
        page,
    })
}

#[derive(Deserialize)]
struct NameForm {
    name: String,
    #[serde(default)]
    version: i64,
}

async fn add(app: &App, page: Page, viewer: &Viewer, list: List, form: NameForm) -> Result {
    let mut problems = Problems::none();
    let name = problems.check("name", parse_name(&form.name));
    if let Some(name) = name {
        let mut write = app.db.write().await?;
        if store::find_spelling(&mut write, list, &name).await?.is_none() {
            let id = store::insert(&mut write, list, &name).await?;
            audit::record(&mut write, viewer.into(), list.added(), list.record(id), json!({}))
                .await?;
            write.commit().await?;
            return Ok(Notice::see_other(&format!("/{}", list.name()), "notice-added", &name));
        }
        problems.add("name", Message::new("lists-name-taken"));
    }
    let shown = overview(app, page, viewer, list, &form.name, &problems).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response())
}

#[derive(Template)]
#[template(path = "lists/entry.html")]
struct EntryPage {
    page: Page,
    list: &'static str,
    title: &'static str,
    entry: store::Entry,
    name: Field,
    into: Field,
    errors: Vec<FieldError>,
}

async fn entry_page(
    connection: &mut Connection,
    page: Page,
    list: List,
    id: i64,
    typed: Option<&str>,
    problems: &Problems,
) -> Result<EntryPage> {
    let entry = store::entry(connection, list, id).await?.ok_or(Error::NotFound)?;
    let others = store::names(connection, list).await?;
    let nothing = Choice { label: page.t("lists-choose").to_owned(), ..Choice::default() };
    let choices = others.into_iter().filter(|(other, _)| *other != id).map(|(id, label)| Choice {
        value: id.to_string(),
        label,
        ..Choice::default()
    });
    Ok(EntryPage {
        list: list.name(),
        title: title(&page, list),
        name: name_field(&page, list, typed.unwrap_or(&entry.name), problems),
        into: Field::new(&page, "into", "lists-merge-into")
            .options(std::iter::once(nothing).chain(choices).collect())
            .hint(page.t("lists-merge-hint")),
        errors: problems.summary(&page),
        entry,
        page,
    })
}

async fn show(app: &App, page: Page, list: List, id: i64) -> Result {
    let mut connection = app.db.read().await?;
    html(&entry_page(&mut connection, page, list, id, None, &Problems::none()).await?)
}

async fn rename(
    app: &App,
    page: Page,
    viewer: &Viewer,
    list: List,
    id: i64,
    form: NameForm,
) -> Result {
    let mut problems = Problems::none();
    let name = problems.check("name", parse_name(&form.name));
    let mut write = app.db.write().await?;
    if let Some(name) = name {
        let taken = store::find_spelling(&mut write, list, &name).await?;
        if taken.is_some_and(|other| other != id) {
            problems.add("name", Message::new("lists-name-taken-merge"));
        } else if store::rename(&mut write, list, id, form.version, &name).await? {
            reindex(&mut write, list, id).await?;
            let record = list.record(id);
            audit::record(&mut write, viewer.into(), list.renamed(), record, json!({})).await?;
            write.commit().await?;
            return Ok(Notice::see_other(&format!("/{}", list.name()), "notice-saved", &name));
        } else {
            problems.add("name", Message::new("lists-changed-since"));
        }
    }
    let shown = entry_page(&mut write, page, list, id, Some(&form.name), &problems).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&shown)?).into_response())
}

async fn reindex(connection: &mut Connection, list: List, id: i64) -> Result<()> {
    let mut after = 0;
    loop {
        let members = store::members_of(connection, list, id, after).await?;
        let Some(last) = members.last() else { return Ok(()) };
        after = *last;
        search::reindex(connection, &members).await?;
    }
}

#[derive(Deserialize)]
struct MergeForm {
    into: String,
}

async fn merge(app: &App, viewer: &Viewer, list: List, id: i64, form: MergeForm) -> Result {
    let place = format!("/{}", list.name());
    let Ok(into) = form.into.parse::<i64>() else {
        return Ok(Notice::see_other(&format!("{place}/{id}"), "notice-choose-warning", ""));
    };
    let mut write = app.db.write().await?;
    let entry = store::entry(&mut write, list, id).await?.ok_or(Error::NotFound)?;
    let target = store::entry(&mut write, list, into).await?.ok_or(Error::NotFound)?;
    if entry.id == target.id {
        return Err(Error::BadRequest("merged into itself"));
    }
    store::merge(&mut write, list, id, into).await?;
    reindex(&mut write, list, into).await?;
    let detail = json!({ "into": into });
    audit::record(&mut write, viewer.into(), list.merged(), list.record(id), detail).await?;
    write.commit().await?;
    Ok(Notice::see_other(&place, "notice-merged", &target.name))
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
