//! What a report is asked for: two half-years, and a place.

use serde::{Deserialize, Serialize};

use crate::activities::{HalfYear, today};
use crate::web::Page;
use crate::web::forms::{Choice, Field};

/// How many half-years back may be chosen, and are told one after the other.
pub(super) const HALVES: usize = 8;

/// The address of a report.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct ReportQuery {
    /// A half-year's code; what is none is the current one.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub half: String,
    /// The half-year that it is set beside; what is none is the one before.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub against: String,
    /// A district (6 digits) or sub-district (9 digits) to look into.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub place: String,
}

/// Two half-years that are set side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sides {
    pub half: HalfYear,
    pub against: HalfYear,
}

impl Sides {
    /// The one that is asked for, then the other.
    pub(super) fn all(self) -> [HalfYear; 2] {
        [self.half, self.against]
    }
}

impl ReportQuery {
    pub(super) fn sides(&self) -> Sides {
        let half = HalfYear::parse(&self.half).unwrap_or_else(|| HalfYear::of(today()));
        Sides { half, against: HalfYear::parse(&self.against).unwrap_or_else(|| half.before()) }
    }

    /// The same half-years at another address, in this place.
    pub(super) fn url(&self, path: &str, place: &str) -> String {
        let query = Self { place: place.to_owned(), ..self.clone() };
        let query = serde_html_form::to_string(&query).unwrap_or_default();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }

    /// The fields by which half-years are chosen.
    pub(super) fn fields(&self, page: &Page) -> [Field; 2] {
        let sides = self.sides();
        let field = |name: &str, label, chosen: HalfYear| {
            let mut half = HalfYear::of(today());
            let mut halves: Vec<HalfYear> = Vec::new();
            for _ in 0..HALVES {
                halves.push(half);
                half = half.before();
            }
            if !halves.contains(&chosen) {
                halves.push(chosen);
            }
            let choice = |half: HalfYear| Choice {
                value: half.code(),
                label: half.words(page.language()),
                chosen: half == chosen,
                count: String::new(),
            };
            Field::new(page, name, label).options(halves.into_iter().map(choice).collect())
        };
        [
            field("half", "reports-half", sides.half),
            field("against", "reports-against", sides.against),
        ]
    }
}

/// The last day that counts in a half-year: today at most, since what is planned is no figure.
pub(super) fn until(half: HalfYear) -> String {
    half.last_day().min(today().to_string())
}

/// The list of activities behind a figure of a half-year; `narrowed` are further filters.
pub(super) fn activities_url(half: HalfYear, narrowed: &[(&str, &str)]) -> String {
    let (code, today) = (half.code(), today().to_string());
    let mut pairs = vec![("half", code.as_str())];
    if half.last_day() > today {
        pairs.push(("to", today.as_str()));
    }
    pairs.extend(narrowed);
    format!("/activities?{}", serde_html_form::to_string(pairs).unwrap_or_default())
}
