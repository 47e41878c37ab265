//! A home address taken apart: road, lane and house, as far as the office's address rules need.

use super::normalize;

/// The parts of an address; what is not there is empty or `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Address {
    /// What lies above the road: city, district, sub-district, town, as far as it is written.
    pub area: String,
    /// The road, estate or village (四平路, 鞍山四村), without what lies above it.
    pub road: String,
    /// The lane (180弄).
    pub lane: Option<u32>,
    /// The house (15号).
    pub house: Option<u32>,
}

/// Where an administrative part ends, which stands before the road.
const AREAS: [&str; 7] = ["街道", "特别行政区", "自治区", "省", "市", "区", "县"];
/// How a road's name ends; the longest first.
const ROADS: [&str; 10] = ["公路", "大道", "新村", "路", "街", "道", "巷", "里", "村", "苑"];

impl Address {
    /// Reads an address as people write it.
    pub fn parse(text: &str) -> Self {
        let compact: String = normalize(text).chars().filter(|c| !c.is_whitespace()).collect();
        let rest = below_areas(&compact);
        let area = compact[..compact.len() - rest.len()].to_owned();
        let Some(number_at) = rest.find(is_digit) else {
            return Self { area, road: road_in(rest).to_owned(), ..Self::default() };
        };
        let (before, numbers) = rest.split_at(number_at);
        Self {
            area,
            road: road_in(before).to_owned(),
            lane: number_before(numbers, &["支弄", "弄"]),
            house: number_before(numbers, &["号"]),
        }
    }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

/// What follows the last administrative part. `四平路街道四平路` loses 四平路街道, and `浦东新区`
/// is not mistaken for a road; a road such as 市光路 keeps its first character because an area
/// needs a name before its ending.
fn below_areas(address: &str) -> &str {
    let mut rest = address;
    loop {
        let numbers = rest.find(is_digit).unwrap_or(rest.len());
        let end = AREAS
            .iter()
            .filter_map(|area| {
                let at = rest[..numbers].find(area)?;
                (at >= '市'.len_utf8() * 2).then_some(at + area.len())
            })
            .min();
        match end {
            // What is left must still hold a name.
            Some(end) if end < rest.len() && !rest[end..].starts_with(['路', '街', '道']) => {
                rest = &rest[end..];
            }
            _ => return strip_town(rest),
        }
    }
}

/// A town or township before the road (江湾镇).
fn strip_town(rest: &str) -> &str {
    for town in ["镇", "乡"] {
        if let Some((name, after)) = rest.split_once(town)
            && name.chars().count() >= 2
            && !name.contains(is_digit)
            && after.chars().next().is_some_and(|c| !is_digit(c) && c != '路' && c != '街')
        {
            return after;
        }
    }
    rest
}

/// The name up to the last ending of a road.
fn road_in(text: &str) -> &str {
    let end = ROADS
        .iter()
        .filter_map(|ending| text.rfind(ending).map(|at| at + ending.len()))
        .max()
        .unwrap_or(text.len());
    &text[..end]
}

/// The number right before the first of these endings.
fn number_before(numbers: &str, endings: &[&str]) -> Option<u32> {
    let (at, _) =
        endings.iter().filter_map(|ending| numbers.find(ending).map(|at| (at, ending))).min()?;
    let digits_at = numbers[..at]
        .rfind(|c: char| !is_digit(c))
        .map_or(0, |before| before + numbers[before..].chars().next().map_or(1, char::len_utf8));
    numbers[digits_at..at].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> (String, Option<u32>, Option<u32>) {
        let address = Address::parse(text);
        (address.road, address.lane, address.house)
    }

    #[test]
    fn addresses_are_taken_apart_as_people_write_them() {
        for (text, road, lane, house) in [
            ("四平路街道四平路180弄15号402室", "四平路", Some(180), Some(15)),
            ("上海市虹口区四平路街道四平路１８０弄 15号", "四平路", Some(180), Some(15)),
            ("江湾镇街道中山北路12号", "中山北路", None, Some(12)),
            ("江湾镇场中路88弄", "场中路", Some(88), None),
            ("鞍山四村23号", "鞍山四村", None, Some(23)),
            ("浦东新区世纪大道100号", "世纪大道", None, Some(100)),
            ("市光路5号", "市光路", None, Some(5)),
            ("沪太公路3000弄7号", "沪太公路", Some(3000), Some(7)),
            ("人民路", "人民路", None, None),
            ("", "", None, None),
        ] {
            assert_eq!(parsed(text), (road.to_owned(), lane, house), "{text}");
        }
    }

    #[test]
    fn what_lies_above_the_road_is_kept_apart() {
        for (text, area) in [
            ("上海市虹口区四平路街道四平路１８０弄", "上海市虹口区四平路街道"),
            ("江湾镇场中路88弄", "江湾镇"),
            ("四平路180弄", ""),
        ] {
            assert_eq!(Address::parse(text).area, area, "{text}");
        }
    }
}
