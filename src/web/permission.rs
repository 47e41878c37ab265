//! Who may do what: decided here, asked by every route (see [`super::Routes`]).

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use super::{Context, Error};

/// What a person is in Linli (domain: "Who does what").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Everything, accounts and settings included.
    Administrator,
    /// Records of the branches that they are given.
    Staff,
    /// A committee's contact: their own committee only.
    Contact,
    /// Their own record only.
    Member,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Administrator, Self::Staff, Self::Contact, Self::Member];

    /// As the database keeps it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::Staff => "staff",
            Self::Contact => "contact",
            Self::Member => "member",
        }
    }

    /// From what the database keeps.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }

    /// Whether a person with this role may do it at all; on which records says their [`Scope`].
    pub const fn may(self, permission: Permission) -> bool {
        match permission {
            Permission::Public | Permission::SignedIn => true,
            Permission::ReadCommendations => !matches!(self, Self::Contact),
            Permission::OwnRecord => matches!(self, Self::Member),
            Permission::ReadMembers
            | Permission::ChangeMembers
            | Permission::ImportMembers
            | Permission::ExportMembers
            | Permission::RecordActivities
            | Permission::HoldMeetings
            | Permission::HoldReviews
            | Permission::RecordSurveys
            | Permission::ReadDirectory
            | Permission::ChangeDirectory
            | Permission::WriteLetters
            | Permission::ServeNeeds
            | Permission::SetGoals
            | Permission::ReadReports
            | Permission::Commend => matches!(self, Self::Administrator | Self::Staff),
            Permission::EraseMembers
            | Permission::ReopenReviews
            | Permission::RestructureDirectory
            | Permission::SetWeights
            | Permission::OpenSurveys
            | Permission::ManageAccounts
            | Permission::SetUpLetters
            | Permission::CorrectCommendations
            | Permission::ReadAudit => matches!(self, Self::Administrator),
        }
    }
}

/// What a route needs; each route names one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Permission {
    /// Nothing: anyone, signed in or not.
    Public,
    /// An account of any role.
    SignedIn,
    /// See and keep true one's own record, and take part as oneself.
    OwnRecord,
    /// See and search members, and print their forms.
    ReadMembers,
    /// Register, edit, remove, bring back and merge members.
    ChangeMembers,
    /// Erase a person's data for good.
    EraseMembers,
    /// Import files of members, and undo imports.
    ImportMembers,
    /// Take lists of members out as files.
    ExportMembers,
    /// See and record activities and who took part in them, and print their sheets.
    RecordActivities,
    /// See, enter and print meetings, who was there and what was told, and write up experiences.
    HoldMeetings,
    /// Ask committees for feedback, and hold and print reviews.
    HoldReviews,
    /// Open a review again that was closed.
    ReopenReviews,
    /// See survey rounds, fill in members' forms, print them, and mark signed papers.
    RecordSurveys,
    /// Open and close survey rounds.
    OpenSurveys,
    /// See committees, skills, branches and address rules.
    ReadDirectory,
    /// Add and edit committees, skills and address rules.
    ChangeDirectory,
    /// Merge committees, skills or branches, which touches members of every branch; name branches.
    RestructureDirectory,
    /// Make, issue and send liaison letters, and enter their replies.
    WriteLetters,
    /// Say what stands on every letter: who signs, what its number begins with.
    SetUpLetters,
    /// Enter needs, pair members with them, and enter visits.
    ServeNeeds,
    /// Set what branches set out to do in a half-year, and see how far they have come.
    SetGoals,
    /// See what was done, asked for and answered, added up.
    ReadReports,
    /// Say what counts how much when members are suggested for a need.
    SetWeights,
    /// Open calls for commendations, nominate, enter what was decided, and print certificates.
    Commend,
    /// Correct what was entered as decided.
    CorrectCommendations,
    /// Read of those commendations that their members agreed to publish.
    ReadCommendations,
    /// Accounts and roles.
    ManageAccounts,
    /// Who did what when.
    ReadAudit,
}

impl Permission {
    /// All of them.
    pub const ALL: [Self; 28] = [
        Self::Public,
        Self::SignedIn,
        Self::OwnRecord,
        Self::ReadMembers,
        Self::ChangeMembers,
        Self::EraseMembers,
        Self::ImportMembers,
        Self::ExportMembers,
        Self::RecordActivities,
        Self::HoldMeetings,
        Self::HoldReviews,
        Self::ReopenReviews,
        Self::RecordSurveys,
        Self::OpenSurveys,
        Self::ReadDirectory,
        Self::ChangeDirectory,
        Self::RestructureDirectory,
        Self::WriteLetters,
        Self::SetUpLetters,
        Self::ServeNeeds,
        Self::SetGoals,
        Self::ReadReports,
        Self::SetWeights,
        Self::Commend,
        Self::CorrectCommendations,
        Self::ReadCommendations,
        Self::ManageAccounts,
        Self::ReadAudit,
    ];

    /// Its name in templates (`page.may("read-members")`).
    pub const fn name(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::SignedIn => "signed-in",
            Self::OwnRecord => "own-record",
            Self::ReadMembers => "read-members",
            Self::ChangeMembers => "change-members",
            Self::EraseMembers => "erase-members",
            Self::ImportMembers => "import-members",
            Self::ExportMembers => "export-members",
            Self::RecordActivities => "record-activities",
            Self::HoldMeetings => "hold-meetings",
            Self::HoldReviews => "hold-reviews",
            Self::ReopenReviews => "reopen-reviews",
            Self::RecordSurveys => "record-surveys",
            Self::OpenSurveys => "open-surveys",
            Self::ReadDirectory => "read-directory",
            Self::ChangeDirectory => "change-directory",
            Self::RestructureDirectory => "restructure-directory",
            Self::WriteLetters => "write-letters",
            Self::SetUpLetters => "set-up-letters",
            Self::ServeNeeds => "serve-needs",
            Self::SetGoals => "set-goals",
            Self::ReadReports => "read-reports",
            Self::SetWeights => "set-weights",
            Self::Commend => "commend",
            Self::CorrectCommendations => "correct-commendations",
            Self::ReadCommendations => "read-commendations",
            Self::ManageAccounts => "manage-accounts",
            Self::ReadAudit => "read-audit",
        }
    }
}

/// The records that a person may see and change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// Every branch's, and those of no branch.
    All,
    /// Only members of these branches (`branches.id`); with an empty list, nobody.
    Branches(Vec<i64>),
}

impl Scope {
    /// Whether a record of this branch lies inside.
    pub fn covers(&self, branch: Option<i64>) -> bool {
        match self {
            Self::All => true,
            Self::Branches(given) => branch.is_some_and(|branch| given.contains(&branch)),
        }
    }

    /// The branches to which a search is confined; `None`: not confined.
    pub fn branches(&self) -> Option<&[i64]> {
        match self {
            Self::All => None,
            Self::Branches(given) => Some(given),
        }
    }
}

/// Who is asking: an account that signed in. As an extractor it is there on every route whose
/// permission is not [`Permission::Public`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Viewer {
    /// `accounts.id`.
    pub account_id: i64,
    /// `sessions.id`.
    pub session_id: i64,
    /// The name to show.
    pub name: String,
    /// What they are.
    pub role: Role,
    /// The records that they may see and change.
    pub scope: Scope,
}

impl Viewer {
    /// Whether they may do it.
    pub fn may(&self, permission: Permission) -> bool {
        self.role.may(permission)
    }

    /// Fails unless a record of this branch is theirs to see; the answer is that there is none,
    /// so that nobody learns of records that they may not see.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub fn must_cover(&self, branch: Option<i64>) -> Result<(), Error> {
        if self.scope.covers(branch) { Ok(()) } else { Err(Error::NotFound) }
    }
}

impl<S: Sync> FromRequestParts<S> for Viewer {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        let context = parts.extensions.get::<Context>();
        context.and_then(|context| context.viewer.clone()).ok_or(Error::Forbidden)
    }
}
