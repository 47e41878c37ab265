//! The letter's text, edited beside what it becomes for a real committee.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::{Form, Query};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::batch::Wanted;
use super::content::{Content, Particulars};
use super::sheet::Sheet;
use super::store::MemberLine;
use super::text::{self, LONGEST, Text, default_text};
use super::{LetterSettings, store, today};
use crate::app::App;
use crate::audit::{self, Action, Record};
use crate::committees::{self, Committee};
use crate::db::Connection;
use crate::lang::Language;
use crate::web::forms::{Choice, Field, FieldError, Problems};
use crate::web::{
    Difference, Draft, Fact, Notice, Page, Permission, Result, Routes, Viewer, already_answered,
    differing, html, remember_answer, see_other,
};

/// How many committees the preview offers.
const OFFERED: usize = 50;

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::WriteLetters;
    routes.get("/letters/template", may, show).post("/letters/template", may, save)
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct TemplateQuery {
    language: String,
    /// `yes`: only the preview, while one types.
    look: String,
}

/// What was typed, as it came.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct TemplateForm {
    text: String,
    /// For which committee the preview is.
    committee: String,
    /// `look` shows the preview, `default` fills in the text that comes with the program, anything
    /// else saves.
    act: String,
    version: i64,
    form: String,
}

#[derive(Template)]
#[template(path = "letters/template.html")]
struct TemplatePage {
    page: Page,
    language: Language,
    languages: [(&'static str, &'static str, bool); 2],
    text: Field,
    committee: Field,
    /// The fields that a text may name, as they are written, and what each is.
    fields: Vec<String>,
    version: i64,
    sheet: Option<Sheet>,
    errors: Vec<FieldError>,
    /// What differs between what was typed and what someone else saved meanwhile.
    conflict: Vec<Difference>,
}

impl TemplatePage {
    fn tag(&self) -> &'static str {
        self.language.tag()
    }
}

fn languages(page: &Page, language: Language) -> [(&'static str, &'static str, bool); 2] {
    [(Language::Chinese, "layout-language-zh"), (Language::English, "layout-language-en")]
        .map(|(one, key)| (one.tag(), page.t(key), one == language))
}

async fn kept(connection: &mut Connection, language: Language) -> Result<(String, i64)> {
    let kept = store::template(connection, language).await?;
    Ok(kept.unwrap_or_else(|| (default_text(language), 0)))
}

async fn show(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Query(query): Query<TemplateQuery>,
    Draft(draft): Draft<TemplateForm>,
) -> Result {
    let language: Language = query.language.parse().unwrap_or_default();
    let mut connection = app.db.snapshot().await?;
    let (text, version) = kept(&mut connection, language).await?;
    let form = draft.unwrap_or_else(|| TemplateForm { text, version, ..TemplateForm::default() });
    let problems = Problems::none();
    let version = form.version;
    html(&shown(&mut connection, page, &viewer, language, &form, version, &problems).await?)
}

async fn shown(
    connection: &mut Connection,
    page: Page,
    viewer: &Viewer,
    language: Language,
    form: &TemplateForm,
    version: i64,
    problems: &Problems,
) -> Result<TemplatePage> {
    let everywhere = Wanted { again: true, ..Wanted::default() };
    let mut offered = everywhere.addressees(connection, viewer).await?;
    offered.truncate(OFFERED);
    let chosen = form.committee.parse().ok().or_else(|| offered.first().map(|to| to.id));
    let options = offered
        .iter()
        .map(|to| Choice {
            value: to.id.to_string(),
            label: format!("{} · {} · {}", to.name, to.street, to.district),
            chosen: Some(to.id) == chosen,
            count: String::new(),
        })
        .collect();
    let sheet = match (Text::parse(&form.text), chosen) {
        (Ok(text), Some(id)) => preview(connection, &page, viewer, language, &text, id).await?,
        _ => None,
    };
    Ok(TemplatePage {
        languages: languages(&page, language),
        text: Field::new(&page, "text", "letters-text")
            .value(&form.text)
            .limit(LONGEST)
            .required()
            .check(&page, problems),
        committee: Field::new(&page, "committee", "letters-preview-for").options(options),
        fields: text::Field::ALL.map(|field| field.written(language)).into(),
        version,
        sheet,
        errors: problems.summary(&page),
        conflict: Vec::new(),
        language,
        page,
    })
}

/// What a text becomes for a committee today.
async fn preview(
    connection: &mut Connection,
    page: &Page,
    viewer: &Viewer,
    language: Language,
    text: &Text,
    committee: i64,
) -> Result<Option<Sheet>> {
    let Some(committee) = committees::store::committee(connection, committee).await? else {
        return Ok(None);
    };
    let pending = || page.t("letters-not-set-up").to_owned();
    let settings = store::settings(connection).await?.unwrap_or_else(|| LetterSettings {
        prefix: pending(),
        office: pending(),
        contact: pending(),
        phone: pending(),
        link_days: super::LINK_DAYS,
        version: 0,
    });
    let branches = super::seen(&viewer.scope);
    let members = store::known_at(connection, committee.id, branches.as_deref()).await?;
    let withheld = store::unknown_at(connection, committee.id, branches.as_deref()).await?;
    Ok(Some(as_sheet(language, text, &committee, &settings, members, withheld)))
}

fn as_sheet(
    language: Language,
    text: &Text,
    committee: &Committee,
    settings: &LetterSettings,
    members: Vec<MemberLine>,
    withheld: i64,
) -> Sheet {
    let day = today().to_string();
    let reference = language.text("letters-number-pending");
    let particulars = Particulars { reference, day: &day, count: members.len(), withheld };
    let content = Content::write(text, language, committee, settings, particulars);
    Sheet::new(language, "", &day, content, members, withheld)
}

async fn save(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Query(query): Query<TemplateQuery>,
    Form(mut form): Form<TemplateForm>,
) -> Result {
    let language: Language = query.language.parse().unwrap_or_default();
    let page = page.keeping(&form.form);
    let mut problems = Problems::none();
    if form.act == "default" {
        form.text = default_text(language);
    }
    problems.check("text", Text::parse(&form.text));
    if form.act == "look" || form.act == "default" || query.look == "yes" {
        let mut connection = app.db.snapshot().await?;
        let version = form.version;
        let shown =
            shown(&mut connection, page, &viewer, language, &form, version, &problems).await?;
        let status =
            if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        return Ok((status, html(&shown)?).into_response());
    }
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let (text, version) = kept(&mut write, language).await?;
    let lost_race = version != form.version;
    if lost_race || !problems.is_empty() {
        let mut shown =
            shown(&mut write, page, &viewer, language, &form, version, &problems).await?;
        if lost_race {
            let label = shown.page.t("letters-text");
            shown.conflict =
                differing([Fact { label, text }], [Fact { label, text: form.text.clone() }]);
        }
        let status =
            if lost_race { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
        return Ok((status, html(&shown)?).into_response());
    }
    store::put_template(&mut write, language, &form.text).await?;
    let (actor, action) = ((&viewer).into(), Action::LetterTemplateChanged);
    let detail = json!({ "language": language.tag() });
    audit::record(&mut write, actor, action, Record::None, detail).await?;
    let place = format!("/letters/template?language={}", language.tag());
    remember_answer(&mut write, &form.form, &place).await?;
    write.commit().await?;
    Ok(Notice::see_other(&place, "notice-saved", page.t("letters-template")))
}
