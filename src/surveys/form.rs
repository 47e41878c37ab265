//! A member's form: what was typed, read and drawn again; for the member and for staff alike.

use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use super::{Answer, LONGEST_WORDS, Line, Reason, Survey, SurveyForm, Who, parse_words, registry};
use crate::activities::{Amount, Area, Manner};
use crate::audit::Actor;
use crate::db::{self, Connection};
use crate::lang::Message;
use crate::web::Page;
use crate::web::forms::{Choice, Field, FieldError, Problems};

/// What was typed, as it came. The lines' fields come one after the other, as many of each.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct FormInput {
    /// Which line ([`Line::key`]).
    pub key: Vec<String>,
    pub times: Vec<String>,
    pub hours: Vec<String>,
    /// The keys of the lines that count.
    pub counts: Vec<String>,
    /// The name of a [`Reason`].
    pub reason: String,
    pub words: String,
    /// The form's version that was looked at; 0: there was none yet.
    pub version: i64,
    /// `submit`, or `save`.
    pub act: String,
    pub form: String,
}

/// A line of the form, as it is drawn.
pub(crate) struct LineFields {
    pub line: Line,
    pub key: String,
    pub day: String,
    /// Area and manner, in words.
    pub what: String,
    pub counts: bool,
    pub times: Field,
    pub hours: Field,
}

/// The fields, drawn by `templates/surveys/parts.html`.
pub(crate) struct FormFields {
    pub lines: Vec<LineFields>,
    pub reason: Field,
    pub words: Field,
    pub version: i64,
    errors: Vec<FieldError>,
}

impl FormFields {
    /// What stands above the form, for whoever draws it.
    pub(crate) fn take_errors(&mut self) -> Vec<FieldError> {
        std::mem::take(&mut self.errors)
    }
}

impl FormInput {
    /// The form as it opens: with these lines, and the reason that was kept.
    pub(crate) fn of(lines: &[Line], form: Option<&SurveyForm>) -> Self {
        let amount = |line: &Line| Amount { times: line.times, minutes: line.minutes };
        Self {
            key: lines.iter().map(Line::key).collect(),
            times: lines.iter().map(|line| line.times.to_string()).collect(),
            hours: lines.iter().map(|line| amount(line).hours()).collect(),
            counts: lines.iter().filter(|line| !line.left_out).map(Line::key).collect(),
            reason: form.and_then(|form| form.reason).map_or("", Reason::name).to_owned(),
            words: form.map_or_else(String::new, |form| form.words.clone()),
            version: form.map_or(0, |form| form.version),
            ..Self::default()
        }
    }

    fn typed(&self, key: &str) -> Option<(&str, &str)> {
        let place = self.key.iter().position(|typed| typed == key)?;
        Some((self.times.get(place)?, self.hours.get(place)?))
    }

    /// Reads the form over what is on record now; with any problem, nothing comes back. What is
    /// only kept needs no reason yet.
    pub(crate) fn read(
        &self,
        lines: Vec<Line>,
        submit: bool,
        problems: &mut Problems,
    ) -> Option<Answer> {
        let mut read = Vec::new();
        for mut line in lines {
            // What came on record after the page was opened counts as it is.
            if let Some((times, hours)) = self.typed(&line.key()).filter(|_| !line.confirmed) {
                line.left_out = !self.counts.contains(&line.key());
                if !line.left_out {
                    line.times = problems.check("times", Amount::parse_times(times))?;
                    line.minutes = problems.check("hours", Amount::parse_hours(hours))?;
                }
            }
            read.push(line);
        }
        let mut answer = Answer { lines: read, reason: None };
        if !answer.took_part() {
            let reason = Reason::from_name(&self.reason);
            match reason {
                None if submit => problems.add("reason", Message::new("surveys-reason-needed")),
                None => {}
                Some(reason) if submit => {
                    let words = problems.check("words", parse_words(&self.words));
                    answer.reason = words.map(|words| (reason, words));
                }
                Some(reason) => {
                    let kept = crate::committees::parse_line(&self.words, LONGEST_WORDS);
                    answer.reason = problems.check("words", kept).map(|words| (reason, words));
                }
            }
        }
        problems.is_empty().then_some(answer)
    }

    /// The fields, as typed, with their messages.
    pub(crate) fn fields(&self, page: &Page, lines: Vec<Line>, problems: &Problems) -> FormFields {
        let reasons = Reason::ALL.iter().map(|reason| Choice {
            value: reason.name().to_owned(),
            label: page.t(reason.key()).to_owned(),
            chosen: reason.name() == self.reason,
            count: String::new(),
        });
        FormFields {
            lines: lines.into_iter().map(|line| self.line(page, line)).collect(),
            reason: Field::new(page, "reason", "surveys-reason")
                .hint(page.t("surveys-reason-hint"))
                .options(reasons.collect())
                .required()
                .check(page, problems),
            words: Field::new(page, "words", "surveys-words")
                .value(&self.words)
                .hint(page.t("surveys-words-hint"))
                .required()
                .limit(LONGEST_WORDS)
                .check(page, problems),
            version: self.version,
            errors: problems
                .iter()
                .map(|(field, message)| FieldError {
                    // A line's fields carry its key behind their name.
                    field_id: self.wrong_line(field).unwrap_or_else(|| field.to_owned()),
                    message: page.say(message),
                })
                .collect(),
        }
    }

    /// The id of the first line's field that cannot be read.
    fn wrong_line(&self, field: &str) -> Option<String> {
        let wrong = |place: usize| match field {
            "times" => {
                self.times.get(place).is_some_and(|typed| Amount::parse_times(typed).is_err())
            }
            "hours" => {
                self.hours.get(place).is_some_and(|typed| Amount::parse_hours(typed).is_err())
            }
            _ => false,
        };
        let counts = |place: usize| self.counts.contains(&self.key[place]);
        let place = (0..self.key.len()).find(|place| wrong(*place) && counts(*place))?;
        Some(format!("{field}-{}", self.key[place]))
    }

    fn line(&self, page: &Page, line: Line) -> LineFields {
        let key = line.key();
        let recorded = Amount { times: line.times, minutes: line.minutes };
        let (times, hours) = match self.typed(&key) {
            Some((times, hours)) => (times.to_owned(), hours.to_owned()),
            None => (line.times.to_string(), recorded.hours()),
        };
        let field = |name: &str, label: &'static str, value: &str, error: Option<Message>| Field {
            id: format!("{name}-{key}"),
            label: format!("{} {} {}", page.t(label), line.day, line.title),
            error: error.map_or_else(String::new, |message| page.say(&message)),
            ..Field::new(page, name, label).value(value)
        };
        let counts = self.counts.contains(&key) || self.typed(&key).is_none();
        let wrong = |read: Result<i64, Message>| read.err().filter(|_| counts);
        let area = Area::from_name(&line.area).map_or("", |area| page.t(area.key()));
        let manner = Manner::from_name(&line.manner).map_or("", |manner| page.t(manner.key()));
        LineFields {
            times: field("times", "activities-times", &times, wrong(Amount::parse_times(&times))),
            hours: field("hours", "activities-hours", &hours, wrong(Amount::parse_hours(&hours))),
            day: page.date(&line.day),
            what: format!("{area} · {manner}"),
            counts,
            key,
            line,
        }
    }
}

/// What came of a form that was sent.
pub(crate) enum Sent {
    /// It is kept, or handed in: what is said of it.
    Done(&'static str),
    /// Nothing was written, because of what was typed, or because of how the form stands.
    Refused(Problems, Option<Message>),
}

impl Sent {
    /// The status of the page that is shown again.
    pub(crate) const fn status(refused: Option<&Message>) -> StatusCode {
        if refused.is_some() { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY }
    }
}

/// Reads what was typed over a member's form and writes it, in a transaction that the caller ends.
pub(crate) async fn send(
    connection: &mut Connection,
    (actor, who): (Actor, Who),
    survey: &Survey,
    (member, lines): (i64, Vec<Line>),
    input: &FormInput,
) -> db::Result<Sent> {
    let submit = input.act == "submit";
    let mut problems = Problems::none();
    let Some(answer) = input.read(lines, submit, &mut problems) else {
        return Ok(Sent::Refused(problems, None));
    };
    let (key, who) = ((member, input.version), submit.then_some(who));
    let refused = match registry::write(connection, actor, survey, key, &answer, who).await? {
        Ok(true) if submit => return Ok(Sent::Done("notice-survey-submitted")),
        Ok(true) => return Ok(Sent::Done("notice-survey-saved")),
        Ok(false) => Message::new("surveys-changed"),
        Err(why) => why,
    };
    Ok(Sent::Refused(problems, Some(refused)))
}
