//! Skills that are related, so that one can stand in for the other where members are suggested.

use axum::extract::{Path, State};
use axum_extra::extract::Form;
use serde::Deserialize;
use serde_json::json;

use super::{List, store};
use crate::app::App;
use crate::audit::{self, Action, Record};
use crate::db::{self, Connection};
use crate::needs;
use crate::web::forms::{Choice, Field};
use crate::web::{Error, Notice, Page, Permission, Result, Routes, Viewer};

pub(super) fn routes(routes: Routes) -> Routes {
    routes.post("/skills/{id}/related", Permission::RestructureDirectory, relate)
}

/// What a skill's page shows of those that are related to it.
pub(super) struct Related {
    /// Those that are.
    pub skills: Vec<(i64, String)>,
    /// The others.
    pub others: Field,
}

/// What is related to a skill, and what may be.
pub(super) async fn of_skill(
    connection: &mut Connection,
    page: &Page,
    id: i64,
) -> db::Result<Related> {
    let related = needs::store::related(connection, &[id]).await?;
    let names = store::names(connection, List::Skills).await?;
    let (skills, others): (Vec<_>, Vec<_>) = names
        .into_iter()
        .filter(|(other, _)| *other != id)
        .partition(|(other, _)| related.contains(other));
    let nothing = Choice { label: page.t("lists-choose").to_owned(), ..Choice::default() };
    let others = others.into_iter().map(|(id, label)| Choice {
        value: id.to_string(),
        label,
        ..Choice::default()
    });
    let others = std::iter::once(nothing).chain(others).collect();
    let others = Field::new(page, "other", "lists-related-add").options(others);
    Ok(Related { skills, others: others.hint(page.t("lists-related-hint")) })
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct RelatedForm {
    /// `skills.id`, or empty when none was chosen.
    other: String,
    /// `no`: related no more.
    are: String,
}

/// Either may be sent twice: the second time changes nothing.
async fn relate(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(form): Form<RelatedForm>,
) -> Result {
    let mut write = app.db.write().await?;
    store::entry(&mut write, List::Skills, id).await?.ok_or(Error::NotFound)?;
    let place = format!("/skills/{id}");
    let other = match form.other.parse() {
        Ok(other) if other != id => store::entry(&mut write, List::Skills, other).await?,
        _ => None,
    };
    let Some(other) = other else {
        return Ok(Notice::see_other(&place, "notice-choose-skill-warning", ""));
    };
    let are = form.are != "no";
    let related = needs::store::related(&mut write, &[id]).await?;
    if related.contains(&other.id) != are {
        needs::store::relate(&mut write, id, other.id, are).await?;
        let action = if are { Action::SkillsRelated } else { Action::SkillsUnrelated };
        let detail = json!({ "other": other.id });
        audit::record(&mut write, (&viewer).into(), action, Record::Skill(id), detail).await?;
        write.commit().await?;
    }
    Ok(Notice::see_other(&place, "notice-saved", &other.name))
}
