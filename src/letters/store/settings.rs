//! What the office writes on its letters.

use crate::db::{Connection, Result};
use crate::lang::Language;
use crate::letters::LetterSettings;

/// What stands on every letter; `None` until it was asked for.
pub async fn settings(connection: &mut Connection) -> Result<Option<LetterSettings>> {
    sqlx::query_as(
        "SELECT prefix, office, contact, phone, link_days, version
         FROM letter_settings
         WHERE id = 1",
    )
    .fetch_optional(connection)
    .await
}

/// Keeps what stands on every letter.
pub(in crate::letters) async fn put_settings(
    connection: &mut Connection,
    settings: &LetterSettings,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO letter_settings (id, prefix, office, contact, phone, link_days)
         VALUES (1, $1, $2, $3, $4, $5)
         ON CONFLICT (id)
         DO UPDATE SET prefix = excluded.prefix, office = excluded.office,
                       contact = excluded.contact, phone = excluded.phone,
                       link_days = excluded.link_days, version = version + 1",
    )
    .bind(&settings.prefix)
    .bind(&settings.office)
    .bind(&settings.contact)
    .bind(&settings.phone)
    .bind(settings.link_days)
    .execute(connection)
    .await?;
    Ok(())
}

/// The letter's text in a language and its version, once the office changed it.
pub(in crate::letters) async fn template(
    connection: &mut Connection,
    language: Language,
) -> Result<Option<(String, i64)>> {
    sqlx::query_as("SELECT text, version FROM letter_templates WHERE language = $1")
        .bind(language.tag())
        .fetch_optional(connection)
        .await
}

/// Keeps the letter's text in a language.
pub(in crate::letters) async fn put_template(
    connection: &mut Connection,
    language: Language,
    text: &str,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO letter_templates (language, text)
         VALUES ($1, $2)
         ON CONFLICT (language)
         DO UPDATE SET text = excluded.text, version = version + 1",
    )
    .bind(language.tag())
    .bind(text)
    .execute(connection)
    .await?;
    Ok(())
}
