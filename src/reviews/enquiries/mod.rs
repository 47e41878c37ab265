//! The enquiry 征求社区反响: before a review each committee in whose area members were active is asked
//! what it says of the work done.
//!
//! A request names members of the committee who stand to be known, with what is on record that
//! they did there. Until it is given out it follows the record; from then on it stays.

mod answer;
mod answer_pages;
mod enquiry_pages;
pub mod line_store;
mod list_pages;
mod new_pages;
mod paper;
mod print_pages;
pub mod registry;
mod request_pages;
pub mod request_store;
mod scan_pages;
pub mod store;

pub(crate) use answer::{AnswerForm, LineRow, read, rows, summary};
pub(crate) use answer_pages::lost_words;
pub use paper::Content;

use serde_json::json;

use crate::db::Connection;
use crate::needs::named;
use crate::web::{Error, Result, Routes, Scope, Viewer};

/// The routes of this part.
pub(super) fn routes(routes: Routes) -> Routes {
    let routes = enquiry_pages::routes(new_pages::routes(list_pages::routes(routes)));
    let routes = scan_pages::routes(answer_pages::routes(request_pages::routes(routes)));
    print_pages::routes(routes)
}

named! {
    /// Where a request stands.
    State {
        /// Nobody has it yet, or it is printed and not marked as sent.
        Draft("draft", "enquiries-state-draft"),
        /// The committee has it.
        Sent("sent", "enquiries-state-sent"),
        /// The committee answered.
        Answered("answered", "enquiries-state-answered"),
    }
}

impl State {
    /// How it is drawn.
    const fn tone(self) -> &'static str {
        match self {
            Self::Draft => "tag",
            Self::Sent => "tag tag-warn",
            Self::Answered => "tag tag-ok",
        }
    }
}

named! {
    /// How a request goes to the committee.
    Way {
        /// The committee answers on its own page.
        Link("link", "enquiries-way-link"),
        /// By post.
        Post("post", "letters-way-post"),
        /// Handed over.
        Hand("hand", "letters-way-hand"),
    }
}

/// A round of asking.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Enquiry {
    /// `enquiries.id`.
    pub id: i64,
    /// [`HalfYear::code`](crate::activities::HalfYear::code).
    pub half: String,
    /// Whether it is about members of any branch and of none.
    pub every_branch: bool,
    /// The names of its branches, parted by 、; empty for every branch.
    pub branches: String,
    /// By which day committees are asked to answer.
    pub until: String,
    /// When nobody waited for answers any more.
    pub ended_at: Option<String>,
    /// How many requests wait to be sent.
    pub drafts: i64,
    /// How many wait for an answer.
    pub waiting: i64,
    /// How many were answered.
    pub answered: i64,
}

impl Enquiry {
    /// How many requests it has.
    pub fn requests(&self) -> i64 {
        self.drafts + self.waiting + self.answered
    }
}

/// Whose members an enquiry may name.
pub(crate) fn seen(scope: &Scope) -> Option<String> {
    scope.branches().map(|branches| json!(branches).to_string())
}

/// An enquiry of which the viewer may see every branch.
///
/// # Errors
/// [`Error::NotFound`] for any other.
async fn own(connection: &mut Connection, viewer: &Viewer, id: i64) -> Result<Enquiry> {
    let branches = seen(&viewer.scope);
    store::enquiry(connection, id, branches.as_deref()).await?.ok_or(Error::NotFound)
}

/// A request of such an enquiry.
///
/// # Errors
/// [`Error::NotFound`] for any other.
async fn own_request(
    connection: &mut Connection,
    viewer: &Viewer,
    id: i64,
) -> Result<request_store::Request> {
    let request = request_store::request(connection, id).await?.ok_or(Error::NotFound)?;
    own(connection, viewer, request.enquiry_id).await?;
    Ok(request)
}
