//! What was passed on to committees: which member's fields, when, by whom. Letters, check-in
//! slips and requests for feedback have records of their own; what lists passed on is kept here, and
//! all four are told in one order.

mod member;
mod pages;
mod record;
pub mod store;

pub use member::{Passed, of_member};
pub use record::{Provided, Row, Which, provided, rows};

use crate::web::Routes;

/// The routes of this feature.
pub fn routes(routes: Routes) -> Routes {
    pages::routes(routes)
}

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
    /// All of them.
    pub const ALL: [Self; 3] = [Self::File, Self::Zip, Self::Terminal];

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
