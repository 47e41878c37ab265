//! The figures of what members took part in.

use std::collections::HashMap;

use super::figure::{Cell, Figure, Row};
use super::query::{HALVES, activities_url, until};
use super::sums::{self, By, KeySum, Sum};
use crate::activities::{Area, HalfYear};
use crate::committees;
use crate::db::{Connection, Result};
use crate::lists::{self, List};
use crate::text::collation_key;
use crate::web::{Page, Scope};

/// Of which half-years, for whom.
pub(super) struct Asked<'a> {
    pub page: &'a Page,
    pub scope: &'a Scope,
    /// The half-years that are set side by side.
    pub halves: &'a [HalfYear],
}

const MEASURES: [&str; 3] = ["goals-members", "goals-times", "goals-hours"];

impl Asked<'_> {
    fn figure(&self, id: &'static str, title: &'static str, first: &'static str) -> Figure {
        Figure {
            id,
            title: self.page.t(title),
            first: self.page.t(first),
            measures: MEASURES.iter().map(|key| self.page.t(key)).collect(),
            one_scale: false,
            sides: self.halves.iter().map(|half| half.words(self.page.language())).collect(),
            rows: Vec::new(),
            left_out: Vec::new(),
        }
    }

    /// A row: a sum for each half-year, and the list behind each.
    fn row(
        &self,
        name: String,
        url: String,
        sums: &[Sum],
        list: impl Fn(HalfYear) -> String,
    ) -> Row {
        let mut cells = vec![Vec::new(), Vec::new(), Vec::new()];
        for (half, sum) in self.halves.iter().zip(sums) {
            let told = Cell::of_sum(self.page, sum, &list(*half));
            for (cells, cell) in cells.iter_mut().zip(told) {
                cells.push(cell);
            }
        }
        Row { name, url, cells }
    }

    /// What is planned in these half-years, and left out.
    async fn planned(&self, connection: &mut Connection) -> Result<Vec<String>> {
        let mut left_out = Vec::new();
        for half in self.halves {
            let branches = self.scope.branches();
            let times = sums::planned(connection, *half, &until(*half), branches).await?;
            if times > 0 {
                left_out.push(self.page.t1("reports-planned", "times", times));
            }
        }
        Ok(left_out)
    }

    /// The sums by a place or skill, for each half-year.
    async fn by(
        &self,
        connection: &mut Connection,
        by: By,
        keys: Option<&[String]>,
    ) -> Result<HashMap<String, Vec<Sum>>> {
        let mut sums: HashMap<String, Vec<Sum>> = HashMap::new();
        for (at, half) in self.halves.iter().enumerate() {
            let branches = self.scope.branches();
            for KeySum { key, sum } in
                sums::by(connection, by, keys, *half, &until(*half), branches).await?
            {
                let of = sums.entry(key).or_insert_with(|| vec![Sum::default(); self.halves.len()]);
                if let Some(place) = of.get_mut(at) {
                    *place = sum;
                }
            }
        }
        Ok(sums)
    }
}

/// What was done in each of the latest half-years until one.
pub(super) async fn over_time(
    connection: &mut Connection,
    page: &Page,
    scope: &Scope,
    last: HalfYear,
) -> Result<Figure> {
    let mut halves = vec![last];
    while let (Some(half), true) = (halves.last().copied(), halves.len() < HALVES) {
        halves.push(half.before());
    }
    let of_first = halves.last().copied().unwrap_or(last);
    let branches = scope.branches();
    let sums = sums::over_time(connection, (of_first, last), &until(last), branches).await?;
    let alone = Asked { page, scope, halves: &[last] };
    let mut figure = alone.figure("time", "reports-time", "activities-half");
    figure.sides = vec![String::new()];
    for half in halves {
        let sum = sums.iter().find(|sum| sum.key == half.first_day());
        let sum = sum.map(|sum| sum.sum).unwrap_or_default();
        let of = Asked { page, scope, halves: &[half] };
        let name = half.words(page.language());
        figure.rows.push(of.row(name, String::new(), &[sum], |half| activities_url(half, &[])));
    }
    figure.without_the_empty_past();
    figure.left_out = alone.planned(connection).await?;
    figure.left_out.push(page.t("reports-removed").to_owned());
    Ok(figure)
}

/// By area, and by branch: both are read at once.
pub(super) async fn by_area_and_branch(
    connection: &mut Connection,
    asked: &Asked<'_>,
) -> Result<[Figure; 2]> {
    let page = asked.page;
    let mut areas: HashMap<String, Vec<Sum>> = HashMap::new();
    let mut branches: HashMap<i64, Vec<Sum>> = HashMap::new();
    let none = || vec![Sum::default(); asked.halves.len()];
    for (at, half) in asked.halves.iter().enumerate() {
        let scope = asked.scope.branches();
        for sum in sums::of_branches(connection, *half, &until(*half), true, scope).await? {
            let of = if sum.area.is_empty() {
                branches.entry(sum.branch).or_insert_with(none)
            } else {
                areas.entry(sum.area).or_insert_with(none)
            };
            if let Some(of) = of.get_mut(at) {
                of.add(&sum.sum);
            }
        }
    }
    let mut by_area = asked.figure("areas", "reports-areas", "activities-area");
    for area in Area::ALL {
        let sums = areas.remove(area.name()).unwrap_or_else(none);
        let list = |half| activities_url(half, &[("area", area.name())]);
        let name = page.t(area.key()).to_owned();
        by_area.rows.push(asked.row(name, String::new(), &sums, list));
    }
    by_area.left_out = vec![page.t("reports-several-areas").to_owned()];
    let mut by_branch = asked.figure("branches", "reports-branches", "members-branch");
    for (id, name) in lists::names(connection, List::Branches).await? {
        if !asked.scope.covers(Some(id)) {
            continue;
        }
        let sums = branches.remove(&id).unwrap_or_else(none);
        let branch = id.to_string();
        let list = |half| activities_url(half, &[("branch", &branch)]);
        let url = format!("/branches/{id}/activities");
        by_branch.rows.push(asked.row(name, url, &sums, list));
    }
    if let Some(sums) = branches.remove(&0) {
        let name = page.t("reports-no-branch").to_owned();
        by_branch.rows.push(asked.row(name, String::new(), &sums, |_| String::new()));
    }
    by_branch.left_out = asked.planned(connection).await?;
    Ok([by_area, by_branch])
}

/// By district, or by the parts of one: sub-districts, or committees. `url` is the report of a
/// narrower place.
pub(super) async fn by_place(
    connection: &mut Connection,
    asked: &Asked<'_>,
    place: &str,
    url: impl Fn(&str) -> String,
) -> Result<Figure> {
    let page = asked.page;
    let (by, first, places) = match place.len() {
        6 => (By::Street, "members-facet-street", areas_of(connection, place).await?),
        9 => {
            let committees = committees::store::committees_of(connection, place).await?;
            let named = committees.into_iter().map(|line| (line.id.to_string(), line.name));
            (By::Committee, "members-committee", named.collect())
        }
        _ => (By::District, "members-facet-district", areas_of(connection, "").await?),
    };
    let mut places: Vec<(String, String)> = places;
    places.sort_by_cached_key(|(_, name)| collation_key(name));
    let keys: Vec<String> =
        places.iter().map(|(key, _)| key.clone()).chain([String::new()]).collect();
    let mut sums = asked.by(connection, by, Some(&keys)).await?;
    let mut figure = asked.figure("places", "reports-places", first);
    let unsettled = sums.remove("");
    let mut without = 0_i64;
    for (key, name) in places {
        let Some(sums) = sums.remove(&key) else {
            without += 1;
            continue;
        };
        let filter = if by == By::Committee { "committee_id" } else { "place" };
        let list = |half| activities_url(half, &[(filter, &key)]);
        let opens = match by {
            By::Committee => format!("/committees/{key}/activities"),
            _ => url(&key),
        };
        figure.rows.push(asked.row(name, opens, &sums, list));
    }
    figure.left_out = asked.planned(connection).await?;
    if without > 0 {
        figure.left_out.push(page.t1("reports-places-without", "count", without));
    }
    if by == By::District {
        let times: i64 = unsettled.iter().flatten().map(|sum| sum.times).sum();
        if times > 0 {
            figure.left_out.push(page.t1("reports-unsettled", "times", times));
        }
    }
    figure.left_out.push(page.t("reports-several-places").to_owned());
    Ok(figure)
}

async fn areas_of(connection: &mut Connection, district: &str) -> Result<Vec<(String, String)>> {
    let areas = if district.is_empty() {
        committees::area_store::districts(connection).await?
    } else {
        committees::area_store::streets(connection, district).await?
    };
    Ok(areas.into_iter().map(|area| (area.code, area.name)).collect())
}

/// By the skills of whoever took part.
pub(super) async fn by_skill(connection: &mut Connection, asked: &Asked<'_>) -> Result<Figure> {
    let page = asked.page;
    let mut sums = asked.by(connection, By::Skill, None).await?;
    let mut figure = asked.figure("skills", "reports-skills", "members-facet-skill");
    for (id, name) in lists::names(connection, List::Skills).await? {
        let key = id.to_string();
        let Some(sums) = sums.remove(&key) else { continue };
        let list = |half| activities_url(half, &[("skill", &key)]);
        figure.rows.push(asked.row(name, format!("/members?skill={id}"), &sums, list));
    }
    figure.left_out = asked.planned(connection).await?;
    let none = sums.remove("").unwrap_or_default();
    let members: i64 = none.iter().map(|sum| sum.members).max().unwrap_or_default();
    if members > 0 {
        figure.left_out.push(page.t1("reports-no-skill", "members", members));
    }
    figure.left_out.push(page.t("reports-several-skills").to_owned());
    Ok(figure)
}
