//! What lists passed on: which member's fields went to which committee, when. Letters and check-in
//! slips have records of their own.

mod member;
pub mod store;

pub use member::{Passed, of_member};

/// Whose lists left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// How they left.
    pub way: Way,
    /// To which committees (`committees.id`).
    pub committees: Vec<i64>,
    /// Only members of these branches; `None`: all.
    pub branches: Option<Vec<i64>>,
}

/// How lists left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(rename_all = "lowercase")]
pub enum Way {
    /// One committee's list, from its page.
    File,
    /// Many at once, from a page.
    Zip,
    /// By the command line.
    Terminal,
}

impl Way {
    /// As the database keeps it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Zip => "zip",
            Self::Terminal => "terminal",
        }
    }

    /// The key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::File => "provisions-file",
            Self::Zip => "provisions-zip",
            Self::Terminal => "provisions-terminal",
        }
    }
}
