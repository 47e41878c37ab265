//! From what is typed in the search box to what the index is asked.

use super::tokens::{Block, Filter, ends_as_place, filter_token, reading_token, runs};
use super::{fold, is_han};

/// The most characters of a query that are looked at.
const LONGEST: usize = 200;
/// The most words of a query that are looked at.
const MOST_WORDS: usize = 20;

/// What the index is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MatchExpression {
    /// Nothing was asked for: every record.
    All,
    /// What was typed holds nothing that a record could hold.
    Nothing,
    /// What a record must have.
    Some(Conjunction),
}

/// Parts, all of which a record must have; at least one. Each is an expression of the index's own
/// language, every word quoted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conjunction(Vec<String>);

impl Conjunction {
    /// The parts.
    pub fn parts(&self) -> &[String] {
        &self.0
    }

    /// All of it, in the index's own language.
    pub fn text(&self) -> String {
        self.0.join(" AND ")
    }

    /// The same, only of records in either of two blocks.
    #[must_use]
    pub fn within(&self, blocks: [Block; 2]) -> Self {
        let [one, other] = blocks.map(|block| quoted(&filter_token(&Filter::Block(block))));
        let mut parts = vec![format!("({one} OR {other})")];
        parts.extend_from_slice(&self.0);
        Self(parts)
    }
}

/// What to ask for these words and properties, all of which a record must have; with
/// `any_of_branches`, it must also be of one of these branches (`branches.id`).
pub fn match_expression(
    query: &str,
    filters: &[Filter],
    any_of_branches: Option<&[i64]>,
) -> MatchExpression {
    let considered: String = query.chars().take(LONGEST * 4).collect();
    let folded: String = fold(&considered).chars().take(LONGEST).collect();
    let mut parts: Vec<String> = Vec::new();
    for run in runs(&folded) {
        for word in words(run) {
            let part = word_expression(word);
            if parts.len() < MOST_WORDS && !parts.contains(&part) {
                parts.push(part);
            }
        }
    }
    if parts.is_empty() && !folded.is_empty() {
        return MatchExpression::Nothing;
    }
    let filters = match any_of_branches {
        // One branch is a property as any other.
        Some([branch]) => [filters, &[Filter::Branch(*branch)]].concat(),
        _ => filters.to_vec(),
    };
    parts.extend(Filter::joined(&filters).iter().map(|filter| quoted(&filter_token(filter))));
    match any_of_branches {
        Some([]) => return MatchExpression::Nothing,
        None | Some([_]) => {}
        Some(branches) => {
            let any: Vec<String> = branches
                .iter()
                .map(|branch| quoted(&filter_token(&Filter::Branch(*branch))))
                .collect();
            parts.push(format!("({})", any.join(" OR ")));
        }
    }
    if parts.is_empty() {
        return MatchExpression::All;
    }
    MatchExpression::Some(Conjunction(parts))
}

/// What to ask for records that have all of these properties, and, where there are any, one of
/// those; with `any_of_branches`, as [`match_expression`].
pub fn match_any(
    all: &[Filter],
    any: &[Filter],
    any_of_branches: Option<&[i64]>,
) -> MatchExpression {
    if any.is_empty() {
        return match_expression("", all, any_of_branches);
    }
    let mut ways = Vec::new();
    for one in any {
        let all = [all, std::slice::from_ref(one)].concat();
        match match_expression("", &all, any_of_branches) {
            MatchExpression::Some(way) => ways.push(format!("({})", way.text())),
            other => return other,
        }
    }
    MatchExpression::Some(Conjunction(vec![format!("({})", ways.join(" OR "))]))
}

/// Splits a run where Han meets letters or digits, except that digits and what they count stay
/// together (`180弄`).
fn words(run: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = 0;
    let mut previous: Option<char> = None;
    for (at, character) in run.char_indices() {
        let parts = previous.is_some_and(|previous| {
            (previous.is_ascii_alphabetic() && is_han(character))
                || (is_han(previous) && character.is_ascii_alphabetic())
        });
        if parts {
            words.push(&run[start..at]);
            start = at;
        }
        previous = Some(character);
    }
    words.push(&run[start..]);
    words
}

fn word_expression(word: &str) -> String {
    let characters: Vec<char> = word.chars().collect();
    let as_text = match characters.as_slice() {
        [one] => quoted(&one.to_string()),
        three if ends_as_place(three) => quoted(word),
        several => {
            let length = if several.len() < 4 { 2 } else { 4 };
            let parts = several.windows(length).map(|part| part.iter().collect());
            quoted(&parts.collect::<Vec<String>>().join(" "))
        }
    };
    let is_reading = word.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_phone = word.len() >= 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    if is_reading || is_phone {
        format!("({} OR {as_text})", quoted(&reading_token(word)))
    } else {
        as_text
    }
}

/// A string of the index's language: nothing inside is an operator. Folded text holds no quote
/// here, since quotes separate words.
fn quoted(text: &str) -> String {
    format!("\"{text}\"")
}

#[cfg(test)]
mod tests {
    use sqlx::sqlite::SqliteConnectOptions;
    use sqlx::{ConnectOptions as _, SqliteConnection};

    use super::*;
    use crate::Tokens;

    /// An index over these members: name, address, skill.
    async fn index(members: &[(&str, &str, &str)]) -> SqliteConnection {
        let options = SqliteConnectOptions::new().in_memory(true);
        let mut connection = options.connect().await.unwrap();
        sqlx::query(
            "CREATE VIRTUAL TABLE s USING fts5 (tokens, content = '', contentless_delete = 1,
             tokenize = 'ascii')",
        )
        .execute(&mut connection)
        .await
        .unwrap();
        for (name, address, skill) in members {
            let tokens = Tokens::new().name(name).text(address).text(skill).finish();
            sqlx::query("INSERT INTO s (tokens) VALUES ($1)")
                .bind(tokens)
                .execute(&mut connection)
                .await
                .unwrap();
        }
        connection
    }

    async fn find(connection: &mut SqliteConnection, query: &str) -> Vec<i64> {
        match match_expression(query, &[], None) {
            MatchExpression::All => vec![-1],
            MatchExpression::Nothing => vec![],
            MatchExpression::Some(expression) => {
                sqlx::query_scalar("SELECT rowid FROM s WHERE s MATCH $1 ORDER BY rowid")
                    .bind(expression.text())
                    .fetch_all(connection)
                    .await
                    .unwrap()
            }
        }
    }

    #[tokio::test]
    async fn people_are_found_by_what_a_person_would_type() {
        let mut index = index(&[
            ("朱颖", "四平路街道四平路180弄15号402室", "编程"),
            ("单小明", "曲阳路街道中山北路12号", "书法"),
            ("尉迟恭", "四平路街道和平路9弄", "法律咨询"),
            ("𠮷祥", "T0000123", "English"),
            ("吕布", "新华路1号", ""),
        ])
        .await;
        for (query, expected) in [
            ("朱颖", vec![1]),
            ("颖", vec![1]),
            ("zhuying", vec![1]),
            ("zhu ying", vec![1]),
            ("ZHU  Ying", vec![1]),
            ("ｚｈｕ", vec![1]),
            ("zhuy", vec![1]),
            ("zy", vec![1]),
            ("四平路 编程", vec![1]),
            ("四平路编程", vec![]),
            ("四平路", vec![1, 3]),
            ("180弄15号", vec![1]),
            ("１８０弄", vec![1]),
            ("80弄", vec![1]),
            ("０弄", vec![1]),
            ("9弄", vec![3]),
            ("新华路", vec![5]),
            ("平路1", vec![1]),
            ("shan", vec![2]),
            ("danxiaoming", vec![2]),
            ("sxm", vec![2]),
            ("yuchi", vec![3]),
            ("weichi", vec![3]),
            ("ycg", vec![3]),
            ("𠮷", vec![4]),
            ("𠮷祥", vec![4]),
            ("t0000123", vec![4]),
            ("0123", vec![4]),
            ("english", vec![4]),
            ("nglis", vec![4]),
            ("t0000", vec![4]),
            ("000012", vec![4]),
            ("t000123", vec![]),
            ("00123english", vec![]),
            ("四平路街道四平路180弄15号402室", vec![1]),
            ("四平路街道四平路180弄15号02室", vec![]),
            ("lvbu", vec![5]),
            ("lubu", vec![5]),
            ("lyubu", vec![5]),
            ("朱颖四平", vec![]),
            ("颖朱", vec![]),
        ] {
            assert_eq!(find(&mut index, query).await, expected, "{query}");
        }
    }

    #[tokio::test]
    async fn nothing_typed_can_break_the_search() {
        let mut index = index(&[("朱颖", "四平路180弄", "编程")]).await;
        let long = "朱颖 ".repeat(2500);
        let spaces = " ".repeat(10_000);
        for query in [
            "\"",
            "'",
            "\"\"",
            "a\"b",
            "AND",
            "OR",
            "NOT",
            "朱 AND 颖",
            "NEAR(朱 颖)",
            "*",
            "朱*",
            "%",
            "_",
            "^朱",
            "-朱",
            "tokens:朱",
            "{tokens}:朱",
            "(",
            ")",
            "朱)",
            "\0",
            "朱\0颖",
            "😀",
            "👨‍👩‍👧",
            "\u{301}",
            "\u{FDD0}u",
            "\\",
            ";",
            "--",
            "/*",
            "+",
            "朱+颖",
            "。",
            "、",
            long.as_str(),
            "\u{FFFF}",
        ] {
            let _ = find(&mut index, query).await;
        }
        assert_eq!(find(&mut index, &long).await, vec![1]);
        assert_eq!(find(&mut index, "朱\"颖").await, vec![1]);
        assert_eq!(find(&mut index, "%").await, Vec::<i64>::new());
        assert_eq!(match_expression(&spaces, &[], None), MatchExpression::All);
    }

    #[test]
    fn who_is_given_no_branch_finds_nobody() {
        assert_eq!(match_expression("", &[], Some(&[])), MatchExpression::Nothing);
        assert_ne!(match_expression("", &[], Some(&[1, 2])), MatchExpression::All);
    }
}
