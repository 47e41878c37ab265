//! Address rules 地址对照: which lanes and numbers of a road belong to which committee. They suggest
//! the committee for an address; a person confirms it.

mod columns;
mod contradictions;
mod export;
mod form;
pub mod import;
mod import_pages;
mod pages;
mod queue_pages;
pub mod store;
mod stretch;
pub mod suggest;
mod try_pages;
mod unattached;
mod unattached_pages;
mod unattached_settle_pages;
mod unattached_store;

pub use unattached_pages::{SetUp, of_member as set_up_for};

pub use stretch::{Parity, Stretch, Unit};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::committees::CommitteeLine;
use crate::lang::Message;
use crate::text::{Address, normalize};
use crate::web::Routes;

/// The routes of this feature.
pub fn routes(routes: Routes) -> Routes {
    let routes = import_pages::routes(pages::routes(routes));
    let routes = queue_pages::routes(try_pages::routes(routes));
    unattached_settle_pages::routes(unattached_pages::routes(routes))
}

/// The longest name of a road, in characters.
pub const LONGEST_ROAD: u32 = 40;

/// A road, estate or village by its bare name, as an address taken apart has it (四平路).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Road(String);

impl Road {
    /// Reads a road's name; what lies above it (city, district, sub-district) is dropped, since
    /// addresses are taken apart without it.
    ///
    /// # Errors
    /// A message for the field.
    pub fn parse(typed: &str) -> Result<Self, Message> {
        let name = normalize(typed);
        if name.is_empty() {
            return Err(Message::new("form-required"));
        }
        if name.contains(|c: char| c.is_ascii_digit()) {
            return Err(Message::new("addresses-road-digits"));
        }
        let road = Address::parse(&name).road;
        if road.chars().count() > LONGEST_ROAD as usize {
            return Err(Message::new("form-too-long").with("limit", LONGEST_ROAD));
        }
        Ok(Self(road))
    }

    /// Its name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The day from which a rule holds; without one it always has.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct ValidFrom(String);

impl ValidFrom {
    /// Reads a day as people and spreadsheets write it (`2026-01-31`, `2026/1/31`, `2026年1月31日`);
    /// an empty field is always.
    ///
    /// # Errors
    /// A message for the field.
    pub fn parse(typed: &str) -> Result<Self, Message> {
        let typed = normalize(typed);
        if typed.is_empty() {
            return Ok(Self::default());
        }
        let mut parts = typed.trim_end_matches(['日', '号']).split(['-', '/', '.', '年', '月']);
        let mut next = || parts.next().and_then(|part| part.trim().parse::<i16>().ok());
        let (year, month, day) = (next(), next(), next());
        let small = |number: Option<i16>| number.and_then(|number| i8::try_from(number).ok());
        let day = match (year, small(month), small(day), parts.next()) {
            (Some(year), Some(month), Some(day), None) if year >= 1000 => {
                Date::new(year, month, day).ok()
            }
            _ => None,
        };
        day.map(|day| Self(day.to_string())).ok_or_else(|| Message::new("addresses-day-shape"))
    }

    /// `2026-01-31`, or empty for always.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a rule holds on this day.
    pub fn has_begun(&self, today: &str) -> bool {
        self.0.as_str() <= today
    }
}

/// Today, where the machine stands (`2026-01-31`).
pub fn today() -> String {
    Timestamp::now().to_zoned_datetime(TimeZone::system()).date().to_string()
}

/// What a rule says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleDetails {
    /// The road.
    pub road: Road,
    /// Which of its lanes or houses.
    pub stretch: Stretch,
    /// The committee that they belong to (`committees.id`).
    pub committee: i64,
    /// From when on.
    pub valid_from: ValidFrom,
}

impl RuleDetails {
    fn rank(&self) -> (&ValidFrom, bool) {
        (&self.valid_from, self.stretch.is_inside_lane())
    }
}

/// A rule as the office keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// `address_rules.id`.
    pub id: i64,
    /// The road.
    pub road: Road,
    /// Which of its lanes or houses.
    pub stretch: Stretch,
    /// The committee that they belong to.
    pub committee: CommitteeLine,
    /// From when on.
    pub valid_from: ValidFrom,
    /// Counts the changes.
    pub version: i64,
    /// When it was put into the bin.
    pub removed_at: Option<String>,
}

impl Rule {
    /// Road and numbers, as an address has them (四平路180-220弄).
    pub fn place(&self) -> String {
        format!("{}{}", self.road.as_str(), self.stretch.numbers())
    }

    /// Whether both could be asked for one address and name different committees.
    fn differs_on(&self, details: &RuleDetails) -> bool {
        self.road == details.road
            && self.committee.id != details.committee
            && self.stretch.overlaps(&details.stretch)
    }

    /// Whether the address says that it lies in another district or sub-district: several
    /// districts may have a road of one name.
    fn is_elsewhere(&self, address: &Address) -> bool {
        let area = address.area.as_str();
        let CommitteeLine { street, district, .. } = &self.committee;
        area.contains(['区', '县', '镇', '乡', '道'])
            && !area.contains(street.as_str())
            && !area.contains(district.as_str())
    }

    /// What decides between rules that fit: the later day, and of one day houses in a lane
    /// before the lane.
    fn rank(&self) -> (&ValidFrom, bool) {
        (&self.valid_from, self.stretch.is_inside_lane())
    }
}

/// The rules of the address's road that fit it and hold on this day, those that win first. Where
/// some lie in the district or sub-district that the address names, only these.
pub fn fitting<'r>(rules: &'r [Rule], address: &Address, today: &str) -> Vec<&'r Rule> {
    let mut fitting: Vec<&Rule> = rules
        .iter()
        .filter(|rule| rule.road.as_str() == address.road && rule.stretch.fits(address))
        .filter(|rule| rule.valid_from.has_begun(today))
        .collect();
    if fitting.iter().any(|rule| !rule.is_elsewhere(address)) {
        fitting.retain(|rule| !rule.is_elsewhere(address));
    }
    fitting.sort_by(|one, other| other.rank().cmp(&one.rank()).then(one.id.cmp(&other.id)));
    fitting
}

/// Whether rules that fit leave no doubt: all name one committee, and the address does not name
/// another place.
pub fn is_undisputed(fitting: &[&Rule], address: &Address) -> bool {
    fitting.first().is_some_and(|first| {
        fitting.iter().all(|rule| rule.committee.id == first.committee.id)
            && !first.is_elsewhere(address)
    })
}

/// Of rules that fit, in their order, those that win: one a committee. More than one contradict
/// each other, and a person decides.
pub fn winning<'r>(fitting: &[&'r Rule]) -> Vec<&'r Rule> {
    let mut winning: Vec<&Rule> = Vec::new();
    for rule in fitting.iter().take_while(|rule| rule.rank() == fitting[0].rank()) {
        if winning.iter().all(|other| other.committee.id != rule.committee.id) {
            winning.push(rule);
        }
    }
    winning
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(id: i64, stretch: &str, valid_from: &str) -> Rule {
        Rule {
            id,
            road: Road::parse("四平路").unwrap(),
            stretch: Stretch::parse(stretch).unwrap(),
            committee: CommitteeLine {
                id,
                code: None,
                name: format!("第{id}居委会"),
                street: format!("第{id}街道"),
                district: "杨浦区".to_owned(),
            },
            valid_from: ValidFrom::parse(valid_from).unwrap(),
            version: 1,
            removed_at: None,
        }
    }

    fn winners(rules: &[Rule], address: &str) -> Vec<i64> {
        let fitting = fitting(rules, &Address::parse(address), "2026-06-30");
        winning(&fitting).iter().map(|rule| rule.id).collect()
    }

    #[test]
    fn a_road_is_kept_as_addresses_are_taken_apart() {
        for typed in ["四平路", " 四平路 ", "上海市杨浦区四平路", "杨浦区四平路街道四平路"]
        {
            assert_eq!(Road::parse(typed).unwrap().as_str(), "四平路", "{typed}");
        }
        assert_eq!(Road::parse("鞍山四村").unwrap().as_str(), "鞍山四村");
        assert_eq!(Road::parse("四平路180弄").unwrap_err().key(), "addresses-road-digits");
        assert_eq!(Road::parse(" ").unwrap_err().key(), "form-required");
    }

    #[test]
    fn a_day_is_read_as_people_and_spreadsheets_write_it() {
        for typed in ["2026-01-31", "2026/1/31", "2026.1.31", "2026年1月31日", "２０２６－１－３１"]
        {
            assert_eq!(ValidFrom::parse(typed).unwrap().as_str(), "2026-01-31", "{typed}");
        }
        assert_eq!(ValidFrom::parse("").unwrap().as_str(), "");
        for typed in ["2026-02-30", "31/1/2026", "2026-1", "soon", "2026-1-2-3"] {
            assert_eq!(
                ValidFrom::parse(typed).unwrap_err().key(),
                "addresses-day-shape",
                "{typed}"
            );
        }
    }

    #[test]
    fn the_latest_rule_that_holds_today_wins() {
        let rules = [
            rule(1, "180-220弄", ""),
            rule(2, "200-300弄", "2026-01-01"),
            rule(3, "180-300弄", "2027-01-01"),
        ];
        assert_eq!(winners(&rules, "四平路180弄"), [1]);
        assert_eq!(winners(&rules, "四平路200弄"), [2]);
        assert_eq!(winners(&rules, "四平路301弄"), Vec::<i64>::new());
        assert_eq!(winners(&rules, "和平路180弄"), Vec::<i64>::new());
    }

    #[test]
    fn of_one_day_houses_in_a_lane_win_before_the_lane_and_contradictions_stay_open() {
        let rules = [rule(1, "180弄", ""), rule(2, "180弄1-20号", ""), rule(3, "170-180弄双", "")];
        assert_eq!(winners(&rules, "四平路180弄5号"), [2]);
        assert_eq!(winners(&rules, "四平路180弄25号"), [1, 3]);
    }
    #[test]
    fn of_roads_of_one_name_that_of_the_district_in_the_address_is_meant() {
        let mut rules = [rule(1, "1-99号", ""), rule(2, "1-99号", "")];
        rules[1].committee.district = "嘉定区".to_owned();
        rules[1].committee.street = "江湾街道".to_owned();
        let undisputed = |rules: &[Rule], address: &str| {
            let address = Address::parse(address);
            is_undisputed(&fitting(rules, &address, "2026-06-30"), &address)
        };
        assert_eq!(winners(&rules, "杨浦区四平路5号"), [1]);
        assert_eq!(winners(&rules, "上海市嘉定区四平路5号"), [2]);
        assert_eq!(winners(&rules, "江湾街道四平路5号"), [2]);
        assert_eq!(winners(&rules, "四平路5号"), [1, 2]);
        assert!(undisputed(&rules, "嘉定区四平路5号") && !undisputed(&rules, "四平路5号"));
        assert!(undisputed(&rules[..1], "上海市四平路5号"));
        assert!(!undisputed(&rules[..1], "宝山区四平路5号"), "the road may be another");
    }
}
