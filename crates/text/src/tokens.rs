//! What the search index holds of a record.
//!
//! The index (FTS5 with the `ascii` tokenizer) splits at ASCII signs and keeps everything else
//! whole. For each text it is given first the pairs of neighbouring characters in their sequence,
//! so that two consecutive pairs as a phrase are exactly a substring of three characters; then the
//! fours, whose phrases are the longer substrings; and then the single characters, over which no
//! phrase can reach into the next text. A pair is a hundred times rarer than a character, which is
//! what makes a search of `张伟` fast; but pairs of digits are in every number and address, and so
//! a phrase of pairs would make `T0000123` or `180弄15号402室` slow. Of the threes only those are
//! kept that end as places do: `四平路`, `12弄`.

use std::collections::HashSet;
use std::fmt::Write as _;

use super::{Readings, fold, is_han};

/// Marks the tokens that stand for a property and not for text. Normal text never holds it.
const MARK: char = '\u{FDD0}';

/// How many syllables of a name are learnt from any one of them on but the first, as nobody types
/// more of a name from its middle. Otherwise a name of thirty characters would have thousands of tokens.
const REACH: usize = 6;

/// A property by which records are filtered.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
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
    /// Lives where no committee is set up yet, or is not known to.
    Unattached,
    /// Has an address whose committee a clerk still has to settle.
    Unsettled,
    /// Agreed to be known to the committee.
    Agreed,
    /// Registered among the records of this block.
    Block(Block),
    /// Both of two that [`Filter::goes_with`] names, the lesser first.
    Both(Box<Self>, Box<Self>),
}

impl Filter {
    /// The token that stands for it.
    pub fn token(&self) -> String {
        format!("{MARK}{}", self.letters())
    }

    fn letters(&self) -> String {
        match self {
            Self::Committee(id) => format!("c{id}"),
            Self::Street(code) => format!("t{code}"),
            Self::District(code) => format!("d{code}"),
            Self::Branch(id) => format!("b{id}"),
            Self::Skill(id) => format!("s{id}"),
            Self::Unattached => "u".to_owned(),
            Self::Unsettled => "w".to_owned(),
            Self::Agreed => "k".to_owned(),
            Self::Block(Block { size: BlockSize::Thousands, number }) => format!("n{number}"),
            Self::Block(Block { size: BlockSize::TensOfThousands, number }) => format!("m{number}"),
            Self::Both(one, other) => format!("{}{}", one.letters(), other.letters()),
        }
    }

    /// Whether the index has a token for both together. Each is true of a part of all records so
    /// large that going through two such lists for the few that are in both costs too much.
    fn goes_with(&self, other: &Self) -> bool {
        match (self.min(other), self.max(other)) {
            (Self::Skill(one), Self::Skill(other)) => one != other,
            (
                Self::Committee(_) | Self::Street(_) | Self::District(_) | Self::Branch(_),
                Self::Skill(_),
            )
            | (Self::District(_), Self::Branch(_)) => true,
            _ => false,
        }
    }

    /// Both together.
    fn and(self, other: Self) -> Self {
        let (one, other) = if self <= other { (self, other) } else { (other, self) };
        Self::Both(Box::new(one), Box::new(other))
    }

    /// Fewest and rarest properties that say the same as all of these: those that go with one of
    /// them stand together with it.
    pub(super) fn joined(filters: &[Self]) -> Vec<Self> {
        let mut filters = filters.to_vec();
        filters.sort_unstable();
        filters.dedup();
        let going = |one: &Self| filters.iter().filter(|other| one.goes_with(other)).count();
        // Of several the first, which is the rarer.
        let Some(anchor) = filters.iter().rev().max_by_key(|one| going(one)).cloned() else {
            return filters;
        };
        if going(&anchor) == 0 {
            return filters;
        }
        let join = |filter: Self| match anchor.goes_with(&filter) {
            true => Some(filter.and(anchor.clone())),
            false => (filter != anchor).then_some(filter),
        };
        filters.into_iter().filter_map(join).collect()
    }
}

/// Records that were registered one after the other: their ids have the same upper digits. The
/// index is in the order of the phone book; with these the latest of many are found without a
/// look at all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Block {
    size: BlockSize,
    number: i64,
}

/// How many records a block holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum BlockSize {
    /// 4,096.
    Thousands,
    /// 65,536.
    TensOfThousands,
}

impl BlockSize {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Thousands, Self::TensOfThousands];

    const fn bits(self) -> u32 {
        match self {
            Self::Thousands => 12,
            Self::TensOfThousands => 16,
        }
    }
}

impl Block {
    /// The one that holds this id.
    pub fn of(size: BlockSize, id: i64) -> Self {
        Self { size, number: id >> size.bits() }
    }

    /// The one before it.
    #[must_use]
    pub fn earlier(self) -> Self {
        Self { number: self.number - 1, ..self }
    }

    /// The one after it.
    #[must_use]
    pub fn later(self) -> Self {
        Self { number: self.number + 1, ..self }
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
            for three in characters.windows(3).filter(|three| ends_as_place(three)) {
                self.text.extend(three);
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

    /// All of its properties, and those that go together.
    #[must_use]
    pub fn filters(mut self, filters: &[Filter]) -> Self {
        for (place, filter) in filters.iter().enumerate() {
            self.loose.insert(filter.token());
            for other in filters[..place].iter().filter(|other| filter.goes_with(other)) {
                self.loose.insert(filter.clone().and(other.clone()).token());
            }
        }
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

/// Whether three characters end as a place does, so that the index keeps them together.
pub(super) fn ends_as_place(characters: &[char]) -> bool {
    matches!(characters, [_, _, '路' | '街' | '弄' | '号' | '室'])
}

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
    fn what_is_asked_for_together_has_one_token() {
        let (committee, street) = (Filter::Committee(3), Filter::Street("310110001".to_owned()));
        let (district, branch) = (Filter::District("310110".to_owned()), Filter::Branch(4));
        let (skill, other) = (Filter::Skill(5), Filter::Skill(9));
        let all = [&committee, &street, &district, &branch, &other, &skill, &Filter::Agreed];
        let all: Vec<Filter> = all.into_iter().cloned().collect();
        let held = Tokens::new().filters(&all).finish();
        let held: HashSet<&str> = held.split_whitespace().collect();
        // Whatever is asked for of them is found, by no more tokens than before.
        for chosen in 0..1_u32 << all.len() {
            let asked: Vec<Filter> = (0..all.len())
                .filter(|place| chosen & (1 << place) != 0)
                .map(|place| all[place].clone())
                .collect();
            let joined = Filter::joined(&asked);
            assert!(joined.len() <= asked.len(), "{asked:?}");
            for filter in &joined {
                assert!(held.contains(filter_token(filter).as_str()), "{asked:?}: {filter:?}");
            }
            // And nothing of what was asked for is left out.
            for filter in &asked {
                let told = joined.iter().any(|joined| match joined {
                    Filter::Both(one, other) => **one == *filter || **other == *filter,
                    one => one == filter,
                });
                assert!(told, "{asked:?}: {filter:?}");
            }
        }
        let three = [other, skill, district];
        assert_eq!(Filter::joined(&three).len(), 2);
    }

    #[test]
    fn nobody_can_type_a_property() {
        let typed = fold(&Filter::Unattached.token());
        assert_eq!(typed, "u");
    }
}
