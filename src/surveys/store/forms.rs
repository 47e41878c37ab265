//! Members' survey forms: what stands on them, and their steps.

use serde_json::json;
use sqlx::{FromRow, Row as _};

use super::Row;
use crate::activities::HalfYear;
use crate::activities::store::unknown;
use crate::audit::Actor;
use crate::db::{Connection, Result, now};
use crate::surveys::{Line, Reason, State, Step, SurveyForm};
use crate::text::PaperCode;

impl FromRow<'_, Row> for SurveyForm {
    fn from_row(row: &Row) -> Result<Self> {
        let (state, reason): (&str, &str) = (row.try_get("state")?, row.try_get("reason")?);
        Ok(Self {
            id: row.try_get("id")?,
            survey_id: row.try_get("survey_id")?,
            member_id: row.try_get("member_id")?,
            filled_for: row.try_get("filled_for")?,
            code: row.try_get("code")?,
            state: State::from_name(state).ok_or_else(|| unknown("a state"))?,
            name: row.try_get("name")?,
            number: row.try_get("number")?,
            branch: row.try_get("branch")?,
            committee_id: row.try_get("committee_id")?,
            committee: row.try_get("committee")?,
            reason: Reason::from_name(reason),
            words: row.try_get("words")?,
            late: row.try_get("late")?,
            submitted_at: row.try_get("submitted_at")?,
            returned_why: row.try_get("returned_why")?,
            signed_on: row.try_get("signed_on")?,
            stamped_on: row.try_get("stamped_on")?,
            marked_by: row.try_get("marked_by")?,
            confirmed_at: row.try_get("confirmed_at")?,
            confirmed_there: row.try_get("confirmed_there")?,
            version: row.try_get("version")?,
        })
    }
}

macro_rules! forms {
    ($rest:literal) => {
        concat!(
            "SELECT f.id, f.survey_id, f.member_id, f.filled_for, f.code, f.state, f.name,
                    f.number, f.branch, f.committee_id, f.committee, f.reason, f.words, f.late,
                    f.submitted_at, f.returned_why, f.signed_on, f.stamped_on, f.marked_by,
                    f.confirmed_at, f.confirmed_there, f.version
             FROM survey_forms AS f ",
            $rest
        )
    };
}

/// One form.
pub async fn form(connection: &mut Connection, id: i64) -> Result<Option<SurveyForm>> {
    sqlx::query_as(forms!("WHERE f.id = $1")).bind(id).fetch_optional(connection).await
}

/// The form on whose paper this code stands.
pub async fn by_code(connection: &mut Connection, code: &PaperCode) -> Result<Option<SurveyForm>> {
    sqlx::query_as(forms!("WHERE f.code = $1")).bind(code.as_str()).fetch_optional(connection).await
}

/// A member's form in a round.
pub async fn of_member(
    connection: &mut Connection,
    survey: i64,
    member: i64,
) -> Result<Option<SurveyForm>> {
    sqlx::query_as(forms!("WHERE f.member_id = $2 AND f.survey_id = $1"))
        .bind(survey)
        .bind(member)
        .fetch_optional(connection)
        .await
}

/// The forms that a committee may confirm or send back: handed in, of its own live members who stand
/// to be known.
pub async fn waiting_there(connection: &mut Connection, committee: i64) -> Result<Vec<SurveyForm>> {
    sqlx::query_as(forms!(
        "JOIN members AS m ON m.id = f.member_id AND m.removed_at IS NULL AND m.agreed = 1
                          AND $1 IN (m.committee_id, m.host_committee_id)
         WHERE f.committee_id = $1 AND f.state = 'submitted'
         ORDER BY f.survey_id DESC, m.sort_key
         LIMIT 300"
    ))
    .bind(committee)
    .fetch_all(connection)
    .await
}

/// What is on record of a member in a half-year, up to today, and what they entered themselves; in
/// the order of the days.
pub async fn on_record(
    connection: &mut Connection,
    member: i64,
    half: HalfYear,
    today: &str,
) -> Result<Vec<Line>> {
    sqlx::query_as(
        "SELECT p.id AS participation_id, NULL AS own_part_id, p.day, a.title, p.area, a.manner,
                coalesce(c.name, '') AS committee, p.times, p.minutes,
                p.times AS recorded_times, p.minutes AS recorded_minutes,
                p.confirmed_at IS NOT NULL AS confirmed, 0 AS left_out
         FROM participations AS p
         JOIN activities AS a ON a.id = p.activity_id
         LEFT JOIN committees AS c ON c.id = a.committee_id
         WHERE p.member_id = $1 AND p.live = 1 AND p.day BETWEEN $2 AND min($3, $4)
         UNION ALL
         SELECT NULL, o.id, o.day, o.title, o.area, 'alone', coalesce(c.name, ''), 1, o.minutes,
                1, o.minutes, 0, 0
         FROM own_parts AS o
         LEFT JOIN committees AS c ON c.id = o.committee_id
         WHERE o.member_id IN (SELECT id FROM members WHERE id = $1 OR merged_into = $1)
           AND o.settled_at IS NULL AND o.day BETWEEN $2 AND min($3, $4)
         ORDER BY 3, 1, 2
         LIMIT 400",
    )
    .bind(member)
    .bind(half.first_day())
    .bind(half.last_day())
    .bind(today)
    .fetch_all(connection)
    .await
}

/// What a form tells: of a draft only what was corrected in it.
pub async fn lines(connection: &mut Connection, form: i64) -> Result<Vec<Line>> {
    sqlx::query_as(
        "SELECT l.participation_id, l.own_part_id, l.day, l.title, l.area, l.manner, l.committee,
                l.times, l.minutes, l.recorded_times, l.recorded_minutes,
                coalesce(p.confirmed_at IS NOT NULL, 0) AS confirmed, l.left_out
         FROM survey_lines AS l
         LEFT JOIN participations AS p ON p.id = l.participation_id
         WHERE l.form_id = $1
         ORDER BY l.place",
    )
    .bind(form)
    .fetch_all(connection)
    .await
}

/// Begins a member's form in a round; its `id`. One that is there is the same.
pub(in crate::surveys) async fn begin(
    connection: &mut Connection,
    survey: i64,
    member: i64,
) -> Result<i64> {
    sqlx::query_scalar(
        "INSERT INTO survey_forms (survey_id, member_id, filled_for, code, created_at, updated_at)
         VALUES ($1, $2, $2, $3, $4, $4)
         ON CONFLICT (member_id, survey_id) DO UPDATE SET member_id = member_id
         RETURNING id",
    )
    .bind(survey)
    .bind(member)
    .bind(PaperCode::fresh().as_str())
    .bind(now())
    .fetch_one(connection)
    .await
}

/// Writes what a form tells in the place of what it told.
pub(in crate::surveys) async fn write_lines(
    connection: &mut Connection,
    form: i64,
    lines: &[Line],
) -> Result<()> {
    sqlx::query("DELETE FROM survey_lines WHERE form_id = $1")
        .bind(form)
        .execute(&mut *connection)
        .await?;
    for (place, line) in (1_i64..).zip(lines) {
        sqlx::query(
            "INSERT INTO survey_lines (form_id, place, participation_id, own_part_id, day, title,
                                       area, manner, committee, times, minutes, recorded_times,
                                       recorded_minutes, left_out)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        )
        .bind(form)
        .bind(place)
        .bind(line.participation_id)
        .bind(line.own_part_id)
        .bind(&line.day)
        .bind(&line.title)
        .bind(&line.area)
        .bind(&line.manner)
        .bind(&line.committee)
        .bind(line.times)
        .bind(line.minutes)
        .bind(line.recorded_times)
        .bind(line.recorded_minutes)
        .bind(line.left_out)
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

/// Writes the reason of a form that is still at this version; whether it was.
pub(in crate::surveys) async fn write_reason(
    connection: &mut Connection,
    (id, version): (i64, i64),
    reason: Option<(Reason, &str)>,
) -> Result<bool> {
    let (reason, words) = reason.map_or(("", ""), |(reason, words)| (reason.name(), words));
    let changed = sqlx::query(
        "UPDATE survey_forms
         SET reason = $3, words = $4, updated_at = $5, version = version + 1
         WHERE id = $1 AND version = $2 AND state IN ('draft', 'returned')",
    )
    .bind(id)
    .bind(version)
    .bind(reason)
    .bind(words)
    .bind(now())
    .execute(connection)
    .await?;
    Ok(changed.rows_affected() == 1)
}

/// Hands a form in as it stands, with who its member is now and which committee confirms it.
pub(in crate::surveys) async fn submit(
    connection: &mut Connection,
    id: i64,
    late: bool,
) -> Result<()> {
    sqlx::query(
        "UPDATE survey_forms
         SET state = 'submitted', submitted_at = $2, late = $3, returned_why = '', updated_at = $2,
             version = version + 1,
             (name, number, branch, committee_id, committee) =
               (SELECT m.name, coalesce(m.number, ''), coalesce(b.name, ''), c.id,
                       coalesce(c.name, '')
                FROM members AS m
                LEFT JOIN branches AS b ON b.id = m.branch_id
                LEFT JOIN committees AS c ON c.id = coalesce(m.committee_id, m.host_committee_id)
                WHERE m.id = survey_forms.member_id)
         WHERE id = $1",
    )
    .bind(id)
    .bind(now())
    .bind(late)
    .execute(connection)
    .await?;
    Ok(())
}

/// What a step writes beside the state.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::surveys) struct Marks<'a> {
    /// Why it was sent back.
    pub returned_why: &'a str,
    /// The days of signature and stamp.
    pub signed: Option<(&'a str, &'a str)>,
    /// Who saw them on the paper.
    pub marked_by: Option<i64>,
    /// Who confirmed it on the committee's page.
    pub there: &'a str,
}

/// Puts a form that is still at this version into a state; whether it was.
pub(in crate::surveys) async fn move_to(
    connection: &mut Connection,
    form: &SurveyForm,
    to: State,
    marks: Marks<'_>,
) -> Result<bool> {
    let (signed, stamped) = marks.signed.unzip();
    let changed = sqlx::query(
        "UPDATE survey_forms
         SET state = $3, returned_why = $4, signed_on = $5, stamped_on = $6, marked_by = $7,
             confirmed_there = $8, confirmed_at = iif($3 = 'confirmed', $9, NULL),
             updated_at = $9, version = version + 1
         WHERE id = $1 AND version = $2",
    )
    .bind(form.id)
    .bind(form.version)
    .bind(to.name())
    .bind(marks.returned_why)
    .bind(signed)
    .bind(stamped)
    .bind(marks.marked_by)
    .bind(marks.there)
    .bind(now())
    .execute(connection)
    .await?;
    Ok(changed.rows_affected() == 1)
}

/// Marks the parts that a confirmed form tells of as confirmed, with what the form says of each, and
/// notes which.
pub(in crate::surveys) async fn confirm_parts(
    connection: &mut Connection,
    form: i64,
    actor: Actor,
    (signed_on, stamped_on): (&str, &str),
    there: &str,
) -> Result<()> {
    // What a member entered and someone put on record meanwhile is a part by now.
    sqlx::query(
        "UPDATE survey_lines
         SET participation_id =
               (SELECT p.id
                FROM own_parts AS o
                JOIN survey_forms AS f ON f.id = survey_lines.form_id
                JOIN participations AS p ON p.member_id = f.member_id AND p.live = 1
                                        AND p.day = o.day AND p.area = o.area
                JOIN activities AS a ON a.id = p.activity_id AND a.title = o.title
                WHERE o.id = survey_lines.own_part_id AND o.outcome = 'accepted'
                ORDER BY p.id
                LIMIT 1)
         WHERE form_id = $1 AND participation_id IS NULL AND own_part_id IS NOT NULL",
    )
    .bind(form)
    .execute(&mut *connection)
    .await?;
    sqlx::query(
        "UPDATE survey_lines
         SET confirmed_part = participation_id
         WHERE form_id = $1 AND left_out = 0
           AND participation_id IN (SELECT p.id
                                    FROM survey_lines AS l
                                    JOIN participations AS p ON p.id = l.participation_id
                                    WHERE l.form_id = $1 AND p.live = 1
                                      AND p.confirmed_at IS NULL)",
    )
    .bind(form)
    .execute(&mut *connection)
    .await?;
    sqlx::query(
        "UPDATE participations
         SET signed_on = $2, stamped_on = $3, confirmed_at = $4, confirmed_by = $5,
             confirmed_there = $6, times = l.times, minutes = l.minutes
         FROM survey_lines AS l
         WHERE l.form_id = $1 AND l.confirmed_part = participations.id",
    )
    .bind(form)
    .bind(signed_on)
    .bind(stamped_on)
    .bind(now())
    .bind(actor.account_id())
    .bind(there)
    .execute(connection)
    .await?;
    Ok(())
}

/// Takes the confirmation by this form from the parts that bear it.
pub(in crate::surveys) async fn unconfirm_parts(
    connection: &mut Connection,
    form: i64,
) -> Result<()> {
    sqlx::query(
        "UPDATE participations
         SET signed_on = NULL, stamped_on = NULL, confirmed_at = NULL, confirmed_by = NULL,
             confirmed_there = ''
         WHERE id IN (SELECT confirmed_part FROM survey_lines WHERE form_id = $1)",
    )
    .bind(form)
    .execute(&mut *connection)
    .await?;
    sqlx::query("UPDATE survey_lines SET confirmed_part = NULL WHERE form_id = $1")
        .bind(form)
        .execute(connection)
        .await?;
    Ok(())
}

/// Keeps that a step was taken, by whom and why.
pub(in crate::surveys) async fn keep_step(
    connection: &mut Connection,
    form: i64,
    actor: Actor,
    by_name: &str,
    step: Step,
    why: &str,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO survey_steps (form_id, at, account_id, by_name, step, why)
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(form)
    .bind(now())
    .bind(actor.account_id())
    .bind(by_name)
    .bind(step.name())
    .bind(why)
    .execute(connection)
    .await?;
    Ok(())
}

/// A step that was taken.
#[derive(Debug, Clone, FromRow)]
pub struct Taken {
    /// When.
    pub at: String,
    /// By whom: an account's name, or who signed on the committee's page.
    pub by: Option<String>,
    /// [`Step::name`].
    pub step: String,
    /// Why, where it was asked for.
    pub why: String,
}

/// The steps of a form, the latest first.
pub async fn steps(connection: &mut Connection, form: i64) -> Result<Vec<Taken>> {
    sqlx::query_as(
        "SELECT x.at, coalesce(a.display_name, nullif(x.by_name, '')) AS by, x.step, x.why
         FROM survey_steps AS x
         LEFT JOIN accounts AS a ON a.id = x.account_id
         WHERE x.form_id = $1
         ORDER BY x.id DESC
         LIMIT 100",
    )
    .bind(form)
    .fetch_all(connection)
    .await
}

/// Leaves the scans of these members' forms to the upkeep, before the forms go with them.
pub async fn leave_scans(connection: &mut Connection, members: &[i64]) -> Result<()> {
    sqlx::query(
        "INSERT INTO left_scans (token)
         SELECT s.token
         FROM survey_scans AS s
         JOIN survey_forms AS f ON f.id = s.form_id
         WHERE f.member_id IN (SELECT value FROM json_each($1))
         ON CONFLICT DO NOTHING",
    )
    .bind(json!(members).to_string())
    .execute(connection)
    .await?;
    Ok(())
}

/// Gives a member who is merged into another their forms, but of rounds in which both have one.
pub async fn move_to_member(connection: &mut Connection, gone: i64, kept: i64) -> Result<()> {
    sqlx::query("UPDATE OR IGNORE survey_forms SET member_id = $2 WHERE member_id = $1")
        .bind(gone)
        .bind(kept)
        .execute(connection)
        .await?;
    Ok(())
}

/// Gives a member whose merge is taken back their forms.
pub async fn move_back(connection: &mut Connection, gone: i64) -> Result<()> {
    sqlx::query("UPDATE survey_forms SET member_id = $1 WHERE filled_for = $1")
        .bind(gone)
        .execute(connection)
        .await?;
    Ok(())
}

/// Gives the forms that wait for a committee to the one that it becomes part of.
pub async fn move_committee(connection: &mut Connection, id: i64, into: i64) -> Result<()> {
    sqlx::query("UPDATE survey_forms SET committee_id = $2 WHERE committee_id = $1")
        .bind(id)
        .bind(into)
        .execute(connection)
        .await?;
    Ok(())
}
