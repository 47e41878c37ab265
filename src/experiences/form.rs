//! The form of an experience: what was typed, read into what it is, and drawn again with its
//! messages.

use serde::{Deserialize, Serialize};

use super::ExperienceDetails;
use super::store::Experience;
use crate::activities::Area;
use crate::committees::parse_line;
use crate::db::Connection;
use crate::lang::Message;
use crate::lists::{self, List};
use crate::meetings::Person;
use crate::meetings::lines::Sort;
use crate::meetings::lines::store::Line;
use crate::meetings::lines_of_text;
use crate::members;
use crate::members::entry;
use crate::members::meant::{self, Candidate};
use crate::web::forms::{Choice, Field, Problems};
use crate::web::{Fact, Page, Result, Scope};

/// The longest title, in characters.
const LONGEST_TITLE: u32 = 60;
/// The longest text, in characters.
const LONGEST_WORDS: u32 = 10_000;

/// What was typed, as it came.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct ExperienceForm {
    pub title: String,
    pub words: String,
    pub area: Vec<String>,
    pub skills: String,
    /// The tellers who were ticked (`members.id`).
    pub member: Vec<i64>,
    pub who: String,
    pub who_id: String,
    pub who_pick: String,
    pub meeting: Option<i64>,
    pub version: i64,
    pub form: String,
}

impl ExperienceForm {
    /// The form as it opens on an experience.
    pub(super) fn of(experience: &Experience) -> Self {
        let details = &experience.details;
        Self {
            title: details.title.clone(),
            words: details.words.clone(),
            area: details.areas.iter().map(|area| area.name().to_owned()).collect(),
            skills: experience.skill_names.join("、"),
            member: details.members.clone(),
            meeting: details.meeting,
            version: experience.version,
            ..Self::default()
        }
    }

    /// The form as it opens on what was told at a meeting. Nobody is ticked: they are to be asked.
    pub(super) fn from_line(line: &Line) -> Self {
        Self { words: line.words.clone(), meeting: Some(line.meeting), ..Self::default() }
    }

    /// Reads the form; `before`: who is named already. With any problem, nothing comes back.
    pub(super) async fn read(
        &self,
        connection: &mut Connection,
        scope: &Scope,
        before: &[Person],
        problems: &mut Problems,
        candidates: &mut Vec<Candidate>,
    ) -> Result<Option<ExperienceDetails>> {
        let title = problems.check("title", parse_line(&self.title, LONGEST_TITLE));
        let words = problems.check("words", lines_of_text(&self.words, LONGEST_WORDS));
        for (field, text) in [("title", &title), ("words", &words)] {
            if text.as_deref() == Some("") {
                problems.add(field, Message::new("form-required"));
            }
        }
        let skills = self.read_skills(connection, problems).await?;
        let members = self.read_members(connection, scope, before, problems, candidates).await?;
        let (Some(title), Some(words), true) = (title, words, problems.is_empty()) else {
            return Ok(None);
        };
        let chosen = |area: &Area| self.area.iter().any(|name| name == area.name());
        Ok(Some(ExperienceDetails {
            title,
            words,
            areas: Area::ALL.into_iter().filter(chosen).collect(),
            skills,
            members,
            meeting: self.meeting,
        }))
    }

    /// The skills, which must be on the list: a misspelled one would find nothing.
    async fn read_skills(
        &self,
        connection: &mut Connection,
        problems: &mut Problems,
    ) -> Result<Vec<i64>> {
        let Some(names) = problems.check("skills", members::parse_skills(&self.skills)) else {
            return Ok(Vec::new());
        };
        let mut skills = Vec::with_capacity(names.len());
        for name in names {
            match lists::find_spelling(connection, List::Skills, &name).await? {
                Some(id) => skills.push(id),
                None => {
                    problems.add("skills", Message::new("needs-skill-unknown").with("name", name))
                }
            }
        }
        skills.sort_unstable();
        skills.dedup();
        Ok(skills)
    }

    /// Those who were ticked, of those whom the viewer may see or who are named already, and who
    /// was typed.
    async fn read_members(
        &self,
        connection: &mut Connection,
        scope: &Scope,
        before: &[Person],
        problems: &mut Problems,
        candidates: &mut Vec<Candidate>,
    ) -> Result<Vec<i64>> {
        let mut members = Vec::new();
        for id in &self.member {
            let named = before.iter().any(|person| person.id == *id);
            if named || meant::live(connection, scope, 0, *id).await?.is_some() {
                members.push(*id);
            }
        }
        let chosen = [self.who_pick.as_str(), self.who_id.as_str()];
        let typed = entry::one(connection, scope, &self.who, chosen, candidates).await?;
        members.extend(problems.check("who", typed).flatten());
        members.sort_unstable();
        members.dedup();
        Ok(members)
    }

    /// The fields, as typed, with their messages; `tellers`: who may be ticked.
    pub(super) fn fields(
        &self,
        page: &Page,
        problems: &Problems,
        candidates: &[Candidate],
        tellers: &[Person],
    ) -> FormFields {
        let line = |name: &str, label: &'static str, value: &str, limit: u32| {
            Field::new(page, name, label).value(value).limit(limit).check(page, problems)
        };
        let area = |area: Area| Choice {
            value: area.name().to_owned(),
            label: page.t(area.key()).to_owned(),
            chosen: self.area.iter().any(|name| name == area.name()),
            count: String::new(),
        };
        let teller = |person: &Person| Choice {
            value: person.id.to_string(),
            label: person.name.clone(),
            chosen: self.member.contains(&person.id),
            count: String::new(),
        };
        let title = line("title", "experiences-title", &self.title, LONGEST_TITLE).required();
        let focus = self.version == 0 && problems.is_empty();
        FormFields {
            title: if focus { title.focused() } else { title },
            words: line("words", "experiences-words", &self.words, LONGEST_WORDS)
                .required()
                .hint(page.t("experiences-words-hint")),
            area: line("area", "experiences-areas", "", 0).options(Area::ALL.map(area).to_vec()),
            skills: line("skills", "experiences-skills", &self.skills, 0),
            tellers: Field::new(page, "member", "experiences-tellers")
                .hint(page.t("experiences-tellers-hint"))
                .options(tellers.iter().map(teller).collect()),
            who: if tellers.is_empty() {
                line("who", "experiences-tellers", &self.who, 0)
                    .hint(page.t("experiences-tellers-hint"))
            } else {
                line("who", "experiences-teller", &self.who, 0)
            },
            who_id: self.who_id.clone(),
            who_pick: entry::pick(page, "who_pick", candidates),
            meeting: self.meeting,
            version: self.version,
        }
    }
}

/// Who told something at a meeting, each once, of those whom the viewer may see.
pub(super) fn tellers(lines: Vec<Line>, scope: &Scope) -> Vec<Person> {
    let mut tellers: Vec<Person> = Vec::new();
    for line in lines {
        let told = line.sort == Sort::Told && line.removed_at.is_none();
        if let Some(who) = line.who.filter(|who| told && scope.covers(who.branch))
            && !tellers.contains(&who)
        {
            tellers.push(who);
        }
    }
    tellers
}

/// What an experience is, in words, in the order of the form.
pub(super) fn facts(
    page: &Page,
    details: &ExperienceDetails,
    skills: &[String],
    tellers: &[String],
) -> [Fact; 5] {
    let areas: Vec<&str> = details.areas.iter().map(|area| page.t(area.key())).collect();
    let separator = page.t("meetings-names-separator");
    [
        ("experiences-title", details.title.clone()),
        ("experiences-words", details.words.clone()),
        ("experiences-areas", areas.join(separator)),
        ("experiences-skills", skills.join(separator)),
        ("experiences-tellers", tellers.join(separator)),
    ]
    .map(|(key, text)| Fact { label: page.t(key), text })
}

/// The fields of the form, drawn by `templates/experiences/form.html`.
#[derive(Debug)]
pub(super) struct FormFields {
    pub title: Field,
    pub words: Field,
    pub area: Field,
    pub skills: Field,
    pub tellers: Field,
    pub who: Field,
    pub who_id: String,
    pub who_pick: Field,
    pub meeting: Option<i64>,
    pub version: i64,
}
