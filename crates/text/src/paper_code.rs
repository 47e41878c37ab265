//! The codes by which a signed paper is found again.

use rand::RngExt as _;

use super::normalize;

/// The signs of a code: none that is mistaken for another on paper.
const SIGNS: &[u8] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
/// How many signs a part of a code has, as it is written.
const PART: usize = 5;

/// The code of a paper that comes back to the office: ten letters and digits, written in two fives;
/// a thousand million million are enough not to be guessed by who signs in.
pub type PaperCode = Code<10>;
/// The code of a paper that anyone may look up: twenty, which are 100 random bits.
pub type ProofCode = Code<20>;

/// A code of so many letters and digits, written in fives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code<const LENGTH: usize>(String);

impl<const LENGTH: usize> Code<LENGTH> {
    /// A new one.
    pub fn fresh() -> Self {
        let mut random = rand::rng();
        let sign = |_| char::from(SIGNS[random.random_range(0..SIGNS.len())]);
        Self((0..LENGTH).map(sign).collect())
    }

    /// Reads a code as typed, with or without the signs between its parts; `None` for anything else.
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
        let parts = self.0.as_bytes().chunks(PART);
        let parts: Vec<_> = parts.map(|part| String::from_utf8_lossy(part)).collect();
        parts.join("-")
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
        let code = ProofCode::fresh();
        assert_eq!(code.written().len(), 23);
        assert_eq!(ProofCode::parse(&code.written()), Some(code));
        for wrong in ["", "ABCDE-2345", "ABCDE-2345O", "ABCDE-234511"] {
            assert_eq!(PaperCode::parse(wrong), None, "{wrong}");
        }
    }
}
