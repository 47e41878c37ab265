//! QR codes, drawn as paths for SVG.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};

/// The quiet squares around a code (ISO/IEC 18004).
const QUIET: usize = 4;

/// A QR code as one path of squares, one unit each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Qr {
    /// How many squares a side has, with the quiet ones.
    pub size: usize,
    /// The dark squares, as the `d` of an SVG path.
    pub path: String,
}

impl Qr {
    /// Of a text; `None` when it is too long for one.
    pub fn of(text: &str) -> Option<Self> {
        let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
        let width = code.width();
        let mut path = String::new();
        for (place, color) in code.to_colors().into_iter().enumerate() {
            if color == Color::Dark {
                let (x, y) = (place % width + QUIET, place / width + QUIET);
                let _ = write!(path, "M{x} {y}h1v1h-1z");
            }
        }
        Some(Self { size: width + 2 * QUIET, path })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_becomes_a_square_of_squares_with_room_around() {
        let code = Qr::of("https://linli.example.org/c/0123456789abcdef0123456789abcdef").unwrap();
        assert!(code.path.starts_with("M4 4h1v1h-1z"), "the first finder pattern");
        assert!((29..60).contains(&code.size), "{}", code.size);
    }
}
