//! What the office should see to. Who did not agree to be known is no matter that waits: to decline
//! is their right.

use jiff::{SignedDuration, Timestamp, ToSpan as _};
use serde_json::json;

use super::spread::Link;
use super::store;
use crate::db::{self, Connection};
use crate::lang::Value;
use crate::web::{Page, Permission, Role, Viewer};
use crate::{activities, committees, registrations, reviews};

/// How long rows that were left out of an import are told of, in days.
const WAITING_DAYS: i64 = 7;
/// How many days after it was sent a letter should be answered.
const ANSWER_DAYS: i64 = 30;

/// All that waits for this viewer; `unsettled`: how many addresses they have to settle.
pub(super) async fn waiting(
    connection: &mut Connection,
    page: &Page,
    viewer: &Viewer,
    unsettled: i64,
) -> db::Result<Vec<Link>> {
    let mut waiting = Vec::new();
    let mut put = |key, count: i64, url: &str| {
        if count > 0 {
            waiting.push(Link { url: url.to_owned(), text: page.t1(key, "count", count) });
        }
    };
    put("desk-unsettled", unsettled, "/addresses/queue");
    if viewer.may(Permission::ChangeMembers) {
        let branches = viewer.scope.branches().map(|branches| json!(branches).to_string());
        let sent_in = registrations::store::count_waiting(connection, branches).await?;
        put("desk-registrations", sent_in, "/members/registrations");
    }
    if viewer.may(Permission::ChangeDirectory) {
        let proposals = committees::proposals::store::count_waiting(connection).await?;
        put("desk-proposals", proposals, "/committees/proposals");
    }
    if viewer.may(Permission::RecordActivities) {
        let doubts = activities::there::store::count_doubts(connection, &viewer.scope).await?;
        put("desk-doubts", doubts, "/activities/doubts");
        let own = activities::own::store::count_waiting(connection, &viewer.scope).await?;
        put("desk-own-parts", own, "/activities/own");
    }
    let today = activities::today();
    let long_ago = today.saturating_sub(ANSWER_DAYS.days()).to_string();
    let late = store::late(connection, &today.to_string(), &long_ago, &viewer.scope).await?;
    if viewer.may(Permission::ServeNeeds) {
        put("desk-needs-posted", late.posted, "/needs");
        put("desk-needs-overdue", late.needs, "/needs");
        put("desk-visits-overdue", late.visits, "/pairings?show=overdue");
    }
    if viewer.may(Permission::HoldMeetings) {
        put("desk-tasks-overdue", late.tasks, "/meetings/tasks");
    }
    if viewer.may(Permission::HoldReviews) {
        let overdue = reviews::overdue(connection, &viewer.scope).await?;
        put("desk-feedback-overdue", overdue, "/reviews/enquiries");
    }
    if viewer.may(Permission::WriteLetters) {
        put("desk-letters-unanswered", late.letters, "/letters?state=sent");
    }
    let since = Timestamp::now() - SignedDuration::from_hours(24 * WAITING_DAYS);
    let account = (viewer.role != Role::Administrator).then_some(viewer.account_id);
    for import in store::partly_imported(connection, &db::timestamp(since), account).await? {
        let arguments =
            [("file", Value::from(import.file_name)), ("count", Value::from(import.rejected))];
        waiting.push(Link {
            url: format!("/members/import/batches/{}", import.id),
            text: page.language().text_with("desk-import-rejected", &arguments),
        });
    }
    Ok(waiting)
}
