//! What a letter says: its text with the fields filled in, and the bodies' names, settled on the
//! day on which it is issued.

use serde::{Deserialize, Serialize};

use super::LetterSettings;
use super::text::{Field, Piece, Text};
use crate::committees::Committee;
use crate::lang::Language;

/// A part of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Span {
    /// Words.
    Words(String),
    /// The committee's link, which is kept nowhere and filled in when the letter is printed.
    Link,
}

/// A paragraph of the letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Block {
    /// Of words.
    Paragraph(Vec<Span>),
    /// The table of members.
    Members,
}

/// What a letter says, all but whom it passes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// Who signs.
    pub office: String,
    /// Whom to ask for.
    pub contact: String,
    /// Under which phone.
    pub phone: String,
    /// The committee's name and head.
    pub committee: (String, String),
    /// The community Party organisation's name and head; empty where nobody filled it in.
    pub party: (String, String),
    /// The sub-district's name.
    pub street: String,
    /// The district's name.
    pub district: String,
    /// Where it goes.
    pub address: String,
    /// Its text.
    pub blocks: Vec<Block>,
}

/// What is settled when a letter is issued.
#[derive(Debug, Clone, Copy)]
pub struct Particulars<'a> {
    /// Its number as it is written.
    pub reference: &'a str,
    /// Its day (`2026-01-31`).
    pub day: &'a str,
    /// How many members stand in it.
    pub count: usize,
    /// How many were left out.
    pub withheld: i64,
}

impl Content {
    /// Fills a text in for a committee.
    pub fn write(
        text: &Text,
        language: Language,
        committee: &Committee,
        settings: &LetterSettings,
        particulars: Particulars<'_>,
    ) -> Self {
        let details = &committee.details;
        let value = |field: Field| match field {
            Field::Committee => details.name.clone(),
            Field::Party if details.party_name.is_empty() => {
                language.text("letters-party-unknown").to_owned()
            }
            Field::Party => details.party_name.clone(),
            Field::Street => committee.street.1.clone(),
            Field::Count => particulars.count.to_string(),
            Field::Withheld => particulars.withheld.to_string(),
            Field::Branch => settings.office.clone(),
            Field::Date => language.date(particulars.day),
            Field::Number => particulars.reference.to_owned(),
            Field::Contact => settings.contact.clone(),
            Field::Phone => settings.phone.clone(),
            Field::Members | Field::Link => String::new(),
        };
        let span = |piece: &Piece| match piece {
            Piece::Words(words) => Span::Words(words.clone()),
            Piece::Field(Field::Link) => Span::Link,
            Piece::Field(field) => Span::Words(value(*field)),
        };
        let block = |paragraph: &Vec<Piece>| {
            if paragraph.contains(&Piece::Field(Field::Members)) {
                Block::Members
            } else {
                Block::Paragraph(paragraph.iter().map(span).collect())
            }
        };
        Self {
            office: settings.office.clone(),
            contact: settings.contact.clone(),
            phone: settings.phone.clone(),
            committee: (details.name.clone(), details.head.clone()),
            party: (details.party_name.clone(), details.party_head.clone()),
            street: committee.street.1.clone(),
            district: committee.district.1.clone(),
            address: details.address.clone(),
            blocks: text.paragraphs.iter().map(block).collect(),
        }
    }
}
