//! Made-up letters to committees in which made-up members live, and other contacts with them.

use jiff::ToSpan as _;

use crate::audit::Actor;
use crate::committees;
use crate::contacts::{ContactDetails, Kind, registry};
use crate::db::{Connection, Result};
use crate::letters::{self, LetterSettings};

/// How many committees get a letter.
const LETTERS: usize = 12;

/// What committees reply, and who.
const REPLIES: [(&str, &str); 3] = [
    ("刘洋", "想请会书法的党员周六上午到活动室教孩子写字，请先来居委会商量一次。"),
    ("陈静", "夜间巡逻缺人，每周五晚七点，请安排两位。"),
    ("赵敏", ""),
];

/// Other contacts: kind, how many days ago, with whom, about what, what was promised until how many
/// days from now, what came of it.
type Told = (Kind, i64, &'static str, &'static str, &'static str, Option<i64>, &'static str);

const CONTACTS: [Told; 5] = [
    (Kind::Visit, 40, "刘洋", "走访居委会，看活动室", "腾出一间给书法班", None, "每周六上午可用"),
    (Kind::Call, 21, "陈静", "问夜间巡逻怎么安排", "月底前排好班", Some(-6), ""),
    (Kind::Visit, 12, "赵敏", "商量志愿服务日", "发一份下季度的日期", None, ""),
    (Kind::Message, 3, "刘洋", "书法班开课时间", "下周答复", Some(7), ""),
    (Kind::Call, 1, "陈静", "联系人换成陈静", "", None, ""),
];

/// Adds letters and contacts.
pub(super) async fn fill(connection: &mut Connection) -> Result<()> {
    let homes = committees::store::with_members(connection).await?;
    let homes: Vec<i64> = homes.into_iter().take(LETTERS).map(|home| home.id).collect();
    let settings = LetterSettings {
        prefix: "沪电党联".to_owned(),
        office: "上海电信长途通信党支部".to_owned(),
        contact: "王芳".to_owned(),
        phone: "021-65010001".to_owned(),
        link_days: 180,
        version: 1,
    };
    letters::make_up(connection, &settings, &homes, &REPLIES).await?;
    let today = letters::today();
    let day = |ago: i64| today.checked_sub(ago.days()).unwrap_or(today).to_string();
    for (home, told) in homes.iter().cycle().zip(CONTACTS) {
        let (kind, ago, person, words, promised, due, outcome) = told;
        let details = ContactDetails {
            kind,
            day: day(ago),
            committee: Some(*home),
            member: None,
            person: person.to_owned(),
            words: words.to_owned(),
            promised: promised.to_owned(),
            due: due.map(|from_now| day(-from_now)),
            outcome: outcome.to_owned(),
        };
        registry::add(connection, Actor::CommandLine, &details).await?;
    }
    Ok(())
}
