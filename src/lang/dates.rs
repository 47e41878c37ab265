//! Dates and times as each language writes them, in the time zone of the machine.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{Language, Value};

const MONTHS: [&str; 12] = [
    "date-month-1",
    "date-month-2",
    "date-month-3",
    "date-month-4",
    "date-month-5",
    "date-month-6",
    "date-month-7",
    "date-month-8",
    "date-month-9",
    "date-month-10",
    "date-month-11",
    "date-month-12",
];

impl Language {
    /// A day (`2026-01-31`) in words; what is no day comes back as it is.
    pub fn date(self, day: &str) -> String {
        day.parse::<Date>().map_or_else(|_| day.to_owned(), |day| self.day(day))
    }

    /// A point in time as the database keeps it (`2026-01-31T08:00:00.000Z`), to the minute.
    pub fn time(self, at: &str) -> String {
        let Ok(at) = at.parse::<jiff::Timestamp>() else { return at.to_owned() };
        let here = at.to_zoned_datetime(TimeZone::system());
        format!("{} {:02}:{:02}", self.day(here.date()), here.hour(), here.minute())
    }

    fn day(self, day: Date) -> String {
        let month = usize::from(day.month().unsigned_abs()) - 1;
        self.text_with(
            "date-long",
            &[
                ("year", Value::from(day.year().to_string())),
                ("month", Value::Key(MONTHS[month])),
                ("day", Value::from(day.day().to_string())),
            ],
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_written_as_the_language_writes_it() {
        assert_eq!(Language::Chinese.date("2026-01-31"), "2026年1月31日");
        assert_eq!(Language::English.date("2026-01-31"), "31 January 2026");
        assert_eq!(Language::English.date("some day"), "some day");
    }
}
