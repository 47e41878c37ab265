//! `/needs/weights`: what counts how much when members are suggested, and how long contacts stay.

use askama::Template;
use axum::extract::State as From;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::Form;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::form::choices;
use super::settings::{self, Settings, Weight, Weights};
use crate::app::App;
use crate::audit::{self, Action, Record};
use crate::lang::Message;
use crate::web::forms::{Field, FieldError, Problems};
use crate::web::{
    Difference, Draft, Fact, Notice, Page, Permission, Result, Routes, Viewer, already_answered,
    differing, html, remember_answer, see_other,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::SetWeights;
    routes.get("/needs/weights", may, show).post("/needs/weights", may, change)
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct SettingsForm {
    skill: String,
    distance: String,
    times: String,
    load: String,
    months: String,
    version: i64,
    form: String,
}

impl SettingsForm {
    fn of(settings: &Settings) -> Self {
        let Weights { skill, distance, times, load } = settings.weights;
        let name = |weight: Weight| weight.name().to_owned();
        Self {
            skill: name(skill),
            distance: name(distance),
            times: name(times),
            load: name(load),
            months: settings.months.to_string(),
            version: settings.version,
            form: String::new(),
        }
    }

    fn read(&self, problems: &mut Problems) -> Option<Settings> {
        let mut weight = |field: &'static str, typed: &str| {
            problems.check(field, Weight::from_name(typed).ok_or(Message::new("form-choose")))
        };
        let skill = weight("skill", &self.skill);
        let distance = weight("distance", &self.distance);
        let times = weight("times", &self.times);
        let load = weight("load", &self.load);
        let months = crate::text::normalize(&self.months).parse::<i64>().ok();
        let months = months
            .filter(|months| (1..=36).contains(months))
            .ok_or(Message::new("needs-months-shape"));
        let months = problems.check("months", months);
        let weights = Weights { skill: skill?, distance: distance?, times: times?, load: load? };
        Some(Settings { weights, months: months?, version: self.version })
    }
}

#[derive(Template)]
#[template(path = "needs/weights.html")]
struct SettingsPage {
    page: Page,
    weights: [Field; 4],
    months: Field,
    version: i64,
    errors: Vec<FieldError>,
    conflict: Vec<Difference>,
}

fn settings_page(page: Page, form: &SettingsForm, problems: &Problems) -> SettingsPage {
    let weight = |name: &str, label: &'static str, hint: &'static str, chosen: &str| {
        let weights = Weight::ALL.iter().map(|weight| (weight.name(), weight.key()));
        Field::new(&page, name, label)
            .options(choices(&page, weights, chosen))
            .hint(page.t(hint))
            .check(&page, problems)
    };
    SettingsPage {
        weights: [
            weight("skill", "needs-weight-skill", "needs-weight-skill-hint", &form.skill),
            weight(
                "distance",
                "needs-weight-distance",
                "needs-weight-distance-hint",
                &form.distance,
            ),
            weight("times", "needs-weight-times", "needs-weight-times-hint", &form.times),
            weight("load", "needs-weight-load", "needs-weight-load-hint", &form.load),
        ],
        months: Field::new(&page, "months", "needs-months")
            .value(&form.months)
            .kind("number", "off")
            .hint(page.t("needs-months-hint"))
            .check(&page, problems),
        version: form.version,
        errors: problems.summary(&page),
        conflict: Vec::new(),
        page,
    }
}

async fn show(From(app): From<App>, page: Page, Draft(draft): Draft<SettingsForm>) -> Result {
    let settings = settings::settings(&mut *app.db.read().await?).await?;
    let form = draft.unwrap_or_else(|| SettingsForm::of(&settings));
    html(&settings_page(page, &form, &Problems::none()))
}

async fn change(
    From(app): From<App>,
    page: Page,
    viewer: Viewer,
    Form(form): Form<SettingsForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let mut problems = Problems::none();
    let Some(typed) = form.read(&mut problems) else {
        let shown = html(&settings_page(page, &form, &problems))?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response());
    };
    if !settings::change(&mut write, &typed).await? {
        let theirs = settings::settings(&mut write).await?;
        // Saving again from the page that showed both versions says: mine.
        let opened = SettingsForm { version: theirs.version, ..form };
        let conflict = differing(facts(&page, &theirs), facts(&page, &typed));
        let shown = SettingsPage { conflict, ..settings_page(page, &opened, &problems) };
        return Ok((StatusCode::CONFLICT, html(&shown)?).into_response());
    }
    audit::record(&mut write, (&viewer).into(), Action::WeightsChanged, Record::None, json!({}))
        .await?;
    remember_answer(&mut write, &form.form, "/needs").await?;
    write.commit().await?;
    Ok(Notice::see_other("/needs", "notice-saved", page.t("needs-weights")))
}

fn facts(page: &Page, settings: &Settings) -> [Fact; 5] {
    let Weights { skill, distance, times, load } = settings.weights;
    let weight = |label: &'static str, weight: Weight| Fact {
        label: page.t(label),
        text: page.t(weight.key()).to_owned(),
    };
    [
        weight("needs-weight-skill", skill),
        weight("needs-weight-distance", distance),
        weight("needs-weight-times", times),
        weight("needs-weight-load", load),
        Fact { label: page.t("needs-months"), text: settings.months.to_string() },
    ]
}
