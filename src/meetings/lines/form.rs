//! The form of a line, on its meeting's page and on a page of its own.

use serde::{Deserialize, Serialize};

use super::store::Line;
use super::{LineDetails, Sort};
use crate::activities::parse_day;
use crate::db::Connection;
use crate::lang::Message;
use crate::meetings::form::lines;
use crate::members::entry;
use crate::members::meant::Candidate;
use crate::text::{normalize, normalize_name};
use crate::web::forms::{Field, FieldError, Problems};
use crate::web::{Fact, Page, Result, Scope};

/// The longest words of a line, in characters.
const LONGEST: u32 = 2000;

/// What was typed, as it came.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(in crate::meetings) struct LineForm {
    pub who: String,
    pub who_id: String,
    pub who_pick: String,
    pub words: String,
    pub due: String,
    pub version: i64,
    pub form: String,
}

/// A form that came back, with what is wrong with it.
#[derive(Debug)]
pub(in crate::meetings) struct Failed {
    pub sort: Sort,
    pub form: LineForm,
    pub problems: Problems,
    pub candidates: Vec<Candidate>,
}

impl LineForm {
    /// The form as it opens on a line; of a member whose record is not theirs to see, nothing.
    pub(super) fn of(line: &Line, scope: &Scope) -> Self {
        let who = line.who.as_ref().filter(|who| scope.covers(who.branch));
        Self {
            who: who.map_or_else(String::new, |who| who.name.clone()),
            who_id: who.map_or_else(String::new, |who| who.id.to_string()),
            words: line.words.clone(),
            due: line.due.clone().unwrap_or_default(),
            version: line.version,
            ..Self::default()
        }
    }

    /// Who it is of: as before, while the field says nothing else.
    async fn member(
        &self,
        connection: &mut Connection,
        scope: &Scope,
        before: Option<&Line>,
        candidates: &mut Vec<Candidate>,
    ) -> Result<std::result::Result<Option<i64>, Message>> {
        let typed = normalize_name(&self.who);
        if let Some(who) = before.and_then(|line| line.who.as_ref()) {
            let hidden = typed.is_empty() && !scope.covers(who.branch);
            let same = typed == who.name && self.who_id == who.id.to_string();
            if hidden || (same && self.who_pick.is_empty()) {
                return Ok(Ok(Some(who.id)));
            }
        }
        let chosen = [self.who_pick.as_str(), self.who_id.as_str()];
        entry::one(connection, scope, &self.who, chosen, candidates).await
    }

    /// Reads the form. With any problem, nothing comes back.
    pub(super) async fn read(
        &self,
        connection: &mut Connection,
        scope: &Scope,
        (sort, before): (Sort, Option<&Line>),
        problems: &mut Problems,
        candidates: &mut Vec<Candidate>,
    ) -> Result<Option<LineDetails>> {
        let member = self.member(connection, scope, before, candidates).await?;
        let member = problems.check("who", member);
        if sort == Sort::Told && member == Some(None) {
            problems.add("who", Message::new("form-required"));
        }
        let words = problems.check("words", lines(&self.words, LONGEST));
        if words.as_deref() == Some("") {
            problems.add("words", Message::new("form-required"));
        }
        let due = if sort == Sort::Told || normalize(&self.due).is_empty() {
            Some(None)
        } else {
            problems.check("due", parse_day(&self.due)).map(|day| Some(day.to_string()))
        };
        Ok(match (member, words, due, problems.is_empty()) {
            (Some(member), Some(words), Some(due), true) => {
                Some(LineDetails { member, words, due })
            }
            _ => None,
        })
    }

    /// The fields, as typed, with their messages.
    pub(super) fn fields(
        &self,
        page: &Page,
        sort: Sort,
        problems: &Problems,
        candidates: &[Candidate],
    ) -> LineFields {
        let (who, words) = match sort {
            Sort::Told => ("meetings-teller", "meetings-told-words"),
            Sort::Task => ("meetings-doer", "meetings-task-words"),
        };
        let field = |name: &str, label: &'static str, value: &str| {
            let field = Field::new(page, name, label).value(value).check(page, problems);
            Field { id: format!("{}-{name}", sort.name()), ..field }
        };
        let teller = field("who", who, &self.who);
        let pick = entry::pick(page, "who_pick", candidates);
        LineFields {
            who: if sort == Sort::Told { teller.required() } else { teller },
            who_id: self.who_id.clone(),
            who_pick: Field { id: format!("{}-who-pick", sort.name()), ..pick },
            words: field("words", words, &self.words).limit(LONGEST).required(),
            due: field("due", "meetings-due", &self.due).kind("date", "off"),
            version: self.version,
            errors: problems
                .summary(page)
                .into_iter()
                .map(|error| FieldError {
                    field_id: format!("{}-{}", sort.name(), error.field_id),
                    ..error
                })
                .collect(),
        }
    }
}

/// What a line says, in words; `who`: the name that the reader sees.
pub(super) fn facts(page: &Page, sort: Sort, details: &LineDetails, who: &str) -> Vec<Fact> {
    let due = details.due.as_deref().map_or_else(String::new, |day| page.date(day));
    let (who_label, words_label) = match sort {
        Sort::Told => ("meetings-teller", "meetings-told-words"),
        Sort::Task => ("meetings-doer", "meetings-task-words"),
    };
    [(who_label, who.to_owned()), (words_label, details.words.clone()), ("meetings-due", due)]
        .into_iter()
        .map(|(key, text)| Fact { label: page.t(key), text })
        .collect()
}

/// The fields of the form, drawn by `templates/meetings/lines.html`.
#[derive(Debug)]
pub(in crate::meetings) struct LineFields {
    pub who: Field,
    pub who_id: String,
    pub who_pick: Field,
    pub words: Field,
    pub due: Field,
    pub version: i64,
    pub errors: Vec<FieldError>,
}
