//! A stretch of a road: which of its lanes or houses a rule is about, as people write it
//! (`180-220弄`, `1-99号单`, `180弄1-60号`).

use crate::lang::Message;
use crate::text::{Address, normalize};

/// The greatest number of a lane or house.
const GREATEST: u32 = 99_999;

/// What the numbers of a stretch count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Lanes of the road, each with all that lies in it.
    Lane,
    /// Houses on the road itself, or with a lane, the houses in that lane.
    House(Option<u32>),
}

/// Which of the numbers between the first and the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Parity {
    /// Every one.
    #[default]
    All,
    /// Only odd ones.
    Odd,
    /// Only even ones.
    Even,
}

impl Parity {
    /// As the database keeps it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Odd => "odd",
            Self::Even => "even",
        }
    }

    /// From what the database keeps.
    pub fn from_name(name: &str) -> Self {
        match name {
            "odd" => Self::Odd,
            "even" => Self::Even,
            _ => Self::All,
        }
    }

    /// What files call it, in Chinese or English; empty for every number.
    pub const fn word(self, chinese: bool) -> &'static str {
        match (self, chinese) {
            (Self::All, _) => "",
            (Self::Odd, true) => "单",
            (Self::Odd, false) => "odd",
            (Self::Even, true) => "双",
            (Self::Even, false) => "even",
        }
    }

    /// Reads it as people write it in a cell of its own; `None` for anything else.
    pub fn parse(typed: &str) -> Option<Self> {
        let typed: String = normalize(typed).to_lowercase();
        Some(match typed.trim_end_matches(['号', '数']) {
            "" | "全部" | "单双" | "单双号" | "不分" | "all" => Self::All,
            "单" | "奇" | "odd" => Self::Odd,
            "双" | "偶" | "even" => Self::Even,
            _ => return None,
        })
    }

    fn has(self, number: u32) -> bool {
        match self {
            Self::All => true,
            Self::Odd => number % 2 == 1,
            Self::Even => number.is_multiple_of(2),
        }
    }

    /// Both at once; `None` where nothing is both.
    fn and(self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::All, parity) | (parity, Self::All) => Some(parity),
            (one, other) => (one == other).then_some(one),
        }
    }
}

/// Lanes or houses of a road, from the first to the last; it holds at least one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Stretch {
    unit: Unit,
    first: u32,
    last: u32,
    parity: Parity,
}

impl Stretch {
    /// From the first number to the last.
    ///
    /// # Errors
    /// A message for the field, when no number lies between them.
    pub fn new(unit: Unit, first: u32, last: u32, parity: Parity) -> Result<Self, Message> {
        if first > last {
            return Err(Message::new("addresses-numbers-backwards"));
        }
        let lane_fits = match unit {
            Unit::House(Some(lane)) => (1..=GREATEST).contains(&lane),
            Unit::Lane | Unit::House(None) => true,
        };
        if first == 0 || last > GREATEST || !lane_fits {
            return Err(Message::new("addresses-numbers-limit").with("limit", GREATEST));
        }
        if first == last && !parity.has(first) {
            return Err(Message::new("addresses-numbers-none"));
        }
        Ok(Self { unit, first, last, parity })
    }

    /// Reads a stretch as people write it.
    ///
    /// # Errors
    /// A message for the field.
    pub fn parse(typed: &str) -> Result<Self, Message> {
        let shape = || Message::new("addresses-numbers-shape");
        let (text, parity) = without_parity(&compact(typed));
        if text.is_empty() {
            return Err(Message::new("form-required"));
        }
        let text = one_unit(&one_unit(&text, '弄'), '号');
        let (lanes, houses) = match text.split_once('弄') {
            Some((lanes, houses)) => (Some(lanes), houses),
            None => (None, text.as_str()),
        };
        if houses.is_empty() {
            let (first, last) = lanes.and_then(numbers).ok_or_else(shape)?;
            return Self::new(Unit::Lane, first, last, parity);
        }
        let lane = match lanes {
            Some(lane) => Some(lane.parse().map_err(|_| shape())?),
            None => None,
        };
        let houses = houses.strip_suffix('号').ok_or_else(shape)?;
        let (first, last) = numbers(houses).ok_or_else(shape)?;
        Self::new(Unit::House(lane), first, last, parity)
    }

    /// What its numbers count.
    pub fn unit(&self) -> Unit {
        self.unit
    }

    /// Its first number.
    pub fn first(&self) -> u32 {
        self.first
    }

    /// Its last number.
    pub fn last(&self) -> u32 {
        self.last
    }

    /// Which of the numbers between.
    pub fn parity(&self) -> Parity {
        self.parity
    }

    /// Lane and houses as files hold them in two columns, each with its unit.
    pub fn cells(&self) -> (String, String) {
        let numbers = if self.first == self.last {
            self.first.to_string()
        } else {
            format!("{}-{}", self.first, self.last)
        };
        match self.unit {
            Unit::Lane => (format!("{numbers}弄"), String::new()),
            Unit::House(lane) => {
                let lane = lane.map_or_else(String::new, |lane| format!("{lane}弄"));
                (lane, format!("{numbers}号"))
            }
        }
    }

    /// Its numbers as an address has them, without the parity.
    pub fn numbers(&self) -> String {
        let (lanes, houses) = self.cells();
        lanes + houses.as_str()
    }

    /// All of it, as [`Stretch::parse`] reads it.
    pub fn text(&self) -> String {
        self.numbers() + self.parity.word(true)
    }

    /// Whether an address of the road lies on it.
    pub fn fits(&self, address: &Address) -> bool {
        let number = match self.unit {
            Unit::Lane => address.lane,
            Unit::House(lane) if lane == address.lane => address.house,
            Unit::House(_) => None,
        };
        number.is_some_and(|number| self.holds(number))
    }

    fn holds(&self, number: u32) -> bool {
        (self.first..=self.last).contains(&number) && self.parity.has(number)
    }

    /// Whether some address of the road would lie on both.
    pub fn overlaps(&self, other: &Self) -> bool {
        match (self.unit, other.unit) {
            (Unit::Lane, Unit::House(Some(lane))) => self.holds(lane),
            (Unit::House(Some(lane)), Unit::Lane) => other.holds(lane),
            (one, another) if one == another => {
                let (first, last) = (self.first.max(other.first), self.last.min(other.last));
                let Some(parity) = self.parity.and(other.parity) else { return false };
                first < last || (first == last && parity.has(first))
            }
            _ => false,
        }
    }

    /// Whether it is about houses in a lane: for these it holds before a rule for the whole lane.
    pub fn is_inside_lane(&self) -> bool {
        matches!(self.unit, Unit::House(Some(_)))
    }
}

/// Without spaces, and with one sign between numbers.
fn compact(typed: &str) -> String {
    normalize(typed)
        .to_lowercase()
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| {
            if matches!(c, '–' | '—' | '－' | '−' | '~' | '〜' | '至' | '到') {
                '-'
            } else {
                c
            }
        })
        .collect::<String>()
        .replace("--", "-")
}

/// The text without the words for odd and even, and which of them it had.
fn without_parity(text: &str) -> (String, Parity) {
    let odd = ["单", "奇", "odd"].iter().any(|word| text.contains(word));
    let even = ["双", "偶", "even"].iter().any(|word| text.contains(word));
    let parity = match (odd, even) {
        (true, false) => Parity::Odd,
        (false, true) => Parity::Even,
        (true, true) | (false, false) => Parity::All,
    };
    let bare = text.replace("odd", "").replace("even", "");
    let bare = bare.replace(['单', '双', '奇', '偶', '数', '(', ')'], "");
    // What is left where 单号 stood behind a number that had its unit.
    let bare = bare.replace(",号", "").replace("、号", "").replace("号号", "号");
    (bare.replace("弄号", "弄").trim_end_matches([',', '、']).to_owned(), parity)
}

/// Leaves only the last of a unit that is written at both ends (`1号-99号`).
fn one_unit(text: &str, unit: char) -> String {
    text.replacen(&format!("{unit}-"), "-", usize::from(text.matches(unit).count() == 2))
}

/// One number, or the first and the last.
fn numbers(text: &str) -> Option<(u32, u32)> {
    let whole = |text: &str| {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        // Too many digits are too great a number.
        digits.then(|| text.parse().unwrap_or(u32::MAX))
    };
    match text.split_once('-') {
        Some((first, last)) => Some((whole(first)?, whole(last)?)),
        None => whole(text).map(|number| (number, number)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stretch(text: &str) -> Stretch {
        Stretch::parse(text).unwrap()
    }

    #[test]
    fn a_stretch_is_read_as_people_write_it() {
        for (typed, text) in [
            ("180弄", "180弄"),
            ("１８０－２２０弄", "180-220弄"),
            ("180弄-220弄", "180-220弄"),
            ("180 至 220 弄（双号）", "180-220弄双"),
            ("1-99号单", "1-99号单"),
            ("1-99单号", "1-99号单"),
            ("1号—99号 单号", "1-99号单"),
            ("2~100号偶数", "2-100号双"),
            ("180弄1-60号", "180弄1-60号"),
            ("180弄1号-59号单", "180弄1-59号单"),
            ("12号", "12号"),
            ("1-99号，单号", "1-99号单"),
            ("1-99号 odd", "1-99号单"),
            ("1-99号单双", "1-99号"),
        ] {
            assert_eq!(stretch(typed).text(), text, "{typed}");
            assert_eq!(stretch(text).text(), text);
        }
    }

    #[test]
    fn what_is_no_stretch_says_why() {
        for (typed, key) in [
            ("", "form-required"),
            ("180", "addresses-numbers-shape"),
            ("abc弄", "addresses-numbers-shape"),
            ("1-2-3号", "addresses-numbers-shape"),
            ("180、182弄", "addresses-numbers-shape"),
            ("180-220弄1-5号", "addresses-numbers-shape"),
            ("99-1号", "addresses-numbers-backwards"),
            ("0-5号", "addresses-numbers-limit"),
            ("1-100000号", "addresses-numbers-limit"),
            ("99999999999弄", "addresses-numbers-limit"),
            ("2号单", "addresses-numbers-none"),
        ] {
            assert_eq!(Stretch::parse(typed).unwrap_err().key(), key, "{typed}");
        }
    }

    #[test]
    fn an_address_lies_on_the_stretch_that_holds_its_lane_or_house() {
        for (text, address, fits) in [
            ("180-220弄", "四平路180弄15号402室", true),
            ("180-220弄", "四平路221弄1号", false),
            ("180-220弄单", "四平路180弄", false),
            ("1-99号单", "四平路15号", true),
            ("1-99号单", "四平路16号", false),
            ("1-99号", "四平路180弄15号", false),
            ("180弄1-60号", "四平路180弄15号", true),
            ("180弄1-60号", "四平路180弄61号", false),
            ("180弄1-60号", "四平路180弄", false),
            ("180弄1-60号", "四平路15号", false),
            ("180弄", "四平路", false),
        ] {
            assert_eq!(stretch(text).fits(&Address::parse(address)), fits, "{text} {address}");
        }
    }

    #[test]
    fn stretches_overlap_when_an_address_could_lie_on_both() {
        for (one, other, overlaps) in [
            ("180-220弄", "220-230弄", true),
            ("180-220弄", "221-230弄", false),
            ("1-99号单", "2-100号双", false),
            ("1-99号单", "99-101号", true),
            ("1-98号单", "98-101号", false),
            ("180-220弄", "1-300号", false),
            ("180-220弄", "200弄1-60号", true),
            ("200弄1-60号", "180-220弄单", false),
            ("200弄1-60号", "201弄1-60号", false),
            ("200弄1-60号", "200弄60-70号", true),
            ("200弄1-60号", "1-60号", false),
        ] {
            assert_eq!(stretch(one).overlaps(&stretch(other)), overlaps, "{one} {other}");
            assert_eq!(stretch(other).overlaps(&stretch(one)), overlaps, "{other} {one}");
        }
    }
}
