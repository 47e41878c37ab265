//! Reading a table row by row: CSV in any usual encoding, or XLSX.

use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, Read};
use std::path::Path;

use calamine::{Data, DataRef, Reader as _, Xlsx, open_workbook};
use encoding_rs::{CoderResult, Decoder, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use super::csv_file::unharmed;

/// The longest cell, in bytes; a longer one is a quote that was never closed.
const LONGEST_CELL: usize = 100_000;
/// How much of a file is looked at to guess its separator, in bytes.
const GUESSED_FROM: usize = 4096;
/// How many rows may stand above the header.
const MOST_TITLES: usize = 20;

/// Why a file, or a row of it, cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{} (row {row}, column {column})", .kind.words())]
pub struct SheetProblem {
    /// As the spreadsheet shows it, from 1; 0: the file as a whole.
    pub row: u32,
    /// From 1; 0: the row as a whole.
    pub column: u32,
    /// What is wrong.
    pub kind: SheetProblemKind,
}

/// What is wrong with a file or a row of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SheetProblemKind {
    /// A quote that is not closed, or text after a closed one.
    BrokenQuote,
    /// Bytes that are text in no encoding that we read.
    NotText,
    /// More cells than the header has.
    TooManyCells,
    /// No row at all.
    Empty,
    /// No row that names the columns.
    NoHeader,
    /// Not a file of the kind that it seems to be.
    Unreadable,
}

impl SheetProblemKind {
    /// Its words in the catalogue.
    pub const fn key(self) -> &'static str {
        match self {
            Self::BrokenQuote => "sheet-broken-quote",
            Self::NotText => "sheet-not-text",
            Self::TooManyCells => "sheet-too-many-cells",
            Self::Empty => "sheet-empty",
            Self::NoHeader => "sheet-no-header",
            Self::Unreadable => "sheet-unreadable",
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::BrokenQuote => "a quote is not closed",
            Self::NotText => "these bytes are no text",
            Self::TooManyCells => "there are more cells than the header has",
            Self::Empty => "the file is empty",
            Self::NoHeader => "no row names the columns",
            Self::Unreadable => "the file cannot be read",
        }
    }

    fn at(self, row: u32, column: u32) -> SheetProblem {
        SheetProblem { row, column, kind: self }
    }
}

/// The row that names the columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Where it stands, from 1.
    pub row: u32,
    /// The names, as they stand.
    pub names: Vec<String>,
}

/// A row below the header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Where it stands, from 1 (for CSV its first line).
    pub number: u32,
    /// As many cells as the header has.
    pub cells: Vec<String>,
}

/// A table that is being read.
pub struct Sheet {
    header: Header,
    source: Source,
}

enum Source {
    Text(Box<TextRows>),
    Cells(std::vec::IntoIter<(u32, Vec<String>)>),
}

impl std::fmt::Debug for Sheet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sheet").field("header", &self.header).finish_non_exhaustive()
    }
}

impl Sheet {
    /// Opens a file and finds its header: the first row that `is_header` accepts; what stands
    /// above it are titles.
    ///
    /// # Errors
    /// When the file cannot be read or has no header.
    pub fn open(path: &Path, is_header: impl Fn(&[String]) -> bool) -> Result<Self, SheetProblem> {
        let unreadable = |_| SheetProblemKind::Unreadable.at(0, 0);
        let mut file = BufReader::new(File::open(path).map_err(unreadable)?);
        let start = file.fill_buf().map_err(unreadable)?;
        let mut source = if start.starts_with(b"PK\x03\x04") {
            Source::Cells(read_xlsx(path)?.into_iter())
        } else if start.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
            // An old or an encrypted workbook.
            return Err(SheetProblemKind::Unreadable.at(0, 0));
        } else {
            Source::Text(Box::new(TextRows::open(path)?))
        };
        let mut empty = true;
        for _ in 0..MOST_TITLES {
            match source.next_cells() {
                None => break,
                Some(Err(problem)) => return Err(problem),
                Some(Ok((row, mut names))) => {
                    empty = false;
                    while names.last().is_some_and(|name| name.trim().is_empty()) {
                        names.pop();
                    }
                    if is_header(&names) {
                        return Ok(Self { header: Header { row, names }, source });
                    }
                }
            }
        }
        let kind = if empty { SheetProblemKind::Empty } else { SheetProblemKind::NoHeader };
        Err(kind.at(0, 0))
    }

    /// The header.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The next row that is not blank. After a [`SheetProblemKind::BrokenQuote`] or
    /// [`SheetProblemKind::NotText`] nothing more comes.
    pub fn next_row(&mut self) -> Option<Result<Row, SheetProblem>> {
        let width = self.header.names.len();
        loop {
            let (number, mut cells) = match self.source.next_cells()? {
                Ok(read) => read,
                Err(problem) => return Some(Err(problem)),
            };
            if cells.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            if let Some(place) = cells.iter().skip(width).position(|cell| !cell.trim().is_empty()) {
                let column = u32::try_from(width + place + 1).unwrap_or(u32::MAX);
                return Some(Err(SheetProblemKind::TooManyCells.at(number, column)));
            }
            cells.resize(width, String::new());
            return Some(Ok(Row { number, cells }));
        }
    }
}

impl Source {
    fn next_cells(&mut self) -> Option<Result<(u32, Vec<String>), SheetProblem>> {
        match self {
            Self::Text(rows) => rows.next(),
            Self::Cells(rows) => rows.next().map(Ok),
        }
    }
}

/// The cells of the first sheet that holds any, as people see them.
fn read_xlsx(path: &Path) -> Result<Vec<(u32, Vec<String>)>, SheetProblem> {
    let unreadable = || SheetProblemKind::Unreadable.at(0, 0);
    let mut workbook: Xlsx<_> = open_workbook(path).map_err(|_| unreadable())?;
    for name in workbook.sheet_names() {
        let mut cells = workbook.worksheet_cells_reader(&name).map_err(|_| unreadable())?;
        let mut rows: Vec<(u32, Vec<String>)> = Vec::new();
        while let Some(cell) = cells.next_cell().map_err(|_| unreadable())? {
            let (row, column) = cell.get_position();
            let text = cell_text(cell.get_value());
            if rows.last().is_none_or(|(last, _)| *last != row + 1) {
                rows.push((row + 1, Vec::new()));
            }
            if let Some((_, cells)) = rows.last_mut() {
                cells.resize(column as usize, String::new());
                cells.push(text);
            }
        }
        if rows.iter().any(|(_, cells)| cells.iter().any(|cell| !cell.is_empty())) {
            return Ok(rows);
        }
    }
    Err(SheetProblemKind::Empty.at(0, 0))
}

/// A cell as people see it: whole numbers without a point or an exponent.
fn cell_text(value: &DataRef<'_>) -> String {
    match Data::from(value.clone()) {
        Data::Empty => String::new(),
        Data::String(text) => unharmed(&text).to_owned(),
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => {
            format!("{number:.0}")
        }
        Data::DateTime(at) => {
            let (year, month, day, ..) = at.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        other => other.to_string(),
    }
}

/// Rows of delimited text, read and decoded as they are needed.
struct TextRows {
    input: Box<dyn Read + Send>,
    decoder: Decoder,
    bytes: Vec<u8>,
    text: String,
    /// How much of `text` was taken.
    taken: usize,
    ended: bool,
    failed: bool,
    separator: char,
    line: u32,
}

impl TextRows {
    fn open(path: &Path) -> Result<Self, SheetProblem> {
        let unreadable = |_| SheetProblemKind::Unreadable.at(0, 0);
        let mut file = File::open(path).map_err(unreadable)?;
        let mut start = [0; 4];
        let read = file.read(&mut start).map_err(unreadable)?;
        let start = &start[..read];
        let encoding = if start.starts_with(&[0xFF, 0xFE]) {
            UTF_16LE
        } else if start.starts_with(&[0xFE, 0xFF]) {
            UTF_16BE
        } else if is_utf8(path).map_err(unreadable)? {
            UTF_8
        } else {
            GB18030
        };
        let input = Cursor::new(start.to_vec()).chain(file);
        let mut rows = Self {
            input: Box::new(input),
            decoder: encoding.new_decoder_with_bom_removal(),
            bytes: vec![0; 64 * 1024],
            text: String::new(),
            taken: 0,
            ended: false,
            failed: false,
            separator: ',',
            line: 1,
        };
        while rows.text.len() < GUESSED_FROM && !rows.ended {
            rows.fill()?;
        }
        rows.separator = rows.guess_separator();
        Ok(rows)
    }

    /// The separator that stands most often in the first line that holds any.
    fn guess_separator(&self) -> char {
        let lines = self.text.lines().take(MOST_TITLES);
        let counted = lines.map(|line| {
            [',', '\t', ';'].map(|separator| (line.matches(separator).count(), separator))
        });
        counted
            .filter_map(|counts| counts.into_iter().max_by_key(|(count, _)| *count))
            .find(|(count, _)| *count > 0)
            .map_or(',', |(_, separator)| separator)
    }

    /// Decodes some more.
    fn fill(&mut self) -> Result<(), SheetProblem> {
        let line = self.line;
        let not_text = || SheetProblemKind::NotText.at(line, 0);
        if self.taken > 0 {
            self.text.drain(..self.taken);
            self.taken = 0;
        }
        let read = self.input.read(&mut self.bytes).map_err(|_| not_text())?;
        self.ended = read == 0;
        let mut source = &self.bytes[..read];
        loop {
            self.text.reserve(source.len() * 3 + 16);
            let before = self.text.len();
            let (result, used, wrong) =
                self.decoder.decode_to_string(source, &mut self.text, self.ended);
            let fresh = &self.text[before..];
            if wrong || fresh.contains('\0') {
                let at = fresh.find(['\u{FFFD}', '\0']).unwrap_or_default();
                let lines = self.text[..before + at].matches('\n').count();
                let last_line = self.text[..before + at].rsplit('\n').next().unwrap_or_default();
                let column = last_line.matches(self.separator).count() + 1;
                return Err(SheetProblemKind::NotText.at(
                    line + u32::try_from(lines).unwrap_or(u32::MAX),
                    u32::try_from(column).unwrap_or(u32::MAX),
                ));
            }
            source = &source[used..];
            if result == CoderResult::InputEmpty {
                return Ok(());
            }
        }
    }

    /// The next record with the line on which it begins.
    fn next(&mut self) -> Option<Result<(u32, Vec<String>), SheetProblem>> {
        if self.failed {
            return None;
        }
        loop {
            match parse_record(&self.text[self.taken..], self.separator, self.ended) {
                Parsed::Record { cells, used, lines } => {
                    let line = self.line;
                    self.taken += used;
                    self.line += lines;
                    return Some(Ok((line, cells)));
                }
                Parsed::End => return None,
                Parsed::Broken { column, line } => {
                    self.failed = true;
                    return Some(Err(SheetProblemKind::BrokenQuote.at(self.line + line, column)));
                }
                Parsed::More => {
                    if let Err(problem) = self.fill() {
                        self.failed = true;
                        return Some(Err(problem));
                    }
                }
            }
        }
    }
}

/// Whether the whole file is UTF-8, read through once.
fn is_utf8(path: &Path) -> std::io::Result<bool> {
    let mut file = File::open(path)?;
    let mut bytes = vec![0; 256 * 1024];
    let mut kept = 0;
    loop {
        let read = file.read(&mut bytes[kept..])?;
        let filled = kept + read;
        match std::str::from_utf8(&bytes[..filled]) {
            Ok(_) => kept = 0,
            Err(error) if error.error_len().is_none() && read > 0 => {
                bytes.copy_within(error.valid_up_to()..filled, 0);
                kept = filled - error.valid_up_to();
            }
            Err(_) => return Ok(false),
        }
        if read == 0 {
            return Ok(true);
        }
    }
}

enum Parsed {
    Record { cells: Vec<String>, used: usize, lines: u32 },
    Broken { column: u32, line: u32 },
    More,
    End,
}

/// One record of RFC 4180 text, stricter than most readers: a quote must close, and nothing may
/// follow it but a separator, because what else happened there nobody knows.
fn parse_record(text: &str, separator: char, ended: bool) -> Parsed {
    if text.is_empty() {
        return if ended { Parsed::End } else { Parsed::More };
    }
    let mut cells: Vec<String> = Vec::new();
    let mut lines = 0;
    let mut at = 0;
    loop {
        let column = u32::try_from(cells.len() + 1).unwrap_or(u32::MAX);
        let mut cell = String::new();
        if text[at..].starts_with('"') {
            let opened = lines;
            at += 1;
            loop {
                let Some(quote) = text[at..].find('"') else {
                    let broken = ended || text.len() - at > LONGEST_CELL;
                    let line = opened;
                    return if broken { Parsed::Broken { column, line } } else { Parsed::More };
                };
                cell.push_str(&text[at..at + quote]);
                at += quote + 1;
                if text[at..].starts_with('"') {
                    cell.push('"');
                    at += 1;
                    continue;
                }
                break;
            }
            lines += u32::try_from(cell.matches('\n').count()).unwrap_or(u32::MAX);
            let next = text[at..].chars().next();
            match next {
                None if !ended => return Parsed::More,
                None | Some('\r' | '\n') => {}
                Some(c) if c == separator => {}
                Some(_) => return Parsed::Broken { column, line: lines },
            }
        } else {
            let stop = text[at..].find([separator, '\n', '\r']);
            let Some(stop) = stop.or_else(|| ended.then_some(text.len() - at)) else {
                let long = text.len() - at > LONGEST_CELL;
                return if long { Parsed::Broken { column, line: lines } } else { Parsed::More };
            };
            cell.push_str(&text[at..at + stop]);
            at += stop;
        }
        cells.push(unharmed(&cell).to_owned());
        let rest = &text[at..];
        if rest.starts_with(separator) {
            at += separator.len_utf8();
            continue;
        }
        let used = if rest.starts_with("\r\n") {
            2
        } else if rest == "\r" && !ended {
            return Parsed::More;
        } else {
            usize::from(!rest.is_empty())
        };
        return Parsed::Record { cells, used: at + used, lines: lines + u32::from(used > 0) };
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn read(bytes: &[u8]) -> (Vec<Vec<String>>, Vec<SheetProblem>) {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(bytes).unwrap();
        let mut sheet = match Sheet::open(file.path(), |names| names.iter().any(|n| n == "姓名"))
        {
            Ok(sheet) => sheet,
            Err(problem) => return (vec![], vec![problem]),
        };
        let (mut rows, mut problems) = (vec![], vec![]);
        while let Some(row) = sheet.next_row() {
            match row {
                Ok(row) => rows.push(row.cells),
                Err(problem) => problems.push(problem),
            }
        }
        (rows, problems)
    }

    #[test]
    fn a_file_is_read_in_every_usual_encoding() {
        let text = "登记表\r\n姓名,住址\r\n朱颖,\"四平路,180弄\"\r\n\r\n𠮷祥,\r\n";
        let expected = vec![
            vec!["朱颖".to_owned(), "四平路,180弄".to_owned()],
            vec!["𠮷祥".to_owned(), String::new()],
        ];
        let utf16: Vec<u8> = [0xFF, 0xFE]
            .into_iter()
            .chain(text.encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        for bytes in [
            text.as_bytes().to_vec(),
            [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
            GB18030.encode(text).0.into_owned(),
            utf16,
            text.replace(',', "\t").replace("四平路\t", "四平路,").into_bytes(),
        ] {
            assert_eq!(read(&bytes), (expected.clone(), vec![]));
        }
    }

    #[test]
    fn what_cannot_be_read_is_named_by_row_and_column() {
        let (rows, problems) = read("姓名,住址\n朱颖,a\n王芳,\"没有收尾\n李强,b\n".as_bytes());
        assert_eq!(rows.len(), 1);
        assert_eq!(problems, [SheetProblemKind::BrokenQuote.at(3, 2)]);
        let (_, problems) = read("姓名,住址\n朱颖,\"a\"b\n".as_bytes());
        assert_eq!(problems, [SheetProblemKind::BrokenQuote.at(2, 2)]);
        let (_, problems) = read("姓名,住址\n朱颖,a\0\n".as_bytes());
        assert_eq!(problems, [SheetProblemKind::NotText.at(2, 2)]);
        let (rows, problems) = read("姓名,住址\n朱颖,a,多\n王芳,b\n".as_bytes());
        assert_eq!((rows.len(), problems), (1, vec![SheetProblemKind::TooManyCells.at(2, 3)]));
        assert_eq!(read(b"").1, [SheetProblemKind::Empty.at(0, 0)]);
        assert_eq!(read("甲,乙\n1,2\n".as_bytes()).1, [SheetProblemKind::NoHeader.at(0, 0)]);
    }

    #[test]
    fn a_workbook_with_a_title_and_numbers_is_read_as_people_see_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("members.xlsx");
        let mut workbook = rust_xlsxwriter::Workbook::new();
        let sheet = workbook.add_worksheet();
        sheet.write_string(0, 0, "党员登记汇总").unwrap();
        sheet.write_string(2, 0, "姓名").unwrap();
        sheet.write_string(2, 1, "手机").unwrap();
        sheet.write_string(3, 0, "朱颖").unwrap();
        sheet.write_number(3, 1, 13_800_000_000_f64).unwrap();
        workbook.save(&path).unwrap();
        let mut sheet = Sheet::open(&path, |names| names.iter().any(|n| n == "姓名")).unwrap();
        assert_eq!(sheet.header().row, 3);
        let row = sheet.next_row().unwrap().unwrap();
        assert_eq!((row.number, row.cells), (4, vec!["朱颖".into(), "13800000000".into()]));
        assert!(sheet.next_row().is_none());
    }
}
