//! The form of an activity: what was typed, read into what it was, and drawn again with its
//! messages.

use serde::{Deserialize, Serialize};

use super::{Activity, ActivityDetails, Amount, Area, Manner, hours, parse_day, today};
use crate::committees::{self, CommitteeLine};
use crate::db::{Connection, Result};
use crate::lang::Message;
use crate::text::normalize;
use crate::web::forms::{Choice, Field, Problems};
use crate::web::{Fact, Page};

/// The longest title, in characters.
pub(super) const LONGEST_TITLE: u32 = 60;
/// The longest account of what was done, in characters.
const LONGEST_WHAT: u32 = 1000;

/// What was typed, as it came.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct ActivityForm {
    pub day: String,
    pub committee: String,
    pub committee_id: String,
    pub committee_pick: String,
    pub title: String,
    pub what: String,
    pub area: String,
    pub manner: String,
    pub times: String,
    pub hours: String,
    pub version: i64,
    pub form: String,
    /// The activity that this one is copied from.
    pub copy: Option<i64>,
    /// The participants that were ticked (`members.id`).
    pub member: Vec<i64>,
}

impl ActivityForm {
    /// The form as it opens for a new one.
    pub(super) fn fresh() -> Self {
        Self {
            day: today().to_string(),
            manner: Manner::Group.name().to_owned(),
            times: "1".to_owned(),
            ..Self::default()
        }
    }

    /// The form as it opens on an activity.
    pub(super) fn of(activity: &Activity) -> Self {
        let details = &activity.details;
        let committee = activity.committee.as_ref();
        Self {
            day: details.day.to_string(),
            committee: committee.map_or_else(String::new, |line| line.name.clone()),
            committee_id: committee.map_or_else(String::new, |line| line.id.to_string()),
            title: details.title.clone(),
            what: details.what.clone(),
            area: details.area.name().to_owned(),
            manner: details.manner.name().to_owned(),
            times: details.amount.times.to_string(),
            hours: details.amount.hours(),
            version: activity.version,
            ..Self::default()
        }
    }

    /// The form as it opens for the same a week later.
    pub(super) fn a_week_after(activity: &Activity) -> Self {
        let later = activity.details.day.saturating_add(jiff::Span::new().days(7));
        Self {
            day: later.to_string(),
            // What was done this time is yet to be told.
            what: String::new(),
            version: 0,
            copy: Some(activity.id),
            ..Self::of(activity)
        }
    }

    /// Reads the form. With any problem, nothing comes back.
    pub(super) async fn read(
        &self,
        connection: &mut Connection,
        problems: &mut Problems,
        candidates: &mut Vec<CommitteeLine>,
    ) -> Result<Option<ActivityDetails>> {
        let day = problems.check("day", parse_day(&self.day));
        let chosen = [self.committee_pick.as_str(), self.committee_id.as_str()];
        let committee = committees::meant(connection, &self.committee, chosen, candidates).await?;
        let committee = problems.check("committee", committee);
        if committee == Some(None) {
            problems.add("committee", Message::new("form-required"));
        }
        let title = problems.check("title", title(&self.title));
        let what = problems.check("what", text(&self.what));
        let area = Area::from_name(&self.area);
        let manner = Manner::from_name(&self.manner);
        if area.is_none() {
            problems.add("area", Message::new("activities-area-choose"));
        }
        if manner.is_none() {
            problems.add("manner", Message::new("form-choose"));
        }
        let times = problems.check("times", Amount::parse_times(&self.times));
        let minutes = problems.check("hours", Amount::parse_hours(&self.hours));
        let committee = committee.flatten();
        Ok(match (day, title, what, area, manner, times, minutes, problems.is_empty()) {
            (
                Some(day),
                Some(title),
                Some(what),
                Some(area),
                Some(manner),
                Some(times),
                Some(minutes),
                true,
            ) => {
                let amount = Amount { times, minutes };
                Some(ActivityDetails { day, committee, title, what, area, manner, amount })
            }
            _ => None,
        })
    }

    /// The fields, as typed, with their messages.
    pub(super) fn fields(
        &self,
        page: &Page,
        problems: &Problems,
        candidates: &[CommitteeLine],
    ) -> FormFields {
        let line = |name: &str, label: &'static str, value: &str, limit: u32| {
            Field::new(page, name, label).value(value).limit(limit).check(page, problems)
        };
        let title = line("title", "activities-title", &self.title, LONGEST_TITLE)
            .required()
            .hint(page.t("activities-title-hint"));
        let focus = self.version == 0 && problems.is_empty();
        let day = line("day", "activities-day", &self.day, 0).kind("date", "off").required();
        FormFields {
            day: if focus { day.focused() } else { day },
            committee: line("committee", "members-committee", &self.committee, 60)
                .required()
                .hint(page.t("addresses-committee-hint")),
            committee_id: self.committee_id.clone(),
            committee_pick: committees::pick(page, "committee_pick", candidates),
            title,
            what: line("what", "activities-what", &self.what, LONGEST_WHAT)
                .hint(page.t("activities-what-hint")),
            area: line("area", "activities-area", &self.area, 0)
                .required()
                .options(areas(page, &self.area)),
            manner: line("manner", "activities-manner", &self.manner, 0)
                .required()
                .options(manners(page, &self.manner)),
            times: line("times", "activities-times", &self.times, 0)
                .hint(page.t("activities-times-hint")),
            hours: line("hours", "activities-hours", &self.hours, 0)
                .hint(page.t("activities-hours-hint")),
            version: self.version,
            copy: self.copy,
        }
    }
}

/// The four areas, to choose from.
pub(super) fn areas(page: &Page, chosen: &str) -> Vec<Choice> {
    let choice = |area: Area| Choice {
        value: area.name().to_owned(),
        label: page.t(area.key()).to_owned(),
        chosen: area.name() == chosen,
        count: String::new(),
    };
    Area::ALL.map(choice).to_vec()
}

fn manners(page: &Page, chosen: &str) -> Vec<Choice> {
    let choice = |manner: Manner| Choice {
        value: manner.name().to_owned(),
        label: page.t(manner.key()).to_owned(),
        chosen: manner.name() == chosen,
        count: String::new(),
    };
    Manner::ALL.map(choice).to_vec()
}

/// Reads a title.
///
/// # Errors
/// A message for the field.
pub(super) fn title(typed: &str) -> std::result::Result<String, Message> {
    let title = committees::parse_line(typed, LONGEST_TITLE)?;
    if title.is_empty() { Err(Message::new("form-required")) } else { Ok(title) }
}

/// Reads what was done: lines of text, which may be none.
pub(super) fn text(typed: &str) -> std::result::Result<String, Message> {
    let lines: Vec<String> = typed.lines().map(normalize).collect();
    let text = lines.join("\n").trim().to_owned();
    if text.chars().count() > LONGEST_WHAT as usize {
        return Err(Message::new("form-too-long").with("limit", LONGEST_WHAT));
    }
    Ok(text)
}

/// What an activity was, in words, in the order of the form.
pub(super) fn facts(
    page: &Page,
    details: &ActivityDetails,
    committee: Option<&CommitteeLine>,
) -> [Fact; 8] {
    let committee = committee.map_or_else(String::new, |line| {
        format!("{} · {} · {}", line.name, line.street, line.district)
    });
    [
        ("activities-day", page.date(&details.day.to_string())),
        ("members-committee", committee),
        ("activities-title", details.title.clone()),
        ("activities-what", details.what.clone()),
        ("activities-area", page.t(details.area.key()).to_owned()),
        ("activities-manner", page.t(details.manner.key()).to_owned()),
        ("activities-times", details.amount.times.to_string()),
        ("activities-hours", hours(details.amount.minutes)),
    ]
    .map(|(key, text)| Fact { label: page.t(key), text })
}

/// Which fields differ, by the names of the form.
pub(super) fn changed_fields(
    before: &ActivityDetails,
    after: &ActivityDetails,
) -> Vec<&'static str> {
    [
        ("day", before.day != after.day),
        ("committee", before.committee != after.committee),
        ("title", before.title != after.title),
        ("what", before.what != after.what),
        ("area", before.area != after.area),
        ("manner", before.manner != after.manner),
        ("times", before.amount.times != after.amount.times),
        ("hours", before.amount.minutes != after.amount.minutes),
    ]
    .into_iter()
    .filter_map(|(field, differs)| differs.then_some(field))
    .collect()
}

/// The fields of the form, drawn by `templates/activities/form.html`.
#[derive(Debug)]
pub(super) struct FormFields {
    pub day: Field,
    pub committee: Field,
    pub committee_id: String,
    pub committee_pick: Field,
    pub title: Field,
    pub what: Field,
    pub area: Field,
    pub manner: Field,
    pub times: Field,
    pub hours: Field,
    pub version: i64,
    pub copy: Option<i64>,
}
