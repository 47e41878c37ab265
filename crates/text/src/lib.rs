//! Names, addresses and queries as text: one normal form, pinyin, the tokens that search stands
//! on, the order of the phone book, and addresses taken apart.

mod address;
mod heteronyms;
mod normal;
mod paper_code;
mod pinyin;
mod query;
mod sort;
mod surnames;
mod tokens;

pub use address::Address;
pub use normal::{fold, normalize, normalize_name};
pub use paper_code::{PaperCode, ProofCode};
pub use pinyin::{Readings, bears};
pub use query::{Conjunction, MatchExpression, match_any, match_expression};
pub use sort::{BUCKET_SIZE, collation_key, sort_bucket};
pub use tokens::{Block, BlockSize, Filter, Tokens};

/// Whether a character is Han, in any of Unicode's blocks of it.
pub fn is_han(character: char) -> bool {
    matches!(u32::from(character),
        0x3007 | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x323AF)
}
