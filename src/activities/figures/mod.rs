//! What was done, seen from a member, a committee and a branch: lines and sums by half-year and area.
//! Nothing here puts one person above another.

mod pages;
mod sheet_pages;
pub mod store;

pub(super) use pages::own_member;

use std::collections::BTreeMap;

use super::{Area, HalfYear, hours};
use crate::web::{Page, Routes};
use store::Sum;

pub(super) fn routes(routes: Routes) -> Routes {
    sheet_pages::routes(pages::routes(routes))
}

/// The sums of a half-year, in words: all areas, then each in which anything was done.
#[derive(Debug)]
pub(super) struct HalfRows {
    /// The half-year.
    pub half: String,
    /// All areas first.
    pub rows: Vec<SumRow>,
}

/// A sum in words.
#[derive(Debug)]
pub(super) struct SumRow {
    /// The area, or all of them.
    pub area: &'static str,
    /// How many members took part.
    pub members: String,
    /// How often.
    pub times: String,
    /// How long, in hours.
    pub hours: String,
}

impl SumRow {
    fn of(page: &Page, area: &'static str, sum: &Sum) -> Self {
        let hours = hours(sum.minutes);
        Self {
            area,
            members: page.number(&sum.members),
            times: page.number(&sum.times),
            hours: if hours.is_empty() { "0".to_owned() } else { hours },
        }
    }
}

/// Sums by half-year, the latest first; `whole` are those of all areas together.
pub(super) fn by_half(page: &Page, whole: &[Sum], by_area: &[Sum]) -> Vec<HalfRows> {
    let mut halves: BTreeMap<&str, Vec<SumRow>> = BTreeMap::new();
    for sum in whole {
        let row = SumRow::of(page, page.t("activities-all-areas"), sum);
        halves.entry(&sum.half).or_default().push(row);
    }
    for area in Area::ALL {
        for sum in by_area.iter().filter(|sum| sum.area == area.name()) {
            let row = SumRow::of(page, page.t(area.key()), sum);
            halves.entry(&sum.half).or_default().push(row);
        }
    }
    let words = |half: &str| {
        HalfYear::parse(half).map_or_else(String::new, |half| half.words(page.language()))
    };
    let halves = halves.into_iter().rev();
    halves.map(|(half, rows)| HalfRows { half: words(half), rows }).collect()
}
