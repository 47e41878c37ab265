//! Made-up letters to committees in which made-up members live: some wait, some are answered.

use jiff::ToSpan as _;

use crate::audit::Actor;
use crate::committees;
use crate::db::{Connection, Result};
use crate::lang::Language;
use crate::letters::store::{self, Taken};
use crate::letters::{LetterSettings, Step, Way, batch, issue, steps, today};

/// To how many committees letters go.
const MOST: usize = 24;
/// How long a committee's link opens, in days.
const LINK_DAYS: i64 = 180;
/// What committees answer.
const ANSWERS: [&str; 3] =
    ["收到，欢迎来报到。", "收到，暑期需要课业辅导，请联系。", "收到，周六志愿服务日欢迎参加。"];

/// Says who signs, writes to some committees, and lets every third answer.
pub(super) async fn fill(connection: &mut Connection) -> Result<()> {
    let settings = LetterSettings {
        prefix: "沪电党联".to_owned(),
        office: "长途通信党支部".to_owned(),
        contact: "王芳".to_owned(),
        phone: "65010001".to_owned(),
        link_days: LINK_DAYS,
        version: 1,
    };
    store::put_settings(connection, &settings).await?;
    let homes = committees::store::with_members(connection).await?;
    let to: Vec<i64> = homes.iter().take(MOST).map(|home| home.id).collect();
    if to.is_empty() {
        return Ok(());
    }
    let actor = Actor::CommandLine;
    let batch = batch::make(connection, actor, None, Language::Chinese, &to).await?;
    let drafts = store::of_batch(connection, batch).await?;
    issue::issue(connection, actor, &settings, &drafts).await?;
    let sent = today().saturating_sub(40.days()).to_string();
    let answered = today().saturating_sub(20.days()).to_string();
    for (place, letter) in store::of_batch(connection, batch).await?.iter().enumerate() {
        let way = Taken { day: &sent, by: Way::Post.name(), ..Taken::default() };
        // One that nobody issued, as all members there keep to themselves, stays a draft.
        if steps::take(connection, actor, letter, Step::Send, way).await?.is_err() {
            continue;
        }
        if place % 3 == 0
            && let Some(letter) = store::letter(connection, letter.id, None).await?
        {
            let words = ANSWERS[place / 3 % ANSWERS.len()];
            let answer = Taken { day: &answered, by: "刘洋", words, there: false };
            let _ = steps::take(connection, actor, &letter, Step::Answer, answer).await?;
        }
    }
    Ok(())
}
