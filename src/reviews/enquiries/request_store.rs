//! Requests to committees, and the steps that they go through.

use serde_json::json;
use sqlx::FromRow;

use super::store::Found;
use super::{Content, State, Way};
use crate::audit::Actor;
use crate::db::{Connection, Result, now};
use crate::text::PaperCode;

/// One committee asked in an enquiry.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Request {
    /// `feedback_requests.id`.
    pub id: i64,
    /// `enquiries.id`.
    pub enquiry_id: i64,
    /// [`HalfYear::code`](crate::activities::HalfYear::code).
    pub half: String,
    /// By which day the committee is asked to answer.
    pub until: String,
    /// Whether nobody waits for answers to the enquiry any more.
    pub ended: bool,
    /// `committees.id`.
    pub committee_id: i64,
    /// What the committee is called now.
    pub committee: String,
    /// Its sub-district.
    pub street: String,
    /// The paper's code, without the sign in its middle.
    pub code: String,
    /// [`State::name`].
    pub state: String,
    /// When it was given out.
    pub given_at: Option<String>,
    /// What was given out (JSON of [`Content`]).
    pub content: Option<String>,
    /// The day on which it was sent.
    pub sent_on: Option<String>,
    /// [`Way::name`].
    pub sent_way: Option<String>,
    /// The day on which the committee was last asked again.
    pub reminded_on: Option<String>,
    /// How often it was.
    pub reminders: i64,
    /// The day on which it answered.
    pub answered_on: Option<String>,
    /// Who answered.
    pub answered_by: String,
    /// Whether by the committee's own link.
    pub answered_there: bool,
    /// How many members it names.
    pub members: i64,
    /// Of how many of them something is said.
    pub said: i64,
    /// Counts the changes.
    pub version: i64,
}

impl Request {
    /// Where it stands; the database holds no other name.
    pub fn state(&self) -> State {
        State::from_name(&self.state).unwrap_or(State::Draft)
    }

    /// How it was sent.
    pub fn way(&self) -> Option<Way> {
        self.sent_way.as_deref().and_then(Way::from_name)
    }

    /// The code as it is written on paper.
    pub fn written_code(&self) -> String {
        PaperCode::parse(&self.code).map_or_else(String::new, |code| code.written())
    }
}

macro_rules! requests {
    ($rest:literal) => {
        concat!(
            "SELECT r.id, r.enquiry_id, r.half, e.until, e.ended_at IS NOT NULL AS ended,
                    r.committee_id, c.name AS committee, s.name AS street, r.code, r.state,
                    r.given_at, r.content, r.sent_on, r.sent_way,
                    (SELECT max(day) FROM feedback_reminders WHERE request_id = r.id)
                        AS reminded_on,
                    (SELECT count(*) FROM feedback_reminders WHERE request_id = r.id) AS reminders,
                    r.answered_on, r.answered_by, r.answered_there,
                    (SELECT count(*) FROM feedback_lines WHERE request_id = r.id) AS members,
                    (SELECT count(*) FROM feedback_lines
                     WHERE request_id = r.id AND words <> '') AS said,
                    r.version
             FROM feedback_requests AS r
             JOIN enquiries AS e ON e.id = r.enquiry_id
             JOIN committees AS c ON c.id = r.committee_id
             JOIN streets AS s ON s.code = c.street_code ",
            $rest
        )
    };
}

/// One request.
///
/// # Errors
/// When the database fails.
pub async fn request(connection: &mut Connection, id: i64) -> Result<Option<Request>> {
    sqlx::query_as(requests!("WHERE r.id = $1")).bind(id).fetch_optional(connection).await
}

/// The request whose paper has this code.
pub(super) async fn by_code(
    connection: &mut Connection,
    code: &PaperCode,
) -> Result<Option<Request>> {
    sqlx::query_as(requests!("WHERE r.code = $1"))
        .bind(code.as_str())
        .fetch_optional(connection)
        .await
}

/// Which requests of an enquiry.
#[derive(Debug, Clone, Default)]
pub(super) struct Listed {
    /// [`State::name`]; empty: any.
    pub state: String,
    /// Only these (JSON of `feedback_requests.id`).
    pub ids: Option<String>,
    /// How many are left out at the beginning.
    pub after: i64,
}

/// Requests of an enquiry: who waits longest for an answer first, then drafts, then what was
/// answered.
pub(super) async fn list(
    connection: &mut Connection,
    enquiry: i64,
    listed: &Listed,
    limit: i64,
) -> Result<Vec<Request>> {
    sqlx::query_as(requests!(
        "WHERE r.enquiry_id = $1
           AND ($2 = '' OR r.state = $2)
           AND ($3 IS NULL OR r.id IN (SELECT value FROM json_each($3)))
         ORDER BY CASE r.state WHEN 'sent' THEN 0 WHEN 'draft' THEN 1 ELSE 2 END,
                  coalesce(r.sent_on, ''), c.code, r.id
         LIMIT $4 OFFSET $5"
    ))
    .bind(enquiry)
    .bind(&listed.state)
    .bind(&listed.ids)
    .bind(limit)
    .bind(listed.after)
    .fetch_all(connection)
    .await
}

/// The first drafts of an enquiry.
///
/// # Errors
/// When the database fails.
pub async fn first(connection: &mut Connection, enquiry: i64, limit: i64) -> Result<Vec<Request>> {
    let drafts = Listed { state: State::Draft.name().to_owned(), ..Listed::default() };
    list(connection, enquiry, &drafts, limit).await
}

/// How many requests were not answered in time, of enquiries about no other than these branches
/// (JSON; `None`: any).
///
/// # Errors
/// When the database fails.
pub async fn count_overdue(
    connection: &mut Connection,
    branches: Option<&str>,
    today: &str,
) -> Result<i64> {
    sqlx::query_scalar(
        "SELECT count(*)
         FROM enquiries AS e
         CROSS JOIN feedback_requests AS r ON r.enquiry_id = e.id AND r.state = 'sent'
         WHERE e.ended_at IS NULL AND e.until < $2
           AND ($1 IS NULL
                OR (e.every_branch = 0
                    AND NOT EXISTS (SELECT 1
                                    FROM enquiry_branches AS x
                                    JOIN branches AS b ON b.id = x.branch_id
                                    WHERE x.enquiry_id = e.id
                                      AND coalesce(b.merged_into, b.id)
                                          NOT IN (SELECT value FROM json_each($1)))))",
    )
    .bind(branches)
    .bind(today)
    .fetch_one(connection)
    .await
}

/// What a committee was given, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn given_to(connection: &mut Connection, committee: i64) -> Result<Vec<Request>> {
    sqlx::query_as(requests!(
        "WHERE r.committee_id = $1 AND r.given_at IS NOT NULL
         ORDER BY r.state = 'answered', r.half DESC, r.id DESC
         LIMIT 20"
    ))
    .bind(committee)
    .fetch_all(connection)
    .await
}

/// Adds a draft to a committee; its `id`.
pub(super) async fn insert(
    connection: &mut Connection,
    enquiry: i64,
    half: &str,
    committee: i64,
) -> Result<i64> {
    sqlx::query_scalar(
        "INSERT INTO feedback_requests (enquiry_id, half, committee_id, code, state)
         VALUES ($1, $2, $3, $4, 'draft')
         RETURNING id",
    )
    .bind(enquiry)
    .bind(half)
    .bind(committee)
    .bind(PaperCode::fresh().as_str())
    .fetch_one(connection)
    .await
}

/// Names these members in a draft, and nobody else.
pub(super) async fn set_lines(
    connection: &mut Connection,
    request: i64,
    found: &[Found],
) -> Result<()> {
    sqlx::query("DELETE FROM feedback_lines WHERE request_id = $1")
        .bind(request)
        .execute(&mut *connection)
        .await?;
    let lines: Vec<_> = found
        .iter()
        .map(|one| {
            let deeds = json!(one.deeds).to_string();
            json!([one.member, one.name, one.branch, deeds])
        })
        .collect();
    sqlx::query(
        "INSERT INTO feedback_lines (request_id, place, member_id, noted_for, name, branch, deeds)
         SELECT $1, w.key + 1, w.value ->> 0, w.value ->> 0, w.value ->> 1, w.value ->> 2,
                w.value ->> 3
         FROM json_each($2) AS w",
    )
    .bind(request)
    .bind(json!(lines).to_string())
    .execute(connection)
    .await?;
    Ok(())
}

/// Notes that a request was given out, with what.
pub(super) async fn give(
    connection: &mut Connection,
    actor: Actor,
    id: i64,
    content: &Content,
) -> Result<()> {
    sqlx::query(
        "UPDATE feedback_requests
         SET given_at = $2, given_by = $3, content = $4, version = version + 1
         WHERE id = $1 AND given_at IS NULL",
    )
    .bind(id)
    .bind(now())
    .bind(actor.account_id())
    .bind(json!(content).to_string())
    .execute(connection)
    .await?;
    Ok(())
}

/// Marks a request that was given out as sent; whether it was not before.
pub(super) async fn send(
    connection: &mut Connection,
    id: i64,
    day: &str,
    way: Way,
) -> Result<bool> {
    let changed = sqlx::query(
        "UPDATE feedback_requests
         SET state = 'sent', sent_on = $2, sent_way = $3, version = version + 1
         WHERE id = $1 AND state = 'draft' AND given_at IS NOT NULL",
    )
    .bind(id)
    .bind(day)
    .bind(way.name())
    .execute(connection)
    .await?;
    Ok(changed.rows_affected() > 0)
}

/// Notes that the committee was asked again; once a day is enough.
pub(super) async fn remind(
    connection: &mut Connection,
    actor: Actor,
    id: i64,
    day: &str,
) -> Result<bool> {
    let added = sqlx::query(
        "INSERT INTO feedback_reminders (request_id, day, account_id)
         SELECT id, $2, $3 FROM feedback_requests WHERE id = $1 AND state = 'sent'
         ON CONFLICT DO NOTHING",
    )
    .bind(id)
    .bind(day)
    .bind(actor.account_id())
    .execute(connection)
    .await?;
    Ok(added.rows_affected() > 0)
}

/// The days on which a committee was asked again.
pub(super) async fn reminders(connection: &mut Connection, id: i64) -> Result<Vec<String>> {
    sqlx::query_scalar("SELECT day FROM feedback_reminders WHERE request_id = $1 ORDER BY day")
        .bind(id)
        .fetch_all(connection)
        .await
}

/// Marks a request as answered, or its answer as corrected. One that nobody marked as sent was: the
/// committee had it in its hands.
pub(super) async fn answer(
    connection: &mut Connection,
    id: i64,
    (day, by, there): (&str, &str, bool),
) -> Result<()> {
    sqlx::query(
        "UPDATE feedback_requests
         SET sent_on = coalesce(sent_on, substr(given_at, 1, 10)),
             sent_way = coalesce(sent_way, iif($4 AND state = 'draft', 'link', sent_way)),
             state = 'answered', answered_on = $2, answered_by = $3, answered_there = $4,
             version = version + 1
         WHERE id = $1",
    )
    .bind(id)
    .bind(day)
    .bind(by)
    .bind(there)
    .execute(connection)
    .await?;
    Ok(())
}
