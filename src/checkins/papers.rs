//! Slips and lists as they stand on paper: drawn by `templates/checkins/paper.html`, in the sheet's
//! own language, whoever reads it.

use jiff::tz::TimeZone;

use super::Shape;
use super::store::{self, Sheet, Slip};
use crate::db::{Connection, Result};
use crate::lang::Language;
use crate::text::PaperCode;
use crate::web::Qr;

/// A sheet, ready to be drawn.
#[derive(Debug, Clone)]
pub struct Paper {
    /// What was printed.
    pub sheet: Sheet,
    /// The day of printing in words.
    pub day: String,
    /// The list's code as it is written.
    pub code: String,
    /// The same as a QR code.
    pub qr: Option<Qr>,
    /// The members.
    pub slips: Vec<PaperSlip>,
}

/// A slip, ready to be drawn.
#[derive(Debug, Clone)]
pub struct PaperSlip {
    /// What was printed.
    pub slip: Slip,
    /// Its code as it is written.
    pub code: String,
    /// The same as a QR code.
    pub qr: Option<Qr>,
}

impl Paper {
    /// The text with this key in the sheet's language.
    pub fn t(&self, key: &'static str) -> &'static str {
        self.language().text(key)
    }

    /// The language tag.
    pub fn lang(&self) -> &'static str {
        self.language().tag()
    }

    /// The language that it was printed in.
    pub fn language(&self) -> Language {
        self.sheet.language()
    }

    /// Whether a slip is printed for each member.
    pub fn has_slips(&self) -> bool {
        self.sheet.shape != Shape::List
    }

    /// Whether the list is printed.
    pub fn has_list(&self) -> bool {
        self.sheet.shape != Shape::Each
    }

    /// To whom it goes: both bodies of the place.
    pub fn addressed(&self) -> String {
        let mut to = self.sheet.committee.clone();
        if !self.sheet.party.is_empty() {
            to.push_str(self.t("checkins-and"));
            to.push_str(&self.sheet.party);
        }
        to
    }

    /// What the list says.
    pub fn list_text(&self) -> String {
        let arguments = [
            ("office", self.sheet.office.as_str().into()),
            ("count", crate::lang::Value::from(self.slips.len())),
        ];
        self.language().text_with("checkins-list-words", &arguments)
    }

    /// What a slip says.
    pub fn slip_text(&self, slip: &Slip) -> String {
        self.with_name("checkins-slip-words", slip)
    }

    /// What a slip's receipt says.
    pub fn receipt_text(&self, slip: &Slip) -> String {
        self.with_name("checkins-receipt-words", slip)
    }

    fn with_name(&self, key: &str, slip: &Slip) -> String {
        let arguments = [
            ("name", slip.name.as_str().into()),
            ("office", crate::lang::Value::from(self.sheet.office.as_str())),
        ];
        self.language().text_with(key, &arguments)
    }

    /// What the list's receipt says.
    pub fn list_receipt(&self) -> String {
        let arguments = [("count", crate::lang::Value::from(self.slips.len()))];
        self.language().text_with("checkins-list-receipt", &arguments)
    }

    /// Whether any member's phone is passed on.
    pub fn with_phones(&self) -> bool {
        self.slips.iter().any(|slip| !slip.slip.phone.is_empty())
    }
}

/// What is printed on one page, or on the pages of one list.
#[derive(Debug)]
pub enum Leaf<'a> {
    /// Slips, two a page.
    Slips(Vec<(&'a Paper, &'a PaperSlip)>),
    /// A committee's list.
    List(&'a Paper),
}

/// Papers as they come out of the printer. Slips of several committees share a page, since they are
/// cut apart; a list stands behind its slips.
pub fn leaves(papers: &[Paper]) -> Vec<Leaf<'_>> {
    let mut leaves = Vec::new();
    for paper in papers {
        if paper.has_slips() {
            for slip in &paper.slips {
                match leaves.last_mut() {
                    Some(Leaf::Slips(slips)) if slips.len() < 2 => slips.push((paper, slip)),
                    _ => leaves.push(Leaf::Slips(vec![(paper, slip)])),
                }
            }
        }
        if paper.has_list() {
            leaves.push(Leaf::List(paper));
        }
    }
    leaves
}

/// The papers of a batch as they were printed, of members of these branches (JSON; `None`: all).
/// `origin` is the beginning of the address that the QR codes lead to.
///
/// # Errors
/// When the database fails.
pub async fn papers(
    connection: &mut Connection,
    batch: i64,
    branches: Option<&str>,
    origin: &str,
) -> Result<Vec<Paper>> {
    let mut papers = Vec::new();
    for sheet in store::of_batch(connection, batch).await? {
        let slips = store::slips(connection, sheet.id, branches).await?;
        if slips.is_empty() {
            continue;
        }
        let coded = |code: &str| {
            let code = PaperCode::parse(code).map_or_else(String::new, |code| code.written());
            (Qr::of(&format!("{origin}/letters/checkins?code={code}")), code)
        };
        let slips = slips.into_iter().map(|slip| {
            let (qr, code) = coded(&slip.code);
            PaperSlip { slip, code, qr }
        });
        let (qr, code) = coded(&sheet.code);
        papers.push(Paper {
            day: day(sheet.language(), &sheet.printed_at),
            slips: slips.collect(),
            sheet,
            code,
            qr,
        });
    }
    Ok(papers)
}

/// The day of a point in time, where the office is, in words.
fn day(language: Language, at: &str) -> String {
    let Ok(at) = at.parse::<jiff::Timestamp>() else { return at.to_owned() };
    language.date(&at.to_zoned_datetime(TimeZone::system()).date().to_string())
}
