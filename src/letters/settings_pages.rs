//! What stands on every letter: asked for once.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::Form;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{LINK_DAYS, LetterSettings, required_line, store};
use crate::app::App;
use crate::audit::{self, Action, Record};
use crate::committees::parse_line;
use crate::lang::Message;
use crate::web::forms::{Field, FieldError, Problems};
use crate::web::{
    Difference, Draft, Fact, Notice, Page, Permission, Result, Routes, Viewer, already_answered,
    differing, html, remember_answer, see_other,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::SetUpLetters;
    routes.get("/letters/settings", may, show).post("/letters/settings", may, save)
}

/// What was typed, as it came.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct SettingsForm {
    prefix: String,
    office: String,
    contact: String,
    phone: String,
    link_days: String,
    version: i64,
    form: String,
}

impl SettingsForm {
    fn of(settings: Option<LetterSettings>, viewer: &Viewer) -> Self {
        let Some(settings) = settings else {
            let link_days = LINK_DAYS.to_string();
            return Self { contact: viewer.name.clone(), link_days, ..Self::default() };
        };
        Self {
            prefix: settings.prefix,
            office: settings.office,
            contact: settings.contact,
            phone: settings.phone,
            link_days: settings.link_days.to_string(),
            version: settings.version,
            form: String::new(),
        }
    }

    fn read(&self, problems: &mut Problems) -> Option<LetterSettings> {
        let prefix = problems.check("prefix", required_line(&self.prefix, 20));
        let office = problems.check("office", required_line(&self.office, 60));
        let contact = problems.check("contact", required_line(&self.contact, 30));
        let phone = problems.check("phone", parse_line(&self.phone, 30));
        let days = self.link_days.trim().parse().ok().filter(|days| (1..=730).contains(days));
        let days = days.ok_or_else(|| Message::new("letters-link-days-range"));
        let link_days = problems.check("link_days", days);
        Some(LetterSettings {
            prefix: prefix?,
            office: office?,
            contact: contact?,
            phone: phone?,
            link_days: link_days?,
            version: self.version,
        })
    }

    fn fields(&self, page: &Page, problems: &Problems) -> Vec<Field> {
        let line = |name: &str, label: &'static str, value: &str, limit: u32| {
            Field::new(page, name, label).value(value).limit(limit).check(page, problems)
        };
        vec![
            line("office", "letters-office", &self.office, 60)
                .required()
                .hint(page.t("letters-office-hint")),
            line("prefix", "letters-prefix", &self.prefix, 20)
                .required()
                .hint(page.t("letters-prefix-hint")),
            line("contact", "letters-contact", &self.contact, 30).required(),
            line("phone", "letters-phone", &self.phone, 30).kind("tel", "off"),
            line("link_days", "letters-link-days", &self.link_days, 0)
                .kind("number", "off")
                .required(),
        ]
    }
}

fn facts(page: &Page, settings: &LetterSettings) -> [Fact; 5] {
    [
        ("letters-office", settings.office.clone()),
        ("letters-prefix", settings.prefix.clone()),
        ("letters-contact", settings.contact.clone()),
        ("letters-phone", settings.phone.clone()),
        ("letters-link-days", settings.link_days.to_string()),
    ]
    .map(|(key, text)| Fact { label: page.t(key), text })
}

#[derive(Template)]
#[template(path = "letters/settings.html")]
struct SettingsPage {
    page: Page,
    fields: Vec<Field>,
    version: i64,
    errors: Vec<FieldError>,
    /// What differs between what was typed and what someone else saved meanwhile.
    conflict: Vec<Difference>,
}

async fn show(
    axum::extract::State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Draft(draft): Draft<SettingsForm>,
) -> Result {
    let kept = store::settings(&mut *app.db.read().await?).await?;
    let form = draft.unwrap_or_else(|| SettingsForm::of(kept, &viewer));
    html(&SettingsPage {
        fields: form.fields(&page, &Problems::none()),
        version: form.version,
        errors: Vec::new(),
        conflict: Vec::new(),
        page,
    })
}

async fn save(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Form(form): Form<SettingsForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let kept = store::settings(&mut write).await?;
    let version = kept.as_ref().map_or(0, |kept| kept.version);
    let mut problems = Problems::none();
    let settings = form.read(&mut problems);
    let lost_race = version != form.version;
    let Some(settings) = settings.as_ref().filter(|_| !lost_race) else {
        let conflict = match (&kept, &settings) {
            (Some(kept), Some(typed)) if lost_race => {
                differing(facts(&page, kept), facts(&page, typed))
            }
            _ => Vec::new(),
        };
        let shown = html(&SettingsPage {
            fields: form.fields(&page, &problems),
            version,
            errors: problems.summary(&page),
            conflict,
            page,
        })?;
        let status =
            if lost_race { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
        return Ok((status, shown).into_response());
    };
    store::put_settings(&mut write, settings).await?;
    let (actor, action) = ((&viewer).into(), Action::LetterSettingsChanged);
    audit::record(&mut write, actor, action, Record::None, json!({})).await?;
    remember_answer(&mut write, &form.form, "/letters").await?;
    write.commit().await?;
    Ok(Notice::see_other("/letters", "notice-saved", page.t("letters-settings")))
}
