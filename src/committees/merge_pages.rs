//! Making one committee part of another, as its sub-district did.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::Form;
use serde::Deserialize;
use serde_json::json;

use super::{Committee, CommitteeLine, meant, pick, registry, store};
use crate::app::App;
use crate::audit::{self, Action, Record};
use crate::lang::{Message, Value};
use crate::web::forms::{Field, FieldError, Problems};
use crate::web::{
    Error, Notice, Page, Permission, Result, Routes, Viewer, already_answered, html,
    remember_answer, see_other,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::RestructureDirectory;
    routes.get("/committees/{id}/merge", may, show).post("/committees/{id}/merge", may, merge)
}

#[derive(Template)]
#[template(path = "committees/merge.html")]
struct MergePage {
    page: Page,
    committee: Committee,
    into: Field,
    into_id: String,
    into_pick: Field,
    /// The other committee and what would move there, to be confirmed.
    confirm: Option<(CommitteeLine, String)>,
    errors: Vec<FieldError>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct MergeForm {
    /// Name, code, or part of a name.
    into: String,
    /// The id that a chosen suggestion left.
    into_id: String,
    /// The id picked where the name fits several.
    into_pick: String,
    /// `yes`: what would happen was read and agreed to.
    confirmed: String,
    form: String,
}

impl MergePage {
    fn new(
        page: Page,
        committee: Committee,
        form: &MergeForm,
        problems: &Problems,
        candidates: &[CommitteeLine],
    ) -> Self {
        Self {
            into: Field::new(&page, "into", "committees-merge-into")
                .value(&form.into)
                .required()
                .hint(page.t("committees-merge-hint"))
                .check(&page, problems),
            into_id: form.into_id.clone(),
            into_pick: pick(&page, "into_pick", candidates),
            confirm: None,
            errors: problems.summary(&page),
            committee,
            page,
        }
    }
}

async fn show(State(app): State<App>, page: Page, Path(id): Path<i64>) -> Result {
    let committee = store::committee(&mut *app.db.read().await?, id).await?;
    let committee = committee.ok_or(Error::NotFound)?;
    html(&MergePage::new(page, committee, &MergeForm::default(), &Problems::none(), &[]))
}

async fn merge(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(form): Form<MergeForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let committee = store::committee(&mut write, id).await?.ok_or(Error::NotFound)?;
    if committee.merged_into.is_some() {
        return Err(Error::Conflict);
    }
    let (mut problems, mut candidates) = (Problems::none(), Vec::new());
    let chosen = [form.into_pick.as_str(), form.into_id.as_str()];
    let into = meant(&mut write, &form.into, chosen, &mut candidates).await?;
    let into = problems.check("into", into).flatten().filter(|into| *into != id);
    let into = match into {
        Some(into) => store::line(&mut write, into).await?,
        None => None,
    };
    let Some(into) = into else {
        problems.add("into", Message::new("committees-merge-which"));
        let shown = MergePage::new(page, committee, &form, &problems, &candidates);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&shown)?).into_response());
    };
    if form.confirmed != "yes" {
        let (members, rules) = store::what_moves(&mut write, id).await?;
        let arguments = [
            ("name", Value::from(committee.details.name.clone())),
            ("into", Value::from(into.name.clone())),
            ("members", Value::from(members)),
            ("rules", Value::from(rules)),
        ];
        let what = page.language().text_with("committees-merge-confirm", &arguments);
        let form = MergeForm { into_id: into.id.to_string(), into: into.name.clone(), ..form };
        let shown = MergePage::new(page, committee, &form, &problems, &[]);
        return html(&MergePage { confirm: Some((into, what)), ..shown });
    }
    let moved = registry::merge(&mut write, (&viewer).into(), &committee, &into).await?;
    let detail = json!({ "into": into.id, "members": moved });
    let record = Record::Committee(id);
    audit::record(&mut write, (&viewer).into(), Action::CommitteeMerged, record, detail).await?;
    let location = format!("/committees/{}", into.id);
    remember_answer(&mut write, &form.form, &location).await?;
    write.commit().await?;
    Ok(Notice::see_other(&location, "notice-merged", &into.name))
}
