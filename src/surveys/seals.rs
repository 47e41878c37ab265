//! Seals: a confirmed form's content is hashed, and the hash is joined to the one before, so that a
//! change to the file outside of Linli is found by `linli check`. The audit log names each seal.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::store::forms;
use super::store::seals::{self as store, Seal};
use super::{Line, State, SurveyForm};
use crate::audit::{self, Action, Actor, Record};
use crate::db::{self, Connection, Result};

/// What a confirmed form says, hashed: its fields, its lines, who confirmed it and when.
fn digest(form: &SurveyForm, lines: &[Line]) -> Vec<u8> {
    let lines: Vec<_> = lines
        .iter()
        .map(|line| {
            json!([
                line.day,
                line.title,
                line.area,
                line.manner,
                line.committee,
                line.times,
                line.minutes,
                line.left_out
            ])
        })
        .collect();
    let content = json!([
        form.survey_id,
        form.filled_for,
        form.code,
        form.name,
        form.number,
        form.branch,
        form.committee,
        form.reason,
        form.words,
        form.late,
        form.submitted_at,
        form.signed_on,
        form.stamped_on,
        form.marked_by,
        form.confirmed_at,
        form.confirmed_there,
        lines
    ]);
    Sha256::digest(content.to_string().as_bytes()).to_vec()
}

fn chained(before: &[u8], digest: &[u8]) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash.update(before);
    hash.update(digest);
    hash.finalize().to_vec()
}

async fn digest_of(connection: &mut Connection, form: i64) -> Result<Option<Vec<u8>>> {
    let Some(found) = forms::form(connection, form).await? else { return Ok(None) };
    if found.state != State::Confirmed {
        return Ok(None);
    }
    let lines = forms::lines(connection, form).await?;
    Ok(Some(digest(&found, &lines)))
}

/// Seals a form that was just confirmed; the seal as the audit log names it.
///
/// # Errors
/// When the database fails.
pub(super) async fn seal(connection: &mut Connection, form: i64) -> Result<String> {
    let digest = digest_of(connection, form).await?.ok_or(sqlx::Error::RowNotFound)?;
    let last = store::last(connection).await?;
    let (seq, before) = last.map_or((1, Vec::new()), |last| (last.seq + 1, last.chain));
    let chain = chained(&before, &digest);
    let named = hex::encode(&chain);
    store::insert(connection, &Seal { seq, form_id: Some(form), digest, chain }).await?;
    Ok(named)
}

/// Whether a form is what its last seal says; one that is not confirmed is.
async fn is_whole(connection: &mut Connection, form: i64) -> Result<bool> {
    let Some(digest) = digest_of(connection, form).await? else { return Ok(true) };
    let seal = store::last_of(connection, form).await?;
    Ok(seal.is_some_and(|seal| seal.digest == digest))
}

/// What of forms is taken out because the law of erasing asks for it.
#[derive(Debug, Clone, Copy)]
enum Forgotten<'a> {
    /// A person's name, wherever it stands.
    Name(&'a str),
    /// The words of a reason.
    Words,
}

/// Takes something out of these forms and seals the confirmed ones anew; of one that is not what its
/// seal says the seal stays as it is, so that `linli check` goes on saying so. How many.
async fn forget(
    connection: &mut Connection,
    forms: &[i64],
    what: Forgotten<'_>,
) -> Result<Option<String>> {
    let mut last = None;
    for form in forms {
        let whole = is_whole(connection, *form).await?;
        match what {
            Forgotten::Name(name) => store::forget_name(connection, *form, name).await?,
            Forgotten::Words => store::forget_words(connection, *form).await?,
        }
        if whole && digest_of(connection, *form).await?.is_some() {
            last = Some(seal(connection, *form).await?);
        }
    }
    Ok(last)
}

/// Puts a sign in the place of a person's name in the forms of others.
///
/// # Errors
/// When the database fails.
pub async fn forget_names(connection: &mut Connection, names: &[String]) -> Result<()> {
    for name in names {
        let forms = store::naming(connection, name).await?;
        if let Some(seal) = forget(connection, &forms, Forgotten::Name(name)).await? {
            log(connection, Action::SurveyNamesErased, forms.len(), &seal).await?;
        }
    }
    Ok(())
}

/// For how many days after a round was closed the words of reasons are kept at most, whatever becomes
/// of the review.
const WORDS_DAYS: i64 = 180;

/// Erases the words of reasons on forms that have served (domain: "erased after the review"), at most
/// on so many; on how many.
///
/// # Errors
/// When the database fails.
pub async fn forget_words(connection: &mut Connection, now: Timestamp, most: i64) -> Result<usize> {
    let before = db::timestamp(now - SignedDuration::from_hours(24 * WORDS_DAYS));
    let forms = store::with_words(connection, &before, most).await?;
    if forms.is_empty() {
        return Ok(0);
    }
    let seal = forget(connection, &forms, Forgotten::Words).await?.unwrap_or_default();
    log(connection, Action::SurveyWordsErased, forms.len(), &seal).await?;
    Ok(forms.len())
}

async fn log(connection: &mut Connection, action: Action, forms: usize, seal: &str) -> Result<()> {
    let mut detail = json!({ "forms": forms });
    if !seal.is_empty() {
        detail["seal"] = seal.into();
    }
    audit::record(connection, Actor::Upkeep, action, Record::None, detail).await
}

/// Something that is not as the seals say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Broken {
    /// A seal does not join the one before it (its place in the chain).
    Chain(i64),
    /// A confirmed form is not what its seal says, or has none (`survey_forms.id`).
    Form(i64),
    /// The audit log names a seal that is not there.
    Log(String),
}

/// Compares every seal with the one before it, every confirmed form with its seal, and the audit log
/// with the seals.
///
/// # Errors
/// When the database fails.
pub async fn check(connection: &mut Connection) -> Result<Vec<Broken>> {
    let mut broken = Vec::new();
    let mut known = std::collections::HashSet::new();
    let (mut seq, mut before) = (0, Vec::new());
    loop {
        let seals = store::after(connection, seq).await?;
        if seals.is_empty() {
            break;
        }
        for seal in seals {
            if seal.seq != seq + 1 || seal.chain != chained(&before, &seal.digest) {
                broken.push(Broken::Chain(seal.seq));
            }
            known.insert(hex::encode(&seal.chain));
            (seq, before) = (seal.seq, seal.chain);
        }
    }
    let mut last = 0;
    loop {
        let forms = store::confirmed_after(connection, last).await?;
        let Some(end) = forms.last() else { break };
        last = *end;
        for form in forms {
            if !is_whole(connection, form).await? {
                broken.push(Broken::Form(form));
            }
        }
    }
    let named = store::named_in_log(connection).await?;
    broken.extend(named.into_iter().filter(|seal| !known.contains(seal)).map(Broken::Log));
    Ok(broken)
}
