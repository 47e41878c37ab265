//! The form in which feedback is written: by the committee on its page, or by the office from the
//! paper.

use serde::{Deserialize, Serialize};

use super::line_store::Line;
use super::request_store::Request;
use crate::committees::parse_line;
use crate::db::Result;
use crate::lang::Message;
use crate::reviews::{Deed, LONGEST_FEEDBACK};
use crate::web::Page;
use crate::web::forms::{Field, FieldError};

/// What was typed, as it came. The lists go together, a line each.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct AnswerForm {
    /// `feedback_requests.id`, where the address does not say it.
    pub request: i64,
    /// The request's version when the form was opened.
    pub version: i64,
    /// `feedback_lines.id`.
    pub line: Vec<i64>,
    pub words: Vec<String>,
    /// The day on the paper.
    pub answered_on: String,
    pub by: String,
    pub form: String,
}

impl AnswerForm {
    /// The form as it opens: what is on record.
    pub(crate) fn of(request: &Request, lines: &[Line], day: &str, by: &str) -> Self {
        Self {
            request: request.id,
            version: request.version,
            line: lines.iter().map(|line| line.id).collect(),
            words: lines.iter().map(|line| line.words.clone()).collect(),
            answered_on: day.to_owned(),
            by: by.to_owned(),
            form: String::new(),
        }
    }

    fn typed(&self, line: i64) -> Option<&str> {
        let place = self.line.iter().position(|id| *id == line)?;
        self.words.get(place).map(String::as_str)
    }
}

/// A line of the form.
pub(crate) struct LineRow {
    pub line: Line,
    /// What they did, in words.
    pub deeds: Vec<String>,
    pub field: Field,
    /// In a lost race: what is on record, where it differs from what was typed.
    pub theirs: String,
}

/// What a line's member did.
pub(crate) fn deeds_of(line: &Line) -> Result<Vec<Deed>> {
    if line.deeds.is_empty() {
        return Ok(Vec::new());
    }
    serde_json::from_str(&line.deeds).map_err(|error| sqlx::Error::Decode(error.into()))
}

/// What is said of whom, as far as it can be read, and what is wrong with which line.
pub(crate) type Read = (Vec<(i64, String)>, Vec<(i64, Message)>);

/// Reads the lines of the form that are these; the words of the first answer cannot all be empty.
pub(crate) fn read(form: &AnswerForm, lines: &[Line], first: bool) -> Read {
    let (mut said, mut wrong) = (Vec::new(), Vec::new());
    for line in lines.iter().filter(|line| !line.closed) {
        let Some(typed) = form.typed(line.id) else { continue };
        match parse_line(typed, LONGEST_FEEDBACK) {
            Ok(words) => said.push((line.id, words)),
            Err(message) => wrong.push((line.id, message)),
        }
    }
    if first && wrong.is_empty() && said.iter().all(|(_, words)| words.is_empty()) {
        let line = lines.first().map_or(0, |line| line.id);
        wrong.push((line, Message::new("feedback-none-said")));
    }
    (said, wrong)
}

/// The lines as the form shows them, with what is wrong with each.
pub(crate) fn rows(
    page: &Page,
    lines: Vec<Line>,
    form: &AnswerForm,
    wrong: &[(i64, Message)],
    lost_race: bool,
) -> Result<Vec<LineRow>> {
    let mut rows = Vec::with_capacity(lines.len());
    for line in lines {
        let typed = form.typed(line.id).unwrap_or(&line.words).to_owned();
        let mut field = Field::new(page, "words", "feedback-words").limit(LONGEST_FEEDBACK);
        field.id = format!("words-{}", line.id);
        field.label = page.t1("feedback-words-of", "name", line.name.as_str());
        let message = wrong.iter().find(|(id, _)| *id == line.id).map(|(_, message)| message);
        field.error = message.map_or_else(String::new, |message| page.say(message));
        let differs = lost_race && typed.trim() != line.words;
        rows.push(LineRow {
            deeds: deeds_of(&line)?.iter().map(|deed| deed.words(page)).collect(),
            theirs: if differs { line.words.clone() } else { String::new() },
            field: field.value(&typed),
            line,
        });
    }
    Ok(rows)
}

/// The lines of the summary above the form.
pub(crate) fn summary(rows: &[LineRow]) -> Vec<FieldError> {
    let wrong = rows.iter().filter(|row| !row.field.error.is_empty());
    wrong
        .map(|row| FieldError {
            field_id: row.field.id.clone(),
            message: format!("{} · {}", row.line.name, row.field.error),
        })
        .collect()
}
