//! Files for Word and WPS: an A4 page as the office's papers have it.

use std::io::Cursor;

use docx_rs::{Docx, PageMargin, RunFonts};

use super::Error;

/// The file's media type.
pub const KIND: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
/// What an A4 page leaves between its margins, in millimetres.
pub const BETWEEN: f64 = 210.0 - 28.0 - 20.0;
/// The size of text, in half points.
pub const TEXT: usize = 24;
/// Twentieths of a point in a millimetre, in which pages and widths are given.
const MILLIMETRE: f64 = 56.693;

/// An empty document.
pub fn blank() -> Docx {
    let fonts = RunFonts::new().ascii("Times New Roman").hi_ansi("Times New Roman");
    let margin =
        PageMargin::new().top(twips(15.0)).bottom(twips(12.0)).left(twips(28.0)).right(twips(20.0));
    Docx::new()
        .page_size(width(210.0), width(297.0))
        .page_margin(margin)
        .default_fonts(fonts.east_asia("FangSong"))
        .default_size(TEXT)
}

/// The document as a file.
///
/// # Errors
/// When it cannot be put together.
pub fn packed(docx: Docx) -> Result<Vec<u8>, Error> {
    let mut file = Cursor::new(Vec::new());
    docx.pack(&mut file).map_err(Error::internal)?;
    Ok(file.into_inner())
}

/// The width of a column of so many millimetres.
pub fn columns(millimetres: f64) -> usize {
    usize::try_from(width(millimetres)).unwrap_or(usize::MAX)
}

#[expect(clippy::cast_possible_truncation, reason = "a page is some thousand of them wide")]
fn twips(millimetres: f64) -> i32 {
    (millimetres * MILLIMETRE).round() as i32
}

fn width(millimetres: f64) -> u32 {
    twips(millimetres).unsigned_abs()
}
