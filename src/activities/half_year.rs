//! Half-years 半年: what the office counts by.

use jiff::Span;
use jiff::civil::Date;

use crate::lang::{Language, Value};

/// January to June, or July to December.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct HalfYear {
    year: i16,
    second: bool,
}

impl HalfYear {
    /// That in which a day lies.
    pub fn of(day: Date) -> Self {
        Self { year: day.year(), second: day.month() > 6 }
    }

    /// Reads `2026-1` or `2026-2`.
    pub fn parse(text: &str) -> Option<Self> {
        let (year, half) = text.split_once('-')?;
        let year = year.parse().ok().filter(|year| (1000..=9999).contains(year))?;
        match half {
            "1" => Some(Self { year, second: false }),
            "2" => Some(Self { year, second: true }),
            _ => None,
        }
    }

    /// As [`HalfYear::parse`] reads it.
    pub fn code(self) -> String {
        format!("{}-{}", self.year, if self.second { 2 } else { 1 })
    }

    /// Its first day.
    pub fn first_day(self) -> String {
        format!("{}-{}", self.year, if self.second { "07-01" } else { "01-01" })
    }

    /// Its last day.
    pub fn last_day(self) -> String {
        format!("{}-{}", self.year, if self.second { "12-31" } else { "06-30" })
    }

    /// The one before it.
    #[must_use]
    pub fn before(self) -> Self {
        if self.second {
            Self { second: false, ..self }
        } else {
            Self { year: self.year - 1, second: true }
        }
    }

    /// The one after it.
    #[must_use]
    pub fn after(self) -> Self {
        if self.second {
            Self { year: self.year + 1, second: false }
        } else {
            Self { second: true, ..self }
        }
    }

    /// The day of the half-year before that lies where a day lies in this one; its last day, once
    /// this one is over.
    pub fn same_point_before(self, today: Date) -> String {
        let last = self.before().last_day();
        if today.to_string() >= self.last_day() {
            return last;
        }
        today.saturating_sub(Span::new().months(6)).to_string().min(last)
    }

    /// In words.
    pub fn words(self, language: Language) -> String {
        let key = if self.second { "activities-half-second" } else { "activities-half-first" };
        language.text_with(key, &[("year", Value::from(self.year.to_string()))])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_half_year_has_its_days_and_one_before_it() {
        let second = HalfYear::of("2026-07-01".parse().unwrap());
        assert_eq!(second, HalfYear::parse("2026-2").unwrap());
        assert_eq!(
            (second.first_day(), second.last_day()),
            ("2026-07-01".into(), "2026-12-31".into())
        );
        assert_eq!(second.before(), HalfYear::of("2026-06-30".parse().unwrap()));
        assert_eq!(second.before().before().code(), "2025-2");
        assert_eq!(HalfYear::parse("2026-3"), None);
        assert_eq!(second.before().after(), second);
        assert_eq!(second.after().code(), "2027-1");
    }

    #[test]
    fn the_same_point_of_the_half_year_before_is_half_a_year_ago_but_never_beyond_its_end() {
        let half = HalfYear::parse("2026-2").unwrap();
        let point = |day: &str| half.same_point_before(day.parse().unwrap());
        assert_eq!(point("2026-08-31"), "2026-02-28");
        assert_eq!(point("2026-12-31"), "2026-06-30");
        assert_eq!(point("2027-03-05"), "2026-06-30", "a half-year that is over is told whole");
        let first = HalfYear::parse("2026-1").unwrap();
        assert_eq!(first.same_point_before("2026-06-30".parse().unwrap()), "2025-12-31");
        assert_eq!(first.same_point_before("2026-06-29".parse().unwrap()), "2025-12-29");
    }
}
