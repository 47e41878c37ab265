//! How a name is read: its surname as surnames are read, each character as it may be read.

use super::heteronyms;
use super::surnames::{COMPOUND, SINGLE};

/// The most ways of reading one name that search learns.
const MOST: usize = 8;

/// How a name may be read: each way is one syllable a character, in lower case without tones,
/// ü as `v`. The likeliest comes first. Runs of Latin letters are syllables of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Readings(Vec<Vec<String>>);

impl Readings {
    /// Of a person's name in its normal form. Characters without a reading are left out.
    pub fn of_name(name: &str) -> Self {
        let characters: Vec<char> = name.chars().collect();
        let mut places: Vec<Vec<String>> = Vec::with_capacity(characters.len());
        let mut rest = &characters[..];
        if let Some((_, syllables)) =
            COMPOUND.iter().find(|(surname, _)| name.starts_with(surname) && characters.len() > 2)
        {
            for (place, syllable) in syllables.iter().enumerate() {
                places.push(with_others((*syllable).to_owned(), characters[place]));
            }
            rest = &characters[2..];
        } else if let Some((&first, others)) = characters.split_first()
            && let Some((_, own)) = SINGLE.iter().find(|(surname, _)| *surname == first)
        {
            let mut readings: Vec<String> = own.iter().map(|own| (*own).to_owned()).collect();
            add_all(&mut readings, first);
            places.push(readings);
            rest = others;
        }
        let mut latin = String::new();
        for &character in rest {
            if character.is_ascii_alphanumeric() {
                latin.push(character.to_ascii_lowercase());
                continue;
            }
            if !latin.is_empty() {
                places.push(vec![std::mem::take(&mut latin)]);
            }
            let mut readings = Vec::new();
            add_all(&mut readings, character);
            if !readings.is_empty() {
                places.push(readings);
            }
        }
        if !latin.is_empty() {
            places.push(vec![latin]);
        }
        Self(combine(&places))
    }

    /// The ways, the likeliest first; none for a name that cannot be read.
    pub fn ways(&self) -> &[Vec<String>] {
        &self.0
    }
}

/// Whether what was typed (folded, without spaces) is part of a name, or how it begins to be read.
pub fn bears(name: &str, typed: &str) -> bool {
    name.contains(typed)
        || Readings::of_name(name).ways().iter().any(|way| {
            let initials: String = way.iter().filter_map(|s| s.chars().next()).collect();
            way.concat().starts_with(typed) || initials.starts_with(typed)
        })
}

fn with_others(own: String, character: char) -> Vec<String> {
    let mut readings = vec![own];
    add_all(&mut readings, character);
    readings
}

/// Adds a character's readings, the commonest first.
fn add_all(readings: &mut Vec<String>, character: char) {
    for reading in heteronyms::readings(character) {
        if !readings.contains(&reading) {
            readings.push(reading);
        }
    }
}

/// Every choice of one reading a place, as far as [`MOST`] goes; first readings vary last, so
/// that the likeliest ways survive.
fn combine(places: &[Vec<String>]) -> Vec<Vec<String>> {
    if places.is_empty() {
        return Vec::new();
    }
    let mut ways: Vec<Vec<String>> = vec![Vec::with_capacity(places.len())];
    for place in places {
        let room = MOST / ways.len();
        let taken = place.len().min(room.max(1));
        let mut next = Vec::with_capacity(ways.len() * taken);
        for reading in &place[..taken] {
            for way in &ways {
                let mut longer = way.clone();
                longer.push(reading.clone());
                next.push(longer);
            }
        }
        ways = next;
    }
    ways
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(name: &str) -> String {
        Readings::of_name(name).ways()[0].join(" ")
    }

    #[test]
    fn a_surname_is_read_as_surnames_are() {
        assert_eq!(first("单小明"), "shan xiao ming");
        assert_eq!(first("尉迟恭"), "yu chi gong");
        assert_eq!(first("长孙无忌"), "zhang sun wu ji");
        assert_eq!(first("吕布"), "lv bu");
        assert_eq!(first("曾华"), "zeng hua");
    }

    #[test]
    fn a_name_is_also_read_by_its_characters_common_readings() {
        let ways = Readings::of_name("单丹");
        assert!(ways.ways().iter().any(|way| way.join("") == "dandan"));
    }

    #[test]
    fn a_name_of_many_readings_is_learnt_in_eight_ways_at_most() {
        assert!(Readings::of_name("曾乐行重长朝").ways().len() <= MOST);
    }

    #[test]
    fn latin_names_are_their_own_reading() {
        assert_eq!(first("Anna Lee"), "anna lee");
        assert!(Readings::of_name("").ways().is_empty());
    }
}
