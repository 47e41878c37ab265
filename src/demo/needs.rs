//! Made-up needs of the committees in which the made-up members live, a tenth of them served.

use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use rand::{RngExt as _, SeedableRng as _};

use super::DemoError;
use crate::addresses::today;
use crate::audit::Actor;
use crate::committees;
use crate::db::Connection;
use crate::lists::{self, List};
use crate::needs::{Area, NeedDetails, Place, Times, registry, store};
use crate::pairings;

/// The most needs; of fewer members there is one for every five.
const MOST: usize = 10_000;
const MEMBERS_A_NEED: usize = 5;

/// What is asked for: title, area, skill, where, whether regularly, and the times to choose from.
type Asked = (&'static str, Area, &'static str, Place, bool, &'static [&'static str]);

const ASKED: &[Asked] = &[
    ("周末辅导小学数学", Area::Culture, "课业辅导", Place::Home, true, WEEKEND),
    ("辅导初中英语", Area::Culture, "英语", Place::Home, true, EVENINGS),
    ("教老人用智能手机", Area::Deeds, "计算机维护", Place::Committee, true, WEEKEND),
    ("楼道灯修理", Area::Deeds, "水电维修", Place::Elsewhere, false, &[]),
    ("独居老人水龙头漏水", Area::Deeds, "水电维修", Place::Home, false, &[]),
    ("修电风扇和电饭煲", Area::Deeds, "家电维修", Place::Committee, false, WEEKEND),
    ("老人上门理发", Area::Deeds, "理发", Place::Home, true, WEEKEND),
    ("每周量血压", Area::Deeds, "医疗护理", Place::Committee, true, WEEKEND),
    ("家庭急救讲座", Area::Culture, "急救", Place::Committee, false, EVENINGS),
    ("居民法律咨询", Area::Mediation, "法律咨询", Place::Committee, true, EVENINGS),
    ("楼上漏水纠纷调解", Area::Mediation, "矛盾调解", Place::Committee, false, EVENINGS),
    ("停车纠纷调解", Area::Mediation, "矛盾调解", Place::Committee, false, &[]),
    ("陪独居老人聊天", Area::Deeds, "", Place::Home, true, WEEKEND),
    ("青少年心理辅导", Area::Deeds, "心理辅导", Place::Committee, true, EVENINGS),
    ("暑期书法班", Area::Culture, "书法", Place::Committee, true, WEEKEND),
    ("社区合唱队伴奏", Area::Culture, "音乐", Place::Committee, true, EVENINGS),
    ("重阳节活动摄影", Area::Culture, "摄影", Place::Committee, false, &[]),
    ("小区夜间巡逻", Area::Governance, "安全巡逻", Place::Elsewhere, true, EVENINGS),
    ("楼组会议记录", Area::Governance, "文字写作", Place::Committee, false, EVENINGS),
    ("业委会账目公开", Area::Governance, "财务会计", Place::Committee, false, WEEKEND),
    ("小区花坛整理", Area::Governance, "园艺", Place::Elsewhere, false, WEEKEND),
    ("接送老人就医", Area::Deeds, "驾驶", Place::Home, false, &[]),
];

const WEEKEND: &[&str] = &["6m", "6a", "7m", "7a"];
const EVENINGS: &[&str] = &["1e", "2e", "3e", "4e", "5e", "6e"];

/// Adds needs for so many members, and pairs members with a tenth of them; the same number and
/// seed give the same ones.
pub(super) async fn fill(
    connection: &mut Connection,
    members: usize,
    seed: u64,
) -> Result<(), DemoError> {
    let mut random = StdRng::seed_from_u64(seed ^ 0x6E65_6564);
    let skills = lists::spellings(connection, List::Skills).await?;
    let homes = committees::store::with_members(connection).await?;
    let Ok(today) = today().parse::<jiff::civil::Date>() else { return Ok(()) };
    let mut needs = Vec::new();
    for number in 0..(members / MEMBERS_A_NEED).min(MOST) {
        let (Some(home), Some(asked)) = (homes.choose(&mut random), ASKED.choose(&mut random))
        else {
            break;
        };
        let (title, area, skill, place, regular, times) = *asked;
        let times: Vec<&str> = times.iter().copied().filter(|_| random.random_bool(0.4)).collect();
        let days = random.random_range(-10..120);
        let until = random.random_bool(0.7).then(|| jiff::ToSpan::days(days));
        let until = until.and_then(|span| today.checked_add(span).ok());
        let elsewhere = place == Place::Elsewhere;
        needs.push(NeedDetails {
            committee: home.id,
            title: title.to_owned(),
            area,
            skills: skills.get(skill).copied().into_iter().collect(),
            times: Times::parse(&times)?,
            regular,
            place,
            place_words: if elsewhere { "小区内".to_owned() } else { String::new() },
            contact: format!("{}号楼", number % 60 + 1),
            contact_phone: String::new(),
            until: until.map(|day| day.to_string()),
        });
    }
    let ids = registry::fill(connection, Actor::CommandLine, &needs).await?;
    pair_some(connection, &mut random, &ids).await
}

/// Pairs members with some needs, of whom each is the one who fits best.
async fn pair_some(
    connection: &mut Connection,
    random: &mut StdRng,
    ids: &[i64],
) -> Result<(), DemoError> {
    // Of a million members as many as an office of a few thousand would have.
    for id in ids.iter().take(400) {
        if !random.random_bool(0.1) {
            continue;
        }
        let Some(need) = store::need(connection, *id).await? else { continue };
        if let Some(member) = registry::best_fitting(connection, &need).await? {
            // An open need can always be paired.
            let _ = pairings::registry::pair(connection, Actor::CommandLine, &need, member).await?;
        }
    }
    Ok(())
}
