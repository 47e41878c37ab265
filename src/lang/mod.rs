//! The reader's language: which one, and every text that people see, from the catalogues in
//! `locales/`.
//!
//! A text is named by its key. One that takes no arguments is formatted once, when the program
//! first asks for its language, and costs a look-up afterwards.

mod catalogue;
mod dates;

use std::borrow::Cow;
use std::str::FromStr;

use fluent_bundle::{FluentArgs, FluentValue};

use catalogue::Catalogue;

/// A language that Linli speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// Simplified Chinese, the language of the offices that Linli is made for.
    #[default]
    Chinese,
    /// English.
    English,
}

impl Language {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::Chinese, Self::English];

    /// The language tag, as in `<html lang>` and in the catalogue's folder name.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Chinese => "zh-CN",
            Self::English => "en",
        }
    }

    /// The best of our languages for an `Accept-Language` header; Chinese when none is asked for.
    pub fn negotiate(accepted: &str) -> Self {
        let mut asked: Vec<(f32, &str)> = accepted
            .split(',')
            .filter_map(|part| {
                let mut pieces = part.split(';');
                let tag = pieces.next()?.trim();
                let quality = pieces
                    .find_map(|piece| piece.trim().strip_prefix("q="))
                    .map_or(Some(1.0), |quality| quality.parse().ok())?;
                (quality > 0.0).then_some((quality, tag))
            })
            .collect();
        asked.sort_by(|one, other| other.0.total_cmp(&one.0));
        asked.iter().find_map(|(_, tag)| tag.parse().ok()).unwrap_or_default()
    }

    /// The text with this key. A key that is in no catalogue comes back as it is; a test keeps
    /// that from happening.
    pub fn text(self, key: &'static str) -> &'static str {
        Catalogue::of(self).plain(key).unwrap_or(key)
    }

    /// The text with this key, its arguments filled in.
    pub fn text_with(self, key: &str, arguments: &[(&'static str, Value)]) -> String {
        if arguments.is_empty()
            && let Some(text) = Catalogue::of(self).plain(key)
        {
            return text.to_owned();
        }
        let mut filled = FluentArgs::with_capacity(arguments.len());
        for (name, value) in arguments {
            let value = match value {
                Value::Text(text) => FluentValue::from(text.as_ref()),
                Value::Number(number) => FluentValue::from(*number),
                Value::Key(key) => FluentValue::from(self.text(key)),
            };
            filled.set(*name, value);
        }
        Catalogue::of(self).format(key, &filled).unwrap_or_else(|| key.to_owned())
    }

    /// Whether the catalogue has this key.
    pub fn knows(self, key: &str) -> bool {
        Catalogue::of(self).has(key)
    }

    /// A whole number, grouped by thousands as both languages write it in tables (`12,345`).
    pub fn number(self, number: i64) -> String {
        catalogue::grouped(number)
    }
}

impl FromStr for Language {
    type Err = ();

    /// Reads a language tag; regions and scripts of a language that we speak are that language.
    fn from_str(tag: &str) -> Result<Self, ()> {
        let primary = tag.split(['-', '_', '.']).next().unwrap_or_default();
        if primary.eq_ignore_ascii_case("zh") {
            Ok(Self::Chinese)
        } else if primary.eq_ignore_ascii_case("en") {
            Ok(Self::English)
        } else {
            Err(())
        }
    }
}

/// What fills a place in a text.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Words, as they are.
    Text(Cow<'static, str>),
    /// A whole number: chooses the plural form and is written grouped.
    Number(i64),
    /// Another text of the catalogue, by its key.
    Key(&'static str),
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(Cow::Owned(text.to_owned()))
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<usize> for Value {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Number(i64::from(number))
    }
}

/// A text that is not said yet: its key and arguments, without a language.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    key: &'static str,
    arguments: Vec<(&'static str, Value)>,
}

impl Message {
    /// The text with this key.
    pub fn new(key: &'static str) -> Self {
        Self { key, arguments: Vec::new() }
    }

    /// With this place filled.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.arguments.push((name, value.into()));
        self
    }

    /// Its key.
    pub fn key(&self) -> &'static str {
        self.key
    }

    /// Said in a language.
    pub fn say(&self, language: Language) -> String {
        language.text_with(self.key, &self.arguments)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_gets_the_language_that_it_asks_for_and_chinese_otherwise() {
        assert_eq!(Language::negotiate("en-US,en;q=0.9,zh-CN;q=0.8"), Language::English);
        assert_eq!(Language::negotiate("zh-TW,zh;q=0.9,en;q=0.8"), Language::Chinese);
        assert_eq!(Language::negotiate("de-DE,de;q=0.9,en;q=0.5"), Language::English);
        assert_eq!(Language::negotiate("en;q=0.2, zh;q=0.7"), Language::Chinese);
        assert_eq!(Language::negotiate("en;q=0"), Language::Chinese);
        assert_eq!(Language::negotiate(""), Language::Chinese);
    }

    #[test]
    fn numbers_are_grouped_by_thousands() {
        assert_eq!(Language::Chinese.number(0), "0");
        assert_eq!(Language::Chinese.number(999), "999");
        assert_eq!(Language::English.number(1_000_000), "1,000,000");
        assert_eq!(Language::English.number(-12_345), "-12,345");
    }
}
