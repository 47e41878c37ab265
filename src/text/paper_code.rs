//! The codes by which a signed paper is found again.

use rand::RngExt as _;

use super::normalize;

/// The signs of a code: none that is mistaken for another on paper.
const SIGNS: &[u8] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
/// How many signs a code has; a thousand million million are enough not to be guessed.
const LENGTH: usize = 10;

/// The code of a paper: ten letters and digits, written in two fives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperCode(String);

impl PaperCode {
    /// A new one.
    pub fn fresh() -> Self {
        let mut random = rand::rng();
        let sign = |_| char::from(SIGNS[random.random_range(0..SIGNS.len())]);
        Self((0..LENGTH).map(sign).collect())
    }

    /// Reads a code as typed, with or without the sign in its middle; `None` for anything else.
    pub fn parse(typed: &str) -> Option<Self> {
        let code: String = normalize(typed)
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|sign| sign.to_ascii_uppercase())
            .collect();
        let known = code.len() == LENGTH && code.bytes().all(|sign| SIGNS.contains(&sign));
        known.then_some(Self(code))
    }

    /// As the database keeps it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As it is written on paper.
    pub fn written(&self) -> String {
        format!("{}-{}", &self.0[..LENGTH / 2], &self.0[LENGTH / 2..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_it_is_written() {
        let code = PaperCode::fresh();
        assert_eq!(PaperCode::parse(&code.written()), Some(code.clone()));
        assert_eq!(PaperCode::parse(&code.as_str().to_lowercase()), Some(code));
        for wrong in ["", "ABCDE-2345", "ABCDE-2345O", "ABCDE-234511"] {
            assert_eq!(PaperCode::parse(wrong), None, "{wrong}");
        }
    }
}
