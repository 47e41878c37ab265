//! Certificates of service: a member's own confirmed service on one sheet, sealed as it was made,
//! with a code by which whoever is shown it can see that it is genuine.

mod give_pages;
mod print_pages;
mod proof_pages;
pub mod registry;
pub mod store;

pub use store::{Certificate, of_member};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::activities::{Area, HalfYear, hours, today};
use crate::lang::Language;
use crate::web::forms::{Choice, Field};
use crate::web::{Page, Routes};

/// The routes of this feature.
pub fn routes(routes: Routes) -> Routes {
    proof_pages::routes(print_pages::routes(give_pages::routes(routes)))
}

/// How many years and half-years may be chosen.
const YEARS: i16 = 3;
const HALVES: usize = 4;
/// The time of which all that is on record counts.
const EVER: &str = "ever";

/// Of which time a certificate tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// All that is on record.
    Ever,
    /// A calendar year.
    Year(i16),
    /// A half-year.
    Half(HalfYear),
}

impl Span {
    /// Reads `ever`, `2026` or `2026-1`.
    pub fn parse(text: &str) -> Option<Self> {
        if text == EVER {
            return Some(Self::Ever);
        }
        if let Some(half) = HalfYear::parse(text) {
            return Some(Self::Half(half));
        }
        let year = text.parse().ok().filter(|year| (1980..=9999).contains(year));
        year.map(Self::Year)
    }

    /// As [`Span::parse`] reads it.
    pub fn code(self) -> String {
        match self {
            Self::Ever => EVER.to_owned(),
            Self::Year(year) => year.to_string(),
            Self::Half(half) => half.code(),
        }
    }

    /// Its first and last day; what is still to come is left out. Of all that is on record the
    /// first day is that of the first part.
    fn days(self, first_part: &str, today: Date) -> (String, String) {
        let today = today.to_string();
        let (from, to) = match self {
            Self::Ever => (first_part.to_owned(), today.clone()),
            Self::Year(year) => (format!("{year}-01-01"), format!("{year}-12-31")),
            Self::Half(half) => (half.first_day(), half.last_day()),
        };
        (from, to.min(today))
    }

    fn words(self, language: Language) -> String {
        match self {
            Self::Ever => language.text("certificates-ever").to_owned(),
            Self::Year(year) => {
                language.text_with("certificates-year", &[("year", year.to_string().into())])
            }
            Self::Half(half) => half.words(language),
        }
    }
}

/// The field in which a time is chosen.
fn span_field(page: &Page, chosen: Span) -> Field {
    let today = today();
    let mut spans = vec![Span::Ever];
    spans.extend((0..YEARS).map(|ago| Span::Year(today.year() - ago)));
    let mut half = HalfYear::of(today);
    for _ in 0..HALVES {
        spans.push(Span::Half(half));
        half = half.before();
    }
    let choice = |span: Span| Choice {
        value: span.code(),
        label: span.words(page.language()),
        chosen: span == chosen,
        ..Choice::default()
    };
    let choices = spans.into_iter().map(choice).collect();
    Field::new(page, "span", "certificates-span").options(choices)
}

/// Confirmed service in one of the four areas.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, sqlx::FromRow)]
pub struct Served {
    /// [`Area::name`].
    pub area: String,
    /// How many parts in activities.
    pub parts: i64,
    /// How often in all.
    pub times: i64,
    /// How long in all, in minutes.
    pub minutes: i64,
}

/// What a certificate says, in whatever language it is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// Who issues it: as letters have it, or the branch; may be empty.
    pub office: String,
    /// The member's name.
    pub name: String,
    /// The branch, or empty.
    pub branch: String,
    /// The first day.
    pub from: String,
    /// The last day.
    pub to: String,
    /// The day as of which it holds.
    pub on: String,
    /// By area, those in which anything was done.
    pub served: Vec<Served>,
}

/// A line of a certificate in words.
#[derive(Debug)]
struct Line {
    area: &'static str,
    parts: i64,
    times: i64,
    hours: String,
}

/// A certificate in words, as it is printed and as its code shows it.
#[derive(Debug)]
struct Sheet {
    language: Language,
    office: String,
    name: String,
    branch: String,
    /// That this member served, from when to when, how much in all.
    words: String,
    lines: Vec<Line>,
    day: String,
}

impl Sheet {
    fn of(language: Language, content: &Content) -> Self {
        let sum = |of: fn(&Served) -> i64| content.served.iter().map(of).sum::<i64>();
        let minutes = sum(|served| served.minutes);
        let told = |minutes: i64| if minutes == 0 { "0".to_owned() } else { hours(minutes) };
        let arguments = [
            ("name", content.name.clone().into()),
            ("from", language.date(&content.from).into()),
            ("to", language.date(&content.to).into()),
            ("parts", sum(|served| served.parts).into()),
            ("times", sum(|served| served.times).into()),
            ("hours", told(minutes).into()),
        ];
        let line = |area: Area| {
            let served = content.served.iter().find(|served| served.area == area.name())?;
            Some(Line {
                area: language.text(area.key()),
                parts: served.parts,
                times: served.times,
                hours: told(served.minutes),
            })
        };
        Self {
            language,
            office: content.office.clone(),
            name: content.name.clone(),
            branch: content.branch.clone(),
            words: language.text_with("certificates-words", &arguments),
            lines: Area::ALL.into_iter().filter_map(line).collect(),
            day: language.date(&content.on),
        }
    }

    /// A text in the certificate's language, which need not be the reader's.
    fn t(&self, key: &'static str) -> &'static str {
        self.language.text(key)
    }

    fn lang(&self) -> &'static str {
        self.language.tag()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_tells_of_no_day_that_is_still_to_come() {
        let today = "2026-08-15".parse().unwrap();
        let days = |text: &str| Span::parse(text).unwrap().days("2025-03-01", today);
        assert_eq!(days("ever"), ("2025-03-01".into(), "2026-08-15".into()));
        assert_eq!(days("2026"), ("2026-01-01".into(), "2026-08-15".into()));
        assert_eq!(days("2026-1"), ("2026-01-01".into(), "2026-06-30".into()));
        for text in ["ever", "2026", "2026-1"] {
            assert_eq!(Span::parse(text).unwrap().code(), text);
        }
        assert_eq!(Span::parse("2026-3"), None);
    }

    #[test]
    fn a_certificate_says_the_same_in_both_languages() {
        let content = Content {
            office: "长途事业部党总支".to_owned(),
            name: "朱颖".to_owned(),
            branch: String::new(),
            from: "2026-01-01".to_owned(),
            to: "2026-06-30".to_owned(),
            on: "2026-08-15".to_owned(),
            served: vec![
                Served { area: "good-deeds".to_owned(), parts: 2, times: 3, minutes: 90 },
                Served { area: "culture".to_owned(), parts: 1, times: 1, minutes: 0 },
            ],
        };
        let english = Sheet::of(Language::English, &content);
        assert!(english.words.contains("4 times") && english.words.contains("1.5 hours"));
        assert_eq!(english.lines.len(), 2);
        assert_eq!(english.lines[0].hours, "0", "in the order of the form");
        assert!(Sheet::of(Language::Chinese, &content).words.contains("4次"));
    }
}
