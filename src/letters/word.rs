//! Letters as a file for Word and WPS, as `templates/letters/sheet.html` draws them on paper.

use docx_rs::{
    AlignmentType, Docx, LineSpacing, Paragraph, Pic, Run, RunFonts, SpecialIndentType, Table,
    TableAlignmentType, TableCell, TableRow, WidthType,
};

use super::sheet::Sheet;
use super::store::MemberLine;
use crate::web::Error;
use crate::web::word::{BETWEEN, blank, columns, packed};

/// English metric units in a millimetre, in which pictures are given.
const EMU: u32 = 36_000;
/// The sizes of text, in half points.
const SMALL: usize = 21;
const TITLE: usize = 44;
/// Two signs of text, in twentieths of a point.
const INDENT: i32 = 480;

/// All of these letters, each on a page of its own.
///
/// # Errors
/// When the file cannot be put together.
pub(super) fn document(sheets: &[Sheet]) -> Result<Vec<u8>, Error> {
    let mut docx = blank();
    for (place, sheet) in sheets.iter().enumerate() {
        docx = letter(docx, sheet, place > 0)?;
    }
    packed(docx)
}

fn letter(docx: Docx, sheet: &Sheet, new_page: bool) -> Result<Docx, Error> {
    let head = |text: &str, size: usize| {
        let fonts = RunFonts::new().east_asia("SimSun");
        let run = Run::new().add_text(text).size(size).bold().fonts(fonts);
        Paragraph::new().add_run(run).align(AlignmentType::Center).keep_next(true)
    };
    let office = head(&sheet.content.office, 30).page_break_before(new_page);
    let number = line(&sheet.reference).align(AlignmentType::Center);
    let mut docx = docx
        .add_paragraph(office)
        .add_paragraph(head(sheet.t("letters-title"), TITLE))
        .add_paragraph(number.line_spacing(LineSpacing::new().after(160)));
    for (place, paragraph) in sheet.paragraphs.iter().enumerate() {
        docx = if paragraph.is_table() {
            members(docx, sheet)
        } else {
            // The first says to whom it goes.
            docx.add_paragraph(text(sheet, paragraph.words(), place > 0))
        };
    }
    for signed in [&sheet.content.office, &sheet.day] {
        docx = docx.add_paragraph(line(signed).align(AlignmentType::Right).keep_next(true));
    }
    docx = docx.add_paragraph(Paragraph::new());
    for paragraph in foot(sheet)? {
        docx = docx.add_paragraph(paragraph);
    }
    Ok(docx.add_table(slip(sheet)).add_paragraph(Paragraph::new().size(2)))
}

fn line(text: &str) -> Paragraph {
    Paragraph::new().add_run(Run::new().add_text(text))
}

fn small(text: &str) -> Paragraph {
    Paragraph::new().add_run(Run::new().add_text(text).size(SMALL))
}

/// A paragraph of the letter; Chinese ones begin two signs in.
fn text(sheet: &Sheet, words: &str, indented: bool) -> Paragraph {
    let paragraph = line(words).line_spacing(LineSpacing::new().line(360).after(60));
    if indented && sheet.language == crate::lang::Language::Chinese {
        // Programs that know no signs take the measure.
        let measure = SpecialIndentType::FirstLine(INDENT);
        let paragraph = paragraph.indent(None, Some(measure), None, None).first_line_chars(200);
        paragraph.align(AlignmentType::Both)
    } else {
        paragraph
    }
}

/// Whom the letter passes on. Erased data leaves its line empty.
fn members(docx: Docx, sheet: &Sheet) -> Docx {
    let phones = sheet.with_phones();
    let mut heads =
        vec![sheet.t("letters-place"), sheet.t("members-name"), sheet.t("members-address")];
    heads.push(sheet.t("members-skills"));
    let mut widths = vec![14.0, 26.0, 66.0, 56.0];
    if phones {
        heads.push(sheet.t("letters-phone"));
        widths = vec![12.0, 24.0, 54.0, 42.0, 30.0];
    }
    let row = |cells: &[&str], bold: bool| {
        let cells = cells.iter().zip(&widths).map(|(words, width)| {
            let run = Run::new().add_text(*words).size(SMALL + 1);
            let paragraph = Paragraph::new().add_run(if bold { run.bold() } else { run });
            let paragraph = if bold { paragraph.align(AlignmentType::Center) } else { paragraph };
            TableCell::new().width(columns(*width), WidthType::Dxa).add_paragraph(paragraph)
        });
        TableRow::new(cells.collect()).cant_split()
    };
    let mut rows = vec![row(&heads, true)];
    for (place, member) in (1..).zip(&sheet.members) {
        let place = i32::to_string(&place);
        let MemberLine { name, address, skills, phone, .. } = member;
        let name = if name.is_empty() { sheet.t("letters-erased") } else { name };
        let mut cells = vec![place.as_str(), name, address, skills];
        if phones {
            cells.push(phone);
        }
        rows.push(row(&cells, false));
    }
    let grid = widths.iter().map(|width| columns(*width)).collect();
    let table = Table::new(rows).set_grid(grid).width(columns(BETWEEN), WidthType::Dxa);
    let docx = docx.add_table(table.align(TableAlignmentType::Center));
    let withheld =
        if sheet.withheld.is_empty() { Paragraph::new() } else { small(&sheet.withheld) };
    docx.add_paragraph(withheld)
}

/// Whom to ask, and the committee's link with its code.
fn foot(sheet: &Sheet) -> Result<Vec<Paragraph>, Error> {
    let colon = sheet.t("letters-colon");
    let content = &sheet.content;
    let mut asked = format!("{}{colon}{}", sheet.t("letters-contact"), content.contact);
    if !content.phone.is_empty() {
        asked = format!("{asked}    {}{colon}{}", sheet.t("letters-phone"), content.phone);
    }
    let mut paragraphs = vec![small(&asked)];
    if !sheet.link.is_empty() {
        paragraphs.push(small(sheet.t("letters-link-text")));
        paragraphs.push(small(&sheet.link));
    }
    if let Some(code) = &sheet.code {
        let (bytes, side) = code.picture().map_err(Error::internal)?;
        let picture = Pic::new_with_dimensions(bytes, side, side).size(28 * EMU, 28 * EMU);
        paragraphs.push(Paragraph::new().add_run(Run::new().add_image(picture)));
    }
    Ok(paragraphs)
}

/// What the committee fills in, stamps and sends back, in a frame.
fn slip(sheet: &Sheet) -> Table {
    let title = Run::new().add_text(sheet.t("letters-slip")).size(30).bold();
    let colon = sheet.t("letters-colon");
    let signing = format!(
        "{}____________    {}    {}",
        sheet.t("letters-slip-by"),
        sheet.t("letters-slip-stamp"),
        sheet.t("paper-date"),
    );
    let cell = TableCell::new()
        .width(columns(BETWEEN), WidthType::Dxa)
        .add_paragraph(Paragraph::new().add_run(title).align(AlignmentType::Center))
        .add_paragraph(line(&format!("{}{colon}", sheet.content.office)))
        .add_paragraph(text(sheet, &sheet.slip_text(), true))
        .add_paragraph(line(sheet.t("letters-slip-arranged")))
        .add_paragraph(Paragraph::new())
        .add_paragraph(Paragraph::new())
        .add_paragraph(line(&signing).align(AlignmentType::Right));
    let row = TableRow::new(vec![cell]).cant_split();
    Table::new(vec![row]).set_grid(vec![columns(BETWEEN)]).width(columns(BETWEEN), WidthType::Dxa)
}
