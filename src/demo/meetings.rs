//! Made-up meetings, who was there and what was told, and what was written up of it.

use jiff::ToSpan as _;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use rand::{RngExt as _, SeedableRng as _};

use crate::activities::{Area, store as activities, today};
use crate::db::{Connection, Result};
use crate::experiences::{self, ExperienceDetails};
use crate::lists::{self, List};
use crate::meetings::attendance::{self, State};
use crate::meetings::lines::{self, LineDetails, Sort};
use crate::meetings::{Kind, MeetingDetails, store};

/// How many meetings there were, one every four weeks until soon.
const MEETINGS: i64 = 14;
/// From how many members those who come are taken.
const MEMBERS: i64 = 300;
/// How many come to one.
const COME: std::ops::RangeInclusive<usize> = 12..=28;

/// What was told: a title for what is written up, the words, area and skill.
const TOLD: &[(&str, &str, Area, &str)] = &[
    (
        "上门修电脑，先把毛病问清楚",
        "先打电话问清毛病：屏幕亮不亮、有没有声音。\n带上常坏的零件再去，老人不用等第二次。",
        Area::GoodDeeds,
        "计算机维护",
    ),
    (
        "楼道纠纷，先分别听两家说",
        "不急着叫两家坐到一起。先分别听完，把各自最在意的一件事记下来，过一天再一起谈这两件事。",
        Area::Mediation,
        "矛盾调解",
    ),
    (
        "教手机，一次只教一样",
        "一次只教一样，教完让老人自己做三遍。\n步骤写成大字卡片，贴在电话旁边。",
        Area::GoodDeeds,
        "计算机维护",
    ),
    (
        "辅导功课，固定时间比多上课管用",
        "每周同一时间，哪怕只有一小时。孩子知道几点有人来，作业会先做好一半。",
        Area::Culture,
        "课业辅导",
    ),
    (
        "楼组会议，先把账目贴出来",
        "开会前三天把账目贴在楼道里，会上只谈看不懂的几笔，一小时就能散会。",
        Area::SelfGovernance,
        "财务会计",
    ),
    (
        "夜间巡逻，走熟了再换路线",
        "前一个月走同一条路线，把坏灯和堆物都记下来交给居委会；之后再换路线。",
        Area::SelfGovernance,
        "安全巡逻",
    ),
];

/// Matters to be followed up.
const TASKS: &[&str] =
    &["联系居委会，定下固定服务日", "把做法写出来，发给各支部", "统计谁周末有空"];

/// Makes meetings up until a month from now; the same seed gives the same ones.
///
/// # Errors
/// When the database fails.
pub(super) async fn fill(connection: &mut Connection, seed: u64) -> Result<()> {
    let mut random = StdRng::seed_from_u64(seed ^ 0x6D65_6574);
    let members = activities::members_with_committees(connection, MEMBERS).await?;
    let members: Vec<i64> = members.into_iter().map(|(member, _)| member).collect();
    let skills = lists::spellings(connection, List::Skills).await?;
    let first = today().saturating_sub((28 * (MEETINGS - 2)).days());
    let mut written = Vec::new();
    for number in 0..MEETINGS {
        let Some(chair) = members.choose(&mut random) else { break };
        let (kind, title) = match number % 2 {
            0 => (Kind::Exchange, "社区服务经验交流"),
            _ => (Kind::Study, "组织生活：谈社区服务"),
        };
        let details = MeetingDetails {
            day: first.saturating_add((28 * number).days()),
            begins: "19:00".to_owned(),
            place: "三楼会议室".to_owned(),
            kind,
            title: title.to_owned(),
            agenda: "一、通报近期社区服务情况\n二、党员讲自己的做法\n三、商定下一步".to_owned(),
            chair: Some(*chair),
            minutes: String::new(),
        };
        let over = details.day <= today();
        let meeting = store::insert(connection, &details).await?;
        let many = random.random_range(COME);
        let come: Vec<i64> = members.sample(&mut random, many).copied().collect();
        for member in come {
            let state = match (over, random.random_bool(0.1)) {
                (false, _) => State::Expected,
                (true, true) => State::Leave,
                (true, false) => State::Present,
            };
            attendance::store::insert(connection, meeting, member, state).await?;
        }
        if !over {
            continue;
        }
        for _ in 0..2 {
            let (Some(teller), Some(told)) =
                (members.choose(&mut random), TOLD.choose(&mut random))
            else {
                continue;
            };
            let line = LineDetails { member: Some(*teller), words: told.1.to_owned(), due: None };
            lines::store::insert(connection, meeting, Sort::Told, &line).await?;
            if written.contains(&told.0) {
                continue;
            }
            written.push(told.0);
            let skill = skills.iter().find(|(name, _)| name.as_str() == told.3).map(|(_, id)| *id);
            let experience = ExperienceDetails {
                title: told.0.to_owned(),
                words: told.1.to_owned(),
                areas: vec![told.2],
                skills: skill.into_iter().collect(),
                members: vec![*teller],
                meeting: Some(meeting),
            };
            let experience = experiences::store::insert(connection, &experience).await?;
            experiences::search::reindex(connection, &[experience]).await?;
        }
        if let (Some(doer), Some(task)) = (members.choose(&mut random), TASKS.choose(&mut random)) {
            let due = details.day.saturating_add(14.days()).to_string();
            let line =
                LineDetails { member: Some(*doer), words: (*task).to_owned(), due: Some(due) };
            let line = lines::store::insert(connection, meeting, Sort::Task, &line).await?;
            if number < MEETINGS - 3 {
                lines::store::set_done(connection, line, true).await?;
            }
        }
    }
    Ok(())
}
