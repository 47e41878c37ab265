//! Members entered one after the other: one box for a number, characters, pinyin or initials, and
//! a question where that fits nobody or several.

use serde::Deserialize;

use super::meant::{self, Candidate};
use crate::db::Connection;
use crate::lang::Message;
use crate::text::{normalize, normalize_name};
use crate::web::forms::Field;
use crate::web::{Error, Page, Result, Scope, Viewer};

/// How many of those whom it may mean are asked about.
const OFFERED: usize = 8;
/// How many words are looked at that were typed at once, parted by 、 or commas.
const MOST_WORDS: usize = 200;

/// What a form sends that enters members.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct EntryForm {
    /// What was typed.
    pub who: String,
    /// The id that a chosen suggestion left.
    pub who_id: String,
    /// Those who were ticked, or chosen where several fit.
    pub member: Vec<i64>,
}

/// What was typed and fits nobody, or several.
#[derive(Debug)]
pub struct Question {
    /// What was typed.
    pub typed: String,
    /// Whom it may mean.
    pub candidates: Vec<Candidate>,
}

/// What came of an entry.
#[derive(Debug, Default)]
pub struct Answer {
    /// What was done, in the reader's words.
    pub said: Vec<String>,
    /// Whether not all of it went well.
    pub warned: bool,
    /// What a person has to decide.
    pub questions: Vec<Question>,
}

impl Answer {
    /// Says that it was done.
    pub fn say(&mut self, page: &Page, key: &'static str, name: &str) {
        self.said.push(page.say(&Message::new(key).with("name", name)));
    }

    /// Says that something was not as it was thought to be.
    pub fn warn(&mut self, page: &Page, key: &'static str, name: &str) {
        self.say(page, key, name);
        self.warned = true;
    }
}

/// Whom the form means, of those whom the viewer may see; what fits nobody or several becomes a
/// question of the answer.
///
/// # Errors
/// [`Error::NotFound`] for a ticked member who is not there, or when the database fails.
pub async fn wanted(
    connection: &mut Connection,
    viewer: &Viewer,
    form: &EntryForm,
    answer: &mut Answer,
) -> Result<Vec<Candidate>> {
    let mut wanted = Vec::new();
    for id in &form.member {
        let member = meant::live(connection, &viewer.scope, 0, *id).await?;
        wanted.push(member.ok_or(Error::NotFound)?);
    }
    if let Ok(id) = form.who_id.parse::<i64>()
        && let Some(taken) = meant::live(connection, &viewer.scope, 0, id).await?
        && taken.name == normalize_name(&form.who)
    {
        wanted.push(taken);
        return Ok(wanted);
    }
    let words = form.who.split(['、', '，', ',', ';', '；']).map(normalize);
    for typed in words.filter(|word| !word.is_empty()).take(MOST_WORDS) {
        let mut found = meant::meant(connection, &viewer.scope, &typed, OFFERED).await?;
        match found.len() {
            1 => wanted.append(&mut found),
            _ => answer.questions.push(Question { typed, candidates: found }),
        }
    }
    Ok(wanted)
}

/// Whom a field for one member means; `None` for an empty field. `chosen`: the ids that a pick among
/// several and a suggestion left. Where several fit, they are the candidates.
///
/// # Errors
/// When the database fails.
pub async fn one(
    connection: &mut Connection,
    scope: &Scope,
    typed: &str,
    chosen: [&str; 2],
    candidates: &mut Vec<Candidate>,
) -> Result<std::result::Result<Option<i64>, Message>> {
    let [picked, suggested] = chosen.map(|id| id.parse::<i64>().ok());
    let name = normalize_name(typed);
    if name.is_empty() {
        return Ok(Ok(None));
    }
    if let Some(id) = suggested
        && picked.is_none()
        && let Some(taken) = meant::live(connection, scope, 0, id).await?
        && taken.name == name
    {
        return Ok(Ok(Some(id)));
    }
    let found = meant::meant(connection, scope, typed, OFFERED).await?;
    if let Some(found) = found.iter().find(|found| Some(found.id) == picked) {
        return Ok(Ok(Some(found.id)));
    }
    Ok(match found.as_slice() {
        [] => Err(Message::new("activities-nobody").with("typed", typed)),
        [found] => Ok(Some(found.id)),
        _ => {
            *candidates = found;
            Err(Message::new("activities-several").with("typed", typed))
        }
    })
}

/// The radio buttons for choosing among those whom a field may mean.
pub fn pick(page: &Page, name: &str, candidates: &[Candidate]) -> Field {
    let choices = candidates.iter().map(Candidate::choice).collect();
    Field::new(page, name, "activities-who").options(choices)
}
