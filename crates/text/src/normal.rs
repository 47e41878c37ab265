//! The one form in which text is stored: NFC, half-width letters and digits, trimmed.

use unicode_normalization::UnicodeNormalization as _;

use super::is_han;

/// The normal form of a line of text: NFC; full-width letters, digits and signs half-width; runs
/// of white space one space; control characters and noncharacters gone; trimmed.
pub fn normalize(text: &str) -> String {
    if text.chars().all(is_plain) {
        return text.to_owned();
    }
    let mut normal = String::with_capacity(text.len());
    let mut space = false;
    for character in text.nfc() {
        let Some(character) = map(character) else { continue };
        if character.is_whitespace() {
            space = !normal.is_empty();
            continue;
        }
        if std::mem::take(&mut space) {
            normal.push(' ');
        }
        normal.push(character);
    }
    normal
}

/// The normal form of a person's name: also one kind of middle dot, and no spaces between Han
/// characters (forms often set two-character names with one between).
pub fn normalize_name(text: &str) -> String {
    let dotted: String = normalize(text)
        .chars()
        .map(|c| if matches!(c, '•' | '・' | '‧' | '⋅' | '●' | '．') { '·' } else { c })
        .collect();
    let mut name = String::with_capacity(dotted.len());
    let mut characters = dotted.chars().peekable();
    while let Some(character) = characters.next() {
        let joins = |c: char| is_han(c) || c == '·';
        if character == ' '
            && name.chars().next_back().is_some_and(joins)
            && characters.peek().copied().is_some_and(joins)
        {
            continue;
        }
        name.push(character);
    }
    name
}

/// The normal form in lower case, for comparing.
pub fn fold(text: &str) -> String {
    normalize(text).chars().flat_map(char::to_lowercase).collect()
}

/// Whether a character is in its normal form among others that are; nearly all that an office
/// writes are.
fn is_plain(character: char) -> bool {
    character.is_ascii_graphic() || matches!(character, '\u{4E00}'..='\u{9FFF}')
}

/// One character's normal form; `None` where it has no place in a record.
fn map(character: char) -> Option<char> {
    let code = u32::from(character);
    match code {
        0xFF01..=0xFF5E => char::from_u32(code - 0xFEE0),
        0x3000 => Some(' '),
        // Zero-width marks that come along when text is copied.
        0x200B..=0x200F | 0x202A..=0x202E | 0x2060 | 0xFEFF => None,
        // Noncharacters: search uses one of them for its own tokens.
        0xFDD0..=0xFDEF => None,
        _ if code & 0xFFFE == 0xFFFE => None,
        // Characters that GB18030 once had in the private use area (GB 18030-2005, appendix).
        0xE81E => Some('龴'),
        0xE826 => Some('龵'),
        0xE82B => Some('龶'),
        0xE82C => Some('龷'),
        0xE832 => Some('龸'),
        0xE843 => Some('龹'),
        0xE854 => Some('龺'),
        0xE863 => Some('䶮'),
        0xE864 => Some('龻'),
        _ if character.is_control() && !character.is_whitespace() => None,
        _ => Some(character),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_input_and_stray_spaces_are_stored_in_one_form() {
        assert_eq!(normalize("　四平路１８０弄　 ５号\t"), "四平路180弄 5号");
        assert_eq!(normalize("Ａ－ｂ（１）"), "A-b(1)");
        assert_eq!(normalize("e\u{301}"), "é");
        assert_eq!(normalize("a\u{0}b\u{FDD0}\u{200B}"), "ab");
        assert_eq!(normalize(" \n "), "");
    }

    #[test]
    fn what_is_plain_is_in_the_normal_form() {
        let plain: Vec<char> =
            (0..=0x3_FFFF).filter_map(char::from_u32).filter(|c| is_plain(*c)).collect();
        assert!(plain.len() > 20_000);
        for character in plain {
            assert_eq!(map(character), Some(character));
            assert!(character.nfc().eq([character]), "{character}");
        }
    }

    #[test]
    fn a_name_loses_the_space_that_a_form_puts_between_its_characters() {
        assert_eq!(normalize_name("张　伟"), "张伟");
        assert_eq!(normalize_name("迪丽努尔 • 艾合买提"), "迪丽努尔·艾合买提");
        assert_eq!(normalize_name("𠮷 明"), "𠮷明");
        assert_eq!(normalize_name("Anna  Lee"), "Anna Lee");
    }

    #[test]
    fn an_old_private_code_becomes_the_character_that_it_stood_for() {
        assert_eq!(normalize_name("\u{E863}"), "䶮");
    }

    #[test]
    fn folding_ignores_capitals() {
        assert_eq!(fold("ＺhＵ Ying"), "zhu ying");
    }
}
