//! The yearly report as a file for Word and WPS: its headings, and its tables with all numbers.

use docx_rs::{
    AlignmentType, Docx, Paragraph, Run, RunFonts, Table, TableCell, TableRow, WidthType,
};

use super::figure::Figure;
use super::year_pages::YearReport;
use crate::web::word::{self, BETWEEN, columns};
use crate::web::{Error, Page};

/// The sizes of text, in half points.
const TITLE: usize = 40;
const HEADING: usize = 28;
const SMALL: usize = 18;
/// The width of the first column, in millimetres.
const FIRST: f64 = 38.0;

/// The file.
///
/// # Errors
/// When it cannot be put together.
pub(super) fn document(page: &Page, report: &YearReport) -> Result<Vec<u8>, Error> {
    let title = head(&report.title, TITLE).align(AlignmentType::Center);
    let mut docx = word::blank().add_paragraph(title);
    for line in &report.lead {
        docx = docx.add_paragraph(words(line, SMALL + 3));
    }
    for figure in &report.figures {
        docx = add(docx, page, figure);
    }
    word::packed(docx)
}

fn head(text: &str, size: usize) -> Paragraph {
    let fonts = RunFonts::new().east_asia("SimSun");
    let run = Run::new().add_text(text).size(size).bold().fonts(fonts);
    Paragraph::new().add_run(run).keep_next(true)
}

fn words(text: &str, size: usize) -> Paragraph {
    Paragraph::new().add_run(Run::new().add_text(text).size(size))
}

fn add(docx: Docx, page: &Page, figure: &Figure) -> Docx {
    let mut docx = docx.add_paragraph(Paragraph::new()).add_paragraph(head(figure.title, HEADING));
    if figure.rows.is_empty() {
        docx = docx.add_paragraph(words(page.t("reports-nothing"), SMALL + 3));
    } else {
        docx = docx.add_table(table(figure));
    }
    for line in &figure.left_out {
        docx = docx.add_paragraph(words(line, SMALL));
    }
    docx
}

#[expect(clippy::cast_precision_loss, reason = "a table has a handful of columns")]
fn table(figure: &Figure) -> Table {
    let sides = figure.sides.len().max(1);
    let count = figure.measures.len() * sides;
    let each = (BETWEEN - FIRST) / count.max(1) as f64;
    let widths: Vec<usize> = std::iter::once(FIRST).chain(vec![each; count]).map(columns).collect();
    let row = |cells: Vec<String>, bold: bool| {
        let cells = cells.into_iter().zip(&widths).enumerate().map(|(at, (text, width))| {
            let run = Run::new().add_text(text).size(SMALL);
            let paragraph = Paragraph::new().add_run(if bold { run.bold() } else { run });
            let paragraph = if at > 0 { paragraph.align(AlignmentType::Right) } else { paragraph };
            TableCell::new().width(*width, WidthType::Dxa).add_paragraph(paragraph)
        });
        TableRow::new(cells.collect()).cant_split()
    };
    let heads = figure.measures.iter().flat_map(|measure| {
        figure.sides.iter().map(move |side| format!("{measure} {side}").trim().to_owned())
    });
    let mut rows = vec![row(std::iter::once(figure.first.to_owned()).chain(heads).collect(), true)];
    for line in &figure.rows {
        let told = line.cells.iter().flatten().map(|cell| {
            if cell.beside.is_empty() {
                cell.text.clone()
            } else {
                format!("{} ({})", cell.text, cell.beside)
            }
        });
        rows.push(row(std::iter::once(line.name.clone()).chain(told).collect(), false));
    }
    Table::new(rows).set_grid(widths.clone()).width(columns(BETWEEN), WidthType::Dxa)
}
