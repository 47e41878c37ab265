//! Quarters 季度: for each, a record card goes back to the branch.

use jiff::civil::Date;

use crate::lang::{Language, Value};

/// A quarter of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quarter {
    year: i16,
    /// 1 to 4.
    number: i8,
}

impl Quarter {
    /// That in which a day lies.
    pub fn of(day: Date) -> Self {
        Self { year: day.year(), number: (day.month() + 2) / 3 }
    }

    /// Reads `2026-1` to `2026-4`.
    pub fn parse(text: &str) -> Option<Self> {
        let (year, number) = text.split_once('-')?;
        let year = year.parse().ok().filter(|year| (1000..=9999).contains(year))?;
        let number = number.parse().ok().filter(|number| (1..=4).contains(number))?;
        Some(Self { year, number })
    }

    /// As [`Quarter::parse`] reads it.
    pub fn code(self) -> String {
        format!("{}-{}", self.year, self.number)
    }

    /// Its first day.
    pub fn first_day(self) -> String {
        format!("{}-{:02}-01", self.year, self.number * 3 - 2)
    }

    /// Its last day.
    pub fn last_day(self) -> String {
        let days = if matches!(self.number, 1 | 4) { 31 } else { 30 };
        format!("{}-{:02}-{days}", self.year, self.number * 3)
    }

    /// The one before it.
    #[must_use]
    pub fn before(self) -> Self {
        match self.number {
            1 => Self { year: self.year - 1, number: 4 },
            number => Self { number: number - 1, ..self },
        }
    }

    /// In words.
    pub fn words(self, language: Language) -> String {
        let arguments = [
            ("year", Value::from(self.year.to_string())),
            ("number", Value::from(self.number.to_string())),
        ];
        language.text_with("cards-quarter-words", &arguments)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_has_its_days_and_one_before_it() {
        let days = |code: &str| {
            let quarter = Quarter::parse(code).unwrap();
            (quarter.first_day(), quarter.last_day(), quarter.before().code())
        };
        let expected = |first: &str, last: &str, before: &str| {
            (first.to_owned(), last.to_owned(), before.to_owned())
        };
        assert_eq!(days("2026-1"), expected("2026-01-01", "2026-03-31", "2025-4"));
        assert_eq!(days("2026-2"), expected("2026-04-01", "2026-06-30", "2026-1"));
        assert_eq!(days("2026-4"), expected("2026-10-01", "2026-12-31", "2026-3"));
        assert_eq!(Quarter::of("2026-11-25".parse().unwrap()).code(), "2026-4");
        assert_eq!(Quarter::parse("2026-5"), None);
    }
}
