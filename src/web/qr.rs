//! QR codes, drawn as paths for SVG, and as pictures for files.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};

/// The quiet squares around a code (ISO/IEC 18004).
const QUIET: usize = 4;
/// How many pixels a square's side has in a picture.
const PIXELS: usize = 8;

/// A QR code as one path of squares, one unit each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Qr {
    /// How many squares a side has, with the quiet ones.
    pub size: usize,
    /// The dark squares, as the `d` of an SVG path.
    pub path: String,
    /// The dark squares by column and row.
    dark: Vec<(usize, usize)>,
}

impl Qr {
    /// Of a text; `None` when it is too long for one.
    pub fn of(text: &str) -> Option<Self> {
        let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
        let width = code.width();
        let mut path = String::new();
        let mut dark = Vec::new();
        for (place, color) in code.to_colors().into_iter().enumerate() {
            if color == Color::Dark {
                let (x, y) = (place % width + QUIET, place / width + QUIET);
                let _ = write!(path, "M{x} {y}h1v1h-1z");
                dark.push((x, y));
            }
        }
        Some(Self { size: width + 2 * QUIET, path, dark })
    }

    /// As a PNG picture in black and white, with how many pixels a side has.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn picture(&self) -> Result<(Vec<u8>, u32), png::EncodingError> {
        let side = self.size * PIXELS;
        let bytes_a_row = side.div_ceil(8);
        let mut bits = vec![0xFF_u8; bytes_a_row * side];
        for (x, y) in &self.dark {
            for row in y * PIXELS..(y + 1) * PIXELS {
                for column in x * PIXELS..(x + 1) * PIXELS {
                    if let Some(byte) = bits.get_mut(row * bytes_a_row + column / 8) {
                        *byte &= !(0x80 >> (column % 8));
                    }
                }
            }
        }
        let pixels = u32::try_from(side).unwrap_or(u32::MAX);
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, pixels, pixels);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::One);
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&bits)?;
        writer.finish()?;
        Ok((file, pixels))
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

    #[test]
    fn a_picture_is_dark_where_the_path_is() {
        let code = Qr::of("https://linli.example.org/c/0123456789abcdef0123456789abcdef").unwrap();
        let (file, side) = code.picture().unwrap();
        let mut reader = png::Decoder::new(std::io::Cursor::new(file)).read_info().unwrap();
        let mut bits = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut bits).unwrap();
        let side = usize::try_from(side).unwrap();
        assert_eq!(side, code.size * PIXELS);
        let row = side.div_ceil(8);
        let dark = |x: usize, y: usize| bits[y * PIXELS * row + x * PIXELS / 8] == 0;
        assert!(!dark(0, 0) && dark(QUIET, QUIET) && !dark(QUIET + 1, QUIET + 1));
    }
}
