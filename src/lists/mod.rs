//! Lists of names that the office keeps: skills and branches. Both can be added to, renamed, and
//! two spellings of one thing merged; an old spelling still finds what it is now in files.

mod entry_pages;
mod pages;
mod related_pages;
mod store;

pub use pages::routes;
pub use store::{Entry, find_or_add, find_spelling, names, spellings};

use crate::audit::{Action, Record};
use crate::lang::Message;
use crate::text::{Filter, normalize};

/// The longest name of a skill or branch, in characters.
pub const LONGEST_NAME: u32 = 40;

/// One of the lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// What members can do for their neighbours.
    Skills,
    /// The units that members belong to at work.
    Branches,
}

impl List {
    /// Its table, and its path.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Skills => "skills",
            Self::Branches => "branches",
        }
    }

    /// By which property of the list of members it narrows.
    const fn property(self) -> &'static str {
        match self {
            Self::Skills => "skill",
            Self::Branches => "branch",
        }
    }

    /// What is said where the list is empty.
    const fn empty_key(self) -> &'static str {
        match self {
            Self::Skills => "lists-no-skills",
            Self::Branches => "lists-no-branches",
        }
    }

    /// What a merge will do.
    const fn merge_key(self) -> &'static str {
        match self {
            Self::Skills => "lists-merge-skills",
            Self::Branches => "lists-merge-branches",
        }
    }

    /// The search filter for an entry.
    pub const fn filter(self, id: i64) -> Filter {
        match self {
            Self::Skills => Filter::Skill(id),
            Self::Branches => Filter::Branch(id),
        }
    }

    const fn record(self, id: i64) -> Record {
        match self {
            Self::Skills => Record::Skill(id),
            Self::Branches => Record::Branch(id),
        }
    }

    const fn added(self) -> Action {
        match self {
            Self::Skills => Action::SkillAdded,
            Self::Branches => Action::BranchAdded,
        }
    }

    const fn renamed(self) -> Action {
        match self {
            Self::Skills => Action::SkillRenamed,
            Self::Branches => Action::BranchRenamed,
        }
    }

    const fn merged(self) -> Action {
        match self {
            Self::Skills => Action::SkillMerged,
            Self::Branches => Action::BranchMerged,
        }
    }
}

/// Reads a name for a list.
///
/// # Errors
/// A message for the field.
pub fn parse_name(typed: &str) -> Result<String, Message> {
    let name = normalize(typed);
    if name.is_empty() {
        return Err(Message::new("form-required"));
    }
    if name.chars().count() > LONGEST_NAME as usize {
        return Err(Message::new("form-too-long").with("limit", LONGEST_NAME));
    }
    // These part one name from the next in files and in the form.
    if name.contains(['、', ',', ';', '，', '；']) {
        return Err(Message::new("lists-one-name"));
    }
    Ok(name)
}
