//! The form of a need: what was typed, read into its details, and drawn again with its messages.

use serde::{Deserialize, Serialize};

use super::times::Grid;
use super::{
    Area, LONGEST_TITLE, MOST_SKILLS, Need, NeedDetails, Place, Times, parse_day, parse_required,
};
use crate::committees::{self, CommitteeLine, parse_line};
use crate::db::{self, Connection};
use crate::lang::Message;
use crate::lists::{self, List};
use crate::members::{self, Phone};
use crate::web::Page;
use crate::web::forms::{Choice, Field, Problems};

/// What was typed, as it came.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct NeedForm {
    pub committee: String,
    /// The id that a chosen suggestion left.
    pub committee_id: String,
    /// The id picked where the name fits several.
    pub committee_pick: String,
    pub title: String,
    pub area: String,
    /// Parted by 、 or commas.
    pub skills: String,
    /// The ticked times of the week.
    pub times: Vec<String>,
    /// `yes`: again and again.
    pub regular: String,
    pub place: String,
    pub place_words: String,
    pub contact: String,
    pub contact_phone: String,
    pub until: String,
    pub version: i64,
    pub form: String,
}

impl NeedForm {
    /// The form as it opens on a need.
    pub(super) async fn of(connection: &mut Connection, need: &Need) -> db::Result<Self> {
        let details = need.details.clone();
        let committee = committees::store::line(connection, details.committee).await?;
        let skills = members::store::skill_names(connection, &details.skills).await?;
        Ok(Self {
            committee: committee.map_or_else(String::new, |line| line.name),
            committee_id: details.committee.to_string(),
            title: details.title,
            area: details.area.name().to_owned(),
            skills: skills.join("、"),
            times: details.times.ticked(),
            regular: if details.regular { "yes".to_owned() } else { String::new() },
            place: details.place.name().to_owned(),
            place_words: details.place_words,
            contact: details.contact,
            contact_phone: details.contact_phone,
            until: details.until.unwrap_or_default(),
            version: need.version,
            ..Self::default()
        })
    }

    /// The empty form, for a committee that is known already.
    pub(crate) fn for_committee(line: Option<CommitteeLine>) -> Self {
        let (committee, committee_id) =
            line.map_or_else(Default::default, |line| (line.name, line.id.to_string()));
        Self {
            committee,
            committee_id,
            area: Area::Deeds.name().to_owned(),
            place: Place::Home.name().to_owned(),
            ..Self::default()
        }
    }

    /// Reads the form; with any problem, nothing comes back.
    pub(crate) async fn read(
        &self,
        connection: &mut Connection,
        problems: &mut Problems,
        candidates: &mut Vec<CommitteeLine>,
    ) -> db::Result<Option<NeedDetails>> {
        let chosen = [self.committee_pick.as_str(), self.committee_id.as_str()];
        let committee = committees::meant(connection, &self.committee, chosen, candidates).await?;
        let committee = problems.check("committee", committee).flatten();
        if committee.is_none() {
            problems.add("committee", Message::new("form-required"));
        }
        let title = problems.check("title", parse_required(&self.title, LONGEST_TITLE));
        let area =
            problems.check("area", Area::from_name(&self.area).ok_or(Message::new("form-choose")));
        let skills = self.read_skills(connection, problems).await?;
        let times = problems.check("times", Times::parse(&self.times));
        let place = problems
            .check("place", Place::from_name(&self.place).ok_or(Message::new("form-choose")));
        let place_words = read_place_words(place, &self.place_words, problems);
        let contact = problems.check("contact", parse_line(&self.contact, 30));
        let phone = problems.check("contact_phone", Phone::parse(&self.contact_phone));
        let until = problems.check("until", parse_day(&self.until));
        let (Some(committee), Some(title), Some(area), Some(skills), Some(times), true) =
            (committee, title, area, skills, times, problems.is_empty())
        else {
            return Ok(None);
        };
        Ok(place.zip(contact).zip(phone).zip(until).zip(place_words).map(
            |((((place, contact), phone), until), place_words)| NeedDetails {
                committee,
                title,
                area,
                skills,
                times,
                regular: self.regular == "yes",
                place,
                place_words,
                contact,
                contact_phone: phone.as_str().to_owned(),
                until,
            },
        ))
    }

    /// The skills, which must be on the list: a misspelled one would find nobody.
    async fn read_skills(
        &self,
        connection: &mut Connection,
        problems: &mut Problems,
    ) -> db::Result<Option<Vec<i64>>> {
        let Some(names) = problems.check("skills", members::parse_skills(&self.skills)) else {
            return Ok(None);
        };
        if names.len() > MOST_SKILLS {
            let many = Message::new("members-too-many-skills").with("limit", MOST_SKILLS);
            problems.add("skills", many);
        }
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
        Ok(Some(skills))
    }

    /// The fields, as typed, with their messages.
    pub(crate) fn fields(
        &self,
        page: &Page,
        problems: &Problems,
        candidates: &[CommitteeLine],
    ) -> Fields {
        let line = |name: &str, label: &'static str, value: &str, limit: u32| {
            Field::new(page, name, label).value(value).limit(limit).check(page, problems)
        };
        let committee = line("committee", "needs-committee", &self.committee, 60).required();
        let title = line("title", "needs-title-field", &self.title, LONGEST_TITLE).required();
        let untouched = self.version == 0 && problems.is_empty();
        let known = !self.committee_id.is_empty();
        let times = Grid::new(page, "needs-times", "needs-times-hint", &self.times);
        Fields {
            committee: if untouched && !known { committee.focused() } else { committee }
                .hint(page.t("needs-committee-hint")),
            committee_id: self.committee_id.clone(),
            committee_pick: committees::pick(page, "committee_pick", candidates),
            title: if untouched && known { title.focused() } else { title }
                .hint(page.t("needs-title-hint")),
            area: line("area", "needs-area", "", 0).required().options(choices(
                page,
                Area::ALL.iter().map(|area| (area.name(), area.key())),
                &self.area,
            )),
            skills: line("skills", "needs-skills", &self.skills, 200)
                .hint(page.t("needs-skills-hint")),
            times: Grid {
                error: problems.of("times").map_or_else(String::new, |why| page.say(why)),
                ..times
            },
            regular: line("regular", "needs-regular-tick", &self.regular, 0),
            place: place_field(page, &self.place, problems),
            place_words: place_words_field(page, &self.place_words, problems),
            contact: line("contact", "needs-contact", &self.contact, 30)
                .hint(page.t("needs-contact-hint")),
            contact_phone: line(
                "contact_phone",
                "needs-contact-phone",
                &self.contact_phone,
                Phone::LIMIT,
            )
            .kind("tel", "off"),
            until: line("until", "needs-until", &self.until, 0)
                .kind("date", "off")
                .hint(page.t("needs-until-hint")),
            version: self.version,
        }
    }
}

/// Where in words, which stand there only for somewhere else.
pub(crate) fn read_place_words(
    place: Option<Place>,
    typed: &str,
    problems: &mut Problems,
) -> Option<String> {
    if place != Some(Place::Elsewhere) {
        return Some(String::new());
    }
    problems.check("place_words", parse_required(typed, 60))
}

/// Radio buttons for where help is given.
pub(crate) fn place_field(page: &Page, chosen: &str, problems: &Problems) -> Field {
    let places = Place::ALL.iter().map(|place| (place.name(), place.key()));
    Field::new(page, "place", "needs-where")
        .options(choices(page, places, chosen))
        .check(page, problems)
}

/// Where, in words.
pub(crate) fn place_words_field(page: &Page, typed: &str, problems: &Problems) -> Field {
    Field::new(page, "place_words", "needs-place-words")
        .value(typed)
        .limit(60)
        .check(page, problems)
}

/// Choices by their names, with the words of these keys.
pub(crate) fn choices(
    page: &Page,
    of: impl Iterator<Item = (&'static str, &'static str)>,
    chosen: &str,
) -> Vec<Choice> {
    of.map(|(name, key)| Choice {
        value: name.to_owned(),
        label: page.t(key).to_owned(),
        chosen: name == chosen,
        count: String::new(),
    })
    .collect()
}

/// The fields of the form, drawn by `templates/needs/form.html`.
pub(crate) struct Fields {
    pub committee: Field,
    pub committee_id: String,
    pub committee_pick: Field,
    pub title: Field,
    pub area: Field,
    pub skills: Field,
    pub times: Grid,
    pub regular: Field,
    pub place: Field,
    pub place_words: Field,
    pub contact: Field,
    pub contact_phone: Field,
    pub until: Field,
    pub version: i64,
}
