//! CSV as Excel and WPS open it: UTF-8 with a mark, CRLF, RFC 4180.

use std::borrow::Cow;

/// What a file begins with, so that Excel knows its encoding.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// The beginning of a file: the mark that tells Excel the encoding, and the header.
pub fn csv_start<'a>(headers: impl IntoIterator<Item = &'a str>) -> Vec<u8> {
    let mut out = MARK.to_vec();
    csv_row(&mut out, headers);
    out
}

/// Appends a row.
pub fn csv_row<'a>(out: &mut Vec<u8>, cells: impl IntoIterator<Item = &'a str>) {
    for (place, cell) in cells.into_iter().enumerate() {
        if place > 0 {
            out.push(b',');
        }
        push_cell(out, cell);
    }
    out.extend_from_slice(b"\r\n");
}

fn push_cell(out: &mut Vec<u8>, cell: &str) {
    let dangerous = is_dangerous(cell);
    let bytes = cell.as_bytes();
    let quoted = bytes.iter().any(|byte| matches!(byte, b',' | b'"' | b'\r' | b'\n'));
    if !quoted {
        if dangerous {
            out.push(b'\'');
        }
        out.extend_from_slice(bytes);
        return;
    }
    out.push(b'"');
    if dangerous {
        out.push(b'\'');
    }
    for &byte in bytes {
        if byte == b'"' {
            out.push(b'"');
        }
        out.push(byte);
    }
    out.push(b'"');
}

fn is_dangerous(cell: &str) -> bool {
    matches!(cell.as_bytes().first(), Some(b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r'))
}

/// A cell that no spreadsheet takes for a formula: one that begins with `= + - @`, tab or CR
/// gets an apostrophe before it (OWASP, CSV injection).
pub fn harmless(cell: &str) -> Cow<'_, str> {
    if is_dangerous(cell) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

/// The cell as it was before [`harmless`].
pub fn unharmed(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_dangerous(rest) => rest,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_what_rfc_4180_says_and_no_cell_is_a_formula() {
        let mut out = Vec::new();
        csv_row(&mut out, ["a", "b,c", "d\"e", "f\ng", "=1+1", "+86,1", ""]);
        let text = String::from_utf8(out).unwrap();
        assert_eq!(text, "a,\"b,c\",\"d\"\"e\",\"f\ng\",'=1+1,\"'+86,1\",\r\n");
    }

    #[test]
    fn what_was_made_harmless_comes_back_as_it_was() {
        for cell in ["=1", "+86 138", "-", "@x", "\tx", "plain", "'quoted", ""] {
            assert_eq!(unharmed(&harmless(cell)), cell);
        }
    }
}
