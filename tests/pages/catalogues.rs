//! The catalogues: every text in both languages, none missing, none unused.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

fn text_under(folders: &[&str]) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for folder in folders {
        files(&root.join(folder), &mut found);
    }
    found.iter().map(|path| fs::read_to_string(path).unwrap()).collect::<Vec<_>>().join("\n")
}

fn keys(language: &str) -> BTreeSet<String> {
    text_under(&[&format!("locales/{language}")])
        .lines()
        .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
        .filter_map(|line| Some(line.split_once(" =")?.0.to_owned()))
        .collect()
}

#[test]
fn both_catalogues_have_the_same_keys() {
    let (chinese, english) = (keys("zh-CN"), keys("en"));
    assert!(chinese.len() > 200);
    assert_eq!(chinese.difference(&english).collect::<Vec<_>>(), Vec::<&String>::new());
    assert_eq!(english.difference(&chinese).collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn every_key_is_used_and_every_used_key_is_there() {
    // The names of actions are keys only behind their prefix.
    let used: String = text_under(&["src", "templates"])
        .lines()
        .filter(|line| !line.contains(" = \"") || line.contains("=\""))
        .collect::<Vec<_>>()
        .join("\n");
    let keys = keys("en");
    // Keys that the code puts together.
    let made = |key: &str| {
        ["audit-action-", "audit-record-", "cli-command", "cli-argument-", "cli-examples"]
            .iter()
            .any(|prefix| key.starts_with(prefix))
    };
    // What stands between two quotation marks, whichever of them open and which close.
    let quoted: BTreeSet<&str> = used.split('"').collect();
    let unused: Vec<_> =
        keys.iter().filter(|key| !made(key) && !quoted.contains(key.as_str())).collect();
    assert_eq!(unused, Vec::<&String>::new());
    let prefixes: BTreeSet<&str> = keys.iter().filter_map(|key| key.split('-').next()).collect();
    let missing: Vec<_> = used
        .split('"')
        .filter(|word| {
            word.contains('-')
                && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
                && !word.ends_with('-')
        })
        .filter(|word| prefixes.contains(word.split('-').next().unwrap()))
        .filter(|word| !keys.contains(*word) && !KNOWN.contains(word))
        .collect();
    assert_eq!(missing, Vec::<&str>::new());
}

/// Words of that form that are no keys.
const KNOWN: &[&str] = &["form-grid", "form-narrow", "import-members", "needs-js"];
