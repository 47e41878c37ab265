//! An entry of a list: renaming it, and making it one with another.

use askama::Template;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use serde::Deserialize;
use serde_json::json;

use super::pages::{name_field, title};
use super::related_pages::{self, Related};
use super::{List, parse_name, store};
use crate::app::App;
use crate::audit;
use crate::db::Connection;
use crate::experiences;
use crate::goals;
use crate::lang::{Message, Value};
use crate::members::search;
use crate::needs;
use crate::reports::counting::Counting;
use crate::reviews;
use crate::web::forms::{Choice, Field, FieldError, Problems};
use crate::web::{
    Error, FormToken, Notice, Page, Result, Scope, Viewer, already_answered, html, remember_answer,
    see_other,
};

#[derive(Template)]
#[template(path = "lists/entry.html")]
struct EntryPage {
    page: Page,
    list: &'static str,
    property: &'static str,
    title: &'static str,
    entry: store::Entry,
    members: String,
    name: Field,
    into: Field,
    /// Of a skill: those that are related to it.
    related: Option<Related>,
    /// Of the form that merges; the page's own is the one that renames.
    merge_token: String,
    /// What a merge would do, to be confirmed.
    confirm: Option<String>,
    errors: Vec<FieldError>,
}

/// A name for an entry.
#[derive(Deserialize)]
pub(super) struct NameForm {
    pub name: String,
    #[serde(default)]
    pub version: i64,
    #[serde(default)]
    pub form: String,
}

/// Which entry is merged into which.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct MergeForm {
    pub into: String,
    /// `yes`: what would happen was read and agreed to.
    pub confirmed: String,
    pub form: String,
}

impl EntryPage {
    async fn new(
        connection: &mut Connection,
        page: Page,
        list: List,
        id: i64,
        into: &str,
        problems: &Problems,
    ) -> Result<Self> {
        let entry = store::entry(connection, list, id).await?.ok_or(Error::NotFound)?;
        let members = store::members(connection, list, &Scope::All).await?;
        let members = members.get(&id).copied().unwrap_or_default();
        let others = store::names(connection, list).await?;
        let nothing = Choice { label: page.t("lists-choose").to_owned(), ..Choice::default() };
        let others = others.into_iter().filter(|(other, _)| *other != id).map(|(id, label)| {
            let value = id.to_string();
            Choice { chosen: value == into, value, label, count: String::new() }
        });
        let related = match list {
            List::Skills => Some(related_pages::of_skill(connection, &page, id).await?),
            List::Branches => None,
        };
        Ok(Self {
            related,
            list: list.name(),
            property: list.property(),
            title: title(&page, list),
            name: name_field(&page, list, &entry.name, problems).hint(page.t("lists-rename-hint")),
            into: Field::new(&page, "into", "lists-merge-into")
                .options(std::iter::once(nothing).chain(others).collect())
                .hint(page.t("lists-merge-hint"))
                .check(&page, problems),
            members: page.t1("members-count", "count", members),
            merge_token: FormToken::fresh(),
            confirm: None,
            errors: problems.summary(&page),
            entry,
            page,
        })
    }
}

pub(super) async fn show(app: &App, page: Page, list: List, id: i64) -> Result {
    let mut connection = app.db.snapshot().await?;
    html(&EntryPage::new(&mut connection, page, list, id, "", &Problems::none()).await?)
}

pub(super) async fn rename(
    app: &App,
    page: Page,
    viewer: &Viewer,
    list: List,
    id: i64,
    form: NameForm,
) -> Result {
    let page = page.keeping(&form.form);
    let mut problems = Problems::none();
    let name = problems.check("name", parse_name(&form.name));
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let entry = store::entry(&mut write, list, id).await?.ok_or(Error::NotFound)?;
    if let Some(name) = name {
        let taken = store::find_spelling(&mut write, list, &name).await?;
        if taken.is_some_and(|other| other != id) {
            problems.add("name", Message::new("lists-name-taken-merge"));
        } else if store::rename(&mut write, list, &entry, form.version, &name).await? {
            let members = members_of(&mut write, list, id).await?;
            search::reindex(&mut write, &members).await?;
            if list == List::Skills {
                needs::registry::skill_renamed(&mut write, id).await?;
                experiences::skill_renamed(&mut write, id).await?;
            }
            let record = list.record(id);
            audit::record(&mut write, viewer.into(), list.renamed(), record, json!({})).await?;
            let location = format!("/{}", list.name());
            remember_answer(&mut write, &form.form, &location).await?;
            write.commit().await?;
            return Ok(Notice::see_other(&location, "notice-saved", &name));
        } else {
            problems.add("name", Message::new("lists-changed-since"));
        }
    }
    let mut shown = EntryPage::new(&mut write, page, list, id, "", &problems).await?;
    shown.name.value = form.name;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&shown)?).into_response())
}

async fn members_of(connection: &mut Connection, list: List, id: i64) -> Result<Vec<i64>> {
    let mut all = Vec::new();
    loop {
        let after = all.last().copied().unwrap_or_default();
        let members = store::members_of(connection, list, id, after).await?;
        if members.is_empty() {
            return Ok(all);
        }
        all.extend(members);
    }
}

pub(super) async fn merge(
    app: &App,
    page: Page,
    viewer: &Viewer,
    list: List,
    id: i64,
    form: MergeForm,
) -> Result {
    let page = page.keeping(&form.form);
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let entry = store::entry(&mut write, list, id).await?.ok_or(Error::NotFound)?;
    let into = match form.into.parse::<i64>() {
        Ok(into) if into != id => store::entry(&mut write, list, into).await?,
        _ => None,
    };
    let Some(into) = into else {
        let mut problems = Problems::none();
        problems.add("into", Message::new("form-choose"));
        let shown = EntryPage::new(&mut write, page, list, id, &form.into, &problems).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&shown)?).into_response());
    };
    let members = members_of(&mut write, list, id).await?;
    if form.confirmed != "yes" {
        let accounts = match list {
            List::Skills => 0,
            List::Branches => store::accounts(&mut write, id).await?,
        };
        let arguments = [
            ("name", Value::from(entry.name)),
            ("into", Value::from(into.name)),
            ("members", Value::from(members.len())),
            ("accounts", Value::from(accounts)),
        ];
        let what = page.language().text_with(list.merge_key(), &arguments);
        let problems = Problems::none();
        let shown = EntryPage::new(&mut write, page, list, id, &form.into, &problems).await?;
        return html(&EntryPage { confirm: Some(what), merge_token: form.form, ..shown });
    }
    let mut counting = Counting::pause(&mut write).await?;
    counting.take_out(&mut write, &members).await?;
    store::merge(&mut write, list, id, into.id).await?;
    counting.resume(&mut write).await?;
    match list {
        List::Skills => {
            needs::registry::merge_skill(&mut write, id, into.id).await?;
            experiences::merge_skill(&mut write, id, into.id).await?;
        }
        List::Branches => {
            goals::store::move_to_branch(&mut write, id, into.id).await?;
            reviews::move_branch(&mut write, id, into.id).await?;
        }
    }
    search::reindex(&mut write, &members).await?;
    let detail = json!({ "into": into.id, "members": members.len() });
    audit::record(&mut write, viewer.into(), list.merged(), list.record(id), detail).await?;
    let location = format!("/{}", list.name());
    remember_answer(&mut write, &form.form, &location).await?;
    write.commit().await?;
    Ok(Notice::see_other(&location, "notice-merged", &into.name))
}
