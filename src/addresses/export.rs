//! Rules as a file that can be taken in again.

use super::Rule;
use super::columns::OFFICE;
use crate::lang::Language;
use crate::sheets::{self, Column as _, csv_row};

/// The headers of the office's own files, with the mark that tells Excel the encoding.
pub fn csv_start(language: Language) -> Vec<u8> {
    let chinese = language == Language::Chinese;
    sheets::csv_start(OFFICE.iter().map(|column| column.header(chinese)))
}

/// Rules as rows of such a file.
pub fn csv(rules: &[Rule], language: Language) -> Vec<u8> {
    let mut out = Vec::with_capacity(rules.len() * 96);
    for rule in rules {
        let (lane, house) = rule.stretch.cells();
        let cells = [
            rule.road.as_str(),
            &lane,
            &house,
            rule.stretch.parity().word(language == Language::Chinese),
            rule.committee.code.as_deref().unwrap_or_default(),
            &rule.committee.name,
            &rule.committee.street,
            &rule.committee.district,
            rule.valid_from.as_str(),
        ];
        csv_row(&mut out, cells);
    }
    out
}
