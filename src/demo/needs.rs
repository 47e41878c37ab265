//! Made-up needs of the committees in which the made-up members live, some of them served.

use jiff::ToSpan as _;
use jiff::civil::Date;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use rand::{RngExt as _, SeedableRng as _};

use super::DemoError;
use crate::addresses::today;
use crate::audit::Actor;
use crate::committees;
use crate::db::Connection;
use crate::lists::{self, List};
use crate::members::store as store_of_members;
use crate::needs::{Area, NeedDetails, Place, Step, Times, registry, store};
use crate::pairings::registry::{self as pairing, NewVisit};
use crate::pairings::{self, EndReason};

/// The most needs; of fewer members there is one for every five.
const MOST: usize = 10_000;
const MEMBERS_A_NEED: usize = 5;
/// Of how many members at most some have said when they can help, and serve needs: as many as a
/// large office has.
const SOME: usize = 2000;

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

/// Adds needs for so many members, and pairs members with some of them; the same number and
/// seed give the same ones.
pub(super) async fn fill(
    connection: &mut Connection,
    members: usize,
    seed: u64,
) -> Result<(), DemoError> {
    let mut random = StdRng::seed_from_u64(seed ^ 0x6E65_6564);
    let skills = lists::spellings(connection, List::Skills).await?;
    let homes = committees::store::with_members(connection).await?;
    let Ok(today) = today().parse::<Date>() else { return Ok(()) };
    let mut needs = Vec::new();
    for number in 0..(members / MEMBERS_A_NEED).min(MOST) {
        let (Some(home), Some(asked)) = (homes.choose(&mut random), ASKED.choose(&mut random))
        else {
            break;
        };
        let (title, area, skill, place, regular, times) = *asked;
        let times: Vec<&str> = times.iter().copied().filter(|_| random.random_bool(0.4)).collect();
        let days: i64 = random.random_range(-10..120);
        let until = random.random_bool(0.7).then(|| days.days());
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
    say_when(connection, &mut random, members).await?;
    pair_some(connection, &mut random, &ids, today).await
}

/// Some members have said when they can help.
async fn say_when(
    connection: &mut Connection,
    random: &mut StdRng,
    members: usize,
) -> Result<(), DemoError> {
    for number in (1..=members.min(SOME)).step_by(4) {
        let Some(member) =
            store_of_members::id_by_number(connection, &format!("T{number:07}")).await?
        else {
            continue;
        };
        let all = WEEKEND.iter().chain(EVENINGS);
        let free: Vec<&str> = all.copied().filter(|_| random.random_bool(0.3)).collect();
        let times = Times::parse(&free)?;
        registry::set_member_times(connection, Actor::CommandLine, member, times).await?;
    }
    Ok(())
}

/// Pairs members with some needs, of whom each is the one who fits best; they have been there
/// every week since, some of them not lately, and some are done.
async fn pair_some(
    connection: &mut Connection,
    random: &mut StdRng,
    ids: &[i64],
    today: Date,
) -> Result<(), DemoError> {
    for id in ids.iter().take(SOME / MEMBERS_A_NEED).step_by(9) {
        let Some(need) = store::need(connection, *id).await? else { continue };
        let Some(member) = registry::best_fitting(connection, &need).await? else { continue };
        let paired = pairing::pair(connection, Actor::CommandLine, &need, member).await?;
        let Ok(paired) = paired else { continue };
        let last = today.checked_sub(random.random_range(0_i64..12).days()).unwrap_or(today);
        let visits = if need.details.regular { random.random_range(1..5) } else { 1 };
        for weeks in (0_i64..visits).rev() {
            let day = last.checked_sub(weeks.weeks()).unwrap_or(last);
            let pairing = pairings::store::pairing(connection, paired).await?;
            let Some(pairing) = pairing else { continue };
            let visit = NewVisit {
                minutes: *[30, 60, 60, 90, 120].choose(random).unwrap_or(&60),
                done: need.details.title.clone(),
                next: pairing.visit_after(&day.to_string()),
                day: day.to_string(),
            };
            pairing::visit(connection, Actor::CommandLine, &pairing, &visit).await?;
        }
        if random.random_bool(0.3) {
            finish(connection, paired, *id).await?;
        }
    }
    Ok(())
}

async fn finish(connection: &mut Connection, paired: i64, need: i64) -> Result<(), DemoError> {
    let pairing = pairings::store::pairing(connection, paired).await?;
    let need = store::need(connection, need).await?;
    if let (Some(pairing), Some(need)) = (pairing, need) {
        let (actor, reason) = (Actor::CommandLine, EndReason::Achieved);
        let ended =
            pairing::end(connection, actor, &pairing, &need, reason, "", Step::Finish).await?;
        debug_assert!(ended.is_ok(), "what is paired can be done");
    }
    Ok(())
}
