//! The committee that a form's field means.

use super::{CommitteeLine, store};
use crate::db::{self, Connection};
use crate::lang::Message;
use crate::text::normalize;
use crate::web::Page;
use crate::web::forms::{Choice, Field};

/// Radio buttons for the committees that a typed name may mean.
pub fn pick(page: &Page, name: &str, candidates: &[CommitteeLine]) -> Field {
    let options = candidates
        .iter()
        .map(|line| Choice {
            value: line.id.to_string(),
            label: format!("{} · {} · {}", line.name, line.street, line.district),
            ..Choice::default()
        })
        .collect();
    Field::new(page, name, "members-committee-pick").options(options)
}

/// The committee that was meant: the picked or chosen one (in this order) when its name still
/// stands in the field, else the only one that the typed name fits; `None` for an empty field.
/// Where several fit, they are the candidates.
///
/// # Errors
/// When the database fails; inside, a message for the field.
pub async fn meant(
    connection: &mut Connection,
    typed: &str,
    chosen: [&str; 2],
    candidates: &mut Vec<CommitteeLine>,
) -> db::Result<Result<Option<i64>, Message>> {
    let typed = normalize(typed);
    if typed.is_empty() {
        return Ok(Ok(None));
    }
    let [pick, choice] = chosen.map(|id| id.parse::<i64>().ok());
    if let Some(id) = choice
        && let Some(line) = store::line(connection, id).await?
        && line.name == typed
    {
        return Ok(Ok(Some(id)));
    }
    if let Some(id) = store::id_by_code(connection, &typed).await? {
        return Ok(Ok(Some(id)));
    }
    let mut found = store::named(connection, &typed).await?;
    if found.is_empty() {
        found = store::find(connection, &typed, 20).await?;
    }
    if let Some(id) = pick
        && found.iter().any(|line| line.id == id)
    {
        return Ok(Ok(Some(id)));
    }
    Ok(match found.as_slice() {
        [] => Err(Message::new("members-committee-unknown")),
        [only] => Ok(Some(only.id)),
        _ => {
            *candidates = found;
            Err(Message::new("members-committee-several"))
        }
    })
}
