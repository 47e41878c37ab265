//! What the search index holds of a record.
//!
//! The index (FTS5 with the `ascii` tokenizer) splits at ASCII signs and keeps everything else
//! whole. For each text it is given first the pairs of neighbouring characters in their sequence,
//! so that two consecutive pairs as a phrase are exactly a substring of three characters; then the
//! fours, whose phrases are the longer substrings; and then the single characters, over which no
//! phrase can reach into the next text. A pair is a hundred times rarer than a character, which is
//! what makes a search of `张伟` fast; but pairs of digits are in every number and address, and so
//! a phrase of pairs would make `T0000123` or `180弄15号402室` slow.

use std::collections::HashSet;
use std::fmt::Write as _;

use super::{Readings, fold, is_han};

/// Marks the tokens that stand for a property and not for text. Normal text never holds it.
const MARK: char = '\u{FDD0}';

/// How many syllables of a name are learnt from any one of them on but the first, as nobody types
/// more of a name from its middle. Otherwise a name of thirty characters would have thousands of tokens.
const REACH: usize = 6;

/// A property by which members are filtered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filter {
    /// Lives in this committee's area, or is attached to it as a host (`committees.id`).
    Committee(i64),
    /// Of this sub-district, by its 9 digits.
    Street(String),
    /// Of this district, by its 6 digits.
    District(String),
    /// Of this branch (`branches.id`).
    Branch(i64),
    /// Has this skill (`skills.id`).
    Skill(i64),
    /// Both: of this committee and with this skill. It is what is asked for most, and the list of a
    /// common skill is long to go through for the few of one committee.
    SkillOfCommittee(i64, i64),
    /// Lives where no committee is set up yet, or is not known to.
    Unattached,
    /// Has an address whose committee a clerk still has to settle.
    Unsettled,
    /// Agreed to be known to the committee.
    Agreed,
}

impl Filter {
    /// The token that stands for it.
    pub fn token(&self) -> String {
        match self {
            Self::Committee(id) => format!("{MARK}c{id}"),
            Self::Street(code) => format!("{MARK}t{code}"),
            Self::District(code) => format!("{MARK}d{code}"),
            Self::Branch(id) => format!("{MARK}b{id}"),
            Self::Skill(id) => format!("{MARK}s{id}"),
            Self::SkillOfCommittee(committee, skill) => format!("{MARK}c{committee}s{skill}"),
            Self::Unattached => format!("{MARK}u"),
            Self::Unsettled => format!("{MARK}w"),
            Self::Agreed => format!("{MARK}k"),
        }
    }
}

/// Collects the tokens of one record.
#[derive(Debug, Default)]
pub struct Tokens {
    /// What has a place: pairs and singles.
    text: String,
    /// What is only there or not: readings and properties.
    loose: HashSet<String>,
}

impl Tokens {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Any text: an address, a committee, a skill, a number.
    #[must_use]
    pub fn text(mut self, text: &str) -> Self {
        for run in runs(&fold(text)) {
            let characters: Vec<char> = run.chars().collect();
            for pair in characters.windows(2) {
                self.text.push(pair[0]);
                self.text.push(pair[1]);
                self.text.push(' ');
            }
            for four in characters.windows(4) {
                self.text.extend(four);
                self.text.push(' ');
            }
            for character in &characters {
                self.text.push(*character);
                self.text.push(' ');
            }
        }
        self
    }

    /// A person's name: its characters, and every way of typing it in pinyin.
    #[must_use]
    pub fn name(mut self, name: &str) -> Self {
        self = self.text(name);
        for way in Readings::of_name(name).ways() {
            self.add_reading(way);
        }
        self
    }

    /// A phone number: found by all its digits, or its last four.
    #[must_use]
    pub fn phone(mut self, phone: &str) -> Self {
        let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
        if digits.len() > 4 {
            self.loose.insert(digits[digits.len() - 4..].to_owned());
        }
        if !digits.is_empty() {
            self.loose.insert(digits);
        }
        self
    }

    /// A property.
    #[must_use]
    pub fn filter(mut self, filter: &Filter) -> Self {
        self.loose.insert(filter.token());
        self
    }

    /// Every prefix of the reading from each syllable on (`zhuy`, `ying`), and of its initials
    /// from each on (`zy`, `y`); all of a long name only from its beginning.
    fn add_reading(&mut self, way: &[String]) {
        for start in 0..way.len() {
            let end = if start == 0 { way.len() } else { way.len().min(start + REACH) };
            let part = &way[start..end];
            self.add_spellings(&part.concat());
            let initials: String = part.iter().filter_map(|s| s.chars().next()).collect();
            self.add_prefixes(&initials);
        }
    }

    /// ü is typed v, u or yu.
    fn add_spellings(&mut self, joined: &str) {
        self.add_prefixes(joined);
        if joined.contains('v') {
            self.add_prefixes(&joined.replace('v', "u"));
            self.add_prefixes(&joined.replace('v', "yu"));
        }
    }

    fn add_prefixes(&mut self, word: &str) {
        for (end, character) in word.char_indices() {
            let prefix = &word[..end + character.len_utf8()];
            if !self.loose.contains(prefix) {
                self.loose.insert(prefix.to_owned());
            }
        }
    }

    /// All of them, for the index.
    pub fn finish(self) -> String {
        let mut loose: Vec<String> = self.loose.into_iter().collect();
        loose.sort_unstable();
        let mut all = self.text;
        for token in loose {
            let _ = write!(all, "{READING}{token} ");
        }
        all
    }
}

/// Sets readings and properties apart from text: `an` typed for 安 never finds an `an` inside a
/// word of an address by accident of its reading. Like [`MARK`] it is never in normal text.
const READING: char = '\u{FDD1}';

/// The token for a word of pinyin.
pub(super) fn reading_token(word: &str) -> String {
    format!("{READING}{word}")
}

/// The token for a property, as it stands in the index.
pub(super) fn filter_token(filter: &Filter) -> String {
    format!("{READING}{}", filter.token())
}

/// The stretches of a folded text between signs that nobody searches for.
pub(super) fn runs(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(|c: char| !is_searchable(c)).filter(|run| !run.is_empty())
}

/// Whether a character is kept by the index: all but ASCII signs, and the signs of Chinese text.
pub(super) fn is_searchable(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    is_han(c) || c.is_alphanumeric() || !(c.is_whitespace() || is_sign(c))
}

fn is_sign(c: char) -> bool {
    matches!(u32::from(c), 0x2000..=0x206F | 0x3000..=0x3006 | 0x3008..=0x303F | 0xFE30..=0xFE4F
        | 0xFF00..=0xFF0F | 0xB7)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_usual_name_costs_few_tokens() {
        let tokens = Tokens::new().name("朱颖").finish();
        assert!(tokens.split_whitespace().count() < 30, "{tokens}");
        assert!(tokens.starts_with("朱颖 朱 颖 "), "{tokens}");
    }

    #[test]
    fn a_long_name_is_found_from_any_syllable_on_and_costs_some_hundred_tokens() {
        let tokens =
            Tokens::new().name("阿卜杜热依木·麦麦提艾山江·吐尔逊乃亚孜·买买提伊力木江").finish();
        let tokens: Vec<&str> = tokens.split_whitespace().collect();
        for typed in [
            "abudureyimu",
            "abudureyimumaimaitiaishanjiangtuerxunnaiyazimaimaitiyilimujiang",
            "maimaitiaishan",
            "yimumaimaitiai",
            "yimumaimaitiaishan",
            "tuerxunnaiyazi",
            "jiang",
            "abdrymmmtasj",
        ] {
            let found = tokens.contains(&reading_token(typed).as_str());
            assert_eq!(found, typed != "yimumaimaitiaishan", "{typed}");
        }
        assert!(tokens.len() < 1500, "{}", tokens.len());
    }

    #[test]
    fn nobody_can_type_a_property() {
        let typed = fold(&Filter::Unattached.token());
        assert_eq!(typed, "u");
    }
}
