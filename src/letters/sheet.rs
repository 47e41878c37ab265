//! A letter as it stands on paper and on screens: drawn by `templates/letters/sheet.html`, in the
//! letter's own language, whoever reads it.

use super::content::{Block, Content, Span};
use super::store::MemberLine;
use crate::lang::{Language, Value};
use crate::web::Qr;

/// A letter, ready to be drawn.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// Its language.
    pub language: Language,
    /// Its number as it is written, or that it has none yet.
    pub reference: String,
    /// What it says.
    pub content: Content,
    /// Its paragraphs.
    pub paragraphs: Vec<Paragraph>,
    /// Whom it passes on.
    pub members: Vec<MemberLine>,
    /// A sentence about those left out; empty when nobody was.
    pub withheld: String,
    /// Its day in words.
    pub day: String,
    /// The committee's link; empty where there is none.
    pub link: String,
    /// The same as a QR code.
    pub code: Option<Qr>,
}

/// A paragraph, ready to be drawn: words, or the place of the table of members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph(Option<String>);

impl Paragraph {
    /// Whether the table of members stands here.
    pub fn is_table(&self) -> bool {
        self.0.is_none()
    }

    /// Its words.
    pub fn words(&self) -> &str {
        self.0.as_deref().unwrap_or_default()
    }
}

impl Sheet {
    /// Of what a letter says and whom it passes on.
    pub fn new(
        language: Language,
        reference: &str,
        day: &str,
        content: Content,
        members: Vec<MemberLine>,
        withheld: i64,
    ) -> Self {
        let mut sheet = Self {
            reference: if reference.is_empty() {
                language.text("letters-number-pending").to_owned()
            } else {
                reference.to_owned()
            },
            paragraphs: Vec::new(),
            withheld: if withheld > 0 {
                language.text_with("letters-withheld", &[("count", Value::from(withheld))])
            } else {
                String::new()
            },
            day: language.date(day),
            link: String::new(),
            code: None,
            language,
            content,
            members,
        };
        sheet.fill();
        sheet
    }

    /// With the committee's link on it.
    #[must_use]
    pub fn with_link(mut self, link: String) -> Self {
        self.code = Qr::of(&link);
        self.link = link;
        self.fill();
        self
    }

    fn fill(&mut self) {
        let span = |span: &Span| match span {
            Span::Words(words) => words.clone(),
            Span::Link => self.link.clone(),
        };
        let paragraph = |block: &Block| match block {
            Block::Members => Paragraph(None),
            Block::Paragraph(spans) => Paragraph(Some(spans.iter().map(span).collect())),
        };
        self.paragraphs = self.content.blocks.iter().map(paragraph).collect();
    }

    /// The text with this key in the letter's language.
    pub fn t(&self, key: &'static str) -> &'static str {
        self.language.text(key)
    }

    /// To whom it goes: both bodies of the place.
    pub fn addressed(&self) -> String {
        let party = match self.content.party.0.as_str() {
            "" => self.t("letters-party-unknown"),
            party => party,
        };
        let arguments =
            [("party", party.into()), ("committee", self.content.committee.0.as_str().into())];
        self.language.text_with("letters-addressed", &arguments)
    }

    /// What the slip says: which letter came.
    pub fn slip_text(&self) -> String {
        let arguments = [
            ("number", self.reference.as_str().into()),
            ("count", Value::from(self.members.len())),
        ];
        self.language.text_with("letters-slip-text", &arguments)
    }

    /// What a reminder says: which letter waits for its answer.
    pub fn reminder_text(&self) -> String {
        let arguments = [
            ("number", self.reference.as_str().into()),
            ("day", self.day.as_str().into()),
            ("count", Value::from(self.members.len())),
        ];
        self.language.text_with("letters-reminder-text", &arguments)
    }

    /// Today in words.
    pub fn today(&self) -> String {
        self.language.date(&super::today().to_string())
    }

    /// The language tag.
    pub fn lang(&self) -> &'static str {
        self.language.tag()
    }

    /// Whether any member's phone is passed on.
    pub fn with_phones(&self) -> bool {
        self.members.iter().any(|member| !member.phone.is_empty())
    }
}
