//! The form of a goal: three numbers for all areas together, and for each area.

use serde::{Deserialize, Serialize};

use super::words::MEASURES;
use super::{Goal, GoalNumbers, MOST, Numbers, PLACES, place_key};
use crate::lang::Message;
use crate::text::normalize;
use crate::web::Page;
use crate::web::forms::{Field, Problems};

/// The fields' ids, place by place in the order of [`PLACES`]. They are sent under the names of the
/// first place, one after the other.
const IDS: [[&str; 3]; 5] = [
    ["members", "times", "hours"],
    ["culture-members", "culture-times", "culture-hours"],
    ["mediation-members", "mediation-times", "mediation-hours"],
    ["good-deeds-members", "good-deeds-times", "good-deeds-hours"],
    ["self-governance-members", "self-governance-times", "self-governance-hours"],
];

/// What was typed, as it came; each list in the order of [`PLACES`].
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct GoalForm {
    pub members: Vec<String>,
    pub times: Vec<String>,
    pub hours: Vec<String>,
    /// 0: there was no goal when the form was opened.
    pub version: i64,
    pub form: String,
}

impl GoalForm {
    /// The form as it opens on a goal, though it was taken back.
    pub(super) fn of(goal: &Goal) -> Self {
        let mut form = Self { version: goal.version, ..Self::default() };
        for (_, numbers) in goal.numbers.places() {
            let [members, times, hours] =
                numbers.all().map(|n| n.map_or_else(String::new, |n| n.to_string()));
            form.members.push(members);
            form.times.push(times);
            form.hours.push(hours);
        }
        form
    }

    fn typed(&self, place: usize) -> [&str; 3] {
        [&self.members, &self.times, &self.hours]
            .map(|column| column.get(place).map_or("", String::as_str))
    }

    /// Reads the form; with any problem, nothing comes back.
    pub(super) fn read(&self, problems: &mut Problems) -> Option<GoalNumbers> {
        let mut numbers = [Numbers::default(); 5];
        for (place, (ids, row)) in IDS.iter().zip(&mut numbers).enumerate() {
            let typed = self.typed(place);
            let mut read = [None; 3];
            for ((id, typed), number) in ids.iter().zip(typed).zip(&mut read) {
                *number = problems.check(id, parse(typed)).flatten();
            }
            *row = read.into();
        }
        if !problems.is_empty() {
            return None;
        }
        let numbers = GoalNumbers::new(numbers);
        if numbers.is_none() {
            problems.add("members", Message::new("goals-one-at-least"));
        }
        numbers
    }

    /// The fields, as typed, with their messages.
    pub(super) fn places(&self, page: &Page, problems: &Problems) -> Vec<Place> {
        let field = |id: &str, label, value: &str| Field {
            error: problems.of(id).map_or_else(String::new, |message| page.say(message)),
            id: id.to_owned(),
            ..Field::new(page, "", label).value(value).kind("number", "off")
        };
        PLACES
            .into_iter()
            .zip(IDS)
            .enumerate()
            .map(|(place, (area, ids))| {
                let typed = self.typed(place);
                let fields = ids.into_iter().zip(MEASURES).zip(typed).zip(IDS[0]);
                let fields = fields.map(|(((id, label), value), name)| Field {
                    name: name.to_owned(),
                    ..field(id, label, value)
                });
                Place {
                    name: page.t(place_key(area)),
                    is_whole: area.is_none(),
                    fields: fields.collect(),
                }
            })
            .collect()
    }
}

/// The fields of a place, drawn by `templates/goals/form.html`.
pub(super) struct Place {
    pub name: &'static str,
    pub is_whole: bool,
    pub fields: Vec<Field>,
}

/// A number of a goal; nothing typed: none is set.
fn parse(typed: &str) -> Result<Option<i64>, Message> {
    let typed = normalize(typed);
    if typed.is_empty() {
        return Ok(None);
    }
    let number = typed.parse::<i64>().ok().filter(|number| (1..=MOST).contains(number));
    number.map(Some).ok_or_else(|| Message::new("goals-number-shape").with("limit", MOST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_may_be_left_away_but_not_all_of_them() {
        assert_eq!(parse(" ３０ ").unwrap(), Some(30));
        assert_eq!(parse("").unwrap(), None);
        for wrong in ["0", "-1", "1.5", "many", "10000001"] {
            assert_eq!(parse(wrong).unwrap_err().key(), "goals-number-shape", "{wrong}");
        }
        let mut problems = Problems::none();
        assert_eq!(GoalForm::default().read(&mut problems), None);
        assert_eq!(problems.of("members").unwrap().key(), "goals-one-at-least");
        let hours = vec![String::new(), "20".to_owned()];
        let form = GoalForm { hours, ..GoalForm::default() };
        let numbers = form.read(&mut Problems::none()).unwrap();
        assert!(numbers.whole().is_empty());
        assert_eq!(numbers.places().nth(1).unwrap().1.hours, Some(20));
    }
}
