//! The form of a contact.

use serde::{Deserialize, Serialize};

use super::store::Contact;
use super::{ContactDetails, Kind, LONGEST, LONGEST_NAME};
use crate::committees::{self, CommitteeLine, parse_line};
use crate::db::Connection;
use crate::lang::Message;
use crate::letters::{past_day, required_line};
use crate::members::meant::Candidate;
use crate::members::{entry, store as members};
use crate::needs::form::choices;
use crate::needs::parse_day;
use crate::text::normalize_name;
use crate::web::forms::{Field, Problems};
use crate::web::{Page, Result, Scope};

/// What was typed, as it came.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct ContactForm {
    pub kind: String,
    pub day: String,
    pub committee: String,
    /// The id that a chosen suggestion left.
    pub committee_id: String,
    /// The id picked where the name fits several.
    pub committee_pick: String,
    pub member: String,
    pub member_id: String,
    pub member_pick: String,
    pub person: String,
    pub words: String,
    pub promised: String,
    pub due: String,
    pub outcome: String,
    pub version: i64,
    pub form: String,
}

/// Whom typed names may mean.
#[derive(Debug, Default)]
pub(super) struct Candidates {
    pub committees: Vec<CommitteeLine>,
    pub members: Vec<Candidate>,
}

impl ContactForm {
    /// The form as it opens on a contact.
    pub(super) fn of(contact: &Contact) -> Self {
        let details = contact.details.clone();
        let id = |id: Option<i64>| id.map_or_else(String::new, |id| id.to_string());
        Self {
            kind: details.kind.name().to_owned(),
            day: details.day,
            committee: contact.committee.clone(),
            committee_id: id(details.committee),
            member: contact.member.clone(),
            member_id: id(details.member),
            person: details.person,
            words: details.words,
            promised: details.promised,
            due: details.due.unwrap_or_default(),
            outcome: details.outcome,
            version: contact.version,
            ..Self::default()
        }
    }

    /// Reads the form; with any problem, nothing comes back. `before` is whose the contact was:
    /// the field may go on naming them though they went into the bin.
    pub(super) async fn read(
        &self,
        connection: &mut Connection,
        scope: &Scope,
        before: Option<&Contact>,
        problems: &mut Problems,
        candidates: &mut Candidates,
    ) -> Result<Option<ContactDetails>> {
        let kind = Kind::from_name(&self.kind).unwrap_or(Kind::Visit);
        let day = problems.check("day", past_day(&self.day, ""));
        let chosen = [self.committee_pick.as_str(), self.committee_id.as_str()];
        let of = &mut candidates.committees;
        let committee = committees::meant(connection, &self.committee, chosen, of).await?;
        let mut committee = problems.check("committee", committee).flatten();
        let mut member = None;
        if kind == Kind::Asked {
            let same = before.filter(|contact| {
                normalize_name(&self.member) == contact.member
                    && contact.details.member.map(|id| id.to_string()).as_deref()
                        == Some(self.member_id.as_str())
            });
            let meant = match same {
                Some(contact) => Ok(contact.details.member),
                None => {
                    let chosen = [self.member_pick.as_str(), self.member_id.as_str()];
                    let of = &mut candidates.members;
                    entry::one(connection, scope, &self.member, chosen, of).await?
                }
            };
            member = problems.check("member", meant).flatten();
            if member.is_none() {
                problems.add("member", Message::new("form-required"));
            }
        }
        if committee.is_none() {
            match member {
                // Whose committee is on record is not asked for it.
                Some(id) => committee = home(connection, id).await?,
                None if kind == Kind::Asked => {}
                None => problems.add("committee", Message::new("form-required")),
            }
        }
        let person = problems.check("person", parse_line(&self.person, LONGEST_NAME));
        let words = problems.check("words", required_line(&self.words, LONGEST));
        let promised = problems.check("promised", parse_line(&self.promised, LONGEST));
        let due = problems.check("due", parse_day(&self.due));
        let outcome = problems.check("outcome", parse_line(&self.outcome, LONGEST));
        if promised.as_deref() == Some("") && due.as_ref().is_some_and(Option::is_some) {
            problems.add("promised", Message::new("contacts-due-of-what"));
        }
        let read = day.zip(person).zip(words).zip(promised).zip(due).zip(outcome);
        Ok(read.filter(|_| problems.is_empty()).map(
            |(((((day, person), words), promised), due), outcome)| ContactDetails {
                kind,
                day,
                committee,
                member,
                person,
                words,
                promised,
                due,
                outcome,
            },
        ))
    }

    /// The fields, as typed, with their messages.
    pub(super) fn fields(
        &self,
        page: &Page,
        problems: &Problems,
        candidates: &Candidates,
    ) -> Fields {
        let line = |name: &str, label: &'static str, value: &str, limit: u32| {
            Field::new(page, name, label).value(value).limit(limit).check(page, problems)
        };
        let kinds = Kind::ALL.iter().map(|kind| (kind.name(), kind.key()));
        let members = candidates.members.iter().map(Candidate::choice).collect();
        Fields {
            kind: line("kind", "contacts-kind", "", 0).options(choices(page, kinds, &self.kind)),
            day: line("day", "contacts-day", &self.day, 0).kind("date", "off").required(),
            committee: line("committee", "members-committee", &self.committee, 60),
            committee_id: self.committee_id.clone(),
            committee_pick: committees::pick(page, "committee_pick", &candidates.committees),
            member: line("member", "contacts-member", &self.member, 60)
                .hint(page.t("contacts-member-hint")),
            member_id: self.member_id.clone(),
            member_pick: Field::new(page, "member_pick", "contacts-member-pick").options(members),
            person: line("person", "contacts-person", &self.person, LONGEST_NAME),
            words: line("words", "contacts-words", &self.words, LONGEST)
                .required()
                .hint(page.t("contacts-words-hint")),
            promised: line("promised", "contacts-promised", &self.promised, LONGEST),
            due: line("due", "contacts-due", &self.due, 0).kind("date", "off"),
            outcome: line("outcome", "contacts-outcome", &self.outcome, LONGEST),
            version: self.version,
        }
    }
}

async fn home(connection: &mut Connection, member: i64) -> Result<Option<i64>> {
    let member = members::member(connection, member).await?;
    Ok(member.and_then(|member| {
        let home = member.details.home;
        home.committee().or_else(|| home.host())
    }))
}

/// The fields of the form, drawn by `templates/contacts/form.html`.
pub(super) struct Fields {
    pub kind: Field,
    pub day: Field,
    pub committee: Field,
    pub committee_id: String,
    pub committee_pick: Field,
    pub member: Field,
    pub member_id: String,
    pub member_pick: Field,
    pub person: Field,
    pub words: Field,
    pub promised: Field,
    pub due: Field,
    pub outcome: Field,
    pub version: i64,
}
