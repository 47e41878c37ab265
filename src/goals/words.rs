//! Goals in words.

use serde_json::Value as Json;

use super::{GoalNumbers, Numbers, place_key};
use crate::activities::HalfYear;
use crate::lang::Value;
use crate::web::{Fact, Page};

/// The labels of a goal's numbers.
pub(super) const MEASURES: [&str; 3] = ["goals-members", "goals-times", "goals-hours"];

/// What the audit log says of a goal: the half-year, and what was set out for.
pub fn said(page: &Page, detail: &Json) -> String {
    let half = detail.get("half").and_then(Json::as_str).and_then(HalfYear::parse);
    let numbers = detail.get("numbers").cloned();
    let numbers = numbers.and_then(|value| serde_json::from_value::<GoalNumbers>(value).ok());
    let (Some(half), Some(numbers)) = (half, numbers) else { return String::new() };
    let places: Vec<String> = numbers
        .places()
        .filter(|(_, numbers)| !numbers.is_empty())
        .map(|(place, numbers)| {
            let arguments = [
                ("place", Value::from(page.t(place_key(place)))),
                ("numbers", numbers_in_words(page, &numbers).into()),
            ];
            page.language().text_with("goals-place-of", &arguments)
        })
        .collect();
    let arguments = [
        ("half", Value::from(half.words(page.language()))),
        ("goals", places.join(page.t("goals-between-places")).into()),
    ];
    page.language().text_with("goals-said", &arguments)
}

/// The numbers that are there, with their measures.
pub(super) fn numbers_in_words(page: &Page, numbers: &Numbers) -> String {
    let words: Vec<String> = ["goals-of-members", "goals-of-times", "goals-of-hours"]
        .into_iter()
        .zip(numbers.all())
        .filter_map(|(key, number)| Some(page.t1(key, "count", number?)))
        .collect();
    words.join(page.t("goals-between"))
}

/// A goal's numbers, place by place, for setting two versions side by side.
pub(super) fn facts(page: &Page, numbers: &GoalNumbers) -> Vec<Fact> {
    numbers
        .places()
        .map(|(place, numbers)| Fact {
            label: page.t(place_key(place)),
            text: numbers_in_words(page, &numbers),
        })
        .collect()
}
