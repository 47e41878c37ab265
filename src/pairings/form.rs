//! The form of what a pairing agreed on.

use serde::{Deserialize, Serialize};

use super::{Help, Pairing, PairingDetails, Rhythm};
use crate::lang::Message;
use crate::needs::form::{choices, place_field, place_words_field, read_place_words};
use crate::needs::{Place, parse_day, place_words};
use crate::text::normalize;
use crate::web::forms::{Field, Problems};
use crate::web::{Fact, Page};

/// The largest amount, in yuan.
const LARGEST_AMOUNT: i64 = 1_000_000;

/// What was typed, as it came.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct PairingForm {
    pub begins: String,
    pub until: String,
    pub rhythm: String,
    pub help: String,
    pub amount: String,
    pub place: String,
    pub place_words: String,
    pub next_visit: String,
    pub version: i64,
    pub form: String,
}

impl PairingForm {
    /// The form as it opens on a pairing.
    pub(super) fn of(pairing: &Pairing) -> Self {
        let details = pairing.details.clone();
        Self {
            begins: details.begins,
            until: details.until.unwrap_or_default(),
            rhythm: details.rhythm.name().to_owned(),
            help: details.help.name().to_owned(),
            amount: details.amount.map_or_else(String::new, |amount| amount.to_string()),
            place: details.place.name().to_owned(),
            place_words: details.place_words,
            next_visit: pairing.next_visit.clone().unwrap_or_default(),
            version: pairing.version,
            form: String::new(),
        }
    }

    /// Reads the form: what was agreed on and the day of the next visit.
    pub(super) fn read(&self, problems: &mut Problems) -> Option<(PairingDetails, Option<String>)> {
        let begins = problems.check("begins", parse_day(&self.begins)).flatten();
        if begins.is_none() {
            problems.add("begins", Message::new("form-required"));
        }
        let until = problems.check("until", parse_day(&self.until));
        if let (Some(begins), Some(Some(until))) = (&begins, &until)
            && until < begins
        {
            problems.add("until", Message::new("pairings-until-before"));
        }
        let choose = || Message::new("form-choose");
        let rhythm = problems.check("rhythm", Rhythm::from_name(&self.rhythm).ok_or_else(choose));
        let help = problems.check("help", Help::from_name(&self.help).ok_or_else(choose));
        let amount = problems.check("amount", self.read_amount(help));
        let place = problems.check("place", Place::from_name(&self.place).ok_or_else(choose));
        let place_words = read_place_words(place, &self.place_words, problems);
        let next_visit = problems.check("next_visit", parse_day(&self.next_visit));
        let details = PairingDetails {
            begins: begins?,
            until: until?,
            rhythm: rhythm?,
            help: help?,
            amount: amount?,
            place: place?,
            place_words: place_words?,
        };
        Some((details, next_visit?)).filter(|_| problems.is_empty())
    }

    /// The amount, which stands there only for money.
    fn read_amount(&self, help: Option<Help>) -> Result<Option<i64>, Message> {
        let typed = normalize(&self.amount);
        if help != Some(Help::Money) || typed.is_empty() {
            return Ok(None);
        }
        match typed.replace(',', "").parse::<i64>() {
            Ok(amount) if (1..=LARGEST_AMOUNT).contains(&amount) => Ok(Some(amount)),
            _ => Err(Message::new("pairings-amount-shape")),
        }
    }

    /// The fields, as typed, with their messages.
    pub(super) fn fields(&self, page: &Page, problems: &Problems) -> Fields {
        let line = |name: &str, label: &'static str, value: &str| {
            Field::new(page, name, label).value(value).check(page, problems)
        };
        let rhythms = Rhythm::ALL.iter().map(|rhythm| (rhythm.name(), rhythm.key()));
        let kinds = Help::ALL.iter().map(|help| (help.name(), help.key()));
        Fields {
            begins: line("begins", "pairings-begins", &self.begins).kind("date", "off").required(),
            until: line("until", "pairings-until", &self.until).kind("date", "off"),
            rhythm: line("rhythm", "pairings-rhythm", "").options(choices(
                page,
                rhythms,
                &self.rhythm,
            )),
            help: line("help", "pairings-help", "").options(choices(page, kinds, &self.help)),
            amount: line("amount", "pairings-amount", &self.amount)
                .kind("number", "off")
                .hint(page.t("pairings-amount-hint")),
            place: place_field(page, &self.place, problems),
            place_words: place_words_field(page, &self.place_words, problems),
            next_visit: line("next_visit", "pairings-next", &self.next_visit).kind("date", "off"),
            version: self.version,
        }
    }
}

/// The fields of the form, drawn by `templates/pairings/form.html`.
pub(super) struct Fields {
    pub begins: Field,
    pub until: Field,
    pub rhythm: Field,
    pub help: Field,
    pub amount: Field,
    pub place: Field,
    pub place_words: Field,
    pub next_visit: Field,
    pub version: i64,
}

/// What was agreed on, in words, in the order of the form.
pub(super) fn facts(page: &Page, details: &PairingDetails, next: Option<&str>) -> [Fact; 6] {
    let day = |day: Option<&str>| day.map_or_else(String::new, |day| page.date(day));
    let mut help = page.t(details.help.key()).to_owned();
    if let Some(amount) = details.amount {
        help = format!("{help} · {}", page.t1("pairings-yuan", "amount", amount));
    }
    [
        ("pairings-begins", page.date(&details.begins)),
        ("pairings-until", day(details.until.as_deref())),
        ("pairings-rhythm", page.t(details.rhythm.key()).to_owned()),
        ("pairings-help", help),
        ("needs-where", place_words(page, details.place, &details.place_words)),
        ("pairings-next", day(next)),
    ]
    .map(|(key, text)| Fact { label: page.t(key), text })
}
