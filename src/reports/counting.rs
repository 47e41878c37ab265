//! Adding up around a change of many rows. The database's triggers (migration 0030) do it row by row;
//! here they rest meanwhile, what the members' parts come to is taken out before the change and put
//! back after it, and each sum is written once. The same reading proves the sums.

use std::collections::{HashMap, HashSet};

use serde_json::json;

use crate::activities::Area;
use crate::db::{Connection, Result};

/// How many members are read at once.
const BULK: usize = 2000;
/// How many sums wait to be written at most.
const WAITING: usize = 100_000;
/// In the place of a key: nothing is named.
const NONE: i64 = 0;

/// What is added up, as `part_sums.kind` has it.
const KINDS: [&str; 6] = ["all", "area", "committee", "street", "district", "skill"];
const ALL: usize = 0;
const AREA: usize = 1;
const COMMITTEE: usize = 2;
const STREET: usize = 3;
const DISTRICT: usize = 4;
const SKILL: usize = 5;

/// A sum's place: kind, half-year, key, branch and day; days as numbers (20260131).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Place {
    kind: usize,
    half: i64,
    key: i64,
    branch: i64,
    day: i64,
}

impl Place {
    fn key(&self) -> String {
        let areas = || Area::ALL.iter().zip(1_i64..).find(|(_, at)| *at == self.key);
        match (self.kind, self.key) {
            (_, NONE) => String::new(),
            (AREA, _) => areas().map_or_else(String::new, |(area, _)| area.name().to_owned()),
            (_, key) => key.to_string(),
        }
    }
}

/// Members, times, minutes; and the same of what is confirmed.
type Amounts = [i64; 6];

/// A member's live part, as it is read: member, branch, day, area, committee, sub-district, times,
/// minutes, whether it is confirmed.
type Part<'a> = (i64, i64, &'a str, &'a str, Option<i64>, Option<&'a str>, i64, i64, i64);

/// The sums while many rows are changed.
#[derive(Debug, Default)]
pub struct Counting {
    sums: HashMap<Place, Amounts>,
    /// Whose parts are taken out.
    out: HashSet<i64>,
}

impl Counting {
    /// Lets the triggers rest until [`Counting::resume`], in the same transaction.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn pause(connection: &mut Connection) -> Result<Self> {
        sqlx::query("UPDATE part_counting SET paused = 1").execute(connection).await?;
        Ok(Self::default())
    }

    /// Before a change: takes out what the parts of these members come to, unless it was before.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take_out(&mut self, connection: &mut Connection, members: &[i64]) -> Result<()> {
        let mut new: Vec<i64> =
            members.iter().copied().filter(|member| self.out.insert(*member)).collect();
        new.sort_unstable();
        self.read(connection, &new, -1).await
    }

    /// After all changes: puts back what the members' parts come to now, and lets the triggers work
    /// again.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn resume(mut self, connection: &mut Connection) -> Result<()> {
        let mut members: Vec<i64> = std::mem::take(&mut self.out).into_iter().collect();
        members.sort_unstable();
        self.read(connection, &members, 1).await?;
        self.write(connection).await?;
        sqlx::query("UPDATE part_counting SET paused = 0").execute(connection).await?;
        Ok(())
    }

    async fn read(
        &mut self,
        connection: &mut Connection,
        members: &[i64],
        sign: i64,
    ) -> Result<()> {
        for members in members.chunks(BULK) {
            self.read_some(connection, members, sign).await?;
            if self.sums.len() > WAITING {
                self.write(connection).await?;
            }
        }
        Ok(())
    }

    /// Adds what the parts of at most [`BULK`] members come to.
    async fn read_some(
        &mut self,
        connection: &mut Connection,
        members: &[i64],
        sign: i64,
    ) -> Result<()> {
        let (parts, skills): (String, String) = sqlx::query_as(
            "SELECT (SELECT json_group_array(json_array(
                              m.id, coalesce(m.branch_id, 0), p.day, p.area, a.committee_id,
                              c.street_code, p.times, p.minutes, p.confirmed))
                     FROM json_each($1) AS w
                     CROSS JOIN members AS m ON m.id = w.value
                     CROSS JOIN participations AS p ON p.member_id = m.id AND p.live = 1
                     CROSS JOIN activities AS a ON a.id = p.activity_id
                     LEFT JOIN committees AS c ON c.id = a.committee_id
                     WHERE m.removed_at IS NULL),
                    (SELECT json_group_array(json_array(x.member_id, x.skill_id))
                     FROM json_each($1) AS w
                     CROSS JOIN member_skills AS x ON x.member_id = w.value)",
        )
        .bind(json!(members).to_string())
        .fetch_one(connection)
        .await?;
        let wrong = |error: serde_json::Error| sqlx::Error::Decode(error.into());
        let parts: Vec<Part> = serde_json::from_str(&parts).map_err(wrong)?;
        let skills: Vec<(i64, i64)> = serde_json::from_str(&skills).map_err(wrong)?;
        let mut of: HashMap<i64, Vec<i64>> = HashMap::new();
        for (member, skill) in skills {
            of.entry(member).or_default().push(skill);
        }
        for parts in parts.chunk_by(|a, b| a.0 == b.0) {
            let skills = parts.first().and_then(|part| of.get(&part.0));
            self.add(parts, skills.map_or(&[NONE], Vec::as_slice), sign);
        }
        Ok(())
    }

    /// Adds what the parts of one member come to.
    fn add(&mut self, parts: &[Part], skills: &[i64], sign: i64) {
        let mut shares: HashMap<(usize, i64, i64), Share> = HashMap::new();
        for part in parts {
            let day = number(part.2);
            let half = half_of(day);
            let street = part.5.map_or(NONE, number);
            let area = Area::ALL.iter().zip(1_i64..).find(|(area, _)| area.name() == part.3);
            let keys = [
                (ALL, NONE),
                (AREA, area.map_or(NONE, |(_, at)| at)),
                (COMMITTEE, part.4.unwrap_or(NONE)),
                (STREET, street),
                (DISTRICT, street / 1000),
            ];
            for (kind, key) in keys.into_iter().chain(skills.iter().map(|skill| (SKILL, *skill))) {
                let share = shares.entry((kind, half, key)).or_default();
                share.add(if kind <= AREA { day } else { half }, part);
            }
        }
        let branch = parts.first().map_or(0, |part| part.1);
        for ((kind, half, key), share) in shares {
            for (day, amounts) in share.days() {
                let sum = self.sums.entry(Place { kind, half, key, branch, day }).or_default();
                for (sum, amount) in sum.iter_mut().zip(amounts) {
                    *sum += sign * amount;
                }
            }
        }
    }

    async fn write(&mut self, connection: &mut Connection) -> Result<()> {
        let mut sums: Vec<(Place, Amounts)> =
            self.sums.drain().filter(|(_, amounts)| *amounts != [0; 6]).collect();
        sums.sort_unstable();
        for sums in sums.chunks(BULK) {
            let rows: Vec<_> = sums
                .iter()
                .map(|(place, amounts)| {
                    let (half, day) = (text(place.half), text(place.day));
                    json!([KINDS[place.kind], half, place.key(), place.branch, day, amounts])
                })
                .collect();
            sqlx::query(
                "INSERT INTO part_sums
                 SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4,
                        value ->> '$[5][0]', value ->> '$[5][1]', value ->> '$[5][2]',
                        value ->> '$[5][3]', value ->> '$[5][4]', value ->> '$[5][5]'
                 FROM jsonb_each(jsonb($1))
                 WHERE true
                 ON CONFLICT DO UPDATE
                 SET members = members + excluded.members, times = times + excluded.times,
                     minutes = minutes + excluded.minutes,
                     confirmed_members = confirmed_members + excluded.confirmed_members,
                     confirmed_times = confirmed_times + excluded.confirmed_times,
                     confirmed_minutes = confirmed_minutes + excluded.confirmed_minutes",
            )
            .bind(json!(rows).to_string())
            .execute(&mut *connection)
            .await?;
        }
        Ok(())
    }
}

/// What one member adds to one key of a kind in a half-year, by day.
#[derive(Debug, Default)]
struct Share(Vec<(i64, Amounts)>);

impl Share {
    fn add(&mut self, day: i64, part: &Part) {
        let (times, minutes, confirmed) = (part.6, part.7, part.8);
        let at = match self.0.iter().position(|(of, _)| *of == day) {
            Some(at) => at,
            None => {
                self.0.push((day, [0; 6]));
                self.0.len() - 1
            }
        };
        let Some((_, amounts)) = self.0.get_mut(at) else { return };
        let sums = [1, times, minutes, confirmed, confirmed * times, confirmed * minutes];
        for (amount, sum) in amounts.iter_mut().zip(sums) {
            *amount += sum;
        }
    }

    /// Each day with its amounts; the member is counted on the first, and on the first that holds
    /// anything confirmed.
    fn days(mut self) -> impl Iterator<Item = (i64, Amounts)> {
        self.0.sort_unstable();
        let (mut first, mut first_confirmed) = (true, true);
        self.0.into_iter().map(move |(day, mut amounts)| {
            let confirmed = amounts[3] > 0;
            amounts[0] = i64::from(std::mem::take(&mut first));
            amounts[3] = i64::from(confirmed && std::mem::replace(&mut first_confirmed, false));
            (day, amounts)
        })
    }
}

/// The digits of a day (2026-01-31) or of a code as a number.
fn number(text: &str) -> i64 {
    text.bytes().filter(u8::is_ascii_digit).fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0'))
}

/// Such a day as text.
fn text(day: i64) -> String {
    format!("{:04}-{:02}-{:02}", day / 10_000, day / 100 % 100, day % 100)
}

/// The first day of the half-year in which a day lies.
fn half_of(day: i64) -> i64 {
    let month = if day / 100 % 100 < 7 { 1 } else { 7 };
    day / 10_000 * 10_000 + month * 100 + 1
}

/// The sums that are not what the parts of all members add up to: kind, half-year and key of each.
///
/// # Errors
/// When the database fails.
pub async fn differing(connection: &mut Connection) -> Result<Vec<[String; 3]>> {
    let mut counted = Counting::default();
    let mut after = 0;
    loop {
        let members: Vec<i64> =
            sqlx::query_scalar("SELECT id FROM members WHERE id > $1 ORDER BY id LIMIT $2")
                .bind(after)
                .bind(i64::try_from(BULK).unwrap_or(i64::MAX))
                .fetch_all(&mut *connection)
                .await?;
        let Some(last) = members.last() else { break };
        after = *last;
        counted.read_some(connection, &members, 1).await?;
    }
    type Row = (String, String, String, i64, String, i64, i64, i64, i64, i64, i64);
    let kept: Vec<Row> = sqlx::query_as(
        "SELECT kind, half, key, branch_id, day, members, times, minutes, confirmed_members,
                confirmed_times, confirmed_minutes
         FROM part_sums",
    )
    .fetch_all(&mut *connection)
    .await?;
    let mut differing: Vec<[String; 3]> = Vec::new();
    for row in kept {
        let (kind, half, key, branch, day) = (row.0, row.1, row.2, row.3, row.4);
        let area = Area::ALL.iter().zip(1_i64..).find(|(area, _)| area.name() == key);
        let place = Place {
            kind: KINDS.iter().position(|name| *name == kind).unwrap_or(ALL),
            half: number(&half),
            key: area.map_or_else(|| number(&key), |(_, at)| at),
            branch,
            day: number(&day),
        };
        let is = [row.5, row.6, row.7, row.8, row.9, row.10];
        if counted.sums.remove(&place).unwrap_or_default() != is {
            differing.push([kind, half, key]);
        }
    }
    let lacking = counted.sums.into_iter().filter(|(_, amounts)| *amounts != [0; 6]);
    differing.extend(
        lacking.map(|(place, _)| [KINDS[place.kind].to_owned(), text(place.half), place.key()]),
    );
    differing.extend(halves_differing(connection).await?);
    differing.sort_unstable();
    differing.dedup();
    Ok(differing)
}

/// The sums of half-years that are not what their days add up to: kind, half-year and key of each.
async fn halves_differing(connection: &mut Connection) -> Result<Vec<[String; 3]>> {
    let differing: Vec<(String, String, String)> = sqlx::query_as(
        "SELECT kind, half, key
         FROM (SELECT kind, half, key, branch_id, members, times, minutes, confirmed_members,
                      confirmed_times, confirmed_minutes
               FROM half_sums
               UNION ALL
               SELECT kind, half, key, branch_id, -members, -times, -minutes, -confirmed_members,
                      -confirmed_times, -confirmed_minutes
               FROM part_sums
               WHERE kind IN ('all', 'area'))
         GROUP BY kind, half, key, branch_id
         HAVING sum(members) <> 0 OR sum(times) <> 0 OR sum(minutes) <> 0
             OR sum(confirmed_members) <> 0 OR sum(confirmed_times) <> 0
             OR sum(confirmed_minutes) <> 0",
    )
    .fetch_all(connection)
    .await?;
    Ok(differing.into_iter().map(|(kind, half, key)| [kind, half, key]).collect())
}
