//! What a line of the log says, in words: of its details a sentence, of its record the name.

use serde_json::Value as Json;

use super::store::{self, Line};
use super::{Action, Record};
use crate::accounts;
use crate::db::{Connection, Result};
use crate::goals;
use crate::hub;
use crate::lang::Value;
use crate::members::{self, store::Cause};
use crate::needs::Step;
use crate::offers;
use crate::pairings::EndReason;
use crate::surveys;
use crate::web::{Page, Role};

/// The words for a field of a member's record, an activity or a meeting, by the names that `changed_fields`
/// gives.
const FIELDS: [(&str, &str); 22] = [
    ("number", "members-number"),
    ("name", "members-name"),
    ("branch", "members-branch"),
    ("phone", "members-phone"),
    ("address", "members-address"),
    ("committee", "members-committee"),
    ("skills", "members-skills"),
    ("agreed", "members-agreed"),
    ("day", "activities-day"),
    ("title", "activities-title"),
    ("what", "activities-what"),
    ("area", "activities-area"),
    ("manner", "activities-manner"),
    ("times", "activities-times"),
    ("hours", "activities-hours"),
    ("subject", "meetings-title"),
    ("kind", "meetings-kind"),
    ("begins", "meetings-begins"),
    ("place", "meetings-place"),
    ("chair", "meetings-chair"),
    ("agenda", "meetings-agenda"),
    ("minutes", "meetings-minutes"),
];

/// What a line of the log says of what was done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Said {
    /// How much, which fields, what became of it.
    pub what: String,
    /// What a list was taken out for.
    pub purpose: String,
    /// What the list was narrowed to.
    pub filter: Vec<String>,
    /// The list itself, as it is now.
    pub filter_url: String,
}

/// The details of a line in the reader's language.
pub(super) async fn said(connection: &mut Connection, page: &Page, line: &Line) -> Result<Said> {
    let Ok(detail) = serde_json::from_str::<Json>(&line.detail) else { return Ok(Said::default()) };
    let Some(action) = line.action() else { return Ok(Said::default()) };
    let text = |name: &str| detail.get(name).and_then(Json::as_str).unwrap_or_default();
    let number = |name: &str| detail.get(name).and_then(Json::as_i64).unwrap_or_default();
    let words =
        |key: &str, arguments: &[(&'static str, Value)]| page.language().text_with(key, arguments);
    let counted = |key: &str, names: &[&'static str]| {
        let arguments: Vec<_> = names.iter().map(|n| (*n, Value::from(number(n)))).collect();
        words(key, &arguments)
    };
    let what = match action {
        Action::MembersExported | Action::CommendationsExported => {
            let format = match text("format") {
                "xlsx" => "XLSX",
                "zip" => "ZIP",
                _ => "CSV",
            };
            let arguments = [("rows", Value::from(number("rows"))), ("format", format.into())];
            words("audit-said-exported", &arguments)
        }
        Action::MembersImported => {
            counted("audit-said-members-imported", &["added", "updated", "rejected"])
        }
        Action::CommitteesImported | Action::RulesImported => {
            counted("audit-said-list-imported", &["added", "updated"])
        }
        Action::ImportUndone => {
            counted("audit-said-import-undone", &["removed", "restored", "kept"])
        }
        Action::LettersMade | Action::LettersPrinted => counted("audit-said-letters", &["letters"]),
        Action::SlipsPrinted => counted("audit-said-slips", &["slips"]),
        Action::PacketsPrinted => counted("audit-said-packets", &["packets"]),
        Action::LetterIssued => counted("audit-said-letter-issued", &["members"]),
        Action::CommitteePageOpened => {
            hub::part_key(text("part")).map_or_else(String::new, |key| page.t(key).to_owned())
        }
        Action::PartsConfirmed | Action::PartsUnconfirmed => {
            counted("audit-said-lines", &["lines"])
        }
        Action::PartDoubted | Action::DoubtSettled => {
            store::name(connection, Record::Member(number("member"))).await?.unwrap_or_default()
        }
        Action::LinksGuessed | Action::CodesGuessed => {
            counted("audit-said-links-guessed", &["wrong"])
        }
        Action::LetterTemplateChanged => page
            .t(if text("language") == "en" { "layout-language-en" } else { "layout-language-zh" })
            .to_owned(),
        Action::BinEmptied => counted("audit-said-bin-emptied", &["members"]),
        Action::RegistrationsForgotten => {
            counted("audit-said-registrations-forgotten", &["registrations"])
        }
        Action::ContactsErased => counted("audit-said-contacts-erased", &["needs"]),
        Action::NeedMoved => Step::from_name(text("step"))
            .map_or_else(String::new, |step| page.t(step.key()).to_owned()),
        Action::PairingEnded => EndReason::from_name(text("reason"))
            .map_or_else(String::new, |reason| page.t(reason.key()).to_owned()),
        Action::ClaimMoved => offers::Step::from_name(text("step"))
            .map_or_else(String::new, |step| page.t(step.key()).to_owned()),
        Action::MemberPaired
        | Action::MemberLeft
        | Action::OfferClaimed
        | Action::TeamJoined
        | Action::TeamAsked
        | Action::TeamLeft
        | Action::TeamDeclined
        | Action::TeamLed
        | Action::MemberNominated
        | Action::NominationReworded
        | Action::NominationTakenBack
        | Action::CommendationDecided
        | Action::CommendationCorrected
        | Action::CommendationAgreed
        | Action::CommendationRefused => {
            store::name(connection, Record::Member(number("member"))).await?.unwrap_or_default()
        }
        Action::SkillsRelated | Action::SkillsUnrelated => {
            store::name(connection, Record::Skill(number("other"))).await?.unwrap_or_default()
        }
        Action::EnquiryOpened | Action::EnquiryWidened | Action::RequestsPrinted => {
            counted("audit-said-requests", &["requests"])
        }
        Action::RequestGiven => counted("audit-said-letter-issued", &["members"]),
        Action::ReviewClosed => counted("audit-said-review-pages", &["members"]),
        Action::DemoFilled => counted("audit-said-demo-filled", &["members"]),
        Action::MemberChanged => {
            let cause = Value::Key(Cause::key(text("cause")));
            words(
                "audit-said-changed",
                &[("cause", cause), ("fields", fields(page, &detail).into())],
            )
        }
        Action::MembersMerged | Action::MergeUndone => {
            let key = match (action, detail.get("kept_stays").and_then(Json::as_bool)) {
                (Action::MembersMerged, _) => "audit-said-merged",
                (_, Some(true)) => "audit-said-merge-undone-partly",
                _ => "audit-said-merge-undone",
            };
            // Numbers of records are not counted, so not grouped either.
            words(key, &[("number", number("gone").to_string().into())])
        }
        Action::ActivityChanged | Action::MeetingChanged => fields(page, &detail),
        Action::ActivitiesImported => {
            counted("audit-said-activities-imported", &["activities", "rows", "rejected"])
        }
        Action::ActivityImportUndone => {
            counted("audit-said-activities-undone", &["activities", "kept"])
        }
        Action::ActivitiesExported | Action::SurveyExported => {
            counted("audit-said-lines", &["lines"])
        }
        Action::SurveyPrinted | Action::SurveyNamesErased | Action::SurveyWordsErased => {
            counted("audit-said-forms", &["forms"])
        }
        Action::SurveyFormStepped => {
            let member = Record::Member(number("member"));
            let name = store::name(connection, member).await?.unwrap_or_default();
            let step = surveys::Step::from_name(text("step"));
            format!("{} {name}", step.map_or("", |step| page.t(step.key())))
        }
        Action::SurveyScanAdded => {
            store::name(connection, Record::Member(number("member"))).await?.unwrap_or_default()
        }
        Action::CardsPrinted => counted("audit-said-cards", &["cards"]),
        Action::CommendationsPrinted => counted("audit-said-certificates", &["certificates"]),
        Action::CardConfirmed | Action::CardWithdrawn => counted("audit-said-lines", &["lines"]),
        Action::ParticipantAdded
        | Action::ParticipationChanged
        | Action::ParticipantTakenOut
        | Action::ParticipantBack
        | Action::AttendeeAdded
        | Action::AttendanceChanged
        | Action::AttendeeTakenOut
        | Action::AttendeeBack => {
            let member = Record::Member(number("member"));
            store::name(connection, member).await?.unwrap_or_default()
        }
        Action::CommitteeMerged | Action::SkillMerged | Action::BranchMerged => {
            let into = number("into");
            let into = match action {
                Action::CommitteeMerged => Record::Committee(into),
                Action::SkillMerged => Record::Skill(into),
                _ => Record::Branch(into),
            };
            let into = store::name(connection, into).await?.unwrap_or_default();
            let members = Value::from(number("members"));
            words("audit-said-merged-into", &[("into", into.into()), ("members", members)])
        }
        Action::GoalSet | Action::GoalChanged | Action::GoalRemoved => goals::said(page, &detail),
        Action::AccountAdded | Action::AccountChanged => Role::ALL
            .into_iter()
            .find(|role| role.name() == text("role"))
            .map_or_else(String::new, |role| page.t(accounts::role_key(role)).to_owned()),
        _ => String::new(),
    };
    let filter = text("filter");
    Ok(Said {
        what,
        purpose: match text("purpose") {
            "" => String::new(),
            purpose => page.t1("audit-said-purpose", "purpose", purpose),
        },
        filter: members::list_words(connection, page, filter).await?,
        filter_url: if filter.is_empty() { String::new() } else { format!("/members?{filter}") },
    })
}

fn fields(page: &Page, detail: &Json) -> String {
    let changed = detail.get("fields").and_then(Json::as_array).cloned().unwrap_or_default();
    let words: Vec<&str> = FIELDS
        .iter()
        .filter(|(name, _)| changed.iter().any(|field| field.as_str() == Some(name)))
        .map(|(_, key)| page.t(key))
        .collect();
    words.join(page.t("audit-said-separator"))
}

/// What a line's record is called, and where it is; without an address when it is gone.
pub(super) async fn record(
    connection: &mut Connection,
    page: &Page,
    line: &Line,
) -> Result<(String, String)> {
    let record = line.record();
    let (kind, Some(id)) = record.parts() else { return Ok(Default::default()) };
    let name = store::name(connection, record).await?;
    let Some(name) = name else {
        let number = Value::from(id.to_string());
        let arguments = [("kind", Value::Key(record.key())), ("number", number)];
        return Ok((page.language().text_with("audit-said-gone", &arguments), String::new()));
    };
    Ok((name, format!("/{}/{id}", path_of(kind))))
}

/// Where the records of a kind live.
fn path_of(kind: &str) -> &'static str {
    match kind {
        "account" => "accounts",
        "committee" => "committees",
        "skill" => "skills",
        "branch" => "branches",
        "import" => "members/import/batches",
        "rule" => "addresses",
        "letter" => "letters",
        "activity" => "activities",
        "need" => "needs",
        "pairing" => "pairings",
        "offer" => "needs/offers",
        "team" => "needs/teams",
        "commendation" => "commendations",
        "activity-import" => "activities/import/batches",
        "meeting" => "meetings",
        "experience" => "experiences",
        "enquiry" => "reviews/enquiries",
        "request" => "reviews/requests",
        "review" => "reviews",
        "survey" => "surveys",
        _ => "members",
    }
}
