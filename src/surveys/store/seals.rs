//! The seals of confirmed forms.

use sqlx::FromRow;

use crate::db::{Connection, Result, now};

/// A seal.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub(in crate::surveys) struct Seal {
    /// Its place in the chain.
    pub seq: i64,
    /// The form, while it is on record.
    pub form_id: Option<i64>,
    /// What the form's content hashed to.
    pub digest: Vec<u8>,
    /// That together with the seal before.
    pub chain: Vec<u8>,
}

/// The last seal.
pub(in crate::surveys) async fn last(connection: &mut Connection) -> Result<Option<Seal>> {
    sqlx::query_as("SELECT seq, form_id, digest, chain FROM survey_seals ORDER BY seq DESC LIMIT 1")
        .fetch_optional(connection)
        .await
}

/// The last seal of a form.
pub(in crate::surveys) async fn last_of(
    connection: &mut Connection,
    form: i64,
) -> Result<Option<Seal>> {
    sqlx::query_as(
        "SELECT seq, form_id, digest, chain
         FROM survey_seals
         WHERE form_id = $1
         ORDER BY seq DESC
         LIMIT 1",
    )
    .bind(form)
    .fetch_optional(connection)
    .await
}

/// Puts a seal at the end of the chain.
pub(in crate::surveys) async fn insert(connection: &mut Connection, seal: &Seal) -> Result<()> {
    sqlx::query(
        "INSERT INTO survey_seals (seq, form_id, at, digest, chain) VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(seal.seq)
    .bind(seal.form_id)
    .bind(now())
    .bind(&seal.digest)
    .bind(&seal.chain)
    .execute(connection)
    .await?;
    Ok(())
}

/// The seals behind this one, in order.
pub(in crate::surveys) async fn after(connection: &mut Connection, seq: i64) -> Result<Vec<Seal>> {
    sqlx::query_as(
        "SELECT seq, form_id, digest, chain
         FROM survey_seals
         WHERE seq > $1
         ORDER BY seq
         LIMIT 1000",
    )
    .bind(seq)
    .fetch_all(connection)
    .await
}

/// The seals that the audit log names, in hexadecimal.
pub(in crate::surveys) async fn named_in_log(connection: &mut Connection) -> Result<Vec<String>> {
    sqlx::query_scalar(
        "SELECT detail ->> '$.seal'
         FROM audit
         WHERE action IN ('survey-form-stepped', 'survey-names-erased', 'survey-words-erased')
           AND detail ->> '$.seal' IS NOT NULL
         ORDER BY id",
    )
    .fetch_all(connection)
    .await
}

/// The confirmed forms behind this one, in order.
pub(in crate::surveys) async fn confirmed_after(
    connection: &mut Connection,
    form: i64,
) -> Result<Vec<i64>> {
    sqlx::query_scalar(
        "SELECT id
         FROM survey_forms
         WHERE state = 'confirmed' AND id > $1
         ORDER BY id
         LIMIT 1000",
    )
    .bind(form)
    .fetch_all(connection)
    .await
}

/// Confirmed forms and others that tell of a person by this name in what they took part in, who they
/// are or why they took no part.
pub(in crate::surveys) async fn naming(
    connection: &mut Connection,
    name: &str,
) -> Result<Vec<i64>> {
    sqlx::query_scalar(
        "SELECT f.id
         FROM survey_forms AS f
         WHERE instr(f.words, $1) > 0 OR instr(f.returned_why, $1) > 0
         UNION
         SELECT form_id FROM survey_lines WHERE instr(title, $1) > 0
         UNION
         SELECT form_id FROM survey_steps WHERE instr(why, $1) > 0",
    )
    .bind(name)
    .fetch_all(connection)
    .await
}

/// Puts a sign in the place of a person's name in a form.
pub(in crate::surveys) async fn forget_name(
    connection: &mut Connection,
    form: i64,
    name: &str,
) -> Result<()> {
    for sql in [
        "UPDATE survey_forms
         SET words = replace(words, $2, '…'), returned_why = replace(returned_why, $2, '…')
         WHERE id = $1",
        "UPDATE survey_lines SET title = replace(title, $2, '…') WHERE form_id = $1",
        "UPDATE survey_steps SET why = replace(why, $2, '…') WHERE form_id = $1",
    ] {
        sqlx::query(sql).bind(form).bind(name).execute(&mut *connection).await?;
    }
    Ok(())
}

/// Forms whose words are still there although the review of their member's branch and half-year is
/// over, or their round was closed before this day.
pub(in crate::surveys) async fn with_words(
    connection: &mut Connection,
    closed_before: &str,
    most: i64,
) -> Result<Vec<i64>> {
    sqlx::query_scalar(
        "SELECT f.id
         FROM survey_forms AS f
         JOIN surveys AS s ON s.id = f.survey_id
         JOIN members AS m ON m.id = f.member_id
         WHERE f.words <> ''
           AND (s.closed_at < $1
                OR EXISTS (SELECT 1 FROM reviews AS r
                           WHERE r.branch_id = m.branch_id AND r.half = s.half
                             AND r.closed_at IS NOT NULL))
         ORDER BY f.id
         LIMIT $2",
    )
    .bind(closed_before)
    .bind(most)
    .fetch_all(connection)
    .await
}

/// Erases the words of a form's reason.
pub(in crate::surveys) async fn forget_words(connection: &mut Connection, form: i64) -> Result<()> {
    sqlx::query("UPDATE survey_forms SET words = '' WHERE id = $1")
        .bind(form)
        .execute(connection)
        .await?;
    Ok(())
}
