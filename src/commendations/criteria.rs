//! What a call asks for in figures, and what a member has of it, each beside the other.

use serde::{Deserialize, Serialize};

use crate::activities::{Area, hours};
use crate::lang::{Language, Value};

/// What is asked for in figures; each may be left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// At least so many times.
    pub times: Option<i64>,
    /// At least so long, in minutes.
    pub minutes: Option<i64>,
    /// In so many of the four areas.
    pub areas: Option<i64>,
    /// In this area ([`Area::name`]).
    pub area: Option<String>,
    /// A pairing that lasted so many months.
    pub pairing_months: Option<i64>,
    /// A committee said something of the work.
    pub feedback: bool,
}

/// What a member has, of confirmed records, in a call's half-years.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Got {
    /// How many times they took part.
    pub times: i64,
    /// How long in all, in minutes.
    pub minutes: i64,
    /// In which areas, in the order of the form.
    pub areas: Vec<Area>,
    /// Whole months that their longest pairing with a visit in these half-years lasted.
    pub pairing_months: i64,
    /// Whether a committee said something of their work.
    pub feedback: bool,
}

/// A criterion with what is asked for and what there is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    /// In words.
    pub words: String,
    /// Whether it is met.
    pub met: bool,
}

impl Figures {
    /// The area that is asked for.
    pub fn area(&self) -> Option<Area> {
        self.area.as_deref().and_then(Area::from_name)
    }

    /// Whether anything is asked for in figures.
    pub fn any(&self) -> bool {
        *self != Self::default()
    }

    /// What is asked for, in words, one criterion each.
    pub fn words(&self, language: Language) -> Vec<String> {
        let number = |key, wanted: i64| language.text_with(key, &[("wanted", Value::from(wanted))]);
        let mut words = Vec::new();
        words.extend(self.times.map(|times| number("commendations-asked-times", times)));
        words.extend(self.minutes.map(|minutes| {
            language.text_with("commendations-asked-hours", &[("wanted", hours(minutes).into())])
        }));
        words.extend(self.areas.map(|areas| number("commendations-asked-areas", areas)));
        words.extend(self.area().map(|area| {
            language.text_with("commendations-asked-area", &[("area", Value::Key(area.key()))])
        }));
        let months = self.pairing_months;
        words.extend(months.map(|months| number("commendations-asked-pairing", months)));
        if self.feedback {
            words.push(language.text("commendations-asked-feedback").to_owned());
        }
        words
    }

    /// Each criterion with what a member has of it.
    pub fn beside(&self, got: &Got, language: Language) -> Vec<Why> {
        let mut all = Vec::new();
        let mut say = |key: &str, got: Value, wanted: Value, met: bool| {
            let words = language.text_with(key, &[("got", got), ("wanted", wanted)]);
            all.push(Why { words, met });
        };
        if let Some(wanted) = self.times {
            say("commendations-why-times", got.times.into(), wanted.into(), got.times >= wanted);
        }
        if let Some(wanted) = self.minutes {
            let has = match got.minutes {
                0 => "0".to_owned(),
                minutes => hours(minutes),
            };
            let met = got.minutes >= wanted;
            say("commendations-why-hours", has.into(), hours(wanted).into(), met);
        }
        if let Some(wanted) = self.areas {
            let has = got.areas.len();
            let met = i64::try_from(has).is_ok_and(|has| has >= wanted);
            say("commendations-why-areas", has.into(), wanted.into(), met);
        }
        if let Some(area) = self.area() {
            let met = got.areas.contains(&area);
            let has = if met { "members-yes" } else { "members-no" };
            say("commendations-why-area", Value::Key(has), Value::Key(area.key()), met);
        }
        if let Some(wanted) = self.pairing_months {
            let has = got.pairing_months;
            say("commendations-why-pairing", has.into(), wanted.into(), has >= wanted);
        }
        if self.feedback {
            let has = if got.feedback { "members-yes" } else { "members-no" };
            say("commendations-why-feedback", Value::Key(has), "".into(), got.feedback);
        }
        all
    }

    /// Whether all of it is met.
    pub fn are_met(&self, got: &Got) -> bool {
        self.beside(got, Language::Chinese).iter().all(|why| why.met)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked() -> Figures {
        Figures {
            times: Some(10),
            minutes: Some(90),
            areas: Some(2),
            area: Some("culture".to_owned()),
            pairing_months: Some(6),
            feedback: true,
        }
    }

    #[test]
    fn every_criterion_is_said_with_the_figure_beside_the_wanted_one() {
        let got = Got {
            times: 12,
            minutes: 60,
            areas: vec![Area::Culture, Area::GoodDeeds],
            pairing_months: 6,
            feedback: false,
        };
        let why = asked().beside(&got, Language::English);
        assert_eq!(why.len(), 6);
        let met: Vec<bool> = why.iter().map(|why| why.met).collect();
        assert_eq!(met, [true, false, true, true, true, false]);
        assert_eq!(why[0].words, "Times: 12 (asked for: 10)");
        assert_eq!(why[1].words, "Hours: 1 (asked for: 1.5)");
        assert!(!asked().are_met(&got));
        let all = Got { minutes: 90, feedback: true, ..got };
        assert!(asked().are_met(&all));
    }

    #[test]
    fn what_is_not_asked_for_keeps_nobody_out() {
        assert!(Figures::default().are_met(&Got::default()));
        assert!(!Figures::default().any() && asked().any());
        assert_eq!(asked().words(Language::English).len(), 6);
    }
}
