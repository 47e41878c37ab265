//! A letter's text with its named fields: `{committee}`, `{居委会}`. Names of every language of
//! the catalogue are known, in braces of either width or between ‹ and ›.

use crate::lang::{Language, Message};

/// The longest text, in characters.
pub const LONGEST: u32 = 4000;

/// What a text may name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// The committee's name.
    Committee,
    /// The community Party organisation's.
    Party,
    /// The sub-district's.
    Street,
    /// The table of members; a paragraph of its own.
    Members,
    /// How many members stand in the table.
    Count,
    /// How many were left out because they do not agree.
    Withheld,
    /// Who signs.
    Branch,
    /// The day of the letter.
    Date,
    /// Its number.
    Number,
    /// Whom to ask for.
    Contact,
    /// Under which phone.
    Phone,
    /// The committee's own page.
    Link,
}

impl Field {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 12] = [
        Self::Committee,
        Self::Party,
        Self::Street,
        Self::Members,
        Self::Count,
        Self::Withheld,
        Self::Branch,
        Self::Date,
        Self::Number,
        Self::Contact,
        Self::Phone,
        Self::Link,
    ];

    const fn key(self) -> &'static str {
        match self {
            Self::Committee => "letters-field-committee",
            Self::Party => "letters-field-party",
            Self::Street => "letters-field-street",
            Self::Members => "letters-field-members",
            Self::Count => "letters-field-count",
            Self::Withheld => "letters-field-withheld",
            Self::Branch => "letters-field-branch",
            Self::Date => "letters-field-date",
            Self::Number => "letters-field-number",
            Self::Contact => "letters-field-contact",
            Self::Phone => "letters-field-phone",
            Self::Link => "letters-field-link",
        }
    }

    /// Under which name of its own the catalogue's text of the letter holds it.
    const fn argument(self) -> &'static str {
        match self {
            Self::Committee => "committee",
            Self::Party => "party",
            Self::Street => "street",
            Self::Members => "members",
            Self::Count => "count",
            Self::Withheld => "withheld",
            Self::Branch => "branch",
            Self::Date => "date",
            Self::Number => "number",
            Self::Contact => "contact",
            Self::Phone => "phone",
            Self::Link => "link",
        }
    }

    /// As it is written in a text of this language, with its braces.
    pub fn written(self, language: Language) -> String {
        format!("{{{}}}", language.text(self.key()))
    }

    fn named(name: &str) -> Option<Self> {
        let name = name.trim();
        let called = |field: &Self| {
            Language::ALL
                .iter()
                .any(|language| language.text(field.key()).eq_ignore_ascii_case(name))
        };
        Self::ALL.into_iter().find(called)
    }
}

/// A part of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// As it stands.
    Words(String),
    /// To be filled in.
    Field(Field),
}

/// A text whose fields are all known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// Its paragraphs; empty lines only part them.
    pub paragraphs: Vec<Vec<Piece>>,
}

impl Text {
    /// Reads a text.
    ///
    /// # Errors
    /// A message for the field: which name is unknown, which brace stays open, or that the table
    /// of members is missing or not on a line of its own.
    pub fn parse(typed: &str) -> Result<Self, Message> {
        if typed.trim().is_empty() {
            return Err(Message::new("form-required"));
        }
        if typed.chars().count() > LONGEST as usize {
            return Err(Message::new("form-too-long").with("limit", LONGEST));
        }
        let lines = typed.lines().map(str::trim).filter(|line| !line.is_empty());
        let paragraphs = lines.map(pieces).collect::<Result<Vec<_>, _>>()?;
        let members = Piece::Field(Field::Members);
        let with_members = || paragraphs.iter().filter(|paragraph| paragraph.contains(&members));
        if with_members().count() != 1 || with_members().any(|paragraph| paragraph.len() != 1) {
            return Err(Message::new("letters-members-alone"));
        }
        Ok(Self { paragraphs })
    }
}

fn pieces(line: &str) -> Result<Vec<Piece>, Message> {
    let mut pieces = Vec::new();
    let mut rest = line;
    while let Some(at) = rest.find(['{', '\u{ff5b}', '\u{2039}']) {
        if at > 0 {
            pieces.push(Piece::Words(rest[..at].to_owned()));
        }
        let open = &rest[at..];
        let name = &open[open.chars().next().map_or(1, char::len_utf8)..];
        let end = name.find(['}', '\u{ff5d}', '\u{203a}']).ok_or_else(|| {
            let part: String = open.chars().take(12).collect();
            Message::new("letters-field-open").with("part", part)
        })?;
        let field = Field::named(&name[..end]).ok_or_else(|| {
            let name: String = name[..end].chars().take(30).collect();
            Message::new("letters-field-unknown").with("name", name)
        })?;
        pieces.push(Piece::Field(field));
        let close = name[end..].chars().next().map_or(1, char::len_utf8);
        rest = &name[end + close..];
    }
    if !rest.is_empty() {
        pieces.push(Piece::Words(rest.to_owned()));
    }
    Ok(pieces)
}

/// The text that comes with the program.
pub fn default_text(language: Language) -> String {
    let arguments = Field::ALL.map(|field| (field.argument(), field.written(language).into()));
    language.text_with("letters-default-text", &arguments)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_known_by_their_names_in_both_languages_and_in_any_brackets() {
        for typed in ["{committee}：\n{members}", "｛居委会｝：\n‹名单›", "{ Committee }：\n{名单}"]
        {
            let text = Text::parse(typed).unwrap();
            let words = Piece::Words("：".to_owned());
            assert_eq!(text.paragraphs[0], [Piece::Field(Field::Committee), words]);
            assert_eq!(text.paragraphs[1], [Piece::Field(Field::Members)]);
        }
    }

    #[test]
    fn a_field_that_does_not_exist_is_named_and_a_brace_left_open_is_found() {
        let message = |typed| Text::parse(typed).unwrap_err().say(Language::English);
        assert!(message("{members}\n{commitee} hello").contains("commitee"));
        assert!(message("{members}\n{committee hello").contains("{committee"));
        assert!(message("{committee}").contains("{members}"));
        assert!(message("here: {members}").contains("{members}"));
    }

    #[test]
    fn the_text_that_comes_with_the_program_can_be_read_in_both_languages() {
        for language in Language::ALL {
            let text = Text::parse(&default_text(language)).unwrap();
            assert!(text.paragraphs.len() > 4, "{text:?}");
        }
    }
}
