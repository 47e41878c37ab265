//! In which ways a single character is read in modern Chinese.

use std::collections::HashMap;
use std::sync::LazyLock;

use pinyin::ToPinyin as _;

/// A line for each set of readings: the readings, and behind them the characters. Dictionaries of
/// the classics know more (立 wèi, 宁 zhù, 平 pián), but nobody types them for a name, and whoever
/// searches 张伟 by its pinyin would be shown 张立 too.
const TABLE: &str = include_str!("heteronyms.txt");

/// Characters of personal names that the crate `pinyin` does not know: variants of a common
/// character (𠮷 of 吉, Unihan `kSpoofingVariant`; 㐂 of 喜, written so in names), read as it is. It
/// knows the 196 characters of 通用规范汉字表 that lie outside the Basic Multilingual Plane.
const VARIANTS: &[(char, &str)] = &[('𠮷', "ji"), ('㐂', "xi")];

static SEVERAL: LazyLock<HashMap<char, Vec<&'static str>>> = LazyLock::new(|| {
    let mut several = HashMap::new();
    for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
        let Some((readings, characters)) = line.rsplit_once(' ') else { continue };
        let readings: Vec<&str> = readings.split(' ').collect();
        several.extend(characters.chars().map(|character| (character, readings.clone())));
    }
    several
});

/// A character's readings, the commonest first: lower case without tones, ü as `v`. None when it
/// is not Chinese, or not known.
pub(super) fn readings(character: char) -> Vec<String> {
    if let Some(several) = SEVERAL.get(&character) {
        return several.iter().map(|reading| (*reading).to_owned()).collect();
    }
    if let Some((_, reading)) = VARIANTS.iter().find(|(variant, _)| *variant == character) {
        return vec![(*reading).to_owned()];
    }
    likeliest(character).into_iter().collect()
}

/// The reading by which a name's character at this place is sorted.
pub(super) fn likeliest(character: char) -> Option<String> {
    character.to_pinyin().map(|reading| reading.plain().replace('ü', "v"))
}

#[cfg(test)]
mod tests {
    use pinyin::ToPinyinMulti as _;

    use super::*;

    #[test]
    fn a_character_is_read_as_modern_chinese_reads_it_and_in_no_other_way() {
        for (character, expected) in [
            ('立', vec!["li"]),
            ('平', vec!["ping"]),
            ('宁', vec!["ning"]),
            ('乐', vec!["le", "yue"]),
            ('行', vec!["xing", "hang", "heng"]),
            ('曾', vec!["ceng", "zeng"]),
            ('单', vec!["dan", "chan", "shan"]),
            ('茜', vec!["qian", "xi"]),
            ('晟', vec!["cheng", "sheng"]),
            ('吕', vec!["lv"]),
            ('a', vec![]),
        ] {
            assert_eq!(readings(character), expected, "{character}");
        }
    }

    #[test]
    fn characters_of_names_outside_the_first_plane_are_read() {
        for (character, expected) in [
            ('𠮷', "ji"),
            ('㐂', "xi"),
            ('䶮', "yan"),
            ('𬀩', "wei"),
            ('𫖯', "fu"),
            ('𬱖', "di"),
            ('𬴊', "lin"),
            ('𬸣', "xian"),
        ] {
            assert_eq!(readings(character), [expected], "{character}");
        }
    }

    #[test]
    fn the_table_begins_with_the_commonest_reading_and_adds_only_what_the_crate_knows() {
        assert_eq!(SEVERAL.len(), 830);
        for (character, several) in SEVERAL.iter() {
            assert_eq!(several.first().copied(), likeliest(*character).as_deref(), "{character}");
            let known: Vec<String> = character
                .to_pinyin_multi()
                .into_iter()
                .flatten()
                .map(|reading| reading.plain().replace('ü', "v").replace('ê', "e"))
                .collect();
            assert!(several.len() > 1, "{character}");
            for reading in several {
                assert!(known.contains(&(*reading).to_owned()), "{character} {reading}");
            }
        }
    }
}
