//! Entering a visit, and striking one out that was entered by mistake.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::Form;
use serde::Deserialize;

use super::registry::{self, NewVisit};
use super::store::Visit;
use super::{Pairing, record_pages};
use crate::addresses::today;
use crate::app::App;
use crate::lang::Message;
use crate::needs::{parse_day, parse_required};
use crate::text::normalize;
use crate::web::forms::{Field, Problems};
use crate::web::{
    Error, Notice, Page, Permission, Result, Routes, Viewer, already_answered, html,
    remember_answer, see_other,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::ServeNeeds;
    routes.post("/pairings/{id}/visits", may, add).post("/pairings/{id}/strike", may, strike)
}

/// The most characters of what was done.
const LONGEST: u32 = 120;
/// How long a visit is, where nothing else is known.
const MINUTES: i64 = 60;

/// What was typed of a visit, as it came.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct VisitForm {
    day: String,
    minutes: String,
    done: String,
    next: String,
    form: String,
}

impl VisitForm {
    /// The form as it opens: on the day that was agreed when that is past, else today; as long as
    /// the last visit; and with the next day as the rhythm has it.
    pub(crate) fn after(pairing: &Pairing, last: Option<&Visit>) -> Self {
        let today = today();
        let day = match &pairing.next_visit {
            Some(day) if *day < today => day.clone(),
            _ => today.clone(),
        };
        let mut next = pairing.visit_after(&day);
        while let Some(past) = next.as_ref().filter(|next| **next < today) {
            next = pairing.visit_after(past);
        }
        Self {
            minutes: last.map_or(MINUTES, |visit| visit.minutes).to_string(),
            next: next.unwrap_or_default(),
            day,
            ..Self::default()
        }
    }

    /// What was typed, without problems.
    pub(crate) fn read(&self, problems: &mut Problems) -> Option<NewVisit> {
        let day = problems.check("day", parse_day(&self.day)).flatten();
        match &day {
            None => problems.add("day", Message::new("form-required")),
            Some(day) if *day > today() => {
                problems.add("day", Message::new("pairings-day-future"));
            }
            Some(_) => {}
        }
        let minutes = normalize(&self.minutes).parse::<i64>().ok();
        let minutes = minutes.filter(|minutes| (1..=1440).contains(minutes));
        let minutes =
            problems.check("minutes", minutes.ok_or(Message::new("pairings-minutes-shape")));
        let done = problems.check("done", parse_required(&self.done, LONGEST));
        let next = problems.check("next", parse_day(&self.next));
        if let (Some(day), Some(Some(next))) = (&day, &next)
            && next <= day
        {
            problems.add("next", Message::new("pairings-next-before"));
        }
        let visit = NewVisit { day: day?, minutes: minutes?, done: done?, next: next? };
        Some(visit).filter(|_| problems.is_empty())
    }

    /// The form's token.
    pub(crate) fn token(&self) -> &str {
        &self.form
    }

    /// The fields, as typed, with their messages.
    pub(crate) fn fields(&self, page: &Page, problems: &Problems) -> VisitFields {
        let line = |name: &str, label: &'static str, value: &str| {
            Field::new(page, name, label).value(value).check(page, problems)
        };
        VisitFields {
            day: line("day", "pairings-day", &self.day).kind("date", "off").required(),
            minutes: line("minutes", "pairings-minutes", &self.minutes).kind("number", "off"),
            done: line("done", "pairings-done", &self.done)
                .limit(LONGEST)
                .required()
                .hint(page.t("pairings-done-hint")),
            next: line("next", "pairings-next", &self.next).kind("date", "off"),
        }
    }
}

/// The fields of a visit.
pub(crate) struct VisitFields {
    pub day: Field,
    pub minutes: Field,
    pub done: Field,
    pub next: Field,
}

async fn add(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(form): Form<VisitForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let (pairing, need) = record_pages::own(&mut write, &viewer, id).await?;
    if pairing.ended_at.is_some() {
        let why = Message::new("pairings-has-ended");
        return record_pages::refused(&mut write, page, &viewer, pairing, need, &why).await;
    }
    let mut problems = Problems::none();
    let Some(visit) = form.read(&mut problems) else {
        let typed = Some((&form, &problems));
        let shown =
            record_pages::show_page(&mut write, page, &viewer, pairing, need, typed).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&shown)?).into_response());
    };
    registry::visit(&mut write, (&viewer).into(), &pairing, &visit).await?;
    let location = format!("/pairings/{id}");
    remember_answer(&mut write, &form.form, &location).await?;
    write.commit().await?;
    Ok(Notice::see_other(&location, "notice-visit-added", &need.details.title))
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct StrikeForm {
    /// `visits.id`.
    visit: i64,
}

async fn strike(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(form): Form<StrikeForm>,
) -> Result {
    let mut write = app.db.write().await?;
    let (pairing, _) = record_pages::own(&mut write, &viewer, id).await?;
    if !registry::strike(&mut write, (&viewer).into(), &pairing, form.visit).await? {
        return Err(Error::NotFound);
    }
    write.commit().await?;
    Ok(Notice::see_other(&format!("/pairings/{id}"), "notice-visit-struck", ""))
}
