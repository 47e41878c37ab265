//! Who could serve a need, and which needs a member could serve: gathered from the search indexes
//! in widening circles, never more than can be ranked at once.

use std::collections::{HashMap, HashSet};

use serde_json::json;
use sqlx::FromRow;

use super::matching::{Distance, Fit, SkillFit, TimeFit, rank};
use super::settings::Weights;
use super::store::{self, NeedLine};
use super::{Need, Times, search};
use crate::db::{Connection, Result};
use crate::members::search::{self as members, Lines, Order};
use crate::text::{Filter, MatchExpression, match_any};
use crate::web::Scope;

/// How many of a circle are looked at.
const OF_A_CIRCLE: i64 = 32;
/// With so many, no wider circle is asked.
const ENOUGH: usize = 36;
/// How many are shown.
pub const SHOWN: usize = 12;
/// How many needs of a district are looked at.
const NEEDS_LOOKED_AT: i64 = 400;

/// Where a need lies.
#[derive(Debug, Clone, FromRow)]
pub struct Lies {
    /// The sub-district's 9 digits.
    pub street_code: String,
    /// The district's 6 digits.
    pub district_code: String,
}

/// Where a committee lies.
///
/// # Errors
/// When the database fails.
pub async fn lies(connection: &mut Connection, committee: i64) -> Result<Option<Lies>> {
    sqlx::query_as(
        "SELECT c.street_code, s.district_code
         FROM committees AS c
         JOIN streets AS s ON s.code = c.street_code
         WHERE c.id = $1",
    )
    .bind(committee)
    .fetch_optional(connection)
    .await
}

/// A member who could serve a need.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// `members.id`.
    pub id: i64,
    /// The name.
    pub name: String,
    /// The home or host committee's name.
    pub committee: String,
    /// All skills, by name.
    pub skills: Vec<String>,
}

/// When a member can help, and how many needs they serve.
#[derive(Debug, Clone, Copy, Default, FromRow)]
struct Engaged {
    id: i64,
    times: i64,
    serves: i64,
}

/// The members who fit a need best, within a scope; those who serve it already are left out. Only
/// members who stand to be known are ever suggested.
///
/// # Errors
/// When the database fails.
pub async fn members_for(
    connection: &mut Connection,
    need: &Need,
    scope: &Scope,
    weights: &Weights,
) -> Result<Vec<(Fit, Candidate)>> {
    let details = &need.details;
    let Some(lies) = lies(connection, details.committee).await? else { return Ok(Vec::new()) };
    let related = store::related(connection, &details.skills).await?;
    let spread = start_for(connection, need.id).await?;
    let mut found: Vec<(SkillFit, Distance, Candidate)> = Vec::new();
    let circles = [
        (Distance::Committee, Filter::Committee(details.committee)),
        (Distance::Street, Filter::Street(lies.street_code)),
        (Distance::District, Filter::District(lies.district_code)),
    ];
    let asked = if details.skills.is_empty() { SkillFit::NotAsked } else { SkillFit::Same };
    let mut all: HashSet<i64> = HashSet::new();
    for (distance, place) in circles {
        // Those of a committee are mostly few enough to be read from the beginning to the end.
        let start = if distance == Distance::Committee { None } else { Some(spread) };
        for (fit, skills) in [(asked, &details.skills), (SkillFit::Related, &related)] {
            if (fit == SkillFit::Related && skills.is_empty()) || found.len() >= ENOUGH {
                continue;
            }
            let skills: Vec<Filter> = skills.iter().map(|id| Filter::Skill(*id)).collect();
            let place = std::slice::from_ref(&place);
            let expression = match_any(place, &skills, scope.branches());
            for lines in circle(connection, &expression, start).await? {
                // Nearly all agreed: they are passed over here, not looked up in the index.
                for line in lines.read()?.into_iter().filter(|line| line.agreed == 1) {
                    if all.insert(line.id) {
                        let text = |text: &members::Text<'_>| text.as_str().to_owned();
                        let candidate = Candidate {
                            id: line.id,
                            name: text(&line.name),
                            committee: line.committee.as_ref().map_or_else(String::new, text),
                            skills: line.skills.iter().map(text).collect(),
                        };
                        found.push((fit, distance, candidate));
                    }
                }
            }
        }
    }
    let ids: Vec<i64> = found.iter().map(|(.., candidate)| candidate.id).collect();
    let engaged = engaged(connection, &ids, need.id).await?;
    let mut ranked: Vec<(Fit, Candidate)> = found
        .into_iter()
        .filter_map(|(skill, distance, candidate)| {
            // Who is missing there serves this need already.
            let Engaged { times, serves, .. } = *engaged.get(&candidate.id)?;
            let time = TimeFit::of(details.times, Times::from_bits(times));
            Some((Fit { skill, distance, time, serves }, candidate))
        })
        .collect();
    rank(&mut ranked, weights);
    ranked.truncate(SHOWN);
    Ok(ranked)
}

/// A place of the phone book that differs from need to need, so that in a wide circle not the
/// same members are found for every need.
async fn start_for(connection: &mut Connection, need: i64) -> Result<i64> {
    let spread = (need.unsigned_abs().wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 33).cast_signed();
    let key: Option<i64> = sqlx::query_scalar(
        "SELECT sort_key
         FROM members
         WHERE id >= $1 % (SELECT coalesce(max(id), 0) + 1 FROM members)
         ORDER BY id
         LIMIT 1",
    )
    .bind(spread)
    .fetch_optional(connection)
    .await?;
    Ok(key.unwrap_or(-1))
}

/// Some members of a circle, from a place of the phone book on and around its end.
async fn circle(
    connection: &mut Connection,
    expression: &MatchExpression,
    start: Option<i64>,
) -> Result<Vec<Lines>> {
    let first = members::lines(connection, expression, Order::Name, start, OF_A_CIRCLE).await?;
    let missing = OF_A_CIRCLE - i64::try_from(first.len()).unwrap_or(OF_A_CIRCLE);
    if missing <= 0 || start.is_none() {
        return Ok(vec![first]);
    }
    let rest = members::lines(connection, expression, Order::Name, None, missing).await?;
    Ok(vec![first, rest])
}

/// When these members can help, and how many needs each serves at present; without those who
/// serve this need.
async fn engaged(
    connection: &mut Connection,
    ids: &[i64],
    need: i64,
) -> Result<HashMap<i64, Engaged>> {
    let engaged: Vec<Engaged> = sqlx::query_as(
        "SELECT wanted.value AS id, coalesce(t.times, 0) AS times,
                (SELECT count(*)
                 FROM pairing_members AS x JOIN pairings AS p ON p.id = x.pairing_id
                 WHERE x.member_id IN (SELECT id FROM members
                                       WHERE id = wanted.value OR merged_into = wanted.value)
                   AND p.ended_at IS NULL) AS serves
         FROM json_each($1) AS wanted
         LEFT JOIN member_times AS t ON t.member_id = wanted.value
         WHERE NOT EXISTS (SELECT 1
                           FROM pairings AS p JOIN pairing_members AS x ON x.pairing_id = p.id
                           WHERE p.need_id = $2 AND p.ended_at IS NULL
                             AND x.member_id IN (SELECT id FROM members
                                                 WHERE id = wanted.value
                                                    OR merged_into = wanted.value))",
    )
    .bind(json!(ids).to_string())
    .bind(need)
    .fetch_all(connection)
    .await?;
    Ok(engaged.into_iter().map(|engaged| (engaged.id, engaged)).collect())
}

/// Where a member could help from, and what they can do.
#[derive(Debug, Clone)]
pub struct Helper {
    /// The home or host committee.
    pub committee: i64,
    /// `skills.id`.
    pub skills: Vec<i64>,
    /// When, if they said so.
    pub times: Times,
}

/// The open needs near a member that they could serve, the best fitting first.
///
/// # Errors
/// When the database fails.
pub async fn needs_for(
    connection: &mut Connection,
    helper: &Helper,
    weights: &Weights,
) -> Result<Vec<(Fit, NeedLine)>> {
    let Some(lies) = lies(connection, helper.committee).await? else { return Ok(Vec::new()) };
    let related = store::related(connection, &helper.skills).await?;
    let mut skills: Vec<Filter> =
        helper.skills.iter().chain(&related).map(|id| Filter::Skill(*id)).collect();
    skills.push(search::ANYONE);
    let within = [Filter::District(lies.district_code)];
    let expression = match_any(&within, &skills, None);
    let lines = search::open(connection, &expression, NEEDS_LOOKED_AT).await?;
    let mut ranked: Vec<(Fit, NeedLine)> = lines
        .into_iter()
        .map(|line| {
            let asked: Vec<i64> = serde_json::from_str(&line.skill_ids).unwrap_or_default();
            let same = asked.iter().any(|id| helper.skills.contains(id));
            let distance = if line.committee_id == helper.committee {
                Distance::Committee
            } else if line.street_code == lies.street_code {
                Distance::Street
            } else {
                Distance::District
            };
            let fit = Fit {
                skill: match (same, asked.is_empty()) {
                    (true, _) => SkillFit::Same,
                    (false, true) => SkillFit::NotAsked,
                    (false, false) => SkillFit::Related,
                },
                distance,
                time: TimeFit::of(Times::from_bits(line.times), helper.times),
                serves: 0,
            };
            (fit, line)
        })
        .collect();
    rank(&mut ranked, weights);
    ranked.truncate(SHOWN);
    Ok(ranked)
}
