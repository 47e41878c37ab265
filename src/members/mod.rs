//! Members: who lives in which committee's area, and what each can do for their neighbours.

mod bin_pages;
pub mod duplicates;
pub mod entry;
pub mod erasing;
pub mod export;
mod export_pages;
mod facet_pages;
mod form;
pub mod import;
mod import_pages;
mod list_pages;
pub mod meant;
pub mod merging;
mod print_pages;
mod record_pages;
mod register_pages;
pub mod registry;
pub mod search;
pub mod spread;
pub mod store;

pub use export_pages::committee_lists;
pub use list_pages::{ListQuery, list_words};

use serde::{Deserialize, Serialize};

use crate::lang::Message;
use crate::text::{normalize, normalize_name};
use crate::web::Routes;

/// The routes of this feature.
pub fn routes(routes: Routes) -> Routes {
    let routes = facet_pages::routes(list_pages::routes(routes));
    let routes = register_pages::routes(routes);
    let routes = import_pages::routes(export_pages::routes(routes));
    let routes = bin_pages::routes(print_pages::routes(record_pages::routes(routes)));
    erasing::routes(merging::routes(routes))
}

/// The most skills of one member.
const MOST_SKILLS: usize = 20;

macro_rules! line {
    ($(#[$doc:meta])* $name:ident, $limit:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The most characters.
            pub const LIMIT: u32 = $limit;

            /// As the database keeps it.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
    };
}

line!(
    /// A person's name: 1 to 30 characters, as the registration form has it.
    Name, 30
);
line!(
    /// An employee number: up to 30 characters; empty for none.
    EmployeeNumber, 30
);
line!(
    /// A phone number: 5 to 20 digits and the signs `+ - ( ) # *` and spaces; empty for none.
    Phone, 30
);
line!(
    /// A home address: 1 to 120 characters.
    HomeAddress, 120
);

fn required(text: String, limit: u32) -> Result<String, Message> {
    if text.is_empty() {
        return Err(Message::new("form-required"));
    }
    short(text, limit)
}

fn short(text: String, limit: u32) -> Result<String, Message> {
    if text.chars().count() > limit as usize {
        return Err(Message::new("form-too-long").with("limit", limit));
    }
    Ok(text)
}

impl Name {
    /// Reads a name; widths and stray spaces do not matter.
    ///
    /// # Errors
    /// A message for the field.
    pub fn parse(typed: &str) -> Result<Self, Message> {
        let name = required(normalize_name(typed), Self::LIMIT)?;
        if !name.chars().any(char::is_alphabetic) {
            return Err(Message::new("members-name-letters"));
        }
        Ok(Self(name))
    }
}

impl EmployeeNumber {
    /// Reads a number; `None` for an empty field.
    ///
    /// # Errors
    /// A message for the field.
    pub fn parse(typed: &str) -> Result<Option<Self>, Message> {
        let number = short(normalize(typed), Self::LIMIT)?;
        Ok((!number.is_empty()).then_some(Self(number)))
    }
}

impl Phone {
    /// Reads a phone number; an empty field is none.
    ///
    /// # Errors
    /// A message for the field.
    pub fn parse(typed: &str) -> Result<Self, Message> {
        let phone = short(normalize(typed), Self::LIMIT)?;
        let digits = phone.bytes().filter(u8::is_ascii_digit).count();
        let known = phone.chars().all(|c| c.is_ascii_digit() || "+-()#* /".contains(c));
        if phone.is_empty() || (known && (5..=20).contains(&digits)) {
            Ok(Self(phone))
        } else {
            Err(Message::new("members-phone-shape"))
        }
    }

    /// The digits alone, by which numbers are compared.
    pub fn digits(&self) -> String {
        self.0.chars().filter(char::is_ascii_digit).collect()
    }
}

impl HomeAddress {
    /// Reads an address.
    ///
    /// # Errors
    /// A message for the field.
    pub fn parse(typed: &str) -> Result<Self, Message> {
        Ok(Self(required(normalize(typed), Self::LIMIT)?))
    }
}

/// The committee of a member's home.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Home {
    /// In a committee's area (`committees.id`).
    Committee(i64),
    /// Where no committee is set up yet, with the host committee whose activities they join.
    Unattached(Option<i64>),
    /// Nobody has said yet; a clerk settles it.
    #[default]
    Unsettled,
}

impl Home {
    /// The home committee.
    pub fn committee(self) -> Option<i64> {
        match self {
            Self::Committee(id) => Some(id),
            Self::Unattached(_) | Self::Unsettled => None,
        }
    }

    /// The host committee.
    pub fn host(self) -> Option<i64> {
        match self {
            Self::Unattached(host) => host,
            Self::Committee(_) | Self::Unsettled => None,
        }
    }
}

/// Standing to be known 亮明身份: what the committee may know of a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Standing {
    /// Not asked, declined, or withdrawn: no list carries them.
    #[default]
    Unknown,
    /// Name, address and skills.
    Known,
    /// The phone number too.
    KnownWithPhone,
}

impl Standing {
    /// From the form's two lines; the second means nothing without the first.
    pub fn new(agreed: bool, phone: bool) -> Self {
        match (agreed, phone) {
            (false, _) => Self::Unknown,
            (true, false) => Self::Known,
            (true, true) => Self::KnownWithPhone,
        }
    }

    /// Whether the committee may know them.
    pub fn agreed(self) -> bool {
        self != Self::Unknown
    }

    /// Whether it may have the phone number.
    pub fn phone(self) -> bool {
        self == Self::KnownWithPhone
    }
}

/// What the registration form says of a member; a value that exists is valid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberDetails {
    /// The employee number, unique among members that are not removed.
    pub number: Option<EmployeeNumber>,
    /// The name.
    pub name: Name,
    /// The branch (`branches.id`).
    pub branch: Option<i64>,
    /// The phone.
    pub phone: Phone,
    /// The home address.
    pub address: HomeAddress,
    /// The committee of that address.
    pub home: Home,
    /// What they can do (`skills.id`), in the order in which it was written.
    pub skills: Vec<i64>,
    /// What the committee may know.
    pub standing: Standing,
}

impl MemberDetails {
    /// Whether there is a phone number.
    pub fn has_phone(&self) -> bool {
        !self.phone.as_str().is_empty()
    }
}

/// A member's record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// `members.id`.
    pub id: i64,
    /// What the form says.
    pub details: MemberDetails,
    /// When they were registered.
    pub created_at: String,
    /// When the record was last changed.
    pub updated_at: String,
    /// Counts the changes, so that two people who edit never overwrite each other.
    pub version: i64,
    /// When the record was put into the bin.
    pub removed_at: Option<String>,
    /// The record that this one was merged into.
    pub merged_into: Option<i64>,
}

/// How long a removed record can be brought back, and a merge taken back, in days (domain:
/// "Rules").
pub const BIN_DAYS: i64 = 30;

/// What was removed or merged away before this point in time is erased for good.
pub fn kept_since(now: jiff::Timestamp) -> String {
    crate::db::timestamp(now - jiff::SignedDuration::from_hours(24 * BIN_DAYS))
}

/// Splits a line of skills at the signs that people part them with.
///
/// # Errors
/// A message for the field.
pub fn parse_skills(typed: &str) -> Result<Vec<String>, Message> {
    let mut skills: Vec<String> = Vec::new();
    for part in typed.split(['、', '，', ',', ';', '；', '/', '\n', '\t']) {
        let name = normalize(part);
        if name.is_empty() || skills.contains(&name) {
            continue;
        }
        skills.push(short(name, crate::lists::LONGEST_NAME)?);
    }
    if skills.len() > MOST_SKILLS {
        return Err(Message::new("members-too-many-skills").with("limit", MOST_SKILLS));
    }
    Ok(skills)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_stored_in_one_form_or_refused_with_a_reason() {
        assert_eq!(Name::parse(" 张　伟 ").unwrap().as_str(), "张伟");
        assert_eq!(Name::parse("  ").unwrap_err().key(), "form-required");
        assert_eq!(Name::parse("12").unwrap_err().key(), "members-name-letters");
        assert_eq!(Name::parse(&"王".repeat(31)).unwrap_err().key(), "form-too-long");
        assert_eq!(Phone::parse("１３８ 0000-0000").unwrap().as_str(), "138 0000-0000");
        assert_eq!(Phone::parse("call me").unwrap_err().key(), "members-phone-shape");
        assert_eq!(Phone::parse("").unwrap().as_str(), "");
        assert_eq!(EmployeeNumber::parse(" ").unwrap(), None);
    }

    #[test]
    fn skills_may_be_parted_in_any_usual_way() {
        assert_eq!(parse_skills("编程、 英语,书法；编程").unwrap(), ["编程", "英语", "书法"]);
        assert!(parse_skills("").unwrap().is_empty());
    }
}
