//! Who did what to which record when. Every change and every export writes its line in the same
//! transaction as what it did.

mod action;
mod pages;
mod store;
mod words;

pub use action::Action;
pub use pages::routes;

use crate::db::{Connection, Result};
use crate::web::Viewer;

/// Who acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// An account, by `accounts.id`.
    Account(i64),
    /// Whoever has a terminal on the machine.
    CommandLine,
    /// Nobody: the running server, by what it does every day.
    Upkeep,
    /// Whoever holds a committee's link.
    Committee,
}

impl Actor {
    /// As the database keeps it.
    pub fn account_id(self) -> Option<i64> {
        match self {
            Self::Account(id) => Some(id),
            Self::CommandLine | Self::Upkeep | Self::Committee => None,
        }
    }
}

impl From<&Viewer> for Actor {
    fn from(viewer: &Viewer) -> Self {
        Self::Account(viewer.account_id)
    }
}

/// In a line's details: whoever holds a committee's link did it.
const BY_LINK: &str = "link";
/// What stands where something was erased.
const ERASED: &str = "…";

/// The kind of record that something was done to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Record {
    /// No record in particular.
    None,
    /// An account.
    Account(i64),
    /// A member.
    Member(i64),
    /// A committee.
    Committee(i64),
    /// A skill.
    Skill(i64),
    /// A branch.
    Branch(i64),
    /// An import.
    Import(i64),
    /// An address rule.
    Rule(i64),
    /// A letter.
    Letter(i64),
    /// A contact with a committee.
    Contact(i64),
    /// An activity.
    Activity(i64),
    /// A need.
    Need(i64),
    /// A pairing.
    Pairing(i64),
    /// A wish, a post or a service day.
    Offer(i64),
    /// A team.
    Team(i64),
    /// A call for commendations, by `commendation_calls.id`.
    Commendation(i64),
    /// An import of participations.
    ActivityImport(i64),
    /// A meeting.
    Meeting(i64),
    /// An experience.
    Experience(i64),
    /// An enquiry for feedback.
    Enquiry(i64),
    /// One committee asked in it.
    Request(i64),
    /// A branch's review.
    Review(i64),
    /// A round of the survey.
    Survey(i64),
}

impl Record {
    /// One of each kind, for choosing among them.
    const KINDS: [Self; 22] = [
        Self::Member(0),
        Self::Committee(0),
        Self::Activity(0),
        Self::Meeting(0),
        Self::Experience(0),
        Self::Enquiry(0),
        Self::Request(0),
        Self::Review(0),
        Self::Survey(0),
        Self::Rule(0),
        Self::Letter(0),
        Self::Contact(0),
        Self::Need(0),
        Self::Pairing(0),
        Self::Offer(0),
        Self::Team(0),
        Self::Commendation(0),
        Self::Skill(0),
        Self::Branch(0),
        Self::Import(0),
        Self::ActivityImport(0),
        Self::Account(0),
    ];

    fn from_parts(kind: &str, id: i64) -> Self {
        match kind {
            "account" => Self::Account(id),
            "member" => Self::Member(id),
            "committee" => Self::Committee(id),
            "skill" => Self::Skill(id),
            "branch" => Self::Branch(id),
            "import" => Self::Import(id),
            "rule" => Self::Rule(id),
            "letter" => Self::Letter(id),
            "contact" => Self::Contact(id),
            "activity" => Self::Activity(id),
            "need" => Self::Need(id),
            "pairing" => Self::Pairing(id),
            "offer" => Self::Offer(id),
            "team" => Self::Team(id),
            "commendation" => Self::Commendation(id),
            "activity-import" => Self::ActivityImport(id),
            "meeting" => Self::Meeting(id),
            "experience" => Self::Experience(id),
            "enquiry" => Self::Enquiry(id),
            "request" => Self::Request(id),
            "review" => Self::Review(id),
            "survey" => Self::Survey(id),
            _ => Self::None,
        }
    }

    /// The kind's word in the catalogue.
    const fn key(self) -> &'static str {
        match self {
            Self::None => "audit-record-none",
            Self::Account(_) => "audit-record-account",
            Self::Member(_) => "audit-record-member",
            Self::Committee(_) => "audit-record-committee",
            Self::Skill(_) => "audit-record-skill",
            Self::Branch(_) => "audit-record-branch",
            Self::Import(_) => "audit-record-import",
            Self::Rule(_) => "audit-record-rule",
            Self::Letter(_) => "audit-record-letter",
            Self::Contact(_) => "audit-record-contact",
            Self::Activity(_) => "audit-record-activity",
            Self::Need(_) => "audit-record-need",
            Self::Pairing(_) => "audit-record-pairing",
            Self::Offer(_) => "audit-record-offer",
            Self::Team(_) => "audit-record-team",
            Self::Commendation(_) => "audit-record-commendation",
            Self::ActivityImport(_) => "audit-record-activity-import",
            Self::Meeting(_) => "audit-record-meeting",
            Self::Experience(_) => "audit-record-experience",
            Self::Enquiry(_) => "audit-record-enquiry",
            Self::Request(_) => "audit-record-request",
            Self::Review(_) => "audit-record-review",
            Self::Survey(_) => "audit-record-survey",
        }
    }

    fn parts(self) -> (&'static str, Option<i64>) {
        match self {
            Self::None => ("", None),
            Self::Account(id) => ("account", Some(id)),
            Self::Member(id) => ("member", Some(id)),
            Self::Committee(id) => ("committee", Some(id)),
            Self::Skill(id) => ("skill", Some(id)),
            Self::Branch(id) => ("branch", Some(id)),
            Self::Import(id) => ("import", Some(id)),
            Self::Rule(id) => ("rule", Some(id)),
            Self::Letter(id) => ("letter", Some(id)),
            Self::Contact(id) => ("contact", Some(id)),
            Self::Activity(id) => ("activity", Some(id)),
            Self::Need(id) => ("need", Some(id)),
            Self::Pairing(id) => ("pairing", Some(id)),
            Self::Offer(id) => ("offer", Some(id)),
            Self::Team(id) => ("team", Some(id)),
            Self::Commendation(id) => ("commendation", Some(id)),
            Self::ActivityImport(id) => ("activity-import", Some(id)),
            Self::Meeting(id) => ("meeting", Some(id)),
            Self::Experience(id) => ("experience", Some(id)),
            Self::Enquiry(id) => ("enquiry", Some(id)),
            Self::Request(id) => ("request", Some(id)),
            Self::Review(id) => ("review", Some(id)),
            Self::Survey(id) => ("survey", Some(id)),
        }
    }
}

/// Takes every line about a record out of the log.
///
/// # Errors
/// When the database fails.
pub async fn forget_record(connection: &mut Connection, record: Record) -> Result<()> {
    store::delete_of(connection, record).await
}

/// Takes words out of the log that tell of a person: people wrote them as the purpose of an
/// export, or in the search that it was of.
///
/// # Errors
/// When the database fails.
pub async fn forget_words(connection: &mut Connection, tells: impl Fn(&str) -> bool) -> Result<()> {
    for (id, detail) in store::details_of(connection, Action::MembersExported).await? {
        let Ok(mut parts) = serde_json::from_str::<serde_json::Value>(&detail) else { continue };
        if let Some(purpose) = parts.get_mut("purpose")
            && purpose.as_str().is_some_and(&tells)
        {
            *purpose = ERASED.into();
        }
        if let Some(filter) = parts.get_mut("filter")
            && let Some(query) = filter.as_str()
        {
            *filter = without_words(query, &tells).into();
        }
        let left = parts.to_string();
        if left != detail {
            store::set_detail(connection, id, &left).await?;
        }
    }
    Ok(())
}

/// A query string, in the place of whose words stands that they were erased when they tell.
fn without_words(query: &str, tells: impl Fn(&str) -> bool) -> String {
    let pairs: Vec<(String, String)> = serde_html_form::from_str(query).unwrap_or_default();
    if !pairs.iter().any(|(_, value)| tells(value)) {
        return query.to_owned();
    }
    let pairs = pairs.into_iter().map(|(name, value)| {
        let value = if tells(&value) { ERASED.to_owned() } else { value };
        (name, value)
    });
    serde_html_form::to_string(pairs.collect::<Vec<_>>()).unwrap_or_default()
}

/// Writes the line; `detail` says which fields, which filter, how many rows. It never holds a
/// person's name or what a field held, so that a record that was erased is erased here too.
///
/// # Errors
/// When the database fails.
pub async fn record(
    connection: &mut Connection,
    actor: Actor,
    action: Action,
    record: Record,
    mut detail: serde_json::Value,
) -> Result<()> {
    if actor == Actor::Committee {
        detail[BY_LINK] = true.into();
    }
    store::insert(connection, actor, action, record, &detail.to_string()).await
}
