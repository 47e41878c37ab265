//! Residents' committees: the directory by district and sub-district, the community Party
//! organisations beside them, and what each body was called when.

pub mod area_store;
mod choose;
mod directory_pages;
mod edit_pages;
mod form;
pub mod history;
pub mod import;
mod import_pages;
mod known;
mod merge_pages;
pub mod proposals;
mod record_pages;
mod registry;
pub mod store;

pub use choose::{meant, pick};
pub use known::KnownCommittees;

use serde::{Deserialize, Serialize};

use crate::lang::Message;
use crate::text::normalize;
use crate::web::{Fact, Page, Routes};

/// The routes of this feature.
pub fn routes(routes: Routes) -> Routes {
    let routes = directory_pages::routes(routes);
    let routes = import_pages::routes(routes);
    let routes = edit_pages::routes(record_pages::routes(routes));
    proposals::routes(merge_pages::routes(routes))
}

/// A committee's official code: 12 digits, of which the first 9 name the sub-district and the
/// first 6 the district (statistical division codes, 统计用区划代码).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommitteeCode(String);

impl CommitteeCode {
    /// Reads a code as typed or as a spreadsheet holds it.
    ///
    /// # Errors
    /// A message for the field.
    pub fn parse(typed: &str) -> Result<Self, Message> {
        let digits = normalize(typed);
        if digits.len() == 12 && digits.bytes().all(|byte| byte.is_ascii_digit()) {
            Ok(Self(digits))
        } else {
            Err(Message::new("committees-code-shape"))
        }
    }

    /// All 12 digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The 9 digits of the sub-district.
    pub fn street(&self) -> &str {
        &self.0[..9]
    }

    /// The 6 digits of the district.
    pub fn district(&self) -> &str {
        &self.0[..6]
    }
}

/// What the office keeps of a committee's place; all but the name may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CommitteeDetails {
    /// The committee's name.
    pub name: String,
    /// Its head.
    pub head: String,
    /// Its address.
    pub address: String,
    /// Whom to ask for there.
    pub contact_person: String,
    /// Its phone.
    pub phone: String,
    /// The community Party organisation's name.
    pub party_name: String,
    /// Its head.
    pub party_head: String,
    /// Its address.
    pub party_address: String,
    /// Its phone.
    pub party_phone: String,
}

impl CommitteeDetails {
    /// In words, in the order of the form.
    fn facts(&self, page: &Page) -> [Fact; 9] {
        [
            ("committees-name", &self.name),
            ("committees-head", &self.head),
            ("committees-address", &self.address),
            ("committees-contact", &self.contact_person),
            ("committees-phone", &self.phone),
            ("committees-party-name-full", &self.party_name),
            ("committees-party-head-full", &self.party_head),
            ("committees-party-address-full", &self.party_address),
            ("committees-party-phone-full", &self.party_phone),
        ]
        .map(|(key, text)| Fact { label: page.t(key), text: text.clone() })
    }
}

/// A committee as its page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Committee {
    /// `committees.id`.
    pub id: i64,
    /// The official code, where it has one.
    pub code: Option<String>,
    /// The sub-district's code and name.
    pub street: (String, String),
    /// The district's code and name.
    pub district: (String, String),
    /// What the office keeps of it.
    pub details: CommitteeDetails,
    /// The committee that it was merged into.
    pub merged_into: Option<i64>,
    /// Counts the changes.
    pub version: i64,
}

/// A committee in a line: for lists, choices and suggestions.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct CommitteeLine {
    /// `committees.id`.
    pub id: i64,
    /// The official code, where it has one.
    pub code: Option<String>,
    /// Its name.
    pub name: String,
    /// The sub-district's name.
    pub street: String,
    /// The district's name.
    pub district: String,
}

impl CommitteeLine {
    /// The name of a file about it: code, sub-district and name, without the signs that some
    /// systems do not take in names.
    pub fn file_name(&self) -> String {
        let code = self.code.as_deref().unwrap_or_default();
        format!("{code}{}{}", self.street, self.name)
            .chars()
            .filter(|c| !c.is_control() && !"/\\:*?\"<>|".contains(*c))
            .take(80)
            .collect()
    }
}

/// Reads a line of text of at most `limit` characters, which may be empty.
///
/// # Errors
/// A message for the field.
pub fn parse_line(typed: &str, limit: u32) -> Result<String, Message> {
    let line = normalize(typed);
    if line.chars().count() > limit as usize {
        return Err(Message::new("form-too-long").with("limit", limit));
    }
    Ok(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_twelve_digits_and_names_street_and_district() {
        let code = CommitteeCode::parse("３１０１０９０１９００１").unwrap();
        assert_eq!((code.district(), code.street()), ("310109", "310109019"));
        assert!(CommitteeCode::parse("31010901900").is_err());
        assert!(CommitteeCode::parse("3.10109E+11").is_err());
    }
}
