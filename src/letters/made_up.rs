//! Letters of the demonstration: some not sent yet, some not answered, some answered.

use super::store::{self, NewLetter, Taken};
use super::{LetterSettings, Step, Way, issue, steps, today};
use crate::audit::Actor;
use crate::db::{Connection, Result};
use crate::lang::Language;

/// Says what stands on every letter, writes one to each of these committees and issues all but the
/// last; every second is sent, and of those every second is answered with one of the replies, in
/// turn. Each reply comes with who gave it.
///
/// # Errors
/// When the database fails.
pub async fn make_up(
    connection: &mut Connection,
    settings: &LetterSettings,
    committees: &[i64],
    replies: &[(&str, &str)],
) -> Result<()> {
    store::put_settings(connection, settings).await?;
    let batch = store::insert_batch(connection, None).await?;
    let today = today();
    let (year, day) = (today.year().into(), today.to_string());
    let mut replies = replies.iter().cycle();
    for (place, committee) in committees.iter().enumerate() {
        let language = Language::Chinese;
        let new = NewLetter {
            batch,
            committee: *committee,
            language,
            branches: None,
            year,
            account: None,
        };
        let id = store::insert(connection, new).await?;
        if place + 1 == committees.len() {
            break;
        }
        let drafts: Vec<_> = store::letter(connection, id, None).await?.into_iter().collect();
        issue::issue(connection, Actor::CommandLine, settings, &drafts).await?;
        if place % 2 == 1 {
            continue;
        }
        let by = Way::Post.name();
        take(connection, id, Step::Send, Taken { day: &day, by, ..Taken::default() }).await?;
        if place % 4 == 0
            && let Some((by, words)) = replies.next()
        {
            let there = false;
            take(connection, id, Step::Answer, Taken { day: &day, by, words, there }).await?;
        }
    }
    Ok(())
}

async fn take(connection: &mut Connection, id: i64, step: Step, taken: Taken<'_>) -> Result<()> {
    let Some(letter) = store::letter(connection, id, None).await? else { return Ok(()) };
    // A letter to a committee where nobody stands to be known stays a draft.
    let _ = steps::take(connection, Actor::CommandLine, &letter, step, taken).await?;
    Ok(())
}
