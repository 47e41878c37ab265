//! The order of the phone book as a number: by the surname's syllable as surnames are read, then
//! by its character, then likewise the second, then the third. What the search finds streams out
//! in this order because the number is the row's key in the index.

use std::collections::HashMap;
use std::sync::LazyLock;

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::locale;

use super::heteronyms::likeliest;
use super::{Readings, is_han};

/// How many records one bucket takes before the next one's room begins.
pub const BUCKET_SIZE: i64 = 1 << 17;

/// Bits for the parts of a key, from the most significant: syllable and character of the first
/// place, of the second, syllable of the third; 17 bits are left for numbering within.
const SYLLABLE_BITS: u32 = 11;
const FIRST_CHARACTER_BITS: u32 = 8;
const SECOND_CHARACTER_BITS: u32 = 5;

struct Ranks {
    /// A syllable's place among all syllables, from 1; Latin words by their first three letters
    /// stand in one place before them.
    syllables: HashMap<String, u16>,
    /// A character's place among those of its likeliest syllable, from 1.
    characters: HashMap<char, u16>,
}

static RANKS: LazyLock<Ranks> = LazyLock::new(Ranks::new);

/// After every reading: characters that have none.
const UNREAD: u16 = (1 << SYLLABLE_BITS) - 1;

impl Ranks {
    fn new() -> Self {
        let mut by_syllable: HashMap<String, Vec<char>> = HashMap::new();
        let blocks = [0x3007..=0x3007, 0x3400..=0x4DBF, 0x4E00..=0x9FFF, 0x20000..=0x323AF];
        for character in blocks.into_iter().flatten().filter_map(char::from_u32) {
            if let Some(syllable) = likeliest(character) {
                by_syllable.entry(syllable).or_default().push(character);
            }
        }
        let mut names: Vec<&String> = by_syllable.keys().collect();
        names.sort_unstable();
        let syllables = names
            .into_iter()
            .zip(FIRST_SYLLABLE..UNREAD)
            .map(|(syllable, rank)| (syllable.clone(), rank))
            .collect();
        let collator = chinese();
        let mut characters = HashMap::new();
        for mut same in by_syllable.into_values() {
            same.sort_by(|one, other| {
                let mut buffers = ([0; 4], [0; 4]);
                collator.compare(one.encode_utf8(&mut buffers.0), other.encode_utf8(&mut buffers.1))
            });
            characters.extend(same.into_iter().zip(1..=u16::MAX));
        }
        Self { syllables, characters }
    }
}

/// Latin letters and digits stand before Han, one rank for each first letter.
const FIRST_SYLLABLE: u16 = 64;

fn chinese() -> CollatorBorrowed<'static> {
    let preferences = locale!("zh-u-co-pinyin").into();
    #[expect(clippy::expect_used, reason = "the collation data are compiled in")]
    Collator::try_new(preferences, CollatorOptions::default()).expect("compiled data")
}

/// A key by which short lists (skills, branches, committees) sort as Chinese readers expect.
pub fn collation_key(text: &str) -> Vec<u8> {
    static COLLATOR: LazyLock<CollatorBorrowed<'static>> = LazyLock::new(chinese);
    let mut key = Vec::new();
    let Ok(()) = COLLATOR.write_sort_key_to(text, &mut key);
    key
}

/// The bucket of a name: a number from 0 with its low 17 bits zero, to which callers add a
/// running number. Namesakes share a bucket.
pub fn sort_bucket(name: &str) -> i64 {
    let way = Readings::of_name(name).ways().first().cloned().unwrap_or_default();
    let mut places: Vec<(u16, u16)> = Vec::with_capacity(3);
    let mut syllables = way.iter();
    let mut latin = false;
    for character in name.chars() {
        if places.len() == 3 {
            break;
        }
        if character.is_ascii_alphanumeric() {
            if !std::mem::replace(&mut latin, true) {
                places.push((latin_rank(character), 0));
                syllables.next();
            }
            continue;
        }
        latin = false;
        if !is_han(character) {
            continue;
        }
        let own = RANKS.characters.get(&character).copied();
        // A character without a reading has no syllable in the way either.
        let syllable = if own.is_some() { syllables.next() } else { None };
        let rank = syllable.and_then(|syllable| RANKS.syllables.get(syllable)).copied();
        places.push((rank.unwrap_or(UNREAD), own.unwrap_or(0)));
    }
    places.resize(3, (0, 0));
    let mut key = 0_i64;
    let mut push = |value: u16, bits: u32| {
        let most = (1_u16 << bits) - 1;
        key = (key << bits) | i64::from(value.min(most));
    };
    push(places[0].0, SYLLABLE_BITS);
    push(places[0].1, FIRST_CHARACTER_BITS);
    push(places[1].0, SYLLABLE_BITS);
    push(places[1].1, SECOND_CHARACTER_BITS);
    push(places[2].0, SYLLABLE_BITS);
    key * BUCKET_SIZE
}

fn latin_rank(character: char) -> u16 {
    let lower = character.to_ascii_lowercase();
    match lower {
        'a'..='z' => u16::from(lower as u8 - b'a') + 20,
        _ => u16::from(lower as u8 - b'0') + 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_as_in_a_phone_book() {
        let expected = [
            "Anna Lee",
            "安宁",
            "单小明",
            "王芳",
            "王伟",
            "尉迟恭",
            "张三",
            "张伟",
            "张伟东",
            "朱颖",
        ];
        let mut sorted = expected;
        sorted.reverse();
        sorted.sort_by_key(|name| sort_bucket(name));
        assert_eq!(sorted, expected);
    }

    #[test]
    fn those_of_one_surname_stand_together() {
        let zhang = |name: &str| sort_bucket(name) >> 44;
        assert_eq!(zhang("张伟"), zhang("张阿"));
        assert_ne!(zhang("张伟"), zhang("章伟"));
    }

    #[test]
    fn a_bucket_leaves_room_and_is_never_negative() {
        for name in ["", "𠮷", "座座座", "阿卜杜热依木·麦麦提", "zzz", "龘龘龘", "😀"]
        {
            let bucket = sort_bucket(name);
            assert!(bucket >= 0 && bucket % BUCKET_SIZE == 0, "{name}");
            assert!(bucket <= i64::MAX - BUCKET_SIZE, "{name}");
        }
    }

    #[test]
    fn short_lists_sort_by_pinyin() {
        let mut skills = ["书法", "编程", "英语", "法律咨询"];
        skills.sort_by_cached_key(|skill| collation_key(skill));
        assert_eq!(skills, ["编程", "法律咨询", "书法", "英语"]);
    }
}
