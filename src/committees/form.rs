//! The form of a committee: what was typed, read into its details, and drawn again with its
//! messages.

use serde::{Deserialize, Serialize};

use super::history::NameSince;
use super::{Committee, CommitteeCode, CommitteeDetails, area_store, parse_line, store};
use crate::db::{Connection, now};
use crate::lang::Message;
use crate::text::normalize;
use crate::web::forms::{Field, Problems};
use crate::web::{Page, Result};

/// What was typed, as it came.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct CommitteeForm {
    pub code: String,
    pub name: String,
    pub street_code: String,
    pub street: String,
    pub district: String,
    pub head: String,
    pub address: String,
    pub contact_person: String,
    pub phone: String,
    pub party_name: String,
    pub party_head: String,
    pub party_address: String,
    pub party_phone: String,
    pub since: String,
    pub version: i64,
    pub form: String,
}

impl CommitteeForm {
    /// The form as it opens on a committee.
    pub(super) fn of(committee: &Committee) -> Self {
        let details = committee.details.clone();
        Self {
            code: committee.code.clone().unwrap_or_default(),
            name: details.name,
            street_code: committee.street.0.clone(),
            street: committee.street.1.clone(),
            district: committee.district.1.clone(),
            head: details.head,
            address: details.address,
            contact_person: details.contact_person,
            phone: details.phone,
            party_name: details.party_name,
            party_head: details.party_head,
            party_address: details.party_address,
            party_phone: details.party_phone,
            since: now()[..10].to_owned(),
            version: committee.version,
            form: String::new(),
        }
    }

    /// Reads the form; with any problem, nothing comes back.
    pub(super) fn read(&self, problems: &mut Problems) -> Option<CommitteeDetails> {
        if self.name.trim().is_empty() {
            problems.add("name", Message::new("form-required"));
        }
        let name = problems.check("name", parse_line(&self.name, 60));
        let head = problems.check("head", parse_line(&self.head, 30));
        let address = problems.check("address", parse_line(&self.address, 120));
        let contact = problems.check("contact_person", parse_line(&self.contact_person, 30));
        let phone = problems.check("phone", parse_line(&self.phone, 30));
        let party_name = problems.check("party_name", parse_line(&self.party_name, 60));
        let party_head = problems.check("party_head", parse_line(&self.party_head, 30));
        let party_address = problems.check("party_address", parse_line(&self.party_address, 120));
        let party_phone = problems.check("party_phone", parse_line(&self.party_phone, 30));
        Some(CommitteeDetails {
            name: name?,
            head: head?,
            address: address?,
            contact_person: contact?,
            phone: phone?,
            party_name: party_name?,
            party_head: party_head?,
            party_address: party_address?,
            party_phone: party_phone?,
        })
        .filter(|_| problems.is_empty())
    }

    /// The day from which changed names hold: not later than today, and not before a body's last
    /// change, which would put names out of order.
    pub(super) fn since(
        &self,
        names: &[&[NameSince]],
        page: &Page,
        problems: &mut Problems,
    ) -> Option<String> {
        let Ok(day) = self.since.parse::<jiff::civil::Date>() else {
            problems.add("since", Message::new("committees-since-shape"));
            return None;
        };
        let day = day.to_string();
        if day.as_str() > &now()[..10] {
            problems.add("since", Message::new("committees-since-future"));
            return None;
        }
        let newest = names.iter().filter_map(|names| names.first());
        if let Some(last) = newest.map(|name| &name.valid_from).max().filter(|last| **last > day) {
            let last = page.date(last);
            problems.add("since", Message::new("committees-since-before").with("day", last));
            return None;
        }
        Some(day)
    }
}

impl CommitteeForm {
    /// The official code; what is wrong with it is noted.
    pub(super) async fn code(
        &self,
        connection: &mut Connection,
        problems: &mut Problems,
    ) -> Result<Option<CommitteeCode>> {
        if self.code.trim().is_empty() {
            return Ok(None);
        }
        let code = problems.check("code", CommitteeCode::parse(&self.code));
        if let Some(code) = &code
            && store::id_of_code(connection, code.as_str()).await?.is_some()
        {
            problems.add("code", Message::new("committees-code-taken"));
        }
        Ok(code)
    }

    /// The sub-district: one that is known by its code, or a new one with its names.
    pub(super) async fn street(
        &self,
        connection: &mut Connection,
        code: Option<&CommitteeCode>,
        problems: &mut Problems,
    ) -> Result<Option<String>> {
        let typed = normalize(&self.street_code);
        let street = code.map_or(typed.clone(), |code| code.street().to_owned());
        if street.len() != 9 || !street.bytes().all(|byte| byte.is_ascii_digit()) {
            problems.add("street_code", Message::new("committees-street-code-shape"));
            return Ok(None);
        }
        if !typed.is_empty() && typed != street {
            problems.add("street_code", Message::new("committees-street-code-other"));
            return Ok(None);
        }
        if area_store::area(connection, &street).await?.is_some() {
            return Ok(Some(street));
        }
        let name = problems.check("street", parse_line(&self.street, 40)).unwrap_or_default();
        if name.is_empty() {
            problems.add("street", Message::new("committees-street-new"));
            return Ok(None);
        }
        let district = street[..6].to_owned();
        if area_store::area(connection, &district).await?.is_none() {
            let name =
                problems.check("district", parse_line(&self.district, 40)).unwrap_or_default();
            if name.is_empty() {
                problems.add("district", Message::new("committees-district-new"));
                return Ok(None);
            }
            area_store::put_district(connection, &district, &name, "").await?;
        }
        area_store::put_street(connection, &street, &district, &name).await?;
        Ok(Some(street))
    }

    /// The fields, as typed, with their messages.
    pub(super) fn fields(&self, page: &Page, problems: &Problems) -> Fields {
        let line = |name: &str, label: &'static str, value: &str, limit: u32| {
            Field::new(page, name, label).value(value).limit(limit).check(page, problems)
        };
        Fields {
            place: vec![
                line("code", "committees-code", &self.code, 12)
                    .hint(page.t("committees-code-hint")),
                line("street_code", "committees-street-code", &self.street_code, 9)
                    .hint(page.t("committees-street-code-hint")),
                line("street", "committees-street", &self.street, 40)
                    .hint(page.t("committees-street-hint")),
                line("district", "committees-district", &self.district, 40),
            ],
            body: vec![
                line("name", "committees-name", &self.name, 60).required(),
                line("head", "committees-head", &self.head, 30),
                line("address", "committees-address", &self.address, 120),
                line("contact_person", "committees-contact", &self.contact_person, 30),
                line("phone", "committees-phone", &self.phone, 30).kind("tel", "off"),
            ],
            party: vec![
                line("party_name", "committees-party-name", &self.party_name, 60),
                line("party_head", "committees-party-head", &self.party_head, 30),
                line("party_address", "committees-address", &self.party_address, 120),
                line("party_phone", "committees-phone", &self.party_phone, 30).kind("tel", "off"),
            ],
            since: line("since", "committees-since", &self.since, 10)
                .kind("date", "off")
                .hint(page.t("committees-since-hint")),
        }
    }
}

/// The fields of the form, drawn by `templates/committees/form.html`.
pub(super) struct Fields {
    /// Where a new one lies.
    pub place: Vec<Field>,
    /// The residents' committee.
    pub body: Vec<Field>,
    /// The community Party organisation.
    pub party: Vec<Field>,
    /// From which day changed names hold.
    pub since: Field,
}
