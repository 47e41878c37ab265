//! The form of a meeting: what was typed, read into what it is, and drawn again with its messages.

use serde::{Deserialize, Serialize};

use super::{Kind, Meeting, MeetingDetails, parse_time};
use crate::activities::{parse_day, today};
use crate::committees::parse_line;
use crate::db::Connection;
use crate::lang::Message;
use crate::members::entry;
use crate::members::meant::Candidate;
use crate::text::{normalize, normalize_name};
use crate::web::forms::{Choice, Field, Problems};
use crate::web::{Fact, Page, Result, Scope};

/// The longest title and place, in characters.
const LONGEST_LINE: u32 = 60;
/// The longest agenda, in characters.
const LONGEST_AGENDA: u32 = 2000;
/// The longest minutes, in characters.
const LONGEST_MINUTES: u32 = 20_000;
/// After how many days a meeting that is copied takes place again: the same weekday.
const LATER: i64 = 28;

/// What was typed, as it came.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct MeetingForm {
    pub subject: String,
    pub kind: String,
    pub day: String,
    pub begins: String,
    pub place: String,
    pub chair: String,
    pub chair_id: String,
    pub chair_pick: String,
    pub agenda: String,
    pub minutes: String,
    pub version: i64,
    pub form: String,
    /// The meeting that this one is copied from.
    pub copy: Option<i64>,
    /// Those who are expected again (`members.id`).
    pub member: Vec<i64>,
}

impl MeetingForm {
    /// The form as it opens for a new one.
    pub(super) fn fresh() -> Self {
        Self { day: today().to_string(), kind: Kind::Exchange.name().to_owned(), ..Self::default() }
    }

    /// The form as it opens on a meeting; of a chair whose record is not theirs to see, nothing.
    pub(super) fn of(meeting: &Meeting, scope: &Scope) -> Self {
        let details = &meeting.details;
        let chair = meeting.chair.as_ref().filter(|chair| scope.covers(chair.branch));
        Self {
            subject: details.title.clone(),
            kind: details.kind.name().to_owned(),
            day: details.day.to_string(),
            begins: details.begins.clone(),
            place: details.place.clone(),
            chair: chair.map_or_else(String::new, |chair| chair.name.clone()),
            chair_id: chair.map_or_else(String::new, |chair| chair.id.to_string()),
            agenda: details.agenda.clone(),
            minutes: details.minutes.clone(),
            version: meeting.version,
            ..Self::default()
        }
    }

    /// The form as it opens for the same some weeks later.
    pub(super) fn after(meeting: &Meeting, scope: &Scope) -> Self {
        let later = meeting.details.day.saturating_add(jiff::Span::new().days(LATER));
        Self {
            day: later.max(today()).to_string(),
            minutes: String::new(),
            version: 0,
            copy: Some(meeting.id),
            ..Self::of(meeting, scope)
        }
    }

    /// Who leads it: as before, while the field says nothing else.
    async fn chair(
        &self,
        connection: &mut Connection,
        scope: &Scope,
        before: Option<&Meeting>,
        candidates: &mut Vec<Candidate>,
    ) -> Result<std::result::Result<Option<i64>, Message>> {
        let typed = normalize_name(&self.chair);
        if let Some(chair) = before.and_then(|meeting| meeting.chair.as_ref()) {
            let hidden = typed.is_empty() && !scope.covers(chair.branch);
            let same = typed == chair.name && self.chair_id == chair.id.to_string();
            if hidden || (same && self.chair_pick.is_empty()) {
                return Ok(Ok(Some(chair.id)));
            }
        }
        let chosen = [self.chair_pick.as_str(), self.chair_id.as_str()];
        entry::one(connection, scope, &self.chair, chosen, candidates).await
    }

    /// Reads the form. With any problem, nothing comes back.
    pub(super) async fn read(
        &self,
        connection: &mut Connection,
        scope: &Scope,
        before: Option<&Meeting>,
        problems: &mut Problems,
        candidates: &mut Vec<Candidate>,
    ) -> Result<Option<MeetingDetails>> {
        let title = problems.check("subject", required_line(&self.subject));
        let kind = Kind::from_name(&self.kind);
        if kind.is_none() {
            problems.add("kind", Message::new("form-choose"));
        }
        let day = problems.check("day", parse_day(&self.day));
        let begins = problems.check("begins", parse_time(&self.begins));
        let place = problems.check("place", parse_line(&self.place, LONGEST_LINE));
        let chair = self.chair(connection, scope, before, candidates).await?;
        let chair = problems.check("chair", chair);
        let agenda = problems.check("agenda", lines(&self.agenda, LONGEST_AGENDA));
        let minutes = problems.check("minutes", lines(&self.minutes, LONGEST_MINUTES));
        Ok(match (title, kind, day, begins, place, chair, agenda, minutes) {
            (
                Some(title),
                Some(kind),
                Some(day),
                Some(begins),
                Some(place),
                Some(chair),
                Some(agenda),
                Some(minutes),
            ) => Some(MeetingDetails { day, begins, place, kind, title, agenda, chair, minutes }),
            _ => None,
        })
    }

    /// The fields, as typed, with their messages.
    pub(super) fn fields(
        &self,
        page: &Page,
        problems: &Problems,
        candidates: &[Candidate],
    ) -> FormFields {
        let line = |name: &str, label: &'static str, value: &str, limit: u32| {
            Field::new(page, name, label).value(value).limit(limit).check(page, problems)
        };
        let kind = |kind: Kind| Choice {
            value: kind.name().to_owned(),
            label: page.t(kind.key()).to_owned(),
            chosen: kind.name() == self.kind,
            count: String::new(),
        };
        let title = line("subject", "meetings-title", &self.subject, LONGEST_LINE)
            .required()
            .hint(page.t("meetings-title-hint"));
        let focus = self.version == 0 && problems.is_empty();
        FormFields {
            subject: if focus { title.focused() } else { title },
            kind: line("kind", "meetings-kind", "", 0)
                .required()
                .options(Kind::ALL.map(kind).to_vec()),
            day: line("day", "meetings-day", &self.day, 0).kind("date", "off").required(),
            begins: line("begins", "meetings-begins", &self.begins, 0).kind("time", "off"),
            place: line("place", "meetings-place", &self.place, LONGEST_LINE),
            chair: line("chair", "meetings-chair", &self.chair, 0)
                .hint(page.t("meetings-chair-hint")),
            chair_id: self.chair_id.clone(),
            chair_pick: entry::pick(page, "chair_pick", candidates),
            agenda: line("agenda", "meetings-agenda", &self.agenda, LONGEST_AGENDA),
            minutes: line("minutes", "meetings-minutes", &self.minutes, LONGEST_MINUTES)
                .hint(page.t("meetings-minutes-hint")),
            version: self.version,
            copy: self.copy,
        }
    }
}

/// Reads a line that must not be empty.
fn required_line(typed: &str) -> std::result::Result<String, Message> {
    let line = parse_line(typed, LONGEST_LINE)?;
    if line.is_empty() { Err(Message::new("form-required")) } else { Ok(line) }
}

/// Reads lines of text, which may be none, up to so many characters.
///
/// # Errors
/// A message for the field.
pub(crate) fn lines(typed: &str, limit: u32) -> std::result::Result<String, Message> {
    let lines: Vec<String> = typed.lines().map(normalize).collect();
    let text = lines.join("\n").trim().to_owned();
    if text.chars().count() > limit as usize {
        return Err(Message::new("form-too-long").with("limit", limit));
    }
    Ok(text)
}

/// What a meeting is, in words, in the order of the form; `chair`: the name that the reader sees.
pub(super) fn facts(page: &Page, details: &MeetingDetails, chair: &str) -> [Fact; 8] {
    [
        ("meetings-title", details.title.clone()),
        ("meetings-kind", page.t(details.kind.key()).to_owned()),
        ("meetings-day", page.date(&details.day.to_string())),
        ("meetings-begins", details.begins.clone()),
        ("meetings-place", details.place.clone()),
        ("meetings-chair", chair.to_owned()),
        ("meetings-agenda", details.agenda.clone()),
        ("meetings-minutes", details.minutes.clone()),
    ]
    .map(|(key, text)| Fact { label: page.t(key), text })
}

/// Which fields differ, by the names of the form.
pub(super) fn changed_fields(before: &MeetingDetails, after: &MeetingDetails) -> Vec<&'static str> {
    [
        ("subject", before.title != after.title),
        ("kind", before.kind != after.kind),
        ("day", before.day != after.day),
        ("begins", before.begins != after.begins),
        ("place", before.place != after.place),
        ("chair", before.chair != after.chair),
        ("agenda", before.agenda != after.agenda),
        ("minutes", before.minutes != after.minutes),
    ]
    .into_iter()
    .filter_map(|(field, differs)| differs.then_some(field))
    .collect()
}

/// The fields of the form, drawn by `templates/meetings/form.html`.
#[derive(Debug)]
pub(super) struct FormFields {
    pub subject: Field,
    pub kind: Field,
    pub day: Field,
    pub begins: Field,
    pub place: Field,
    pub chair: Field,
    pub chair_id: String,
    pub chair_pick: Field,
    pub agenda: Field,
    pub minutes: Field,
    pub version: i64,
    pub copy: Option<i64>,
}
