//! The form on which a member says what they took part in: what was typed, read and drawn again.

use serde::{Deserialize, Serialize};

use super::OwnPartDetails;
use crate::activities::form::{LONGEST_TITLE, areas, title};
use crate::activities::{Amount, Area, parse_day, today};
use crate::lang::Message;
use crate::web::Page;
use crate::web::forms::{Field, FieldError, Problems};

/// What was typed, as it came.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct OwnPartForm {
    /// The day.
    pub day: String,
    /// What it was.
    pub title: String,
    /// The name of an [`Area`].
    pub area: String,
    /// How long, in hours.
    pub hours: String,
    /// The form's token.
    pub form: String,
}

/// Its fields, drawn by `templates/people/part.html`.
#[derive(Debug)]
pub struct OwnPartFields {
    /// 日期.
    pub day: Field,
    /// 活动.
    pub title: Field,
    /// 四个深入.
    pub area: Field,
    /// 时长.
    pub hours: Field,
    /// What is wrong, above the form.
    pub errors: Vec<FieldError>,
}

impl OwnPartForm {
    /// The form as it opens: for today.
    pub fn fresh() -> Self {
        Self { day: today().to_string(), ..Self::default() }
    }

    /// Reads the form. With any problem, nothing comes back.
    pub fn read(&self, problems: &mut Problems) -> Option<OwnPartDetails> {
        let day = problems.check("day", parse_day(&self.day));
        if day.is_some_and(|day| day > today()) {
            problems.add("day", Message::new("logged-parts-future"));
        }
        let title = problems.check("title", title(&self.title));
        let area = Area::from_name(&self.area);
        if area.is_none() {
            problems.add("area", Message::new("activities-area-choose"));
        }
        let minutes = problems.check("hours", Amount::parse_hours(&self.hours));
        let (day, title, area, minutes) = (day?, title?, area?, minutes?);
        problems.is_empty().then_some(OwnPartDetails { day, title, area, minutes })
    }

    /// The fields, as typed, with their messages.
    pub fn fields(&self, page: &Page, problems: &Problems) -> OwnPartFields {
        let line = |name: &str, label: &'static str, value: &str, limit: u32| {
            Field::new(page, name, label).value(value).limit(limit).check(page, problems)
        };
        OwnPartFields {
            day: line("day", "activities-day", &self.day, 0).kind("date", "off").required(),
            title: line("title", "activities-title", &self.title, LONGEST_TITLE)
                .required()
                .hint(page.t("logged-parts-title-hint")),
            area: line("area", "activities-area", &self.area, 0)
                .required()
                .options(areas(page, &self.area)),
            hours: line("hours", "activities-hours", &self.hours, 0)
                .hint(page.t("logged-parts-hours-hint")),
            errors: problems.summary(page),
        }
    }
}
