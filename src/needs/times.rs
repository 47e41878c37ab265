//! Times of a week in which help is wanted, or in which a member can give it.

use serde::{Deserialize, Serialize};

use crate::lang::Message;
use crate::web::Page;

/// The days of a week, Monday first.
pub const DAYS: [&str; 7] = [
    "needs-day-1",
    "needs-day-2",
    "needs-day-3",
    "needs-day-4",
    "needs-day-5",
    "needs-day-6",
    "needs-day-7",
];

/// The parts of a day, as a form sends them, with their words.
pub const PARTS: [(char, &str); 3] =
    [('m', "needs-morning"), ('a', "needs-afternoon"), ('e', "needs-evening")];

/// All 21.
const ALL: u32 = (1 << 21) - 1;

/// A set of the 21 times of a week: seven days, each in the morning, afternoon and evening. The
/// empty set says nothing about when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Times(u32);

impl Times {
    /// Reads what a form's grid sent: `1m` is Monday morning, `7e` Sunday evening.
    ///
    /// # Errors
    /// A message for the field.
    pub fn parse<S: AsRef<str>>(ticked: &[S]) -> Result<Self, Message> {
        let mut times = 0;
        for tick in ticked {
            let Some(bit) = bit_of(tick.as_ref()) else {
                return Err(Message::new("needs-times-shape"));
            };
            times |= 1 << bit;
        }
        Ok(Self(times))
    }

    /// From what the database keeps; bits that stand for nothing are left out.
    pub fn from_bits(bits: i64) -> Self {
        Self(u32::try_from(bits).unwrap_or_default() & ALL)
    }

    /// As the database keeps it.
    pub fn bits(self) -> i64 {
        i64::from(self.0)
    }

    /// Whether nothing is said about when.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// What both have.
    #[must_use]
    pub fn shared(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether a time of the week is among them: the day from 0 for Monday, the part from 0.
    pub fn has(self, day: usize, part: usize) -> bool {
        day < 7 && part < 3 && self.0 >> (3 * day + part) & 1 == 1
    }

    /// As a form's grid sends it.
    pub fn ticked(self) -> Vec<String> {
        let mut ticked = Vec::new();
        for day in 0..7 {
            for (part, (sent, _)) in PARTS.iter().enumerate() {
                if self.has(day, part) {
                    ticked.push(format!("{}{sent}", day + 1));
                }
            }
        }
        ticked
    }

    /// In words; days of the same parts are told together. Empty for the empty set.
    pub fn words(self, page: &Page) -> String {
        let mut told: Vec<(u32, Vec<&str>)> = Vec::new();
        for (day, name) in DAYS.iter().enumerate() {
            let parts = self.0 >> (3 * day) & 0b111;
            match told.iter_mut().find(|(of, _)| *of == parts) {
                _ if parts == 0 => {}
                Some((_, days)) => days.push(page.t(name)),
                None => told.push((parts, vec![page.t(name)])),
            }
        }
        let words = told.into_iter().map(|(parts, days)| {
            let of_day = Self(parts);
            let parts = PARTS.iter().enumerate().filter(|(part, _)| of_day.has(0, *part));
            let parts: Vec<&str> = parts.map(|(_, (_, key))| page.t(key)).collect();
            let parts = if parts.len() == PARTS.len() {
                page.t("needs-whole-day").to_owned()
            } else {
                joined(page, &parts)
            };
            let arguments = [("day", joined(page, &days).into()), ("parts", parts.into())];
            page.language().text_with("needs-times-of-day", &arguments)
        });
        words.collect::<Vec<_>>().join(page.t("needs-days-between"))
    }
}

/// Words as one says them in a row.
fn joined(page: &Page, words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [all @ .., last] => {
            let all = all.join(page.t("needs-times-comma"));
            format!("{all}{}{last}", page.t("needs-times-between"))
        }
    }
}

fn bit_of(tick: &str) -> Option<usize> {
    let mut signs = tick.chars();
    let day = signs.next()?.to_digit(10).filter(|day| (1..=7).contains(day))?;
    let sent = signs.next()?;
    let part = PARTS.iter().position(|(part, _)| *part == sent)?;
    let day = usize::try_from(day).ok()?;
    signs.next().is_none().then_some(3 * (day - 1) + part)
}

/// A grid of tick boxes for a form, with what is ticked.
#[derive(Debug, Clone, Default)]
pub struct Grid {
    /// What the grid asks.
    pub label: &'static str,
    /// A word of help.
    pub hint: &'static str,
    /// What is wrong with it; empty for nothing.
    pub error: String,
    /// The days' names.
    pub days: Vec<&'static str>,
    /// A row for each part of the day.
    pub rows: Vec<GridRow>,
}

/// A part of the day over the week.
#[derive(Debug, Clone)]
pub struct GridRow {
    /// The part's name.
    pub name: &'static str,
    /// Its boxes: what is sent, how it is called in full, whether it is ticked.
    pub cells: Vec<(String, String, bool)>,
}

impl Grid {
    /// With these ticks, as they were sent.
    pub fn new(page: &Page, label: &'static str, hint: &'static str, ticked: &[String]) -> Self {
        let rows = PARTS.iter().map(|(sent, key)| GridRow {
            name: page.t(key),
            cells: DAYS
                .iter()
                .enumerate()
                .map(|(day, name)| {
                    let value = format!("{}{sent}", day + 1);
                    let chosen = ticked.contains(&value);
                    (value, format!("{} {}", page.t(name), page.t(key)), chosen)
                })
                .collect(),
        });
        Self {
            label: page.t(label),
            hint: page.t(hint),
            error: String::new(),
            days: DAYS.iter().map(|key| page.t(key)).collect(),
            rows: rows.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_ticked_comes_back_as_it_was_and_nothing_else_is_taken() {
        let times = Times::parse(&["6m", "7e", "6m"]).unwrap();
        assert_eq!(times.ticked(), ["6m", "7e"]);
        assert_eq!(Times::from_bits(times.bits()), times);
        assert!(times.has(5, 0) && times.has(6, 2) && !times.has(0, 0));
        assert!(Times::parse::<&str>(&[]).unwrap().is_empty());
        for wrong in ["", "0m", "8m", "1x", "1mm", "m1", "１m"] {
            assert!(Times::parse(&[wrong]).is_err(), "{wrong}");
        }
        assert_eq!(Times::from_bits(-1), Times::default());
        assert_eq!(Times::from_bits(i64::from(u32::MAX)).bits(), i64::from(ALL));
    }

    #[test]
    fn two_sets_share_what_both_have() {
        let one = Times::parse(&["6m", "6a"]).unwrap();
        let other = Times::parse(&["6a", "7a"]).unwrap();
        assert_eq!(one.shared(other).ticked(), ["6a"]);
    }
}
