//! Where the members live, by district, sub-district and committee: as a picture, and as a table
//! with the same figures. Each part leads to the level below it, each figure to its list.

use super::treemap::{self, Area, Block, Told};
use crate::committees;
use crate::db::{self, Connection};
use crate::lang::Value;
use crate::members::spread::{self, Share};
use crate::web::{Page, Scope};

/// Where the reader looks.
pub(super) enum Level {
    /// At all districts.
    City,
    /// Into a district.
    District { code: String, name: String },
    /// Into a sub-district.
    Street { code: String, name: String, district: Link },
}

/// A word that leads somewhere.
#[derive(Debug, Clone, Default)]
pub(super) struct Link {
    pub url: String,
    pub text: String,
}

/// A row of the table.
#[derive(Debug)]
pub(super) struct Bar {
    pub name: Link,
    pub count: Link,
    /// Of the longest, 0 to 100.
    pub percent: i64,
}

/// What the page shows.
#[derive(Debug)]
pub(super) struct Spread {
    /// The wider levels.
    pub above: Vec<Link>,
    /// The area that is shown, and the list of all who live in it; empty for the whole city.
    pub here: Link,
    pub here_count: String,
    /// What the parts are.
    pub column: &'static str,
    /// The picture, and its width and height.
    pub blocks: Vec<Block>,
    pub size: (i64, i64),
    pub bars: Vec<Bar>,
}

impl Level {
    /// The level of these codes; what is no area is the whole city.
    pub(super) async fn of(
        connection: &mut Connection,
        district: &str,
        street: &str,
    ) -> db::Result<Self> {
        if street.len() == 9
            && let Some(name) = committees::area_store::area(connection, street).await?
            && let Some(of) = street.get(..6)
            && let Some(text) = committees::area_store::area(connection, of).await?
        {
            let district = Link { url: district_url(of), text };
            return Ok(Self::Street { code: street.to_owned(), name, district });
        }
        if district.len() == 6
            && let Some(name) = committees::area_store::area(connection, district).await?
        {
            return Ok(Self::District { code: district.to_owned(), name });
        }
        Ok(Self::City)
    }
}

fn district_url(code: &str) -> String {
    format!("/?district={code}")
}

fn street_url(code: &str) -> String {
    format!("/?street={code}")
}

fn list_url(property: &str, code: &str) -> String {
    format!("/members?{property}={code}")
}

/// The members in the viewer's scope, as this level shows them.
pub(super) async fn spread(
    connection: &mut Connection,
    page: &Page,
    scope: &Scope,
    level: &Level,
) -> db::Result<Spread> {
    let shares = match level {
        Level::City => spread::by_street(connection, scope, "").await?,
        Level::District { code, .. } | Level::Street { code, .. } => {
            spread::by_committee(connection, scope, code).await?
        }
    };
    let total: i64 = shares.iter().map(|share| share.members).sum();
    let area_url = |code: &str| match level {
        Level::City => district_url(code),
        Level::District { .. } | Level::Street { .. } => street_url(code),
    };
    let areas = grouped(page, shares, area_url);
    let told = |share: &Share| Told {
        url: match level {
            Level::City => street_url(&share.code),
            Level::District { .. } | Level::Street { .. } => list_url("committee", &share.code),
        },
        title: title(page, &share.name, share.members),
        count: page.number(&share.members),
    };
    let all = Link { url: "/".to_owned(), text: page.t("desk-everywhere").to_owned() };
    let (above, here, column) = match level {
        Level::City => (Vec::new(), Link::default(), "members-facet-district"),
        Level::District { code, name } => (
            vec![all],
            Link { url: list_url("district", code), text: name.clone() },
            "members-facet-street",
        ),
        Level::Street { code, name, district } => (
            vec![all, district.clone()],
            Link { url: list_url("street", code), text: name.clone() },
            "layout-committees",
        ),
    };
    let rows: Vec<(Link, String, i64)> = match level {
        Level::City | Level::District { .. } => areas
            .iter()
            .map(|area| {
                let property = if area.code.len() == 6 { "district" } else { "street" };
                let name = Link { url: area.url.clone(), text: area.name.clone() };
                (name, list_url(property, &area.code), area.members)
            })
            .collect(),
        Level::Street { .. } => areas
            .iter()
            .flat_map(|area| &area.parts)
            .map(|share| {
                let url = format!("/committees/{}", share.code);
                let name = Link { url, text: share.name.clone() };
                (name, list_url("committee", &share.code), share.members)
            })
            .collect(),
    };
    let most = rows.first().map_or(1, |row| row.2).max(1);
    let bars: Vec<Bar> = rows
        .into_iter()
        .map(|(name, list, members)| bar(page, name, list, members, most))
        .collect();
    // Nearly as high as the table beside it.
    let rows = i64::try_from(bars.len()).unwrap_or(i64::MAX);
    let height = rows.saturating_mul(33).clamp(420, 900);
    Ok(Spread {
        above,
        here,
        here_count: page.t1("members-count", "count", total),
        column: page.t(column),
        blocks: treemap::draw(&areas, height, told),
        size: (treemap::WIDTH, height),
        bars,
    })
}

/// A row: its name, and its number with the list that it counts.
pub(super) fn bar(page: &Page, name: Link, list: String, members: i64, most: i64) -> Bar {
    Bar {
        name,
        count: Link { url: list, text: page.number(&members) },
        percent: (members * 100 / most.max(1)).clamp(i64::from(members > 0), 100),
    }
}

fn title(page: &Page, name: &str, members: i64) -> String {
    let arguments = [("name", Value::from(name)), ("count", Value::from(members))];
    page.language().text_with("desk-share", &arguments)
}

/// The areas with their parts, both the largest first.
fn grouped(page: &Page, shares: Vec<Share>, url: impl Fn(&str) -> String) -> Vec<Area> {
    let mut areas: Vec<Area> = Vec::new();
    for share in shares {
        match areas.last_mut() {
            Some(area) if area.code == share.area_code => area.parts.push(share),
            _ => areas.push(Area {
                code: share.area_code.clone(),
                name: share.area.clone(),
                url: url(&share.area_code),
                title: String::new(),
                members: 0,
                parts: vec![share],
            }),
        }
    }
    for area in &mut areas {
        area.members = area.parts.iter().map(|part| part.members).sum();
        area.title = title(page, &area.name, area.members);
        area.parts.sort_by_key(|part| -part.members);
    }
    areas.sort_by_key(|area| -area.members);
    areas
}
