//! The form of a call.

use serde::{Deserialize, Serialize};

use super::{Call, CallDetails, Figures, LONGEST_CRITERIA, LONGEST_TITLE};
use crate::activities::{Amount, Area, HalfYear, today};
use crate::db::{self, Connection};
use crate::lang::Message;
use crate::lists::{self, List};
use crate::needs::form::choices;
use crate::needs::{parse_day, parse_required};
use crate::text::normalize;
use crate::web::forms::{Choice, Field, Problems};
use crate::web::{Page, Scope};

/// How many half-years may be chosen, this one first.
const HALVES: usize = 6;
/// The most times, areas and months that are asked for.
const MOST_TIMES: i64 = 1000;
const MOST_MONTHS: i64 = 240;

/// What was typed, as it came.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct CallForm {
    pub title: String,
    /// The last half-year that counts.
    pub half: String,
    /// `2`: the one before it counts too.
    pub halves: String,
    /// `yes`: members of every branch.
    pub all: String,
    /// `branches.id`.
    pub branch: Vec<i64>,
    pub until: String,
    pub criteria: String,
    pub times: String,
    pub hours: String,
    pub areas: String,
    pub area: String,
    pub months: String,
    pub feedback: String,
    pub version: i64,
    pub form: String,
}

impl CallForm {
    /// The form as it opens for a new call: this half-year, and the branches that are the viewer's.
    pub fn opened(scope: &Scope) -> Self {
        Self {
            half: HalfYear::of(today()).code(),
            halves: "1".to_owned(),
            all: if *scope == Scope::All { "yes".to_owned() } else { String::new() },
            branch: scope.branches().map(<[i64]>::to_vec).unwrap_or_default(),
            ..Self::default()
        }
    }

    /// The form as it opens on a call.
    pub fn of(call: &Call) -> Self {
        let details = call.details.clone();
        let figures = details.figures;
        let number = |of: Option<i64>| of.map_or_else(String::new, |of| of.to_string());
        Self {
            title: details.title,
            halves: if details.first == details.last { "1" } else { "2" }.to_owned(),
            half: details.last,
            all: if details.branches.is_none() { "yes" } else { "" }.to_owned(),
            branch: details.branches.unwrap_or_default(),
            until: details.until,
            criteria: details.criteria,
            times: number(figures.times),
            hours: figures.minutes.map_or_else(String::new, crate::activities::hours),
            areas: number(figures.areas),
            area: figures.area.unwrap_or_default(),
            months: number(figures.pairing_months),
            feedback: if figures.feedback { "yes" } else { "" }.to_owned(),
            version: call.version,
            form: String::new(),
        }
    }

    /// Reads the form; with any problem, nothing comes back.
    pub fn read(&self, scope: &Scope, problems: &mut Problems) -> Option<CallDetails> {
        let title = problems.check("title", parse_required(&self.title, LONGEST_TITLE));
        let half = HalfYear::parse(&self.half).ok_or_else(|| Message::new("form-choose"));
        let half = problems.check("half", half);
        let branches = problems.check("branch", self.branches(scope));
        let until =
            parse_day(&self.until).and_then(|day| day.ok_or_else(|| Message::new("form-required")));
        let until = problems.check("until", until);
        let criteria = problems.check("criteria", parse_words(&self.criteria));
        let figures = self.figures(problems);
        let (title, half, branches) = (title?, half?, branches?);
        let (until, criteria, figures) = (until?, criteria?, figures?);
        let first = if self.halves == "2" { half.before() } else { half };
        problems.is_empty().then(|| CallDetails {
            title,
            first: first.code(),
            last: half.code(),
            branches,
            until,
            criteria,
            figures,
        })
    }

    fn branches(&self, scope: &Scope) -> Result<Option<Vec<i64>>, Message> {
        if self.all == "yes" && *scope == Scope::All {
            return Ok(None);
        }
        let mut branches = self.branch.clone();
        branches.sort_unstable();
        branches.dedup();
        if branches.is_empty() || !branches.iter().all(|branch| scope.covers(Some(*branch))) {
            return Err(Message::new("form-choose"));
        }
        Ok(Some(branches))
    }

    fn figures(&self, problems: &mut Problems) -> Option<Figures> {
        let times = problems.check("times", parse_number(&self.times, MOST_TIMES));
        let minutes = problems.check("hours", Amount::parse_hours(&self.hours));
        let areas = problems.check("areas", parse_number(&self.areas, 4));
        let months = problems.check("months", parse_number(&self.months, MOST_MONTHS));
        Some(Figures {
            times: times?,
            minutes: minutes.map(|minutes| (minutes > 0).then_some(minutes))?,
            areas: areas?,
            area: Area::from_name(&self.area).map(|area| area.name().to_owned()),
            pairing_months: months?,
            feedback: self.feedback == "yes",
        })
    }

    /// The fields, as typed, with their messages.
    pub async fn fields(
        &self,
        connection: &mut Connection,
        page: &Page,
        scope: &Scope,
        problems: &Problems,
    ) -> db::Result<Fields> {
        let line = |name: &str, label: &'static str, value: &str, limit: u32| {
            Field::new(page, name, label).value(value).limit(limit).check(page, problems)
        };
        let number = |name: &str, label: &'static str, value: &str| {
            line(name, label, value, 0).kind("number", "off")
        };
        let names = lists::names(connection, List::Branches).await?;
        let branches = names.into_iter().filter(|(id, _)| scope.covers(Some(*id)));
        let branches = branches.map(|(id, name)| Choice {
            value: id.to_string(),
            label: name,
            chosen: self.branch.contains(&id),
            ..Choice::default()
        });
        let any = [("", "commendations-any-area")];
        let areas = any.into_iter().chain(Area::ALL.map(|area| (area.name(), area.key())));
        let counts = [("1", "commendations-one-half"), ("2", "commendations-both-halves")];
        let mut counted = line("halves", "commendations-halves", "", 0);
        counted.options = choices(page, counts.into_iter(), &self.halves);
        Ok(Fields {
            title: line("title", "commendations-title-field", &self.title, LONGEST_TITLE)
                .hint(page.t("commendations-title-hint"))
                .required(),
            half: line("half", "commendations-half", "", 0).options(self.half_choices(page)),
            halves: counted,
            all: line("all", "commendations-all-branches", &self.all, 0),
            may_all: *scope == Scope::All,
            branch: line("branch", "commendations-branches", "", 0).options(branches.collect()),
            until: line("until", "commendations-until", &self.until, 0)
                .kind("date", "off")
                .required(),
            criteria: line("criteria", "commendations-criteria", &self.criteria, LONGEST_CRITERIA)
                .hint(page.t("commendations-criteria-hint"))
                .required(),
            times: number("times", "commendations-figure-times", &self.times),
            hours: line("hours", "commendations-figure-hours", &self.hours, 0),
            areas: number("areas", "commendations-figure-areas", &self.areas),
            area: line("area", "commendations-figure-area", "", 0)
                .options(choices(page, areas, &self.area)),
            months: number("months", "commendations-figure-pairing", &self.months),
            feedback: line("feedback", "commendations-figure-feedback", &self.feedback, 0),
            version: self.version,
        })
    }

    /// The last half-years, and the one that a call is for already.
    fn half_choices(&self, page: &Page) -> Vec<Choice> {
        let mut halves = vec![HalfYear::of(today())];
        while halves.len() < HALVES
            && let Some(last) = halves.last()
        {
            halves.push(last.before());
        }
        halves.extend(HalfYear::parse(&self.half).filter(|half| !halves.contains(half)));
        let choice = |half: HalfYear| Choice {
            value: half.code(),
            label: half.words(page.language()),
            chosen: half.code() == self.half,
            ..Choice::default()
        };
        halves.into_iter().map(choice).collect()
    }
}

/// Reads lines that may not be empty.
fn parse_words(typed: &str) -> Result<String, Message> {
    let lines: Vec<String> = typed.lines().map(normalize).collect();
    let words = lines.join("\n").trim().to_owned();
    if words.is_empty() {
        return Err(Message::new("form-required"));
    }
    if words.chars().count() > LONGEST_CRITERIA as usize {
        return Err(Message::new("form-too-long").with("limit", LONGEST_CRITERIA));
    }
    Ok(words)
}

/// Reads a whole number from 1; an empty field is none.
fn parse_number(typed: &str, most: i64) -> Result<Option<i64>, Message> {
    let typed = normalize(typed);
    if typed.is_empty() {
        return Ok(None);
    }
    let number = typed.parse::<i64>().ok().filter(|number| (1..=most).contains(number));
    number.map(Some).ok_or_else(|| Message::new("commendations-number").with("limit", most))
}

/// The fields of the form, drawn by `templates/commendations/form.html`.
pub(super) struct Fields {
    pub title: Field,
    pub half: Field,
    pub halves: Field,
    pub all: Field,
    /// Whether a call may be for every branch.
    pub may_all: bool,
    pub branch: Field,
    pub until: Field,
    pub criteria: Field,
    pub times: Field,
    pub hours: Field,
    pub areas: Field,
    pub area: Field,
    pub months: Field,
    pub feedback: Field,
    pub version: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> CallForm {
        CallForm {
            title: "社区服务先进党员".to_owned(),
            half: "2026-2".to_owned(),
            halves: "2".to_owned(),
            branch: vec![2, 1, 2],
            until: "2026-12-31".to_owned(),
            criteria: "热心服务邻里".to_owned(),
            hours: "1.5".to_owned(),
            ..CallForm::default()
        }
    }

    #[test]
    fn a_call_for_two_half_years_begins_with_the_one_before() {
        let mut problems = Problems::none();
        let call = form().read(&Scope::All, &mut problems).unwrap();
        assert_eq!((call.first.as_str(), call.last.as_str()), ("2026-1", "2026-2"));
        assert_eq!(call.branches, Some(vec![1, 2]));
        assert_eq!((call.figures.minutes, call.figures.times), (Some(90), None));
    }

    #[test]
    fn nobody_opens_a_call_for_branches_that_are_not_theirs() {
        let theirs = Scope::Branches(vec![1]);
        for wrong in [form(), CallForm { all: "yes".to_owned(), ..form() }] {
            let mut problems = Problems::none();
            assert_eq!(wrong.read(&theirs, &mut problems), None);
            assert!(problems.of("branch").is_some());
        }
        assert_eq!(parse_number("0", 4).unwrap_err().key(), "commendations-number");
        assert!(parse_number("5", 4).is_err() && parse_number("", 4).unwrap().is_none());
    }
}
