//! The form of a round: which half-year, until when, whose members.

use serde::{Deserialize, Serialize};

use super::Survey;
use crate::activities::{HalfYear, today};
use crate::addresses::ValidFrom;
use crate::db::{self, Connection};
use crate::lang::Message;
use crate::lists::{self, List};
use crate::web::Page;
use crate::web::forms::{Choice, Field, FieldError, Problems};

/// How many half-years may be chosen: this one and those before it.
const HALVES: usize = 4;

/// What was typed, as it came.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct RoundForm {
    pub half: String,
    pub closes_on: String,
    pub all_branches: String,
    pub branch: Vec<i64>,
    pub version: i64,
    pub form: String,
}

/// What was read: a value that exists is valid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Round {
    pub half: HalfYear,
    pub closes_on: String,
    /// `None`: everyone is asked.
    pub branches: Option<Vec<i64>>,
}

/// The fields, drawn by `templates/surveys/round_form.html`.
pub(super) struct RoundFields {
    pub half: Field,
    pub closes_on: Field,
    pub all_branches: Field,
    pub branch: Field,
    pub version: i64,
    pub errors: Vec<FieldError>,
}

impl RoundForm {
    /// The form as it opens: of this half-year, for everyone, a month from now.
    pub(super) fn fresh() -> Self {
        let closes_on = today().saturating_add(jiff::Span::new().months(1));
        Self {
            half: HalfYear::of(today()).code(),
            closes_on: closes_on.to_string(),
            all_branches: "yes".to_owned(),
            ..Self::default()
        }
    }

    /// The form as it opens on a round.
    pub(super) fn of(survey: &Survey) -> Self {
        Self {
            half: survey.half.code(),
            closes_on: survey.closes_on.clone(),
            all_branches: if survey.branches.is_none() { "yes" } else { "" }.to_owned(),
            branch: survey.branches.clone().unwrap_or_default(),
            version: survey.version,
            form: String::new(),
        }
    }

    /// Reads the form; with any problem, nothing comes back.
    pub(super) fn read(&self, problems: &mut Problems) -> Option<Round> {
        let half = HalfYear::parse(&self.half).ok_or_else(|| Message::new("form-choose"));
        let half = problems.check("half", half);
        let closes_on = problems.check("closes_on", ValidFrom::parse(&self.closes_on));
        let closes_on = closes_on.map(|day| day.as_str().to_owned());
        if closes_on.as_deref() == Some("") {
            problems.add("closes_on", Message::new("form-required"));
        } else if let (Some(day), Some(half)) = (&closes_on, half)
            && *day < half.first_day()
        {
            problems.add("closes_on", Message::new("surveys-closes-before"));
        }
        let all = self.all_branches == "yes";
        if !all && self.branch.is_empty() {
            problems.add("branch", Message::new("surveys-branch-none"));
        }
        let (half, closes_on) = (half?, closes_on?);
        let branches = (!all).then(|| self.branch.clone());
        problems.is_empty().then_some(Round { half, closes_on, branches })
    }

    /// The fields, as typed, with their messages; of a round that is there the half-year stays.
    pub(super) async fn fields(
        &self,
        connection: &mut Connection,
        page: &Page,
        problems: &Problems,
    ) -> db::Result<RoundFields> {
        let mut halves = Vec::new();
        let mut half = HalfYear::of(today());
        for _ in 0..HALVES {
            let (value, label) = (half.code(), half.words(page.language()));
            let chosen = value == self.half;
            halves.push(Choice { value, label, chosen, count: String::new() });
            half = half.before();
        }
        let branches = lists::names(connection, List::Branches).await?;
        let branches = branches.into_iter().map(|(id, label)| Choice {
            value: id.to_string(),
            label,
            chosen: self.branch.contains(&id),
            count: String::new(),
        });
        Ok(RoundFields {
            half: Field::new(page, "half", "surveys-half").options(halves).check(page, problems),
            closes_on: Field::new(page, "closes_on", "surveys-closes-on")
                .value(&self.closes_on)
                .kind("date", "off")
                .hint(page.t("surveys-closes-hint"))
                .required()
                .check(page, problems),
            all_branches: Field::new(page, "all_branches", "surveys-everyone")
                .value(&self.all_branches),
            branch: Field::new(page, "branch", "layout-branches")
                .options(branches.collect())
                .check(page, problems),
            version: self.version,
            errors: problems.summary(page),
        })
    }
}
